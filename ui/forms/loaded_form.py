"""A form that first reads what it offers and changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit

from ui.forms.removable import Removable
from ui.page import Desk
from ui.runner import Job

T = TypeVar("T")


class LoadedForm(Removable):
    """What was typed before a language switch comes back on top of what was read."""

    def __init__(self, desk: Desk, **arguments: Any) -> None:
        super().__init__(desk, **{name: value for name, value in arguments.items() if value})
        self._kept: Mapping[str, Any] | None = None

    def load(self, query: Callable[[Job], T], put: Callable[[T], object]) -> None:
        """Read, then show what was read."""

        def take(found: T) -> None:
            put(found)
            if self._kept is not None:
                super(LoadedForm, self).retype(self._kept)

        self.desk.runner.read(self, query, take)

    def retype(self, values: Mapping[str, Any]) -> None:
        self._kept = values
        super().retype(values)

    def leave(self, told: str, action: str = "", run: Callable[[], object] | None = None) -> None:
        """Go back to the list and say what was done."""
        self.desk.navigator.back()
        self.desk.navigator.say(told, action, run)


class NumberEdit(QLineEdit):
    """A whole number from 0 on; empty where nobody knows it.

    Args:
        maximum: the greatest that may be typed.
    """

    def __init__(self, number: int | None = None, *, maximum: int = 100_000) -> None:
        super().__init__()
        self.setValidator(QIntValidator(0, maximum, self))
        self.put(number)

    def put(self, number: int | None) -> None:
        """Show a number, or nothing."""
        self.setText("" if number is None else str(number))

    def number(self) -> int | None:
        """The number typed; None when empty."""
        return int(self.text()) if self.text().isdecimal() else None
