"""The window locks from a dialog as it does from a page, and keys in a dialog put the lock off."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import Workplace
from tests.ui.conftest import press, shell_of
from ui.app import Window
from ui.reason import ask_reason

WorkIn = Callable[[Path], tuple[Window, Workplace]]


def asked(qtbot: QtBot, window: Window, reasons: list[str]) -> QDialog:
    """The question for a reason over the page in front, with the keyboard in it."""
    page = shell_of(window).page
    dialog = ask_reason(
        page,
        shell_of(window).desk,
        question="Remove?",
        explained="It leaves the list.",
        verb="Remove",
        run=reasons.append,
    )
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=10_000)
    return dialog


def restarted(qtbot: QtBot, idle: QTimer, key: Callable[[], None]) -> bool:
    """Whether a key makes the time until the lock begin anew."""
    idle.stop()
    key()
    return idle.isActive()


def test_keys_in_a_dialog_put_the_lock_off(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, _ = work_in(centre_folder)
    assert restarted(qtbot, window.idle, lambda: press(qtbot, window, "Down"))
    dialog = asked(qtbot, window, [])
    assert restarted(qtbot, window.idle, lambda: press(qtbot, dialog, "A"))
    typed = dialog.findChild(QLineEdit)
    assert typed is not None and typed.text().lower() == "a"
    press(qtbot, dialog, "Esc")
    qtbot.waitUntil(lambda: not window.findChildren(QDialog), timeout=10_000)


def test_the_keys_for_locking_work_in_a_dialog_and_answer_it_with_no(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, _ = work_in(centre_folder)
    reasons: list[str] = []
    dialog = asked(qtbot, window, reasons)
    press(qtbot, dialog, "Ctrl+L")
    qtbot.waitUntil(lambda: window.shell is None, timeout=10_000)
    assert not [one for one in window.findChildren(QDialog) if one.isVisible()]
    assert reasons == []


def test_an_idle_window_takes_its_dialog_away_when_it_locks(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, _ = work_in(centre_folder)
    asked(qtbot, window, [])
    qtbot.waitUntil(lambda: not window.at_work, timeout=10_000)
    window.idle.start(0)
    qtbot.waitUntil(lambda: window.shell is None, timeout=10_000)
    assert not [one for one in window.findChildren(QDialog) if one.isVisible()]
