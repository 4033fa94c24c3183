"""Makes a new data folder: its first account, its station, its signing key and its sheet."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from db.engine import open_engine
from db.migrate import migrate
from db.session import Session
from pravo_desktop.bootstrap.workplace import Workplace, with_note_key
from pravo_desktop.clock import Clock, clock_for, timestamp
from pravo_desktop.data_folder import (
    DATABASE,
    MAKING,
    SLOTS,
    check_drive,
    decide_restore,
    free_name,
    is_empty,
)
from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.domain.versions import new_id
from pravo_desktop.errors import KnownError
from pravo_desktop.resources import classifiers
from pravo_desktop.security.keyslots import KeySlots
from pravo_desktop.security.passwords import check_password, practice_parameters, strong_parameters
from pravo_desktop.security.slots import UnlockedKeys
from pravo_desktop.sheets import check_target, recovery_sheet_text
from pravo_desktop.usecases import accounts
from pravo_desktop.usecases.actor import Actor
from pravo_desktop.usecases.file_writing import write_file
from pravo_desktop.usecases.first_receipt import first_receipt
from pravo_desktop.usecases.received_receipts import import_receipt
from pravo_desktop.usecases.staff import save_staff_member
from pravo_desktop.usecases.trust import add_trust


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
    centre = _whose(workplace, centre, by_receipt=receipt is not None)
    check_drive(folder)
    if not is_empty(folder):
        raise KnownError("folder_not_empty", folder=folder.name)
    if recovery_sheet is not None:
        check_target(recovery_sheet, folder)
    check_password(password, user)
    making = _begun(folder)
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
        with session.transaction():
            session.execute(
                "INSERT INTO installation (id, workplace, centre, practice, station, "
                "station_letter, epoch, change, created_at) VALUES (1, ?, ?, ?, ?, ?, 1, 0, ?)",
                (workplace, centre, int(practice), station, station_letter, timestamp(clock.now())),
            )
            actor = _first_account(session, account_id, user, workplace, specialist, keys)
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


def _whose(workplace: str, centre: str | None, *, by_receipt: bool) -> str:
    """The key of the centre, or of headquarters, that a folder is for."""
    if workplace == "headquarters":
        return NATIONAL
    if centre is None:
        raise KnownError("centre_needed")
    if not by_receipt and centre not in classifiers().centres:
        raise KnownError("centre_unknown", centre=centre)
    return centre


def _begun(folder: Path) -> Path:
    """An empty folder in which a data folder is made, in the place of one that was cut off."""
    making = folder / MAKING
    try:
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
    except OSError as error:
        raise KnownError("folder_read_only", folder=folder.name) from error
    return making


def _first_account(
    session: Session,
    account_id: str,
    name: str,
    workplace: str,
    specialist: Specialist | None,
    keys: UnlockedKeys,
) -> Actor:
    roles: tuple[str, ...] = ("lead",) if workplace == "centre" else ("coordinator",)
    if specialist is not None:
        roles = (*roles, specialist.profession)
    accounts.new_account(session, account_id, account_id=account_id, name=name, roles=roles)
    return with_note_key(session, accounts.actor_of(session, account_id), keys)


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
