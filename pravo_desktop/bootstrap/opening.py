"""Opens a data folder with a password, or with its recovery sheet."""

from pathlib import Path

from sqlalchemy import Engine

from db.engine import check_there, open_engine, shows_damage
from db.session import Session
from pravo_desktop.bootstrap.updating import bring_up_to_date
from pravo_desktop.bootstrap.workplace import Workplace, rekey, sheet_writer, with_note_key
from pravo_desktop.clock import Clock, clock_for
from pravo_desktop.data_folder import (
    ATTEMPTS,
    DATABASE,
    SLOTS,
    finish_restore,
    is_initialised,
)
from pravo_desktop.errors import KnownError
from pravo_desktop.security.attempts import Attempts
from pravo_desktop.security.keyslots import KeySlots
from pravo_desktop.security.passwords import (
    check_password,
    practice_parameters,
    strong_parameters,
)
from pravo_desktop.security.slots import UnlockedKeys
from pravo_desktop.sheets import check_target
from pravo_desktop.usecases import accounts
from pravo_desktop.usecases.file_writing import write_file
from pravo_desktop.usecases.station import note_recovery_sheet


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
    slots.forget_before()
    engine, keys = _open_database(folder / DATABASE, slots, keys)
    try:
        bring_up_to_date(engine, folder)
        session = Session(engine, clock or Clock())
        practice = session.installation.practice
        actor = accounts.actor_of(session, str(keys.account_id))
        at_work = session.all("SELECT id FROM accounts WHERE closed_at IS NULL")
        strays = slots.logins.keys() - {row["id"] for row in at_work}
        for account_id in strays:
            # Cut off between its slot and its line in the database: never made, or closed.
            keys = slots.remove_account(keys, account_id, lambda key: rekey(session, key))
        chosen = clock if clock is not None and practice else clock_for(practice=practice)
        session.clock = chosen
        actor = with_note_key(session, actor, keys)
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


def _open_database(path: Path, slots: KeySlots, keys: UnlockedKeys) -> tuple[Engine, UnlockedKeys]:
    check_there(path)
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
        bring_up_to_date(engine, folder)
        session = Session(engine, clock or Clock())
        own = session.installation
        session.clock = clock if clock and own.practice else clock_for(practice=own.practice)
        actor = accounts.actor_of(session, account)
        parameters = practice_parameters if own.practice else strong_parameters
        with slots.all_or_nothing(), session.transaction():
            accounts.forget_locked_keys(session, account, account)
            if next_sheet is not None:
                note_recovery_sheet(session, actor)
                write_file(next_sheet, b"")
            slots.reset_password(keys, account, new_password, parameters)
            if next_sheet is not None:
                slots.reissue_recovery(keys, parameters, sheet_writer(next_sheet, session))
        session.close()
    except BaseException as error:
        if shows_damage(error):
            raise KnownError("database_unreadable", file=DATABASE) from error
        raise
    finally:
        engine.dispose()
    Attempts(folder / ATTEMPTS).succeeded(account)
    workplace = open_workplace(folder, password=new_password, user=user, clock=clock)
    if workplace.actor.responsible:
        session = workplace.session()
        workplace.signing_key(session)
        session.close()
    return workplace
