"""Lists in a window: copied, printed, saved for the lead, with columns as they were left."""

import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import Workplace, open_workplace
from pravo_desktop.domain.records import Vacancy
from pravo_desktop.domain.versions import new_id
from pravo_desktop.usecases import staff
from pravo_desktop.usecases.papers import issue_journal
from pravo_desktop.usecases.queries import Session
from tests.ui.conftest import at_rest
from tests.ui.desks import (
    PASSWORD,
    Place,
    add_families,
    answer,
    choose_files,
    click,
    dialog,
    go,
    make_place,
    open_window,
    press,
)
from ui.app import Window
from ui.clipboard import KEPT_MS, ClipboardGuard
from ui.list_actions import PRINT_KEY
from ui.models.rows import Column, RowsModel
from ui.models.staff import COL_NAME, COL_PROFESSION, COL_RATE
from ui.pages.cases import CasesPage
from ui.pages.journal import JournalPage
from ui.pages.papers import PapersPage
from ui.pages.staff import StaffPage
from ui.preview import Preview
from ui.tables import ListView
from ui.theme import ROW_HEIGHT, Theme

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NAMES = (("Ахметова", "Дана"), ("=Сынақов", "Ерлан"))


class Counted(ListView):
    """A list that writes down whose height was asked for."""

    def __init__(self, theme: Theme, model: RowsModel[str], asked: list[int]) -> None:
        self.asked = asked
        super().__init__(theme, model, name="long", spoken="long", widths={})

    def _height(self, row: int, section: int) -> int:
        self.asked.append(row)
        return super()._height(row, section)


@pytest.fixture
def centre(tmp_path: Path) -> Place:
    place = make_place(tmp_path / "centre", "astana")

    def employ(session: Session, workplace: Workplace) -> None:
        actor = workplace.actor
        for surname, given in NAMES:
            staff.save_staff_member(
                session,
                actor,
                profession="lawyer",
                employed_from=date(2024, 1, 9),
                surname=surname,
                given_name=given,
            )

    place.work(employ)
    return place


@pytest.fixture(autouse=True)
def clean_clipboard() -> Iterator[None]:
    yield
    ClipboardGuard.of_application().clear()
    QGuiApplication.clipboard().clear()


def entered(qtbot: QtBot, place: Place, user: str = "tester") -> Window:
    """A window in which this person signed in."""
    window = open_window(qtbot, place.folder)
    window.enter(open_workplace(place.folder, password=PASSWORD, user=user))
    qtbot.waitUntil(lambda: window.shell is not None, timeout=20_000)
    return window


def staff_of(qtbot: QtBot, window: Window) -> StaffPage:
    """The page of staff, filled, with the keyboard in its list."""
    page = go(qtbot, window, StaffPage)
    qtbot.waitUntil(lambda: len(page.model.rows) >= len(NAMES))
    qtbot.waitUntil(page.table.hasFocus)
    return page


def history(place: Place) -> list[tuple[str, dict[str, object]]]:
    workplace = open_workplace(place.folder, password=PASSWORD, user="tester")
    session = workplace.session()
    rows = session.all(
        "SELECT e.action, v.content FROM audit_entries e JOIN audit_values v "
        "ON v.number = e.number WHERE e.action LIKE 'list_%' ORDER BY e.number"
    )
    session.close()
    workplace.close()
    return [(row["action"], json.loads(row["content"])) for row in rows]


def notice(window: Window) -> str:
    assert window.shell is not None
    return window.shell.notice.note.text


