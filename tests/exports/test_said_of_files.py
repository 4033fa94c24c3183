"""What files say of themselves: their title and the program, no name, nothing of libraries."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from exports.list_columns import ListColumn
from exports.lists import write_list_pdf, write_list_xlsx
from exports.report.docx import write_report_docx
from exports.report.pdf import write_report_pdf
from exports.report.xlsx import write_report_xlsx
from pravo_desktop.i18n import Translator
from tests.exports.papers_sample import PAPERS
from tests.exports.report_sample import sample_content

LANGUAGES = ("kk", "ru")
TITLES = {"kk": "Қызметкерлер", "ru": "Сотрудники"}
_MADE_BY = "Ёлкина Юлия"
_LIBRARIES = re.compile(r"openpyxl|python-docx|macintosh|microsoft|unspecified|anonymous|untitled")


def list_pdf(language: str) -> bytes:
    return write_list_pdf(
        TITLES[language],
        (ListColumn("№"),),
        [("1",)],
        translator=Translator(language),
        made_at=datetime(2024, 5, 20, 7, 0, tzinfo=UTC),
        made_by=_MADE_BY,
    )


def list_xlsx(language: str) -> bytes:
    return write_list_xlsx(TITLES[language], (ListColumn("№"),), [("1",)])


def report_docx(language: str) -> bytes:
    return write_report_docx(sample_content(language), Translator(language))


def report_xlsx(language: str) -> bytes:
    return write_report_xlsx(sample_content(language), Translator(language))


def report_pdf(language: str) -> bytes:
    return write_report_pdf(sample_content(language), Translator(language))


def told_of(data: bytes) -> dict[str, str]:
    """The parts of an office file that tell of it, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        names = [name for name in parts.namelist() if name.startswith("docProps/")]
        return {name: parts.read(name).decode() for name in names}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("write", [report_docx, report_xlsx])
def test_a_report_for_an_office_program_is_of_this_program(
    write: Callable[[str], bytes], language: str
) -> None:
    told = told_of(write(language))
    assert told.keys() == {"docProps/app.xml", "docProps/core.xml"}
    assert "<Application>Pravo Desktop</Application>" in told["docProps/app.xml"]
    assert not _LIBRARIES.search("".join(told.values()).lower())
    assert {"kk": "есеп", "ru": "отчёт"}[language] in told["docProps/core.xml"]
    assert f">{language}" in told["docProps/core.xml"]


def test_the_word_document_keeps_nothing_of_the_making_of_its_template() -> None:
    with zipfile.ZipFile(io.BytesIO(report_docx("ru"))) as parts:
        names = parts.namelist()
        settings = parts.read("word/settings.xml").decode()
        told = parts.read("[Content_Types].xml") + parts.read("_rels/.rels")
    assert not [name for name in names if "thumbnail" in name or name.startswith("customXml/")]
    assert b"jpeg" not in told and b"thumbnail" not in told
    for gone in ("rsid", "proofState", "savePreviewPicture", "en-US"):
        assert gone not in settings
    assert 'w:decimalSymbol w:val=","' in settings


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_as_a_workbook_is_titled_and_names_nobody(language: str) -> None:
    told = told_of(list_xlsx(language))
    assert TITLES[language] in told["docProps/core.xml"]
    assert "creator" not in told["docProps/core.xml"]
    assert load_workbook(io.BytesIO(list_xlsx(language))).properties.title == TITLES[language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("write", [report_pdf, list_pdf, *PAPERS.values()])
def test_a_pdf_is_titled_in_its_language_by_this_program(
    write: Callable[[str], bytes], language: str
) -> None:
    reader = PdfReader(io.BytesIO(write(language)))
    told = reader.metadata
    assert told is not None and told.title
    assert told.creator == "Pravo Desktop"
    assert not _LIBRARIES.search(" ".join(map(str, told.values())).lower())
    assert str(reader.root_object["/Lang"]) == language


def test_a_list_does_not_carry_the_name_of_who_made_it_out_of_its_pages() -> None:
    reader = PdfReader(io.BytesIO(list_pdf("ru")))
    assert reader.metadata is not None
    assert _MADE_BY not in " ".join(map(str, reader.metadata.values()))
