"""The closing table: stated figures beside computed ones, with the reason of each difference."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from pravo_desktop.demo.year import Figure, Figures
from pravo_desktop.domain.figures import ALL, FigureRow
from pravo_desktop.domain.indicators import BY_KEY
from pravo_desktop.i18n import Translator
from pravo_desktop.resources import classifiers


@dataclass(frozen=True)
class Comparison:
    """A figure of the report beside what was computed; None is no value."""

    figure: Figure
    computed: int | float | None

    @property
    def as_expected(self) -> bool:
        return self.computed == self.figure.expected


def compare(figures: Figures, rows: Iterable[FigureRow]) -> list[Comparison]:
    """Each figure with the computed value of the same indicator, region, breakdown and key."""
    computed = {(row.indicator, row.region, row.breakdown, row.key): row.value for row in rows}
    return [
        Comparison(
            figure,
            computed.get((figure.indicator, figure.region, figure.breakdown, figure.key)),
        )
        for figure in figures.rows
    ]


def print_closing(
    comparisons: Sequence[Comparison],
    reasons: Mapping[str, Mapping[str, str]],
    translator: Translator,
    console: Console,
) -> None:
    """Print the table and one line that sums it up."""
    text = translator.text
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(text("Figure"), overflow="fold")
    table.add_column(text("Stated in 2024"), justify="right", no_wrap=True)
    table.add_column(text("Computed"), justify="right", no_wrap=True)
    table.add_column(text("Reason of the difference"), overflow="fold")
    for one in comparisons:
        figure = one.figure
        reason = reasons[figure.reason][translator.language] if figure.reason else ""
        if not one.as_expected:
            shown = _shown(figure.expected, translator)
            reason = text("WRONG: expected {value}", value=shown)
        table.add_row(
            _name(figure, translator),
            _shown(figure.stated, translator),
            _shown(one.computed, translator),
            reason,
        )
    console.print(table)
    wrong = [one for one in comparisons if not one.as_expected]
    equal = [one for one in comparisons if one.as_expected and one.figure.consistent]
    console.print(
        text(
            "As stated: {equal}. Different or chosen, for the reason named: {explained}. "
            "Wrong: {wrong}.",
            equal=len(equal),
            explained=len(comparisons) - len(equal) - len(wrong),
            wrong=len(wrong),
        )
    )


def _shown(value: int | float | None, translator: Translator) -> str:
    if value is None:
        return "—"
    return translator.number(value) if isinstance(value, int) else translator.percent(value)


def _name(figure: Figure, translator: Translator) -> str:
    """The indicator, its region, and the key it is split by."""
    lists = classifiers()
    parts = [translator.label(lists.indicators[figure.indicator])]
    if figure.region != ALL:
        parts.append(translator.label(lists.place(figure.region)))
    for breakdown in BY_KEY[figure.indicator].breakdowns:
        if breakdown.name == figure.breakdown and breakdown.keys and figure.key:
            source = breakdown.keys
            parts.append(translator.label(lists.entries(source)[figure.key]))
    return " · ".join(parts)
