"""The user guide and the help of each page: Markdown with the program's own words put in.

A text names what stands in the window by its source string, ``{ui:&Look inside}``, and shows what
the catalogue of its language has for it. A chapter of the guide has on lines of their own
``{help:cases}``, the help of a page; ``{picture:30-case}``, a picture of ``make screens``; and
``{keys}``, the list of keys. The guide in PDF takes all of them in; the window links to the help.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from pravo_desktop.i18n import Translator
from pravo_desktop.paths import resources_folder

CHAPTERS = (
    "first_start",
    "day",
    "couple",
    "consultation",
    "records",
    "papers",
    "month",
    "packages",
    "centre",
    "inbox",
    "project",
    "report",
    "trouble",
    "law",
    "words",
    "keys",
)
"""The chapters in their order; ``resources/guide/LANGUAGE/NAME.md``."""

WORD = re.compile(r"\{ui:([^}]+)\}")
LINE = re.compile(r"^\{(help|picture|keys)(?::([\w-]+))?\}$", re.MULTILINE)


@cache
def help_texts(language: str) -> dict[str, str]:
    """The help in a language: Markdown by topic, each beginning with its title."""
    return _read("help", language)


@cache
def chapter_texts(language: str) -> dict[str, str]:
    """The chapters in a language by name, in order, with what `LINE` finds still in them."""
    texts = _read("guide", language)
    return {name: texts[name] for name in CHAPTERS}


def title_of(text: str) -> str:
    """The title of a help text or of a chapter."""
    return text.splitlines()[0].removeprefix("# ")


def filled(text: str, put: Callable[[str, str], str]) -> str:
    """A chapter with its lines replaced.

    Args:
        put: what stands in the place of a line, of its kind and name; "" for nothing.
    """
    return LINE.sub(lambda found: put(found[1], found[2] or ""), text)


def name_in_window(message: str, t: Translator) -> str:
    """What the window shows for a source string, without the mark of its mnemonic."""
    return t.text(message).replace("&", "").rstrip(":")


def _read(folder: str, language: str) -> dict[str, str]:
    t = Translator(language)
    place = resources_folder() / folder / language
    return {
        path.stem: WORD.sub(
            lambda found: f"«{name_in_window(found[1], t)}»", path.read_text(encoding="utf-8")
        )
        for path in sorted(place.glob("*.md"))
    }
