"""Cells and sheets of signed workbooks: text stays text, and rows are written as XML at once."""

import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, Final
from xml.sax.saxutils import escape
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell as ExcelCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from exports.package.content import SummaryLine
from exports.package.schema import FIRST_ROW, MANIFEST_SHEET, SUMMARY_SHEET
from pravo_desktop.domain.records import Cell
from pravo_desktop.errors import BugError

_LONGEST_CELL: Final = 32_767
"""Characters in an Excel cell; what is beyond is cut without a word."""
_LARGEST_NUMBER: Final = 2**53
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

_FONT: Final = "Calibri"
_TITLE = Font(name=_FONT, size=14, bold=True)
_HEADING = Font(name=_FONT, bold=True)
_PLAIN = Font(name=_FONT)
_NOTE = Font(name=_FONT, color="FF5F6B73")
_WRAPPED = Alignment(horizontal="left", vertical="top", wrap_text=True)
_NOTED = Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)
_FIGURE = Alignment(horizontal="right", vertical="top", wrap_text=True)
_SUMMARY_WIDTHS: Final = {"A": 40, "B": 40, "C": 24, "D": 30, "E": 30}


def add_tables(book: Workbook, tables: Mapping[str, Sequence[str]]) -> None:
    """A sheet for each table with the names of its columns in the first row."""
    for table, columns in tables.items():
        sheet = book.create_sheet(table)
        sheet.freeze_panes = "B2"
        _keep_in_memory(sheet)
        sheet.append([_cell(sheet, name, _HEADING) for name in columns])


def packed(book: Workbook, rows: Sequence[str]) -> bytes:
    """The workbook, not compressed, with rows put into its last sheets in their order.

    Args:
        rows: as `rows_xml` makes them, one text for each of these sheets.
    """
    bare = BytesIO()
    ExcelWriter(book, _Parts(bare, "w", ZIP_STORED)).save()
    first = len(book.worksheets) - len(rows) + 1
    return _with_rows(
        bare, {f"xl/worksheets/sheet{n}.xml": text for n, text in enumerate(rows, first)}
    )


def add_summary(book: Workbook, title: SummaryLine, lines: Sequence[SummaryLine]) -> None:
    """The first sheet, for a person."""
    sheet = book.create_sheet(SUMMARY_SHEET)
    sheet.freeze_panes = "A2"
    for letter, width in _SUMMARY_WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.orientation = Worksheet.ORIENTATION_LANDSCAPE
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    _keep_in_memory(sheet)
    for line in (title, *lines):
        font = _TITLE if line is title else _HEADING if line.value is None else _PLAIN
        cells = (
            (line.label_kk, font, _WRAPPED),
            (line.label_ru, font, _WRAPPED),
            (line.value, _PLAIN, _FIGURE),
            (line.note_kk, _NOTE, _NOTED),
            (line.note_ru, _NOTE, _NOTED),
        )
        sheet.append([_cell(sheet, *cell) for cell in cells])


def add_manifest(book: Workbook, rows: Sequence[tuple[str, Cell]]) -> None:
    """The second sheet: pairs of key and value."""
    sheet = book.create_sheet(MANIFEST_SHEET)
    sheet.freeze_panes = "A2"
    sheet.column_dimensions["A"].width = 28
    sheet.column_dimensions["B"].width = 70
    _keep_in_memory(sheet)
    sheet.append([_cell(sheet, name, _HEADING) for name in ("key", "value")])
    for row in rows:
        sheet.append([_cell(sheet, value, _PLAIN, _WRAPPED) for value in row])


class _InMemory(WorksheetWriter):
    """Writes a sheet without the file in the temporary folder, which may be full or protected."""

    def __init__(self, sheet: WriteOnlyWorksheet) -> None:
        super().__init__(sheet, BytesIO())

    def cleanup(self) -> None:
        """There is no file to remove."""


class _Parts(ZipFile):
    """Takes sheets from their writers in memory; openpyxl writes no other files into it."""

    def write(self, filename: Any, arcname: Any = None, *_: object) -> None:
        self.writestr(arcname, filename.getvalue())


def _keep_in_memory(sheet: Any) -> None:
    """Begin the rows of a write-only sheet, whose views and widths are set."""
    sheet._writer = _InMemory(sheet)
    sheet._writer.write_top()


def _cell(
    sheet: WriteOnlyWorksheet, value: Cell, font: Font, alignment: Alignment | None = None
) -> ExcelCell | None:
    """A cell that is what its value is: text stays text, whatever it looks like."""
    if value is None:
        return None
    cell = WriteOnlyCell(sheet, value=_escaped(value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"
    cell.font = font
    if alignment:
        cell.alignment = alignment
    return cell


def _escaped(text: str) -> str:
    """The text as a cell holds it: what looks like ``_x0041_`` is kept from being decoded."""
    if not text or _IMPOSSIBLE.search(text):
        raise BugError("an empty text or a control character in a cell")
    escaped = _LOOKS_ESCAPED.sub("_x005F_", text)
    if len(escaped) > _LONGEST_CELL:
        raise BugError(f"a text of {len(escaped)} characters in a cell")
    return escaped


def rows_xml(cells: Sequence[Sequence[Cell]]) -> str:
    """The rows of a sheet below its header.

    Cells are put together here, a column at a time: through openpyxl's own writer the same rows
    take more than ten times as long as the bare XML.

    Args:
        cells: of each column, all equally long.
    """
    bodies = []
    for column in cells:
        xml = {value: _cell_xml(value) for value in set(column)}
        bodies.append([xml[value] for value in column])
    letters = [get_column_letter(number) for number in range(1, len(cells) + 1)]
    rows = []
    for number, row in enumerate(zip(*bodies, strict=True), FIRST_ROW):
        inside = [
            f'<c r="{letter}{number}"{body}'
            for letter, body in zip(letters, row, strict=True)
            if body
        ]
        rows.append(f'<row r="{number}">{"".join(inside)}</row>')
    return "".join(rows)


def _cell_xml(value: Cell) -> str:
    """The inside of a cell's element and its end; nothing for an empty cell."""
    if value is None:
        return ""
    if isinstance(value, str):
        space = ' xml:space="preserve"' if value != value.strip() or "\n" in value else ""
        return f' t="inlineStr"><is><t{space}>{escape(_escaped(value))}</t></is></c>'
    if type(value) is not int or abs(value) > _LARGEST_NUMBER:
        raise BugError(f"{value!r} in a cell")
    return f"><v>{value}</v></c>"


def _with_rows(bare: BytesIO, rows: Mapping[str, str]) -> bytes:
    """The workbook with rows put into its sheets; not compressed, because signing does that."""
    out = BytesIO()
    with ZipFile(bare) as source, ZipFile(out, "w", ZIP_STORED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name in rows:
                part = part.replace(b"</sheetData>", rows[name].encode() + b"</sheetData>")
            target.writestr(ZipInfo(name), part)
    return out.getvalue()
