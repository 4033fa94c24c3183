"""Kills a real process at a chosen moment and looks at what it left.

Three ways, in turn: after a delay; before a chosen call of the program that writes; and, where
``strace`` is there, at a chosen system call of the kind that writes (SQLite's among them).
"""

import io
import json
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any, Final, NoReturn

import db.migrate
from pravo_desktop.backups.keeping import kept_heads
from pravo_desktop.data_folder import claim_folder, claimed
from pravo_desktop.usecases.drafts import my_drafts
from pravo_desktop.usecases.upkeep import examine
from tools.torture.acts.place import Act, Place, observe

WAYS: Final = ("moment", "call", "system call")
_CALLS: Final = frozenset({"write", "fsync", "replace", "rename", "unlink", "mkdir", "open"})
_SYSTEM_CALLS: Final = ("pwrite64", "write", "fsync", "fdatasync", "ftruncate", "rename", "unlink")
_PATIENCE: Final = 120


@dataclass(frozen=True)
class Kill:
    """What one kill left behind.

    Args:
        acknowledged: how many steps were.
        cut: whether the process was killed before it had done them all.
        found: what is wrong; empty when nothing is.
        drafts: how many drafts are offered.
    """

    act: str
    way: str
    seed: int
    acknowledged: int
    cut: bool
    found: str = ""
    drafts: int = 0


@dataclass
class Rehearsal:
    """An act without a kill: what each step leaves, and how long all take."""

    home: Path
    states: list[Any]
    seconds: float
    calls: int
    system_calls: dict[str, int] = field(default_factory=dict)


