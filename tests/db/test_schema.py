"""What the tables themselves refuse, whoever writes to them."""

from typing import Any

import pytest

from db import store
from db.schema import MERGED_TABLES, RECORD_TABLES, TRAVELLING, metadata
from db.session import Session
from exports.package.schema import TRAVELS
from pravo_desktop.domain.records import BY_TABLE, PERSONAL
from tests.exports.factories import one_of_each


def test_every_record_has_its_table_and_personal_data_has_no_merged_twin() -> None:
    assert set(RECORD_TABLES) == set(BY_TABLE)
    assert set(MERGED_TABLES) == set(TRAVELLING) == set(TRAVELS)
    assert not PERSONAL & set(MERGED_TABLES)


@pytest.mark.parametrize("table", sorted(TRAVELS))
def test_merged_tables_hold_exactly_the_columns_that_travel(table: str) -> None:
    assert tuple(MERGED_TABLES[table].c.keys()[2:]) == TRAVELS[table]


def test_every_constraint_has_a_name() -> None:
    for table in metadata.tables.values():
        for constraint in table.constraints:
            assert constraint.name, (table.name, constraint)


def _insert(session: Session, table: str, **changes: Any) -> None:
    values = {
        "id": "one",
        "epoch": 1,
        "revision": 1,
        "changed_at": "at",
        "station": "a",
        "deleted": 0,
        "change": 1,
        **changes,
    }
    names = ", ".join(values)
    session.execute(
        f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(values))})",
        list(values.values()),
    )


STAFF = {"profession": "lawyer", "rate_percent": 100, "employed_from": "2024-01-01"}
CASE = {
    "number": "AST-A-2024-00001",
    "kind": "married",
    "came_through": "self",
    "causes": "[]",
    "registered_on": "2024-01-01",
}


@pytest.mark.parametrize(
    ("table", "values", "wrong"),
    [
        ("staff_members", STAFF, {"profession": None}),
        ("staff_members", STAFF, {"rate_percent": 0}),
        ("staff_members", STAFF, {"rate_percent": 201}),
        ("staff_members", STAFF, {"employed_from": "1 May"}),
        ("staff_members", STAFF, {"employed_to": "2023-12-31"}),
        ("staff_members", STAFF, {"deleted": 2}),
        ("staff_members", STAFF, {"revision": 0}),
        ("staff_members", STAFF, {"epoch": 0}),
        ("cases", CASE, {"causes": "no list"}),
        ("cases", CASE, {"number": ""}),
        ("cases", CASE, {"number": None}),
        ("cases", CASE, {"label": "x" * 81}),
    ],
)
def test_a_wrong_value_is_refused(
    session: Session, table: str, values: dict[str, Any], wrong: dict[str, Any]
) -> None:
    _insert(session, table, **values)
    session.execute(f"DELETE FROM {table}")
    with pytest.raises(Exception, match="constraint failed"):
        _insert(session, table, **(values | wrong))


def test_two_cases_never_share_a_number(session: Session) -> None:
    _insert(session, "cases", **CASE)
    with pytest.raises(Exception, match="UNIQUE"):
        _insert(session, "cases", **CASE, id="two")


def test_a_folder_is_one_station(session: Session) -> None:
    with pytest.raises(Exception, match="constraint failed"):
        session.execute(
            "INSERT INTO installation (id, workplace, centre, practice, station, station_letter, "
            "epoch, change, created_at) VALUES (2, 'centre', 'astana', 1, 's', 'B', 1, 0, 'at')"
        )


def test_every_travelling_value_of_a_record_fits_its_merged_table(session: Session) -> None:
    for version in one_of_each(tuple(TRAVELS)):
        names = ", ".join(f'"{name}"' for name in version.values)
        marks = ", ".join("?" * len(version.values))
        session.execute(
            f"INSERT INTO merged_{version.table} (centre, id, {names}) "
            f"VALUES ('astana', ?, {marks})",
            [version.record_id, *version.values.values()],
        )
    store.create_views(session)
