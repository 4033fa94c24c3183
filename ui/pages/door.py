"""What stands before the shell: the first run and signing in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import Translator
from pravo_desktop.messages import message
from ui.mnemonics import deal_beside_menus
from ui.runner import Runner
from ui.theme import GRID, HALF, Theme
from ui.typed import retype, typed
from ui.widgets.buttons import button
from ui.widgets.labels import label, practice_band
from ui.widgets.layouts import FormColumn, column, row

LANGUAGE_NAMES = (("kk", "Қазақша"), ("ru", "Русский"))
DOOR_WIDTH = 480


@dataclass(frozen=True)
class Door:
    """What a page before the shell is handed.

    Args:
        folder: the data folder.
        speak: changes the language of the window.
        enter: goes in with an open data folder, to a page by its key or to the first one.
        restore: shows the page that restores a backup.
        damaged: shows what can be done with a damaged database, to who typed name and password.
        back: shows the door again.
        practise: goes into the practice folder beside the data folder.
        leave_practice: comes back from there; None at the real data.
    """

    t: Translator
    theme: Theme
    runner: Runner
    folder: Path
    speak: Callable[[str], None]
    enter: Callable[..., None]
    restore: Callable[[], None]
    damaged: Callable[[str, str], None]
    back: Callable[[], None]
    practise: Callable[[], None]
    leave_practice: Callable[[], None] | None

    def refusal(self, error: Exception) -> tuple[str, str]:
        """Code and message of an error; a bug has the code ``bug``."""
        if isinstance(error, KnownError):
            return error.code, message(self.t, error.code, error.params)
        return "bug", message(self.t, "bug")


class DoorPage(QWidget):
    """One column in the middle, with the choice of language above it."""

    def __init__(self, door: Door, title: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self.door = door
        self.t, self.theme = door.t, door.theme
        self.form = FormColumn(door.theme, DOOR_WIDTH, at_left=False)
        self.form.fields.setContentsMargins(HALF, 4 * GRID, HALF, 4 * GRID)
        self.form.fields.addLayout(self._languages())
        self.form.fields.addSpacing(2 * GRID)
        self.heading = label(title, "title", wrap=True)
        self.form.fields.addWidget(self.heading)
        layout = column(0)
        if door.leave_practice is not None:
            layout.addWidget(practice_band(self.t))
        layout.addWidget(self.form)
        self.setLayout(layout)

    def _languages(self) -> QHBoxLayout:
        layout = row(GRID)
        group = QButtonGroup(self)
        for key, name in LANGUAGE_NAMES:
            one = button(name, "language", name=f"language_{key}")
            one.setCheckable(True)
            one.setChecked(key == self.t.language)
            one.clicked.connect(lambda _=False, key=key: self.door.speak(key))
            group.addButton(one)
            layout.addWidget(one)
        layout.addStretch(1)
        return layout

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self.deal_mnemonics)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Alt:
            self.deal_mnemonics()
        super().keyPressEvent(event)

    def deal_mnemonics(self) -> None:
        """Give each thing in sight a letter of its own beside those of the menus."""
        deal_beside_menus(self)

    def leave(self) -> None:
        """Let go of what was opened here and not gone in with."""

    def show_languages(self, shown: bool) -> None:
        """Show the choice of language above the title, or not."""
        for key, _ in LANGUAGE_NAMES:
            found = self.findChild(QPushButton, f"language_{key}")
            assert found is not None
            found.setVisible(shown)

    def start(self) -> None:
        """Put the keyboard where the work begins."""

    def typed(self) -> Mapping[str, Any]:
        """What the person has typed."""
        return typed(self)

    def retype(self, values: Mapping[str, Any]) -> None:
        """Put it back."""
        retype(self, values)
