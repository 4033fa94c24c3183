"""Recording consultations, from an empty folder on."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import Workplace
from pravo_desktop.usecases.cases import ConsultationForm, open_case
from pravo_desktop.usecases.participants import ParticipantForm
from pravo_desktop.usecases.queries import case_card
from pravo_desktop.usecases.staff import save_staff_member
from tests.ui.conftest import at_rest, press, shell_of, write
from ui.app import Window
from ui.forms.consultation_form import ConsultationPage
from ui.forms.staff_form import StaffForm
from ui.pages.staff import StaffPage

WorkIn = Callable[[Path], tuple[Window, Workplace]]


def consultation_page(window: Window) -> ConsultationPage:
    page = shell_of(window).page
    assert isinstance(page, ConsultationPage)
    return page


@pytest.fixture
def known_couple(centre_folder: Path, work_in: WorkIn) -> tuple[Window, Workplace, str]:
    window, workplace = work_in(centre_folder)
    session = workplace.session()
    staff_id = save_staff_member(
        session, workplace.actor, profession="mediator", employed_from=date(2024, 1, 1)
    )
    opened = open_case(
        session,
        workplace.actor,
        kind="married",
        participants=(
            ParticipantForm(role="husband", sex="male", consent="given", surname="Өмірбеков"),
            ParticipantForm(role="wife", sex="female"),
        ),
        consultation=ConsultationForm(
            held_on=date(2024, 5, 3), specialist_id=staff_id, attendees=("1",)
        ),
    )
    session.close()
    return window, workplace, opened.case_id


def test_with_no_staff_the_page_leads_to_the_staff_list_and_then_works(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, _ = work_in(centre_folder)
    press(qtbot, window, "Ctrl+K")
    page = consultation_page(window)
    qtbot.waitUntil(page.nobody.isVisible, timeout=10_000)
    page.nobody.button.click()
    assert isinstance(shell_of(window).page, StaffPage)
    press(qtbot, window, "Ctrl+N")
    form = shell_of(window).page
    assert isinstance(form, StaffForm)
    form.surname.setText("Сынақова")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: isinstance(shell_of(window).page, StaffPage), timeout=10_000)
    press(qtbot, window, "Ctrl+K")
    qtbot.waitUntil(lambda: page.search.isVisible(), timeout=10_000)


def test_a_known_couple_is_found_and_recorded_with_few_keys_and_the_next_can_follow(
    qtbot: QtBot, known_couple: tuple[Window, Workplace, str]
) -> None:
    window, workplace, case_id = known_couple
    press(qtbot, window, "Ctrl+K")
    page = consultation_page(window)
    qtbot.waitUntil(lambda: page.search.hasFocus(), timeout=10_000)
    write(window, "омир")
    qtbot.waitUntil(lambda: page.couples.count() == 1, timeout=10_000)
    press(qtbot, window, "Enter")
    qtbot.waitUntil(lambda: page.case is not None, timeout=10_000)
    # The wife came alone last time, so she alone is ticked.
    assert len(page.visit.attendees.values()) == 1
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: page.case is None, timeout=10_000)
    assert shell_of(window).notice.isVisible() and page.search.hasFocus()
    session = workplace.reading_session()
    card = case_card(session, workplace.actor, case_id)
    session.close()
    assert [one.consultation.held_on for one in card.consultations] == [
        date(2024, 5, 20),
        date(2024, 5, 3),
    ]


def test_from_a_case_the_couple_is_already_chosen(
    qtbot: QtBot, known_couple: tuple[Window, Workplace, str]
) -> None:
    window, _, case_id = known_couple
    from ui.pages.case import CasePage

    shell_of(window).open(CasePage, case_id=case_id)
    press(qtbot, window, "Ctrl+K")
    page = consultation_page(window)
    qtbot.waitUntil(lambda: page.case is not None, timeout=10_000)
    assert page.chosen.text() == "Өмірбеков"


def test_who_types_keeps_the_keyboard_while_the_page_is_read_anew(
    qtbot: QtBot, known_couple: tuple[Window, Workplace, str]
) -> None:
    window, _, case_id = known_couple
    shell_of(window).go("consultation", case_id=case_id)
    page = consultation_page(window)
    qtbot.waitUntil(lambda: page.case is not None, timeout=10_000)
    page.visit.note.setFocus()
    write(window, "екеуі ")
    with qtbot.waitSignal(window.runner.changed):
        window.runner.write(
            window,
            lambda job: save_staff_member(
                job.session, job.actor, profession="lawyer", employed_from=date(2024, 1, 1)
            ),
        )
    qtbot.waitUntil(lambda: page.visit.specialist.count() == 2, timeout=10_000)
    write(window, "де сөйлесті")
    assert page.visit.note.toPlainText() == "екеуі де сөйлесті"
    assert len(page.visit.attendees.values()) == 1


def test_nobody_ticked_is_told_before_anything_is_saved(
    qtbot: QtBot, known_couple: tuple[Window, Workplace, str]
) -> None:
    window, _, case_id = known_couple
    shell_of(window).go("consultation", case_id=case_id)
    page = consultation_page(window)
    qtbot.waitUntil(lambda: page.case is not None, timeout=10_000)
    for position in range(page.visit.attendees.count()):
        page.visit.attendees.item(position).setCheckState(Qt.CheckState.Unchecked)
    press(qtbot, window, "Ctrl+Enter")
    assert page.visit.fields["attendees"].note.text


def test_a_language_switch_keeps_the_couple_and_the_note(
    qtbot: QtBot, known_couple: tuple[Window, Workplace, str]
) -> None:
    window, _, case_id = known_couple
    shell_of(window).go("consultation", case_id=case_id)
    page = consultation_page(window)
    qtbot.waitUntil(lambda: page.case is not None, timeout=10_000)
    page.visit.note.setPlainText("келісімге жақын")
    page.visit.held_on.setText("15.05.2024")
    at_rest(qtbot, window).set_language("kk")
    rebuilt = consultation_page(window)
    qtbot.waitUntil(lambda: rebuilt.case is not None, timeout=10_000)
    assert rebuilt.visit.note.toPlainText() == "келісімге жақын"
    assert rebuilt.visit.held_on.day() == date(2024, 5, 15)
