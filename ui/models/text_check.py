"""The table of a checked text: each number beside the figure it is compared with."""

from __future__ import annotations

from PySide6.QtGui import QColor

from pravo_desktop.domain.indicators import BY_KEY
from pravo_desktop.domain.text_check import AGREES, DIFFERS, DOUBTFUL, Finding
from pravo_desktop.i18n import Translator
from pravo_desktop.resources import classifiers
from ui.models.month import shown_value
from ui.models.places import region_name
from ui.models.rows import Column, RowsModel
from ui.theme import Theme

COL_VERDICT, COL_WRITTEN, COL_FIGURE, COL_WHAT, COL_REGION, COL_SENTENCE = range(6)
_ORDER = (DIFFERS, DOUBTFUL, AGREES)


def verdict_text(t: Translator, verdict: str) -> str:
    """A verdict in words."""
    return {
        DIFFERS: t.text("Differs"),
        DOUBTFUL: t.text("To look at"),
        AGREES: t.text("Agrees"),
    }[verdict]


def claimed_text(t: Translator, finding: Finding) -> str:
    """What a number claims: the indicator and, after a colon, the part of it."""
    lists = classifiers()
    name = t.label(lists.indicators[finding.indicator])
    if finding.breakdown and finding.key:
        breakdowns = {one.name: one.keys for one in BY_KEY[finding.indicator].breakdowns}
        source = breakdowns[finding.breakdown]
        entries = lists.categories if source == "category" else lists.kinds[str(source)]
        name = f"{name}: {t.label(entries[finding.key])}"
    return t.text("{indicator} (plan)", indicator=name) if finding.plan else name


def text_check_model(t: Translator, theme: Theme) -> RowsModel[Finding]:
    """An empty table of findings."""
    icons = {
        DIFFERS: theme.icon("error", theme.colours.danger),
        DOUBTFUL: theme.icon("warning", theme.colours.warning),
        AGREES: theme.icon("check", theme.colours.success),
    }
    columns: tuple[Column[Finding], ...] = (
        Column(
            "",
            lambda one: verdict_text(t, one.verdict),
            lambda one: _ORDER.index(one.verdict),
            icon=lambda one: icons[one.verdict],
        ),
        Column(t.text("In the text"), lambda one: one.written, number=True),
        Column(
            t.text("Figure"),
            lambda one: shown_value(t, one.indicator, one.figure),
            lambda one: -1.0 if one.figure is None else one.figure,
            number=True,
        ),
        Column(t.text("Indicator"), lambda one: claimed_text(t, one)),
        Column(t.text("Region"), lambda one: region_name(t, one.region), quiet=True),
        Column(t.text("Sentence"), lambda one: one.sentence, lambda one: one.paragraph, quiet=True),
    )
    return RowsModel(columns, QColor(theme.colours.quiet))
