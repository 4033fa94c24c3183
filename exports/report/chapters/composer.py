"""What all chapters share: words, cells, notes under tables, and the numbers of chapters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from exports.report.blocks import Amount, Bar, Cell, Chart, Heading, Paragraph, Table
from exports.report.content import (
    Figures,
    Place,
    ReportContent,
)
from exports.report.ranges import ranges
from exports.report.texts import Texts, fill, paragraphs, texts
from pravo_desktop.domain.figures import ALL, NATIONAL, FigureRow
from pravo_desktop.domain.indicators import BY_KEY
from pravo_desktop.domain.periods import Month
from pravo_desktop.i18n import Translator
from pravo_desktop.resources import Labelled, classifiers


class Composer:
    """A report's content in words of one language; chapters add what they say."""

    def __init__(self, content: ReportContent, translator: Translator) -> None:
        self.content = content
        self.translator = translator
        self.texts: Texts = texts(translator.language)
        self.words = self.texts.words
        self.figures = Figures(content.rows, content.earlier)
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
        if own:
            missing = self.words["no_data"]
            for one in own:
                filled = fill(one, self.figures, self.translator, self.extra, missing=missing)
                yield Paragraph(filled or "")
            return
        for text in paragraphs(self.texts.text[key], self.figures, self.translator, self.extra):
            yield Paragraph(text)

    def notes_of_centres(self, kind: str, section: str | None = None) -> Iterator[Paragraph]:
        for place in self.places:
            for note in self.content.notes:
                if (note.kind, note.region) == (kind, place.key) and section in (
                    None,
                    note.section,
                ):
                    yield Paragraph(note.text, bullet=True, lead=place.label)

    def explanations(self, section: str) -> Iterator[Paragraph]:
        notes = tuple(self.notes_of_centres("explanation", section))
        if notes:
            yield from self.text("explanations")
            yield from notes

    def caption(self, key: str, **fields: str) -> str:
        return self.texts.captions[key].format(period=self.extra["period"], **fields)

    def unit(self, indicator: str) -> str:
        return self.translator.label(self.lists.units[BY_KEY[indicator].unit])

    def indicator(self, key: str) -> str:
        return self.translator.label(self.lists.indicators[key])

    def amount(self, row: FigureRow | None) -> Amount:
        if row is None or row.value is None:
            state = "not_open" if row is not None and row.state == "not_open" else "no_data"
            return Amount(None, self.words[state])
        digits = 2 if BY_KEY[row.indicator].unit == "percent" else 0
        place = (row.indicator, row.region, row.breakdown, row.key)
        return Amount(row.value, "", digits, row.state == "partial", place)

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
        lines.append(self.source(*indicators))
        # «2024 г.» ends the line with its own full stop.
        return tuple(line.replace("г..", "г.") for line in lines)

    def source(self, *indicators: str) -> str:
        """The packages whose records these indicators count, or that confirm their zeros."""
        numbers = {
            line.package
            for indicator in indicators
            if indicator in self.content.records
            for line in self.content.records[indicator].lines
        }
        for indicator in indicators:
            numbers.update(self.content.confirmed.get(BY_KEY[indicator].section, ()))
        if not numbers:
            return self.words["source"].format(**self.extra)
        packages = [self.content.packages[number - 1] for number in numbers]
        centres = {line.centre for line in packages if line.region != NATIONAL}
        return self.words["source_packages" if centres else "source_own"].format(
            numbers=ranges(numbers),
            count=self.translator.number(len(numbers)),
            centres=self.translator.number(len(centres)),
            appendix=3 + bool(self.content.category_rule),
            as_of=self.extra["as_of"],
        )

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
            regions: dict[str, list[str]] = {}
            for label, gap in months.items():
                if gap:
                    said = ", ".join(self.month_label(m, several_years) for m in sorted(gap))
                    regions.setdefault(said, []).append(label)
            named = "; ".join(f"{', '.join(one)} — {said}" for said, one in regions.items())
            yield self.words["partial_note"].format(months=named)
        elif starred:
            yield self.words["partial_all"]

    def month_label(self, month: Month, with_year: bool = True) -> str:
        if with_year:
            return self.translator.month(month)
        return self.translator.month_name(month.number)

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
