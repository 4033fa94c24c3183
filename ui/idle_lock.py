"""Locks the window by itself when nobody has used it for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog

if TYPE_CHECKING:
    from ui.app import Window

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
    }
)


class IdleLock(QTimer):
    """Runs while somebody is signed in, and locks when it runs out."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.setSingleShot(True)
        self.timeout.connect(self._run_out)

    def watch(self, application: QApplication) -> None:
        """Watch the window, and every dialog that comes over it."""
        self._window.windowHandle().installEventFilter(self)
        application.focusWindowChanged.connect(self._watch_dialog)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key or the mouse in the window or in a dialog over it puts the lock off."""
        if event.type() in _SIGNS_OF_LIFE:
            self.put_off()
        return super().eventFilter(watched, event)

    def put_off(self) -> None:
        """Begin to count anew, where there is something to lock."""
        if self._window.shell is not None:
            self.start(self._window.settings.idle_minutes * 60_000)

    def _watch_dialog(self) -> None:
        """A dialog has a window and keys of its own: they count too, and lock as everywhere."""
        window, dialog = self._window, QApplication.activeWindow()
        if window.shell is None or dialog not in window.findChildren(QDialog):
            return
        assert dialog is not None
        dialog.windowHandle().installEventFilter(self)
        if dialog.findChild(QShortcut, "lock") is None:
            shortcut = QShortcut(QKeySequence("Ctrl+L"), dialog)
            shortcut.setObjectName("lock")
            shortcut.activated.connect(window.lock)

    def _run_out(self) -> None:
        if self._window.at_work:
            self.put_off()
        else:
            self._window.lock_now()
