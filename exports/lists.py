"""A list of the window on its way out: as a workbook, or as pages to print."""

import io
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Spacer, Table

from exports.list_columns import ListColumn, Value
from exports.pdf import BOLD, HAIR, INK, QUIET, REGULAR, TOP, register_fonts, style, write_pages
from pravo_desktop.i18n import Translator

Progress = Callable[[str, int, int], object]

_STEP = 500
"""After so many rows the progress hook is called; so many are set as one table."""
_MEASURED = 300
"""So many rows decide how wide the columns are."""

_WIDEST, _NARROWEST = 60, 8
_ESCAPED = re.compile(r"_x(?=[0-9A-Fa-f]{4}_)")
_NOT_IN_A_SHEETS_NAME = re.compile(r"[\[\]:*?/\\]")
_FORMULA_STARTS = ("=", "+", "-", "@")
_HEADS = 3
"""The row of the heads."""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    + "".join(
        f'<Override PartName="/xl/{part}.xml" '
        f'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>'
        for part, kind in (
            ("workbook", "sheet.main"),
            ("worksheets/sheet1", "worksheet"),
            ("styles", "styles"),
        )
    )
    + '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_ROOT_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/></Relationships>'
)
_CORE = (
    f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>'
)
_BOOK_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    "</Relationships>"
)
_BOOK = (
    f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets><definedNames>'
    '<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">{filtered}</definedName>'
    '<definedName name="_xlnm.Print_Titles" localSheetId="0">{heads}</definedName>'
    "</definedNames></workbook>"
)
_SHEET = (
    f'<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="{rows}" topLeftCell="{pane}" '
    'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    "<cols>{widths}</cols><sheetData>"
)
_SHEET_END = (
    '</sheetData><autoFilter ref="{filtered}"/>'
    '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>'
)
_TEXT_STYLE, _QUOTED_STYLE, _RIGHT_STYLE, _WHOLE_STYLE = 1, 2, 3, 4
_NUMBER_HEAD_STYLE, _TITLE_STYLE = 5, 7
"""The head of text columns follows that of numbers."""
_LEFT = '<alignment horizontal="left" vertical="top"/>'
_RIGHT = '<alignment horizontal="right" vertical="top"/>'
_TEXT_XF = 'numFmtId="49" xfId="0" applyNumberFormat="1" applyAlignment="1"'
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="3">'
    '<font><sz val="10"/><name val="Arial"/></font>'
    '<font><b/><sz val="10"/><name val="Arial"/></font>'
    '<font><b/><sz val="14"/><name val="Arial"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
    '<border><left/><right/><top/><bottom style="thin"/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="8"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    f'<xf fontId="0" fillId="0" borderId="0" {_TEXT_XF}>{_LEFT}</xf>'
    f'<xf fontId="0" fillId="0" borderId="0" quotePrefix="1" {_TEXT_XF}>{_LEFT}</xf>'
    f'<xf fontId="0" fillId="0" borderId="0" {_TEXT_XF}>{_RIGHT}</xf>'
    '<xf fontId="0" fillId="0" borderId="0" numFmtId="3" xfId="0" applyNumberFormat="1" '
    f'applyAlignment="1">{_RIGHT}</xf>'
    f'<xf fontId="1" fillId="0" borderId="1" {_TEXT_XF}>{_RIGHT}</xf>'
    f'<xf fontId="1" fillId="0" borderId="1" {_TEXT_XF}>{_LEFT}</xf>'
    f'<xf fontId="2" fillId="0" borderId="0" {_TEXT_XF}>{_LEFT}</xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)

_SIDE = 15 * mm
_CELL = style("list_cell", 8.5, leading=11.5)
_NUMBER = style("list_number", 8.5, leading=11.5, alignment=2)
_HEAD = style("list_head", 8.5, fontName=BOLD, leading=11)
_NUMBER_HEAD = style("list_number_head", 8.5, fontName=BOLD, leading=11, alignment=2)
_PADDING = 6
_LEAST, _MOST = 13 * mm, 70 * mm


def _no_progress(step: str, done: int, total: int) -> None:
    pass


