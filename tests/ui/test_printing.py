"""Pages are looked at and printed as they are, from memory; the chosen file is the only one."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QImage, QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A4, A6, landscape
from reportlab.pdfgen.canvas import Canvas

from pravo_desktop.errors import KnownError
from tests.exports.papers_sample import PAPERS
from tests.ui.conftest import press, shell_of
from tests.ui.families import WorkIn
from ui.preview import AT_SIGHT, Pages, Preview, lay_out, page_count, print_pages
from ui.printing import Printout


def numbered(pages: int, size: tuple[float, float] = A4) -> bytes:
    """A PDF whose pages have a bar as high as their number."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    for number in range(1, pages + 1):
        canvas.rect(0, 0, size[0] / 2, 20 * number, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def printer_to(file: Path, data: bytes) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    lay_out(printer, data)
    return printer


def nothing(*_: object) -> None:
    pass


def unlike(one: QImage, other: QImage) -> float:
    """Share of the pixels, of the smaller picture, that are dark in one and light in the other."""
    wide, high = min(one.width(), other.width()), min(one.height(), other.height())
    pairs = [
        (one.pixelColor(x, y).lightness(), other.pixelColor(x, y).lightness())
        for x in range(0, wide, 2)
        for y in range(0, high, 2)
    ]
    return sum(abs(a - b) > 128 for a, b in pairs) / len(pairs)


@pytest.mark.parametrize("paper", sorted(PAPERS))
def test_a_printed_paper_looks_like_its_pdf(qtbot: QtBot, tmp_path: Path, paper: str) -> None:
    data = PAPERS[paper]("kk")
    file = tmp_path / "printed.pdf"
    steps: list[tuple[object, ...]] = []
    made = print_pages(data, printer_to(file, data), lambda *step: steps.append(step))
    printed = file.read_bytes()
    assert page_count(printed) == page_count(data) == made == len(steps)
    with Pages(data) as wanted, Pages(printed) as got:
        for position in range(made):
            difference = unlike(wanted.picture(position, 60), got.picture(position, 60))
            assert difference < 0.005, (position, difference)
    assert list(tmp_path.iterdir()) == [file]


def test_only_the_pages_asked_for_are_printed(qtbot: QtBot, tmp_path: Path) -> None:
    data, file = numbered(5), tmp_path / "printed.pdf"
    printer = printer_to(file, data)
    printer.setFromTo(2, 3)
    assert print_pages(data, printer, nothing) == 2
    with Pages(data) as wanted, Pages(file.read_bytes()) as got:
        assert len(got) == 2
        for position in range(2):
            assert unlike(wanted.picture(position + 1, 40), got.picture(position, 40)) < 0.005


def test_a_wide_page_turns_the_paper_and_a_small_one_keeps_its_size(
    qtbot: QtBot, tmp_path: Path
) -> None:
    for size, wide in ((landscape(A4), True), (landscape(A6), False), (A4, False)):
        data, file = numbered(1, size), tmp_path / "printed.pdf"
        print_pages(data, printer_to(file, data), nothing)
        with Pages(data) as wanted, Pages(file.read_bytes()) as got:
            width, height = got.size(0)
            assert (width > height) is wide
            assert unlike(wanted.picture(0, 40), got.picture(0, 40)) < 0.005


def test_a_page_too_large_for_the_chosen_paper_is_made_smaller(
    qtbot: QtBot, tmp_path: Path
) -> None:
    data, file = numbered(1), tmp_path / "printed.pdf"
    printer = printer_to(file, data)
    a5 = QPageSize(QPageSize.PageSizeId.A5)
    upright = QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(a5, upright, QMarginsF(0, 0, 0, 0)))
    print_pages(data, printer, nothing)
    with Pages(data) as wanted, Pages(file.read_bytes()) as got:
        smaller = wanted.picture(0, 40 * got.size(0)[0] / wanted.size(0)[0])
        assert unlike(smaller, got.picture(0, 40)) < 0.01


def test_printing_given_up_ends_at_the_next_page(qtbot: QtBot, tmp_path: Path) -> None:
    data = numbered(3)
    seen: list[int] = []

    def give_up(_: str, done: int, total: int) -> None:
        seen.append(done)
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        print_pages(data, printer_to(tmp_path / "printed.pdf", data), give_up)
    assert seen == [0, 1]


@pytest.mark.qt_log_ignore("begin", extend=True)
def test_a_printer_that_does_not_answer_is_told_of(qtbot: QtBot, tmp_path: Path) -> None:
    data = numbered(1)
    printer = printer_to(tmp_path / "no such folder" / "printed.pdf", data)
    with pytest.raises(KnownError, match="not_printed"):
        print_pages(data, printer, nothing)


@pytest.fixture
def offered(
    centre_folder: Path, work_in: WorkIn, tmp_path: Path
) -> Callable[[bytes], tuple[Preview, list[str]]]:
    """Shows pages in a window; the list says what became of them."""
    window, _ = work_in(centre_folder)
    page = shell_of(window).page
    events: list[str] = []

    def issue(then: Callable[[bytes], object]) -> None:
        events.append("issued")
        then(numbered(2))

    def look(data: bytes) -> tuple[Preview, list[str]]:
        out = Printout(
            page, page.desk, "Бумага", "paper.pdf", "papers", issue, lambda: events.append("taken")
        )
        out.look(data)
        found = page.findChild(Preview)
        assert found is not None
        return found, events

    return look


def test_pages_are_looked_at_then_printed_and_the_window_says_how_many(
    qtbot: QtBot, tmp_path: Path, offered: Callable[[bytes], tuple[Preview, list[str]]]
) -> None:
    data, file = numbered(2), tmp_path / "printed.pdf"
    preview, events = offered(data)
    qtbot.waitUntil(lambda: preview.view.pageCount() == 2, timeout=10_000)
    assert preview.told.text() == "2 страницы" and not events
    preview.print_on(printer_to(file, data))
    qtbot.waitUntil(lambda: events == ["issued", "taken"], timeout=10_000)
    assert page_count(file.read_bytes()) == 2


def test_looking_and_leaving_issues_nothing(
    qtbot: QtBot, offered: Callable[[bytes], tuple[Preview, list[str]]]
) -> None:
    preview, events = offered(numbered(AT_SIGHT + 2))
    qtbot.waitUntil(lambda: preview.view.pageCount() == AT_SIGHT, timeout=20_000)
    assert preview.told.text().startswith(f"{AT_SIGHT + 2} страницы")
    with qtbot.waitSignal(preview.rejected):
        press(qtbot, preview, "Esc")
    assert not events


@pytest.mark.skipif(bool(QPrinterInfo.availablePrinterNames()), reason="this computer can print")
def test_where_there_is_no_printer_saving_is_offered(
    qtbot: QtBot, offered: Callable[[bytes], tuple[Preview, list[str]]]
) -> None:
    preview, events = offered(numbered(1))
    press(qtbot, preview, "Ctrl+P")
    assert preview.note.text and preview.save_button.hasFocus() and not events
