"""Lists that leave the window: what stands in the workbook and on the pages."""

import io
import subprocess
import tempfile
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from exports.list_columns import ListColumn, Value
from exports.lists import write_list_pdf, write_list_xlsx
from pravo_desktop.i18n import Translator

COLUMNS = (ListColumn("Аты-жөні"), ListColumn("Лауазымы"), ListColumn("Ставка, %", number=True))
NOW = datetime(2024, 5, 20, 7, 0, tzinfo=UTC)


class GivenUp(Exception):
    """Raised by a progress hook."""


def cells(rows: Sequence[Sequence[Value]], title: str = "Қызметкерлер") -> list[list[object]]:
    book = load_workbook(io.BytesIO(write_list_xlsx(title, COLUMNS, rows)))
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]


def pdf(
    rows: Sequence[Sequence[str]],
    columns: Sequence[ListColumn] = COLUMNS,
    title: str = "Қызметкерлер",
) -> bytes:
    return write_list_pdf(
        title, columns, rows, translator=Translator("ru"), made_at=NOW, made_by="lead"
    )


def text_of(data: bytes, folder: Path) -> str:
    file = folder / "list.pdf"
    file.write_bytes(data)
    read = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True, text=True
    )
    return read.stdout


def test_a_workbook_has_title_heads_and_rows_in_any_letters() -> None:
    found = cells([("Әлиұлы Нұрлан", "Психолог", 100), ("Ёлкина Юлия", "Юрист", 50)])
    assert found[0][0] == "Қызметкерлер"
    assert found[2] == ["Аты-жөні", "Лауазымы", "Ставка, %"]
    assert found[3:] == [["Әлиұлы Нұрлан", "Психолог", 100], ["Ёлкина Юлия", "Юрист", 50]]


@pytest.mark.parametrize(
    "typed",
    ['=HYPERLINK("http://x")', "+7 701 123 45 67", "-1", "@SUM(A1)", "007", "1e5", "#REF!"],
)
def test_text_stays_text_whatever_it_begins_with(typed: str) -> None:
    data = write_list_xlsx("=1+1", COLUMNS, [(typed, "", 1)])
    page = load_workbook(io.BytesIO(data)).worksheets[0]
    cell = page["A4"]
    assert (cell.value, cell.data_type) == (typed, "s")
    assert page["A1"].data_type == "s"
    assert cell.quotePrefix == (typed[0] in "=+-@")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_what_a_workbook_cannot_hold_does_not_spoil_it() -> None:
    found = cells([("a\x0bb", "_x0041_", 1)], title="[Тізім]: a/b * " + "ә" * 40)
    assert found[3][0] == "ab"
    # openpyxl leaves the escape in place; Excel and LibreOffice read what was typed.
    assert found[3][1] == "_x005F_x0041_"


def test_the_heads_stay_in_sight_and_can_be_filtered() -> None:
    data = write_list_xlsx("Тізім", COLUMNS, [("Әсем", "Юрист", 100)])
    page = load_workbook(io.BytesIO(data)).worksheets[0]
    assert (page.freeze_panes, page.auto_filter.ref) == ("A4", "A3:C4")
    assert page.print_title_rows == "$3:$3"


def test_a_list_can_be_given_up_midway() -> None:
    told: list[int] = []

    def hook(step: str, done: int, total: int) -> None:
        told.append(done)
        if done:
            raise GivenUp

    with pytest.raises(GivenUp):
        write_list_xlsx("Тізім", COLUMNS, [("а", "б", 1)] * 2000, progress=hook)
    assert told == [0, 500]
    with pytest.raises(GivenUp):
        write_list_pdf(
            "Тізім",
            COLUMNS,
            [("а", "б", "1")] * 1100,
            translator=Translator("kk"),
            made_at=NOW,
            made_by="lead",
            progress=hook,
        )
    assert told[-1] == 500


def test_names_are_never_put_into_a_temporary_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    gone = tmp_path / "gone"
    monkeypatch.setattr(tempfile, "tempdir", str(gone))
    with pytest.raises(FileNotFoundError), tempfile.TemporaryFile():
        pass
    assert cells([("Әсем", "Юрист", 100)]) and pdf([("Әсем", "Юрист", "100")])


def test_pages_repeat_title_and_heads_and_are_numbered(tmp_path: Path) -> None:
    rows = [(f"Сынақова {number}", "Психолог", "100") for number in range(1, 121)]
    data = pdf(rows)
    pages = PdfReader(io.BytesIO(data)).pages
    text = text_of(data, tmp_path)
    assert len(pages) > 1
    assert text.count("Аты-жөні") == text.count("Қызметкерлер") == len(pages)
    assert f"{len(pages)}" in text and "20.05.2024 12:00" in text and "lead" in text
    assert all(f"Сынақова {number}" in text for number in range(1, 121))


def test_a_narrow_list_stands_and_a_wide_one_lies(tmp_path: Path) -> None:
    def turned(data: bytes) -> bool:
        box = PdfReader(io.BytesIO(data)).pages[0].mediabox
        return bool(box.width > box.height)

    assert not turned(pdf([("Әсем", "Юрист", "100")]))
    wide = [ListColumn(f"Графа {number}") for number in range(9)]
    assert turned(pdf([tuple("Очень длинное значение" for _ in wide)], wide))


def test_signs_of_markup_and_long_texts_are_printed_as_they_are(tmp_path: Path) -> None:
    long = "сөз " * 2500
    text = text_of(pdf([("<b>A & B</b>", long, "1")]), tmp_path)
    assert "<b>A & B</b>" in text
    assert text.count("сөз") == 2500


def test_an_empty_list_says_so_and_fonts_travel_with_the_pages(tmp_path: Path) -> None:
    data = pdf([])
    assert "нет данных" in text_of(data, tmp_path)
    fonts = subprocess.run(
        ["pdffonts", str(tmp_path / "list.pdf")], check=True, capture_output=True, text=True
    ).stdout.splitlines()[2:]
    assert fonts and all("NotoSans" in line and " yes yes " in line for line in fonts)
