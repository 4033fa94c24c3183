"""Writes a package: a workbook that a person can read and programs verify, signed."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

from openpyxl import Workbook

from exports.package.cells import add_manifest, add_summary, add_tables, packed, rows_xml
from exports.package.content import (
    Manifest,
    PackageContent,
    PackageHead,
    manifest_rows,
    sheet_digest,
)
from exports.package.reader import read_package
from exports.package.schema import MAX_SHEETS, SCHEMA_VERSION, TRAVELS, sheet_columns
from exports.package.signature import sign_package
from pravo_desktop.domain.records import Cell
from pravo_desktop.domain.versions import Version
from pravo_desktop.errors import BugError, KnownError
from pravo_desktop.security.certificates import SigningKey


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

    # Before the book is begun: a sheet left open by a refusal warns when it is thrown away.
    rows = [_rows_xml(table, sheets[table]) for table in tables]
    book = Workbook(write_only=True)
    book.calculation.fullCalcOnLoad = False
    manifest = _manifest(content.head, {table: sheets[table] for table in tables})
    add_summary(book, content.title, content.summary)
    add_manifest(book, manifest_rows(manifest))
    add_tables(book, {table: sheet_columns(table) for table in tables})
    return packed(book, rows)


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


def _rows_xml(table: str, versions: Sequence[Version]) -> str:
    """The rows of a table's sheet below its header."""
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
    return rows_xml(cells)
