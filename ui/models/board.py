"""The tables of headquarters' board: centre by month, and what is behind a cell."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QColor

from pravo_desktop.domain.board import MISSING, SYMBOLS, WORDS
from pravo_desktop.i18n import Translator
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.board import Board, BoardCell, BoardRow, SectionState
from pravo_desktop.usecases.received import ReceivedLine
from ui.models.inbox import STATUSES
from ui.models.packages import kind_of
from ui.models.rows import Column, Index, RowsModel
from ui.theme import Theme

COL_SECTION, COL_STATE, COL_REASON = range(3)
COL_PACKAGE, COL_KIND, COL_RECEIVED, COL_STATUS = range(4)
_ROOT = QModelIndex()


class BoardModel(QAbstractTableModel):
    """A mark for each centre and month; its colour only repeats what the mark says."""

    def __init__(self, t: Translator, theme: Theme) -> None:
        super().__init__()
        self._t = t
        own = theme.colours
        self._colours = {
            "missing": QColor(own.danger),
            "late": QColor(own.warning),
            "awaited": QColor(own.quiet),
            "not_open": QColor(own.quiet),
        }
        self._board: Board | None = None
        self._section: str | None = None

    def show_board(self, board: Board, section: str | None) -> None:
        """Show this, all sections folded or one of them."""
        self.beginResetModel()
        self._board, self._section = board, section
        self.endResetModel()

    def cell(self, index: Index) -> tuple[BoardRow, BoardCell] | None:
        """The centre and month of a cell."""
        if self._board is None or not index.isValid() or index.row() >= len(self._board.rows):
            return None
        row = self._board.rows[index.row()]
        return row, row.cells[index.column()]

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() or self._board is None else len(self._board.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() or self._board is None else len(self._board.months)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if self._board is None:
            return None
        if orientation is Qt.Orientation.Vertical:
            if role == Qt.ItemDataRole.DisplayRole:
                return self._board.rows[section].name[self._t.language]
            return None
        month = self._board.months[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{month.number:02d}"
        return self._t.month(month) if role == Qt.ItemDataRole.ToolTipRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        found = self.cell(index)
        if found is None:
            return None
        row, cell = found
        state = cell.folded(self._section)
        number = cell.count(state, self._section)
        if role == Qt.ItemDataRole.DisplayRole:
            partly = state == MISSING and 0 < number < len(cell.sections)
            return f"{SYMBOLS[state]}{number}" if partly else SYMBOLS[state]
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            said = self._t.text(WORDS[state])
            name = row.name[self._t.language]
            return f"{name}, {self._t.month(cell.month)}: {said}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colours.get(state)
        return None


def in_words(t: Translator, classifier: str, reason: str) -> str:
    """A reason that is a key of a coded list, or somebody's own words."""
    known = classifiers().kinds[classifier]
    return t.label(known[reason]) if reason in known else reason


def sections_model(t: Translator, grey: QColor) -> RowsModel[SectionState]:
    """The sections of a cell."""

    def why(one: SectionState) -> str:
        said = [] if one.reason is None else [in_words(t, "zero_reason", one.reason)]
        said += [in_words(t, "amendment_reason", reason) for reason in one.amendments]
        return "; ".join(said)

    def state(one: SectionState) -> str:
        words = [t.text(WORDS[one.state])]
        if one.late:
            words.append(t.text(WORDS["late"]))
        if one.amended:
            words.append(t.text(WORDS["amended"]))
        return f"{SYMBOLS[one.shown]}  {', '.join(words)}"

    columns: tuple[Column[SectionState], ...] = (
        Column(t.text("Section"), lambda s: t.label(classifiers().sections[s.section])),
        Column(t.text("Status"), state),
        Column(t.text("Reason"), why, quiet=True),
    )
    return RowsModel(columns, grey)


def cell_packages_model(t: Translator, grey: QColor) -> RowsModel[ReceivedLine]:
    """The packages of a cell."""
    columns: tuple[Column[ReceivedLine], ...] = (
        Column(t.text("Package"), lambda p: f"{p.station_letter} {t.number(p.sequence)}"),
        Column(
            t.text("Kind of package"),
            lambda p: kind_of(t, amendment=p.amendment, complete=p.complete, through=p.through),
            quiet=True,
        ),
        Column(
            t.text("Received"),
            lambda p: t.date(date.fromisoformat(p.received_on)),
            lambda p: p.received_on,
            quiet=True,
        ),
        Column(t.text("Status"), lambda p: t.text(STATUSES[p.status])),
    )
    return RowsModel(columns, grey)
