"""What headquarters decides about a package: accept it, decline it, take it back, choose it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from db.audit import write_entry
from db.merge import PackageFact, effective, forked, merge_added, merge_packages
from db.session import Session
from exports.package.content import Manifest
from pravo_desktop.domain.periods import Month
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.actor import COORDINATOR, Actor, use_case
from pravo_desktop.usecases.deadlines import deadline
from pravo_desktop.usecases.figures import settle_batch
from pravo_desktop.usecases.journal import (
    accepted_packages,
    package_facts,
    related_packages,
    write_journal,
)
from pravo_desktop.usecases.packages import Progress
from pravo_desktop.usecases.previews import rivals
from pravo_desktop.usecases.received import find_package

ACCEPTED, ALREADY, REFUSED, UNTRUSTED, HELD = "accepted", "already", "refused", "untrusted", "held"
WAITING = "waiting"


@dataclass(frozen=True)
class Reception:
    """What became of one file.

    Args:
        file: its name, without the folder.
        status: accepted, already, refused, untrusted, held or waiting.
        code, params: why it was refused or is untrusted.
        package_id: number of the package at headquarters, once received.
    """

    file: str
    status: str
    code: str | None = None
    params: dict[str, Any] | None = None
    sha256: str | None = None
    fingerprint: str | None = None
    package_id: int | None = None
    manifest: Manifest | None = None
    late: bool = False


def accept(
    session: Session,
    actor: Actor,
    said: Reception,
    package_id: int,
    received_on: date,
    reason: str | None,
) -> Reception:
    """Write into the journal that a package is accepted, and merge it.

    Args:
        said: what is told of it.
        reason: why it is accepted although it is late.
    """
    session.execute("UPDATE received_packages SET waiting_since = NULL WHERE id = ?", (package_id,))
    write_journal(
        session,
        actor.account_id,
        "package_accepted",
        received_on,
        package_id=package_id,
        details=said_why(reason),
    )
    status = HELD if merge_accepted(session, package_id) else ACCEPTED
    return replace(said, status=status, package_id=package_id)


def said_why(reason: str | None) -> dict[str, str]:
    """The details of a journal entry: the reason, where one was given."""
    return {"reason": reason.strip()} if reason and reason.strip() else {}


def check_revoked(trust: dict[str, Any] | None) -> None:
    """Raise KnownError ``key_revoked`` for a key that is trusted no more."""
    if trust is not None and trust["revoked_at"]:
        raise KnownError("key_revoked", fingerprint=trust["fingerprint"])


@use_case(COORDINATOR)
def accept_waiting(
    session: Session, actor: Actor, *, package_id: int, late_reason: str | None = None
) -> Reception:
    """Accept a package that waits, as received on the day it came.

    Args:
        late_reason: why it is accepted after its deadline; kept in the journal.

    Returns:
        accepted or held.

    Raises:
        KnownError: ``package_not_waiting``, ``key_revoked``; ``field_required`` for a late one
            without a reason.
    """
    row = _waiting(session, package_id)
    check_revoked(
        session.one("SELECT * FROM trusted_keys WHERE fingerprint = ?", (row["fingerprint"],))
    )
    came_on = date.fromisoformat(row["waiting_since"])
    late = came_on > deadline(session, Month.parse(row["month"]))
    if late and not said_why(late_reason):
        raise KnownError("field_required", field="reason")
    said = Reception(
        row["file_name"],
        ACCEPTED,
        sha256=row["sha256"],
        fingerprint=row["fingerprint"],
        late=late,
    )
    return accept(session, actor, said, package_id, came_on, late_reason if late else None)


def accept_many(
    session: Session,
    actor: Actor,
    *,
    package_ids: Sequence[int],
    late_reason: str | None = None,
    progress: Progress | None = None,
) -> list[Reception]:
    """Accept packages that wait, each in its own transaction; what is accepted stays.

    Args:
        late_reason: of all late ones among them.
        progress: is told the name of the next file; it may raise to end between two packages.

    Raises:
        KnownError: as `accept_waiting`, for the first package that cannot be accepted.
    """
    results: list[Reception] = []
    try:
        for number, package_id in enumerate(package_ids):
            if progress:
                progress("", number, len(package_ids))
            results.append(
                accept_waiting(session, actor, package_id=package_id, late_reason=late_reason)
            )
    finally:
        if results:
            settle_batch(session)
    return results


@use_case(COORDINATOR)
def decline_package(session: Session, actor: Actor, *, package_id: int, reason: str) -> None:
    """Do not accept a package that waits; its file stays in the archive and can come again.

    Raises:
        KnownError: ``package_not_waiting``, ``field_required``.
    """
    row = _waiting(session, package_id)
    if not said_why(reason):
        raise KnownError("field_required", field="reason")
    session.execute("UPDATE received_packages SET waiting_since = NULL WHERE id = ?", (package_id,))
    content = {"sha256": row["sha256"], **said_why(reason)}
    write_entry(
        session,
        actor.account_id,
        "package_declined",
        record_id=str(package_id),
        content=content,
    )
    session.changed.add("received_packages")


def _waiting(session: Session, package_id: int) -> dict[str, Any]:
    row = session.one(
        "SELECT * FROM received_packages WHERE id = ? AND waiting_since IS NOT NULL", (package_id,)
    )
    if row is None:
        raise KnownError("package_not_waiting")
    return row


def merge_accepted(session: Session, package_id: int) -> bool:
    """Merge a package that the journal has just accepted; returns whether it is held."""
    (fact,) = package_facts(session, [package_id])
    after = related_packages(session, fact)
    held = package_id in forked(after)
    if effective(after) == effective(_without(after, {package_id})) | {package_id}:
        merge_added(session, package_id)
        session.changed.add("merged_rows")
    else:
        after = accepted_packages(session, None, fact.centre)
        merge_changed(session, _without(after, {package_id}), after, {package_id})
    return held


def merge_changed(
    session: Session,
    before: Collection[PackageFact],
    after: Collection[PackageFact],
    touched: set[int],
) -> None:
    """Elect anew what the touched packages hold, and those whose standing they changed.

    Args:
        before, after: the accepted packages, at least all of the touched ones' centre, the only
            one whose packages can change their standing.
        touched: packages that came or went.
    """
    counted, counts = effective(before), effective(after)
    merge_packages(session, counts, touched | (counted ^ counts))
    session.changed.add("merged_rows")


def _without(facts: Iterable[PackageFact], gone: Collection[int]) -> list[PackageFact]:
    return [fact for fact in facts if fact.id not in gone]


@use_case(COORDINATOR)
def undo_package(
    session: Session,
    actor: Actor,
    *,
    package: str,
    received_on: date | None = None,
    reason: str | None = None,
) -> int:
    """Take an accepted package back; the state is then as if it had never come.

    Args:
        package: number of the package, or the beginning of its SHA-256.
        received_on: the day from which it counts no more, today when empty.
        reason: kept in the journal.

    Returns:
        its number.

    Raises:
        KnownError: ``package_not_found``, ``package_not_accepted``, ``date_in_future``.
    """
    package_id = find_package(session, package)
    centre = session.value("SELECT centre FROM received_packages WHERE id = ?", (package_id,))
    accepted = accepted_packages(session, None, centre)
    if package_id not in {fact.id for fact in accepted}:
        raise KnownError("package_not_accepted", package=package)
    day = received_on or session.clock.today()
    if day > session.clock.today():
        raise KnownError("date_in_future", field="received_on")
    write_journal(
        session,
        actor.account_id,
        "package_undone",
        day,
        package_id=package_id,
        details=said_why(reason),
    )
    merge_changed(session, accepted, _without(accepted, {package_id}), {package_id})
    return package_id


@use_case(COORDINATOR)
def choose_package(session: Session, actor: Actor, *, package_id: int, reason: str) -> list[int]:
    """Choose one of the packages that are held for one number; the others are taken back.

    Args:
        package_id: the one that counts from today on.
        reason: kept in the journal with each that is taken back.

    Returns:
        the numbers of those taken back.

    Raises:
        KnownError: ``package_not_held``, ``field_required``.
    """
    accepted = accepted_packages(session, None)
    others = sorted(rivals(accepted, package_id))
    if not said_why(reason):
        raise KnownError("field_required", field="reason")
    chosen = next(fact for fact in accepted if fact.id == package_id)
    for other in others:
        write_journal(
            session,
            actor.account_id,
            "package_undone",
            session.clock.today(),
            package_id=other,
            details={**said_why(reason), "chosen": chosen.sha256},
        )
    merge_changed(session, accepted, _without(accepted, others), {package_id, *others})
    return others
