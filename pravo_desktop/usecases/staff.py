"""Staff members and vacancies."""

from datetime import date

from db.session import Session
from pravo_desktop.domain.records import StaffMember, StaffName, Vacancy
from pravo_desktop.domain.validation import check_order
from pravo_desktop.domain.versions import new_id
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.actor import MONTH, RESPONSIBLE, Actor, Confirmed, use_case
from pravo_desktop.usecases.records import keep, remove


@use_case(RESPONSIBLE, MONTH)
def save_staff_member(
    session: Session,
    actor: Actor,
    *,
    profession: str,
    employed_from: date,
    employed_to: date | None = None,
    rate_percent: int = 100,
    home_centre: str | None = None,
    surname: str | None = None,
    given_name: str | None = None,
    patronymic: str | None = None,
    staff_id: str | None = None,
    confirmed: Confirmed | None = None,
) -> str:
    """Add a staff member or change one; the name stays at the centre. Returns the id."""
    record = StaffMember(
        id=staff_id or new_id(),
        profession=profession,
        rate_percent=rate_percent,
        employed_from=employed_from,
        employed_to=employed_to,
        home_centre=home_centre,
    )
    findings = check_order(employed_from, employed_to, "employed_to")
    keep(session, actor, record, findings, confirmed)
    if surname:
        name = StaffName(
            id=record.id, surname=surname, given_name=given_name, patronymic=patronymic
        )
        keep(session, actor, name)
    return record.id


@use_case(RESPONSIBLE, MONTH)
def remove_staff_member(
    session: Session, actor: Actor, *, staff_id: str, confirmed: Confirmed | None = None
) -> None:
    """Take somebody entered by mistake out of the staff list.

    Raises:
        KnownError: ``record_in_use`` while records or an account name them: then their employment
            ends instead.
    """
    accounts = session.value("SELECT count(*) FROM accounts WHERE staff_id = ?", (staff_id,))
    if accounts:
        raise KnownError("record_in_use", number=accounts)
    remove(session, actor, StaffMember, staff_id, confirmed)


@use_case(RESPONSIBLE, MONTH)
def save_vacancy(
    session: Session, actor: Actor, *, vacancy: Vacancy, confirmed: Confirmed | None = None
) -> str:
    """Add an empty post or change one: its notices, the day it was filled. Returns its id."""
    findings = check_order(vacancy.opened_on, vacancy.closed_on, "closed_on")
    return keep(session, actor, vacancy, findings, confirmed).id


@use_case(RESPONSIBLE, MONTH)
def remove_vacancy(
    session: Session, actor: Actor, *, vacancy_id: str, confirmed: Confirmed | None = None
) -> None:
    """Remove a vacancy entered by mistake."""
    remove(session, actor, Vacancy, vacancy_id, confirmed)
