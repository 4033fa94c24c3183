"""Inputs of a form: a field with its label and message, a date, several lines of text."""

from __future__ import annotations

from datetime import date

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from pravo_desktop.clock import Clock
from pravo_desktop.domain.dates import parse_date
from pravo_desktop.i18n import Translator
from ui.theme import HALF, Theme
from ui.widgets.labels import Note, label, mark
from ui.widgets.layouts import column


class Field(QWidget):
    """A label above an input and a message under it.

    Args:
        text: of the label, with a mnemonic.
        name: of the record's field, by which findings come back to it.
        hint: what to know beforehand, in grey under the input.
    """

    def __init__(
        self, theme: Theme, text: str, name: str, control: QWidget, hint: str = ""
    ) -> None:
        super().__init__()
        self.name = name
        self.control = control
        control.setObjectName(name)
        plain = text.replace("&&", "\0").replace("&", "").replace("\0", "&")
        control.setAccessibleName(plain)
        above = QLabel(text)
        above.setProperty("role", "label")
        above.setBuddy(control)
        self.words = above
        self.note = Note(theme)
        layout = column(HALF)
        layout.addWidget(above)
        layout.addWidget(control)
        if hint:
            layout.addWidget(label(hint, "quiet", wrap=True))
        layout.addWidget(self.note)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_finding(self, text: str, *, warning: bool = False) -> None:
        """Show what is wrong or odd under the input."""
        self.note.show_text(text, "warning" if warning else "error")
        mark(self.control, "state", "" if warning or not text else "error")
        self.control.setAccessibleDescription(text)

    def clear_finding(self) -> None:
        """Take the message away."""
        self.show_finding("", warning=True)


class DateEdit(QLineEdit):
    """A date as people type it: ``5``, ``5.12``, ``05122024``, ``кеше``; tidied on leaving."""

    def __init__(self, t: Translator, clock: Clock, day: date | None = None) -> None:
        super().__init__()
        self.t = t
        self._clock = clock
        self.setPlaceholderText(t.text("dd.mm.yyyy"))
        self.put(day)

    def put(self, day: date | None) -> None:
        """Show a date, or nothing."""
        self.setText(self.t.date(day) if day else "")

    def day(self) -> date | None:
        """The date that is meant; None when empty or not a date."""
        return parse_date(self.text(), today=self._clock.today()) if self.text().strip() else None

    @property
    def mistyped(self) -> bool:
        """Whether there is text that is no date."""
        return bool(self.text().strip()) and self.day() is None

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if (day := self.day()) is not None:
            self.put(day)
        super().focusOutEvent(event)


class TextArea(QPlainTextEdit):
    """Several lines of text; Tab goes on to the next field."""

    def __init__(self, theme: Theme, lines: int = 3) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + theme.px(20))
