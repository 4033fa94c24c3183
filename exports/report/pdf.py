"""The report set on A4 pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Flowable, PageBreak, Spacer
from reportlab.platypus import Table as Grid

from exports.pdf import (
    ACCENT,
    BOLD,
    HAIR,
    INK,
    LEADING,
    QUIET,
    REGULAR,
    SIDE,
    TOP,
    Text,
    register_fonts,
    style,
    write_pages,
)
from exports.report.blocks import Amount, Block, Chart, Cover, Heading, Paragraph, Table, typeset
from exports.report.cells import shown_cell
from exports.report.charts import bar_chart
from exports.report.columns import NARROW_FROM, column_widths, left_pads
from exports.report.content import ReportContent
from exports.report.document import compose, cover
from exports.report.texts import texts
from pravo_desktop.i18n import NBSP, Translator

_WIDTH = A4[0] - 2 * SIDE
_HEIGHT = A4[1] - 2 * TOP

_BODY_SIZE = 10.5
_CELL_SIZE = 9
_CELL_LEADING = 11.6
_DENSE_SIZE = 7.5
_PAD = 4
_SHORT = 3 * _BODY_SIZE * LEADING + 14
"""Height of three lines: such a text goes with the table that it introduces."""
_ROWS_WITH_NOTES = 3
"""As many rows at least stand above the notes of a table."""


_BODY = style("body", _BODY_SIZE, spaceBefore=6, spaceAfter=6)
_BULLET = style(
    "bullet",
    _BODY_SIZE,
    spaceAfter=3,
    leftIndent=14,
    bulletIndent=2,
    bulletFontName=REGULAR,
    bulletFontSize=_BODY_SIZE,
)
_HEADING = {
    1: style("h1", 15, fontName=BOLD, leading=19, spaceBefore=20, spaceAfter=8),
    2: style("h2", 12, fontName=BOLD, leading=16, spaceBefore=14, spaceAfter=6),
}
_CAPTION = style("caption", 9.5, fontName=BOLD, leading=12.5, spaceBefore=10, spaceAfter=4)
_NOTE = style("note", 8.5, leading=11, textColor=QUIET)
_TITLE = style("title", 26, fontName=BOLD, leading=32)
_SUBTITLE = style("subtitle", 15, leading=21)
_FRONT = style("front", 11, leading=16)
_FRONT_QUIET = style("front_quiet", 9, leading=13, textColor=QUIET)


def write_report_pdf(content: ReportContent, translator: Translator) -> bytes:
    """The report as a PDF of A4 pages; equal contents give equal bytes.

    Args:
        translator: of the language of the content.

    Raises:
        KnownError: ``report_language``, ``report_field_unknown``.
    """
    return write_pdf(cover(content, translator), compose(content, translator), translator)


def write_pdf(cover: Cover, blocks: Sequence[Block], translator: Translator) -> bytes:
    """A cover, the contents if it wants them, and the blocks; equal ones give equal bytes."""
    register_fonts()
    return _Setter(cover, blocks, translator).pdf()


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the table of contents; ``level`` as of headings."""

    text: str
    level: int
    anchor: str
    page: int


class _Mark(Flowable):
    """Nothing to see: remembers the page of a heading and makes it a target of links."""

    def __init__(self, heading: Heading, entries: list[_Entry]) -> None:
        super().__init__()
        self.width = self.height = 0
        self._heading = heading
        self._entries = entries

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        heading, canvas = self._heading, self.canv
        canvas.bookmarkHorizontal(heading.key, 0, _HEADING[heading.level].leading + 4)
        canvas.addOutlineEntry(heading.text, heading.key, heading.level - 1)
        self._entries.append(
            _Entry(heading.text, heading.level, heading.key, canvas.getPageNumber())
        )


