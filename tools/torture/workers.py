"""Spreads work over the cores of the machine."""

import math
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


def in_workers(work: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[Result]:
    """What comes of each task, in their order; a process for each core does one after another."""
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        yield from pool.map(work, tasks)


def part_of(number: int, share: float) -> int:
    """So many of a number, at least one."""
    return max(1, math.ceil(number * share))
