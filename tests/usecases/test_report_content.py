"""What a report shows beside its figures: the records behind them, packages, the year before."""

import io
import re
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from exports.report.content import ReportContent
from pravo_desktop.domain.periods import Period
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.figure_records import records_of
from pravo_desktop.usecases.figures import project_figures
from pravo_desktop.usecases.project import stage_period
from pravo_desktop.usecases.report_texts import save_report_text
from pravo_desktop.usecases.reports import make_report, report_content
from pravo_desktop.usecases.stated_totals import StatedValue, save_stated_totals
from tests.usecases.factories import Desk
from tests.usecases.test_own_records import a_card, a_stage, put

YEAR = Period.of_year(2024)


@pytest.fixture
def told(headquarters: Desk, centre: Desk, tmp_path: Path) -> Desk:
    """Headquarters with April of Astana, three couples, and May, one of them again and a fourth."""
    lawyer = centre.specialist("lawyer")
    psychologist = centre.specialist("psychologist")
    first = centre.case(on=date(2024, 4, 2), specialist=lawyer)
    for day in (9, 10):
        centre.case(on=date(2024, 4, day), specialist=psychologist)
    centre.close("2024-04", {"media": "no_activity"})
    centre.export("2024-04")
    centre.at(2024, 6, 3)
    centre.visit(first, date(2024, 5, 6), psychologist)
    centre.case(on=date(2024, 5, 7), specialist=lawyer)
    centre.close("2024-05")
    centre.export("2024-05")
    headquarters.trusts(centre)
    headquarters.at(2024, 6, 10)
    for number in (1, 2):
        headquarters.receive(centre.copy(number, tmp_path / "stick"), late_reason="дорога")
    return headquarters


def workbook(desk: Desk) -> bytes:
    return make_report(desk.session, desk.actor, period=YEAR, language="ru", format="xlsx")


def codes_at(book: Workbook, location: str) -> list[object]:
    """The cells that a link inside a workbook leads to."""
    title, cells = location.rsplit("!", 1)
    return [cell.value for (cell,) in book[title.strip("'")][cells]]


def couples_of_astana(desk: Desk, month: str | None = None) -> set[str]:
    """The codes of the couples behind the figure of a month or of the year."""
    lines = records_of(
        desk.session,
        desk.actor,
        period=YEAR,
        indicator="couples",
        region="astana",
        breakdown=month and "month",
        key=month,
    )
    return {line.code for line in lines}


def content(desk: Desk, period: Period = YEAR) -> ReportContent:
    with desk.session.transaction():
        return report_content(desk.session, project_figures(desk.session, period), "ru")


def linked(book: Workbook) -> dict[tuple[str, str], str]:
    """The targets of the links of the figures, by sheet and cell."""
    return {
        (page.title, cell.coordinate): str(cell.hyperlink.location)
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
        if cell.hyperlink and isinstance(cell.value, int | float)
    }


def test_a_number_of_the_workbook_leads_to_the_codes_of_its_records(told: Desk) -> None:
    book = load_workbook(io.BytesIO(workbook(told)))
    page = book["Месяцы"]
    row = next(
        row for row in page.iter_rows() if row[0].value == "город Астана" and row[4].value == 3
    )
    april, may, whole = row[4], row[5], row[13]
    assert (april.value, may.value, whole.value) == (3, 2, 4)
    for cell, month in ((april, "2024-04"), (may, "2024-05"), (whole, None)):
        assert cell.hyperlink is not None and cell.hyperlink.location is not None
        assert set(codes_at(book, cell.hyperlink.location)) == couples_of_astana(told, month)


def test_every_linked_count_leads_to_as_many_codes(told: Desk) -> None:
    data = workbook(told)
    book = load_workbook(io.BytesIO(data))
    found = linked(book)
    assert len(found) > 30
    for (title, cell), location in found.items():
        codes = codes_at(book, location)
        assert len(codes) == book[title][cell].value and all(codes), (title, cell)
    assert workbook(told) == data


