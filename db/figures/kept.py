"""Counts of some periods, kept beside the merged tables and brought on after every change of them.

What a case adds to a figure depends on its own records alone (see `db.figures.lines`). So when the
merge changes some records it only notes by which versions they were counted; whoever reads the
counts takes off what the cases and events of these records gave then and adds what they give now:
the work follows the size of a package, not that of the year. `settle_counts` does so for good.
Like the merged tables the kept counts are a cache: `forget_counts` loses nothing.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence

from db.figures.counting import Cells, count_cells
from db.figures.lines import LINES, STAGES, substitutions
from db.figures.registers import Registers
from db.payloads import values_of
from db.session import Session
from pravo_desktop.domain.categories import CategoryRule
from pravo_desktop.domain.periods import Period

KEPT = 32
"""Periods whose counts are kept at most; each makes the end of a batch some 5 ms longer."""

ROOTS: Mapping[str, str] = {
    "cases": "id",
    "participants": "case_id",
    "consultations": "case_id",
    "claims": "case_id",
    "outcomes": "case_id",
    "studies": "case_id",
    "mediations": "case_id",
    "advice": "id",
    "events": "id",
    "survey_sheets": "event_id",
    "publications": "id",
    "videos": "id",
    "printed_materials": "id",
}
"""The counted tables and the column that names the record on whose whole group a line depends."""

_BY_SPECIALIST: Mapping[str, str] = {
    "consultations": "specialist_id",
    "studies": "specialist_id",
    "mediations": "specialist_id",
    "advice": "specialist_id",
    "events": "leader_id",
}
_STAFF = "staff_members"
_BROUGHT_ON = "fingerprint NOT GLOB '* *'"
"""What `db.figures.earlier` keeps needs no bringing on; its names hold a space."""
_COUNTED = ", ".join(f"'{table}'" for table in (*ROOTS, _STAFF))


def fingerprint_of(names: Mapping[str, str]) -> str:
    """Of everything that the counts of a period depend on besides the records."""
    text = json.dumps([dict(names) | {"p": ""}, dict(STAGES), dict(LINES)], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def keep_counts(
    session: Session, period: Period, *, rule: CategoryRule, registers: Registers
) -> None:
    """From now on keep the counts of a period at headquarters, in the present transaction.

    Args:
        rule, registers: as given to `compute_figures`.
    """
    names = substitutions("merged_", period, rule, registers)
    fingerprint = fingerprint_of(names)
    if session.value("SELECT 1 FROM kept_periods WHERE fingerprint = ?", (fingerprint,)):
        return
    settle_counts(session)
    oldest = list(
        session.rows(
            f"SELECT id FROM kept_periods WHERE {_BROUGHT_ON} ORDER BY id DESC LIMIT -1 OFFSET ?",
            (KEPT - 1,),
        )
    )
    # The counts first: each names its period.
    for table, column in (("kept_counts", "period_id"), ("kept_periods", "id")):
        session.execute_many(f"DELETE FROM {table} WHERE {column} = ?", oldest)
    session.execute(
        "INSERT INTO kept_periods (fingerprint, names) VALUES (?, ?)",
        (fingerprint, json.dumps(names, ensure_ascii=False)),
    )
    number = int(session.value("SELECT max(id) FROM kept_periods"))
    _add(session, number, count_cells(session, names))


def kept_cells(session: Session, names: Mapping[str, str]) -> dict[str, Cells] | None:
    """What `count_cells` gives, if it is kept; as of a day what is kept and the difference.

    None as well where so many cases changed since that day that counting anew is less work.
    Creates temporary tables, so the connection must allow that.
    """
    number = session.value(
        "SELECT id FROM kept_periods WHERE fingerprint = ?", (fingerprint_of(names),)
    )
    if number is None:
        return None
    found = _read_counts(session, names["p"], {int(number): names})
    return None if found is None else found[0]


def all_kept_cells(session: Session) -> dict[str, dict[str, Cells]]:
    """The present `kept_cells` of every kept period, by the period's fingerprint."""
    periods = _known_periods(session)
    found = _read_counts(session, "merged_", periods)
    assert found is not None
    return {
        fingerprint_of(names): cells for names, cells in zip(periods.values(), found, strict=True)
    }


