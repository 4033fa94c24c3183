"""Notes of a month for the report: those written, and the fields that add or change one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pravo_desktop.domain.periods import Month
from pravo_desktop.domain.records import MonthlyNote
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import Translator
from pravo_desktop.messages import message
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.month_overview import MonthOverview
from pravo_desktop.usecases.months import save_monthly_note
from ui.drafts import Drafting
from ui.page import Desk
from ui.removals import remove, tell_removed
from ui.runner import Job
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.choices import Choice, labels_of
from ui.widgets.fields import Field, TextArea
from ui.widgets.labels import label
from ui.widgets.layouts import column, hairline, pair, row


class NoteRow(QWidget):
    """One note for the report."""

    removed = Signal(str)
    wanted = Signal(MonthlyNote)
    """To be changed."""

    def __init__(self, t: Translator, note: MonthlyNote, *, closed: bool) -> None:
        super().__init__()
        self.note_id = note.id
        kinds, sections = classifiers().kinds["monthly_note_kind"], classifiers().sections
        head = f"{t.label(kinds[note.kind])} · {t.label(sections[note.section])}"
        self.remove = button(t.text("Delete"), "link", name=f"remove_{note.id}")
        self.remove.setAccessibleName(t.text("Delete the note: {text}", text=note.text[:60]))
        self.remove.clicked.connect(lambda: self.removed.emit(note.id))
        self.change = button(t.text("Change"), "link", name=f"change_{note.id}")
        self.change.setAccessibleName(t.text("Change the note: {text}", text=note.text[:60]))
        self.change.clicked.connect(lambda: self.wanted.emit(note))
        above = row(GRID)
        above.addWidget(label(head, "quiet", wrap=True), 1)
        above.addWidget(self.change)
        above.addWidget(self.remove)
        layout = column(0)
        layout.addLayout(above)
        layout.addWidget(label(note.text, wrap=True))
        self.setLayout(layout)
        for link in (self.change, self.remove):
            link.setVisible(not closed)


class NotesPart(QWidget):
    """The notes of the month in front.

    Args:
        drafting: of the page, which keeps the text while it is typed.
        bring_into_sight: of the page, for what is to be changed.
    """

    saved = Signal()
    """A note was saved; what else is typed on the page is not."""
    removing = Signal()
    """A note is about to go."""

    def __init__(
        self, desk: Desk, drafting: Drafting, bring_into_sight: Callable[[QWidget], object]
    ) -> None:
        super().__init__()
        self.desk, self.t = desk, desk.t
        self._drafting, self._bring_into_sight = drafting, bring_into_sight
        t, theme = self.t, desk.theme
        self.month: Month | None = None
        self.rows: list[NoteRow] = []
        self._changing: str | None = None
        self._lines = column(GRID)
        self.section = Choice([])
        self.kind = Choice(labels_of(t, classifiers().kinds["monthly_note_kind"]))
        self.text = TextArea(theme, 3)
        self._text_field = Field(
            theme,
            t.text("&What headquarters should know"),
            "note_text",
            self.text,
            t.text("Name nobody: this text leaves the workplace."),
        )
        self.add_button = button(t.text("&Add the note"), name="add_note")
        self.add_button.clicked.connect(self.add)
        self._adding = QWidget()
        adding = column(GRID)
        adding.addLayout(
            pair(
                Field(theme, t.text("&Section"), "note_section", self.section),
                Field(theme, t.text("&Kind of note"), "note_kind", self.kind),
            )
        )
        adding.addWidget(self._text_field)
        adding.addWidget(self.add_button)
        self._adding.setLayout(adding)
        layout = column(2 * GRID)
        layout.addWidget(label(t.text("Notes for the report"), "section"))
        layout.addLayout(self._lines)
        layout.addWidget(self._adding)
        self.setLayout(layout)

    @property
    def typed(self) -> bool:
        """Whether the text of a note is typed and not saved."""
        return bool(self.text.toPlainText().strip())

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """The fields of a note, in the order of the Tab key."""
        return self.section, self.kind, self.text, self.add_button

    def put(self, overview: MonthOverview) -> None:
        """Show the notes of a month; what is typed stays."""
        self.month = overview.month
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        self.rows = [NoteRow(self.t, note, closed=overview.closed) for note in overview.notes]
        for one in self.rows:
            one.removed.connect(self.remove)
            one.wanted.connect(self.change)
            self._lines.addWidget(one)
            self._lines.addWidget(hairline())
        if not self.rows:
            text = (
                self.t.text("No notes were written for this month.")
                if overview.closed
                else self.t.text("Problems and proposals of the month go into the report.")
            )
            self._lines.addWidget(label(text, "grey", wrap=True))
        self._adding.setVisible(not overview.closed)
        self.section.fill(
            (line.section, self.t.label(classifiers().sections[line.section]))
            for line in overview.sections
        )

    def add(self) -> None:
        """Keep the note that is typed."""
        self._text_field.clear_finding()
        text = self.text.toPlainText().strip()
        if not text:
            self._text_field.show_finding(message(self.t, "field_required"))
            self.text.setFocus()
            return
        month = str(self.month)
        section, kind = self.section.value, self.kind.value
        # After the month was turned it is another month's note, and stays.
        shown = [note.note_id for note in self.rows]
        note_id = self._changing if self._changing in shown else None

        forget = self._drafting.forgetting()

        def keeping(job: Job) -> None:
            save_monthly_note(
                job.session,
                job.actor,
                month=month,
                section=section,
                kind=kind,
                text=text,
                note_id=note_id,
            )
            forget(job)

        def kept(_: None) -> None:
            self._drafting.start_anew()
            self.saved.emit()
            self._stop_changing()
            self.text.clear()
            self.text.setFocus()

        def refused(error: Exception) -> None:
            if isinstance(error, KnownError):
                self._text_field.show_finding(message(self.t, error.code, error.params))
            else:
                self.desk.navigator.show_error(error)

        self.desk.runner.write(self, keeping, kept, refused)

    def change(self, note: MonthlyNote) -> None:
        """Put a note into the fields, to be saved over itself."""
        self._changing = note.id
        self.add_button.setText(self.t.text("S&ave the note"))
        self.section.choose(note.section)
        self.kind.choose(note.kind)
        self.text.setPlainText(note.text)
        self.text.setFocus()
        self._bring_into_sight(self._adding)

    def _stop_changing(self) -> None:
        self._changing = None
        self.add_button.setText(self.t.text("&Add the note"))

    def remove(self, note_id: str) -> None:
        """Take a note back; an undo is offered."""
        self.removing.emit()
        if note_id == self._changing:
            self._stop_changing()
        self.desk.runner.write(
            self,
            lambda job: remove(job, "monthly_notes", note_id, {}),
            lambda _: tell_removed(self.desk, "monthly_notes", note_id, {}),
        )

    def point_at(self, note_id: str) -> None:
        """Put the keyboard on a note that has to go or change."""
        for one in self.rows:
            if one.note_id == note_id:
                one.remove.setFocus()
                self._bring_into_sight(one)
