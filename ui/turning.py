"""A line of things that stand one under another where there is too little room, as with large text.

Buttons and fields that do not fit beside each other would be cut off or scroll sideways.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QBoxLayout

_LEVEL, _UPRIGHT = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class Turning(QBoxLayout):
    """A level layout that turns upright.

    Args:
        spacing: in px, in both directions.
    """

    def __init__(self, spacing: int) -> None:
        super().__init__(_LEVEL)
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def _widths(self) -> list[int]:
        items = [self.itemAt(position) for position in range(self.count())]
        return [one.minimumSize().width() for one in items if one is not None and not one.isEmpty()]

    def minimumSize(self) -> QSize:
        return QSize(max(self._widths(), default=0), super().minimumSize().height())

    def setGeometry(self, rect: QRect) -> None:
        widths = self._widths()
        needed = sum(widths) + self.spacing() * max(len(widths) - 1, 0)
        wanted = _LEVEL if needed <= rect.width() else _UPRIGHT
        if self.direction() is not wanted:
            self.setDirection(wanted)
        super().setGeometry(rect)