def _read_counts(
    session: Session, prefix: str, periods: Mapping[int, Mapping[str, str]]
) -> list[dict[str, Cells]] | None:
    shifted = _find_shifted(session, prefix)
    if prefix == "asof_" and shifted and _are_most(session):
        return None
    found: dict[int, dict[str, Cells]] = {number: {key: {} for key in LINES} for number in periods}
    for number, indicator, centre, region, breakdown, key, amount, lines in session.rows(
        "SELECT period_id, indicator, centre, region, breakdown, key, amount, lines "
        "FROM kept_counts WHERE period_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(periods)),),
    ):
        place = (centre, region or None, breakdown or None, key if breakdown else None)
        found[number][indicator][place] = (amount, lines)
    if shifted:
        differences = _differences(session, list(periods.values()))
        for cells, changed in zip(found.values(), differences, strict=True):
            for indicator, more in changed.items():
                cells[indicator] = _sum(cells[indicator], more, 1)
    return list(found.values())


def _known_periods(session: Session) -> dict[int, dict[str, str]]:
    """What the kept counts of this version of the program were made with, by their numbers."""
    rows = session.rows(f"SELECT id, names, fingerprint FROM kept_periods WHERE {_BROUGHT_ON}")
    return {
        int(number): json.loads(names)
        for number, names, fingerprint in rows
        if fingerprint_of(json.loads(names)) == fingerprint
    }


def forget_counts(session: Session) -> None:
    """Keep no counts any more."""
    for table in ("kept_stale", "kept_counts", "kept_periods"):
        session.execute(f"DELETE FROM {table}")


def note_changes(session: Session) -> None:
    """Note by which versions records are counted, before the merge changes them.

    Needs ``temp.changed_records`` with centre, table_name, record_id and before_row, the received
    row that wins still.
    """
    if session.value(f"SELECT 1 FROM kept_periods WHERE {_BROUGHT_ON} LIMIT 1"):
        session.execute(
            "INSERT OR IGNORE INTO kept_stale SELECT centre, table_name, record_id, before_row "
            f"FROM temp.changed_records WHERE table_name IN ({_COUNTED})"
        )


def settle_counts(session: Session) -> None:
    """Bring the kept counts on by all that changed since, in the present transaction."""
    periods = _known_periods(session)
    # What another version of the program counted is of no use to this one.
    known = json.dumps(list(periods))
    for table, column, where in (
        ("kept_counts", "period_id", "1"),
        ("kept_periods", "id", _BROUGHT_ON),
    ):
        session.execute(
            f"DELETE FROM {table} WHERE {where} AND {column} NOT IN "
            "(SELECT value FROM json_each(?))",
            (known,),
        )
    if not _find_shifted(session):
        return
    for number, cells in zip(periods, _differences(session, list(periods.values())), strict=True):
        _add(session, number, cells)
    session.execute("DELETE FROM kept_counts WHERE lines = 0")
    session.execute("DELETE FROM kept_stale")


def _are_most(session: Session) -> bool:
    """Whether half of all groups of records changed: each is counted before and after."""
    _find_scope(session)
    roots, cases = (
        int(session.value(f"SELECT count(*) FROM {table}"))
        for table in ("temp.scope", "merged_cases")
    )
    return 2 * roots >= cases


def _find_shifted(session: Session, prefix: str = "merged_") -> bool:
    """Fill ``temp.shifted``: the records that changed, with the versions before and after.

    Before is when the counts were kept; after is what the tables of the prefix hold.
    """
    session.execute("DROP TABLE IF EXISTS temp.shifted")
    session.execute(
        "CREATE TEMP TABLE shifted (centre, table_name, record_id, before_row, after_row, "
        "PRIMARY KEY (centre, table_name, record_id)) WITHOUT ROWID"
    )
    session.execute(
        "INSERT INTO temp.shifted SELECT s.centre, s.table_name, s.record_id, s.received_row_id, "
        "m.received_row_id FROM kept_stale s LEFT JOIN merged_rows m "
        "USING (centre, table_name, record_id)"
    )
    if prefix == "asof_":
        # Of a record that is stale as well, the version it was counted by stays.
        session.execute(
            "INSERT INTO temp.shifted SELECT centre, table_name, record_id, before_row, "
            f"received_row_id FROM temp.asof_differing WHERE table_name IN ({_COUNTED}) "
            "ON CONFLICT DO UPDATE SET after_row = excluded.after_row"
        )
    return bool(session.value("SELECT 1 FROM temp.shifted LIMIT 1"))


def _differences(session: Session, periods: Sequence[Mapping[str, str]]) -> list[dict[str, Cells]]:
    """What ``temp.shifted`` makes of the cells of each period."""
    tables = _find_scope(session)
    found: list[dict[str, Cells]] = [{} for _ in periods]
    for factor, version in ((-1, "before_row"), (1, "after_row")):
        _fill_scoped(session, version)
        wanted = _with_lines(session, tables)
        for cells, names in zip(found, periods, strict=True):
            counted = count_cells(session, dict(names) | {"p": "temp.scoped_"}, wanted)
            for indicator, more in counted.items():
                cells[indicator] = _sum(cells.get(indicator, {}), more, factor)
    return found


