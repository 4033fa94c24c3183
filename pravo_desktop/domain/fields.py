"""Fields of records: what each may hold, how a row of the database keeps it, what of it travels."""

import json
import types
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pravo_desktop.domain.records import (
    BY_TABLE,
    PERSONAL,
    Cell,
    Length,
    OneOf,
    Parent,
    Range,
    Record,
    StaysHome,
    TravelsAsMonth,
)


@dataclass(frozen=True)
class FieldSpec:
    """One field of a record as the database, the validation and the forms see it."""

    name: str
    kind: type
    optional: bool
    many: bool
    classifier: str | None
    parent: str | None
    max_length: int | None
    bounds: tuple[int, int] | None
    travels_as: str | None


def _unwrap(annotation: Any) -> tuple[Any, list[object], bool]:
    """The plain type, the markers around it and whether nothing is allowed."""
    markers: list[object] = []
    optional = False
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *found = get_args(annotation)
            markers.extend(found)
        elif origin in (Union, types.UnionType):
            optional = True
            (annotation,) = [arg for arg in get_args(annotation) if arg is not type(None)]
        else:
            return annotation, markers, optional


def fields_of(record: type[Record]) -> tuple[FieldSpec, ...]:
    """The fields of a record type, ``id`` first."""
    return _fields_of(record.table)


@cache
def _fields_of(table: str) -> tuple[FieldSpec, ...]:
    record = BY_TABLE[table]
    hints = get_type_hints(record, include_extras=True)
    specs = []
    for item in fields(record):
        plain, markers, optional = _unwrap(hints[item.name])
        many = get_origin(plain) is tuple
        specs.append(
            FieldSpec(
                name=item.name,
                kind=get_args(plain)[0] if many else plain,
                optional=optional,
                many=many,
                classifier=next((m.classifier for m in markers if isinstance(m, OneOf)), None),
                parent=next((m.table for m in markers if isinstance(m, Parent)), None),
                max_length=next((m.maximum for m in markers if isinstance(m, Length)), None),
                bounds=next(
                    ((m.minimum, m.maximum) for m in markers if isinstance(m, Range)), None
                ),
                travels_as=None
                if any(isinstance(m, StaysHome) for m in markers)
                else next((m.name for m in markers if isinstance(m, TravelsAsMonth)), item.name),
            )
        )
    return tuple(sorted(specs, key=lambda spec: spec.name != "id"))


def to_row(record: Record) -> dict[str, Cell]:
    """The record's fields as the database keeps them: dates as ISO text, lists as JSON text."""
    row: dict[str, Cell] = {}
    for spec in fields_of(type(record)):
        value = getattr(record, spec.name)
        if spec.many:
            row[spec.name] = json.dumps([str(item) for item in value], ensure_ascii=False)
        elif isinstance(value, date):
            row[spec.name] = value.isoformat()
        elif spec.kind is bool:
            row[spec.name] = int(value)
        else:
            row[spec.name] = value
    return row


R = TypeVar("R", bound=Record)


def from_row(record: type[R], row: Mapping[str, Any]) -> R:
    """The record kept in a row; other columns of the row are ignored."""
    values: dict[str, Any] = {}
    for spec in fields_of(record):
        value = row[spec.name]
        if spec.many:
            items = json.loads(value)
            values[spec.name] = tuple(
                map(date.fromisoformat, items) if spec.kind is date else items
            )
        elif value is not None and spec.kind is date:
            values[spec.name] = date.fromisoformat(value)
        elif spec.kind is bool:
            values[spec.name] = bool(value)
        else:
            values[spec.name] = value
    return record(**values)


def travelling_columns(table: str) -> tuple[str, ...]:
    """The columns of a table that leave the centre, without the id; none for personal data."""
    if table in PERSONAL:
        return ()
    specs = fields_of(BY_TABLE[table])
    return tuple(spec.travels_as for spec in specs[1:] if spec.travels_as is not None)


def travelling_values(table: str, row: Mapping[str, Cell]) -> dict[str, Cell]:
    """What of a database row leaves the centre: the columns of `travelling_columns`.

    A date that travels as a month is cut to ``YYYY-MM``.
    """
    values: dict[str, Cell] = {}
    for spec in fields_of(BY_TABLE[table])[1:]:
        if spec.travels_as == spec.name:
            values[spec.name] = row[spec.name]
        elif spec.travels_as is not None:
            value = row[spec.name]
            values[spec.travels_as] = None if value is None else str(value)[:7]
    return values
