"""The fifth step: the recovery sheet is put on paper, and one group typed back from it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QTextDocument
from PySide6.QtWidgets import QDialog, QLineEdit

from pravo_desktop.bootstrap import new_code
from pravo_desktop.errors import KnownError
from pravo_desktop.messages import translate_error
from pravo_desktop.sheets import check_target
from pravo_desktop.usecases.file_writing import write_file
from ui.folders import choose_sheet_file
from ui.pages.door import Door
from ui.pages.first_start.step import Step
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.labels import Note, label
from ui.widgets.layouts import row

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


class SheetStep(Step):
    """The code is on the screen only while it is copied by hand.

    Args:
        text: the whole sheet for a code.
    """

    def __init__(self, door: Door, text: Callable[[str], str]) -> None:
        t = door.t
        super().__init__(
            door,
            t.text("The recovery sheet"),
            t.text(
                "If all passwords are forgotten, this sheet alone opens the data. Print it, or "
                "save it on a USB stick, or copy it by hand; keep it in a safe, away from the "
                "computer."
            ),
        )
        self._text = text
        self.code = ""
        self.asked = 0
        self.done = Note(self.theme, "success")
        self.print_button = button(t.text("&Print…"), name="print_sheet")
        self.save_button = button(t.text("&Save as a file…"), name="save_sheet")
        self.show_button = button(t.text("&Copy by hand"), name="show_code")
        self.print_button.clicked.connect(self.choose_printer)
        self.save_button.clicked.connect(self.choose_file)
        self.show_button.clicked.connect(self.show_code)
        buttons = row(GRID)
        for one in (self.print_button, self.save_button, self.show_button):
            buttons.addWidget(one)
        buttons.addStretch(1)
        self.shown = label("", "code", wrap=True)
        self.shown.setObjectName("code")
        self.shown.hide()
        self.parts.addLayout(buttons)
        self.parts.addWidget(self.shown)
        self.parts.addWidget(self.done)
        self.parts.addWidget(self.failure)
        self.group = QLineEdit()
        self.group.setMaxLength(12)
        self.group.textEdited.connect(lambda _: self.shown.hide())
        self.group_field = self.add_field(
            t.text("&Group"),
            "group",
            self.group,
            t.text("Type it from the sheet, so that it is certain that the sheet can be read."),
        )

    def prepare(self, code: str = "", asked: int = 0) -> None:
        """Make the code, once; or take back the one that was made before."""
        self.code = code or self.code or new_code()
        parts = self.code.split("-")
        self.asked = asked or self.asked or secrets.randbelow(len(parts) - 1) + 2
        said = self.t.text("&Group number {number} of the code", number=self.asked)
        self.group_field.words.setText(said)
        self.group.setAccessibleName(said.replace("&", ""))

    def start(self) -> None:
        self.print_button.setFocus()

    def show_code(self) -> None:
        """Show the code until its group is typed."""
        parts = self.code.split("-")
        half = len(parts) // 2
        self.shown.setText(f"{'-'.join(parts[:half])}-\n{'-'.join(parts[half:])}")
        self.shown.show()
        self.group.setFocus()

    def choose_file(self) -> None:
        """Ask for the file of the sheet."""
        choose_sheet_file(self, self.t, self.t.text("recovery-sheet.txt"), self.save)

    def save(self, target: Path) -> None:
        """Write the sheet outside the data folder."""
        self.clear_findings()
        try:
            check_target(target, self.door.folder.resolve())
            write_file(target, self._text(self.code).encode())
        except KnownError as error:
            self.failure.show_text(translate_error(self.t, error))
            return
        self.done.show_text(
            self.t.text(
                "The sheet is in {file}. Print it there, then delete the file.", file=str(target)
            ),
            "success",
        )
        self.group.setFocus()

    def choose_printer(self) -> None:
        """Ask for the printer."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter()
        dialog = QPrintDialog(printer, self)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, False)
        dialog.accepted.connect(lambda: self.print_on(printer))
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)

    def print_on(self, printer: QPrinter) -> None:
        """Print the sheet; nothing of it is put anywhere in between."""
        page = QTextDocument()
        page.setDefaultFont(QFont(self.font().family(), 12))
        page.setPlainText(self._text(self.code))
        page.print_(printer)
        self.done.show_text(self.t.text("The sheet is sent to the printer."), "success")
        self.group.setFocus()

    def check(self) -> bool:
        self.clear_findings()
        if not self.filled("group"):
            return False
        typed = self.group.text().strip().strip("-").upper()
        if typed != self.code.split("-")[self.asked - 1].upper():
            self.point_at(
                "group",
                self.t.text("On the sheet this group reads otherwise. Look at it once more."),
            )
            return False
        self.shown.hide()
        return True
