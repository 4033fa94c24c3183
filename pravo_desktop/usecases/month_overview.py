"""What the lead looks at before closing a month: sections, figures, notes, packages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db import store
from db.session import Session
from db.store import create_views
from pravo_desktop.domain.figures import ALL, FigureRow
from pravo_desktop.domain.indicators import INDICATORS
from pravo_desktop.domain.periods import Month, Period, month_range
from pravo_desktop.domain.records import MonthlyNote, SectionState
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.actor import RESPONSIBLE, Actor, require
from pravo_desktop.usecases.deadlines import due_on
from pravo_desktop.usecases.figures import own_figures
from pravo_desktop.usecases.months import is_closed
from pravo_desktop.usecases.packages import (
    TRAVELLING,
    ExportedPackage,
    accounting_sql,
    exported_packages,
)

_WORK = ("consultations", "events", "publications", "printed_materials", "videos", "proposals")
"""Tables with which work shows that a month has begun, by their accounting dates."""


@dataclass(frozen=True)
class SectionLine:
    """A section that this workplace owes.

    Args:
        counted: figures of the month that are not zero, as indicator and value.
        reason: why it is zero, a key of ``zero_reason`` or the lead's own words; None unless it
            was confirmed.
    """

    section: str
    counted: tuple[tuple[str, int | float], ...]
    reason: str | None = None

    @property
    def filled(self) -> bool:
        """Whether it has records in this month."""
        return bool(self.counted)


@dataclass(frozen=True)
class FigureLine:
    """A figure of the month beside the year's.

    Args:
        month: in the month itself; None while there is nothing to count.
        year: from January through the month.
        plan: for the year, in this workplace's region.
    """

    indicator: str
    month: int | float | None
    year: int | float | None
    plan: int | None

    @property
    def fulfilment(self) -> float | None:
        """The year's value in per cent of the plan."""
        return self.year * 100 / self.plan if self.plan and self.year is not None else None


@dataclass(frozen=True)
class MonthOverview:
    """A month as the lead sees it.

    Args:
        packages: those made of this month, oldest first.
        unsent: how many records of this month or earlier have changed since they were sent.
        due_on: until when the package is in time, where headquarters has said so.
    """

    month: Month
    closed: bool
    sections: tuple[SectionLine, ...]
    figures: tuple[FigureLine, ...]
    notes: tuple[MonthlyNote, ...]
    packages: tuple[ExportedPackage, ...]
    unsent: int
    due_on: date | None = None


@dataclass(frozen=True)
class TextPlace:
    """Where a text stands that must not leave the centre.

    Args:
        table: of its record.
        on: the record's day, or its month as ``YYYY-MM``; None where it has none.
        section: of a monthly note or of a reason for zero.
    """

    table: str
    on: str | None = None
    section: str | None = None


def month_to_close(session: Session, actor: Actor) -> Month:
    """The earliest month with work that is not closed, at the latest the present one."""
    require(actor, RESPONSIBLE, "month_to_close")
    present = Month.of(session.clock.today())
    first = min((Month.parse(text[:7]) for text in _first_days(session)), default=present)
    closed = {row["month"] for row in session.all("SELECT month FROM closed_months")}
    return next((m for m in month_range(first, present) if str(m) not in closed), present)


def _first_days(session: Session) -> list[str]:
    days = (
        session.value(f"SELECT min({accounting_sql(table)}) FROM {table} t WHERE NOT deleted")
        for table in _WORK
    )
    closed = session.value("SELECT min(month) FROM closed_months")
    return [day for day in (*days, closed) if day]


def month_overview(session: Session, actor: Actor, *, month: Month | None = None) -> MonthOverview:
    """All that belongs to a month; without one, to `month_to_close`.

    Raises:
        KnownError: ``not_allowed``.
    """
    require(actor, RESPONSIBLE, "month_overview")
    month = month or month_to_close(session, actor)
    name = str(month)
    of_month = {row.indicator: row for row in _totals(session, Period.of_month(month))}
    year = Period.of_months(Month(month.year, 1), month)
    of_year = {row.indicator: row for row in _totals(session, year)}
    own = session.installation
    owed = classifiers().sections_of("national" if own.workplace == "headquarters" else "centre")
    reasons = {
        state.section: state.reason
        for state in store.find(session, SectionState, "month = :month", {"month": name})
        if state.state == "zero"
    }
    sections = {one.section for one in INDICATORS if of_month[one.key].value}
    return MonthOverview(
        month=month,
        closed=is_closed(session, name),
        sections=tuple(
            SectionLine(
                section,
                tuple(
                    (one.key, value)
                    for one in INDICATORS
                    if one.section == section
                    and not one.from_register
                    and (value := of_month[one.key].value)
                ),
                reasons.get(section),
            )
            for section in classifiers().sections
            if section in owed or section in sections
        ),
        figures=tuple(
            FigureLine(
                one.key, of_month[one.key].value, of_year[one.key].value, of_year[one.key].plan
            )
            for one in INDICATORS
            if not one.from_register and (one.section in owed or one.section in sections)
        ),
        notes=tuple(store.find(session, MonthlyNote, "month = :month", {"month": name})),
        packages=tuple(one for one in exported_packages(session, actor) if one.month == name),
        unsent=_unsent(session, month),
        due_on=due_on(session, month),
    )


def _totals(session: Session, period: Period) -> list[FigureRow]:
    """The totals of this station over all regions it worked for, with its own region's plan."""
    create_views(session)
    rows = [row for row in own_figures(session, period) if row.breakdown is None]
    plans = {row.indicator: row.plan for row in rows if row.region != ALL and row.plan is not None}
    return [
        FigureRow(
            indicator=row.indicator,
            region=row.region,
            breakdown=None,
            key=None,
            value=row.value,
            plan=plans.get(row.indicator),
            state=row.state,
            months=row.months,
        )
        for row in rows
        if row.region == ALL
    ]


def _unsent(session: Session, month: Month) -> int:
    return sum(
        session.value(
            f"SELECT count(*) FROM {table} t WHERE t.change > t.sent "
            "AND (NOT t.deleted OR t.sent > 0) "
            f"AND (t.sent > 0 OR coalesce({accounting_sql(table)}, '') <= ?)",
            (month.last_day.isoformat(),),
        )
        for table in TRAVELLING
    )


def place_of_text(session: Session, actor: Actor, *, table: str, record_id: str) -> TextPlace:
    """Where to find the record that ``text_names_person`` names, without its text.

    Args:
        table: as the error gave it, a table of records.
    """
    require(actor, RESPONSIBLE, "place_of_text")
    if table not in TRAVELLING:
        return TextPlace(table)
    row = session.one(
        f"SELECT t.*, {accounting_sql(table)} AS on_day FROM {table} t WHERE id = ?", (record_id,)
    )
    if row is None:
        return TextPlace(table)
    return TextPlace(table, row.get("month") or row["on_day"], row.get("section"))
