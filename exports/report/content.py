"""What a report is made of: figures, their months and packages, and the words of people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

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


class Figures:
    """The figures of a report by what they count, where and in which breakdown."""

    def __init__(self, rows: Iterable[FigureRow]) -> None:
        self._rows = {(row.indicator, row.region, row.breakdown, row.key): row for row in rows}

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
