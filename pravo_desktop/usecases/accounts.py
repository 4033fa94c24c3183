"""Accounts of a data folder: who may sign in and in which roles."""

import json
from dataclasses import dataclass

from db.audit import write_entry
from db.session import Session
from pravo_desktop.domain.versions import new_id
from pravo_desktop.errors import KnownError
from pravo_desktop.resources import classifiers
from pravo_desktop.security.certificates import SigningKey
from pravo_desktop.usecases.actor import RESPONSIBLE, ROLES_AT, Actor, require, use_case

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
    """The actor of an account that signed in, with those of its roles that are of this workplace.

    Raises:
        KnownError: ``account_closed``.
    """
    row = session.one("SELECT * FROM accounts WHERE id = ?", (account_id,))
    if row is None or row["closed_at"]:
        raise KnownError("account_closed")
    account = _account(row)
    roles = ROLES_AT[session.installation.workplace].intersection(account.roles)
    return Actor(account.account_id, account.name, roles, account.staff_id)


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
        KnownError: ``role_unknown``, ``role_not_here``, ``login_taken``, ``field_required``,
            ``text_too_long``.
    """
    if not name.strip():
        raise KnownError("field_required", field="name")
    if len(name) > LONGEST_LOGIN:
        raise KnownError("text_too_long", field="name", maximum=LONGEST_LOGIN)
    _check_roles(session, roles)
    if session.value("SELECT 1 FROM accounts WHERE name = ?", (name,)):
        raise KnownError("login_taken")
    session.execute(
        "INSERT INTO accounts (id, name, roles, staff_id, created_at) VALUES (?, ?, ?, ?, ?)",
        (account_id, name, json.dumps(roles), staff_id, session.now()),
    )
    write_entry(session, actor, "account_added", record_id=account_id)


def _check_roles(session: Session, roles: tuple[str, ...]) -> None:
    if not roles:
        raise KnownError("field_required", field="roles")
    for role in roles:
        if role not in classifiers().kinds["role"]:
            raise KnownError("role_unknown", role=role)
        if role not in ROLES_AT[session.installation.workplace]:
            raise KnownError("role_not_here", role=role)


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
def change_roles(
    session: Session, actor: Actor, *, account_id: str, roles: tuple[str, ...]
) -> None:
    """Give an open account other roles; they hold from its next sign-in.

    Nobody takes the lead from themselves, so that the rights of whoever works now stay true.

    Raises:
        KnownError: ``account_unknown``, ``account_closed``, ``field_required``,
            ``role_unknown``, ``role_not_here``, ``last_lead_role``, ``own_lead_role``.
    """
    row = session.one("SELECT * FROM accounts WHERE id = ?", (account_id,))
    if row is None:
        raise KnownError("account_unknown", name=account_id)
    if row["closed_at"]:
        raise KnownError("account_closed")
    _check_roles(session, roles)
    before = tuple(json.loads(row["roles"]))
    if RESPONSIBLE & set(before) and not RESPONSIBLE & set(roles):
        if not other_lead(session, account_id):
            raise KnownError("last_lead_role", field="roles")
        if account_id == actor.account_id:
            raise KnownError("own_lead_role", field="roles")
    if set(before) == set(roles):
        return
    session.execute("UPDATE accounts SET roles = ? WHERE id = ?", (json.dumps(roles), account_id))
    write_entry(
        session,
        actor.account_id,
        "roles_changed",
        record_id=account_id,
        content={"before": ", ".join(before), "roles": ", ".join(roles)},
    )
    session.changed.add("accounts")


@use_case(RESPONSIBLE)
def reset_password(session: Session, actor: Actor, *, account_id: str) -> None:
    """Write that an account is given a new password because its owner forgot the old one.

    The window calls `bootstrap.Workplace.reset_password`, which sets it. What the old password
    locked stays locked: the signing key is made anew, and notes wait for their author's own sheet.

    Raises:
        KnownError: ``account_unknown``, ``account_closed``, ``own_password``.
    """
    row = session.one("SELECT closed_at FROM accounts WHERE id = ?", (account_id,))
    if row is None:
        raise KnownError("account_unknown", name=account_id)
    if row["closed_at"]:
        raise KnownError("account_closed")
    if account_id == actor.account_id:
        raise KnownError("own_password")
    forget_locked_keys(session, actor.account_id, account_id)


def forget_locked_keys(session: Session, actor: str, account_id: str) -> None:
    """Take away the keys that an account's old password locked; its sheet for notes stays."""
    session.execute(
        "UPDATE accounts SET certificate = NULL, sealed_key = NULL, locked_note_key = NULL "
        "WHERE id = ?",
        (account_id,),
    )
    write_entry(session, actor, "password_reset", record_id=account_id)
    session.changed.add("accounts")


def other_lead(session: Session, account_id: str) -> bool:
    """Whether an open account besides this one answers for the station."""
    rows = session.all(
        "SELECT roles FROM accounts WHERE id <> ? AND closed_at IS NULL", (account_id,)
    )
    return any(RESPONSIBLE & set(json.loads(row["roles"])) for row in rows)


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


def keep_signing_key(
    session: Session,
    account_id: str,
    key: SigningKey,
    wrap_key: bytes,
    action: str = "signing_key_made",
) -> None:
    """Keep a signing key, locked under its account's password; ``action`` is for the history."""
    session.execute(
        "UPDATE accounts SET certificate = ?, sealed_key = ? WHERE id = ?",
        (key.certificate_der, key.seal(wrap_key), account_id),
    )
    write_entry(session, account_id, action, record_id=key.fingerprint)


def has_signing_key(session: Session, actor: Actor) -> bool:
    """Whether the account has a key to sign packages with."""
    return bool(
        session.value(
            "SELECT 1 FROM accounts WHERE id = ? AND sealed_key IS NOT NULL", (actor.account_id,)
        )
    )


def signing_key(session: Session, actor: Actor, wrap_key: bytes) -> SigningKey:
    """The account's signing key.

    Raises:
        KnownError: ``no_signing_key``, ``signing_key_locked``.
    """
    sealed = session.value("SELECT sealed_key FROM accounts WHERE id = ?", (actor.account_id,))
    if sealed is None:
        raise KnownError("no_signing_key", name=actor.name)
    return SigningKey.open(sealed, wrap_key)
