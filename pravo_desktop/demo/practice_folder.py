"""Where practice data lie, how they are told from real data, and how they are deleted."""

import json
import shutil
from pathlib import Path

from pravo_desktop.errors import KnownError

MARKER = "practice.json"
"""In a practice folder that was made here, with its user and password; it may be deleted."""
USER, PASSWORD = "практика", "learning by doing"
"""The user name is shown after each lock: a word of both languages."""


def practice_folder(folder: Path) -> Path:
    """Where the practice folder of a data folder lies: beside it, never inside."""
    return folder.with_name(f"{folder.name}-practice")


def is_practice_folder(folder: Path) -> bool:
    """Whether a folder was made by `make_practice`."""
    return (folder / MARKER).is_file()


def practice_login(folder: Path) -> tuple[str, str]:
    """User and password of a practice folder; one of an older version has another user."""
    try:
        stored = json.loads((folder / MARKER).read_text("utf-8"))
        return str(stored["user"]), str(stored["password"])
    except (OSError, ValueError, KeyError, TypeError):
        return USER, PASSWORD


def delete_practice(folder: Path) -> None:
    """Delete a practice folder that was made here, with all that was tried in it.

    Raises:
        KnownError: ``not_practice`` for any other folder; ``file_not_written``.
    """
    if not is_practice_folder(folder):
        raise KnownError("not_practice", folder=folder.name)
    try:
        # The marker goes last: what is left after a kill can still be deleted.
        for one in folder.iterdir():
            if one.name == MARKER:
                continue
            if one.is_dir():
                shutil.rmtree(one)
            else:
                one.unlink()
        (folder / MARKER).unlink()
        folder.rmdir()
    except OSError as error:
        reason = error.strerror or ""
        raise KnownError("file_not_written", file=folder.name, reason=reason) from error