class _Setter:
    def __init__(self, cover: Cover, blocks: Sequence[Block], translator: Translator) -> None:
        self.cover = cover
        self.blocks = typeset(blocks)
        self.translator = translator
        self.words = texts(translator.language).words
        self.entries: list[_Entry] = []
        self.tables = 0
        self.charts = 0

    def pdf(self) -> bytes:
        return write_pages(
            list(self.story()),
            self.finish_page,
            language=self.translator.language,
            title=self.cover.running,
            author=self.cover.grantee,
            subject=self.cover.project,
        )

    # --- pages ---------------------------------------------------------------------------------

    def finish_page(self, canvas: Canvas, page: int, pages: int) -> None:
        if page == 1 and self.cover.front:
            return
        words, translator = self.words, self.translator
        canvas.saveState()
        canvas.setFont(REGULAR, 8.5)
        canvas.setFillColor(QUIET)
        y = A4[1] - TOP + 8 * mm
        canvas.drawString(SIDE, y, self.cover.running)
        as_of = words["as_of_header"].format(as_of=translator.long_date(self.cover.as_of))
        canvas.drawRightString(A4[0] - SIDE, y, as_of)
        canvas.setStrokeColor(HAIR)
        canvas.setLineWidth(0.5)
        canvas.line(SIDE, y - 4, A4[0] - SIDE, y - 4)
        canvas.drawRightString(A4[0] - SIDE, 13 * mm, words["page"].format(page=page, pages=pages))
        canvas.restoreState()
        if page == 2 and self.cover.contents:
            self.draw_contents(canvas)

    def draw_contents(self, canvas: Canvas) -> None:
        """The contents on the page kept for them; a line links to its heading."""
        y = A4[1] - TOP - 18
        canvas.setFillColor(INK)
        canvas.setFont(BOLD, 15)
        canvas.drawString(SIDE, y, self.words["contents"])
        y -= 14
        step = min(21.0, (y - TOP) / max(len(self.entries), 1))
        for entry in self.entries:
            y -= step
            first = entry.level == 1
            left = SIDE + (0 if first else 14)
            font = REGULAR
            canvas.setFont(font, 10.5 if first else 9.5)
            size = 10.5 if first else 9.5
            canvas.setFillColor(INK)
            canvas.drawString(left, y, entry.text)
            number = str(entry.page)
            canvas.drawRightString(A4[0] - SIDE, y, number)
            start = left + stringWidth(entry.text, font, size) + 6
            end = A4[0] - SIDE - stringWidth(number, font, size) - 6
            canvas.setStrokeColor(HAIR)
            canvas.setLineWidth(0.5)
            canvas.line(start, y + 1, end, y + 1)
            canvas.linkRect(
                "", entry.anchor, (left, y - 4, A4[0] - SIDE, y + size), relative=0, thickness=0
            )

    def story(self) -> Iterator[Flowable]:
        if self.cover.front:
            yield from self.front()
            yield PageBreak()
        if self.cover.contents:
            # Filled by draw_contents when the pages are known.
            yield Spacer(0, 1)
            yield PageBreak()
        pending: list[Flowable] = []
        for block, following in pairwise((*self.blocks, None)):
            if isinstance(block, Heading):
                if block.opens_page:
                    yield PageBreak()
                pending += self.heading(block)
                continue
            assert block is not None
            parts, need = self.block(block)
            introduces = pending and isinstance(block, Paragraph) and need < _SHORT
            if introduces and isinstance(following, Table | Chart):
                pending += parts
                continue
            if pending or not isinstance(block, Paragraph):
                kept = sum(_height(one) for one in pending) + need
                yield CondPageBreak(min(kept, _HEIGHT))
            yield from pending
            yield from parts
            pending = []
        yield from pending

    def front(self) -> Iterator[Flowable]:
        cover, words, translator = self.cover, self.words, self.translator
        yield Text(escape(cover.grantee), _FRONT)
        yield Spacer(0, 62 * mm)
        yield Text(escape(cover.title), _TITLE)
        yield Spacer(0, 5 * mm)
        yield Text(escape(cover.subtitle), _SUBTITLE)
        yield Spacer(0, 8 * mm)
        yield Rule(40 * mm)
        yield Spacer(0, 8 * mm)
        yield Text(escape(cover.period[0].upper() + cover.period[1:]), _SUBTITLE)
        yield Spacer(0, 40 * mm)
        as_of = words["as_of"].format(as_of=translator.long_date(self.cover.as_of))
        for line in (f"{words['operator']}: {cover.operator}", as_of):
            yield Text(escape(line), _FRONT)
        yield Spacer(0, 3 * mm)
        yield Text(escape(f"{words['state_hash']}: {cover.state_hash}"), _FRONT_QUIET)

    # --- blocks --------------------------------------------------------------------------------

    def heading(self, heading: Heading) -> list[Flowable]:
        return [Text(escape(heading.text), _HEADING[heading.level]), _Mark(heading, self.entries)]

    def block(self, block: Block) -> tuple[list[Flowable], float]:
        """The flowables of a block, and the height that must be free where it begins."""
        match block:
            case Paragraph():
                return self.paragraph(block)
            case Table():
                return self.table(block)
            case Chart():
                return self.chart(block)
        raise TypeError(block)

    def paragraph(self, paragraph: Paragraph) -> tuple[list[Flowable], float]:
        lead = f"<b>{escape(paragraph.lead)}.</b> " if paragraph.lead else ""
        style = _BULLET if paragraph.bullet else _BODY
        text = Text(lead + escape(paragraph.text), style, "–" if paragraph.bullet else None)
        return [text], _height(text)

    def caption(self, kind: str, number: int, text: str) -> Text:
        return Text(escape(self.words[kind].format(number=number, text=text)), _CAPTION)

    def notes(self, notes: Sequence[str]) -> list[Flowable]:
        return [Spacer(0, 3), *(Text(escape(note), _NOTE) for note in notes), _Gap(0, 10)]

    def chart(self, chart: Chart) -> tuple[list[Flowable], float]:
        self.charts += 1
        parts: list[Flowable] = [
            self.caption("chart_caption", self.charts, chart.caption),
            Spacer(0, 2),
            bar_chart(chart, self.translator, _WIDTH),
            *self.notes(chart.notes),
        ]
        return parts, sum(_height(part) for part in parts)

    def table(self, table: Table) -> tuple[list[Flowable], float]:
        self.tables += 1
        caption = self.caption("table_caption", self.tables, table.caption)
        grid = self.grid(table)
        notes = self.notes(table.notes)
        heights = _row_heights(grid)
        # A row is divided only when no page can hold it.
        grid.splitInRow = int(max(heights) + heights[0] > _HEIGHT)
        above = _height(caption)
        whole = above + sum(heights) + sum(_height(note) for note in notes)
        # A table of up to half a page stays together; a longer one begins with three rows.
        need = whole if whole < _HEIGHT / 2 else above + sum(heights[:4])
        return [caption, _Noted(grid, notes[:-1]), notes[-1]], need

    def _shown_rows(self, table: Table) -> list[list[str]]:
        """Cells as text; digits stay under digits where one of the numbers has a star."""
        shown_rows = [[shown_cell(cell, self.translator) for cell in row] for row in table.rows]
        for column, number in enumerate(table.numbers):
            if number and any(row[column].endswith("*") for row in shown_rows):
                for row, cells in zip(shown_rows, table.rows, strict=True):
                    cell = cells[column]
                    if isinstance(cell, Amount) and cell.value is not None and not cell.starred:
                        row[column] += NBSP * 2
        return shown_rows

    def grid(self, table: Table) -> Grid:
        dense = len(table.heads) >= NARROW_FROM
        size = _DENSE_SIZE if dense else _CELL_SIZE
        leading = size * 1.25 if dense else _CELL_LEADING
        pad = 2 if dense else _PAD
        head_size = size - (0 if dense else 0.5)
        headed = any(table.heads)
        shown_rows = self._shown_rows(table)
        pads = left_pads(table, pad)
        widths = column_widths(table, shown_rows, size, head_size, pads, pad, _WIDTH)
        total_from = len(shown_rows) - table.totals

        def setting(name: str, font: str, points: float, **more: Any) -> ParagraphStyle:
            return style(name, points, fontName=font, leading=points * leading / size, **more)

        bold_left, left = setting("total", BOLD, size), setting("cell", REGULAR, size)
        data: list[list[Any]] = []
        if headed:
            data.append(
                [
                    Text(
                        escape(head),
                        setting("head", BOLD, head_size, alignment=2 if number else 0),
                    )
                    for head, number in zip(table.heads, table.numbers, strict=True)
                ]
            )
        for index, row in enumerate(shown_rows):
            bold = index >= total_from
            font = BOLD if bold else REGULAR
            data.append(
                [
                    text
                    if stringWidth(text, font, size) <= width - left_pad - pad
                    else Text(escape(text), bold_left if bold else left)
                    for text, width, left_pad in zip(row, widths, pads, strict=True)
                ]
            )
        return Grid(
            data,
            colWidths=widths,
            style=_grid_style(table, pads, pad, size, leading),
            repeatRows=1 if headed else 0,
            hAlign="LEFT",
            splitByRow=1,
        )


