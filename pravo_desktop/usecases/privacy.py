"""What people may ask about their data: requests, withdrawal, erasure, what is held, the register.

Terms are those of Law 94-V of 21.05.2013 (``resources/personal_data.json``).
"""

import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime

from db import store
from db.audit import write_entry
from db.session import Session
from exports.papers.content import HeldConsent, HeldData, HeldPackage, HeldPaper, Visit
from pravo_desktop.clock import KAZAKHSTAN
from pravo_desktop.domain.fields import to_row
from pravo_desktop.domain.periods import Month
from pravo_desktop.domain.records import (
    LONGEST_REASON,
    Claim,
    Consent,
    CourtCase,
    Identity,
    Participant,
)
from pravo_desktop.domain.text import normalise_line
from pravo_desktop.domain.validation import without_consent
from pravo_desktop.domain.versions import new_id
from pravo_desktop.domain.working_days import working_day_after, working_days_left
from pravo_desktop.errors import KnownError
from pravo_desktop.resources import personal_data_rules
from pravo_desktop.usecases.access import case_for
from pravo_desktop.usecases.actor import CASE, CENTRE, LEAD, Actor, require, use_case
from pravo_desktop.usecases.amendments import PERSONAL_DATA
from pravo_desktop.usecases.erasure import ask_authors, forget, keep_withdrawal, latest_consent
from pravo_desktop.usecases.joins import twins_of
from pravo_desktop.usecases.new_drafts import forget_new_drafts, new_drafts
from pravo_desktop.usecases.paper_facts import issuer_of, name_of, visits_of
from pravo_desktop.usecases.paper_register import Paper, as_paper, number_label, register
from pravo_desktop.usecases.records import (
    closed_month_findings,
    remember_reasons,
    settle,
)

REQUESTS = ("information", "correction", "withdrawal", "erasure")
"""What a person may ask for."""


@dataclass(frozen=True)
class PersonalAct:
    """A line of the register; it names nobody.

    Args:
        kind: one of `REQUESTS`, ``term`` or ``restored``.
        case_id, number: of the case; None and empty for an act on many.
        participant_id, role: of the person.
        people: how many it is about.
        due_on: the last day of the law's term for a request.
        days_left: working days until then; negative once it is over, None for what is done.
        backups_until: when the last backup that still holds the data is thrown away.
    """

    act_id: str
    kind: str
    case_id: str | None
    number: str
    participant_id: str | None
    role: str
    people: int
    asked_on: date
    due_on: date | None
    remark: str
    written_by: str
    done_on: date | None
    done_by: str
    backups_until: date | None
    days_left: int | None


@use_case(CENTRE, CASE)
def record_request(
    session: Session,
    actor: Actor,
    *,
    kind: str,
    participant_id: str,
    asked_on: date | None = None,
    remark: str | None = None,
) -> str:
    """Write down what a person asked for; the lead answers within the term. Returns the act's id.

    Args:
        kind: one of `REQUESTS`.
        asked_on: today when empty.
        remark: without names.

    Raises:
        KnownError: ``key_unknown``, ``date_in_future``, ``text_too_long``, ``case_restricted``,
            ``record_not_found``.
    """
    if kind not in REQUESTS:
        raise KnownError("key_unknown", field="kind")
    today = session.clock.today()
    if asked_on and asked_on > today:
        raise KnownError("date_in_future", field="asked_on")
    person = _person(session, actor, participant_id)
    remark = _line(remark or "")
    act_id = _add_act(session, actor, kind, person, asked_on or today, remark)
    write_entry(session, actor.account_id, "personal_request", record_id=act_id)
    return act_id


@use_case(LEAD)
def answer_request(session: Session, actor: Actor, *, act_id: str, remark: str) -> None:
    """Write down that a request is answered, such as a correction that was made.

    Raises:
        KnownError: ``field_required``, ``text_too_long``, ``request_not_open``.
    """
    answered = session.execute(
        "UPDATE personal_acts SET done_at = ?, done_by = ?, remark = ? "
        "WHERE id = ? AND done_at IS NULL",
        (session.now(), actor.account_id, _reason(remark), act_id),
    )
    if not answered:
        raise KnownError("request_not_open")
    write_entry(session, actor.account_id, "personal_request_answered", record_id=act_id)
    session.changed.add("personal_acts")


