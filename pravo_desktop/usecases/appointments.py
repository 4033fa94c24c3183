"""Visits to come: planned, referred to a profession or an outside body, kept or missed."""

from dataclasses import dataclass, replace
from datetime import date

from db import store
from db.search import OPEN_TO_READER
from db.session import Session
from pravo_desktop.domain.dates import parse_hour
from pravo_desktop.domain.records import Appointment, Consultation, StaffMember
from pravo_desktop.domain.validation import Finding
from pravo_desktop.domain.versions import new_id
from pravo_desktop.usecases.access import case_for
from pravo_desktop.usecases.actor import CASE, CENTRE, Actor, Confirmed, require, use_case
from pravo_desktop.usecases.records import keep, remove


@dataclass(frozen=True)
class AppointmentLine:
    """A visit to come as a list shows it.

    Args:
        number: of the case.
        title: the couple's names, the case's label, or nothing.
    """

    appointment: Appointment
    number: str
    title: str


@use_case(CENTRE, CASE)
def plan_appointment(
    session: Session,
    actor: Actor,
    *,
    case_id: str,
    planned_on: date,
    time: str | None = None,
    specialist_id: str | None = None,
    profession: str | None = None,
    appointment_id: str | None = None,
    confirmed: Confirmed | None = None,
) -> str:
    """Plan a couple's next visit, or change a planned one; returns its id.

    Args:
        time: ``HH:MM``.
        specialist_id: whom they come to; the actor when neither this nor ``profession`` is given.
        profession: any specialist of this profession.

    Raises:
        KnownError: ``date_in_past``, ``time_invalid``, ``field_required``, ``only_one_of_two``,
            ``specialist_unknown``, ``case_restricted``.
    """
    record = Appointment(
        id=appointment_id or new_id(),
        case_id=case_id,
        planned_on=planned_on,
        time=time or None,
        specialist_id=specialist_id or (None if profession else actor.staff_id),
        profession=profession,
    )
    findings = _findings(session, record)
    if not (record.specialist_id or profession):
        findings.append(Finding("field_required", "specialist_id"))
    if specialist_id and profession:
        findings.append(Finding("only_one_of_two", "profession"))
    return keep(session, actor, record, findings, confirmed).id


@use_case(CENTRE, CASE)
def refer_case(
    session: Session,
    actor: Actor,
    *,
    case_id: str,
    profession: str | None = None,
    body: str | None = None,
    planned_on: date | None = None,
    appointment_id: str | None = None,
    confirmed: Confirmed | None = None,
) -> str:
    """Refer a couple to a profession here or to an outside body, or change a referral.

    Args:
        planned_on: from when they are expected; today when empty.

    Returns:
        the appointment's id.

    Raises:
        KnownError: ``field_required``, ``only_one_of_two``, ``date_in_past``,
            ``case_restricted``.
    """
    record = Appointment(
        id=appointment_id or new_id(),
        case_id=case_id,
        planned_on=planned_on or session.clock.today(),
        profession=profession,
        body=body or None,
    )
    findings = _findings(session, record)
    if not (profession or record.body):
        findings.append(Finding("field_required", "profession"))
    if profession and record.body:
        findings.append(Finding("only_one_of_two", "body"))
    return keep(session, actor, record, findings, confirmed).id


def _findings(session: Session, record: Appointment) -> list[Finding]:
    findings = []
    known = store.find(session, Appointment, "id = :id", {"id": record.id})
    moved = not known or known[0].planned_on != record.planned_on
    if moved and record.planned_on < session.clock.today():
        findings.append(Finding("date_in_past", "planned_on"))
    if record.time and parse_hour(record.time) != record.time:
        findings.append(Finding("time_invalid", "time"))
    if record.specialist_id:
        found = store.find(session, StaffMember, "id = :id", {"id": record.specialist_id})
        if not found:
            findings.append(Finding("specialist_unknown", "specialist_id"))
        elif found[0].employed_to and found[0].employed_to < record.planned_on:
            findings.append(Finding("outside_employment", "planned_on", warning=True))
    return findings


