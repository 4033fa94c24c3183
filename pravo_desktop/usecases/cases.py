"""Work with families: cases, claims, consultations, outcomes, studies, mediation, advice."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from db import store
from db.session import Session
from pravo_desktop.domain.records import (
    Advice,
    Case,
    Claim,
    Consultation,
    CourtCase,
    Mediation,
    Outcome,
    Participant,
    StaffMember,
    Study,
)
from pravo_desktop.domain.validation import (
    Finding,
    check_consultation,
    check_employment,
    check_order,
)
from pravo_desktop.domain.versions import new_id
from pravo_desktop.usecases.access import case_for, check_access
from pravo_desktop.usecases.actor import AUTHOR, CASE, CENTRE, MONTH, Actor, Confirmed, use_case
from pravo_desktop.usecases.appointments import mark_came
from pravo_desktop.usecases.notes import keep_note
from pravo_desktop.usecases.participants import ParticipantForm, keep_participant
from pravo_desktop.usecases.records import keep, remove
from pravo_desktop.usecases.registers import known_regions, own_region


@dataclass(frozen=True, kw_only=True)
class ClaimForm:
    """What a form knows of a claim; the court's number and judge never leave the centre."""

    kind: str
    filed_on: date | None = None
    result: str = "unknown"
    court_number: str | None = None
    judge: str | None = None
    claim_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class ConsultationForm:
    """What a form knows of a consultation.

    Args:
        held_on: today when empty.
        specialist_id: the staff member of the account when empty.
        attendees: ids of participants, or their positions in the form of a new case; empty
            means who came last time, or all adults.
        note: read by its author alone; None leaves a known note as it is, an empty one takes it
            away.
    """

    held_on: date | None = None
    specialist_id: str | None = None
    format: str = "in_person"
    attendees: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    minutes: int | None = None
    note: str | None = None


@dataclass(frozen=True)
class CaseOpened:
    """A new case: its number is what a person is given to come again."""

    case_id: str
    number: str
    participants: tuple[str, ...]
    claims: tuple[str, ...]
    consultation_id: str | None


@use_case(CENTRE, MONTH)
def open_case(
    session: Session,
    actor: Actor,
    *,
    kind: str,
    came_through: str = "not_stated",
    causes: tuple[str, ...] = (),
    label: str | None = None,
    registered_on: date | None = None,
    participants: tuple[ParticipantForm, ...] = (),
    claims: tuple[ClaimForm, ...] = (),
    consultation: ConsultationForm | None = None,
    confirmed: Confirmed | None = None,
) -> CaseOpened:
    """Open a case with its people, claims and, usually, its first consultation.

    A case can be saved with nobody's name.

    Raises:
        KnownError: a field's error code; ``confirmation_needed``; ``month_closed``.
    """
    day = registered_on or (consultation and consultation.held_on) or session.clock.today()
    case = Case(
        id=new_id(),
        number=next_number(session, day.year),
        kind=kind,
        came_through=came_through,
        causes=causes,
        registered_on=day,
        label=label,
    )
    keep(session, actor, case, (), confirmed)
    people = tuple(
        keep_participant(session, actor, case.id, form, day, confirmed) for form in participants
    )
    consultation_id = None
    if consultation is not None:
        adults = [
            person
            for person, form in zip(people, participants, strict=True)
            if form.role != "child"
        ]
        attendees = tuple(
            people[int(one)] if one.isdecimal() and int(one) < len(people) else one
            for one in consultation.attendees
        )
        form = replace(consultation, attendees=attendees or tuple(adults))
        consultation_id = _keep_consultation(session, actor, case.id, form, confirmed)
    claim_ids = tuple(_keep_claim(session, actor, case.id, form, confirmed) for form in claims)
    return CaseOpened(case.id, case.number, people, claim_ids, consultation_id)


def next_number(session: Session, year: int) -> str:
    """The next free case number of this station in a year."""
    own = session.installation
    code = known_regions(session)[own_region(session)].case_code
    prefix = f"{code}-{own.station_letter}-{year}-"
    last = session.value(
        "SELECT max(number) FROM cases WHERE number >= ? AND number < ?", (prefix, prefix + ":")
    )
    return f"{prefix}{int(last.removeprefix(prefix)) + 1 if last else 1:05d}"


@use_case(CENTRE, CASE, MONTH)
def change_case(
    session: Session,
    actor: Actor,
    *,
    case_id: str,
    kind: str,
    came_through: str = "not_stated",
    causes: tuple[str, ...] = (),
    label: str | None = None,
    confirmed: Confirmed | None = None,
) -> None:
    """Change what is known of a case as a whole."""
    case = case_for(session, actor, case_id)
    changed = replace(case, kind=kind, came_through=came_through, causes=causes, label=label)
    keep(session, actor, changed, (), confirmed)


