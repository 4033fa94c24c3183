"""Files on a drive: whether there is room, and writing one whole or not at all."""

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path

from pravo_desktop.errors import KnownError

_MARGIN = 1 << 20
"""So many bytes stay free on a drive that a file is written to."""
_MEGABYTE = 1_000_000
_REASONS = {
    **dict.fromkeys((errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO), "drive_gone"),
    **dict.fromkeys((errno.EROFS, errno.EACCES, errno.EPERM), "drive_read_only"),
}


def check_room(folder: Path, size: int = 0) -> None:
    """Refuse a folder or drive before anything is made for it.

    Args:
        size: bytes to be written there; a margin is added.

    Raises:
        KnownError: ``drive_gone``, ``drive_full``, ``drive_read_only``, ``file_not_written``.
    """
    try:
        free = shutil.disk_usage(folder).free
        read_only = not os.access(folder, os.W_OK)
    except OSError as error:
        raise not_written(error, folder, size) from error
    if read_only:
        raise KnownError("drive_read_only")
    if free < size + _MARGIN:
        raise _no_room(size, free)


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: beside it first, read back from the drive, then renamed.

    Raises:
        KnownError: ``drive_full``, ``drive_gone``, ``drive_read_only``,
            ``file_read_back_differs``, ``file_not_written`` with the system's reason.
    """
    check_room(path.parent, len(data))
    part = path.with_name(f".{path.name}.part")
    try:
        try:
            with part.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
                if hasattr(os, "posix_fadvise"):
                    # What is read back comes from the drive and not from memory.
                    os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            if part.read_bytes() != data:
                raise KnownError("file_read_back_differs", file=path.name)
            os.replace(part, path)
        except BaseException:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise not_written(error, path, len(data)) from error


def not_written(error: OSError, path: Path, size: int) -> KnownError:
    """What to say about a file that the system did not write."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        with suppress(OSError):
            return _no_room(size, shutil.disk_usage(path.parent).free)
    code = _REASONS.get(error.errno or 0)
    if code is not None:
        return KnownError(code)
    return KnownError("file_not_written", file=path.name, reason=error.strerror or "")


def _no_room(size: int, free: int) -> KnownError:
    needed = -(-(size + _MARGIN) // _MEGABYTE)
    return KnownError("drive_full", needed=needed, free=free // _MEGABYTE)
