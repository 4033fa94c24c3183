"""The journal by day and month: found by keys, added up, copied, one-off advice recorded."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import Workplace
from pravo_desktop.usecases.access import restrict_case
from pravo_desktop.usecases.accounts import add_account
from pravo_desktop.usecases.cases import (
    ConsultationForm,
    open_case,
    record_advice,
    record_consultation,
)
from pravo_desktop.usecases.journal_view import journal_of
from pravo_desktop.usecases.participants import ParticipantForm
from pravo_desktop.usecases.staff import save_staff_member
from tests.ui.conftest import press, shell_of
from ui.app import Window
from ui.forms.advice_form import AdviceForm
from ui.pages.case import CasePage
from ui.pages.journal import JournalPage
from ui.pages.papers import JournalPaperForm

WorkIn = Callable[[Path], tuple[Window, Workplace]]
FIRST, LAST = date(2024, 5, 1), date(2024, 5, 31)


@pytest.fixture
def busy_month(centre_folder: Path, work_in: WorkIn) -> tuple[Window, Workplace, tuple[str, str]]:
    """Today a psychologist saw a couple and gave advice; on the 3rd a lawyer saw the couple."""
    window, workplace = work_in(centre_folder)
    session, actor = workplace.session(), workplace.actor
    psychologist, lawyer = (
        save_staff_member(
            session, actor, profession=profession, employed_from=date(2024, 1, 1), surname=name
        )
        for profession, name in (("psychologist", "Сынақова"), ("lawyer", "Сынақов"))
    )
    opened = open_case(
        session,
        actor,
        kind="married",
        participants=(
            ParticipantForm(role="wife", sex="female", consent="given", surname="Өмірбекова"),
        ),
        consultation=ConsultationForm(held_on=date(2024, 5, 3), specialist_id=lawyer, minutes=30),
    )
    record_consultation(
        session,
        actor,
        case_id=opened.case_id,
        consultation=ConsultationForm(
            held_on=date(2024, 5, 20), specialist_id=psychologist, minutes=60
        ),
    )
    record_advice(session, actor, held_on=date(2024, 5, 20), specialist_id=psychologist)
    session.close()
    return window, workplace, (psychologist, opened.case_id)


def journal_page(qtbot: QtBot, window: Window) -> JournalPage:
    press(qtbot, window, "Ctrl+J")
    page = shell_of(window).page
    assert isinstance(page, JournalPage)
    qtbot.waitUntil(lambda: page.journal is not None, timeout=10_000)
    return page


def test_the_day_then_the_month_then_one_specialist_with_their_totals(
    qtbot: QtBot, busy_month: tuple[Window, Workplace, tuple[str, str]]
) -> None:
    window, _, (psychologist, _) = busy_month
    page = journal_page(qtbot, window)
    assert len(page.model.rows) == 2
    assert page.totals.text().startswith("1 консультация · 1 пара")
    page.span.setFocus()
    press(qtbot, window, "Down")
    qtbot.waitUntil(lambda: len(page.model.rows) == 3, timeout=10_000)
    assert page.totals.text().startswith("2 консультации · 1 пара")
    page.specialist.choose(psychologist)
    qtbot.waitUntil(lambda: len(page.model.rows) == 2, timeout=10_000)
    assert page.specialist.value == psychologist


def test_an_earlier_day_is_turned_to_and_none_still_to_come(
    qtbot: QtBot, busy_month: tuple[Window, Workplace, tuple[str, str]]
) -> None:
    page = journal_page(qtbot, busy_month[0])
    page.turn(1)
    assert page.day == date(2024, 5, 20)
    page.turn(-1)
    qtbot.waitUntil(page.nothing.isVisible, timeout=10_000)
    assert page.day == date(2024, 5, 19) and not page.model.rows


def test_the_paper_journal_of_the_month_shown_is_one_button_away(
    qtbot: QtBot, busy_month: tuple[Window, Workplace, tuple[str, str]]
) -> None:
    window = busy_month[0]
    page = journal_page(qtbot, window)
    page.span.choose("month")
    page.turn(-1)
    page.paper_button.click()
    form = shell_of(window).page
    assert isinstance(form, JournalPaperForm) and form.month.value == "2024-04"


def test_enter_opens_the_case_and_selected_lines_are_copied(
    qtbot: QtBot, busy_month: tuple[Window, Workplace, tuple[str, str]]
) -> None:
    window, _, (_, case_id) = busy_month
    page = journal_page(qtbot, window)
    qtbot.waitUntil(page.table.hasFocus, timeout=10_000)
    page.table.selectAll()
    press(qtbot, window, "Ctrl+C")
    copied = QGuiApplication.clipboard().text().split("\n")
    assert len(copied) == 2
    assert copied[0].split("\t")[:3] == ["20.05.2024", "Өмірбекова", "AST-A-2024-00001"]
    press(qtbot, window, "Enter")
    case = shell_of(window).page
    assert isinstance(case, CasePage) and case.case_id == case_id


def test_advice_without_a_case_is_recorded_with_two_keys(
    qtbot: QtBot, busy_month: tuple[Window, Workplace, tuple[str, str]]
) -> None:
    window, workplace, _ = busy_month
    page = journal_page(qtbot, window)
    press(qtbot, window, "Ctrl+N")
    form = shell_of(window).page
    assert isinstance(form, AdviceForm)
    qtbot.waitUntil(lambda: form.specialist.count() == 2, timeout=10_000)
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: shell_of(window).page is page, timeout=10_000)
    qtbot.waitUntil(lambda: len(page.model.rows) == 3, timeout=10_000)
    session = workplace.reading_session()
    assert journal_of(session, workplace.actor, first=FIRST, last=LAST).totals.advice == 2
    session.close()


def test_advice_with_a_mistyped_date_is_told_under_the_field(
    qtbot: QtBot, busy_month: tuple[Window, Workplace, tuple[str, str]]
) -> None:
    window = busy_month[0]
    journal_page(qtbot, window)
    press(qtbot, window, "Ctrl+N")
    form = shell_of(window).page
    assert isinstance(form, AdviceForm)
    form.held_on.setText("32.13")
    press(qtbot, window, "Ctrl+Enter")
    assert form.fields["held_on"].note.text and form.held_on.hasFocus()


def test_a_case_closed_to_the_reader_is_counted_without_its_name(
    qtbot: QtBot, busy_month: tuple[Window, Workplace, tuple[str, str]]
) -> None:
    window, workplace, (psychologist, case_id) = busy_month
    session = workplace.session()
    other = add_account(
        session, workplace.actor, name="other", roles=("lawyer",), staff_id=psychologist
    )
    restrict_case(session, workplace.actor, case_id=case_id, accounts=(other,))
    journal = journal_of(session, workplace.actor, first=FIRST, last=LAST)
    session.close()
    closed = [line for line in journal.lines if not line.advice]
    assert {(line.case_id, line.number, line.title) for line in closed} == {(None, "", "")}
    assert (journal.totals.consultations, journal.totals.minutes) == (2, 90)
    page = journal_page(qtbot, window)
    first = page.model.index(0, 1).data(Qt.ItemDataRole.DisplayRole)
    assert "Өмірбекова" not in first
    page.open_case()
    assert shell_of(window).page is page
