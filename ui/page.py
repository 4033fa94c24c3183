"""A page of the window: what it tells the shell about itself, and what it is handed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pravo_desktop.clock import Clock
from pravo_desktop.i18n import Translator
from pravo_desktop.usecases.actor import Actor
from ui.runner import Runner
from ui.theme import Theme
from ui.typed import retype, typed

Difference = tuple[str, str]
"""Name and value of a field that was changed and not saved."""


class Navigator(Protocol):
    """What a page may ask of the shell around it."""

    def open(self, cls: type[Page], **arguments: Any) -> Page: ...
    def go(self, key: str, **arguments: Any) -> Page: ...
    def back(self) -> None: ...
    def say(self, text: str, action: str = "", run: Callable[[], object] | None = None) -> None: ...
    def hush(self) -> None: ...
    def show_error(self, error: Exception) -> None: ...


@dataclass(frozen=True)
class Desk:
    """What every page is handed.

    Args:
        t: the window's translator: ``desk.t.text("Save")``.
        theme: colours and sizes.
        runner: for all work on data; see `ui.runner.Runner`.
        actor: who signed in.
        clock: the one clock.
        centre: key of the centre, or ``national``.
        navigator: opens pages, goes back, says what was done.
    """

    t: Translator
    theme: Theme
    runner: Runner
    actor: Actor
    clock: Clock
    centre: str
    navigator: Navigator


@dataclass(frozen=True)
class Primary:
    """The one primary action of a page.

    Args:
        label: says what it does, with a mnemonic.
        run: is called by its button and its key.
        key: such as ``Ctrl+N``; shown on the button.
    """

    label: str
    run: Callable[[], object]
    key: str = ""


class Page(QWidget):
    """A page; its class attributes put it into the navigation.

    Args:
        desk: what it is handed.
        arguments: what it is about, such as ``case_id``; ids only, so that it can be built again
            in another language.
    """

    key: ClassVar[str] = ""
    """Stable name of a page of the rail; empty for pages that others open."""
    name: ClassVar[str] = ""
    """Its word in the rail, a source string marked with ``N_``."""
    icon: ClassVar[str] = ""
    """File of ``resources/icons`` without its ending."""
    shortcut: ClassVar[str] = ""
    railed: ClassVar[bool] = True
    """Whether it stands in the rail; otherwise its key and the menu bring it."""
    roles: ClassVar[frozenset[str]] = frozenset()
    """Who sees it; it is absent for others."""
    reloads_on: ClassVar[frozenset[str]] = frozenset()
    """Tables whose change makes `reload` run."""

    retitled = Signal()
    """The title or the primary action changed."""

    def __init__(self, desk: Desk, **arguments: Any) -> None:
        super().__init__()
        self.desk = desk
        self.t = desk.t
        self.arguments: Mapping[str, Any] = arguments
        self.setObjectName("page")

    def title(self) -> str:
        """The title above the page."""
        return self.t.text(self.name)  # the names are marked where they are written

    def primary(self) -> Primary | None:
        """The one primary action, if there is one."""
        return None

    def reload(self) -> None:
        """Read anew what it shows; called when it is first shown and when its tables change."""

    def receive(self, **arguments: Any) -> None:
        """Take what ``navigator.go(key, …)`` passed, such as the case to begin with."""

    def subject(self) -> Mapping[str, Any]:
        """What it is about, given to the `receive` of a page that a key opens from here."""
        return {}

    def go_to_search(self) -> None:
        """Ctrl+F: go to the page's search field."""

    def start(self) -> None:
        """Put the keyboard where the work begins; called when the page comes to the front."""

    def typed(self) -> Mapping[str, Any]:
        """What the person has typed and not saved, to be given to `retype` of a page built anew."""
        return typed(self)

    def retype(self, values: Mapping[str, Any]) -> None:
        """Put back what `typed` gave."""
        retype(self, values)

    def unsaved(self) -> Sequence[Difference]:
        """What is typed and would be lost."""
        return ()

    def take_up(self, unsaved: Sequence[Difference]) -> None:
        """Take on what `unsaved` gave, after `retype`."""

    def resume(self, values: Mapping[str, Any], unsaved: Sequence[Difference]) -> None:
        """Go on with a draft, once the page is in front."""

    def keep(self) -> None:
        """Keep what is unsaved as a draft at once."""

    def forget(self) -> None:
        """Throw away what is unsaved."""
