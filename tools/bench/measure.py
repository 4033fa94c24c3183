"""Ratios of medians from interleaved runs in one process: a piece of work against its floor."""

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Work = Callable[[], object]


@dataclass(frozen=True)
class Measured:
    """Medians of one comparison, in seconds; ``bound`` is the greatest ratio that passes.

    ``processor`` is the ratio of the processor's time, which other programs disturb less.
    """

    name: str
    floor: float
    ours: float
    bound: float
    processor: float | None = None

    @property
    def ratio(self) -> float:
        return self.ours / self.floor

    @property
    def ok(self) -> bool:
        return self.ratio <= self.bound


@dataclass(frozen=True)
class Spent:
    """Seconds of one call, on the clock and of this thread's processor."""

    wall: float
    processor: float


def spent(work: Work) -> Spent:
    """The time of one call, without the collector's pauses."""
    gc.collect()
    gc.disable()
    try:
        start, begun = time.perf_counter(), time.thread_time()
        work()
        return Spent(time.perf_counter() - start, time.thread_time() - begun)
    finally:
        gc.enable()


def seconds(work: Work) -> float:
    """Wall time of one call, without the collector's pauses."""
    return spent(work).wall


def compare(name: str, floor: Work, ours: Work, *, bound: float, rounds: int = 7) -> Measured:
    """Runs both in turn, so that a change of the machine's pace meets them alike.

    Args:
        floor, ours: one piece of work each, repeatable; the first call of each is not counted.
        bound: greatest ratio of the medians that passes.
        rounds: counted calls of each.
    """
    floor(), ours()
    return measured(name, [(spent(floor), spent(ours)) for _ in range(rounds)], bound)


def measured(name: str, pairs: Sequence[tuple[Spent, Spent]], bound: float) -> Measured:
    """The medians of calls that were made in turn, each the floor's and ours."""
    floors, all_ours = zip(*pairs, strict=True)
    return Measured(
        name,
        statistics.median(one.wall for one in floors),
        statistics.median(one.wall for one in all_ours),
        bound,
        statistics.median(one.processor for one in all_ours)
        / statistics.median(one.processor for one in floors),
    )
