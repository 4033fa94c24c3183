"""The last step: the signing key is there, and its fingerprint is read aloud."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from pravo_desktop.bootstrap import Created
from pravo_desktop.usecases.own_rows import RETURNED
from ui.fingerprints import groups
from ui.pages.door import Door
from ui.pages.first_start.step import Step, documents
from ui.widgets.buttons import button
from ui.widgets.labels import Note, label


class KeyStep(Step):
    """The data folder is made; what is left is a call."""

    def __init__(self, door: Door) -> None:
        super().__init__(door, door.t.text("Your signing key"))
        t = self.t
        self.created: Created | None = None
        self.ready = Note(self.theme, "success")
        self.told = label("", wrap=True)
        self.fingerprint = label("", "code", wrap=True)
        self.fingerprint.setObjectName("fingerprint")
        self.fingerprint.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.take_button = button(
            t.text("&Take rows back from the centre's packages…"), "link", name="take_back"
        )
        self.take_button.clicked.connect(lambda: self.go_in("settings"))
        self.returned_button = button(
            t.text("&Open the file that headquarters returned…"), "link", name="open_returned"
        )
        self.returned_button.clicked.connect(self.choose_returned)
        for one in (self.ready, self.told, self.fingerprint):
            self.parts.addWidget(one)
        self.parts.addWidget(self.returned_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.parts.addWidget(self.take_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_key(self, created: Created, *, at_centre: bool, replaces: bool) -> None:
        """Say what is read out.

        Args:
            replaces: the centre had another computer before, whose packages hold its rows.
        """
        t = self.t
        self.created = created
        self.ready.show_text(t.text("The data folder is ready."), "success")
        if at_centre:
            told = t.text(
                "Call headquarters at a number that you know and read this fingerprint aloud, "
                "group by group. They compare it, and from then on accept your packages. It also "
                "stands in the settings, so the call can wait."
            )
        else:
            told = t.text(
                "This is the fingerprint of your key. Centres compare it with you by phone when "
                "they open their first receipt; it also stands in the settings."
            )
        self.told.setText(told)
        self.fingerprint.setText(groups(created.fingerprint))
        self.take_button.setVisible(replaces)
        self.returned_button.setVisible(replaces)

    def choose_returned(self) -> None:
        """Ask for the file in which headquarters returned what the lost computer had sent."""
        dialog = QFileDialog(self, self.t.text("The file that headquarters returned"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(f"*{RETURNED}")
        dialog.setDirectory(str(documents()))
        dialog.fileSelected.connect(lambda name: self.go_in("settings", Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def go_in(self, page: str = "", file: Path | None = None) -> None:
        """Begin work, on a page of one's choice, with a file for it."""
        if self.created is not None:
            self.door.enter(self.created.workplace, page, file)
