"""The states of a month on headquarters' board, from the worst to the best, with mark and word."""

from collections.abc import Mapping
from typing import Final

from pravo_desktop.i18n import N_

REPORTED, ZERO, MISSING, AWAITED, NOT_OPEN = "reported", "zero", "missing", "awaited", "not_open"
LATE, AMENDED = "late", "amended"
STATES: Final = (MISSING, LATE, AWAITED, AMENDED, ZERO, REPORTED, NOT_OPEN)
"""Several sections fold into the first state that one of them has; a zero among reported
sections is not a zero of the whole.

``awaited`` is a month that is not over its deadline yet.
"""

SYMBOLS: Final[Mapping[str, str]] = {
    REPORTED: "+",
    ZERO: "0",
    AMENDED: "+*",
    LATE: "»",
    AWAITED: "…",
    MISSING: "!",
    NOT_OPEN: "–",
}
"""One mark for each state, told apart without colour."""

WORDS: Final[Mapping[str, str]] = {
    REPORTED: N_("reported"),
    ZERO: N_("confirmed zero"),
    AMENDED: N_("amended later"),
    LATE: N_("came late"),
    AWAITED: N_("not due yet"),
    MISSING: N_("has not come"),
    NOT_OPEN: N_("centre not open"),
}
