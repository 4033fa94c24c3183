"""One indicator, split as a person wants to see it: a table and its chart."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from db.session import Session
from exports.report.blocks import Amount, Bar, Chart
from pravo_desktop.domain.figures import FigureRow
from pravo_desktop.domain.indicators import BY_KEY
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import Translator
from pravo_desktop.usecases.actor import COORDINATOR, Actor, require
from pravo_desktop.usecases.figures import figures_from, merged_as_of
from pravo_desktop.usecases.packages import Progress

REGION, MONTH, QUARTER, STAGE = "region", "month", "quarter", "stage"
PERIODS = (MONTH, QUARTER, STAGE)
_CLIP = re.compile("<clipPath.*?</clipPath>", re.DOTALL)


@dataclass(frozen=True)
class SplitLine:
    """A line of the table: one figure with what it was counted over.

    Args:
        by: ``region``, ``month``, ``quarter``, ``stage`` or the name of a breakdown.
        key: the region, the first month of the line's period, the number of the stage, or the key
            of the breakdown; empty for the whole.
        period: of the figure; its months and quarters are counted anew, never added up.
        row: the figure.
        name: of a stage, in the reader's language.
    """

    by: str
    key: str
    period: Period
    row: FigureRow
    name: str = ""


def splits_of(indicator: str) -> tuple[str, ...]:
    """The ways in which an indicator can be split."""
    named = (one.name for one in BY_KEY[indicator].breakdowns if one.name != MONTH)
    return (REGION, *PERIODS, *named)


def split_figures(
    session: Session,
    actor: Actor,
    *,
    period: Period,
    as_of: date | None = None,
    indicator: str,
    region: str,
    by: str,
    language: str,
    progress: Progress | None = None,
) -> list[SplitLine]:
    """An indicator of the project split by region, by shorter periods or by a breakdown.

    Args:
        period: the whole that is split.
        as_of: packages received by the end of this day count; today when empty.
        region: left out of account where it is split by region.
        by: one of `splits_of`.
        language: of the names of stages.

    Returns:
        The lines in the order of the report; the whole comes last where it has a line.

    Raises:
        KnownError: ``not_allowed``, ``figure_unknown``.
    """
    require(actor, COORDINATOR, "split_figures")
    if indicator not in BY_KEY or by not in splits_of(indicator):
        raise KnownError("figure_unknown", indicator=indicator)
    prefix = merged_as_of(session, as_of or session.clock.today())
    rows = figures_from(session, prefix, period, only=indicator)
    totals = [row for row in rows if row.breakdown is None]
    if by == REGION:
        return [SplitLine(by, row.region, period, row) for row in totals]
    whole = [SplitLine(by, "", period, row) for row in totals if row.region == region]
    if by not in PERIODS:
        parts = [row for row in rows if row.region == region and row.breakdown == by]
        return [*(SplitLine(by, row.key or "", period, row) for row in parts), *whole]
    lines = []
    shorter = list(_parts(session, prefix, period, by, language))
    for number, (key, part, name) in enumerate(shorter):
        if progress:
            progress(key, number, len(shorter))
        found = figures_from(session, prefix, part, only=indicator)
        lines += [
            # The plan is that of the whole.
            SplitLine(by, key, part, replace(row, plan=None), name)
            for row in found
            if row.breakdown is None and row.region == region
        ]
    return [*lines, *whole]


def _parts(
    session: Session, prefix: str, period: Period, by: str, language: str
) -> Iterator[tuple[str, Period, str]]:
    """Key, days and name of the shorter periods, cut to the whole."""
    if by == STAGE:
        for row in session.all(
            f"SELECT ordinal AS number, name_{language} AS name, starts_on, ends_on "
            f"FROM {prefix}stages "
            "WHERE starts_on <= ? AND ends_on >= ? ORDER BY starts_on, number",
            (period.to.isoformat(), period.from_.isoformat()),
        ):
            first, last = (date.fromisoformat(row[name]) for name in ("starts_on", "ends_on"))
            cut = Period(max(first, period.from_), min(last, period.to))
            yield str(row["number"]), cut, row["name"] or ""
        return
    months = period.months
    groups: dict[tuple[int, int], list[Month]] = {}
    for month in months:
        part = month.number if by == MONTH else (month.number + 2) // 3
        groups.setdefault((month.year, part), []).append(month)
    for group in groups.values():
        first = max(group[0].first_day, period.from_)
        yield str(group[0]), Period(first, min(group[-1].last_day, period.to)), ""


@dataclass(frozen=True)
class ShownBar:
    """A bar of a chart: its label, its value or what is said instead, and its plan."""

    label: str
    value: int | float | None
    empty: str = ""
    plan: int | None = None
    digits: int = 0


def bars_svg(
    bars: Sequence[ShownBar],
    *,
    language: str,
    width: float,
    text: str,
    quiet: str,
    bar: str,
    ground: str,
) -> str:
    """The bars as the report draws them, as SVG.

    Args:
        width: in points.
        text, quiet, bar, ground: colours such as ``#1F2933``: of words, of the axis and of what is
            missing, of the bars, and of what the chart stands on.
    """
    from exports.report.charts import ChartColours, chart_svg

    chart = Chart(
        "figures",
        "",
        tuple(Bar(one.label, Amount(one.value, one.empty, one.digits), one.plan) for one in bars),
    )
    # Qt draws the shape of a clip path, which hides everything.
    colours = ChartColours.of(text, quiet, bar, ground)
    return _CLIP.sub("", chart_svg(chart, Translator(language), width, colours))
