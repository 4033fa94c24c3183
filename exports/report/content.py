"""What a report is made of: figures, their months and packages, and the words of people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal, NamedTuple

from pravo_desktop.domain.figures import ALL, FigureRow
from pravo_desktop.domain.periods import Month, Period


@dataclass(frozen=True, slots=True)
class Place:
    """A region of the report, or headquarters' own work (key ``national``)."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class ProjectCard:
    """The project as its grant contract names it, in the language of the report.

    Args:
        contract: number and date, None where headquarters has not entered them.
        expected: the results that the contract expects, one sentence each.
    """

    name: str
    grantee: str
    operator: str
    goal: str
    additional_goal: str
    expected: tuple[str, ...]
    contract: str | None = None


@dataclass(frozen=True, slots=True)
class CentreLine:
    """A centre of the register; ``opened_on`` None: not said, or not open yet."""

    label: str
    region: str
    city: str
    court: str
    opened_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class PackageLine:
    """An accepted package; ``centre`` is the name that people are shown."""

    centre: str
    region: str
    month: Month
    sequence: int
    received_on: date
    sha256: str
    late: bool = False
    amendment: bool = False


class RecordCode(NamedTuple):
    """A record that an indicator counts.

    Args:
        region: that it counts for.
        keys: of the breakdowns of its `CountedRecords`, in their order.
        code: by which people tell each other the record.
        package: number of its package in the report's list of packages, from 1.
    """

    region: str
    keys: tuple[str | None, ...]
    code: str
    package: int