def test_chosen_rows_are_copied_and_names_leave_the_clipboard_after_a_minute(
    qtbot: QtBot, centre: Place
) -> None:
    window = entered(qtbot, centre)
    page = staff_of(qtbot, window)
    QTest.keyClick(page.table, Qt.Key.Key_A, CTRL)
    press(qtbot, window, Qt.Key.Key_C, CTRL)
    clipboard, guard = QGuiApplication.clipboard(), ClipboardGuard.of_application()
    lines = clipboard.text().split("\n")
    assert sorted(line.split("\t")[0] for line in lines) == ["=Сынақов Ерлан", "Ахметова Дана"]
    assert all(line.split("\t")[1:4] == ["Юрист", "100", "09.01.2024"] for line in lines)
    assert notice(window).startswith("Скопировано 2 строки. ")
    assert guard.timer.isActive() and guard.timer.interval() == KEPT_MS == 60_000
    guard.timer.timeout.emit()
    assert clipboard.text() == "" and not guard.timer.isActive()

    press(qtbot, window, Qt.Key.Key_C, CTRL)
    clipboard.setText("what another program put there")
    guard.timer.timeout.emit()
    assert clipboard.text() == "what another program put there"
    assert page.table.list_actions is not None and page.table.list_actions.personal


def test_the_lead_saves_a_list_with_names_after_a_yes_and_the_history_says_so(
    qtbot: QtBot, centre: Place, tmp_path: Path
) -> None:
    window = entered(qtbot, centre)
    page = staff_of(qtbot, window)
    file = tmp_path / "staff.xlsx"
    press(qtbot, window, Qt.Key.Key_S, CTRL | SHIFT)
    assert "персональные данные" in answer(qtbot, page, "no")
    assert not page.findChildren(QFileDialog)

    page.table.horizontalHeader().moveSection(COL_PROFESSION, 0)
    press(qtbot, window, Qt.Key.Key_S, CTRL | SHIFT)
    answer(qtbot, page, "yes")
    choose_files(qtbot, page, file)
    qtbot.waitUntil(lambda: str(file) in notice(window), timeout=15_000)
    window.close()

    sheet = load_workbook(io.BytesIO(file.read_bytes())).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0] == sheet.title == "Сотрудники"
    assert rows[2][:3] == ["Специальность", "ФИО", "Ставка, %"]
    assert sorted(rows[3:], key=str)[0][:3] == ["Юрист", "=Сынақов Ерлан", 100]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert history(centre) == [
        ("list_exported", {"list": "staff/staff", "rows": 2, "personal": "yes"})
    ]


def test_a_list_is_looked_at_and_noted_when_it_goes_out(
    qtbot: QtBot, centre: Place, tmp_path: Path
) -> None:
    window = entered(qtbot, centre)
    page = staff_of(qtbot, window)
    file = tmp_path / "staff.pdf"
    for go_on in (False, True):
        press(qtbot, window, Qt.Key.Key_P, CTRL)
        answer(qtbot, page, "yes")
        preview = dialog(qtbot, page, Preview)
        if go_on:
            click(preview.save_button)
            choose_files(qtbot, page, file)
        else:
            preview.reject()
    qtbot.waitUntil(lambda: str(file) in notice(window), timeout=15_000)
    assert file.read_bytes().startswith(b"%PDF")
    window.close()
    assert history(centre) == [
        ("list_printed", {"list": "staff/staff", "rows": 2, "personal": "yes"})
    ]


def test_on_the_page_of_papers_the_key_prints_a_paper_and_not_the_list(
    qtbot: QtBot, centre: Place
) -> None:
    centre.work(
        lambda session, workplace: issue_journal(
            session, workplace.actor, month="2024-05", language="ru"
        )
    )
    window = entered(qtbot, centre)
    keys = {}
    for cls, key in ((StaffPage, "staff"), (PapersPage, "papers")):
        assert window.shell is not None
        page = window.shell.go(key)
        assert isinstance(page, StaffPage | PapersPage)
        qtbot.waitUntil(page.table.isVisible)
        primary = page.primary()
        assert primary is not None
        listed = {action.shortcut().toString() for action in page.table.actions()}
        keys[cls] = (primary.key == PRINT_KEY, PRINT_KEY in listed)
    assert keys == {StaffPage: (False, True), PapersPage: (True, False)}


