"""The workbook and the JSON of the report: real numbers, real text."""

import io
import json
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook
from python_calamine import CalamineWorkbook

from exports.report.blocks import Chart
from exports.report.charts import chart_svg
from exports.report.document import compose
from exports.report.json import report_json
from exports.report.xlsx import write_report_xlsx
from pravo_desktop.i18n import Translator
from tests.exports.report_sample import CLAIMS, empty_content, sample_content

LANGUAGES = ("kk", "ru")


def workbook(language: str) -> Workbook:
    made = write_report_xlsx(sample_content(language), Translator(language))
    return load_workbook(io.BytesIO(made))


def cells(book: Workbook) -> list[Cell]:
    return [
        cell
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell, Cell) and cell.value is not None
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_are_numbers_that_can_be_added(language: str) -> None:
    book = workbook(language)
    sheet = book.worksheets[5]
    values = [row[1].value for row in sheet.iter_rows(min_row=6, max_row=12)]
    assert values == [*CLAIMS.values(), sum(CLAIMS.values())]
    texts = [cell.value for cell in cells(book) if isinstance(cell.value, str)]
    assert [text for text in texts if not text.strip("0123456789 ,.*")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sheet_is_frozen_under_its_head_and_prints_on_landscape_pages(language: str) -> None:
    book = workbook(language)
    assert len(book.worksheets) == 13
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "B6"
        assert sheet.print_title_rows == "$5:$5"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToWidth == 1


def test_the_three_charts_are_native_bars_of_the_sheets_cells() -> None:
    made = write_report_xlsx(sample_content("kk"), Translator("kk"))
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        charts = [parts.read(name) for name in parts.namelist() if "/charts/chart" in name]
    assert len(charts) == 3
    assert all(b"<barChart>" in chart and b"$B$6" in chart for chart in charts)


def test_a_topic_that_looks_like_a_formula_stays_text() -> None:
    content = sample_content("ru")
    event = replace(content.events[0], topic="=1+1", place="_x0041_")
    made = write_report_xlsx(replace(content, events=(event,)), Translator("ru"))
    book = load_workbook(io.BytesIO(made))
    topic = next(cell for cell in cells(book) if cell.value == "=1+1")
    assert topic.data_type == "s" or topic.quotePrefix
    rows = CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_name("Мероприятия")
    values = [value for row in rows.to_python() for value in row]
    assert "=1+1" in values
    assert "_x0041_" in values


def test_what_nobody_reported_is_words_and_not_a_zero() -> None:
    made = write_report_xlsx(empty_content("ru"), Translator("ru"))
    sheet = load_workbook(io.BytesIO(made)).worksheets[0]
    facts = {row[3].value for row in sheet.iter_rows(min_row=6, max_row=20)}
    assert facts == {"нет данных"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_office_program_opens_it_without_loss(language: str, tmp_path: Path) -> None:
    file = tmp_path / "report.xlsx"
    file.write_bytes(write_report_xlsx(sample_content(language), Translator(language)))
    (tmp_path / "out").mkdir()
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(tmp_path / "out"),
            str(file),
        ],
        check=True,
        capture_output=True,
    )
    ours = CalamineWorkbook.from_path(str(file))
    theirs = CalamineWorkbook.from_path(str(tmp_path / "out" / "report.xlsx"))
    assert theirs.sheet_names == ours.sheet_names
    for name in ours.sheet_names:
        assert contents(theirs, name) == contents(ours, name)


def contents(book: CalamineWorkbook, name: str) -> list[list[object]]:
    """The cells of a sheet, numbers to nine places."""
    rows: list[list[object]] = []
    for row in book.get_sheet_by_name(name).to_python():
        rows.append([round(cell, 9) if isinstance(cell, float) else cell for cell in row])
    return rows


def test_the_screen_gets_the_chart_of_the_pages_as_a_picture() -> None:
    translator = Translator("kk")
    charts = [b for b in compose(sample_content("kk"), translator) if isinstance(b, Chart)]
    assert len(charts) == 5
    drawn = chart_svg(charts[-1], translator, 480)
    assert drawn.lstrip().startswith("<?xml")
    assert "Алимент" in drawn
    assert "293" in drawn


def test_json_has_the_contract_keys_and_every_row() -> None:
    content = sample_content("kk")
    read = json.loads(report_json(content))
    assert (read["from"], read["to"], read["as_of"]) == ("2024-01-01", "2024-12-31", "2025-01-15")
    assert read["state_hash"] == content.state_hash
    assert len(read["rows"]) == len(content.rows)
    assert set(read["rows"][0]) == {
        "indicator",
        "region",
        "breakdown",
        "key",
        "value",
        "plan",
        "state",
        "months",
    }


def test_the_head_of_a_text_column_stands_over_its_texts() -> None:
    for sheet in workbook("ru").worksheets[:14]:
        head = int(str(sheet.freeze_panes)[1:]) - 1
        for column in range(2, sheet.max_column + 1):
            above, below = sheet.cell(head, column), sheet.cell(head + 1, column)
            if above.value and below.value and above.alignment.horizontal == "left":
                assert above.alignment.indent == below.alignment.indent == 1
