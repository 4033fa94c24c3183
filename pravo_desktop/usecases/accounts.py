"""Accounts of a data folder: who may sign in and in which roles."""

import json
from dataclasses import dataclass

from db.audit import write_entry
from db.session import Session
from pravo_desktop.domain.versions import new_id
from pravo_desktop.errors import KnownError
from pravo_desktop.resources import classifiers
from pravo_desktop.security.certificates import SigningKey
from pravo_desktop.usecases.actor import RESPONSIBLE, Actor, require, use_case

LONGEST_LOGIN = 80


@dataclass(frozen=True)
class Account:
    """Somebody who may sign in; ``certificate`` is there when the account signs packages."""

    account_id: str
    name: str
    roles: tuple[str, ...]
    staff_id: str | None
    certificate: bytes | None
    closed_at: str | None


def accounts(session: Session, actor: Actor) -> list[Account]:
    """All accounts, in the order in which they were made."""
    require(actor, RESPONSIBLE, "accounts")
    return [_account(row) for row in session.all("SELECT * FROM accounts ORDER BY created_at, id")]


def actor_of(session: Session, account_id: str) -> Actor:
    """The actor of an account that signed in.

    Raises:
        KnownError: ``account_closed``.
    """
    row = session.one("SELECT * FROM accounts WHERE id = ?", (account_id,))
    if row is None or row["closed_at"]:
        raise KnownError("account_closed")
    account = _account(row)
    return Actor(account.account_id, account.name, frozenset(account.roles), account.staff_id)


def _account(row: dict[str, object]) -> Account:
    certificate = row["certificate"]
    return Account(
        account_id=str(row["id"]),
        name=str(row["name"]),
        roles=tuple(json.loads(str(row["roles"]))),
        staff_id=str(row["staff_id"]) if row["staff_id"] else None,
        certificate=certificate if isinstance(certificate, bytes) else None,
        closed_at=str(row["closed_at"]) if row["closed_at"] else None,
    )


def new_account(
    session: Session,
    actor: str,
    *,
    account_id: str,
    name: str,
    roles: tuple[str, ...],
    staff_id: str | None = None,
) -> None:
    """Write an account into the database; its key slot is made by `bootstrap`.

    Raises:
        KnownError: ``role_unknown``, ``login_taken``, ``field_required``, ``text_too_long``.
    """
    if not name.strip() or not roles:
        raise KnownError("field_required", field="roles" if name.strip() else "name")
    if len(name) > LONGEST_LOGIN:
        raise KnownError("text_too_long", field="name", maximum=LONGEST_LOGIN)
    for role in roles:
        if role not in classifiers().kinds["role"]:
            raise KnownError("role_unknown", role=role)
    if session.value("SELECT 1 FROM accounts WHERE name = ?", (name,)):
        raise KnownError("login_taken")
    session.execute(
        "INSERT INTO accounts (id, name, roles, staff_id, created_at) VALUES (?, ?, ?, ?, ?)",
        (account_id, name, json.dumps(roles), staff_id, session.now()),
    )
    write_entry(session, actor, "account_added", record_id=account_id)


@use_case(RESPONSIBLE)
def add_account(
    session: Session,
    actor: Actor,
    *,
    name: str,
    roles: tuple[str, ...],
    staff_id: str | None = None,
) -> str:
    """Add an account to the database; returns its id. The caller then makes its key slot."""
    account_id = new_id()
    new_account(
        session, actor.account_id, account_id=account_id, name=name, roles=roles, staff_id=staff_id
    )
    return account_id


@use_case(RESPONSIBLE)
def link_staff(session: Session, actor: Actor, *, name: str, staff_id: str) -> None:
    """Say which staff member an account belongs to.

    Raises:
        KnownError: ``account_unknown``, ``specialist_unknown``.
    """
    if not session.value("SELECT 1 FROM staff_members WHERE id = ? AND NOT deleted", (staff_id,)):
        raise KnownError("specialist_unknown", field="staff_id")
    if not session.execute("UPDATE accounts SET staff_id = ? WHERE name = ?", (staff_id, name)):
        raise KnownError("account_unknown", name=name)
    write_entry(session, actor.account_id, "account_linked", record_id=staff_id)


def keep_signing_key(session: Session, account_id: str, key: SigningKey, wrap_key: bytes) -> None:
    """Keep a signing key, locked under its account's password."""
    session.execute(
        "UPDATE accounts SET certificate = ?, sealed_key = ? WHERE id = ?",
        (key.certificate_der, key.seal(wrap_key), account_id),
    )
    write_entry(session, account_id, "signing_key_made", record_id=key.fingerprint)


def signing_key(session: Session, actor: Actor, wrap_key: bytes) -> SigningKey:
    """The account's signing key.

    Raises:
        KnownError: ``no_signing_key``, ``signing_key_locked``.
    """
    sealed = session.value("SELECT sealed_key FROM accounts WHERE id = ?", (actor.account_id,))
    if sealed is None:
        raise KnownError("no_signing_key", name=actor.name)
    return SigningKey.open(sealed, wrap_key)
