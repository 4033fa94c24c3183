"""Headquarters' own paragraphs of a report: written by section, filled from figures, checked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from db.audit import write_entry
from db.session import Session
from exports.report.content import Figures as ReportFigures
from exports.report.text_marks import TextMark, text_marks
from exports.report.texts import FIELD, REPORT_LANGUAGES, YEAR, texts
from pravo_desktop.domain.figures import ALL, NATIONAL, FigureRow
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.domain.text import normalise_text
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import Translator
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.actor import COORDINATOR, Actor, require, use_case
from pravo_desktop.usecases.figures import Figures, project_figures

__all__ = [
    "KINDS",
    "LONGEST",
    "CentreNote",
    "ReportText",
    "SectionMarks",
    "TextMark",
    "check_report_text",
    "check_report_texts",
    "earlier_figures",
    "notes_to_quote",
    "paragraphs_by_section",
    "report_texts",
    "save_report_text",
    "section_title",
    "text_sections",
    "texts_as_of",
]

LONGEST = 20_000
"""Letters of one section's text."""

KINDS = {"problems": "problem", "recommendations": "proposal"}
"""Sections that gather monthly notes of the centres, with the kind of the notes."""


@dataclass(frozen=True)
class ReportText:
    """A section's text in a language; one paragraph a line."""

    section: str
    language: str
    text: str
    written_on: date


@dataclass(frozen=True)
class CentreNote:
    """A monthly note of a centre, to be quoted in a text."""

    centre: str
    region: str
    month: Month
    text: str


@dataclass(frozen=True)
class SectionMarks:
    """The places to look at in the text of a section."""

    section: str
    language: str
    marks: tuple[TextMark, ...]


def text_sections() -> tuple[str, ...]:
    """The sections that may have a text of headquarters, in the order of the report."""
    known = texts(REPORT_LANGUAGES[0])
    return tuple(key for key in known.headings if key in known.text)


@use_case(COORDINATOR)
def save_report_text(
    session: Session,
    actor: Actor,
    *,
    period: Period,
    section: str,
    language: str,
    text: str,
) -> None:
    """Write a section's text; an empty one gives the section back to the built-in words.

    Args:
        section: one of `text_sections`.
        text: paragraphs by line, with fields such as ``{couples:all}``; see ``texts.fill``.

    Raises:
        KnownError: ``key_unknown``, ``text_too_long``.
    """
    if section not in text_sections() or language not in REPORT_LANGUAGES:
        raise KnownError("key_unknown", field="section")
    tidy = normalise_text(text)
    if len(tidy) > LONGEST:
        raise KnownError("text_too_long", field="text", maximum=LONGEST)
    known = {
        (one.section, one.language): one.text for one in texts_as_of(session, period, date.max)
    }
    if known.get((section, language), "") == tidy:
        return
    session.execute(
        "INSERT INTO report_texts (first_day, last_day, section, language, text, written_on, at, "
        "actor) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            period.from_.isoformat(),
            period.to.isoformat(),
            section,
            language,
            tidy,
            session.clock.today().isoformat(),
            session.now(),
            actor.account_id,
        ),
    )
    write_entry(session, actor.account_id, "report_text_saved", record_id=f"{section}/{language}")
    session.changed.add("report_texts")


def report_texts(
    session: Session, actor: Actor, *, period: Period, as_of: date | None = None
) -> list[ReportText]:
    """The texts of a report as they stood at the end of a day, today when empty."""
    require(actor, COORDINATOR, "report_texts")
    return texts_as_of(session, period, as_of or session.clock.today())


def texts_as_of(session: Session, period: Period, as_of: date) -> list[ReportText]:
    """The last text of each section and language written by the end of a day; empty ones not."""
    rows = session.all(
        "SELECT section, language, text, written_on FROM report_texts WHERE id IN ("
        "SELECT max(id) FROM report_texts WHERE first_day = ? AND last_day = ? "
        "AND written_on <= ? GROUP BY section, language) AND text <> '' ORDER BY id",
        (period.from_.isoformat(), period.to.isoformat(), as_of.isoformat()),
    )
    return [
        ReportText(
            row["section"], row["language"], row["text"], date.fromisoformat(row["written_on"])
        )
        for row in rows
    ]


def paragraphs_by_section(found: list[ReportText], language: str) -> dict[str, tuple[str, ...]]:
    """The texts of one language as paragraphs."""
    return {
        one.section: tuple(filter(None, (line.strip() for line in one.text.split("\n"))))
        for one in found
        if one.language == language
    }