@use_case(CENTRE, CASE, MONTH)
def save_claim(
    session: Session,
    actor: Actor,
    *,
    case_id: str,
    claim: ClaimForm,
    confirmed: Confirmed | None = None,
) -> str:
    """Add a claim to a case or change one; returns its id."""
    return _keep_claim(session, actor, case_id, claim, confirmed)


def _keep_claim(
    session: Session, actor: Actor, case_id: str, form: ClaimForm, confirmed: Confirmed | None
) -> str:
    record = Claim(
        id=form.claim_id or new_id(),
        case_id=case_id,
        kind=form.kind,
        filed_on=form.filed_on,
        result=form.result,
    )
    keep(session, actor, record, (), confirmed)
    known = store.find(session, CourtCase, "id = :id", {"id": record.id})
    if form.court_number or form.judge or known:
        court = CourtCase(id=record.id, number=form.court_number, judge=form.judge)
        keep(session, actor, court)
    return record.id


@use_case(CENTRE, CASE, MONTH)
def record_consultation(
    session: Session,
    actor: Actor,
    *,
    case_id: str,
    consultation: ConsultationForm,
    confirmed: Confirmed | None = None,
) -> str:
    """Record a consultation of a case; returns its id.

    Raises:
        KnownError: ``attendee_not_of_case``, ``specialist_unknown``, ``date_in_future``, …;
            ``confirmation_needed`` for ``consultation_same_day``: the same specialist with the
            same case on one day counts once.
    """
    return _keep_consultation(session, actor, case_id, consultation, confirmed)


def _keep_consultation(
    session: Session,
    actor: Actor,
    case_id: str,
    form: ConsultationForm,
    confirmed: Confirmed | None,
    consultation_id: str | None = None,
) -> str:
    case_for(session, actor, case_id)
    record = Consultation(
        id=consultation_id or new_id(),
        case_id=case_id,
        held_on=form.held_on or session.clock.today(),
        specialist_id=form.specialist_id or actor.staff_id or "",
        format=form.format,
        attendees=form.attendees or _usual_attendees(session, case_id),
        topics=form.topics,
        minutes=form.minutes,
    )
    people = {
        row["id"]
        for row in session.all(
            "SELECT id FROM participants WHERE case_id = ? AND NOT deleted", (case_id,)
        )
    }
    findings = check_consultation(record, people, _specialist(session, record.specialist_id))
    findings += _same_day_findings(session, record)
    keep(session, actor, record, findings, confirmed)
    mark_came(session, actor, record)
    if form.note is not None:
        keep_note(session, actor, record.id, form.note)
    return record.id


def _same_day_findings(session: Session, record: Consultation) -> list[Finding]:
    """A second consultation that counts once with another is a warning when it becomes one."""
    beside = session.all(
        "SELECT id FROM consultations INDEXED BY ix_consultations_case_id "
        "WHERE case_id = ? AND held_on = ? AND specialist_id = ? AND NOT deleted",
        (record.case_id, str(record.held_on), record.specialist_id),
    )
    if not beside or record.id in {row["id"] for row in beside}:
        return []
    return [Finding("consultation_same_day", "held_on", warning=True)]


def _specialist(session: Session, specialist_id: str) -> StaffMember | None:
    found = store.find(session, StaffMember, "id = :id", {"id": specialist_id})
    return found[0] if found else None


def _usual_attendees(session: Session, case_id: str) -> tuple[str, ...]:
    last: Sequence[Consultation] = store.find(
        session, Consultation, "case_id = :case", {"case": case_id}, order="held_on DESC, id DESC"
    )
    if last:
        return last[0].attendees
    people = store.find(session, Participant, "case_id = :case", {"case": case_id})
    return tuple(person.id for person in people if person.role != "child")


@use_case(CENTRE, CASE, MONTH, AUTHOR)
def change_consultation(
    session: Session,
    actor: Actor,
    *,
    consultation_id: str,
    consultation: ConsultationForm,
    confirmed: Confirmed | None = None,
) -> None:
    """Change a consultation; only its author's note is changed with it.

    Day, specialist and attendees stay as they were when the form leaves them empty.

    Raises:
        KnownError: ``not_allowed`` when a note of somebody else would be overwritten;
            ``notes_locked`` for an own note that cannot be read now.
    """
    known = store.get(session, Consultation, consultation_id)
    check_access(session, actor, known.case_id)
    consultation = replace(
        consultation,
        held_on=consultation.held_on or known.held_on,
        specialist_id=consultation.specialist_id or known.specialist_id,
        attendees=consultation.attendees or known.attendees,
    )
    _keep_consultation(session, actor, known.case_id, consultation, confirmed, consultation_id)


