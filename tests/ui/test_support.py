"""Anybody checks the computer from the settings, saves the file for a helper, checks a version."""

import shutil
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from pravo_desktop.backups.keeping import back_up, backups_of, before_updates
from tests.release.test_support import RELEASE
from tests.release.test_update import DAMAGES, KEY, publish
from tests.ui.conftest import press as press_keys
from tests.ui.desks import Place, choose_files, make_place, page_of, signed_in
from tests.ui.test_settings import settings_page
from ui.app import Window
from ui.pages.restore import RestorePage
from ui.pages.settings import SettingsPage
from ui.pages.support import UNWELL, WELL, SupportPage

assert KEY


@pytest.fixture
def centre(tmp_path: Path) -> Place:
    return make_place(tmp_path / "astana", "astana")


def support_page(qtbot: QtBot, window: Window) -> SupportPage:
    settings = settings_page(qtbot, window)
    opener = settings.findChild(QPushButton, "support")
    assert opener is not None
    opener.setFocus()
    press_keys(qtbot, window, "Space")
    page = page_of(window, SupportPage)
    qtbot.waitUntil(lambda: page.checked is not None, timeout=10_000)
    return page


def test_the_computer_is_checked_and_what_to_do_is_said(qtbot: QtBot, centre: Place) -> None:
    window = signed_in(qtbot, centre)
    page = support_page(qtbot, window)
    assert page.checked is not None and not page.checked.well
    told = [line.text for line in page.lines if not line.isHidden()]
    assert len(told) == len(WELL) == len(UNWELL)
    assert page.t.text(WELL["pages"]) in told and page.t.text(UNWELL["backup"]) in told
    page.checked = None
    centre_session = window.runner.workplace.session()
    back_up(window.runner.workplace, centre_session)
    centre_session.close()
    press_keys(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: page.checked is not None, timeout=10_000)
    assert page.t.text(WELL["backup"]) in [line.text for line in page.lines]
    press_keys(qtbot, window, "Esc")
    page_of(window, SettingsPage)


def test_the_file_for_a_helper_goes_to_a_chosen_folder(
    qtbot: QtBot, centre: Place, tmp_path: Path
) -> None:
    window = signed_in(qtbot, centre)
    page = support_page(qtbot, window)
    stick = tmp_path / "stick"
    stick.mkdir()
    page.save_button.setFocus()
    press_keys(qtbot, window, "Space")
    choose_files(qtbot, window, stick)
    qtbot.waitUntil(lambda: bool(page.saved.text), timeout=10_000)
    assert [one.suffix for one in stick.iterdir()] == [".zip"]
    assert page.show_button.isVisible()


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The version 9.0.0 for a Windows that this program takes itself to run on."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    built = tmp_path / "resources"
    built.mkdir()
    (built / "release_key.pem").write_bytes(
        KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    monkeypatch.setattr("pravo_desktop.update.resources_folder", lambda: built)
    monkeypatch.setattr("pravo_desktop.update.SYSTEMS", {"linux": "windows", "win32": "windows"})
    stick = tmp_path / "stick"
    (stick / "inner").mkdir(parents=True)
    (stick / "setup.exe").write_bytes(b"installer")
    publish(stick, "9.0.0")
    return stick


@pytest.mark.skipif(sys.platform == "win32", reason="the installer here is a script of the shell")
def test_a_new_version_is_installed_after_a_backup_from_a_checked_copy_and_the_window_closes(
    qtbot: QtBot, centre: Place, stick: Path, tmp_path: Path
) -> None:
    installer = stick / "setup.exe"
    installer.write_text(
        f'#!/bin/sh\npwd > "{tmp_path}/part" && mv "{tmp_path}/part" "{tmp_path}/ran"\n'
    )
    installer.chmod(0o755)
    publish(stick, "9.0.0")
    window = signed_in(qtbot, centre)
    page = support_page(qtbot, window)
    before = len(backups_of(centre.folder))
    page.check_release(stick)
    qtbot.waitUntil(page.install_button.isVisible, timeout=10_000)
    page.install_button.setFocus()
    press_keys(qtbot, window, "Space")
    qtbot.waitUntil((tmp_path / "ran").exists, timeout=20_000)
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
    assert len(backups_of(centre.folder)) > before
    assert Path((tmp_path / "ran").read_text().strip()).parent.name.startswith("pravo-desktop-")


def test_a_stick_that_was_changed_after_the_check_installs_nothing(
    qtbot: QtBot, centre: Place, stick: Path
) -> None:
    window = signed_in(qtbot, centre)
    page = support_page(qtbot, window)
    page.check_release(stick)
    qtbot.waitUntil(page.install_button.isVisible, timeout=10_000)
    DAMAGES["release_file_changed"](stick)
    page.install_button.setFocus()
    press_keys(qtbot, window, "Space")
    qtbot.waitUntil(page.update_button.isEnabled, timeout=20_000)
    assert "setup.exe" in page.release.text and "9.0.0" not in page.release.text
    assert window.isVisible() and not page.install_button.isVisible()


def test_a_new_version_on_a_stick_is_checked_before_it_is_installed(
    qtbot: QtBot, centre: Place, stick: Path
) -> None:
    window = signed_in(qtbot, centre)
    page = support_page(qtbot, window)

    def check() -> str:
        page.update_button.setFocus()
        press_keys(qtbot, window, "Space")
        choose_files(qtbot, window, stick)
        qtbot.waitUntil(page.update_button.isEnabled, timeout=10_000)
        return page.release.text

    assert "9.0.0" in check() and "setup.exe" in page.release.text
    DAMAGES["release_file_changed"](stick)
    assert "setup.exe" in check() and "9.0.0" not in page.release.text


def test_help_about_the_page_is_one_key_away(qtbot: QtBot, centre: Place) -> None:
    window = signed_in(qtbot, centre)
    support_page(qtbot, window)
    handle = window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_F1)
    assert window.shell is not None
    assert window.shell.page.arguments["topic"] == "support"


def test_after_an_update_the_backup_made_before_it_is_named_with_the_way_back(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(RELEASE / "data", folder)
    opened: list[Path] = []
    monkeypatch.setattr("ui.pages.support.show_folder", opened.append)
    window = signed_in(qtbot, Place(folder, ""))
    page = support_page(qtbot, window)
    qtbot.waitUntil(page.before_button.isVisible, timeout=10_000)
    (kept,) = before_updates(folder)
    assert kept.path.name in page.before.text() and "0.1.0" in page.before.text()
    page.before_button.setFocus()
    press_keys(qtbot, window, "Space")
    assert opened == [kept.path.parent]
    window.lock_now()
    window._show_restore()
    assert isinstance(window.door, RestorePage)
    assert window.door.known.findData(str(kept.path)) >= 0


def test_without_an_update_no_way_back_is_offered(qtbot: QtBot, centre: Place) -> None:
    page = support_page(qtbot, signed_in(qtbot, centre))
    assert not page.before.isVisible() and not page.before_button.isVisible()
