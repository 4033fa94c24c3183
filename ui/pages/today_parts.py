"""What the page of the day is put together from: sections, two columns, a figure with its plan."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QProgressBar, QScrollArea, QWidget

from pravo_desktop.usecases.month_overview import FigureLine
from ui.models.month import shown_share, shown_value
from ui.models.today import indicator_name
from ui.page import Desk
from ui.theme import GRID, Theme
from ui.widgets.labels import label
from ui.widgets.layouts import column, row

_LEFT, _RIGHT = 640, 392


class Section(QWidget):
    """A heading with what belongs under it; where there is nothing, a sentence or no section.

    Args:
        nothing: the sentence; empty hides the section.
    """

    def __init__(
        self,
        text: str,
        body: QWidget,
        nothing: str = "",
        below: QWidget | None = None,
    ) -> None:
        super().__init__()
        self._body = [one for one in (body, below) if one is not None]
        self._nothing = label(nothing, "grey", wrap=True)
        layout = column(GRID)
        layout.addWidget(label(text, "section"))
        for one in (*self._body, self._nothing):
            layout.addWidget(one)
        self.setLayout(layout)
        for one in self._body:
            one.hide()
        if not nothing:
            self.hide()

    def settle(self, filled: bool) -> None:
        """Show the body, or that there is nothing."""
        for one in self._body:
            one.setVisible(filled)
        self._nothing.setVisible(not filled)
        self.setVisible(filled or bool(self._nothing.text()))


class Columns(QScrollArea):
    """Two columns that scroll together; where the text is too large, one under the other."""

    def __init__(self, theme: Theme, left: Sequence[QWidget], right: Sequence[QWidget]) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._enough = theme.px(_LEFT + _RIGHT) + 4 * GRID
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._layout.setContentsMargins(0, 0, GRID, 0)
        self._layout.setSpacing(4 * GRID)
        for widgets, stretch in ((left, _LEFT), (right, _RIGHT)):
            upright = column(3 * GRID)
            for widget in widgets:
                upright.addWidget(widget)
            upright.addStretch(1)
            around = QWidget()
            around.setLayout(upright)
            around.setMinimumWidth(1)
            self._layout.addWidget(around, stretch)
        inner = QWidget()
        inner.setLayout(self._layout)
        self.setWidget(inner)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= self._enough
        self._layout.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )


class FigureRow(QWidget):
    """One indicator: the month, the year, and how much of the year's plan that is."""

    def __init__(self, desk: Desk, figure: FigureLine) -> None:
        super().__init__()
        t, key = desk.t, figure.indicator
        month = t.month_name(desk.clock.today().month)
        name = indicator_name(t, key)
        value = label(shown_value(t, key, figure.month), "section")
        head = row(GRID)
        head.addWidget(label(name, wrap=True), 1)
        head.addWidget(label(month, "quiet"))
        head.addWidget(value)
        since = t.text("Since January: {year}", year=shown_value(t, key, figure.year))
        if figure.plan:
            since = t.text(
                "Since January: {year} of {plan} planned, {share}",
                year=shown_value(t, key, figure.year),
                plan=t.number(figure.plan),
                share=shown_share(t, figure.fulfilment),
            )
        layout = column(GRID)
        layout.addLayout(head)
        if figure.plan:
            bar = QProgressBar()
            bar.setTextVisible(False)
            bar.setRange(0, 100)
            bar.setValue(min(round(figure.fulfilment or 0), 100))
            bar.setAccessibleName(f"{name}: {since}")
            layout.addWidget(bar)
        layout.addWidget(label(since, "quiet", wrap=True))
        self.setLayout(layout)
