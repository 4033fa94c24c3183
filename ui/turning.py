"""Lines and columns that turn with the room there is, as with large text.

Buttons and fields that do not fit beside each other would be cut off or scroll sideways.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QBoxLayout, QLayout, QLayoutItem

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


class Columns(QBoxLayout):
    """Things one under another, in as many columns as there is room for; read line by line.

    Args:
        spacing: in px, in both directions.
        least: width of a column in px.
    """

    def __init__(self, spacing: int, least: int) -> None:
        super().__init__(_UPRIGHT)
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)
        self._least = least

    def _lines(self, width: int) -> tuple[int, list[list[QLayoutItem]]]:
        """The width of a column, and what stands in each line."""
        items = [self.itemAt(position) for position in range(self.count())]
        shown = [one for one in items if one is not None and not one.isEmpty()]
        number = max((width + self.spacing()) // (self._least + self.spacing()), 1)
        wide = (width - (number - 1) * self.spacing()) // number
        return wide, [shown[first : first + number] for first in range(0, len(shown), number)]

    def _room(self, width: int) -> int:
        edges = self.contentsMargins()
        return width - edges.left() - edges.right()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        wide, lines = self._lines(self._room(width))
        heights = [max(_height(one, wide) for one in line) for line in lines]
        edges = self.contentsMargins()
        between = self.spacing() * max(len(lines) - 1, 0)
        return sum(heights) + between + edges.top() + edges.bottom()

    def minimumHeightForWidth(self, width: int) -> int:
        return self.heightForWidth(width)

    def minimumSize(self) -> QSize:
        return QSize(self._least, 0)

    def setGeometry(self, rect: QRect) -> None:
        QLayout.setGeometry(self, rect)
        inside = rect.marginsRemoved(self.contentsMargins())
        wide, lines = self._lines(inside.width())
        top = inside.top()
        for line in lines:
            high = max(_height(one, wide) for one in line)
            for number, one in enumerate(line):
                left = inside.left() + number * (wide + self.spacing())
                one.setGeometry(QRect(left, top, wide, _height(one, wide)))
            top += high + self.spacing()


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
