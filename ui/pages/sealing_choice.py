"""The form in which a package is written: sealed for headquarters, or as Excel opens it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pravo_desktop.usecases.packages import ExportedPackage, sealed_name
from pravo_desktop.usecases.sealing_keys import can_seal
from ui.page import Desk
from ui.settings import remember_choices, remembered_choices
from ui.theme import GRID
from ui.widgets.choices import Choice
from ui.widgets.fields import Field
from ui.widgets.layouts import column

_SEALED, _PLAIN = "sealed", "plain"
_REMEMBERED = "packages"
_WIDTH = 440


class SealingChoice(QWidget):
    """Hidden until packages can be sealed; what is chosen is remembered."""

    found = Signal()
    """It is known whether packages can be sealed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, t = desk, desk.t
        self._data = desk.runner.workplace.folder
        self.possible = False
        self.choice = Choice(
            [
                (_SEALED, t.text("Sealed for headquarters (recommended)")),
                (_PLAIN, t.text("Plain .xlsx that Excel opens")),
            ]
        )
        self.choice.choose(remembered_choices(self._data, _REMEMBERED).get("form") or _SEALED)
        self.choice.currentIndexChanged.connect(self._remember)
        self.choice.setMaximumWidth(desk.theme.px(_WIDTH))
        field = Field(desk.theme, t.text("&Form of the package"), "form", self.choice)
        layout = column(GRID)
        layout.addWidget(field)
        self.setLayout(layout)
        self.hide()

    def reload(self) -> None:
        """Look whether a receipt brought a certificate to seal to."""
        self.desk.runner.read(self, lambda job: can_seal(job.session, job.actor), self._show)

    def _show(self, possible: bool) -> None:
        self.possible = possible
        self.setVisible(possible)
        self.found.emit()

    def _remember(self) -> None:
        remember_choices(self._data, _REMEMBERED, {"form": self.choice.value})

    def path_in(self, folder: Path, package: ExportedPackage) -> Path:
        """Where a package is written; its suffix says in which form."""
        sealed = self.possible and self.choice.value == _SEALED
        return folder / (sealed_name(package.file_name) if sealed else package.file_name)
