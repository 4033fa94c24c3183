"""Help: a short text for each page, found by its words, and the list of keys."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QTextBrowser

from pravo_desktop.domain.folding import fold
from pravo_desktop.i18n import N_, Translator
from pravo_desktop.paths import resources_folder
from pravo_desktop.usecases.actor import CENTRE
from ui.page import Desk, Page
from ui.theme import GRID
from ui.widgets import column, label, row

KEYS = "keys"
"""The topic that is no file: the list of keys."""
FIRST = "start"
"""The topic of the program as a whole."""


def keys_text(t: Translator, pages: Sequence[type[Page]]) -> str:
    """A line for each key, the pages' own first."""
    lines = [(page.shortcut, t.text(page.name)) for page in pages]
    lines += [
        ("Ctrl+N", t.text("New case")),
        ("Ctrl+F", t.text("Search on the page")),
        ("Ctrl+Enter", t.text("Save what is typed")),
        ("Ctrl+Shift+A, D, L", t.text("New case: an adult, a child, a claim more")),
        ("Ctrl+C", t.text("Copy the chosen rows of a list")),
        ("Ctrl+Shift+T", t.text("Print a list")),
        ("Ctrl+Shift+S", t.text("Save a list as a table")),
        ("Esc", t.text("Back")),
        ("F1", t.text("Help")),
        ("Ctrl+L", t.text("Lock")),
        ("Ctrl++, Ctrl+-", t.text("Larger and smaller text")),
        ("Ctrl+Q", t.text("Quit")),
    ]
    return "\n".join(f"{key} — {text}" for key, text in lines)


@cache
def help_texts(language: str) -> dict[str, str]:
    """The help in a language: Markdown by topic, each beginning with its title."""
    folder = resources_folder() / "help" / language
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))}


def topic_of(page: Page, under: str) -> str:
    """The topic about a page: its own, or that of the page of the rail under it."""
    own = re.sub(r"(?<!^)(?=[A-Z])", "_", type(page).__name__).lower().removesuffix("_page")
    known = help_texts("ru")
    return next((topic for topic in (page.key, own, under) if topic in known), FIRST)


def title_of(text: str) -> str:
    """The title of a help text."""
    return text.splitlines()[0].removeprefix("# ")


class HelpPage(Page):
    """A list of topics, the text of one, and a search over all.

    Args:
        topic: the one to begin with.
    """

    name = N_("Help")

    def __init__(self, desk: Desk, topic: str = FIRST) -> None:
        super().__init__(desk, topic=topic)
        t, theme = self.t, desk.theme
        self._texts = {**help_texts(t.language), KEYS: self._keys()}
        self.search = QLineEdit()
        self.search.setObjectName("search")
        self.search.setPlaceholderText(t.text("What is it about? (Ctrl+F)"))
        self.search.setAccessibleName(t.text("Search in the help"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._find)
        self.topics = QListWidget()
        self.topics.setAccessibleName(t.text("Topics of the help"))
        self.topics.setWordWrap(True)
        self.topics.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.topics.setFixedWidth(theme.px(272))
        self.topics.currentItemChanged.connect(self._show)
        self.nothing = label(t.text("Nothing found. Check the spelling, or type less."), "grey")
        self.nothing.setWordWrap(True)
        self.text = QTextBrowser()
        self.text.setObjectName("help_text")
        self.text.setAccessibleName(t.text("Text of the help"))
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.document().setDefaultFont(theme.font())
        self.search.setFixedWidth(theme.px(272))
        left = column(GRID)
        left.addWidget(self.search)
        left.addWidget(self.nothing)
        left.addWidget(self.topics, 1)
        layout = row(3 * GRID)
        layout.addLayout(left)
        layout.addWidget(self.text, 1)
        self.setLayout(layout)
        self._find("")
        self._choose(topic)

    def start(self) -> None:
        self.topics.setFocus()

    def go_to_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _keys(self) -> str:
        from ui.pages.listing import PAGES

        seen = [page for page in PAGES if page.roles & self.desk.actor.roles]
        lines = [line.split(" — ", 1) for line in keys_text(self.t, seen).splitlines()]
        told = "\n".join(f"- **{key}** — {text}" for key, text in lines)
        return f"# {self.t.text('Keys')}\n\n{told}\n"

    def _find(self, typed: str) -> None:
        chosen = self.topics.currentItem()
        kept = chosen.data(Qt.ItemDataRole.UserRole) if chosen else ""
        words = fold(typed).split()
        self.topics.clear()
        for topic in self._topics():
            text = self._texts[topic]
            folded = fold(text)
            if all(word in folded for word in words):
                item = QListWidgetItem(title_of(text))
                item.setData(Qt.ItemDataRole.UserRole, topic)
                self.topics.addItem(item)
        self.nothing.setVisible(not self.topics.count())
        self._choose(kept)

    def _topics(self) -> list[str]:
        """Of the pages that this person has, and those that belong to no page of the rail."""
        from ui.pages.listing import PAGES

        mine = [page.key for page in PAGES if page.roles & self.desk.actor.roles]
        others = {page.key for page in PAGES} - set(mine)
        rest = [topic for topic in self._texts if topic not in (*mine, *others, FIRST, KEYS)]
        at_the_desk = rest if self.desk.actor.roles & CENTRE else []
        listed = [FIRST, *mine, *at_the_desk, KEYS]
        return [topic for topic in listed if topic in self._texts]

    def _choose(self, topic: str) -> None:
        for position in range(self.topics.count()):
            if self.topics.item(position).data(Qt.ItemDataRole.UserRole) == topic:
                self.topics.setCurrentRow(position)
                return
        self.topics.setCurrentRow(0)

    def _show(self) -> None:
        item = self.topics.currentItem()
        if item is not None:
            self.text.setMarkdown(self._texts[item.data(Qt.ItemDataRole.UserRole)])
