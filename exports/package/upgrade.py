"""Packages of older versions: their sheets and columns, and what stands for those that came later.

A row hash is over the columns that the package's own schema has, so it is checked before anything
is filled in, and stays what the centre signed.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Final, NamedTuple

from exports.package.content import ReceivedSheet
from exports.package.schema import HASH_COLUMN, TRAVELS, VERSION_COLUMNS
from pravo_desktop.domain.records import Cell
from pravo_desktop.domain.versions import canonical_json


class Added(NamedTuple):
    """A column of a later version: the first schema that has it, and what it is in older rows."""

    version: int
    default: Cell


SHEETS: Final[Mapping[str, int]] = {"amendments": 2, "answers": 2}
"""The first schema version of each sheet that version 1 did not have."""

COLUMNS: Final[Mapping[str, Mapping[str, Added]]] = {}
"""By table, each column that its sheet did not have from the beginning."""


@cache
def travelled(version: int) -> Mapping[str, tuple[str, ...]]:
    """The sheets of a schema version and their columns, as `exports.package.schema.TRAVELS`."""
    return {
        table: tuple(name for name in columns if _since(table, name) <= version)
        for table, columns in TRAVELS.items()
        if SHEETS.get(table, 1) <= version
    }


def sheet_columns_of(version: int, table: str) -> tuple[str, ...]:
    """The column names of a table's sheet in a schema version, in order."""
    return (*VERSION_COLUMNS, *travelled(version)[table], HASH_COLUMN)


def upgraded(sheet: ReceivedSheet, version: int) -> ReceivedSheet:
    """A sheet of an older schema with the columns of this one.

    Args:
        sheet: its cells and row hashes are checked.
        version: of the schema that the package states.
    """
    later = {
        name: column.default
        for name, column in COLUMNS.get(sheet.table, {}).items()
        if column.version > version
    }
    if not later:
        return sheet
    return replace(
        sheet,
        columns={
            **sheet.columns,
            **{name: [value] * len(sheet.payloads) for name, value in later.items()},
        },
        payloads=[canonical_json(json.loads(one) | later) for one in sheet.payloads],
    )


def _since(table: str, column: str) -> int:
    added = COLUMNS.get(table, {}).get(column)
    return SHEETS.get(table, 1) if added is None else added.version
