"""Journals of old Excel (.xls): good ones read as before, and lies in them are refused by name."""

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from exports.journals import read_journal
from exports.old_excel import looked_through, packed, workbook_of
from pravo_desktop.errors import KnownError
from tools.torture.journal_bombs import circling, number_cell, old_workbook, record

GOOD = Path(__file__).parent / "data" / "journal.xls"
LISTED, PASSWORD, STRINGS = 0x0085, 0x002F, 0x00FC
FAR_AND_WIDE = struct.pack("<IIHHH", 0, 2**32 - 1, 0, 65_535, 0)


def cells(path: Path) -> dict[str, list[list[Any]]]:
    """What the reader of the files itself gives, sheet by sheet."""
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_a_good_file_reads_the_same_after_it_was_looked_through(tmp_path: Path) -> None:
    again = tmp_path / "again.xls"
    again.write_bytes(looked_through(GOOD.read_bytes()))
    assert cells(again) == cells(GOOD) and any(cells(GOOD).values())
    assert read_journal(again).sheets == read_journal(GOOD).sheets
    assert looked_through(again.read_bytes()) == again.read_bytes()


def test_the_stated_size_of_a_sheet_is_not_believed_and_its_cells_are_read(tmp_path: Path) -> None:
    lying = packed(old_workbook(number_cell(0, 0), number_cell(1, 1), size=FAR_AND_WIDE))
    path = tmp_path / "lying.xls"
    path.write_bytes(lying)
    assert FAR_AND_WIDE in workbook_of(lying)
    assert FAR_AND_WIDE not in workbook_of(looked_through(lying))
    (sheet,) = read_journal(path).sheets
    assert sheet.rows == ((1, None), (None, 1))


def with_sheet_at(place: int) -> bytes:
    """A workbook whose only sheet is said to begin at this byte."""
    stream = old_workbook(number_cell(0, 0))
    at = stream.index(struct.pack("<H", LISTED)) + 4
    return packed(stream[:at] + struct.pack("<I", place) + stream[at + 4 :])


def cut_off() -> bytes:
    """A stream that ends within a record."""
    stream = old_workbook(number_cell(0, 0), record(0x0204, bytes(4_200)))
    return packed(stream[:4_096])


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a far cell": (
        lambda: packed(old_workbook(number_cell(0, 0), number_cell(65_535, 255))),
        "journal_too_large",
    ),
    "a row of numbers that ends far": (
        lambda: packed(
            old_workbook(record(0x00BD, struct.pack("<HHHIH", 60_000, 0, 0, 0, 65_535)))
        ),
        "journal_too_large",
    ),
    "rows backwards": (
        lambda: packed(old_workbook(number_cell(9, 0), number_cell(0, 0))),
        "journal_unreadable",
    ),
    "a sheet past the end": (lambda: with_sheet_at(2**31), "journal_unreadable"),
    "a record without an end": (cut_off, "journal_unreadable"),
    "strings that are not there": (
        lambda: packed(
            old_workbook(number_cell(0, 0), strings=record(STRINGS, struct.pack("<II", 9, 9)))
        ),
        "journal_unreadable",
    ),
    "strings without end": (
        lambda: packed(
            old_workbook(
                number_cell(0, 0), strings=record(STRINGS, struct.pack("<II", 1, 2**32 - 1))
            )
        ),
        "journal_too_large",
    ),
    "a password": (
        lambda: packed(old_workbook(number_cell(0, 0), strings=record(PASSWORD, b"\0\0"))),
        "journal_encrypted",
    ),
    "a list of sectors that names itself": (
        lambda: circling(old_workbook(number_cell(0, 0))),
        "journal_unreadable",
    ),
    "sectors past the end": (lambda: GOOD.read_bytes()[:1_024], "journal_unreadable"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_lies_is_refused_by_name(tmp_path: Path, name: str) -> None:
    make, code = REFUSED[name]
    path = tmp_path / "journal.xls"
    path.write_bytes(make())
    with pytest.raises(KnownError) as refused:
        read_journal(path)
    assert (refused.value.code, refused.value.params["file"]) == (code, "journal.xls")
