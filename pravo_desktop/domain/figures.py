"""The shape of a figure: one value of one indicator, with its plan, its state and its months."""

from dataclasses import dataclass

ALL = "all"
"""Region key of the whole project."""

NATIONAL = "national"
"""Region key of headquarters' own work."""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of a report.

    Args:
        indicator: key of ``domain.indicators``.
        region: region key, ``national`` or ``all``.
        breakdown: name of the breakdown, None for the total.
        key: the breakdown's key, None for the total.
        value: None while nothing was reported; a share is in percent with two decimals.
        plan: the planned value in force at the end of the period, if any.
        state: reported, zero, partial, missing or not_open.
        months: the months (``YYYY-MM``) that were reported, zero or not.
    """

    indicator: str
    region: str
    breakdown: str | None
    key: str | None
    value: int | float | None
    plan: int | None
    state: str
    months: tuple[str, ...]
