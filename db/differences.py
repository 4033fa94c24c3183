"""What a merge would change, record by record and package by package, before it is done."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from db.merge import elect_touched, fill_ids
from db.schema import TRAVELLING
from db.session import Session


@dataclass(frozen=True)
class RowCounts:
    """Records by what becomes of them; withdrawn are those that counted and count no more."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0


_BECOMES = (
    "CASE WHEN coalesce(after_deleted, 1) THEN "
    "iif(coalesce(before_deleted, 1), 'unchanged', 'withdrawn') "
    "WHEN coalesce(before_deleted, 1) THEN 'new' "
    "WHEN before_hash = after_hash THEN 'unchanged' ELSE 'changed' END"
)


def compare_with_merged(
    session: Session, effective_ids: Collection[int], touched: Collection[int]
) -> RowCounts:
    """What a merge would do to the records of the touched packages; nothing is merged.

    Leaves those that would not stay as they are in ``temp.differing``: centre, table_name,
    record_id and the received rows before and after, before_row and after_row.

    Args:
        effective_ids, touched: as `db.merge.merge_packages` takes them.
    """
    fill_ids(session, "effective", effective_ids)
    fill_ids(session, "touched", touched)
    elect_touched(session)
    session.execute("DROP TABLE IF EXISTS temp.differing")
    session.execute(
        "CREATE TEMP TABLE differing AS SELECT centre, table_name, record_id, before_row, "
        f"after_row, {_BECOMES} AS becomes FROM ("
        "SELECT t.centre, t.table_name, t.record_id, m.received_row_id AS before_row, "
        "m.row_hash AS before_hash, m.deleted AS before_deleted, "
        "e.received_row_id AS after_row, e.row_hash AS after_hash, e.deleted AS after_deleted "
        "FROM temp.touched_records t "
        "LEFT JOIN merged_rows m USING (centre, table_name, record_id) "
        "LEFT JOIN temp.elected e USING (centre, table_name, record_id))"
    )
    counts = dict(session.rows("SELECT becomes, count(*) FROM temp.differing GROUP BY becomes"))
    session.execute("DELETE FROM temp.differing WHERE becomes = 'unchanged'")
    return RowCounts(**counts)


_DAYS = (
    "held_on",
    "dated_on",
    "contract_on",
    "published_on",
    "ordered_on",
    "handed_on",
    "employed_from",
    "valid_from",
    "filed_month",
    "month",
)
_PARENTS = {
    "cases": ("case_id", "record_id"),
    "participants": ("case_id", "case_id"),
    "claims": ("case_id", "case_id"),
    "consultations": ("case_id", "case_id"),
    "staff_members": ("specialist_id", "record_id"),
}
_OF_CASES = {"consultations": "held_on", "outcomes": "dated_on", "claims": "filed_month"}


def differing_years(session: Session) -> set[int]:
    """The years in whose figures the records of ``temp.differing`` take or took part.

    Those of their own days, and of the consultations, outcomes and claims of their cases.
    """
    years: set[str | None] = set()
    payloads = (
        "temp.differing d JOIN received_rows r ON r.id IN (d.before_row, d.after_row) "
        "WHERE d.table_name = ?"
    )
    tables = [row[0] for row in session.rows("SELECT DISTINCT table_name FROM temp.differing")]
    for table in tables:
        for day in _DAYS:
            years |= {
                row[0]
                for row in session.rows(
                    f"SELECT DISTINCT substr(r.payload ->> '{day}', 1, 4) FROM {payloads}", (table,)
                )
            }
        if table == "survey_sheets":
            years |= {
                row[0]
                for row in session.rows(
                    "SELECT DISTINCT substr(m.held_on, 1, 4) FROM merged_events m WHERE "
                    f"(m.centre, m.id) IN (SELECT d.centre, r.payload ->> 'event_id' "
                    f"FROM {payloads})",
                    (table,),
                )
            }
        if table not in _PARENTS:
            continue
        column, source = _PARENTS[table]
        value = "d.record_id" if source == "record_id" else f"r.payload ->> '{source}'"
        for child, day in _OF_CASES.items():
            if column == "specialist_id" and child != "consultations":
                continue
            years |= {
                row[0]
                for row in session.rows(
                    f"SELECT DISTINCT substr(m.{day}, 1, 4) FROM merged_{child} m WHERE "
                    f"(m.centre, m.{column}) IN (SELECT d.centre, {value} FROM {payloads})",
                    (table,),
                )
            }
    return {int(year) for year in years if year}


def waiting_row_counts(session: Session) -> dict[int, RowCounts]:
    """For each package that waits: its records against what is merged now, package by package."""
    found = session.rows(
        f"SELECT package_id, {_BECOMES} AS becomes, count(*) FROM ("
        "SELECT package_id, before_hash, before_deleted, "
        "iif(wins, row_hash, before_hash) AS after_hash, "
        "iif(wins, deleted, before_deleted) AS after_deleted FROM ("
        "SELECT r.package_id, r.row_hash, r.deleted, m.row_hash AS before_hash, "
        "m.deleted AS before_deleted, w.id IS NULL OR "
        "(r.epoch, r.revision, r.changed_at, r.station, r.row_hash) > "
        "(w.epoch, w.revision, w.changed_at, w.station, w.row_hash) AS wins "
        "FROM received_packages p JOIN received_rows r ON r.package_id = p.id "
        "LEFT JOIN merged_rows m ON m.centre = p.centre AND m.table_name = r.table_name "
        "AND m.record_id = r.record_id LEFT JOIN received_rows w ON w.id = m.received_row_id "
        "WHERE p.waiting_since IS NOT NULL)) GROUP BY package_id, becomes"
    )
    counts: dict[int, dict[str, int]] = {}
    for package_id, becomes, number in found:
        counts.setdefault(package_id, {})[becomes] = number
    return {package_id: RowCounts(**numbers) for package_id, numbers in counts.items()}


def merged_table_hashes(session: Session) -> dict[str, str]:
    """SHA-256 (hex) of each merged table that figures are counted from."""
    hashes = {}
    for table in TRAVELLING:
        digest = hashlib.sha256()
        for row in session.rows(f"SELECT * FROM merged_{table} ORDER BY centre, id"):
            digest.update(f"{row!r}\n".encode())
        hashes[table] = digest.hexdigest()
    return hashes


@dataclass(frozen=True)
class RowDifference:
    """A record in which two packages differ; a payload is None where a package lacks it.

    Args:
        left_row, right_row: of the sheet of its table, as Excel numbers rows.
    """

    table: str
    record_id: str
    left_row: int | None
    left: str | None
    right_row: int | None
    right: str | None


def differing_rows(session: Session, left: int, right: int) -> list[RowDifference]:
    """The records in which two received packages differ, by table and id."""
    rows = session.rows(
        "SELECT k.table_name, k.record_id, l.row_number, l.payload, r.row_number, r.payload FROM "
        "(SELECT DISTINCT table_name, record_id FROM received_rows WHERE package_id IN (:l, :r)) k "
        "LEFT JOIN received_rows l ON l.package_id = :l AND l.table_name = k.table_name "
        "AND l.record_id = k.record_id "
        "LEFT JOIN received_rows r ON r.package_id = :r AND r.table_name = k.table_name "
        "AND r.record_id = k.record_id "
        "WHERE l.row_hash IS NOT r.row_hash ORDER BY k.table_name, k.record_id",
        {"l": left, "r": right},
    )
    return [RowDifference(*row) for row in rows]
