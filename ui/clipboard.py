"""What the program puts on the clipboard, and takes off again where it is personal."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

KEPT_MS = 60_000
"""So long personal data stay on the clipboard."""
_SECRET = {
    # Windows and KDE are asked to keep it out of their histories of the clipboard.
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
    "x-kde-passwordManagerHint": b"secret",
}


class ClipboardGuard(QObject):
    """Takes personal data off the clipboard after a minute and at the end, if still there.

    What is copied or cut from a field in which somebody types counts as personal.

    There is one, a child of the application, so that it outlives lists, pages and windows.
    """

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._text = ""
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(KEPT_MS)
        self.timer.timeout.connect(self.clear)
        application.aboutToQuit.connect(self.clear)
        self._putting = False
        QGuiApplication.clipboard().dataChanged.connect(self._look)

    @classmethod
    def of_application(cls) -> ClipboardGuard:
        """The one of this application."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        found = application.findChild(cls)
        return found if isinstance(found, cls) else cls(application)

    def put(self, text: str, *, personal: bool) -> None:
        """Put a text on the clipboard."""
        data = QMimeData()
        data.setText(text)
        self.timer.stop()
        self._text = ""
        if personal:
            for name, value in _SECRET.items():
                data.setData(name, QByteArray(value))
            self._text = text
            self.timer.start()
        self._putting = True
        QGuiApplication.clipboard().setMimeData(data)
        self._putting = False

    def _look(self) -> None:
        """Guard what somebody copied from a field."""
        field = QApplication.focusWidget()
        chosen = ""
        if isinstance(field, QLineEdit):
            chosen = field.selectedText()
        elif isinstance(field, QPlainTextEdit):
            chosen = field.textCursor().selection().toPlainText()
        text = QGuiApplication.clipboard().text(QClipboard.Mode.Clipboard)
        if text and text == chosen and not self._putting:
            self.put(text, personal=True)

    def clear(self) -> None:
        """Take it off, unless something else is there by now."""
        self.timer.stop()
        clipboard = QGuiApplication.clipboard()
        if self._text and clipboard.text(QClipboard.Mode.Clipboard) == self._text:
            clipboard.clear()
        self._text = ""
