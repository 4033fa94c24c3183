"""The sixth step: where a second copy of the backups goes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit

from pravo_desktop.backups.keeping import check_second_place
from pravo_desktop.errors import KnownError
from pravo_desktop.messages import translate_error
from ui.pages.door import Door
from ui.pages.first_start.step import Step, choose_folder
from ui.widgets.buttons import button


class SecondPlaceStep(Step):
    """A folder on another disk, or the person's word that it waits."""

    def __init__(self, door: Door) -> None:
        t = door.t
        super().__init__(
            door,
            t.text("A second place for backups"),
            t.text(
                "Backups are made by themselves, encrypted. A copy on another disk or on a USB "
                "stick that stays here outlives this computer."
            ),
        )
        self.second = QLineEdit()
        self.later = QCheckBox(t.text("&Later. Until then a broken disk takes the backups along"))
        self.later.setObjectName("later")
        self.choose_button = button(t.text("Choose a folde&r…"), name="choose_second")
        title = t.text("Second place for backups")
        self.choose_button.clicked.connect(lambda: choose_folder(self, title, self.second))
        self.add_field(t.text("&Folder on another disk"), "second", self.second)
        self.parts.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.parts.addWidget(self.later)
        self.parts.addWidget(self.failure)

    @property
    def place(self) -> Path | None:
        """The chosen folder; None where it waits."""
        text = self.second.text().strip()
        return Path(text).expanduser() if text else None

    def check(self) -> bool:
        self.clear_findings()
        if self.place is None:
            if not self.later.isChecked():
                self.point_at("second", self.t.text("Choose a folder, or tick that it waits."))
            return self.later.isChecked()
        try:
            check_second_place(self.door.folder.resolve(), self.place)
        except KnownError as error:
            self.point_at("second", translate_error(self.t, error))
            return False
        return True
