"""Packages of schema 1 are read by their own columns; what came later is filled in."""

from dataclasses import replace
from pathlib import Path

import pytest

from exports.package import upgrade
from exports.package.content import ReceivedSheet
from exports.package.reader import read_package
from exports.package.schema import SCHEMA_VERSION, TRAVELS
from exports.package.upgrade import Added, sheet_columns_of, travelled, upgraded
from exports.package.workbook import read_workbook
from exports.package.writer import build_workbook
from pravo_desktop.domain.records import Cell
from pravo_desktop.domain.versions import Version
from pravo_desktop.errors import KnownError
from tests.exports.factories import content, version
from tests.exports.test_package_reader import MANIFEST, changed, replaced, videos

RELEASE = Path(__file__).parents[1] / "data" / "release-0.1.0" / "package.xlsx"


def of_schema_1(xlsx: bytes) -> bytes:
    return changed(xlsx, MANIFEST, replaced(f"<v>{SCHEMA_VERSION}</v>", "<v>1</v>"))


def test_this_schema_travels_as_the_wall_says() -> None:
    assert travelled(SCHEMA_VERSION) == TRAVELS
    assert travelled(SCHEMA_VERSION + 1) == TRAVELS


def test_schema_1_had_no_amendments_and_no_answers() -> None:
    assert TRAVELS.keys() - travelled(1).keys() == {"amendments", "answers"}
    assert all(TRAVELS[table] == columns for table, columns in travelled(1).items())


def test_a_package_of_schema_1_is_read() -> None:
    manifest, (sheet,) = read_workbook(of_schema_1(videos()))
    assert manifest.schema_version == 1
    assert {row.version.table for row in sheet.rows()} == {"videos"}
    package = read_package(RELEASE.read_bytes())
    assert package.manifest.schema_version == 1
    assert {row.version.table for row in package.rows} <= travelled(1).keys()


@pytest.mark.parametrize("table", ["amendments", "answers"])
def test_a_sheet_that_schema_1_did_not_have_is_unknown_in_it(table: str) -> None:
    xlsx = build_workbook(content([version(table)]))
    with pytest.raises(KnownError) as refused:
        read_workbook(of_schema_1(xlsx))
    assert refused.value.code == "package_unknown_sheet"
    assert refused.value.params == {"sheet": table}


def test_a_column_that_came_later_is_filled_in_after_the_hashes_were_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As if the views of a video had come with this schema: an older package lacks them."""
    later = {"videos": {"views": Added(SCHEMA_VERSION, 7)}}
    monkeypatch.setattr(upgrade, "COLUMNS", later)
    travelled.cache_clear()
    try:
        assert "views" not in sheet_columns_of(1, "videos")
        assert "views" in sheet_columns_of(SCHEMA_VERSION, "videos")
        sheet = _sheet_without("views")
        whole = upgraded(sheet, 1)
        (row,) = whole.rows()
        assert row.version.values["views"] == 7
        assert '"views":7' in row.version.payload
        assert row.version.row_hash == sheet.columns["row_hash"][0]
        assert upgraded(sheet, SCHEMA_VERSION) is sheet
    finally:
        monkeypatch.undo()
        travelled.cache_clear()


def _sheet_without(column: str) -> ReceivedSheet:
    whole: Version = version("videos")
    values: dict[str, Cell] = {k: v for k, v in whole.values.items() if k != column}
    older = replace(whole, values=values)
    heads = ("epoch", "revision", "changed_at", "station")
    return ReceivedSheet(
        "videos",
        {
            "id": [older.record_id],
            **{name: [getattr(older, name)] for name in heads},
            "deleted": [0],
            **{name: [value] for name, value in values.items()},
            "row_hash": [older.row_hash],
        },
        [older.payload],
    )


def test_a_newer_package_says_which_program_it_needs() -> None:
    newer = changed(videos(), MANIFEST, replaced(f"<v>{SCHEMA_VERSION}</v>", "<v>9</v>"))
    with pytest.raises(KnownError) as refused:
        read_workbook(newer)
    assert refused.value.code == "package_newer_version"
    assert refused.value.params == {"version": 9, "known": SCHEMA_VERSION, "needed": "0.1.0"}
