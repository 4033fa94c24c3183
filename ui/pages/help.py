"""The list of keys."""

from collections.abc import Sequence

from pravo_desktop.i18n import Translator
from ui.page import Page


def keys_text(t: Translator, pages: Sequence[type[Page]]) -> str:
    """A line for each key, the pages' own first."""
    lines = [(page.shortcut, t.text(page.name)) for page in pages]
    lines += [
        ("Ctrl+N", t.text("New case")),
        ("Ctrl+F", t.text("Search on the page")),
        ("Ctrl+Enter", t.text("Save what is typed")),
        ("Esc", t.text("Back")),
        ("Ctrl+L", t.text("Lock")),
        ("Ctrl++, Ctrl+-", t.text("Larger and smaller text")),
        ("Ctrl+Q", t.text("Quit")),
    ]
    return "\n".join(f"{key} — {text}" for key, text in lines)
