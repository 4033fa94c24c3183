"""Definitions, the category rule, months by region and the packages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from exports.report.blocks import Amount, Block, Cell, Table
from exports.report.chapters.composer import Composer
from exports.report.content import (
    Place,
)
from pravo_desktop.domain.figures import ALL
from pravo_desktop.domain.indicators import BY_KEY
from pravo_desktop.domain.periods import Month


class Appendices(Composer):
    """What the figures rest on."""

    def appendices(self) -> Iterator[Block]:
        yield self.appendix_heading("definitions")
        if self.content.definitions:
            yield from self.text("definitions")
            yield self.definitions()
        else:
            yield from self.text("no_definitions")
        if self.content.category_rule:
            yield self.appendix_heading("category_rule")
            yield from self.text("category_rule")
            yield self.category_rule()
        yield self.appendix_heading("months")
        yield from self.text("months")
        yield from self.months("couples")
        yield from self.months("consultations")
        yield self.appendix_heading("packages")
        if self.content.packages:
            yield from self.text("packages")
            yield self.packages()
        else:
            yield from self.text("no_packages")

    def definitions(self) -> Table:
        rows = [(self.indicator(line.indicator), line.text) for line in self.content.definitions]
        return self.table(
            "definitions", (self.words["indicator"], self.words["definition"]), "tt", rows
        )

    def category_rule(self) -> Table:
        rows = [
            (f"{number}. {self.translator.label(self.lists.categories[line.category])}", line.text)
            for number, line in enumerate(self.content.category_rule, start=1)
        ]
        heads = (self.words["category"], self.words["rule"])
        return self.table("category_rule", heads, "tt", rows)

    def months(self, indicator: str) -> Iterator[Table]:
        """A table of months by regions for each calendar year of the period."""
        for year, group in groupby(self.content.period.months, key=lambda month: month.year):
            months = tuple(group)
            rows: list[tuple[Cell, ...]] = [
                (
                    place.label,
                    *(self.month_figure(indicator, place.key, month) for month in months),
                    self.figure(indicator, place.key),
                )
                for place in (*self.content.regions, Place(ALL, self.words["total"]))
            ]
            # The first three letters of the months differ in Kazakh and in Russian.
            heads = [self.translator.month_name(month.number)[:3] for month in months]
            yield self.table(
                f"{indicator}_months",
                [self.words["region"], *heads, self.words["total"]],
                "t" + "n" * (len(months) + 1),
                rows,
                totals=1,
                notes=self.notes(indicator, key="months"),
                caption=self.caption(f"{indicator}_months", year=str(year)),
            )

    def month_figure(self, indicator: str, region: str, month: Month) -> Amount:
        row = self.figures.row(indicator, region, "month", str(month))
        whole = self.figures.row(indicator, region)
        if row is not None:
            return Amount(
                row.value, self.words["no_plan"], of=(indicator, region, "month", str(month))
            )
        reported = whole is not None and str(month) in whole.months
        return Amount(0 if reported else None, self.words["no_plan"])

    def packages(self) -> Table:
        words = self.words
        rows = [
            (
                Amount(number),
                line.centre,
                self.month_label(line.month),
                Amount(line.sequence),
                line.received_on,
                ", ".join(
                    words[mark]
                    for mark, holds in (("late", line.late), ("amendment", line.amendment))
                    if holds
                ),
                line.sha256[:12],
            )
            for number, line in enumerate(self.content.packages, start=1)
        ]
        heads = ("number", "centre", "month", "sequence", "received_on", "remark", "fingerprint")
        return self.table("packages", [words[head] for head in heads], "nttnttt", rows)

    def all_by_region(self) -> Table:
        keys = [key for key in BY_KEY if self.figures.row(key) is not None]
        places = (*self.places, Place(ALL, self.words["total"]))
        rows: list[tuple[Cell, ...]] = [
            (
                self.indicator(key),
                self.unit(key),
                *(self.figure(key, place.key) for place in places),
            )
            for key in keys
        ]
        heads = [self.words["indicator"], self.words["unit"], *(place.label for place in places)]
        return self.table("regions", heads, "tt" + "n" * len(places), rows, notes=self.notes(*keys))
