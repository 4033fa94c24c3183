"""The merged tables as of a day: the present ones with the records laid over that were different.

The views ``asof_*`` cost nothing to make, so that the work follows what came since that day. Who
joins them many times makes tables of them first.
"""

from db.payloads import values_of
from db.schema import TRAVELLING
from db.session import Session
from pravo_desktop.domain.fields import travelling_columns

_KEY = "centre, table_name, record_id"


def lay_over(session: Session) -> None:
    """Make the temporary views ``asof_*``.

    Needs ``temp.touched_records``, ``temp.elected`` and ``temp.changed_records``, as
    `db.merge.elect_touched` leaves them; they may change afterwards.
    """
    for name in ("rows", *TRAVELLING):
        _drop(session, f"asof_{name}")
        _drop(session, f"asof_other_{name}")
    _drop(session, "asof_changed")
    _drop(session, "asof_differing")
    session.execute(
        "CREATE TEMP TABLE asof_changed (centre, table_name, record_id, "
        f"PRIMARY KEY ({_KEY})) WITHOUT ROWID"
    )
    session.execute(f"INSERT INTO temp.asof_changed SELECT {_KEY} FROM temp.touched_records")
    session.execute("CREATE TEMP TABLE asof_differing AS SELECT * FROM temp.changed_records")
    session.execute("CREATE TEMP TABLE asof_other_rows AS SELECT * FROM temp.elected")
    session.execute(f"CREATE UNIQUE INDEX temp.asof_other_rows_pk ON asof_other_rows ({_KEY})")
    _view(session, "rows", "c.table_name = m.table_name AND c.record_id = m.record_id")
    tables = {one for (one,) in session.rows("SELECT DISTINCT table_name FROM temp.asof_changed")}
    for table in TRAVELLING:
        if table not in tables:
            session.execute(f"CREATE TEMP VIEW asof_{table} AS SELECT * FROM main.merged_{table}")
            continue
        session.execute(
            f"CREATE TEMP TABLE asof_other_{table} AS {values_of('temp.elected', table)}", (table,)
        )
        _view(session, table, f"c.table_name = '{table}' AND c.record_id = m.id")


def make_tables(session: Session) -> None:
    """Turn the views ``asof_*`` that differ from the merged tables into tables with indexes."""
    views = {
        name
        for (name,) in session.rows(
            "SELECT name FROM temp.sqlite_master WHERE type = 'view' AND name LIKE 'asof_%'"
        )
    }
    others = {
        name.replace("asof_other_", "asof_")
        for (name,) in session.rows(
            "SELECT name FROM temp.sqlite_master WHERE type = 'table' AND name LIKE 'asof_other_%'"
        )
    }
    for name in sorted(views & others):
        session.execute(f"CREATE TEMP TABLE asof_whole AS SELECT * FROM temp.{name}")
        session.execute(f"DROP VIEW temp.{name}")
        session.execute(f"ALTER TABLE temp.asof_whole RENAME TO {name}")
        key = _KEY if name == "asof_rows" else "centre, id"
        session.execute(f"CREATE UNIQUE INDEX temp.{name}_pk ON {name} ({key})")
        if name != "asof_rows" and "case_id" in travelling_columns(name.removeprefix("asof_")):
            session.execute(f"CREATE INDEX temp.{name}_case ON {name} (centre, case_id)")


def _view(session: Session, name: str, same: str) -> None:
    session.execute(
        f"CREATE TEMP VIEW asof_{name} AS SELECT * FROM main.merged_{name} m WHERE NOT EXISTS "
        f"(SELECT 1 FROM temp.asof_changed c WHERE c.centre = m.centre AND {same}) "
        f"UNION ALL SELECT * FROM temp.asof_other_{name}"
    )


def _drop(session: Session, name: str) -> None:
    kind = session.value("SELECT type FROM temp.sqlite_master WHERE name = ?", (name,))
    if kind is not None:
        session.execute(f"DROP {kind} temp.{name}")
