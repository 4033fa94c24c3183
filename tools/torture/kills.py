"""A thousand kills: each act is cut off at moments that a seed chooses, and what is left."""

import sys
from collections.abc import Sequence

from tools.torture.acts import ACTS
from tools.torture.killing import Kill, torturer
from tools.torture.workers import in_workers, part_of

KILLS_OF_AN_ACT = 72
"""So that all acts together are killed more than a thousand times."""


def _kills_of(task: tuple[int, int]) -> list[Kill]:
    number, kills = task
    with torturer() as torture:
        return [torture.kill(ACTS[number], seed) for seed in range(kills)]


def run(share: float = 1.0) -> list[str]:
    """Kill every act; returns the counts as lines of Markdown.

    Args:
        share: part of the kills of each act.

    Raises:
        SystemExit: with the seeds after which something was lost or did not go on.
    """
    kills: list[Kill] = []
    tasks = [(number, part_of(KILLS_OF_AN_ACT, share)) for number in range(len(ACTS))]
    for act, done in zip(ACTS, in_workers(_kills_of, tasks), strict=True):
        kills += done
        print(_line(act.name, done), file=sys.stderr, flush=True)
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
