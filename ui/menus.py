"""The menus of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from ui.settings import APPEARANCES

if TYPE_CHECKING:
    from ui.app import Window

LANGUAGE_NAMES = {"kk": "Қазақша", "ru": "Русский"}


def build_menus(window: Window) -> None:
    """Fill the bar of menus: before signing in there is less to do."""
    t = window.translator
    bar = window.menuBar()
    bar.clear()
    work = bar.addMenu(t.text("&Program"))
    if window.shell is not None:
        _add(work, t.text("&Lock"), window.lock, "Ctrl+L")
    _add(work, t.text("&Quit"), window.close, "Ctrl+Q")
    if window.shell is not None:
        go = bar.addMenu(t.text("&Go to"))
        go.addActions(window.shell.actions_for_menus(go))
    view = bar.addMenu(t.text("&View"))
    languages = view.addMenu(t.text("&Language"))
    group = QActionGroup(languages)
    for key, name in LANGUAGE_NAMES.items():
        action = _add(languages, name, lambda key=key: window.set_language(key))
        action.setCheckable(True)
        action.setChecked(key == window.settings.language)
        group.addAction(action)
    names = {
        "system": t.text("As the system"),
        "light": t.text("Light"),
        "dark": t.text("Dark"),
    }
    looks = view.addMenu(t.text("&Appearance"))
    group = QActionGroup(looks)
    for key in APPEARANCES:
        action = _add(looks, names[key], lambda key=key: window.set_appearance(key))
        action.setCheckable(True)
        action.setChecked(key == window.settings.appearance)
        group.addAction(action)
    _add(view, t.text("L&arger text"), lambda: window.resize_text(1), "Ctrl++", "Ctrl+=")
    _add(view, t.text("&Smaller text"), lambda: window.resize_text(-1), "Ctrl+-")
    help_ = bar.addMenu(t.text("&Help"))
    _add(help_, t.text("&Help"), window.show_help, "F1")


def _add(menu: QMenu, text: str, run: object, *keys: str) -> QAction:
    action = menu.addAction(text)
    action.triggered.connect(lambda _=False: run())  # type: ignore[operator]
    action.setShortcuts([QKeySequence(key) for key in keys])
    return action
