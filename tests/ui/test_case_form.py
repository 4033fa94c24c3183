"""A new case entered through the form."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import Workplace
from pravo_desktop.usecases.staff import save_staff_member
from tests.ui.conftest import at_rest, press, shell_of, write
from tests.ui.families import add_couple, case_page
from ui.app import Window
from ui.forms.case_form import CaseForm
from ui.forms.consultation_form import ConsultationPage
from ui.pages.case import CasePage

WorkIn = Callable[[Path], tuple[Window, Workplace]]


@pytest.fixture
def window(centre_folder: Path, work_in: WorkIn) -> Window:
    opened, workplace = work_in(centre_folder)
    session = workplace.session()
    save_staff_member(
        session, workplace.actor, profession="psychologist", employed_from=date(2024, 1, 1)
    )
    session.close()
    return opened


@pytest.fixture
def form(qtbot: QtBot, window: Window) -> CaseForm:
    press(qtbot, window, "Ctrl+N")
    page = shell_of(window).page
    assert isinstance(page, CaseForm)
    qtbot.waitUntil(lambda: bool(page.visit.specialist.count()), timeout=10_000)
    return page


def saved_case(qtbot: QtBot, window: Window) -> CasePage:
    qtbot.waitUntil(lambda: isinstance(shell_of(window).page, CasePage), timeout=10_000)
    page = shell_of(window).page
    assert isinstance(page, CasePage)
    qtbot.waitUntil(lambda: page.card is not None, timeout=10_000)
    return page


def test_a_couple_with_a_child_a_claim_and_a_visit_is_one_flow_without_a_mouse(
    qtbot: QtBot, window: Window, form: CaseForm
) -> None:
    husband = form.people[0]
    husband.consent.setFocus()
    press(qtbot, window, "Down")
    assert husband.consent.value == "given"
    husband.surname.setFocus()
    write(window, "Қанатов")
    press(qtbot, window, "Tab")
    write(window, "Ғани")
    husband.birth.setFocus()
    write(window, "5.12.1985")
    form.add_person("child").birth.setText("2015")
    form.add_claim()
    press(qtbot, window, "Ctrl+Enter")
    card = saved_case(qtbot, window).card
    assert card is not None
    assert card.title == "Қанатов Ғани" and card.case.number == "AST-A-2024-00001"
    assert [one.participant.role for one in card.people] == ["husband", "wife", "child"]
    assert card.people[0].identity is not None
    assert card.people[0].identity.birth_date == date(1985, 12, 5)
    assert len(card.claims) == 1 and len(card.consultations) == 1
    assert len(card.consultations[0].consultation.attendees) == 2


def test_a_case_can_be_saved_with_nobody_s_name(
    qtbot: QtBot, window: Window, form: CaseForm
) -> None:
    form.label.setText("көк папка")
    press(qtbot, window, "Ctrl+Enter")
    assert saved_case(qtbot, window).title() == "көк папка"


def test_a_warning_is_shown_under_its_field_and_let_pass_with_a_reason(
    qtbot: QtBot, window: Window, form: CaseForm
) -> None:
    form.people[1].birth.setText("2014")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: form.reasons.isVisible(), timeout=10_000)
    assert form.people[1].fields["birth_year"].note.text
    assert not form.people[0].fields["birth_year"].note.text
    write(window, "құжат бойынша")
    press(qtbot, window, "Ctrl+Enter")
    saved_case(qtbot, window)


def test_a_mistake_is_told_under_its_field_and_everything_typed_stays(
    qtbot: QtBot, window: Window, form: CaseForm
) -> None:
    form.label.setText("көк папка")
    form.visit.held_on.setText("2025-05-01")
    press(qtbot, window, "Ctrl+Enter")
    field = form.visit.fields["held_on"]
    qtbot.waitUntil(lambda: bool(field.note.text), timeout=10_000)
    assert form.label.text() == "көк папка" and shell_of(window).page is form


def test_a_language_switch_keeps_people_claims_and_every_word(
    qtbot: QtBot, window: Window, form: CaseForm
) -> None:
    title = form.title()
    form.people[0].consent.choose("given")
    form.people[0].surname.setText("Қанатов")
    form.add_person("child").birth.setText("2015")
    form.add_claim().judge.setText("Судьяев")
    form.visit.note.setPlainText("бірінші кездесу")
    at_rest(qtbot, window).set_language("kk")
    rebuilt = shell_of(window).page
    assert isinstance(rebuilt, CaseForm) and rebuilt is not form
    assert rebuilt.title() != title
    assert [one.role.value for one in rebuilt.people] == ["husband", "wife", "child"]
    assert rebuilt.people[0].surname.text() == "Қанатов"
    assert rebuilt.people[2].birth.text() == "2015"
    assert rebuilt.claims[0].judge.text() == "Судьяев"
    assert rebuilt.visit.note.toPlainText() == "бірінші кездесу"
    qtbot.waitUntil(lambda: bool(rebuilt.visit.specialist.count()), timeout=10_000)


def test_what_needs_consent_is_asked_only_with_it_and_not_kept_once_it_is_gone(
    qtbot: QtBot, window: Window, form: CaseForm
) -> None:
    husband = form.people[0]
    assert not husband.occupation.isVisible()
    husband.consent.setFocus()
    press(qtbot, window, "Down")
    assert husband.consent.value == "given" and husband.occupation.isVisible()
    husband.occupation.choose("business")
    husband.consent.choose("refused")
    assert not husband.occupation.isVisible()
    press(qtbot, window, "Ctrl+Enter")
    card = saved_case(qtbot, window).card
    assert card is not None
    assert card.people[0].participant.occupation == "not_stated"


def test_a_case_saved_before_the_specialists_are_read_is_saved_with_its_visit(
    qtbot: QtBot, window: Window
) -> None:
    form = shell_of(window).open(CaseForm)
    assert isinstance(form, CaseForm) and not form.visit.specialist.count()
    form.save()
    card = saved_case(qtbot, window).card
    assert card is not None and len(card.consultations) == 1


def test_the_chosen_specialist_stays_when_the_form_is_built_anew(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    session = workplace.session()
    for profession in ("psychologist", "lawyer", "mediator"):
        save_staff_member(
            session, workplace.actor, profession=profession, employed_from=date(2024, 1, 1)
        )
    session.close()
    press(qtbot, window, "Ctrl+N")
    form = shell_of(window).page
    assert isinstance(form, CaseForm)
    qtbot.waitUntil(lambda: form.visit.specialist.count() == 3, timeout=10_000)
    form.visit.specialist.setCurrentIndex(2)
    chosen = form.visit.specialist.value
    at_rest(qtbot, window).set_language("kk")
    rebuilt = shell_of(window).page
    assert isinstance(rebuilt, CaseForm)
    qtbot.waitUntil(lambda: rebuilt.visit.specialist.count() == 3, timeout=10_000)
    assert rebuilt.visit.specialist.value == chosen


def test_one_key_begins_a_new_case_from_the_search_for_a_couple_and_from_a_case(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    case_id = add_couple(workplace).case_id
    press(qtbot, window, "Ctrl+K")
    assert isinstance(shell_of(window).page, ConsultationPage)
    press(qtbot, window, "Ctrl+N")
    assert isinstance(shell_of(window).page, CaseForm)
    shell_of(window).go("cases")
    case_page(qtbot, window, case_id)
    press(qtbot, window, "Ctrl+N")
    assert isinstance(shell_of(window).page, CaseForm)


def test_a_family_known_already_is_brought_into_sight_while_its_name_is_typed(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    add_couple(workplace)
    press(qtbot, window, "Ctrl+N")
    form = shell_of(window).page
    assert isinstance(form, CaseForm)
    person = form.people[0]
    person.consent.choose("given")
    person.surname.setFocus()
    write(window, "Өмірбек")
    qtbot.waitUntil(lambda: bool(person.likely.cases), timeout=10_000)
    qtbot.waitUntil(lambda: whole(person.likely) and whole(person.surname), timeout=10_000)


def whole(widget: QWidget) -> bool:
    """Whether all of a widget is in sight."""
    return widget.visibleRegion().boundingRect() == widget.rect()
