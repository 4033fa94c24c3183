"""Mutated files for every reader and flipped bytes: `python -m tools.torture fuzz`.

What is done to the files follows from `SEED`; keys, salts and signatures in them are new each time,
so an input that breaks a reader is kept in build/torture.
"""

import hashlib
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from random import Random
from typing import NamedTuple
from zipfile import ZipFile

from exports.package import container
from tools.torture.mutations import mutated
from tools.torture.readers import READERS, Reader, good_files, small_package, small_receipt
from tools.torture.workers import in_workers, part_of

SEED = 20_240_202
INPUTS = 1_400
"""For each reader."""
STEP = 5
"""Every so many-th byte is flipped."""
KEPT = Path(__file__).parents[2] / "build" / "torture"


class Mutated(NamedTuple):
    """What became of mutated files: how many of them differ, the codes, seconds of the slowest."""

    inputs: int
    different: int
    codes: Counter[str]
    slowest: float


class Flips(NamedTuple):
    """What became of flipped bytes: in parts, in the file, and how many said the same as before."""

    in_parts: int
    in_file: int
    harmless: int


def mutate(reader: Reader, inputs: int, seed: int = SEED) -> Mutated:
    """Reads mutated files.

    Raises:
        BaseException: whatever a reader raised that is no `KnownError`; its note tells the input.
    """
    codes: Counter[str] = Counter()
    seen: set[bytes] = set()
    slowest = 0.0
    for number in range(inputs):
        data = an_input(reader, number, seed)
        seen.add(hashlib.sha256(data).digest())
        started = time.process_time()
        with keeping_what_breaks(reader, str(number), data):
            codes[reader.taken(data)] += 1
        slowest = max(slowest, time.process_time() - started)
    return Mutated(inputs, len(seen), codes, slowest)


@contextmanager
def keeping_what_breaks(reader: Reader, number: str, data: bytes) -> Iterator[None]:
    """What a reader does not refuse with words is kept, and noted at what it raises."""
    try:
        yield
    except BaseException as error:
        KEPT.mkdir(parents=True, exist_ok=True)
        (KEPT / f"{reader.name} {number}").write_bytes(data)
        error.add_note(f"{reader.name}, input {number}, in {KEPT}")
        raise


def an_input(reader: Reader, number: int, seed: int = SEED) -> bytes:
    """The file of a number: a good one after one to three mutations."""
    random = Random(f"{seed} {reader.name} {number}")
    seeds = [random.getrandbits(32) for _ in range(random.randint(1, 3))]
    return mutated(random.choice(good_files(reader)), reader.mutations, seeds)


def flips_of_parts(data: bytes, step: int = 1) -> Iterator[bytes]:
    """The file with one bit of each ``step``-th byte of each part flipped, packed anew."""
    parts = container.read(data)
    for name, inside in parts.items():
        for position in range(0, max(len(inside), 1), step):
            byte = inside[position] if inside else 0
            flipped = bytes([byte ^ 1 << position % 8])
            yield container.write(
                {**parts, name: inside[:position] + flipped + inside[position + 1 :]}
            )


def flips_of_file(data: bytes, step: int = 1) -> Iterator[tuple[bytes, bool]]:
    """The file with one bit of each ``step``-th byte flipped, and whether it is deflated content.

    The same content can be deflated in more than one way, and the last bits of it are not read:
    there, and nowhere else, a flip may change nothing.
    """
    with ZipFile(BytesIO(data)) as archive:
        entries = archive.infolist()
    deflated = {
        entry.header_offset + 30 + len(entry.filename) + offset
        for entry in entries
        for offset in range(entry.compress_size)
    }
    for position in range(0, len(data), step):
        changed = bytearray(data)
        changed[position] ^= 1 << position % 8
        yield bytes(changed), position in deflated


def flip(reader: Reader, data: bytes, step: int = 1) -> Flips:
    """Reads a package or receipt with a flipped bit.

    Raises:
        AssertionError: a flip was taken, other than of deflated content that stays the same.
    """
    in_parts = in_file = harmless = 0
    for changed in flips_of_parts(data, step):
        assert reader.taken(changed), f"{reader.name}: a flip in a part was taken"
        in_parts += 1
    for changed, deflated in flips_of_file(data, step):
        if not reader.taken(changed):
            assert deflated, f"{reader.name}: a flip outside the content was taken"
            harmless += 1
        in_file += 1
    return Flips(in_parts, in_file, harmless)


def reader_named(name: str) -> Reader:
    """The reader of that name in `READERS`."""
    return next(each for each in READERS if each.name == name)


FLIPPED: dict[str, Callable[[], bytes]] = {"package": small_package, "receipt": small_receipt}
"""Whose bytes are flipped."""


def _mutate(task: tuple[str, int]) -> Mutated:
    name, inputs = task
    return mutate(reader_named(name), inputs)


def _flip(task: tuple[str, int]) -> Flips:
    name, step = task
    return flip(reader_named(name), FLIPPED[name](), step)


def run(share: float = 1.0) -> list[str]:
    """Everything in its long form, as lines of Markdown.

    Args:
        share: part of the inputs and of the bytes.
    """
    lines = [
        f"Mutated files (seed {SEED}); slowest: seconds of the processor for one file.", "",
        "| reader | inputs | different | refused | taken | codes | slowest |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]  # fmt: skip
    total = Counter[str]()
    tasks = [(reader.name, part_of(INPUTS, share)) for reader in READERS]
    for (name, _), found in zip(tasks, in_workers(_mutate, tasks), strict=True):
        taken = found.codes.pop("", 0)
        total.update(inputs=found.inputs, different=found.different)
        lines.append(
            f"| {name} | {found.inputs} | {found.different} | {found.inputs - taken} "
            f"| {taken} | {len(found.codes)} | {found.slowest:.2f} s |"
        )
        print(lines[-1], file=sys.stderr, flush=True)
    lines += [f"| together | {total['inputs']} | {total['different']} | | | | |", ""]
    step = round(STEP / share)
    lines += [f"| flipped bytes (one in {step}) | in parts | in the file | taken, the same |"]
    lines += ["| --- | ---: | ---: | ---: |"]
    tasks = [(name, step) for name in FLIPPED]
    for (name, _), flips in zip(tasks, in_workers(_flip, tasks), strict=True):
        lines.append(f"| {name} | {flips.in_parts} | {flips.in_file} | {flips.harmless} |")
        print(lines[-1], file=sys.stderr, flush=True)
    return lines
