"""Looking after a data folder: examining it, copying it, going on after a restored backup."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from db.audit import broken_entry, recomputed_hash, write_entry
from db.backup import copy_database, damaged_pages, is_damaged, orphans, stored_revision
from db.migrate import head_revision
from db.session import Session
from db.store import newest_change, restamp
from exports.package.reader import read_package
from pravo_desktop import BUILT_ON
from pravo_desktop.domain.records import RECORDS
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.actor import EVERYBODY, RESPONSIBLE, Actor, require, use_case
from pravo_desktop.usecases.registers import centre_names


@dataclass(frozen=True)
class Examined:
    """What one examination found.

    Args:
        check: ``pages``, ``foreign_keys``, ``history`` (the first entry that was removed, changed
            or put elsewhere), ``history_kept`` (the history up to this entry is not the one that
            left in the newest package or in a backup, whole as it may look) or ``version``.
        found: what is wrong, without personal data; nothing when all is well.
    """

    check: str
    found: tuple[str, ...]

    @property
    def well(self) -> bool:
        return not self.found


def examine(
    session: Session, actor: Actor, *, heads: Iterable[tuple[int, str]] = ()
) -> list[Examined]:
    """Examine the database: its pages, parents of its rows, the audit chain, its version.

    While pages are damaged the rest cannot be read and is left out.

    Args:
        heads: number and hash of what once was the last entry of the history, as backups of this
            epoch say; the newest package is asked by itself.
    """
    require(actor, EVERYBODY, "examine")
    pages = damaged_pages(session)
    if pages:
        return [Examined("pages", tuple(pages))]
    broken = broken_entry(session)
    version = stored_revision(session)
    return [
        Examined("pages", ()),
        Examined("foreign_keys", tuple(orphans(session))),
        Examined("history", () if broken is None else (str(broken),)),
        Examined("history_kept", _otherwise(session, [*_sent_head(session), *heads])),
        Examined("version", () if version == head_revision() else (str(version),)),
    ]


def _sent_head(session: Session) -> list[tuple[int, str]]:
    """The head of the history as the newest package of this folder says it, signed."""
    data = session.value("SELECT content FROM packages ORDER BY sequence DESC LIMIT 1")
    if data is None:
        return []
    try:
        manifest = read_package(data).manifest
    except KnownError:
        # The package was changed here, so that nothing it should prove can be relied on.
        return [(0, "")]
    return [(manifest.audit_entries, manifest.audit_head)]


def _otherwise(session: Session, heads: Iterable[tuple[int, str]]) -> tuple[str, ...]:
    """Numbers of the entries at which the history has another hash than it once had."""
    return tuple(
        str(number)
        for number, digest in sorted(set(heads))
        if recomputed_hash(session, number) != digest
    )


def damaged(session: Session, actor: Actor) -> bool:
    """Whether a quick look finds damage in the database; `examine` looks closer."""
    require(actor, EVERYBODY, "damaged")
    return is_damaged(session)


def clock_behind(session: Session, actor: Actor) -> str | None:
    """What the clock should at least show, as ISO 8601, where it is behind; None where it is not.

    A dead battery sets a computer back to 1980 or the like: what is written then looks older than
    it is, and nothing can be signed.
    """
    require(actor, EVERYBODY, "clock_behind")
    least = newest_change(session)
    if not session.installation.practice:
        least = max(least, BUILT_ON.isoformat())
    return least if session.now() < least else None


@dataclass(frozen=True)
class Holding:
    """What a database holds, for comparing a backup with the present.

    Args:
        name: of the centre or of headquarters by language, as its registers have it.
        counts: living records by table, where there are any.
        last_change: of the newest record, as ISO 8601 in UTC; None in an empty database.
        versions: each record's id, revision and moment by table, tombstones too.
    """

    centre: str
    name: Mapping[str, str]
    station_letter: str
    epoch: int
    practice: bool
    counts: Mapping[str, int]
    last_change: str | None
    versions: Mapping[str, frozenset[tuple[str, int, str]]] = field(repr=False)

    def beyond(self, other: "Holding") -> dict[str, int]:
        """How many versions are here and not in another database, by table."""
        missing = {
            table: len(versions - other.versions.get(table, frozenset()))
            for table, versions in self.versions.items()
        }
        return {table: number for table, number in missing.items() if number}


def holding(session: Session, actor: Actor) -> Holding:
    """What this database holds."""
    require(actor, RESPONSIBLE, "holding")
    own = session.installation
    counts, versions = {}, {}
    for record in RECORDS:
        rows = list(session.rows(f"SELECT id, revision, changed_at, deleted FROM {record.table}"))
        living = sum(not row[3] for row in rows)
        if living:
            counts[record.table] = living
        versions[record.table] = frozenset(row[:3] for row in rows)
    moments = [one[2] for found in versions.values() for one in found]
    return Holding(
        own.centre,
        centre_names(session, own.centre),
        own.station_letter,
        own.epoch,
        own.practice,
        counts,
        max(moments, default=None),
        versions,
    )


def copy_for_backup(session: Session, actor: Actor, *, target: Path) -> None:
    """Write an encrypted copy of the database to a new file.

    Raises:
        KnownError: ``not_allowed``.
    """
    require(actor, EVERYBODY, "copy_for_backup")
    copy_database(session, target)


@use_case(RESPONSIBLE)
def begin_epoch(
    session: Session,
    actor: Actor,
    *,
    station: str,
    station_letter: str,
    replaced: Sequence[str] = (),
    after: int = 0,
) -> None:
    """Go on as a new station after a backup was restored: every record is stamped anew.

    The next package is complete; what the stations before it sent and it lacks is withdrawn.

    Args:
        station: id of the new station.
        station_letter: of its case numbers; no other station of the centre has it.
        replaced: ids of further stations in whose place it stands, oldest first.
        after: the greatest epoch known of them; the new one is greater.
    """
    own = session.installation
    before = tuple(dict.fromkeys((*own.replaces, own.station, *replaced)))
    session.execute(
        "UPDATE installation SET epoch = ?, station = ?, station_letter = ?, replaces = ?",
        (max(own.epoch, after) + 1, station, station_letter, json.dumps(before)),
    )
    session.forget_installation()
    restamp(session)
    write_entry(session, actor.account_id, "backup_restored", record_id=station)
