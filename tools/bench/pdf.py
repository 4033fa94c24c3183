"""The report as a PDF against a bare canvas that draws the same texts and shapes.

The floor knows where everything stands: it takes the texts with their fonts and places and the
boxes of all shapes from the finished report, and draws them on as many pages, with the same
embedded fonts and the same compression.
"""

import ctypes
import io
from dataclasses import dataclass
from datetime import date
from functools import partial

import pypdfium2
import pypdfium2.raw as pdfium
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from exports.pdf import BOLD, REGULAR
from exports.report.pdf import write_report_pdf
from pravo_desktop.i18n import Translator
from pravo_desktop.usecases.figures import project_figures
from pravo_desktop.usecases.reports import report_content
from tools.bench.big_year import YEAR, big_headquarters
from tools.bench.measure import Measured, compare


@dataclass
class _Page:
    """Texts as font, size, x, y and characters; shapes as x, y, width and height, in points."""

    texts: list[tuple[str, float, float, float, str]]
    boxes: list[tuple[float, float, float, float]]


def report_pdf() -> Measured:
    """The demo's report of the year in Kazakh."""
    workplace = big_headquarters(1)
    session = workplace.session()
    with session.transaction():
        content = report_content(session, project_figures(session, YEAR, date(2025, 1, 31)), "kk")
    session.close()
    workplace.close()
    write = partial(write_report_pdf, content, Translator("kk"))
    pages = _pages(write())
    return compare(f"report as PDF, {len(pages)} pages", partial(_draw, pages), write, bound=3)


def _pages(data: bytes) -> list[_Page]:
    with pypdfium2.PdfDocument(data) as document:
        return [_drawn(page) for page in document]


def _drawn(page: pypdfium2.PdfPage) -> _Page:
    found = _Page([], [])
    letters = page.get_textpage()
    for item in page.get_objects():
        if item.type == pdfium.FPDF_PAGEOBJ_TEXT:
            length = pdfium.FPDFTextObj_GetText(item, letters, None, 0)
            buffer = (ctypes.c_ushort * (length // 2))()
            pdfium.FPDFTextObj_GetText(item, letters, buffer, length)
            text = bytes(buffer).decode("utf-16-le").rstrip("\0")
            size = ctypes.c_float()
            pdfium.FPDFTextObj_GetFontSize(item, size)
            name = ctypes.create_string_buffer(128)
            pdfium.FPDFFont_GetBaseFontName(pdfium.FPDFTextObj_GetFont(item), name, 128)
            font = BOLD if b"Bold" in name.value else REGULAR
            matrix = item.get_matrix()
            found.texts.append((font, size.value, matrix.e, matrix.f, text))
        else:
            left, bottom, right, top = item.get_bounds()
            found.boxes.append((left, bottom, right - left, top - bottom))
    return found


def _draw(pages: list[_Page]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for page in pages:
        for x, y, width, height in page.boxes:
            canvas.rect(x, y, width, height, stroke=0, fill=1)
        for font, size, x, y, text in page.texts:
            canvas.setFont(font, size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
