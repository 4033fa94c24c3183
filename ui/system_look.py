"""The appearance of the system while the window is open: it turns dark in the evening."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog

if TYPE_CHECKING:
    from ui.app import Window


class SystemLook(QObject):
    """Builds the window anew when the system turns dark or light and the window is to follow.

    A question that stands open is answered first: it would be gone with the page below it.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(1000)
        self.timer.timeout.connect(self.follow)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.follow)

    def follow(self) -> None:
        """Look as the system does now, unless the person chose light or dark."""
        window = self._window
        wanted = QColor(window.settings.theme.colours.ground)
        if wanted == QApplication.palette().window().color():
            return
        if any(one.isVisible() for one in window.findChildren(QDialog)):
            self.timer.start()
            return
        window.set_appearance(window.settings.appearance)
