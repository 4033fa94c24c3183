"""Media, the campaign and legislative proposals."""

from __future__ import annotations

from collections.abc import Iterator

from exports.report.blocks import Amount, Block, Table
from exports.report.chapters.composer import Composer
from pravo_desktop.domain.indicators import INDICATORS


class Outreach(Composer):
    """What was said in public and proposed."""

    def outreach_chapter(self) -> Iterator[Block]:
        yield self.heading("media")
        yield from self.text("media")
        yield self.section_indicators("media", "media")
        if self.content.printed:
            yield self.printed()
        yield self.heading("campaign")
        yield from self.text("campaign")
        yield self.campaign()
        yield self.heading("legislation")
        yield from self.text("legislation")
        if self.content.proposals:
            yield self.proposals()
        else:
            yield from self.text("no_proposals")

    def section_indicators(self, key: str, section: str) -> Table:
        keys = [one.key for one in INDICATORS if one.section == section]
        rows = [(self.indicator(one), self.unit(one), self.figure(one)) for one in keys]
        heads = [self.words[head] for head in ("indicator", "unit", "count")]
        return self.table(key, heads, "ttn", rows, notes=self.notes(*keys))

    def printed(self) -> Table:
        rows = [
            (line.title, Amount(line.made), Amount(line.handed_out, self.words["no_data"]))
            for line in self.content.printed
        ]
        heads = [self.words[head] for head in ("title", "made", "handed_out")]
        return self.table("printed", heads, "tnn", rows)

    def campaign(self) -> Table:
        keys = [one.key for one in INDICATORS if one.section == "campaign"]
        heads = [self.words["region"], *(self.indicator(key) for key in keys)]
        return self.table(
            "campaign",
            heads,
            "t" + "n" * len(keys),
            ((place.label, *amounts) for place, amounts in self.by_place(*keys)),
            totals=1,
            notes=self.notes(*keys),
        )

    def proposals(self) -> Table:
        rows = [(line.text, line.addressee, line.sent_on) for line in self.content.proposals]
        heads = [self.words[head] for head in ("proposal", "addressee", "sent_on")]
        return self.table("proposals", heads, "ttt", rows)
