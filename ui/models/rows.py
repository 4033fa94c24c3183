"""The base of the tables: each column says how it shows, sorts and aligns a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QIcon

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()

RecordRole = Qt.ItemDataRole.UserRole
"""The row itself."""
SortRole = Qt.ItemDataRole.UserRole + 1
"""A value by which cells of a column can be compared."""


@dataclass(frozen=True)
class Column(Generic[T]):
    """A column of a table.

    Args:
        head: its translated head.
        shown: the text of a cell.
        sort: what it is sorted by, where the text will not do.
        number: stands at the right.
        quiet: a secondary fact, in grey.
        icon: a picture before the text.
    """

    head: str
    shown: Callable[[T], str]
    sort: Callable[[T], Any] | None = None
    number: bool = False
    quiet: bool = False
    icon: Callable[[T], QIcon | None] | None = None


class RowsModel(QAbstractTableModel, Generic[T]):
    """Rows in, cells out.

    Args:
        columns: from left to right.
        grey: the colour of secondary facts.
    """

    def __init__(self, columns: Sequence[Column[T]], grey: QColor) -> None:
        super().__init__()
        self._columns = tuple(columns)
        self._grey = grey
        self.rows: list[T] = []

    def set_rows(self, rows: Sequence[T]) -> None:
        """Show these."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def add_row(self, row: T) -> None:
        """Show one more, the last."""
        self.beginInsertRows(_ROOT, len(self.rows), len(self.rows))
        self.rows.append(row)
        self.endInsertRows()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self._columns[section].head
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = self._columns[index.column()]
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.shown(row)
        if role == RecordRole:
            return row
        if role == SortRole:
            return column.sort(row) if column.sort else column.shown(row)
        if role == Qt.ItemDataRole.DecorationRole and column.icon:
            return column.icon(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        if role == Qt.ItemDataRole.ForegroundRole and column.quiet:
            return self._grey
        return None

    def _alignment(self, section: int) -> Qt.AlignmentFlag:
        right = self._columns[section].number
        level = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        return level | Qt.AlignmentFlag.AlignVCenter
