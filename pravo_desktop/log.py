"""The log of a data folder: codes of known errors and fingerprints of bugs, never a value."""

from contextlib import suppress
from pathlib import Path
from typing import Final

from pravo_desktop import __version__
from pravo_desktop.clock import Clock
from pravo_desktop.data_folder import SLOTS

LOG: Final = "log.txt"
OLDER_LOG: Final = "log-older.txt"
LARGEST: Final = 128 * 1024
"""Bytes; a longer log becomes the older one, and that one goes."""


def note(folder: Path, code: str) -> None:
    """Add a line to the log; nothing where no data folder is, or where it cannot be written.

    Args:
        code: of a known error, or ``bug`` and a fingerprint of `pravo_desktop.crash`.
    """
    if not (folder / SLOTS).exists():
        return
    log = folder / LOG
    with suppress(OSError):
        if log.exists() and log.stat().st_size > LARGEST:
            log.replace(folder / OLDER_LOG)
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{Clock().now():%Y-%m-%dT%H:%M:%SZ} {__version__} {code}\n")
