"""The services: couples, consultations, participants, claims and outcomes."""

from __future__ import annotations

from collections.abc import Iterator

from exports.report.blocks import Amount, Block, Cell, Chart, Table
from exports.report.chapters.composer import Composer
from exports.report.content import (
    Place,
)
from pravo_desktop.domain.figures import ALL


class Services(Composer):
    """What families were given and how it ended."""

    def services_chapter(self) -> Iterator[Block]:
        yield self.heading("services")
        yield from self.text("services")
        yield from self.explanations("services")
        yield self.heading("services_regions", level=2)
        yield from self.text("services_regions")
        yield self.region_chart("couples")
        yield self.region_chart("consultations")
        yield self.services()
        yield self.professions()
        yield self.heading("participants", level=2)
        yield from self.text("participants")
        yield self.participants_chart()
        yield self.participants()
        yield self.participants_by_region()
        yield self.heading("categories", level=2)
        yield from self.text("categories")
        yield self.categories_chart()
        yield self.categories()
        yield self.heading("claims", level=2)
        yield from self.text("claims")
        yield self.claims_chart()
        yield self.claims()
        yield self.heading("outcomes", level=2)
        yield from self.text("outcomes")
        yield self.outcomes()
        yield self.outcomes_by_region()

    def services(self) -> Table:
        words = self.words
        rows = []
        for place in (*self.content.regions, Place(ALL, words["total"])):
            couples = self.figure("couples", place.key)
            consultations = self.figure("consultations", place.key)
            plan = self.figures.plan("couples", place.key)
            per_couple = (
                consultations.value / couples.value
                if consultations.value is not None and couples.value
                else None
            )
            rows.append(
                (
                    place.label,
                    Amount(plan, words["no_plan"]),
                    couples,
                    Amount(self.figures.fulfilment("couples", place.key), words["no_plan"], 1),
                    consultations,
                    Amount(per_couple, words["no_plan"], 2),
                )
            )
        heads = (
            words["region"],
            words["plan_couples"],
            self.indicator("couples"),
            words["fulfilment"],
            self.indicator("consultations"),
            words["per_couple"],
        )
        return self.table(
            "services",
            heads,
            "tnnnnn",
            rows,
            totals=1,
            notes=self.notes("couples", "consultations", key="services"),
        )

    def professions(self) -> Table:
        rows = self.by_key("consultations", "profession", self.lists.kinds["profession"])
        heads = (self.words["profession"], self.indicator("consultations"), self.words["share"])
        return self.table(
            "professions", heads, "tnn", rows, totals=1, notes=self.notes("consultations")
        )

    def participants(self) -> Table:
        heads = (self.words["group"], self.words["people"], self.words["share"])
        return self.table(
            "participants",
            heads,
            "tnn",
            self.by_key("participants", "sex", self.groups()),
            totals=1,
            notes=self.notes("participants", key="participants"),
        )

    def participants_by_region(self) -> Table:
        groups = self.groups()
        rows: list[tuple[Cell, ...]] = [
            (
                place.label,
                *(self.figure("participants", place.key, "sex", key) for key in groups),
                self.figure("participants", place.key),
            )
            for place in (*self.content.regions, Place(ALL, self.words["total"]))
        ]
        heads = [self.words["region"], *map(self.translator.label, groups.values())]
        return self.table(
            "participants_regions",
            [*heads, self.words["total"]],
            "t" + "n" * (len(groups) + 1),
            rows,
            totals=1,
            notes=self.notes("participants"),
        )

    def categories(self) -> Table:
        heads = (self.words["category"], self.words["people"], self.words["share"])
        return self.table(
            "categories",
            heads,
            "tnn",
            self.by_key("participants", "category", self.lists.categories),
            totals=1,
            notes=self.notes("participants", key="categories"),
        )

    def claims(self) -> Table:
        heads = (self.words["claim_kind"], self.words["claims"], self.words["share"])
        return self.table(
            "claims",
            heads,
            "tnn",
            self.by_key("claims", "kind", self.lists.kinds["claim_kind"]),
            totals=1,
            notes=self.notes("claims", key="claims"),
        )

    def outcomes(self) -> Table:
        heads = (self.words["outcome"], self.words["cases"], self.words["share"])
        return self.table(
            "outcomes",
            heads,
            "tnn",
            self.by_key("outcomes", "kind", self.lists.kinds["outcome"]),
            totals=1,
            notes=self.notes("outcomes", key="outcomes"),
        )

    def outcomes_by_region(self) -> Table:
        rows = []
        for place in (*self.content.regions, Place(ALL, self.words["total"])):
            concluded, served = self.figures.reconciliation_shares(place.key)
            cases = self.figure("outcomes", place.key)
            no_share = cases.empty or self.words["no_plan"]
            rows.append(
                (
                    place.label,
                    cases,
                    self.figure("outcomes", place.key, "kind", "reconciled"),
                    Amount(concluded, no_share, 1),
                    Amount(served, no_share, 1),
                )
            )
        heads = (
            self.words["region"],
            self.words["cases"],
            self.translator.label(self.lists.kinds["outcome"]["reconciled"]),
            self.words["concluded_share"],
            self.words["served_share"],
        )
        return self.table(
            "outcomes_regions",
            heads,
            "tnnnn",
            rows,
            totals=1,
            notes=self.notes("outcomes", key="outcomes"),
        )

    def participants_chart(self) -> Chart:
        return self.breakdown_chart("participants", "participants", "sex", self.groups())

    def categories_chart(self) -> Chart:
        return self.breakdown_chart("categories", "participants", "category", self.lists.categories)

    def claims_chart(self) -> Chart:
        return self.breakdown_chart("claims", "claims", "kind", self.lists.kinds["claim_kind"])
