"""The table of the journal: consultations and one-off advice."""

from __future__ import annotations

from PySide6.QtGui import QColor

from pravo_desktop.i18n import Translator
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.journal_view import JournalLine
from ui.models.rows import Column, RowsModel

COL_DAY, COL_COUPLE, COL_NUMBER, COL_SPECIALIST, COL_FORMAT, COL_TOPICS, COL_MINUTES = range(7)


def whom(t: Translator, line: JournalLine) -> str:
    """The couple, or what stands in its place."""
    if line.advice:
        return t.text("One-off advice")
    if line.case_id is None:
        return t.text("A case that is closed to you")
    return line.title or t.text("Without names")


def journal_model(t: Translator, grey: QColor) -> RowsModel[JournalLine]:
    """An empty journal."""
    kinds = classifiers().kinds

    def specialist(line: JournalLine) -> str:
        if line.specialist is None:
            return ""
        return line.specialist.name or t.label(kinds["profession"][line.specialist.profession])

    columns: tuple[Column[JournalLine], ...] = (
        Column(t.text("Date"), lambda j: t.date(j.held_on), lambda j: j.held_on.toordinal()),
        Column(t.text("Couple"), lambda j: whom(t, j)),
        Column(t.text("Number"), lambda j: j.number, quiet=True),
        Column(t.text("Specialist"), specialist),
        Column(
            t.text("How"), lambda j: t.label(kinds["consultation_format"][j.format]), quiet=True
        ),
        Column(
            t.text("Topics"),
            lambda j: ", ".join(t.label(kinds["topic"][key]) for key in j.topics),
            quiet=True,
        ),
        Column(
            t.text("Minutes"),
            lambda j: "" if j.minutes is None else t.number(j.minutes),
            lambda j: j.minutes or 0,
            number=True,
            quiet=True,
        ),
    )
    return RowsModel(columns, grey)
