"""What files cost that are made to cost a reader its time or its memory.

A bomb is read by a child whose address space may grow by `MEMORY` after everything is imported, so
that one byte more is a MemoryError and not a slow computer.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pravo_desktop.errors import KnownError
from tools.torture.bomb_parts import MIB, Bomb, lying, with_part
from tools.torture.journal_bombs import journal_bombs
from tools.torture.mutations import unzipped, zipped
from tools.torture.office_bombs import signed_bombs, text_bombs, unsigned_bombs
from tools.torture.readers import READERS, small_package, small_receipt
from tools.torture.workers import in_workers

MEMORY = 200 * 1024 * 1024
"""Bytes that a reader may take beyond what the program takes at rest."""
SECONDS = 1.0
"""Of the processor."""


class Cost(NamedTuple):
    """What reading took: the refusal's code (nothing: it was taken), processor and memory."""

    code: str
    seconds: float
    mib: float


@cache
def bombs() -> Sequence[Bomb]:
    """All of them."""
    made = []
    for reader, good in (("package", small_package), ("receipt", small_receipt)):
        made += [*signed_bombs(reader, good), *unsigned_bombs(reader, good)]
    backup = next(each for each in READERS if each.name == "backup").seeds()[0]
    return [
        *made,
        *journal_bombs(),
        *text_bombs(),
        Bomb("a head of zeros", "backup", lambda: zipped(
            with_part(unzipped(backup), "backup.json", bytes(400 * MIB)))),
        Bomb("a head that states to be short", "backup",
             lambda: lying(backup, "backup.json", 400 * MIB, 900)),
        Bomb("brackets within brackets", "key slots", lambda: b"[" * 10_000_000),
        Bomb("brackets within brackets", "failed sign-ins", lambda: b"[" * 10_000_000),
    ]  # fmt: skip


def cost(bomb: Bomb) -> Cost:
    """What reading a bomb costs, measured in a child that may not take more than `MEMORY`.

    Raises:
        AssertionError: the child failed otherwise than by a `KnownError`, with its last words.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bomb"
        path.write_bytes(bomb.make())
        ran = subprocess.run(
            [sys.executable, "-m", "tools.torture.bombs", bomb.reader, str(path)],
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
    assert ran.returncode == 0, f"{bomb}: {ran.stderr[-400:]}"
    return Cost(*json.loads(ran.stdout))


def _read(name: str, path: Path) -> Cost:
    reader = next(each for each in READERS if each.name == name)
    for good in reader.seeds():
        reader.read(good)
    data = path.read_bytes()
    mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (mapped + MEMORY, mapped + MEMORY))
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    before, started = _peak(), time.process_time()
    code = ""
    try:
        reader.read(data)
    except KnownError as refusal:
        code = refusal.code
    seconds = time.process_time() - started
    return Cost(code, round(seconds, 3), round((_peak() - before) / 1024, 1))


def _peak() -> int:
    """KiB of memory that were held at once."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


def _cost_of(number: int) -> Cost:
    return cost(bombs()[number])


def run(share: float = 1.0) -> list[str]:
    """What each costs, as lines of Markdown.

    Args:
        share: part of the bombs, one of so many.

    Raises:
        SystemExit: with those that cost more than the limit.
    """
    numbers = range(0, len(bombs()), round(1 / share))
    limit = f"{SECONDS:.0f} s of the processor and {MEMORY >> 20} MiB"
    lines = [
        f"{len(numbers)} bombs; the limit is {limit} beyond the program at rest.", "",
        "| bomb | refused as | seconds | MiB |",
        "| --- | --- | ---: | ---: |",
    ]  # fmt: skip
    over = []
    for number, paid in zip(numbers, in_workers(_cost_of, numbers), strict=True):
        bomb = bombs()[number]
        if paid.seconds > SECONDS or paid.mib > MEMORY >> 20:
            over.append(f"{bomb}: {paid}")
        code = f"`{paid.code}`" if paid.code else "taken"
        lines.append(f"| {bomb} | {code} | {paid.seconds:.2f} | {paid.mib:.0f} |")
        print(lines[-1], file=sys.stderr, flush=True)
    if over:
        sys.exit("\n".join(over))
    return lines


if __name__ == "__main__":
    print(json.dumps(_read(sys.argv[1], Path(sys.argv[2]))))
