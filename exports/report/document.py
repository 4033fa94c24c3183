"""The report as headings, paragraphs, tables and charts, before any file format."""

from __future__ import annotations

from collections.abc import Iterator

from exports.report.blocks import Block, Chart, Cover, Sheet, Table
from exports.report.chapters.appendices import Appendices
from exports.report.chapters.events import Events
from exports.report.chapters.judgement import Judgement
from exports.report.chapters.opening import Opening
from exports.report.chapters.outreach import Outreach
from exports.report.chapters.services import Services
from exports.report.content import (
    ReportContent,
)
from exports.report.texts import texts
from pravo_desktop.i18n import Translator


def cover(content: ReportContent, translator: Translator) -> Cover:
    """The first page of the report of a period."""
    words = texts(translator.language).words
    period = translator.period(content.period)
    return Cover(
        title=words["report"],
        subtitle=words["report_of"],
        running=words["report_in"].format(report=words["report"], period=period),
        period=period,
        as_of=content.as_of,
        state_hash=content.state_hash,
        grantee=content.card.grantee,
        operator=content.card.operator,
        project=content.card.name,
    )


def compose(content: ReportContent, translator: Translator) -> tuple[Block, ...]:
    """The report in the order of reading.

    Raises:
        KnownError: ``report_language``, ``report_field_unknown``.
    """
    return tuple(_Report(content, translator).blocks())


def sheets(content: ReportContent, translator: Translator) -> tuple[Sheet, ...]:
    """The same tables and charts as `compose`, by sheet of a workbook."""
    return tuple(_Report(content, translator).sheets())


class _Report(Opening, Services, Events, Outreach, Judgement, Appendices):
    """All chapters in the order of reading."""

    def blocks(self) -> Iterator[Block]:
        yield from self.opening_chapter()
        yield from self.services_chapter()
        yield from self.events_chapter()
        yield from self.outreach_chapter()
        yield from self.judgement_chapter()
        yield from self.appendices()

    def sheets(self) -> Iterator[Sheet]:
        def sheet(key: str, *tables: Table, chart: Chart | None = None) -> Sheet:
            return Sheet(key, self.texts.sheets[key], tables, chart)

        yield sheet("plan_fact", self.plan_fact())
        yield sheet("regions", self.all_by_region())
        yield sheet("months", *self.months("couples"), *self.months("consultations"))
        yield sheet(
            "participants",
            self.participants(),
            self.participants_by_region(),
            chart=self.participants_chart(),
        )
        yield sheet("categories", self.categories(), chart=self.categories_chart())
        yield sheet("claims", self.claims(), chart=self.claims_chart())
        yield sheet("outcomes", self.outcomes(), self.outcomes_by_region())
        yield sheet("events", self.all_events())
        printed = (self.printed(),) if self.content.printed else ()
        yield sheet("media", self.section_indicators("media", "media"), *printed)
        yield sheet("satisfaction", self.satisfaction())
        if self.content.compared:
            yield sheet("compared", self.compared())
        yield sheet("packages", self.packages())
        rule = (self.category_rule(),) if self.content.category_rule else ()
        yield sheet("definitions", self.definitions(), *rule)
        yield sheet("discrepancies", self.discrepancies())
