"""What stands before a data folder that may not be opened now: why, and trying again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from pravo_desktop.errors import KnownError
from pravo_desktop.messages import translate_error
from pravo_desktop.usecases.own_rows import RETURNED
from ui.pages.door import Door, DoorPage
from ui.widgets.buttons import button
from ui.widgets.labels import Note, label


class RefusedPage(DoorPage):
    """The reason in words and one button.

    Args:
        file: with which the program was started; while another copy has the data, that one is
            where it is opened.
    """

    def __init__(
        self,
        door: Door,
        error: KnownError,
        again: Callable[[], None],
        file: Path | None = None,
    ) -> None:
        super().__init__(door, door.t.text("The data cannot be opened now"))
        self.reason = Note(self.theme)
        self.reason.show_text(translate_error(self.t, error))
        self.again_button = button(self.t.text("Try a&gain"), "primary", name="again")
        self.again_button.clicked.connect(again)
        self.form.fields.addWidget(self.reason)
        if file is not None and error.code == "folder_in_use":
            told = self.t.text(
                "The program is open already. Take the rows in {file} back there, in the settings.",
                file=file.name,
            )
            if file.suffix != RETURNED:
                told = self.t.text(
                    "The program is open already. Choose the file {file} there: at headquarters "
                    "in the inbox, at a centre under Receipt of headquarters.",
                    file=file.name,
                )
            self.told = label(told, wrap=True)
            self.form.fields.addWidget(self.told)
        self.form.fields.addWidget(self.again_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.form.fields.addStretch(1)

    def start(self) -> None:
        self.again_button.setFocus()
