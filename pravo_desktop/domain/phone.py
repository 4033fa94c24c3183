"""Phone numbers of Kazakhstan: stored as +7 and ten digits, printed in groups."""

from __future__ import annotations

import re
from collections.abc import Collection

MOBILE_CODES = frozenset(
    str(code)
    for first, last in ((700, 702), (705, 708), (747, 747), (760, 764), (771, 771), (775, 778))
    for code in range(first, last + 1)
) | {"785"}
"""Mobile codes of the libphonenumber plan; the list goes out of date, so it only warns."""

_SEPARATORS = re.compile(r"[\s().\-\u2010-\u2015]")
_WRITTEN = re.compile(r"(?:\+?7|8)?([067][0-9]{9})")
_GROUPS = {7: (3, 2, 2), 6: (2, 2, 2), 5: (1, 2, 2)}


def normalise_phone(text: str) -> str | None:
    """The stored form ``+7XXXXXXXXXX`` of what a person typed; None when it is no such number.

    Accepts +7, 7, 8 or nothing before the ten digits, with spaces, brackets, dots and hyphens.
    """
    match = _WRITTEN.fullmatch(_SEPARATORS.sub("", text))
    return "+7" + match[1] if match else None


def phone_findings(text: str, landline_codes: Collection[str] = ()) -> tuple[str, ...]:
    """What to tell about a typed number: nothing, ``phone_format`` or ``phone_code_unknown``.

    Args:
        landline_codes: known codes of cities without +7; the second finding is a warning.
    """
    stored = normalise_phone(text)
    if stored is None:
        return ("phone_format",)
    national = stored[2:]
    known = national[:3] in MOBILE_CODES or national.startswith(tuple(landline_codes))
    return () if known else ("phone_code_unknown",)


def format_phone(stored: str, landline_codes: Collection[str] = ()) -> str:
    """The printed form of a stored number: ``+7 (701) 123-45-67``, ``+7 (7172) 12-34-56``.

    Args:
        stored: as ``normalise_phone`` gives it.
        landline_codes: codes of 3 to 5 digits; the longest that fits is set in brackets.
    """
    national = stored[2:]
    codes = [code for code in landline_codes if national.startswith(code)]
    code = max(codes, key=len, default=national[:3])
    rest = national[len(code) :]
    groups, start = [], 0
    for size in _GROUPS[len(rest)]:
        groups.append(rest[start : start + size])
        start += size
    return f"+7 ({code}) {'-'.join(groups)}"
