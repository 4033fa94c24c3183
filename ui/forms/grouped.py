"""Fields whose digits stand in groups while they are typed."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit

from pravo_desktop.domain.iin import clean_iin

_PHONE = re.compile(r"(\+7|8)([0-9]{1,10})")
_SEPARATORS = re.compile(r"[\s().\-]")


def grouped_iin(text: str) -> str:
    """The date and the rest of an IIN apart: ``850512 300123``; other text as it is."""
    digits = clean_iin(text)
    if not digits.isdecimal() or len(digits) <= 6:
        return digits if digits.isdecimal() else text
    return f"{digits[:6]} {digits[6:]}"


def grouped_phone(text: str) -> str:
    """A number that begins with +7 or 8: ``+7 701 123 45 67``; other text as it is."""
    match = _PHONE.fullmatch(_SEPARATORS.sub("", text))
    if match is None:
        return text
    rest = match[2]
    parts = (match[1], rest[:3], rest[3:6], rest[6:8], rest[8:])
    return " ".join(filter(None, parts))


class GroupedEdit(QLineEdit):
    """Puts spaces between digits; the cursor stays behind the digit just typed.

    Args:
        group: sets the spaces.
    """

    def __init__(self, group: Callable[[str], str]) -> None:
        super().__init__()
        self._group = group
        self.textEdited.connect(self._regroup)

    def _regroup(self, text: str) -> None:
        grouped = self._group(text)
        if grouped == text:
            return
        behind = sum(not letter.isspace() for letter in text[: self.cursorPosition()])
        self.setText(grouped)
        places = [place for place, letter in enumerate(grouped) if not letter.isspace()]
        self.setCursorPosition(places[behind - 1] + 1 if behind else 0)