@use_case(LEAD, CASE)
def withdraw_consent(session: Session, actor: Actor, *, participant_id: str, reason: str) -> date:
    """Stop using a person's data because they withdrew their consent.

    Role, sex and birth year stay, and so do the other spouse's data and all counts but the
    category of the report. In a closed month the reason is kept as the reason of the change.

    Returns:
        the day by which the last backup that still holds the data is thrown away.

    Raises:
        KnownError: ``consent_not_given``, ``field_required``, ``text_too_long``,
            ``case_restricted``, ``record_not_found``.
    """
    person = _person(session, actor, participant_id)
    if latest_consent(session, participant_id) != "given":
        raise KnownError("consent_not_given")
    return _forgotten(session, actor, person, "withdrawal", _reason(reason))


@use_case(LEAD, CASE)
def erase_person(session: Session, actor: Actor, *, participant_id: str, reason: str) -> date:
    """Erase what is held of a person; as `withdraw_consent`, whatever was consented to.

    Raises:
        KnownError: ``field_required``, ``text_too_long``, ``case_restricted``,
            ``record_not_found``.
    """
    person = _person(session, actor, participant_id)
    return _forgotten(session, actor, person, "erasure", _reason(reason))


def _forgotten(session: Session, actor: Actor, person: Participant, act: str, reason: str) -> date:
    findings = closed_month_findings(session, actor, without_consent(person))
    reasons = settle(findings, {"month_closed": reason})
    if latest_consent(session, person.id) == "given":
        keep_withdrawal(session, actor.account_id, person.id)
    forget_new_drafts(session, actor, (person.id, *twins_of(session, person.id)))
    forget(session, actor.account_id, person.id, act)
    remember_reasons(session, actor, person, reasons, told=PERSONAL_DATA)
    return note_forgotten(session, actor, person, act, reason)


def note_forgotten(
    session: Session, actor: Actor, person: Participant, act: str, remark: str | None = None
) -> date:
    """Enter into the register that a person was forgotten, and ask the authors of notes.

    Returns:
        as `withdraw_consent`.
    """
    ask_authors(session, actor, person.case_id)
    until = backups_until(session.clock.today())
    finish_requests(session, actor, act, person, remark, until)
    write_entry(
        session, actor.account_id, f"person_{act}", table=Participant.table, record_id=person.id
    )
    return until


