"""Headquarters asks and signs a receipt, the lead of the centre takes it over: two windows."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import Workplace
from pravo_desktop.usecases.board import BoardCell
from pravo_desktop.usecases.queries import Session
from pravo_desktop.usecases.receipts import make_receipt, write_receipt_copy
from tests.ui.desks import (
    PASSWORD,
    Place,
    add_families,
    answer,
    choose_files,
    click,
    dialog,
    go,
    in_front,
    make_package,
    make_place,
    page_of,
    primary,
    receive,
    signed_in,
    trust,
)
from ui.app import Window
from ui.pages.board import BoardPage
from ui.pages.close_month import CloseMonthPage
from ui.pages.figure_records import RecordVersionsPage
from ui.pages.import_receipt import ImportReceiptPage
from ui.pages.package_rows import PackageRowsPage
from ui.pages.packages import PackagesPage
from ui.pages.receipts import ReceiptsPage


@pytest.fixture
def centre(tmp_path: Path) -> Place:
    place = make_place(tmp_path / "astana", "astana")
    add_families(place, 2)
    return place


@pytest.fixture
def headquarters(tmp_path: Path, centre: Place) -> Place:
    """Headquarters, which accepted April's package."""
    place = make_place(tmp_path / "headquarters")
    stick = tmp_path / "stick"
    stick.mkdir()
    package = make_package(centre, stick)
    trust(place, centre, "astana")
    receive(place, package)
    return place


def cell_of(page: BoardPage) -> BoardCell:
    found = page.model.cell(page.grid.currentIndex())
    assert found is not None
    return found[1]


def test_the_board_is_walked_by_keys_and_saved_for_a_letter(
    qtbot: QtBot, headquarters: Place, tmp_path: Path
) -> None:
    window = signed_in(qtbot, headquarters)
    page = go(qtbot, window, BoardPage)
    qtbot.waitUntil(lambda: page.board is not None and page.grid.hasFocus())
    for _ in range(3):
        QTest.keyClick(page.grid, Qt.Key.Key_Right)
    assert cell_of(page).month.number == 4
    assert [one.sequence for one in page.packages.rows] == [1]
    assert "Астана" in page.heading.text()
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    qtbot.waitUntil(page.section_table.hasFocus)
    assert page.section_table.chosen == 0

    page.section.choose("media")
    assert [one.section for one in page.sections.rows] == ["media"]
    shown = page.model.index(0, 3)
    assert shown.data() == "»"
    assert "прислано с опозданием" in shown.data(Qt.ItemDataRole.AccessibleTextRole)

    page.format.choose("xlsx")
    page.letter.choose("astana")
    primary(qtbot, window)
    target = tmp_path / "letter.xlsx"
    choose_new(qtbot, page, target)
    qtbot.waitUntil(target.exists, timeout=20_000)


def test_a_cell_leads_to_its_package_its_rows_and_a_question_about_one(
    qtbot: QtBot, headquarters: Place
) -> None:
    window = signed_in(qtbot, headquarters)
    page = go(qtbot, window, BoardPage)
    qtbot.waitUntil(lambda: page.board is not None and page.grid.hasFocus())
    for _ in range(3):
        QTest.keyClick(page.grid, Qt.Key.Key_Right)
    page.package_table.choose(0)
    page.package_table.setFocus()
    QTest.keyClick(page.package_table, Qt.Key.Key_Return)
    rows = page_of(window, PackageRowsPage)
    qtbot.waitUntil(lambda: bool(rows.model.rows))
    assert all(one.counts for one in rows.model.rows)
    tables = [one.table for one in rows.model.rows]
    rows.table.choose(tables.index("participants"))
    asked = rows.chosen
    assert asked is not None
    QTest.keyClick(rows.table, Qt.Key.Key_Return)
    versions = page_of(window, RecordVersionsPage)
    qtbot.waitUntil(lambda: bool(versions.values.rows))
    QTest.keyClick(versions.table, Qt.Key.Key_Escape)
    click(rows.ask_button)
    receipts = page_of(window, ReceiptsPage)
    qtbot.waitUntil(receipts.ask_button.isEnabled)
    assert receipts.centre.value == "astana" and receipts.code.text() == asked.code


