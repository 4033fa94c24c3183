"""The report as a workbook of real numbers, for those who go on counting."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import date, datetime
from math import ceil
from types import MappingProxyType

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.text import CharacterProperties, Paragraph, RegularTextRun
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from exports.office_zip import settled
from exports.report.blocks import Amount, Chart, Cover, FigurePlace, Sheet, Table
from exports.report.blocks import Cell as Value
from exports.report.cells import key_label
from exports.report.codes import (
    COLUMNS,
    FIRST_ROW,
    CodeSheet,
    code_sheets,
    rows_xml,
    targets,
)
from exports.report.content import ReportContent
from exports.report.document import cover, sheets
from exports.report.texts import texts
from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.i18n import Translator
from pravo_desktop.resources import classifiers

_FONT = "Arial"
_PLAIN = Font(name=_FONT, size=10, color="1F2933")
_BOLD = Font(name=_FONT, size=10, bold=True, color="1F2933")
_HEAD = Font(name=_FONT, size=9, bold=True, color="1F2933")
_QUIET = Font(name=_FONT, size=9, color="5F6B76")
_TITLE = Font(name=_FONT, size=14, bold=True, color="1F2933")
_RULE = Side(style="thin", color="1F2933")
_HAIR = Side(style="hair", color="D5DBE1")
_ACCENT = "0B7285"
_LINK = Font(name=_FONT, size=10, color=_ACCENT, underline="single")

_WIDEST = 70
_MANY = 8
"""With more columns than this what stands for a missing number may take two lines."""
_PAGE_ROWS = 55
_ONE_LINE = 12
"""The head of a number is broken between its words when it is longer."""
_LINE = 14.5
"""Height of a line of text, in points."""
_FORMULA_STARTS = ("=", "+", "-", "@")
_ESCAPED = re.compile(r"_x(?=[0-9A-Fa-f]{4}_)")


def write_report_xlsx(content: ReportContent, translator: Translator) -> bytes:
    """The report as an XLSX workbook: numbers are numbers, text is never a formula.

    Args:
        translator: of the language of the content.

    Raises:
        KnownError: ``report_language``.
    """
    plan = sheets(content, translator)
    lists = classifiers()
    codes = code_sheets(
        plan,
        content.records,
        [place.key for place in content.regions],
        {key: translator.label(one) for key, one in lists.indicators.items()},
    )
    places = {place.key: place.label for place in content.regions}
    places[NATIONAL] = translator.label(lists.pseudo_regions[NATIONAL])
    return write_workbook(cover(content, translator), plan, translator, codes, places)


def write_workbook(
    cover: Cover,
    plan: tuple[Sheet, ...],
    translator: Translator,
    codes: tuple[CodeSheet, ...] = (),
    places: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """A workbook of these sheets, headed by what the cover says; equal ones give equal bytes.

    Args:
        codes: sheets of the records behind the figures, each figure a link to its own.
        places: labels of regions by key.
    """
    words = texts(translator.language).words
    links = targets(codes)
    as_of = words["as_of"].format(as_of=translator.long_date(cover.as_of))
    state = f"{words['state_hash']}: {cover.state_hash}"
    book = Workbook()
    del book[book.sheetnames[0]]
    book.properties.title = cover.running
    book.properties.creator = cover.grantee
    book.properties.language = translator.language
    for sheet in plan:
        page = book.create_sheet(sheet.title)
        _write_text(page.cell(1, 1), cover.running, _TITLE)
        _write_text(page.cell(2, 1), f"{as_of}; {state}", _QUIET)
        if links:
            _write_text(page.cell(3, 1), words["codes_hint"], _QUIET)
        _write_sheet(page, sheet, links)
    filled = {}
    for code_sheet in codes:
        page = book.create_sheet(code_sheet.title)
        style = _head_codes(page, code_sheet, plan[0].title, translator)
        part = f"xl/worksheets/sheet{len(book.worksheets)}.xml"
        filled[part] = rows_xml(code_sheet, style, _group_labels(code_sheet, places, translator))
    titles = tuple(page.title for page in book.worksheets)
    _write_contents(book[plan[0].title], titles, words["sheets"])
    for page in book.worksheets:
        _set_up_print(page)
    for code_sheet in codes:
        book[code_sheet.title].page_setup.fitToHeight = 0
    out = io.BytesIO()
    book.save(out)
    return settled(out.getvalue(), cover.as_of, filled)


def _head_codes(page: Worksheet, sheet: CodeSheet, first: str, translator: Translator) -> int:
    """Writes what stands above the codes; returns the number of the format of the codes."""
    words = texts(translator.language).words
    label = translator.label(classifiers().indicators[sheet.indicator])
    _write_text(page.cell(1, 1), label, _TITLE)
    back = page.cell(2, 1)
    back.hyperlink = Hyperlink(ref="A2", location=f"'{first}'!A1")
    _write_text(back, words["codes_back"], _LINK)
    for number, block in enumerate(sheet.blocks):
        left = number * (COLUMNS + 1) + 1
        kinds = classifiers().kinds["breakdown"]
        by = translator.label(kinds[block.breakdown]) if block.breakdown else words["region"]
        _write_text(page.cell(FIRST_ROW - 2, left), by, _BOLD)
        for offset, text in enumerate(("", words["code"], words["package_number"])):
            cell = page.cell(FIRST_ROW - 1, left + offset)
            _write_text(cell, text, _HEAD)
            cell.border = Border(bottom=_RULE)
        for offset, width in enumerate((34, 14, 12, 4)):
            page.column_dimensions[get_column_letter(left + offset)].width = width
    page.freeze_panes = f"A{FIRST_ROW}"
    page.print_title_rows = f"{FIRST_ROW - 1}:{FIRST_ROW - 1}"
    plain = page.cell(3, 1)
    plain.font = _PLAIN
    return int(plain.style_id)


def _group_labels(
    sheet: CodeSheet, places: Mapping[str, str], translator: Translator
) -> dict[tuple[str, str | None], str]:
    found = {}
    for block in sheet.blocks:
        for region, key in block.ranges:
            place = places.get(region, region)
            what = key_label(sheet.indicator, block.breakdown, key, translator)
            found[region, key] = f"{what}, {place}" if what else place
    return found


def _write_sheet(page: Worksheet, sheet: Sheet, links: Mapping[FigurePlace, str]) -> None:
    row = 4
    widths: dict[int, float] = {}
    tops = []
    for index, table in enumerate(sheet.tables):
        tops.append(row)
        head = row + 1
        row = _write_table(page, table, row, widths, links)
        if index == 0:
            page.freeze_panes = f"B{head + 1}"
            page.print_title_rows = f"{head}:{head}"
            if sheet.chart is not None:
                columns = max(len(one.heads) for one in sheet.tables)
                _draw_chart(page, sheet.chart, table, head, columns + 2)
    for column, width in widths.items():
        page.column_dimensions[get_column_letter(column)].width = width
    for top, table in zip(tops, sheet.tables, strict=True):
        _fit_heights(page, table, top, widths)


def _write_table(
    page: Worksheet,
    table: Table,
    top: int,
    widths: dict[int, float],
    links: Mapping[FigurePlace, str],
) -> int:
    """Writes the table from row ``top``; returns the first row free after it."""
    _write_text(page.cell(top, 1), table.caption, _BOLD)
    head = top + 1
    for column, (text, number) in enumerate(zip(table.heads, table.numbers, strict=True), 1):
        cell = page.cell(head, column)
        _write_text(cell, text, _HEAD)
        cell.alignment = Alignment(
            horizontal="right" if number else "left",
            vertical="bottom",
            wrap_text=True,
            indent=_indent(number, column),
        )
        cell.border = Border(bottom=_RULE)
        # A head may break between words.
        longest = max(map(len, text.split(" ")), default=0)
        broken = number and len(text) > _ONE_LINE
        _widen(widths, column, max(longest, len(text) / 2 if broken else len(text)) * 1.1 + 3)
    first_total = len(table.rows) - table.totals
    for index, values in enumerate(table.rows):
        total = index >= first_total
        for column, (value, number) in enumerate(zip(values, table.numbers, strict=True), 1):
            cell = page.cell(head + 1 + index, column)
            _write_value(cell, value, _BOLD if total else _PLAIN)
            if isinstance(value, Amount) and value.of and value.of in links:
                cell.hyperlink = Hyperlink(ref=cell.coordinate, location=links[value.of])
            cell.alignment = Alignment(
                horizontal="right" if number else "left",
                vertical="top",
                wrap_text=_is_text(value),
                indent=_indent(number, column),
            )
            cell.border = Border(
                top=_RULE if index == first_total and table.totals else None, bottom=_HAIR
            )
            text = _text(value)
            if number and _is_text(value) and len(table.heads) > _MANY:
                text = max(text.split(" "), key=len)
            _widen(widths, column, len(text) * 1.1 + 3)
    row = head + 1 + len(table.rows)
    for note in table.notes:
        _write_text(page.cell(row, 1), note, _QUIET)
        row += 1
    return row + 1


def _fit_heights(page: Worksheet, table: Table, top: int, widths: dict[int, float]) -> None:
    """Gives rows of several lines their height: not every program does on opening."""
    for index, values in enumerate((table.heads, *table.rows)):
        lines = max(
            (
                ceil(len(_text(value)) / (widths[column] - 2))
                for column, value in enumerate(values, start=1)
                if _is_text(value)
            ),
            default=1,
        )
        if lines > 1:
            page.row_dimensions[top + 1 + index].height = 2 + lines * _LINE
    # Notes keep to the width of their table, so that none runs under a chart.
    width = sum(widths[column] for column in range(1, len(table.heads) + 1))
    for row, note in enumerate(table.notes, start=top + 2 + len(table.rows)):
        page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(table.heads))
        page.cell(row, 1).alignment = Alignment(vertical="top", wrap_text=True)
        page.row_dimensions[row].height = 2 + ceil(len(note) / width) * _LINE


def _indent(number: bool, column: int) -> int:
    """Text stands off from what is set to the right before it."""
    return int(not number and column > 1)


def _is_text(value: Value) -> bool:
    return isinstance(value, str) or (isinstance(value, Amount) and value.value is None)


def _widen(widths: dict[int, float], column: int, width: float) -> None:
    widths[column] = min(max(widths.get(column, 8), width), _WIDEST)


def _text(value: Value) -> str:
    match value:
        case Amount():
            return value.empty if value.value is None else f"{value.value:,.{value.digits}f}"
        case date():
            return value.isoformat()
    return value or ""


def _write_value(cell: Cell | MergedCell, value: Value, font: Font) -> None:
    match value:
        case Amount() if value.value is not None:
            cell.value = value.value
            places = "." + "0" * value.digits if value.digits else ""
            star = '"*"' if value.starred else ""
            cell.number_format = f"#,##0{places}{star}"
            cell.font = font
        case Amount():
            _write_text(cell, value.empty, _QUIET)
        case date():
            cell.value = datetime(value.year, value.month, value.day)
            cell.number_format = "dd.mm.yyyy"
            cell.font = font
        case None:
            cell.font = font
        case _:
            _write_text(cell, value, font)


def _write_text(cell: Cell | MergedCell, text: str, font: Font) -> None:
    """Writes text that stays text, whatever it begins with."""
    cell.font = font
    if not text:
        return
    cell.value = _ESCAPED.sub("_x005F_x", ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    if text.startswith(_FORMULA_STARTS):
        cell.quotePrefix = True


def _draw_chart(page: Worksheet, chart: Chart, table: Table, head: int, column: int) -> None:
    """Places a native bar chart of the table's parts beside it."""
    last = head + len(table.rows) - table.totals
    drawing = BarChart()
    drawing.type = "bar"
    drawing.style = 2
    run = RegularTextRun(rPr=CharacterProperties(sz=1100, b=True), t=chart.caption)
    drawing.title = Title(tx=Text(rich=RichText(p=[Paragraph(r=[run])])), overlay=False)
    drawing.legend = None
    drawing.gapWidth = 50
    drawing.add_data(Reference(page, min_col=2, min_row=head + 1, max_row=last))
    drawing.set_categories(Reference(page, min_col=1, min_row=head + 1, max_row=last))
    series = drawing.series[0]
    series.graphicalProperties = GraphicalProperties(solidFill=_ACCENT)
    labels = DataLabelList()
    labels.showVal = True
    labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
    labels.numFmt = "#,##0"
    series.dLbls = labels
    # The first row of the table is the topmost bar.
    drawing.x_axis.scaling.orientation = "maxMin"
    drawing.x_axis.delete = False
    drawing.y_axis.delete = True
    drawing.y_axis.majorGridlines = None
    drawing.y_axis.scaling.min = 0
    drawing.width = 22
    drawing.height = 3.5 + 0.75 * len(chart.bars)
    drawing.layout = Layout(manualLayout=ManualLayout(x=0.36, y=0.14, h=0.82, w=0.56))
    page.add_chart(drawing, f"{get_column_letter(column)}{head - 1}")


def _write_contents(page: Worksheet, titles: tuple[str, ...], heading: str) -> None:
    """A list of the sheets, each a link, under the tables of the first sheet."""
    row = page.max_row + 2
    _write_text(page.cell(row, 1), heading, _BOLD)
    for offset, title in enumerate(titles, start=1):
        cell = page.cell(row + offset, 1)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{title}'!A1")
        _write_text(cell, title, _LINK)


def _set_up_print(page: Worksheet) -> None:
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth = 1
    # A sheet that nearly fits stays on one page.
    page.page_setup.fitToHeight = int(page.max_row <= _PAGE_ROWS)
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.sheet_view.showGridLines = False
    page.page_margins.left = page.page_margins.right = 0.59
    footer = page.HeaderFooter.oddFooter
    if footer is not None:
        footer.left.text = "&A"
        footer.right.text = "&P / &N"
