"""A package is right as a whole or refused whole, by sheet, row and column."""

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile, ZipInfo

import pytest

from exports.package import container
from exports.package.reader import read_manifest, read_package, verified_package
from exports.package.schema import SCHEMA_VERSION
from exports.package.signature import sign_package
from exports.package.workbook import read_workbook
from exports.package.writer import build_workbook, write_package
from pravo_desktop.domain.records import Cell
from pravo_desktop.domain.versions import Version, new_id
from pravo_desktop.errors import KnownError
from tests.exports.factories import KEY, MOMENT, content, json_list, one_of_each
from tests.exports.factories import version as record

VIDEO = "xl/worksheets/sheet3.xml"
MANIFEST = "xl/worksheets/sheet2.xml"
WORKBOOK = "xl/workbook.xml"


def changed(xlsx: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """The file with one part changed and everything else as it was."""
    out = BytesIO()
    with ZipFile(BytesIO(xlsx)) as source, ZipFile(out, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name == part:
                before, text = text, change(text.decode()).encode()
                assert before != text, "the change must change something"
            target.writestr(ZipInfo(name), text)
    return out.getvalue()


def replaced(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


def videos(**values: Cell) -> bytes:
    """An unsigned workbook with the manifest and three videos, the second with these values."""
    rows = [record("videos", title=f"Film {number}") for number in range(3)]
    rows[1] = replace(rows[1], values={**rows[1].values, **values})
    return build_workbook(content(rows))


def refusal(xlsx: bytes) -> tuple[str, dict[str, Any]]:
    """Code and parameters with which a correctly signed workbook is refused."""
    with pytest.raises(KnownError) as caught:
        read_package(sign_package(xlsx, KEY, MOMENT))
    return caught.value.code, dict(caught.value.params)


@pytest.mark.parametrize("keeps_the_container", [True, False])
def test_a_changed_cell_is_named_by_sheet_and_row_even_in_a_file_packed_anew(
    keeps_the_container: bool,
) -> None:
    rows = [record("videos", title=f"Film {number}") for number in range(3)]
    data = write_package(content(rows), KEY, MOMENT)
    if keeps_the_container:
        parts = container.read(data)
        parts[VIDEO] = parts[VIDEO].replace(b"Film 1", b"Film 9")
        tampered = container.write(parts)
    else:
        tampered = changed(data, VIDEO, replaced("Film 1", "Film 9"))
    with pytest.raises(KnownError) as caught:
        read_package(tampered)
    assert caught.value.code == "row_changed"
    assert dict(caught.value.params) == {"part": VIDEO, "sheet": "videos", "row": 3}


def test_a_file_only_packed_anew_is_called_that() -> None:
    data = write_package(content(), KEY, MOMENT)
    with pytest.raises(KnownError) as caught:
        read_package(changed(data, "xl/styles.xml", lambda text: text + " "))
    assert caught.value.code == "zip_unexpected_header"


def test_of_an_unknown_signer_with_a_cell_far_away_nothing_is_read() -> None:
    far = changed(
        build_workbook(content([record("videos")])),
        VIDEO,
        replaced("</sheetData>", '<row r="1048576"><c r="XFD1048576"/></row></sheetData>'),
    )
    assert read_manifest(verified_package(sign_package(far, KEY, MOMENT))) is None
    near = sign_package(build_workbook(content([record("videos")])), KEY, MOMENT)
    manifest = read_manifest(verified_package(near))
    assert manifest is not None
    assert manifest.row_counts == {"videos": 1}


def test_a_changed_cell_breaks_the_signature_before_anything_is_read() -> None:
    data = write_package(content(), KEY, MOMENT)
    with ZipFile(BytesIO(data)) as archive:
        part = next(n for n in archive.namelist() if b"came_through" in archive.read(n))
    with pytest.raises(KnownError) as caught:
        read_package(changed(data, part, replaced("some_key", "other")))
    assert not caught.value.code.startswith("package_")


def test_a_value_changed_under_a_correct_signature_is_named_by_sheet_and_row() -> None:
    changed_title = changed(videos(), VIDEO, replaced("Film 1", "Film 9"))
    assert refusal(changed_title) == ("package_row_hash", {"sheet": "videos", "row": 3})


def test_a_row_whose_stated_hash_is_of_another_value_is_refused() -> None:
    row = record("videos", views=1)
    tampered = replace(row, values={**row.values, "views": 1_000_000})
    vars(tampered)["row_hash"] = row.row_hash
    assert refusal(build_workbook(content([tampered]))) == (
        "package_row_hash",
        {"sheet": "videos", "row": 2},
    )


@pytest.mark.parametrize(
    "change",
    [
        {"epoch": 2},
        {"revision": 3},
        {"changed_at": "2024-01-31T12:00:00.000002Z"},
        {"station": "018d0000-0000-7000-8000-00000000000b"},
        {"deleted": True},
    ],
)
def test_the_row_hash_vouches_for_the_version_too(change: dict[str, Any]) -> None:
    row = record("videos")
    tampered = replace(row, **change)
    vars(tampered)["row_hash"] = row.row_hash
    assert refusal(build_workbook(content([tampered])))[0] == "package_row_hash"


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("videos", "views", -1),
        ("videos", "views", 1_000_000_001),
        ("videos", "views", "12"),
        ("videos", "views", None),
        ("videos", "published_on", "2024-02-30"),
        ("videos", "published_on", "2024-W05-1"),
        ("videos", "published_on", "31.01.2024"),
        ("videos", "published_on", 45322),
        ("videos", "title", "x" * 201),
        ("videos", "title", 7),
        ("videos", "title", None),
        ("videos", "views_on", "never"),
        ("monthly_notes", "month", "2024-13"),
        ("monthly_notes", "month", "2024-1"),
        ("events", "attending_centres", "astana"),
        ("events", "attending_centres", '{"astana": 1}'),
        ("events", "attending_centres", "[1]"),
        ("events", "men", 100_001),
        ("events", "leader_id", "nobody"),
        ("vacancies", "notices", '["2024-02-30"]'),
        ("survey_sheets", "q_access", 6),
    ],
)
def test_a_value_of_the_wrong_kind_is_named_by_sheet_row_and_column(
    table: str, column: str, value: Cell
) -> None:
    rows = one_of_each()
    bad = next(row for row in rows if row.table == table)
    rows.append(replace(bad, record_id=new_id(), values={**bad.values, column: value}))
    assert refusal(build_workbook(content(rows))) == (
        "package_bad_cell",
        {"sheet": table, "row": 3, "column": column},
    )


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"record_id": "not-an-id"}, "id"),
        ({"record_id": "018D0000-0000-7000-8000-00000000000A"}, "id"),
        ({"epoch": 0}, "epoch"),
        ({"revision": 0}, "revision"),
        ({"changed_at": "2024-01-31T12:00:00Z"}, "changed_at"),
        ({"station": "two\nlines"}, "station"),
    ],
)
def test_a_version_that_cannot_be_ordered_is_refused(change: dict[str, Any], column: str) -> None:
    row = replace(record("videos"), **change)
    assert refusal(build_workbook(content([row]))) == (
        "package_bad_cell",
        {"sheet": "videos", "row": 2, "column": column},
    )


