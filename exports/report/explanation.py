"""One figure explained on one page: where its number comes from and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from exports.report.blocks import Amount, Block, Cell, Cover, Heading, Paragraph, Table, typeset
from exports.report.cells import cell_label
from exports.report.content import Discrepancy, ProjectCard
from pravo_desktop.domain.board import (
    AWAITED,
    LATE,
    MISSING,
    NOT_OPEN,
    REPORTED,
    SYMBOLS,
    WORDS,
    ZERO,
)
from pravo_desktop.domain.indicators import BY_KEY
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.i18n import Translator
from pravo_desktop.resources import classifiers

Value = int | float | None
_NAMED = 6
"""So many packages are named in a sentence; of more their number."""


@dataclass(frozen=True, slots=True)
class Part:
    """A region's share of the number; ``state`` is that of a figure."""

    region: str
    place: str
    value: Value
    state: str


@dataclass(frozen=True, slots=True)
class PackageMark:
    """What came of a month from a centre.

    Args:
        numbers: of the packages that count, such as ``3`` or ``B2``.
        state: of the section that owes the figure, as on the board.
        late: it came after the deadline.
    """

    numbers: tuple[str, ...]
    state: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class CentrePackages:
    """The packages of a centre of a region, a mark for each month of the period."""

    region: str
    centre: str
    marks: tuple[PackageMark, ...]


@dataclass(frozen=True, slots=True)
class OtherPackage:
    """A package of a month outside the period that brought records of the number."""

    centre: str
    month: Month
    number: str
    records: int


@dataclass(frozen=True, slots=True)
class CasesBehind:
    """The cases behind a number by who came in the period.

    Args:
        one_spouse: one adult alone; ``both``: two or more; ``nobody``: no attendee is written down.
        joined: of them, those into which a case was joined that had come here before.
    """

    one_spouse: int
    both: int
    nobody: int
    joined: int


@dataclass(frozen=True, slots=True)
class Published:
    """The same figure in a published report."""

    report_id: int
    period: Period
    as_of: date
    value: Value


