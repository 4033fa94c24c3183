"""The window's frame after signing in: rail, title with one primary action, notice, pages.

How to add a page: write one file ``ui/pages/NAME.py`` with a class derived from `ui.page.Page`,
and put the class into ``PAGES`` of ``ui/pages/listing.py``. The class says everything else::

    class CloseMonthPage(Page):
        key = "close_month"                       # stable; settings and tests name it
        name = N_("Close the month")              # its word in the rail and title
        icon = "calendar"                         # resources/icons/calendar.svg
        shortcut = "Ctrl+3"                       # shown when the pointer rests on it
        roles = RESPONSIBLE                       # of usecases.actor; absent for everybody else
        reloads_on = frozenset({"closed_months"}) # tables whose change calls reload()

        def __init__(self, desk, **arguments):    # build the widgets; give inputs an objectName
            super().__init__(desk, **arguments)   # (then a language switch keeps what was typed)
        def primary(self): return Primary(self.t.text("Close the month"), self.save, "Ctrl+Return")
        def reload(self):  self.desk.runner.read(self, lambda job: query(job.session, job.actor),
                                                 done=self.show_rows)
        def start(self):   self.month.setFocus()

Work: ``desk.runner.read`` (queries), ``.write`` (use cases; ``job.session, job.actor,
job.workplace, job.progress``), ``.document`` (files, no session); each takes the asking widget,
``done=``, ``failed=`` (left out: the window shows the message), ``progress=``; ``.cancel()`` of
what it returns gives up. Navigation: ``desk.navigator.open(PageClass, case_id=…)``, ``.go(key)``,
``.back()``, ``.say(text, action, run)``, ``.show_error(error)``. ``self.retitled.emit()`` after a
change of title or primary action. Parts (fields, notes, choices, empty states) are in
`ui.widgets`; words go through ``self.t.text("…")``, colours and sizes through ``desk.theme``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import shiboken6
from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QSizePolicy,
    QToolButton,
    QWidget,
)

from pravo_desktop.clock import KAZAKHSTAN
from pravo_desktop.i18n import Translator
from pravo_desktop.usecases.journal_view import DraftLine, drafts_left
from pravo_desktop.usecases.queries import WorkplaceFacts
from ui.clipboard import ClipboardGuard
from ui.mnemonics import deal_beside_menus
from ui.notice import Notice, error_text
from ui.page import Desk, Page
from ui.page_stack import PageStack
from ui.pages.listing import PAGES
from ui.place import Opened, Place
from ui.rail import Rail
from ui.runner import Runner
from ui.theme import GRID, Theme
from ui.widgets.buttons import button
from ui.widgets.labels import label, practice_band
from ui.widgets.layouts import column, in_sight, row


class Shell(QWidget):
    """The frame around the pages.

    Args:
        runner: with the data folder open.
        facts: what the data folder is.
        place: where to be; empty for the first page.
    """

    lock_wanted = Signal()
    help_wanted = Signal()
    moved = Signal(str)
    """Another page of the rail came to the front."""

    def __init__(
        self, t: Translator, theme: Theme, runner: Runner, facts: WorkplaceFacts, place: Place
    ) -> None:
        super().__init__()
        self.t, self.theme = t, theme
        self.desk = desk = Desk(
            t=t,
            theme=theme,
            runner=runner,
            actor=runner.workplace.actor,
            clock=runner.workplace.clock,
            centre=facts.centre,
            navigator=self,
        )
        self._facts = facts
        ClipboardGuard.of_application()
        self.pages = [page for page in PAGES if page.roles & desk.actor.roles]
        self._stacks: dict[str, list[Page]] = {}
        self._current = ""
        self._previous = ""
        self._stale: set[Page] = set()
        self._rail = Rail(desk, facts.city, [page for page in self.pages if page.railed])
        self._rail.chosen.connect(self._choose)
        self._rail.lock_wanted.connect(self.lock_wanted)
        self._rail.help_wanted.connect(self.help_wanted)

        self._back = QToolButton()
        self._back.setAutoRaise(True)
        self._back.setIcon(self.theme.icon("back"))
        self._back.setIconSize(QSize(theme.px(20), theme.px(20)))
        self._back.setToolTip(self.t.text("Back (Esc)"))
        self._back.setAccessibleName(self.t.text("Back"))
        self._back.clicked.connect(self.back)
        self._title = label("", "title", wrap=True)
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._primary = button("", "primary", name="primary")
        self._primary.clicked.connect(self._run_primary)
        self.notice = Notice(self.t, self.theme)
        self._stack = PageStack()
        self._build()
        self._make_shortcuts()
        desk.runner.changed.connect(self._reload)
        desk.runner.failed.connect(self.show_error)
        self._restore(place)

    def _build(self) -> None:
        head = row(GRID)
        head.addWidget(self._back)
        head.addWidget(self._title, 1)
        head.addWidget(self._primary)
        content = column(2 * GRID)
        content.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        content.addLayout(head)
        content.addWidget(self.notice)
        content.addWidget(in_sight(self._stack), 1)
        sheet = QWidget()
        sheet.setObjectName("sheet")
        sheet.setLayout(content)
        below = row(0)
        below.addWidget(self._rail)
        below.addWidget(sheet, 1)
        layout = column(0)
        if self._facts.practice:
            layout.addWidget(practice_band(self.t))
        layout.addLayout(below, 1)
        self.setLayout(layout)

    def _make_shortcuts(self) -> None:
        self._primary_key = QShortcut(self)
        self._primary_key.activated.connect(self._run_primary)
        for keys, run in (
            (("Esc", "Alt+Left"), self.back),
            (("Ctrl+F",), lambda: self.page.go_to_search()),
        ):
            shortcut = QShortcut(self)
            shortcut.setKeys([QKeySequence(key) for key in keys])
            shortcut.activated.connect(run)

    def actions_for_menus(self, owner: QWidget) -> list[QAction]:
        """An action for each page, for the menu bar."""
        made = []
        for page in self.pages:
            action = QAction(self.t.text(page.name), owner)
            action.setShortcut(QKeySequence(page.shortcut))
            action.triggered.connect(lambda _=False, key=page.key: self._go_with_subject(key))
            made.append(action)
        return made

    @property
    def page(self) -> Page:
        """The page in front."""
        return self._stacks[self._current][-1]

    @property
    def current(self) -> str:
        """Key of the page of the rail that is in front or under it."""
        return self._current

    @property
    def place(self) -> Place:
        """Where the person is, with what is typed."""
        return Place(
            self._current,
            {key: [Opened.of(page) for page in pages] for key, pages in self._stacks.items()},
        )

    def _restore(self, place: Place) -> None:
        keys = [page.key for page in self.pages]
        for key, opened in place.pages.items():
            if key not in keys:
                continue
            self._stacks[key] = []
            for one in opened:
                page = self._make(one.cls, one.arguments)
                page.retype(one.typed)
                page.take_up(one.unsaved)
                self._stacks[key].append(page)
        self.go(place.current if place.current in keys else keys[0])

    def _make(self, cls: type[Page], arguments: Mapping[str, Any]) -> Page:
        page = cls(self.desk, **arguments)
        page.retitled.connect(self._retitle)
        self._stack.add(page)
        self._stale.add(page)
        return page

    def go(self, key: str, **arguments: Any) -> Page:
        """Bring a page of the rail to the front; ``arguments`` are given to its `Page.receive`."""
        if key not in self._stacks:
            cls = next(page for page in self.pages if page.key == key)
            self._stacks[key] = [self._make(cls, {})]
        if key != self._current:
            self._previous, self._current = self._current, key
            self.moved.emit(key)
        self._show()
        if arguments:
            self.page.receive(**arguments)
        return self.page

    def _choose(self, key: str, **arguments: Any) -> None:
        """Go to a page of the rail as a person does; chosen again, it leaves what is over it."""
        if key == self._current:
            while len(self._stacks[key]) > 1:
                self.back()
        self.go(key, **arguments)

    def _go_with_subject(self, key: str) -> None:
        self._choose(key, **self.page.subject())

    def open(self, cls: type[Page], **arguments: Any) -> Page:
        """Open a page over the present one; Esc goes back."""
        self.hush()
        page = self._make(cls, arguments)
        self._stacks[self._current].append(page)
        self._show()
        return page

    def back(self) -> None:
        """Go back to the page below, or to the page of the rail that was in front before."""
        pages = self._stacks[self._current]
        if len(pages) > 1:
            left = Opened.of(pages[-1])
            pages[-1].keep()
            self._drop(pages.pop())
            self._show()
            if left.unsaved:
                self.say(
                    self.t.text("What you typed is kept as a draft."),
                    self.t.text("Continue"),
                    lambda: self.open(left.cls, **left.arguments).resume(left.typed, left.unsaved),
                )
        elif self._previous:
            self.go(self._previous)

    def unsaved(self) -> list[Page]:
        """The open pages with work that is not saved."""
        return [page for pages in self._stacks.values() for page in pages if page.unsaved()]

    def ask_about_drafts(self) -> None:
        """Ask about forms that were left unsaved and are not open now."""

        def asking(lines: list[DraftLine]) -> None:
            from ui.drafted import DraftedPage
            from ui.drafts import ask_about_drafts, form_key

            opened = {
                (form_key(type(page)), page.record_id)
                for page in self.unsaved()
                if isinstance(page, DraftedPage)
            }
            left = [one for one in lines if (one.draft.form, one.draft.record_id) not in opened]
            ask_about_drafts(self, self.desk, left)

        self.desk.runner.read(self, lambda job: drafts_left(job.session, job.actor), asking)

    def _drop(self, page: Page) -> None:
        self._stale.discard(page)
        page.hide()
        page.deleteLater()

    def _show(self) -> None:
        page = self.page
        self._stack.bring(page)
        self._rail.show_current(self._current)
        self._retitle()
        if page in self._stale:
            self._stale.discard(page)
            page.reload()
        page.start()

    def _retitle(self) -> None:
        if not self._current:
            return
        page = self.page
        self._title.setText(page.title())
        self._back.setVisible(len(self._stacks[self._current]) > 1)
        primary = page.primary()
        self._primary.setVisible(primary is not None)
        key = QKeySequence(primary.key) if primary is not None else QKeySequence()
        if primary is not None:
            shown = key.toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")
            self._primary.setText(f"{primary.label}  {shown}".strip())
            self._primary.setAccessibleName(primary.label)
        taken = {page.shortcut for page in self.pages}
        keys = [key] if primary is not None and primary.key not in {"", *taken} else []
        if primary is not None and primary.key == "Ctrl+Return":
            keys.append(QKeySequence("Ctrl+Enter"))
        self._primary_key.setKeys(keys)
        QTimer.singleShot(0, self, self.deal_mnemonics)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Alt:
            self.deal_mnemonics()
        super().keyPressEvent(event)

    def deal_mnemonics(self) -> None:
        """Give each thing in front a letter of its own beside those of the menus."""
        deal_beside_menus(self.page, self._primary.text())

    def _run_primary(self) -> None:
        primary = self.page.primary()
        if primary is not None:
            primary.run()

    def _reload(self, tables: frozenset[str]) -> None:
        for pages in self._stacks.values():
            for page in pages:
                if page.reloads_on & tables:
                    if page is self.page:
                        page.reload()
                    else:
                        self._stale.add(page)

    def say(self, text: str, action: str = "", run: Callable[[], object] | None = None) -> None:
        """Say that something is done, with the next step beside it."""
        self.notice.show_text(text, "success", action, run)

    def warn(self, text: str, action: str = "", run: Callable[[], object] | None = None) -> None:
        """Say what is to be looked after, with the next step beside it."""
        self.notice.show_text(text, "warning", action, run)

    def hush(self) -> None:
        """Take the message away, because something new begins."""
        self.notice.hide()

    def show_error(self, error: Exception) -> None:
        """Say what went wrong."""
        if shiboken6.isValid(self):
            self.notice.show_text(error_text(self.t, error), "error")


def time_of_day(desk: Desk) -> str:
    """Hours and minutes now, as the status line shows them."""
    return f"{desk.clock.now().astimezone(KAZAKHSTAN):%H:%M}"
