"""Data folders that benches make once for each state of the code they depend on."""

import hashlib
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

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
