"""Files that hold keys, replaced as a whole."""

import errno
import os
import tempfile
from pathlib import Path

from pravo_desktop.errors import KnownError


def replace_file(path: Path, content: bytes) -> None:
    """Replaces a file as a whole: after a power cut there is the old one or the new one.

    Raises:
        KnownError: ``drive_full``, ``file_not_written``; the old one stays.
    """
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name + ".")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise KnownError("drive_full", needed=1, free=0) from error
        raise KnownError("file_not_written", file=path.name, reason=error.strerror or "") from error
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