def fast_place() -> str | None:
    """A folder in memory, where there is one: a kill does not ask whether a drive is fast."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


class Torturer:
    """Kills acts in a folder of its own.

    Args:
        place: folder for the homes.
    """

    def __init__(self, place: Path) -> None:
        self._place = place
        self._rehearsals: dict[str, Rehearsal] = {}

    def rehearse(self, act: Act) -> Rehearsal:
        """The act as it goes when nobody is killed; once for each act."""
        if act.name not in self._rehearsals:
            place = Place(self._place / f"{act.name} дайын", passwords=act.passwords)
            place.home.mkdir()
            act.prepare(place)
            said = self._in_child(lambda: self._rehearsed(act, place.home))
            assert "states" in said, said["found"]
            known = Rehearsal(place.home, said["states"], said["seconds"], said["calls"])
            if shutil.which("strace"):
                known.system_calls = self._count_system_calls(act, place.home)
            self._rehearsals[act.name] = known
        return self._rehearsals[act.name]

    def _copy(self, home: Path, name: str) -> Path:
        copy = self._place / name
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(home, copy)
        return copy

    def _rehearsed(self, act: Act, home: Path) -> dict[str, Any]:
        place = Place(self._copy(home, "rehearsal"), passwords=act.passwords)
        states: list[Any] = [None]
        if act.looked_at:
            place.open()
            states = [observe(act, place)]
            place.leave()
        seconds = 0.0
        counted = _Counter(None)
        for step in act.steps:
            if act.signed_in:
                place.open()
            start = time.perf_counter()
            with counted:
                step(place)
            seconds += time.perf_counter() - start
            place.leave()
            place.open()
            states.append(observe(act, place))
            place.leave()
        shutil.rmtree(place.home)
        return {"states": states, "seconds": seconds, "calls": counted.number}

    def _count_system_calls(self, act: Act, home: Path) -> dict[str, int]:
        place = Place(self._copy(home, "rehearsal"), passwords=act.passwords)
        log = self._place / "system-calls.txt"
        names = ",".join(_SYSTEM_CALLS)
        self._killed(act, place, None, ["-o", str(log), "-e", f"trace={names}"])
        lines = log.read_text("utf-8", "replace").splitlines()
        shutil.rmtree(place.home)
        counts = {name: sum(f"{name}(" in line for line in lines) for name in _SYSTEM_CALLS}
        return {name: number for name, number in counts.items() if number}

    def kill(self, act: Act, seed: int) -> Kill:
        """Kill the act once, at a moment that the seed chooses, and examine what is left."""
        known = self.rehearse(act)
        chance = random.Random(f"{act.name} {seed}")
        way = WAYS[seed % len(WAYS)]
        if way == "system call" and not known.system_calls:
            way = "moment"
        place = Place(self._copy(known.home, f"home {seed}"), passwords=act.passwords)
        delay, call, options = None, None, None
        if way == "moment":
            delay = chance.uniform(0, known.seconds * 1.1)
        elif way == "call":
            call = chance.randint(1, max(1, known.calls))
        else:
            names = list(known.system_calls)
            (name,) = chance.choices(names, [known.system_calls[one] for one in names])
            number = chance.randint(1, known.system_calls[name])
            options = ["-o", "/dev/null", "-e", f"trace={name}"]
            options += ["-e", f"inject={name}:signal=SIGKILL:when={number}"]
        done, cut = self._killed(act, place, delay, options, call)
        said = self._in_child(lambda: self._examined(act, place, known.states, done))
        kill = Kill(act.name, way, seed, len(done), cut, said["found"], said.get("drafts", 0))
        if not kill.found:
            shutil.rmtree(place.home)
        return kill

    def _killed(
        self,
        act: Act,
        place: Place,
        delay: float | None,
        strace: list[str] | None,
        call: int | None = None,
    ) -> tuple[list[Any], bool]:
        """Run the act in a process of its own; returns what it acknowledged, and if it was cut."""
        ready, tell_ready = os.pipe()
        wait, go = os.pipe()
        out, tell = os.pipe()
        child = os.fork()
        if child == 0:
            for one in (ready, go, out):
                os.close(one)
            _do(act, place, tell_ready, wait, tell, call)
        for one in (tell_ready, wait, tell):
            os.close(one)
        tracer = None
        try:
            os.read(ready, 1)
            if strace is not None:
                tracer = subprocess.Popen(
                    ["strace", "-f", "-qq", "-p", str(child), *strace],
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
                _until_traced(child, tracer)
            os.write(go, b"g")
            said = b""
            until = time.monotonic() + (_PATIENCE if delay is None else delay)
            while True:
                left = until - time.monotonic()
                if left <= 0 or not select.select([out], [], [], left)[0]:
                    break
                more = os.read(out, 1 << 16)
                if not more:
                    break
                said += more
            os.kill(child, signal.SIGKILL)
            while more := os.read(out, 1 << 16):
                said += more
        finally:
            os.waitpid(child, 0)
            if tracer is not None:
                tracer.wait()
            for one in (ready, go, out):
                os.close(one)
        lines = [json.loads(line) for line in said.splitlines()]
        failed = [line["failed"] for line in lines if "failed" in line]
        if failed:
            raise AssertionError(f"{act.name} fails without a kill:\n{failed[0]}")
        return [line["done"] for line in lines if "done" in line], {"end": True} not in lines

    def _examined(
        self, act: Act, place: Place, states: list[Any], done: list[Any]
    ) -> dict[str, Any]:
        if not act.looked_at:
            db.migrate.SCRIPTS = place.home / "migrations"
        with claimed(place.data):
            place.open()
            desk = place.desk
            _well(place)
            waiting = len(my_drafts(desk.session, desk.actor))
            state = observe(act, place)
            reached = [n for n in (len(done), len(done) + 1) if states[n : n + 1] == [state]]
            if not reached and len(states) == 2 and not act.looked_at:
                reached = [len(act.steps)] if state == states[-1] else []
            assert reached, f"neither after {len(done)} steps nor after one more: {state}"
            act.verify(place, done)
            if not act.signed_in:
                place.leave()
            for step in act.steps[reached[0] :]:
                step(place)
            place.leave()
            place.open()
            assert observe(act, place) == states[-1], "the work does not come to the same end"
            _well(place)
            act.verify(place, [])
            place.leave()
        with claimed(place.data):
            left = _leftovers(place)
            assert not left, f"left behind: {left}"
        return {"found": "", "drafts": waiting}

    def _in_child(self, work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """What some work says, done in a process of its own, so that nothing of it stays."""
        out, tell = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(out)
            try:
                said = work()
            except BaseException:
                said = {"found": traceback.format_exc()}
            with os.fdopen(tell, "w") as file:
                json.dump(said, file)
            os._exit(0)
        os.close(tell)
        with os.fdopen(out) as file:
            text = file.read()
        os.waitpid(child, 0)
        said = json.loads(text)
        assert isinstance(said, dict)
        return said


def _do(act: Act, place: Place, ready: int, wait: int, tell: int, call: int | None) -> NoReturn:
    """In the child: the steps one after another, each told when it is done."""

    def say(**said: Any) -> None:
        os.write(tell, json.dumps(said).encode() + b"\n")

    try:
        claim = claim_folder(place.data)
        if act.signed_in:
            place.open()
        os.write(ready, b"r")
        os.read(wait, 1)
        counter = _Counter(call)
        for step in act.steps:
            with counter:
                said = step(place)
            say(done=said)
        say(end=True)
        claim.close()
    except BaseException:
        say(failed=traceback.format_exc())
    os._exit(0)


class _Counter:
    """Counts the calls that write; at the chosen one the process kills itself.

    Args:
        fatal: number of the call, from 1; None kills nobody.
    """

    def __init__(self, fatal: int | None) -> None:
        self.number = 0
        self._fatal = fatal

    def __enter__(self) -> "_Counter":
        sys.setprofile(self._count)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)

    def _count(self, frame: FrameType, event: str, called: Any) -> None:
        if event != "c_call":
            return
        name = called.__name__
        if name in ("execute", "executemany"):
            pass
        elif name not in _CALLS or not (
            called.__module__ == "posix" or isinstance(called.__self__, io.IOBase)
        ):
            return
        self.number += 1
        if self.number == self._fatal:
            os.kill(os.getpid(), signal.SIGKILL)


def _until_traced(child: int, tracer: "subprocess.Popen[bytes]") -> None:
    status = Path(f"/proc/{child}/status")
    while tracer.poll() is None and "TracerPid:\t0" in status.read_text():
        time.sleep(0.002)


def _well(place: Place) -> None:
    desk = place.desk
    heads = kept_heads(desk.workplace, desk.session)
    wrong = [one for one in examine(desk.session, desk.actor, heads=heads) if not one.well]
    assert not wrong, wrong


def _leftovers(place: Place) -> list[str]:
    """Parts of files and folders that nobody finishes any more."""
    return sorted(
        str(path.relative_to(place.home))
        for path in place.home.rglob("*")
        if path.name.endswith(".part")
        or (path.name.startswith(".") and path.name != ".in-use" and path.parent.name != "stick")
        or path.name.startswith(("keyslots.json.", "attempts.json."))
    )


@contextmanager
def torturer() -> Iterator[Torturer]:
    """A torturer in a folder that is gone afterwards, unless something was found in it."""
    place = Path(tempfile.mkdtemp(prefix="Бақытты отбасы ", dir=fast_place()))
    try:
        yield Torturer(place)
    finally:
        if not list(place.glob("home *")):
            shutil.rmtree(place, ignore_errors=True)
