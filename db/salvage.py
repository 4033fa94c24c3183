"""Saving what can still be read of a damaged database into a new one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from db.engine import open_engine
from db.migrate import migrate
from db.schema import metadata
from pravo_desktop.errors import KnownError


@dataclass(frozen=True)
class SalvagedTable:
    """How much of a table was read.

    Args:
        rows: that were read and are in the new database.
        whole: False where at least one row could not be read.
        before: how many there were; None where not even that can be read.
    """

    table: str
    rows: int
    whole: bool
    before: int | None = None


def salvage(
    damaged: Path,
    key: bytes,
    target: Path,
    progress: Callable[[str, int, int], None] = lambda step, done, total: None,
) -> list[SalvagedTable]:
    """Copy every row that can be read into a new database under the same key.

    Rows behind a damaged page are read from the other end of the table. Rows whose parents were
    lost are left out as well, and their table is not whole.

    Args:
        damaged: is only read.
        target: a file that is not there yet.
        progress: is given the table, how many are done and of how many; what it raises ends all.

    Raises:
        KnownError: ``nothing_to_salvage`` when not even the list of tables can be read.
    """
    try:
        with _reading(damaged, key) as source:
            known = {row[0] for row in source.execute("SELECT name FROM sqlite_master")}
    except sqlcipher.DatabaseError as error:
        raise KnownError("nothing_to_salvage", file=damaged.name) from error
    engine = open_engine(target, key)
    try:
        migrate(engine)
        pooled = engine.raw_connection()
        goal: Any = pooled.driver_connection
        goal.execute("PRAGMA foreign_keys = OFF")
        goal.execute("BEGIN")
        tables = [table for table in metadata.sorted_tables if table.name in known]
        saved = []
        for done, table in enumerate(tables):
            progress(table.name, done, len(tables))
            columns = [column.name for column in table.columns]
            saved.append(_copy(damaged, key, goal, table.name, columns))
        saved = _without_orphans(goal, saved)
        goal.execute("COMMIT")
        goal.execute("PRAGMA foreign_keys = ON")
        pooled.close()
    finally:
        engine.dispose()
    return saved


@contextmanager
def _reading(damaged: Path, key: bytes) -> Iterator[Any]:
    """A connection for one query: after a damaged page SQLCipher reads nothing more on it."""
    source: Any = sqlcipher.connect(f"{damaged.resolve().as_uri()}?mode=ro", uri=True)
    try:
        source.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        source.execute("PRAGMA cipher_log_level = NONE")
        yield source
    finally:
        source.close()


def _copy(damaged: Path, key: bytes, goal: Any, table: str, columns: list[str]) -> SalvagedTable:
    names = ", ".join(f'"{name}"' for name in columns)
    keys = ["rowid"]
    if not goal.execute("SELECT NOT wr FROM pragma_table_list(?)", (table,)).fetchone()[0]:
        keys = [f'"{row[1]}"' for row in goal.execute(f'PRAGMA table_info("{table}")') if row[5]]
    marks = ", ".join("?" for _ in columns)
    insert = f'INSERT OR REPLACE INTO "{table}" ({names}) VALUES ({marks})'
    whole = True
    for direction in ("ASC", "DESC"):
        order = ", ".join(f"{one} {direction}" for one in keys)
        try:
            # NOT INDEXED: a damaged index must not hide rows that are there.
            asked = f'SELECT {names} FROM "{table}" NOT INDEXED ORDER BY {order}'
            with _reading(damaged, key) as source:
                for row in source.execute(asked):
                    goal.execute(insert, row)
            break
        except sqlcipher.DatabaseError:
            whole = False
    number = goal.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
    return SalvagedTable(table, number, whole, number if whole else _counted(damaged, key, table))


def _counted(damaged: Path, key: bytes, table: str) -> int | None:
    """How many rows a table had, where an index that is whole still tells."""
    try:
        with _reading(damaged, key) as source:
            return int(source.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])
    except sqlcipher.DatabaseError:
        return None


def _without_orphans(goal: Any, saved: list[SalvagedTable]) -> list[SalvagedTable]:
    broken: set[str] = set()
    while found := goal.execute("PRAGMA foreign_key_check").fetchall():
        for table, rowid, *_ in found:
            broken.add(table)
            if rowid is None:
                goal.execute(f'DELETE FROM "{table}"')
            else:
                goal.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (rowid,))
    return [
        SalvagedTable(
            one.table,
            goal.execute(f'SELECT count(*) FROM "{one.table}"').fetchone()[0],
            one.whole and one.table not in broken,
            one.before,
        )
        for one in saved
    ]
