"""Writing records: each change makes a new version and a line of history."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, TypeVar

from db.audit import write_entry
from db.session import Session
from pravo_desktop.domain.fields import (
    fields_of,
    from_row,
    to_row,
    travelling_columns,
    travelling_values,
)
from pravo_desktop.domain.records import BY_TABLE, RECEIVED_LISTS, RECORDS, Cell, Record
from pravo_desktop.domain.versions import Version
from pravo_desktop.errors import BugError, KnownError

R = TypeVar("R", bound=Record)

_SECRET = frozenset({"notes"})
"""Tables of which the history says only that a record changed."""


@cache
def _insert(table: str) -> str:
    names = [spec.name for spec in fields_of(BY_TABLE[table])]
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(f":{name}" for name in names)
    return (
        f"INSERT INTO {table} ({columns}, epoch, revision, changed_at, station, deleted, change) "
        f"VALUES ({values}, :_epoch, 1, :_at, :_station, 0, :_change)"
    )


@cache
def _update(table: str) -> str:
    names = [spec.name for spec in fields_of(BY_TABLE[table])[1:]]
    assignments = ", ".join(f'"{name}" = :{name}' for name in names)
    return (
        f"UPDATE {table} SET {assignments}, epoch = :_epoch, revision = revision + 1, "
        "changed_at = :_at, station = :_station, deleted = :_deleted, change = :_change "
        "WHERE id = :id"
    )


def _stamp(session: Session) -> dict[str, Cell]:
    own = session.installation
    return {
        "_epoch": own.epoch,
        "_at": session.now(),
        "_station": own.station,
        "_change": session.next_change(),
        "_deleted": 0,
    }


def add(session: Session, actor: str, *records: Record) -> None:
    """Store new records, parents first."""
    stamp = _stamp(session)
    for record in records:
        row = to_row(record)
        session.execute(_insert(record.table), row | stamp)
        _remember(session, actor, "added", record.table, row)


def save(session: Session, actor: str, record: Record) -> bool:
    """Store a record anew or as the next version; returns whether anything changed.

    A record that was deleted lives again.
    """
    known = session.one(f"SELECT * FROM {record.table} WHERE id = ?", (record.id,))
    if known is None:
        add(session, actor, record)
        return True
    row = to_row(record)
    differing = {name: value for name, value in row.items() if known[name] != value}
    if not differing and not known["deleted"]:
        return False
    session.execute(_update(record.table), row | _stamp(session))
    _remember(session, actor, "changed", record.table, {"id": record.id, **differing})
    return True


def delete(session: Session, actor: str, record: type[Record], record_id: str) -> None:
    """Put a tombstone on a record; its children count no more.

    Raises:
        KnownError: ``record_not_found``.
    """
    row = session.one(f"SELECT * FROM {record.table} WHERE id = ? AND NOT deleted", (record_id,))
    if row is None:
        raise KnownError("record_not_found", table=record.table, id=record_id)
    values = {spec.name: row[spec.name] for spec in fields_of(record)}
    session.execute(_update(record.table), values | _stamp(session) | {"_deleted": 1})
    _remember(session, actor, "deleted", record.table, {"id": record_id})


def _remember(
    session: Session, actor: str, action: str, table: str, values: Mapping[str, Cell]
) -> None:
    record_id = str(values["id"])
    content = {} if table in _SECRET else {k: v for k, v in values.items() if k != "id"}
    write_entry(session, actor, action, table=table, record_id=record_id, content=content)
    session.changed.add(table)


def get(session: Session, record: type[R], record_id: str) -> R:
    """The living record of this id.

    Raises:
        KnownError: ``record_not_found``.
    """
    found = find(session, record, "id = :id", {"id": record_id})
    if not found:
        raise KnownError("record_not_found", table=record.table, id=record_id)
    return found[0]


def find(
    session: Session,
    record: type[R],
    where: str = "1",
    parameters: Mapping[str, Any] | None = None,
    *,
    order: str = "id",
) -> list[R]:
    """Living records that satisfy an SQL condition, in an order."""
    rows = session.all(
        f"SELECT * FROM {record.table} WHERE NOT deleted AND ({where}) ORDER BY {order}",
        parameters or {},
    )
    return [from_row(record, row) for row in rows]


def version_of(table: str, row: Mapping[str, Any]) -> Version:
    """The travelling version kept in a row of a record's table."""
    return Version(
        table=table,
        record_id=row["id"],
        epoch=row["epoch"],
        revision=row["revision"],
        changed_at=row["changed_at"],
        station=row["station"],
        deleted=bool(row["deleted"]),
        values=travelling_values(table, row),
    )


def newest_change(session: Session) -> str:
    """When the newest record was written, as it is stored; empty while there is none."""
    return max(
        session.value(f"SELECT max(changed_at) FROM {record.table}") or "" for record in RECORDS
    )


def restamp(session: Session) -> None:
    """Stamp every record with the present station and epoch, after a restore."""
    stamp = _stamp(session)
    for record in RECORDS:
        session.execute(
            f"UPDATE {record.table} SET epoch = :_epoch, station = :_station, change = :_change",
            {key: stamp[key] for key in ("_epoch", "_station", "_change")},
        )


def create_views(session: Session) -> None:
    """Temporary views ``own_*``: the living records in the form of the merged tables.

    At a centre headquarters' lists are those of its last receipt. The figures of a centre and of
    headquarters are then read by the same queries.
    """
    for table in BY_TABLE:
        columns = list(_view_columns(table))
        if columns:
            session.execute(f"DROP VIEW IF EXISTS temp.own_{table}")
            own = "(SELECT centre FROM installation) AS centre"
            listed = f"SELECT {own}, id, {', '.join(columns)} FROM {table} WHERE NOT deleted"
            if table in RECEIVED_LISTS:
                names = ", ".join(f'"{name}"' for name in travelling_columns(table))
                listed += f" UNION ALL SELECT {own}, id, {names} FROM received_{table}"
            session.execute(f"CREATE TEMP VIEW own_{table} AS {listed}")


def _view_columns(table: str) -> Iterator[str]:
    specs = {spec.travels_as: spec for spec in fields_of(BY_TABLE[table])}
    for column in travelling_columns(table):
        spec = specs.get(column)
        if spec is None:
            raise BugError(f"no field travels as {column}")
        own = f'"{spec.name}"'
        yield own if spec.name == column else f"substr({own}, 1, 7) AS {column}"


def records_by_id(session: Session, record: type[R], ids: Iterable[str]) -> list[R]:
    """Living records of these ids, in the order of the ids."""
    listed = list(ids)
    found = {
        item.id: item
        for item in find(
            session,
            record,
            "id IN (SELECT value FROM json_each(:ids))",
            {"ids": json.dumps(listed)},
        )
    }
    return [found[one] for one in listed if one in found]
