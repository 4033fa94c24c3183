"""Earlier years as reports stated them, and a year beside the one before it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from db import store
from db.session import Session
from pravo_desktop.domain.fields import from_row
from pravo_desktop.domain.figures import ALL, NATIONAL, FigureRow
from pravo_desktop.domain.indicators import BY_KEY, INDICATORS
from pravo_desktop.domain.periods import Period
from pravo_desktop.domain.records import StatedTotal
from pravo_desktop.domain.versions import new_id
from pravo_desktop.errors import KnownError
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.actor import COORDINATOR, Actor, require, use_case
from pravo_desktop.usecases.figures import Figures, figures_from, project_figures
from pravo_desktop.usecases.records import keep
from pravo_desktop.usecases.registers import known_regions

Cell = tuple[str, str | None, str | None]
"""Region, and a breakdown with its key; both are None for the total."""

WHOLE = tuple(one.key for one in INDICATORS if one.counted != "share")
"""Indicators that a report states as whole numbers."""


@dataclass(frozen=True)
class StatedValue:
    """A number typed from a report; see `Cell`."""

    region: str
    breakdown: str | None
    key: str | None
    value: int

    @property
    def cell(self) -> Cell:
        return self.region, self.breakdown, self.key


@dataclass(frozen=True)
class ComparedFigure:
    """A figure of a year beside the earlier year's.

    Args:
        value, state: computed for the year; None and ``missing`` where nothing was.
        earlier: the earlier year's value, None where nobody knows it.
        earlier_from: whether it was ``computed`` here or ``stated`` by a report.
        statement: the report that stated it.
    """

    indicator: str
    region: str
    breakdown: str | None
    key: str | None
    value: int | float | None
    state: str
    earlier: int | float | None
    earlier_from: Literal["computed", "stated"] | None
    statement: StatedTotal | None = None


def stated_totals(session: Session, actor: Actor, *, year: int | None = None) -> list[StatedTotal]:
    """What reports stated of a year, or of all years; the newest first."""
    require(actor, COORDINATOR, "stated_totals")
    return store.find(
        session,
        StatedTotal,
        "1" if year is None else "year = :year",
        {"year": year},
        order="year DESC, indicator, region, breakdown, key",
    )


def grid_lines(indicator: str) -> list[tuple[str | None, str | None]]:
    """The lines of an indicator's grid: its total, then the keys of its breakdowns."""
    lines: list[tuple[str | None, str | None]] = [(None, None)]
    for breakdown in BY_KEY[indicator].breakdowns:
        if breakdown.keys is not None:
            lines += [(breakdown.name, key) for key in classifiers().entries(breakdown.keys)]
    return lines


@use_case(COORDINATOR)
def save_stated_totals(
    session: Session,
    actor: Actor,
    *,
    year: int,
    indicator: str,
    source: str,
    values: Sequence[StatedValue],
    page: str | None = None,
) -> int:
    """Write what a report stated of an indicator and a year; what is not given is taken back.

    Args:
        source: the report, as it would be cited.
        page: its page.

    Returns:
        how many values are kept.

    Raises:
        KnownError: ``key_unknown``, ``year_not_over``, ``field_required``.
    """
    if indicator not in WHOLE:
        raise KnownError("key_unknown", field="indicator")
    if year >= session.clock.today().year:
        raise KnownError("year_not_over", field="year", year=year)
    regions = {*known_regions(session), NATIONAL, ALL}
    lines = set(grid_lines(indicator))
    known = {(one.region, one.breakdown, one.key): one for one in _of(session, year, indicator)}
    for given in values:
        if given.region not in regions or (given.breakdown, given.key) not in lines:
            raise KnownError("key_unknown", field="values")
        before = known.pop(given.cell, None)
        keep(
            session,
            actor,
            StatedTotal(
                id=before.id if before else new_id(),
                year=year,
                indicator=indicator,
                region=given.region,
                breakdown=given.breakdown,
                key=given.key,
                value=given.value,
                source=source,
                page=page,
            ),
        )
    for gone in known.values():
        store.delete(session, actor.account_id, StatedTotal, gone.id)
    return len(values)


def _of(session: Session, year: int, indicator: str) -> list[StatedTotal]:
    return store.find(
        session,
        StatedTotal,
        "year = :year AND indicator = :indicator",
        {"year": year, "indicator": indicator},
    )


def year_on_year(
    session: Session, actor: Actor, *, year: int, as_of: date | None = None
) -> list[ComparedFigure]:
    """Each figure of a year beside that of the year before, from what is in the report.

    The earlier year's figure is computed where all its months were reported; otherwise it is the
    stated one, if there is any; a partial computed figure stands only where nothing was stated.

    Args:
        as_of: see `project_figures`.
    """
    require(actor, COORDINATOR, "year_on_year")
    with session.transaction():
        now = project_figures(session, Period.of_year(year), as_of)
        return beside_year_before(session, now)


def beside_year_before(session: Session, now: Figures) -> list[ComparedFigure]:
    """See `year_on_year`; the figures are those of a whole year."""
    year = now.period.to.year - 1
    stated = _stated_in(session, now, year)
    rows = figures_from(session, now.prefix, Period.of_year(year))
    before = {_place(row): row for row in rows}
    places = {_place(row): row for row in now.rows if row.breakdown != "month"}
    return [
        _compared(place, places.get(place), before.get(place), stated.get(place))
        for place in (*places, *sorted(stated.keys() - places.keys(), key=json.dumps))
    ]


Place = tuple[str, str, str | None, str | None]
"""Indicator, region, breakdown, key."""


def _place(row: FigureRow) -> Place:
    return row.indicator, row.region, row.breakdown, row.key


def _stated_in(session: Session, figures: Figures, year: int) -> dict[Place, StatedTotal]:
    rows = session.all(
        f"SELECT * FROM {figures.prefix}stated_totals WHERE year = ? ORDER BY id", (year,)
    )
    return {
        (one.indicator, one.region, one.breakdown, one.key): one
        for one in (from_row(StatedTotal, row) for row in rows)
    }


def _compared(
    place: Place, now: FigureRow | None, before: FigureRow | None, stated: StatedTotal | None
) -> ComparedFigure:
    whole = before is not None and before.value is not None and before.state != "partial"
    if stated is not None and not whole:
        earlier: int | float | None = stated.value
        earlier_from: Literal["computed", "stated"] | None = "stated"
    else:
        stated = None
        earlier = before.value if before else None
        earlier_from = None if earlier is None else "computed"
    return ComparedFigure(
        *place,
        value=now.value if now else None,
        state=now.state if now else "missing",
        earlier=earlier,
        earlier_from=earlier_from,
        statement=stated,
    )
