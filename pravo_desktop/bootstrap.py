"""Puts the program together: a data folder, its keys, its clock and the person who signed in."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine

from db.backup import copy_database, damage_of
from db.engine import PASSING, open_engine, shows_damage
from db.migrate import migrate
from db.session import Session
from pravo_desktop.clock import Clock, clock_for, timestamp
from pravo_desktop.data_folder import (
    ARCHIVE,
    ATTEMPTS,
    DATABASE,
    MAKING,
    SLOTS,
    check_drive,
    decide_restore,
    finish_restore,
    free_name,
    is_empty,
    is_initialised,
)
from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.domain.versions import new_id
from pravo_desktop.errors import KnownError
from pravo_desktop.resources import classifiers
from pravo_desktop.security.attempts import Attempts
from pravo_desktop.security.certificates import SigningKey, create_signing_key
from pravo_desktop.security.keyslots import KeySlots, UnlockedKeys
from pravo_desktop.security.notes import NoteKey
from pravo_desktop.security.passwords import (
    KdfParameters,
    practice_parameters,
    strong_parameters,
)
from pravo_desktop.security.passwords import check_password as check_password
from pravo_desktop.security.recovery import new_code as new_code
from pravo_desktop.sheets import check_target, note_sheet, recovery_sheet_text
from pravo_desktop.usecases import accounts, keys, leavers, notes
from pravo_desktop.usecases.actor import Actor
from pravo_desktop.usecases.first_receipt import first_receipt
from pravo_desktop.usecases.packages import not_written, write_file
from pravo_desktop.usecases.received_receipts import import_receipt
from pravo_desktop.usecases.staff import save_staff_member
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
    def passing_session(self, pause: Callable[[], object]) -> Iterator[Session]:
        """A session that reads the folder once from end to end beside the work and is closed then.

        Args:
            pause: see `Session.pause_with`.

        Raises:
            KnownError: ``signed_out`` after the folder was closed.
        """
        self._check_open()
        engine = open_engine(
            self.folder / DATABASE, self._keys.database_key, read_only=True, cache=PASSING
        )
        try:
            session = Session(engine, self.clock)
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
                return self.make_signing_key(session)
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
        with session.transaction():
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
        with session.transaction():
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
            self._keys, account_id, lambda key: _rekey(session, key)
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
        with session.transaction():
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
        with session.transaction():
            note_recovery_sheet(session, self.actor)
            self._slots.reissue_recovery(
                self._keys, self._parameters, _sheet_writer(target, session)
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


@dataclass(frozen=True)
class Specialist:
    """The head of a centre who sees families too: profession and name for the list of staff."""

    profession: str
    surname: str
    given_name: str = ""


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
    recovery_sheet: Path | None,
    station_letter: str = "A",
    clock: Clock | None = None,
    recovery_code: str | None = None,
    receipt: Path | None = None,
    compared: str | None = None,
    specialist: Specialist | None = None,
) -> Created:
    """Make a data folder with its first account, its station, its signing key and recovery sheet.

    It is made aside and then put in its place whole: cut off, it is not there at all.

    Args:
        folder: empty or not there yet.
        workplace: ``centre`` or ``headquarters``.
        centre: the centre's key; none for headquarters.
        practice: obeys ``PRAVO_NOW``; a real headquarters refuses its packages.
        user: name of the first account, a lead or headquarters' coordinator.
        recovery_sheet: text file to print, outside the data folder; none where ``recovery_code``
            is already on paper.
        station_letter: differs between the stations of one centre.
        receipt: of headquarters for this centre, taken over at once; a centre that did not come
            with the program is known by it.
        compared: fingerprint of the receipt's signer, once two people compared it by phone.
        specialist: the first account's owner as a staff member, at a centre.

    Raises:
        KnownError: ``folder_not_empty``, ``centre_unknown``, ``centre_needed``,
            ``recovery_sheet_inside``, ``recovery_sheet_exists``, ``password_…``,
            ``folder_on_network``, ``folder_read_only``; with a receipt as `first_receipt`.
    """
    folder = folder.resolve()
    if receipt is not None:
        offered = first_receipt(receipt, practice=practice, compared=compared or "")
        if centre is not None and centre != offered.centre:
            raise KnownError("receipt_of_another_centre", centre=offered.centre)
        centre = offered.centre
    if workplace == "headquarters":
        centre = NATIONAL
    elif centre is None:
        raise KnownError("centre_needed")
    elif receipt is None and centre not in classifiers().centres:
        raise KnownError("centre_unknown", centre=centre)
    check_drive(folder)
    if not is_empty(folder):
        raise KnownError("folder_not_empty", folder=folder.name)
    if recovery_sheet is not None:
        check_target(recovery_sheet, folder)
    check_password(password, user)
    making = folder / MAKING
    try:
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
    except OSError as error:
        raise KnownError("folder_read_only", folder=folder.name) from error
    clock = clock or clock_for(practice=practice)
    account_id, station = new_id(), new_id()
    parameters = practice_parameters if practice else strong_parameters
    engine = None
    try:
        slots, keys, code = KeySlots.create(
            making / SLOTS, account_id, user, password, parameters, recovery_code
        )
        engine = open_engine(making / DATABASE, keys.database_key)
        migrate(engine)
        session = Session(engine, clock)
        roles: tuple[str, ...] = ("lead",) if workplace == "centre" else ("coordinator",)
        if specialist is not None:
            roles = (*roles, specialist.profession)
        with session.transaction():
            session.execute(
                "INSERT INTO installation (id, workplace, centre, practice, station, "
                "station_letter, epoch, change, created_at) VALUES (1, ?, ?, ?, ?, ?, 1, 0, ?)",
                (workplace, centre, int(practice), station, station_letter, timestamp(clock.now())),
            )
            accounts.new_account(session, account_id, account_id=account_id, name=user, roles=roles)
            actor = _with_note_key(session, accounts.actor_of(session, account_id), keys)
            key = Workplace(making, clock, actor, practice, keys, engine, slots).make_signing_key(
                session
            )
            if workplace == "headquarters":
                add_trust(session, actor, fingerprint=key.fingerprint, centre=NATIONAL)
            if specialist is not None:
                _employ(session, actor, specialist)
        if receipt is not None:
            import_receipt(session, actor, path=receipt, compared=compared)
        if recovery_sheet is not None:
            text = recovery_sheet_text(code, centre, station_letter, clock.today())
            write_file(recovery_sheet, text.encode())
        session.close()
        engine.dispose()
        decide_restore(folder, making, free_name(folder, "replaced"))
    except BaseException:
        if engine is not None:
            engine.dispose()
        shutil.rmtree(making, ignore_errors=True)
        raise
    engine = open_engine(folder / DATABASE, keys.database_key)
    slots = KeySlots.load(folder / SLOTS)
    opened = Workplace(folder, clock, actor, practice, keys, engine, slots)
    return Created(key.fingerprint, station, opened)


def _sheet_writer(target: Path, session: Session) -> Callable[[str], None]:
    own, day = session.installation, session.clock.today()

    def write(code: str) -> None:
        text = recovery_sheet_text(code, own.centre, own.station_letter, day)
        write_file(target, text.encode())

    return write


def _employ(session: Session, actor: Actor, specialist: Specialist) -> None:
    staff_id = save_staff_member(
        session,
        actor,
        profession=specialist.profession,
        employed_from=session.clock.today(),
        surname=specialist.surname,
        given_name=specialist.given_name or None,
    )
    accounts.link_staff(session, actor, name=actor.name, staff_id=staff_id)


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


def _with_note_key(session: Session, actor: Actor, keys: UnlockedKeys) -> Actor:
    assert keys.wrap_key is not None
    return replace(actor, note_key=notes.open_own_key(session, actor.account_id, keys.wrap_key))


def logins(folder: Path) -> list[str]:
    """Names of the accounts of a data folder.

    Raises:
        KnownError: ``not_initialised``, ``key_slots_damaged``.
    """
    return list(_slots(folder).logins.values())


def _slots(folder: Path) -> KeySlots:
    if not is_initialised(folder):
        raise KnownError("not_initialised", folder=folder.name)
    finish_restore(folder)
    return KeySlots.load(folder / SLOTS)


def sign_in_wait(folder: Path, user: str, clock: Clock | None = None) -> int:
    """Seconds until the next attempt of an account is heard, after failures.

    Raises:
        KnownError: ``not_initialised``, ``key_slots_damaged``.
    """
    account = _slots(folder).account_of(user)
    if account is None:
        return 0
    return Attempts(folder / ATTEMPTS).wait(account, (clock or Clock()).now())


def open_workplace(
    folder: Path, *, password: str, user: str | None = None, clock: Clock | None = None
) -> Workplace:
    """Open a data folder for a person.

    Args:
        user: may be left out where there is one account.
        clock: another clock, for a practice folder; otherwise the folder's own.

    Raises:
        KnownError: ``not_initialised``, ``user_needed``, ``wrong_password``,
            ``sign_in_delayed`` (``seconds``), ``database_unreadable``, ``database_newer``,
            ``account_closed``.
    """
    folder = folder.resolve()
    slots = _slots(folder)
    names = list(slots.logins.values())
    if user is None:
        if len(names) != 1:
            raise KnownError("user_needed")
        user = names[0]
    account = slots.account_of(user)
    attempts, now = Attempts(folder / ATTEMPTS), (clock or Clock()).now()
    if account is not None:
        attempts.begin(account, now)
    keys = slots.unlock(user, password)
    attempts.succeeded(str(account))
    engine, keys = _open_database(folder / DATABASE, slots, keys)
    try:
        migrate(engine, lambda: _keep_before_update(engine, folder))
        session = Session(engine, clock or Clock())
        practice = session.installation.practice
        actor = accounts.actor_of(session, str(keys.account_id))
        at_work = session.all("SELECT id FROM accounts WHERE closed_at IS NULL")
        strays = slots.logins.keys() - {row["id"] for row in at_work}
        for account_id in strays:
            # Cut off between its slot and its line in the database: never made, or closed.
            keys = slots.remove_account(keys, account_id, lambda key: _rekey(session, key))
        chosen = clock if clock is not None and practice else clock_for(practice=practice)
        session.clock = chosen
        actor = _with_note_key(session, actor, keys)
        session.close()
        if not practice:
            slots.strengthen(keys, password)
        if strays:
            engine.dispose()
            engine = open_engine(folder / DATABASE, keys.database_key)
    except BaseException as error:
        engine.dispose()
        if shows_damage(error):
            raise KnownError("database_unreadable", file=DATABASE) from error
        raise
    return Workplace(folder, chosen, actor, practice, keys, engine, slots)


def _keep_before_update(engine: Engine, folder: Path) -> None:
    """Keep the database as the older version left it, with its key slots."""
    aside = free_name(folder, f"before-update-{Clock().today()}")
    part = folder / f".{aside}.part"
    shutil.rmtree(part, ignore_errors=True)
    session = Session(engine, Clock())
    try:
        part.mkdir()
        copy_database(session, part / DATABASE)
        shutil.copy2(folder / SLOTS, part / SLOTS)
        part.rename(folder / aside)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        size = (folder / DATABASE).stat().st_size
        raise not_written(error, folder / aside, size) from error
    finally:
        session.close()


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


def open_with_sheet(
    folder: Path,
    *,
    code: str,
    user: str | None,
    new_password: str,
    next_sheet: Path | None = None,
    clock: Clock | None = None,
) -> Workplace:
    """Open a data folder with its recovery sheet, giving an account a new password.

    What the lost password locked stays locked: the account is given a new signing key, which
    headquarters compares by phone, and its notes wait for their author's own sheet.

    Args:
        code: as typed.
        user: whose password it is; may be left out where there is one account.
        next_sheet: file for the next sheet, outside the data folder: the one used opens nothing
            afterwards. Left out where a backup is only looked at.

    Raises:
        KnownError: ``recovery_code_mistyped``, ``recovery_code_wrong``, ``user_needed``,
            ``account_unknown``, ``password_…``, ``recovery_sheet_…``; ``not_allowed`` when a next
            sheet is asked for and the account does not answer for the station; or what
            `open_workplace` raises.
    """
    folder = folder.resolve()
    slots = _slots(folder)
    if user is None:
        if len(slots.logins) != 1:
            raise KnownError("user_needed")
        (user,) = slots.logins.values()
    account = slots.account_of(user)
    if account is None:
        raise KnownError("account_unknown", name=user)
    check_password(new_password, user)
    if next_sheet is not None:
        check_target(next_sheet, folder)
    keys = slots.unlock_with_recovery(code)
    engine, keys = _open_database(folder / DATABASE, slots, keys)
    try:
        migrate(engine)
        session = Session(engine, clock or Clock())
        own = session.installation
        session.clock = clock if clock and own.practice else clock_for(practice=own.practice)
        actor = accounts.actor_of(session, account)
        parameters = practice_parameters if own.practice else strong_parameters
        with session.transaction():
            accounts.forget_locked_keys(session, account, account)
            if next_sheet is not None:
                note_recovery_sheet(session, actor)
                write_file(next_sheet, b"")
            slots.reset_password(keys, account, new_password, parameters)
            if next_sheet is not None:
                slots.reissue_recovery(keys, parameters, _sheet_writer(next_sheet, session))
        session.close()
    finally:
        engine.dispose()
    Attempts(folder / ATTEMPTS).succeeded(account)
    workplace = open_workplace(folder, password=new_password, user=user, clock=clock)
    if workplace.actor.responsible:
        session = workplace.session()
        workplace.signing_key(session)
        session.close()
    return workplace