def test_a_list_without_personal_data_is_taken_out_without_a_question(
    qtbot: QtBot, centre: Place, tmp_path: Path
) -> None:
    centre.work(
        lambda session, workplace: staff.save_vacancy(
            session,
            workplace.actor,
            vacancy=Vacancy(id=new_id(), profession="mediator", opened_on=date(2024, 3, 1)),
        )
    )
    window = entered(qtbot, centre)
    page = staff_of(qtbot, window)
    page.posts.setFocus()
    press(qtbot, window, Qt.Key.Key_C, CTRL)
    assert "Медиатор" in QGuiApplication.clipboard().text()
    assert not ClipboardGuard.of_application().timer.isActive()
    press(qtbot, window, Qt.Key.Key_S, CTRL | SHIFT)
    assert not page.findChildren(QMessageBox)
    file = tmp_path / "posts.xlsx"
    choose_files(qtbot, page, file)
    qtbot.waitUntil(file.exists, timeout=15_000)


def menu_of(qtbot: QtBot, table: ListView) -> list[str]:
    """What the menu key offers in a list."""
    place = table.viewport().rect().center()
    key = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(
        table.viewport(), QContextMenuEvent(key, place, table.viewport().mapToGlobal(place))
    )
    menu = table.findChild(QMenu, "list_menu")
    assert menu is not None
    qtbot.waitUntil(menu.isVisible)
    names = [one.objectName() for one in menu.actions() if one.objectName()]
    menu.close()
    return names


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
def test_the_menu_of_a_list_leaves_out_what_the_role_may_not(qtbot: QtBot, centre: Place) -> None:
    add_families(centre, 1, month=5)
    centre.work(
        lambda session, workplace: workplace.add_account(
            session, name="lawyer", password=PASSWORD, roles=("lawyer",)
        )
    )
    window = entered(qtbot, centre)
    page = staff_of(qtbot, window)
    everything = ["list_remove", "list_copy", "list_print", "list_xlsx", "list_columns"]
    assert menu_of(qtbot, page.table) == everything
    window.close()
    window = entered(qtbot, centre, "lawyer")
    journal = go(qtbot, window, JournalPage)
    journal.span.setCurrentIndex(1)
    qtbot.waitUntil(journal.table.isVisible)
    without = [one for one in everything if one != "list_xlsx"]
    assert menu_of(qtbot, journal.table) == without
    journal.table.setFocus()
    press(qtbot, window, Qt.Key.Key_S, CTRL | SHIFT)
    assert not journal.findChildren(QMessageBox) and not journal.findChildren(QFileDialog)


def test_columns_are_found_as_they_were_left_and_can_be_put_back(
    qtbot: QtBot, centre: Place
) -> None:
    window = entered(qtbot, centre)
    table = staff_of(qtbot, window).table
    header, before = table.horizontalHeader(), table.columnWidth(COL_RATE)
    header.moveSection(header.visualIndex(COL_RATE), 0)
    table.setColumnWidth(COL_RATE, before + 60)
    settings = centre.folder / "settings.ini"
    qtbot.waitUntil(lambda: "staff" in settings.read_text() if settings.exists() else False)
    at_rest(qtbot, window).set_text_size(150)
    table = staff_of(qtbot, window).table
    header = table.horizontalHeader()
    assert header.visualIndex(COL_RATE) == 0
    assert table.columnWidth(COL_RATE) == round((before + 60) * 1.5)
    at_rest(qtbot, window).set_text_size(100)
    window.close()

    window = entered(qtbot, centre)
    table = staff_of(qtbot, window).table
    header = table.horizontalHeader()
    assert header.visualIndex(COL_RATE) == 0 and header.visualIndex(COL_NAME) == 1
    assert table.columnWidth(COL_RATE) == before + 60
    assert table.list_actions is not None
    table.list_actions.restore()
    assert header.visualIndex(COL_RATE) == COL_RATE and table.columnWidth(COL_RATE) == before
    assert "columns" not in settings.read_text()


