"""Closing a month: what each section says, its figures, notes for the report, the package."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from pravo_desktop.domain.periods import Month
from pravo_desktop.domain.records import MonthlyNote
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import N_, Translator
from pravo_desktop.messages import message, translate_error
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.actor import RESPONSIBLE
from pravo_desktop.usecases.month_overview import (
    MonthOverview,
    SectionLine,
    TextPlace,
    month_overview,
    place_of_text,
)
from pravo_desktop.usecases.months import (
    MonthClosed,
    close_month,
    reopen_month,
    save_monthly_note,
)
from ui.ask import ask
from ui.drafted import DraftedPage
from ui.models.month import COL_MONTH, COL_PLAN, COL_SHARE, COL_YEAR, month_model, shown_value
from ui.page import Desk, Difference, Primary
from ui.pages.export_panel import ExportPanel
from ui.pages.month_progress import PROGRESS_TABLES, MonthProgress
from ui.removals import remove, tell_removed
from ui.runner import Job
from ui.tables import Beside, ListView
from ui.theme import GRID, HALF, Theme
from ui.typed import retype
from ui.widgets import (
    Choice,
    Field,
    FormColumn,
    Note,
    TextArea,
    arrow,
    button,
    column,
    hairline,
    label,
    labels_of,
    mark,
    pair,
    row,
)

OWN_WORDS = "other"
"""The key of ``zero_reason`` that asks for the lead's own words."""

_WIDTH = 496

_PLACES: Mapping[str, str] = {
    "monthly_notes": N_("a note for the report"),
    "section_states": N_("a reason for zero"),
    "events": N_("an event"),
    "publications": N_("a publication"),
    "printed_materials": N_("a printed material"),
    "hand_outs": N_("a hand-out"),
    "videos": N_("a video"),
    "proposals": N_("a legislative proposal"),
}
_FIELDS: Mapping[str, str] = {
    "text": N_("text"),
    "reason": N_("reason"),
    "topic": N_("topic"),
    "place": N_("place"),
    "partner": N_("partner"),
    "evidence": N_("evidence"),
    "title": N_("title"),
    "outlet": N_("outlet"),
    "addressee": N_("addressee"),
}


class SectionRow(QWidget):
    """One section: what it counts, or why it is zero, or that it will be missing."""

    def __init__(self, t: Translator, theme: Theme, line: SectionLine, *, closed: bool) -> None:
        super().__init__()
        self.section = line.section
        self.setObjectName(f"section_{line.section}")
        self.t, self._theme = t, theme
        self.reason: Choice | None = None
        self.words = QLineEdit()
        self._picture = QLabel()
        self._picture.setFixedWidth(theme.px(24))
        self._picture.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        name = t.label(classifiers().sections[line.section])
        self.told = label("", "quiet", wrap=True)
        self.note = Note(theme)
        body = column(HALF)
        body.addWidget(label(name, wrap=True))
        body.addWidget(self.told)
        if line.filled:
            self._show("check", theme.colours.success)
            self.told.setText(counted_text(t, line))
        elif closed:
            self._show_closed(line)
        else:
            self._ask_reason(body, name)
        body.addWidget(self.note)
        layout = row(GRID)
        layout.addWidget(self._picture)
        layout.addLayout(body, 1)
        self.setLayout(layout)

    def _show(self, icon: str, colour: str) -> None:
        size = self._theme.px(18)
        self._picture.setPixmap(self._theme.icon(icon, colour).pixmap(size, size))

    def _show_closed(self, line: SectionLine) -> None:
        colours = self._theme.colours
        if line.reason is None:
            self._show("warning", colours.warning)
            self.told.setText(self.t.text("Missing: the report will name it so"))
            return
        self._show("check", colours.success)
        known = classifiers().kinds["zero_reason"].get(line.reason)
        reason = self.t.label(known) if known else line.reason
        self.told.setText(self.t.text("Zero is confirmed: {reason}", reason=reason))

    def _ask_reason(self, body: QVBoxLayout, name: str) -> None:
        t = self.t
        self.told.setText(t.text("No records this month. Say why, and the report shows zero."))
        self.reason = Choice(
            [
                (None, t.text("Leave open: the report will name it as missing")),
                *labels_of(t, classifiers().kinds["zero_reason"]),
            ]
        )
        self.reason.setObjectName("reason")
        self.reason.setAccessibleName(t.text("Why zero: {section}", section=name))
        self.reason.currentIndexChanged.connect(self._settle)
        self.words.setObjectName("words")
        self.words.setPlaceholderText(t.text("The reason in your own words"))
        self.words.setAccessibleName(t.text("The reason in your own words"))
        body.addWidget(self.reason)
        body.addWidget(self.words)
        self._settle()

    def _settle(self) -> None:
        assert self.reason is not None
        self.words.setVisible(self.reason.value == OWN_WORDS)
        self.clear_finding()
        if self.reason.value:
            self._show("check", self._theme.colours.success)
        else:
            self._show("warning", self._theme.colours.warning)

    @property
    def given(self) -> str:
        """The reason given: a key, the own words, or nothing."""
        if self.reason is None:
            return ""
        return self.words.text().strip() if self.reason.value == OWN_WORDS else self.reason.value

    @property
    def unexplained(self) -> bool:
        """Whether own words were promised and none written."""
        return self.reason is not None and self.reason.value == OWN_WORDS and not self.given

    @property
    def open(self) -> bool:
        """Whether it will be missing."""
        return self.reason is not None and not self.given

    def show_finding(self, text: str) -> None:
        self.note.show_text(text)
        mark(self.words, "state", "error")
        self.words.setFocus()

    def clear_finding(self) -> None:
        self.note.show_text("")
        mark(self.words, "state", "")


