"""A list of records with what to say while it is empty, as a part of a page with tabs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStackedWidget, QWidget

from ui.models.rows import RecordRole, RowsModel
from ui.page import Desk
from ui.tables import LEAST, ListView
from ui.theme import GRID
from ui.turning import Turning
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, label
from ui.widgets.layouts import column

T = TypeVar("T")


class RecordList(QWidget, Generic[T]):
    """A list; Enter opens what is chosen.

    Args:
        name: objectName of the table.
        spoken: what a screen reader calls it, and its heading where ``headed``.
        widths, stretched, least, wrapped: as of `ui.tables.ListView`.
        empty: icon, sentence and action of the empty state.
        add: is called by the action of the empty state.
        opens: is given the row on Enter; None where rows open nothing.
        headed: has its name above it, for a page with several lists.
        at_most: shows this many rows and scrolls beyond.
    """

    def __init__(
        self,
        desk: Desk,
        model: RowsModel[T],
        *,
        name: str,
        spoken: str,
        widths: Mapping[int, int],
        empty: tuple[str, str, str],
        add: Callable[[], object],
        opens: Callable[[T], object] | None = None,
        stretched: int = 0,
        headed: bool = False,
        at_most: int | None = None,
        least: int = LEAST,
        wrapped: Collection[int] | None = None,
    ) -> None:
        super().__init__()
        self.model = model
        self.table = ListView(
            desk.theme,
            model,
            name=name,
            spoken=spoken,
            widths=widths,
            stretched=stretched,
            least=least,
            wrapped=wrapped,
            at_most=at_most,
            personal=(),
        )
        self._opens, self._at_most = opens, at_most
        self.table.activated.connect(self._open)
        self.table.refitted.connect(self._fit)
        self._stack = QStackedWidget()
        self.nothing: EmptyState | None = None
        icon, words, action = empty
        if headed:
            self._stack.addWidget(label(words, "grey", wrap=True))
        else:
            self.nothing = EmptyState(desk.theme, icon, words, action)
            self.nothing.pressed.connect(add)
            self._stack.addWidget(self.nothing)
        self._stack.addWidget(self.table)
        self._below = Turning(GRID)
        self._below.addStretch(1)
        layout = column(GRID)
        if headed:
            layout.addWidget(label(spoken, "section"))
        layout.addWidget(self._stack, 0 if at_most else 1)
        layout.addLayout(self._below)
        self.setLayout(layout)
        if at_most:
            for widget in (self, self._stack):
                widget.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
            self._fit()

    def add_action(self, text: str, name: str, run: Callable[[], object]) -> QPushButton:
        """Put an action under the list."""
        made = button(text, name=name)
        made.clicked.connect(lambda: run())
        self._below.insertWidget(self._below.count() - 1, made)
        return made

    def show_rows(self, rows: Sequence[T]) -> None:
        """Show these; the chosen place stays."""
        kept = self.table.chosen or 0
        self.model.set_rows(rows)
        self.table.choose(min(kept, len(rows) - 1))
        self._stack.setCurrentIndex(1 if rows else 0)
        self._fit()

    def _fit(self) -> None:
        """As high as what is in front, where the list does not take all the room."""
        front = self._stack.currentWidget()
        if self._at_most is not None and front is not None:
            listed = front is self.table
            self._stack.setFixedHeight(
                self.table.maximumHeight() if listed else front.sizeHint().height()
            )

    @property
    def chosen(self) -> T | None:
        """The row chosen in the list."""
        position = self.table.chosen
        return None if position is None else self.model.rows[position]

    def start(self) -> None:
        """Put the keyboard where the work begins."""
        if self.model.rows or self.nothing is None:
            self.table.setFocus()
        else:
            self.nothing.button.setFocus()

    def _open(self, index: QModelIndex) -> None:
        record: Any = index.data(RecordRole)
        if self._opens is not None and record is not None:
            self._opens(record)
