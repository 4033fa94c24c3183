"""The data folder as files: its parts, who has it open, where it may lie, a restored one."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import IO, Final

from pravo_desktop.errors import KnownError

DATABASE: Final = "pravo.db"
SLOTS: Final = "keyslots.json"
ATTEMPTS: Final = "attempts.json"
ARCHIVE: Final = "archive"
QUARANTINE: Final = "quarantine"
"""What headquarters refused, sealed; left out of backups."""
BACKUPS: Final = "backups"
ERASURE_LIST: Final = "erasures.json"
"""Who was forgotten, beside the database; it holds ids and dates and nobody's name."""
RESTORED: Final = ".restored"
"""A restored data folder, whole, that is to take the place of what is beside it."""
MAKING: Final = ".making"
"""A data folder that is being made; cut off, it is nothing and is cleared by the next one."""
LOCK: Final = ".in-use"
CRASHES: Final = "crashes"
_ASIDE: Final = "aside.txt"

_BEFORE_UPDATE: Final = "before-update-"
BACKUP_SUFFIX: Final = ".backup"
BACKUP_HEAD: Final = "backup.json"
_KEPT_OF_VERSION: Final = re.compile(rf".+-version-(\d+)\.(\d+)\.(\d+){re.escape(BACKUP_SUFFIX)}")

_PART: Final = re.compile(r"\..+\.part|(keyslots|attempts)\.json(\.before)?\.[a-z0-9_]{8}")
_PART_BESIDE: Final = r"\.{}\.(restoring|salvaging|preview-[a-z0-9_]{{8}})"

_BESIDE_DATABASE: Final = (f"{DATABASE}-wal", f"{DATABASE}-shm")
_NETWORK: Final = re.compile(
    r"(nfs|nfs4|cifs|smb\d?|smbfs|ncpfs|ncp|afs|9p|ceph|davfs|fuse\.(sshfs|davfs2?|rclone|smb.*))"
)
_ESCAPED: Final = re.compile(r"\\([0-7]{3})")


def is_initialised(folder: Path) -> bool:
    """Whether a data folder has been made here; one whose key slots are gone is still one."""
    return any((folder / one).exists() for one in (SLOTS, DATABASE, RESTORED))


@contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Keep a data folder for this copy of the program; a killed one leaves no claim behind.

    Raises:
        KnownError: ``folder_in_use`` while another copy has it; ``folder_on_network``;
            ``folder_read_only``.
    """
    claim = claim_folder(folder)
    try:
        yield
    finally:
        release_folder(folder, claim)


def claim_folder(folder: Path) -> IO[str]:
    """As `claimed`; `release_folder` gives it free."""
    check_drive(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / LOCK).open("a")
    except OSError as error:
        raise KnownError("folder_read_only", folder=folder.name) from error
    try:
        _lock(file)
    except OSError as error:
        file.close()
        raise KnownError("folder_in_use", folder=folder.name) from error
    _clear_parts(folder)
    return file


def _clear_parts(folder: Path) -> None:
    """Clear what a killed copy left half made; nothing of it was ever told to be there."""
    beside = re.compile(_PART_BESIDE.format(re.escape(folder.resolve().name)))
    parts = [
        *(one for one in folder.resolve().parent.iterdir() if beside.fullmatch(one.name)),
        *(one for one in folder.iterdir() if _PART.fullmatch(one.name)),
        *(folder / ARCHIVE).glob(".*.part"),
        *(folder / QUARANTINE).glob(".*.part"),
    ]
    for part in parts:
        if part.is_dir():
            shutil.rmtree(part, ignore_errors=True)
        else:
            with suppress(OSError):
                part.unlink()


def release_folder(folder: Path, claim: IO[str]) -> None:
    """Give a claimed folder free; one that was made for the claim alone goes with it."""
    claim.close()
    if [one.name for one in folder.iterdir()] == [LOCK]:
        with suppress(OSError):
            (folder / LOCK).unlink()
            folder.rmdir()


def _lock(file: IO[str]) -> None:
    """Take the system's own lock, which ends with the process that holds it."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def check_drive(folder: Path) -> None:
    """Refuse a network drive: SQLite's locks and write-ahead log are not safe there.

    Source: https://www.sqlite.org/wal.html, "All processes using a database must be on the same
    host computer".

    Raises:
        KnownError: ``folder_on_network``.
    """
    if is_on_network(folder):
        raise KnownError("folder_on_network", folder=folder.name)


