"""Backups made at leaving, a backup restored at the door, a second window refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from pytestqt.qtbot import QtBot

from pravo_desktop.backups.keeping import backups_of, places
from pravo_desktop.bootstrap import Workplace
from pravo_desktop.data_folder import LOCK
from pravo_desktop.usecases import staff
from tests.ui.conftest import PASSWORD, USER
from tests.ui.desks import Place, add_families, page_of
from ui.app import Window
from ui.pages.first_run import FirstRunPage
from ui.pages.refused import RefusedPage
from ui.pages.restore import RestorePage
from ui.pages.settings import SettingsPage
from ui.pages.sign_in import SignInPage

OpenWindow = Callable[[Path], Window]
WorkIn = Callable[[Path], tuple[Window, Workplace]]


def change_something(qtbot: QtBot, window: Window) -> None:
    """A specialist is added, as any form would do it."""
    with qtbot.waitSignal(window.runner.changed):
        window.runner.write(
            window,
            lambda job: staff.save_staff_member(
                job.session, job.actor, profession="lawyer", employed_from=date(2024, 1, 1)
            ),
        )


def test_closing_after_a_change_leaves_a_backup_and_without_one_none(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, _ = work_in(centre_folder)
    window.close()
    assert not backups_of(centre_folder)
    window, _ = work_in(centre_folder)
    change_something(qtbot, window)
    window.close()
    assert len(backups_of(centre_folder)) == 1


def test_locking_after_a_change_leaves_a_backup(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, _ = work_in(centre_folder)
    change_something(qtbot, window)
    window.lock_now()
    assert isinstance(window.door, SignInPage) and len(backups_of(centre_folder)) == 1


def test_the_first_backup_of_a_day_is_written_beside_the_work(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, _ = work_in(centre_folder)
    change_something(qtbot, window)
    window.daily.timeout.emit()
    qtbot.waitUntil(lambda: bool(backups_of(centre_folder)) and not window.at_work, timeout=20_000)


def test_a_second_window_on_the_folder_is_refused_until_the_first_is_closed(
    qtbot: QtBot, centre_folder: Path, open_window: OpenWindow
) -> None:
    first = open_window(centre_folder)
    second = open_window(centre_folder)
    page = second.door
    assert isinstance(page, RefusedPage) and page.reason.text
    first.close()
    page.again_button.click()
    assert isinstance(second.door, SignInPage) and (centre_folder / LOCK).exists()


def test_a_lead_looks_into_a_backup_and_restores_it_at_the_door(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn, open_window: OpenWindow
) -> None:
    window, _ = work_in(centre_folder)
    change_something(qtbot, window)
    window.close()
    add_families(Place(centre_folder, ""), number=2)

    window = open_window(centre_folder)
    assert isinstance(window.door, SignInPage)
    window.door.restore_button.click()
    page = window.door
    assert isinstance(page, RestorePage) and page.known.value
    assert page.restore_button.isHidden()
    page.password.setText(PASSWORD)
    page.look()
    qtbot.waitUntil(lambda: page.seen is not None, timeout=20_000)
    assert page.seen is not None and page.seen.lost["cases"] == 2
    assert "Астана" in page.found.text and not page.restore_button.isHidden()
    page.restore()
    qtbot.waitUntil(lambda: window.shell is not None, timeout=20_000)
    assert window.runner.workplace.actor.name == USER
    (aside,) = centre_folder.glob("replaced-2024-05-20")
    assert (aside / "pravo.db").exists()


def test_the_restore_page_is_left_by_escape_and_keeps_what_is_typed_in_another_language(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow
) -> None:
    window = open_window(tmp_path / "data")
    first = window.door
    assert isinstance(first, FirstRunPage)
    first.language.restore_button.click()
    page = window.door
    assert isinstance(page, RestorePage)
    page.file.setText("/nowhere/x.backup")
    window.set_language("kk")
    page = window.door
    assert isinstance(page, RestorePage) and page.file.text() == "/nowhere/x.backup"
    page.password.setText(PASSWORD)
    page.look()
    qtbot.waitUntil(lambda: bool(page.failure.text), timeout=20_000)
    page.back_button.click()
    assert isinstance(window.door, FirstRunPage)


def test_the_second_place_is_chosen_in_the_settings(
    qtbot: QtBot, centre_folder: Path, tmp_path: Path, work_in: WorkIn
) -> None:
    second = tmp_path / "second"
    second.mkdir()
    window, _ = work_in(centre_folder)
    assert window.shell is not None
    window.shell.go("settings")
    page = page_of(window, SettingsPage)
    qtbot.waitUntil(lambda: bool(page.keeping.note.text))
    page.keeping.set_place(second)
    assert places(centre_folder).second == second and page.keeping.note.text
    page.keeping.set_place(None)
    assert places(centre_folder).second is None