def write_list_xlsx(
    title: str,
    columns: Sequence[ListColumn],
    rows: Sequence[Sequence[Value]],
    *,
    notes: Sequence[str] = (),
    progress: Progress = _no_progress,
) -> bytes:
    """A list as an XLSX workbook of one sheet: title, heads that stay in sight, rows.

    It is put together in memory: openpyxl would leave the rows in a temporary file for a while.

    Args:
        rows: a value for each column; an ``int`` stays a number, a ``str`` stays text whatever it
            begins with.
        notes: lines below the list.
        progress: hook, ``("rows", done, total)``; what it raises ends the work.
    """
    name = _NOT_IN_A_SHEETS_NAME.sub(" ", title)[:31].strip("' ") or "1"
    last = f"${get_column_letter(len(columns))}${_HEADS + len(rows)}"
    quoted = "'" + name.replace("'", "''") + "'!"
    book = _BOOK.format(
        name=_said(name),
        heads=_said(f"{quoted}${_HEADS}:${_HEADS}"),
        filtered=_said(f"{quoted}$A${_HEADS}:{last}"),
    )
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for part, text in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _ROOT_RELATIONS),
            ("docProps/core.xml", _CORE.format(title=_said(title))),
            ("xl/workbook.xml", book),
            ("xl/_rels/workbook.xml.rels", _BOOK_RELATIONS),
            ("xl/styles.xml", _STYLES),
        ):
            archive.writestr(ZipInfo(part), _XML + text, ZIP_DEFLATED)
        with archive.open(ZipInfo("xl/worksheets/sheet1.xml"), "w") as sheet:
            for piece in _sheet_xml(title, columns, rows, notes, progress):
                sheet.write(piece.encode())
    return out.getvalue()


def _sheet_xml(
    title: str,
    columns: Sequence[ListColumn],
    rows: Sequence[Sequence[Value]],
    notes: Sequence[str],
    progress: Progress,
) -> Iterator[str]:
    letters = [get_column_letter(number) for number in range(1, len(columns) + 1)]
    widths = "".join(
        f'<col min="{number}" max="{number}" width="{width:.1f}" customWidth="1"/>'
        for number, width in enumerate(_widths_in_letters(columns, rows), start=1)
    )
    yield _XML + _SHEET.format(pane=f"A{_HEADS + 1}", rows=_HEADS, widths=widths)
    heads = "".join(
        _text_cell(f"{letter}{_HEADS}", column.head, _NUMBER_HEAD_STYLE + (not column.number))
        for letter, column in zip(letters, columns, strict=True)
    )
    yield f'<row r="1">{_text_cell("A1", title, _TITLE_STYLE)}</row>'
    yield f'<row r="{_HEADS}">{heads}</row>'
    for done, values in enumerate(rows):
        if done % _STEP == 0:
            progress("rows", done, len(rows))
        number = _HEADS + 1 + done
        cells = "".join(
            f'<c r="{letter}{number}" s="{_WHOLE_STYLE}"><v>{value}</v></c>'
            if isinstance(value, int)
            else _text_cell(f"{letter}{number}", value, _style_of(value, column))
            for letter, value, column in zip(letters, values, columns, strict=True)
        )
        yield f'<row r="{number}">{cells}</row>'
    for number, note in enumerate(notes, _HEADS + len(rows) + 2):
        yield f'<row r="{number}">{_text_cell(f"A{number}", note, _TEXT_STYLE)}</row>'
    yield _SHEET_END.format(filtered=f"A{_HEADS}:{letters[-1]}{_HEADS + len(rows)}")


def _style_of(value: str, column: ListColumn) -> int:
    if value.startswith(_FORMULA_STARTS):
        return _QUOTED_STYLE
    return _RIGHT_STYLE if column.number else _TEXT_STYLE


def _text_cell(place: str, text: str, style: int) -> str:
    return (
        f'<c r="{place}" s="{style}" t="inlineStr"><is>'
        f'<t xml:space="preserve">{_said(text)}</t></is></c>'
    )


