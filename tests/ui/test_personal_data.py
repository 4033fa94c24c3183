"""The lead answers people about their data: requests, withdrawal, erasure, the paper, the term."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import Workplace
from pravo_desktop.usecases import privacy
from pravo_desktop.usecases.cases import CaseOpened
from tests.ui.conftest import press, shell_of, write
from tests.ui.families import add_couple, card_of
from ui.app import Window
from ui.forms.keep_rule_form import KeepRuleForm
from ui.pages.past_term import TermPage
from ui.pages.personal_data import PersonalDataPage, RequestForm
from ui.preview import Preview

WorkIn = Callable[[Path], tuple[Window, Workplace]]


def ask_for(workplace: Workplace, case: CaseOpened, kind: str) -> None:
    """The husband asked for something ten days ago."""
    session = workplace.session()
    privacy.record_request(
        session,
        workplace.actor,
        kind=kind,
        participant_id=case.participants[0],
        asked_on=date(2024, 5, 10),
    )
    session.close()


def personal_page(qtbot: QtBot, window: Window, rows: int) -> PersonalDataPage:
    press(qtbot, window, "Ctrl+8")
    page = shell_of(window).page
    assert isinstance(page, PersonalDataPage)
    qtbot.waitUntil(lambda: len(page.model.rows) == rows and not window.at_work, timeout=10_000)
    return page


def give_reason(qtbot: QtBot, window: Window, page: PersonalDataPage, reason: str) -> None:
    dialog = page.findChild(QDialog, "reason_question")
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    field = next(one for one in dialog.findChildren(QAbstractButton) if one.objectName() == "yes")
    dialog.activateWindow()
    qtbot.waitUntil(lambda: dialog.focusWidget() is not None)
    write(dialog, reason)
    field.click()
    qtbot.waitUntil(lambda: not window.at_work, timeout=10_000)


def notice(window: Window) -> str:
    assert window.shell is not None
    return window.shell.notice.note.text


def test_a_request_is_written_down_by_keyboard_and_its_days_are_counted(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    add_couple(workplace)
    page = personal_page(qtbot, window, 0)
    press(qtbot, window, "Ctrl+N")
    form = shell_of(window).page
    assert isinstance(form, RequestForm)
    write(window, "Өмірб")
    press(qtbot, window, "Enter")
    qtbot.waitUntil(lambda: form.card is not None, timeout=10_000)
    assert form.person.hasFocus() and "Өмірбеков Ұлан" in form.couple.text()
    press(qtbot, window, "Tab", "Down", "Down", "Tab")
    assert form.kind.value == "withdrawal"
    write(window, "17")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: len(page.model.rows) == 1, timeout=10_000)
    act = page.model.rows[0]
    assert (act.kind, act.asked_on, act.due_on) == (
        "withdrawal",
        date(2024, 5, 17),
        date(2024, 6, 7),
    )
    shown = page.table.model()
    cells = [str(shown.index(0, column).data()) for column in range(shown.columnCount())]
    assert not any("Өмірбеков" in cell for cell in cells)


@pytest.mark.parametrize("kind", ["withdrawal", "erasure"])
def test_a_person_is_forgotten_with_a_reason_and_the_answer_names_the_last_backup(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn, kind: str
) -> None:
    window, workplace = work_in(centre_folder)
    case = add_couple(workplace)
    ask_for(workplace, case, kind)
    page = personal_page(qtbot, window, 1)
    press(qtbot, window, "Enter")
    give_reason(qtbot, window, page, "өтініш")
    qtbot.waitUntil(lambda: "01.05.2025" in notice(window), timeout=10_000)
    card = card_of(workplace, case.case_id)
    assert card.title == "" and len(card.consultations) == 1
    qtbot.waitUntil(lambda: page.model.rows[0].done_on is not None, timeout=10_000)
    assert not page.carry.isEnabled() and not page.answer.isEnabled()


def test_what_is_held_is_shown_before_it_is_printed(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    ask_for(workplace, add_couple(workplace), "information")
    page = personal_page(qtbot, window, 1)
    page.language.choose("kk")
    press(qtbot, window, "Enter")
    qtbot.waitUntil(lambda: bool(page.findChildren(Preview)), timeout=15_000)
    page.findChildren(Preview)[0].close()


def test_a_correction_that_was_made_is_marked_as_answered(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    ask_for(workplace, add_couple(workplace), "correction")
    page = personal_page(qtbot, window, 1)
    assert (page.model.rows[0].days_left or 0) < 0
    page.answer.click()
    give_reason(qtbot, window, page, "түзетілді")
    qtbot.waitUntil(lambda: page.model.rows[0].done_on is not None, timeout=10_000)
    assert page.model.rows[0].remark == "түзетілді"


def test_cases_past_their_term_are_shown_and_depersonalised_after_a_yes(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, workplace = work_in(centre_folder)
    case = add_couple(workplace)
    window.close()
    monkeypatch.setenv("PRAVO_NOW", "2027-06-01T12:00:00")
    window, workplace = work_in(centre_folder)
    page = personal_page(qtbot, window, 0)
    button = page.findChild(QAbstractButton, "term")
    assert button is not None
    button.click()
    term = shell_of(window).page
    assert isinstance(term, TermPage)
    qtbot.waitUntil(lambda: len(term.model.rows) == 1, timeout=10_000)
    press(qtbot, window, "Ctrl+Enter")
    box = term.findChild(QMessageBox, "question")
    assert box is not None
    yes = box.findChild(QAbstractButton, "yes")
    assert yes is not None
    qtbot.waitUntil(box.isVisible)
    yes.click()
    qtbot.waitUntil(lambda: len(page.model.rows) == 1 and not window.at_work, timeout=10_000)
    assert card_of(workplace, case.case_id).title == ""
    assert page.model.rows[0].kind == "term"


def test_the_lead_changes_the_term_with_its_source_and_sees_the_cases_before_anything_goes(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, workplace = work_in(centre_folder)
    case = add_couple(workplace)
    window.close()
    monkeypatch.setenv("PRAVO_NOW", "2026-06-01T12:00:00")
    window, workplace = work_in(centre_folder)
    term = shell_of(window).open(TermPage)
    assert isinstance(term, TermPage)
    qtbot.waitUntil(term.nothing.isVisible, timeout=10_000)
    assert "21 мая 2013" in term.source.text()
    term.change_button.click()
    form = shell_of(window).page
    assert isinstance(form, KeepRuleForm)
    qtbot.waitUntil(lambda: form.years.text() == "3", timeout=10_000)
    form.years.setText("2")
    press(qtbot, window, "Ctrl+Enter")
    source = form.fields["source"]
    qtbot.waitUntil(lambda: bool(source.note.text), timeout=10_000)
    form.source.setText("Келісім № 7, 4.2-тармақ")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: shell_of(window).page is term, timeout=10_000)
    qtbot.waitUntil(lambda: len(term.model.rows) == 1, timeout=10_000)
    assert "Келісім № 7" in term.source.text() and term.model.rows[0].people
    assert card_of(workplace, case.case_id).title
