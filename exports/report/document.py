"""The report as headings, paragraphs, tables and charts, before any file format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from exports.report.content import (
    Discrepancy,
    Figures,
    MissingLine,
    PackageLine,
    Place,
    ReportContent,
)
from exports.report.texts import Texts, paragraphs, texts
from pravo_desktop.domain.figures import ALL, NATIONAL, FigureRow
from pravo_desktop.domain.indicators import BY_KEY, INDICATORS
from pravo_desktop.domain.periods import Month
from pravo_desktop.i18n import Translator
from pravo_desktop.resources import Labelled, classifiers


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in a table.

    Args:
        value: None where there is none; ``empty`` is shown then.
        digits: decimal places.
        starred: partial, explained under the table.
    """

    value: int | float | None
    empty: str = ""
    digits: int = 0
    starred: bool = False


Cell = str | date | Amount | None


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading of level 1 or 2; the first appendix opens a page."""

    key: str
    text: str
    level: int = 1
    opens_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; ``bullet`` for an item of a list, ``lead`` is set bold before it."""

    text: str
    bullet: bool = False
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A numbered table.

    Args:
        heads: of the columns, units included.
        numbers: which columns hold numbers, set to the right.
        totals: how many of the last rows are totals.
    """

    key: str
    caption: str
    heads: tuple[str, ...]
    numbers: tuple[bool, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its label, its number or, without one, what is said instead; a plan as a tick."""

    label: str
    amount: Amount
    plan: int | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A numbered chart of horizontal bars in the given order."""

    key: str
    caption: str
    bars: tuple[Bar, ...]
    notes: tuple[str, ...] = ()


Block = Heading | Paragraph | Table | Chart


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the workbook: its name, its tables and the chart of its first table."""

    key: str
    title: str
    tables: tuple[Table, ...]
    chart: Chart | None = None


def compose(content: ReportContent, translator: Translator) -> tuple[Block, ...]:
    """The report in the order of reading.

    Raises:
        KnownError: ``report_language``, ``report_field_unknown``.
    """
    return tuple(_Composer(content, translator).blocks())


def sheets(content: ReportContent, translator: Translator) -> tuple[Sheet, ...]:
    """The same tables and charts as `compose`, by sheet of a workbook."""
    return tuple(_Composer(content, translator).sheets())