@use_case(CENTRE, CASE)
def mark_appointment(session: Session, actor: Actor, *, appointment_id: str, state: str) -> None:
    """Say that a couple came, did not come, or that the visit was cancelled.

    Args:
        state: a key of ``appointment_state``; ``expected`` takes a slip back.
    """
    known = store.get(session, Appointment, appointment_id)
    keep(session, actor, replace(known, state=state))


@use_case(CENTRE, CASE)
def remove_appointment(session: Session, actor: Actor, *, appointment_id: str) -> None:
    """Remove a visit or referral entered by mistake."""
    remove(session, actor, Appointment, appointment_id)


def mark_came(session: Session, actor: Actor, visit: Consultation) -> None:
    """Mark what a recorded consultation fulfils, inside the same transaction.

    These are the visit planned with its specialist on that day, and referrals to the
    specialist's profession that had been made by then. Where nothing else was expected on that
    day, a colleague's only visit counts too: somebody stood in.
    """
    expected = store.find(
        session,
        Appointment,
        "case_id = :case AND state = 'expected' AND planned_on <= :day",
        {"case": visit.case_id, "day": visit.held_on.isoformat()},
    )
    if not expected:
        return
    profession = store.get(session, StaffMember, visit.specialist_id).profession
    kept = [
        one
        for one in expected
        if (one.specialist_id == visit.specialist_id and one.planned_on == visit.held_on)
        or (one.specialist_id is None and one.profession == profession)
    ]
    of_the_day = [one for one in expected if one.planned_on == visit.held_on]
    if not kept and len(of_the_day) == 1 and of_the_day[0].specialist_id:
        kept = of_the_day
    for one in kept:
        keep(session, actor, replace(one, state="came"))


def appointments_of_case(session: Session, actor: Actor, case_id: str) -> list[Appointment]:
    """All visits and referrals of a case, the latest day first, those of a day by their hour."""
    require(actor, CENTRE, "appointments_of_case")
    case_for(session, actor, case_id)
    return store.find(
        session,
        Appointment,
        "case_id = :case",
        {"case": case_id},
        order="planned_on DESC, time IS NULL, time, id",
    )


def my_appointments(session: Session, actor: Actor, *, until: date) -> list[AppointmentLine]:
    """Visits expected by the actor up to a day, those that were missed silently first."""
    require(actor, CENTRE, "my_appointments")
    return _lines(
        session,
        actor,
        "a.specialist_id = :staff AND a.planned_on <= :until",
        {"staff": actor.staff_id, "until": until.isoformat()},
    )


def referrals_to_me(session: Session, actor: Actor) -> list[AppointmentLine]:
    """Couples referred to the actor's profession whom nobody has seen yet."""
    require(actor, CENTRE, "referrals_to_me")
    return _lines(
        session,
        actor,
        "a.specialist_id IS NULL AND a.profession = "
        "(SELECT profession FROM staff_members WHERE id = :staff)",
        {"staff": actor.staff_id},
    )


def _lines(
    session: Session, actor: Actor, where: str, parameters: dict[str, object]
) -> list[AppointmentLine]:
    of_case = {
        row["id"]: row
        for row in session.all(
            "SELECT a.id, c.number, i.title FROM appointments a JOIN cases c ON c.id = a.case_id "
            "JOIN case_index i ON i.case_id = c.id WHERE NOT a.deleted AND a.state = 'expected' "
            f"AND NOT c.deleted AND {where} AND {OPEN_TO_READER.format(case='c.id')}",
            {**parameters, "reader": actor.account_id},
        )
    }
    found = store.records_by_id(session, Appointment, sorted(of_case))
    return [
        AppointmentLine(one, of_case[one.id]["number"], of_case[one.id]["title"])
        for one in sorted(found, key=lambda one: (one.planned_on, one.time or "24:00", one.id))
    ]
