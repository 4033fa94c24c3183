"""The table of the report's main figures."""

from __future__ import annotations

from PySide6.QtGui import QColor, QIcon

from pravo_desktop.domain.figures import FigureRow
from pravo_desktop.domain.periods import Month
from pravo_desktop.i18n import Translator
from pravo_desktop.resources import classifiers
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
