"""Words that a page says: labels, notes about a state, and what stands where nothing is yet."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from pravo_desktop.i18n import Translator
from ui.theme import GRID, HALF, Theme
from ui.widgets.buttons import button
from ui.widgets.layouts import column, row


def mark(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the style sheet looks at, and let it look again."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def label(text: str, role: str = "", *, wrap: bool = False) -> QLabel:
    """A label in one of the roles of the style sheet: title, section, quiet, grey."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def practice_band(t: Translator) -> QLabel:
    """The band over everything in a practice folder: colour and words."""
    band = label(t.text("PRACTICE. Invented people; headquarters takes nothing from here."))
    band.setObjectName("practice_band")
    band.setWordWrap(True)
    return band


class Note(QWidget):
    """An icon and words about a state: error, warning or success; hidden while empty."""

    def __init__(self, theme: Theme, state: str = "error") -> None:
        super().__init__()
        self._theme = theme
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words = label("", wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = row(HALF)
        layout.addWidget(self._picture)
        layout.addWidget(self.words, 1)
        self.setLayout(layout)
        self.show_text("", state)

    def show_text(self, text: str, state: str = "error") -> None:
        """Say this; nothing hides it."""
        names = {"error": "error", "warning": "warning", "success": "check"}
        colours = self._theme.colours
        colour = {
            "error": colours.danger,
            "warning": colours.warning,
            "success": colours.success,
        }[state]
        size = self._theme.px(16)
        self._picture.setPixmap(self._theme.icon(names[state], colour).pixmap(size, size))
        mark(self.words, "state", state)
        self.words.setText(text)
        self.words.setAccessibleName(text)
        self._settle()

    def _settle(self) -> None:
        # Shown without a parent it would be a window of its own and take the keyboard.
        self.setVisible(bool(self.text) and self.parentWidget() is not None)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ParentChange and self.text:
            self._settle()
        return super().event(event)

    @property
    def text(self) -> str:
        return self.words.text()


class EmptyState(QWidget):
    """One sentence on what belongs here, and the button that brings it."""

    pressed = Signal()

    def __init__(self, theme: Theme, icon: str, text: str, action: str = "") -> None:
        super().__init__()
        picture = QLabel()
        picture.setPixmap(theme.icon(icon, theme.colours.quiet).pixmap(theme.px(32), theme.px(32)))
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words = words = label(text, "grey", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setFixedWidth(theme.px(420))
        middle = row()
        middle.addStretch(1)
        middle.addWidget(words)
        middle.addStretch(1)
        layout = column(2 * GRID)
        layout.addStretch(2)
        layout.addWidget(picture)
        layout.addLayout(middle)
        if action:
            self.button = button(action, name="empty_action")
            self.button.clicked.connect(self.pressed)
            layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self.setLayout(layout)
