"""Closing a month: what each section says, the lead's notes, opening it again."""

from collections.abc import Mapping
from dataclasses import dataclass

from db import store
from db.audit import write_entry
from db.session import Session
from pravo_desktop.domain.indicators import BY_KEY
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.domain.records import MonthlyNote, SectionState
from pravo_desktop.domain.validation import check, normalised
from pravo_desktop.domain.versions import new_id
from pravo_desktop.errors import KnownError
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.actor import MONTH, RESPONSIBLE, Actor, Confirmed, use_case
from pravo_desktop.usecases.figures import own_figures
from pravo_desktop.usecases.records import keep, known_keys, remove, settle
from pravo_desktop.usecases.travelling_text import check_travelling_text


@dataclass(frozen=True)
class MonthClosed:
    """What closing a month said.

    Args:
        reported, zero: keys of sections with records, and of those confirmed to have none.
        missing: sections of which nothing is known; the report will name them.
    """

    month: str
    reported: tuple[str, ...]
    zero: tuple[str, ...]
    missing: tuple[str, ...]


@use_case(RESPONSIBLE)
def close_month(
    session: Session, actor: Actor, *, month: str, zeros: Mapping[str, str] | None = None
) -> MonthClosed:
    """Close a month: sections with records are reported, the others are zero only with a reason.

    Args:
        month: ``YYYY-MM``, begun by today.
        zeros: reason by section; a key of ``zero_reason`` or the lead's own words.

    Raises:
        KnownError: ``month_not_started``, ``month_already_closed``, ``section_unknown``,
            ``field_required`` for a zero without its reason, ``section_not_empty``,
            ``text_names_person``.
    """
    zeros = dict(zeros or {})
    day = Month.parse(month).first_day
    if day > session.clock.today():
        raise KnownError("month_not_started", month=month)
    if is_closed(session, month):
        raise KnownError("month_already_closed", month=month)
    workplace = "national" if session.installation.workplace == "headquarters" else "centre"
    owed = classifiers().sections_of(workplace)
    for section, said in zeros.items():
        if section not in classifiers().sections:
            raise KnownError("section_unknown", section=section)
        if not said.strip():
            raise KnownError("field_required", field="reason", section=section)
    filled = sections_with_records(session, month)
    not_empty = sorted(filled & set(zeros))
    if not_empty:
        raise KnownError("section_not_empty", section=not_empty[0], month=month)
    states: dict[str, tuple[str, str | None]]
    states = {section: ("reported", None) for section in filled}
    states |= {section: ("zero", reason) for section, reason in zeros.items()}
    known = {
        record.section: record
        for record in store.find(session, SectionState, "month = :month", {"month": month})
    }
    for section, (state, reason) in sorted(states.items()):
        record = SectionState(
            id=_state_id(session, month, section),
            month=month,
            section=section,
            state=state,
            reason=reason,
        )
        record = normalised(record)
        settle(check(record, lambda name: known_keys(session, name), session.clock.today()), None)
        store.save(session, actor.account_id, record)
    for section, record in known.items():
        if section not in states:
            store.delete(session, actor.account_id, SectionState, record.id)
    check_travelling_text(session)
    session.execute(
        "INSERT INTO closed_months VALUES (?, ?, ?)", (month, session.now(), actor.account_id)
    )
    write_entry(session, actor.account_id, "month_closed", record_id=month)
    session.changed.add("closed_months")
    return MonthClosed(
        month,
        tuple(sorted(filled)),
        tuple(sorted(zeros)),
        tuple(section for section in owed if section not in states),
    )


def _state_id(session: Session, month: str, section: str) -> str:
    """The id a section's state had, even when it was taken back; there is one for each month."""
    found = session.value(
        "SELECT id FROM section_states WHERE month = ? AND section = ?", (month, section)
    )
    return found or new_id()


def sections_with_records(session: Session, month: str) -> set[str]:
    """Keys of the sections in which this station has something to count in a month."""
    period = Period.of_month(Month.parse(month))
    return {
        BY_KEY[row.indicator].section
        for row in own_figures(session, period)
        if row.value and not BY_KEY[row.indicator].from_register
    }


def is_closed(session: Session, month: str) -> bool:
    """Whether a month is closed for everybody but the lead."""
    return bool(session.value("SELECT 1 FROM closed_months WHERE month = ?", (month,)))


@use_case(RESPONSIBLE)
def reopen_month(session: Session, actor: Actor, *, month: str) -> None:
    """Open a closed month again; what was sent stays sent, changes go with the next package.

    Raises:
        KnownError: ``month_not_closed``.
    """
    if not is_closed(session, month):
        raise KnownError("month_not_closed", month=month)
    session.execute("DELETE FROM closed_months WHERE month = ?", (month,))
    write_entry(session, actor.account_id, "month_reopened", record_id=month)
    session.changed.add("closed_months")


@use_case(RESPONSIBLE, MONTH)
def save_monthly_note(
    session: Session,
    actor: Actor,
    *,
    month: str,
    section: str,
    kind: str,
    text: str,
    note_id: str | None = None,
    confirmed: Confirmed | None = None,
) -> str:
    """Write a problem, proposal or explanation for the national report; returns its id."""
    Month.parse(month)
    record = MonthlyNote(id=note_id or new_id(), month=month, section=section, kind=kind, text=text)
    return keep(session, actor, record, (), confirmed).id


@use_case(RESPONSIBLE, MONTH)
def remove_monthly_note(
    session: Session, actor: Actor, *, note_id: str, confirmed: Confirmed | None = None
) -> None:
    """Take a monthly note back."""
    remove(session, actor, MonthlyNote, note_id, confirmed)
