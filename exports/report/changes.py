"""What later packages changed in a published report: its errata and its supplement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from exports.report.blocks import (
    Amount,
    Block,
    Cell,
    Cover,
    Heading,
    Paragraph,
    Sheet,
    Table,
)
from exports.report.cells import cell_label
from exports.report.content import ProjectCard
from exports.report.ranges import ranges
from exports.report.texts import texts
from pravo_desktop.domain.figures import ALL
from pravo_desktop.domain.indicators import BY_KEY
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.i18n import Translator

Value = int | float | None


@dataclass(frozen=True, slots=True)
class ChangingPackage:
    """A package that came or was undone since the report was published.

    Args:
        number: by which the lines of the errata name it, from 1.
        centre: as people are shown it.
        received_on: the day of the journal entry that counts.
        kinds: ``late``, ``amendment``, ``undone``.
        reason: what the journal says, empty where nobody was asked.
    """

    number: int
    centre: str
    month: Month
    sequence: int
    received_on: date
    kinds: tuple[str, ...]
    reason: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ChangingReason:
    """Why the lead of a centre changed a closed month; several records may share one.

    Args:
        number: by which the lines of the errata name it, from 1.
        centre: as people are shown it.
        month: that was changed.
        reason: in words.
    """

    number: int
    centre: str
    month: Month
    changed_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """A figure that is another one now.

    Args:
        packages: numbers of `ChangingPackage`.
        reasons: numbers of `ChangingReason`.
    """

    indicator: str
    region: str
    breakdown: str | None
    key: str | None
    before: Value
    after: Value
    packages: tuple[int, ...]
    reasons: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SupplementLine:
    """A figure of the whole period and how it comes about.

    published + corrected + rest - repeated = whole, where each is known.

    Args:
        published: in the published report.
        corrected: change since then in the months that it covered.
        rest: of the remaining months alone.
        repeated: counted both in the covered months and in the rest: 0 where records are counted.
        whole: of the whole period, now.
    """

    indicator: str
    region: str
    breakdown: str | None
    key: str | None
    published: Value
    corrected: Value
    rest: Value
    repeated: Value
    whole: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """A published report beside the state as of a later day.

    Args:
        language: of the texts.
        places: labels of regions by key, in the order of the report.
        period: of the published report; ``covered`` the months that it had, ``rest`` those it had
            not, None when it had all.
        published_on, published_as_of, published_hash: of the published report.
        as_of, state_hash: of the state it is compared with.
    """

    language: str
    card: ProjectCard
    places: dict[str, str]
    period: Period
    covered: Period
    rest: Period | None
    published_on: date
    published_as_of: date
    published_hash: str
    as_of: date
    state_hash: str
    cells: tuple[ChangedCell, ...]
    packages: tuple[ChangingPackage, ...]
    reasons: tuple[ChangingReason, ...]
    lines: tuple[SupplementLine, ...]


def errata(
    changes: Changes, translator: Translator
) -> tuple[Cover, tuple[Block, ...], tuple[Sheet, ...]]:
    """The errata in the order of reading, and as sheets of a workbook."""
    return _Errata(changes, translator).document()


def supplement(
    changes: Changes, translator: Translator
) -> tuple[Cover, tuple[Block, ...], tuple[Sheet, ...]]:
    """The supplement in the order of reading, and as sheets of a workbook."""
    return _Supplement(changes, translator).document()


class _Changes:
    kind = ""

    def __init__(self, changes: Changes, translator: Translator) -> None:
        self.changes = changes
        self.translator = translator
        words = texts(translator.language)
        self.words = words.words
        self.said = words.changes
        long = translator.long_date
        self.fields = {
            "period": translator.period(changes.period),
            "covered": translator.period(changes.covered),
            "rest": "" if changes.rest is None else translator.period(changes.rest),
            "published_on": long(changes.published_on),
            "published_as_of": long(changes.published_as_of),
            "published_hash": changes.published_hash,
            "as_of": long(changes.as_of),
        }

    def document(self) -> tuple[Cover, tuple[Block, ...], tuple[Sheet, ...]]:
        blocks = tuple(self.blocks())
        tables = tuple(block for block in blocks if isinstance(block, Table))
        sheets = tuple(Sheet(one.key, self.say(f"sheet_{one.key}"), (one,)) for one in tables)
        if not sheets:
            title = self.say(f"{self.kind}_title")
            none = Table(self.kind, title, ("",), (False,), ((self.say(f"{self.kind}_none"),),))
            sheets = (Sheet(self.kind, title, (none,)),)
        return self.cover(), blocks, sheets

    def blocks(self) -> Iterator[Block]:
        raise NotImplementedError

    def say(self, key: str) -> str:
        return self.said[key].format(**self.fields).replace("г..", "г.")

    def cover(self) -> Cover:
        changes = self.changes
        title = self.say(f"{self.kind}_title")
        return Cover(
            title=title,
            subtitle=self.say("of_report"),
            running=self.words["report_in"].format(report=title, period=self.fields["period"]),
            period=self.fields["period"],
            as_of=changes.as_of,
            state_hash=changes.state_hash,
            grantee=changes.card.grantee,
            operator=changes.card.operator,
            project=changes.card.name,
            contents=False,
        )

    def amount(self, indicator: str, value: Value) -> Amount:
        digits = 2 if BY_KEY[indicator].unit == "percent" else 0
        return Amount(value, self.words["no_data"], digits)

    def place(self, region: str) -> str:
        if region == ALL:
            return self.words["total"]
        return self.changes.places.get(region, region)


class _Errata(_Changes):
    kind = "errata"

    def blocks(self) -> Iterator[Block]:
        changes = self.changes
        yield Heading("errata", self.say("errata_title"))
        yield Paragraph(self.say("errata_intro"))
        yield Paragraph(self.say("hash_intro"))
        if not changes.cells:
            yield Paragraph(self.say("errata_none"))
            return
        yield self.cells()
        if changes.packages:
            yield self.packages()
        if changes.reasons:
            yield self.reasons()

    def cells(self) -> Table:
        rows: list[tuple[Cell, ...]] = []
        for one in self.changes.cells:
            gap = None
            if one.before is not None and one.after is not None:
                gap = one.after - one.before
            rows.append(
                (
                    cell_label(one.indicator, one.breakdown, one.key, self.translator),
                    self.place(one.region),
                    self.amount(one.indicator, one.before),
                    self.amount(one.indicator, one.after),
                    Amount(gap, self.words["no_plan"], self.amount(one.indicator, gap).digits),
                    ranges(one.packages),
                    *([ranges(one.reasons)] if self.changes.reasons else []),
                )
            )
        heads = [self.words["indicator"], self.words["region"]]
        heads += [self.said[key] for key in ("before", "after")]
        heads += [self.words["gap"], self.said["packages_numbered"]]
        notes = [self.say("cells_note")]
        if self.changes.reasons:
            heads.append(self.said["reasons_numbered"])
            notes.append(self.say("reasons_note"))
        return Table(
            "cells",
            self.say("cells_caption"),
            tuple(heads),
            (False, False, True, True, True, *[False] * (len(heads) - 5)),
            tuple(rows),
            notes=tuple(notes),
        )

    def packages(self) -> Table:
        words = self.words
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (
                Amount(one.number),
                one.centre,
                self.translator.month(one.month),
                Amount(one.sequence),
                one.received_on,
                self._why(one),
                one.sha256[:12],
            )
            for one in self.changes.packages
        )
        keys = ("number", "centre", "month", "sequence", "received_on")
        heads = (*(words[key] for key in keys), self.said["reason"], words["fingerprint"])
        numbers = (True, False, False, True, False, False, False)
        return Table("packages", self.say("packages_caption"), heads, numbers, rows)

    def reasons(self) -> Table:
        words = self.words
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (
                Amount(one.number),
                one.centre,
                self.translator.month(one.month),
                one.changed_on,
                one.reason,
            )
            for one in self.changes.reasons
        )
        heads = (
            *(words[key] for key in ("number", "centre", "month")),
            self.said["changed_on"],
            self.said["reason"],
        )
        numbers = (True, False, False, False, False)
        return Table("reasons", self.say("reasons_caption"), heads, numbers, rows)

    def _why(self, package: ChangingPackage) -> str:
        """Why it could change the report; one that came in its time came after the report."""
        kinds = [
            self.said["undone"] if one == "undone" else self.words[one] for one in package.kinds
        ]
        return "; ".join(filter(None, (*kinds, package.reason))) or self.said["came_after"]


class _Supplement(_Changes):
    kind = "supplement"

    def blocks(self) -> Iterator[Block]:
        yield Heading("supplement", self.say("supplement_title"))
        if self.changes.rest is None:
            yield Paragraph(self.say("supplement_none"))
            return
        yield Paragraph(self.say("supplement_intro"))
        yield Paragraph(self.say("hash_intro"))
        lines = self.changes.lines
        yield self.table("whole", [one for one in lines if one.region == ALL and not one.breakdown])
        yield Paragraph(self.say("distinct"))
        for key, indicator in (("couples_regions", "couples"), ("visits_regions", "consultations")):
            found = [one for one in lines if one.indicator == indicator and not one.breakdown]
            yield self.table(key, found, by_region=True)
        parts = [one for one in lines if one.region == ALL and one.breakdown]
        yield self.table("parts", parts)

    def table(self, key: str, lines: Sequence[SupplementLine], *, by_region: bool = False) -> Table:
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (
                self.place(one.region)
                if by_region
                else cell_label(one.indicator, one.breakdown, one.key, self.translator),
                *(
                    self.amount(one.indicator, value)
                    for value in (
                        one.published,
                        one.corrected,
                        one.rest,
                        one.repeated,
                        one.whole,
                    )
                ),
            )
            for one in lines
        )
        heads = (
            self.words["region" if by_region else "indicator"],
            *(self.say(key) for key in ("published", "corrected", "rest", "repeated", "whole_now")),
        )
        return Table(
            key,
            self.say(f"{key}_caption"),
            heads,
            (False, *[True] * 5),
            rows,
            totals=int(by_region),
            notes=(self.say("sum_note"),),
        )
