"""Reads a receipt back, refusing it whole and saying what is wrong with it."""

import hashlib
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from exports.package.content import sheet_digest
from exports.package.kinds import SHA256, Kind, text_of, whole
from exports.package.reader import check_cells, too_many_cells, verified_package
from exports.package.schema import FIRST_ROW, MANIFEST_SHEET, SUMMARY_SHEET
from exports.package.signature import VerifiedPackage
from exports.receipt.content import (
    HASH_COLUMN,
    HEAD_KINDS,
    RECEIPT_VERSION,
    SHEETS,
    STATUSES,
    UNIQUE,
    ReceiptHead,
    Row,
    row_hash,
    totals,
)
from pravo_desktop.errors import KnownError
from pravo_desktop.security.certificates import fingerprint

_COUNT = whole(0, 2**31)
_DIGEST = text_of(SHA256)
_KINDS: Mapping[str, Kind] = {
    **HEAD_KINDS,
    **{
        key: kind
        for sheet in SHEETS
        for key, kind in ((f"rows.{sheet}", _COUNT), (f"sha256.{sheet}", _DIGEST))
    },
    **{f"total.{status}": _COUNT for status in STATUSES},
}
"""Every key of the manifest in its order."""


@dataclass(frozen=True, kw_only=True)
class ReceivedReceipt:
    """A receipt whose signature, manifest and every row have been checked.

    Args:
        sheets: rows by the name of the sheet.
        fingerprint: SHA-256 of the signer's certificate; whether it is trusted is judged elsewhere.
        signed_at: what the signer's clock said; self-asserted.
        sha256: of the whole file, in lower-case hex.
    """

    head: ReceiptHead
    sheets: Mapping[str, tuple[Row, ...]]
    fingerprint: str
    certificate_der: bytes
    signed_at: datetime
    sha256: str


def read_receipt(data: bytes) -> ReceivedReceipt:
    """The receipt in a file; either all of it is right or it is refused whole.

    Raises:
        KnownError: as `verified_receipt` and `read_verified`.
    """
    return read_verified(verified_receipt(data), hashlib.sha256(data).hexdigest())


def verified_receipt(data: bytes) -> VerifiedPackage:
    """Verify the signature; a refusal names the changed sheet and row if one can be found.

    Raises:
        KnownError: as `exports.package.reader.verified_package`.
    """
    return verified_package(data, _read_sheets)


def read_verified(package: VerifiedPackage, sha256: str) -> ReceivedReceipt:
    """What a verified file says.

    Args:
        sha256: of the file, in hex.

    Raises:
        KnownError: ``not_a_receipt`` and ``receipt_*``, listed in ``docs/receipt.md``;
            ``too_many_cells`` (``limit``).
    """
    check_cells(package)
    head, sheets = _read_sheets(package.rebuilt)
    return ReceivedReceipt(
        head=head,
        sheets=sheets,
        fingerprint=package.fingerprint,
        certificate_der=package.certificate_der,
        signed_at=package.signed_at,
        sha256=sha256,
    )


def read_head(package: VerifiedPackage) -> ReceiptHead | None:
    """What a file with a good signature of an unknown signer says of itself, and nothing else.

    None when it has more cells than any receipt.

    Raises:
        KnownError: as `read_verified`.
    """
    if too_many_cells(package.parts):
        return None
    try:
        return _read_head(_manifest_in(_opened(package.rebuilt)))
    except CalamineError as error:
        raise KnownError("receipt_unreadable") from error


def _opened(xlsx: bytes) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(BytesIO(xlsx))


def _read_sheets(xlsx: bytes) -> tuple[ReceiptHead, dict[str, tuple[Row, ...]]]:
    try:
        book = _opened(xlsx)
        manifest = _manifest_in(book)
        head = _read_head(manifest)
        expected = [SUMMARY_SHEET, MANIFEST_SHEET, *SHEETS]
        for found, wanted in zip(
            [*book.sheet_names, *[""] * len(expected)], [*expected, ""], strict=False
        ):
            if found != wanted:
                raise KnownError("receipt_sheet", sheet=wanted or found)
        sheets = {
            name: _read_sheet(
                name, book.get_sheet_by_name(name).to_python(skip_empty_area=False), manifest
            )
            for name in SHEETS
        }
    except CalamineError as error:
        raise KnownError("receipt_unreadable") from error
    _check_certificates(sheets["headquarters_certificates"])
    for status, number in totals(sheets).items():
        if manifest[f"total.{status}"] != number:
            raise KnownError("receipt_total", key=status)
    return head, sheets


