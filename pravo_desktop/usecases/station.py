"""The workplace as its settings show it: its card, accounts, backups, staff with their accounts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from db import store
from db.audit import write_entry
from db.session import Session
from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.domain.records import StaffMember, StaffName, Vacancy
from pravo_desktop.errors import KnownError
from pravo_desktop.security.certificates import fingerprint
from pravo_desktop.usecases import leavers
from pravo_desktop.usecases.accounts import Account, accounts
from pravo_desktop.usecases.actor import (
    EVERYBODY,
    RESPONSIBLE,
    Actor,
    Confirmed,
    require,
    use_case,
)
from pravo_desktop.usecases.leavers import EmploymentEnded
from pravo_desktop.usecases.queries import StaffLine, staff_lines
from pravo_desktop.usecases.registers import centre_names, own_region

_BACKUP_MADE = "backup_made"


@dataclass(frozen=True)
class StationCard:
    """What a workplace is, for those who answer for it.

    Args:
        centre: its key, or ``national``; ``name`` is by language, as the registers have it.
        region: key of the centre's region; None at headquarters.
        fingerprint: of the actor's signing key, 64 hexadecimal digits; None without a key.
        last_backup: when the last backup was made, as ISO 8601 in UTC.
    """

    centre: str
    name: Mapping[str, str]
    region: str | None
    station_letter: str
    practice: bool
    accounts: tuple[Account, ...]
    staff: tuple[StaffLine, ...]
    fingerprint: str | None
    last_backup: str | None


@dataclass(frozen=True)
class StaffRow:
    """A staff member with the accounts, open ones, that belong to them."""

    line: StaffLine
    home_centre: str | None
    accounts: tuple[Account, ...]


@dataclass(frozen=True)
class StaffCard:
    """All that is known of a staff member."""

    member: StaffMember
    name: StaffName | None
    accounts: tuple[Account, ...]


def station_card(session: Session, actor: Actor) -> StationCard:
    """The workplace's card."""
    require(actor, RESPONSIBLE, "station_card")
    own = session.installation
    listed = accounts(session, actor)
    mine = next((one.certificate for one in listed if one.account_id == actor.account_id), None)
    return StationCard(
        centre=own.centre,
        name=centre_names(session, own.centre),
        region=None if own.centre == NATIONAL else own_region(session),
        station_letter=own.station_letter,
        practice=own.practice,
        accounts=tuple(listed),
        staff=tuple(staff_lines(session, actor)),
        fingerprint=fingerprint(mine) if mine else None,
        last_backup=last_backup(session, actor),
    )


def staff_rows(session: Session, actor: Actor) -> list[StaffRow]:
    """All staff members, those who work here first."""
    require(actor, RESPONSIBLE, "staff_rows")
    home = {member.id: member.home_centre for member in store.find(session, StaffMember)}
    return [
        StaffRow(line, home[line.staff_id], _accounts_of(session, actor, line.staff_id))
        for line in staff_lines(session, actor)
    ]


def staff_card(session: Session, actor: Actor, staff_id: str) -> StaffCard:
    """A staff member with name and open accounts.

    Raises:
        KnownError: ``not_allowed``, ``specialist_unknown``.
    """
    require(actor, RESPONSIBLE, "staff_card")
    known = {"id": staff_id}
    found = store.find(session, StaffMember, "id = :id", known)
    if not found:
        raise KnownError("specialist_unknown")
    names = store.find(session, StaffName, "id = :id", known)
    return StaffCard(found[0], names[0] if names else None, _accounts_of(session, actor, staff_id))


def _accounts_of(session: Session, actor: Actor, staff_id: str) -> tuple[Account, ...]:
    return tuple(
        one
        for one in accounts(session, actor)
        if one.staff_id == staff_id and one.closed_at is None
    )


def vacancies(session: Session, actor: Actor) -> list[Vacancy]:
    """Empty posts, those still open first."""
    require(actor, RESPONSIBLE, "vacancies")
    return sorted(
        store.find(session, Vacancy),
        key=lambda one: (one.closed_on is not None, one.opened_on, one.id),
    )


@use_case(RESPONSIBLE)
def let_go(
    session: Session,
    actor: Actor,
    *,
    staff_id: str,
    last_day: date,
    hand_over_to: str | None = None,
    close_accounts: bool = True,
    destroy_notes: str | None = None,
    confirmed: Confirmed | None = None,
) -> EmploymentEnded:
    """End somebody's employment and close their accounts, both or neither.

    The window then calls `bootstrap.Workplace.close_account` for each, which takes the password
    away as well.

    Raises:
        KnownError: as `leavers.end_employment` and `leavers.close_account`.
    """
    ended = leavers.end_employment(
        session,
        actor,
        staff_id=staff_id,
        last_day=last_day,
        hand_over_to=hand_over_to,
        confirmed=confirmed,
    )
    if not close_accounts:
        return EmploymentEnded(staff_id, ended.handed_over, ())
    for account_id in ended.accounts:
        leavers.close_account(session, actor, account_id=account_id, destroy_notes=destroy_notes)
    return ended


def note_password(session: Session, actor: Actor) -> None:
    """Write into the history that the actor's password was changed."""
    require(actor, EVERYBODY, "note_password")
    write_entry(session, actor.account_id, "password_changed", record_id=actor.account_id)


def note_recovery_sheet(session: Session, actor: Actor) -> None:
    """Write into the history that the recovery sheet was made anew."""
    require(actor, RESPONSIBLE, "note_recovery_sheet")
    write_entry(session, actor.account_id, "recovery_sheet_reissued")


def note_backup(session: Session, actor: Actor) -> None:
    """Write into the history that a backup was made now."""
    require(actor, EVERYBODY, "note_backup")
    with session.transaction():
        write_entry(session, actor.account_id, _BACKUP_MADE)
        session.changed.add("backups")


def last_backup(session: Session, actor: Actor) -> str | None:
    """When the last backup was made from the window, as ISO 8601 in UTC; None while none was."""
    require(actor, EVERYBODY, "last_backup")
    found = session.value("SELECT max(at) FROM audit_entries WHERE action = ?", (_BACKUP_MADE,))
    return str(found) if found else None
