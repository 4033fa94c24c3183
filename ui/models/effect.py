"""The table of figures that a decision about packages would change."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QColor

from pravo_desktop.i18n import Translator
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.previews import Effect
from ui.models.figures import key_name
from ui.models.month import shown_value
from ui.models.places import region_name
from ui.models.rows import Column, RowsModel
from ui.theme import Theme

COL_INDICATOR, COL_REGION, COL_YEAR, COL_BEFORE, COL_AFTER = range(5)


def shown_effects(effects: Iterable[Effect]) -> list[Effect]:
    """The totals that change, and the parts of those totals that stay as they are."""
    listed = list(effects)
    totals = {(one.year, one.indicator, one.region) for one in listed if one.breakdown is None}
    return [
        one
        for one in listed
        if one.breakdown is None or (one.year, one.indicator, one.region) not in totals
    ]


def indicator_text(t: Translator, effect: Effect) -> str:
    """What is counted, and which part of it."""
    said = t.label(classifiers().indicators[effect.indicator])
    if effect.breakdown is None:
        return said
    return f"{said}: {key_name(t, effect.indicator, effect.breakdown, str(effect.key))}"


def effect_model(t: Translator, theme: Theme) -> RowsModel[Effect]:
    """An empty table of figures before and after."""

    def value(effect: Effect, which: int | float | None) -> str:
        return shown_value(t, effect.indicator, which)

    columns: tuple[Column[Effect], ...] = (
        Column(t.text("Indicator"), lambda e: indicator_text(t, e)),
        Column(t.text("Region"), lambda e: region_name(t, e.region)),
        Column(t.text("Year"), lambda e: str(e.year), lambda e: e.year, number=True, quiet=True),
        Column(
            t.text("Now"),
            lambda e: value(e, e.before),
            lambda e: -1.0 if e.before is None else e.before,
            number=True,
            quiet=True,
        ),
        Column(
            t.text("Afterwards"),
            lambda e: value(e, e.after),
            lambda e: -1.0 if e.after is None else e.after,
            number=True,
        ),
    )
    return RowsModel(columns, QColor(theme.colours.quiet))
