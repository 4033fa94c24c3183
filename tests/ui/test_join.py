"""Joining a case that was entered twice, and taking it back."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from pravo_desktop.usecases.joins import joins_of_case
from tests.ui.conftest import press, shell_of, write
from tests.ui.families import WorkIn, add_couple, card_of, case_page
from ui.pages.case import CasePage
from ui.pages.join_cases import JoinPage, UndoJoinForm


def test_a_couple_entered_twice_is_found_looked_at_joined_and_taken_apart(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    kept, other = add_couple(workplace), add_couple(workplace)
    shell_of(window).go("cases")
    case_page(qtbot, window, kept.case_id)
    page = shell_of(window).open(JoinPage, case_id=kept.case_id)
    assert isinstance(page, JoinPage)
    window.activateWindow()
    qtbot.waitUntil(lambda: window.focusWidget() is page.search, timeout=10_000)
    write(window, other.number.rsplit("-", 1)[-1].lstrip("0"))
    press(qtbot, window, "Enter")
    qtbot.waitUntil(lambda: page.preview is not None, timeout=10_000)
    assert page.preview is not None and page.preview.dissolved_number == other.number
    assert len(page.same) == 1 and page.same[0][0].isChecked()
    assert len(card_of(workplace, kept.case_id).consultations) == 1
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: isinstance(shell_of(window).page, CasePage), timeout=10_000)
    assert len(card_of(workplace, kept.case_id).consultations) == 2
    session = workplace.reading_session()
    joins = joins_of_case(session, workplace.actor, kept.case_id)
    session.close()
    undo = shell_of(window).open(UndoJoinForm, case_id=kept.case_id, part_id=joins[0].join_id)
    assert isinstance(undo, UndoJoinForm)
    qtbot.waitUntil(lambda: other.number in undo.words.text(), timeout=10_000)
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(
        lambda: isinstance(shell_of(window).page, CasePage) and not window.at_work, timeout=10_000
    )
    assert len(card_of(workplace, kept.case_id).consultations) == 1
    assert len(card_of(workplace, other.case_id).consultations) == 1


def test_the_case_itself_is_not_offered_to_be_joined(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    kept = add_couple(workplace)
    page = shell_of(window).open(JoinPage, case_id=kept.case_id)
    assert isinstance(page, JoinPage)
    qtbot.waitUntil(page.finder.nothing.isVisible, timeout=10_000)
    assert page.finder.couples.count() == 0
