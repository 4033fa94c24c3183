"""The journal: consultations and one-off advice by day or month, with totals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QStackedWidget

from pravo_desktop.domain.periods import Month
from pravo_desktop.i18n import N_
from pravo_desktop.usecases.actor import CENTRE, RESPONSIBLE
from pravo_desktop.usecases.journal_view import Journal, JournalLine, JournalTotals, journal_of
from pravo_desktop.usecases.queries import StaffLine, staff_lines
from ui.forms.work_forms import specialists
from ui.models.journal import (
    COL_DAY,
    COL_FORMAT,
    COL_MINUTES,
    COL_NUMBER,
    COL_SPECIALIST,
    COL_TOPICS,
    journal_model,
)
from ui.page import Desk, Page, Primary
from ui.removals import on_delete, remove_from_list
from ui.runner import Task
from ui.tables import ListView
from ui.theme import GRID
from ui.turning import Turning
from ui.widgets.buttons import arrow, button
from ui.widgets.choices import Choice
from ui.widgets.labels import EmptyState, label
from ui.widgets.layouts import column, row

DAY, MONTH = "day", "month"


class JournalPage(Page):
    """Ctrl+PgUp and Ctrl+PgDown turn days and months; Enter opens, Delete removes advice."""

    key = "journal"
    name = N_("Journal")
    icon = "journal"
    shortcut = "Ctrl+J"
    roles = CENTRE
    reloads_on = frozenset(
        {"consultations", "advice", "cases", "participants", "identities", "consents"}
        | {"staff_members", "staff_names", "case_access"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t, theme = self.t, desk.theme
        self.day = desk.clock.today()
        self.journal: Journal | None = None
        self._query: Task | None = None
        self._someone = ""
        self.span = Choice([(DAY, t.text("By day")), (MONTH, t.text("By month"))])
        self.span.setObjectName("span")
        self.span.setMinimumWidth(theme.px(136))
        self.span.setAccessibleName(t.text("Days or months"))
        self.span.currentIndexChanged.connect(self.reload)
        self.period_label = label("", "section")
        self.period_label.setObjectName("period")
        self.period_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.period_label.setMinimumWidth(theme.px(208))
        self.specialist = Choice([(None, t.text("All specialists"))])
        self.specialist.setObjectName("journal_specialist")
        self.specialist.setAccessibleName(t.text("Specialist"))
        self.specialist.setMinimumWidth(theme.px(192))
        self.specialist.currentIndexChanged.connect(self._chose_specialist)
        self.totals = label("", "grey", wrap=True)
        self.totals.setObjectName("totals")
        self.model = journal_model(t, QColor(theme.colours.quiet))
        self.table = ListView(
            theme,
            self.model,
            name="journal",
            spoken=t.text("Journal"),
            widths={
                COL_DAY: 104,
                COL_NUMBER: 152,
                COL_SPECIALIST: 168,
                COL_FORMAT: 112,
                COL_TOPICS: 240,
                COL_MINUTES: 72,
            },
            stretched=1,
            wrapped=(1, COL_SPECIALIST, COL_TOPICS),
        )
        self.table.doubleClicked.connect(lambda _: self.open_case())
        self.table.installEventFilter(self)
        on_delete(self.table, t.text("Remo&ve…"), self.remove_advice)
        self.nothing = EmptyState(
            theme,
            "journal",
            t.text("Nothing is recorded for these days. Ctrl+K records a consultation."),
            t.text("Record a consultation"),
        )
        self.nothing.pressed.connect(lambda: desk.navigator.go("consultation"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.nothing)
        turning = row(GRID)
        turning.addWidget(
            arrow(self, theme, "‹", t.text("Earlier"), "Ctrl+PgUp", lambda: self.turn(-1))
        )
        turning.addWidget(self.period_label)
        turning.addWidget(
            arrow(self, theme, "›", t.text("Later on"), "Ctrl+PgDown", lambda: self.turn(1))
        )
        top = Turning(GRID)
        top.addWidget(self.span)
        top.addLayout(turning)
        top.addSpacing(GRID)
        top.addWidget(self.specialist)
        top.addStretch(1)
        sums = Turning(GRID)
        sums.addWidget(self.totals, 1)
        if desk.actor.roles & RESPONSIBLE:
            self.paper_button = button(t.text("&Journal to sign…"), name="journal_paper")
            self.paper_button.setToolTip(t.text("The month's journal on paper, with signatures"))
            self.paper_button.clicked.connect(self.print_month)
            sums.addWidget(self.paper_button)
        layout = column(GRID)
        layout.addLayout(top)
        layout.addLayout(sums)
        layout.addWidget(self._stack, 1)
        self.setLayout(layout)

    def primary(self) -> Primary:
        return Primary(self.t.text("One-off advice"), self.add_advice, "Ctrl+N")

    def start(self) -> None:
        (self.table if self.model.rows else self.span).setFocus()

    def subject(self) -> Mapping[str, Any]:
        line = self.chosen
        return {"case_id": line.case_id} if line is not None and line.case_id else {}

    def typed(self) -> Mapping[str, Any]:
        return {
            "day": self.day.isoformat(),
            "span": self.span.value,
            "specialist": self.specialist.value,
        }

    def retype(self, values: Mapping[str, Any]) -> None:
        self.day = date.fromisoformat(values["day"])
        self.span.choose(values["span"])
        self._someone = values["specialist"]

    def turn(self, step: int) -> None:
        """Show an earlier or a later day or month; never one still to come."""
        if self.span.value == DAY:
            wanted = self.day + timedelta(days=step)
        else:
            wanted = Month.of(self.day).plus(step).first_day
        if wanted <= self.desk.clock.today():
            self.day = wanted
            self.reload()

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day shown."""
        if self.span.value == DAY:
            return self.day, self.day
        month = Month.of(self.day)
        return month.first_day, month.last_day

    def reload(self) -> None:
        if self._query is not None:
            self._query.cancel()
        first, last = self.days
        whose = self._someone or None
        self._query = self.desk.runner.read(
            self,
            lambda job: (
                staff_lines(job.session, job.actor),
                journal_of(job.session, job.actor, first=first, last=last, specialist_id=whose),
            ),
            lambda found: self._show(*found),
        )

    def _chose_specialist(self) -> None:
        if self.specialist.value != self._someone:
            self._someone = self.specialist.value
            self.reload()

    def _show(self, staff: list[StaffLine], journal: Journal) -> None:
        t = self.t
        kept = self.chosen
        self.specialist.blockSignals(True)
        self.specialist.fill([(None, t.text("All specialists")), *specialists(t, staff)])
        self.specialist.choose(self._someone or None)
        self.specialist.blockSignals(False)
        by_day = journal.first == journal.last
        period = t.long_date(journal.first) if by_day else t.month(Month.of(journal.first))
        self.period_label.setText(period)
        self.totals.setText(self._totals(journal.totals))
        first = self.journal is None
        self.model.set_rows(journal.lines)
        self._stack.setCurrentWidget(self.table if journal.lines else self.nothing)
        ids = [line.record_id for line in journal.lines]
        self.table.choose(ids.index(kept.record_id) if kept and kept.record_id in ids else 0)
        self.journal = journal
        if first and self.isVisible():
            self.start()

    def _totals(self, totals: JournalTotals) -> str:
        t = self.t
        parts = [
            t.plural("{n} consultation", "{n} consultations", totals.consultations),
            t.plural("{n} couple", "{n} couples", totals.couples),
            t.plural("{n} one-off advice", "{n} one-off advices", totals.advice),
        ]
        if totals.minutes:
            parts.append(t.plural("{n} minute", "{n} minutes", totals.minutes))
        return " · ".join(parts)

    @property
    def chosen(self) -> JournalLine | None:
        """The line with the keyboard."""
        position = self.table.chosen
        return None if position is None else self.model.rows[position]

    def open_case(self) -> None:
        """Open the case of the chosen line, or the form of its advice."""
        from ui.pages.case import CasePage

        line = self.chosen
        if line is not None and line.case_id:
            self.desk.navigator.open(CasePage, case_id=line.case_id)
        elif line is not None and line.advice:
            self._open_advice(line.record_id)

    def _open_advice(self, advice_id: str) -> Page:
        from ui.forms.advice_form import AdviceForm

        return self.desk.navigator.open(AdviceForm, advice_id=advice_id)

    def remove_advice(self) -> None:
        """Ask, then remove the chosen advice; a consultation is removed in its case."""
        line = self.chosen
        if line is not None and line.advice:
            remove_from_list(
                self, "advice", line.record_id, lambda: self._open_advice(line.record_id)
            )

    def add_advice(self) -> None:
        """Record one-off advice without a case, on the day shown."""
        from ui.forms.advice_form import AdviceForm

        day = self.day.isoformat() if self.span.value == DAY else ""
        self.desk.navigator.open(AdviceForm, held_on=day)

    def print_month(self) -> None:
        """Offer the paper journal of the month shown."""
        from ui.pages.papers import JournalPaperForm

        self.desk.navigator.open(JournalPaperForm, month=str(Month.of(self.day)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter opens the case."""
        if (
            watched is self.table
            and event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.open_case()
            return True
        return super().eventFilter(watched, event)
