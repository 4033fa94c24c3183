"""The rows of one package at headquarters: open the record, or ask the centre about it."""

from __future__ import annotations

from PySide6.QtGui import QColor

from pravo_desktop.i18n import N_, Translator
from pravo_desktop.usecases.actor import COORDINATOR
from pravo_desktop.usecases.package_rows import PackageRow, package_rows
from ui.models.receipts import code_in_halves
from ui.models.rows import Column, RowsModel
from ui.page import Desk, Page, Primary
from ui.pages.figure_records import RecordVersionsPage
from ui.pages.fork import record_name
from ui.tables import ListView
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.widgets.layouts import column, row

COL_TABLE, COL_CODE, COL_ROW, COL_WHAT = range(4)


def package_rows_model(t: Translator, grey: QColor) -> RowsModel[PackageRow]:
    """An empty table of the rows of a package."""

    def what(one: PackageRow) -> str:
        if one.deleted:
            return t.text("taken back")
        return t.text("counted") if one.counts else t.text("a later version is counted")

    columns: tuple[Column[PackageRow], ...] = (
        Column(t.text("Records"), lambda one: record_name(t, one.table)),
        Column(t.text("Row code"), lambda one: code_in_halves(one.code)),
        Column(
            t.text("Row"),
            lambda one: t.number(one.row),
            lambda one: (one.table, one.row),
            number=True,
            quiet=True,
        ),
        Column(t.text("What it is"), what, quiet=True),
    )
    return RowsModel(columns, grey)


class PackageRowsPage(Page):
    """Every row of a package by table; Enter opens the record's versions.

    Args:
        package_id: number of the package at headquarters.
        named: how the package is called.
    """

    name = N_("Rows of the package")
    roles = COORDINATOR
    reloads_on = frozenset({"merged_rows"})

    def __init__(self, desk: Desk, package_id: int, named: str) -> None:
        super().__init__(desk, package_id=package_id, named=named)
        t = self.t
        self.package_id = package_id
        self.model = package_rows_model(t, QColor(desk.theme.colours.quiet))
        self.table = ListView(
            desk.theme,
            self.model,
            name="package_rows",
            spoken=t.text("Rows of the package"),
            widths={COL_TABLE: 240, COL_CODE: 112, COL_ROW: 64},
            stretched=COL_WHAT,
            personal=(),
        )
        self.table.activated.connect(lambda _: self.open_record())
        self.ask_button = button(t.text("&Ask the centre about this row…"), name="ask_about_row")
        self.ask_button.clicked.connect(self.ask_centre)
        head = row(GRID)
        head.addWidget(label(named, "section", wrap=True), 1)
        head.addWidget(self.ask_button)
        layout = column(GRID)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        self.setLayout(layout)

    def primary(self) -> Primary | None:
        return Primary(self.t.text("Open the record"), self.open_record) if self.chosen else None

    def start(self) -> None:
        self.table.setFocus()

    def reload(self) -> None:
        self.desk.runner.read(
            self,
            lambda job: package_rows(job.session, job.actor, package_id=self.package_id),
            self._show,
        )

    def _show(self, rows: list[PackageRow]) -> None:
        kept = self.table.chosen or 0
        self.model.set_rows(rows)
        self.table.choose(min(kept, len(rows) - 1))
        self.retitled.emit()

    @property
    def chosen(self) -> PackageRow | None:
        """The chosen row."""
        position = self.table.chosen
        return None if position is None else self.model.rows[position]

    def open_record(self) -> None:
        """Open the versions of the chosen record."""
        if (one := self.chosen) is not None:
            self.desk.navigator.open(
                RecordVersionsPage, table=one.table, centre=one.centre, record_id=one.record_id
            )

    def ask_centre(self) -> None:
        """Go to the receipt of the centre with the chosen row's code typed."""
        if (one := self.chosen) is not None:
            self.desk.navigator.go("receipts", centre=one.centre, code=one.code)
