"""The line that shows work under way: what is done, how far it is, and the way to stop."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QWidget

from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.widgets.layouts import row


class Working(QWidget):
    """What is being done, how far it is, and the way to stop; hidden while nothing goes on.

    Args:
        spoken: what a screen reader calls the bar.
        stop: words of the button, and below its objectName.
    """

    def __init__(self, spoken: str, stop: str, name: str) -> None:
        super().__init__()
        self.step = label("", "quiet")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(spoken)
        self.cancel_button = button(stop, name=name)
        layout = row(GRID)
        layout.addWidget(self.step)
        layout.addWidget(self.bar, 1)
        layout.addWidget(self.cancel_button)
        self.setLayout(layout)
        self.hide()

    def begin(self, text: str) -> None:
        """Show that something begins whose length nobody knows yet."""
        self.step.setText(text)
        self.bar.setRange(0, 0)
        self.show()

    def tell(self, text: str, done: int, total: int) -> None:
        """Show how far it is."""
        self.step.setText(text)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
