"""The texts of the papers: every version that was ever printed, by paper and language."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, get_args
from xml.sax.saxutils import escape

from exports.typography import held
from pravo_desktop.errors import KnownError
from pravo_desktop.paths import resources_folder

PaperKey = Literal[
    "consent", "certificate", "attendance", "hand_out", "journal", "slip", "held_data"
]

PAPERS: tuple[PaperKey, ...] = get_args(PaperKey)

_BLANK = "_" * 20
"""A line in running text to write a number on."""


@dataclass(frozen=True, slots=True)
class Template:
    """One version of a paper's text in one language.

    Args:
        texts: sentences with ``{named}`` fields, in reportlab's paragraph markup.
        lists: items of a list, by name.
    """

    paper: PaperKey
    language: str
    version: str
    texts: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]

    def fill(self, key: str, **values: str | None) -> str:
        """Markup of a sentence with its fields filled; None is a line to fill in by hand."""
        # «2024 г.» at the end of a sentence has its full stop already.
        shown = {name: _shown(value) for name, value in values.items()}
        return self.texts[key].format(**shown).replace("г..", "г.")


def template(paper: PaperKey, language: str, version: str | None = None) -> Template:
    """A paper's text in ``kk`` or ``ru``.

    Args:
        version: such as ``2024-1``; None is the newest.

    Raises:
        KnownError: ``paper_template_unknown`` when there is no such paper, language or version.
    """
    known = _versions(paper, language)
    chosen = known.get(version or next(reversed(tuple(known)), ""))
    if chosen is None:
        raise KnownError(
            "paper_template_unknown", paper=paper, language=language, version=version or ""
        )
    return chosen


def versions(paper: PaperKey, language: str) -> tuple[str, ...]:
    """The versions of a paper's text, oldest first; none for an unknown paper or language."""
    return tuple(_versions(paper, language))


@cache
def _versions(paper: PaperKey, language: str) -> Mapping[str, Template]:
    path = resources_folder() / "papers" / language / f"{paper}.json"
    if not path.is_file():
        return MappingProxyType({})
    source = json.loads(path.read_text(encoding="utf-8"))
    return MappingProxyType(
        {
            one["version"]: Template(
                paper,
                language,
                one["version"],
                MappingProxyType({name: held(text) for name, text in one["texts"].items()}),
                MappingProxyType(
                    {name: tuple(map(held, items)) for name, items in one["lists"].items()}
                ),
            )
            for one in source["versions"]
        }
    )


def _shown(value: str | None) -> str:
    return _BLANK if value is None else escape(value)
