"""Backups made at leaving, a backup restored at the door, a second window refused."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pravo_desktop.backups.damage import newest_good_backup
from pravo_desktop.backups.keeping import back_up, backups_of, places
from pravo_desktop.bootstrap import Workplace
from pravo_desktop.data_folder import DATABASE, LOCK, SLOTS
from pravo_desktop.errors import KnownError
from pravo_desktop.messages import message
from pravo_desktop.usecases import staff
from pravo_desktop.usecases.inbox import receive_files
from pravo_desktop.usecases.queries import Session
from tests.ui.conftest import PASSWORD, USER, at_rest, press, shell_of
from tests.ui.desks import (
    Place,
    add_families,
    answer,
    make_package,
    make_place,
    page_of,
    signed_in,
    trust,
)
from ui.app import Window
from ui.forms.part_forms import PersonForm
from ui.forms.staff_form import StaffForm
from ui.models.damage import name_of
from ui.pages.damaged import DamagedPage
from ui.pages.first_run import FirstRunPage
from ui.pages.month_progress import ToCompletePage
from ui.pages.receipts import ReceiptsPage
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


def test_damage_under_open_work_is_told_and_no_backup_of_it_replaces_a_good_one(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, _ = work_in(centre_folder)
    change_something(qtbot, window)
    window.lock_now()
    good = {one.path: one.path.read_bytes() for one in backups_of(centre_folder)}
    window, _ = work_in(centre_folder)
    change_something(qtbot, window)
    database = centre_folder / DATABASE
    os.truncate(database, database.stat().st_size // 2)
    with qtbot.waitSignal(window.runner.failed) as failed:
        window.runner.write(window, lambda job: back_up(job.workplace, job.session))
    (error,) = failed.args or []
    assert isinstance(error, KnownError) and error.code == "database_unreadable"
    qtbot.waitUntil(lambda: "pravo.db" in shell_of(window).notice.note.text)
    window.lock_now()
    assert isinstance(window.door, DamagedPage)
    assert {one.path: one.path.read_bytes() for one in backups_of(centre_folder)} == good
    assert not (centre_folder / "crashes").exists()


def test_a_folder_in_the_place_of_the_accounts_is_told_at_the_door(
    qtbot: QtBot, centre_folder: Path, open_window: OpenWindow
) -> None:
    (centre_folder / SLOTS).unlink()
    (centre_folder / SLOTS).mkdir()
    door = open_window(centre_folder).door
    assert isinstance(door, SignInPage)
    assert door.failure.text == message(door.t, "key_slots_damaged")
    assert not (centre_folder / "crashes").exists()


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
    at_rest(qtbot, window).set_language("kk")
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


def test_what_came_back_without_names_is_completed_from_the_settings_field_by_field(
    qtbot: QtBot, tmp_path: Path, work_in: WorkIn
) -> None:
    lost = make_place(tmp_path / "lost", "astana")
    add_families(lost, 1)
    package = make_package(lost, tmp_path)
    again = make_place(tmp_path / "again", "astana")
    window = signed_in(qtbot, again)
    assert window.shell is not None
    window.shell.go("settings")
    page = page_of(window, SettingsPage)
    qtbot.waitUntil(lambda: bool(page.keeping.note.text), timeout=20_000)
    page.keeping.take([package])
    answer(qtbot, page.keeping, "yes")
    qtbot.waitUntil(page.keeping.names_button.isVisible, timeout=20_000)
    page.keeping.names_button.click()
    waiting = page_of(window, ToCompletePage)
    qtbot.waitUntil(lambda: bool(waiting.list.model.rows), timeout=20_000)
    codes = [one.code for one in waiting.list.model.rows]
    staff = codes.index("name_not_back")
    assert waiting.list.model.rows[staff].table == "participants"
    waiting.list.table.choose(staff)
    waiting.list.table.setFocus()
    press(qtbot, window, "Enter")
    form = page_of(window, PersonForm)
    qtbot.waitUntil(form.editor.consent.hasFocus, timeout=20_000)
    window.shell.back()
    window.shell.back()
    colleague = next(
        position
        for position, one in enumerate(waiting.list.model.rows)
        if one.table == "staff_members"
    )
    waiting.list.table.choose(colleague)
    waiting.list.table.setFocus()
    press(qtbot, window, "Enter")
    member = page_of(window, StaffForm)
    qtbot.waitUntil(member.surname.hasFocus, timeout=20_000)
    window.close()


@pytest.fixture
def damaged_folder(centre_folder: Path) -> Path:
    """A centre's folder with families and a backup; pages of its database are spoiled."""
    place = Place(centre_folder, "")
    add_families(place, 25)

    def finish(session: Session, workplace: Workplace) -> None:
        back_up(workplace, session)
        session.value("PRAGMA wal_checkpoint(TRUNCATE)")

    place.work(finish)
    return centre_folder


def spoil(folder: Path, first: int, last: int) -> None:
    """Change a byte in each of these pages of the database."""
    file = folder / DATABASE
    data = bytearray(file.read_bytes())
    for page in range(first, last):
        data[page * 4096 + 100] ^= 1
    file.write_bytes(data)


