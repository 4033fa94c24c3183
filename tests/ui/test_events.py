"""Events by keyboard: a new one, its code, its survey sheets, our people elsewhere, removal."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import Workplace
from pravo_desktop.domain.records import EventAttendance
from pravo_desktop.usecases.event_queries import EventLine, event_lines, survey_answers
from pravo_desktop.usecases.events import add_survey_sheets, event_code, save_event
from pravo_desktop.usecases.months import close_month
from tests.ui.conftest import at_rest, press, shell_of, write
from tests.ui.desks import answer, make_place, primary, signed_in
from ui.app import Window
from ui.forms.event_form import AttendanceForm, EventForm
from ui.forms.survey_grid import SurveyForm
from ui.page import Page
from ui.pages.events import EventsPage

WorkIn = Callable[[Path], tuple[Window, Workplace]]
P = TypeVar("P", bound=Page)
SLOW = 10_000


@pytest.fixture
def desk(centre_folder: Path, work_in: WorkIn) -> Iterator[tuple[Window, Workplace]]:
    """Astana with two events of two years."""
    window, workplace = work_in(centre_folder)
    session = workplace.session()
    for kind, day, topic in (
        ("young_couple_training", date(2024, 5, 14), "Келісім мектебі"),
        ("social_bureau", date(2023, 11, 2), "Әлеуметтік бюро"),
    ):
        save_event(session, workplace.actor, kind=kind, held_on=day, topic=topic, men=3, women=4)
    session.close()
    yield window, workplace


def lines_of(workplace: Workplace) -> list[EventLine | EventAttendance]:
    session = workplace.reading_session()
    found = event_lines(session, workplace.actor)
    session.close()
    return found


def events_of(workplace: Workplace) -> list[EventLine]:
    return [line for line in lines_of(workplace) if isinstance(line, EventLine)]


def page_of(window: Window, kind: type[P]) -> P:
    page = shell_of(window).page
    assert isinstance(page, kind), page
    return page


def to_events(qtbot: QtBot, window: Window, number: int) -> EventsPage:
    press(qtbot, window, "Ctrl+E")
    page = page_of(window, EventsPage)
    qtbot.waitUntil(lambda: len(page.model.rows) == number, timeout=SLOW)
    return page


def strike(window: Window, *keys: Qt.Key) -> None:
    """Press keys that stand for no letter."""
    for key in keys:
        QTest.keyClick(window.windowHandle(), key)


def tab_to(qtbot: QtBot, window: Window, control: QWidget) -> None:
    """Press Tab until a control has the keyboard."""
    for _ in range(30):
        if control.hasFocus():
            return
        press(qtbot, window, "Tab")
    raise AssertionError(f"Tab does not come to {control.objectName()}")


def test_a_new_event_is_typed_without_the_mouse_and_its_code_is_told(
    qtbot: QtBot, desk: tuple[Window, Workplace]
) -> None:
    window, workplace = desk
    to_events(qtbot, window, 2)
    press(qtbot, window, "Ctrl+N")
    form = page_of(window, EventForm)
    qtbot.waitUntil(lambda: form.centres.count() > 5, timeout=SLOW)
    assert form.kind.hasFocus()
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: bool(form.fields["topic"].note.text), timeout=SLOW)
    assert form.topic.hasFocus()
    write(window, "Жас жұбайлар мектебі")
    tab_to(qtbot, window, form.attendances.men)
    for number in ("5", "7", "2", "4"):
        write(window, number)
        press(qtbot, window, "Tab")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: isinstance(shell_of(window).page, EventsPage), timeout=SLOW)
    newest = events_of(workplace)[0]
    assert newest.event.topic == "Жас жұбайлар мектебі" and newest.event.region == "astana"
    assert (newest.event.men, newest.event.women, newest.event.children) == (5, 7, 2)
    assert newest.event.couples == 4
    code = event_code(newest.event.id)
    assert f"{code[:5]} {code[5:]}" in shell_of(window).notice.note.text


def test_a_known_event_shows_its_code_large_and_is_changed(
    qtbot: QtBot, desk: tuple[Window, Workplace]
) -> None:
    window, workplace = desk
    to_events(qtbot, window, 2)
    press(qtbot, window, "Enter")
    form = page_of(window, EventForm)
    qtbot.waitUntil(lambda: form.topic.text() == "Келісім мектебі", timeout=SLOW)
    assert form.code.text().replace(" ", "") == event_code(form.event_id)
    tab_to(qtbot, window, form.place)
    write(window, "Отбасылық сот")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: isinstance(shell_of(window).page, EventsPage), timeout=SLOW)
    changed = events_of(workplace)[0].event
    assert (changed.place, changed.men) == ("Отбасылық сот", 3)


def test_the_chosen_kind_and_year_stay_through_a_visit_elsewhere_and_another_language(
    qtbot: QtBot, desk: tuple[Window, Workplace]
) -> None:
    window, _ = desk
    page = to_events(qtbot, window, 2)
    page.year.setFocus()
    press(qtbot, window, "Down", "Down")
    assert [page.day_of(row).year for row in page.model.rows] == [2023]
    press(qtbot, window, "Ctrl+1", "Ctrl+E")
    assert len(page.model.rows) == 1
    at_rest(qtbot, window).set_language("kk")
    rebuilt = page_of(window, EventsPage)
    qtbot.waitUntil(lambda: bool(rebuilt.rows), timeout=SLOW)
    assert rebuilt.year.value == "2023" and len(rebuilt.model.rows) == 1


def test_our_people_at_another_centres_event_are_entered_by_its_code(
    qtbot: QtBot, desk: tuple[Window, Workplace]
) -> None:
    window, workplace = desk
    page = to_events(qtbot, window, 2)
    page.attach()
    form = page_of(window, AttendanceForm)
    assert form.code.hasFocus()
    # Typed as it was dictated, with the Russian keyboard on.
    write(window, "3f9а0 в12с4")
    tab_to(qtbot, window, form.attendances.women)
    write(window, "6")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: len(page.model.rows) == 3, timeout=SLOW)
    (line,) = [one for one in lines_of(workplace) if isinstance(one, EventAttendance)]
    assert (line.event_code, line.women) == ("3F9A0B12C4", 6)


def test_a_code_with_a_letter_too_few_is_told_under_its_field(
    qtbot: QtBot, desk: tuple[Window, Workplace]
) -> None:
    window, _ = desk
    to_events(qtbot, window, 2).attach()
    form = page_of(window, AttendanceForm)
    write(window, "3F9A0")
    press(qtbot, window, "Ctrl+Enter")
    assert form.form_field("event_code").note.text and form.code.hasFocus()
    press(qtbot, window, "Esc")


def test_survey_sheets_are_typed_with_digits_alone_and_saved_at_once(
    qtbot: QtBot, desk: tuple[Window, Workplace]
) -> None:
    window, workplace = desk
    event = events_of(workplace)[0].event
    session = workplace.session()
    add_survey_sheets(session, workplace.actor, event_id=event.id, sheets=((1, 5, 5, 5, 5),))
    session.close()
    to_events(qtbot, window, 2).survey()
    form = page_of(window, SurveyForm)
    qtbot.waitUntil(lambda: form.questions.rows[0].answers == 1, timeout=SLOW)
    assert form.grid.hasFocus()
    write(window, "54x9")
    strike(window, Qt.Key.Key_Backspace)
    write(window, "3" + "0 5" + "11111")
    assert form.grid.sheets.typed_sheets == [[5, 3, 0, 0, 5], [1, 1, 1, 1, 1]]
    first, third = form.questions.rows[0], form.questions.rows[2]
    assert (first.mean, first.answers) == (7 / 3, 3)
    assert (third.mean, third.answers) == (3.0, 2)
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: isinstance(shell_of(window).page, EventsPage), timeout=SLOW)
    session = workplace.reading_session()
    answers = survey_answers(session, workplace.actor, event.id)
    session.close()
    assert (answers.sheets, answers.counts, answers.sums) == (3, (3, 3, 2, 2, 3), (7, 9, 6, 6, 11))


def test_a_question_passed_over_is_pointed_at_and_nothing_is_saved(
    qtbot: QtBot, desk: tuple[Window, Workplace]
) -> None:
    window, workplace = desk
    to_events(qtbot, window, 2).survey()
    form = page_of(window, SurveyForm)
    qtbot.waitUntil(lambda: bool(form.event_choice.value), timeout=SLOW)
    write(window, "12345" + "12")
    press(qtbot, window, "Ctrl+Enter")
    assert form.note.text and form.grid.hasFocus()
    at = form.grid.currentIndex()
    assert (at.row(), at.column()) == (1, 2)
    assert events_of(workplace)[0].sheets == 0
    strike(window, Qt.Key.Key_Delete)
    assert form.grid.sheets.typed_sheets == [[1, 2, 3, 4, 5]]
    press(qtbot, window, "Esc")


def test_sheets_half_typed_survive_another_language_and_stay_as_a_draft(
    qtbot: QtBot, desk: tuple[Window, Workplace]
) -> None:
    window, _ = desk
    to_events(qtbot, window, 2).survey()
    form = page_of(window, SurveyForm)
    qtbot.waitUntil(lambda: bool(form.event_choice.value), timeout=SLOW)
    write(window, "55")
    at_rest(qtbot, window).set_language("kk")
    rebuilt = page_of(window, SurveyForm)
    qtbot.waitUntil(lambda: bool(rebuilt.event_choice.value), timeout=SLOW)
    assert rebuilt.grid.sheets.typed_sheets == [[5, 5, None, None, None]]
    press(qtbot, window, "Esc")
    step = shell_of(window).notice.findChild(QPushButton, "notice_step")
    assert isinstance(step, QPushButton)
    step.click()
    resumed = page_of(window, SurveyForm)
    qtbot.waitUntil(lambda: len(resumed.grid.sheets.typed_sheets) == 1, timeout=SLOW)
    press(qtbot, window, "Esc")


def test_an_event_of_a_closed_month_is_removed_with_a_reason(
    qtbot: QtBot, desk: tuple[Window, Workplace]
) -> None:
    window, workplace = desk
    session = workplace.session()
    old = save_event(
        session, workplace.actor, kind="round_table", held_on=date(2024, 4, 3), topic="Үстел"
    )
    close_month(session, workplace.actor, month="2024-04")
    session.close()
    to_events(qtbot, window, 3)
    form = shell_of(window).open(EventForm, event_id=old)
    assert isinstance(form, EventForm)
    qtbot.waitUntil(lambda: form.topic.text() == "Үстел", timeout=SLOW)
    form.ask_removal()
    answer(qtbot, form, "yes")
    qtbot.waitUntil(form.reasons.isVisible, timeout=SLOW)
    write(window, "Екі рет енгізілген")
    primary(qtbot, window)
    qtbot.waitUntil(lambda: isinstance(shell_of(window).page, EventsPage), timeout=SLOW)
    assert old not in [line.event.id for line in events_of(workplace)]


def test_headquarters_says_for_which_region_an_event_is(qtbot: QtBot, tmp_path: Path) -> None:
    place = make_place(tmp_path / "headquarters")
    window = signed_in(qtbot, place)
    press(qtbot, window, "Ctrl+E")
    page = page_of(window, EventsPage)
    qtbot.waitUntil(page.nothing.button.hasFocus, timeout=SLOW)
    press(qtbot, window, "Space")
    form = page_of(window, EventForm)
    qtbot.waitUntil(lambda: form.region.count() > 5, timeout=SLOW)
    form.region.choose("turkistan")
    form.topic.setText("Ашылу")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: len(page.model.rows) == 1, timeout=SLOW)
    assert page.model.rows[0].event.region == "turkistan"
    window.close()
