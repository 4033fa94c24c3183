"""The tables of events and of a survey's questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtGui import QColor

from pravo_desktop.domain.records import EventAttendance
from pravo_desktop.i18n import Translator
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.event_queries import ELSEWHERE, EventLine, people_at
from ui.models.rows import Column, RowsModel

COL_TOPIC, COL_KIND, COL_DATE, COL_PLACE, COL_PEOPLE, COL_SHEETS = range(6)
COL_QUESTION, COL_MEAN, COL_ANSWERS = range(3)

EventRow = EventLine | EventAttendance


def shown_code(code: str) -> str:
    """A code as people read it to each other: ``3F9A0 B12C4``."""
    return " ".join(code[start : start + 5] for start in range(0, len(code), 5))


def kind_key(row: EventRow) -> str:
    """Key of the kind by which a row is filtered."""
    return row.event.kind if isinstance(row, EventLine) else ELSEWHERE


def day_of(row: EventRow) -> date:
    """The day on which it was held."""
    return row.event.held_on if isinstance(row, EventLine) else row.held_on


def kind_label(t: Translator, key: str) -> str:
    """The kind in words."""
    if key == ELSEWHERE:
        return t.text("At an event of others")
    return t.label(classifiers().kinds["event_kind"][key])


def events_model(t: Translator, grey: QColor, *, national: bool) -> RowsModel[EventRow]:
    """An empty table of events.

    Args:
        national: at headquarters, where the region an event is for stands before its place.
    """

    def topic(row: EventRow) -> str:
        if isinstance(row, EventLine):
            return row.event.topic
        return t.text("Event with the code {code}", code=shown_code(row.event_code))

    def place(row: EventRow) -> str:
        if not isinstance(row, EventLine):
            return ""
        region = row.region[t.language] if national else ""
        return ", ".join(filter(None, (region, row.event.place)))

    def people(row: EventRow) -> int:
        return people_at(row.event if isinstance(row, EventLine) else row)

    def sheets(row: EventRow) -> int:
        return row.sheets if isinstance(row, EventLine) else 0

    columns: tuple[Column[EventRow], ...] = (
        Column(t.text("Topic"), topic),
        Column(t.text("Kind"), lambda row: kind_label(t, kind_key(row)), quiet=True),
        Column(
            t.text("Date"), lambda row: t.date(day_of(row)), lambda row: day_of(row).isoformat()
        ),
        Column(t.text("Place"), place, quiet=True),
        Column(t.text("People"), lambda row: t.number(people(row)), people, number=True),
        Column(
            t.text("Sheets"),
            lambda row: t.number(sheets(row)) if sheets(row) else "",
            sheets,
            number=True,
            quiet=True,
        ),
    )
    return RowsModel(columns, grey)


@dataclass(frozen=True)
class QuestionLine:
    """A question with its answers so far; ``mean`` is None without any."""

    number: int
    text: str
    mean: float | None
    answers: int


def questions_model(t: Translator, grey: QColor) -> RowsModel[QuestionLine]:
    """An empty table of a survey's questions."""
    columns: tuple[Column[QuestionLine], ...] = (
        Column(t.text("Question"), lambda row: f"{row.number}. {row.text}", lambda q: q.number),
        Column(
            t.text("Mean"),
            lambda row: t.decimal(row.mean) if row.mean is not None else "",
            lambda row: row.mean or 0.0,
            number=True,
        ),
        Column(
            "N",
            lambda row: t.number(row.answers),
            lambda row: row.answers,
            number=True,
        ),
    )
    return RowsModel(columns, grey)