def test_a_column_whose_words_wrap_keeps_the_width_of_one_hand_at_every_size_of_text(
    qtbot: QtBot, centre: Place
) -> None:
    window = entered(qtbot, centre)
    before = staff_of(qtbot, window).table.columnWidth(COL_PROFESSION)
    at_rest(qtbot, window).set_text_size(150)
    table = staff_of(qtbot, window).table
    large = table.columnWidth(COL_PROFESSION)
    settings = centre.folder / "settings.ini"
    table.setColumnWidth(COL_RATE, table.columnWidth(COL_RATE) + 60)
    qtbot.waitUntil(lambda: settings.exists() and "columns" in settings.read_text())
    at_rest(qtbot, window).set_text_size(100)
    assert staff_of(qtbot, window).table.columnWidth(COL_PROFESSION) == before
    at_rest(qtbot, window).set_text_size(150)
    assert staff_of(qtbot, window).table.columnWidth(COL_PROFESSION) == large


def test_of_a_long_list_only_the_rows_in_sight_are_measured_and_none_moves(qtbot: QtBot) -> None:
    words = "Определение места жительства ребёнка при расторжении брака"
    model = RowsModel((Column[str]("Тема", lambda row: row),), QColor("grey"))
    asked: list[int] = []
    table = Counted(Theme(), model, asked)
    qtbot.addWidget(table)
    table.resize(240, 400)
    with qtbot.waitExposed(table):
        table.show()
    asked.clear()
    model.set_rows([f"{words} {number}" for number in range(20_000)])
    assert table.rowHeight(0) > Theme().px(ROW_HEIGHT)
    assert len(set(asked)) < 200
    for position in (10_000, 19_999, 500):
        qtbot.waitUntil(lambda: table.verticalScrollBar().maximum() > 19_900)
        table.choose(position)
        seen = range(table.rowAt(0), table.rowAt(table.viewport().height() - 1) + 1)
        tops = [table.rowViewportPosition(row) for row in seen]
        assert position in seen
        assert {table.rowHeight(row) for row in seen} == {table.rowHeight(0)}
        table.repaint()
        assert [table.rowViewportPosition(row) for row in seen] == tops
    assert len(set(asked)) < 500


def test_a_name_that_does_not_fit_stands_on_two_lines_until_there_is_room(
    qtbot: QtBot, centre: Place
) -> None:
    table = staff_of(qtbot, entered(qtbot, centre)).table
    usual = table.rowHeight(0)
    room = table.fontMetrics().horizontalAdvance(table.model().index(0, COL_NAME).data())
    table.setColumnWidth(COL_NAME, room)
    assert table.rowHeight(0) > usual
    table.sortByColumn(COL_NAME, Qt.SortOrder.DescendingOrder)
    assert max(map(table.rowHeight, range(len(NAMES)))) > usual
    table.setColumnWidth(COL_NAME, 2 * room)
    assert [table.rowHeight(row) for row in range(len(NAMES))] == [usual] * len(NAMES)


def test_a_list_that_reads_as_it_is_scrolled_is_saved_whole(
    qtbot: QtBot, centre: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.pages.cases.AT_ONCE", 2)
    add_families(centre, 7)
    window = entered(qtbot, centre)
    page = go(qtbot, window, CasesPage)
    qtbot.waitUntil(lambda: page.model.rowCount() >= 2)
    page.table.setFocus()
    press(qtbot, window, Qt.Key.Key_S, CTRL | SHIFT)
    answer(qtbot, page, "yes")
    file = tmp_path / "cases.xlsx"
    choose_files(qtbot, page, file)
    qtbot.waitUntil(lambda: str(file) in notice(window), timeout=15_000)
    sheet = load_workbook(io.BytesIO(file.read_bytes())).worksheets[0]
    assert sheet.max_row == 3 + 7
    assert (sheet["A4"].value, sheet["E4"].value) == ("Сынақова", 1)