class _Composer:
    def __init__(self, content: ReportContent, translator: Translator) -> None:
        self.content = content
        self.translator = translator
        self.texts: Texts = texts(translator.language)
        self.words = self.texts.words
        self.figures = Figures(content.rows)
        self.lists = classifiers()
        concluded, served = self.figures.reconciliation_shares()
        of_national = any(row.region == NATIONAL for row in content.rows)
        national = self.translator.label(self.lists.pseudo_regions[NATIONAL])
        self.places = (*content.regions, *([Place(NATIONAL, national)] if of_national else []))
        self.place_labels = {place.key: place.label for place in self.places} | {
            ALL: self.words["total"]
        }
        self.chapter = 0
        self.appendix = 0
        self.extra = {
            "period": translator.period(content.period),
            "as_of": translator.long_date(content.as_of),
            "region_count": translator.number(len(content.regions)),
            "received": translator.number(len(content.packages)),
            "late": translator.number(sum(line.late for line in content.packages)),
            "amendments": translator.number(sum(line.amendment for line in content.packages)),
            "missing": translator.number(len(content.missing)),
            "concluded_share": "" if concluded is None else translator.percent(concluded, 1),
            "served_share": "" if served is None else translator.percent(served, 1),
        }

    # --- reading order -------------------------------------------------------------------------

    def blocks(self) -> Iterator[Block]:
        yield from self._opening()
        yield from self._services()
        yield from self._events()
        yield from self._outreach()
        yield from self._judgement()
        yield from self._appendices()

    def _opening(self) -> Iterator[Block]:
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

    def _services(self) -> Iterator[Block]:
        yield self.heading("services")
        yield from self.text("services")
        yield from self._explanations("services")
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

    def _events(self) -> Iterator[Block]:
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
            yield from self._explanations(notes_of)
        yield self.heading("satisfaction")
        yield from self.text("satisfaction")
        yield self.satisfaction()

    def _outreach(self) -> Iterator[Block]:
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

    def _judgement(self) -> Iterator[Block]:
        for section, kind in (("problems", "problem"), ("recommendations", "proposal")):
            yield self.heading(section)
            notes = tuple(self._notes(kind))
            if section in self.content.texts or notes:
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

    def _appendices(self) -> Iterator[Block]:
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
        yield sheet("packages", self.packages())
        rule = (self.category_rule(),) if self.content.category_rule else ()
        yield sheet("definitions", self.definitions(), *rule)
        yield sheet("discrepancies", self.discrepancies())

    # --- words ---------------------------------------------------------------------------------

    def heading(self, key: str, level: int = 1) -> Heading:
        text = self.texts.headings[key]
        if level == 1:
            self.chapter += 1
            text = f"{self.chapter}. {text}"
        return Heading(key, text, level)

    def appendix_heading(self, key: str) -> Heading:
        self.appendix += 1
        opens_page = self.appendix == 1
        text = self.words["appendix"].format(number=self.appendix, text=self.texts.headings[key])
        return Heading(f"appendix_{key}", text, opens_page=opens_page)

    def text(self, key: str) -> Iterator[Paragraph]:
        own = self.content.texts.get(key)
        source = [[paragraph] for paragraph in own] if own else self.texts.text[key]
        for text in paragraphs(source, self.figures, self.translator, self.extra):
            yield Paragraph(text)

    def _notes(self, kind: str, section: str | None = None) -> Iterator[Paragraph]:
        for place in self.places:
            for note in self.content.notes:
                if (note.kind, note.region) == (kind, place.key) and section in (
                    None,
                    note.section,
                ):
                    yield Paragraph(note.text, bullet=True, lead=place.label)

    def _explanations(self, section: str) -> Iterator[Paragraph]:
        notes = tuple(self._notes("explanation", section))
        if notes:
            yield from self.text("explanations")
            yield from notes

    def caption(self, key: str, **fields: str) -> str:
        return self.texts.captions[key].format(period=self.extra["period"], **fields)

    def unit(self, indicator: str) -> str:
        return self.translator.label(self.lists.units[BY_KEY[indicator].unit])

    def indicator(self, key: str) -> str:
        return self.translator.label(self.lists.indicators[key])

    # --- cells ---------------------------------------------------------------------------------

    def amount(self, row: FigureRow | None) -> Amount:
        if row is None or row.value is None:
            state = "not_open" if row is not None and row.state == "not_open" else "no_data"
            return Amount(None, self.words[state])
        digits = 2 if BY_KEY[row.indicator].unit == "percent" else 0
        return Amount(row.value, "", digits, row.state == "partial")

    def figure(
        self,
        indicator: str,
        region: str = ALL,
        breakdown: str | None = None,
        key: str | None = None,
    ) -> Amount:
        row = self.figures.row(indicator, region, breakdown, key)
        total = self.figures.row(indicator, region)
        if row is None and total is not None and breakdown is not None:
            # Breakdown rows exist for what was counted: none of a reported figure is a zero.
            return Amount(0) if total.value is not None else self.amount(total)
        return self.amount(row)

    def plain(self, value: int | float | None, digits: int = 0) -> Amount:
        return Amount(value, self.words["no_data"], digits)

    def share(self, part: Amount, whole: Amount) -> Amount:
        if part.value is None or not whole.value:
            return self.plain(None)
        return Amount(part.value * 100 / whole.value, "", 1)

    def notes(self, *indicators: str, key: str | None = None) -> tuple[str, ...]:
        """What stands under a table of these indicators: gaps, how they count, the source."""
        rows = (
            self.figures.row(indicator, place.key)
            for place in self.content.regions
            for indicator in indicators
        )
        zeros = dict.fromkeys(
            self.place_labels[row.region] for row in rows if row is not None and row.state == "zero"
        )
        lines = [*self.gaps(*indicators)]
        if zeros:
            lines.append(self.words["zero_note"].format(regions=", ".join(zeros)))
        if key is not None and key in self.texts.table_notes:
            lines.append(self.texts.table_notes[key])
        lines.append(self.words["source"].format(as_of=self.extra["as_of"]))
        # «2024 г.» ends the line with its own full stop.
        return tuple(line.replace("г..", "г.") for line in lines)

    def gaps(self, *indicators: str) -> Iterator[str]:
        """The line that explains the stars, if there are any: which months are missing."""
        months: dict[str, set[Month]] = {}
        starred = False
        for place in (*self.places, Place(ALL, "")):
            for indicator in indicators:
                row = self.figures.row(indicator, place.key)
                if row is None or row.state != "partial":
                    continue
                starred = True
                if place.key != ALL:
                    have = {Month.parse(month) for month in row.months}
                    missing = set(self.content.period.months) - have
                    months.setdefault(place.label, set()).update(missing)
        if any(months.values()):
            several_years = len({month.year for month in self.content.period.months}) > 1
            named = "; ".join(
                f"{label} — " + ", ".join(self._month(m, several_years) for m in sorted(gap))
                for label, gap in months.items()
                if gap
            )
            yield self.words["partial_note"].format(months=named)
        elif starred:
            yield self.words["partial_all"]

    def _month(self, month: Month, with_year: bool = True) -> str:
        if with_year:
            return self.translator.month(month)
        return self.translator.month_name(month.number)

    # --- tables --------------------------------------------------------------------------------

    def table(
        self,
        key: str,
        heads: Sequence[str],
        numbers: str,
        rows: Iterable[Sequence[Cell]],
        *,
        totals: int = 0,
        notes: tuple[str, ...] = (),
        caption: str | None = None,
    ) -> Table:
        """``numbers`` has a letter for each column: t for text, n for numbers."""
        return Table(
            key,
            caption or self.caption(key),
            tuple(heads),
            tuple(letter == "n" for letter in numbers),
            tuple(tuple(row) for row in rows),
            totals,
            notes,
        )

    def by_place(self, *indicators: str) -> Iterator[tuple[Place, tuple[Amount, ...]]]:
        """The figures of each region, of headquarters where it has any and, last, of the whole."""
        for place in (*self.places, Place(ALL, self.words["total"])):
            has_any = any(self.figures.value(indicator, place.key) for indicator in indicators)
            if place.key != NATIONAL or has_any:
                yield place, tuple(self.figure(indicator, place.key) for indicator in indicators)

    def by_key(
        self,
        indicator: str,
        breakdown: str,
        entries: Mapping[str, Labelled],
        *,
        shares: bool = True,
    ) -> Iterator[tuple[Cell, ...]]:
        """A row for each key of a breakdown and, last, the total; with shares of the total."""
        whole = self.figure(indicator)
        for key, entry in entries.items():
            part = self.figure(indicator, ALL, breakdown, key)
            share = (self.share(part, whole),) if shares else ()
            yield (self.translator.label(entry), part, *share)
        share = (self.share(whole, whole),) if shares else ()
        yield (self.words["total"], whole, *share)

    def groups(self, *, with_unknown: bool = False) -> Mapping[str, Labelled]:
        """Men, women, children, and adults of unknown sex while there are any."""
        groups: dict[str, Labelled] = dict(self.lists.kinds["participant_group"])
        if with_unknown or self.figures.value("participants", ALL, "sex", "not_stated"):
            groups["not_stated"] = self.lists.kinds["sex"]["not_stated"]
        return groups

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
            row(self._month(month), packages.get(month, []), missing.get(month, []), True)
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

    def discrepancies(self) -> Table:
        rows = [
            (
                ": ".join(filter(None, (self.indicator(line.indicator), self.key_label(line)))),
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

    def key_label(self, line: Discrepancy) -> str:
        """What of the indicator was checked: a key of a breakdown, or the breakdown itself."""
        if line.breakdown is None:
            return ""
        if line.key is None:
            return self.translator.label(self.lists.kinds["breakdown"][line.breakdown])
        if line.breakdown == "month":
            return self._month(Month.parse(line.key))
        if line.breakdown == "category":
            return self.translator.label(self.lists.categories[line.key])
        if line.breakdown == "sex":
            return self.translator.label(self.groups(with_unknown=True)[line.key])
        names = {one.name: one.keys for one in BY_KEY[line.indicator].breakdowns}
        return self.translator.label(self.lists.kinds[names[line.breakdown] or ""][line.key])

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
            return Amount(row.value, self.words["no_plan"])
        reported = whole is not None and str(month) in whole.months
        return Amount(0 if reported else None, self.words["no_plan"])

    def packages(self) -> Table:
        words = self.words
        rows = [
            (
                line.centre,
                self._month(line.month),
                Amount(line.sequence),
                line.received_on,
                ", ".join(
                    words[mark]
                    for mark, holds in (("late", line.late), ("amendment", line.amendment))
                    if holds
                ),
                line.sha256[:12],
            )
            for line in self.content.packages
        ]
        heads = ("centre", "month", "sequence", "received_on", "remark", "fingerprint")
        return self.table("packages", [words[head] for head in heads], "ttnttt", rows)

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

    # --- charts --------------------------------------------------------------------------------

    def chart(self, key: str, indicator: str, bars: Iterable[Bar]) -> Chart:
        bars = tuple(bars)
        notes = []
        if any(bar.plan is not None for bar in bars):
            notes.append(self.texts.chart_notes["plan"])
        if any(bar.amount.starred for bar in bars):
            notes += self.gaps(indicator)
        return Chart(key, self.caption(f"chart_{key}"), bars, tuple(notes))

    def region_chart(self, indicator: str) -> Chart:
        bars = [
            Bar(
                place.label,
                self.figure(indicator, place.key),
                self.figures.plan(indicator, place.key),
            )
            for place in self.content.regions
        ]
        return self.chart(
            indicator,
            indicator,
            sorted(bars, key=lambda bar: 1 if bar.amount.value is None else -bar.amount.value),
        )

    def breakdown_chart(
        self, key: str, indicator: str, breakdown: str, entries: Mapping[str, Labelled]
    ) -> Chart:
        return self.chart(
            key,
            indicator,
            (
                Bar(self.translator.label(entry), self.figure(indicator, ALL, breakdown, one))
                for one, entry in entries.items()
            ),
        )

    def participants_chart(self) -> Chart:
        return self.breakdown_chart("participants", "participants", "sex", self.groups())

    def categories_chart(self) -> Chart:
        return self.breakdown_chart("categories", "participants", "category", self.lists.categories)

    def claims_chart(self) -> Chart:
        return self.breakdown_chart("claims", "claims", "kind", self.lists.kinds["claim_kind"])