def choose_new(qtbot: QtBot, page: BoardPage, path: Path) -> None:
    """Name a new file in the dialog that the page opened."""
    asked = dialog(qtbot, page, QFileDialog)
    asked.fileSelected.emit(str(path))
    asked.close()


def test_a_question_reaches_the_centre_with_the_receipt(
    qtbot: QtBot, headquarters: Place, centre: Place, tmp_path: Path
) -> None:
    found: list[str] = []

    def look(session: Session, workplace: Workplace) -> None:
        sql = "SELECT id FROM participants WHERE role = 'wife' ORDER BY id"
        found.append(session.value(sql))

    centre.work(look)
    code = found[0].replace("-", "")[-10:]
    stick = tmp_path / "stick"
    window = signed_in(qtbot, headquarters)
    page = go(qtbot, window, ReceiptsPage)
    qtbot.waitUntil(lambda: page.outline is not None)
    page.centre.choose("astana")
    qtbot.waitUntil(lambda: len(page.told.rows) == 1)
    page.code.setFocus()
    QTest.keyClicks(page.code, code)
    QTest.keyClick(page.code, Qt.Key.Key_Return)
    qtbot.waitUntil(page.ask_button.isEnabled)
    page.field.choose("birth_year")
    page.question_kk.setPlainText("Туған жылы қандай?")
    click(page.ask_button)
    qtbot.waitUntil(lambda: bool(page.fields["question_ru"].findChildren(QLabel)[-1].text()))
    page.question_ru.setPlainText("Какой год рождения?")
    click(page.ask_button)
    qtbot.waitUntil(lambda: len(page.questions.rows) == 1)
    primary(qtbot, window)
    choose_files(qtbot, page, stick)
    written = stick / "pravo-receipt-astana-0001.xlsx"
    qtbot.waitUntil(written.exists, timeout=20_000)
    qtbot.waitUntil(lambda: "pravo-receipt-astana" in page.note.text)
    qtbot.waitUntil(lambda: len(page.made.rows) == 1)
    window.close()

    window = signed_in(qtbot, centre)
    packages = go(qtbot, window, PackagesPage)
    qtbot.waitUntil(lambda: bool(packages.model.rows))
    click(packages.receipt_button)
    qtbot.waitUntil(lambda: in_front(window) == "import_receipt")
    receipt = page_of(window, ImportReceiptPage)
    primary(qtbot, window)
    choose_files(qtbot, receipt, written)
    qtbot.waitUntil(receipt.trust.isVisible)
    assert receipt.statuses.rows == []
    receipt.trust.compared.setChecked(True)
    click(receipt.trust.trust_button)
    qtbot.waitUntil(lambda: len(receipt.asked.rows) == 1)
    assert receipt.asked.rows[0].question["ru"] == "Какой год рождения?"
    primary(qtbot, window)
    qtbot.waitUntil(lambda: "Принято" in receipt.note.text)
    packages = go(qtbot, window, PackagesPage)
    qtbot.waitUntil(lambda: "Принят" in packages._said_of(packages.model.rows[0]))

    receipt = go_to_receipt(qtbot, packages, window)
    receipt.judge(written)
    qtbot.waitUntil(lambda: "раньше" in receipt.note.text)


def go_to_receipt(qtbot: QtBot, packages: PackagesPage, window: Window) -> ImportReceiptPage:
    click(packages.receipt_button)
    qtbot.waitUntil(lambda: in_front(window) == "import_receipt")
    return page_of(window, ImportReceiptPage)


