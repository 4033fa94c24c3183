"""Closing a month: what each section says, its figures, notes for the report, the package."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from pravo_desktop.domain.periods import Month
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import N_
from pravo_desktop.messages import message, translate_error
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.actor import RESPONSIBLE
from pravo_desktop.usecases.month_overview import (
    MonthOverview,
    TextPlace,
    month_overview,
    place_of_text,
)
from pravo_desktop.usecases.months import (
    MonthClosed,
    close_month,
    reopen_month,
)
from ui.ask import ask
from ui.drafted import DraftedPage
from ui.models.month import COL_MONTH, COL_PLAN, COL_SHARE, COL_YEAR, month_model
from ui.page import Desk, Difference, Primary
from ui.pages.answering import REWORDED, write_anew
from ui.pages.export_panel import ExportPanel
from ui.pages.month_notes import NotesPart
from ui.pages.month_places import place_text
from ui.pages.month_progress import PROGRESS_TABLES, MonthProgress
from ui.pages.month_sections import SectionRow
from ui.runner import Job
from ui.tables import Beside, ListView
from ui.theme import GRID, ROW_HEIGHT
from ui.typed import retype
from ui.widgets.buttons import arrow, button
from ui.widgets.labels import Note, label
from ui.widgets.layouts import FormColumn, column, row

_WIDTH = 432


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
        self.notes = NotesPart(desk, self.drafting, self.form.bring_into_sight)
        self.notes.saved.connect(self._note_reasons)
        self.notes.removing.connect(lambda: self.failure.show_text(""))
        self._build_form()
        self.figures = month_model(t, QColor(theme.colours.quiet))
        self.table = ListView(
            theme,
            self.figures,
            name="figures",
            spoken=t.text("Figures of the month"),
            widths={COL_MONTH: 64, COL_YEAR: 88, COL_PLAN: 96, COL_SHARE: 80},
            personal=(),
        )
        self.table.setMinimumHeight(theme.px(8 * ROW_HEIGHT))
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
        t, fields = self.t, self.form.fields
        fields.addWidget(self.progress)
        fields.addWidget(label(t.text("Sections"), "section"))
        fields.addLayout(self._sections)
        fields.addSpacing(GRID)
        fields.addWidget(self.notes)
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
        self.notes.put(overview)
        self._set_tab_order()
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

    def _set_tab_order(self) -> None:
        """What is built anew for each month comes last for Tab: put it before what follows it."""
        stops: list[QWidget] = [one for section in self.sections for one in section.stops]
        stops += [link for note in self.notes.rows for link in (note.change, note.remove)]
        for first, second in pairwise([*stops, *self.notes.stops, self.table]):
            QWidget.setTabOrder(first, second)

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
        noted = self.notes.typed
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
        if not self.notes.typed:
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
        self.failure.show_text(place_text(self.t, error, place), "error")
        if place.table in REWORDED:
            write_anew(self, self.desk, place.table, record_id)
        else:
            self.notes.point_at(record_id)

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
