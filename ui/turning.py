"""Lines and columns that turn with the room there is, as with large text.

Buttons and fields that do not fit beside each other would be cut off or scroll sideways.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QBoxLayout, QLayout, QLayoutItem, QWidget

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

    What holds several buttons is named by `give_line` and stands on a line of its own.

    Args:
        spacing: in px, in both directions.
        least: width of a column in px.
    """

    def __init__(self, spacing: int, least: int) -> None:
        super().__init__(_UPRIGHT)
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)
        self._least = least
        self._whole: set[QWidget] = set()

    def give_line(self, widget: QWidget) -> None:
        """Give a widget of this layout the whole width."""
        self._whole.add(widget)

    def _lines(self, width: int) -> tuple[int, list[list[QLayoutItem]]]:
        """The width of a column, and what stands in each line."""
        items = [self.itemAt(position) for position in range(self.count())]
        shown = [one for one in items if one is not None and not one.isEmpty()]
        number = max((width + self.spacing()) // (self._least + self.spacing()), 1)
        wide = (width - (number - 1) * self.spacing()) // number
        lines: list[list[QLayoutItem]] = []
        for one in shown:
            alone = self._is_whole(one)
            if not lines or alone or len(lines[-1]) == number or self._is_whole(lines[-1][-1]):
                lines.append([])
            lines[-1].append(one)
        return wide, lines

    def _is_whole(self, item: QLayoutItem) -> bool:
        widget = item.widget()
        return widget is not None and widget in self._whole

    def _width(self, item: QLayoutItem, wide: int, room: int) -> int:
        return room if self._is_whole(item) else wide

    def _room(self, width: int) -> int:
        edges = self.contentsMargins()
        return width - edges.left() - edges.right()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = self._room(width)
        wide, lines = self._lines(room)
        heights = [
            max(_height(one, self._width(one, wide, room)) for one in line) for line in lines
        ]
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
            high = 0
            for number, one in enumerate(line):
                left = inside.left() + number * (wide + self.spacing())
                width = self._width(one, wide, inside.width())
                one.setGeometry(QRect(left, top, width, _height(one, width)))
                high = max(high, _height(one, width))
            top += high + self.spacing()


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
