"""The first page of the day: who comes, what waits, how the month stands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QStackedWidget,
    QWidget,
)

from pravo_desktop.backups.keeping import BackupState, backup_state
from pravo_desktop.domain.periods import Month
from pravo_desktop.i18n import N_
from pravo_desktop.usecases.actor import CENTRE
from pravo_desktop.usecases.appointments import AppointmentLine, mark_appointment
from pravo_desktop.usecases.drafts import discard_draft
from pravo_desktop.usecases.journal_view import DraftLine, drafts_left
from pravo_desktop.usecases.month_overview import FigureLine
from pravo_desktop.usecases.packages import ExportedPackage
from pravo_desktop.usecases.today import Today, today
from ui.ask import ask
from ui.drafts import continue_draft, draft_name
from ui.forms.new_case import give_new_case_key, open_new_case
from ui.models.packages import kind_of
from ui.models.today import (
    COL_COUPLE,
    COL_KIND,
    COL_NUMBER,
    COL_WHEN,
    couple,
    drafts_model,
    recorded_model,
    to_complete_model,
    visits_model,
)
from ui.page import Desk, Page, Primary
from ui.pages.completing import go_to_record
from ui.pages.today_backup import BackupLine
from ui.pages.today_parts import Columns, FigureRow, Section
from ui.tables import ListView
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, label
from ui.widgets.layouts import column, row

_ENTER = frozenset({Qt.Key.Key_Return.value, Qt.Key.Key_Enter.value})
_DELETE = frozenset({Qt.Key.Key_Delete.value})
_N = frozenset({Qt.Key.Key_N.value, ord("Т")})
_K = frozenset({Qt.Key.Key_K.value, ord("Л")})
"""The keys N and K, and what stands on them in the Kazakh and Russian layouts."""


_PASSING = frozenset({Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason})
"""Reasons why a list loses the keyboard for a moment only."""


class TodayPage(Page):
    """Lists of the day; in each the arrows choose and Enter opens.

    N in the list of visits records that somebody did not come, K opens the form of a consultation
    with the couple; Delete in the list of drafts throws one away.
    """

    key = "today"
    name = N_("Today")
    icon = "day"
    shortcut = "Ctrl+T"
    roles = CENTRE
    reloads_on = frozenset(
        {"appointments", "cases", "participants", "identities", "consents", "claims"}
        | {"consultations", "advice", "studies", "events", "publications", "hand_outs"}
        | {"drafts", "questions", "packages", "case_access", "backups"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t, theme = self.t, desk.theme
        grey = QColor(theme.colours.quiet)
        late = theme.icon("warning", theme.colours.warning)
        self._fresh = True
        self._filled = False
        self.visits = visits_model(t, grey, desk.clock.today(), late)
        self.incomplete = to_complete_model(t, grey)
        self.recorded = recorded_model(t, grey)
        self.drafts = drafts_model(t, grey)
        self._keys: dict[ListView, Mapping[frozenset[int], Callable[[], object]]] = {}
        self._sections: dict[ListView, Section] = {}
        self.visits_table = self._list(
            self.visits,
            "visits",
            t.text("Next visits and referrals"),
            {_ENTER: self.open_visit, _N: self.did_not_come, _K: self.record_visit},
            widths={COL_WHEN: 152, COL_NUMBER: 160, COL_KIND: 128},
            stretched=COL_COUPLE,
            at_most=8,
            nothing=t.text(
                "Nobody is to come to you in the coming week. A next visit is planned together "
                "with a consultation."
            ),
            below=self._deeds(),
        )
        self.incomplete_table = self._list(
            self.incomplete,
            "to_complete",
            t.text("Records to complete"),
            {_ENTER: self.complete},
            widths={0: 272, 2: 152},
            stretched=1,
            at_most=8,
            wrapped=(0, 1),
            nothing=t.text("Everything is complete."),
        )
        self.recorded_table = self._list(
            self.recorded,
            "recorded",
            t.text("Recorded today"),
            {_ENTER: self.open_recorded},
            widths={0: 128, 2: 72},
            stretched=1,
            at_most=6,
            nothing=t.text("Nothing yet today."),
        )
        self.drafts_table = self._list(
            self.drafts,
            "drafts",
            t.text("Drafts to finish"),
            {_ENTER: self.finish_draft, _DELETE: self.ask_discard},
            widths={1: 152},
            stretched=0,
            at_most=4,
        )
        self._build()
        give_new_case_key(self)

    def _list(
        self,
        model: QAbstractItemModel,
        name: str,
        head: str,
        keys: Mapping[frozenset[int], Callable[[], object]],
        *,
        widths: Mapping[int, int],
        stretched: int,
        at_most: int,
        wrapped: Collection[int] | None = None,
        nothing: str = "",
        below: QWidget | None = None,
    ) -> ListView:
        """A list in its section, with what its keys do; see `ListView` and `Section`."""
        theme = self.desk.theme
        table = ListView(
            theme,
            model,
            name=name,
            spoken=head,
            widths=widths,
            stretched=stretched,
            at_most=at_most,
            wrapped=wrapped,
        )
        table.installEventFilter(self)
        table.doubleClicked.connect(lambda _: keys[_ENTER]())
        self._keys[table] = keys
        self._sections[table] = Section(head, table, nothing, below)
        return table

    def _deeds(self) -> QWidget:
        """What can be done with a visit."""
        t = self.t
        deeds = row(GRID)
        for text, name, run in (
            (t.text("Did not come (N)"), "no_show", self.did_not_come),
            (t.text("Record a consultation (K)"), "record", self.record_visit),
        ):
            deed = button(text, "link", name=name)
            deed.clicked.connect(run)
            deeds.addWidget(deed)
        deeds.addStretch(1)
        around = QWidget()
        around.setLayout(deeds)
        return around

    def _build(self) -> None:
        t, theme = self.t, self.desk.theme
        self._figures = column(2 * GRID)
        figures = QWidget()
        figures.setLayout(self._figures)
        self._month = Section(t.text("The month and the plan"), figures)
        self._sent = column(GRID)
        sent = QWidget()
        sent.setLayout(self._sent)
        self._packages = Section(t.text("Last packages"), sent)
        self.backup = BackupLine(self.desk, self)
        self.nothing = EmptyState(
            theme,
            "day",
            t.text(
                "Visits to come, what you recorded and what is left to complete stand here. Begin "
                "with the first family."
            ),
            t.text("New case"),
        )
        self.nothing.pressed.connect(self.new_case)
        self._stack = QStackedWidget()
        self._stack.addWidget(QWidget())
        self._columns = Columns(
            theme,
            (self._sections[self.visits_table], self._sections[self.incomplete_table]),
            (
                self._month,
                self._sections[self.drafts_table],
                self._sections[self.recorded_table],
                self._packages,
                self.backup,
            ),
        )
        self._stack.addWidget(self._columns)
        self._stack.addWidget(self.nothing)
        layout = column(0)
        layout.addWidget(self._stack)
        self.setLayout(layout)

    def primary(self) -> Primary:
        return Primary(
            self.t.text("Record a consultation"),
            lambda: self.desk.navigator.go("consultation"),
            "Ctrl+K",
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._fresh and self._filled:
            self._fresh = False
            self.start()

    def start(self) -> None:
        if self._stack.currentWidget() is self.nothing:
            self.nothing.button.setFocus()
            return
        filled = [table for table in self._keys if table.model().rowCount()]
        first = (filled or [self.visits_table])[0]
        first.setFocus()
        first.choose(first.chosen or 0)

    def typed(self) -> Mapping[str, Any]:
        return {}

    def reload(self) -> None:
        self.desk.runner.read(
            self,
            lambda job: (
                today(job.session, job.actor),
                drafts_left(job.session, job.actor),
                backup_state(job.workplace.folder, job.workplace.clock.now()),
            ),
            lambda found: self._show(*found),
        )

    def _show(self, found: Today, drafts: list[DraftLine], backups: BackupState) -> None:
        position = {table: table.chosen or 0 for table in self._keys}
        visits = sorted(
            (*found.appointments, *found.referrals),
            key=lambda line: (line.appointment.planned_on, line.appointment.time or "24:00"),
        )
        had = next((table for table in self._keys if table.hasFocus()), None)
        self.visits.set_rows(visits)
        self.incomplete.set_rows(found.to_complete)
        self.recorded.set_rows(found.recorded)
        self.drafts.set_rows(drafts)
        for table, section in self._sections.items():
            rows = table.model().rowCount()
            section.settle(bool(rows))
            if rows:
                table.choose(min(position[table], rows - 1))
                if not table.hasFocus():
                    table.clearSelection()
        self._fill_figures(found.figures)
        self._fill_packages(found.packages)
        self.backup.put(backups)
        begun = bool(
            visits
            or found.to_complete
            or found.recorded
            or drafts
            or found.packages
            or any(figure.year for figure in found.figures)
        )
        self._filled = True
        self._stack.setCurrentWidget(self._columns if begun else self.nothing)
        if self.isVisible() and (self._fresh or (had is not None and not had.isVisibleTo(self))):
            self._fresh = False
            self.start()

    def _fill_figures(self, figures: Sequence[FigureLine]) -> None:
        _empty(self._figures)
        for figure in figures:
            self._figures.addWidget(FigureRow(self.desk, figure))
        self._month.settle(bool(figures))

    def _fill_packages(self, packages: Sequence[ExportedPackage]) -> None:
        _empty(self._sent)
        t = self.t
        for one in packages:
            words = [
                t.month(Month.parse(one.month)),
                kind_of(t, amendment=one.amendment, complete=one.complete, through=one.through),
                t.moment(datetime.fromisoformat(one.made_at)),
            ]
            self._sent.addWidget(label(" · ".join(words), wrap=True))
        self._packages.settle(bool(packages))

    def new_case(self) -> None:
        """Open the form of a new case."""
        open_new_case(self.desk)

    @property
    def visit(self) -> AppointmentLine | None:
        """The chosen visit or referral."""
        position = self.visits_table.chosen
        return None if position is None else self.visits.rows[position]

    def open_visit(self) -> None:
        """Open the case of the chosen visit."""
        if self.visit is not None:
            self._open_case(self.visit.appointment.case_id)

    def record_visit(self) -> None:
        """Record a consultation of the couple that came."""
        if self.visit is not None:
            self.desk.navigator.go("consultation", case_id=self.visit.appointment.case_id)

    def did_not_come(self) -> None:
        """Record that they did not come; the message offers to take it back."""
        line, t = self.visit, self.t
        if line is None:
            return
        visit = line.appointment
        if visit.planned_on > self.desk.clock.today():
            self.desk.navigator.say(
                t.text("This visit is still to come: {day}.", day=t.date(visit.planned_on))
            )
            return
        said = t.text(
            "Recorded that they did not come: {couple}.",
            couple=" · ".join((couple(t, line.title), line.number)),
        )
        self._mark(
            visit.id,
            "no_show",
            lambda: self.desk.navigator.say(
                said, t.text("Undo"), lambda: self._mark(visit.id, "expected", lambda: None)
            ),
        )

    def _mark(self, appointment_id: str, state: str, done: Callable[[], object]) -> None:
        self.desk.runner.write(
            self,
            lambda job: mark_appointment(
                job.session, job.actor, appointment_id=appointment_id, state=state
            ),
            lambda _: done(),
        )

    def complete(self) -> None:
        """Open the chosen record at the field that waits."""
        position = self.incomplete_table.chosen
        if position is not None:
            go_to_record(self.desk, self.incomplete.rows[position])

    def open_recorded(self) -> None:
        """Open the case of what was recorded."""
        position = self.recorded_table.chosen
        if position is not None and (case_id := self.recorded.rows[position].case_id):
            self._open_case(case_id)

    def _open_case(self, case_id: str) -> None:
        from ui.pages.case import CasePage

        self.desk.navigator.open(CasePage, case_id=case_id)

    def finish_draft(self) -> None:
        """Go on with the chosen draft."""
        position = self.drafts_table.chosen
        if position is not None:
            continue_draft(self.desk, self.drafts.rows[position])

    def ask_discard(self) -> None:
        """Throw the chosen draft away, if the person wants it."""
        position = self.drafts_table.chosen
        if position is None:
            return
        line = self.drafts.rows[position]
        ask(
            self,
            self.t,
            question=self.t.text("Discard the draft?"),
            explained=draft_name(self.t, line),
            verb=self.t.text("&Discard"),
            run=lambda: self.desk.runner.write(
                self,
                lambda job: discard_draft(job.session, job.actor, draft_id=line.draft.draft_id),
            ),
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the lists; only the list with the keyboard shows what is chosen."""
        if not isinstance(watched, ListView):
            return super().eventFilter(watched, event)
        if event.type() is QEvent.Type.FocusIn:
            watched.choose(watched.chosen or 0)
        elif isinstance(event, QFocusEvent) and event.reason() not in _PASSING:
            watched.clearSelection()
        elif (
            event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            for keys, run in self._keys[watched].items():
                if event.key() in keys:
                    run()
                    return True
        return super().eventFilter(watched, event)


def _empty(layout: QBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
