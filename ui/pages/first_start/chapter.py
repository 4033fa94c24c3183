"""The help before signing in: guide and search, over the page that it is about."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog

from ui.pages.door import DoorPage
from ui.pages.guide import chapter_texts, title_of
from ui.pages.help import HelpView
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.layouts import column, row


class ChapterDialog(QDialog):
    """Closed with Escape; what is typed below stays.

    Args:
        chapter: of the guide, to begin with.
    """

    def __init__(self, page: DoorPage, chapter: str = "first_start") -> None:
        super().__init__(page)
        t, theme = page.t, page.theme
        self.setObjectName("chapter")
        self.setWindowTitle(title_of(chapter_texts(t.language)[chapter]))
        self.view = HelpView(t, theme, frozenset(), f"guide/{chapter}")
        self.text = self.view.text
        QShortcut(QKeySequence.StandardKey.Find, self, self.view.search.setFocus)
        close = button(t.text("Close"), name="close_chapter")
        close.clicked.connect(self.reject)
        below = row(GRID)
        below.addStretch(1)
        below.addWidget(close)
        layout = column(GRID, 2 * GRID)
        layout.addWidget(self.view, 1)
        layout.addLayout(below)
        self.setLayout(layout)
        room = page.window().size()
        self.resize(min(theme.px(960), room.width()), room.height() - theme.px(96))
        self.text.setFocus()
        self.finished.connect(self.deleteLater)
