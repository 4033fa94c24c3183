"""Headquarters' journal: what was received when, and which packages count on a day."""

import json
from collections.abc import Mapping
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


def accepted_packages(session: Session, as_of: date | None) -> list[PackageFact]:
    """Packages whose last journal entry by the end of a day accepts them; None means ever."""
    rows = session.all(
        "SELECT p.id, p.sha256, p.centre, p.station, p.replaces, p.epoch, p.sequence, p.complete "
        "FROM received_packages p JOIN journal_entries j ON j.id = ("
        "SELECT max(k.id) FROM journal_entries k "
        "WHERE k.package_id = p.id AND k.received_on <= ?) "
        "WHERE j.kind = 'package_accepted' ORDER BY p.id",
        (as_of.isoformat() if as_of else "9999-12-31",),
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


def effective_as_of(session: Session, as_of: date | None) -> set[int]:
    """Ids of the packages whose rows count as of a day."""
    return effective(accepted_packages(session, as_of))


def held_packages(session: Session) -> set[int]:
    """Ids of accepted packages held because another has the same number."""
    return forked(accepted_packages(session, None))
