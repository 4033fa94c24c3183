"""The two lists of the inbox: packages that wait for a decision, and all packages received."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from pravo_desktop.usecases.decisions import decline_package
from pravo_desktop.usecases.received import ReceivedLine, WaitingLine
from ui.models.inbox import (
    COL_R_CENTRE,
    COL_R_DAY,
    COL_R_KIND,
    COL_R_MONTH,
    COL_R_NUMBER,
    COL_R_RECORDS,
    COL_R_SIGNER,
    COL_R_STATUS,
    COL_R_TIME,
    COL_W_CENTRE,
    COL_W_CHANGED,
    COL_W_MONTH,
    COL_W_NEW,
    COL_W_NUMBER,
    COL_W_SIGNER,
    COL_W_UNCHANGED,
    COL_W_WHAT,
    COL_W_WITHDRAWN,
    package_name,
    received_model,
    waiting_model,
)
from ui.page import Desk
from ui.pages.effect import EffectPage
from ui.pages.fork import ForkPage
from ui.reason import ask_reason
from ui.tables import ListView
from ui.theme import GRID, ROW_HEIGHT
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.widgets.layouts import column, row

_UNDOABLE = frozenset({"accepted", "held", "superseded"})


class WaitingPanel(QWidget):
    """Packages to decide about: look at what they would change, accept or decline."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.t = desk, desk.t
        t, theme = self.t, desk.theme
        self.model = waiting_model(t, theme)
        self.table = ListView(
            theme,
            self.model,
            name="waiting",
            spoken=t.text("Packages to decide about"),
            widths={
                COL_W_CENTRE: 100,
                COL_W_MONTH: 176,
                COL_W_NUMBER: 48,
                COL_W_NEW: 56,
                COL_W_CHANGED: 80,
                COL_W_UNCHANGED: 96,
                COL_W_WITHDRAWN: 80,
                COL_W_SIGNER: 200,
            },
            stretched=COL_W_WHAT,
            at_most=8,
            personal=(),
        )
        self.table.activated.connect(lambda _: self.show_effect())
        self.effect_button = button(t.text("&Preview and accept…"), name="effect")
        self.effect_button.clicked.connect(self.show_effect)
        self.all_button = button(t.text("All &together…"), name="effect_of_all")
        self.all_button.clicked.connect(
            lambda: self._open_effect([line.package_id for line in self.rows])
        )
        self.decline_button = button(t.text("Do &not accept…"), name="decline")
        self.decline_button.clicked.connect(self.ask_decline)
        head = row(GRID)
        head.addWidget(label(t.text("To decide"), "section"), 1)
        head.addWidget(self.decline_button)
        head.addWidget(self.all_button)
        head.addWidget(self.effect_button)
        inside = column(GRID)
        inside.addLayout(head)
        inside.addWidget(self.table)
        self.setLayout(inside)

    @property
    def rows(self) -> list[WaitingLine]:
        """The packages that wait."""
        return self.model.rows

    def show_rows(self, rows: Sequence[WaitingLine]) -> None:
        """Show these, the chosen place kept."""
        at = self.table.chosen or 0
        self.model.set_rows(rows)
        self.table.choose(min(at, len(rows) - 1))

    def show_effect(self) -> None:
        """Show what accepting the chosen packages, all of them together, would do."""
        self._open_effect([self.rows[position].package_id for position in self.table.chosen_rows])

    def _open_effect(self, package_ids: Sequence[int]) -> None:
        if package_ids:
            self.desk.navigator.open(EffectPage, decision="accept", package_ids=tuple(package_ids))

    def ask_decline(self) -> None:
        """Do not accept the chosen package, once a reason is given."""
        position = self.table.chosen
        if position is None:
            return
        line, t = self.rows[position], self.t
        name = package_name(t, line.centre, line.month, line.station_letter, line.sequence)

        def decline(reason: str) -> None:
            self.desk.runner.write(
                self,
                lambda job: decline_package(
                    job.session, job.actor, package_id=line.package_id, reason=reason
                ),
                lambda _: self.desk.navigator.say(t.text("Not accepted: {package}.", package=name)),
            )

        ask_reason(
            self,
            self.desk,
            question=t.text("Not accept the package: {package}?", package=name),
            explained=t.text(
                "Nothing of it counts. The file stays in the archive and can come again."
            ),
            verb=t.text("Do not accept"),
            run=decline,
            about=f"decline {line.package_id}",
        )


class ReceivedPanel(QWidget):
    """All packages ever received; one can be undone, a fork can be decided."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.t = desk, desk.t
        t, theme = self.t, desk.theme
        self.model = received_model(t, theme)
        self.table = ListView(
            theme,
            self.model,
            name="received",
            spoken=t.text("Packages received"),
            widths={
                COL_R_CENTRE: 100,
                COL_R_MONTH: 176,
                COL_R_NUMBER: 48,
                COL_R_KIND: 112,
                COL_R_RECORDS: 72,
                COL_R_DAY: 96,
                COL_R_TIME: 120,
                COL_R_SIGNER: 200,
            },
            stretched=COL_R_STATUS,
            least=128,
            personal=(),
        )
        self.table.selectionModel().currentRowChanged.connect(self.settle)
        self.table.setMinimumHeight(theme.px(5 * ROW_HEIGHT))
        self.undo_button = button(t.text("&Undo this package…"), name="undo")
        self.undo_button.clicked.connect(self.show_undo)
        self.fork_button = button(t.text("&Compare and choose…"), name="fork")
        self.fork_button.clicked.connect(self.show_fork)
        head = row(GRID)
        head.addWidget(label(t.text("Packages received"), "section"), 1)
        head.addWidget(self.fork_button)
        head.addWidget(self.undo_button)
        everything = column(GRID)
        everything.addLayout(head)
        everything.addWidget(self.table, 1)
        self.setLayout(everything)
        self.settle()

    @property
    def rows(self) -> list[ReceivedLine]:
        """The packages received."""
        return self.model.rows

    @property
    def chosen(self) -> ReceivedLine | None:
        """The chosen package."""
        position = self.table.chosen
        return None if position is None else self.rows[position]

    def show_rows(self, rows: Sequence[ReceivedLine]) -> None:
        """Show these, the latest first, the same package chosen as before."""
        kept = self.chosen
        lines = sorted(rows, key=lambda line: (line.received_on, line.package_id), reverse=True)
        self.model.set_rows(lines)
        ids = [line.package_id for line in lines]
        self.table.choose(ids.index(kept.package_id) if kept and kept.package_id in ids else 0)
        self.settle()

    def settle(self) -> None:
        """Offer what can be done with the chosen package."""
        chosen = self.chosen
        self.undo_button.setEnabled(chosen is not None and chosen.status in _UNDOABLE)
        self.fork_button.setVisible(chosen is not None and chosen.status == "held")

    def show_undo(self) -> None:
        """Show what taking the chosen package back would do."""
        if (chosen := self.chosen) is not None:
            self.desk.navigator.open(EffectPage, decision="undo", package_ids=(chosen.package_id,))

    def show_fork(self) -> None:
        """Show the packages with the number of the chosen one side by side."""
        if (chosen := self.chosen) is not None:
            self.desk.navigator.open(ForkPage, package_id=chosen.package_id)
