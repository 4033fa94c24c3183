"""Numbers in a row of few words."""

from collections.abc import Iterable


def ranges(numbers: Iterable[int]) -> str:
    """``1, 4–6``."""
    groups: list[list[int]] = []
    for number in sorted(numbers):
        if groups and groups[-1][-1] == number - 1:
            groups[-1].append(number)
        else:
            groups.append([number])
    return ", ".join(str(g[0]) if len(g) == 1 else f"{g[0]}–{g[-1]}" for g in groups)
