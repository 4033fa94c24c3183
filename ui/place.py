"""Where a person is in the window, kept while the window is built anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ui.page import Difference, Page


@dataclass
class Place:
    """Where a person is in the window, with what is typed: enough to build it again.

    Args:
        current: key of the rail's page in front.
        pages: for each page of the rail what is open in it, the topmost last.
    """

    current: str = ""
    pages: dict[str, list[Opened]] = field(default_factory=dict)


@dataclass(frozen=True)
class Opened:
    """A page that was open: what it is about, what is typed, what of that is not saved."""

    cls: type[Page]
    arguments: Mapping[str, Any]
    typed: Mapping[str, Any]
    unsaved: Sequence[Difference]

    @classmethod
    def of(cls, page: Page) -> Opened:
        """The page as it is now."""
        return cls(type(page), page.arguments, page.typed(), page.unsaved())