@pytest.mark.parametrize("cell", ['t="b"><v>1</v>', 't="n"><v>1.5</v>', 't="n"><v>1e999</v>'])
def test_a_truth_value_or_a_fraction_never_passes_for_a_number(cell: str) -> None:
    xlsx = changed(videos(), VIDEO, replaced('<c r="C3"><v>2</v>', f'<c r="C3" {cell}'))
    assert refusal(xlsx) == (
        "package_bad_cell",
        {"sheet": "videos", "row": 3, "column": "revision"},
    )


def test_a_truth_value_among_ones_is_not_taken_for_one() -> None:
    xlsx = changed(videos(), VIDEO, replaced('<c r="B3"><v>1</v>', '<c r="B3" t="b"><v>1</v>'))
    assert refusal(xlsx) == ("package_bad_cell", {"sheet": "videos", "row": 3, "column": "epoch"})


def test_a_row_left_out_is_missed() -> None:
    xlsx = changed(
        videos(), VIDEO, lambda text: re.sub('<row r="4">.*</row>', "", text, flags=re.DOTALL)
    )
    assert refusal(xlsx) == ("package_row_count", {"sheet": "videos", "stated": 3, "found": 2})


def test_rows_in_another_order_are_refused() -> None:
    rows = [record("videos") for _ in range(2)]
    stated = build_workbook(content(rows))
    turned = build_workbook(content(rows[::-1]))
    with ZipFile(BytesIO(turned)) as archive:
        sheet = archive.read(VIDEO).decode()
    assert refusal(changed(stated, VIDEO, lambda _: sheet)) == (
        "package_digest",
        {"sheet": "videos"},
    )


