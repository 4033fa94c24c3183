"""What a report of an earlier year stated of an indicator, typed as a grid with digits alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QTableView, QWidget

from pravo_desktop.domain.records import Region, StatedTotal
from pravo_desktop.i18n import N_, Translator
from pravo_desktop.usecases.registers import register_cards
from pravo_desktop.usecases.stated_totals import (
    WHOLE,
    StatedValue,
    grid_lines,
    save_stated_totals,
    stated_totals,
)
from ui.forms.loaded_form import LoadedForm, NumberEdit
from ui.models.own_records import indicator_name, part_name, region_names
from ui.models.rows import Index
from ui.page import Desk
from ui.tables import dress_table
from ui.theme import GRID, ROW_HEIGHT, Theme
from ui.widgets.choices import Choice
from ui.widgets.fields import Field
from ui.widgets.labels import label
from ui.widgets.layouts import column, pair

MOST_DIGITS = 9
_ROOT = QModelIndex()


class StatedModel(QAbstractTableModel):
    """Regions as rows, the total and the parts of an indicator as columns."""

    def __init__(self, t: Translator) -> None:
        super().__init__()
        self.t = t
        self.regions: list[tuple[str, str]] = []
        self.parts: list[tuple[str | None, str | None]] = []
        self.heads: list[str] = []
        self.cells: dict[tuple[str, str | None, str | None], int] = {}

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.regions)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.parts)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            if orientation is Qt.Orientation.Horizontal:
                return self.heads[section]
            return self.regions[section][1]
        return None

    def place(self, index: Index) -> tuple[str, str | None, str | None]:
        """Region, breakdown and key of a cell."""
        return self.regions[index.row()][0], *self.parts[index.column()]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        value = self.cells.get(self.place(index))
        shown = "" if value is None else self.t.number(value)
        if role == Qt.ItemDataRole.DisplayRole:
            return shown
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole:
            region, part = self.regions[index.row()][1], self.heads[index.column()]
            return f"{region}, {part}: {shown}"
        return None

    def put(self, index: Index, value: int | None) -> None:
        """Write a value, or nothing, into a cell."""
        self.cells.pop(self.place(index), None)
        if value is not None:
            self.cells[self.place(index)] = value
        self.dataChanged.emit(index, index)

    def show_indicator(self, regions: Sequence[tuple[str, str]], indicator: str) -> None:
        """Make the rows and columns of an indicator; values that have no place are gone."""
        self.beginResetModel()
        self.regions = list(regions)
        self.parts = grid_lines(indicator)
        self.heads = [part_name(self.t, indicator, *part) for part in self.parts]
        kept = {key for key, _ in self.regions}
        self.cells = {
            cell: value
            for cell, value in self.cells.items()
            if cell[0] in kept and cell[1:] in self.parts
        }
        self.endResetModel()

    def put_all(self, cells: Mapping[tuple[str, str | None, str | None], int]) -> None:
        """Show these values and no others."""
        self.beginResetModel()
        self.cells = dict(cells)
        self.endResetModel()


class StatedGrid(QTableView):
    """Digits write a number, Backspace shortens it, Delete empties the cell, Enter goes down."""

    changed = Signal()

    def __init__(self, t: Translator, theme: Theme) -> None:
        super().__init__()
        self.values = StatedModel(t)
        self._theme = theme
        self._fresh = True
        self.setModel(self.values)
        dress_table(self, theme.px(ROW_HEIGHT))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setShowGrid(True)
        self.verticalHeader().show()
        self.setMinimumHeight(theme.px(6 * ROW_HEIGHT))
        self.selectionModel().currentChanged.connect(self._arrived)
        self.values.modelReset.connect(self._widen)

    def _arrived(self) -> None:
        self._fresh = True

    def _widen(self) -> None:
        for section, head in enumerate(self.values.heads):
            wide = self.fontMetrics().horizontalAdvance(head) + 3 * GRID
            self.setColumnWidth(section, max(self._theme.px(88), wide))
        if not self.currentIndex().isValid() and self.values.rowCount():
            self.setCurrentIndex(self.values.index(0, 0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.values.rowCount():
            self.setCurrentIndex(self.values.index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = self.currentIndex()
        held = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        if held or not at.isValid():
            super().keyPressEvent(event)
            return
        before = self.values.cells.get(self.values.place(at))
        written = "" if before is None else str(before)
        text = event.text()
        if text.isascii() and text.isdigit():
            digits = text if self._fresh else written + text
            self._write(at, digits[:MOST_DIGITS])
        elif event.key() == Qt.Key.Key_Backspace:
            self._write(at, written[:-1])
        elif event.key() == Qt.Key.Key_Delete:
            self._write(at, "")
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if at.row() + 1 < self.values.rowCount():
                self.setCurrentIndex(self.values.index(at.row() + 1, at.column()))
        elif not text or not text.isprintable():
            super().keyPressEvent(event)

    def _write(self, at: QModelIndex, digits: str) -> None:
        self.values.put(at, int(digits) if digits else None)
        self._fresh = False
        self.changed.emit()


class StatedForm(LoadedForm):
    """Types what a report stated of an indicator and a year, region by region.

    Args:
        year, indicator: what to change; empty begins another.
    """

    name = N_("Earlier year")

    def __init__(self, desk: Desk, year: int = 0, indicator: str = "") -> None:
        super().__init__(desk, year=year, indicator=indicator)
        t, theme = self.t, desk.theme
        self.of = (year, indicator) if indicator else None
        self._regions: list[tuple[str, str]] = []
        self._kept_cells: tuple[Any, ...] | None = None
        self.year = NumberEdit(year or desk.clock.today().year - 1, maximum=2200)
        self.indicator = Choice([(key, indicator_name(t, key)) for key in WHOLE], indicator or None)
        self.year.setEnabled(self.of is None)
        self.indicator.setEnabled(self.of is None)
        self.source, self.page = QLineEdit(), QLineEdit()
        self.page.setMaxLength(40)
        self.grid = StatedGrid(t, theme)
        self.grid.changed.connect(self._note_typing)
        self.indicator.currentIndexChanged.connect(self._lay_out)
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("&Year"), "year", self.year),
                Field(theme, t.text("&Indicator"), "indicator", self.indicator),
                Field(theme, t.text("&Source"), "source", self.source),
                Field(theme, t.text("&Page"), "page", self.page),
                Field(theme, t.text("&Values"), "values", self.grid),
            )
        }
        f = self.fields
        head = QWidget()
        head.setMaximumWidth(theme.px(880))
        above = column(2 * GRID)
        above.addLayout(pair(f["indicator"], f["year"]))
        above.addLayout(pair(f["source"], f["page"]))
        head.setLayout(above)
        size = f["values"].sizePolicy()
        size.setVerticalPolicy(size.Policy.Expanding)
        f["values"].setSizePolicy(size)
        page = self.layout()
        assert page is not None
        self.form.hide()
        around = QWidget()
        layout = column(2 * GRID)
        layout.addWidget(head)
        layout.addWidget(f["values"], 1)
        layout.addWidget(
            label(
                t.text(
                    "Type digits; the arrows and Enter go on. Leave empty what the report does "
                    "not say: nothing is added up."
                ),
                "quiet",
                wrap=True,
            )
        )
        layout.addWidget(self.reasons)
        around.setLayout(layout)
        page.addWidget(around)

    def title(self) -> str:
        if self.of is None:
            return self.t.text("Stated figures of an earlier year")
        return f"{indicator_name(self.t, self.of[1])}, {self.of[0]}"

    def start(self) -> None:
        (self.grid if self.of else self.indicator).setFocus()

    def reload(self) -> None:
        self.load(
            lambda job: (
                register_cards(job.session, job.actor).regions,
                stated_totals(job.session, job.actor),
            ),
            lambda found: self._put(*found),
        )

    def _put(self, regions: tuple[Region, ...], known: list[StatedTotal]) -> None:
        names = region_names(self.t, {one.key: one for one in regions})
        self._regions = list(names.items())
        mine = [one for one in known if (one.year, one.indicator) == self.of]
        if mine:
            self.source.setText(mine[0].source)
            self.page.setText(mine[0].page or "")
        if self._kept_cells is None and mine:
            self.grid.values.put_all(
                {(one.region, one.breakdown, one.key): one.value for one in mine}
            )
        self._lay_out()

    def _lay_out(self) -> None:
        if self._regions:
            self.grid.values.show_indicator(self._regions, self.indicator.value)

    def _note_typing(self) -> None:
        number = self.t.number(len(self.grid.values.cells))
        self.drafting.take_up([(self.t.text("Values"), number)])
        self.drafting.timer.start()

    def save(self) -> None:
        self.clear_findings()
        year = self.year.number()
        for name, given in (("year", year), ("source", self.source.text().strip())):
            if not given:
                self.required(self.fields[name])
                return
        assert year is not None
        values = [StatedValue(*place, value) for place, value in self.grid.values.cells.items()]
        if not values and self.of is None:
            self.required(self.fields["values"])
            return
        indicator = self.indicator.value
        source, page = self.source.text(), self.page.text().strip() or None
        self.submit(
            lambda job: save_stated_totals(
                job.session,
                job.actor,
                year=year,
                indicator=indicator,
                source=source,
                page=page,
                values=values,
            ),
            lambda number: self.leave(
                self.t.plural("{n} stated value is saved.", "{n} stated values are saved.", number)
            ),
        )

    def typed(self) -> Mapping[str, Any]:
        cells = tuple((*place, value) for place, value in self.grid.values.cells.items())
        return {**super().typed(), "cells": cells}

    def retype(self, values: Mapping[str, Any]) -> None:
        super().retype(values)
        self._kept_cells = tuple(values.get("cells") or ())
        self.grid.values.put_all({(r, b, k): value for r, b, k, value in self._kept_cells})
        self._lay_out()
