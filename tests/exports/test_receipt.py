"""A receipt comes back as it was written, and is refused for whatever was changed in it."""

import shutil
from base64 import b64encode
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from exports.package import container
from exports.package.content import SummaryLine
from exports.package.reader import read_package
from exports.package.signature import sign_package
from exports.package.writer import write_package
from exports.receipt.content import SHEETS, ReceiptContent, ReceiptHead, Row, row_hash
from exports.receipt.reader import read_head, read_receipt, verified_receipt
from exports.receipt.writer import build_workbook, write_receipt
from pravo_desktop.domain.records import RECEIVED_LISTS
from pravo_desktop.errors import BugError, KnownError
from tests.exports.factories import KEY, MOMENT, STATION, content
from tests.exports.libreoffice import signatures_found_valid

RECORD = "018d5f3e-7c00-7a10-8b20-1f2e3d4c5b6a"
ROWS: dict[str, Row] = {
    "packages": {
        "sha256": "a" * 64,
        "station": STATION,
        "station_letter": "A",
        "epoch": 1,
        "sequence": 1,
        "month": "2024-01",
        "through": None,
        "amendment": 0,
        "status": "accepted",
        "received_on": "2024-02-02",
        "late": 0,
        "reason_kk": None,
        "reason_ru": None,
    },
    "questions": {
        "id": RECORD,
        "table": "consultations",
        "record_id": RECORD,
        "row_code": "1F2E3D4C5B",
        "field": "minutes",
        "question_kk": "=1+1 деген не?",
        "question_ru": "Что такое _x0041_?",
        "asked_on": "2024-02-02",
    },
    "deadlines": {"id": "2024-02", "month": "2024-02", "due_on": "2024-03-05"},
    "headquarters_certificates": {
        "purpose": "signing",
        "fingerprint": KEY.fingerprint,
        "certificate": b64encode(KEY.certificate_der).decode(),
    },
}


def receipt(**sheets: list[Row]) -> ReceiptContent:
    """A receipt with one row in some sheets; changed sheets by name."""
    return ReceiptContent(
        head=ReceiptHead(
            program_version="0.1.0",
            centre="astana",
            practice=True,
            station=STATION,
            number=3,
            previous_sha256=None,
            made_at="2024-02-02T09:30:00.000000Z",
            state_hash="b" * 64,
        ),
        sheets={name: [row] for name, row in ROWS.items()} | sheets,
        title=SummaryLine("Түбіртек", "Квитанция"),
        summary=[SummaryLine("Орталық", "Центр", "Астана")],
    )


def with_row(sheet: str, **changes: Any) -> ReceiptContent:
    rows: list[Row] = [{**ROWS[sheet], **changes}]
    return receipt(**{sheet: rows})


def refusal(data: bytes) -> KnownError:
    with pytest.raises(KnownError) as refused:
        read_receipt(data)
    return refused.value


def resigned(change: Callable[[bytes], bytes], part: str) -> bytes:
    """A receipt whose part was changed before an honest key signed it."""
    with ZipFile(BytesIO(build_workbook(receipt()))) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    changed = change(parts[part])
    assert changed != parts[part]
    return sign_package(container.write({**parts, part: changed}, compress=False), KEY, MOMENT)


def sheet_part(name: str) -> str:
    return f"xl/worksheets/sheet{['summary', 'manifest', *SHEETS].index(name) + 1}.xml"


def test_a_receipt_comes_back_as_it_was_written() -> None:
    said = read_receipt(write_receipt(receipt(), KEY, MOMENT))
    assert said.head == receipt().head
    assert {name: list(rows) for name, rows in said.sheets.items() if rows} == {
        name: [row] for name, row in ROWS.items()
    }
    assert said.sheets.keys() == SHEETS.keys()
    assert (said.fingerprint, said.signed_at) == (KEY.fingerprint, MOMENT)


def test_a_person_can_open_it() -> None:
    book = load_workbook(BytesIO(write_receipt(receipt(), KEY, MOMENT)))
    assert book.sheetnames == ["summary", "manifest", *SHEETS]
    assert [cell.value for cell in book["summary"][1]][:2] == ["Түбіртек", "Квитанция"]
    assert book["questions"]["F2"].value == "=1+1 деген не?"
    assert book["questions"]["F2"].data_type == "s"


