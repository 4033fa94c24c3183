"""What a centre writes is what headquarters reads, to the letter."""

import hashlib
from dataclasses import fields, replace
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exports.package.content import PackageHead, ReceivedPackage, SummaryLine
from exports.package.reader import read_package
from exports.package.schema import FIRST_ROW, SCHEMA_VERSION, sheet_columns
from exports.package.workbook import read_workbook
from exports.package.writer import build_workbook, write_package
from pravo_desktop.domain.fields import to_row, travelling_values
from pravo_desktop.domain.records import Case, Claim, Participant
from pravo_desktop.domain.versions import Version, new_id
from pravo_desktop.errors import BugError
from tests.exports.factories import (
    CENTRE_TABLES,
    HEADQUARTERS_TABLES,
    KEY,
    MOMENT,
    content,
    head,
    json_list,
    one_of_each,
)
from tests.exports.factories import version as record

NASTY = [
    "_x0041_",
    "_x0041_x0042_",
    "_x005F_x0041_",
    "_xD800_",
    "=1+1",
    "+77",
    "-1",
    "@sum",
    "#N/A",
    "#DIV/0!",
    "TRUE",
    "007",
    "1e5",
    "2024-01-31",
    "123456789012",
    "'apostrophe",
    " spaces at both ends ",
    "two\nlines\n",
    "a\tb",
    "<t>&amp;]]></t>",
    "қәғңөұүһі «Ұлытау» № 5 ₸",
    "\u00a0\u200b\u2028",
    "👩\u200d👧",
    "ы" * 4000,
    "_x0041_" * 571,
]
ANY_TEXT = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")
    | st.sampled_from("\n\t_x04FA=#<&"),
    min_size=1,
    max_size=200,
)


def sent(rows: list[Version]) -> list[Version]:
    """The rows after a way through an unsigned workbook."""
    _, sheets = read_workbook(build_workbook(content(rows)))
    return [row.version for sheet in sheets for row in sheet.rows()]


def received(rows: list[Version] | None = None) -> ReceivedPackage:
    return read_package(write_package(content(rows), KEY, MOMENT))


@pytest.mark.parametrize("tables", [CENTRE_TABLES, HEADQUARTERS_TABLES])
def test_a_record_of_every_table_arrives_as_it_was_sent(tables: tuple[str, ...]) -> None:
    rows = one_of_each(tables)
    package = received(rows)
    assert [row.version for row in package.rows] == rows
    assert [row.version.row_hash for row in package.rows] == [row.row_hash for row in rows]
    assert [row.version.payload for row in package.rows] == [row.payload for row in rows]
    assert {row.number for row in package.rows} == {FIRST_ROW}
    assert {type(row.version.deleted) for row in package.rows} == {bool}


def test_payload_and_row_hash_that_the_reader_hands_on_are_those_of_the_version() -> None:
    for row in received().rows:
        fresh = replace(row.version)
        assert (fresh.payload, fresh.row_hash) == (row.version.payload, row.version.row_hash)


def test_headquarters_learns_who_sent_which_month_and_what_was_in_it() -> None:
    data = write_package(content(), KEY, MOMENT)
    package = read_package(data)
    manifest = package.manifest
    assert {item.name: getattr(manifest, item.name) for item in fields(PackageHead)} == {
        item.name: getattr(head(), item.name) for item in fields(PackageHead)
    }
    assert manifest.schema_version == SCHEMA_VERSION
    assert manifest.row_counts == dict.fromkeys(CENTRE_TABLES, 1)
    assert package.fingerprint == KEY.fingerprint
    assert package.certificate_der == KEY.certificate_der
    assert package.signed_at == MOMENT
    assert package.sha256 == hashlib.sha256(data).hexdigest()


def test_a_full_package_after_a_restore_and_a_mid_month_one_keep_what_makes_them_so() -> None:
    said: dict[str, Any] = {
        "replaces": ("018c0000-0000-7000-8000-000000000001",),
        "complete": True,
        "amendment": True,
        "through": "2024-01-15",
        "previous_sha256": None,
        "totals": {},
    }
    manifest, _ = read_workbook(build_workbook(content(**said)))
    assert {key: getattr(manifest, key) for key in said} == said


def test_a_month_without_a_single_record_travels() -> None:
    package = received([])
    assert package.rows == ()
    assert package.manifest.row_counts == {}


def test_a_tombstone_and_empty_fields_arrive() -> None:
    gone = replace(record("videos", link=None, views_on=None), deleted=True)
    assert sent([gone]) == [gone]


def test_rows_of_a_table_keep_their_order_and_their_excel_numbers() -> None:
    rows = [record("videos", views=views) for views in range(5)]
    _, (sheet,) = read_workbook(build_workbook(content(rows)))
    assert list(enumerate(rows, FIRST_ROW)) == list(sheet.rows())


@pytest.mark.parametrize("text", NASTY)
def test_text_that_a_spreadsheet_would_read_as_something_else_stays_text(text: str) -> None:
    note = record("monthly_notes", text=text)
    assert sent([note]) == [note]


@given(ANY_TEXT)
@example("_x000D_")
def test_any_text_arrives_letter_by_letter(text: str) -> None:
    note = record("monthly_notes", text=text)
    assert sent([note]) == [note]


@given(st.integers(0, 1_000_000_000))
def test_any_number_of_views_arrives_exactly(views: int) -> None:
    video = record("videos", views=views)
    assert sent([video]) == [video]


