"""Packages with valid defaults: one record of each table, its parents, a key and a head."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from typing import Any

from exports.package.content import PackageContent, PackageHead, SummaryLine
from exports.package.schema import TRAVELS
from pravo_desktop.domain.fields import FieldSpec, fields_of
from pravo_desktop.domain.records import BY_TABLE, NATIONAL_RECORDS, Cell
from pravo_desktop.domain.versions import Version, new_id
from pravo_desktop.security.certificates import SigningKey, create_signing_key

MOMENT = datetime(2024, 2, 2, 9, 30, tzinfo=UTC)
STATION = "018d0000-0000-7000-8000-00000000000a"
HEADQUARTERS_TABLES = tuple(record.table for record in NATIONAL_RECORDS)
CENTRE_TABLES = tuple(table for table in TRAVELS if table not in HEADQUARTERS_TABLES)

KEY: SigningKey = create_signing_key("Synthetic lead", datetime(2024, 1, 1, tzinfo=UTC))


def head(**changes: Any) -> PackageHead:
    values: dict[str, Any] = {
        "program_version": "0.1.0",
        "project_year": 2024,
        "centre": "astana",
        "region": "astana",
        "workplace": "centre",
        "practice": True,
        "station": STATION,
        "station_letter": "A",
        "epoch": 1,
        "month": "2024-01",
        "amendment": False,
        "complete": False,
        "sequence": 3,
        "previous_sha256": "5" * 64,
        "made_at": "2024-02-02T09:30:00.000000Z",
        "totals": {"consultations": 1, "couples": 1},
        "audit_entries": 12,
        "audit_head": "a" * 64,
    }
    return PackageHead(**(values | changes))


def version(table: str, *, record_id: str | None = None, **values: Any) -> Version:
    """A version with every field filled; parents are ids of nobody unless given."""
    defaults: dict[str, Cell] = {
        spec.travels_as: _example(spec)
        for spec in fields_of(BY_TABLE[table])[1:]
        if spec.travels_as is not None
    }
    return Version(
        table=table,
        record_id=record_id or new_id(),
        epoch=1,
        revision=2,
        changed_at="2024-01-31T12:00:00.000001Z",
        station=STATION,
        deleted=False,
        values=defaults | values,
    )


def one_of_each(tables: Collection[str] = CENTRE_TABLES) -> list[Version]:
    """One record of each table; children belong to the parents before them."""
    made: dict[str, Version] = {}
    for table in TRAVELS:
        if table not in tables:
            continue
        parents: dict[str, Any] = {
            spec.name: made[spec.parent].record_id
            for spec in fields_of(BY_TABLE[table])[1:]
            if spec.parent
        }
        if table == "consultations":
            parents["attendees"] = json_list([made["participants"].record_id])
        made[table] = version(table, **parents)
    return list(made.values())


def content(rows: Sequence[Version] | None = None, **changes: Any) -> PackageContent:
    return PackageContent(
        head=head(**changes),
        rows=one_of_each() if rows is None else rows,
        title=SummaryLine("Айлық пакет", "Пакет за месяц"),
        summary=[
            SummaryLine("Орталық", "Центр", "Астана"),
            SummaryLine("Ай", "Месяц", "2024-01"),
            SummaryLine("Қызмет көрсету", "Услуги"),
            SummaryLine("Консультациялар", "Консультации", 1, "барлығы", "всего"),
        ],
    )


def json_list(items: Sequence[str]) -> str:
    """A list as a record's row keeps it."""
    return "[" + ", ".join(f'"{item}"' for item in items) + "]"


def _example(spec: FieldSpec) -> Cell:
    if spec.many:
        return json_list(["2024-01-09"] if spec.kind is date else ["some_key"])
    if spec.parent:
        return new_id()
    if spec.name == "month" or spec.travels_as != spec.name:
        return "2024-01"
    if spec.kind is date:
        return "2024-01-15"
    if spec.kind is int:
        return spec.bounds[0] if spec.bounds else 1
    return "some_key"[: spec.max_length]
