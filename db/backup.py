"""Copying and examining the database file, encrypted as it is."""

import errno
import json
import os
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from sqlcipher3.dbapi2 import DatabaseError

from db.engine import check_there, not_written, open_engine
from db.session import Session
from pravo_desktop.clock import Clock
from pravo_desktop.data_folder import BACKUP_HEAD
from pravo_desktop.errors import KnownError


def copy_database(session: Session, target: Path) -> None:
    """Write a compact copy of the committed state under the same key.

    Args:
        session: outside a transaction.
        target: a file that is not there yet.

    Raises:
        OSError: no room, or the target's drive failed.
        KnownError: ``database_unreadable`` when the database is damaged.
    """
    try:
        session.execute("VACUUM INTO ?", (str(target),))
    except DatabaseError as error:
        trouble = not_written(error)
        if trouble is not None:
            full = trouble.code == "database_drive_full"
            raise OSError(errno.ENOSPC if full else errno.EIO, str(error)) from error
        raise KnownError("database_unreadable", file=target.name) from error


def pack_backup(path: Path, head: Mapping[str, Any], members: Iterable[tuple[Path, str]]) -> None:
    """Write a backup's one file and have it on the drive, not only in memory, when done.

    Args:
        head: what it says of itself, in JSON.
        members: files with their names in it.

    Raises:
        OSError: no room, or the drive failed.
    """
    with path.open("wb") as file:
        with zipfile.ZipFile(file, "w") as packed:
            packed.writestr(BACKUP_HEAD, json.dumps(head))
            for member, name in members:
                packed.write(member, name)
        file.flush()
        os.fsync(file.fileno())
        if hasattr(os, "posix_fadvise"):
            # Whoever reads it back reads from the drive and not from memory.
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def damaged_pages(session: Session) -> list[str]:
    """What SQLCipher's and SQLite's own checks find wrong with the file; nothing when whole."""
    found = [str(row[0]) for row in session.rows("PRAGMA cipher_integrity_check")]
    if found:
        # Reading on would stop at the first damaged page.
        return found
    return [str(row[0]) for row in session.rows("PRAGMA integrity_check") if row[0] != "ok"]


def is_damaged(session: Session) -> bool:
    """Whether SQLite's quick check, which leaves indexes out, finds damage."""
    try:
        return str(session.value("PRAGMA quick_check(1)")) != "ok"
    except DatabaseError:
        return True


def damage_of(path: Path, key: bytes, pause: Callable[[], object] | None = None) -> list[str]:
    """What is wrong with a database file that nobody has open; nothing when it is whole.

    Args:
        pause: see `Session.pause_with`.

    Raises:
        KnownError: ``database_unreadable``, ``database_missing``.
    """
    check_there(path)
    engine = open_engine(path, key)
    try:
        session = Session(engine, Clock())
        if pause is not None:
            session.pause_with(pause)
        try:
            return damaged_pages(session)
        except DatabaseError as error:
            raise KnownError("database_unreadable", file=path.name) from error
        finally:
            session.close()
    finally:
        engine.dispose()


def orphans(session: Session) -> list[str]:
    """Tables with rows whose parents are not there, with the number of such rows."""
    rows = session.rows('SELECT "table", count(*) FROM pragma_foreign_key_check GROUP BY 1')
    return [f"{table}: {count}" for table, count in rows]


def stored_revision(session: Session) -> str | None:
    """The version of the database that the last migration left."""
    found = session.value("SELECT version_num FROM alembic_version")
    return None if found is None else str(found)
