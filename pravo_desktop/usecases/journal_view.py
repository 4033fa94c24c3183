"""What the day's pages show beside the cases: the journal of consultations, and forms left open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from db import store
from db.search import OPEN_TO_READER
from db.session import Session
from pravo_desktop.domain.records import Advice, Consultation
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.actor import CENTRE, EVERYBODY, Actor, require
from pravo_desktop.usecases.drafts import Draft, my_drafts
from pravo_desktop.usecases.queries import StaffLine, staff_lines


@dataclass(frozen=True)
class JournalLine:
    """A consultation, or advice without a case.

    Args:
        case_id, number, title: of its case; None and empty for advice, and where the case is
            closed to the reader.
        attendees: how many people of the case came; one for advice.
        minutes: None where they were not counted.
    """

    record_id: str
    advice: bool
    held_on: date
    case_id: str | None
    number: str
    title: str
    specialist: StaffLine | None
    format: str
    attendees: int
    topics: tuple[str, ...]
    minutes: int | None


@dataclass(frozen=True)
class JournalTotals:
    """What a journal adds up to.

    Args:
        consultations: the same specialist, case and day count once, as in the report.
        couples: cases with a consultation.
        minutes: those that were counted.
    """

    consultations: int
    couples: int
    advice: int
    minutes: int


@dataclass(frozen=True)
class Journal:
    """The journal of some days, by day and case number, with its totals."""

    first: date
    last: date
    lines: tuple[JournalLine, ...]
    totals: JournalTotals


@dataclass(frozen=True)
class DraftLine:
    """A form left unsaved with its case, where it has one that the reader may open."""

    draft: Draft
    number: str
    title: str


def journal_of(
    session: Session, actor: Actor, *, first: date, last: date, specialist_id: str | None = None
) -> Journal:
    """Consultations and advice of these days.

    Args:
        first, last: both days included.
        specialist_id: of this specialist alone.

    Raises:
        KnownError: ``not_allowed``, ``dates_out_of_order``.
    """
    require(actor, CENTRE, "journal_of")
    if last < first:
        raise KnownError("dates_out_of_order", field="last")
    asked = {
        "first": first.isoformat(),
        "last": last.isoformat(),
        "staff": specialist_id,
    }
    held = "held_on BETWEEN :first AND :last AND (:staff IS NULL OR specialist_id = :staff)"
    living = "case_id IN (SELECT id FROM cases WHERE NOT deleted)"
    visits = store.find(session, Consultation, f"{held} AND {living}", asked)
    advice = store.find(session, Advice, held, asked)
    cases = _cases(session, actor, {visit.case_id for visit in visits})
    staff = {line.staff_id: line for line in staff_lines(session, actor)}
    lines = [
        JournalLine(
            record_id=one.id,
            advice=False,
            held_on=one.held_on,
            case_id=one.case_id if one.case_id in cases else None,
            number=cases.get(one.case_id, ("", ""))[0],
            title=cases.get(one.case_id, ("", ""))[1],
            specialist=staff.get(one.specialist_id),
            format=one.format,
            attendees=len(one.attendees),
            topics=one.topics,
            minutes=one.minutes,
        )
        for one in visits
    ]
    lines += [
        JournalLine(
            record_id=one.id,
            advice=True,
            held_on=one.held_on,
            case_id=None,
            number="",
            title="",
            specialist=staff.get(one.specialist_id),
            format=one.format,
            attendees=1,
            topics=one.topics,
            minutes=one.minutes,
        )
        for one in advice
    ]
    return Journal(
        first=first,
        last=last,
        lines=tuple(
            sorted(lines, key=lambda one: (one.held_on, one.advice, one.number, one.record_id))
        ),
        totals=JournalTotals(
            consultations=len({(one.specialist_id, one.case_id, one.held_on) for one in visits}),
            couples=len({one.case_id for one in visits}),
            advice=len(advice),
            minutes=sum(one.minutes or 0 for one in lines),
        ),
    )


def _cases(session: Session, actor: Actor, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Number and title of those cases that the actor may open."""
    found = {}
    for case_id in ids:
        row = session.one(
            "SELECT c.number, i.title FROM cases c JOIN case_index i ON i.case_id = c.id "
            f"WHERE c.id = :case AND {OPEN_TO_READER.format(case='c.id')}",
            {"case": case_id, "reader": actor.account_id},
        )
        if row is not None:
            found[case_id] = (row["number"], row["title"])
    return found


def advice_card(session: Session, actor: Actor, advice_id: str) -> Advice:
    """One-off advice.

    Raises:
        KnownError: ``not_allowed``, ``record_not_found``.
    """
    require(actor, CENTRE, "advice_card")
    return store.get(session, Advice, advice_id)


def drafts_left(session: Session, actor: Actor) -> list[DraftLine]:
    """The actor's own drafts with the cases that they are about, the latest first."""
    require(actor, EVERYBODY, "drafts_left")
    drafts = my_drafts(session, actor)
    cases = _cases(session, actor, {str(one.content.get("case_id")) for one in drafts})
    return [DraftLine(one, *cases.get(str(one.content.get("case_id")), ("", ""))) for one in drafts]
