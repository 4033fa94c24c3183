"""Headquarters' texts of a report: a section in both languages, its fields and marks beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QListWidget, QTextEdit, QVBoxLayout

from pravo_desktop.domain.figures import ALL
from pravo_desktop.domain.indicators import INDICATORS
from pravo_desktop.domain.periods import Period
from pravo_desktop.i18n import N_
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.actor import COORDINATOR
from pravo_desktop.usecases.report_texts import (
    CentreNote,
    ReportText,
    TextMark,
    check_report_text,
    notes_to_quote,
    report_texts,
    save_report_text,
    section_title,
    text_sections,
)
from ui.forms.form_page import FormPage
from ui.models.places import centre_name, region_keys, region_name
from ui.page import Desk, Difference, Primary
from ui.runner import Job
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.choices import Choice
from ui.widgets.fields import Field, TextArea
from ui.widgets.labels import Note, label
from ui.widgets.layouts import column, row

LANGUAGE_NAMES = (("kk", "Қазақша"), ("ru", "Русский"))
MARKS = {
    "unknown_field": N_("{text}: there is no such figure. Choose a field from the list."),
    "no_value": N_("{text}: nobody has reported this figure. “No data” will stand there."),
    "doubtful": N_("{text}: no figure of the report is this number."),
}


class ReportTextsPage(FormPage):
    """Choose a section and a language, write, insert fields, look at what is marked.

    Args:
        first, last: the days of the report's period, in ISO form.
        as_of: the day as of which it is made.
        language: in which to begin.
    """

    name = N_("Texts of the report")
    roles = COORDINATOR
    reloads_on = frozenset({"report_texts", "merged_rows"})

    def __init__(self, desk: Desk, first: str, last: str, as_of: str, language: str) -> None:
        super().__init__(desk, first=first, last=last, as_of=as_of, language=language)
        t, theme = self.t, desk.theme
        self.period = Period(date.fromisoformat(first), date.fromisoformat(last))
        self.as_of = date.fromisoformat(as_of)
        self.saved: dict[tuple[str, str], str] = {}
        self._saves = 0
        self.marks: list[TextMark] = []
        self.notes: list[CentreNote] = []
        self.section = Choice([(one, section_title(one, t.language)) for one in text_sections()])
        self.language = Choice(LANGUAGE_NAMES, language)
        self.indicator = Choice(
            [(one.key, t.label(classifiers().indicators[one.key])) for one in INDICATORS]
        )
        self.region = Choice(
            [
                (ALL, t.text("The whole project")),
                *((key, region_name(t, key)) for key in region_keys(t)),
            ]
        )
        self.text = TextArea(theme, 14)
        self.field = Field(
            theme,
            t.text("&Text"),
            "text",
            self.text,
            t.text("Each line is a paragraph. While it is empty, the built-in words stand there."),
        )
        self.insert_button = button(t.text("&Insert the field"), name="insert_field")
        self.insert_button.clicked.connect(self.insert_field)
        self.check_button = button(t.text("&Check the numbers"), name="check_text")
        self.check_button.clicked.connect(self.check)
        self.quote_button = button(t.text("&Quote the centres' notes"), name="quote_notes")
        self.quote_button.clicked.connect(self.quote)
        self.note = Note(theme, "success")
        self.found = QListWidget()
        self.found.setObjectName("marks")
        self.found.setAccessibleName(t.text("Places to look at"))
        self.found.itemActivated.connect(lambda _: self.go_to_mark())
        self.found_label = label("", "quiet", wrap=True)
        head = row(2 * GRID)
        head.addWidget(Field(theme, t.text("&Section"), "shown_section", self.section), 2)
        head.addWidget(
            Field(theme, t.text("&Language of the report"), "shown_language", self.language), 1
        )
        fields = row(2 * GRID)
        fields.addWidget(Field(theme, t.text("&Figure"), "field_indicator", self.indicator), 2)
        fields.addWidget(Field(theme, t.text("&Region"), "field_region", self.region), 1)
        deeds = row(GRID)
        for one in (self.insert_button, self.check_button, self.quote_button):
            deeds.addWidget(one)
        deeds.addStretch(1)
        layout = column(GRID)
        layout.addWidget(
            label(
                t.text(
                    "{period}, as of {day}", period=t.period(self.period), day=t.date(self.as_of)
                ),
                "quiet",
            )
        )
        layout.addLayout(head)
        layout.addWidget(self.field)
        layout.addLayout(fields)
        layout.addLayout(deeds)
        layout.addWidget(self.note)
        layout.addWidget(self.found_label)
        layout.addWidget(self.found, 1)
        # A text is as wide as the page, not a column of fields.
        self.form.hide()
        around = self.layout()
        assert isinstance(around, QVBoxLayout)
        around.addLayout(layout)
        self.section.currentIndexChanged.connect(self._choose)
        self.language.currentIndexChanged.connect(self._choose)
        self._load()

    def title(self) -> str:
        return self.t.text(self.name)

    def primary(self) -> Primary | None:
        return Primary(self.t.text("Save the text"), self.save, "Ctrl+Return")

    def start(self) -> None:
        self.text.setFocus()

    @property
    def record_id(self) -> str:
        """The section in its language of the report of the period."""
        days = f"{self.period.from_}/{self.period.to}"
        return "/".join((days, *self._loaded))

    def unsaved(self) -> Sequence[Difference]:
        changed = self.text.toPlainText() != self.saved.get(self._loaded, "")
        return [(self.t.text("Text"), self.text.toPlainText())] if changed else []

    def reload(self) -> None:
        period, as_of, saves = self.period, self.as_of, self._saves

        def show(found: list[ReportText]) -> None:
            if saves != self._saves:
                # Perhaps read before what was saved since.
                self.reload()
                return
            before = self.saved
            self.saved = {(one.section, one.language): one.text for one in found}
            shown = self.text.toPlainText()
            # What is being typed stays, and so do the marks of a text just saved.
            if shown == before.get(self._loaded, "") and shown != self.saved.get(self._loaded, ""):
                self._load()

        self.desk.runner.read(
            self,
            lambda job: report_texts(
                job.session, job.actor, period=period, as_of=max(as_of, self.desk.clock.today())
            ),
            show,
        )

    def _choose(self) -> None:
        if self.unsaved():
            self._save_loaded()
        self._load()

    def _load(self) -> None:
        self._loaded = (self.section.value, self.language.value)
        self.drafting.start_anew()
        self.text.setPlainText(self.saved.get(self._loaded, ""))
        self._show_marks([])
        self.found_label.setText("")
        self._settle()

    def _settle(self) -> None:
        gathers = self.section.value in ("problems", "recommendations")
        self.quote_button.setVisible(gathers)

    def save(self) -> None:
        """Write the text; what is marked stays marked."""
        self._save_loaded()
        self.check()

    def _save_loaded(self) -> None:
        (section, language), text = self._loaded, self.text.toPlainText()
        period, forget = self.period, self.drafting.forgetting()

        def save(job: Job) -> None:
            save_report_text(
                job.session,
                job.actor,
                period=period,
                section=section,
                language=language,
                text=text,
            )
            forget(job)

        def saved(_: None) -> None:
            self.saved[section, language] = text
            self._saves += 1
            if not self.unsaved():
                self.drafting.start_anew()
            self.note.show_text(
                self.t.text(
                    "Text saved: {section}", section=section_title(section, self.t.language)
                ),
                "success",
            )

        self.desk.runner.write(self, save, saved)

    def insert_field(self) -> None:
        """Put the chosen figure where the text cursor stands."""
        self.text.setFocus()
        self.text.insertPlainText(f"{{{self.indicator.value}:{self.region.value}}}")

    def check(self) -> None:
        """Mark fields that name nothing and numbers that no figure has."""
        period, as_of = self.period, self.as_of
        text, language = self.text.toPlainText(), self.language.value
        self.desk.runner.read(
            self,
            lambda job: check_report_text(
                job.session,
                job.actor,
                period=period,
                as_of=as_of,
                language=language,
                text=text,
            ),
            lambda marks: self._checked(text, marks),
        )

    def _checked(self, text: str, marks: list[TextMark]) -> None:
        if text != self.text.toPlainText():
            return
        self._show_marks(marks)
        self.found_label.setText(
            self.t.plural("{n} place to look at", "{n} places to look at", len(marks))
            if marks
            else self.t.text("Every number of the text is a figure of the report.")
        )

    def _show_marks(self, marks: list[TextMark]) -> None:
        self.marks = marks
        self.found.clear()
        shown = []
        colours = self.desk.theme.colours
        for mark in marks:
            self.found.addItem(self.t.text(MARKS[mark.kind], text=mark.text))
            place = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.text.document())
            cursor.setPosition(mark.start)
            cursor.setPosition(mark.end, QTextCursor.MoveMode.KeepAnchor)
            look = QTextCharFormat()
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            look.setUnderlineColor(
                colours.danger if mark.kind == "unknown_field" else colours.warning
            )
            place.cursor, place.format = cursor, look
            shown.append(place)
        self.text.setExtraSelections(shown)
        self.found.setVisible(bool(marks))

    def go_to_mark(self) -> None:
        """Put the text cursor on the chosen place."""
        mark = self.marks[self.found.currentRow()]
        cursor = self.text.textCursor()
        cursor.setPosition(mark.start)
        cursor.setPosition(mark.end, QTextCursor.MoveMode.KeepAnchor)
        self.text.setTextCursor(cursor)
        self.text.setFocus()

    def quote(self) -> None:
        """Copy the centres' notes into the text, each with its centre and month."""
        period, as_of, section = self.period, self.as_of, self.section.value

        def show(notes: list[CentreNote]) -> None:
            if not notes:
                self.note.show_text(self.t.text("The centres have sent no notes."), "warning")
                return
            lines = [
                f"«{one.text}» ({centre_name(self.t, one.centre)}, {self.t.month(one.month)})"
                for one in notes
            ]
            self.text.moveCursor(QTextCursor.MoveOperation.End)
            begun = "\n" if self.text.toPlainText().strip() else ""
            self.text.setFocus()
            self.text.insertPlainText(begun + "\n".join(lines))

        self.desk.runner.read(
            self,
            lambda job: notes_to_quote(
                job.session, job.actor, period=period, section=section, as_of=as_of
            ),
            show,
        )
