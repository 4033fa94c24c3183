"""What an indicator is counted from: its tables, and whether its records belong to months."""

import re
from functools import cache

from db.figures.lines import LINES, STAGES

_TABLE = re.compile(r"\{p\}(\w+)")


@cache
def tables_read(indicator: str) -> frozenset[str]:
    """The tables whose records can change a figure of this indicator."""
    if indicator not in LINES:
        # The register of centres; how many reach their plan depends on the couples too.
        register = frozenset({"centres"})
        if indicator == "centres_reaching_plan":
            register |= {"plan_targets", *tables_read("couples")}
        return register
    found: set[str] = set()
    waiting = [LINES[indicator][1]]
    while waiting:
        sql = waiting.pop()
        found |= set(_TABLE.findall(sql))
        waiting += [text for stage, text in STAGES.items() if re.search(rf"\b{stage}\b", sql)]
    return frozenset(found)


def is_dated(indicator: str) -> bool:
    """Whether what is counted belongs to months; staff and the register of centres do not."""
    return indicator in LINES and "NULL AS month" not in LINES[indicator][1]
