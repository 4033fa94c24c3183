"""The individual identification number: what is wrong with it and what looks odd in it.

Algorithm of the check digit: Government resolution No. 565 of 11 June 2003. A difference in birth
date or sex is a warning: since resolution No. 853 of 26 August 2013 the digits are not tied to
them, and a number is never changed.
"""

from __future__ import annotations

import re
from datetime import date

_FIRST_WEIGHTS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_SECOND_WEIGHTS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
_CENTURY_AND_SEX = {
    "1": (1800, "male"),
    "2": (1800, "female"),
    "3": (1900, "male"),
    "4": (1900, "female"),
    "5": (2000, "male"),
    "6": (2000, "female"),
}


def clean_iin(text: str) -> str:
    """The number without the spaces and hyphens that people put into it."""
    return re.sub(r"[\s\-]", "", text)


def iin_check_digit(first_eleven: str) -> int | None:
    """The twelfth digit for the first eleven; None when no number with them is issued."""
    digits = [int(character) for character in first_eleven]
    for weights in (_FIRST_WEIGHTS, _SECOND_WEIGHTS):
        remainder = sum(d * w for d, w in zip(digits, weights, strict=True)) % 11
        if remainder < 10:
            return remainder
    return None


def iin_findings(iin: str) -> tuple[str, ...]:
    """Why a cleaned number cannot be kept: empty when it can.

    Returns:
        At most one of ``iin_characters``, ``iin_length``, ``iin_zeros``, ``iin_not_issued`` (no
        number begins with these eleven digits), ``iin_check_digit``. The field then stays empty.
    """
    if not re.fullmatch(r"[0-9]*", iin):
        return ("iin_characters",)
    if len(iin) != 12:
        return ("iin_length",)
    if not iin.strip("0"):
        return ("iin_zeros",)
    expected = iin_check_digit(iin[:11])
    if expected is None:
        return ("iin_not_issued",)
    return () if expected == int(iin[11]) else ("iin_check_digit",)


def iin_warnings(
    iin: str,
    *,
    today: date,
    birth_date: date | None = None,
    birth_year: int | None = None,
    sex: str | None = None,
) -> tuple[str, ...]:
    """What a person should look at again in a number without findings.

    Args:
        iin: twelve digits.
        birth_date, birth_year: as the form has them, or None; the year is compared alone only
            when there is no date.
        sex: ``male``, ``female``, or anything else when not stated.

    Returns:
        Of ``iin_century`` (7th digit without a meaning), ``iin_date_impossible``,
        ``iin_date_future``, ``iin_birth_date`` (differs from the form), ``iin_sex``.
    """
    if iin[6] not in _CENTURY_AND_SEX:
        return ("iin_century",)
    century, coded_sex = _CENTURY_AND_SEX[iin[6]]
    warnings = []
    try:
        coded = date(century + int(iin[:2]), int(iin[2:4]), int(iin[4:6]))
    except ValueError:
        warnings.append("iin_date_impossible")
    else:
        if coded > today:
            warnings.append("iin_date_future")
        if birth_date not in (None, coded) or (
            birth_date is None and birth_year not in (None, coded.year)
        ):
            warnings.append("iin_birth_date")
    if sex in ("male", "female") and sex != coded_sex:
        warnings.append("iin_sex")
    return tuple(warnings)
