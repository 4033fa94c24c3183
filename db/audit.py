"""The history: a chain of salted commitments whose values can be erased without breaking it."""

import hashlib
import json
import os
from collections.abc import Mapping

from db.session import Session
from pravo_desktop.domain.records import Cell
from pravo_desktop.security.seals import Seals

GENESIS = "0" * 64
"""What the first entry follows."""


def commitment(salt: bytes, content: str) -> str:
    """SHA-256 (hex) that proves a content once its salt is shown."""
    return hashlib.sha256(salt + content.encode()).hexdigest()


def entry_hash(
    previous: str,
    number: int,
    at: str,
    actor: str,
    action: str,
    table: str | None,
    record_id: str | None,
    committed: str,
) -> str:
    """SHA-256 (hex) of an entry and, through ``previous``, of all before it."""
    parts = [previous, str(number), at, actor, action, table or "", record_id or "", committed]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def write_entry(
    session: Session,
    actor: str,
    action: str,
    *,
    table: str | None = None,
    record_id: str | None = None,
    content: Mapping[str, Cell] | None = None,
) -> None:
    """Add to the chain who did what to which record; ``content`` goes to the erasable part."""
    number, previous = head(session)
    number += 1
    at = session.now()
    salt = os.urandom(16)
    text = json.dumps(content or {}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    committed = commitment(salt, text)
    digest = entry_hash(previous, number, at, actor, action, table, record_id, committed)
    session.execute(
        "INSERT INTO audit_entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (number, at, actor, action, table, record_id, committed, previous, digest),
    )
    session.execute("INSERT INTO audit_values VALUES (?, ?, ?)", (number, salt, text))


def head(session: Session) -> tuple[int, str]:
    """Number and hash of the last entry; ``(0, GENESIS)`` before the first."""
    row = session.one("SELECT number, hash FROM audit_entries ORDER BY number DESC LIMIT 1")
    return (0, GENESIS) if row is None else (row["number"], row["hash"])


def seals_of(session: Session) -> Seals:
    """The seals of this history; a restored backup and another database key have the same.

    The commitment of the first entry is salted and leaves the encrypted database in nothing.
    """
    first = session.value("SELECT commitment FROM audit_entries ORDER BY number LIMIT 1")
    return Seals.of_secret(str(first).encode())


def recomputed_hash(session: Session, number: int) -> str:
    """The hash of an entry, computed anew from the first; `GENESIS` for number 0.

    A chain that was rewritten, even consistently, gives another hash than it once did.
    """
    previous = GENESIS
    entries = session.rows(
        "SELECT number, at, actor, action, table_name, record_id, commitment FROM audit_entries "
        "WHERE number <= ? ORDER BY number",
        (number,),
    )
    for entry in entries:
        previous = entry_hash(previous, *entry)
    return previous


def erase_values(session: Session, table: str, record_id: str) -> None:
    """Forget what was ever written of a record; that it was written stays proved."""
    session.execute(
        "DELETE FROM audit_values WHERE number IN "
        "(SELECT number FROM audit_entries WHERE table_name = ? AND record_id = ?)",
        (table, record_id),
    )


def broken_entry(session: Session) -> int | None:
    """The number of the first entry that was removed, changed or reordered; None when whole."""
    previous = GENESIS
    values = {row["number"]: row for row in session.all("SELECT * FROM audit_values")}
    rows = session.all("SELECT * FROM audit_entries ORDER BY number")
    for expected, row in enumerate(rows, start=1):
        digest = entry_hash(
            row["previous_hash"],
            row["number"],
            row["at"],
            row["actor"],
            row["action"],
            row["table_name"],
            row["record_id"],
            row["commitment"],
        )
        value = values.get(row["number"])
        if (
            row["number"] != expected
            or row["previous_hash"] != previous
            or row["hash"] != digest
            or (
                value is not None
                and commitment(value["salt"], value["content"]) != row["commitment"]
            )
        ):
            return expected
        previous = row["hash"]
    return None
