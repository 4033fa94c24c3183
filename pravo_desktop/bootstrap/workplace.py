"""An open data folder, and what the person working in it does with keys and passwords."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine

from db.backup import damage_of
from db.engine import PASSING, open_engine
from db.session import Session
from pravo_desktop.clock import Clock
from pravo_desktop.data_folder import (
    ARCHIVE,
    ATTEMPTS,
    DATABASE,
)
from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.errors import KnownError
from pravo_desktop.security.attempts import Attempts
from pravo_desktop.security.certificates import SigningKey, create_signing_key
from pravo_desktop.security.keyslots import KeySlots
from pravo_desktop.security.notes import NoteKey
from pravo_desktop.security.passwords import (
    KdfParameters,
    check_password,
    practice_parameters,
    strong_parameters,
)
from pravo_desktop.security.slots import UnlockedKeys
from pravo_desktop.sheets import check_target, note_sheet, recovery_sheet_text
from pravo_desktop.usecases import accounts, keys, leavers, notes
from pravo_desktop.usecases.actor import Actor
from pravo_desktop.usecases.file_writing import write_file
from pravo_desktop.usecases.station import note_password, note_recovery_sheet
from pravo_desktop.usecases.trust import add_trust


@dataclass
class Workplace:
    """An open data folder and the person working in it.

    Args:
        folder: the data folder.
        clock: the one clock.
        actor: who signed in.
    """

    folder: Path
    clock: Clock
    actor: Actor
    practice: bool
    _keys: UnlockedKeys = field(repr=False)
    _engine: Engine = field(repr=False)
    _slots: KeySlots = field(repr=False)
    _readers: list[Engine] = field(default_factory=list, repr=False)
    _closed: bool = field(default=False, repr=False)

    @property
    def archive(self) -> Path:
        """Where headquarters keeps accepted packages."""
        return self.folder / ARCHIVE

    def session(self) -> Session:
        """A new session; it belongs to the thread that calls.

        Raises:
            KnownError: ``signed_out`` after the folder was closed.
        """
        self._check_open()
        return Session(self._engine, self.clock)

    def reading_session(self) -> Session:
        """A session for lists and search on a connection of its own, which cannot write.

        Raises:
            KnownError: ``signed_out`` after the folder was closed.
        """
        self._check_open()
        engine = open_engine(self.folder / DATABASE, self._keys.database_key, read_only=True)
        self._readers.append(engine)
        return Session(engine, self.clock)

    @contextmanager
    def passing_session(self, pause: Callable[[], object] | None) -> Iterator[Session]:
        """A session that reads the folder once from end to end beside the work and is closed then.

        Args:
            pause: see `Session.pause_with`; none for short work.

        Raises:
            KnownError: ``signed_out`` after the folder was closed.
        """
        self._check_open()
        engine = open_engine(
            self.folder / DATABASE, self._keys.database_key, read_only=True, cache=PASSING
        )
        try:
            session = Session(engine, self.clock)
            if pause is not None:
                session.pause_with(pause)
            try:
                yield session
            finally:
                session.close()
        finally:
            engine.dispose()

    def examine_copy(self, database: Path, pause: Callable[[], object] | None = None) -> list[str]:
        """What is wrong with a copy of the database; nothing when it is whole.

        Args:
            pause: see `Session.pause_with`.

        Raises:
            KnownError: ``database_unreadable``.
        """
        return damage_of(database, self._keys.database_key, pause)

    def signing_key(self, session: Session) -> SigningKey:
        """The key of the person who signed in; who became a lead later is given one now.

        Raises:
            KnownError: ``no_signing_key``.
        """
        if self._keys.wrap_key is None:
            raise KnownError("no_signing_key", name=self.actor.name)
        if self.actor.responsible and not accounts.has_signing_key(session, self.actor):
            with session.transaction():
                key = self.make_signing_key(session)
                if session.installation.workplace == "headquarters":
                    add_trust(session, self.actor, fingerprint=key.fingerprint, centre=NATIONAL)
                return key
        return accounts.signing_key(session, self.actor, self._keys.wrap_key)

    def make_signing_key(self, session: Session) -> SigningKey:
        """Give the person who signed in a signing key, in the present transaction."""
        own = session.installation
        if self._keys.wrap_key is None:
            raise KnownError("no_signing_key", name=self.actor.name)
        key = create_signing_key(f"{own.centre} {own.station_letter}", self.clock.now())
        accounts.keep_signing_key(session, self.actor.account_id, key, self._keys.wrap_key)
        return key

    def import_key(self, session: Session, *, path: Path, password: str) -> str:
        """Sign from now on with the key in a file; returns its fingerprint.

        Raises:
            KnownError: ``no_signing_key``, and as `keys.import_key`.
        """
        if self._keys.wrap_key is None:
            raise KnownError("no_signing_key", name=self.actor.name)
        return keys.import_key(
            session, self.actor, path=path, password=password, wrap_key=self._keys.wrap_key
        )

    def replace_key(self, session: Session) -> keys.MadeStatement:
        """Replace the lead's signing key by a new one that the old one vouches for.

        Raises:
            KnownError: ``no_signing_key``, and as `keys.replace_key`.
        """
        if self._keys.wrap_key is None:
            raise KnownError("no_signing_key", name=self.actor.name)
        old = self.signing_key(session)
        return keys.replace_key(session, self.actor, old=old, wrap_key=self._keys.wrap_key)

    def add_account(
        self,
        session: Session,
        *,
        name: str,
        password: str,
        roles: tuple[str, ...],
        staff_id: str | None = None,
    ) -> str:
        """Add an account with its password; a lead gets a signing key. Returns the account's id.

        Args:
            staff_id: the staff member it belongs to.

        Raises:
            KnownError: ``not_allowed``, ``login_taken``, ``role_unknown``, ``password_…``.
        """
        check_password(password, name)
        with self._slots.all_or_nothing(), session.transaction():
            account_id = accounts.add_account(
                session, self.actor, name=name, roles=roles, staff_id=staff_id
            )
            keys = self._slots.add_account(self._keys, account_id, name, password, self._parameters)
            if {"lead", "coordinator"} & set(roles) and keys.wrap_key is not None:
                own = session.installation
                key = create_signing_key(f"{own.centre} {own.station_letter}", self.clock.now())
                accounts.keep_signing_key(session, account_id, key, keys.wrap_key)
                if own.workplace == "headquarters":
                    add_trust(session, self.actor, fingerprint=key.fingerprint, centre=NATIONAL)
            session.changed.add("accounts")
        return account_id

    def reset_password(self, session: Session, *, account_id: str, new: str) -> None:
        """Give somebody who forgot theirs a new password; their notes stay closed to everybody.

        Raises:
            KnownError: ``not_allowed``, ``account_unknown``, ``account_closed``, ``own_password``,
                ``password_…``.
        """
        check_password(new, self._slots.logins.get(account_id, ""))
        with self._slots.all_or_nothing(), session.transaction():
            accounts.reset_password(session, self.actor, account_id=account_id)
            self._slots.reset_password(self._keys, account_id, new, self._parameters)
        Attempts(self.folder / ATTEMPTS).succeeded(account_id)

    def issue_note_sheet(self, session: Session, *, target: Path) -> None:
        """Write the person's own sheet for notes; an older one opens nothing any more.

        Raises:
            KnownError: ``notes_locked``, ``recovery_sheet_inside``, ``recovery_sheet_exists``,
                ``file_not_written``.
        """
        if self.actor.note_key is None:
            raise KnownError("notes_locked")
        check_target(target, self.folder)
        with session.transaction():
            write_file(target, b"")
            self._write_note_sheet(session, self.actor.note_key, target)

    def unlock_notes(self, session: Session, *, code: str, target: Path) -> None:
        """Open the person's notes with the own sheet after their password was set anew.

        Args:
            target: file for the next sheet; the used one opens nothing any more.

        Raises:
            KnownError: ``notes_without_sheet``, ``recovery_code_…``, ``recovery_sheet_…``,
                ``file_not_written``.
        """
        assert self._keys.wrap_key is not None
        check_target(target, self.folder)
        with session.transaction():
            key = notes.open_with_sheet(session, self.actor, code, self._keys.wrap_key)
            write_file(target, b"")
            self._write_note_sheet(session, key, target)
        self.actor = replace(self.actor, note_key=key)

    def destroy_notes(self, session: Session, *, reason: str) -> int:
        """Destroy the person's own notes and give them a new key; returns how many there were.

        Raises:
            KnownError: ``field_required``, ``text_too_long``.
        """
        assert self._keys.wrap_key is not None
        with session.transaction():
            number = notes.destroy_notes(session, self.actor, reason=reason)
            key = notes.open_own_key(session, self.actor.account_id, self._keys.wrap_key)
        self.actor = replace(self.actor, note_key=key)
        return number

    def _write_note_sheet(self, session: Session, key: NoteKey, target: Path) -> None:
        own, day = session.installation, self.clock.today()
        code, kept = key.issue_sheet(self.actor.account_id, self._parameters)
        notes.keep_sheet(session, self.actor, kept)
        write_file(
            target, note_sheet(code, self.actor.name, own.centre, own.station_letter, day).encode()
        )

    @property
    def _parameters(self) -> Callable[[], KdfParameters]:
        return practice_parameters if self.practice else strong_parameters

    def close_account(self, session: Session, *, account_id: str) -> Session:
        """Close an account, take its password away and give the database a new key.

        Interrupted, it is finished by calling it again.

        Args:
            session: the only one at work; those for reading must not be used afterwards.

        Returns:
            a session to go on with; the one given is closed.

        Raises:
            KnownError: ``not_allowed``, ``account_unknown``, ``own_account``, ``last_lead``,
                ``database_busy`` while another window has the folder open.
        """
        self._close_readers()
        leavers.close_account(session, self.actor, account_id=account_id)
        self._keys = self._slots.remove_account(
            self._keys, account_id, lambda key: rekey(session, key)
        )
        session.close()
        self._engine.dispose()
        self._engine = open_engine(self.folder / DATABASE, self._keys.database_key)
        return self.session()

    def change_password(self, session: Session, *, old: str, new: str) -> None:
        """Change the password of the person who signed in.

        Raises:
            KnownError: ``wrong_password``, ``sign_in_delayed``, ``password_…``.
        """
        check_password(new, self.actor.name)
        attempts = Attempts(self.folder / ATTEMPTS)
        attempts.begin(self.actor.account_id, self.clock.now())
        with self._slots.all_or_nothing(), session.transaction():
            note_password(session, self.actor)
            self._slots.change_password(self.actor.name, old, new, self._parameters)
        attempts.succeeded(self.actor.account_id)

    def reissue_recovery_sheet(self, session: Session, *, target: Path) -> None:
        """Write a new recovery sheet to print; the old one opens nothing any more.

        Args:
            target: text file outside the data folder, not there yet.

        Raises:
            KnownError: ``not_allowed``, ``recovery_sheet_inside``, ``recovery_sheet_exists``,
                ``file_not_written``.
        """
        check_target(target, self.folder)
        with self._slots.all_or_nothing(), session.transaction():
            note_recovery_sheet(session, self.actor)
            self._slots.reissue_recovery(
                self._keys, self._parameters, sheet_writer(target, session)
            )

    def close(self) -> None:
        """Close the database; sessions must not be used afterwards."""
        self._closed = True
        self._close_readers()
        self._engine.dispose()

    def _check_open(self) -> None:
        if self._closed:
            raise KnownError("signed_out")

    def _close_readers(self) -> None:
        for engine in self._readers:
            engine.dispose()
        self._readers.clear()


def sheet_writer(target: Path, session: Session) -> Callable[[str], None]:
    own, day = session.installation, session.clock.today()

    def write(code: str) -> None:
        text = recovery_sheet_text(code, own.centre, own.station_letter, day)
        write_file(target, text.encode())

    return write


def rekey(session: Session, key: bytes) -> None:
    """Encrypt the database anew; without the write-ahead log, whose pages have the old key."""
    try:
        session.value("PRAGMA journal_mode = DELETE")
    except sqlcipher.OperationalError as error:
        raise KnownError("database_busy") from error
    try:
        session.value(f"PRAGMA rekey = \"x'{key.hex()}'\"")
    finally:
        session.value("PRAGMA journal_mode = WAL")


def with_note_key(session: Session, actor: Actor, keys: UnlockedKeys) -> Actor:
    assert keys.wrap_key is not None
    return replace(actor, note_key=notes.open_own_key(session, actor.account_id, keys.wrap_key))
