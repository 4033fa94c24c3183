"""How long a program takes until its window is painted, seen from outside on a virtual screen."""

import mmap
import os
import statistics
import struct
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

WIDTH, HEIGHT = 1366, 768
LONGEST = 60
"""Seconds after which no window comes any more."""
_LOOK = 0.002
"""Seconds between two looks at the screen."""
_STEP = 4
"""Every so many pixels one is looked at."""
_AT_REST = 3
"""So many colours an empty screen has at most: the ground and its pointer."""
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(frozen=True)
class Painted:
    """Seconds from the start of a process, by the clock and of the processor's time.

    Args:
        clock: to anything of the window on the screen.
        work: of the processor, until then.
    """

    clock: float
    work: float


@contextmanager
def screen() -> Iterator["Screen"]:
    """A virtual screen of its own: Xvfb, with its picture in a file."""
    with TemporaryDirectory() as folder:
        read, write = os.pipe()
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{WIDTH}x{HEIGHT}x24",
             "-fbdir", folder, "-nolisten", "tcp", "-noreset"],
            pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(write)
        try:
            with os.fdopen(read) as told:
                display = told.readline().strip()
            yield Screen(f":{display}", Path(folder) / "Xvfb_screen0")
        finally:
            server.terminate()
            server.wait()


class Screen:
    """What a virtual screen shows.

    Args:
        display: as in ``DISPLAY``.
        picture: file in the form of X Window Dump, which Xvfb keeps as the screen is.
    """

    def __init__(self, display: str, picture: Path) -> None:
        self.display = display
        with picture.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        header = struct.unpack_from(">25I", self._bytes)
        self._begin = header[0] + 12 * header[19]
        self._line = header[12]

    def colours(self) -> set[bytes]:
        """The colours of some of its pixels."""
        found: set[bytes] = set()
        for line in range(0, HEIGHT, _STEP):
            begin = self._begin + line * self._line
            row = self._bytes[begin : begin + 4 * WIDTH]
            found |= {row[at : at + 4] for at in range(0, len(row), 4 * _STEP)}
        return found

    def time(self, command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Painted:
        """Start a program, wait for its window and end it.

        Raises:
            RuntimeError: it ended, or showed nothing for `LONGEST` seconds.
        """
        empty = self.colours()
        begin = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**environment, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            while process.poll() is None and time.perf_counter() - begin < LONGEST:
                if self.colours() - empty:
                    return Painted(time.perf_counter() - begin, _work_of(process.pid))
                time.sleep(_LOOK)
        finally:
            process.kill()
            process.wait()
            while len(self.colours()) > _AT_REST:
                time.sleep(_LOOK)
        raise RuntimeError(f"no window was painted: {command}")


def _work_of(pid: int) -> float:
    """Seconds of the processor that a process has taken; see proc_pid_stat(5)."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def medians(times: Sequence[Painted]) -> Painted:
    """The middle of several, each of its seconds by itself."""
    return Painted(
        statistics.median(one.clock for one in times),
        statistics.median(one.work for one in times),
    )