def test_a_half_typed_question_waits_as_a_draft(
    qtbot: QtBot, headquarters: Place, centre: Place
) -> None:
    window = signed_in(qtbot, headquarters)
    page = go(qtbot, window, ReceiptsPage)
    qtbot.waitUntil(lambda: page.outline is not None)
    page.centre.choose("astana")
    qtbot.waitUntil(lambda: len(page.told.rows) == 1)
    page.question_ru.setFocus()
    QTest.keyClicks(page.question_ru, "which year")
    assert page.unsaved()
    window.lock_now()
    qtbot.waitUntil(lambda: not window.at_work, timeout=10_000)
    window.close()
    window = signed_in(qtbot, headquarters)
    assert "which year" in answer(qtbot, window, "continue")
    page = page_of(window, ReceiptsPage)
    qtbot.waitUntil(lambda: page.centre.value == "astana" and len(page.told.rows) == 1)
    assert page.question_ru.toPlainText() == "which year"
    page.question_ru.clear()
    page.forget()
    window.close()


def test_after_a_sudden_end_a_half_typed_question_is_offered(
    qtbot: QtBot, headquarters: Place, centre: Place
) -> None:
    arguments = (str(headquarters.folder), PASSWORD, "astana", "который год")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.killed_question", *arguments],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    window = signed_in(qtbot, headquarters)
    assert "который год" in answer(qtbot, window, "continue")
    page = page_of(window, ReceiptsPage)
    qtbot.waitUntil(lambda: page.centre.value == "astana" and len(page.told.rows) == 1)
    qtbot.waitUntil(lambda: page.question_ru.toPlainText() == "который год")
    page.question_ru.clear()
    page.forget()
    window.close()


def test_a_damaged_receipt_is_refused_in_words(qtbot: QtBot, centre: Place, tmp_path: Path) -> None:
    damaged = tmp_path / "receipt.xlsx"
    damaged.write_bytes(b"no receipt")
    window = signed_in(qtbot, centre)
    packages = go(qtbot, window, PackagesPage)
    qtbot.waitUntil(packages.isVisible)
    assert window.shell is not None
    window.shell.go("import_receipt")
    receipt = page_of(window, ImportReceiptPage)
    receipt.judge(damaged)
    qtbot.waitUntil(lambda: bool(receipt.note.text))
    assert receipt.judged is None


def test_the_month_says_its_deadline_and_a_key_of_headquarters_is_trusted_no_more(
    qtbot: QtBot, headquarters: Place, centre: Place, tmp_path: Path
) -> None:
    made: list[Path] = []

    def make(session: Session, workplace: Workplace) -> None:
        key = workplace.signing_key(session)
        receipt = make_receipt(session, workplace.actor, key=key, centre="astana")
        made.append(
            write_receipt_copy(
                session, workplace.actor, centre="astana", number=receipt.number, target=tmp_path
            )
        )

    headquarters.work(make)
    window = signed_in(qtbot, centre)
    go(qtbot, window, PackagesPage)
    assert window.shell is not None
    window.shell.go("import_receipt")
    page = page_of(window, ImportReceiptPage)
    page.judge(made[0])
    qtbot.waitUntil(page.trust.isVisible)
    click(page.trust.compared)
    click(page.trust.trust_button)
    qtbot.waitUntil(lambda: page.judged is not None and page.judged.status == "new")
    page.take_over()
    qtbot.waitUntil(lambda: len(page.keys.model.rows) == 1 and page.keys.isVisible())
    assert page.note.text == "Принято. Дополнять ничего не нужно."
    window.shell.go("close_month")
    month = page_of(window, CloseMonthPage)
    qtbot.waitUntil(lambda: month.overview is not None and month.overview.due_on is not None)
    assert "05.06.2024" in month.open_state.text()
    window.shell.go("import_receipt")
    again = page_of(window, ImportReceiptPage)
    qtbot.waitUntil(again.keys.revoke_button.isEnabled)
    click(again.keys.revoke_button)
    answer(qtbot, again, "yes")
    qtbot.waitUntil(lambda: bool(again.keys.model.rows[0].revoked_at))
    assert not again.keys.revoke_button.isEnabled()
