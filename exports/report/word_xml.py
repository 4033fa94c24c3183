"""What python-docx has no words for: fields, lines, repeated rows."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table as Grid
from docx.table import _Cell as GridCell
from docx.table import _Row as GridRow
from docx.text.paragraph import Paragraph as Text
from docx.text.run import Run
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from exports.report.blocks import Heading


def clear_template(document: Document, language: str) -> None:
    """Takes away what python-docx's template says of its own making, and its small picture."""
    part = document.part
    for relations, gone in (
        (part.package.rels, RELATION.THUMBNAIL),
        (part.rels, RELATION.CUSTOM_XML),
    ):
        for key in [key for key, one in relations.items() if one.reltype == gone]:
            del relations[key]
    settings = document.settings.element
    for name in ("w:proofState", "w:savePreviewPicture", "w:rsids"):
        settings.remove(settings.find(qn(name)))
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), language)
    for name, sign in (("w:decimalSymbol", ","), ("w:listSeparator", ";")):
        settings.find(qn(name)).set(qn("w:val"), sign)


def element(name: str) -> Any:
    """A new element of WordprocessingML; python-docx types what it knows of it too narrowly."""
    return OxmlElement(name)


def clean(text: str) -> str:
    """The text without what no XML may hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)


def anchor(heading: Heading) -> str:
    """The name of a heading's bookmark."""
    return f"_{heading.key}"


def only_tab(paragraph: Text, width: float) -> None:
    """A tab at the right margin."""
    tabs = paragraph.paragraph_format.tab_stops
    tabs.add_tab_stop(Pt(width), WD_TAB_ALIGNMENT.RIGHT)


def add_field(paragraph: Text, instruction: str, result: str) -> list[Run]:
    """Adds a field with what it gives as long as nobody renews it."""
    runs = [paragraph.add_run() for _ in range(5)]
    field_mark(runs[0], "begin")
    add_instruction(runs[1], instruction)
    field_mark(runs[2], "separate")
    runs[3].text = result
    field_mark(runs[4], "end")
    return runs


def field_mark(run: Run, kind: str, *, dirty: bool = False) -> None:
    """Begins, separates or ends a field; a dirty one is renewed when Word opens the file."""
    mark = element("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    if dirty:
        mark.set(qn("w:dirty"), "true")
    run._r.append(mark)


def add_instruction(run: Run, instruction: str) -> None:
    """What a field has to show."""
    text = element("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = f" {instruction} "
    run._r.append(text)


def mark_row(row: GridRow, *names: str) -> None:
    """``cantSplit``: stays on one page; ``tblHeader``: is repeated on each."""
    properties = row._tr.get_or_add_trPr()
    # The schema wants cantSplit before tblHeader.
    for name in sorted(names):
        properties.append(element(f"w:{name}"))


def _line(side: str, line: tuple[str, str], space: str = "0") -> Any:
    mark = element(f"w:{side}")
    for name, value in (("val", "single"), ("sz", line[0]), ("space", space), ("color", line[1])):
        mark.set(qn(f"w:{name}"), value)
    return mark


def add_border(properties: Any, side: str, line: tuple[str, str], space: str = "4") -> None:
    """A line at one side of a paragraph: eighths of a point and colour."""
    borders = element("w:pBdr")
    borders.append(_line(side, line, space))
    # pBdr stands before the tabs, the spacing and what follows them.
    after = [qn(f"w:{name}") for name in ("pStyle", "keepNext", "keepLines", "widowControl")]
    place = sum(child.tag in after for child in properties)
    properties.insert(place, borders)


def add_cell_border(cell: GridCell, side: str, line: tuple[str, str]) -> None:
    """A line at one side of a cell."""
    properties: Any = cell._tc.get_or_add_tcPr()
    borders = properties.find(qn("w:tcBorders"))
    if borders is None:
        borders = element("w:tcBorders")
        properties.append(borders)
    # The schema wants the top before the bottom.
    borders.insert(0 if side == "top" else len(borders), _line(side, line))


def set_margins(grid: Grid, pad: float) -> None:
    """How far the text of cells stands from their right side, in points."""
    margins = element("w:tblCellMar")
    for side, points in (("left", 0.0), ("right", pad)):
        mark = element(f"w:{side}")
        mark.set(qn("w:w"), str(round(points * 20)))
        mark.set(qn("w:type"), "dxa")
        margins.append(mark)
    properties: Any = grid._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is None:
        properties.append(margins)
    else:
        look.addprevious(margins)
