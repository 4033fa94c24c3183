"""Crash reports that name no person: types, modules and lines, never values or messages."""

import hashlib
import platform
import sys
import tempfile
import traceback
from pathlib import Path

from pravo_desktop import __version__
from pravo_desktop.clock import Clock


def keep_memory_off_the_drive() -> None:
    """Ask the system not to write this process's memory to the drive when it dies.

    Such a dump holds every name in the window, and the key of the database.
    """
    if sys.platform == "win32":
        import ctypes

        no_fault_box, no_critical_errors = 0x0002, 0x0001
        ctypes.windll.kernel32.SetErrorMode(no_fault_box | no_critical_errors)
    else:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def write_crash_report(error: BaseException, folder: Path | None = None) -> Path:
    """Write a report of a bug; returns the file.

    An error's message may quote a person's data, so it is left out, as is every value.

    Args:
        folder: for the report; the platform's own for logs if left out.
    """
    moment = Clock().now()
    lines = [
        f"Pravo Desktop {__version__}",
        f"{moment:%Y-%m-%dT%H:%M:%SZ}",
        f"Python {platform.python_version()}, {platform.system()}",
        *_told(error),
    ]
    if folder is None:
        import platformdirs  # start-up counts

        folder = platformdirs.user_log_path("Pravo Desktop", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(tempfile.gettempdir())
    path = folder / f"crash-{moment:%Y%m%dT%H%M%S%f}.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def crash_code(error: BaseException) -> str:
    """``bug`` and a fingerprint that is the same wherever the same line fails the same way."""
    return f"bug:{hashlib.sha256(chr(10).join(_told(error)).encode()).hexdigest()[:12]}"


def _told(error: BaseException) -> list[str]:
    lines = [f"{type(error).__module__}.{type(error).__qualname__}"]
    for frame, line in traceback.walk_tb(error.__traceback__):
        lines.append(f"  {frame.f_globals.get('__name__', '?')}:{line} {frame.f_code.co_name}")
    earlier = error.__cause__ or error.__context__
    return lines if earlier is None else [*_told(earlier), "then", *lines]
