"""What the replay is made from: the stated figures and the world around them, both data."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pravo_desktop.domain.figures import ALL
from pravo_desktop.domain.periods import Month, month_range
from pravo_desktop.paths import resources_folder


@dataclass(frozen=True)
class Figure:
    """A figure of the report that is replayed.

    Args:
        stated: as the report has it; None where it says nothing.
        expected: what the replay gives.
        reason: key of the reason for a difference, or for a value that had to be chosen.
    """

    indicator: str
    region: str
    breakdown: str | None
    key: str | None
    stated: int | float | None
    expected: int | float
    reason: str | None

    @property
    def consistent(self) -> bool:
        """Whether the report itself states the expected value."""
        return self.stated == self.expected


class Figures:
    """The figures of a year.

    Args:
        data: as ``resources/demo/figures_2024.json``.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.year: int = data["year"]
        self.rows = tuple(Figure(**row) for row in data["figures"])
        self.reasons: Mapping[str, Mapping[str, str]] = {row["key"]: row for row in data["reasons"]}

    def expected(self, indicator: str, region: str = ALL, key: str | None = None) -> int:
        """The count the replay gives; 0 where none is listed."""
        for row in self.rows:
            if (row.indicator, row.region, row.key) == (indicator, region, key):
                return int(row.expected)
        return 0

    def by_key(self, indicator: str) -> dict[str, int | float]:
        """The expected values of an indicator's breakdown, all regions together."""
        return {
            row.key: row.expected
            for row in self.rows
            if row.indicator == indicator and row.region == ALL and row.key is not None
        }


@dataclass(frozen=True)
class Year:
    """The figures and the world: centres, specialists, families, topics, when packages came.

    Args:
        world: as ``resources/demo/year_2024.json``.
    """

    figures: Figures
    world: Mapping[str, Any]

    def day(self, name: str) -> date:
        """A date of the world by its name."""
        return date.fromisoformat(self.world[name])

    @property
    def centres(self) -> Mapping[str, Mapping[str, Any]]:
        """The centres by key."""
        centres: Mapping[str, Mapping[str, Any]] = self.world["centres"]
        return centres

    def opened_on(self, station: str) -> date | None:
        """When a centre opened within the year; None for one that was there before."""
        opened = self.centres.get(station, {}).get("opened_on")
        return date.fromisoformat(opened) if opened else None

    def months(self, station: str) -> tuple[Month, ...]:
        """The months of the year in which a station works."""
        first = max(self.day("first_day"), self.opened_on(station) or date.min)
        return tuple(month_range(Month.of(first), Month.of(self.day("last_day"))))

    def workdays(self, station: str) -> list[date]:
        """Weekdays without holidays from the first to the last day of a station's work."""
        first = max(self.day("first_day"), self.opened_on(station) or date.min)
        days = (self.day("last_day") - first).days + 1
        all_days = (first + timedelta(days=number) for number in range(days))
        holidays = set(self.world["holidays"])
        return [d for d in all_days if d.isoweekday() <= 5 and d.isoformat() not in holidays]


def read_year() -> Year:
    """The year 2024 as it came with the program."""
    folder = resources_folder() / "demo"
    figures, world = (
        json.loads((folder / name).read_text(encoding="utf-8"))
        for name in ("figures_2024.json", "year_2024.json")
    )
    return Year(Figures(figures), world)
