"""Opening the encrypted database: one engine for the thread that owns it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from pravo_desktop.data_folder import DATABASE
from pravo_desktop.errors import KnownError

CACHE = 32_000
"""KiB of pages that a connection keeps for being asked again."""
PASSING = 2_000
"""The same where a file is read once from one end to the other: more would help nobody."""


def not_written(error: BaseException) -> KnownError | None:
    """What to say when the system did not write the database; None for any other trouble.

    SQLite has rolled the transaction back: what was committed before is there.

    Returns:
        ``database_drive_full`` or ``database_not_written``.
    """
    text = str(error)
    if "is full" in text:
        return KnownError("database_drive_full")
    if "disk I/O" in text or "readonly" in text or "unable to open" in text:
        return KnownError("database_not_written")
    return None


def shows_damage(error: BaseException) -> bool:
    """Whether a query failed because pages of the file cannot be read."""
    # SQLAlchemy wraps what the driver raised and keeps its words.
    return any(words in str(error) for words in ("disk image is malformed", "not a database"))


def known_damage(error: Exception) -> Exception:
    """Damage of the database as what a person is told of it; any other error as it is.

    Returns:
        KnownError ``database_unreadable``, or the error given.
    """
    if isinstance(error, KnownError) or not shows_damage(error):
        return error
    told = KnownError("database_unreadable", file=DATABASE)
    told.__cause__ = error
    return told


@contextmanager
def damage_told() -> Iterator[None]:
    """Raise KnownError ``database_unreadable`` where pages of the database cannot be read."""
    try:
        yield
    except Exception as error:
        told = known_damage(error)
        if told is error:
            raise
        raise told from error


def check_there(path: Path) -> None:
    """Refuse a database that is missing, empty as a power cut can leave it, or no file at all.

    SQLite would take the first two for a new one.

    Raises:
        KnownError: ``database_missing``, ``database_unreadable``.
    """
    if not path.exists():
        raise KnownError("database_missing", file=path.name)
    beside = [path.with_name(f"{path.name}{end}") for end in ("-wal", "-shm")]
    if not path.stat().st_size or any(one.is_dir() for one in (path, *beside)):
        raise KnownError("database_unreadable", file=path.name)


def open_engine(path: Path, key: bytes, *, read_only: bool = False, cache: int = CACHE) -> Engine:
    """An engine with a single connection, to be used by one thread only.

    Args:
        path: the database file; it is created unless ``read_only``.
        key: the raw database key, 32 bytes.
        read_only: for lists and search beside the writing thread.
        cache: KiB of pages that are kept in memory.

    Raises:
        KnownError: ``database_unreadable`` when the key does not fit or the file is damaged,
            ``database_missing`` when there is nothing to read; or as `not_written`.
    """
    if read_only and not path.exists():
        raise KnownError("database_missing", file=path.name)
    # Unlike PRAGMA query_only, a read-only file leaves room for temporary views.
    name = quote(path.resolve().as_posix())
    uri = f"file://{'' if name.startswith('/') else '/'}{name}?mode={'ro' if read_only else 'rwc'}"

    def connect() -> Any:
        connection = sqlcipher.connect(
            uri, uri=True, isolation_level=None, check_same_thread=False, cached_statements=512
        )
        try:
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            connection.execute("PRAGMA cipher_memory_security = OFF")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute("PRAGMA mmap_size = 0")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA busy_timeout = 5000")
            connection.execute(f"PRAGMA cache_size = -{cache}")
        except sqlcipher.DatabaseError as error:
            connection.close()
            trouble = not_written(error) or KnownError("database_unreadable", file=path.name)
            raise trouble from error
        return connection

    engine = create_engine(
        "sqlite://", creator=connect, module=sqlcipher, poolclass=StaticPool, query_cache_size=200
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine
