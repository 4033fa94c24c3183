"""Papers that a centre prints: what stands on each is gathered here, and its issue registered."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from db import store
from db.session import Session
from exports.papers.content import (
    AttendanceList,
    Certificate,
    Consent,
    HandOutAct,
    Issuer,
    Journal,
    JournalRow,
    Material,
    Slip,
    Visit,
)
from pravo_desktop.clock import KAZAKHSTAN
from pravo_desktop.domain.periods import Month
from pravo_desktop.domain.records import (
    Advice,
    Consultation,
    Event,
    HandOut,
    Participant,
    PrintedMaterial,
    StaffMember,
)
from pravo_desktop.domain.text import normalise_line
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.access import case_for
from pravo_desktop.usecases.actor import CASE, CENTRE, EVERYBODY, RESPONSIBLE, Actor, use_case
from pravo_desktop.usecases.events import event_code
from pravo_desktop.usecases.paper_facts import (
    court_case_of,
    issuer_of,
    lead_name,
    name_of,
    needed_name,
    own_court,
    person_of,
    staff_name,
    visits_of,
)
from pravo_desktop.usecases.paper_register import (
    Paper,
    as_paper,
    issued_before,
    number_label,
    register,
)


@use_case(CENTRE, CASE)
def issue_consent(
    session: Session,
    actor: Actor,
    *,
    case_id: str,
    language: str,
    participant_id: str | None = None,
    valid_until: date | None = None,
) -> Paper:
    """A consent to be signed; for a person whose name is not kept, with a line for it.

    Raises:
        KnownError: ``case_restricted``, ``record_not_found``, ``person_not_of_case``.
    """
    case = case_for(session, actor, case_id)
    person = None
    if participant_id is not None:
        person = name_of(session, person_of(session, case, participant_id))
    content = Consent(
        issuer=issuer_of(session, actor, language),
        person=person,
        case_number=case.number,
        valid_until=valid_until,
        received_by=staff_name(session, actor.staff_id),
    )
    details = {"valid_until": valid_until.isoformat() if valid_until else None}
    number = register(session, actor, "consent", language, details, case.id, participant_id)
    return as_paper(number, "consent", language, content)


@use_case(CENTRE, CASE)
def issue_certificate(
    session: Session,
    actor: Actor,
    *,
    participant_id: str,
    language: str,
    court: str | None = None,
    court_case: str | None = None,
    request_number: str | None = None,
    request_date: date | None = None,
    mediator_visits_allowed: bool = False,
) -> Paper:
    """The certificate for the court on the visits that one person attended, and on nobody else.

    Args:
        court: the court beside which the centre works when empty.
        court_case: the number kept with the case's claims when empty.
        mediator_visits_allowed: both parties gave leave to name visits to the mediator (Law
            401-IV: mediation is confidential).

    Raises:
        KnownError: ``person_unnamed`` when no name is kept with consent, ``case_restricted``,
            ``record_not_found``, ``field_required`` when no court is known.
    """
    participant = store.get(session, Participant, participant_id)
    case = case_for(session, actor, participant.case_id)
    today = session.clock.today()
    visits = visits_of(session, participant, mediator_visits_allowed)
    details = {
        "court": normalise_line(court or "") or own_court(session, language),
        "court_case": normalise_line(court_case or "") or court_case_of(session, case.id),
        "request_number": normalise_line(request_number or "") or None,
        "request_date": request_date.isoformat() if request_date else None,
        "mediator_visits_allowed": mediator_visits_allowed,
        "visits": [[visit.held_on.isoformat(), visit.profession] for visit in visits],
        "signatory": lead_name(session),
    }
    if not details["court"]:
        raise KnownError("field_required", field="court")
    person = needed_name(session, participant)
    number = register(session, actor, "certificate", language, details, case.id, participant_id)
    issuer = issuer_of(session, actor, language)
    label = number_label(session, number)
    content = _certificate(details, issuer, person, label, today, None)
    return as_paper(number, "certificate", language, content)


@use_case(CENTRE, CASE)
def reprint_certificate(session: Session, actor: Actor, *, number: int) -> Paper:
    """An issued certificate once more, word for word, marked as a reprint.

    Its head is that of the centre's card today.

    Args:
        number: of the original, or of an earlier reprint of it.

    Raises:
        KnownError: ``paper_not_found``, ``person_unnamed`` when the person's names were forgotten
            since, ``case_restricted``.
    """
    row = issued_before(session, number)
    if row is not None and row["reprint_of"] is not None:
        row = issued_before(session, row["reprint_of"])
    if row is None or row["kind"] != "certificate":
        raise KnownError("paper_not_found", number=number)
    case_for(session, actor, row["case_id"])
    participant = store.get(session, Participant, row["participant_id"])
    person = needed_name(session, participant)
    details = json.loads(row["details"])
    issued = datetime.fromisoformat(row["issued_at"]).astimezone(KAZAKHSTAN).date()
    content = _certificate(
        details,
        issuer_of(session, actor, row["language"]),
        person,
        number_label(session, row["number"]),
        issued,
        session.clock.today(),
    )
    copy = register(
        session,
        actor,
        "certificate",
        row["language"],
        details,
        row["case_id"],
        row["participant_id"],
        version=row["template"],
        reprint_of=row["number"],
    )
    return Paper(copy, "certificate", row["language"], row["template"], content)


def _certificate(
    details: Mapping[str, Any],
    issuer: Issuer,
    person: str,
    label: str,
    issued: date,
    reprinted: date | None,
) -> Certificate:
    asked = details["request_date"]
    return Certificate(
        issuer=issuer,
        number=label,
        issued_on=issued,
        court=details["court"],
        court_case=details["court_case"],
        request_number=details["request_number"],
        request_date=date.fromisoformat(asked) if asked else None,
        person=person,
        visits=tuple(
            Visit(date.fromisoformat(day), profession) for day, profession in details["visits"]
        ),
        mediator_visits_allowed=details["mediator_visits_allowed"],
        signatory=details["signatory"],
        reprinted_on=reprinted,
    )


@use_case(EVERYBODY)
def issue_attendance_list(
    session: Session,
    actor: Actor,
    *,
    event_id: str,
    language: str,
    rows: int = 25,
) -> Paper:
    """The list of an event for those who come to sign; it names nobody beforehand.

    Args:
        rows: empty rows, 1 to 500.

    Raises:
        KnownError: ``record_not_found``, ``number_out_of_range``.
    """
    if not 1 <= rows <= MOST_ROWS:
        raise KnownError("number_out_of_range", field="rows", minimum=1, maximum=MOST_ROWS)
    event = store.get(session, Event, event_id)
    content = AttendanceList(
        issuer=issuer_of(session, actor, language),
        kind=event.kind,
        topic=event.topic,
        code=event_code(event.id),
        held_on=event.held_on,
        place=event.place,
        leader=staff_name(session, event.leader_id),
        rows=rows,
    )
    number = register(session, actor, "attendance", language, {"event_id": event.id})
    return as_paper(number, "attendance", language, content)


MOST_ROWS = 500


@use_case(EVERYBODY)
def issue_hand_out_act(
    session: Session,
    actor: Actor,
    *,
    hand_out_ids: tuple[str, ...],
    language: str,
    given_to: str | None = None,
    receiver: str | None = None,
) -> Paper:
    """The act on printed materials handed over together, to be signed by both sides.

    Args:
        hand_out_ids: at least one, all of one day; day, place and event are the first one's.
        given_to: organisation or person.
        receiver: name of who signs for them.

    Raises:
        KnownError: ``field_required``, ``record_not_found``.
    """
    handed = store.records_by_id(session, HandOut, hand_out_ids)
    if not handed:
        raise KnownError("field_required", field="hand_out_ids")
    if len(handed) < len(set(hand_out_ids)):
        raise KnownError("record_not_found", table=HandOut.table, id="")
    materials = [
        (store.get(session, PrintedMaterial, one.material_id), one.copies) for one in handed
    ]
    first = handed[0]
    details = {"hand_out_ids": [one.id for one in handed]}
    number = register(session, actor, "hand_out", language, details)
    content = HandOutAct(
        issuer=issuer_of(session, actor, language),
        number=number_label(session, number),
        handed_on=first.handed_on,
        materials=tuple(Material(one.title, one.language, copies) for one, copies in materials),
        given_to=normalise_line(given_to or "") or None,
        place=first.place,
        event=store.get(session, Event, first.event_id).topic if first.event_id else None,
        giver=staff_name(session, actor.staff_id),
        receiver=normalise_line(receiver or "") or None,
    )
    return as_paper(number, "hand_out", language, content)


@use_case(RESPONSIBLE)
def issue_journal(
    session: Session,
    actor: Actor,
    *,
    month: str,
    language: str,
) -> Paper:
    """The month's journal of consultations and advice; it has case numbers and no names of couples.

    Raises:
        KnownError: ``month_invalid``.
    """
    of_month = Month.parse(month)
    days = {"first": of_month.first_day.isoformat(), "last": of_month.last_day.isoformat()}
    held = "held_on BETWEEN :first AND :last"
    staff = {one.id: one for one in store.find(session, StaffMember)}
    numbers = {
        row["id"]: row["number"]
        for row in session.all(
            "SELECT id, number FROM cases WHERE id IN "
            f"(SELECT case_id FROM consultations WHERE {held})",
            days,
        )
    }
    work: list[Consultation | Advice] = [
        *store.find(session, Consultation, held, days),
        *store.find(session, Advice, held, days),
    ]
    names = {one.id: staff_name(session, one.id) for one in staff.values()}
    rows = tuple(
        JournalRow(
            held_on=one.held_on,
            case_number=numbers[one.case_id] if isinstance(one, Consultation) else None,
            profession=staff[one.specialist_id].profession,
            specialist=names[one.specialist_id],
            format=one.format,
            attendees=len(one.attendees) if isinstance(one, Consultation) else 1,
            topics=one.topics,
        )
        for one in sorted(work, key=lambda one: (one.held_on, one.id))
    )
    content = Journal(
        issuer=issuer_of(session, actor, language),
        month=of_month,
        rows=rows,
        lead=lead_name(session),
    )
    number = register(session, actor, "journal", language, {"month": month})
    return as_paper(number, "journal", language, content)


@use_case(CENTRE, CASE)
def issue_slip(
    session: Session,
    actor: Actor,
    *,
    case_id: str,
    language: str,
) -> Paper:
    """A slip with the number of a case, for a couple to come again without giving a name.

    Raises:
        KnownError: ``case_restricted``, ``record_not_found``.
    """
    case = case_for(session, actor, case_id)
    issuer = issuer_of(session, actor, language)
    content = Slip(
        centre=issuer.centre, case_number=case.number, phone=issuer.phone, address=issuer.address
    )
    number = register(session, actor, "slip", language, {}, case.id)
    return as_paper(number, "slip", language, content)
