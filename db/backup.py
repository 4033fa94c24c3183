"""Copying and examining the database file, encrypted as it is."""

import errno
from collections.abc import Callable
from pathlib import Path

from sqlcipher3.dbapi2 import DatabaseError

from db.engine import not_written, open_engine
from db.session import Session
from pravo_desktop.clock import Clock
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
    if not path.exists():
        raise KnownError("database_missing", file=path.name)
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
