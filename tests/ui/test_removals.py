"""What was entered is changed with Enter and removed with Delete, with an undo right after."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import Workplace, open_workplace
from pravo_desktop.domain.records import HandOut, PrintedMaterial, Publication, Vacancy
from pravo_desktop.domain.versions import new_id
from pravo_desktop.usecases.accounts import actor_of
from pravo_desktop.usecases.appointments import appointments_of_case
from pravo_desktop.usecases.cases import record_advice, record_study
from pravo_desktop.usecases.event_queries import survey_answers
from pravo_desktop.usecases.events import (
    add_survey_sheets,
    attach_attendance,
    save_event,
    save_hand_out,
    save_printed_material,
    save_publication,
)
from pravo_desktop.usecases.months import close_month, save_monthly_note
from pravo_desktop.usecases.queries import Session
from pravo_desktop.usecases.staff import save_staff_member, save_vacancy
from tests.ui.conftest import press, shell_of, write
from tests.ui.desks import answer
from tests.ui.families import WorkIn, add_couple, card_of, case_page
from ui.app import Window
from ui.forms.account_form import RolesForm
from ui.forms.advice_form import AdviceForm
from ui.forms.event_form import AttendanceForm
from ui.forms.publication_form import PublicationForm
from ui.forms.staff_form import StaffForm
from ui.forms.survey_grid import SurveyForm
from ui.forms.work_forms import PlanForm, StudyForm
from ui.page import Page
from ui.pages.close_month import CloseMonthPage
from ui.pages.events import EventsPage
from ui.pages.journal import JournalPage
from ui.pages.media import MediaPage
from ui.pages.printed import PrintedPage
from ui.pages.staff import StaffPage
from ui.pages.survey_sheets import SheetForm, SheetsPage
from ui.settings import remembered_filter

P = TypeVar("P", bound=Page)
SLOW = 10_000
MAY = date(2024, 5, 14)


def page_of(window: Window, kind: type[P]) -> P:
    page = shell_of(window).page
    assert isinstance(page, kind), page
    return page


def enter(workplace: Workplace, use: Callable[[Session, Workplace], object]) -> None:
    """Do something beside the window."""
    session = workplace.session()
    use(session, workplace)
    session.close()


def an_article(workplace: Workplace, day: date = MAY) -> None:
    made = Publication(
        id=new_id(), published_on=day, outlet="Сайт", outlet_kind="site", title="Бітім"
    )
    enter(workplace, lambda s, w: save_publication(s, w.actor, publication=made))


def told(window: Window) -> str:
    return shell_of(window).notice.note.text


def remove(qtbot: QtBot, window: Window, page: QWidget) -> None:
    """Press Delete and say yes to the question."""
    press(qtbot, window, "Delete")
    answer(qtbot, page, "yes")


def undo(qtbot: QtBot, window: Window) -> None:
    """Press the step that the message offers."""
    step = shell_of(window).notice.findChild(QPushButton, "notice_step")
    assert isinstance(step, QPushButton)
    qtbot.waitUntil(lambda: step.text() == "Отменить", timeout=SLOW)
    step.click()


def test_a_publication_removed_with_delete_is_there_again_after_undo(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    an_article(workplace)
    press(qtbot, window, "Ctrl+B")
    page = page_of(window, MediaPage)
    qtbot.waitUntil(page.table.hasFocus, timeout=SLOW)
    press(qtbot, window, "Delete")
    answer(qtbot, page, "no")
    assert len(page.model.rows) == 1
    remove(qtbot, window, page)
    qtbot.waitUntil(lambda: not page.model.rows, timeout=SLOW)
    undo(qtbot, window)
    qtbot.waitUntil(lambda: len(page.model.rows) == 1, timeout=SLOW)
    assert page.model.rows[0].title == "Бітім"


def test_in_a_closed_month_delete_leads_to_the_form_that_asks_why(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    an_article(workplace, date(2024, 4, 3))
    enter(workplace, lambda s, w: close_month(s, w.actor, month="2024-04"))
    press(qtbot, window, "Ctrl+B")
    page = page_of(window, MediaPage)
    qtbot.waitUntil(page.table.hasFocus, timeout=SLOW)
    remove(qtbot, window, page)
    qtbot.waitUntil(lambda: isinstance(shell_of(window).page, PublicationForm), timeout=SLOW)
    form = page_of(window, PublicationForm)
    qtbot.waitUntil(form.reasons.isVisible, timeout=SLOW)
    assert len(page.rows) == 1
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    write(window, "екі рет енгізілген")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: shell_of(window).page is page and not page.rows, timeout=SLOW)
    undo(qtbot, window)
    qtbot.waitUntil(lambda: len(page.rows) == 1, timeout=SLOW)


def test_the_kind_and_the_year_of_a_list_are_remembered_after_closing(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    an_article(workplace)
    an_article(workplace, date(2023, 4, 3))
    press(qtbot, window, "Ctrl+B")
    page = page_of(window, MediaPage)
    qtbot.waitUntil(lambda: len(page.rows) == 2, timeout=SLOW)
    page.year.setFocus()
    press(qtbot, window, "Down", "Down")
    page.kind.setFocus()
    press(qtbot, window, "Down")
    assert remembered_filter(workplace.folder, "media") == ("site", "2023")
    window.close()
    again, _ = work_in(centre_folder)
    press(qtbot, again, "Ctrl+B")
    page = page_of(again, MediaPage)
    qtbot.waitUntil(lambda: len(page.rows) == 2, timeout=SLOW)
    assert (page.kind.value, page.year.value) == ("site", "2023")
    assert [row.published_on.year for row in page.model.rows] == [2023]


def test_our_people_at_an_event_of_others_are_corrected_and_removed(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    enter(
        workplace,
        lambda s, w: attach_attendance(s, w.actor, event_code="3F9A0B12C4", held_on=MAY, women=6),
    )
    press(qtbot, window, "Ctrl+E")
    page = page_of(window, EventsPage)
    qtbot.waitUntil(page.table.hasFocus, timeout=SLOW)
    press(qtbot, window, "Enter")
    form = page_of(window, AttendanceForm)
    qtbot.waitUntil(lambda: form.code.text() == "3F9A0 B12C4", timeout=SLOW)
    form.attendances.women.setText("8")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: shell_of(window).page is page, timeout=SLOW)
    qtbot.waitUntil(lambda: [row.women for row in page.model.rows] == [8], timeout=SLOW)
    remove(qtbot, window, page)
    qtbot.waitUntil(lambda: not page.rows, timeout=SLOW)


def test_a_material_with_hand_outs_stays_until_they_are_removed(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    booklet = PrintedMaterial(id=new_id(), title="Жадынама", ordered_on=MAY, copies_made=90)
    given = HandOut(id=new_id(), material_id=booklet.id, handed_on=MAY, copies=5)
    enter(workplace, lambda s, w: save_printed_material(s, w.actor, material=booklet))
    enter(workplace, lambda s, w: save_hand_out(s, w.actor, hand_out=given))
    press(qtbot, window, "Ctrl+H")
    page = page_of(window, PrintedPage)
    qtbot.waitUntil(page.table.hasFocus, timeout=SLOW)
    remove(qtbot, window, page)
    qtbot.waitUntil(lambda: ": 1" in told(window), timeout=SLOW)
    assert page.materials.rows
    page.hand_out_table.setFocus()
    remove(qtbot, window, page)
    qtbot.waitUntil(lambda: not page.hand_outs.rows, timeout=SLOW)
    page.table.setFocus()
    remove(qtbot, window, page)
    qtbot.waitUntil(lambda: not page.materials.rows, timeout=SLOW)


def test_a_survey_sheet_entered_before_is_corrected_and_another_removed(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    events: list[str] = []

    def use(session: Session, at: Workplace) -> None:
        event = save_event(
            session, at.actor, kind="round_table", held_on=MAY, topic="Отбасы", men=2
        )
        sheets = ((1, 1, 1, 1, None), (5, 5, 5, 5, 5))
        add_survey_sheets(session, at.actor, event_id=event, sheets=sheets)
        events.append(event)

    enter(workplace, use)
    shell_of(window).go("events")
    survey = shell_of(window).open(SurveyForm, event_id=events[0])
    assert isinstance(survey, SurveyForm)
    qtbot.waitUntil(survey.earlier.isVisible, timeout=SLOW)
    survey.earlier.click()
    page = page_of(window, SheetsPage)
    qtbot.waitUntil(lambda: len(page.model.rows) == 2, timeout=SLOW)
    qtbot.waitUntil(page.table.hasFocus, timeout=SLOW)
    press(qtbot, window, "Enter")
    form = page_of(window, SheetForm)
    qtbot.waitUntil(lambda: form.answers[0].selectedText() == "1", timeout=SLOW)
    write(window, "4")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: shell_of(window).page is page, timeout=SLOW)
    press(qtbot, window, "Down", "Delete")
    answer(qtbot, page, "yes")
    qtbot.waitUntil(lambda: len(page.model.rows) == 1, timeout=SLOW)
    session = workplace.reading_session()
    answers = survey_answers(session, workplace.actor, events[0])
    session.close()
    assert (answers.sheets, answers.sums) == (1, (4, 1, 1, 1, 0))


def test_a_line_of_a_case_is_opened_with_enter_and_removed_with_delete(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    case_id = add_couple(workplace).case_id
    specialist = card_of(workplace, case_id).consultations[0].consultation.specialist_id
    enter(
        workplace,
        lambda s, w: record_study(
            s, w.actor, case_id=case_id, held_on=MAY, specialist_id=specialist
        ),
    )
    shell_of(window).go("cases")
    page = case_page(qtbot, window, case_id)

    def change() -> QPushButton:
        found = [
            one
            for one in page.findChildren(QPushButton)
            if "Психологическое" in one.accessibleName() and one.isVisible()
        ]
        assert found
        return found[0]

    qtbot.waitUntil(lambda: bool(change()), timeout=SLOW)
    change().setFocus()
    press(qtbot, window, "Enter")
    form = page_of(window, StudyForm)
    qtbot.waitUntil(lambda: form.held_on.text() == "14.05.2024", timeout=SLOW)
    form.held_on.setText("13.05.2024")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: shell_of(window).page is page, timeout=SLOW)

    def changed() -> None:
        assert "13.05.2024" in change().accessibleName()

    qtbot.waitUntil(changed, timeout=SLOW)
    change().setFocus()
    remove(qtbot, window, page)
    qtbot.waitUntil(lambda: not card_of(workplace, case_id).studies, timeout=SLOW)
    undo(qtbot, window)
    qtbot.waitUntil(lambda: len(card_of(workplace, case_id).studies) == 1, timeout=SLOW)


def test_the_hour_of_a_visit_is_typed_short_and_put_off(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    case_id = add_couple(workplace).case_id
    shell_of(window).go("cases")
    page = case_page(qtbot, window, case_id)

    def hours() -> list[str | None]:
        session = workplace.reading_session()
        found = appointments_of_case(session, workplace.actor, case_id)
        session.close()
        return [one.time for one in found]

    form = shell_of(window).open(PlanForm, case_id=case_id)
    assert isinstance(form, PlanForm)
    qtbot.waitUntil(lambda: form.specialist.count() > 0, timeout=SLOW)
    form.plans.hour.setFocus()
    write(window, "930")
    press(qtbot, window, "Ctrl+Enter")
    assert form.plans.fields["planned_on"].note.text and form.plans.next_on.hasFocus()
    write(window, "27")
    form.plans.hour.setText("9.70")
    press(qtbot, window, "Ctrl+Enter")
    assert form.plans.fields["time"].note.text and form.plans.hour.hasFocus()
    form.plans.hour.setText("930")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: shell_of(window).page is page, timeout=SLOW)
    assert hours() == ["09:30"]
    session = workplace.reading_session()
    (plan,) = appointments_of_case(session, workplace.actor, case_id)
    session.close()
    known = shell_of(window).open(PlanForm, case_id=case_id, part_id=plan.id)
    assert isinstance(known, PlanForm)
    qtbot.waitUntil(lambda: known.plans.hour.text() == "09:30", timeout=SLOW)
    known.plans.hour.setText("15.00")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: shell_of(window).page is page, timeout=SLOW)
    assert hours() == ["15:00"]


def test_advice_is_corrected_and_removed_from_the_journal(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)

    def use(session: Session, at: Workplace) -> None:
        lawyer = save_staff_member(
            session, at.actor, profession="lawyer", employed_from=date(2024, 1, 8)
        )
        record_advice(session, at.actor, specialist_id=lawyer, minutes=5)

    enter(workplace, use)
    press(qtbot, window, "Ctrl+J")
    page = page_of(window, JournalPage)
    qtbot.waitUntil(page.table.hasFocus, timeout=SLOW)
    press(qtbot, window, "Enter")
    form = page_of(window, AdviceForm)
    qtbot.waitUntil(lambda: form.minutes.text() == "5", timeout=SLOW)
    form.minutes.setText("15")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: shell_of(window).page is page, timeout=SLOW)
    qtbot.waitUntil(lambda: [row.minutes for row in page.model.rows] == [15], timeout=SLOW)
    page.table.setFocus()
    remove(qtbot, window, page)
    qtbot.waitUntil(lambda: not page.model.rows, timeout=SLOW)


def test_a_vacancy_is_removed_and_somebody_who_never_worked_leaves_the_list(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    post = Vacancy(id=new_id(), profession="lawyer", opened_on=MAY)
    enter(workplace, lambda s, w: save_vacancy(s, w.actor, vacancy=post))
    enter(
        workplace,
        lambda s, w: save_staff_member(s, w.actor, profession="lawyer", employed_from=MAY),
    )
    press(qtbot, window, "Ctrl+6")
    page = page_of(window, StaffPage)
    qtbot.waitUntil(page.table.hasFocus, timeout=SLOW)
    remove(qtbot, window, page)
    qtbot.waitUntil(lambda: not page.model.rows, timeout=SLOW)
    page.posts.setFocus()
    remove(qtbot, window, page)
    qtbot.waitUntil(lambda: not page.vacancies.rows, timeout=SLOW)


def test_the_lead_gives_a_lawyer_the_role_of_a_lead_who_can_then_sign(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    made: list[str] = []

    def use(session: Session, at: Workplace) -> None:
        lawyer = save_staff_member(
            session, at.actor, profession="lawyer", employed_from=date(2024, 1, 8)
        )
        account = at.add_account(
            session,
            name="заңгер",
            password="another word 34",
            roles=("lawyer",),
            staff_id=lawyer,
        )
        made.extend((lawyer, account))

    enter(workplace, use)
    shell_of(window).go("staff")
    staff_form = shell_of(window).open(StaffForm, staff_id=made[0])
    assert isinstance(staff_form, StaffForm)
    qtbot.waitUntil(staff_form.roles_button.isVisible, timeout=SLOW)
    staff_form.roles_button.click()
    form = page_of(window, RolesForm)
    qtbot.waitUntil(lambda: form.roles_box.values() == ("lawyer",), timeout=SLOW)
    position = form.roles_box.keys().index("lead")
    form.roles_box.setCurrentRow(position)
    press(qtbot, window, "Space", "Ctrl+Enter")
    qtbot.waitUntil(lambda: shell_of(window).page is staff_form, timeout=SLOW)
    assert actor_of(workplace.reading_session(), made[1]).roles == {"lawyer", "lead"}
    own = shell_of(window).open(RolesForm, account_id=workplace.actor.account_id)
    assert isinstance(own, RolesForm)
    qtbot.waitUntil(lambda: own.roles_box.values() == ("lead",), timeout=SLOW)
    own.roles_box.setCurrentRow(position)
    press(qtbot, window, "Space")
    own.roles_box.setCurrentRow(0 if position else 1)
    press(qtbot, window, "Space", "Ctrl+Enter")
    qtbot.waitUntil(lambda: bool(own._roles_field.note.text), timeout=SLOW)
    window.close()
    second = open_workplace(centre_folder, password="another word 34", user="заңгер")
    session = second.session()
    assert second.signing_key(session).fingerprint == second.signing_key(session).fingerprint
    session.close()
    second.close()


def test_a_note_for_the_report_is_rewritten_and_comes_back_after_undo(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    enter(
        workplace,
        lambda s, w: save_monthly_note(
            s, w.actor, month="2024-05", section="media", kind="problem", text="Уақыт аз"
        ),
    )
    press(qtbot, window, "Ctrl+4")
    page = page_of(window, CloseMonthPage)
    qtbot.waitUntil(lambda: page.overview is not None, timeout=SLOW)
    page.turn(1 if str(page.month) < "2024-05" else 0)
    qtbot.waitUntil(lambda: len(page.notes.rows) == 1, timeout=SLOW)
    page.notes.rows[0].change.click()
    assert page.notes.text.toPlainText() == "Уақыт аз" and page.notes.kind.value == "problem"
    page.notes.text.setPlainText("Уақыт жетпейді")
    page.notes.add_button.click()
    qtbot.waitUntil(lambda: not page.notes.text.toPlainText(), timeout=SLOW)
    session = workplace.reading_session()
    texts = session.all("SELECT text FROM monthly_notes WHERE NOT deleted")
    session.close()
    assert [row["text"] for row in texts] == ["Уақыт жетпейді"]
    qtbot.waitUntil(lambda: len(page.notes.rows) == 1, timeout=SLOW)
    page.notes.rows[0].remove.click()
    qtbot.waitUntil(lambda: not page.notes.rows, timeout=SLOW)
    undo(qtbot, window)
    qtbot.waitUntil(lambda: len(page.notes.rows) == 1, timeout=SLOW)