class _Gap(Spacer):
    """Room below a table; there is as much of it as the page has left."""

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        return self.width, min(self.height, available_height)


class _Noted(Flowable):
    """A table with its notes, which never stand on a page without some of its rows."""

    def __init__(self, grid: Grid, notes: Sequence[Flowable]) -> None:
        super().__init__()
        self._grid, self._notes = grid, tuple(notes)
        self._parts = (grid, *notes)

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self._heights = [part.wrap(available_width, 100 * _HEIGHT)[1] for part in self._parts]
        self.width, self.height = available_width, sum(self._heights)
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        rows = _row_heights(self._grid)
        # Where only the notes would go over to the next page, the last rows go with them.
        fits = sum(rows) <= available_height
        room = sum(rows[:-_ROWS_WITH_NOTES]) + 1 if fits else available_height
        parts: list[Any] = self._grid.split(available_width, room)
        if len(parts) == 2:
            return [parts[0], _Noted(parts[1], self._notes)]
        # Few rows that fill a whole page by themselves.
        return [*self._parts] if fits and available_height > _HEIGHT - 1 else []

    def draw(self) -> None:
        y = self.height
        for part, height in zip(self._parts, self._heights, strict=True):
            y -= height
            part.drawOn(self.canv, 0, y)


class Rule(Flowable):
    """A short line in the accent colour."""

    def __init__(self, length: float) -> None:
        super().__init__()
        self.width, self.height = length, 2

    def draw(self) -> None:
        self.canv.setFillColor(ACCENT)
        self.canv.rect(0, 0, self.width, self.height, stroke=0, fill=1)


