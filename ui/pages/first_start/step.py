"""What the steps of the first start share."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from pravo_desktop.messages import message
from ui.pages.door import Door
from ui.theme import GRID
from ui.widgets.fields import Field
from ui.widgets.labels import Note, label
from ui.widgets.layouts import column


class Step(QWidget):
    """One question of the first start, or a few that belong together.

    Args:
        told: what to know beforehand.
    """

    def __init__(self, door: Door, title: str, told: str = "") -> None:
        super().__init__()
        self.door, self.t, self.theme = door, door.t, door.theme
        self.title = title
        self.fields: dict[str, Field] = {}
        self.failure = Note(self.theme)
        self.parts = column(2 * GRID)
        self.setLayout(self.parts)
        if told:
            self.parts.addWidget(label(told, "grey", wrap=True))

    def add_field(self, text: str, name: str, control: QWidget, hint: str = "") -> Field:
        """Put a field below the others."""
        made = self.fields[name] = Field(self.theme, text, name, control, hint)
        self.parts.addWidget(made)
        return made

    def start(self) -> None:
        """Put the keyboard on the first field that is in sight."""
        for field in self.fields.values():
            if not field.isHidden():
                field.control.setFocus()
                return

    def check(self) -> bool:
        """Whether one may go on; otherwise it says why under the field."""
        return True

    def clear_findings(self) -> None:
        """Take all messages away."""
        self.failure.show_text("")
        for field in self.fields.values():
            field.clear_finding()

    def point_at(self, name: str, text: str) -> None:
        """Say what is wrong under a field, and go there."""
        self.fields[name].show_finding(text)
        self.fields[name].control.setFocus()

    def filled(self, *names: str) -> bool:
        """Whether these lines hold something; otherwise the first empty one is pointed at."""
        for name in names:
            control = self.fields[name].control
            assert isinstance(control, QLineEdit)
            if not control.text().strip():
                self.point_at(name, message(self.t, "field_required"))
                return False
        return True


def documents() -> Path:
    """The person's folder of documents."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(place) or Path.home())


def choose_folder(parent: QWidget, title: str, line: QLineEdit) -> None:
    """Ask for a folder and write it into a line; returns at once."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(line.setText)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
