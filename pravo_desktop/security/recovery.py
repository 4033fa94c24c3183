"""Codes of recovery sheets: six groups with a check character each, forgiving in how one types."""

import secrets
import unicodedata
from typing import Final

from pravo_desktop.errors import KnownError

_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""31 characters, a prime number, without 0 O 1 I L: the check finds every single mistake."""
_CODE_GROUPS: Final = 6
_GROUP_RANDOM: Final = 5
_LOOKALIKES: Final = str.maketrans("АВСЕНКМРТУХ", "ABCEHKMPTYX")


def new_code() -> str:
    """Six groups of five random characters (148 bits) and a check character each."""
    groups = []
    for position in range(_CODE_GROUPS):
        drawn = "".join(secrets.choice(_ALPHABET) for _ in range(_GROUP_RANDOM))
        groups.append(drawn + _check_character(position, drawn))
    return "-".join(groups)


def read_code(typed: str) -> str:
    """The code without its hyphens.

    Args:
        typed: case, spaces and hyphens do not matter, nor Cyrillic letters of the same shape.

    Raises:
        KnownError: ``recovery_code_mistyped`` (``group``, from 1; 0 when the length is wrong).
    """
    folded = unicodedata.normalize("NFKC", typed).upper().translate(_LOOKALIKES)
    code = "".join(character for character in folded if character.isalnum())
    size = _GROUP_RANDOM + 1
    if len(code) != _CODE_GROUPS * size:
        raise KnownError("recovery_code_mistyped", group=0)
    for position in range(_CODE_GROUPS):
        group = code[position * size : (position + 1) * size]
        if not set(group) <= set(_ALPHABET) or group[-1] != _check_character(position, group[:-1]):
            raise KnownError("recovery_code_mistyped", group=position + 1)
    return code


def _check_character(position: int, drawn: str) -> str:
    """Weighted sum modulo 31: notices one wrong character, two swapped ones, swapped groups."""
    weighted = sum(
        weight * _ALPHABET.index(character) for weight, character in enumerate(drawn, start=2)
    )
    return _ALPHABET[(position + weighted) % len(_ALPHABET)]
