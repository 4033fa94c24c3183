"""The parts that the papers are set from: letterhead, facts, tables, signatures, pages."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, HRFlowable, Paragraph, Spacer, Table

from exports.papers.content import Issuer
from exports.papers.templates import Template
from exports.pdf import (
    BOLD,
    HAIR,
    INK,
    QUIET,
    REGULAR,
    SIDE,
    TOP,
    style,
    write_pages,
)
from pravo_desktop.i18n import NBSP, Translator

WIDTH = A4[0] - 2 * SIDE
_HEIGHT = A4[1] - 2 * TOP

_HEAD = style("head", 10.5, fontName=BOLD, leading=14)
_CONTACTS = style("contacts", 8.5, leading=11.5, textColor=QUIET)
_TITLE = style("title", 14, fontName=BOLD, leading=18, alignment=1)
_SUBTITLE = style("subtitle", 9.5, leading=13, alignment=1, textColor=QUIET)
BODY = style("body", 10.5, spaceBefore=6, spaceAfter=6)
NOTE = style("note", 8.5, leading=11.5, textColor=QUIET)
_LABEL = style("label", 9, leading=12.5, textColor=QUIET)
_VALUE = style("value", 10.5, leading=14)
_CELL = style("cell", 9, leading=12)
_NUMBER = style("number", 9, leading=12, alignment=2)
_CELL_HEAD = style("cell_head", 8.5, fontName=BOLD, leading=11)
_NUMBER_HEAD = style("number_head", 8.5, fontName=BOLD, leading=11, alignment=2)
_ROLE = style("role", 9.5, leading=12.5)
_NAME = style("name", 9.5, leading=12.5, alignment=1)
_UNDER_LINE = style("under_line", 7.5, leading=9.5, alignment=1, textColor=QUIET)

_AFTER_NUMBER = 10
FONT = ("FONTNAME", (0, 0), (-1, -1), REGULAR)
"""Of a table's empty cells, which otherwise ask for a font that is not in the file."""
_KEPT_ROWS = 3
"""So many last rows of a table at least stand above the signatures."""


def write_paper(
    story: Iterable[Flowable],
    texts: Template,
    issuer: Issuer,
    *,
    title: str,
    mark: tuple[str, str] | None = None,
) -> bytes:
    """A paper on A4 pages with the version of its text and page x of y at the foot.

    Args:
        title: also the running head from the second page on.
        mark: what is said in a frame at the top of every page, and the line below it.
    """

    def finish(canvas: Canvas, page: int, pages: int) -> None:
        left, right = SIDE, A4[0] - SIDE
        canvas.saveState()
        canvas.setFont(REGULAR, 7.5)
        canvas.setFillColor(QUIET)
        canvas.drawString(left, 13 * mm, texts.fill("version_note", version=texts.version))
        numbers = texts.fill("page", page=str(page), pages=str(pages))
        canvas.drawRightString(right, 13 * mm, numbers)
        if page > 1:
            y = A4[1] - TOP + 6 * mm
            canvas.setFont(REGULAR, 8.5)
            canvas.drawString(left, y, title)
            canvas.setStrokeColor(HAIR)
            canvas.setLineWidth(0.5)
            canvas.line(left, y - 4, right, y - 4)
        if mark:
            _draw_mark(canvas, mark, right)
        canvas.restoreState()

    return write_pages(
        list(story),
        finish,
        language=texts.language,
        title=title,
        author=issuer.organisation,
    )


def _draw_mark(canvas: Canvas, mark: tuple[str, str], right: float) -> None:
    heavy, light = mark
    width = max(stringWidth(heavy, BOLD, 9.5), stringWidth(light, REGULAR, 7.5)) + 16
    bottom = A4[1] - 15.5 * mm
    canvas.setStrokeColor(INK)
    canvas.setFillColor(INK)
    canvas.setLineWidth(1)
    canvas.rect(right - width, bottom, width, 26)
    canvas.setFont(BOLD, 9.5)
    canvas.drawCentredString(right - width / 2, bottom + 14.5, heavy)
    canvas.setFont(REGULAR, 7.5)
    canvas.drawCentredString(right - width / 2, bottom + 5, light)


def markup(value: str | None) -> str | None:
    """A value as markup that shows it letter by letter; None stays None."""
    return None if value is None else escape(value)


def unbroken(value: str | None) -> str | None:
    """A value that stays on one line, such as a phone number."""
    return None if value is None else value.replace(" ", NBSP)


def long_day(day: date | None, translator: Translator) -> str | None:
    """A date in words that stays on one line."""
    return None if day is None else unbroken(translator.long_date(day))


def letterhead(issuer: Issuer, texts: Template) -> list[Flowable]:
    """Who issues the paper, over a rule."""
    number = texts.fill("bin", bin=issuer.bin) if issuer.bin else None
    lines = (
        (markup(issuer.organisation), number),
        (markup(issuer.address), unbroken(markup(issuer.phone)), markup(issuer.email)),
    )
    below = [" · ".join(filter(None, parts)) for parts in lines if any(parts)]
    return [
        Paragraph(escape(issuer.centre), _HEAD),
        *(Paragraph(line, _CONTACTS) for line in below),
        Spacer(0, 5),
        HRFlowable(width=WIDTH, thickness=0.75, color=INK, spaceBefore=0, spaceAfter=0),
        Spacer(0, 16),
    ]


