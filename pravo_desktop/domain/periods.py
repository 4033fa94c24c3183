"""Months and periods: what a package is for and what a report covers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pravo_desktop.errors import KnownError

_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month.

    Args:
        year: 1 to 9999.
        number: 1 (January) to 12.

    Raises:
        KnownError: ``month_invalid``.
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.year <= 9999 and 1 <= self.number <= 12):
            raise KnownError("month_invalid", text=str(self))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    def __contains__(self, day: date) -> bool:
        return (day.year, day.month) == (self.year, self.number)

    @classmethod
    def parse(cls, text: str) -> Month:
        """The month written ``2024-05``; KnownError ``month_invalid`` for anything else."""
        match = _MONTH.fullmatch(text)
        if match is None:
            raise KnownError("month_invalid", text=text)
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that holds a day."""
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return (self.first_day + timedelta(days=31)).replace(day=1) - timedelta(days=1)

    @property
    def next(self) -> Month:
        return self.plus(1)

    @property
    def previous(self) -> Month:
        return self.plus(-1)

    def plus(self, months: int) -> Month:
        """The month that many months later, or earlier when negative."""
        year, index = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, index + 1)


def months_between(first: Month, last: Month) -> int:
    """How many months ``last`` is after ``first``: 0 for the same one, negative when before."""
    return (last.year - first.year) * 12 + last.number - first.number


def month_range(first: Month, last: Month) -> Iterator[Month]:
    """The months from ``first`` through ``last``; none when ``last`` is before ``first``."""
    for offset in range(months_between(first, last) + 1):
        yield first.plus(offset)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from ``from_`` through ``to``, both inside.

    Raises:
        KnownError: ``period_reversed`` when it would end before it begins.
    """

    from_: date
    to: date

    def __post_init__(self) -> None:
        if self.to < self.from_:
            raise KnownError(
                "period_reversed", first=self.from_.isoformat(), last=self.to.isoformat()
            )

    def __contains__(self, day: date) -> bool:
        return self.from_ <= day <= self.to

    @classmethod
    def of_month(cls, month: Month) -> Period:
        return cls(month.first_day, month.last_day)

    @classmethod
    def of_months(cls, first: Month, last: Month) -> Period:
        return cls(first.first_day, last.last_day)

    @classmethod
    def of_year(cls, year: int) -> Period:
        return cls.of_months(Month(year, 1), Month(year, 12))

    @classmethod
    def of_quarter(cls, year: int, quarter: int) -> Period:
        """The quarter 1 to 4; KnownError ``month_invalid`` outside."""
        return cls.of_months(Month(year, quarter * 3 - 2), Month(year, quarter * 3))

    @property
    def months(self) -> tuple[Month, ...]:
        """Every month the period touches."""
        return tuple(month_range(Month.of(self.from_), Month.of(self.to)))

    @property
    def full_months(self) -> tuple[Month, ...]:
        """The months that lie in the period with all their days."""
        return tuple(m for m in self.months if m.first_day in self and m.last_day in self)

    @property
    def partial_months(self) -> tuple[Month, ...]:
        """The months of which the period has some days only: none, one or two."""
        full = self.full_months
        return tuple(m for m in self.months if m not in full)
