"""Counting the lines of every indicator, centre by centre."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from db.figures.lines import LINES, STAGES
from db.session import Session
from pravo_desktop.domain.figures import ALL
from pravo_desktop.domain.indicators import BY_KEY, Breakdown, Indicator

CellKey = tuple[str, str | None, str | None, str | None]
"""Centre, region (None for the centre's own), breakdown and its key (both None for the total)."""

Cells = dict[CellKey, tuple[int, int]]
"""Amount and number of lines of each cell. What one centre or one case adds to a cell depends on
its own records alone, so cells of different centres, or of different cases, add up."""


def count_cells(
    session: Session, names: Mapping[str, str], only: Collection[str] | None = None
) -> dict[str, Cells]:
    """The cells of every indicator that is counted from records.

    Creates temporary tables, so the connection must allow that.

    Args:
        names: see `db.figures.lines.substitutions`.
        only: keys of the indicators that are wanted; None for all.
    """
    fill_stages(session, names)
    return {
        key: _count(session, BY_KEY[key], names) for key in LINES if only is None or key in only
    }


def fill_stages(session: Session, names: Mapping[str, str]) -> None:
    """Make the temporary tables that the lines of several indicators share."""
    for stage, sql in STAGES.items():
        session.execute(f"DROP TABLE IF EXISTS temp.{stage}")
        session.execute(f"CREATE TEMP TABLE {stage} AS {sql.format(**names)}")


def _count(session: Session, indicator: Indicator, names: Mapping[str, str]) -> Cells:
    cells: Cells = {}
    lines = LINES[indicator.key][1].format(**names)
    distinct = indicator.counted == "distinct"
    together = [item.name for item in indicator.breakdowns if item.partition or not distinct]
    if not distinct:
        together = list(dict.fromkeys([*together, "month"]))
    amount, n = ("count(DISTINCT id)",) * 2 if distinct else ("sum(amount)", "count(*)")

    def grouped(columns: Sequence[str]) -> Iterator[tuple[int | str | None, ...]]:
        by = ", ".join(("centre", "region", *columns))
        yield from session.rows(f"SELECT {amount}, {n}, {by} FROM ({lines}) GROUP BY {by}")

    def add(cell: CellKey, value: int, number: int) -> None:
        before = cells.get(cell, (0, 0))
        cells[cell] = (before[0] + value, before[1] + number)

    for value, number, centre, region, *keys in grouped(together):
        place = (str(centre), None if region is None else str(region))
        add((*place, None, None), int(value or 0), int(number or 0))
        for name, key in zip(together, keys, strict=True):
            if key is not None:
                add((*place, name, str(key)), int(value or 0), int(number or 0))
    for item in indicator.breakdowns:
        if item.name not in together:
            for value, number, centre, region, key in grouped([item.name]):
                place = (str(centre), None if region is None else str(region))
                add((*place, item.name, str(key)), int(value or 0), int(number or 0))
    return cells


_Cell = tuple[str, str | None, str | None]
"""Region or ``all``, breakdown and key."""


class Counts:
    """The counted lines of one indicator, summed over the centres.

    ``amounts`` and ``lines`` are by region, breakdown and key; ``worked`` are the centres and
    months that have lines.

    Args:
        cells: what the centres counted.
        region_of: the region of each centre of the register; another centre is a region itself.
    """

    def __init__(self, indicator: Indicator, cells: Cells, region_of: Mapping[str, str]) -> None:
        self.indicator = indicator
        self.amounts: dict[_Cell, int] = defaultdict(int)
        self.lines: dict[_Cell, int] = defaultdict(int)
        self.worked: set[tuple[str, str]] = set()
        for (centre, region, breakdown, key), (amount, n) in cells.items():
            own = region_of.get(centre, centre) if region is None else region
            # A record that names "all" as its region is counted once, and the regions do not add
            # up.
            for place in dict.fromkeys((own, ALL)):
                self.amounts[place, breakdown, key] += amount
                self.lines[place, breakdown, key] += n
            if breakdown == "month" and key is not None and indicator.counted != "distinct":
                self.worked.add((centre, key))

    def value(self, cell: _Cell) -> int | float | None:
        """What is printed for a cell; a share of no answers is None."""
        amount, lines = self.amounts.get(cell, 0), self.lines.get(cell, 0)
        if self.indicator.counted != "share":
            return amount
        # amount / (5 * lines) in hundredths of a percent, halves up, in whole numbers.
        return (amount * 4000 + lines) // (2 * lines) / 100 if lines else None

    def regions(self) -> list[str]:
        """Regions with lines."""
        return sorted({region for region, _, _ in self.lines} - {ALL})

    def keys(self, region: str, breakdown: Breakdown, listed: Iterable[str]) -> list[str]:
        """The listed keys, then others that occur in the region, such as *not stated*."""
        found = {
            key for place, name, key in self.lines if place == region and name == breakdown.name
        }
        keys = dict.fromkeys(listed)
        others = sorted(key for key in found if key is not None and key not in keys)
        return [*keys, *others]
