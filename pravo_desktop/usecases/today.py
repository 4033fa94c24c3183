"""The first page of the day: who comes, what was done, what waits."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from db import figures as counting
from db.audit import head
from db.search import OPEN_TO_READER
from db.session import Session
from db.store import create_views
from pravo_desktop.clock import KAZAKHSTAN, timestamp
from pravo_desktop.domain.figures import ALL
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.access import case_of
from pravo_desktop.usecases.actor import CENTRE, RESPONSIBLE, Actor, require
from pravo_desktop.usecases.appointments import (
    AppointmentLine,
    my_appointments,
    referrals_to_me,
)
from pravo_desktop.usecases.drafts import Draft, my_drafts
from pravo_desktop.usecases.month_overview import FigureLine
from pravo_desktop.usecases.packages import ExportedPackage, exported_packages
from pravo_desktop.usecases.questions import ToComplete, records_to_complete
from pravo_desktop.usecases.registers import own_region
from pravo_desktop.usecases.rules import category_rule_for

AHEAD = timedelta(days=7)
SHOWN = ("couples", "consultations")
"""The indicators whose month and year stand on the page."""
LAST_PACKAGES = 3
MOST_RECORDED = 200
"""Lines of what was entered today: after the import of a journal there are thousands."""

_RECORDED = ("cases", "consultations", "advice", "studies", "events", "publications", "hand_outs")


@dataclass(frozen=True)
class RecordedLine:
    """Something that the actor entered today.

    Args:
        at: ISO 8601 in UTC.
        case_id, number, title: of its case; None and empty where it has none.
    """

    table: str
    record_id: str
    at: str
    case_id: str | None
    number: str
    title: str


@dataclass(frozen=True)
class Today:
    """The page as a whole.

    Args:
        appointments: expected by the actor up to a week ahead, those missed silently first.
        referrals: couples referred to the actor's profession.
        recorded: what the actor entered today, the latest first; of much, the last.
        figures: this month's beside the year's and its plan.
        to_complete: returned records and unknown fields.
        packages: the last ones, the latest first; for the lead alone.
    """

    day: date
    appointments: tuple[AppointmentLine, ...]
    referrals: tuple[AppointmentLine, ...]
    recorded: tuple[RecordedLine, ...]
    figures: tuple[FigureLine, ...]
    drafts: tuple[Draft, ...]
    to_complete: tuple[ToComplete, ...]
    packages: tuple[ExportedPackage, ...]


def today(session: Session, actor: Actor) -> Today:
    """All that the first page shows to this person.

    Raises:
        KnownError: ``not_allowed``.
    """
    require(actor, CENTRE, "today")
    day = session.clock.today()
    packages = exported_packages(session, actor) if actor.roles & RESPONSIBLE else []
    return Today(
        day=day,
        appointments=tuple(my_appointments(session, actor, until=day + AHEAD)),
        referrals=tuple(referrals_to_me(session, actor)),
        recorded=tuple(_recorded(session, actor, day)),
        figures=month_against_plan(session, actor),
        drafts=tuple(my_drafts(session, actor)),
        to_complete=tuple(records_to_complete(session, actor)),
        packages=tuple(sorted(packages, key=lambda one: one.sequence, reverse=True))[
            :LAST_PACKAGES
        ],
    )


def _recorded(session: Session, actor: Actor, day: date) -> list[RecordedLine]:
    morning = timestamp(datetime.combine(day, time(), KAZAKHSTAN))
    rows = session.all(
        "SELECT number, table_name, record_id, at FROM audit_entries "
        "WHERE number >= :first AND at >= :morning AND actor = :actor AND action = 'added' "
        f"AND table_name IN ({', '.join(repr(table) for table in _RECORDED)}) ORDER BY number DESC "
        "LIMIT :most",
        {
            "first": _first_entry_since(session, morning),
            "morning": morning,
            "actor": actor.account_id,
            "most": MOST_RECORDED,
        },
    )
    lines = []
    for row in rows:
        table, record_id = row["table_name"], row["record_id"]
        if session.value(f"SELECT deleted FROM {table} WHERE id = ?", (record_id,)):
            continue
        case_id = case_of(session, table, record_id)
        case = session.one(
            "SELECT c.number, i.title FROM cases c JOIN case_index i ON i.case_id = c.id "
            f"WHERE c.id = :case AND {OPEN_TO_READER.format(case='c.id')}",
            {"case": case_id, "reader": actor.account_id},
        )
        if case_id and case is None:
            continue
        number, title = (case["number"], case["title"]) if case else ("", "")
        lines.append(RecordedLine(table, record_id, row["at"], case_id, number, title))
    return lines


def _first_entry_since(session: Session, moment: str) -> int:
    """The number of the first line of history at a moment or after; numbers have no gaps."""
    low, high = 1, head(session)[0] + 1
    while low < high:
        middle = (low + high) // 2
        at = session.value("SELECT at FROM audit_entries WHERE number = ?", (middle,))
        if at < moment:
            low = middle + 1
        else:
            high = middle
    return low


def month_against_plan(session: Session, actor: Actor) -> tuple[FigureLine, ...]:
    """Couples and consultations of this station: this month, this year, and the year's plan.

    They are the records behind the report's figures; a page that opens every morning does not
    wait for the report's other figures.
    """
    require(actor, CENTRE, "month_against_plan")
    month = Month.of(session.clock.today())
    create_views(session)
    registers = counting.read_registers(
        session, "own_", classifiers(), only=session.installation.centre
    )

    def counted(indicator: str, period: Period) -> int:
        behind = counting.records_behind(
            session,
            "own_",
            period,
            indicator,
            ALL,
            rule=category_rule_for(session, "own_", month.year),
            registers=registers,
        )
        return len(behind)

    def plan(indicator: str) -> int | None:
        planned: int | None = session.value(
            "SELECT value FROM own_plan_targets WHERE indicator = ? AND region = ? "
            "AND valid_from <= ? ORDER BY valid_from DESC, id DESC",
            (indicator, own_region(session), month.last_day.isoformat()),
        )
        return planned

    year = Period.of_months(Month(month.year, 1), month)
    return tuple(
        FigureLine(key, counted(key, Period.of_month(month)), counted(key, year), plan(key))
        for key in SHOWN
    )
