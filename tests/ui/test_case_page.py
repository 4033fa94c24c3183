"""The page of a case: its parts are added, changed, removed; access; history."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import Workplace
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.access import accounts_of_case, restrict_case
from pravo_desktop.usecases.appointments import appointments_of_case, plan_appointment
from pravo_desktop.usecases.cases import add_outcome
from pravo_desktop.usecases.months import close_month
from pravo_desktop.usecases.queries import likely_cases
from tests.ui.conftest import press, shell_of, write
from tests.ui.desks import answer
from tests.ui.families import WorkIn, add_couple, card_of, case_page
from ui.app import Window
from ui.forms.part_forms import ClaimForm, OutcomeForm, PersonForm, ReopenForm
from ui.forms.work_forms import MediationForm, PlanForm, StudyForm, VisitForm
from ui.page import Page
from ui.pages.case import CasePage
from ui.pages.case_access import CaseAccessForm
from ui.pages.case_history import CaseHistoryPage, deed_of


def words(page: Page) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def click_link(qtbot: QtBot, page: Page, text: str) -> None:
    """Press a link of a page, once what was just read stands there."""
    found: list[QPushButton] = []

    def there() -> bool:
        found[:] = [
            one
            for one in page.findChildren(QPushButton)
            if one.text() == page.t.text(text) and one.isVisible()
        ]
        return bool(found)

    qtbot.waitUntil(there, timeout=10_000)
    found[0].click()


def saved(qtbot: QtBot, window: Window) -> CasePage:
    """Press Ctrl+Enter and come back to the case."""
    press(qtbot, window, "Ctrl+Enter")
    return back_at_case(qtbot, window)


def back_at_case(qtbot: QtBot, window: Window) -> CasePage:
    qtbot.waitUntil(
        lambda: isinstance(shell_of(window).page, CasePage) and not window.at_work, timeout=10_000
    )
    page = shell_of(window).page
    assert isinstance(page, CasePage)
    return page


def start(qtbot: QtBot, folder: Path, work_in: WorkIn) -> tuple[Window, Workplace, str, CasePage]:
    window, workplace = work_in(folder)
    case_id = add_couple(workplace).case_id
    shell_of(window).go("cases")
    return window, workplace, case_id, case_page(qtbot, window, case_id)


def visit_form(qtbot: QtBot, window: Window, case_id: str, visit_id: str) -> VisitForm:
    """The form of a recorded consultation, filled."""
    form = shell_of(window).open(VisitForm, case_id=case_id, part_id=visit_id)
    assert isinstance(form, VisitForm)
    qtbot.waitUntil(lambda: form.visit.attendees.count() > 0, timeout=10_000)
    return form


def ready(qtbot: QtBot, window: Window, kind: type[Page]) -> Page:
    """The form that a link opened, once it has read what it shows."""
    page = shell_of(window).page
    assert isinstance(page, kind), page
    return page


def test_a_mediation_a_study_and_an_outcome_are_added_and_shown(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace, case_id, page = start(qtbot, centre_folder, work_in)
    click_link(qtbot, page, "Add a mediation")
    form = ready(qtbot, window, MediationForm)
    assert isinstance(form, MediationForm)
    qtbot.waitUntil(lambda: form.specialist.count() == 1, timeout=10_000)
    form.meetings.setText("2")
    page = saved(qtbot, window)
    qtbot.waitUntil(lambda: bool(page.card and page.card.mediations), timeout=10_000)
    click_link(qtbot, page, "Add a study")
    study = ready(qtbot, window, StudyForm)
    assert isinstance(study, StudyForm)
    qtbot.waitUntil(lambda: study.specialist.count() == 1, timeout=10_000)
    page = saved(qtbot, window)
    click_link(qtbot, page, "Add an outcome")
    ready(qtbot, window, OutcomeForm)
    page = saved(qtbot, window)
    card = card_of(workplace, case_id)
    assert card.mediations[0].meetings == 2 and card.studies[0].held_on == date(2024, 5, 20)
    assert card.outcomes[0].kind == "reconciled"
    qtbot.waitUntil(lambda: "Примирились" in words(page), timeout=10_000)
    qtbot.waitUntil(lambda: "Со слов пары" in words(page), timeout=10_000)


def test_a_case_with_an_outcome_is_opened_again_under_its_number(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace, case_id, page = start(qtbot, centre_folder, work_in)
    click_link(qtbot, page, "Add an outcome")
    page = saved(qtbot, window)
    qtbot.waitUntil(lambda: bool(page.findChildren(QPushButton, "reopen")), timeout=10_000)
    click_link(qtbot, page, "Open again")
    ready(qtbot, window, ReopenForm)
    saved(qtbot, window)
    card = card_of(workplace, case_id)
    assert {one.kind for one in card.outcomes} == {"reconciled", "open"}
    assert card.case.number == "AST-A-2024-00001"


def test_a_consultation_is_changed_and_then_removed(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace, case_id, _page = start(qtbot, centre_folder, work_in)
    visit_id = card_of(workplace, case_id).consultations[0].consultation.id
    form = visit_form(qtbot, window, case_id, visit_id)
    form.visit.minutes.setText("45")
    saved(qtbot, window)
    changed = card_of(workplace, case_id).consultations[0].consultation
    assert changed.minutes == 45 and changed.held_on == date(2024, 5, 3)
    assert len(changed.attendees) == 1
    form = visit_form(qtbot, window, case_id, visit_id)
    form.ask_removal()
    answer(qtbot, form, "yes")
    back_at_case(qtbot, window)
    assert not card_of(workplace, case_id).consultations


def test_removing_from_a_closed_month_asks_the_lead_for_a_reason(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace, case_id, _page = start(qtbot, centre_folder, work_in)
    session = workplace.session()
    close_month(session, workplace.actor, month="2024-05", zeros={"media": "no_activity"})
    session.close()
    visit_id = card_of(workplace, case_id).consultations[0].consultation.id
    form = visit_form(qtbot, window, case_id, visit_id)
    form.ask_removal()
    answer(qtbot, form, "yes")
    qtbot.waitUntil(form.reasons.isVisible, timeout=10_000)
    assert len(card_of(workplace, case_id).consultations) == 1
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    write(window, "қате жазылған")
    saved(qtbot, window)
    assert not card_of(workplace, case_id).consultations


def test_a_planned_visit_to_which_nobody_came_is_marked(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace, case_id, page = start(qtbot, centre_folder, work_in)
    click_link(qtbot, page, "Plan or refer")
    form = ready(qtbot, window, PlanForm)
    assert isinstance(form, PlanForm)
    qtbot.waitUntil(lambda: form.specialist.count() == 1, timeout=10_000)
    form.plans.next_on.setText("25")
    page = saved(qtbot, window)

    def plans() -> list[tuple[date, str]]:
        session = workplace.reading_session()
        found = appointments_of_case(session, workplace.actor, case_id)
        session.close()
        return [(one.planned_on, one.state) for one in found]

    assert plans() == [(date(2024, 5, 25), "expected")]
    qtbot.waitUntil(lambda: "25.05.2024" in words(page), timeout=10_000)
    click_link(qtbot, page, "Did not come")
    qtbot.waitUntil(lambda: plans() == [(date(2024, 5, 25), "no_show")], timeout=10_000)
    qtbot.waitUntil(lambda: "Не явились" in words(page), timeout=10_000)


def test_a_person_who_must_not_be_told_of_is_marked_clearly(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace, case_id, page = start(qtbot, centre_folder, work_in)
    husband = card_of(workplace, case_id).people[0].participant.id
    form = shell_of(window).open(PersonForm, case_id=case_id, part_id=husband)
    assert isinstance(form, PersonForm)
    qtbot.waitUntil(lambda: form.editor.surname.text() == "Өмірбеков", timeout=10_000)
    form.editor.never_tell.setFocus()
    press(qtbot, window, "Space")
    form.editor.safe_contact.choose("message")
    page = saved(qtbot, window)
    identity = card_of(workplace, case_id).people[0].identity
    assert identity is not None and identity.never_tell
    said = page.t.text("Never tell the other that this person came.")
    qtbot.waitUntil(lambda: said in words(page), timeout=10_000)
    qtbot.waitUntil(lambda: "Сообщением" in words(page), timeout=10_000)


def test_a_case_is_restricted_and_opened_again(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace, case_id, page = start(qtbot, centre_folder, work_in)
    click_link(qtbot, page, "Who may open it")
    form = ready(qtbot, window, CaseAccessForm)
    assert isinstance(form, CaseAccessForm)
    qtbot.waitUntil(lambda: form.accounts.count() == 1, timeout=10_000)
    page = saved(qtbot, window)

    def allowed() -> tuple[str, ...]:
        session = workplace.reading_session()
        found = accounts_of_case(session, workplace.actor, case_id)
        session.close()
        return found

    assert allowed() == (workplace.actor.account_id,)
    click_link(qtbot, page, "Who may open it")
    again = ready(qtbot, window, CaseAccessForm)
    assert isinstance(again, CaseAccessForm)
    qtbot.waitUntil(again.open_to_all.isVisible, timeout=10_000)
    again.open_to_all.click()
    back_at_case(qtbot, window)
    assert allowed() == ()


def test_the_history_tells_who_did_what_and_nothing_of_a_note(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, _workplace, case_id, _page = start(qtbot, centre_folder, work_in)
    shell_of(window).go("consultation", case_id=case_id)
    from ui.forms.consultation_form import ConsultationPage

    visit = shell_of(window).page
    assert isinstance(visit, ConsultationPage)
    qtbot.waitUntil(lambda: visit.case is not None, timeout=10_000)
    visit.visit.note.setPlainText("құпия сөз")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: visit.case is None and not window.at_work, timeout=10_000)
    history = shell_of(window).open(CaseHistoryPage, case_id=case_id)
    assert isinstance(history, CaseHistoryPage)
    qtbot.waitUntil(lambda: bool(history.model.rows), timeout=10_000)
    told = [deed_of(history.t, one) for one in history.model.rows]
    assert any("Консультация" in one for one in told)
    assert {one.who for one in history.model.rows} == {"lead"}
    assert "құпия" not in str(history.model.rows)


def test_a_claim_entered_by_mistake_is_removed(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace, case_id, _page = start(qtbot, centre_folder, work_in)
    claim = card_of(workplace, case_id).claims[0].claim.id
    form = shell_of(window).open(ClaimForm, case_id=case_id, part_id=claim)
    assert isinstance(form, ClaimForm)
    form.ask_removal()
    answer(qtbot, form, "yes")
    back_at_case(qtbot, window)
    assert not card_of(workplace, case_id).claims


def test_a_visit_planned_elsewhere_appears_with_its_time(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    _window, workplace, case_id, page = start(qtbot, centre_folder, work_in)
    specialist = card_of(workplace, case_id).consultations[0].specialist
    assert specialist is not None
    session = workplace.session()
    plan_appointment(
        session,
        workplace.actor,
        case_id=case_id,
        planned_on=date(2024, 5, 20),
        time="15:00",
        specialist_id=specialist.staff_id,
    )
    session.close()
    page.reload()
    qtbot.waitUntil(lambda: "20.05.2024 15:00" in words(page), timeout=10_000)


def test_a_case_closed_to_somebody_is_not_offered_as_a_likely_one(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    _window, workplace = work_in(centre_folder)
    opened = add_couple(workplace, phone="87010000101")
    actor = workplace.actor
    session = workplace.session()
    restrict_case(session, actor, case_id=opened.case_id, accounts=(actor.account_id,))
    stranger = replace(actor, account_id="somebody-else")
    own = likely_cases(session, actor, surname="омир", phone="8 701 000 01")
    seen = likely_cases(session, stranger, surname="омир", phone="8 701 000 01")
    session.close()
    assert [one.line.case_id for one in own] == [opened.case_id] and seen == []


def test_the_line_under_the_names_says_how_the_case_stands(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    case_id = add_couple(workplace).case_id
    page = case_page(qtbot, window, case_id)
    outcomes = classifiers().kinds["outcome"]
    still_open = page.t.label(outcomes["open"])
    qtbot.waitUntil(lambda: still_open in words(page), timeout=10_000)
    session = workplace.session()
    add_outcome(
        session,
        workplace.actor,
        case_id=case_id,
        kind="reconciled",
        dated_on=date(2024, 5, 10),
        source="couple",
    )
    session.close()
    page.reload()
    reconciled = page.t.label(outcomes["reconciled"])
    qtbot.waitUntil(lambda: f"03.05.2024 · {reconciled}" in words(page), timeout=10_000)
    assert still_open not in words(page)
