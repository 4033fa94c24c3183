"""Files that headquarters refused: which, when and why, until somebody puts them away."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from db.audit import write_entry
from db.session import Session
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.actor import COORDINATOR, Actor, require, use_case


@dataclass(frozen=True)
class QuarantinedFile:
    """A refused file; ``code`` and ``params`` say why, ``size`` is in bytes."""

    sha256: str
    file_name: str
    size: int
    code: str
    params: Mapping[str, Any]
    at: str


@use_case(COORDINATOR)
def quarantine_file(
    session: Session, actor: Actor, *, sha256: str, file_name: str, size: int, refused: KnownError
) -> None:
    """Note that a file was refused; one that comes again stands there once, with its last reason.

    Its content is not kept: whatever was chosen by accident may name people.
    """
    params = json.dumps(refused.params, ensure_ascii=False, sort_keys=True, default=str)
    session.execute(
        "INSERT OR REPLACE INTO quarantined_files VALUES (?, ?, ?, ?, ?, ?, ?)",
        (sha256, file_name, size, refused.code, params, session.now(), actor.account_id),
    )
    session.changed.add("quarantined_files")


def release_file(session: Session, sha256: str) -> None:
    """Take a file out of the list because it was received after all."""
    if session.execute("DELETE FROM quarantined_files WHERE sha256 = ?", (sha256,)):
        session.changed.add("quarantined_files")


@use_case(COORDINATOR)
def discard_quarantined(session: Session, actor: Actor, *, sha256: str) -> None:
    """Put a refused file away; the history keeps that it came.

    Raises:
        KnownError: ``file_not_quarantined``.
    """
    known = session.one("SELECT * FROM quarantined_files WHERE sha256 = ?", (sha256,))
    if known is None:
        raise KnownError("file_not_quarantined")
    release_file(session, sha256)
    write_entry(
        session,
        actor.account_id,
        "quarantined_file_discarded",
        record_id=sha256,
        content={"file_name": known["file_name"], "code": known["code"], "at": known["at"]},
    )


def quarantined_files(session: Session, actor: Actor) -> list[QuarantinedFile]:
    """The refused files, the last one first."""
    require(actor, COORDINATOR, "quarantined_files")
    rows = session.all(
        "SELECT sha256, file_name, size, code, params, at FROM quarantined_files "
        "ORDER BY at DESC, sha256"
    )
    return [QuarantinedFile(**{**row, "params": json.loads(row["params"])}) for row in rows]
