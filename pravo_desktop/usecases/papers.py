"""Papers that a centre prints: what stands on each is gathered here, and its issue registered.

Making the PDF of a gathered paper (`render`) needs no database and may run elsewhere.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db import store
from db.audit import write_entry
from db.search import OPEN_TO_READER
from db.session import Session
from exports.papers.content import (
    MEDIATOR,
    AttendanceList,
    Certificate,
    Consent,
    HandOutAct,
    HeldData,
    Issuer,
    Journal,
    JournalRow,
    Material,
    Slip,
    Visit,
)
from exports.papers.templates import PaperKey, template
from exports.report.texts import default_card
from pravo_desktop.clock import KAZAKHSTAN
from pravo_desktop.domain.periods import Month
from pravo_desktop.domain.records import (
    Advice,
    Case,
    Consultation,
    Event,
    HandOut,
    Identity,
    Participant,
    PrintedMaterial,
    StaffMember,
    StaffName,
)
from pravo_desktop.domain.text import normalise_line
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import Translator
from pravo_desktop.usecases.access import case_for
from pravo_desktop.usecases.actor import (
    CASE,
    CENTRE,
    EVERYBODY,
    RESPONSIBLE,
    Actor,
    require,
    use_case,
)
from pravo_desktop.usecases.centre_card import centre_card
from pravo_desktop.usecases.events import event_code
from pravo_desktop.usecases.registers import centre_names, known_centres, known_courts

Content = Consent | Certificate | AttendanceList | HandOutAct | Journal | Slip | HeldData


@dataclass(frozen=True)
class Paper:
    """A paper that was issued, ready to be made into a PDF.

    Args:
        number: in the register.
        template: version of its text.
    """

    number: int
    kind: PaperKey
    language: str
    template: str
    content: Content


@dataclass(frozen=True)
class IssuedPaper:
    """A line of the register.

    Args:
        case_number: None for papers of no case.
        issued_at: ISO 8601 in UTC.
        actor: login name of who issued it.
        reprint_of: number of the original.
    """

    number: int
    kind: str
    case_id: str | None
    case_number: str | None
    participant_id: str | None
    language: str
    template: str
    issued_at: str
    actor: str
    reprint_of: int | None


def render(paper: Paper) -> bytes:
    """The paper as PDF, with the text in the version in which it was issued."""
    from exports.papers.makers import MAKERS

    return MAKERS[paper.kind](paper.content, Translator(paper.language), paper.template)


class _NotIssued(Exception):
    """Takes back what issuing a paper has written."""


def as_it_would_be(session: Session, issue: Callable[[], Paper]) -> Paper:
    """A paper to look at before it is issued; register and history stay as they are.

    Args:
        issue: calls the use case that issues the paper.

    Raises:
        KnownError: as that use case.
    """
    try:
        with session.transaction():
            paper = issue()
            raise _NotIssued
    except _NotIssued:
        session.changed = set()
        return paper


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
        person = name_of(session, _person(session, case, participant_id))
    content = Consent(
        issuer=issuer_of(session, actor, language),
        person=person,
        case_number=case.number,
        valid_until=valid_until,
        received_by=_staff_name(session, actor.staff_id),
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
        "court": normalise_line(court or "") or _own_court(session, language),
        "court_case": normalise_line(court_case or "") or _court_case(session, case.id),
        "request_number": normalise_line(request_number or "") or None,
        "request_date": request_date.isoformat() if request_date else None,
        "mediator_visits_allowed": mediator_visits_allowed,
        "visits": [[visit.held_on.isoformat(), visit.profession] for visit in visits],
        "signatory": _lead_name(session),
    }
    if not details["court"]:
        raise KnownError("field_required", field="court")
    person = _needed_name(session, participant)
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
    row = _issued(session, number)
    if row is not None and row["reprint_of"] is not None:
        row = _issued(session, row["reprint_of"])
    if row is None or row["kind"] != "certificate":
        raise KnownError("paper_not_found", number=number)
    case_for(session, actor, row["case_id"])
    participant = store.get(session, Participant, row["participant_id"])
    person = _needed_name(session, participant)
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


def _issued(session: Session, number: int) -> dict[str, Any] | None:
    return session.one("SELECT * FROM issued_papers WHERE number = ?", (number,))


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


def visits_of(session: Session, participant: Participant, mediator: bool) -> list[Visit]:
    """The visits a person attended, those to the mediator if they are to be named.

    Each specialist on each day once, as consultations are counted.
    """
    found = session.all(
        "SELECT DISTINCT c.held_on, c.specialist_id, m.profession FROM consultations c "
        "JOIN staff_members m ON m.id = c.specialist_id, json_each(c.attendees) a "
        "WHERE c.case_id = ? AND NOT c.deleted AND a.value = ? "
        "ORDER BY c.held_on, m.profession, c.specialist_id",
        (participant.case_id, participant.id),
    )
    return [
        Visit(date.fromisoformat(row["held_on"]), row["profession"])
        for row in found
        if mediator or row["profession"] != MEDIATOR
    ]


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
        leader=_staff_name(session, event.leader_id),
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
        giver=_staff_name(session, actor.staff_id),
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
    names = {one.id: _staff_name(session, one.id) for one in staff.values()}
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
        lead=_lead_name(session),
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


def issued_papers(
    session: Session, actor: Actor, *, case_id: str | None = None, limit: int = 500
) -> list[IssuedPaper]:
    """The register, the latest first; papers of cases closed to the actor are left out.

    Args:
        case_id: of this case alone.
    """
    require(actor, EVERYBODY, "issued_papers")
    rows = session.all(
        "SELECT p.*, c.number AS case_number, a.name AS actor_name FROM issued_papers p "
        "JOIN accounts a ON a.id = p.actor LEFT JOIN cases c ON c.id = p.case_id "
        "WHERE (:case IS NULL OR p.case_id = :case) AND "
        f"(p.case_id IS NULL OR {OPEN_TO_READER.format(case='p.case_id')}) "
        "ORDER BY p.number DESC LIMIT :limit",
        {"case": case_id, "reader": actor.account_id, "limit": limit},
    )
    return [
        IssuedPaper(
            row["number"],
            row["kind"],
            row["case_id"],
            row["case_number"],
            row["participant_id"],
            row["language"],
            row["template"],
            row["issued_at"],
            row["actor_name"],
            row["reprint_of"],
        )
        for row in rows
    ]


def register(
    session: Session,
    actor: Actor,
    kind: PaperKey,
    language: str,
    details: Mapping[str, Any],
    case_id: str | None = None,
    participant_id: str | None = None,
    *,
    version: str | None = None,
    reprint_of: int | None = None,
) -> int:
    """Enter a paper into the register; returns its number. ``details`` name nobody it is about."""
    chosen = template(kind, language, version).version
    number = int(
        session.value(
            "INSERT INTO issued_papers (kind, case_id, participant_id, language, template, "
            "details, issued_at, actor, reprint_of) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "RETURNING number",
            (
                kind,
                case_id,
                participant_id,
                language,
                chosen,
                json.dumps(details, ensure_ascii=False, sort_keys=True),
                session.now(),
                actor.account_id,
                reprint_of,
            ),
        )
    )
    write_entry(session, actor.account_id, "paper_issued", record_id=str(number))
    session.changed.add("issued_papers")
    return number


def as_paper(number: int, kind: PaperKey, language: str, content: Content) -> Paper:
    """A registered paper in the newest version of its text."""
    return Paper(number, kind, language, template(kind, language).version, content)


def number_label(session: Session, number: int) -> str:
    """A paper's number as printed: the station's letter keeps two stations of a centre apart."""
    return f"{session.installation.station_letter}-{number}"


def issuer_of(session: Session, actor: Actor, language: str) -> Issuer:
    """Who issues the centre's papers."""
    template("slip", language)  # Every paper is in the same languages.
    card = centre_card(session, actor)
    organisation = card.in_language("name", language) or default_card(language).grantee
    centre = centre_names(session, session.installation.centre)[language]
    if session.installation.practice:
        centre = Translator(language).text("PRACTICE · {centre}", centre=centre)
    return Issuer(
        organisation=organisation,
        bin=card.bin or None,
        centre=centre,
        address=card.in_language("address", language),
        phone=card.phone or None,
        email=card.email or None,
        head=card.in_language("head", language),
    )


