"""From the project card to the centres and their staff."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exports.report.blocks import Amount, Block, Cell, Paragraph, Table
from exports.report.chapters.composer import Composer
from exports.report.content import (
    MissingLine,
    PackageLine,
    Place,
)
from pravo_desktop.domain.figures import ALL
from pravo_desktop.domain.indicators import BY_KEY
from pravo_desktop.domain.periods import Month


class Opening(Composer):
    """The card, the plan, the methods and the centres."""

    def opening_chapter(self) -> Iterator[Block]:
        yield self.heading("card")
        yield self.card()
        yield self.heading("expected")
        yield from self.text("expected")
        for item in self.content.card.expected:
            yield Paragraph(item, bullet=True)
        yield from self.text("expected_after")
        yield self.plan_fact()
        yield self.heading("introduction")
        yield from self.text("introduction")
        yield self.heading("methods")
        yield from self.text("methods")
        for item in self.texts.text["methods_list"]:
            yield Paragraph(item, bullet=True)
        yield from self.text("methods_after")
        yield self.methods()
        yield self.heading("centres")
        yield from self.text("centres")
        if self.content.centres:
            yield self.centres()
        yield self.staff()

    def card(self) -> Table:
        card, words = self.content.card, self.words
        return self.table(
            "card",
            ("", ""),
            "tt",
            (
                (words["name"], card.name),
                (words["grantee"], card.grantee),
                (words["operator"], card.operator),
                (words["contract"], card.contract or words["no_data"]),
                (words["period"], self.extra["period"]),
                (words["regions"], ", ".join(place.label for place in self.content.regions)),
                (words["goal"], card.goal),
                (words["additional_goal"], card.additional_goal),
            ),
        )

    def plan_fact(self) -> Table:
        words = self.words
        known = [key for key in BY_KEY if self.figures.row(key) is not None]
        rows = []
        for key in known:
            plan = self.figures.plan(key)
            rows.append(
                (
                    self.indicator(key),
                    self.unit(key),
                    Amount(plan, words["no_plan"]),
                    self.figure(key),
                    Amount(
                        self.figures.fulfilment(key),
                        words["no_plan"] if plan is None else words["no_data"],
                        1,
                    ),
                )
            )
        heads = [words[w] for w in ("indicator", "unit", "plan", "fact", "fulfilment")]
        return self.table(
            "plan_fact", heads, "ttnnn", rows, notes=self.notes(*known, key="plan_fact")
        )

    def methods(self) -> Table:
        words = self.words
        packages: dict[Month, list[PackageLine]] = {}
        missing: dict[Month, list[MissingLine]] = {}
        for line in self.content.packages:
            packages.setdefault(line.month, []).append(line)
        for gap in self.content.missing:
            missing.setdefault(gap.month, []).append(gap)
        months = sorted({*self.content.period.months, *packages, *missing})

        def row(
            label: str, came: Sequence[PackageLine], gaps: Sequence[MissingLine], named: bool
        ) -> tuple[Cell, ...]:
            return (
                label,
                Amount(len(came)),
                Amount(sum(line.late for line in came)),
                Amount(sum(line.amendment for line in came)),
                Amount(len(gaps)),
                ", ".join(gap.centre for gap in gaps) if named else "",
            )

        rows = [
            row(self.month_label(month), packages.get(month, []), missing.get(month, []), True)
            for month in months
        ]
        rows.append(row(words["total"], self.content.packages, self.content.missing, False))
        heads = ("month", "received", "late_count", "amendments", "missing_count")
        return self.table(
            "methods",
            [*(words[head] for head in heads), words["missing_centres"]],
            "tnnnnt",
            rows,
            totals=1,
        )

    def centres(self) -> Table:
        words = self.words
        rows = [
            (
                line.city,
                line.court,
                line.opened_on or words["not_opened"],
                words["closed_on"].format(date=self.translator.date(line.closed_on))
                if line.closed_on
                else words["open"],
            )
            for line in self.content.centres
        ]
        heads = [words[head] for head in ("city", "court", "opened_on", "state")]
        return self.table("centres", heads, "tttt", rows)

    def staff(self) -> Table:
        professions = self.lists.kinds["profession"]
        rows: list[tuple[Cell, ...]] = [
            (
                place.label,
                *(self.figure("staff", place.key, "profession", key) for key in professions),
                self.figure("staff", place.key),
            )
            for place in (*self.content.regions, Place(ALL, self.words["total"]))
        ]
        heads = [self.words["region"], *map(self.translator.label, professions.values())]
        return self.table(
            "staff",
            [*heads, self.words["total"]],
            "t" + "n" * (len(professions) + 1),
            rows,
            totals=1,
            notes=self.notes("staff"),
        )
