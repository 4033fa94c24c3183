"""Help: a short text for each page, the user guide, the list of keys, and a search over all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QUrl
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QTextBrowser, QWidget

from pravo_desktop.domain.folding import fold
from pravo_desktop.i18n import N_, Translator
from pravo_desktop.resources import LANGUAGES
from pravo_desktop.usecases.actor import CENTRE
from ui.page import Desk, Page
from ui.pages.guide import CHAPTERS, chapter_texts, filled, help_texts, title_of
from ui.theme import GRID, HALF, Theme
from ui.widgets.labels import label
from ui.widgets.layouts import column, row

FIRST = "start"
"""The topic of the program as a whole."""
BEFORE, AFTER = 24, 56
"""How many letters a line of the results has before and after what was found."""
GUIDE = tuple(f"guide/{name}" for name in CHAPTERS)
"""The topics that are chapters of the guide."""

_MARKS = re.compile(r"[*`#>|›]|\]\([^)]*\)|\[|^- ", re.MULTILINE)


def keys_list(t: Translator, pages: Sequence[type[Page]]) -> str:
    """A Markdown list of the keys, the pages' own first."""
    return "\n".join(f"- **{key}** — {text}" for key, text in _keys(t, pages))


def _keys(t: Translator, pages: Sequence[type[Page]]) -> Iterator[tuple[str, str]]:
    yield from ((page.shortcut, t.text(page.name)) for page in pages)
    yield from (
        ("Ctrl+N", t.text("New case")),
        ("Ctrl+F", t.text("Search on the page")),
        ("Ctrl+Enter", t.text("Save what is typed")),
        ("Ctrl+Shift+A, D, L", t.text("New case: an adult, a child, a claim more")),
        ("Ctrl+C", t.text("Copy the chosen rows of a list")),
        ("Ctrl+P", t.text("Print a list or a paper")),
        ("Ctrl+Shift+S", t.text("Save a list as a table")),
        ("Esc", t.text("Back")),
        ("F1", t.text("Help")),
        ("Ctrl+L", t.text("Lock")),
        ("Ctrl++, Ctrl+-", t.text("Larger and smaller text")),
        ("Ctrl+Q", t.text("Quit")),
    )


def topic_of(page: Page, under: str) -> str:
    """The topic about a page: its own, or that of the page of the rail under it."""
    own = re.sub(r"(?<!^)(?=[A-Z])", "_", type(page).__name__).lower().removesuffix("_page")
    known = help_texts("ru")
    return next((topic for topic in (page.key, own, under) if topic in known), FIRST)


def shown_topics(t: Translator, pages: Sequence[type[Page]]) -> dict[str, str]:
    """Help and guide as the window shows them: Markdown by topic; the guide links to the help.

    Args:
        pages: whose keys are listed.
    """
    texts = help_texts(t.language)

    def put(kind: str, name: str) -> str:
        if kind == "keys":
            return keys_list(t, pages)
        return f"› [{title_of(texts[name])}](topic:{name})" if kind == "help" else ""

    chapters = chapter_texts(t.language)
    return {**texts, **{f"guide/{name}": filled(text, put) for name, text in chapters.items()}}


def line_about(text: str, words: Sequence[str]) -> str:
    """The place of a Markdown text where ``words`` stand together, or else the first of them.

    Args:
        words: as `fold` leaves them; "" is returned unless all are in the text.
    """
    parts = (" ".join(part.split()) for part in _MARKS.sub("", text).split("\n\n"))
    plain = " · ".join(part for part in parts if part)
    folded = fold(plain)
    if not words or any(word not in folded for word in words):
        return ""
    at = max(folded.find(" ".join(words)), 0) or folded.index(words[0])
    first, last = max(at - BEFORE, 0), at + AFTER
    begun = plain.rfind(" ", 0, first + 1) + 1 if first else 0
    ended = plain.find(" ", last) if last < len(plain) else -1
    shown = plain[begun : ended if ended > 0 else len(plain)].rstrip(" .,:;·")
    return f"{'…' if begun else ''}{shown}{'…' if ended > 0 else ''}"


class HelpPage(Page):
    """The help of this person's pages and the guide.

    Args:
        topic: the one to begin with.
    """

    name = N_("Help")

    def __init__(self, desk: Desk, topic: str = FIRST) -> None:
        super().__init__(desk, topic=topic)
        self.view = view = HelpView(desk.t, desk.theme, desk.actor.roles, topic)
        self.search, self.topics, self.nothing, self.text = (
            view.search,
            view.topics,
            view.nothing,
            view.text,
        )
        layout = column(0)
        layout.addWidget(view)
        self.setLayout(layout)

    def start(self) -> None:
        self.topics.setFocus()

    def go_to_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()


