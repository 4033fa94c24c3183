"""The rail at the left: where one works, the pages, who is signed in, lock and help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from pravo_desktop.domain.periods import Month
from pravo_desktop.i18n import Translator
from ui.page import Desk, Page
from ui.theme import GRID, HALF, RAIL_WIDTH
from ui.widgets.labels import label
from ui.widgets.layouts import column, hairline, scrolled


class Rail(QWidget):
    """One entry for each page, an icon and its word; their keys show under the pointer.

    Args:
        city: of the workplace by language; empty at the head office.
        pages: those that stand in it.
    """

    chosen = Signal(str)
    """Key of a page."""
    lock_wanted = Signal()
    help_wanted = Signal()

    def __init__(self, desk: Desk, city: Mapping[str, str], pages: Sequence[type[Page]]) -> None:
        super().__init__()
        t = desk.t
        self.theme = theme = desk.theme
        self._buttons: dict[str, QToolButton] = {}
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(theme.px(RAIL_WIDTH))
        layout = column(HALF)
        layout.setContentsMargins(HALF, 2 * GRID, HALF, GRID)
        place = label(place_name(t, city), wrap=True)
        place.setObjectName("place")
        place.setContentsMargins(GRID, 0, HALF, 0)
        month = label(t.month(Month.of(desk.clock.today())), "quiet")
        month.setContentsMargins(GRID, 0, 0, 0)
        layout.addWidget(place)
        layout.addWidget(month)
        layout.addSpacing(2 * GRID)
        entries = column(HALF)
        for page in pages:
            self._buttons[page.key] = entry = self._entry(
                t.text(page.name), page.icon, page.shortcut
            )
            entry.setCheckable(True)
            entry.setObjectName(f"rail_{page.key}")
            entry.clicked.connect(lambda _=False, key=page.key: self.chosen.emit(key))
            entries.addWidget(entry)
        entries.addStretch(1)
        self._entries = scrolled(entries)
        self._entries.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout.addWidget(self._entries, 1)
        layout.addWidget(hairline())
        who = label(t.text("Signed in: {name}", name=desk.actor.name), "quiet", wrap=True)
        who.setContentsMargins(GRID, 0, 0, 0)
        layout.addWidget(who)
        lock = self._entry(t.text("Lock"), "lock", "Ctrl+L")
        lock.clicked.connect(self.lock_wanted)
        layout.addWidget(lock)
        help_ = self._entry(t.text("Help"), "help", "F1")
        help_.clicked.connect(self.help_wanted)
        layout.addWidget(help_)
        self.setLayout(layout)

    def _entry(self, text: str, icon: str, shortcut: str) -> QToolButton:
        entry = QToolButton()
        entry.setText(f" {text}")
        entry.setAccessibleName(text)
        entry.setIcon(self.theme.icon(icon))
        entry.setIconSize(QSize(self.theme.px(20), self.theme.px(20)))
        entry.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        entry.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        entry.setToolTip(f"{text}  {shortcut}")
        entry.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return entry

    def show_current(self, key: str) -> None:
        """Mark the entry of the page in front, and bring it in sight."""
        for one, entry in self._buttons.items():
            entry.setChecked(one == key)
        if key in self._buttons:
            self._entries.ensureWidgetVisible(self._buttons[key], 0, HALF)


def place_name(t: Translator, city: Mapping[str, str]) -> str:
    """The short name of a workplace: its city by language, or the head office without one."""
    if not city:
        return t.text("Head office")
    return t.text("Centre in {city}", city=city[t.language])
