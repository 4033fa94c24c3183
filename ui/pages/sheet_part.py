"""At the door: a forgotten password, and the recovery sheet that opens the data instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from pravo_desktop.bootstrap import open_with_sheet
from pravo_desktop.messages import message
from ui.folders import choose_sheet_file
from ui.pages.door import Door
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.labels import Note, label
from ui.widgets.layouts import column


class SheetPart(QWidget):
    """Asks for the code of the recovery sheet and a new password for the chosen user.

    Args:
        user: gives the login name chosen above.
    """

    def __init__(self, door: Door, user: Callable[[], str]) -> None:
        super().__init__()
        t, theme = door.t, door.theme
        self.door, self.t, self._user = door, t, user
        self.code, self.new, self.again = QLineEdit(), QLineEdit(), QLineEdit()
        for one in (self.new, self.again):
            one.setEchoMode(QLineEdit.EchoMode.Password)
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("&Code on the recovery sheet"), "sheet_code", self.code),
                Field(theme, t.text("&New password"), "new_password", self.new),
                Field(theme, t.text("New password once &more"), "new_again", self.again),
            )
        }
        self.failure = Note(theme)
        self.open_button = button(t.text("&Open with the sheet…"), name="open_with_sheet")
        self.open_button.clicked.connect(self.choose_next)
        self.again.returnPressed.connect(self.choose_next)
        layout = column(2 * GRID)
        layout.addWidget(label(t.text("Recovery sheet"), "section"))
        layout.addWidget(
            label(
                t.text(
                    "For the head of the centre. The sheet works once: the program writes the "
                    "next one into a file to be printed."
                ),
                "grey",
                wrap=True,
            )
        )
        for field in self.fields.values():
            layout.addWidget(field)
        layout.addWidget(self.failure)
        layout.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.setLayout(layout)

    def choose_next(self) -> None:
        """Check what is typed and ask where the next sheet goes."""
        for field in self.fields.values():
            field.clear_finding()
        self.failure.show_text("")
        for name, typed in (("sheet_code", self.code), ("new_password", self.new)):
            if not typed.text().strip():
                self._point_at(name, message(self.t, "field_required"))
                return
        if self.new.text() != self.again.text():
            self._point_at(
                "new_again", self.t.text("The two passwords differ. Type them once more.")
            )
            return
        choose_sheet_file(self, self.t, "pravo-recovery.txt", self.open_with)

    def open_with(self, next_sheet: Path) -> None:
        """Open the data folder; the next sheet is written into a file."""
        self.setEnabled(False)
        folder, user = self.door.folder, self._user()
        code, new = self.code.text(), self.new.text()
        self.door.runner.prepare(
            self,
            lambda: open_with_sheet(
                folder, code=code, user=user, new_password=new, next_sheet=next_sheet
            ),
            self.door.enter,
            self._refused,
        )

    def _refused(self, error: Exception) -> None:
        self.setEnabled(True)
        code, text = self.door.refusal(error)
        if code.startswith("recovery_code"):
            self._point_at("sheet_code", text)
        elif code.startswith("password_"):
            self._point_at("new_password", text)
        else:
            self.failure.show_text(text)

    def _point_at(self, name: str, text: str) -> None:
        field = self.fields[name]
        field.show_finding(text)
        field.control.setFocus()
