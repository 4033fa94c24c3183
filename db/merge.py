"""Headquarters' merge: which version of each record counts, as a function of the accepted packages.

Every received version stays with its package. A record's current row is the greatest version in
the *effective* packages, so order and repetition do not matter and undo is exact.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from db.schema import MERGED_TABLES, TRAVELLING
from db.session import Session
from pravo_desktop.domain.records import travelling_columns


@dataclass(frozen=True)
class PackageFact:
    """What decides whether an accepted package takes part in the merge."""

    id: int
    sha256: str
    centre: str
    station: str
    replaces: tuple[str, ...]
    epoch: int
    sequence: int
    complete: bool

    @property
    def number(self) -> tuple[str, str, int, int]:
        """What no two packages may share."""
        return (self.centre, self.station, self.epoch, self.sequence)


def forked(accepted: Iterable[PackageFact]) -> set[int]:
    """Ids of packages that share their number with another: held until one is undone."""
    facts = list(accepted)
    numbers = Counter(fact.number for fact in facts)
    return {fact.id for fact in facts if numbers[fact.number] > 1}


def effective(accepted: Iterable[PackageFact]) -> set[int]:
    """Ids of the packages whose versions count.

    Held packages do not. After a restored backup the first package is complete: what the stations
    it replaces sent in older epochs counts no more, so that rows it lacks are withdrawn.
    """
    facts = list(accepted)
    held = forked(facts)
    counted = [fact for fact in facts if fact.id not in held]
    replaced_before: dict[tuple[str, str], int] = {}
    for fact in counted:
        if fact.complete:
            for station in fact.replaces:
                key = (fact.centre, station)
                replaced_before[key] = max(replaced_before.get(key, 0), fact.epoch)
    return {
        fact.id
        for fact in counted
        if fact.epoch >= replaced_before.get((fact.centre, fact.station), 0)
    }


def insert_rows(
    session: Session, package_id: int, table: str, rows: Sequence[tuple[Any, ...]]
) -> None:
    """Keep the versions of one table of a package.

    Args:
        rows: each its row number in the sheet, id, epoch, revision, changed at, station, deleted,
            row hash and payload.
    """
    session.execute_many(
        "INSERT INTO received_rows (package_id, table_name, row_number, record_id, epoch, "
        "revision, changed_at, station, deleted, row_hash, payload) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(package_id, table, *row) for row in rows],
    )


def merge_packages(
    session: Session, effective_ids: Collection[int], touched: Collection[int] | None
) -> None:
    """Elect anew the current rows of all records that the touched packages hold.

    Args:
        effective_ids: see `effective`.
        touched: ids of packages that came, went or changed their standing; None for everything.
    """
    _fill_ids(session, "effective", effective_ids)
    if touched is None:
        session.execute("DELETE FROM merged_rows")
        for table in TRAVELLING:
            session.execute(f"DELETE FROM merged_{table}")
    else:
        _fill_ids(session, "touched", touched)
        session.execute("DROP TABLE IF EXISTS temp.touched_records")
        session.execute(
            "CREATE TEMP TABLE touched_records AS SELECT DISTINCT p.centre, r.table_name, "
            "r.record_id FROM received_rows r JOIN received_packages p ON p.id = r.package_id "
            "WHERE r.package_id IN (SELECT id FROM temp.touched)"
        )
        session.execute(
            "DELETE FROM merged_rows WHERE (centre, table_name, record_id) IN "
            "(SELECT centre, table_name, record_id FROM temp.touched_records)"
        )
        for table in TRAVELLING:
            session.execute(
                f"DELETE FROM merged_{table} WHERE (centre, id) IN (SELECT centre, record_id "
                "FROM temp.touched_records WHERE table_name = ?)",
                (table,),
            )
    only = (
        ""
        if touched is None
        else "JOIN temp.touched_records t ON t.record_id = r.record_id "
        "AND t.table_name = r.table_name AND t.centre = p.centre "
    )
    session.execute(f"INSERT INTO merged_rows {_election(only)}")
    for table in TRAVELLING:
        condition = (
            ""
            if touched is None
            else "AND (m.centre, m.table_name, m.record_id) IN "
            "(SELECT centre, table_name, record_id FROM temp.touched_records)"
        )
        session.execute(
            f"INSERT INTO merged_{table} {_values('merged_rows', table)} {condition}", (table,)
        )


def merge_as_of(session: Session, effective_ids: Collection[int]) -> None:
    """Fill the temporary tables ``asof_*`` with the merge of these packages alone."""
    _fill_ids(session, "effective", effective_ids)
    session.execute("DROP TABLE IF EXISTS temp.asof_rows")
    session.execute(f"CREATE TEMP TABLE asof_rows AS {_election('')}")
    for table in TRAVELLING:
        session.execute(f"DROP TABLE IF EXISTS temp.asof_{table}")
        session.execute(
            f"CREATE TEMP TABLE asof_{table} AS {_values('temp.asof_rows', table)}", (table,)
        )
        session.execute(f"CREATE UNIQUE INDEX temp.asof_{table}_pk ON asof_{table} (centre, id)")
        if "case_id" in travelling_columns(table):
            session.execute(
                f"CREATE INDEX temp.asof_{table}_case ON asof_{table} (centre, case_id)"
            )


def state_hash(session: Session, rows: str = "merged_rows") -> str:
    """SHA-256 (hex) of the merged state; its canonical form is specified in ``docs/state-hash.md``.

    Args:
        rows: ``merged_rows`` or ``temp.asof_rows``.
    """
    digest = hashlib.sha256()
    found = session.rows(
        f"SELECT centre, table_name, record_id, row_hash FROM {rows} "
        "ORDER BY centre, table_name, record_id"
    )
    for centre, table, record_id, row_hash in found:
        digest.update(f"{centre}\n{table}\n{record_id}\n{row_hash}\n".encode())
    return digest.hexdigest()


def _fill_ids(session: Session, name: str, ids: Collection[int]) -> None:
    session.execute(f"CREATE TEMP TABLE IF NOT EXISTS {name} (id INTEGER PRIMARY KEY)")
    session.execute(f"DELETE FROM temp.{name}")
    session.execute_many(f"INSERT INTO temp.{name} VALUES (?)", [(one,) for one in sorted(ids)])


def _election(only: str) -> str:
    """The winning version of each record among the effective packages.

    A version received in several packages is one version; the package first received stands for it.
    """
    return (
        "SELECT centre, table_name, record_id, received_row_id, row_hash, deleted FROM ("
        "SELECT p.centre, r.table_name, r.record_id, r.id AS received_row_id, r.row_hash, "
        "r.deleted, row_number() OVER (PARTITION BY p.centre, r.table_name, r.record_id "
        "ORDER BY r.epoch DESC, r.revision DESC, r.changed_at DESC, r.station DESC, "
        "r.row_hash DESC, r.id) AS place "
        "FROM received_rows r JOIN received_packages p ON p.id = r.package_id "
        f"{only}"
        "WHERE r.package_id IN (SELECT id FROM temp.effective)) WHERE place = 1"
    )


@cache
def _values(rows: str, table: str) -> str:
    columns = ", ".join(
        f"json_extract(r.payload, '$.{column}') AS \"{column}\""
        for column in MERGED_TABLES[table].c.keys()[2:]
    )
    return (
        f"SELECT m.centre, m.record_id AS id, {columns} FROM {rows} m "
        "JOIN received_rows r ON r.id = m.received_row_id "
        "WHERE m.table_name = ? AND NOT m.deleted"
    )