@dataclass(frozen=True, slots=True)
class Stated:
    """The figure as a report of the year stated it."""

    value: int
    source: str
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Everything that is said about one figure.

    Args:
        language: of the names below.
        place: the region as people are shown it.
        records: how many records were counted.
        parts: by region, one alone where the figure is of one region.
        cases: None where the records do not belong to cases.
        written_twice: consultations left out because the same specialist wrote them twice.
        packages: by centre, none for figures of the register of centres.
        discrepancies: sums of this indicator that fail.
    """

    language: str
    card: ProjectCard
    indicator: str
    region: str
    place: str
    breakdown: str | None
    key: str | None
    period: Period
    as_of: date
    state_hash: str
    value: Value
    plan: int | None
    state: str
    records: int
    parts: tuple[Part, ...]
    cases: CasesBehind | None
    written_twice: int
    packages: tuple[CentrePackages, ...]
    others: tuple[OtherPackage, ...]
    discrepancies: tuple[Discrepancy, ...]
    published: tuple[Published, ...]
    stated: tuple[Stated, ...]


def explanation_blocks(content: Explanation, translator: Translator) -> tuple[Block, ...]:
    """The explanation in the order of reading."""
    return typeset(_Page(content, translator).blocks())


def write_explanation(content: Explanation, translator: Translator) -> bytes:
    """The explanation as a PDF, one page mostly; equal contents give equal bytes."""
    from exports.report.pdf import write_pdf

    t = translator
    title = t.text("Where the number comes from")
    period = t.period(content.period)
    cover = Cover(
        title=title,
        subtitle="",
        running=f"{title}. {period[0].upper()}{period[1:]}",
        period=period,
        as_of=content.as_of,
        state_hash=content.state_hash,
        grantee=content.card.grantee,
        operator=content.card.operator,
        project=content.card.name,
        contents=False,
        front=False,
    )
    return write_pdf(cover, explanation_blocks(content, t), t)


class _Page:
    def __init__(self, content: Explanation, translator: Translator) -> None:
        self.content, self.t = content, translator
        self.digits = 2 if classifiers().indicators[content.indicator].unit == "percent" else 0

    def blocks(self) -> Iterator[Block]:
        content, t = self.content, self.t
        name = cell_label(content.indicator, content.breakdown, content.key, t)
        yield Heading("number", f"{name} — {self.shown(content.value, content.state)}")
        yield Paragraph(self.about())
        yield Paragraph(t.text(BY_KEY[content.indicator].definition), lead=t.text("Definition"))
        yield from self.cases()
        if content.packages:
            yield from self.packages()
        yield from self.parts()
        yield from self.before()
        # In halves, so that the line can be broken where letters are large.
        halves = f"{content.state_hash[:32]} {content.state_hash[32:]}"
        yield Paragraph(t.text("Check value of the data: {hash}", hash=halves))

    def shown(self, value: Value, state: str) -> str:
        if value is None:
            return self.t.label(classifiers().kinds["figure_state"][state])
        return self.t.decimal(value, self.digits)

    def amount(self, value: Value, state: str) -> Amount:
        empty = self.t.label(classifiers().kinds["figure_state"][state])
        return Amount(value, empty, self.digits)

    def about(self) -> str:
        content, t = self.content, self.t
        said = [
            t.text(
                "{place}, {period}, as of {day}.",
                place=content.place,
                period=t.period(content.period),
                day=t.date(content.as_of),
            ),
            t.text(
                "State: {state}.",
                state=t.label(classifiers().kinds["figure_state"][content.state]),
            ),
        ]
        if content.plan is not None:
            said.append(t.text("Plan: {plan}.", plan=t.number(content.plan)))
        said.append(t.text("Records counted: {number}.", number=t.number(content.records)))
        return " ".join(said)

    def parts(self) -> Iterator[Table]:
        """A table of regions and their packages for each calendar year of the period."""
        content, t = self.content, self.t
        months = tuple(content.period.months) if content.packages else ()
        heads = (t.text("Region"), t.text("Fact"))
        at = 0
        for year, group in groupby(months, key=lambda month: month.year):
            number = len(tuple(group))
            names = [t.month_name(month.number)[:3] for month in months[at : at + number]]
            legend = "; ".join(
                f"{SYMBOLS[state]} {t.text(WORDS[state])}"
                for state in (LATE, ZERO, AWAITED, MISSING, NOT_OPEN)
            )
            yield Table(
                f"parts_{year}",
                t.text("By region, with the numbers of the packages of {year}", year=str(year)),
                (*heads, *names),
                (False, True, *(False for _ in names)),
                tuple(self.rows(at, number)),
                totals=self.summed,
                notes=(*self.checks(), legend),
            )
            at += number
        if not months:
            yield Table(
                "parts",
                t.text("By region"),
                heads,
                (False, True),
                tuple(self.rows(0, 0)),
                totals=self.summed,
                notes=tuple(self.checks()),
            )

    @property
    def summed(self) -> int:
        """1 where a line sums the regions up."""
        share = BY_KEY[self.content.indicator].counted == "share"
        return int(len(self.content.parts) > 1 and not share)

    def rows(self, at: int, number: int) -> Iterator[tuple[Cell, ...]]:
        content = self.content
        blank = ("",) * number
        for part in content.parts:
            fact = self.amount(part.value, part.state)
            lines = [line for line in content.packages if line.region == part.region]
            marks = [tuple(_shown(one) for one in line.marks[at : at + number]) for line in lines]
            if len(lines) == 1:
                yield (part.place, fact, *marks[0])
                continue
            yield (part.place, fact, *blank)
            for line, shown in zip(lines, marks, strict=True):
                yield (f"– {line.centre}", "", *shown)
        if self.summed:
            added = sum(part.value or 0 for part in content.parts)
            yield (self.t.text("Sum"), Amount(added, digits=self.digits), *blank)

    def checks(self) -> Iterator[str]:
        content, t = self.content, self.t
        if BY_KEY[content.indicator].counted == "share":
            yield t.text("Shares do not add up: each region is counted from its own answers.")
            return
        added = sum(part.value or 0 for part in content.parts)
        if len(content.parts) > 1 and added == (content.value or 0):
            yield t.text("Checked: the regions add up to the number.")
        elif len(content.parts) > 1:
            yield t.text(
                "The regions give {sum}, the number is {value}.",
                sum=self.shown(added, content.state),
                value=self.shown(content.value, content.state),
            )
        for one in content.discrepancies:
            if one.check != "regions":
                yield t.text(
                    "{what}: stated {stated}, the parts give {computed}.",
                    what=cell_label(one.indicator, one.breakdown, one.key, t),
                    stated=t.number(one.stated),
                    computed=t.number(one.computed),
                )

    def cases(self) -> Iterator[Paragraph]:
        content, t = self.content, self.t
        found = content.cases
        if found is None:
            return
        whole = found.one_spouse + found.both + found.nobody
        yield Paragraph(
            t.text(
                "Cases behind the number: {cases}. Both spouses came in the period: {both}; one "
                "spouse alone: {one}; attendees not written down: {nobody}. One spouse alone is "
                "counted as a couple too.",
                cases=t.number(whole),
                both=t.number(found.both),
                one=t.number(found.one_spouse),
                nobody=t.number(found.nobody),
            ),
            lead=t.text("One spouse"),
        )
        said = [
            t.text(
                "Cases into which a centre joined another one that had already come here: "
                "{joined}; such a couple is counted once. What a centre joined before it was sent "
                "cannot be seen here.",
                joined=t.number(found.joined),
            )
        ]
        if content.written_twice:
            said.append(
                t.text(
                    "Consultations written twice (same specialist, case and day) and counted "
                    "once: {number}.",
                    number=t.number(content.written_twice),
                )
            )
        yield Paragraph(" ".join(said), lead=t.text("Entered twice"))

    def packages(self) -> Iterator[Paragraph]:
        content, t = self.content, self.t
        marks = [mark for line in content.packages for mark in line.marks]
        yield Paragraph(
            t.text(
                "Months of the centres that came: {came}; of them late: {late}; missing: "
                "{missing}.",
                came=t.number(sum(mark.state in (REPORTED, ZERO) for mark in marks)),
                late=t.number(sum(mark.late for mark in marks)),
                missing=t.number(sum(mark.state == MISSING for mark in marks)),
            ),
            lead=t.text("Packages"),
        )
        if content.others:
            named = "; ".join(
                t.text(
                    "{centre}, {month}, No. {number} (records: {records})",
                    centre=one.centre,
                    month=t.month(one.month),
                    number=one.number,
                    records=t.number(one.records),
                )
                for one in content.others[:_NAMED]
            )
            more = len(content.others) - _NAMED
            rest = t.text(" and {number} more", number=t.number(more)) if more > 0 else ""
            yield Paragraph(named + rest + ".", lead=t.text("From packages of other months"))

    def before(self) -> Iterator[Paragraph]:
        content, t = self.content, self.t
        said = [
            t.text(
                "report No. {number} of {period}, as of {day}: {value}",
                number=t.number(one.report_id),
                period=t.period(one.period),
                day=t.date(one.as_of),
                value=self.shown(one.value, MISSING),
            )
            for one in content.published
        ]
        said += [
            t.text(
                "stated in “{source}”, page {page}: {value}",
                source=one.source,
                page=one.page or "–",
                value=t.number(one.value),
            )
            for one in content.stated
        ]
        yield Paragraph(
            "; ".join(said) + "." if said else t.text("This number was not published yet."),
            lead=t.text("Published before"),
        )


def _shown(mark: PackageMark) -> str:
    said = ", ".join(mark.numbers)
    if mark.late:
        said += f" {SYMBOLS[LATE]}"
    if mark.state == ZERO:
        return f"{said} ({SYMBOLS[ZERO]})"
    if mark.state in (MISSING, AWAITED, NOT_OPEN):
        return f"{said} {SYMBOLS[mark.state]}".strip()
    return said
