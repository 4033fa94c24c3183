"""The sections of a month: what each counts, why it is zero, or that it will be missing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from pravo_desktop.i18n import Translator
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.month_overview import SectionLine
from ui.models.month import shown_value
from ui.theme import GRID, HALF, Theme
from ui.widgets.choices import Choice, labels_of
from ui.widgets.labels import Note, label, mark
from ui.widgets.layouts import column, row

OWN_WORDS = "other"
"""The key of ``zero_reason`` that asks for the lead's own words."""


class SectionRow(QWidget):
    """One section: what it counts, or why it is zero, or that it will be missing."""

    def __init__(self, t: Translator, theme: Theme, line: SectionLine, *, closed: bool) -> None:
        super().__init__()
        self.section = line.section
        self.setObjectName(f"section_{line.section}")
        self.t, self._theme = t, theme
        self.reason: Choice | None = None
        self.words = QLineEdit()
        self._picture = QLabel()
        self._picture.setFixedWidth(theme.px(24))
        self._picture.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        name = t.label(classifiers().sections[line.section])
        self.told = label("", "quiet", wrap=True)
        self.note = Note(theme)
        body = column(HALF)
        body.addWidget(label(name, wrap=True))
        body.addWidget(self.told)
        if line.filled:
            self._show("check", theme.colours.success)
            self.told.setText(counted_text(t, line))
        elif closed:
            self._show_closed(line)
        else:
            self._ask_reason(body, name)
        body.addWidget(self.note)
        layout = row(GRID)
        layout.addWidget(self._picture)
        layout.addLayout(body, 1)
        self.setLayout(layout)

    def _show(self, icon: str, colour: str) -> None:
        size = self._theme.px(18)
        self._picture.setPixmap(self._theme.icon(icon, colour).pixmap(size, size))

    def _show_closed(self, line: SectionLine) -> None:
        colours = self._theme.colours
        if line.reason is None:
            self._show("warning", colours.warning)
            self.told.setText(self.t.text("Missing: the report will name it so"))
            return
        self._show("check", colours.success)
        known = classifiers().kinds["zero_reason"].get(line.reason)
        reason = self.t.label(known) if known else line.reason
        self.told.setText(self.t.text("Zero is confirmed: {reason}", reason=reason))

    def _ask_reason(self, body: QVBoxLayout, name: str) -> None:
        t = self.t
        self.told.setText(t.text("No records this month. Say why, and the report shows zero."))
        self.reason = Choice(
            [
                (None, t.text("Leave open: the report will name it as missing")),
                *labels_of(t, classifiers().kinds["zero_reason"]),
            ]
        )
        self.reason.setObjectName("reason")
        self.reason.setAccessibleName(t.text("Why zero: {section}", section=name))
        self.reason.currentIndexChanged.connect(self._settle)
        self.words.setObjectName("words")
        self.words.setPlaceholderText(t.text("The reason in your own words"))
        self.words.setAccessibleName(t.text("The reason in your own words"))
        body.addWidget(self.reason)
        body.addWidget(self.words)
        self._settle()

    def _settle(self) -> None:
        assert self.reason is not None
        self.words.setVisible(self.reason.value == OWN_WORDS)
        self.clear_finding()
        if self.reason.value:
            self._show("check", self._theme.colours.success)
        else:
            self._show("warning", self._theme.colours.warning)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where the Tab key comes to, in its order."""
        return () if self.reason is None else (self.reason, self.words)

    @property
    def given(self) -> str:
        """The reason given: a key, the own words, or nothing."""
        if self.reason is None:
            return ""
        return self.words.text().strip() if self.reason.value == OWN_WORDS else self.reason.value

    @property
    def unexplained(self) -> bool:
        """Whether own words were promised and none written."""
        return self.reason is not None and self.reason.value == OWN_WORDS and not self.given

    @property
    def open(self) -> bool:
        """Whether it will be missing."""
        return self.reason is not None and not self.given

    def show_finding(self, text: str) -> None:
        self.note.show_text(text)
        mark(self.words, "state", "error")
        self.words.setFocus()

    def clear_finding(self) -> None:
        self.note.show_text("")
        mark(self.words, "state", "")


def counted_text(t: Translator, line: SectionLine) -> str:
    """What a section counts, in one line: ``Consultations 21 · Couples 20``."""
    indicators = classifiers().indicators
    return " · ".join(
        f"{t.label(indicators[key])} {shown_value(t, key, value)}" for key, value in line.counted
    )
