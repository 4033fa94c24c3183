"""A slip of A6 with the number of a case, for a person who gave no name."""

from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A6, landscape
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepInFrame, Paragraph, Spacer, Table

from exports.papers.content import Slip
from exports.papers.page import FONT, markup
from exports.papers.templates import template
from exports.pdf import BOLD, INK, QUIET, REGULAR, register_fonts, style, write_pages
from pravo_desktop.i18n import Translator

_PAGE = landscape(A6)
_MARGIN = 11 * mm
_WIDTH = _PAGE[0] - 2 * _MARGIN
_LARGEST = 40

_CENTRE = style("centre", 9.5, leading=13)
_TITLE = style("slip_title", 12, leading=16, textColor=QUIET)
_HINT = style("hint", 10.5, leading=14)
_LABEL = style("slip_label", 9, leading=13, textColor=QUIET)
_VALUE = style("slip_value", 10.5, leading=13)


def write_slip(content: Slip, translator: Translator, version: str | None = None) -> bytes:
    """The slip as PDF of one A6 page; it names nobody.

    Args:
        translator: of the paper's language.
        version: of the text; None is the newest.

    Raises:
        KnownError: ``paper_template_unknown``.
    """
    texts = template("slip", translator.language, version)
    words = texts.texts
    register_fonts()
    size = min(_LARGEST, _LARGEST * _WIDTH / stringWidth(content.case_number, BOLD, _LARGEST))
    number = style("slip_number", size, fontName=BOLD, leading=size * 1.2)
    rows: list[tuple[str, str | None]] = [(words["phone_label"], markup(content.phone))]
    if content.address:
        rows.append((words["address_label"], markup(content.address)))
    rows.append((words["next_label"], None))
    story: list[Flowable] = [
        Paragraph(escape(content.centre), _CENTRE),
        Spacer(0, 22),
        Paragraph(words["title"], _TITLE),
        Paragraph(escape(content.case_number), number),
        Spacer(0, 6),
        Paragraph(words["hint"], _HINT),
        Spacer(0, 8),
        Table(
            [[Paragraph(label, _LABEL), Paragraph(value or "", _VALUE)] for label, value in rows],
            colWidths=[36 * mm, _WIDTH - 36 * mm],
            hAlign="LEFT",
            style=[
                FONT,
                ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
                ("LEFTPADDING", (0, 0), (0, -1), 0),
                ("LEFTPADDING", (1, 0), (1, -1), 2),
                ("TOPPADDING", (0, 0), (-1, -1), 11),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
                ("LINEBELOW", (1, 0), (1, -1), 0.5, INK),
            ],
        ),
    ]

    def finish(canvas: Canvas, page: int, pages: int) -> None:
        canvas.saveState()
        canvas.setFont(REGULAR, 6.5)
        canvas.setFillColor(QUIET)
        note = texts.fill("version_note", version=texts.version)
        canvas.drawString(_MARGIN, 6 * mm, note)
        canvas.restoreState()

    return write_pages(
        [KeepInFrame(_WIDTH, _PAGE[1] - 2 * _MARGIN, story, mode="shrink")],
        finish,
        language=texts.language,
        title=f"{words['title']} {content.case_number}",
        author=content.centre,
        size=_PAGE,
        side=_MARGIN,
        top=_MARGIN,
    )
