"""The Word document that headquarters goes on editing: the PDF's report in real Word parts."""

import io
from functools import cache
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from exports.report.blocks import Chart, Heading, Table
from exports.report.document import compose
from exports.report.docx import write_report_docx
from pravo_desktop.i18n import Translator
from tests.exports.report_sample import empty_content, sample_content

LANGUAGES = ("kk", "ru")


@cache
def written(language: str) -> bytes:
    return write_report_docx(sample_content(language), Translator(language))


def style_of(paragraph: Paragraph) -> str:
    assert paragraph.style is not None
    return str(paragraph.style.name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_the_headings_tables_and_charts_of_the_report(language: str) -> None:
    content = sample_content(language)
    blocks = compose(content, Translator(language))
    document = docx.Document(io.BytesIO(written(language)))
    headings = [p.text for p in document.paragraphs if style_of(p).startswith("Heading")]
    assert headings == [block.text for block in blocks if isinstance(block, Heading)]
    tables = [block for block in blocks if isinstance(block, Table)]
    assert [len(grid.columns) for grid in document.tables] == [len(one.heads) for one in tables]
    charts = sum(isinstance(block, Chart) for block in blocks)
    assert len(document.inline_shapes) == charts
    captions = [p.text for p in document.paragraphs if style_of(p) == "Caption"]
    assert len(captions) == len(tables) + charts


def test_captions_are_numbered_by_word_itself_and_heads_repeat() -> None:
    document = docx.Document(io.BytesIO(written("ru")))
    captions = [p for p in document.paragraphs if style_of(p) == "Caption"]
    assert captions[0].text.startswith("Таблица 1. ")
    assert all("SEQ" in p._p.xml for p in captions)
    # The project card has no head.
    for grid in document.tables[1:]:
        assert grid.rows[0]._tr.trPr is not None
        assert grid.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_the_figures_are_those_of_the_text_and_the_tables() -> None:
    document = docx.Document(io.BytesIO(written("ru")))
    text = " ".join(p.text for p in document.paragraphs).replace("\xa0", " ")
    assert "всего — 12 750, из них мужчин — 3 328, женщин — 3 409" in text
    cells = {cell.text for grid in document.tables for cell in grid._cells}
    assert {"12\xa0750", "1\xa0778*", "нет данных"} <= cells


@pytest.mark.parametrize(("language", "tongue"), [("kk", "kk-KZ"), ("ru", "ru-RU")])
def test_word_checks_the_spelling_in_the_language_of_the_report(language: str, tongue: str) -> None:
    document = docx.Document(io.BytesIO(written(language)))
    languages = {
        one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang")) if one.attrib
    }
    assert languages == {tongue}
    assert document.core_properties.language == tongue


def test_pages_are_numbered_and_the_contents_are_a_field() -> None:
    data = written("kk")
    document = docx.Document(io.BytesIO(data))
    footer = document.sections[0].footer._element.xml
    assert "NUMPAGES" in footer and "PAGE" in footer
    body = ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    assert "TOC \\o" in body and body.count("PAGEREF") > 20


def test_equal_reports_are_equal_byte_for_byte() -> None:
    assert write_report_docx(sample_content("kk"), Translator("kk")) == written("kk")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_without_packages_is_written_too(language: str) -> None:
    data = write_report_docx(empty_content(language), Translator(language))
    assert docx.Document(io.BytesIO(data)).tables


def test_captions_heads_and_notes_stay_with_their_tables_and_short_tables_whole() -> None:
    document = docx.Document(io.BytesIO(written("kk")))
    assert document.styles["Caption"].paragraph_format.keep_with_next
    for grid in document.tables:
        rows = grid.rows
        kept = [
            all(p.paragraph_format.keep_with_next for p in row.cells[0].paragraphs) for row in rows
        ]
        assert kept[0] and kept[-1]
        assert len(rows) > 12 or all(kept)
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert any(len(grid.rows) > 15 for grid in document.tables)


def test_charts_stand_inside_the_margins() -> None:
    document = docx.Document(io.BytesIO(written("ru")))
    page = document.sections[0]
    assert page.page_width and page.left_margin and page.right_margin
    room = page.page_width - page.left_margin - page.right_margin
    for picture in document.inline_shapes:
        aside = int(picture._inline.get("distL")) + int(picture._inline.get("distR"))
        # Twentieths of a point are the measure of Word's margins.
        assert picture.width + aside <= room + 635 * 20


def test_word_renews_the_contents_whose_heading_is_not_spaced() -> None:
    document = docx.Document(io.BytesIO(written("ru")))
    renewed = document.settings.element.find(qn("w:updateFields"))
    assert renewed is not None and renewed.get(qn("w:val")) == "true"
    for name in ("Title", "Subtitle"):
        font = document.styles[name].element.rPr
        assert font.find(qn("w:spacing")) is None
