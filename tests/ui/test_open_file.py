"""A double click on a package or a receipt: after signing in it stands where it is judged."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from pravo_desktop.__main__ import _window_options
from pravo_desktop.bootstrap import Workplace, create_workplace, open_workplace
from pravo_desktop.data_folder import claim_folder, release_folder
from pravo_desktop.usecases import own_rows
from pravo_desktop.usecases.inbox import receive_files
from pravo_desktop.usecases.queries import Session
from pravo_desktop.usecases.receipts import make_receipt, write_receipt_copy
from tests.ui.conftest import press
from tests.ui.desks import (
    PASSWORD,
    Place,
    add_families,
    answer,
    dialog,
    make_package,
    make_place,
    page_of,
    trust,
)
from ui.app import Window
from ui.pages.first_run import FirstRunPage
from ui.pages.first_start.workplace import RECEIPT
from ui.pages.import_receipt import ImportReceiptPage
from ui.pages.inbox import InboxPage
from ui.pages.refused import RefusedPage
from ui.pages.settings import SettingsPage


@pytest.fixture
def centre(tmp_path: Path) -> Place:
    place = make_place(tmp_path / "astana", "astana")
    add_families(place, 1)
    return place


@pytest.fixture
def headquarters(tmp_path: Path, centre: Place) -> Place:
    place = make_place(tmp_path / "headquarters")
    trust(place, centre, "astana")
    return place


def started_with(qtbot: QtBot, folder: Path, file: Path) -> Window:
    """The window of a program that was started with a file."""
    window = Window(folder, "ru", file)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: window.door is not None, timeout=30_000)
    return window


def sign_in(qtbot: QtBot, window: Window, place: Place) -> None:
    window.enter(open_workplace(place.folder, password=PASSWORD))
    qtbot.waitUntil(lambda: window.shell is not None, timeout=20_000)


def receipt_of(headquarters: Place, target: Path) -> Path:
    """A receipt that headquarters wrote for the centre in Astana."""
    written: list[Path] = []

    def use(session: Session, workplace: Workplace) -> None:
        key, actor = workplace.signing_key(session), workplace.actor
        made = make_receipt(session, actor, key=key, centre="astana")
        written.append(
            write_receipt_copy(session, actor, centre="astana", number=made.number, target=target)
        )

    headquarters.work(use)
    return written[0]


def test_a_package_waits_in_the_inbox_and_nothing_counts_before_a_person_accepts_it(
    qtbot: QtBot, tmp_path: Path, centre: Place, headquarters: Place
) -> None:
    package = make_package(centre, tmp_path)
    window = started_with(qtbot, headquarters.folder, package)
    sign_in(qtbot, window, headquarters)
    page = page_of(window, InboxPage)
    qtbot.waitUntil(lambda: bool(page.waiting.rows) and not window.at_work, timeout=20_000)
    assert [one.status for one in page.received.rows if one.status == "accepted"] == []


def test_a_receipt_stands_on_its_page_at_the_centre(
    qtbot: QtBot, tmp_path: Path, centre: Place, headquarters: Place
) -> None:
    receipt = receipt_of(headquarters, tmp_path)
    window = started_with(qtbot, centre.folder, receipt)
    sign_in(qtbot, window, centre)
    page = page_of(window, ImportReceiptPage)
    qtbot.waitUntil(lambda: page.judged is not None, timeout=20_000)
    assert page.judged is not None and page.judged.fingerprint.upper() == headquarters.fingerprint


def test_a_package_at_a_centre_is_told_to_be_no_receipt(
    qtbot: QtBot, tmp_path: Path, centre: Place
) -> None:
    package = make_package(centre, tmp_path)
    window = started_with(qtbot, centre.folder, package)
    sign_in(qtbot, window, centre)
    page = page_of(window, ImportReceiptPage)
    qtbot.waitUntil(lambda: bool(page.note.text), timeout=20_000)
    assert page.judged is None


def test_a_receipt_at_the_first_start_fills_in_the_step_on_the_workplace(
    qtbot: QtBot, tmp_path: Path, headquarters: Place
) -> None:
    receipt = receipt_of(headquarters, tmp_path)
    window = started_with(qtbot, tmp_path / "new", receipt)
    door = window.door
    assert isinstance(door, FirstRunPage)
    assert door.workplace.centre.value == RECEIPT
    assert door.workplace.receipt.text() == str(receipt)


def rows_returned(headquarters: Place, package: Path, target: Path) -> Path:
    """The file in which headquarters returns what the centre in Astana sent."""

    def use(session: Session, workplace: Workplace) -> None:
        actor = workplace.actor
        receive_files(session, actor, paths=[package], archive=workplace.archive)
        own_rows.return_rows(
            session,
            actor,
            key=workplace.signing_key(session),
            centre="astana",
            archive=workplace.archive,
            target=target,
        )

    headquarters.work(use)
    (file,) = target.glob("*.returned")
    return file


def test_returned_rows_are_taken_back_in_the_settings_after_the_key_is_compared(
    qtbot: QtBot, tmp_path: Path, centre: Place, headquarters: Place
) -> None:
    file = rows_returned(headquarters, make_package(centre, tmp_path), tmp_path)
    again = make_place(tmp_path / "again", "astana")
    window = started_with(qtbot, again.folder, file)
    sign_in(qtbot, window, again)
    page = page_of(window, SettingsPage)
    assert headquarters.fingerprint[:4] in answer(qtbot, page.keeping, "yes")
    qtbot.waitUntil(page.keeping.names_button.isVisible, timeout=20_000)
    window.close()


def test_returned_rows_at_the_first_start_wait_until_the_new_computer_is_set_up(
    qtbot: QtBot, tmp_path: Path, centre: Place, headquarters: Place
) -> None:
    file = rows_returned(headquarters, make_package(centre, tmp_path), tmp_path)
    window = started_with(qtbot, tmp_path / "new", file)
    door = window.door
    assert isinstance(door, FirstRunPage)
    assert (door.workplace.workplace.value, door.workplace.computer.value) == ("centre", "more")
    new = make_place(tmp_path / "made", "astana")
    window.enter(open_workplace(new.folder, password=PASSWORD))
    qtbot.waitUntil(lambda: window.shell is not None, timeout=20_000)
    page = page_of(window, SettingsPage)
    answer(qtbot, page.keeping, "no")
    window.close()


def test_the_last_step_of_the_first_start_opens_what_headquarters_returned(
    qtbot: QtBot, tmp_path: Path, centre: Place, headquarters: Place
) -> None:
    file = rows_returned(headquarters, make_package(centre, tmp_path), tmp_path)
    window = Window(tmp_path / "new", "ru")
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: window.door is not None, timeout=30_000)
    door = window.door
    assert isinstance(door, FirstRunPage)
    made = create_workplace(
        tmp_path / "new",
        workplace="centre",
        centre="astana",
        practice=True,
        user="tester",
        password=PASSWORD,
        recovery_sheet=None,
        station_letter="B",
    )
    door.workplace.begin_again()
    door._show_key(made)
    assert door.key.returned_button.isVisible()
    door.key.returned_button.setFocus()
    press(qtbot, window, "Space")
    asked = dialog(qtbot, door, QFileDialog)
    asked.fileSelected.emit(str(file))
    asked.close()
    qtbot.waitUntil(lambda: window.shell is not None, timeout=20_000)
    page = page_of(window, SettingsPage)
    answer(qtbot, page.keeping, "yes")
    qtbot.waitUntil(page.keeping.names_button.isVisible, timeout=20_000)
    window.close()


def test_a_second_program_says_where_in_the_open_one_the_file_is_chosen(
    qtbot: QtBot, tmp_path: Path, headquarters: Place
) -> None:
    claim = claim_folder(headquarters.folder)
    try:
        window = started_with(qtbot, headquarters.folder, tmp_path / "astana.pravo")
        assert isinstance(window.door, RefusedPage)
        assert "astana.pravo" in window.door.told.text()
    finally:
        release_folder(headquarters.folder, claim)


def test_the_command_line_takes_one_file_for_the_window_and_leaves_words_to_itself() -> None:
    assert _window_options(["C:/кіріс/а.PRAVO"]) == {"": "C:/кіріс/а.PRAVO"}
    assert _window_options(["--lang", "kk", "a=1.xlsx"]) == {"--lang": "kk", "": "a=1.xlsx"}
    assert _window_options(["rows.returned"]) == {"": "rows.returned"}
    assert _window_options(["a.xlsx", "b.xlsx"]) is None
    assert _window_options(["apply", "a.xlsx"]) is None
