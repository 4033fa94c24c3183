"""How the parts of a page stand together: columns, rows, pairs, and what scrolls."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.theme import FORM_WIDTH, GRID, HALF, Theme
from ui.turning import Columns, Turning

NEAR, GROUP = GRID, 3 * GRID
"""Between things that belong together, and between groups."""
_COLUMN = 248
"""Width in px at 100 % of a column of fields beside another."""


def column(spacing: int = NEAR, margins: int = 0) -> QVBoxLayout:
    """An upright layout on the grid."""
    layout = QVBoxLayout()
    layout.setSpacing(spacing)
    layout.setContentsMargins(margins, margins, margins, margins)
    return layout


def row(spacing: int = NEAR, margins: int = 0) -> QHBoxLayout:
    """A level layout on the grid."""
    layout = QHBoxLayout()
    layout.setSpacing(spacing)
    layout.setContentsMargins(margins, margins, margins, margins)
    return layout


def pair(*fields: QWidget) -> QBoxLayout:
    """Fields side by side that belong together; one under another where they have not the room."""
    layout = Turning(2 * GRID)
    for one in fields:
        layout.addWidget(one, 1, Qt.AlignmentFlag.AlignTop)
    return layout


def hairline() -> QFrame:
    """A thin level line."""
    line = QFrame()
    line.setObjectName("hairline")
    return line


def scrolled(layout: QLayout) -> QScrollArea:
    """A layout that scrolls where there is too little room, as with a large text."""
    sheet = QWidget()
    sheet.setLayout(layout)
    return in_sight(sheet)


def in_sight(widget: QWidget) -> QScrollArea:
    """A widget that scrolls where there is too little room; the Tab key brings things in sight."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widget)
    return area


class FormColumn(QScrollArea):
    """One column of fields that scrolls; what has the keyboard is kept in sight.

    Args:
        theme: for its width.
        at_left: stands at the left edge instead of the middle.
        turning: stands in several columns where `spread` gives it the room.
    """

    def __init__(
        self,
        theme: Theme,
        width: int = FORM_WIDTH,
        *,
        at_left: bool = True,
        turning: bool = False,
    ) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        self._inner, self._width = inner, theme.px(width)
        inner.setFixedWidth(self._width)
        self.turning, self._spread = turning, False
        self.fields: QBoxLayout = (
            Columns(2 * GRID, theme.px(_COLUMN)) if turning else column(2 * GRID)
        )
        self.fields.setContentsMargins(HALF, 0, HALF, 0)
        inner.setLayout(self.fields)
        around = QWidget()
        layout = row()
        if not at_left:
            layout.addStretch(1)
        layout.addWidget(inner)
        layout.addStretch(1)
        around.setLayout(layout)
        self.setWidget(around)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def spread(self, wide: bool) -> None:
        """Take all the width there is, or the form's own."""
        self._spread = wide
        self._fit()

    def give_line(self, widget: QWidget) -> None:
        """Let a widget of the fields stand on a line of its own, however many columns there are."""
        if isinstance(self.fields, Columns):
            self.fields.give_line(widget)

    def _fit(self) -> None:
        room = self.viewport().width()
        self._inner.setFixedWidth(room if self._spread else min(self._width, room))

    def bring_into_sight(self, widget: QWidget) -> None:
        """Scroll to a widget once what has just appeared has its place."""

        def scroll() -> None:
            around: QWidget | None = self
            while around is not None:
                if isinstance(around, QScrollArea):
                    around.ensureWidgetVisible(widget, 0, 4 * GRID)
                around = around.parentWidget()

        QTimer.singleShot(0, widget, scroll)

    def focusNextPrevChild(self, forward: bool) -> bool:
        moved = super().focusNextPrevChild(forward)
        if moved and (focused := self.window().focusWidget()) is not None:
            self.ensureWidgetVisible(focused, 0, 96)
        return moved
