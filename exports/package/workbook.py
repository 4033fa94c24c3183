"""Reads the sheets of a package, refusing the whole for the first thing that is wrong."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import repeat
from typing import Any, Final, NoReturn

from python_calamine import CalamineError, CalamineWorkbook

from exports.package.content import (
    Manifest,
    ReceivedSheet,
    manifest_rows,
    sheet_digest,
)
from exports.package.kinds import (
    LARGEST_NUMBER,
    LONGEST_CELL,
    MOMENT,
    MONTH,
    SHA256,
    STATION,
    UUID,
    Kind,
    any_text,
    is_date,
    text_of,
    whole,
)
from exports.package.schema import (
    FIRST_ROW,
    HASH_COLUMN,
    MANIFEST_SHEET,
    SCHEMA_VERSION,
    SUMMARY_SHEET,
    TRAVELS,
    VERSION_COLUMNS,
)
from exports.package.upgrade import sheet_columns_of, travelled, upgraded
from pravo_desktop.domain.fields import FieldSpec, fields_of
from pravo_desktop.domain.records import BY_TABLE
from pravo_desktop.domain.versions import row_hash
from pravo_desktop.errors import KnownError

_FIND_UUID = re.compile(UUID)
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode


def read_workbook(xlsx: bytes) -> tuple[Manifest, tuple[ReceivedSheet, ...]]:
    """The manifest and sheets of a workbook, each value, hash, digest and parent checked.

    They are checked by the schema that the manifest states; the sheets of an older one are then
    given the columns that came later.

    Raises:
        KnownError: ``package_*``, listed in ``docs/package.md``; parameters name sheet, row and
            column.
    """
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(xlsx))
        manifest = _manifest_in(book)
        _check_sheets(book.sheet_names, manifest)
        sheets = tuple(
            _read_sheet(
                table, book.get_sheet_by_name(table).to_python(skip_empty_area=False), manifest
            )
            for table in manifest.row_counts
        )
    except CalamineError as error:
        raise KnownError("package_unreadable") from error
    _check_parents(sheets)
    return manifest, sheets


def column_kinds(table: str) -> dict[str, Kind]:
    """What may stand in each travelling column of a table, in their order."""
    return {column: _KINDS[table][column] for column in TRAVELS[table]}


def read_manifest_sheet(xlsx: bytes) -> Manifest:
    """The manifest of a workbook alone; no other sheet is parsed.

    Raises:
        KnownError: as `read_workbook`.
    """
    try:
        return _manifest_in(CalamineWorkbook.from_filelike(BytesIO(xlsx)))
    except CalamineError as error:
        raise KnownError("package_unreadable") from error


def _manifest_in(book: CalamineWorkbook) -> Manifest:
    if MANIFEST_SHEET not in book.sheet_names:
        raise KnownError("package_missing_sheet", sheet=MANIFEST_SHEET)
    return _read_manifest(book.get_sheet_by_name(MANIFEST_SHEET).to_python())


# --- Cells --------------------------------------------------------------------------------------


def _list_of(item: Kind) -> Kind:
    """A JSON list; its items are judged as cells of their own."""

    def judge(cell: Any) -> bool:
        try:
            items = json.loads(cell)
        except RecursionError:
            return False
        return type(items) is list and all(map(item.accepts, items))

    return Kind(judge)


def _kind(table: str, spec: FieldSpec) -> Kind:
    if (table, spec.name) == ("consultations", "attendees"):
        return text_of(rf'\[(?:"{UUID}"(?:, "{UUID}")*)?\]')
    if spec.parent:
        kind = text_of(UUID)
    elif spec.travels_as != spec.name or spec.name == "month":
        kind = text_of(MONTH)
    elif spec.kind is date:
        kind = Kind(is_date)
    elif spec.kind is bool:
        kind = whole(0, 1)
    elif spec.kind is int:
        kind = whole(*(spec.bounds or (-LARGEST_NUMBER, LARGEST_NUMBER)))
    else:
        kind = any_text(spec.max_length or LONGEST_CELL)
    return replace(_list_of(kind) if spec.many else kind, optional=spec.optional)


_VERSION_KINDS: Final[Mapping[str, Kind]] = {
    "id": text_of(UUID),
    "epoch": whole(1, LARGEST_NUMBER),
    "revision": whole(1, LARGEST_NUMBER),
    "changed_at": text_of(MOMENT),
    "station": text_of(STATION),
    "deleted": whole(0, 1),
}
_KINDS: Final[Mapping[str, Mapping[str, Kind]]] = {
    table: {
        **_VERSION_KINDS,
        **{
            spec.travels_as: _kind(table, spec)
            for spec in fields_of(BY_TABLE[table])[1:]
            if spec.travels_as in columns
        },
    }
    for table, columns in TRAVELS.items()
}
_PARENTS: Final[Mapping[str, Mapping[str, str]]] = {
    table: {
        spec.name: spec.parent
        for spec in fields_of(BY_TABLE[table])[1:]
        if spec.parent and spec.travels_as in columns
    }
    for table, columns in TRAVELS.items()
}


# --- Manifest -----------------------------------------------------------------------------------

_FLAG = whole(0, 1)
_COUNT = whole(1, 2**31)
_KEY = any_text(40)
_MANIFEST_KINDS: Final[Mapping[str, Kind]] = {
    "schema_version": _COUNT,
    "program_version": _KEY,
    "project_year": whole(1900, 2200),
    "centre": _KEY,
    "region": _KEY,
    "workplace": text_of("centre|headquarters"),
    "practice": _FLAG,
    "station": text_of(STATION),
    "station_letter": text_of("[A-Z]"),
    "replaces": _list_of(text_of(STATION)),
    "epoch": _COUNT,
    "month": text_of(MONTH),
    "through": Kind(is_date, optional=True),
    "amendment": _FLAG,
    "complete": _FLAG,
    "sequence": _COUNT,
    "previous_sha256": text_of(SHA256, optional=True),
    "made_at": text_of(MOMENT),
    "audit_entries": whole(0, LARGEST_NUMBER),
    "audit_head": any_text(64),
    "previous_audit_head": text_of(SHA256, optional=True),
}
_TOTAL_KEY = re.compile("[a-z][a-z0-9_.]{0,59}")
_TOTAL = whole(-LARGEST_NUMBER, LARGEST_NUMBER)
_DIGEST = text_of(SHA256)


def _read_manifest(rows: Sequence[Sequence[Any]]) -> Manifest:
    """The manifest of a sheet that says neither more nor less, each key in its place."""
    if any(len(row) != 2 for row in rows) or [*map(list, rows[:1])] != [["key", "value"]]:
        raise KnownError("package_manifest", key="key")
    stated = {str(key): value for key, value in rows[1:]}
    if len(stated) != len(rows) - 1:
        raise KnownError("package_manifest", key="key")
    version = _stated(stated, "schema_version", _COUNT)
    if version > SCHEMA_VERSION:
        program = stated.get("program_version")
        raise KnownError(
            "package_newer_version",
            version=version,
            known=SCHEMA_VERSION,
            needed=program if _KEY.accepts(program) else "?",
        )

    known: dict[str, Any] = {
        key: _stated(stated, key, kind) for key, kind in _MANIFEST_KINDS.items()
    }
    counts: dict[str, Any] = {}
    digests: dict[str, Any] = {}
    totals: dict[str, Any] = {}
    for key in stated:
        kind, _, name = key.partition(".")
        if kind == "rows":
            counts[name] = _stated(stated, key, _COUNT)
        elif kind == "sha256":
            digests[name] = _stated(stated, key, _DIGEST)
        elif kind == "total" and _TOTAL_KEY.fullmatch(name):
            totals[name] = _stated(stated, key, _TOTAL)
        elif key not in known:
            raise KnownError("package_manifest", key=key)
    if counts.keys() != digests.keys():
        raise KnownError("package_manifest", key="rows")
    for flag in ("practice", "amendment", "complete"):
        known[flag] = bool(known[flag])
    known["replaces"] = tuple(json.loads(known["replaces"]))
    manifest = Manifest(**known, row_counts=counts, sheet_digests=digests, totals=totals)
    for (key, _), found in zip(manifest_rows(manifest), stated, strict=True):
        if key != found:
            raise KnownError("package_manifest", key=found)
    return manifest


def _stated(stated: Mapping[str, Any], key: str, kind: Kind) -> Any:
    cell = stated.get(key, "")
    if not kind.accepts(cell):
        raise KnownError("package_manifest", key=key)
    return kind.value_of(cell)


# --- Sheets -------------------------------------------------------------------------------------


def _check_sheets(names: Sequence[str], manifest: Manifest) -> None:
    expected = [SUMMARY_SHEET, MANIFEST_SHEET]
    known = travelled(manifest.schema_version)
    expected += [table for table in known if table in manifest.row_counts]
    for name in (*names, *manifest.row_counts):
        if name not in known and name not in (SUMMARY_SHEET, MANIFEST_SHEET):
            raise KnownError("package_unknown_sheet", sheet=name)
    for name in expected:
        if name not in names:
            raise KnownError("package_missing_sheet", sheet=name)
    for name, place in zip(names, [*expected, *[""] * len(names)], strict=False):
        if name != place:
            raise KnownError("package_sheet_order", sheet=name)


def _read_sheet(table: str, rows: Sequence[Sequence[Any]], manifest: Manifest) -> ReceivedSheet:
    """The versions of one sheet.

    Cells are judged a column at a time and each different value once, because a call for each of
    half a million cells would take longer than reading them.
    """
    version = manifest.schema_version
    names = sheet_columns_of(version, table)
    _check_header(table, rows[0] if rows else (), names)
    found = len(rows) - 1
    if found != manifest.row_counts[table]:
        raise KnownError(
            "package_row_count", sheet=table, stated=manifest.row_counts[table], found=found
        )
    columns: dict[str, Sequence[Any]] = {}
    fragments: dict[str, list[str]] = {}
    for name, cells in zip(names, zip(*rows[1:], strict=True), strict=True):
        if name == HASH_COLUMN:
            columns[name] = cells
            continue
        different = _judged(table, name, cells)
        kind = _KINDS[table][name]
        if kind.number or "" in different:
            values = {cell: kind.value_of(cell) for cell in different}
            columns[name] = [values[cell] for cell in cells]
        else:
            columns[name] = cells
        if name not in VERSION_COLUMNS:
            texts = {cell: f'"{name}":{_ENCODE(kind.value_of(cell))}' for cell in different}
            fragments[name] = [texts[cell] for cell in cells]
    payloads = [
        f"{{{','.join(row)}}}"
        for row in zip(*(fragments[name] for name in sorted(fragments)), strict=True)
    ]
    _check_unique(table, columns["id"])
    _check_hashes(table, columns, payloads)
    if sheet_digest(columns[HASH_COLUMN]) != manifest.sheet_digests[table]:
        raise KnownError("package_digest", sheet=table)
    return upgraded(ReceivedSheet(table, columns, payloads), version)


def _check_header(table: str, found: Sequence[Any], expected: Sequence[str]) -> None:
    for number, name in enumerate(found, 1):
        if name not in expected:
            from openpyxl.utils import get_column_letter

            column = str(name) or get_column_letter(number)
            raise KnownError("package_unknown_column", sheet=table, column=column)
    for name in expected:
        if name not in found:
            raise KnownError("package_missing_column", sheet=table, column=name)
    if list(found) != list(expected):
        wrong = next(a for a, b in zip(found, (*expected, ""), strict=False) if a != b)
        raise KnownError("package_column_order", sheet=table, column=wrong)


def _judged(table: str, column: str, cells: Sequence[Any]) -> Collection[Any]:
    """The different cells of a column, all of them such as may stand there."""
    kind = _KINDS[table][column]
    different = set(cells)
    hidden = not different.isdisjoint((0, 1)) and bool in map(type, cells)  # True equals 1
    try:
        good = not hidden and all(map(kind.judge, different - {""}))
    except (TypeError, ValueError):
        good = False
    if not good or ("" in different and not kind.optional):
        row = next(n for n, cell in enumerate(cells, FIRST_ROW) if not kind.accepts(cell))
        raise KnownError("package_bad_cell", sheet=table, row=row, column=column)
    return different


def _check_unique(table: str, ids: Sequence[str]) -> None:
    if len(set(ids)) == len(ids):
        return
    seen: set[str] = set()
    for number, record_id in enumerate(ids, FIRST_ROW):
        if record_id in seen:
            raise KnownError("package_duplicate_id", sheet=table, row=number)
        seen.add(record_id)


def _check_hashes(
    table: str, columns: Mapping[str, Sequence[Any]], payloads: Sequence[str]
) -> None:
    heads = (columns[name] for name in VERSION_COLUMNS)
    computed = map(row_hash, repeat(table), *heads, payloads)
    for number, pair in enumerate(zip(computed, columns[HASH_COLUMN], strict=True), FIRST_ROW):
        if pair[0] != pair[1]:
            raise KnownError("package_row_hash", sheet=table, row=number)


def _check_parents(sheets: Sequence[ReceivedSheet]) -> None:
    """A package is self-contained: the parents of every row are in it."""
    ids = {sheet.table: {None, *sheet.columns["id"]} for sheet in sheets}
    for sheet in sheets:
        for column, parent in _PARENTS[sheet.table].items():
            missing = set(sheet.columns[column]) - ids.get(parent, {None})
            if missing:
                _refuse_orphan(sheet, column, missing)
        if sheet.table == "consultations":
            lists = set(sheet.columns["attendees"])
            known = ids.get("participants", {None})
            if not known.issuperset(_FIND_UUID.findall("".join(lists))):
                missing = {one for one in lists if not known.issuperset(_FIND_UUID.findall(one))}
                _refuse_orphan(sheet, "attendees", missing)


def _refuse_orphan(sheet: ReceivedSheet, column: str, missing: Collection[str]) -> NoReturn:
    cells = enumerate(sheet.columns[column], FIRST_ROW)
    row = next(number for number, cell in cells if cell in missing)
    raise KnownError("package_parent_missing", sheet=sheet.table, row=row, column=column)
