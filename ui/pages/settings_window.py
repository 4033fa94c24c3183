"""The settings' part on the window: language, size of the text, appearance, locking by itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.menus import LANGUAGE_NAMES
from ui.page import Desk
from ui.settings import APPEARANCES, IDLE_MINUTES
from ui.theme import GRID, TEXT_SIZES
from ui.widgets.choices import Choice
from ui.widgets.fields import Field
from ui.widgets.labels import label
from ui.widgets.layouts import column, pair

if TYPE_CHECKING:
    from ui.app import Window


class WindowPanel(QWidget):
    """How the window looks and when it locks; each choice holds at once.

    Args:
        come_back_to: is told which control the keyboard returns to once the window is built anew.
    """

    def __init__(self, desk: Desk, come_back_to: Callable[[str], object]) -> None:
        super().__init__()
        t, theme = desk.t, desk.theme
        names = {
            "system": t.text("As the system"),
            "light": t.text("Light"),
            "dark": t.text("Dark"),
        }
        self.language = Choice(LANGUAGE_NAMES.items())
        self.text_size = Choice((str(size), t.percent(size, 0)) for size in TEXT_SIZES)
        self.appearance = Choice((key, names[key]) for key in APPEARANCES)
        self.idle = Choice(
            (str(n), t.plural("after {n} minute", "after {n} minutes", n)) for n in IDLE_MINUTES
        )
        self._come_back_to = come_back_to
        settings: tuple[tuple[Choice, Callable[[Window, str], None]], ...] = (
            (self.language, lambda window, value: window.set_language(value)),
            (self.text_size, lambda window, value: window.set_text_size(int(value))),
            (self.appearance, lambda window, value: window.set_appearance(value)),
            (self.idle, lambda window, value: window.set_idle_minutes(int(value))),
        )
        for choice, setting in settings:
            choice.activated.connect(partial(self._apply, choice, setting))
        layout = column(2 * GRID)
        layout.addWidget(label(t.text("The window"), "section"))
        layout.addLayout(
            pair(
                Field(theme, t.text("&Language"), "language", self.language),
                Field(theme, t.text("Text &size"), "text_size", self.text_size),
            )
        )
        layout.addLayout(
            pair(
                Field(theme, t.text("&Appearance"), "appearance", self.appearance),
                Field(theme, t.text("&Lock by itself"), "idle_minutes", self.idle),
            )
        )
        self.setLayout(layout)

    def _apply(self, choice: Choice, setting: Callable[[Window, str], None], _: int) -> None:
        window = self._window
        assert window is not None
        self._come_back_to(choice.objectName())
        setting(window, choice.value)

    @property
    def _window(self) -> Window | None:
        """The window around it; none while its pages are still being put together."""
        from ui.app import Window

        found = self.window()
        return found if isinstance(found, Window) else None

    def show_chosen(self) -> None:
        """Show what the window has now."""
        window = self._window
        if window is None:
            return
        now = window.settings
        self.language.choose(now.language)
        self.text_size.choose(str(now.text_size))
        self.appearance.choose(now.appearance)
        self.idle.choose(str(now.idle_minutes))
