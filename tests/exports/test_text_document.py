"""Texts that a person opens: DOCX with tables and charts, plain text of three encodings."""

import io
import zipfile

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from exports import text_document
from exports.text_document import read_text_document
from pravo_desktop.errors import KnownError

_CHART = b"""<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:ser>
<c:cat><c:strCache><c:pt><c:v>Men</c:v></c:pt><c:pt><c:v>Women</c:v></c:pt></c:strCache></c:cat>
<c:val><c:numCache><c:pt><c:v>3228</c:v></c:pt><c:pt><c:v>3409</c:v></c:pt></c:numCache></c:val>
</c:ser></c:chartSpace>"""


def docx() -> bytes:
    document = Document()
    document.add_paragraph("Астанада 1 206 жұп.")
    document.add_paragraph("")
    table = document.add_table(rows=2, cols=3)
    for row, cells in zip(
        table.rows, (("", "Жұптар", "Консультациялар"), ("Ақтөбе", "93", "217")), strict=True
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    part = Part(
        PackURI("/word/charts/chart1.xml"), "application/xml", _CHART, document.part.package
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def test_a_docx_gives_its_paragraphs_the_cells_of_tables_and_the_series_of_charts() -> None:
    assert read_text_document("report.docx", docx()) == [
        "Астанада 1 206 жұп.",
        "Ақтөбе — Жұптар — 93",
        "Ақтөбе — Консультациялар — 217",
        "Men\tWomen\t3228\t3409",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_a_plain_text_is_read_in_the_encodings_that_notepad_writes(encoding: str) -> None:
    text = "Всего 3605 пар.\r\n\r\nИз них 93 в Актобе."
    assert read_text_document("отчёт.txt", text.encode(encoding)) == [
        "Всего 3605 пар.",
        "Из них 93 в Актобе.",
    ]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"\x00" * 40])
def test_a_file_that_is_no_docx_is_refused(data: bytes) -> None:
    with pytest.raises(KnownError, match="text_not_read"):
        read_text_document("report.docx", data)


def test_a_workbook_named_docx_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(KnownError, match="text_not_read"):
        read_text_document("report.docx", packed.getvalue())


def test_a_docx_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = docx()
    monkeypatch.setattr(text_document, "LARGEST_TEXT", len(data) + 1)
    with pytest.raises(KnownError, match="text_too_large"):
        read_text_document("report.docx", data)
