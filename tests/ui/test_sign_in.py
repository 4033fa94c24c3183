"""Signing in, locking and coming back."""

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import Workplace
from tests.ui.conftest import PASSWORD, press, shell_of, write
from ui.app import Window
from ui.forms.case_form import CaseForm
from ui.pages.sign_in import SignInPage

OpenWindow = Callable[[Path], Window]
WorkIn = Callable[[Path], tuple[Window, Workplace]]


def door(window: Window) -> SignInPage:
    assert isinstance(window.door, SignInPage)
    return window.door


def test_the_password_is_typed_and_enter_goes_in(
    qtbot: QtBot, centre_folder: Path, open_window: OpenWindow
) -> None:
    window = open_window(centre_folder)
    assert door(window).user.value == "lead"
    write(window, PASSWORD)
    press(qtbot, window, "Enter")
    qtbot.waitUntil(lambda: window.shell is not None, timeout=20_000)
    assert shell_of(window).page.key == "today"


def test_a_wrong_password_is_told_and_can_be_typed_again_at_once(
    qtbot: QtBot, centre_folder: Path, open_window: OpenWindow
) -> None:
    window = open_window(centre_folder)
    page = door(window)
    write(window, "not this horse")
    press(qtbot, window, "Enter")
    qtbot.waitUntil(lambda: bool(page.failure.text), timeout=20_000)
    assert window.shell is None and page.password.selectedText() == "not this horse"
    write(window, PASSWORD)
    press(qtbot, window, "Enter")
    qtbot.waitUntil(lambda: window.shell is not None, timeout=20_000)


def test_locking_asks_for_the_password_and_keeps_the_open_form(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, _ = work_in(centre_folder)
    press(qtbot, window, "Ctrl+N")
    form = shell_of(window).page
    assert isinstance(form, CaseForm)
    form.label.setText("көк папка")
    press(qtbot, window, "Ctrl+L")
    assert window.shell is None
    write(window, PASSWORD)
    press(qtbot, window, "Enter")
    qtbot.waitUntil(lambda: window.shell is not None, timeout=20_000)
    form = shell_of(window).page
    assert isinstance(form, CaseForm) and form.label.text() == "көк папка"
