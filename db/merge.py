"""Headquarters' merge: which version of each record counts, as a function of the accepted packages.

Every received version stays with its package. A record's current row is the greatest version in
the *effective* packages, so order and repetition do not matter and undo is exact.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from db.asof import lay_over
from db.figures.kept import forget_counts, note_changes
from db.payloads import values_of
from db.schema import TRAVELLING
from db.session import Session


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
    before it sent counts no more, so that rows it lacks are withdrawn. That holds as well for a
    station which another restoration of the same backup began, although neither knows of the
    other: both name the station of the backup, and the one that began later counts.
    """
    facts = list(accepted)
    held = forked(facts)
    counted = [fact for fact in facts if fact.id not in held]
    fresh_starts: dict[str, list[PackageFact]] = {}
    for fact in counted:
        if fact.complete:
            fresh_starts.setdefault(fact.centre, []).append(fact)
    return {
        fact.id
        for fact in counted
        if not any(_replaced(fact, start) for start in fresh_starts.get(fact.centre, ()))
    }


def _replaced(fact: PackageFact, start: PackageFact) -> bool:
    """Whether a complete package stands in the place of this one.

    Of two stations with a common predecessor the greater epoch counts, then the greater id, which
    grows with time.
    """
    return (start.epoch, start.station) > (fact.epoch, fact.station) and not {
        start.station,
        *start.replaces,
    }.isdisjoint((fact.station, *fact.replaces))


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
    fill_ids(session, "effective", effective_ids)
    if touched is None:
        session.execute("DELETE FROM merged_state")
        forget_counts(session)
        session.execute("DELETE FROM merged_rows")
        session.execute(f"INSERT INTO merged_rows {_election('')}")
        for table in TRAVELLING:
            session.execute(f"DELETE FROM merged_{table}")
            session.execute(
                f"INSERT INTO merged_{table} {values_of('merged_rows', table)}", (table,)
            )
        return
    fill_ids(session, "touched", touched)
    elect_touched(session)
    merge_elected(session)


def merge_elected(session: Session) -> None:
    """Let the winners count that `elect_touched` found."""
    session.execute("DELETE FROM merged_state")
    note_changes(session)
    session.execute(
        "DELETE FROM merged_rows WHERE (centre, table_name, record_id) IN "
        "(SELECT centre, table_name, record_id FROM temp.touched_records)"
    )
    session.execute("INSERT INTO merged_rows SELECT * FROM temp.elected")
    for (table,) in list(session.rows("SELECT DISTINCT table_name FROM temp.changed_records")):
        session.execute(
            f"DELETE FROM merged_{table} WHERE (centre, id) IN (SELECT centre, record_id "
            "FROM temp.changed_records WHERE table_name = ?)",
            (table,),
        )
        session.execute(
            f"INSERT INTO merged_{table} {values_of('temp.changed_records', table)}", (table,)
        )


def merge_added(session: Session, package_id: int) -> None:
    """Bring in one package that counts from now on, where no other changed its standing.

    The same as `merge_packages`, found with less: a version of the package either beats the one
    that won so far or changes nothing.
    """
    session.execute("DELETE FROM merged_state")
    session.execute("DROP TABLE IF EXISTS temp.changed_records")
    order = ("epoch", "revision", "changed_at", "station", "row_hash")
    ours, theirs = (", ".join(f"{row}.{column}" for column in order) for row in "rw")
    session.execute(
        "CREATE TEMP TABLE changed_records AS SELECT p.centre, r.table_name, r.record_id, "
        "r.id AS received_row_id, r.deleted, r.row_hash, w.id AS before_row "
        "FROM received_packages p "
        "CROSS JOIN received_rows r ON r.package_id = p.id "
        "LEFT JOIN merged_rows m ON m.centre = p.centre AND m.table_name = r.table_name "
        "AND m.record_id = r.record_id LEFT JOIN received_rows w ON w.id = m.received_row_id "
        f"WHERE p.id = ? AND (w.id IS NULL OR ({ours}, -r.id) > ({theirs}, -w.id))",
        (package_id,),
    )
    session.execute("CREATE INDEX temp.changed_by_table ON changed_records (table_name)")
    note_changes(session)
    session.execute(
        "INSERT OR REPLACE INTO merged_rows SELECT centre, table_name, record_id, "
        "received_row_id, row_hash, deleted FROM temp.changed_records"
    )
    for (table,) in list(session.rows("SELECT DISTINCT table_name FROM temp.changed_records")):
        session.execute(
            f"DELETE FROM merged_{table} WHERE (centre, id) IN (SELECT centre, record_id "
            "FROM temp.changed_records WHERE table_name = ? AND deleted)",
            (table,),
        )
        session.execute(
            f"INSERT OR REPLACE INTO merged_{table} {values_of('temp.changed_records', table)}",
            (table,),
        )


