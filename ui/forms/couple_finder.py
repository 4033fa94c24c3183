"""A search field with the couples it finds: letters, arrows, Enter."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from pravo_desktop.usecases.queries import CaseLine, find_cases
from ui.page import Desk
from ui.runner import Task
from ui.theme import GRID, ROW_HEIGHT
from ui.widgets.fields import Field
from ui.widgets.labels import label
from ui.widgets.layouts import column

SHOWN = 6
"""Couples offered while a name is typed."""


class CoupleFinder(QWidget):
    """Finds a case; Enter waits for what is typed to be found, so that no key comes too early.

    Args:
        text: the label of the search field.
        name: of the search field.
        nothing: what to say when nothing is found.
        leave_out: id of a case that is not offered.
    """

    chosen = Signal(str)
    """Id of the case that a person chose."""

    def __init__(self, desk: Desk, text: str, name: str, nothing: str, leave_out: str = "") -> None:
        super().__init__()
        self._leave_out = leave_out
        self._desk = desk
        self._nothing = nothing
        self._query: Task | None = None
        self._shown_for: str | None = None
        self._enter_waits = False
        self.search = QLineEdit()
        self.search.setPlaceholderText(desk.t.text("Name, case number, IIN or phone"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.look)
        self.search.installEventFilter(self)
        self.couples = QListWidget()
        self.couples.setAccessibleName(desk.t.text("Couples found"))
        self.couples.itemActivated.connect(lambda _: self._choose_current())
        self.couples.itemClicked.connect(lambda _: self._choose_current())
        self.couples.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.nothing = label("", "grey", wrap=True)
        self.field = Field(desk.theme, text, name, self.search)
        layout = column(GRID)
        layout.addWidget(self.field)
        layout.addWidget(self.couples)
        layout.addWidget(self.nothing)
        self.setLayout(layout)

    def look(self) -> None:
        """Find anew what is typed; the latest cases while nothing is."""
        if self._query is not None:
            self._query.cancel()
        text = self.search.text().strip()
        self._shown_for = None
        self._enter_waits = False
        self._query = self._desk.runner.read(
            self,
            lambda job: find_cases(
                job.session, job.actor, text, limit=SHOWN, order="name" if text else "recent"
            ),
            lambda lines: self._show(text, lines),
        )

    def _show(self, text: str, lines: list[CaseLine]) -> None:
        t, theme = self._desk.t, self._desk.theme
        lines = [line for line in lines if line.case_id != self._leave_out]
        self._shown_for = text
        self.couples.clear()
        for line in lines:
            names = line.title or t.text("Without names")
            last = t.date(date.fromisoformat(line.last_on)) if line.last_on else ""
            item = QListWidgetItem(" · ".join(filter(None, (names, line.number, last))))
            item.setData(Qt.ItemDataRole.UserRole, line.case_id)
            item.setSizeHint(QSize(0, theme.px(ROW_HEIGHT)))
            self.couples.addItem(item)
        self.couples.setFixedHeight(theme.px(ROW_HEIGHT) * len(lines) + 8)
        self.couples.setVisible(bool(lines))
        if lines:
            self.couples.setCurrentRow(0)
        self.nothing.setText("" if lines else self._nothing)
        self.nothing.setVisible(not lines)
        if self._enter_waits:
            self._choose_current()

    def _choose_current(self) -> None:
        if self._shown_for != self.search.text().strip():
            self._enter_waits = True
            return
        self._enter_waits = False
        item = self.couples.currentItem()
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows choose among the couples found; Enter takes the chosen one."""
        if (
            event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose_current()
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.couples.count():
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                position = self.couples.currentRow() + step
                self.couples.setCurrentRow(min(max(position, 0), self.couples.count() - 1))
                return True
        return super().eventFilter(watched, event)