def _said(text: str) -> str:
    """A text as XML that Excel reads letter by letter."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", text)
    return escape(_ESCAPED.sub("_x005F_x", clean), {'"': "&quot;"})


def _widths_in_letters(
    columns: Sequence[ListColumn], rows: Sequence[Sequence[Value]]
) -> Iterator[float]:
    for position, column in enumerate(columns):
        longest = max((len(str(row[position])) for row in islice(rows, _MEASURED)), default=0)
        yield min(max(longest * 1.1, len(column.head) * 1.2, _NARROWEST) + 3, _WIDEST)


def write_list_pdf(
    title: str,
    columns: Sequence[ListColumn],
    rows: Sequence[Sequence[str]],
    *,
    translator: Translator,
    made_at: datetime,
    made_by: str,
    notes: Sequence[str] = (),
    progress: Progress = _no_progress,
) -> bytes:
    """A list as A4 pages, lying where it is wide; title and heads stand on each page.

    Args:
        translator: of the list's language.
        made_at: an aware moment, printed with ``made_by`` at the foot.
        notes: lines below the list.
        progress: hook, ``("rows", done, total)``; what it raises ends the work.
    """
    register_fonts()
    natural = _widths_in_points(columns, rows)
    upright = sum(natural) <= A4[0] - 2 * _SIDE
    size = A4 if upright else landscape(A4)
    room = size[0] - 2 * _SIDE
    widths = [width * room / sum(natural) for width in natural]
    heads = _table(
        [[Paragraph(escape(one.head), _NUMBER_HEAD if one.number else _HEAD) for one in columns]],
        widths,
        ("LINEBELOW", (0, 0), (-1, -1), 0.75, INK),
    )
    tall = heads.wrap(room, size[1])[1]
    top = max(TOP, tall + 18 * mm)
    styles = [_NUMBER if one.number else _CELL for one in columns]
    story: list[Flowable] = []
    for done in range(0, len(rows), _STEP):
        progress("rows", 0, len(rows))
        story.append(_Step(progress, done, len(rows)))
        cells = [
            [
                Paragraph(escape(value), cell_style)
                for value, cell_style in zip(row, styles, strict=True)
            ]
            for row in rows[done : done + _STEP]
        ]
        story.append(_table(cells, widths, ("LINEBELOW", (0, 0), (-1, -1), 0.4, HAIR)))
    if not rows:
        story.append(Paragraph(escape(translator.text("no data")), _CELL))
    if notes:
        story.append(Spacer(0, 4 * mm))
        story.extend(Paragraph(escape(note), _CELL) for note in notes)
    foot = f"{made_by} · {translator.moment(made_at)}"

    def finish(canvas: Canvas, page: int, pages: int) -> None:
        left, right, above = _SIDE, size[0] - _SIDE, size[1] - top
        canvas.saveState()
        canvas.setFillColor(INK)
        canvas.setFont(BOLD, 12)
        canvas.drawString(left, above + tall + 4 * mm, title)
        heads.drawOn(canvas, left, above)
        canvas.setFont(REGULAR, 7.5)
        canvas.setFillColor(QUIET)
        canvas.drawString(left, 13 * mm, foot)
        numbers = translator.text("Page {page} of {pages}", page=page, pages=pages)
        canvas.drawRightString(right, 13 * mm, numbers)
        canvas.restoreState()

    return write_pages(
        story,
        finish,
        language=translator.language,
        title=title,
        size=size,
        side=_SIDE,
        top=top,
    )


class _Step(Flowable):
    """Tells the progress hook, in the place of nothing, that the pages were set so far."""

    def __init__(self, progress: Progress, done: int, total: int) -> None:
        super().__init__()
        self._tell = progress
        self._done, self._total = done, total

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._tell("rows", self._done, self._total)
        return 0, 0

    def draw(self) -> None:
        pass


def _table(cells: list[list[Paragraph]], widths: list[float], rule: Any) -> Table:
    # A row is torn apart only when it is taller than a page.
    return Table(
        cells,
        colWidths=widths,
        splitInRow=1,
        style=[
            ("FONTNAME", (0, 0), (-1, -1), REGULAR),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
            rule,
        ],
    )


def _widths_in_points(columns: Sequence[ListColumn], rows: Sequence[Sequence[str]]) -> list[float]:
    widths = []
    for position, column in enumerate(columns):
        longest = max(
            (stringWidth(row[position], REGULAR, 8.5) for row in islice(rows, _MEASURED)),
            default=0.0,
        )
        # A head may break between words.
        word = max((stringWidth(one, BOLD, 8.5) for one in column.head.split()), default=0.0)
        widths.append(min(max(longest, word, _LEAST), _MOST) + _PADDING + 2)
    return widths