def elect_touched(session: Session) -> None:
    """Find the winners of the touched packages' records, and those whose values change.

    The former are in ``temp.elected``, the latter in ``temp.changed_records``.
    """
    for table in ("touched_records", "elected", "changed_records"):
        session.execute(f"DROP TABLE IF EXISTS temp.{table}")
    session.execute(
        "CREATE TEMP TABLE touched_records AS SELECT DISTINCT p.centre, r.table_name, "
        "r.record_id FROM received_rows r JOIN received_packages p ON p.id = r.package_id "
        "WHERE r.package_id IN (SELECT id FROM temp.touched)"
    )
    session.execute(
        "CREATE TEMP TABLE elected AS "
        + _election(
            "JOIN temp.touched_records t ON t.record_id = r.record_id "
            "AND t.table_name = r.table_name AND t.centre = p.centre "
        )
    )
    session.execute(
        "CREATE UNIQUE INDEX temp.elected_pk ON elected (centre, table_name, record_id)"
    )
    session.execute(
        "CREATE TEMP TABLE changed_records AS SELECT t.centre, t.table_name, t.record_id, "
        "e.received_row_id, m.received_row_id AS before_row FROM temp.touched_records t "
        "LEFT JOIN temp.elected e USING (centre, table_name, record_id) "
        "LEFT JOIN merged_rows m USING (centre, table_name, record_id) "
        "WHERE e.row_hash IS NOT m.row_hash"
    )
    session.execute("CREATE INDEX temp.changed_by_table ON changed_records (table_name)")


def merge_as_of(
    session: Session, effective_ids: Collection[int], present_ids: Collection[int]
) -> None:
    """Make the temporary views ``asof_*``: the merge of other packages than those of the present.

    Args:
        effective_ids: the packages that count in it.
        present_ids: those that count in the merged tables.
    """
    fill_ids(session, "effective", effective_ids)
    fill_ids(session, "touched", set(effective_ids) ^ set(present_ids))
    elect_touched(session)
    lay_over(session)


def state_hash(session: Session, rows: str = "merged_rows") -> str:
    """SHA-256 (hex) of the merged state; its canonical form is specified in ``docs/state-hash.md``.

    Args:
        rows: ``merged_rows`` or ``asof_rows``.
    """
    digest = hashlib.sha256()
    found = session.rows(
        f"SELECT centre, table_name, record_id, row_hash FROM {rows} "
        "ORDER BY centre, table_name, record_id"
    )
    for centre, table, record_id, row_hash in found:
        digest.update(f"{centre}\n{table}\n{record_id}\n{row_hash}\n".encode())
    return digest.hexdigest()


def kept_state_hash(session: Session) -> str:
    """`state_hash` as it was kept since the last merge, or computed where it was not."""
    kept = session.value("SELECT hash FROM merged_state")
    return state_hash(session) if kept is None else str(kept)


def keep_state_hash(session: Session) -> None:
    """Keep the state hash until the next merge, in the present transaction."""
    session.execute("INSERT OR IGNORE INTO merged_state VALUES (1, ?)", (kept_state_hash(session),))


def fill_ids(session: Session, name: str, ids: Collection[int]) -> None:
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
