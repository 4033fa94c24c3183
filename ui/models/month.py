"""The table of a month's figures beside the year and its plan."""

from __future__ import annotations

from PySide6.QtGui import QColor

from pravo_desktop.i18n import Translator
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.month_overview import FigureLine
from ui.models.rows import Column, RowsModel

COL_NAME, COL_MONTH, COL_YEAR, COL_PLAN, COL_SHARE = range(5)
_LEAST = -1.0


def shown_value(t: Translator, indicator: str, value: int | float | None) -> str:
    """A figure as a table shows it; a dash where nothing is known."""
    if value is None:
        return "—"
    if classifiers().indicators[indicator].unit == "percent":
        return t.percent(value)
    return t.number(value) if isinstance(value, int) else t.decimal(value)


def shown_share(t: Translator, share: float | None) -> str:
    """A share of the plan; nothing where there is no plan."""
    return "" if share is None else t.percent(share, 1)


def month_model(t: Translator, grey: QColor) -> RowsModel[FigureLine]:
    """An empty table of a month's figures."""

    def or_least(value: int | float | None) -> float:
        return _LEAST if value is None else value

    columns: tuple[Column[FigureLine], ...] = (
        Column(t.text("Indicator"), lambda f: t.label(classifiers().indicators[f.indicator])),
        Column(
            t.text("Month"),
            lambda f: shown_value(t, f.indicator, f.month),
            lambda f: or_least(f.month),
            number=True,
        ),
        Column(
            t.text("Since January"),
            lambda f: shown_value(t, f.indicator, f.year),
            lambda f: or_least(f.year),
            number=True,
            quiet=True,
        ),
        Column(
            t.text("Plan for the year"),
            lambda f: "" if f.plan is None else shown_value(t, f.indicator, f.plan),
            lambda f: or_least(f.plan),
            number=True,
            quiet=True,
        ),
        Column(
            t.text("Of the plan"),
            lambda f: shown_share(t, f.fulfilment),
            lambda f: or_least(f.fulfilment),
            number=True,
            quiet=True,
        ),
    )
    return RowsModel(columns, grey)
