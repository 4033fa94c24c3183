"""A thousand kills: each act is cut off at moments that a seed chooses, and what is left."""

import sys
from collections.abc import Sequence

from tools.torture.acts import ACTS
from tools.torture.killing import Kill, torturer

KILLS_OF_AN_ACT = 72
"""So that all acts together are killed more than a thousand times."""


def run() -> list[str]:
    """Kill every act; returns the counts as lines of Markdown.

    Raises:
        SystemExit: with the seeds after which something was lost or did not go on.
    """
    kills: list[Kill] = []
    with torturer() as torture:
        for act in ACTS:
            for seed in range(KILLS_OF_AN_ACT):
                kills.append(torture.kill(act, seed))
            print(_line(act.name, [one for one in kills if one.act == act.name]), flush=True)
    wrong = [one for one in kills if one.found]
    if wrong:
        told = "\n".join(f"{one.act}, {one.way}, seed {one.seed}: {one.found}" for one in wrong)
        sys.exit(told)
    return [
        f"{len(kills)} kills, of which {sum(one.cut for one in kills)} cut the act off before it "
        "was done; after each the same was found: nothing acknowledged was lost, nothing was there "
        "in part, and the work came to the same end.",
        "",
        "| act | kills | cut off | by delay, call, system call | steps acknowledged | lost |",
        "|---|---|---|---|---|---|",
        *(_line(act.name, [one for one in kills if one.act == act.name]) for act in ACTS),
    ]


def _line(name: str, kills: Sequence[Kill]) -> str:
    ways = [one.way for one in kills]
    numbers = (
        len(kills),
        sum(one.cut for one in kills),
        ", ".join(str(ways.count(way)) for way in ("moment", "call", "system call")),
        sum(one.acknowledged for one in kills),
        sum(bool(one.found) for one in kills),
    )
    return f"| {name} | {' | '.join(map(str, numbers))} |"
