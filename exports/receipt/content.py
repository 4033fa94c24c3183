"""What a receipt says: the sheets, their columns, the manifest; see ``docs/receipt.md``."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Final

from exports.package.content import SummaryLine
from exports.package.kinds import (
    LARGEST_NUMBER,
    MOMENT,
    MONTH,
    SHA256,
    STATION,
    UUID,
    Kind,
    any_text,
    is_date,
    text_of,
    whole,
)
from exports.package.workbook import column_kinds
from pravo_desktop.domain.records import RECEIVED_LISTS, Cell

RECEIPT_VERSION: Final = 1
"""Grows with any change of sheets, columns, kinds or meaning."""

HASH_COLUMN: Final = "row_hash"

ACCEPTED, REFUSED, HELD, REPLACED = "accepted", "refused", "held", "replaced"
STATUSES: Final = (ACCEPTED, REFUSED, HELD, REPLACED)
"""What became of a package; ``replaced`` by a full one after a restored backup."""

_KEY: Final = any_text(40)
_LATER: Final = any_text(1000)
_FLAG: Final = whole(0, 1)
_NUMBER: Final = whole(1, LARGEST_NUMBER)
_DAY: Final = Kind(is_date)
_ID: Final = text_of(UUID)


def _optional(kind: Kind) -> Kind:
    return Kind(kind.judge, kind.number, optional=True)


SHEETS: Final[Mapping[str, Mapping[str, Kind]]] = {
    "packages": {
        "sha256": text_of(SHA256),
        "station": text_of(STATION),
        "station_letter": text_of("[A-Z]"),
        "epoch": _NUMBER,
        "sequence": _NUMBER,
        "month": text_of(MONTH),
        "through": _optional(_DAY),
        "amendment": _FLAG,
        "status": text_of("|".join(STATUSES)),
        "received_on": _DAY,
        "late": _FLAG,
        "reason_kk": _optional(_LATER),
        "reason_ru": _optional(_LATER),
    },
    "questions": {
        "id": _ID,
        "table": _KEY,
        "record_id": _ID,
        "row_code": text_of("[0-9A-F]{10}"),
        "field": _optional(_KEY),
        "question_kk": _LATER,
        "question_ru": _LATER,
        "asked_on": _DAY,
    },
    **{table: {"id": _KEY, **column_kinds(table)} for table in RECEIVED_LISTS},
    "headquarters_certificates": {
        "purpose": text_of("signing|sealing"),
        "fingerprint": text_of("[0-9A-F]{64}"),
        "certificate": text_of("[0-9A-Za-z+/]{100,20000}={0,2}"),
    },
}
"""The sheets after the manifest, all of them always there, with what may stand in each column."""

UNIQUE: Final[Mapping[str, tuple[str, ...]]] = {
    "packages": ("sha256",),
    "questions": ("id",),
    "plan_targets": ("indicator", "region", "valid_from"),
    "regions": ("key",),
    "courts": ("key",),
    "centres": ("key",),
    "category_rules": ("year",),
    "deadlines": ("month",),
    "headquarters_certificates": ("purpose", "fingerprint"),
}
"""The columns that together stand once in a sheet."""

Row = Mapping[str, Cell]


@dataclass(frozen=True, kw_only=True)
class ReceiptHead:
    """What headquarters says of a receipt as a whole.

    Args:
        centre: key of the one centre that it is for.
        practice: from a practice folder.
        station: id of headquarters' data folder.
        number: grows by one with each receipt for this centre, from 1.
        previous_sha256: of the file of the centre's previous receipt, in hex.
        made_at: UTC, as `pravo_desktop.clock.timestamp`.
        state_hash: of what headquarters held then; ``docs/state-hash.md``.
    """

    program_version: str
    centre: str
    practice: bool
    station: str
    number: int
    previous_sha256: str | None
    made_at: str
    state_hash: str


HEAD_KINDS: Final[Mapping[str, Kind]] = {
    "receipt_version": _NUMBER,
    "program_version": _KEY,
    "centre": _KEY,
    "practice": _FLAG,
    "station": text_of(STATION),
    "number": _NUMBER,
    "previous_sha256": _optional(text_of(SHA256)),
    "made_at": text_of(MOMENT),
    "state_hash": text_of(SHA256),
}
"""The first keys of the manifest, in their order."""


@dataclass(frozen=True, kw_only=True)
class ReceiptContent:
    """Everything that goes into a receipt.

    Args:
        sheets: rows by the name of the sheet; a sheet not named is empty.
        title, summary: what a person reads on the first sheet.
    """

    head: ReceiptHead
    sheets: Mapping[str, Sequence[Row]]
    title: SummaryLine
    summary: Sequence[SummaryLine]


def row_hash(sheet: str, row: Row) -> str:
    """SHA-256 (hex) of a row; specified in ``docs/receipt.md``."""
    payload = json.dumps(
        {column: row[column] for column in SHEETS[sheet]},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(f"{sheet}\n{payload}".encode()).hexdigest()


def totals(sheets: Mapping[str, Sequence[Row]]) -> dict[str, int]:
    """The control totals, in their order: packages by status."""
    packages = [str(row["status"]) for row in sheets["packages"]]
    return {status: packages.count(status) for status in STATUSES}


def manifest_rows(
    head: ReceiptHead, sheets: Mapping[str, Sequence[Row]], digests: Mapping[str, str]
) -> list[tuple[str, Cell]]:
    """The rows of the manifest's sheet, as pairs of key and value, in their one order."""
    rows: list[tuple[str, Cell]] = [("receipt_version", RECEIPT_VERSION)]
    for item in fields(ReceiptHead):
        value = getattr(head, item.name)
        rows.append((item.name, int(value) if isinstance(value, bool) else value))
    for sheet in SHEETS:
        rows.append((f"rows.{sheet}", len(sheets[sheet])))
        rows.append((f"sha256.{sheet}", digests[sheet]))
    rows.extend((f"total.{key}", value) for key, value in totals(sheets).items())
    return rows
