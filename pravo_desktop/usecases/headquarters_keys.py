"""At a centre: what a key of headquarters, compared here before, says of itself."""

from pathlib import Path

from db.audit import write_entry
from db.session import Session
from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.errors import KnownError
from pravo_desktop.security.key_statement import read_statement
from pravo_desktop.usecases.actor import LEAD, Actor, use_case
from pravo_desktop.usecases.inbox import read_file
from pravo_desktop.usecases.keys import ALREADY, NEW, JudgedStatement, check_in_force
from pravo_desktop.usecases.received_receipts import revoke_headquarters, trust_headquarters

_NAMED = "headquarters_key_named_another"


@use_case(LEAD)
def accept_headquarters_statement(session: Session, actor: Actor, *, path: Path) -> JudgedStatement:
    """Do what a key of headquarters, compared here before, says of itself.

    A new key is trusted by the word of the old one, without a call; it can name one only.

    Raises:
        KnownError: ``file_not_found``; as `read_statement`; ``practice_statement``,
            ``statement_of_unknown_key``, ``key_of_another_centre``, ``key_revoked``,
            ``key_replaced_already``, ``key_expired``.
    """
    statement = read_statement(read_file(path))
    if statement.practice and not session.installation.practice:
        raise KnownError("practice_statement")
    if statement.centre != NATIONAL:
        raise KnownError("key_of_another_centre", centre=statement.centre)
    own, new = statement.fingerprint, statement.new_fingerprint
    known = {
        row["fingerprint"]: row["revoked_at"]
        for row in session.all("SELECT fingerprint, revoked_at FROM trusted_headquarters")
    }
    if own not in known:
        raise KnownError("statement_of_unknown_key", fingerprint=own)
    done = bool(known[own])
    if new is not None:
        done = new in known
        for one in (own, new):
            if known.get(one):
                raise KnownError("key_revoked", fingerprint=one)
        named = session.value(
            "SELECT 1 FROM audit_entries WHERE action = ? AND record_id = ?", (_NAMED, own)
        )
        if named and not done:
            raise KnownError("key_replaced_already", fingerprint=own)
        check_in_force(session, statement)
        if not done:
            trust_headquarters(session, actor, new)
            write_entry(
                session, actor.account_id, _NAMED, record_id=own, content={"new_fingerprint": new}
            )
    elif not done:
        revoke_headquarters(session, actor, fingerprint=own)
    return JudgedStatement(
        ALREADY if done else NEW,
        statement.kind,
        statement.centre,
        own,
        new,
        statement.made_at,
    )
