"""What must add up in a report: regions, breakdowns, people by sex and by category."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pravo_desktop.domain.figures import ALL, FigureRow
from pravo_desktop.domain.indicators import BY_KEY, CHILDREN

Check = Literal["regions", "breakdown", "children", "adults"]


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Figures of a report that should add up and do not.

    Args:
        check: ``regions``: the regions against ``all``; ``breakdown``: the keys of a breakdown
            against the total; ``children`` and ``adults``: participants by sex against those by
            category.
        indicator, region, breakdown, key: of the figure that was checked, as in `FigureRow`.
        stated: its value.
        computed: what the other figures give.
    """

    check: Check
    indicator: str
    region: str
    breakdown: str | None
    key: str | None
    stated: int
    computed: int


def cross_foot(rows: Iterable[FigureRow]) -> list[Discrepancy]:
    """Every sum in a report that fails, in the order of its rows; shares have none.

    Args:
        rows: the figures as they are printed or as they were published.
    """
    listed = [row for row in rows if BY_KEY[row.indicator].counted != "share"]
    return [*_regions_against_all(listed), *_breakdowns_against_totals(listed)]


def _regions_against_all(rows: Sequence[FigureRow]) -> Iterator[Discrepancy]:
    sums: dict[tuple[str, str | None, str | None], int] = defaultdict(int)
    stated: dict[tuple[str, str | None, str | None], int] = defaultdict(int)
    for row in rows:
        if row.indicator != "centres_reaching_plan":
            target = stated if row.region == ALL else sums
            target[row.indicator, row.breakdown, row.key] += int(row.value or 0)
    for cell in dict.fromkeys([*stated, *sums]):
        if stated[cell] != sums[cell]:
            indicator, breakdown, key = cell
            yield Discrepancy("regions", indicator, ALL, breakdown, key, stated[cell], sums[cell])


def _breakdowns_against_totals(rows: Sequence[FigureRow]) -> Iterator[Discrepancy]:
    parts: dict[tuple[str, str, str], dict[str, int]] = defaultdict(dict)
    for row in rows:
        if row.breakdown is not None and row.key is not None:
            cell = (row.indicator, row.region, row.breakdown)
            parts[cell][row.key] = int(row.value or 0)
    for row in rows:
        if row.breakdown is not None or row.value is None:
            continue
        for breakdown in BY_KEY[row.indicator].breakdowns:
            computed = sum(parts[row.indicator, row.region, breakdown.name].values())
            if breakdown.partition and computed != row.value:
                yield Discrepancy(
                    "breakdown",
                    row.indicator,
                    row.region,
                    breakdown.name,
                    None,
                    int(row.value),
                    computed,
                )
        if row.indicator == "participants":
            sexes, categories = (
                parts[row.indicator, row.region, name] for name in ("sex", "category")
            )
            yield from _people_against_categories(row.region, sexes, categories)


def _people_against_categories(
    region: str, sexes: Mapping[str, int], categories: Mapping[str, int]
) -> Iterator[Discrepancy]:
    children = sexes.get(CHILDREN, 0), categories.get(CHILDREN, 0)
    adults = sum(sexes.values()) - children[0], sum(categories.values()) - children[1]
    if children[0] != children[1]:
        yield Discrepancy("children", "participants", region, "category", CHILDREN, *children[::-1])
    if adults[0] != adults[1]:
        yield Discrepancy("adults", "participants", region, "category", None, *adults[::-1])