def heading(title: str, subtitle: str | None = None) -> list[Flowable]:
    """The paper's title and what stands below it, as markup."""
    parts: list[Flowable] = [Paragraph(title, _TITLE)]
    if subtitle:
        parts += [Spacer(0, 2), Paragraph(subtitle, _SUBTITLE)]
    return [*parts, Spacer(0, 12)]


def facts(rows: Iterable[tuple[str, str | None]], label_width: float = 46 * mm) -> Table:
    """Labels with their values, as markup, on lines; None leaves the line to be filled in."""
    data, empty = [], []
    for index, (label, value) in enumerate(rows):
        data.append([Paragraph(label, _LABEL), Paragraph(value or NBSP, _VALUE)])
        if value is None:
            empty.append(("TOPPADDING", (0, index), (-1, index), 9))
    return Table(
        data,
        colWidths=[label_width, WIDTH - label_width],
        hAlign="LEFT",
        style=[
            FONT,
            ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
            ("LEFTPADDING", (0, 0), (0, -1), 0),
            ("LEFTPADDING", (1, 0), (1, -1), 2),
            ("RIGHTPADDING", (0, 0), (-1, -1), 6),
            ("TOPPADDING", (0, 0), (-1, -1), 4.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
            ("LINEBELOW", (1, 0), (1, -1), 0.5, QUIET),
            *empty,
        ],
    )


def signed_table(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    closing: Sequence[Flowable],
    *,
    numbers: frozenset[int] = frozenset(),
    totals: int = 0,
    handwriting: float | None = None,
) -> Table:
    """A table with repeated head whose closing words and signatures never stand alone on a page.

    Args:
        heads, rows: markup.
        widths: in points.
        closing: what follows the last row and stays with it.
        numbers: columns set to the right.
        totals: so many last rows are totals.
        handwriting: height of the rows in points when they are to be filled in by hand; such
            rows are ruled in both directions.
    """
    data: list[list[Any]] = [
        [
            Paragraph(head, _NUMBER_HEAD if column in numbers else _CELL_HEAD)
            for column, head in enumerate(heads)
        ]
    ]
    for index, row in enumerate(rows):
        total = index >= len(rows) - totals
        data.append(
            [
                Paragraph(
                    f"<b>{cell}</b>" if total and cell else cell,
                    _NUMBER if column in numbers else _CELL,
                )
                for column, cell in enumerate(row)
            ]
        )
    # The closing part is the last row, so that a page break takes the rows before it along.
    data.append([list(closing), *[""] * (len(heads) - 1)])
    commands: list[tuple[Any, ...]] = [
        FONT,
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("VALIGN", (0, 1), (-1, -1), "TOP" if handwriting is None else "MIDDLE"),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("LEFTPADDING", (1, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        *(("LEFTPADDING", (column + 1, 0), (column + 1, -1), _AFTER_NUMBER) for column in numbers),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
        ("LINEBELOW", (0, 0), (-1, 0), 0.75, INK),
        ("LINEBELOW", (0, 1), (-1, -3), 0.25, HAIR if handwriting is None else QUIET),
        ("LINEBELOW", (0, -2), (-1, -2), 0.75, INK),
        ("SPAN", (0, -1), (-1, -1)),
        ("LEFTPADDING", (0, -1), (-1, -1), 0),
        ("RIGHTPADDING", (0, -1), (-1, -1), 0),
        ("TOPPADDING", (0, -1), (-1, -1), 8),
    ]
    if totals:
        commands.append(("LINEABOVE", (0, -1 - totals), (-1, -1 - totals), 0.75, INK))
    if handwriting is not None:
        commands.append(("LINEBEFORE", (1, 0), (-1, -2), 0.5, HAIR))
    grid = Table(
        data,
        colWidths=list(widths),
        rowHeights=None if handwriting is None else [None, *[handwriting] * len(rows), None],
        repeatRows=1,
        hAlign="LEFT",
        style=commands,
    )
    grid.wrap(WIDTH, 1e6)
    heights: list[float] = grid._rowHeights  # type: ignore[attr-defined]
    kept = min(_KEPT_ROWS, len(rows))
    while kept and heights[0] + sum(heights[-1 - kept :]) > _HEIGHT:
        kept -= 1
    grid.setStyle([("NOSPLIT", (0, -1 - kept), (-1, -1))])
    return grid


def signatures(
    people: Iterable[tuple[str, str | None]], texts: Template, stamp: str | None = None
) -> list[Flowable]:
    """A line to sign for each: role and name as markup; None leaves the name to be written."""
    widths = [54 * mm, 4 * mm, 46 * mm, 4 * mm, WIDTH - 108 * mm]
    captions = [
        Paragraph(texts.texts[key], _UNDER_LINE) for key in ("signature_caption", "name_caption")
    ]
    data: list[list[Any]] = []
    commands: list[tuple[Any, ...]] = [
        FONT,
        ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
    ]
    for role, name in people:
        line = len(data)
        data.append([Paragraph(role, _ROLE), "", "", "", Paragraph(name or "", _NAME)])
        data.append(["", "", captions[0], "", captions[1]])
        commands += [
            ("TOPPADDING", (0, line), (-1, line), 13),
            ("LINEBELOW", (2, line), (2, line), 0.5, INK),
            ("LINEBELOW", (4, line), (4, line), 0.5, INK),
            ("VALIGN", (0, line + 1), (-1, line + 1), "TOP"),
            ("NOSPLIT", (0, line), (-1, line + 1)),
        ]
    parts: list[Flowable] = [Table(data, colWidths=widths, style=commands, hAlign="LEFT")]
    if stamp:
        parts += [Spacer(0, 14), Paragraph(stamp, _ROLE)]
    return parts
