"""The packages that headquarters received: their standing, what is missing, what is odd."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from db.differences import RowCounts, waiting_row_counts
from db.merge import effective, forked
from db.session import Session
from pravo_desktop.domain.periods import Month
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.actor import COORDINATOR, Actor, require
from pravo_desktop.usecases.deadlines import deadline
from pravo_desktop.usecases.journal import accepted_packages


def find_package(session: Session, package: str) -> int:
    """The number of a received package by its number or the beginning of its SHA-256.

    Raises:
        KnownError: ``package_not_found``.
    """
    rows = session.all(
        "SELECT id FROM received_packages WHERE CAST(id AS TEXT) = :it "
        "OR (length(:it) >= 8 AND substr(sha256, 1, length(:it)) = lower(:it))",
        {"it": package},
    )
    if len(rows) != 1:
        raise KnownError("package_not_found", package=package)
    return int(rows[0]["id"])


@dataclass(frozen=True, kw_only=True)
class _Line:
    """What the lists say of every package."""

    package_id: int
    centre: str
    station: str
    station_letter: str
    month: str
    through: str | None
    sequence: int
    epoch: int
    amendment: bool
    complete: bool
    late: bool
    row_count: int
    fingerprint: str
    signer: str
    signed_at: str
    sha256: str
    file_name: str


def _facts(session: Session, rows: list[dict[str, Any]], came: str) -> Iterator[dict[str, Any]]:
    """The fields of `_Line` of each row.

    Args:
        came: the column with the day on which the package came.
    """
    due = {month: deadline(session, Month.parse(month)) for month in {r["month"] for r in rows}}
    own = {field.name for field in fields(_Line)} - {"package_id", "late"}
    for row in rows:
        yield {name: row[name] for name in own} | {
            "package_id": row["id"],
            "amendment": bool(row["amendment"]),
            "complete": bool(row["complete"]),
            "late": date.fromisoformat(row[came]) > due[row["month"]],
        }


@dataclass(frozen=True, kw_only=True)
class ReceivedLine(_Line):
    """A received package as a list shows it; ``status`` is accepted, held, superseded or undone."""

    received_on: str
    status: str


def received_packages(session: Session, actor: Actor) -> list[ReceivedLine]:
    """All packages ever received, in the order of centre, month and sequence."""
    require(actor, COORDINATOR, "received_packages")
    return received_lines(session, None)


def received_lines(session: Session, as_of: date | None) -> list[ReceivedLine]:
    """The packages received by the end of a day with their standing on that day."""
    accepted = accepted_packages(session, as_of)
    counted = effective(accepted)
    held = forked(accepted)
    ids = {fact.id for fact in accepted}
    rows = session.all(
        "SELECT p.*, (SELECT j.received_on FROM journal_entries j WHERE j.package_id = p.id "
        "AND j.kind = 'package_accepted' AND j.received_on <= :day ORDER BY j.id DESC LIMIT 1) "
        "AS received_on FROM received_packages p WHERE received_on IS NOT NULL "
        "ORDER BY p.centre, p.month, p.epoch, p.sequence",
        {"day": as_of.isoformat() if as_of else "9999-12-31"},
    )
    lines = []
    for row, facts in zip(rows, _facts(session, rows, "received_on"), strict=True):
        status = (
            "undone"
            if row["id"] not in ids
            else "held"
            if row["id"] in held
            else "accepted"
            if row["id"] in counted
            else "superseded"
        )
        lines.append(ReceivedLine(**facts, received_on=row["received_on"], status=status))
    return lines


@dataclass(frozen=True, kw_only=True)
class WaitingLine(_Line):
    """A verified package about which nobody has decided yet.

    Args:
        came_on: the day it came (ISO).
        signer: name in the signer's certificate.
        rows: its records against what is merged now.
        gaps: sequence numbers of the station before it that never came.
        forks: packages that have the same number: accepting it holds all of them.
        broken_chain: it names another file as the station's previous package than the one here.
        rewritten: the history at the centre is not the one that its previous package vouched for.
    """

    came_on: str
    rows: RowCounts
    gaps: tuple[int, ...]
    forks: tuple[int, ...]
    broken_chain: bool
    rewritten: bool


def waiting_packages(session: Session, actor: Actor) -> list[WaitingLine]:
    """The packages that wait for a decision, in the order of centre, station and sequence."""
    require(actor, COORDINATOR, "waiting_packages")
    waiting = session.all(
        "SELECT * FROM received_packages WHERE waiting_since IS NOT NULL "
        "ORDER BY centre, station_letter, epoch, sequence, id"
    )
    counts = waiting_row_counts(session) if waiting else {}
    standing = {fact.id for fact in accepted_packages(session, None)}
    standing |= {row["id"] for row in waiting}
    stations: dict[tuple[str, str, int], dict[int, list[Known]]] = {}
    for row in session.all(
        "SELECT id, centre, station, epoch, sequence, complete, sha256, audit_entries, audit_head "
        "FROM received_packages"
    ):
        if row["id"] in standing:
            station = stations.setdefault((row["centre"], row["station"], row["epoch"]), {})
            known = Known(
                row["id"],
                bool(row["complete"]),
                row["sha256"],
                row["audit_entries"],
                row["audit_head"],
            )
            station.setdefault(row["sequence"], []).append(known)
    lines = []
    for row, facts in zip(waiting, _facts(session, waiting, "waiting_since"), strict=True):
        station = stations[row["centre"], row["station"], row["epoch"]]
        before = station.get(row["sequence"] - 1, [])
        same = [known.package_id for known in station[row["sequence"]]]
        lines.append(
            WaitingLine(
                **facts,
                came_on=row["waiting_since"],
                rows=counts.get(row["id"], RowCounts()),
                gaps=_gaps(station, row["sequence"]),
                forks=tuple(one for one in same if one != row["id"]),
                broken_chain=bool(before)
                and row["previous_sha256"] not in {known.sha256 for known in before},
                rewritten=bool(before) and not any(_continues(row, known) for known in before),
            )
        )
    return lines


@dataclass(frozen=True)
class Known:
    """What the packages after a package are compared with."""

    package_id: int
    complete: bool
    sha256: str
    audit_entries: int
    audit_head: str


def _gaps(station: dict[int, list[Known]], sequence: int) -> tuple[int, ...]:
    """The numbers missing before a package; a complete one begins a station's count anew."""
    full = [
        number
        for number, known in station.items()
        if number <= sequence and any(one.complete for one in known)
    ]
    return tuple(
        number for number in range(max(full, default=1), sequence) if number not in station
    )


def _continues(row: dict[str, object], before: Known) -> bool:
    """Whether a package's history goes on from that of the package before it."""
    return row["previous_audit_head"] == before.audit_head and (
        int(str(row["audit_entries"])) >= before.audit_entries
    )