def test_a_record_that_stands_twice_is_refused() -> None:
    row = record("videos")
    assert refusal(build_workbook(content([row, replace(row, revision=9)]))) == (
        "package_duplicate_id",
        {"sheet": "videos", "row": 3},
    )


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("outcomes", "case_id"),
        ("consultations", "specialist_id"),
        ("survey_sheets", "event_id"),
        ("hand_outs", "event_id"),
    ],
)
def test_a_record_whose_parent_is_not_in_the_package_is_refused(table: str, column: str) -> None:
    rows = one_of_each()
    child = next(row for row in rows if row.table == table)
    lost = replace(child, record_id=new_id(), values={**child.values, column: new_id()})
    assert refusal(build_workbook(content([*rows, lost]))) == (
        "package_parent_missing",
        {"sheet": table, "row": 3, "column": column},
    )


def test_a_whole_missing_sheet_of_parents_is_noticed() -> None:
    rows = [row for row in one_of_each() if row.table != "printed_materials"]
    assert refusal(build_workbook(content(rows))) == (
        "package_parent_missing",
        {"sheet": "hand_outs", "row": 2, "column": "material_id"},
    )


def test_an_attendee_who_is_not_in_the_package_is_refused() -> None:
    rows = one_of_each()
    visit = next(row for row in rows if row.table == "consultations")
    with_stranger = replace(
        visit, record_id=new_id(), values={**visit.values, "attendees": json_list([new_id()])}
    )
    assert refusal(build_workbook(content([*rows, with_stranger]))) == (
        "package_parent_missing",
        {"sheet": "consultations", "row": 3, "column": "attendees"},
    )


def test_an_event_led_by_a_guest_needs_no_parent() -> None:
    guest: list[Version] = [record("events", leader_id=None)]
    _, (sheet,) = read_workbook(build_workbook(content(guest)))
    assert [row.version for row in sheet.rows()] == guest


def test_a_package_of_a_newer_program_is_refused_by_both_versions() -> None:
    newer = changed(
        videos(),
        MANIFEST,
        replaced(f"<v>{SCHEMA_VERSION}</v>", f"<v>{SCHEMA_VERSION + 1}</v>"),
    )
    newer = changed(newer, WORKBOOK, replaced('name="videos"', 'name="podcasts"'))
    assert refusal(newer) == (
        "package_newer_version",
        {"version": SCHEMA_VERSION + 1, "known": SCHEMA_VERSION, "needed": "0.1.0"},
    )


