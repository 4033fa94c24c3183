"""The one clock: UTC inside, Kazakhstan's +05:00 outside."""

import os
from datetime import UTC, date, datetime, timedelta, timezone

from pravo_desktop.errors import KnownError

KAZAKHSTAN = timezone(timedelta(hours=5), "+05")
"""One zone for the whole country since 1 March 2024 (Government decision on UTC+5)."""


class Clock:
    """Tells the time of the computer."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The calendar day in Kazakhstan."""
        return self.now().astimezone(KAZAKHSTAN).date()


class PracticeClock(Clock):
    """A clock that can be set; practice folders alone obey it.

    Args:
        moment: the time it shows until it is set again; a naive value is taken as +05:00.
    """

    def __init__(self, moment: datetime) -> None:
        self.set(moment)

    def set(self, moment: datetime) -> None:
        aware = moment if moment.tzinfo else moment.replace(tzinfo=KAZAKHSTAN)
        self._moment = aware.astimezone(UTC)

    def now(self) -> datetime:
        return self._moment


def clock_for(*, practice: bool) -> Clock:
    """The clock of a data folder: ``PRAVO_NOW`` (ISO 8601) is read for practice folders only."""
    pinned = os.environ.get("PRAVO_NOW") if practice else None
    if not pinned:
        return Clock()
    try:
        return PracticeClock(datetime.fromisoformat(pinned))
    except ValueError as error:
        raise KnownError("practice_time_invalid", value=pinned) from error


def timestamp(moment: datetime) -> str:
    """The stored form of a moment: UTC, fixed width, so that text order is time order."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
