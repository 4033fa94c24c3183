"""The business identification number: what is wrong with it and what looks odd in it.

Rules of forming identification numbers: Government resolution No. 406 of 22 May 2007. Digits 1-4
are year and month of registration, the fifth the kind of entity, the sixth its part.
"""

from __future__ import annotations

import re

from pravo_desktop.domain.iin import iin_check_digit

_KINDS = "456"
"""Resident legal entity, non-resident legal entity, joint entrepreneurs."""
_PARTS = "0123"
"""Head unit, branch, representative office, farm of joint entrepreneurs."""


def bin_findings(number: str) -> tuple[str, ...]:
    """Why a number without spaces cannot be kept: empty when it can.

    Returns:
        At most one of ``bin_digits`` (it is not twelve digits) and ``bin_check_digit``.
    """
    if not re.fullmatch(r"[0-9]{12}", number):
        return ("bin_digits",)
    right = number.strip("0") and iin_check_digit(number[:11]) == int(number[11])
    return () if right else ("bin_check_digit",)


def bin_warnings(number: str) -> tuple[str, ...]:
    """``bin_unusual`` where month, kind or part of a number without findings mean nothing known."""
    known = 1 <= int(number[2:4]) <= 12 and number[4] in _KINDS and number[5] in _PARTS
    return () if known else ("bin_unusual",)
