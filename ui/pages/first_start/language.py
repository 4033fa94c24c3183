"""The first step: the language, and the other ways in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton

from ui.pages.door import LANGUAGE_NAMES, Door
from ui.pages.first_start.practice_part import PracticePart
from ui.pages.first_start.step import Step
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.widgets.layouts import hairline


class LanguageStep(Step):
    """Says everything in both languages, since none is chosen yet."""

    def __init__(self, door: Door) -> None:
        super().__init__(door, "Тілді таңдаңыз · Выберите язык")
        t = self.t
        self.languages: dict[str, QRadioButton] = {}
        for key, name in LANGUAGE_NAMES:
            one = QRadioButton(name)
            one.setObjectName(f"speak_{key}")
            one.setChecked(key == t.language)
            one.toggled.connect(lambda on, key=key: self._speak(key) if on else None)
            self.languages[key] = one
            self.parts.addWidget(one)
        self.parts.addWidget(
            label(
                t.text(
                    "A few questions follow, about three minutes. Until the last of them nothing "
                    "is written on this computer."
                ),
                "grey",
                wrap=True,
            )
        )
        self.restore_button = button(
            t.text("&Restore a backup: this computer replaces a broken one…"),
            "link",
            name="restore",
        )
        self.restore_button.clicked.connect(door.restore)
        self.practice = PracticePart(door)
        self.before_other_ways = self.parts.count()
        self.parts.addSpacing(GRID)
        self.parts.addWidget(hairline())
        self.parts.addWidget(label(t.text("Or"), "section"))
        self.parts.addWidget(self.restore_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.parts.addWidget(self.practice)

    def _speak(self, key: str) -> None:
        if key != self.t.language:
            self.door.speak(key)

    def start(self) -> None:
        self.languages[self.t.language].setFocus()
