"""The report as a Word document that people go on editing: styles, real tables, captions."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as Grid
from docx.table import _Cell as GridCell
from docx.text.paragraph import Paragraph as Text
from docx.text.run import Run
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from exports.office_zip import settled
from exports.pdf import SIDE, TOP, register_fonts
from exports.report.blocks import (
    Amount,
    Block,
    Chart,
    Cover,
    Heading,
    Paragraph,
    Table,
    typeset,
)
from exports.report.cells import shown_cell
from exports.report.charts import chart_png
from exports.report.columns import NARROW_FROM, column_widths, left_pads
from exports.report.content import ReportContent
from exports.report.document import compose, cover
from exports.report.texts import texts
from exports.report.word_xml import (
    add_border,
    add_cell_border,
    add_field,
    add_instruction,
    anchor,
    clean,
    clear_template,
    element,
    field_mark,
    mark_row,
    only_tab,
    set_margins,
)
from pravo_desktop.i18n import Translator

_FONT = "Arial"
"""On every office computer, with all Kazakh letters."""
_INK, _QUIET, _ACCENT = RGBColor(0x1F, 0x29, 0x33), RGBColor(0x5F, 0x6B, 0x76), "0B7285"
_RULE, _HAIR = ("6", "1F2933"), ("2", "D5DBE1")
_WIDTH = A4[0] - 2 * SIDE
_TONGUES = {"kk": "kk-KZ", "ru": "ru-RU"}
_BODY, _CELL, _DENSE = 10.5, 9.0, 7.5
_PAD = 4.0
_TOGETHER = 12
"""A table of up to so many rows stands on one page."""
_SHORT = 320
"""A text of up to so many letters goes with the table or chart that it introduces."""


def write_report_docx(content: ReportContent, translator: Translator) -> bytes:
    """The report as a DOCX with the chapters, tables and charts of the PDF.

    Args:
        translator: of the language of the content.

    Raises:
        KnownError: ``report_language``, ``report_field_unknown``.
    """
    return write_docx(cover(content, translator), compose(content, translator), translator)


def write_docx(cover: Cover, blocks: Sequence[Block], translator: Translator) -> bytes:
    """A cover, the contents if it wants them, and the blocks; equal ones give equal bytes."""
    register_fonts()
    return settled(_Writer(cover, blocks, translator).docx(), cover.as_of)


class _Writer:
    def __init__(self, cover: Cover, blocks: Sequence[Block], translator: Translator) -> None:
        self.cover = cover
        self.blocks = typeset(blocks)
        self.translator = translator
        self.words = texts(translator.language).words
        self.document: Document = docx.Document()
        self.styles: dict[str, ParagraphStyle] = {}
        self.bookmarks = 0
        self.captions = {"table_caption": 0, "chart_caption": 0}

    def docx(self) -> bytes:
        self.set_styles()
        self.set_page()
        self.front()
        if self.cover.contents:
            self.contents()
        opens = True
        for block, following in pairwise((*self.blocks, None)):
            match block:
                case Heading():
                    self.heading(block, opens_page=opens or block.opens_page)
                case Paragraph():
                    introduces = isinstance(following, Table | Chart) and len(block.text) <= _SHORT
                    self.paragraph(block, introduces)
                case Chart():
                    self.chart(block)
                case Table():
                    self.table(block)
            opens = False
        clear_template(self.document, _TONGUES[self.translator.language])
        told = self.document.core_properties
        told.title, told.author = self.cover.running, self.cover.grantee
        told.subject, told.language = self.cover.project, _TONGUES[self.translator.language]
        told.comments = told.keywords = told.last_modified_by = ""
        renewed = element("w:updateFields")
        renewed.set(qn("w:val"), "true")
        # The schema wants it before the settings of compatibility.
        self.document.settings.element.find(qn("w:compat")).addprevious(renewed)
        told.created = told.modified = datetime.combine(self.cover.as_of, datetime.min.time())
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    # --- styles and pages ----------------------------------------------------------------------

    def set_styles(self) -> None:
        styles = self.document.styles
        defaults = styles.element.find(qn("w:docDefaults"))
        for language in defaults.iter(qn("w:lang")):
            for kind in ("val", "eastAsia", "bidi"):
                language.set(qn(f"w:{kind}"), _TONGUES[self.translator.language])
        self.style("Normal", _BODY, before=6, after=6, leading=1.25)
        self.style("Title", 26, bold=True, before=190, after=12)
        self.style("Subtitle", 15, before=0, after=20)
        self.style("Heading 1", 15, bold=True, before=20, after=8, keep=True)
        self.style("Heading 2", 12, bold=True, before=14, after=6, keep=True)
        self.style("List Bullet", _BODY, before=0, after=3, leading=1.25)
        self.style("Caption", 9.5, bold=True, before=10, after=4, keep=True)
        self.style("Header", 8.5, quiet=True, before=0, after=0)
        self.style("Footer", 8.5, quiet=True, before=0, after=0)
        for name, size, quiet in (
            ("Table Text", _CELL, False),
            ("Table Text Small", _DENSE, False),
            ("Table Head", _CELL - 0.5, False),
            ("Table Head Small", _DENSE, False),
            ("Table Note", 8.5, True),
            ("TOC 1", _BODY, False),
            ("TOC 2", 9.5, False),
        ):
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
            head = name.startswith("Table Head")
            self.style(name, size, bold=head, quiet=quiet, before=1, after=1, leading=1.1)
        for name, indent in (("TOC 1", 0), ("TOC 2", 14)):
            layout = self.paragraph_style(name).paragraph_format
            layout.left_indent = Pt(indent)
            layout.space_before = layout.space_after = Pt(3)
            layout.tab_stops.add_tab_stop(Pt(_WIDTH), WD_TAB_ALIGNMENT.RIGHT)

    def paragraph_style(self, name: str) -> ParagraphStyle:
        if name not in self.styles:
            style = self.document.styles[name]
            assert isinstance(style, ParagraphStyle)
            self.styles[name] = style
        return self.styles[name]

    def style(
        self,
        name: str,
        size: float,
        *,
        bold: bool = False,
        quiet: bool = False,
        before: float,
        after: float,
        leading: float = 1.15,
        keep: bool = False,
    ) -> None:
        style = self.paragraph_style(name)
        font = style.font
        font.name, font.size, font.bold, font.italic = _FONT, Pt(size), bold, False
        font.color.rgb = _QUIET if quiet else _INK
        own = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            own.attrib.pop(qn(f"w:{kind}"), None)
        for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
            own.set(qn(f"w:{kind}"), _FONT)
        layout = style.paragraph_format
        layout.space_before, layout.space_after = Pt(before), Pt(after)
        layout.line_spacing, layout.keep_with_next = leading, keep
        layout.widow_control = True
        # The template's own spaced letters, lines and tabs are of another page.
        for gone in style.element.get_or_add_rPr().findall(qn("w:spacing")):
            gone.getparent().remove(gone)
        properties = style.element.get_or_add_pPr()
        for gone in (*properties.findall(qn("w:pBdr")), *properties.findall(qn("w:tabs"))):
            properties.remove(gone)

    def set_page(self) -> None:
        section = self.document.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(SIDE / mm)
        section.top_margin = section.bottom_margin = Mm(TOP / mm)
        section.different_first_page_header_footer = True
        day = self.translator.long_date(self.cover.as_of)
        header = section.header.paragraphs[0]
        only_tab(header, _WIDTH)
        header.add_run(f"{self.cover.running}\t{self.words['as_of_header'].format(as_of=day)}")
        add_border(header._p.get_or_add_pPr(), "bottom", _HAIR)
        footer = section.footer.paragraphs[0]
        only_tab(footer, _WIDTH)
        footer.add_run("\t")
        self.fielded(footer, self.words["page"], page=("PAGE", "1"), pages=("NUMPAGES", "1"))

    def fielded(self, paragraph: Text, sentence: str, **fields: tuple[str, str]) -> None:
        """Adds a sentence whose ``{names}`` become fields: an instruction and what it gives."""
        rest = sentence
        while rest:
            at = {name: rest.find(f"{{{name}}}") for name in fields}
            found = sorted((place, name) for name, place in at.items() if place >= 0)
            if not found:
                paragraph.add_run(rest)
                return
            place, name = found[0]
            if place:
                paragraph.add_run(rest[:place])
            add_field(paragraph, *fields[name])
            rest = rest[place + len(name) + 2 :]

    # --- before the text -----------------------------------------------------------------------

    def front(self) -> None:
        cover, add = self.cover, self.document.add_paragraph
        add(cover.grantee)
        add(cover.title, "Title")
        subtitle = add(cover.subtitle, "Subtitle")
        add_border(subtitle._p.get_or_add_pPr(), "bottom", ("12", _ACCENT), space="12")
        period = add(cover.period[0].upper() + cover.period[1:], "Subtitle")
        period.paragraph_format.space_after = Pt(110)
        add(f"{self.words['operator']}: {cover.operator}")
        add(self.words["as_of"].format(as_of=self.translator.long_date(cover.as_of)))
        add(f"{self.words['state_hash']}: {cover.state_hash}", "Table Note")

    def contents(self) -> None:
        """A field of contents, filled with the headings; Word renews the pages on opening."""
        title = self.document.add_paragraph(self.words["contents"], "Subtitle")
        title.paragraph_format.page_break_before = True
        headings = [block for block in self.blocks if isinstance(block, Heading)]
        for number, heading in enumerate(headings):
            line = self.document.add_paragraph(style=f"TOC {heading.level}")
            if number == 0:
                field_mark(line.add_run(), "begin", dirty=True)
                add_instruction(line.add_run(), r'TOC \o "1-2" \h \z \u')
                field_mark(line.add_run(), "separate")
            link = element("w:hyperlink")
            link.set(qn("w:anchor"), anchor(heading))
            line._p.append(link)
            for run in (line.add_run(heading.text), line.add_run("\t")):
                link.append(run._r)
            for run in add_field(line, f"PAGEREF {anchor(heading)} \\h", ""):
                link.append(run._r)
            if number == len(headings) - 1:
                field_mark(line.add_run(), "end")

    # --- blocks --------------------------------------------------------------------------------

    def heading(self, heading: Heading, *, opens_page: bool) -> None:
        text = self.document.add_heading(level=heading.level)
        text.paragraph_format.page_break_before = opens_page
        self.bookmarks += 1
        for kind in ("bookmarkStart", "bookmarkEnd"):
            mark = element(f"w:{kind}")
            mark.set(qn("w:id"), str(self.bookmarks))
            if kind == "bookmarkStart":
                mark.set(qn("w:name"), anchor(heading))
            text._p.append(mark)
            if kind == "bookmarkStart":
                text.add_run(clean(heading.text))

    def paragraph(self, paragraph: Paragraph, introduces: bool) -> None:
        text = self.document.add_paragraph(style="List Bullet" if paragraph.bullet else "Normal")
        if introduces:
            text.paragraph_format.keep_with_next = True
        if paragraph.lead:
            text.add_run(f"{clean(paragraph.lead)}. ").bold = True
        text.add_run(clean(paragraph.text))

    def caption(self, kind: str, text: str) -> None:
        self.captions[kind] += 1
        name = "Table" if kind == "table_caption" else "Figure"
        paragraph = self.document.add_paragraph(style="Caption")
        number = (f"SEQ {name} \\* ARABIC", str(self.captions[kind]))
        sentence = self.words[kind].replace("{text}", clean(text))
        self.fielded(paragraph, sentence, number=number)

    def notes(self, notes: Sequence[str]) -> None:
        for index, note in enumerate(notes):
            layout = self.document.add_paragraph(clean(note), "Table Note").paragraph_format
            layout.keep_together = True
            if index < len(notes) - 1:
                layout.keep_with_next = True
            else:
                layout.space_after = Pt(10)

    def chart(self, chart: Chart) -> None:
        self.caption("chart_caption", chart.caption)
        png, height = chart_png(chart, self.translator, _WIDTH)
        place = self.document.add_paragraph()
        place.paragraph_format.keep_with_next = bool(chart.notes)
        picture = place.add_run().add_picture(io.BytesIO(png), Pt(_WIDTH), Pt(height))
        for side in "TBLR":
            # Without it LibreOffice moves the picture over the right margin.
            picture._inline.set(f"dist{side}", "0")
        told = picture._inline.docPr
        told.set("name", chart.key)
        said = (f"{bar.label} — {shown_cell(bar.amount, self.translator)}" for bar in chart.bars)
        told.set("descr", clean(f"{chart.caption}: {'; '.join(said)}"))
        self.notes(chart.notes)

    def table(self, table: Table) -> None:
        self.caption("table_caption", table.caption)
        dense = len(table.heads) >= NARROW_FROM
        size, pad = (_DENSE, 2.0) if dense else (_CELL, _PAD)
        small = " Small" if dense else ""
        shown = [[shown_cell(cell, self.translator) for cell in row] for row in table.rows]
        pads = left_pads(table, pad)
        widths = column_widths(table, shown, size, size, pads, pad, _WIDTH)
        headed = any(table.heads)
        grid: Grid = self.document.add_table(len(table.rows) + headed, len(table.heads))
        grid.alignment, grid.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        set_margins(grid, pad)
        for column, width in enumerate(widths):
            grid.columns[column].width = Pt(width)
        # One walk over the cells: asking a table for a cell walks over all of them.
        lines = [(row, [GridCell(one, grid) for one in row._tr.tc_lst]) for row in grid.rows]
        if headed:
            row, cells = lines.pop(0)
            mark_row(row, "tblHeader", "cantSplit")
            for cell, text, number, width, left in zip(
                cells, table.heads, table.numbers, widths, pads, strict=True
            ):
                self.fill(cell, text, f"Table Head{small}", number, width, left, kept=True)
                add_cell_border(cell, "bottom", _RULE)
        first_total = len(shown) - table.totals
        for index, ((row, cells), texts_, values) in enumerate(
            zip(lines, shown, table.rows, strict=True)
        ):
            mark_row(row, "cantSplit")
            # The last row keeps the notes.
            kept = len(shown) <= _TOGETHER or index == 0 or index >= len(shown) - 2
            for cell, text, value, number, width, left in zip(
                cells, texts_, values, table.numbers, widths, pads, strict=True
            ):
                run = self.fill(cell, text, f"Table Text{small}", number, width, left, kept)
                run.bold = True if index >= first_total else None
                if isinstance(value, Amount) and value.value is None:
                    run.font.color.rgb = _QUIET
                last = index == len(shown) - 1
                add_cell_border(cell, "bottom", _RULE if last else _HAIR)
                if index == (first_total if table.totals else -1) or (index == 0 and not headed):
                    add_cell_border(cell, "top", _RULE)
        # Without a paragraph after it a table would run into the next one.
        self.notes(table.notes or ("",))

    def fill(
        self,
        cell: GridCell,
        text: str,
        style: str,
        number: bool,
        width: float,
        left: float,
        kept: bool,
    ) -> Run:
        cell.width = Pt(width)
        paragraph = cell.paragraphs[0]
        # By its id: naming a style makes python-docx walk over all of them.
        paragraph._p.style = self.paragraph_style(style).style_id
        if kept:
            paragraph.paragraph_format.keep_with_next = True
        if number:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        elif left:
            paragraph.paragraph_format.left_indent = Pt(left)
        run: Run = paragraph.add_run(clean(text))
        return run
