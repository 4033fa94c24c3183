"""Puts the program together: a data folder, its keys, its clock and the person who signed in."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine

from db.engine import open_engine
from db.migrate import migrate
from db.session import Session
from pravo_desktop.clock import Clock, clock_for, timestamp
from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.domain.versions import new_id
from pravo_desktop.errors import KnownError
from pravo_desktop.resources import classifiers
from pravo_desktop.security.certificates import SigningKey, create_signing_key
from pravo_desktop.security.keyslots import KeySlots, UnlockedKeys
from pravo_desktop.security.passwords import (
    check_password,
    practice_parameters,
    strong_parameters,
)
from pravo_desktop.usecases import accounts, leavers
from pravo_desktop.usecases.actor import Actor
from pravo_desktop.usecases.headquarters import add_trust
from pravo_desktop.usecases.packages import write_file
from pravo_desktop.usecases.station import note_password, note_recovery_sheet

DATABASE = "pravo.db"
SLOTS = "keyslots.json"
ARCHIVE = "archive"


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

    @property
    def archive(self) -> Path:
        """Where headquarters keeps accepted packages."""
        return self.folder / ARCHIVE

    def session(self) -> Session:
        """A new session; it belongs to the thread that calls."""
        return Session(self._engine, self.clock)

    def reading_session(self) -> Session:
        """A session for lists and search on a connection of its own, which cannot write."""
        engine = open_engine(self.folder / DATABASE, self._keys.database_key, read_only=True)
        self._readers.append(engine)
        return Session(engine, self.clock)

    def signing_key(self, session: Session) -> SigningKey:
        """The key of the person who signed in.

        Raises:
            KnownError: ``no_signing_key``.
        """
        if self._keys.wrap_key is None:
            raise KnownError("no_signing_key", name=self.actor.name)
        return accounts.signing_key(session, self.actor, self._keys.wrap_key)

    def make_signing_key(self, session: Session) -> SigningKey:
        """Give the person who signed in a signing key, in the present transaction."""
        own = session.installation
        if self._keys.wrap_key is None:
            raise KnownError("no_signing_key", name=self.actor.name)
        key = create_signing_key(f"{own.centre} {own.station_letter}", self.clock.now())
        accounts.keep_signing_key(session, self.actor.account_id, key, self._keys.wrap_key)
        return key

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
        parameters = practice_parameters if self.practice else strong_parameters
        with session.transaction():
            account_id = accounts.add_account(
                session, self.actor, name=name, roles=roles, staff_id=staff_id
            )
            keys = self._slots.add_account(self._keys, account_id, name, password, parameters)
            if {"lead", "coordinator"} & set(roles) and keys.wrap_key is not None:
                own = session.installation
                key = create_signing_key(f"{own.centre} {own.station_letter}", self.clock.now())
                accounts.keep_signing_key(session, account_id, key, keys.wrap_key)
                if own.workplace == "headquarters":
                    add_trust(session, self.actor, fingerprint=key.fingerprint, centre=NATIONAL)
            session.changed.add("accounts")
        return account_id

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
            self._keys, account_id, lambda key: _rekey(session, key)
        )
        session.close()
        self._engine.dispose()
        self._engine = open_engine(self.folder / DATABASE, self._keys.database_key)
        return self.session()

    def change_password(self, session: Session, *, old: str, new: str) -> None:
        """Change the password of the person who signed in.

        Raises:
            KnownError: ``wrong_password``, ``password_…``.
        """
        check_password(new, self.actor.name)
        parameters = practice_parameters if self.practice else strong_parameters
        with session.transaction():
            note_password(session, self.actor)
            self._slots.change_password(self.actor.name, old, new, parameters)

    def reissue_recovery_sheet(self, session: Session, *, target: Path) -> None:
        """Write a new recovery sheet to print; the old one opens nothing any more.

        Args:
            target: text file outside the data folder, not there yet.

        Raises:
            KnownError: ``not_allowed``, ``recovery_sheet_inside``, ``recovery_sheet_exists``,
                ``file_not_written``.
        """
        if self.folder in target.resolve().parents:
            raise KnownError("recovery_sheet_inside", file=target.name)
        if target.exists():
            raise KnownError("recovery_sheet_exists", file=target.name)
        own = session.installation
        parameters = practice_parameters if self.practice else strong_parameters
        with session.transaction():
            note_recovery_sheet(session, self.actor)
            # The place is tried before the old sheet is gone.
            write_file(target, b"")
            code = self._slots.reissue_recovery(self._keys, parameters)
            day = self.clock.today()
            write_file(target, _sheet(code, own.centre, own.station_letter, day).encode())

    def close(self) -> None:
        """Close the database; sessions must not be used afterwards."""
        self._close_readers()
        self._engine.dispose()

    def _close_readers(self) -> None:
        for engine in self._readers:
            engine.dispose()
        self._readers.clear()


@dataclass(frozen=True)
class Created:
    """A new data folder: the fingerprint is read out to headquarters over the phone."""

    fingerprint: str
    station: str
    workplace: Workplace


def create_workplace(
    folder: Path,
    *,
    workplace: str,
    centre: str | None,
    practice: bool,
    user: str,
    password: str,
    recovery_sheet: Path,
    station_letter: str = "A",
    clock: Clock | None = None,
) -> Created:
    """Make a data folder with its first account, its station, its signing key and recovery sheet.

    Args:
        folder: empty or not there yet.
        workplace: ``centre`` or ``headquarters``.
        centre: the centre's key; none for headquarters.
        practice: obeys ``PRAVO_NOW``; a real headquarters refuses its packages.
        user: name of the first account, a lead or headquarters' coordinator.
        recovery_sheet: text file to print, outside the data folder.
        station_letter: differs between the stations of one centre.

    Raises:
        KnownError: ``folder_not_empty``, ``centre_unknown``, ``centre_needed``,
            ``recovery_sheet_inside``, ``recovery_sheet_exists``, ``password_…``.
    """
    folder = folder.resolve()
    if workplace == "headquarters":
        centre = NATIONAL
    elif centre is None:
        raise KnownError("centre_needed")
    elif centre not in classifiers().centres:
        raise KnownError("centre_unknown", centre=centre)
    if folder.exists() and any(folder.iterdir()):
        raise KnownError("folder_not_empty", folder=folder.name)
    if folder in recovery_sheet.resolve().parents:
        raise KnownError("recovery_sheet_inside", file=recovery_sheet.name)
    if recovery_sheet.exists():
        raise KnownError("recovery_sheet_exists", file=recovery_sheet.name)
    check_password(password, user)
    folder.mkdir(parents=True, exist_ok=True)
    clock = clock or clock_for(practice=practice)
    account_id, station = new_id(), new_id()
    parameters = practice_parameters if practice else strong_parameters
    slots, keys, code = KeySlots.create(folder / SLOTS, account_id, user, password, parameters)
    engine = None
    try:
        engine = open_engine(folder / DATABASE, keys.database_key)
        migrate(engine)
        session = Session(engine, clock)
        role = "lead" if workplace == "centre" else "coordinator"
        with session.transaction():
            session.execute(
                "INSERT INTO installation (id, workplace, centre, practice, station, "
                "station_letter, epoch, change, created_at) VALUES (1, ?, ?, ?, ?, ?, 1, 0, ?)",
                (workplace, centre, int(practice), station, station_letter, timestamp(clock.now())),
            )
            accounts.new_account(
                session, account_id, account_id=account_id, name=user, roles=(role,)
            )
            actor = accounts.actor_of(session, account_id)
            opened = Workplace(folder, clock, actor, practice, keys, engine, slots)
            key = opened.make_signing_key(session)
            if workplace == "headquarters":
                add_trust(session, actor, fingerprint=key.fingerprint, centre=NATIONAL)
        write_file(recovery_sheet, _sheet(code, centre, station_letter, clock.today()).encode())
        session.close()
    except BaseException:
        if engine is not None:
            engine.dispose()
        for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", SLOTS):
            with suppress(FileNotFoundError):
                (folder / name).unlink()
        raise
    return Created(key.fingerprint, station, opened)


def _rekey(session: Session, key: bytes) -> None:
    """Encrypt the database anew; without the write-ahead log, whose pages have the old key."""
    try:
        session.value("PRAGMA journal_mode = DELETE")
    except sqlcipher.OperationalError as error:
        raise KnownError("database_busy") from error
    try:
        session.value(f"PRAGMA rekey = \"x'{key.hex()}'\"")
    finally:
        session.value("PRAGMA journal_mode = WAL")


def _sheet(code: str, centre: str, letter: str, day: date) -> str:
    """The recovery sheet in the three languages; it is printed and kept away from the computer."""
    return (
        "Pravo Desktop\n"
        f"{centre} · {letter} · {day:%d.%m.%Y}\n\n"
        "Қалпына келтіру парағы / Лист восстановления / Recovery sheet\n\n"
        f"    {code}\n\n"
        "Басып шығарып, компьютерден бөлек сақтаңыз; файлды жойыңыз.\n"
        "Распечатайте и храните отдельно от компьютера; файл удалите.\n"
        "Print it, keep it away from the computer and delete the file.\n"
    )


def logins(folder: Path) -> list[str]:
    """Names of the accounts of a data folder.

    Raises:
        KnownError: ``not_initialised``, ``key_slots_damaged``.
    """
    return list(_slots(folder).logins.values())


def is_initialised(folder: Path) -> bool:
    """Whether a data folder has been made here."""
    return (folder / SLOTS).exists()


def _slots(folder: Path) -> KeySlots:
    if not is_initialised(folder):
        raise KnownError("not_initialised", folder=folder.name)
    return KeySlots.load(folder / SLOTS)


def open_workplace(
    folder: Path, *, password: str, user: str | None = None, clock: Clock | None = None
) -> Workplace:
    """Open a data folder for a person.

    Args:
        user: may be left out where there is one account.
        clock: another clock, for a practice folder; otherwise the folder's own.

    Raises:
        KnownError: ``not_initialised``, ``user_needed``, ``wrong_password``,
            ``database_unreadable``, ``database_newer``, ``account_closed``.
    """
    folder = folder.resolve()
    slots = _slots(folder)
    names = list(slots.logins.values())
    if user is None:
        if len(names) != 1:
            raise KnownError("user_needed")
        user = names[0]
    keys = slots.unlock(user, password)
    engine, keys = _open_database(folder / DATABASE, slots, keys)
    try:
        migrate(engine)
        session = Session(engine, clock or Clock())
        practice = session.installation.practice
        actor = accounts.actor_of(session, str(keys.account_id))
        session.close()
    except BaseException:
        engine.dispose()
        raise
    chosen = clock if clock is not None and practice else clock_for(practice=practice)
    return Workplace(folder, chosen, actor, practice, keys, engine, slots)


def _open_database(path: Path, slots: KeySlots, keys: UnlockedKeys) -> tuple[Engine, UnlockedKeys]:
    if not path.exists():
        raise KnownError("database_missing", file=path.name)
    if keys.next_key is None:
        return open_engine(path, keys.database_key), keys
    try:
        engine, key = open_engine(path, keys.next_key), keys.next_key
        engine.raw_connection().close()
    except KnownError:
        engine, key = open_engine(path, keys.database_key), keys.database_key
    return engine, slots.settle(keys, key)
