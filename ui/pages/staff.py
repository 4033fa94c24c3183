"""Staff of the centre: who works here, in which profession, since when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QStackedWidget, QTableView

from pravo_desktop.i18n import N_, Translator
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.actor import RESPONSIBLE
from pravo_desktop.usecases.queries import StaffLine, staff_lines
from ui.page import Desk, Page, Primary
from ui.theme import ROW_HEIGHT
from ui.widgets import EmptyState, column, dress_table

COL_NAME, COL_PROFESSION, COL_RATE, COL_FROM, COL_TO = range(5)
RecordRole = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class StaffModel(QAbstractTableModel):
    """Staff members, a row each."""

    def __init__(self, t: Translator) -> None:
        super().__init__()
        self.t = t
        self._rows: list[StaffLine] = []
        self._heads = (
            t.text("Name"),
            t.text("Profession"),
            t.text("Rate, %"),
            t.text("From"),
            t.text("To"),
        )

    def set_rows(self, rows: Sequence[StaffLine]) -> None:
        """Show these."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self._heads[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self._rows[index.row()]
        if role == RecordRole:
            return line
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        profession = self.t.label(classifiers().kinds["profession"][line.profession])
        return {
            COL_NAME: line.name or profession,
            COL_PROFESSION: profession,
            COL_RATE: self.t.number(line.rate_percent),
            COL_FROM: self.t.date(line.employed_from),
            COL_TO: self.t.date(line.employed_to) if line.employed_to else "",
        }[index.column()]


def _alignment(section: int) -> Qt.AlignmentFlag:
    level = Qt.AlignmentFlag.AlignRight if section == COL_RATE else Qt.AlignmentFlag.AlignLeft
    return level | Qt.AlignmentFlag.AlignVCenter


class StaffPage(Page):
    """The list of staff; Enter changes, Ctrl+N adds."""

    key = "staff"
    name = N_("Staff")
    icon = "people"
    shortcut = "Ctrl+6"
    roles = RESPONSIBLE
    reloads_on = frozenset({"staff_members", "staff_names"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t, theme = self.t, desk.theme
        self.model = StaffModel(t)
        self.table = QTableView()
        self.table.setObjectName("staff")
        self.table.setAccessibleName(t.text("Staff"))
        self.table.setModel(self.model)
        dress_table(self.table, theme.px(ROW_HEIGHT))
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(COL_NAME, QHeaderView.ResizeMode.Stretch)
        for section, width in (
            (COL_PROFESSION, 240),
            (COL_RATE, 144),
            (COL_FROM, 128),
            (COL_TO, 128),
        ):
            self.table.setColumnWidth(section, theme.px(width))
        self.table.activated.connect(self._change)
        self.nothing = EmptyState(
            theme,
            "people",
            t.text("Psychologists, lawyers, mediators and social workers are listed here."),
            t.text("Add a staff member"),
        )
        self.nothing.pressed.connect(self.add)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.nothing)
        layout = column()
        layout.addWidget(self._stack)
        self.setLayout(layout)

    def primary(self) -> Primary:
        return Primary(self.t.text("Add a staff member"), self.add, "Ctrl+N")

    def start(self) -> None:
        if self.model.rowCount():
            self.table.setFocus()
        else:
            self.nothing.button.setFocus()

    def add(self) -> None:
        """Open the form of a new staff member."""
        from ui.forms.staff_form import StaffForm

        self.desk.navigator.open(StaffForm)

    def _change(self, index: QModelIndex) -> None:
        from ui.forms.staff_form import StaffForm

        line = index.data(RecordRole)
        if isinstance(line, StaffLine):
            self.desk.navigator.open(StaffForm, staff_id=line.staff_id)

    def reload(self) -> None:
        self.desk.runner.read(
            self, lambda job: staff_lines(job.session, job.actor), self._show_rows
        )

    def _show_rows(self, rows: list[StaffLine]) -> None:
        self.model.set_rows(rows)
        self._stack.setCurrentWidget(self.table if rows else self.nothing)
        if rows:
            self.table.selectRow(0)
