"""The wall: what travels is what the domain lets travel, and nothing of anybody's person."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from exports.package import reader, workbook
from exports.package.content import PackageContent, sheet_digest
from exports.package.schema import (
    MANIFEST_SHEET,
    MAX_SHEETS,
    SCHEMA_VERSION,
    SUMMARY_SHEET,
    TRAVELS,
    sheet_columns,
)
from exports.package.writer import build_workbook
from pravo_desktop.domain.fields import fields_of, travelling_columns
from pravo_desktop.domain.records import BY_TABLE, PERSONAL, RECORDS
from pravo_desktop.domain.versions import Version
from pravo_desktop.errors import BugError
from tests.exports.factories import CENTRE_TABLES, HEADQUARTERS_TABLES, content, one_of_each
from tests.exports.factories import version as record

SPECIFICATION = (Path(__file__).parents[2] / "docs" / "package.md").read_text(encoding="utf-8")


def test_every_travelling_column_of_the_domain_is_named_in_the_schema() -> None:
    travelling = {
        kind.table: travelling_columns(kind.table) for kind in RECORDS if kind.table not in PERSONAL
    }
    assert travelling == TRAVELS
    assert list(travelling) == list(TRAVELS), "sheets stand with parents before children"


def test_no_table_or_field_of_personal_data_is_in_the_schema() -> None:
    assert not PERSONAL & TRAVELS.keys()
    travelling = {column for columns in TRAVELS.values() for column in columns}
    for table in ("staff_names", "identities", "court_cases"):
        personal = {spec.name for spec in fields_of(BY_TABLE[table])}
        assert not personal & travelling
    assert not {"label", "author", "filed_on", "text_version"} & travelling
    assert "number" not in TRAVELS["cases"]
    assert [table for table, columns in TRAVELS.items() if "text" in columns] == ["monthly_notes"]


def test_each_table_has_a_sheet_name_that_excel_takes() -> None:
    for name in (SUMMARY_SHEET, MANIFEST_SHEET, *TRAVELS):
        assert 0 < len(name) <= 31
    for table in TRAVELS:
        assert len(set(sheet_columns(table))) == len(sheet_columns(table))


def test_all_that_one_workplace_writes_fits_into_the_sheets_of_one_package() -> None:
    assert len(CENTRE_TABLES) + 2 <= MAX_SHEETS
    with_headquarters = [*HEADQUARTERS_TABLES, "staff_members", "events", "publications"]
    assert len(with_headquarters) + 2 <= MAX_SHEETS


def test_a_package_with_more_sheets_than_a_signature_can_name_is_a_bug() -> None:
    with pytest.raises(BugError, match="sheets"):
        build_workbook(content(one_of_each(TRAVELS)))


@pytest.mark.parametrize("table", sorted(PERSONAL))
def test_a_record_of_a_personal_table_cannot_be_written(table: str) -> None:
    with pytest.raises(BugError, match=table):
        build_workbook(_with(record(table)))


def test_a_column_that_stays_home_cannot_be_written() -> None:
    with pytest.raises(BugError, match="label"):
        build_workbook(_with(record("cases", label="Қанарейка")))


def _with(extra: object) -> PackageContent:
    return content([extra])  # type: ignore[list-item]


def test_the_specification_lists_the_columns_of_each_table_in_their_order() -> None:
    lines = re.findall(r"^\| `(\w+)` \| (`.*) \|$", SPECIFICATION, re.MULTILINE)
    described = {
        table: tuple(re.findall(r"(?:^|; )`(\w+)`", columns))
        for table, columns in lines
        if table in TRAVELS and re.match(r"`\w+` (?:text|key|date|month|number|id|list)", columns)
    }
    assert described == TRAVELS
    assert f"Schema version: **{SCHEMA_VERSION}**" in SPECIFICATION


def test_the_example_in_the_specification_is_right() -> None:
    blocks = re.findall(r"```\n(.*?)\n```", SPECIFICATION, re.DOTALL)
    lines, stated_hash, stated_digest = blocks[:3]
    table, record_id, epoch, revision, changed_at, station, deleted, payload = lines.split("\n")
    example = Version(
        table=table,
        record_id=record_id,
        epoch=int(epoch),
        revision=int(revision),
        changed_at=changed_at,
        station=station,
        deleted=deleted == "1",
        values=json.loads(payload),
    )
    assert example.payload == payload
    assert hashlib.sha256(lines.encode()).hexdigest() == example.row_hash == stated_hash
    assert hashlib.sha256(f"{stated_hash}\n".encode()).hexdigest() == stated_digest
    assert sheet_digest([stated_hash]) == stated_digest


def test_every_refusal_of_the_reader_is_in_the_specification() -> None:
    source = "".join(
        Path(str(module.__file__)).read_text(encoding="utf-8") for module in (reader, workbook)
    )
    codes = set(re.findall(r'KnownError\(\s*"(\w+)"', source))
    refusals = SPECIFICATION.split("## Refusals")[1]
    stated = set(re.findall(r"^\| `(\w+)` \|", refusals, re.MULTILINE))
    assert codes <= stated
    assert {code for code in stated if code.startswith("package_")} <= codes
