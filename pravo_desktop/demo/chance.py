"""Random choices of the practice year that sum to its figures; the same for one seed."""

from collections.abc import Iterable, Mapping, Sequence
from random import Random
from typing import TypeVar

from pravo_desktop.demo.plan import Station
from pravo_desktop.demo.year import Figures, Year
from pravo_desktop.domain.figures import NATIONAL

T = TypeVar("T")


def spread(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers in proportion to the weights that sum to the total (largest remainders).

    Raises:
        ValueError: there is something to spread and no positive weight.
    """
    whole = sum(weights)
    if whole <= 0:
        if total:
            raise ValueError("nothing to spread over")
        return [0] * len(weights)
    shares = [total * weight / whole for weight in weights]
    parts = [int(share) for share in shares]
    by_rest = sorted(range(len(parts)), key=lambda i: (parts[i] - shares[i], i))
    for i in by_rest[: total - sum(parts)]:
        parts[i] += 1
    return parts


def even_out(parts: list[int], total: int, lowest: int, highest: int, random: Random) -> list[int]:
    """The parts, changed one by one at random until they sum to the total.

    Raises:
        ValueError: no parts within the bounds can sum to it.
    """
    if not lowest * len(parts) <= total <= highest * len(parts):
        raise ValueError(f"{len(parts)} parts of {lowest} to {highest} never sum to {total}")
    gap = total - sum(parts)
    step = 1 if gap > 0 else -1
    while gap:
        i = random.randrange(len(parts))
        if lowest <= parts[i] + step <= highest:
            parts[i] += step
            gap -= step
    return parts


class Planner:
    """What the planners share: the year, its stations, and one source of chance.

    Args:
        stations: by centre, and headquarters'; the planners fill them.
    """

    def __init__(self, year: Year, stations: dict[str, Station], random: Random) -> None:
        self.year = year
        self.stations = stations
        self.figures: Figures = year.figures
        self.world = year.world
        self.random = random

    def _centres(self) -> list[Station]:
        return [station for station in self.stations.values() if station.key != NATIONAL]

    def _draw(self, weights: Mapping[str, float]) -> str:
        return self.random.choices(list(weights), list(weights.values()))[0]

    def _happens(self, percent: int) -> bool:
        return self.random.randrange(100) < percent

    def _between(self, bounds: Sequence[int]) -> int:
        return self.random.randint(bounds[0], bounds[1])

    def _shuffled(self, items: Iterable[T]) -> list[T]:
        listed = list(items)
        self.random.shuffle(listed)
        return listed
