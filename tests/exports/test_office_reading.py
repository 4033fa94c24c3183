"""How much of a worksheet a reader would keep is never judged too small."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from exports.office_reading import MOST_CELLS, area


class Cell(NamedTuple):
    """A cell, 1 to 9 of ways to write it apart from the usual one."""

    row: int
    column: int
    spelling: int = 0

    def xml(self) -> str:
        place = f"{get_column_letter(self.column)}{self.row}"
        return (
            f'<c r="{place}" t="n"><v>1</v></c>',
            f"<c r='{place}'/>",
            f'<x:c r="{place}"></x:c>',
            f'<c t="n" r="{place}"/>',
            f'<c\tr = "{place}"/>',
            f'<c s="1" r="{place.lower()}"/>',
            f'<c r="0{place}" r="{place}"/>',
            f'<c r="A1" r="{place}"/>',
            f'<c r="A1" s="1" t="n" r=\'{place}\'/>',
            f'<c r="A1"r="{place}"/>',
        )[self.spelling]


def sheet(*cells: Cell) -> bytes:
    rows = "".join(f'<row r="{cell.row}">{cell.xml()}</row>' for cell in cells)
    return f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()


near = st.builds(Cell, st.integers(1, 1200), st.integers(1, 30), st.just(0))
anywhere = st.builds(Cell, st.integers(1, 1048576), st.integers(1, 16384), st.integers(0, 9))


@given(st.lists(near | anywhere, min_size=1, max_size=6))
def test_no_cell_lies_beyond_the_area_however_it_is_written(cells: list[Cell]) -> None:
    rows, columns = area(sheet(*cells))
    assert rows >= max(cell.row for cell in cells)
    assert columns >= max(cell.column for cell in cells)


@given(st.lists(near, min_size=1, max_size=20))
def test_of_a_sheet_as_packages_have_it_the_area_ends_with_its_last_cell(cells: list[Cell]) -> None:
    corner = Cell(max(one.row for one in cells), max(one.column for one in cells))
    assert area(sheet(*cells, corner)) == (corner.row, corner.column)


@pytest.mark.parametrize("spelling", range(1, 10))
def test_a_far_cell_is_seen_in_every_spelling(spelling: int) -> None:
    rows, columns = area(sheet(Cell(1, 1), Cell(99999, 702, spelling), Cell(2, 2)))
    assert rows >= 99999 and columns >= 702


@pytest.mark.parametrize("first", [Cell(31, 2), Cell(2, 4), Cell(4, 3), Cell(100, 1), Cell(9, 27)])
def test_a_cell_beyond_the_last_one_is_seen(first: Cell) -> None:
    rows, columns = area(sheet(first, Cell(3, 3)))
    assert rows >= first.row and columns >= first.column


def test_cells_without_a_place_stand_one_behind_the_other() -> None:
    rows, columns = area(b'<row><c/><c/><c/></row><row><c/></row><row r="9"><c r="B9"/></row>')
    assert rows >= 9 and columns >= 3


def test_more_cells_than_a_reader_can_hold_are_too_many_even_in_one_place() -> None:
    cells = b'<c r="A1"/>' * (MOST_CELLS + 1)
    rows, columns = area(b"<row>" + cells + b"</row>")
    assert rows * columns > MOST_CELLS