def test_libreoffice_keeps_the_links_and_their_codes(told: Desk, tmp_path: Path) -> None:
    file = tmp_path / "report.xlsx"
    file.write_bytes(workbook(told))
    (tmp_path / "out").mkdir()
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    order = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir"]
    subprocess.run([*order, str(tmp_path / "out"), str(file)], check=True, capture_output=True)
    ours = load_workbook(file)
    theirs = load_workbook(tmp_path / "out" / "report.xlsx")
    kept = {
        place: location.lstrip("#").replace("$", "") for place, location in linked(theirs).items()
    }
    assert kept.keys() == linked(ours).keys()
    for place, location in linked(ours).items():
        assert codes_at(theirs, kept[place]) == codes_at(ours, location)


def test_each_table_names_the_packages_whose_records_it_counts(told: Desk) -> None:
    report = content(told)
    assert [str(line.month) for line in report.packages] == ["2024-04", "2024-05"]
    staff, claims = report.records["staff"], report.records["consultations"]
    assert {line.package for line in staff.lines} == {1}
    assert {line.package for line in claims.lines} == {1, 2}
    assert 1 in report.confirmed["media"]
    may = content(told, Period(date(2024, 5, 1), date(2024, 5, 31)))
    numbers = {line.package for line in may.records["staff"].lines}
    assert {str(may.packages[number - 1].month) for number in numbers} == {"2024-04"}


def test_a_stated_year_stands_beside_the_computed_one_and_says_its_source(told: Desk) -> None:
    assert content(told).compared == ()
    state_couples(told, 2023, 3100)
    (line,) = (one for one in content(told).compared if one.indicator == "couples")
    assert (line.value, line.earlier, line.earlier_from) == (4, 3100, "stated")
    assert line.source == "Отчёт 2023 года, с. 12"
    pages = load_workbook(io.BytesIO(workbook(told)))["Прошлый год"]
    rows = [[cell.value for cell in row] for row in pages.iter_rows(min_row=5)]
    assert rows[0][:5] == ["Показатель", "2024", "2023, подсчитано", "2023, по отчёту", "Разница"]
    assert ["Супружеские пары", 4, "—", 3100, -3096] in [row[:5] for row in rows]
    texts = [row[0] for row in rows if isinstance(row[0], str)]
    assert "Числа в графе «по отчёту»: Отчёт 2023 года, с. 12." in texts


def test_a_text_names_the_earlier_year_as_computed_or_as_stated(told: Desk) -> None:
    state_couples(told, 2023, 3100)
    text = "Пар в 2024 году — {couples:all:2024}, в 2023 году — {couples:all:2023}."
    year = Period.of_year(2025)
    save_report_text(
        told.session, told.actor, period=year, section="conclusion", language="ru", text=text
    )
    said = make_report(told.session, told.actor, period=year, language="ru", format="docx")
    with zipfile.ZipFile(io.BytesIO(said)) as parts:
        words = re.sub(r"<[^>]+>", "", parts.read("word/document.xml").decode())
    words = words.replace("\u00a0", " ")
    assert "Пар в 2024 году — 4, в 2023 году — 3 100 (по отчёту)." in words


def state_couples(desk: Desk, year: int, value: int) -> None:
    """Headquarters types what a report said and puts it into its own report."""
    desk.at(2025, 1, 20)
    save_stated_totals(
        desk.session,
        desk.actor,
        year=year,
        indicator="couples",
        source=f"Отчёт {year} года",
        page="12",
        values=[StatedValue("all", None, None, value)],
    )
    put(desk)


def test_a_stage_is_the_period_that_the_project_card_says(headquarters: Desk) -> None:
    card = a_card(headquarters)
    a_stage(headquarters, card, 2, date(2024, 3, 1), date(2024, 6, 30))
    asked = headquarters.session, headquarters.actor
    assert stage_period(*asked, year=2024, ordinal=2) == Period(date(2024, 3, 1), date(2024, 6, 30))
    with pytest.raises(KnownError) as refused:
        stage_period(*asked, year=2024, ordinal=3)
    assert refused.value.code == "stage_unknown"
