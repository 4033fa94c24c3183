"""Problems, recommendations, the conclusion and what does not add up."""

from __future__ import annotations

from collections.abc import Iterator

from exports.report.blocks import Amount, Block, Cell, Table
from exports.report.cells import cell_label
from exports.report.chapters.composer import Composer
from exports.report.content import ComparedLine
from pravo_desktop.domain.figures import ALL
from pravo_desktop.domain.indicators import BY_KEY


class Judgement(Composer):
    """What is to be thought of it all."""

    def judgement_chapter(self) -> Iterator[Block]:
        if self.content.compared:
            yield self.heading("compared")
            yield from self.text("compared")
            yield self.compared()
        for section, kind in (("problems", "problem"), ("recommendations", "proposal")):
            yield self.heading(section)
            notes = tuple(self.notes_of_centres(kind))
            if section in self.content.texts:
                # Headquarters has worked the notes into its own words.
                yield from self.text(section)
                continue
            if notes:
                yield from self.text(section)
            else:
                yield from self.text(f"no_{section}")
            yield from notes
        yield self.heading("conclusion")
        yield from self.text("conclusion")
        yield self.heading("discrepancies")
        if self.content.discrepancies:
            yield from self.text("discrepancies")
            yield self.discrepancies()
        else:
            yield from self.text("discrepancies_none")

    def compared(self) -> Table:
        """The year beside the one before; what a report stated in a column of its own."""
        year = self.content.period.to.year
        rows: list[tuple[Cell, ...]] = []
        sources: dict[str, None] = {}
        none = self.words["no_plan"]
        for line in self.content.compared:
            digits = 2 if BY_KEY[line.indicator].unit == "percent" else 0
            stated = line.earlier_from == "stated"
            known = line.value is not None and line.earlier is not None
            gap = (line.value or 0) - (line.earlier or 0) if known else None
            if stated:
                sources[line.source] = None
            rows.append(
                (
                    self.compared_label(line),
                    self.figure(line.indicator, line.region),
                    Amount(None if stated else line.earlier, none, digits),
                    Amount(line.earlier if stated else None, none, digits),
                    Amount(gap, none, digits, starred=known and stated),
                )
            )
        said = self.words
        heads = (
            said["indicator"],
            str(year),
            said["year_computed"].format(year=year - 1),
            said["year_stated"].format(year=year - 1),
            said["gap"],
        )
        notes = [said["stated_note"]] if sources else []
        notes += [said["stated_source"].format(source="; ".join(sources))] if sources else []
        indicators = dict.fromkeys(line.indicator for line in self.content.compared)
        notes += self.notes(*indicators)
        return self.table("compared", heads, "tnnnn", rows, notes=tuple(notes))

    def compared_label(self, line: ComparedLine) -> str:
        name = self.indicator(line.indicator)
        return name if line.region == ALL else f"{name}, {self.place_labels[line.region]}"

    def discrepancies(self) -> Table:
        rows = [
            (
                cell_label(line.indicator, line.breakdown, line.key, self.translator),
                self.place_labels.get(line.region, line.region),
                self.words[f"check_{line.check}"],
                Amount(line.stated),
                Amount(line.computed),
                Amount(line.computed - line.stated),
            )
            for line in self.content.discrepancies
        ]
        none = () if rows else tuple(one.text for one in self.text("discrepancies_none"))
        heads = ("indicator", "region", "check", "stated", "parts", "gap")
        return self.table(
            "discrepancies", [self.words[h] for h in heads], "tttnnn", rows, notes=none
        )
