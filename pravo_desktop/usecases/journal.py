"""Headquarters' journal: what was received when, and which packages count on a day."""

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from db.audit import write_entry
from db.merge import PackageFact, effective, forked
from db.session import Session


def write_journal(
    session: Session,
    actor: str,
    kind: str,
    received_on: date,
    *,
    package_id: int | None = None,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Add an entry to the journal; it is judged once and never again.

    Args:
        kind: package_accepted, package_undone, trust_added or trust_revoked.
        received_on: the day it counts from, in Kazakhstan.
    """
    text = json.dumps(details or {}, ensure_ascii=False, sort_keys=True)
    session.execute(
        "INSERT INTO journal_entries (received_on, at, actor, kind, package_id, details) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (received_on.isoformat(), session.now(), actor, kind, package_id, text),
    )
    write_entry(session, actor, kind, record_id=str(package_id) if package_id else None)
    session.changed.add("journal_entries")


_EVER = "9999-12-31"
_ACCEPTED = (
    "JOIN journal_entries j ON j.id = (SELECT max(k.id) FROM journal_entries k "
    "WHERE k.package_id = p.id AND k.received_on <= :day) WHERE j.kind = 'package_accepted'"
)


def accepted_packages(
    session: Session, as_of: date | None, centre: str | None = None
) -> list[PackageFact]:
    """Packages whose last journal entry by the end of a day accepts them; None means ever.

    Args:
        centre: whose packages; of all when empty. Packages of other centres never change whether
            one of this centre counts.
    """
    return _facts(
        session,
        _ACCEPTED + ("" if centre is None else " AND p.centre = :centre"),
        {"day": as_of.isoformat() if as_of else _EVER, "centre": centre},
    )


def related_packages(session: Session, fact: PackageFact) -> list[PackageFact]:
    """The accepted packages that a package can hold or replace, or be held or replaced by.

    They come from its station and from those that share a predecessor with one of them.
    """
    known = [
        {station, *json.loads(replaces)}
        for station, replaces in session.rows(
            "SELECT DISTINCT station, replaces FROM received_packages WHERE centre = ?",
            (fact.centre,),
        )
    ]
    stations = {fact.station, *fact.replaces}
    while found := [one for one in known if not stations.isdisjoint(one) and not one <= stations]:
        stations.update(*found)
    return _facts(
        session,
        f"{_ACCEPTED} AND p.centre = :centre AND p.station IN (SELECT value FROM json_each(:them))",
        {"day": _EVER, "centre": fact.centre, "them": json.dumps(sorted(stations))},
    )


def package_facts(session: Session, package_ids: Collection[int]) -> list[PackageFact]:
    """What decides how these packages take part in the merge, accepted or not."""
    ids = json.dumps(sorted(package_ids))
    return _facts(session, "WHERE p.id IN (SELECT value FROM json_each(:ids))", {"ids": ids})


def _facts(session: Session, which: str, parameters: Mapping[str, Any]) -> list[PackageFact]:
    rows = session.all(
        "SELECT p.id, p.sha256, p.centre, p.station, p.replaces, p.epoch, p.sequence, p.complete "
        f"FROM received_packages p {which} ORDER BY p.id",
        parameters,
    )
    return [
        PackageFact(
            id=row["id"],
            sha256=row["sha256"],
            centre=row["centre"],
            station=row["station"],
            replaces=tuple(json.loads(row["replaces"])),
            epoch=row["epoch"],
            sequence=row["sequence"],
            complete=bool(row["complete"]),
        )
        for row in rows
    ]


def effective_as_of(session: Session, as_of: date | None, centre: str | None = None) -> set[int]:
    """Ids of the packages whose rows count as of a day: of one centre, or of all."""
    return effective(accepted_packages(session, as_of, centre))


def held_packages(session: Session, centre: str | None = None) -> set[int]:
    """Ids of accepted packages held because another has the same number."""
    return forked(accepted_packages(session, None, centre))


class _Rehearsed(Exception):
    """Ends a rehearsal so that its transaction is rolled back."""


@contextmanager
def rehearsal(session: Session) -> Iterator[None]:
    """A transaction that shows what something would do and leaves nothing behind."""
    try:
        with session.transaction():
            yield
            raise _Rehearsed
    except _Rehearsed:
        session.changed.clear()
