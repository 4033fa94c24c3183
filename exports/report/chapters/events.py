"""Trainings, meetings and what those who came said of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from exports.report.blocks import Amount, Block, Cell, Table
from exports.report.chapters.composer import Composer
from pravo_desktop.domain.figures import ALL
from pravo_desktop.domain.indicators import BY_KEY


class Events(Composer):
    """Events and their survey sheets."""

    def events_chapter(self) -> Iterator[Block]:
        for section, indicator in (
            ("specialist_trainings", "specialist_trainings"),
            ("working_meetings", "working_meetings"),
        ):
            yield self.heading(section)
            yield from self.text(section)
            if self.events_of(indicator):
                yield self.topics(section, indicator)
        for section, indicator, notes_of in (
            ("young_couples", "young_couple_trainings", "young_couples"),
            ("conflicts", "conflict_trainings", "conflict_reduction"),
        ):
            yield self.heading(section)
            yield from self.text(section)
            yield self.events_by_region(section, indicator)
            yield from self.explanations(notes_of)
        yield self.heading("satisfaction")
        yield from self.text("satisfaction")
        yield self.satisfaction()

    def events_of(self, indicator: str, region: str | None = None) -> list[tuple[date, str]]:
        return sorted(
            (event.held_on, event.topic)
            for event in self.content.events
            if event.indicator == indicator and region in (None, event.region)
        )

    def topics(self, section: str, indicator: str) -> Table:
        rows = [
            (Amount(number), day, topic)
            for number, (day, topic) in enumerate(self.events_of(indicator), start=1)
        ]
        heads = [self.words[head] for head in ("number", "date", "topic")]
        return self.table(section, heads, "ntt", rows, notes=self.notes(indicator))

    def events_by_region(self, section: str, indicator: str) -> Table:
        rows = []
        for place, (held,) in self.by_place(indicator):
            region = None if place.key == ALL else place.key
            counted = [
                event.attendance
                for event in self.content.events
                if event.indicator == indicator
                and event.attendance is not None
                and region in (None, event.region)
            ]
            attendance = Amount(sum(counted) if counted else None, self.words["no_plan"])
            topics = dict.fromkeys(topic for _, topic in self.events_of(indicator, region))
            listed = "; ".join(topics) if region else ""
            rows.append((place.label, held, attendance, listed))
        heads = [self.words[head] for head in ("region", "held", "attendance", "topics")]
        return self.table(
            section,
            heads,
            "tnnt",
            rows,
            totals=1,
            notes=self.notes(indicator, key="young_couples"),
        )

    def all_events(self) -> Table:
        rows = [
            (
                self.indicator(event.indicator),
                self.place_labels.get(event.region, event.region),
                event.held_on,
                event.place,
                event.topic,
                Amount(event.attendance),
            )
            for event in sorted(
                self.content.events,
                key=lambda e: (list(BY_KEY).index(e.indicator), e.held_on, e.region),
            )
        ]
        heads = ("kind", "region", "date", "place", "topic", "attendance")
        return self.table("events", [self.words[head] for head in heads], "tttttn", rows)

    def satisfaction(self) -> Table:
        rows: list[tuple[Cell, ...]] = [
            (
                self.translator.label(entry),
                self.figure("satisfaction", ALL, "question", key),
                self.figure("satisfaction_answers", ALL, "question", key),
            )
            for key, entry in self.lists.kinds["survey_question"].items()
        ]
        rows.append(
            (
                self.words["overall"],
                self.figure("satisfaction"),
                self.figure("satisfaction_answers"),
            )
        )
        heads = [self.words[head] for head in ("question", "score", "answers")]
        return self.table(
            "satisfaction",
            heads,
            "tnn",
            rows,
            totals=1,
            notes=self.notes("satisfaction", key="satisfaction"),
        )
