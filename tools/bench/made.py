"""Data folders for benches: a fresh one, or one made once for a state of the code."""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from db.session import Session
from pravo_desktop.bootstrap import Workplace, create_workplace
from pravo_desktop.clock import PracticeClock

ROOT = Path("build/bench")


def made_once(name: str, made_by: Iterable[str], make: Callable[[Path], None]) -> Path:
    """The folder of this name for the present code; older ones of the name are removed.

    Args:
        made_by: modules and folders of modules that decide what is in it.
        make: fills an empty folder that exists.
    """
    digest = hashlib.sha256()
    for source in map(Path, made_by):
        for path in sorted(source.rglob("*.py")) if source.is_dir() else [source]:
            digest.update(path.read_bytes())
    made = ROOT / f"{name}-{digest.hexdigest()[:12]}"
    if not made.exists():
        for old in ROOT.glob(f"{name}-*"):
            shutil.rmtree(old)
        unfinished = ROOT / f"{name}-unfinished"
        unfinished.mkdir(parents=True)
        make(unfinished)
        unfinished.rename(made)
    return made


@contextmanager
def fresh_workplace(
    centre: str | None, now: datetime | None = None
) -> Iterator[tuple[Workplace, Session]]:
    """A practice workplace of one account, made for one bench and cleared after it.

    Args:
        centre: its key; None for headquarters.
        now: where its practice clock stands; the computer's clock without it.
    """
    with tempfile.TemporaryDirectory() as folder:
        made = create_workplace(
            Path(folder) / "data",
            workplace="centre" if centre else "headquarters",
            centre=centre,
            practice=True,
            user="lead",
            password="bench password 1",
            recovery_sheet=Path(folder) / "sheet.txt",
            clock=PracticeClock(now) if now else None,
        ).workplace
        session = made.session()
        try:
            yield made, session
        finally:
            session.close()
            made.close()
