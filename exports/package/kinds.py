"""What may stand in a cell of a signed workbook, as calamine gives it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

LONGEST_CELL: Final = 32_767
"""Characters in an Excel cell; what is beyond is cut without a word."""
LARGEST_NUMBER: Final = 2**53
UUID: Final = "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
MONTH: Final = "[0-9]{4}-(?:0[1-9]|1[0-2])"
MOMENT: Final = (
    MONTH + r"-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{6}Z"
)
STATION: Final = "[0-9A-Za-z-]{1,40}"
SHA256: Final = "[0-9a-f]{64}"
_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Kind:
    """What may stand in a cell.

    Args:
        judge: says of what calamine gives (text, float) whether it may; may also raise ValueError
            or TypeError.
        number: a whole number, not text.
        optional: may be empty, which calamine gives as an empty text.
    """

    judge: Callable[[Any], object]
    number: bool = False
    optional: bool = False

    def accepts(self, cell: Any) -> bool:
        if cell == "":
            return self.optional
        try:
            return bool(self.judge(cell))
        except (TypeError, ValueError):
            return False

    def value_of(self, cell: Any) -> Any:
        return None if cell == "" else int(cell) if self.number else cell


def text_of(pattern: str, *, optional: bool = False) -> Kind:
    """A text that matches the pattern as a whole."""
    return Kind(re.compile(pattern, re.DOTALL).fullmatch, optional=optional)


def any_text(longest: int) -> Kind:
    """A text of 1 to ``longest`` characters."""
    return text_of(f".{{1,{longest}}}")


def whole(smallest: int, largest: int) -> Kind:
    """A whole number within these bounds."""

    def judge(cell: Any) -> bool:
        return type(cell) is not bool and smallest <= cell <= largest and cell == int(cell)

    return Kind(judge, number=True)


def is_date(cell: Any) -> object:
    """Whether a cell holds a day of the calendar."""
    return _DATE.fullmatch(cell) and date.fromisoformat(cell)
