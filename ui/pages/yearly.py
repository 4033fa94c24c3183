"""A list of dated records with a choice of the kind and the year, both of which stay."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, QSignalBlocker
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from ui.models.rows import RecordRole, RowsModel
from ui.page import Desk, Page
from ui.removals import on_delete, remove_from_list
from ui.settings import remember_filter, remembered_filter
from ui.tables import ListView
from ui.theme import GRID
from ui.turning import Turning
from ui.widgets.buttons import button
from ui.widgets.choices import Choice
from ui.widgets.labels import EmptyState, label
from ui.widgets.layouts import column


@dataclass(frozen=True)
class Look:
    """How a list and its empty state look.

    Args:
        name: of the list; its filters are remembered under it.
        spoken: what a screen reader calls it.
        widths: of columns in px at 100 %.
        stretched: the column that takes the rest.
        wrapped: columns that wrap.
        icon: of the empty state.
        nothing: what belongs here, while there is no record at all.
        add: the button that brings the first one.
    """

    name: str
    spoken: str
    widths: Mapping[int, int]
    stretched: int
    wrapped: Collection[int]
    icon: str
    nothing: str
    add: str


class YearlyPage(Page):
    """Choose a kind and a year, go through the list, Enter opens, Delete removes.

    Args:
        model: of the list.
        look: of the list.
        kinds: keys and labels of the kinds.
    """

    def __init__(
        self,
        desk: Desk,
        model: RowsModel[Any],
        look: Look,
        kinds: Sequence[tuple[str | None, str]],
    ) -> None:
        super().__init__(desk)
        t = self.t
        self.model = model
        self.table = ListView(
            desk.theme,
            model,
            name=look.name,
            spoken=look.spoken,
            widths=look.widths,
            stretched=look.stretched,
            wrapped=look.wrapped,
            personal=(),
        )
        self.nothing = EmptyState(desk.theme, look.icon, look.nothing, look.add)
        self.nothing.pressed.connect(self.add)
        self.rows: list[Any] = []
        self._folder, self._name = desk.runner.workplace.folder, look.name
        kind, year = remembered_filter(self._folder, look.name)
        self._wanted_year: str | None = year or None
        self.kind = Choice([("", t.text("All kinds")), *kinds])
        self.kind.setObjectName("kind_filter")
        self.kind.setAccessibleName(t.text("Kind"))
        self.kind.setMinimumWidth(desk.theme.px(280))
        self.year = Choice([("", t.text("All years"))])
        self.year.setObjectName("year_filter")
        self.year.setAccessibleName(t.text("Year"))
        self.year.setMinimumWidth(desk.theme.px(144))
        self.kind.choose(kind)
        for choice in (self.kind, self.year):
            choice.currentIndexChanged.connect(self._filter)
            choice.activated.connect(self._remember)
        self.found = label("", "quiet")
        self.table.activated.connect(self._open)
        on_delete(self.table, t.text("Remo&ve…"), self.remove_chosen)
        self._not_found = EmptyState(
            desk.theme,
            "search",
            t.text("Nothing of this kind in this year."),
            t.text("Show all"),
        )
        self._not_found.pressed.connect(self.show_all)
        self._stack = QStackedWidget()
        for widget in (self.table, self.nothing, self._not_found):
            self._stack.addWidget(widget)
        top = Turning(2 * GRID)
        top.addWidget(self.kind)
        top.addWidget(self.year)
        top.addWidget(self.found)
        top.addStretch(1)
        self._top = QWidget()
        self._top.setLayout(top)
        self._below = Turning(GRID)
        layout = column(GRID)
        layout.addWidget(self._top)
        layout.addWidget(self._stack, 1)
        layout.addLayout(self._below)
        self.setLayout(layout)

    def add_action(self, text: str, name: str, run: Any) -> QPushButton:
        """Put a further action under the list."""
        made = button(text, name=name)
        made.clicked.connect(run)
        self._below.addWidget(made)
        return made

    def end_actions(self) -> None:
        """Put the removal after the other actions; there is none of an empty list."""
        removal = self.add_action(self.t.text("Remo&ve…"), "remove", self.remove_chosen)
        self._below.addStretch(1)
        removal.setEnabled(False)
        self.model.modelReset.connect(lambda: removal.setEnabled(bool(self.model.rows)))

    def kind_of(self, record: Any) -> str:
        """Key of the kind by which a row is filtered."""
        raise NotImplementedError

    def day_of(self, record: Any) -> date:
        """The day by whose year a row is filtered."""
        raise NotImplementedError

    def id_of(self, record: Any) -> str:
        """Id of a row's record."""
        return str(record.id)

    def counted(self, number: int) -> str:
        """How many are shown, in words."""
        raise NotImplementedError

    def table_of(self, record: Any) -> str:
        """The table of a row's record."""
        raise NotImplementedError

    def add(self) -> None:
        """Open the form of a new record."""
        raise NotImplementedError

    def open_row(self, record: Any) -> Page:
        """Open the form of a row."""
        raise NotImplementedError

    def remove_chosen(self) -> None:
        """Ask, then remove the chosen one."""
        if (record := self.chosen) is not None:
            remove_from_list(
                self, self.table_of(record), self.id_of(record), lambda: self.open_row(record)
            )

    @property
    def chosen(self) -> Any:
        """The row chosen in the list, or None."""
        position = self.table.chosen
        return None if position is None else self.model.rows[position]

    def start(self) -> None:
        if self.model.rows:
            self.table.setFocus()
        elif self.rows:
            self.kind.setFocus()
        else:
            self.nothing.button.setFocus()

    def show_all(self) -> None:
        """Show every kind and year."""
        self.year.choose("")
        self.kind.choose("")
        self._remember()
        self.start()

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these, of the kind and year that are chosen."""
        at_work = self.table.hasFocus() or self.nothing.button.hasFocus() or not self.rows
        self.rows = list(rows)
        years = sorted({self.day_of(one).year for one in rows}, reverse=True)
        with QSignalBlocker(self.year):
            self.year.fill(
                [("", self.t.text("All years")), *((str(year), str(year)) for year in years)],
                self._wanted_year,
            )
        self._wanted_year = None
        self._filter()
        if at_work and self.isVisible():
            self.start()

    def _filter(self) -> None:
        kept = self.chosen
        kind, year = self.kind.value, self.year.value
        shown = [
            one
            for one in self.rows
            if kind in ("", self.kind_of(one)) and year in ("", str(self.day_of(one).year))
        ]
        self.model.set_rows(shown)
        ids = [self.id_of(one) for one in shown]
        self.table.choose(ids.index(self.id_of(kept)) if kept and self.id_of(kept) in ids else 0)
        self.found.setText(self.counted(len(shown)) if shown else "")
        self._top.setVisible(bool(self.rows))
        self._stack.setCurrentWidget(
            self.table if shown else self._not_found if self.rows else self.nothing
        )

    def _remember(self) -> None:
        remember_filter(self._folder, self._name, self.kind.value, self.year.value)

    def _open(self, index: QModelIndex) -> None:
        self.open_row(index.data(RecordRole))

    def retype(self, values: Mapping[str, Any]) -> None:
        self._wanted_year = str(values.get("year_filter") or "") or None
        super().retype(values)
