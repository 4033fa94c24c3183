"""The table of the report's main figures."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtGui import QColor, QIcon

from pravo_desktop.domain.figures import FigureRow
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.i18n import Translator
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.publishing import PublishedReport
from ui.models.month import shown_share, shown_value
from ui.models.rows import Column, RowsModel
from ui.theme import Theme

COL_NAME, COL_VALUE, COL_PLAN, COL_SHARE, COL_STATE = range(5)


def share_of_plan(figure: FigureRow) -> float | None:
    """The value in per cent of the plan."""
    return figure.value * 100 / figure.plan if figure.plan and figure.value is not None else None


def state_text(t: Translator, figure: FigureRow) -> str:
    """The state in words; a partial figure says how many months it has."""
    word = t.label(classifiers().kinds["figure_state"][figure.state])
    if figure.state != "partial":
        return word
    names = ", ".join(t.month_name(Month.parse(month).number) for month in figure.months)
    return f"{word}: {names}" if names else word


def _state_icon(theme: Theme, state: str) -> QIcon:
    own = theme.colours
    name, colour = {
        "reported": ("check", own.success),
        "zero": ("check", own.success),
        "partial": ("warning", own.warning),
        "missing": ("warning", own.warning),
        "not_open": ("calendar", own.quiet),
    }[state]
    return theme.icon(name, colour)


def report_model(t: Translator, theme: Theme) -> RowsModel[FigureRow]:
    """An empty table of figures."""

    def or_least(value: int | float | None) -> float:
        return -1.0 if value is None else value

    columns: tuple[Column[FigureRow], ...] = (
        Column(t.text("Indicator"), lambda f: t.label(classifiers().indicators[f.indicator])),
        Column(
            t.text("Fact"),
            lambda f: shown_value(t, f.indicator, f.value),
            lambda f: or_least(f.value),
            number=True,
        ),
        Column(
            t.text("Plan"),
            lambda f: "" if f.plan is None else shown_value(t, f.indicator, f.plan),
            lambda f: or_least(f.plan),
            number=True,
            quiet=True,
        ),
        Column(
            t.text("Of the plan"),
            lambda f: shown_share(t, share_of_plan(f)),
            lambda f: or_least(share_of_plan(f)),
            number=True,
            quiet=True,
        ),
        Column(
            t.text("State"),
            lambda f: state_text(t, f),
            lambda f: f.state,
            quiet=True,
            icon=lambda f: _state_icon(theme, f.state),
        ),
    )
    return RowsModel(columns, QColor(theme.colours.quiet))


def short_period(period: Period) -> str:
    """A period for the name of a file: ``2024``, ``2024-q3`` or two dates."""
    if period == Period.of_year(period.from_.year):
        return str(period.from_.year)
    quarter = (period.from_.month + 2) // 3
    if period == Period.of_quarter(period.from_.year, quarter):
        return f"{period.from_.year}-q{quarter}"
    return f"{period.from_.isoformat()}-{period.to.isoformat()}"


COL_PERIOD, COL_AS_OF, COL_COVERED, COL_PUBLISHED, COL_HASH = range(5)


def published_model(t: Translator, theme: Theme) -> RowsModel[PublishedReport]:
    """An empty table of published reports."""
    columns: tuple[Column[PublishedReport], ...] = (
        Column(t.text("Period"), lambda one: t.period(one.period), lambda one: one.period.from_),
        Column(t.text("As of"), lambda one: t.date(one.as_of), lambda one: one.as_of),
        Column(
            t.text("Covers through"),
            lambda one: t.date(one.covered_to),
            lambda one: one.covered_to,
            quiet=True,
        ),
        Column(
            t.text("Published"),
            lambda one: t.moment(datetime.fromisoformat(one.published_at)),
            lambda one: one.published_at,
            quiet=True,
        ),
        Column(t.text("State of the data"), lambda one: one.state_hash[:8], quiet=True),
    )
    return RowsModel(columns, QColor(theme.colours.quiet))