def is_on_network(folder: Path) -> bool:
    """Whether a folder, which need not be there yet, lies on another computer."""
    if sys.platform == "win32":
        import ctypes

        drive = folder.absolute().drive
        return drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == 4
    try:
        mounts = Path("/proc/self/mountinfo").read_text("utf-8")
    except OSError:
        return False
    return _NETWORK.fullmatch(file_system(folder.resolve(), mounts)) is not None


def file_system(folder: Path, mounts: str) -> str:
    """The kind of file system that a folder lies on; empty where no mount holds it.

    Args:
        mounts: the text of ``/proc/self/mountinfo``, see proc_pid_mountinfo(5).
    """
    found, depth = "", -1
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        if len(before.split()) < 5 or not after:
            continue
        place = Path(_ESCAPED.sub(lambda code: chr(int(code[1], 8)), before.split()[4]))
        if (place == folder or place in folder.parents) and len(place.parts) >= depth:
            found, depth = after.split()[0], len(place.parts)
    return found


def is_empty(folder: Path) -> bool:
    """Whether no data folder is here: nothing, a claim, crash reports or one that was cut off."""
    return not folder.exists() or all(
        one.name in (LOCK, CRASHES, MAKING) for one in folder.iterdir()
    )


def decide_restore(folder: Path, ready: Path, aside: str) -> None:
    """Let a restored data folder take the place of the present one; a kill cannot divide it.

    Args:
        ready: the restored folder, whole, on the same drive.
        aside: name of the folder inside the data folder that keeps what was there.
    """
    (ready / _ASIDE).write_text(aside, "utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    ready.rename(folder / RESTORED)
    finish_restore(folder)


def free_name(folder: Path, name: str) -> str:
    """A name that nothing in the folder has yet, with a number behind it where it is taken."""
    tried, number = name, 1
    while (folder / tried).exists():
        number += 1
        tried = f"{name}-{number}"
    return tried


def before_update_name(folder: Path, day: date) -> str:
    """The name of the folder in a data folder for the backup that an update of this day makes."""
    return free_name(folder, f"{_BEFORE_UPDATE}{day}")


def kept_before_updates(folder: Path) -> dict[Path, str]:
    """The backups that newer versions made before they changed the database.

    Args:
        folder: the data folder; no key is needed.

    Returns:
        by file, the version of the program that reads it; the newest file first.
    """
    found = {
        path: ".".join(version.groups())
        for path in folder.glob(f"{_BEFORE_UPDATE}*/*{BACKUP_SUFFIX}")
        if (version := _KEPT_OF_VERSION.fullmatch(path.name))
    }
    newest = sorted(found, key=lambda path: path.stat().st_mtime_ns, reverse=True)
    return {path: found[path] for path in newest}


def finish_restore(folder: Path) -> None:
    """Go on with a decided restore where it was cut off; nothing where there is none."""
    ready = folder / RESTORED
    if not ready.is_dir():
        return
    note = ready / _ASIDE
    if note.exists():
        _swap(folder, ready, folder / note.read_text("utf-8"))
    shutil.rmtree(ready)


def _swap(folder: Path, ready: Path, aside: Path) -> None:
    for name in (DATABASE, SLOTS, ARCHIVE, ERASURE_LIST):
        if not (ready / name).exists():
            continue
        for old in (name, *(_BESIDE_DATABASE if name == DATABASE else ())):
            if (folder / old).exists():
                aside.mkdir(exist_ok=True)
                (folder / old).rename(aside / old)
    for name in (DATABASE, ARCHIVE, ERASURE_LIST, SLOTS):
        if (ready / name).exists():
            (ready / name).rename(folder / name)