def test_several_attendees_arrive_in_their_order() -> None:
    rows = one_of_each()
    case = next(row for row in rows if row.table == "cases")
    people = [record("participants", case_id=case.record_id) for _ in range(3)]
    visit = next(row for row in rows if row.table == "consultations")
    attended = json_list([person.record_id for person in reversed(people)])
    rows[rows.index(visit)] = replace(visit, values={**visit.values, "attendees": attended})
    assert attended in [row.values.get("attendees") for row in sent([*rows, *people])]


def test_a_person_reads_the_month_on_the_first_sheet_in_both_languages() -> None:
    book = openpyxl.load_workbook(BytesIO(write_package(content(), KEY, MOMENT)))
    sheet = book.worksheets[0]
    assert (sheet["A1"].value, sheet["B1"].value) == ("Айлық пакет", "Пакет за месяц")
    assert [cell.value for cell in sheet[5]] == [
        "Консультациялар",
        "Консультации",
        1,
        "барлығы",
        "всего",
    ]
    assert sheet["A1"].font.bold and sheet["A4"].font.bold and not sheet["A5"].font.bold
    assert sheet.freeze_panes == "A2"
    assert str(sheet.page_setup.paperSize) == sheet.PAPERSIZE_A4
    assert sheet.column_dimensions["A"].width >= 30


@pytest.mark.parametrize("text", ["=1+1", "#N/A"])
def test_a_summary_shows_such_text_as_text_too(text: str) -> None:
    month = content([])
    lines = [SummaryLine(text, text, text, text, text)]
    data = write_package(replace(month, summary=lines), KEY, MOMENT)
    sheet = openpyxl.load_workbook(BytesIO(data)).worksheets[0]
    assert [(cell.value, cell.data_type) for cell in sheet[2]] == [(text, "s")] * 5


def test_opening_a_package_asks_for_no_recalculation() -> None:
    """Excel would offer to save the recalculated file, and saving drops the signature."""
    workbook = _parts(write_package(content([]), KEY, MOMENT))["xl/workbook.xml"]
    assert b'fullCalcOnLoad="1"' not in workbook


def test_a_person_finds_the_columns_by_their_names_and_text_as_text() -> None:
    note = record("monthly_notes", text="=1+1")
    book = openpyxl.load_workbook(BytesIO(write_package(content([note]), KEY, MOMENT)))
    sheet = book["monthly_notes"]
    assert [cell.value for cell in sheet[1]] == list(sheet_columns("monthly_notes"))
    cell = sheet.cell(FIRST_ROW, sheet_columns("monthly_notes").index("text") + 1)
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert sheet.freeze_panes == "B2"


def test_the_same_content_gives_the_same_parts() -> None:
    rows = one_of_each()
    assert _parts(build_workbook(content(rows))) == _parts(build_workbook(content(rows)))


def test_a_package_holds_sheets_styles_and_theme_and_nothing_else() -> None:
    names = set(_parts(write_package(content(), KEY, MOMENT)))
    sheets = {f"xl/worksheets/sheet{number}.xml" for number in range(1, len(CENTRE_TABLES) + 3)}
    assert names - sheets == {
        "[Content_Types].xml",
        "_rels/.rels",
        "_xmlsignatures/_rels/origin.sigs.rels",
        "_xmlsignatures/origin.sigs",
        "_xmlsignatures/sig1.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/theme/theme1.xml",
        "xl/workbook.xml",
    }
    assert sheets <= names


def test_nothing_of_a_person_is_in_the_bytes_of_the_package() -> None:
    case = Case(
        id=new_id(),
        number="CAN-A-2024-00001",
        kind="married",
        registered_on=date(2024, 1, 9),
        label="Canary label",
    )
    claim = Claim(id=new_id(), case_id=case.id, kind="divorce", filed_on=date(2024, 1, 17))
    person = Participant(id=new_id(), case_id=case.id, role="husband", birth_year=1984)
    rows = [
        record(kept.table, record_id=kept.id, **travelling_values(kept.table, to_row(kept)))
        for kept in (case, person, claim)
    ]
    parts = _parts(write_package(content(rows), KEY, MOMENT))
    everything = b"\n".join(parts.values())
    assert b"2024-01-09" in everything, "what travels is there"
    for canary in (b"CAN-A", b"Canary", b"2024-01-17", b"filed_on", b"birth_date"):
        assert canary not in everything


@pytest.mark.parametrize("text", ["", "bell\x07", "return\r", "\x00", "\ufffe"])
def test_text_that_no_cell_can_hold_is_a_bug_before_anything_is_written(text: str) -> None:
    with pytest.raises(BugError):
        build_workbook(content([record("monthly_notes", text=text)]))


def test_text_longer_than_a_cell_is_a_bug_and_is_never_cut() -> None:
    with pytest.raises(BugError, match="32769"):
        build_workbook(content([record("monthly_notes", text="a" * 32_769)]))


@pytest.mark.parametrize("number", [2**53 + 1, -(2**53) - 1])
def test_a_number_that_excel_would_round_is_a_bug(number: int) -> None:
    with pytest.raises(BugError):
        build_workbook(content([record("videos", views=number)]))


def test_a_package_that_headquarters_would_refuse_never_leaves() -> None:
    orphan = record("outcomes")
    with pytest.raises(BugError, match="package_parent_missing"):
        write_package(content([orphan]), KEY, MOMENT)


def _parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {
            name: archive.read(name)
            for name in archive.namelist()
            if not name.startswith("docProps/")
        }