def check_report_texts(
    session: Session, actor: Actor, *, period: Period, as_of: date | None = None
) -> list[SectionMarks]:
    """What is to be looked at in the texts of a report before it is made."""
    require(actor, COORDINATOR, "check_report_texts")
    with session.transaction():
        day = as_of or session.clock.today()
        found = texts_as_of(session, period, day)
        figures = project_figures(session, period, as_of)
        counted = _with_earlier(session, figures, "\n".join(one.text for one in found))
    return [
        SectionMarks(one.section, one.language, marks)
        for one in found
        if (marks := _marks(one.text, one.language, counted))
    ]


def check_report_text(
    session: Session,
    actor: Actor,
    *,
    period: Period,
    as_of: date | None = None,
    language: str,
    text: str,
) -> list[TextMark]:
    """What is to be looked at in a text that is being written."""
    require(actor, COORDINATOR, "check_report_text")
    with session.transaction():
        figures = project_figures(session, period, as_of)
        counted = _with_earlier(session, figures, text)
    return list(_marks(text, language, counted))


def _with_earlier(session: Session, figures: Figures, text: str) -> ReportFigures:
    return ReportFigures(figures.rows, earlier_figures(session, figures, text))


def _marks(text: str, language: str, figures: ReportFigures) -> tuple[TextMark, ...]:
    regions = {*classifiers().regions, NATIONAL, ALL, *figures.regions()}
    return tuple(text_marks(text, figures, Translator(language), regions))


def earlier_figures(
    session: Session, figures: Figures, text: str
) -> Mapping[int, tuple[FigureRow, ...]]:
    """The figures of the other years that fields of a text name.

    A figure is the computed one where all its months were reported, else the stated one, if a
    report of that year stated it.
    """
    years = {
        int(parts[2])
        for name, _ in FIELD.findall(text)
        if len(parts := name.split(":")) == 3 and YEAR.fullmatch(parts[2])
    }
    return {year: _year(session, figures, year) for year in sorted(years)}


def _year(session: Session, figures: Figures, year: int) -> tuple[FigureRow, ...]:
    computed = project_figures(session, Period.of_year(year), figures.as_of).rows
    rows = {(row.indicator, row.region, row.breakdown, row.key): row for row in computed}
    stated = session.all(
        f"SELECT indicator, region, breakdown, key, value FROM {figures.prefix}stated_totals "
        "WHERE year = ? ORDER BY id",
        (year,),
    )
    for line in stated:
        place = (line["indicator"], line["region"], line["breakdown"], line["key"])
        row = rows.get(place)
        if row is None or row.value is None or row.state == "partial":
            rows[place] = FigureRow(*place, line["value"], None, "stated", ())
    return tuple(rows.values())


def notes_to_quote(
    session: Session, actor: Actor, *, period: Period, section: str, as_of: date | None = None
) -> list[CentreNote]:
    """The centres' monthly notes that a section gathers, by region and month.

    Args:
        section: ``problems`` or ``recommendations``; no other gathers any.
    """
    require(actor, COORDINATOR, "notes_to_quote")
    kind = KINDS.get(section)
    if kind is None:
        return []
    with session.transaction():
        prefix = project_figures(session, period, as_of).prefix
        rows = session.all(
            f"SELECT centre, month, text FROM {prefix}monthly_notes "
            "WHERE kind = ? AND month BETWEEN ? AND ? ORDER BY centre, month, id",
            (kind, str(period.months[0]), str(period.months[-1])),
        )
        regions = {
            row["key"]: row["region"] for row in session.all(f"SELECT * FROM {prefix}centres")
        }
    regions = {key: one.region for key, one in classifiers().centres.items()} | regions
    order = list(classifiers().regions)

    def place(note: CentreNote) -> tuple[int, str, Month]:
        known = note.region in order
        return (order.index(note.region) if known else len(order), note.centre, note.month)

    return sorted(
        (
            CentreNote(
                row["centre"],
                regions.get(row["centre"], row["centre"]),
                Month.parse(row["month"]),
                re.sub(r"\s+", " ", row["text"]),
            )
            for row in rows
        ),
        key=place,
    )


def section_title(section: str, language: str) -> str:
    """The heading of a section; in Russian where the report has no such language."""
    known = language if language in REPORT_LANGUAGES else REPORT_LANGUAGES[-1]
    return texts(known).headings[section]
