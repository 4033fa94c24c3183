"""Writes a package: a workbook that a person can read and programs verify, signed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell as ExcelCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from exports.package.content import (
    Manifest,
    PackageContent,
    PackageHead,
    SummaryLine,
    manifest_rows,
    sheet_digest,
)
from exports.package.reader import read_package
from exports.package.schema import (
    FIRST_ROW,
    MANIFEST_SHEET,
    MAX_SHEETS,
    SCHEMA_VERSION,
    SUMMARY_SHEET,
    TRAVELS,
    sheet_columns,
)
from exports.package.signature import sign_package
from pravo_desktop.domain.records import Cell
from pravo_desktop.domain.versions import Version
from pravo_desktop.errors import BugError, KnownError
from pravo_desktop.security.certificates import SigningKey

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


def write_package(content: PackageContent, key: SigningKey, signed_at: datetime) -> bytes:
    """The signed package, read back before it is given away.

    The reader counts each row hash anew from the cells and compares their digest with the one that
    was made from the versions, so what it accepts is what was to be sent.

    Args:
        key: the lead's, already opened.
        signed_at: aware; what the clock says.

    Raises:
        BugError: the content cannot travel; see `build_workbook`.
    """
    data = sign_package(build_workbook(content), key, signed_at)
    try:
        read_package(data)
    except KnownError as error:
        raise BugError(f"wrote a package that the reader refuses: {error}") from error
    return data


def build_workbook(content: PackageContent) -> bytes:
    """The unsigned workbook; the same content gives the same parts.

    Raises:
        BugError: a table or column that does not travel, a value that a cell cannot hold, more
            sheets than a signature can name.
    """
    sheets: dict[str, list[Version]] = {}
    for version in content.rows:
        sheets.setdefault(version.table, []).append(version)
    if unknown := sheets.keys() - TRAVELS.keys():
        raise BugError(f"tables that never travel: {sorted(unknown)}")
    if len(sheets) + 2 > MAX_SHEETS:
        raise BugError(f"{len(sheets) + 2} sheets in one package")
    tables = [table for table in TRAVELS if table in sheets]

    book = Workbook(write_only=True)
    book.calculation.fullCalcOnLoad = False
    _add_summary(book, content.title, content.summary)
    _add_manifest(book, _manifest(content.head, {table: sheets[table] for table in tables}))
    for table in tables:
        sheet = book.create_sheet(table)
        sheet.freeze_panes = "B2"
        sheet.append([_cell(sheet, name, _HEADING) for name in sheet_columns(table)])
    bare = BytesIO()
    ExcelWriter(book, ZipFile(bare, "w", ZIP_STORED)).save()

    first = len(book.worksheets) - len(tables) + 1
    records = {
        f"xl/worksheets/sheet{number}.xml": _rows_xml(table, sheets[table])
        for number, table in enumerate(tables, first)
    }
    return _with_rows(bare, records)


def _manifest(head: PackageHead, sheets: dict[str, list[Version]]) -> Manifest:
    return Manifest(
        **{item.name: getattr(head, item.name) for item in fields(PackageHead)},
        schema_version=SCHEMA_VERSION,
        row_counts={table: len(versions) for table, versions in sheets.items()},
        sheet_digests={
            table: sheet_digest(version.row_hash for version in versions)
            for table, versions in sheets.items()
        },
    )


def _add_summary(book: Workbook, title: SummaryLine, lines: Sequence[SummaryLine]) -> None:
    sheet = book.create_sheet(SUMMARY_SHEET)
    sheet.freeze_panes = "A2"
    for letter, width in _SUMMARY_WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.orientation = Worksheet.ORIENTATION_LANDSCAPE
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
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


def _add_manifest(book: Workbook, manifest: Manifest) -> None:
    sheet = book.create_sheet(MANIFEST_SHEET)
    sheet.freeze_panes = "A2"
    sheet.column_dimensions["A"].width = 28
    sheet.column_dimensions["B"].width = 70
    sheet.append([_cell(sheet, name, _HEADING) for name in ("key", "value")])
    for row in manifest_rows(manifest):
        sheet.append([_cell(sheet, value, _PLAIN, _WRAPPED) for value in row])


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


def _rows_xml(table: str, versions: Sequence[Version]) -> str:
    """The rows of a sheet below its header.

    Cells are put together here, a column at a time: through openpyxl's own writer the same rows
    take more than ten times as long as the bare XML.
    """
    columns = TRAVELS[table]
    for version in versions:
        if version.values.keys() != set(columns):
            raise BugError(f"{table}: {sorted(version.values)} is not what travels")
    cells: list[list[Cell]] = [
        [version.record_id for version in versions],
        [version.epoch for version in versions],
        [version.revision for version in versions],
        [version.changed_at for version in versions],
        [version.station for version in versions],
        [int(version.deleted) for version in versions],
        *([version.values[column] for version in versions] for column in columns),
        [version.row_hash for version in versions],
    ]
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
