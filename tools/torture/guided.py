"""Mutated files that grow out of those which led a reader somewhere new.

The same mutations as in `fuzz`, but a file that makes the reader run a line of the program after
another for the first time is kept, and mutated on.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any, NamedTuple

from tools.torture.fuzz import SEED, keeping_what_breaks, reader_named
from tools.torture.mutations import mutated
from tools.torture.readers import Reader, good_files
from tools.torture.workers import in_workers, part_of

INPUTS = 3_000
"""For each of `GUIDED`."""
GUIDED = (
    "package", "package signed by an honest key", "receipt", "receipt signed by an honest key",
    "journal to import", "old journal to import (XLS)", "text to check (DOCX)", "backup",
)  # fmt: skip
_ROOT = Path(__file__).parents[2]
_WATCHED = (str(_ROOT / "exports"), str(_ROOT / "pravo_desktop"))
Step = tuple[int, int, int]
"""A function and two lines of it that ran one after the other."""


class Guided(NamedTuple):
    """Files read and kept, steps that the good files led to and that all led to."""

    inputs: int
    kept: int
    steps_before: int
    steps: int


class _Watch:
    """Notes each step of the readers."""

    def __init__(self) -> None:
        self.seen: set[Step] = set()
        self._last: dict[int, int] = {}

    @contextmanager
    def __call__(self) -> Iterator[None]:
        self._last.clear()
        sys.settrace(self._called)
        try:
            yield
        finally:
            sys.settrace(None)

    def _called(self, frame: FrameType, event: str, argument: Any) -> Any:
        if not frame.f_code.co_filename.startswith(_WATCHED):
            return None
        self._last[id(frame)] = 0
        return self._ran

    def _ran(self, frame: FrameType, event: str, argument: Any) -> Any:
        if event == "line":
            line = frame.f_lineno
            self.seen.add((id(frame.f_code), self._last.get(id(frame), 0), line))
            self._last[id(frame)] = line
        return self._ran


def guide(reader: Reader, inputs: int, seed: int = SEED) -> Guided:
    """Reads mutated files and those that come of the ones which showed something new.

    Raises:
        BaseException: whatever a reader raised that is no `KnownError`; its note tells the input.
    """
    random = Random(f"{seed} {reader.name} guided")
    watch = _Watch()
    corpus = list(good_files(reader))
    for good in corpus:
        with watch():
            reader.taken(good)
    before = len(watch.seen)
    # Mutations may double a file again and again, and each step of reading it is watched.
    largest = 2 * max(map(len, corpus))
    for number in range(inputs):
        seeds = [random.getrandbits(32) for _ in range(random.randint(1, 3))]
        # A file that was kept late is tried as often as all the others together.
        origin = corpus[-1] if random.random() < 0.5 else random.choice(corpus)
        data = mutated(origin, reader.mutations, seeds)
        known = len(watch.seen)
        with keeping_what_breaks(reader, f"guided {number}", data), watch():
            reader.taken(data)
        if len(watch.seen) > known and len(data) <= largest:
            corpus.append(data)
    return Guided(inputs, len(corpus) - len(good_files(reader)), before, len(watch.seen))


def _guide(task: tuple[str, int]) -> Guided:
    name, inputs = task
    return guide(reader_named(name), inputs)


def run(share: float = 1.0) -> list[str]:
    """Lines of Markdown.

    Args:
        share: part of the inputs.
    """
    lines = [
        "Guided by what the reader ran; steps: one line of the program after another.", "",
        "| reader | inputs | kept | steps of good files | steps of all |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]  # fmt: skip
    tasks = [(name, part_of(INPUTS, share)) for name in GUIDED]
    for (name, _), found in zip(tasks, in_workers(_guide, tasks), strict=True):
        lines.append(
            f"| {name} | {found.inputs} | {found.kept} | {found.steps_before} | {found.steps} |"
        )
        print(lines[-1], file=sys.stderr, flush=True)
    return lines