def test_a_damaged_database_is_met_at_sign_in_with_the_newest_backup_first(
    qtbot: QtBot, damaged_folder: Path, open_window: OpenWindow
) -> None:
    spoil(damaged_folder, 0, 1)
    window = open_window(damaged_folder)
    door = window.door
    assert isinstance(door, SignInPage)
    door.password.setText(PASSWORD)
    door.enter()
    qtbot.waitUntil(lambda: isinstance(window.door, DamagedPage), timeout=20_000)
    page = window.door
    assert isinstance(page, DamagedPage) and "20.05.2024" in page.told.text()
    assert page.password.text() == PASSWORD
    failure = page.failure
    page.save()
    qtbot.waitUntil(lambda: bool(failure.text), timeout=20_000)
    assert page.restore_button.isVisible()
    at_rest(qtbot, window).set_language("kk")
    page = window.door
    assert isinstance(page, DamagedPage)
    page.restore_button.click()
    restoring = window.door
    assert isinstance(restoring, RestorePage)
    newest = newest_good_backup(damaged_folder)
    assert newest is not None and restoring.known.value == str(newest.path)


def test_where_the_file_with_the_accounts_is_gone_a_backup_is_offered_and_no_new_folder(
    qtbot: QtBot, damaged_folder: Path, open_window: OpenWindow
) -> None:
    (damaged_folder / SLOTS).unlink()
    window = open_window(damaged_folder)
    door = window.door
    assert isinstance(door, SignInPage), "not the first start of a new folder"
    assert door.failure.text and not door.enter_button.isEnabled()
    door.restore_button.click()
    page = window.door
    assert isinstance(page, RestorePage) and page.known.value
    page.user.setText(USER)
    page.password.setText(PASSWORD)
    page.look()
    qtbot.waitUntil(lambda: page.seen is not None, timeout=20_000)
    page.restore()
    qtbot.waitUntil(lambda: window.shell is not None, timeout=20_000)
    (aside,) = damaged_folder.glob("replaced-2024-05-20")
    assert (aside / DATABASE).exists() and (damaged_folder / SLOTS).exists()


def test_what_can_be_read_is_saved_at_the_door_and_what_is_missing_is_listed(
    qtbot: QtBot, damaged_folder: Path, open_window: OpenWindow, tmp_path: Path
) -> None:
    roots: list[int] = []
    root = "SELECT rootpage FROM sqlite_master WHERE name = 'consultations'"
    Place(damaged_folder, "").work(lambda session, _: roots.append(session.value(root)))
    spoil(damaged_folder, roots[0] - 1, roots[0])
    window = open_window(damaged_folder)
    assert window.door is not None
    window.door.door.damaged(USER, PASSWORD)
    page = window.door
    assert isinstance(page, DamagedPage)
    page.save_button.click()
    qtbot.waitUntil(page.result.isVisible, timeout=60_000)
    assert page.ways.isHidden()
    (lost,) = [one for one in page.missing.rows if one.table == "consultations"]
    assert (lost.rows, lost.before) == (0, 25)
    page.write_list(tmp_path / "missing.txt")
    written = (tmp_path / "missing.txt").read_text("utf-8")
    assert all(name_of(window.translator, one.table) in written for one in page.missing.rows)
    page.enter_button.click()
    qtbot.waitUntil(lambda: window.shell is not None, timeout=20_000)
    (aside,) = damaged_folder.glob("damaged-*")
    assert (aside / DATABASE).exists()


def test_saving_can_be_given_up_and_leaves_the_damaged_folder_as_it_was(
    qtbot: QtBot, damaged_folder: Path, open_window: OpenWindow
) -> None:
    before = (damaged_folder / DATABASE).read_bytes()
    window = open_window(damaged_folder)
    assert window.door is not None
    window.door.door.damaged(USER, PASSWORD)
    page = window.door
    assert isinstance(page, DamagedPage)
    page.save()
    page.cancel()
    qtbot.waitUntil(page.ways.isVisible, timeout=60_000)
    qtbot.waitUntil(lambda: not window.at_work, timeout=60_000)
    assert (damaged_folder / DATABASE).read_bytes() == before
    assert not list(damaged_folder.glob("damaged-*"))
    page.save()
    qtbot.waitUntil(page.result.isVisible, timeout=60_000)
    assert not page.missing.rows


def test_headquarters_returns_the_rows_and_the_new_computer_opens_them_in_its_settings(
    qtbot: QtBot, tmp_path: Path
) -> None:
    lost, national = make_place(tmp_path / "lost", "astana"), make_place(tmp_path / "national")
    add_families(lost, 1)
    package = make_package(lost, tmp_path)
    trust(national, lost, "astana")

    def receive(session: Session, workplace: Workplace) -> None:
        (said,) = receive_files(
            session, workplace.actor, paths=[package], archive=workplace.archive
        )
        assert said.status == "accepted"

    national.work(receive)
    window = signed_in(qtbot, national)
    assert window.shell is not None
    window.shell.go("receipts")
    receipts = page_of(window, ReceiptsPage)
    qtbot.waitUntil(lambda: receipts.centre.findData("astana") >= 0, timeout=20_000)
    receipts.centre.choose("astana")
    receipts.returning.write(tmp_path)
    qtbot.waitUntil(lambda: bool(receipts.returning.note.text), timeout=20_000)
    (file,) = tmp_path.glob("*.returned")
    window.close()

    window = signed_in(qtbot, make_place(tmp_path / "again", "astana"))
    assert window.shell is not None
    window.shell.go("settings")
    page = page_of(window, SettingsPage)
    qtbot.waitUntil(lambda: bool(page.keeping.note.text), timeout=20_000)
    page.keeping.take([file])
    asked = answer(qtbot, page.keeping, "yes")
    assert national.fingerprint[:4] in asked
    qtbot.waitUntil(page.keeping.names_button.isVisible, timeout=20_000)
    window.close()
