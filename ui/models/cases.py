"""The table of cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from pravo_desktop.i18n import Translator
from pravo_desktop.resources import Labelled
from pravo_desktop.usecases.queries import CaseLine

COL_TITLE, COL_NUMBER, COL_KIND, COL_LAST, COL_COUNT = range(5)
RecordRole = Qt.ItemDataRole.UserRole
"""The `CaseLine` of a row."""
SortRole = Qt.ItemDataRole.UserRole + 1
"""A value by which cells can be compared."""

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class CasesModel(QAbstractTableModel):
    """Cases as they were found; asks for more as the list is scrolled.

    Args:
        kinds: the classifier of kinds of cases.
    """

    more_wanted = Signal(int)
    """The list was scrolled to this row, which has not been read yet."""

    def __init__(self, t: Translator, kinds: Mapping[str, Labelled], quiet: object = None) -> None:
        super().__init__()
        self.t = t
        self._kinds = kinds
        self._quiet = quiet
        self._rows: list[CaseLine] = []
        self._total: int | None = 0
        self._asked = 0
        self._heads = (
            t.text("Couple"),
            t.text("Number"),
            t.text("Kind"),
            t.text("Last visit"),
            t.text("Visits"),
        )

    def set_rows(self, rows: Sequence[CaseLine], total: int | None) -> None:
        """Show these from the first on.

        Args:
            total: how many there are altogether; None while nobody counted to the end.
        """
        self.beginResetModel()
        self._rows = list(rows)
        self._total = total
        self._asked = len(rows)
        self.endResetModel()

    def add_rows(self, rows: Sequence[CaseLine], *, last: bool = False) -> None:
        """Show these after those already shown; after the ``last`` there are no more."""
        if last:
            self._total = len(self._rows) + len(rows)
        if not rows:
            self.layoutChanged.emit()
            return
        first = len(self._rows)
        self.beginInsertRows(_ROOT, first, first + len(rows) - 1)
        self._rows.extend(rows)
        self.endInsertRows()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and (self._total is None or len(self._rows) < self._total)

    def fetchMore(self, parent: Index) -> None:
        if len(self._rows) >= self._asked:
            self._asked = len(self._rows) + 1
            self.more_wanted.emit(len(self._rows))

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
        section = index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._shown(line, section)
        if role == RecordRole:
            return line
        if role == SortRole:
            return (line.title, line.number, line.kind, line.last_on or "", line.consultations)[
                section
            ]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        if role == Qt.ItemDataRole.ForegroundRole and (section != COL_TITLE or not line.title):
            return self._quiet
        return None

    def _shown(self, line: CaseLine, section: int) -> str:
        if section == COL_TITLE:
            return line.title or self.t.text("Without names")
        if section == COL_NUMBER:
            return line.number
        if section == COL_KIND:
            return self.t.label(self._kinds[line.kind])
        if section == COL_LAST:
            return self.t.date(date.fromisoformat(line.last_on)) if line.last_on else ""
        return self.t.number(line.consultations)


def _alignment(section: int) -> Qt.AlignmentFlag:
    level = Qt.AlignmentFlag.AlignRight if section == COL_COUNT else Qt.AlignmentFlag.AlignLeft
    return level | Qt.AlignmentFlag.AlignVCenter
