"""The guide's chapter on the first start, over the page that it is about."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QTextBrowser

from ui.pages.door import DoorPage
from ui.pages.guide import chapter_texts, filled, title_of
from ui.theme import GRID
from ui.widgets import button, column, row


class ChapterDialog(QDialog):
    """Closed with Escape; what is typed below stays."""

    def __init__(self, page: DoorPage) -> None:
        super().__init__(page)
        t, theme = page.t, page.theme
        text = chapter_texts(t.language)["first_start"]
        self.setObjectName("chapter")
        self.setWindowTitle(title_of(text))
        self.text = QTextBrowser()
        self.text.setAccessibleName(title_of(text))
        self.text.setMarkdown(filled(text, lambda kind, name: ""))
        close = button(t.text("Close"), name="close_chapter")
        close.clicked.connect(self.reject)
        below = row(GRID)
        below.addStretch(1)
        below.addWidget(close)
        layout = column(GRID, 2 * GRID)
        layout.addWidget(self.text, 1)
        layout.addLayout(below)
        self.setLayout(layout)
        room = page.window().size()
        self.resize(min(theme.px(640), room.width()), room.height() - theme.px(96))
        self.finished.connect(self.deleteLater)
