"""A session: one connection, the data folder's own facts, and one transaction at a time."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine

from db.engine import not_written
from pravo_desktop.clock import Clock, timestamp
from pravo_desktop.errors import BugError, KnownError

Parameters = Mapping[str, Any] | Sequence[Any]

_STEPS = 1000
"""Of SQLite's machine, or pages of a file that is examined, between two pauses."""


@dataclass(frozen=True)
class Installation:
    """What this data folder is: a station of a centre or of headquarters."""

    workplace: str
    centre: str
    practice: bool
    station: str
    station_letter: str
    replaces: tuple[str, ...]
    epoch: int


class _SignedOut:
    """Stands where the connection was."""

    def __getattr__(self, name: str) -> Any:
        raise KnownError("signed_out")


class Session:
    """The owner thread's way to the database, in driver SQL.

    Args:
        engine: an engine of this thread.
        clock: the one clock of the data folder.
    """

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._pooled = engine.raw_connection()
        self._driver: Any = self._pooled.driver_connection
        self.clock = clock
        self.pause: Callable[[], object] | None = None
        self.changed: set[str] = set()
        self.stale_cases: set[str] = set()
        """Cases whose line in the search index is written anew at the end of the use case."""
        self.after_commit: list[Callable[[], object]] = []
        """Done once the present transaction is kept, not if it is rolled back: removing files."""
        self._open = False
        self._change: int | None = None
        self._installation: Installation | None = None

    def close(self) -> None:
        """Give the connection back; an open transaction is rolled back.

        Whatever is asked of the session afterwards raises KnownError ``signed_out``.
        """
        self._pooled.close()
        self._driver = _SignedOut()

    def pause_with(self, pause: Callable[[], object]) -> None:
        """Call this every few milliseconds of a long statement; it may wait and never raises."""

        def go_on() -> int:
            pause()
            return 0

        self.pause = pause
        self._driver.set_progress_handler(go_on, _STEPS)

    @property
    def installation(self) -> Installation:
        """The data folder's facts; read once a transaction."""
        if self._open and self._installation is not None:
            return self._installation
        row = self.one("SELECT * FROM installation")
        if row is None:
            raise BugError("the data folder is not initialised")
        self._installation = Installation(
            workplace=row["workplace"],
            centre=row["centre"],
            practice=bool(row["practice"]),
            station=row["station"],
            station_letter=row["station_letter"],
            replaces=tuple(json.loads(row["replaces"])),
            epoch=row["epoch"],
        )
        return self._installation

    def forget_installation(self) -> None:
        """Read the data folder's facts anew, after they were changed in this transaction."""
        self._installation = None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One transaction: all or nothing; inside another one it joins it.

        ``changed`` then names the tables that were changed, for those who listen.

        Raises:
            KnownError: ``database_busy`` while another program writes for more than five seconds;
                as `db.engine.not_written` on a full or failing drive.
        """
        if self._open:
            yield
            return
        try:
            self._driver.execute("BEGIN IMMEDIATE")
        except sqlcipher.OperationalError as error:
            raise not_written(error) or KnownError("database_busy") from error
        self._open = True
        self._change = self._installation = None
        self.changed, self.stale_cases, self.after_commit = set(), set(), []
        try:
            yield
            self._driver.execute("COMMIT")
        except BaseException as error:
            if self._driver.in_transaction:
                self._driver.execute("ROLLBACK")
            trouble = not_written(error) if isinstance(error, sqlcipher.DatabaseError) else None
            if trouble:
                raise trouble from error
            raise
        finally:
            self._open = False
        for act in self.after_commit:
            act()

    def next_change(self) -> int:
        """The number of the present transaction among all that changed records.

        "Changed since the last package" is this counter, never a clock.
        """
        if not self._open:
            raise BugError("a change outside a transaction")
        if self._change is None:
            self._change = int(
                self.value("UPDATE installation SET change = change + 1 RETURNING change")
            )
        return self._change

    def now(self) -> str:
        """The present moment as it is stored."""
        return timestamp(self.clock.now())

    def execute(self, sql: str, parameters: Parameters = ()) -> int:
        """Run one statement; returns the number of rows it touched."""
        return int(self._driver.execute(sql, parameters).rowcount)

    def execute_many(self, sql: str, parameters: Sequence[Sequence[Any]]) -> None:
        """Run one statement for each tuple of parameters."""
        self._driver.executemany(sql, parameters)

    def rows(self, sql: str, parameters: Parameters = ()) -> Iterator[tuple[Any, ...]]:
        """The rows one by one, as tuples."""
        return iter(self._driver.execute(sql, parameters))

    def all(self, sql: str, parameters: Parameters = ()) -> list[dict[str, Any]]:
        """All rows as dictionaries."""
        cursor = self._driver.execute(sql, parameters)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def one(self, sql: str, parameters: Parameters = ()) -> dict[str, Any] | None:
        """The first row, if any."""
        cursor = self._driver.execute(sql, parameters)
        row = cursor.fetchone()
        names = [column[0] for column in cursor.description]
        cursor.close()
        return None if row is None else dict(zip(names, row, strict=True))

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """The first column of the first row, or None."""
        cursor = self._driver.execute(sql, parameters)
        row = cursor.fetchone()
        cursor.close()
        return None if row is None else row[0]