@dataclass(frozen=True, slots=True)
class CountedRecords:
    """The records that an indicator counts; one with several months has several lines."""

    breakdowns: tuple[str, ...]
    lines: tuple[RecordCode, ...]


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A figure of the whole project beside that of the year before.

    Args:
        value: None where nothing was reported.
        earlier: of the year before; None where nobody knows it.
        earlier_from: whether it was ``computed`` or a report ``stated`` it.
        source: the report that stated it, with its page.
    """

    indicator: str
    region: str
    value: int | float | None
    earlier: int | float | None
    earlier_from: Literal["computed", "stated"] | None
    source: str = ""


@dataclass(frozen=True, slots=True)
class MissingLine:
    """A month whose package of a centre has not come."""

    centre: str
    month: Month


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A monthly note of a centre; ``kind`` is problem, proposal or explanation."""

    region: str
    section: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event by the indicator that counts it.

    Args:
        attendance: people who came, None where nobody counted.
    """

    indicator: str
    region: str
    topic: str
    held_on: date
    place: str = ""
    attendance: int | None = None


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A printed matter: copies made and, where known, handed out."""

    title: str
    made: int
    handed_out: int | None = None


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A legislative proposal."""

    text: str
    addressee: str = ""
    sent_on: date | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """How an indicator is counted, in words."""

    indicator: str
    text: str


@dataclass(frozen=True, slots=True)
class CategoryRule:
    """One line of the ordered rule that gives an adult the category; the first that fits wins."""

    category: str
    text: str


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Figures that should add up and do not; the fields are those that counting gives.

    Args:
        check: ``regions`` against the whole, keys of a ``breakdown`` against the total, or
            ``children`` and ``adults`` by sex against those by category.
        indicator, region, breakdown, key: of the figure that was checked, as in `FigureRow`.
        stated: its value.
        computed: what the other figures give.
    """

    check: str
    indicator: str
    region: str
    breakdown: str | None
    key: str | None
    stated: int
    computed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportContent:
    """A whole report before it is set in type.

    Args:
        language: ``kk`` or ``ru``, of every text below.
        as_of: the last day whose accepted packages count.
        state_hash: of headquarters' state on that day, in hex.
        regions: in the order of the report, without ``national`` and ``all``.
        texts: headquarters' own paragraphs by section of the report (``problems``,
            ``recommendations``, ``conclusion``, ...) instead of the built-in ones, with the same
            fields such as ``{couples:all}`` (see ``texts.fill``).
        earlier: figures of other years that the texts name, by year.
        packages: those of the months of the period, then those of other months whose records
            count too.
        records: what is counted, by indicator.
        confirmed: numbers of the packages that confirm a zero, by section.
        compared: beside the year before, for the report of a year.
    """

    language: str
    card: ProjectCard
    period: Period
    as_of: date
    state_hash: str
    rows: tuple[FigureRow, ...]
    regions: tuple[Place, ...]
    centres: tuple[CentreLine, ...] = ()
    packages: tuple[PackageLine, ...] = ()
    missing: tuple[MissingLine, ...] = ()
    notes: tuple[NoteLine, ...] = ()
    events: tuple[EventLine, ...] = ()
    printed: tuple[PrintedLine, ...] = ()
    proposals: tuple[ProposalLine, ...] = ()
    definitions: tuple[Definition, ...] = ()
    category_rule: tuple[CategoryRule, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    earlier: Mapping[int, tuple[FigureRow, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    records: Mapping[str, CountedRecords] = field(default_factory=lambda: MappingProxyType({}))
    confirmed: Mapping[str, tuple[int, ...]] = field(default_factory=lambda: MappingProxyType({}))
    compared: tuple[ComparedLine, ...] = ()


class Figures:
    """The figures of a report by what they count, where and in which breakdown."""

    def __init__(
        self,
        rows: Iterable[FigureRow],
        earlier: Mapping[int, tuple[FigureRow, ...]] = MappingProxyType({}),
    ) -> None:
        self._rows = {(row.indicator, row.region, row.breakdown, row.key): row for row in rows}
        self.earlier = {year: Figures(found) for year, found in earlier.items()}
        """The figures of other years."""

    def regions(self) -> set[str]:
        """The regions that have figures."""
        return {region for _, region, _, _ in self._rows}

    def values(self) -> set[float]:
        """All numbers that a sentence of the report may name: figures, plans, fulfilments."""
        found = {float(row.value) for row in self._rows.values() if row.value is not None}
        for row in self._rows.values():
            if row.plan is not None:
                found.add(float(row.plan))
                share = self.fulfilment(row.indicator, row.region)
                found |= set() if share is None else {round(share, 1)}
        for region in self.regions():
            found |= {round(one, 1) for one in self.reconciliation_shares(region) if one}
        return found.union(*(figures.values() for figures in self.earlier.values()))

    def row(
        self,
        indicator: str,
        region: str = ALL,
        breakdown: str | None = None,
        key: str | None = None,
    ) -> FigureRow | None:
        """The figure, or None when the report has no such row."""
        return self._rows.get((indicator, region, breakdown, key))

    def value(
        self,
        indicator: str,
        region: str = ALL,
        breakdown: str | None = None,
        key: str | None = None,
    ) -> int | float | None:
        """The value, None for a figure that nobody reported."""
        row = self.row(indicator, region, breakdown, key)
        return None if row is None else row.value

    def plan(self, indicator: str, region: str = ALL) -> int | None:
        """The planned value, None where there is no plan."""
        row = self.row(indicator, region)
        return None if row is None else row.plan

    def fulfilment(self, indicator: str, region: str = ALL) -> float | None:
        """Fact over plan in per cent; None without either, or with a plan of 0."""
        value, plan = self.value(indicator, region), self.plan(indicator, region)
        return None if value is None or not plan else value * 100 / plan

    def reconciliation_shares(self, region: str = ALL) -> tuple[float | None, float | None]:
        """Per cent of reconciled cases over concluded and over served ones (design, counting).

        A case is concluded when its last outcome in the period is not ``open``.
        """
        served = self.value("outcomes", region)
        reconciled = self.value("outcomes", region, "kind", "reconciled")
        unfinished = self.value("outcomes", region, "kind", "open")
        if served is None or reconciled is None:
            return None, None
        concluded = served - (unfinished or 0)
        return (
            reconciled * 100 / concluded if concluded else None,
            reconciled * 100 / served if served else None,
        )
