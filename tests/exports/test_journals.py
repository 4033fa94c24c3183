"""A colleague's journal is opened, whatever program saved it; a bad file is refused by name."""

import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from exports import journals
from exports.journals import Journal, read_journal
from pravo_desktop.domain.journal_cells import UNREADABLE
from pravo_desktop.errors import KnownError

HEADERS = ("Күні", "Маман", "Әйелінің аты-жөні")
ROW = ("05.12.2024", "Сынақов", "Тестова Әсем")


def workbook(path: Path, *rows: Sequence[Any]) -> Path:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(path)
    return path


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(KnownError) as error:
        read_journal(path)
    assert error.value.params["file"] == path.name
    return error.value.code


def rows_of(journal: Journal) -> list[tuple[Any, ...]]:
    return list(journal.sheets[0].rows)


def test_an_excel_journal_gives_days_and_whole_numbers(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "j.xlsx", ("Дата", "ИИН"), (), (datetime(2024, 12, 5, 14, 30), 900315400015)
    )
    assert rows_of(read_journal(path)) == [
        ("Дата", "ИИН"),
        (None, None),
        (date(2024, 12, 5), 900315400015),
    ]


def test_rows_keep_the_numbers_they_have_in_excel(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0]["B4"] = "Дата"
    book.save(tmp_path / "j.xlsx")
    assert rows_of(read_journal(tmp_path / "j.xlsx"))[3] == (None, "Дата")


def test_an_old_excel_file_is_read_too() -> None:
    journal = read_journal(Path(__file__).parent / "data" / "journal.xls")
    assert rows_of(journal)[1] == (date(2024, 2, 5), "Сынақов", "Тестов Алан", 101500123)


def test_hidden_and_empty_sheets_are_passed_over(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(HEADERS)
    book.create_sheet("пусто")
    hidden = book.create_sheet("скрыто")
    hidden.append(HEADERS)
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "j.xlsx")
    assert [sheet.name for sheet in read_journal(tmp_path / "j.xlsx").sheets] == ["Sheet"]


def test_a_formula_never_calculated_and_an_error_are_not_taken_for_empty_cells(
    tmp_path: Path,
) -> None:
    path = workbook(tmp_path / "j.xlsx", HEADERS, ("=A1", "#N/A", "Тестова"), (None, "нет", "да"))
    assert rows_of(read_journal(path))[1:] == [
        (UNREADABLE, UNREADABLE, "Тестова"),
        (None, "нет", "да"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_csv_is_read_in_its_own_encoding(tmp_path: Path, encoding: str, separator: str) -> None:
    text = "\r\n".join(separator.join(row) for row in (HEADERS, ROW))
    assert rows_of(read_journal(written(tmp_path / "j.csv", text.encode(encoding)))) == [
        HEADERS,
        ROW,
    ]


def test_a_csv_of_an_old_russian_excel_is_read(tmp_path: Path) -> None:
    text = 'Дата;Специалист;Примечание\r\n05.12.2024;Сынаков;"одна; две\nстроки"\r\n'
    journal = read_journal(written(tmp_path / "j.csv", text.encode("cp1251")))
    assert rows_of(journal) == [
        ("Дата", "Специалист", "Примечание"),
        ("05.12.2024", "Сынаков", "одна; две\nстроки"),
    ]


def test_the_bytes_say_what_a_file_is_and_not_its_name(tmp_path: Path) -> None:
    path = workbook(tmp_path / "j.xlsx", HEADERS)
    assert rows_of(read_journal(path.rename(tmp_path / "j.csv"))) == [HEADERS]


@pytest.mark.parametrize("data", [b"", b"\r\n;;;\r\n", "﻿".encode()])
def test_a_file_without_rows_is_empty(tmp_path: Path, data: bytes) -> None:
    assert refusal(written(tmp_path / "j.csv", data)) == "journal_empty"


def test_a_workbook_without_rows_is_empty(tmp_path: Path) -> None:
    assert refusal(workbook(tmp_path / "j.xlsx")) == "journal_empty"


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 cut off",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut off",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"\x98\x99\xff noise",
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, data: bytes) -> None:
    assert refusal(written(tmp_path / "j.xlsx", data)) == "journal_unreadable"


def test_another_zip_is_no_journal(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "j.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert refusal(tmp_path / "j.xlsx") == "journal_unreadable"


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "j.xlsx", *[HEADERS] * 500)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(bytes(data[: len(data) - 30]))
    assert refusal(path) == "journal_unreadable"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path / "j.xlsx") == "file_not_found"
    assert refusal(tmp_path) == "file_not_read"


@pytest.mark.parametrize("cell", ["A1048576", "XFD1"])
def test_one_cell_far_away_does_not_take_all_the_memory(tmp_path: Path, cell: str) -> None:
    book = Workbook()
    book.worksheets[0].append(HEADERS)
    book.worksheets[0][cell] = "x"
    book.save(tmp_path / "j.xlsx")
    assert refusal(tmp_path / "j.xlsx") == "journal_too_large"


def test_a_file_that_unpacks_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook(tmp_path / "j.xlsx", HEADERS)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b" " * 3_000_000)
    assert path.stat().st_size < 20_000
    monkeypatch.setattr(journals, "MOST_UNPACKED", 2_000_000)
    assert refusal(path) == "journal_too_large"


def test_a_large_file_is_not_even_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journals, "MOST_BYTES", 100)
    assert refusal(written(tmp_path / "j.csv", b"a;b\n" * 100)) == "journal_too_large"


def test_a_csv_with_too_many_rows_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journals, "MOST_ROWS", 10)
    assert refusal(written(tmp_path / "j.csv", b"a;b\n" * 11)) == "journal_too_large"