class HelpView(QWidget):
    """A list of topics, the text of one, and a search over all in both languages.

    Args:
        roles: of the person whose pages are listed; nobody's before signing in.
        topic: the one to begin with.
    """

    def __init__(self, t: Translator, theme: Theme, roles: frozenset[str], topic: str) -> None:
        super().__init__()
        from ui.pages.listing import PAGES

        self.t, self.theme, self._roles = t, theme, roles
        self._mine = [page for page in PAGES if page.roles & roles]
        self._other_pages = {page.key for page in PAGES} - {page.key for page in self._mine}
        self._texts = shown_topics(t, self._mine)
        self._elsewhere = [
            shown_topics(Translator(other), [])
            for other in LANGUAGES
            if other not in (t.language, "en")
        ]
        self._words: list[str] = []
        self.search = QLineEdit()
        self.search.setObjectName("search")
        self.search.setPlaceholderText(t.text("What is it about? (Ctrl+F)"))
        self.search.setAccessibleName(t.text("Search in the help"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._find)
        self.search.installEventFilter(self)
        self.topics = QListWidget()
        self.topics.setAccessibleName(t.text("Topics of the help"))
        self.topics.setWordWrap(True)
        self.topics.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.topics.setFixedWidth(theme.px(312))
        self.topics.currentItemChanged.connect(self._show)
        self.nothing = label(t.text("Nothing found. Check the spelling, or type less."), "grey")
        self.nothing.setWordWrap(True)
        self.text = QTextBrowser()
        self.text.setObjectName("help_text")
        self.text.setAccessibleName(t.text("Text of the help"))
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.document().setDefaultFont(theme.font())
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        self.topics.itemActivated.connect(lambda _: self.text.setFocus())
        self.search.setFixedWidth(theme.px(312))
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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrow down goes from the search to what was found; Enter to the text shown."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Down:
                self.topics.setFocus()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.topics.count():
                self.text.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _find(self, typed: str) -> None:
        chosen = self.topics.currentItem()
        kept = str(chosen.data(Qt.ItemDataRole.UserRole)) if chosen else ""
        self._words = fold(typed).split()
        self.topics.clear()
        self.topics.setSpacing(HALF if self._words else 0)
        if self._words:
            self._list_found()
        else:
            self._list_all()
        self.nothing.setVisible(not self.topics.count())
        self._choose(kept if not self._words else "")

    def _list_all(self) -> None:
        pages, chapters = self._topics()
        for head, topics in (
            (self.t.text("Pages of the program"), pages),
            (self.t.text("User guide"), chapters),
        ):
            item = QListWidgetItem(head)
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            item.setFont(self.theme.font(bold=True))
            self.topics.addItem(item)
            for topic in topics:
                self._add(topic, title_of(self._texts[topic]))

    def _list_found(self) -> None:
        """Titles that hold the words, texts with them together, apart, in the other language."""
        pages, chapters = self._topics()
        listed = [*pages, *chapters]
        ways: list[Callable[[str], str]] = [
            lambda topic: line_about(title_of(self._texts[topic]), self._words),
            lambda topic: line_about(self._texts[topic], [" ".join(self._words)]),
            lambda topic: line_about(self._texts[topic], self._words),
            *(
                lambda topic, texts=texts: line_about(texts[topic], self._words)
                for texts in self._elsewhere
            ),
        ]
        seen: set[str] = set()
        for way in ways:
            for topic in listed:
                if topic in seen or not (line := way(topic)):
                    continue
                seen.add(topic)
                title = title_of(self._texts[topic])
                self._add(topic, title if line == title else f"{title}\n{line}")

    def _add(self, topic: str, shown: str) -> None:
        item = QListWidgetItem(shown)
        item.setData(Qt.ItemDataRole.UserRole, topic)
        self.topics.addItem(item)

    def _topics(self) -> tuple[list[str], list[str]]:
        """Topics of the pages that this person has and of no page of the rail; chapters."""
        mine = [page.key for page in self._mine]
        left_out = {*mine, *self._other_pages, FIRST, *GUIDE}
        rest = [topic for topic in self._texts if topic not in left_out]
        at_the_desk = rest if self._roles & CENTRE else []
        listed = [FIRST, *mine, *at_the_desk]
        return [topic for topic in listed if topic in self._texts], list(GUIDE)

    def _choose(self, topic: str) -> None:
        first = -1
        for position in range(self.topics.count()):
            at = self.topics.item(position).data(Qt.ItemDataRole.UserRole)
            if at == topic:
                self.topics.setCurrentRow(position)
                return
            if at and first < 0:
                first = position
        self.topics.setCurrentRow(first)

    def _show(self) -> None:
        item = self.topics.currentItem()
        if item is not None:
            self._set_text(item.data(Qt.ItemDataRole.UserRole))

    def _set_text(self, topic: str) -> None:
        self.text.setMarkdown(self._texts[topic])
        self._point_at_words()

    def _follow(self, link: QUrl) -> None:
        topic = link.path()
        self.search.clear()
        self._choose(topic)
        self._set_text(topic)

    def _point_at_words(self) -> None:
        """Select what was looked for, or the first word of it, which brings it into sight."""
        folded = fold(self.text.toPlainText())
        looked_for = [" ".join(self._words), *self._words] if self._words else []
        found = next((words for words in looked_for if words in folded), "")
        if not found:
            return
        at = folded.index(found)
        cursor = self.text.textCursor()
        cursor.setPosition(at)
        cursor.setPosition(at + len(found), QTextCursor.MoveMode.KeepAnchor)
        self.text.setTextCursor(cursor)
