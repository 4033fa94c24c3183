"""Writes a receipt: a workbook that a person can read and the centre's program verifies."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from openpyxl import Workbook

from exports.package.cells import add_manifest, add_summary, add_tables, packed, rows_xml
from exports.package.content import sheet_digest
from exports.package.signature import sign_package
from exports.receipt.content import (
    HASH_COLUMN,
    SHEETS,
    ReceiptContent,
    Row,
    manifest_rows,
    row_hash,
)
from exports.receipt.reader import read_receipt
from pravo_desktop.errors import BugError, KnownError
from pravo_desktop.security.certificates import SigningKey


def write_receipt(content: ReceiptContent, key: SigningKey, signed_at: datetime) -> bytes:
    """The signed receipt, read back before it is given away.

    Args:
        key: the coordinator's, already opened.
        signed_at: aware; what the clock says.

    Raises:
        BugError: the content is not what a receipt can say.
    """
    data = sign_package(build_workbook(content), key, signed_at)
    try:
        read_receipt(data)
    except KnownError as error:
        raise BugError(f"wrote a receipt that the reader refuses: {error}") from error
    return data


def build_workbook(content: ReceiptContent) -> bytes:
    """The unsigned workbook; the same content gives the same parts.

    Raises:
        BugError: a sheet or column that no receipt has, a value that a cell cannot hold.
    """
    if unknown := content.sheets.keys() - SHEETS.keys():
        raise BugError(f"sheets that no receipt has: {sorted(unknown)}")
    sheets = {name: content.sheets.get(name, ()) for name in SHEETS}
    hashes = {name: [row_hash(name, row) for row in rows] for name, rows in sheets.items()}
    digests = {name: sheet_digest(hashes[name]) for name in SHEETS}
    rows = [_rows_xml(name, sheets[name], hashes) for name in SHEETS]
    book = Workbook(write_only=True)
    book.calculation.fullCalcOnLoad = False
    add_summary(book, content.title, content.summary)
    add_manifest(book, manifest_rows(content.head, sheets, digests))
    add_tables(book, {name: (*columns, HASH_COLUMN) for name, columns in SHEETS.items()})
    return packed(book, rows)


def _rows_xml(name: str, rows: Sequence[Row], hashes: Mapping[str, Sequence[str]]) -> str:
    return rows_xml([*([row[column] for row in rows] for column in SHEETS[name]), hashes[name]])
