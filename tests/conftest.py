"""What every test gets: no window on a screen, a home of its own, and no thread left behind."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Before anything imports Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
for name in [name for name in os.environ if name.startswith("PRAVO_")]:
    del os.environ[name]

# `make check` gives the same answer for the same code; HYPOTHESIS_PROFILE=explore looks further.
settings.register_profile("check", derandomize=True, deadline=None, database=None)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "check"))


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new empty home folder, so that no test meets the person's own data or another test's."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for kind in ("CACHE", "CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    return home


@pytest.fixture(autouse=True)
def no_thread_left_behind() -> Iterator[None]:
    """A test fails if a thread that it started is still at work after it."""
    before = set(threading.enumerate())
    yield
    # Threads that Qt or a library made show up as daemons without a start of ours.
    left = [one for one in threading.enumerate() if one not in before and not one.daemon]
    assert not left, f"threads left behind: {left}"
