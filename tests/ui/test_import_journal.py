"""The lead takes over a journal that was kept in Excel: columns, rows, trial, import, undo."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import Workplace
from pravo_desktop.usecases import staff
from pravo_desktop.usecases.queries import Session
from tests.ui.conftest import at_rest
from tests.ui.desks import (
    Place,
    answer,
    choose_files,
    click,
    go,
    make_place,
    page_of,
    primary,
    signed_in,
)
from tests.ui.spoken import cut_off, too_wide
from ui.app import Window
from ui.models.journal_rows import COL_FINDINGS, COL_ROW
from ui.pages.cases import CasesPage
from ui.pages.import_journal import ImportJournalPage

HEADERS = ("Дата", "Специалист", "ФИО мужа", "ФИО жены", "Согласие", "Прочее")
FIRST = ("05.02.2024", "Сынақова А.", "Тестов Алан", "Тестова Әсем", "да", "вечером")
SECOND = ("12.02.2024", "психолог", "Тестов Алан", "Тестова Әсем", "да", "")
UNKNOWN = ("13.02.2024", "Дана", "Примеров Ержан", "", "да", "")
WRONG = ("скоро", "психолог", "Примеров Ержан", "", "да", "")


@pytest.fixture
def centre(tmp_path: Path) -> Place:
    place = make_place(tmp_path / "astana", "astana")

    def use(session: Session, workplace: Workplace) -> None:
        staff.save_staff_member(
            session,
            workplace.actor,
            profession="psychologist",
            employed_from=date(2024, 1, 8),
            surname="Сынақова",
            given_name="Айна",
        )

    place.work(use)
    return place


def journal(folder: Path, *rows: Sequence[str], headers: Sequence[str] = HEADERS) -> Path:
    book = Workbook()
    for line in (headers, *rows):
        book.worksheets[0].append(list(line))
    path = folder / "журнал.xlsx"
    book.save(path)
    return path


def opened(qtbot: QtBot, window: Window, path: Path) -> ImportJournalPage:
    page = go(qtbot, window, ImportJournalPage)
    qtbot.waitUntil(lambda: page.primary() is not None and bool(page.form.staff))
    primary(qtbot, window)
    choose_files(qtbot, page, path)
    qtbot.waitUntil(lambda: page.report is not None)
    return page


def test_a_journal_is_tried_imported_and_undone_by_the_keys_of_the_page(
    qtbot: QtBot, centre: Place, tmp_path: Path
) -> None:
    window = signed_in(qtbot, centre)
    page = opened(qtbot, window, journal(tmp_path, FIRST, SECOND))
    assert [one.value for one in page.form.columns][:2] == ["date", "specialist"]
    assert window.focusWidget() is page.form.columns[0]
    assert page.report is not None and (page.report.cases, page.report.consultations) == (1, 2)
    click(page.try_button)
    qtbot.waitUntil(lambda: bool(page.note.text))
    assert "1 кейс" in page.note.text and not page.imports.rows

    primary(qtbot, window)
    assert "1 кейс" in answer(qtbot, page, "yes")
    qtbot.waitUntil(lambda: len(page.imports.rows) == 1)
    assert page.imports.rows[0].consultations == 2
    assert window.shell is not None
    click(window.shell.notice._step)
    cases = page_of(window, CasesPage)
    qtbot.waitUntil(lambda: cases.model.rowCount() == 1)

    go(qtbot, window, ImportJournalPage)
    click(page.undo_button)
    assert "журнал.xlsx" in answer(qtbot, page, "yes")
    qtbot.waitUntil(lambda: page.imports.rows[0].undone_at is not None)
    go(qtbot, window, CasesPage)
    qtbot.waitUntil(lambda: cases.model.rowCount() == 0)


def test_an_unknown_specialist_is_named_once_and_a_row_in_error_is_reached(
    qtbot: QtBot, centre: Place, tmp_path: Path
) -> None:
    window = signed_in(qtbot, centre)
    page = opened(qtbot, window, journal(tmp_path, FIRST, WRONG, SECOND, UNKNOWN))
    assert page.report is not None and page.report.in_state("error") == 2
    qtbot.waitUntil(lambda: list(page.form.specialists) == ["Дана"])
    click(page.next_button)
    assert page.rows.chosen == 1 and "Дата встречи" in page.findings.text()
    choice = page.form.specialists["Дана"]
    choice.choose(page.form.staff[0].staff_id)
    choice.activated.emit(choice.currentIndex())
    qtbot.waitUntil(lambda: page.report is not None and page.report.in_state("error") == 1)
    primary(qtbot, window)
    answer(qtbot, page, "yes")
    qtbot.waitUntil(lambda: bool(page.note.text))
    assert not page.imports.rows
    page.form.skip.setChecked(True)
    primary(qtbot, window)
    answer(qtbot, page, "yes")
    qtbot.waitUntil(lambda: len(page.imports.rows) == 1)


def test_the_columns_are_remembered_for_the_same_layout(
    qtbot: QtBot, centre: Place, tmp_path: Path
) -> None:
    window = signed_in(qtbot, centre)
    page = opened(qtbot, window, journal(tmp_path, FIRST))
    assert page.form.columns[5].currentIndex() == 0
    page.form.columns[5].choose("note")
    page.form.columns[0].choose(None)
    page.form.columns[0].activated.emit(0)
    qtbot.waitUntil(lambda: bool(page.note.text))
    assert page.primary() is None
    page.form.columns[0].choose("date")
    page.form.columns[0].activated.emit(1)
    qtbot.waitUntil(lambda: page.report is not None and not page.note.text)
    primary(qtbot, window)
    answer(qtbot, page, "yes")
    qtbot.waitUntil(lambda: page.journal is None)
    path = journal(tmp_path, SECOND)
    page.open_file(path)
    qtbot.waitUntil(lambda: page.report is not None)
    assert page.form.columns[5].value == "note"


def test_what_was_chosen_stays_when_the_language_is_changed(
    qtbot: QtBot, centre: Place, tmp_path: Path
) -> None:
    window = signed_in(qtbot, centre)
    page = opened(qtbot, window, journal(tmp_path, FIRST, UNKNOWN))
    page.form.columns[5].choose("note")
    page.form.on_paper.setText("в сейфе")
    at_rest(qtbot, window).set_language("kk")
    new = page_of(window, ImportJournalPage)
    assert new is not page
    qtbot.waitUntil(lambda: new.report is not None)
    assert (new.form.columns[5].value, new.form.on_paper.text()) == ("note", "в сейфе")


def test_a_file_that_is_no_table_is_named(qtbot: QtBot, centre: Place, tmp_path: Path) -> None:
    window = signed_in(qtbot, centre)
    page = go(qtbot, window, ImportJournalPage)
    path = tmp_path / "бос.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing")
    page.open_file(path)
    qtbot.waitUntil(lambda: "бос.xlsx" in page.note.text)
    assert page.journal is None


def test_an_import_given_up_writes_nothing(qtbot: QtBot, centre: Place, tmp_path: Path) -> None:
    window = signed_in(qtbot, centre)
    rows = [
        (f"{1 + n % 28:02}.02.2024", "психолог", f"Тестов{n} Алан", "", "да", "")
        for n in range(300)
    ]
    page = opened(qtbot, window, journal(tmp_path, *rows))
    primary(qtbot, window)
    answer(qtbot, page, "yes")
    qtbot.waitUntil(lambda: page.busy)
    click(page.working.cancel_button)
    assert not page.busy and page.journal is not None
    qtbot.waitUntil(lambda: not window.at_work)
    page.reload()
    found: list[int] = []
    page.desk.runner.read(
        page, lambda job: job.session.value("SELECT count(*) FROM cases"), found.append
    )
    qtbot.waitUntil(lambda: found == [0])
    assert not page.imports.rows


@pytest.mark.parametrize("size", [150, 200])
def test_with_a_large_text_the_page_of_a_journal_scrolls_and_what_to_mend_is_read_whole(
    qtbot: QtBot, centre: Place, tmp_path: Path, size: int
) -> None:
    window = signed_in(qtbot, centre)
    at_rest(qtbot, window).set_text_size(size)
    page = opened(qtbot, window, journal(tmp_path, FIRST, WRONG))
    qtbot.waitUntil(lambda: not [*too_wide(page), *cut_off(page)])
    inside = page.form.widget()
    assert inside is not None
    qtbot.waitUntil(lambda: inside.height() <= page.form.viewport().height())
    qtbot.waitUntil(lambda: page.rows.rowHeight(1) > page.rows.rowHeight(0))
    said = page.rows.model().index(1, COL_FINDINGS).data()
    room = page.rows.columnWidth(COL_FINDINGS) - 22
    drawn = page.rows.fontMetrics().boundingRect(
        QRect(0, 0, room, 10_000), Qt.TextFlag.TextWordWrap, said
    )
    assert drawn.height() <= page.rows.rowHeight(1)


def test_a_journal_without_sheets_names_its_rows_by_number_alone(
    qtbot: QtBot, centre: Place, tmp_path: Path
) -> None:
    path = tmp_path / "журнал.csv"
    path.write_text("\n".join(";".join(line) for line in (HEADERS, FIRST)), encoding="utf-8")
    window = signed_in(qtbot, centre)
    page = opened(qtbot, window, path)
    assert not page.sheets.text()
    shown = page.rows.model()
    assert shown.index(0, COL_ROW).data() == "2"
    window.close()


def test_a_phone_beside_two_spouses_is_left_out_until_it_is_told_whose_it_is(
    qtbot: QtBot, centre: Place, tmp_path: Path
) -> None:
    window = signed_in(qtbot, centre)
    headers = ("Дата", "Специалист", "ФИО мужа", "ФИО жены", "Телефон")
    line = ("05.02.2024", "психолог", "Тестов Алан", "Тестова Әсем", "87010000101")
    page = opened(qtbot, window, journal(tmp_path, line, headers=headers))
    assert not page.form.columns[-1].value
    assert page.report is not None and not page.report.in_state("error")
    told = [one.text() for one in page.form.findChildren(QLabel)]
    assert "Чей он, в журнале не сказано: выберите." in told
    page.form.columns[-1].choose("wife_phone")
    page.preview()
    qtbot.waitUntil(lambda: page.report is not None and page.report.consultations == 1)