@pytest.mark.parametrize(
    ("old", "new", "code", "column"),
    [
        ("title", "surname", "package_unknown_column", "surname"),
        ("title", "link", "package_missing_column", "title"),
        ("row_hash", "row hash", "package_unknown_column", "row hash"),
    ],
)
def test_a_column_by_another_name_is_refused(old: str, new: str, code: str, column: str) -> None:
    xlsx = changed(videos(), VIDEO, replaced(f"<t>{old}</t>", f"<t>{new}</t>"))
    assert refusal(xlsx) == (code, {"sheet": "videos", "column": column})


def test_a_column_too_many_is_refused() -> None:
    xlsx = changed(
        videos(), VIDEO, replaced("</row>", '<c r="N1" t="inlineStr"><is><t>iin</t></is></c></row>')
    )
    assert refusal(xlsx) == ("package_unknown_column", {"sheet": "videos", "column": "iin"})


def test_a_value_under_no_column_is_refused() -> None:
    xlsx = changed(
        videos(),
        VIDEO,
        lambda text: re.sub(
            '(<row r="2">.*?)</row>',
            r'\1<c r="N2" t="inlineStr"><is><t>Canary</t></is></c></row>',
            text,
        ),
    )
    assert refusal(xlsx) == ("package_unknown_column", {"sheet": "videos", "column": "N"})


def test_columns_in_another_order_are_refused() -> None:
    swapped = changed(
        videos(),
        VIDEO,
        lambda text: (
            text.replace("<t>title<", "<t>?<")
            .replace("<t>language<", "<t>title<")
            .replace("<t>?<", "<t>language<")
        ),
    )
    assert refusal(swapped) == ("package_column_order", {"sheet": "videos", "column": "language"})


@pytest.mark.parametrize(
    ("old", "new", "code", "sheet"),
    [
        ('name="videos"', 'name="identities"', "package_unknown_sheet", "identities"),
        ('name="videos"', 'name="cases"', "package_missing_sheet", "videos"),
        ('name="manifest"', 'name="advice"', "package_missing_sheet", "manifest"),
        ('name="summary"', 'name="advice"', "package_missing_sheet", "summary"),
    ],
)
def test_a_sheet_by_another_name_is_refused(old: str, new: str, code: str, sheet: str) -> None:
    xlsx = changed(videos(), WORKBOOK, replaced(old, new))
    assert refusal(xlsx) == (code, {"sheet": sheet})


def test_sheets_in_another_order_are_refused() -> None:
    xlsx = build_workbook(content([record("videos"), record("proposals")]))
    swapped = changed(
        xlsx,
        WORKBOOK,
        lambda text: (
            text.replace('"videos"', '"?"')
            .replace('"proposals"', '"videos"')
            .replace('"?"', '"proposals"')
        ),
    )
    assert refusal(swapped) == ("package_sheet_order", {"sheet": "videos"})


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("<t>centre</t></is></c><c", "<t>center</t></is></c><c", "centre"),
        ("<t>total.couples</t>", "<t>weather</t>", "weather"),
        ("<t>total.couples</t>", "<t>total.consultations</t>", "key"),
        ("<t>total.couples</t>", "<t>total.attendees</t>", "total.consultations"),
        ("<t>2024-01</t>", "<t>January</t>", "month"),
        ("<t>centre</t></is></c></row>", "<t>kiosk</t></is></c></row>", "workplace"),
        ("<t>schema_version</t>", "<t>schema</t>", "schema_version"),
        ("<t>sha256.videos</t>", "<t>sha256.cases</t>", "rows"),
        ("<t>key</t>", "<t>name</t>", "key"),
    ],
)
def test_a_manifest_that_says_something_else_is_refused_by_its_key(
    old: str, new: str, key: str
) -> None:
    assert refusal(changed(videos(), MANIFEST, replaced(old, new))) == (
        "package_manifest",
        {"key": key},
    )


def test_a_sheet_that_cannot_be_read_is_refused_and_not_a_crash() -> None:
    broken = changed(videos(), VIDEO, lambda text: text[: len(text) // 2])
    assert refusal(broken) == ("package_unreadable", {})