def backups_until(day: date) -> date:
    """When backups made until a day are gone, if one is made daily.

    The last one of the month is the one that is kept longest: until the first backup of the month
    in which so many newer months have one.
    """
    month = day.year * 12 + day.month - 1 + personal_data_rules().backup_months
    return date(month // 12, month % 12 + 1, 1)


def _person(session: Session, actor: Actor, participant_id: str) -> Participant:
    person = store.get(session, Participant, participant_id)
    case_for(session, actor, person.case_id)
    return person


def _line(text: str) -> str | None:
    line = normalise_line(text)
    if len(line) > LONGEST_REASON:
        raise KnownError("text_too_long", field="reason", maximum=LONGEST_REASON)
    return line or None


def _reason(text: str) -> str:
    line = _line(text)
    if line is None:
        raise KnownError("field_required", field="reason")
    return line


def _add_act(
    session: Session,
    actor: Actor,
    kind: str,
    person: Participant,
    asked_on: date,
    remark: str | None,
) -> str:
    act_id = new_id()
    due = working_day_after(asked_on, personal_data_rules().working_days[kind])
    session.execute(
        "INSERT INTO personal_acts (id, kind, case_id, participant_id, people, asked_on, due_on, "
        "remark, written_by) VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?)",
        (
            act_id,
            kind,
            person.case_id,
            person.id,
            asked_on.isoformat(),
            due.isoformat(),
            remark,
            actor.account_id,
        ),
    )
    session.changed.add("personal_acts")
    return act_id


def finish_requests(
    session: Session,
    actor: Actor,
    kind: str,
    person: Participant,
    remark: str | None = None,
    until: date | None = None,
) -> None:
    """Mark the person's open requests of a kind as done; where there is none, enter one.

    An erasure answers a withdrawal too.
    """
    kinds = {kind, "withdrawal"} if kind == "erasure" else {kind}
    open_ones = [
        row["id"]
        for row in session.all(
            "SELECT id, kind FROM personal_acts WHERE participant_id = ? AND done_at IS NULL",
            (person.id,),
        )
        if row["kind"] in kinds
    ]
    if not open_ones:
        open_ones = [_add_act(session, actor, kind, person, session.clock.today(), remark)]
    for act_id in open_ones:
        session.execute(
            "UPDATE personal_acts SET done_at = ?, done_by = ?, backups_until = ?, "
            "remark = coalesce(?, remark) WHERE id = ?",
            (session.now(), actor.account_id, until and until.isoformat(), remark, act_id),
        )
    session.changed.add("personal_acts")


def personal_acts(session: Session, actor: Actor) -> list[PersonalAct]:
    """The register: what is still to be answered first, by its term; then the latest."""
    require(actor, LEAD, "personal_acts")
    rows = session.all(
        "SELECT p.*, c.number, q.role, w.name AS writer, d.name AS doer FROM personal_acts p "
        "LEFT JOIN cases c ON c.id = p.case_id LEFT JOIN participants q ON q.id = p.participant_id "
        "JOIN accounts w ON w.id = p.written_by LEFT JOIN accounts d ON d.id = p.done_by "
        "ORDER BY p.done_at IS NOT NULL, CASE WHEN p.done_at IS NULL THEN p.due_on END, "
        "p.done_at DESC, p.id DESC"
    )
    today = session.clock.today()
    return [
        PersonalAct(
            act_id=row["id"],
            kind=row["kind"],
            case_id=row["case_id"],
            number=row["number"] or "",
            participant_id=row["participant_id"],
            role=row["role"] or "",
            people=row["people"],
            asked_on=date.fromisoformat(row["asked_on"]),
            due_on=_day(row["due_on"]),
            remark=row["remark"] or "",
            written_by=row["writer"],
            done_on=_local_day(row["done_at"]) if row["done_at"] else None,
            done_by=row["doer"] or "",
            backups_until=_day(row["backups_until"]),
            days_left=working_days_left(today, date.fromisoformat(row["due_on"]))
            if row["due_on"] and not row["done_at"]
            else None,
        )
        for row in rows
    ]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _local_day(moment: str) -> date:
    return datetime.fromisoformat(moment).astimezone(KAZAKHSTAN).date()


@use_case(LEAD, CASE)
def issue_held_data(session: Session, actor: Actor, *, participant_id: str, language: str) -> Paper:
    """The paper on everything that is held about one person, and on nobody else.

    It says that there are notes and not what is in them; the open requests for information of
    the person are answered by it.

    Raises:
        KnownError: ``case_restricted``, ``record_not_found``.
    """
    person = _person(session, actor, participant_id)
    case = case_for(session, actor, person.case_id)
    ids = (person.id, *twins_of(session, person.id))
    drafts = new_drafts(session, actor, ids)
    number = register(session, actor, "held_data", language, {}, case.id, person.id)
    identity = next(iter(store.find(session, Identity, "id = :id", {"id": person.id})), None)
    fields = to_row(person) | (to_row(identity) if identity else {})
    courts = [
        court.number
        for claim in store.find(session, Claim, "case_id = :case", {"case": case.id})
        for court in store.find(session, CourtCase, "id = :id", {"id": claim.id})
        if court.number
    ]
    content = HeldData(
        issuer=issuer_of(session, actor, language),
        number=number_label(session, number),
        issued_on=session.clock.today(),
        case_number=case.number,
        person=name_of(session, person),
        fields={name: value for name, value in fields.items() if name not in {"id", "case_id"}},
        court_numbers=tuple(dict.fromkeys(courts)),
        consents=tuple(
            HeldConsent(one.decided_on, one.state, one.text_version)
            for one in store.find(
                session, Consent, "participant_id = :id", {"id": person.id}, order="change, id"
            )
        ),
        visits=tuple(
            Visit(visit.held_on, visit.profession) for visit in visits_of(session, person, True)
        ),
        papers=tuple(
            HeldPaper(
                row["kind"],
                number_label(session, row["number"]),
                _local_day(row["issued_at"]),
            )
            for row in session.all(
                "SELECT kind, number, issued_at FROM issued_papers "
                "WHERE participant_id = ? ORDER BY number",
                (person.id,),
            )
        ),
        packages=_packages_with(session, ids),
        drafts=len(drafts.holding),
        unopened_drafts=sum(drafts.unopened.values()),
        notes=int(
            session.value(
                "SELECT count(*) FROM notes n JOIN consultations c ON c.id = n.id "
                "WHERE c.case_id = ? AND NOT n.deleted AND NOT c.deleted",
                (case.id,),
            )
        ),
    )
    finish_requests(session, actor, "information", person)
    return as_paper(number, "held_data", language, content)


def _packages_with(session: Session, ids: tuple[str, ...]) -> tuple[HeldPackage, ...]:
    """The packages in which a row of the person left, without a name."""
    wanted = [one.encode() for one in ids]
    found = []
    for row in session.all("SELECT sequence, month, made_at, content FROM packages ORDER BY 1"):
        with zipfile.ZipFile(io.BytesIO(row["content"])) as package:
            parts = (package.read(name) for name in package.namelist() if name.endswith(".xml"))
            if any(one in part for part in parts for one in wanted):
                month = Month.parse(row["month"])
                found.append(HeldPackage(row["sequence"], month, _local_day(row["made_at"])))
    return tuple(found)
