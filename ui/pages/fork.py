"""Packages with one number side by side: what differs, and the choice of one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from itertools import pairwise

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from pravo_desktop.domain.versions import row_code
from pravo_desktop.i18n import N_, Translator
from pravo_desktop.usecases.previews import Comparison, compare_packages
from pravo_desktop.usecases.received import ReceivedLine, received_packages
from ui.models.inbox import package_name, signed_by
from ui.models.receipts import code_in_halves
from ui.models.record_fields import RECORDS, field_names
from ui.models.rows import Column, RowsModel
from ui.page import Desk, Page
from ui.pages.effect import EffectPage
from ui.pages.own_changes import TABLES
from ui.runner import Job
from ui.tables import ListView
from ui.theme import GRID, ROW_HEIGHT, Theme
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.widgets.layouts import column, row

COL_TABLE, COL_CODE, COL_LEFT, COL_RIGHT, COL_OTHER, COL_FIELDS = range(6)
_NAMES = {**TABLES, **RECORDS}
Row = tuple[str, str, str, str, str, str]


def record_name(t: Translator, table: str) -> str:
    """What the records of a table are called."""
    return t.text(_NAMES.get(table, table))


def fork_model(t: Translator, theme: Theme) -> RowsModel[Row]:
    """An empty table of the records in which the first package and another differ."""
    heads = (
        t.text("Records"),
        t.text("Row code"),
        t.text("Row in the first"),
        t.text("Row in the other"),
        t.text("The other"),
        t.text("What differs"),
    )

    def cell(at: int) -> Callable[[Row], str]:
        return lambda row: row[at]

    columns = [Column(head, cell(at), quiet=at > 0) for at, head in enumerate(heads)]
    return RowsModel(columns, QColor(theme.colours.quiet))


class ForkPage(Page):
    """Neither package counts until a person chooses one.

    Args:
        package_id: one of those that are held.
    """

    name = N_("Packages with one number")
    reloads_on = frozenset({"journal_entries"})

    def __init__(self, desk: Desk, package_id: int) -> None:
        super().__init__(desk, package_id=package_id)
        t = self.t
        self.package_id = package_id
        self.held: tuple[ReceivedLine, ...] = ()
        self.head = label("", "section", wrap=True)
        self._cards = row(2 * GRID)
        self.buttons: list[QPushButton] = []
        self.rows = fork_model(t, desk.theme)
        self.table = ListView(
            desk.theme,
            self.rows,
            name="differences",
            spoken=t.text("Records that differ"),
            widths={
                COL_TABLE: 168,
                COL_CODE: 112,
                COL_LEFT: 104,
                COL_RIGHT: 120,
                COL_OTHER: 112,
            },
            stretched=COL_FIELDS,
            personal=(),
        )
        self.table.setMinimumHeight(desk.theme.px(6 * ROW_HEIGHT))
        self.count = label("", "section", wrap=True)
        layout = column(GRID)
        layout.addWidget(self.head)
        layout.addWidget(
            label(
                t.text(
                    "The centre made them under one number, as happens after a copied data "
                    "folder. None of them counts now. Call the centre and ask which is right."
                ),
                "grey",
                wrap=True,
            )
        )
        cards = QWidget()
        cards.setLayout(self._cards)
        layout.addWidget(cards)
        layout.addWidget(self.count)
        layout.addWidget(self.table, 1)
        self.setLayout(layout)

    def start(self) -> None:
        (self.buttons[0] if self.buttons else self.table).setFocus()

    def reload(self) -> None:
        self.desk.runner.read(self, self._look, lambda found: self._show(*found))

    def _look(self, job: Job) -> tuple[list[ReceivedLine], list[Comparison]]:
        lines = received_packages(job.session, job.actor)
        held = [line for line in lines if line.status == "held"]
        own = next((line for line in held if line.package_id == self.package_id), None)
        if own is None:
            return [], []
        number = (own.centre, own.station, own.epoch, own.sequence)
        same = [
            line
            for line in held
            if (line.centre, line.station, line.epoch, line.sequence) == number
        ]
        found = [
            compare_packages(
                job.session, job.actor, left=same[0].package_id, right=other.package_id
            )
            for other in same[1:]
        ]
        return same, found

    def _show(self, held: list[ReceivedLine], found: list[Comparison]) -> None:
        t = self.t
        self.held = tuple(held)
        if not held:
            self.desk.navigator.back()
            return
        one = held[0]
        self.head.setText(package_name(t, one.centre, one.month, one.station_letter, one.sequence))
        self._show_cards()
        self.count.setText(
            t.text(
                "Records that differ: {number}",
                number=t.number(sum(len(one.rows) for one in found)),
            )
        )
        self.rows.set_rows(
            [
                (
                    record_name(t, item.table),
                    code_in_halves(row_code(item.record_id)),
                    t.number(item.left_row) if item.left_row else "—",
                    t.number(item.right_row) if item.right_row else "—",
                    t.text("package {number}", number=position),
                    field_names(t, columns) or t.text("only in one of them"),
                )
                for position, other in enumerate(found, 2)
                for item, columns in other.rows
            ]
        )
        self.table.setColumnHidden(COL_OTHER, len(found) < 2)
        self.table.choose(0)

    def _show_cards(self) -> None:
        """A card for each package, with the button that chooses it."""
        while (item := self._cards.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        t = self.t
        self.buttons = []
        for position, line in enumerate(self.held):
            signed = datetime.fromisoformat(line.signed_at)
            text = "\n".join(
                (
                    t.text("Signed: {time}", time=t.moment(signed)),
                    t.text("Signer: {name}", name=signed_by(line.signer, line.fingerprint)),
                    t.text("Received: {day}", day=t.date(date.fromisoformat(line.received_on))),
                    t.text("Records: {number}", number=t.number(line.row_count)),
                    t.text("File: {file}", file=line.file_name),
                )
            )
            choose = button(
                t.text("Choose package &{number}…", number=position + 1),
                name=f"choose_{position}",
            )
            choose.clicked.connect(lambda _=False, at=position: self.choose(at))
            card = QFrame()
            card.setObjectName("card")
            inside = column(GRID, 2 * GRID)
            inside.addWidget(
                label(t.text("Package {number}", number=position + 1), "section", wrap=True)
            )
            inside.addWidget(label(text, "grey", wrap=True))
            inside.addWidget(label(f"SHA-256: {line.sha256[:16]}…", "quiet", wrap=True))
            inside.addWidget(choose)
            card.setLayout(inside)
            self._cards.addWidget(card, 1)
            self.buttons.append(choose)
        # Made after the list, they would be come to after it.
        for before, after in pairwise([*self.buttons, self.table]):
            QWidget.setTabOrder(before, after)

    def choose(self, position: int) -> None:
        """Show what choosing this one would do."""
        if self.held:
            self.desk.navigator.open(
                EffectPage, decision="choose", package_ids=(self.held[position].package_id,)
            )
