"""What a package says: the manifest, the readable summary and the versions of records."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from exports.package.schema import FIRST_ROW, HASH_COLUMN, TRAVELS, VERSION_COLUMNS
from pravo_desktop.domain.records import Cell
from pravo_desktop.domain.versions import Version


@dataclass(frozen=True, kw_only=True)
class PackageHead:
    """What the sender knows of a package before its rows are written.

    Args:
        program_version: of the program that wrote it.
        project_year: year of the grant project.
        centre: key of the centre, ``national`` for headquarters' own packages.
        region: key of the region.
        workplace: ``centre`` or ``headquarters``.
        practice: from a practice folder.
        station: id of the data folder; ``station_letter`` is the letter in its case numbers.
        replaces: ids of the stations that a restored backup continues.
        epoch: grows by one when a backup is restored.
        month: ``YYYY-MM``.
        through: last day (ISO date) of a package of an unfinished month.
        amendment: a further package of a month sent before.
        complete: holds every record, not the changed ones alone.
        sequence: grows by one with each package of the station, from 1.
        previous_sha256: of the file of the station's previous package, in hex.
        made_at: UTC, as `pravo_desktop.clock.timestamp`.
        totals: control totals of the month by key, for example ``couples``.
        audit_entries: length of the audit chain; ``audit_head`` is the hash of its last entry.
        previous_audit_head: the hash, computed anew, of the entry that was the last one when the
            station's previous package was made; it then differs from that package's ``audit_head``
            if the history was rewritten. None in the first package.
    """

    program_version: str
    project_year: int
    centre: str
    region: str
    workplace: str
    practice: bool
    station: str
    station_letter: str
    replaces: tuple[str, ...] = ()
    epoch: int
    month: str
    through: str | None = None
    amendment: bool
    complete: bool
    sequence: int
    previous_sha256: str | None
    made_at: str
    totals: Mapping[str, int]
    audit_entries: int
    audit_head: str
    previous_audit_head: str | None = None


@dataclass(frozen=True, kw_only=True)
class Manifest(PackageHead):
    """The head and what follows from the rows.

    Args:
        schema_version: `exports.package.schema.SCHEMA_VERSION` of the writer.
        row_counts: number of rows by table.
        sheet_digests: SHA-256 (hex) over the row hashes by table, in row order.
    """

    schema_version: int
    row_counts: Mapping[str, int]
    sheet_digests: Mapping[str, str]


def manifest_rows(manifest: Manifest) -> list[tuple[str, Cell]]:
    """The rows of the manifest's sheet, as pairs of key and value, in their one order."""
    rows: list[tuple[str, Cell]] = [
        ("schema_version", manifest.schema_version),
        ("program_version", manifest.program_version),
        ("project_year", manifest.project_year),
        ("centre", manifest.centre),
        ("region", manifest.region),
        ("workplace", manifest.workplace),
        ("practice", int(manifest.practice)),
        ("station", manifest.station),
        ("station_letter", manifest.station_letter),
        ("replaces", json.dumps(manifest.replaces)),
        ("epoch", manifest.epoch),
        ("month", manifest.month),
        ("through", manifest.through),
        ("amendment", int(manifest.amendment)),
        ("complete", int(manifest.complete)),
        ("sequence", manifest.sequence),
        ("previous_sha256", manifest.previous_sha256),
        ("made_at", manifest.made_at),
        ("audit_entries", manifest.audit_entries),
        ("audit_head", manifest.audit_head),
        ("previous_audit_head", manifest.previous_audit_head),
    ]
    for table, count in manifest.row_counts.items():
        rows.append((f"rows.{table}", count))
        rows.append((f"sha256.{table}", manifest.sheet_digests[table]))
    rows.extend((f"total.{key}", value) for key, value in sorted(manifest.totals.items()))
    return rows


def sheet_digest(row_hashes: Iterable[str]) -> str:
    """SHA-256 (hex) over the row hashes of a sheet, each followed by a line feed."""
    return hashlib.sha256("".join(f"{value}\n" for value in row_hashes).encode()).hexdigest()


@dataclass(frozen=True)
class SummaryLine:
    """One line of the first sheet, in both languages of the state; no value makes a heading."""

    label_kk: str
    label_ru: str
    value: int | str | None = None
    note_kk: str | None = None
    note_ru: str | None = None


@dataclass(frozen=True, kw_only=True)
class PackageContent:
    """Everything that goes into a package.

    Args:
        head: what the manifest says beyond counts and digests.
        rows: versions of records; each table is written in the order given.
        title: title of the first sheet in both languages.
        summary: what a person reads there: centre, month, figures.
    """

    head: PackageHead
    rows: Sequence[Version]
    title: SummaryLine
    summary: Sequence[SummaryLine]


class ReceivedRow(NamedTuple):
    """A version and its row in the sheet of its table, as Excel numbers rows."""

    number: int
    version: Version


@dataclass(frozen=True)
class ReceivedSheet:
    """The checked records of one table, kept by column, for loading them in bulk.

    Args:
        columns: values by column name of `exports.package.schema.sheet_columns`; all columns are
            equally long, and the first record stands in row `exports.package.schema.FIRST_ROW`.
        payloads: `Version.payload` of each row.
    """

    table: str
    columns: Mapping[str, Sequence[Any]]
    payloads: Sequence[str]

    def rows(self) -> Iterator[ReceivedRow]:
        """The records one by one, with payload and row hash known already."""
        names = TRAVELS[self.table]
        heads = zip(*(self.columns[name] for name in VERSION_COLUMNS), strict=True)
        values = zip(*(self.columns[name] for name in names), strict=True)
        hashes = self.columns[HASH_COLUMN]
        rows = zip(heads, values, self.payloads, hashes, strict=True)
        for number, (head, cells, payload, row_hash) in enumerate(rows, FIRST_ROW):
            record_id, epoch, revision, changed_at, station, deleted = head
            version = Version(
                self.table,
                record_id,
                epoch,
                revision,
                changed_at,
                station,
                bool(deleted),
                dict(zip(names, cells, strict=True)),
            )
            vars(version).update(payload=payload, row_hash=row_hash)
            yield ReceivedRow(number, version)


@dataclass(frozen=True, kw_only=True)
class ReceivedPackage:
    """A package whose signature, manifest and every row have been checked.

    Args:
        sheets: one for each table that has records, parents before their children.
        fingerprint: SHA-256 of the certificate; whether it is trusted is judged elsewhere.
        signed_at: what the signer's clock said; self-asserted.
        sha256: of the whole file, in lower-case hex.
        content_hash: the same for a file that was only compressed anew.
    """

    manifest: Manifest
    sheets: tuple[ReceivedSheet, ...]
    fingerprint: str
    certificate_der: bytes
    signed_at: datetime
    sha256: str
    content_hash: str

    @cached_property
    def rows(self) -> tuple[ReceivedRow, ...]:
        """All records, in the order of sheets and rows."""
        return tuple(row for sheet in self.sheets for row in sheet.rows())