def _height(flowable: Flowable) -> float:
    height: float = flowable.wrap(_WIDTH, _HEIGHT)[1]
    return height + flowable.getSpaceBefore() + flowable.getSpaceAfter()


def _row_heights(grid: Grid) -> list[float]:
    grid.wrap(_WIDTH, 100 * _HEIGHT)
    return list(grid._rowHeights)  # type: ignore[attr-defined]


def _grid_style(
    table: Table, pads: Sequence[float], pad: float, size: float, leading: float
) -> list[tuple[Any, ...]]:
    """Lines, room and colours of a table, as commands of ReportLab.

    Args:
        pads: points to the left of each column; ``pad`` to the right.
        size, leading: of the text, in points.
    """
    headed = any(table.heads)
    first = 1 if headed else 0
    commands: list[tuple[Any, ...]] = [
        ("FONT", (0, 0), (-1, -1), REGULAR, size, leading),
        ("TEXTCOLOR", (0, first), (-1, -1), INK),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), pad),
        ("RIGHTPADDING", (0, 0), (-1, -1), pad),
        *(
            ("LEFTPADDING", (column, 0), (column, -1), left_pad)
            for column, left_pad in enumerate(pads)
        ),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
        ("LINEBELOW", (0, first), (-1, -2), 0.25, HAIR),
        ("LINEBELOW", (0, -1), (-1, -1), 0.75, INK),
    ]
    if headed:
        commands += [
            ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
            ("LINEBELOW", (0, 0), (-1, 0), 0.75, INK),
        ]
    else:
        commands.append(("LINEABOVE", (0, 0), (-1, 0), 0.75, INK))
    for column, number in enumerate(table.numbers):
        if number:
            commands.append(("ALIGN", (column, first), (column, -1), "RIGHT"))
    for row_index, cells in enumerate(table.rows, start=first):
        for column, cell in enumerate(cells):
            if isinstance(cell, Amount) and cell.value is None:
                commands.append(("TEXTCOLOR", (column, row_index), (column, row_index), QUIET))
    if table.totals:
        top = -table.totals
        commands += [
            ("LINEABOVE", (0, top), (-1, top), 0.75, INK),
            ("FONT", (0, top), (-1, -1), BOLD, size, leading),
            ("NOSPLIT", (0, top - 1), (-1, -1)),
        ]
    return commands
