"""Headquarters takes in the packages of the centres."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.desks import (
    Place,
    add_families,
    answer,
    choose_files,
    click,
    go,
    make_package,
    make_place,
    primary,
    signed_in,
    trust,
)
from ui.app import Window
from ui.pages.inbox import InboxPage


@pytest.fixture
def headquarters(tmp_path: Path) -> Place:
    return make_place(tmp_path / "headquarters")


@pytest.fixture
def centre(tmp_path: Path) -> Place:
    place = make_place(tmp_path / "astana", "astana")
    add_families(place, 2)
    return place


@pytest.fixture
def package(centre: Place, tmp_path: Path) -> Path:
    stick = tmp_path / "stick"
    stick.mkdir()
    return make_package(centre, stick)


def opened(qtbot: QtBot, place: Place) -> tuple[Window, InboxPage]:
    window = signed_in(qtbot, place)
    return window, go(qtbot, window, InboxPage)


def statuses(page: InboxPage) -> list[str]:
    return [one.reception.status for one in page.arrived.rows]


def test_a_package_is_accepted_once_and_a_damaged_one_says_why_not(
    qtbot: QtBot, headquarters: Place, centre: Place, package: Path
) -> None:
    trust(headquarters, centre, "astana")
    damaged = package.with_name("damaged.xlsx")
    damaged.write_bytes(package.read_bytes()[:-30])
    shutil.copy(package, package.with_name("z-again.xlsx"))
    window, page = opened(qtbot, headquarters)
    primary(qtbot, window)
    choose_files(qtbot, page, package)
    qtbot.waitUntil(lambda: statuses(page) == ["accepted"] and page.primary() is not None)
    qtbot.waitUntil(lambda: len(page.received.rows) == 1)
    click(page.folder_button)
    choose_files(qtbot, page, package.parent)
    qtbot.waitUntil(lambda: len(statuses(page)) == 3 and page.primary() is not None)
    assert sorted(statuses(page)) == ["already", "already", "refused"]
    assert page.chosen_file is not None and page.chosen_file.path == damaged
    assert "Файл повреждён" in page.detail.text
    assert len(page.received.rows) == 1


def test_an_unknown_key_is_trusted_after_a_call_and_the_file_is_tried_again(
    qtbot: QtBot, headquarters: Place, centre: Place, package: Path
) -> None:
    _, page = opened(qtbot, headquarters)
    page.take([package])
    qtbot.waitUntil(lambda: page.trust.isVisible())
    groups = "".join(
        one.text() for one in page.trust.shown.findChildren(QLabel) if len(one.text()) == 4
    )
    assert groups == centre.fingerprint
    assert not page.trust.trust_button.isEnabled()
    page.trust.compared.setFocus()
    QTest.keyClick(page.trust.compared, Qt.Key.Key_Space)
    click(page.trust.trust_button)
    qtbot.waitUntil(lambda: statuses(page) == ["accepted"])
    qtbot.waitUntil(lambda: len(page.received.rows) == 1)
    assert not page.trust.isVisible()


def test_files_are_dropped_and_the_rest_is_left_out_when_stopped(
    qtbot: QtBot, headquarters: Place, centre: Place, package: Path
) -> None:
    trust(headquarters, centre, "astana")
    for number in range(5):
        shutil.copy(package, package.with_name(f"z-{number}.xlsx"))
    _, page = opened(qtbot, headquarters)
    page.arrived.rowsInserted.connect(lambda: page.cancel_button.click())
    urls = QMimeData()
    urls.setUrls([QUrl.fromLocalFile(str(package.parent))])
    page.dropEvent(
        QDropEvent(
            QPoint(9, 9),
            Qt.DropAction.CopyAction,
            urls,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    qtbot.waitUntil(lambda: bool(statuses(page)) and page.primary() is not None)
    assert statuses(page) == ["accepted"]


def test_an_accepted_package_is_undone_after_the_question(
    qtbot: QtBot, headquarters: Place, centre: Place, package: Path
) -> None:
    trust(headquarters, centre, "astana")
    _, page = opened(qtbot, headquarters)
    page.take([package])
    qtbot.waitUntil(lambda: len(page.received.rows) == 1)
    assert page.received.rows[0].status == "accepted"
    click(page.undo_button)
    answer(qtbot, page, "no")
    click(page.undo_button)
    assert "Астана" in answer(qtbot, page, "yes")
    qtbot.waitUntil(lambda: page.received.rows[0].status == "undone")
    assert not page.undo_button.isEnabled()
    page.take([package])
    qtbot.waitUntil(lambda: page.received.rows[0].status == "accepted")


def test_a_folder_without_packages_is_said_to_have_none(
    qtbot: QtBot, headquarters: Place, tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    window, page = opened(qtbot, headquarters)
    page.take([empty])
    assert window.shell is not None
    qtbot.waitUntil(window.shell.notice.isVisible)
    assert page.nothing.isVisible() and page.primary() is not None


def test_what_became_of_the_files_stays_when_the_language_is_changed(
    qtbot: QtBot, headquarters: Place, package: Path
) -> None:
    window, page = opened(qtbot, headquarters)
    page.take([package])
    qtbot.waitUntil(lambda: statuses(page) == ["untrusted"] and page.primary() is not None)
    qtbot.waitUntil(lambda: not window.at_work)
    window.set_language("kk")
    assert window.shell is not None
    new = window.shell.page
    assert isinstance(new, InboxPage) and new is not page
    assert statuses(new) == ["untrusted"]
    qtbot.waitUntil(new.trust.isVisible)
