"""The pages of the window one over another."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget


class PageStack(QWidget):
    """The pages, one in front; as large as that one needs at least, so that it scrolls if it must.

    A `QStackedWidget` in an area that scrolls takes the height that the largest page would like.
    """

    def __init__(self) -> None:
        super().__init__()
        self._front: QWidget | None = None

    def add(self, page: QWidget) -> None:
        """Take a page in, behind the others."""
        page.setParent(self)
        page.hide()

    def bring(self, page: QWidget) -> None:
        """Bring a page to the front."""
        before, self._front = self._front, page
        page.setGeometry(self.rect())
        page.show()
        if before is not None and before is not page and shiboken6.isValid(before):
            before.hide()
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        page = self._front
        if page is None or not shiboken6.isValid(page):
            return super().minimumSizeHint()
        least, layout, area = page.minimumSizeHint(), page.layout(), self.parentWidget()
        if layout is None or not layout.hasHeightForWidth():
            return least
        width = max(least.width(), area.width() if area is not None else 0)
        return QSize(least.width(), max(least.height(), layout.minimumHeightForWidth(width)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._front is not None and shiboken6.isValid(self._front):
            self._front.setGeometry(self.rect())

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)
