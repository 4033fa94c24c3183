"""Practice data at the door: made, worked in, deleted; the real folder is not touched."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from pravo_desktop.data_folder import is_initialised
from pravo_desktop.demo.practice_folder import is_practice_folder, practice_folder
from tests.ui.conftest import press, shell_of
from tests.ui.desks import answer
from ui.app import Window
from ui.pages.first_run import FirstRunPage
from ui.pages.sign_in import SignInPage

OpenWindow = Callable[..., Window]


def in_practice(window: Window) -> bool:
    return window.shell is not None and window.shell.findChild(QLabel, "practice_band") is not None


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_newcomer_tries_the_program_and_deletes_the_practice_data(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow, language: str
) -> None:
    folder = tmp_path / "data"
    window = open_window(folder, language)
    page = window.door
    assert isinstance(page, FirstRunPage)
    qtbot.waitUntil(page.isVisible)
    page.language.practice.try_button.setFocus()
    press(qtbot, window, "Enter")
    qtbot.waitUntil(lambda: in_practice(window), timeout=60_000)
    assert window.windowTitle() != "Pravo Desktop"
    assert window.runner.workplace.practice and not is_initialised(folder)
    qtbot.waitUntil(lambda: not window.at_work)

    window.lock_now()
    door = window.door
    assert isinstance(door, SignInPage) and door.findChild(QLabel, "practice_band") is not None
    qtbot.waitUntil(door.isVisible)
    press(qtbot, window, "Esc")
    page = window.door
    assert isinstance(page, FirstRunPage) and window.windowTitle() == "Pravo Desktop"
    qtbot.waitUntil(page.isVisible)
    practice = page.language.practice
    practice.delete_button.setFocus()
    press(qtbot, window, "Enter")
    answer(qtbot, page, "no")
    assert is_practice_folder(practice_folder(folder))
    practice.ask_delete()
    answer(qtbot, page, "yes")
    qtbot.waitUntil(lambda: not practice_folder(folder).exists())
    assert practice.delete_button.isHidden()


def test_making_practice_data_is_given_up_and_leaves_nothing(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow
) -> None:
    window = open_window(tmp_path / "data")
    page = window.door
    assert isinstance(page, FirstRunPage)
    qtbot.waitUntil(page.isVisible)
    practice = page.language.practice
    practice.practise()
    assert practice.making and practice.cancel_button.isVisible()
    practice.cancel_button.click()
    qtbot.waitUntil(lambda: not window.at_work, timeout=30_000)
    assert not practice.making and list(tmp_path.iterdir()) == [tmp_path / "data"]


def test_who_has_real_data_practises_beside_them_and_signs_in_again(
    qtbot: QtBot, centre_folder: Path, open_window: OpenWindow
) -> None:
    before = {one.name: one.read_bytes() for one in centre_folder.iterdir() if one.is_file()}
    window = open_window(centre_folder)
    door = window.door
    assert isinstance(door, SignInPage)
    door.practice.practise()
    qtbot.waitUntil(lambda: in_practice(window), timeout=60_000)
    qtbot.waitUntil(lambda: not window.at_work)
    assert shell_of(window).desk.runner.workplace.folder == practice_folder(centre_folder)
    window.lock_now()
    door = window.door
    assert isinstance(door, SignInPage)
    door.enter()
    qtbot.waitUntil(lambda: in_practice(window), timeout=20_000)
    qtbot.waitUntil(lambda: not window.at_work)
    window.lock_now()
    door = window.door
    assert isinstance(door, SignInPage)
    door.leave_button.click()
    door = window.door
    assert isinstance(door, SignInPage) and not door.password.text()
    after = {one.name: one.read_bytes() for one in centre_folder.iterdir() if one.is_file()}
    assert after == before | {name: after[name] for name in after if name not in before}
