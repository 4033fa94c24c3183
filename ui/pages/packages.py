"""The packages made here: each can be written again, a month can be amended."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QStackedWidget, QWidget

from pravo_desktop.domain.periods import Month
from pravo_desktop.i18n import N_
from pravo_desktop.usecases.actor import LEAD, RESPONSIBLE
from pravo_desktop.usecases.packages import ExportedPackage, exported_packages
from pravo_desktop.usecases.received_receipts import PackageStatus, package_statuses
from ui.ask import ask
from ui.models.packages import (
    COL_FILE,
    COL_HASH,
    COL_KIND,
    COL_MADE,
    COL_MONTH,
    COL_NUMBER,
    COL_ROWS,
    COL_SAID,
    packages_model,
)
from ui.models.receipts import status_words
from ui.page import Desk, Page, Primary
from ui.pages.export_panel import ExportPanel
from ui.runner import Job
from ui.tables import ListView
from ui.theme import GRID
from ui.turning import Turning
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, label
from ui.widgets.layouts import column


class PackagesPage(Page):
    """List, write again, amend."""

    key = "packages"
    name = N_("Packages")
    icon = "package"
    shortcut = "Ctrl+5"
    roles = RESPONSIBLE
    reloads_on = frozenset({"packages", "received_receipts"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t, theme = self.t, desk.theme
        self._said: Mapping[str, PackageStatus] = {}
        self.model = packages_model(t, QColor(theme.colours.quiet), self._said_of)
        self.table = ListView(
            theme,
            self.model,
            name="packages",
            spoken=t.text("Packages made here"),
            widths={
                COL_MONTH: 184,
                COL_NUMBER: 40,
                COL_KIND: 96,
                COL_ROWS: 72,
                COL_MADE: 136,
                COL_SAID: 200,
                COL_HASH: 128,
            },
            stretched=COL_FILE,
            wrapped=(COL_SAID,),
            personal=(),
        )
        self.amend_button = button(t.text("&Amendment of this month…"), name="amend")
        self.amend_button.clicked.connect(self.ask_amend)
        self.receipt_button = button(t.text("&Receipt of headquarters…"), name="receipt")
        self.receipt_button.clicked.connect(lambda: desk.navigator.go("import_receipt"))
        if not desk.actor.roles & LEAD:
            self.receipt_button.hide()
        self.export = ExportPanel(desk)
        self.export.begun.connect(self.retitled)
        self.export.finished.connect(self.retitled)
        self.nothing = EmptyState(
            theme,
            "package",
            t.text(
                "Packages for headquarters are listed here. A package is made after its month "
                "is closed."
            ),
            t.text("Close the month"),
        )
        self.nothing.pressed.connect(lambda: desk.navigator.go("close_month"))
        listed = QWidget()
        below = Turning(GRID)
        below.addWidget(self.amend_button)
        below.addWidget(
            label(
                t.text("An amendment carries what changed after the package was made."),
                "quiet",
                wrap=True,
            ),
            1,
        )
        below.addWidget(self.receipt_button)
        layout = column(GRID)
        layout.addWidget(self.export)
        layout.addWidget(self.table, 1)
        layout.addLayout(below)
        listed.setLayout(layout)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(listed)
        page = column(0)
        page.addWidget(self._stack)
        self.setLayout(page)

    def primary(self) -> Primary | None:
        if not self.model.rows or self.export.busy:
            return None
        return Primary(self.t.text("Write again…"), self.write_again, "Ctrl+S")

    def start(self) -> None:
        (self.table if self.model.rows else self.nothing.button).setFocus()

    def reload(self) -> None:
        self.export.reload()

        def read(job: Job) -> tuple[list[ExportedPackage], dict[str, PackageStatus]]:
            made = exported_packages(job.session, job.actor)
            lead = bool(job.actor.roles & LEAD)
            return made, package_statuses(job.session, job.actor) if lead else {}

        self.desk.runner.read(self, read, lambda found: self._show(*found))

    def _said_of(self, package: ExportedPackage) -> str:
        said = self._said.get(package.sha256)
        return status_words(self.t, said) if said else ""

    def _show(self, packages: list[ExportedPackage], said: Mapping[str, PackageStatus]) -> None:
        self._said = said
        newest_first = packages[::-1]
        fresh = len(packages) != len(self.model.rows)
        chosen = self.table.chosen
        self.model.set_rows(newest_first)
        self._stack.setCurrentIndex(1 if packages else 0)
        self.table.choose(0 if fresh or chosen is None else chosen)
        self.retitled.emit()
        if self.isVisible():
            self.start()

    @property
    def chosen(self) -> ExportedPackage | None:
        """The package chosen in the list."""
        position = self.table.chosen
        return None if position is None else self.model.rows[position]

    def write_again(self) -> None:
        """Write the chosen package to a folder, byte for byte as it was made."""
        if (package := self.chosen) is not None:
            self.export.write_again(package)

    def ask_amend(self) -> None:
        """Make a further package of the chosen one's month."""
        package = self.chosen
        if package is None:
            return
        t, month = self.t, package.month
        ask(
            self,
            t,
            question=t.text("Make an amendment of {month}?", month=t.month(Month.parse(month))),
            explained=t.text(
                "It gets a number of its own and is sent like the first package. Headquarters "
                "accepts both."
            ),
            verb=t.text("Make an amendment"),
            run=lambda: self.export.make(month, amendment=True),
        )