def _sum(cells: Cells, more: Cells, factor: int) -> Cells:
    total = dict(cells)
    for place, (amount, lines) in more.items():
        before = total.get(place, (0, 0))
        total[place] = (before[0] + factor * amount, before[1] + factor * lines)
        if total[place] == (0, 0):
            del total[place]
    return total


def _find_scope(session: Session) -> set[str]:
    """The roots of the groups of records in ``temp.shifted``; returns the tables of the records."""
    tables = {table for (table,) in session.rows("SELECT DISTINCT table_name FROM temp.shifted")}
    session.execute("DROP TABLE IF EXISTS temp.scope")
    session.execute(
        "CREATE TEMP TABLE scope (centre TEXT, root TEXT, PRIMARY KEY (centre, root)) WITHOUT ROWID"
    )
    for table, root in ROOTS.items():
        if table not in tables:
            continue
        # A record may move to another case: the group it leaves and the one it joins.
        root = "c.record_id" if root == "id" else f"r.payload ->> '{root}'"
        session.execute(
            f"INSERT OR IGNORE INTO temp.scope SELECT c.centre, {root} FROM temp.shifted c "
            "CROSS JOIN received_rows r ON r.id IN (c.before_row, c.after_row) "
            f"WHERE c.table_name = ? AND {root} IS NOT NULL",
            (table,),
        )
    if _STAFF in tables:
        for table, column in _BY_SPECIALIST.items():
            session.execute(
                f"INSERT OR IGNORE INTO temp.scope SELECT m.centre, m.{ROOTS[table]} FROM "
                f"(SELECT DISTINCT centre FROM temp.shifted WHERE table_name = '{_STAFF}') c "
                f"CROSS JOIN merged_{table} m ON m.centre = c.centre WHERE (m.centre, m.{column}) "
                f"IN (SELECT centre, record_id FROM temp.shifted WHERE table_name = '{_STAFF}')"
            )
    return tables


def _fill_scoped(session: Session, version: str) -> None:
    """Fill the temporary tables ``scoped_*`` with the groups in question and all their staff.

    Args:
        version: which of ``temp.shifted`` counts, before_row or after_row.
    """
    for table in (*ROOTS, _STAFF):
        among = (
            f"temp.scope s CROSS JOIN merged_{table} m "
            f"ON m.centre = s.centre AND m.{ROOTS[table]} = s.root"
            if table in ROOTS
            else "(SELECT DISTINCT centre FROM temp.shifted) s "
            f"CROSS JOIN merged_{table} m ON m.centre = s.centre"
        )
        session.execute(f"DROP TABLE IF EXISTS temp.scoped_{table}")
        session.execute(
            f"CREATE TEMP TABLE scoped_{table} AS SELECT m.* FROM {among} "
            "WHERE NOT EXISTS (SELECT 1 FROM temp.shifted c WHERE c.centre = m.centre "
            f"AND c.table_name = '{table}' AND c.record_id = m.id)"
        )
        session.execute(
            f"INSERT INTO temp.scoped_{table} {values_of('temp.shifted', table, version)}", (table,)
        )
        if table in ("cases", "participants", _STAFF):
            session.execute(
                f"CREATE UNIQUE INDEX temp.scoped_{table}_pk ON scoped_{table} (centre, id)"
            )
        if table in ("participants", "survey_sheets"):
            session.execute(
                f"CREATE INDEX temp.scoped_{table}_root ON scoped_{table} (centre, {ROOTS[table]})"
            )


def _with_lines(session: Session, tables: Collection[str]) -> set[str]:
    """The indicators that can have lines among the ``scoped_*`` tables, or have other staff."""
    filled = {
        table for table in ROOTS if session.value(f"SELECT 1 FROM temp.scoped_{table} LIMIT 1")
    }
    filled |= {_STAFF} & set(tables)
    return {key for key, (table, _) in LINES.items() if table in filled}


def _add(session: Session, number: int, counted: Mapping[str, Cells]) -> None:
    session.execute_many(
        "INSERT INTO kept_counts VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET amount = amount + excluded.amount, "
        "lines = lines + excluded.lines",
        [
            (
                number,
                indicator,
                centre,
                region or "",
                breakdown or "",
                key or "",
                amount,
                lines,
            )
            for indicator, cells in counted.items()
            for (centre, region, breakdown, key), (amount, lines) in cells.items()
        ],
    )
