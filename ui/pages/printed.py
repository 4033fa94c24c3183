"""Printed materials with what was made, handed out and is left, and the hand-outs."""

from __future__ import annotations

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QStackedWidget, QWidget

from pravo_desktop.i18n import N_
from pravo_desktop.usecases.actor import EVERYBODY
from pravo_desktop.usecases.event_queries import (
    HandOutLine,
    MaterialLine,
    hand_out_lines,
    material_lines,
)
from ui.models.media import (
    COL_COPIES,
    COL_EVENT,
    COL_HANDED,
    COL_HANDED_MATERIAL,
    COL_HANDED_ON,
    COL_HANDED_PLACE,
    COL_LANGUAGE,
    COL_MADE,
    COL_MATERIAL,
    COL_ORDERED,
    COL_REST,
    hand_outs_model,
    materials_model,
)
from ui.page import Desk, Page, Primary
from ui.removals import on_delete, remove_from_list
from ui.tables import ListView
from ui.theme import GRID, ROW_HEIGHT
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, label
from ui.widgets.layouts import column, row

MATERIALS_SHOWN = 6
"""Materials in sight before their list scrolls."""


class PrintedPage(Page):
    """Two lists; Enter changes, Delete removes, Ctrl+N hands out copies of the chosen material."""

    key = "printed"
    name = N_("Booklets")
    icon = "booklet"
    shortcut = "Ctrl+H"
    roles = EVERYBODY
    reloads_on = frozenset({"printed_materials", "hand_outs", "events"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t, theme = self.t, desk.theme
        grey = QColor(theme.colours.quiet)
        self.materials, self.hand_outs = materials_model(t, grey), hand_outs_model(t, grey)
        self.table = ListView(
            theme,
            self.materials,
            name="materials",
            spoken=t.text("Printed materials"),
            widths={
                COL_LANGUAGE: 152,
                COL_ORDERED: 104,
                COL_MADE: 88,
                COL_HANDED: 88,
                COL_REST: 88,
            },
            stretched=COL_MATERIAL,
            at_most=MATERIALS_SHOWN,
            personal=(),
        )
        self.hand_out_table = ListView(
            theme,
            self.hand_outs,
            name="hand_outs",
            spoken=t.text("Hand-outs"),
            widths={COL_HANDED_ON: 104, COL_COPIES: 104, COL_HANDED_PLACE: 176, COL_EVENT: 304},
            stretched=COL_HANDED_MATERIAL,
            wrapped=(COL_HANDED_MATERIAL, COL_HANDED_PLACE, COL_EVENT),
            personal=(),
        )
        self.hand_out_table.setMinimumHeight(theme.px(5 * ROW_HEIGHT))
        self.table.activated.connect(lambda _: self.change_material())
        self.hand_out_table.activated.connect(lambda _: self.change_hand_out())
        on_delete(self.table, t.text("Remo&ve…"), self.remove_material)
        on_delete(self.hand_out_table, t.text("Remo&ve…"), self.remove_hand_out)
        new_material = button(t.text("New &material…"), name="new_material")
        new_material.clicked.connect(self.add_material)
        self._none_handed = label(t.text("Nothing has been handed out yet."), "grey")
        self.nothing = EmptyState(
            theme,
            "booklet",
            t.text("Booklets and memos are listed here, with the copies made and handed out."),
            t.text("New printed material"),
        )
        self.nothing.pressed.connect(self.add_material)
        head = row(GRID)
        head.addWidget(new_material)
        head.addStretch(1)
        lists = column(GRID)
        lists.addWidget(self.table)
        lists.addLayout(head)
        lists.addSpacing(GRID)
        lists.addWidget(label(t.text("Hand-outs"), "section"))
        lists.addWidget(self._none_handed)
        lists.addWidget(self.hand_out_table, 1)
        lists.addStretch(0)
        listed = QWidget()
        listed.setLayout(lists)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(listed)
        layout = column(0)
        layout.addWidget(self._stack)
        self.setLayout(layout)

    def title(self) -> str:
        return self.t.text("Printed materials and hand-outs")

    def primary(self) -> Primary:
        if self.materials.rows:
            return Primary(self.t.text("New hand-out"), self.hand_out, "Ctrl+N")
        return Primary(self.t.text("New printed material"), self.add_material, "Ctrl+N")

    def start(self) -> None:
        (self.table if self.materials.rows else self.nothing.button).setFocus()

    def reload(self) -> None:
        self.desk.runner.read(
            self,
            lambda job: (
                material_lines(job.session, job.actor),
                hand_out_lines(job.session, job.actor),
            ),
            lambda found: self._show(*found),
        )

    def _show(self, materials: list[MaterialLine], hand_outs: list[HandOutLine]) -> None:
        chosen = self.chosen
        self.materials.set_rows(materials)
        self.hand_outs.set_rows(hand_outs)
        ids = [line.material.id for line in materials]
        self.table.choose(
            ids.index(chosen.material.id) if chosen and chosen.material.id in ids else 0
        )
        self.hand_out_table.choose(0)
        self._none_handed.setVisible(not hand_outs)
        self.hand_out_table.setVisible(bool(hand_outs))
        self._stack.setCurrentIndex(1 if materials else 0)
        self.retitled.emit()
        if self.isVisible():
            self.start()

    @property
    def chosen(self) -> MaterialLine | None:
        """The material chosen in the list."""
        position = self.table.chosen
        return None if position is None else self.materials.rows[position]

    @property
    def chosen_hand_out(self) -> HandOutLine | None:
        """The hand-out chosen in the list."""
        position = self.hand_out_table.chosen
        return None if position is None else self.hand_outs.rows[position]

    def add_material(self) -> None:
        """Open the form of a new material."""
        from ui.forms.printed_forms import MaterialForm

        self.desk.navigator.open(MaterialForm)

    def hand_out(self) -> None:
        """Open the form of a new hand-out of the chosen material."""
        from ui.forms.printed_forms import HandOutForm

        if (line := self.chosen) is not None:
            self.desk.navigator.open(HandOutForm, material_id=line.material.id)

    def change_material(self) -> Page:
        """Open the form of the chosen material."""
        from ui.forms.printed_forms import MaterialForm

        line = self.chosen
        assert line is not None
        return self.desk.navigator.open(MaterialForm, material_id=line.material.id)

    def change_hand_out(self) -> Page:
        """Open the form of the chosen hand-out."""
        from ui.forms.printed_forms import HandOutForm

        line = self.chosen_hand_out
        assert line is not None
        return self.desk.navigator.open(HandOutForm, hand_out_id=line.hand_out.id)

    def remove_material(self) -> None:
        """Ask, then remove the chosen material."""
        if (line := self.chosen) is not None:
            remove_from_list(self, "printed_materials", line.material.id, self.change_material)

    def remove_hand_out(self) -> None:
        """Ask, then remove the chosen hand-out."""
        if (line := self.chosen_hand_out) is not None:
            remove_from_list(self, "hand_outs", line.hand_out.id, self.change_hand_out)