# --- Manifest -----------------------------------------------------------------------------------


def _manifest_in(book: CalamineWorkbook) -> dict[str, Any]:
    """Every key with its value, in their one order."""
    if MANIFEST_SHEET not in book.sheet_names:
        raise KnownError("not_a_receipt")
    rows = book.get_sheet_by_name(MANIFEST_SHEET).to_python()
    if len(rows) < 2 or rows[1][0] != "receipt_version":
        raise KnownError("not_a_receipt")
    if any(len(row) != 2 for row in rows) or rows[0] != ["key", "value"]:
        raise KnownError("receipt_manifest", key="key")
    version: Any = rows[1][1]
    if not HEAD_KINDS["receipt_version"].accepts(version):
        raise KnownError("receipt_manifest", key="receipt_version")
    if version > RECEIPT_VERSION:
        program: Any = {str(row[0]): row[1] for row in rows}.get("program_version")
        raise KnownError(
            "receipt_newer_version",
            version=int(version),
            known=RECEIPT_VERSION,
            needed=program if HEAD_KINDS["program_version"].accepts(program) else "?",
        )
    found = [str(row[0]) for row in rows[1:]]
    for wanted, key in zip([*_KINDS, *[""] * len(found)], [*found, ""], strict=False):
        if wanted != key:
            raise KnownError("receipt_manifest", key=wanted or key)
    manifest = {}
    for key, value in zip(found, (row[1] for row in rows[1:]), strict=True):
        kind = _KINDS[key]
        if not kind.accepts(value):
            raise KnownError("receipt_manifest", key=key)
        manifest[key] = kind.value_of(value)
    return manifest


def _read_head(manifest: Mapping[str, Any]) -> ReceiptHead:
    values = {item.name: manifest[item.name] for item in fields(ReceiptHead)}
    return ReceiptHead(**{**values, "practice": bool(values["practice"])})


# --- Sheets -------------------------------------------------------------------------------------


def _read_sheet(
    name: str, rows: Sequence[Sequence[Any]], manifest: Mapping[str, Any]
) -> tuple[Row, ...]:
    kinds = SHEETS[name]
    columns = [*kinds, HASH_COLUMN]
    if not rows or list(rows[0]) != columns:
        raise KnownError("receipt_columns", sheet=name)
    if len(rows) - 1 != manifest[f"rows.{name}"]:
        stated = manifest[f"rows.{name}"]
        raise KnownError("receipt_row_count", sheet=name, stated=stated, found=len(rows) - 1)
    read = []
    hashes = []
    seen = set()
    for number, cells in enumerate(rows[1:], FIRST_ROW):
        row = {}
        for (column, kind), cell in zip(kinds.items(), cells, strict=False):
            if not kind.accepts(cell):
                raise KnownError("receipt_bad_cell", sheet=name, row=number, column=column)
            row[column] = kind.value_of(cell)
        if cells[-1] != row_hash(name, row):
            raise KnownError("receipt_row_hash", sheet=name, row=number)
        identity = tuple(row[column] for column in UNIQUE[name])
        if identity in seen:
            raise KnownError("receipt_duplicate", sheet=name, row=number)
        seen.add(identity)
        read.append(row)
        hashes.append(str(cells[-1]))
    if sheet_digest(hashes) != manifest[f"sha256.{name}"]:
        raise KnownError("receipt_digest", sheet=name)
    return tuple(read)


def _check_certificates(rows: Sequence[Row]) -> None:
    for number, row in enumerate(rows, FIRST_ROW):
        try:
            good = fingerprint(b64decode(str(row["certificate"]), validate=True))
        except ValueError:
            good = ""
        if good != row["fingerprint"]:
            raise KnownError("receipt_certificate", row=number)
