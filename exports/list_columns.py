"""What a list consists of before any file format: columns, and values in their cells."""

from dataclasses import dataclass

Value = str | int
"""What a cell holds; text is never taken for a formula, a number or a date."""


@dataclass(frozen=True)
class ListColumn:
    """A column of a list.

    Args:
        head: in the reader's language.
        number: stands at the right.
    """

    head: str
    number: bool = False
