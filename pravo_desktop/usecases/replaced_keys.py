"""Signing keys that were replaced: which they are, and taking the trust in one of them away."""

from pathlib import Path
from typing import Any

from db.audit import write_entry
from db.session import Session
from pravo_desktop.errors import KnownError
from pravo_desktop.security.certificates import SigningKey, fingerprint
from pravo_desktop.security.key_statement import (
    REVOCATION,
    KeyStatement,
    read_statement,
    write_statement,
)
from pravo_desktop.usecases.actor import COORDINATOR, RESPONSIBLE, Actor, require, use_case
from pravo_desktop.usecases.file_writing import write_file
from pravo_desktop.usecases.keys import MadeStatement, statement_name
from pravo_desktop.usecases.packages import signing_time
from pravo_desktop.usecases.trust import revoke_trust


def replaced_keys(session: Session, actor: Actor) -> list[MadeStatement]:
    """The statements by which older keys named the actor's present one, the last one first."""
    require(actor, RESPONSIBLE, "replaced_keys")
    present = session.value("SELECT certificate FROM accounts WHERE id = ?", (actor.account_id,))
    rows = _before(session, fingerprint(present)) if present else []
    return [
        MadeStatement(**{name: value for name, value in row.items() if name != "content"})
        for row in rows
    ]


def _before(session: Session, newest: str) -> list[dict[str, Any]]:
    """Statements from the one that named a key back to the first of the succession."""
    found: list[dict[str, Any]] = []
    while row := session.one(
        "SELECT kind, fingerprint, new_fingerprint, made_at, file_name, content "
        "FROM key_statements WHERE new_fingerprint = ?",
        (found[-1]["fingerprint"] if found else newest,),
    ):
        found.append(row)
    return found


@use_case(RESPONSIBLE)
def revoke_replaced_key(
    session: Session, actor: Actor, *, key: SigningKey, replaced: str, target: Path
) -> Path:
    """Write a statement that a replaced key is not to be trusted any more, signed by the present.

    The old key need not be at hand: the statement holds those by which it and the keys after it
    named each the next. Whoever trusts the old key needs nothing more.

    Args:
        key: the actor's present key.
        replaced: fingerprint of one of `replaced_keys`.
        target: the file, or a folder for it.

    Raises:
        KnownError: ``key_not_replaced``; ``clock_behind``; as `file_writing.write_file`.
    """
    signing_time(session)
    before = _before(session, key.fingerprint)
    names = [row["fingerprint"] for row in before]
    if replaced not in names:
        raise KnownError("key_not_replaced", fingerprint=replaced)
    steps = tuple(row["content"] for row in reversed(before[: names.index(replaced) + 1]))
    own = session.installation
    statement = KeyStatement(
        kind=REVOCATION,
        centre=own.centre,
        practice=own.practice,
        made_at=session.now(),
        certificate_der=read_statement(steps[0]).certificate_der,
        succession=steps,
    )
    write_entry(session, actor.account_id, "signing_key_revoked", record_id=replaced)
    trusted = "SELECT 1 FROM trusted_keys WHERE fingerprint = ?"
    if actor.roles & COORDINATOR and session.value(trusted, (replaced,)):
        revoke_trust(session, actor, fingerprint=replaced)
    path = target / statement_name(session, statement) if target.is_dir() else target
    write_file(path, write_statement(statement, key, None))
    return path
