"""The first run of the program on an empty computer."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import is_initialised
from tests.ui.conftest import PASSWORD, shell_of
from ui.app import Window
from ui.pages.first_run import FirstRunPage, groups

OpenWindow = Callable[[Path], Window]


def first_page(window: Window) -> FirstRunPage:
    assert isinstance(window.door, FirstRunPage)
    return window.door


def button_of(page: FirstRunPage, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert found is not None
    return found


def fill_in(page: FirstRunPage, sheet: Path) -> None:
    page.centre.choose("aktobe")
    page.user.setText("lead")
    page.password.setText(PASSWORD)
    page.again.setText(PASSWORD)
    page.sheet.setText(str(sheet))
    page.practice.setChecked(True)


def test_a_lead_makes_the_folder_reads_the_fingerprint_and_begins_to_work(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow
) -> None:
    window = open_window(tmp_path / "data")
    page = first_page(window)
    fill_in(page, tmp_path / "sheet.txt")
    page.create_folder()
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "go_on") is not None, timeout=20_000)
    shown = page.fingerprint.text()
    assert len(shown.split()) == 16 and shown.count("\n") == 3
    assert (tmp_path / "sheet.txt").exists() and is_initialised(tmp_path / "data")
    button_of(page, "go_on").click()
    qtbot.waitUntil(lambda: window.shell is not None, timeout=10_000)
    assert shell_of(window).page.key == "today"
    qtbot.waitUntil(lambda: not window.at_work)


def test_two_different_passwords_are_told_under_the_field_and_nothing_is_lost(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow
) -> None:
    window = open_window(tmp_path / "data")
    page = first_page(window)
    fill_in(page, tmp_path / "sheet.txt")
    page.again.setText("another horse 12")
    page.create_folder()
    assert page.again.accessibleDescription()
    assert page.user.text() == "lead" and not is_initialised(tmp_path / "data")


def test_a_recovery_sheet_inside_the_data_folder_is_refused_beside_its_field(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow
) -> None:
    window = open_window(tmp_path / "data")
    page = first_page(window)
    fill_in(page, tmp_path / "data" / "sheet.txt")
    page.create_folder()
    qtbot.waitUntil(lambda: bool(page.sheet.accessibleDescription()), timeout=10_000)
    assert page.create_button.isEnabled()


def test_the_language_is_switched_before_the_first_answer_and_keeps_what_is_typed(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow
) -> None:
    window = open_window(tmp_path / "data")
    page = first_page(window)
    russian = page.create_button.text()
    page.user.setText("айгуль")
    button_of(page, "language_kk").click()
    page = first_page(window)
    assert page.user.text() == "айгуль" and page.create_button.text() != russian
    assert page.sheet.text().endswith("қалпына-келтіру-парағы.txt")


def test_a_fingerprint_is_read_in_groups_of_four() -> None:
    assert groups("0123456789ABCDEF" * 2) == "0123 4567 89AB CDEF\n0123 4567 89AB CDEF"
