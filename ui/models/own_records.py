"""The tables of headquarters' own records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtGui import QColor

from pravo_desktop.domain.periods import Month
from pravo_desktop.domain.records import (
    Centre,
    Court,
    Deadline,
    PlanTarget,
    Project,
    Proposal,
    Region,
    Stage,
    StatedTotal,
)
from pravo_desktop.i18n import Translator
from pravo_desktop.resources import Labelled, classifiers
from pravo_desktop.usecases.rules import PredicateData
from pravo_desktop.usecases.stated_totals import ComparedFigure
from ui.models.rows import Column, RowsModel

T = Translator


@dataclass(frozen=True)
class RuleLine:
    """A line of the category rule; ``number`` is its place from 1."""

    number: int
    predicate: PredicateData


@dataclass(frozen=True)
class StatedLine:
    """What is stated of one indicator and year, from one report."""

    totals: tuple[StatedTotal, ...]

    @property
    def first(self) -> StatedTotal:
        return self.totals[0]

    @property
    def total(self) -> int | None:
        """The value for the whole project, if it is stated."""
        found = (one.value for one in self.totals if one.region == "all" and one.key is None)
        return next(found, None)


def named(t: Translator, record: Project | Region | Court | Centre | Stage) -> str:
    """The name of a record in the language of the window."""
    kk = record.title_kk if isinstance(record, Project) else record.name_kk
    ru = record.title_ru if isinstance(record, Project) else record.name_ru
    return (kk if t.language == "kk" else ru) or ""


def region_names(t: Translator, regions: Mapping[str, Region]) -> dict[str, str]:
    """Labels of the regions, of headquarters and of all together, by key; *all* comes first."""
    pseudo = classifiers().pseudo_regions
    names = {"all": t.label(pseudo["all"])}
    names |= {key: named(t, one) for key, one in regions.items()}
    return names | {"national": t.label(pseudo["national"])}


def indicator_name(t: Translator, key: str) -> str:
    """The label of an indicator."""
    entry: Labelled | None = classifiers().indicators.get(key)
    return t.label(entry) if entry else key


def part_name(t: Translator, indicator: str, breakdown: str | None, key: str | None) -> str:
    """The label of a key of a breakdown; *Total* for the total."""
    from pravo_desktop.domain.indicators import BY_KEY

    if breakdown is None or key is None:
        return t.text("Total")
    lists = {one.name: one.keys for one in BY_KEY[indicator].breakdowns}
    name = lists.get(breakdown)
    return t.label(classifiers().entries(name)[key]) if name else key


def _day(t: Translator, head: str, get: Callable[[Any], date | None]) -> Column[Any]:
    return Column(
        head,
        lambda one: t.date(day) if (day := get(one)) else "",
        lambda one: (get(one) or date.max).isoformat(),
        quiet=True,
    )


def _number(t: Translator, head: str, get: Callable[[Any], int | None]) -> Column[Any]:
    return Column(
        head,
        lambda one: "" if (value := get(one)) is None else t.number(value),
        lambda one: -1 if (value := get(one)) is None else value,
        number=True,
    )


def projects_model(t: T, grey: QColor) -> RowsModel[Project]:
    """An empty table of project cards."""
    return RowsModel(
        (
            Column(t.text("Title"), lambda one: named(t, one)),
            Column(t.text("Contract"), lambda one: one.contract or "", quiet=True),
            _day(t, t.text("From"), lambda one: one.starts_on),
            _day(t, t.text("To"), lambda one: one.ends_on),
            _day(t, t.text("Final report"), lambda one: one.final_report_on),
        ),
        grey,
    )


def stages_model(t: T, grey: QColor) -> RowsModel[Stage]:
    """An empty table of stages."""
    return RowsModel(
        (
            Column(t.text("Stage"), lambda one: named(t, one)),
            _number(t, t.text("No."), lambda one: one.ordinal),
            _day(t, t.text("From"), lambda one: one.starts_on),
            _day(t, t.text("To"), lambda one: one.ends_on),
        ),
        grey,
    )


def deadlines_model(t: T, grey: QColor) -> RowsModel[Deadline]:
    """An empty table of deadlines."""
    return RowsModel(
        (
            Column(
                t.text("Month"), lambda one: t.month(Month.parse(one.month)), lambda one: one.month
            ),
            _day(t, t.text("In time until"), lambda one: one.due_on),
        ),
        grey,
    )


def regions_model(t: T, grey: QColor) -> RowsModel[Region]:
    """An empty table of regions."""
    return RowsModel(
        (
            Column(t.text("Region"), lambda one: named(t, one)),
            Column(t.text("Letters of case numbers"), lambda one: one.case_code, quiet=True),
            Column(t.text("Key"), lambda one: one.key, quiet=True),
        ),
        grey,
    )


def courts_model(t: T, grey: QColor, regions: Mapping[str, str]) -> RowsModel[Court]:
    """An empty table of courts; ``regions`` gives labels by key and may be filled later."""
    return RowsModel(
        (
            Column(t.text("Court"), lambda one: named(t, one)),
            Column(t.text("Region"), lambda one: regions.get(one.region, one.region), quiet=True),
            _number(t, t.text("Judges"), lambda one: one.judges),
        ),
        grey,
    )


def centres_model(
    t: T, grey: QColor, regions: Mapping[str, str], today: Callable[[], date]
) -> RowsModel[Centre]:
    """An empty table of centres; ``regions`` gives labels by key and may be filled later."""

    def state(one: Centre) -> str:
        if one.closed_on and one.closed_on <= today():
            return t.text("closed")
        return t.text("not open yet") if one.opened_on and one.opened_on > today() else ""

    return RowsModel(
        (
            Column(t.text("Centre"), lambda one: named(t, one) or one.key),
            Column(t.text("Region"), lambda one: regions.get(one.region, one.region), quiet=True),
            _day(t, t.text("Opened on"), lambda one: one.opened_on),
            _day(t, t.text("Closed on"), lambda one: one.closed_on),
            Column(t.text("State"), state, quiet=True),
        ),
        grey,
    )


def plan_model(t: T, grey: QColor, regions: Mapping[str, str]) -> RowsModel[PlanTarget]:
    """An empty table of planned values; ``regions`` gives labels by key."""
    operators = classifiers().kinds["plan_operator"]
    return RowsModel(
        (
            Column(t.text("Indicator"), lambda one: indicator_name(t, one.indicator)),
            Column(t.text("Region"), lambda one: regions.get(one.region, one.region), quiet=True),
            Column(t.text("Condition"), lambda one: t.label(operators[one.operator]), quiet=True),
            _number(t, t.text("Planned"), lambda one: one.value),
            _day(t, t.text("From"), lambda one: one.valid_from),
            Column(t.text("Agreement"), lambda one: one.agreement or "", quiet=True),
            Column(t.text("Clause"), lambda one: one.clause or "", quiet=True),
        ),
        grey,
    )


def rule_model(t: T, grey: QColor) -> RowsModel[RuleLine]:
    """An empty table of a category rule's lines."""
    categories = classifiers().categories
    return RowsModel(
        (
            _number(t, t.text("No."), lambda one: one.number),
            Column(
                t.text("Category"),
                lambda one: t.label(categories[one.predicate["category"]]),
            ),
            Column(t.text("Given to"), lambda one: str(one.predicate[t.language]), quiet=True),
        ),
        grey,
    )