@use_case(CENTRE, CASE, MONTH)
def remove_consultation(
    session: Session, actor: Actor, *, consultation_id: str, confirmed: Confirmed | None = None
) -> None:
    """Remove a consultation that did not take place."""
    remove(session, actor, Consultation, consultation_id, confirmed)


@use_case(CENTRE, CASE, MONTH)
def remove_claim(
    session: Session, actor: Actor, *, claim_id: str, confirmed: Confirmed | None = None
) -> None:
    """Remove a claim entered by mistake."""
    remove(session, actor, Claim, claim_id, confirmed)


@use_case(CENTRE, CASE, MONTH)
def add_outcome(
    session: Session,
    actor: Actor,
    *,
    case_id: str,
    kind: str,
    dated_on: date,
    source: str,
    outcome_id: str | None = None,
    confirmed: Confirmed | None = None,
) -> str:
    """Add what became of a case on a day, or change it; a re-opened case gets ``open``."""
    record = Outcome(
        id=outcome_id or new_id(), case_id=case_id, kind=kind, dated_on=dated_on, source=source
    )
    keep(session, actor, record, (), confirmed)
    return record.id


@use_case(CENTRE, CASE, MONTH)
def remove_outcome(
    session: Session, actor: Actor, *, outcome_id: str, confirmed: Confirmed | None = None
) -> None:
    """Remove an outcome entered by mistake."""
    remove(session, actor, Outcome, outcome_id, confirmed)


@use_case(CENTRE, CASE, MONTH)
def record_study(
    session: Session,
    actor: Actor,
    *,
    case_id: str,
    held_on: date,
    specialist_id: str | None = None,
    study_id: str | None = None,
    confirmed: Confirmed | None = None,
) -> str:
    """Record a psychological study of a family, or change one; returns its id."""
    record = Study(
        id=study_id or new_id(),
        case_id=case_id,
        held_on=held_on,
        specialist_id=specialist_id or actor.staff_id or "",
    )
    keep(session, actor, record, (), confirmed)
    return record.id


@use_case(CENTRE, CASE, MONTH)
def remove_study(
    session: Session, actor: Actor, *, study_id: str, confirmed: Confirmed | None = None
) -> None:
    """Remove a psychological study entered by mistake."""
    remove(session, actor, Study, study_id, confirmed)


@use_case(CENTRE, CASE, MONTH)
def save_mediation(
    session: Session,
    actor: Actor,
    *,
    case_id: str,
    contract_on: date,
    meetings: int = 0,
    result: str = "ongoing",
    agreement_on: date | None = None,
    specialist_id: str | None = None,
    mediation_id: str | None = None,
    confirmed: Confirmed | None = None,
) -> str:
    """Add a mediation or change one; its content is never kept. Returns its id."""
    record = Mediation(
        id=mediation_id or new_id(),
        case_id=case_id,
        specialist_id=specialist_id or actor.staff_id or "",
        contract_on=contract_on,
        meetings=meetings,
        result=result,
        agreement_on=agreement_on,
    )
    findings = check_order(contract_on, agreement_on, "agreement_on")
    keep(session, actor, record, findings, confirmed)
    return record.id


@use_case(CENTRE, CASE, MONTH)
def remove_mediation(
    session: Session, actor: Actor, *, mediation_id: str, confirmed: Confirmed | None = None
) -> None:
    """Remove a mediation entered by mistake."""
    remove(session, actor, Mediation, mediation_id, confirmed)


@use_case(CENTRE, MONTH)
def record_advice(
    session: Session,
    actor: Actor,
    *,
    held_on: date | None = None,
    specialist_id: str | None = None,
    format: str = "in_person",
    topics: tuple[str, ...] = (),
    minutes: int | None = None,
    advice_id: str | None = None,
    confirmed: Confirmed | None = None,
) -> str:
    """Record one-off advice without a case, or change it; returns its id."""
    record = Advice(
        id=advice_id or new_id(),
        held_on=held_on or session.clock.today(),
        specialist_id=specialist_id or actor.staff_id or "",
        format=format,
        topics=topics,
        minutes=minutes,
    )
    findings = check_employment(record, _specialist(session, record.specialist_id))
    keep(session, actor, record, findings, confirmed)
    return record.id


@use_case(CENTRE, MONTH)
def remove_advice(
    session: Session, actor: Actor, *, advice_id: str, confirmed: Confirmed | None = None
) -> None:
    """Remove one-off advice entered by mistake."""
    remove(session, actor, Advice, advice_id, confirmed)
