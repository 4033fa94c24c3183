"""The own signing key of who answers: as a file, elsewhere, replaced, revoked; its statements."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509

from db.audit import write_entry
from db.session import Session
from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.errors import KnownError
from pravo_desktop.resources import key_warn_days
from pravo_desktop.security.certificates import (
    SigningKey,
    check_validity,
    create_signing_key,
    load_certificate,
)
from pravo_desktop.security.key_statement import (
    REPLACEMENT,
    REVOCATION,
    KeyStatement,
    read_statement,
    write_statement,
)
from pravo_desktop.security.passwords import check_password
from pravo_desktop.security.pkcs12 import read_pkcs12, write_pkcs12
from pravo_desktop.usecases.accounts import keep_signing_key
from pravo_desktop.usecases.actor import (
    COORDINATOR,
    EVERYBODY,
    RESPONSIBLE,
    Actor,
    require,
    use_case,
)
from pravo_desktop.usecases.file_writing import write_file
from pravo_desktop.usecases.inbox import read_file
from pravo_desktop.usecases.packages import signing_time
from pravo_desktop.usecases.registers import known_centres
from pravo_desktop.usecases.trust import add_trust, revoke_trust

NEW, ALREADY = "new", "already"


@dataclass(frozen=True)
class MadeStatement:
    """A statement that was made here; its bytes are kept in the database.

    Args:
        kind: replacement or revocation.
        fingerprint: of the key that speaks, ``new_fingerprint`` of the one in its place.
    """

    kind: str
    fingerprint: str
    new_fingerprint: str | None
    made_at: str
    file_name: str


@dataclass(frozen=True)
class JudgedStatement:
    """What a centre's key says of itself.

    Args:
        status: new; already, when headquarters knows it.
        kind, fingerprint, new_fingerprint: as in `MadeStatement`.
    """

    status: str
    kind: str
    centre: str
    fingerprint: str
    new_fingerprint: str | None
    made_at: str


@use_case(RESPONSIBLE)
def export_key(
    session: Session, actor: Actor, *, key: SigningKey, password: str, target: Path
) -> Path:
    """Write the actor's key and certificate into a file (PKCS#12) under a password of its own.

    Args:
        password: of the file; the rules are those of an account's password.
        target: the file, or a folder for it.

    Raises:
        KnownError: ``password_…``, and as `file_writing.write_file`.
    """
    check_password(password, actor.name)
    own = session.installation
    name = f"pravo-{own.centre}-{own.station_letter}-key.p12"
    path = target / name if target.is_dir() else target
    write_entry(session, actor.account_id, "signing_key_exported", record_id=key.fingerprint)
    write_file(path, write_pkcs12(key, password))
    return path


@use_case(RESPONSIBLE)
def import_key(
    session: Session, actor: Actor, *, path: Path, password: str, wrap_key: bytes
) -> str:
    """Sign from now on with the key in a file, made by this program for the same centre.

    Args:
        password: of the file.
        wrap_key: under which the key is kept here.

    Returns:
        its fingerprint.

    Raises:
        KnownError: ``file_not_found``; as `read_pkcs12`; ``key_names_person``,
            ``key_file_of_another_centre``, ``key_revoked``.
    """
    key = read_pkcs12(read_file(path), password, session.clock.now())
    _check_own(session, key)
    if session.value("SELECT 1 FROM key_statements WHERE fingerprint = ?", (key.fingerprint,)):
        raise KnownError("key_revoked", fingerprint=key.fingerprint)
    keep_signing_key(session, actor.account_id, key, wrap_key, "signing_key_imported")
    if session.installation.workplace == "headquarters":
        add_trust(session, actor, fingerprint=key.fingerprint, centre=NATIONAL)
    session.changed.add("accounts")
    return key.fingerprint


def _check_own(session: Session, key: SigningKey) -> None:
    """Take in keys of this centre alone, whose certificates name nobody."""
    certificate = load_certificate(key.certificate_der)
    subject = list(certificate.subject)
    name = str(subject[0].value) if len(subject) == 1 else ""
    centre, _, letter = name.rpartition(" ")
    alone = certificate.subject == certificate.issuer and not any(
        one.oid == x509.SubjectAlternativeName.oid for one in certificate.extensions
    )
    ours = centre == NATIONAL or centre in known_centres(session)
    if not (alone and ours and len(letter) == 1):
        raise KnownError("key_names_person")
    if centre != session.installation.centre:
        raise KnownError("key_file_of_another_centre", centre=centre)


@use_case(RESPONSIBLE)
def replace_key(
    session: Session, actor: Actor, *, old: SigningKey, wrap_key: bytes
) -> MadeStatement:
    """Make a new signing key; the old one states that the new one takes its place.

    A lead sends the statement to headquarters, a coordinator sends it to the centres.

    Args:
        old: the actor's present key.
        wrap_key: under which the new key is kept.

    Raises:
        KnownError: ``clock_behind``; ``signing_time_outside_certificate``: the old key has expired
            and vouches for nothing.
    """
    now = signing_time(session)
    check_validity(load_certificate(old.certificate_der), now)
    own = session.installation
    new = create_signing_key(f"{own.centre} {own.station_letter}", now)
    made = _keep_statement(session, actor, REPLACEMENT, old, new)
    keep_signing_key(session, actor.account_id, new, wrap_key, "signing_key_replaced")
    if own.workplace == "headquarters":
        add_trust(
            session,
            actor,
            fingerprint=new.fingerprint,
            centre=NATIONAL,
            stated_by=old.fingerprint,
        )
    return made


@use_case(RESPONSIBLE)
def revoke_key(session: Session, actor: Actor, *, key: SigningKey) -> MadeStatement:
    """Take the actor's key out of use; it states itself that it is not to be trusted any more.

    A lead sends the statement to headquarters, a coordinator sends it to the centres. A new key is
    made when something is to be signed again; whoever is to trust it compares it by phone.

    Raises:
        KnownError: ``clock_behind``.
    """
    signing_time(session)
    made = _keep_statement(session, actor, REVOCATION, key, None)
    session.execute(
        "UPDATE accounts SET certificate = NULL, sealed_key = NULL WHERE id = ?",
        (actor.account_id,),
    )
    write_entry(session, actor.account_id, "signing_key_revoked", record_id=key.fingerprint)
    trusted = "SELECT 1 FROM trusted_keys WHERE fingerprint = ?"
    if actor.roles & COORDINATOR and session.value(trusted, (key.fingerprint,)):
        revoke_trust(session, actor, fingerprint=key.fingerprint)
    return made


def _keep_statement(
    session: Session, actor: Actor, kind: str, key: SigningKey, new: SigningKey | None
) -> MadeStatement:
    own = session.installation
    statement = KeyStatement(
        kind=kind,
        centre=own.centre,
        practice=own.practice,
        made_at=session.now(),
        certificate_der=key.certificate_der,
        new_certificate_der=new.certificate_der if new else None,
    )
    made = MadeStatement(
        kind=kind,
        fingerprint=statement.fingerprint,
        new_fingerprint=statement.new_fingerprint,
        made_at=statement.made_at,
        file_name=statement_name(session, statement),
    )
    session.execute(
        "INSERT INTO key_statements VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            made.fingerprint,
            made.kind,
            made.new_fingerprint,
            made.made_at,
            actor.account_id,
            made.file_name,
            write_statement(statement, key, new),
        ),
    )
    session.changed.add("accounts")
    return made


def statement_name(session: Session, statement: KeyStatement) -> str:
    """Of the file of a statement that is made here."""
    return (
        f"pravo-{statement.centre}-{session.installation.station_letter}-{statement.kind}-"
        f"{statement.fingerprint[:8].lower()}.json"
    )


def key_statements(session: Session, actor: Actor) -> list[MadeStatement]:
    """The statements of keys made here, the last one first."""
    require(actor, RESPONSIBLE, "key_statements")
    rows = session.all(
        "SELECT kind, fingerprint, new_fingerprint, made_at, file_name FROM key_statements "
        "ORDER BY made_at DESC, fingerprint"
    )
    return [MadeStatement(**row) for row in rows]


def write_key_statement(session: Session, actor: Actor, *, fingerprint: str, target: Path) -> Path:
    """Write a statement to a file or into a folder, as it was made.

    Args:
        fingerprint: of the key that speaks.

    Raises:
        KnownError: ``statement_not_found``, and as `file_writing.write_file`.
    """
    require(actor, RESPONSIBLE, "write_key_statement")
    row = session.one(
        "SELECT file_name, content FROM key_statements WHERE fingerprint = ?", (fingerprint,)
    )
    if row is None:
        raise KnownError("statement_not_found")
    path = target / row["file_name"] if target.is_dir() else target
    write_file(path, row["content"])
    return path


@dataclass(frozen=True)
class KeyTerms:
    """Until when keys are valid that end soon; None for one that is not there or has time.

    Args:
        signing: of the actor's signing key; once it is over it vouches for no new one.
        sealing: of headquarters' newest sealing key, which the next receipt renews.
    """

    signing: datetime | None
    sealing: datetime | None


def keys_ending(session: Session, actor: Actor) -> KeyTerms:
    """Which of the keys end within `key_warn_days`."""
    require(actor, EVERYBODY, "keys_ending")
    signing = session.value(
        "SELECT certificate FROM accounts WHERE id = ? AND certificate IS NOT NULL",
        (actor.account_id,),
    )
    sealing = session.value(
        "SELECT certificate FROM sealing_keys ORDER BY made_at DESC, fingerprint LIMIT 1"
    )
    soon = session.clock.now() + timedelta(days=key_warn_days())

    def end(certificate: bytes | None) -> datetime | None:
        until = load_certificate(certificate).not_valid_after_utc if certificate else None
        return until if until is not None and until <= soon else None

    coordinates = bool(actor.roles & COORDINATOR)
    return KeyTerms(end(signing), end(sealing) if coordinates else None)


# --- At headquarters ----------------------------------------------------------------------------


def judge_statement(session: Session, actor: Actor, *, path: Path) -> JudgedStatement:
    """Verify a statement and say what it would do; changes nothing.

    Raises:
        KnownError: as `accept_statement`.
    """
    require(actor, COORDINATOR, "judge_statement")
    return _judged(session, path)


@use_case(COORDINATOR)
def accept_statement(session: Session, actor: Actor, *, path: Path) -> JudgedStatement:
    """Do what a trusted key says of itself: trust the new key, or trust it no more.

    The old key of a replacement stays trusted until it is revoked, for packages on their way; it
    can name one new key only.

    Raises:
        KnownError: ``file_not_found``; as `read_statement`; ``practice_statement``,
            ``statement_of_unknown_key``, ``key_of_another_centre``, ``key_revoked``,
            ``key_replaced_already``, ``key_expired``.
    """
    judged = _judged(session, path)
    if judged.status == ALREADY:
        return judged
    if judged.new_fingerprint is not None:
        add_trust(
            session,
            actor,
            fingerprint=judged.new_fingerprint,
            centre=judged.centre,
            stated_by=judged.fingerprint,
        )
    else:
        revoke_trust(session, actor, fingerprint=judged.fingerprint)
    return judged


def _judged(session: Session, path: Path) -> JudgedStatement:
    statement = read_statement(read_file(path))
    if statement.practice and not session.installation.practice:
        raise KnownError("practice_statement")
    own, new = statement.fingerprint, statement.new_fingerprint
    known = {
        row["fingerprint"]: row
        for row in session.all(
            "SELECT * FROM trusted_keys WHERE fingerprint IN (:own, :new) OR stated_by = :own",
            {"own": own, "new": new},
        )
    }
    if own not in known:
        raise KnownError("statement_of_unknown_key", fingerprint=own)
    if known[own]["centre"] != statement.centre:
        raise KnownError("key_of_another_centre", centre=known[own]["centre"])
    done = bool(known[own]["revoked_at"])
    if new is not None:
        done = _check_replacement(session, statement, known)
    return JudgedStatement(
        status=ALREADY if done else NEW,
        kind=statement.kind,
        centre=statement.centre,
        fingerprint=own,
        new_fingerprint=new,
        made_at=statement.made_at,
    )


def _check_replacement(
    session: Session, statement: KeyStatement, known: dict[str, dict[str, str | None]]
) -> bool:
    """Whether the new key is trusted already; refused where the old one cannot vouch for it."""
    own, new = statement.fingerprint, str(statement.new_fingerprint)
    for one in (own, new):
        if one in known and known[one]["revoked_at"]:
            raise KnownError("key_revoked", fingerprint=one)
    if any(row["stated_by"] == own and one != new for one, row in known.items()):
        raise KnownError("key_replaced_already", fingerprint=own)
    check_in_force(session, statement)
    if new in known and known[new]["centre"] != statement.centre:
        raise KnownError("key_of_another_centre", centre=known[new]["centre"])
    return new in known


def check_in_force(session: Session, statement: KeyStatement) -> None:
    """A key that is not valid now vouches for no other."""
    certificate = load_certificate(statement.certificate_der)
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not begins <= session.clock.now() <= ends:
        raise KnownError("key_expired", valid_from=begins, valid_until=ends)