def stated_model(t: T, grey: QColor) -> RowsModel[StatedLine]:
    """An empty table of stated totals, a line for each indicator and year."""

    def source(one: StatedLine) -> str:
        if one.first.page is None:
            return one.first.source
        return t.text("{source}, p. {page}", source=one.first.source, page=one.first.page)

    return RowsModel(
        (
            Column(t.text("Indicator"), lambda one: indicator_name(t, one.first.indicator)),
            Column(t.text("Year"), lambda one: str(one.first.year), quiet=True),
            _number(t, t.text("Stated in all"), lambda one: one.total),
            _number(t, t.text("Values"), lambda one: len(one.totals)),
            Column(t.text("Source"), source, quiet=True),
        ),
        grey,
    )


def proposals_model(t: T, grey: QColor) -> RowsModel[Proposal]:
    """An empty table of legislative proposals."""
    return RowsModel(
        (
            Column(t.text("Proposal"), lambda one: one.title),
            Column(t.text("Addressee"), lambda one: one.addressee or "", quiet=True),
            _day(t, t.text("Proposed on"), lambda one: one.proposed_on),
        ),
        grey,
    )


def compared_model(t: T, grey: QColor) -> RowsModel[ComparedFigure]:
    """An empty table of a year beside the one before it."""

    def shown(value: int | float | None) -> str:
        if value is None:
            return "–"
        return t.number(value) if isinstance(value, int) else t.decimal(value)

    def change(one: ComparedFigure) -> str:
        if one.value is None or not one.earlier:
            return ""
        return t.percent(100 * (one.value - one.earlier) / one.earlier, 1)

    def source(one: ComparedFigure) -> str:
        if one.statement is not None:
            return t.text("stated: {source}", source=one.statement.source)
        return t.text("computed") if one.earlier_from else ""

    def name(one: ComparedFigure) -> str:
        whole = indicator_name(t, one.indicator)
        if one.key is None:
            return whole
        return f"{whole}: {part_name(t, one.indicator, one.breakdown, one.key)}"

    return RowsModel(
        (
            Column(t.text("Indicator"), name),
            Column(
                t.text("This year"), lambda one: shown(one.value), _sortable("value"), number=True
            ),
            Column(
                t.text("The year before"),
                lambda one: shown(one.earlier),
                _sortable("earlier"),
                number=True,
            ),
            Column(t.text("The change"), change, number=True),
            Column(t.text("The year before is"), source, quiet=True),
        ),
        grey,
    )


def _sortable(name: str) -> Callable[[ComparedFigure], float]:
    return lambda one: -1.0 if (value := getattr(one, name)) is None else float(value)
