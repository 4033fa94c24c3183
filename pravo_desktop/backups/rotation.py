"""Which backups are kept: seven days, five weeks, twelve months."""

from collections.abc import Collection
from datetime import datetime

from pravo_desktop.clock import KAZAKHSTAN

DAYS, WEEKS, MONTHS = 7, 5, 12


def kept(moments: Collection[datetime]) -> set[datetime]:
    """Those of the backups to keep: the newest of each of the last days, weeks and months.

    Days, weeks (Monday to Sunday) and months are counted where there is a backup, so that a
    computer that stood still or whose clock went wrong loses none; they are those of Kazakhstan.

    Args:
        moments: when the backups were made, aware.
    """
    newest_first = sorted(moments, reverse=True)
    keep: set[datetime] = set()
    for pattern, number in (("%Y-%m-%d", DAYS), ("%G-W%V", WEEKS), ("%Y-%m", MONTHS)):
        newest: dict[str, datetime] = {}
        for moment in newest_first:
            newest.setdefault(moment.astimezone(KAZAKHSTAN).strftime(pattern), moment)
        keep.update(list(newest.values())[:number])
    return keep
