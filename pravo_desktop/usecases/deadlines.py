"""Until when the packages of a month are in time: headquarters' own dates, or the card's day."""

from datetime import date, timedelta

from db import store
from db.session import Session
from pravo_desktop.domain.periods import Month
from pravo_desktop.domain.records import Deadline
from pravo_desktop.domain.validation import Finding
from pravo_desktop.domain.versions import new_id
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.actor import COORDINATOR, Actor, require, use_case
from pravo_desktop.usecases.records import keep

USUAL_DAY = 5
"""The day of the next month, where neither a date nor the project card says another."""


def deadline(session: Session, month: Month, *, prefix: str = "merged_") -> date:
    """The last day on which a month's package is in time.

    The date set for the month; without one, the day of the next month from the project card.

    Args:
        prefix: the family of tables, ``own_``, ``merged_`` or ``asof_``.
    """
    due = session.value(
        f"SELECT due_on FROM {prefix}deadlines WHERE month = ? ORDER BY id DESC LIMIT 1",
        (str(month),),
    )
    if due is not None:
        return date.fromisoformat(due)
    day = session.value(
        f"SELECT late_after_day FROM {prefix}projects WHERE substr(starts_on, 1, 4) = ?",
        (str(month.year),),
    )
    return month.last_day + timedelta(days=day or USUAL_DAY)


def due_on(session: Session, month: Month) -> date | None:
    """Until when this workplace's package is in time; at a centre as the last receipt said."""
    if session.installation.workplace == "headquarters":
        return deadline(session, month)
    due = session.value("SELECT due_on FROM received_deadlines WHERE month = ?", (str(month),))
    return date.fromisoformat(due) if due else None


def deadlines(session: Session, actor: Actor) -> list[Deadline]:
    """The dates set for single months, the newest month first."""
    require(actor, COORDINATOR, "deadlines")
    return store.find(session, Deadline, order="month DESC")


@use_case(COORDINATOR)
def save_deadline(session: Session, actor: Actor, *, month: str, due_on: date) -> str:
    """Set until when the packages of a month are in time; returns the record's id.

    Raises:
        KnownError: ``month_invalid``, ``deadline_before_month_ends``.
    """
    last = Month.parse(month).last_day
    findings = [] if due_on >= last else [Finding("deadline_before_month_ends", "due_on")]
    known = session.value("SELECT id FROM deadlines WHERE month = ?", (month,))
    record = Deadline(id=known or new_id(), month=month, due_on=due_on)
    return keep(session, actor, record, findings).id


@use_case(COORDINATOR)
def remove_deadline(session: Session, actor: Actor, *, month: str) -> None:
    """Take the date of a month back; the day of the project card then holds.

    Raises:
        KnownError: ``record_not_found``.
    """
    found = session.value("SELECT id FROM deadlines WHERE month = ? AND NOT deleted", (month,))
    if found is None:
        raise KnownError("record_not_found", table=Deadline.table, id=month)
    store.delete(session, actor.account_id, Deadline, found)