def counted_text(t: Translator, line: SectionLine) -> str:
    """What a section counts, in one line: ``Consultations 21 · Couples 20``."""
    indicators = classifiers().indicators
    return " · ".join(
        f"{t.label(indicators[key])} {shown_value(t, key, value)}" for key, value in line.counted
    )


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


class CloseMonthPage(DraftedPage):
    """Shows a month, closes it, makes its package."""

    key = "close_month"
    name = N_("Close the month")
    icon = "calendar"
    shortcut = "Ctrl+4"
    roles = RESPONSIBLE
    reloads_on = frozenset(
        {
            "closed_months",
            "section_states",
            "monthly_notes",
            "packages",
            "consultations",
            "cases",
            "participants",
            "claims",
            "outcomes",
            "events",
            "publications",
            "videos",
            "printed_materials",
            "staff_members",
            *PROGRESS_TABLES,
        }
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t, theme = self.t, desk.theme
        self.progress = MonthProgress(desk)
        self.overview: MonthOverview | None = None
        self.month: Month | None = None
        self.sections: list[SectionRow] = []
        self.notes: list[NoteRow] = []
        self._changing: str | None = None
        self._waiting: Mapping[str, Any] = {}
        self._busy = False

        self.previous_button = arrow(
            self, theme, "‹", t.text("Previous month"), "Ctrl+PgUp", lambda: self.turn(-1)
        )
        self.next_button = arrow(
            self, theme, "›", t.text("Next month"), "Ctrl+PgDown", lambda: self.turn(1)
        )
        self.month_label = label("", "section")
        self.month_label.setObjectName("month")
        self.month_label.setFixedWidth(theme.px(216))
        self.month_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.state = Note(theme, "success")
        self.open_state = label("", "grey", wrap=True)
        self.reopen_button = button(t.text("Open the month again"), "link", name="reopen")
        self.reopen_button.clicked.connect(self.ask_reopen)
        self.reopen_button.hide()
        self.failure = Note(theme)
        self.export = ExportPanel(desk)
        self.export.begun.connect(self.retitled)
        self.export.finished.connect(self.reload)

        self.form = FormColumn(theme, _WIDTH)
        self._sections = column(2 * GRID)
        self._notes = column(GRID)
        self._build_form()
        self.figures = month_model(t, QColor(theme.colours.quiet))
        self.table = ListView(
            theme,
            self.figures,
            name="figures",
            spoken=t.text("Figures of the month"),
            widths={COL_MONTH: 80, COL_YEAR: 120, COL_PLAN: 128, COL_SHARE: 96},
            personal=(),
        )
        right = column(GRID)
        right.addWidget(label(t.text("Figures of the month"), "section"))
        right.addWidget(self.table, 1)
        body = Beside(theme, self.form, _WIDTH, right)

        top = row(GRID)
        for widget in (self.previous_button, self.month_label, self.next_button):
            top.addWidget(widget)
        top.addSpacing(GRID)
        top.addWidget(self.open_state, 1)
        top.addWidget(self.state, 1, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self.reopen_button)
        layout = column(GRID)
        layout.addLayout(top)
        layout.addWidget(self.failure)
        layout.addWidget(self.export)
        layout.addWidget(body, 1)
        self.setLayout(layout)

    def _build_form(self) -> None:
        t, theme, fields = self.t, self.desk.theme, self.form.fields
        fields.addWidget(self.progress)
        fields.addWidget(label(t.text("Sections"), "section"))
        fields.addLayout(self._sections)
        fields.addSpacing(GRID)
        fields.addWidget(label(t.text("Notes for the report"), "section"))
        fields.addLayout(self._notes)
        self.note_section = Choice([])
        self.note_kind = Choice(labels_of(t, classifiers().kinds["monthly_note_kind"]))
        self.note_text = TextArea(theme, 3)
        self._text_field = Field(
            theme,
            t.text("&What headquarters should know"),
            "note_text",
            self.note_text,
            t.text("Name nobody: this text leaves the workplace."),
        )
        self.add_button = button(t.text("&Add the note"), name="add_note")
        self.add_button.clicked.connect(self.add_note)
        self._adding = QWidget()
        adding = column(GRID)
        adding.addLayout(
            pair(
                Field(theme, t.text("&Section"), "note_section", self.note_section),
                Field(theme, t.text("&Kind of note"), "note_kind", self.note_kind),
            )
        )
        adding.addWidget(self._text_field)
        adding.addWidget(self.add_button)
        self._adding.setLayout(adding)
        fields.addWidget(self._adding)
        fields.addStretch(1)

    def primary(self) -> Primary | None:
        overview = self.overview
        if overview is None or self._busy or self.export.busy:
            return None
        if not overview.closed:
            begun = overview.month.first_day <= self.desk.clock.today()
            close = Primary(self.t.text("Close the month"), self.ask_close, "Ctrl+Return")
            return close if begun else None
        if not any(one.through is None for one in overview.packages):
            return Primary(self.t.text("Make the package"), self.make_package, "Ctrl+Return")
        if overview.unsent:
            return Primary(self.t.text("Make an amendment"), self.make_package, "Ctrl+Return")
        return None

    def start(self) -> None:
        if self.overview is not None:
            self._put_focus()

    def typed(self) -> Mapping[str, Any]:
        return {**super().typed(), "month": str(self.month) if self.month else ""}

    def retype(self, values: Mapping[str, Any]) -> None:
        if values.get("month"):
            self.month = Month.parse(values["month"])
        self._waiting = values

    def turn(self, months: int) -> None:
        """Show an earlier or a later month."""
        if self.month is None or self._busy or self.export.busy:
            return
        wanted = self.month.plus(months)
        if wanted > Month.of(self.desk.clock.today()):
            return
        self.month = wanted
        self.failure.show_text("")
        self.export.clear()
        self.reload()

    def reload(self) -> None:
        self.export.reload()
        month = self.month
        self.desk.runner.read(
            self,
            lambda job: month_overview(job.session, job.actor, month=month),
            self._show,
        )

    def _show(self, overview: MonthOverview) -> None:
        if self.month not in (None, overview.month):
            return
        same = self.overview is not None and self.overview.month == overview.month
        kept = self._waiting or (self.typed() if same else {})
        self._waiting = {}
        first, unsaved = self.overview is None, self.unsaved() if same else ()
        self.overview, self.month = overview, overview.month
        self._show_month(overview)
        self.progress.show_month(overview.month, closed=overview.closed)
        self._show_sections(overview)
        self._show_notes(overview)
        retype(self, kept)
        self.take_up(unsaved)
        self.figures.set_rows(overview.figures)
        planned = any(line.plan is not None for line in overview.figures)
        for section in (COL_PLAN, COL_SHARE):
            self.table.setColumnHidden(section, not planned)
        self.table.stretch()
        self.retitled.emit()
        if first and self.isVisible():
            self._put_focus()

    def _show_month(self, overview: MonthOverview) -> None:
        t = self.t
        present = Month.of(self.desk.clock.today())
        self.month_label.setText(t.month(overview.month))
        self.month_label.setAccessibleName(t.month(overview.month))
        self.next_button.setEnabled(overview.month < present)
        self.reopen_button.setVisible(overview.closed)
        self.open_state.setVisible(not overview.closed)
        if not overview.closed:
            self.state.show_text("")
            said = [
                t.text("The month is not over yet; it can be closed when its work is done.")
                if overview.month == present
                else t.text("The month is open.")
            ]
            if overview.due_on is not None:
                day = t.date(overview.due_on)
                said.append(t.text("Headquarters expects its package by {day}.", day=day))
            self.open_state.setText(" ".join(said))
        elif not overview.packages:
            self.state.show_text(t.text("The month is closed. Next: make the package."), "success")
        elif overview.unsent:
            self.state.show_text(
                t.plural(
                    "{n} record changed after the package was made. Make an amendment.",
                    "{n} records changed after the package was made. Make an amendment.",
                    overview.unsent,
                ),
                "warning",
            )
        else:
            number = overview.packages[-1].sequence
            self.state.show_text(
                t.text("The month is closed, package No. {number} is made.", number=number),
                "success",
            )

    def _show_sections(self, overview: MonthOverview) -> None:
        for old in self.sections:
            self._sections.removeWidget(old)
            old.hide()
            old.setParent(None)
            old.deleteLater()
        t, theme = self.t, self.desk.theme
        self.sections = [
            SectionRow(t, theme, line, closed=overview.closed) for line in overview.sections
        ]
        for one in self.sections:
            self._sections.addWidget(one)
        self.note_section.fill(
            (line.section, t.label(classifiers().sections[line.section]))
            for line in overview.sections
        )

    def _show_notes(self, overview: MonthOverview) -> None:
        while (item := self._notes.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        self.notes = [NoteRow(self.t, note, closed=overview.closed) for note in overview.notes]
        for one in self.notes:
            one.removed.connect(self.remove_note)
            one.wanted.connect(self.change_note)
            self._notes.addWidget(one)
            self._notes.addWidget(hairline())
        if not self.notes:
            text = (
                self.t.text("No notes were written for this month.")
                if overview.closed
                else self.t.text("Problems and proposals of the month go into the report.")
            )
            self._notes.addWidget(label(text, "grey", wrap=True))
        self._adding.setVisible(not overview.closed)

    def _put_focus(self) -> None:
        open_one = next((one.reason for one in self.sections if one.reason is not None), None)
        (open_one or self.previous_button).setFocus()

    # Closing and opening again

    def ask_close(self) -> None:
        """Ask before closing, naming what will be missing."""
        overview = self.overview
        if overview is None or overview.closed or self._busy:
            return
        for one in self.sections:
            one.clear_finding()
        unexplained = next((one for one in self.sections if one.unexplained), None)
        if unexplained is not None:
            unexplained.show_finding(message(self.t, "field_required"))
            return
        t = self.t
        missing = [one for one in self.sections if one.open]
        explained = t.text("After that only the head changes this month, with a reason.")
        if missing:
            names = ", ".join(t.label(classifiers().sections[one.section]) for one in missing)
            explained = (
                t.text("The report will name these sections as missing: {names}.", names=names)
                + "\n\n"
                + explained
            )
        ask(
            self,
            t,
            question=t.text("Close {month}?", month=t.month(overview.month)),
            explained=explained,
            verb=t.text("Close the month"),
            run=self._close,
        )

    def _close(self) -> None:
        month = str(self.month)
        zeros = {one.section: one.given for one in self.sections if one.given}
        noted = bool(self.note_text.toPlainText().strip())
        forget = self.drafting.forgetting()

        def closing(job: Job) -> MonthClosed:
            closed = close_month(job.session, job.actor, month=month, zeros=zeros)
            if not noted:
                forget(job)
            return closed

        self._begin()
        self.desk.runner.write(self, closing, self._closed, self._refused)

    def _closed(self, closed: MonthClosed) -> None:
        self._end()
        if not self.note_text.toPlainText().strip():
            self.drafting.start_anew()
        self.desk.navigator.say(
            self.t.text("Closed: {month}.", month=self.t.month(Month.parse(closed.month))),
            self.t.text("Make the package"),
            self.make_package,
        )

    def ask_reopen(self) -> None:
        """Ask before opening a closed month again."""
        if self.month is None:
            return
        t, month = self.t, str(self.month)

        def reopen() -> None:
            self._begin()
            self.desk.runner.write(
                self,
                lambda job: reopen_month(job.session, job.actor, month=month),
                lambda _: self._end(),
                self._refused,
            )

        ask(
            self,
            t,
            question=t.text("Open {month} again?", month=t.month(self.month)),
            explained=t.text("What was sent stays sent. Changes go with the next package."),
            verb=t.text("Open the month"),
            run=reopen,
        )

    def _begin(self) -> None:
        self._busy = True
        self.failure.show_text("")
        self.export.clear()
        self.desk.navigator.hush()
        self.retitled.emit()

    def _end(self) -> None:
        self._busy = False
        self.retitled.emit()

    def _refused(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, KnownError):
            self.desk.navigator.show_error(error)
        elif error.code == "text_names_person":
            table, record_id = str(error.params["table"]), str(error.params["id"])
            self.desk.runner.read(
                self,
                lambda job: place_of_text(job.session, job.actor, table=table, record_id=record_id),
                lambda place: self._show_place(error, record_id, place),
            )
        else:
            self.failure.show_text(translate_error(self.t, error), "error")

    def _show_place(self, error: KnownError, record_id: str, place: TextPlace) -> None:
        t = self.t
        field = str(error.params["field"])
        shown = t.text(_FIELDS[field]) if field in _FIELDS else field
        where = [t.text(_PLACES[place.table]) if place.table in _PLACES else place.table]
        if place.section:
            where.append(t.label(classifiers().sections[place.section]))
        if place.on:
            month = Month.parse(place.on[:7])
            day = place.on[8:]
            where.append(t.date(month.first_day.replace(day=int(day))) if day else t.month(month))
        told = message(t, error.code, {**error.params, "field": shown})
        self.failure.show_text(
            t.text("{told} Where: {where}.", told=told, where=", ".join(where)), "error"
        )
        for note in self.notes:
            if note.note_id == record_id:
                note.remove.setFocus()
                self.form.ensureWidgetVisible(note)

    # Notes

    def add_note(self) -> None:
        """Keep the note that is typed."""
        self._text_field.clear_finding()
        text = self.note_text.toPlainText().strip()
        if not text:
            self._text_field.show_finding(message(self.t, "field_required"))
            self.note_text.setFocus()
            return
        month = str(self.month)
        section, kind = self.note_section.value, self.note_kind.value
        # After the month was turned it is another month's note, and stays.
        shown = [note.note_id for note in self.notes]
        note_id = self._changing if self._changing in shown else None

        forget = self.drafting.forgetting()

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
            self.drafting.start_anew()
            self._note_reasons()
            self._changing = None
            self.add_button.setText(self.t.text("&Add the note"))
            self.note_text.clear()
            self.note_text.setFocus()

        def refused(error: Exception) -> None:
            if isinstance(error, KnownError):
                self._text_field.show_finding(message(self.t, error.code, error.params))
            else:
                self.desk.navigator.show_error(error)

        self.desk.runner.write(self, keeping, kept, refused)

    def _note_reasons(self) -> None:
        """The reasons for zeros are still to be saved, with the month."""
        left: list[Difference] = [
            (one.reason.accessibleName(), one.given)
            for one in self.sections
            if one.reason is not None and one.given
        ]
        if left:
            self.drafting.take_up(left)
            self.drafting.timer.start()

    def change_note(self, note: MonthlyNote) -> None:
        """Put a note into the fields, to be saved over itself."""
        self._changing = note.id
        self.add_button.setText(self.t.text("S&ave the note"))
        self.note_section.choose(note.section)
        self.note_kind.choose(note.kind)
        self.note_text.setPlainText(note.text)
        self.note_text.setFocus()
        self.form.ensureWidgetVisible(self._adding)

    def remove_note(self, note_id: str) -> None:
        """Take a note back; an undo is offered."""
        self.failure.show_text("")
        if note_id == self._changing:
            self._changing = None
            self.add_button.setText(self.t.text("&Add the note"))
        self.desk.runner.write(
            self,
            lambda job: remove(job, "monthly_notes", note_id, {}),
            lambda _: tell_removed(self.desk, "monthly_notes", note_id, {}),
        )

    # The package

    def make_package(self) -> None:
        """Make the package of the closed month, an amendment where one was made before."""
        overview = self.overview
        if overview is None or not overview.closed:
            return
        self.failure.show_text("")
        self.desk.navigator.hush()
        sent = any(one.through is None for one in overview.packages)
        self.export.make(str(overview.month), amendment=sent)