@pytest.mark.parametrize(
    ("sheet", "changes"),
    [
        ("packages", {"status": "lost"}),
        ("packages", {"month": "2024-13"}),
        ("packages", {"late": 2}),
        ("packages", {"sequence": 0}),
        ("questions", {"id": "no id"}),
        ("questions", {"question_ru": None}),
        ("questions", {"row_code": "1f2e3d4c5b"}),
        ("questions", {"asked_on": "2024-02-30"}),
        ("deadlines", {"due_on": "soon"}),
        ("headquarters_certificates", {"purpose": "other"}),
        ("headquarters_certificates", {"fingerprint": "0" * 64}),
    ],
)
def test_what_a_receipt_cannot_say_is_neither_written_nor_read(
    sheet: str, changes: dict[str, Any]
) -> None:
    with pytest.raises(BugError):
        write_receipt(with_row(sheet, **changes), KEY, MOMENT)
    data = sign_package(build_workbook(with_row(sheet, **changes)), KEY, MOMENT)
    code = "receipt_certificate" if "fingerprint" in changes else "receipt_bad_cell"
    assert refusal(data).code == code


def test_a_row_that_stands_there_twice_is_refused() -> None:
    twice = receipt(questions=[ROWS["questions"], ROWS["questions"]])
    error = refusal(sign_package(build_workbook(twice), KEY, MOMENT))
    assert (error.code, error.params) == ("receipt_duplicate", {"sheet": "questions", "row": 3})


@pytest.mark.parametrize(
    ("part", "old", "new", "code"),
    [
        ("packages", b"accepted", b"refused", "receipt_row_hash"),
        ("packages", b"received_on", b"received", "receipt_columns"),
        ("manifest", b"total.accepted", b"total.taken", "receipt_manifest"),
        ("manifest", b"receipt_version", b"schema_version", "not_a_receipt"),
        ("manifest", b"2024-02-02T09:30", b"2024-02-02 09:30", "receipt_manifest"),
    ],
)
def test_what_an_honest_key_signed_wrongly_is_refused_by_name(
    part: str, old: bytes, new: bytes, code: str
) -> None:
    data = resigned(lambda content: content.replace(old, new, 1), sheet_part(part))
    assert refusal(data).code == code


def test_a_wrong_control_total_or_count_or_version_is_refused() -> None:
    def stated(key: bytes, value: bytes) -> str:
        def change(content: bytes) -> bytes:
            start = content.index(b"<v>", content.index(key)) + 3
            return content[:start] + value + content[content.index(b"</v>", start) :]

        return refusal(resigned(change, sheet_part("manifest"))).code

    assert stated(b"total.accepted", b"2") == "receipt_total"
    assert stated(b"rows.packages", b"2") == "receipt_row_count"
    assert stated(b"receipt_version", b"2") == "receipt_newer_version"


def test_a_cell_changed_after_signing_is_named() -> None:
    with ZipFile(BytesIO(write_receipt(receipt(), KEY, MOMENT))) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    name = sheet_part("packages")
    parts[name] = parts[name].replace(b"2024-02-02", b"2024-03-02", 1)
    error = refusal(container.write(parts))
    assert (error.code, error.params["sheet"], error.params["row"]) == (
        "row_changed",
        "packages",
        2,
    )


def test_every_part_is_signed() -> None:
    whole = write_receipt(receipt(), KEY, MOMENT)
    with ZipFile(BytesIO(whole)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    for name, inside in parts.items():
        middle = len(inside) // 2
        flipped = inside[:middle] + bytes([(inside[middle] if inside else 0) ^ 1])
        flipped += inside[middle + 1 :]
        with pytest.raises(KnownError):
            read_receipt(container.write({**parts, name: flipped}))


def test_a_package_is_no_receipt_and_a_receipt_no_package() -> None:
    assert refusal(write_package(content(), KEY, MOMENT)).code == "not_a_receipt"
    with pytest.raises(KnownError, match="package_manifest"):
        read_package(write_receipt(receipt(), KEY, MOMENT))


def test_of_an_unknown_signer_only_the_head_is_read() -> None:
    head = read_head(verified_receipt(write_receipt(receipt(), KEY, MOMENT)))
    assert head == receipt().head


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_finds_the_signature_valid(tmp_path: Path) -> None:
    path = tmp_path / "receipt.xlsx"
    path.write_bytes(write_receipt(receipt(), KEY, MOMENT))
    assert signatures_found_valid([path], tmp_path / "profile") == [[True]]


def test_the_example_of_the_specification_is_right() -> None:
    page = (Path(__file__).parents[2] / "docs" / "receipt.md").read_text(encoding="utf-8")
    assert row_hash("deadlines", ROWS["deadlines"]) in page
    for sheet, kinds in SHEETS.items():
        assert f"`{sheet}`" in page
        listed = sheet in RECEIVED_LISTS
        assert listed or all(f"`{column}`" in page for column in kinds)
