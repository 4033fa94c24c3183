"""The line under the title: what is done, or what went wrong, and the next step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QToolButton

from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import N_, Translator
from pravo_desktop.messages import translate_error
from ui.theme import GRID, HALF, Theme
from ui.widgets.buttons import button
from ui.widgets.labels import Note
from ui.widgets.layouts import row

BUG = N_(
    "Something went wrong in the program. What you typed is still here, and nothing was half "
    "saved. A report without personal data was written; tell the coordinator."
)


def error_text(t: Translator, error: Exception) -> str:
    """What an error says to the person: a known one by its code, a bug calmly."""
    return translate_error(t, error) if isinstance(error, KnownError) else t.text(BUG)


class Notice(QFrame):
    """One line that stays until read, with the next step beside it."""

    def __init__(self, t: Translator, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.note = Note(theme, "success")
        self._step = button("", "link", name="notice_step")
        self._step.clicked.connect(self._take_step)
        self._run: Callable[[], object] | None = None
        close = QToolButton()
        close.setAutoRaise(True)
        close.setIcon(theme.icon("close", theme.colours.quiet))
        close.setAccessibleName(t.text("Close the message"))
        close.setToolTip(t.text("Close the message"))
        close.clicked.connect(self.hide)
        layout = row(GRID)
        layout.setContentsMargins(GRID, HALF, HALF, HALF)
        layout.addWidget(self.note, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._step)
        layout.addWidget(close)
        self.setLayout(layout)
        self.hide()

    def show_text(
        self,
        text: str,
        state: str,
        action: str = "",
        run: Callable[[], object] | None = None,
    ) -> None:
        """Say this; ``action`` is the word of the next step."""
        self.note.show_text(text, state)
        self._run = run
        self._step.setText(action)
        self._step.setVisible(bool(action))
        self.show()

    def _take_step(self) -> None:
        self.hide()
        if self._run is not None:
            self._run()