def _own_court(session: Session, language: str) -> str | None:
    centre = known_centres(session).get(session.installation.centre)
    court = known_courts(session).get(centre.court or "") if centre else None
    if court is None:
        return None
    return court.name_kk if language == "kk" else court.name_ru


def _court_case(session: Session, case_id: str) -> str | None:
    """The court's number of the latest claim that has one."""
    found = session.value(
        "SELECT k.number FROM claims c JOIN court_cases k ON k.id = c.id WHERE c.case_id = ? "
        "AND NOT c.deleted AND NOT k.deleted AND k.number IS NOT NULL ORDER BY c.id DESC",
        (case_id,),
    )
    return str(found) if found else None


def _person(session: Session, case: Case, participant_id: str) -> Participant:
    participant = store.get(session, Participant, participant_id)
    if participant.case_id != case.id:
        raise KnownError("person_not_of_case")
    return participant


def name_of(session: Session, participant: Participant) -> str | None:
    """A person's full name, if it is kept."""
    found = store.find(session, Identity, "id = :id", {"id": participant.id})
    if not found:
        return None
    names = (found[0].surname, found[0].given_name, found[0].patronymic)
    return " ".join(filter(None, names)) or None


def _needed_name(session: Session, participant: Participant) -> str:
    name = name_of(session, participant)
    if name is None:
        raise KnownError("person_unnamed")
    return name


def _staff_name(session: Session, staff_id: str | None) -> str | None:
    found = store.find(session, StaffName, "id = :id", {"id": staff_id})
    if not found:
        return None
    names = (found[0].surname, found[0].given_name, found[0].patronymic)
    return " ".join(filter(None, names))


def _lead_name(session: Session) -> str | None:
    """The name of the one lead; with two leads, whoever signs writes it by hand."""
    rows = session.all(
        "SELECT a.staff_id FROM accounts a, json_each(a.roles) r "
        "WHERE r.value = 'lead' AND a.closed_at IS NULL"
    )
    return _staff_name(session, rows[0]["staff_id"]) if len(rows) == 1 else None
