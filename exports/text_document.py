"""A finished text of a report as paragraphs: DOCX (its tables and charts too) or plain text."""

import io
from collections.abc import Iterator

from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from exports.office_reading import TooLargeError, unpacked
from pravo_desktop.errors import KnownError

LARGEST_TEXT = 50_000_000
"""Bytes of a text file, or of all parts of a DOCX file unpacked."""
MOST_ELEMENTS = 400_000
"""Of all XML in a DOCX file, with their attributes: each takes memory as a tree."""
WIDEST_CELL = 200
"""Columns of a table that one cell may span: each is read as a cell."""

_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_ENCODINGS = ("utf-8-sig", "utf-16", "cp1251")


def read_text_document(name: str, data: bytes) -> list[str]:
    """The paragraphs of a text, empty ones left out.

    A cell of a table becomes a line "first cell of its row — head of its column — cell"; a series
    of a chart a line of its labels and then its values, separated by tabs.

    Args:
        name: the file's name; one that ends in ``.docx`` is read as DOCX.

    Raises:
        KnownError: ``text_too_large``, ``text_not_read``.
    """
    if len(data) > LARGEST_TEXT:
        raise KnownError("text_too_large", file=name)
    lines = _docx(name, data) if name.lower().endswith(".docx") else _plain(name, data)
    return [line for line in lines if line.strip()]


def _plain(name: str, data: bytes) -> Iterator[str]:
    for encoding in _ENCODINGS:
        if encoding == "utf-16" and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            return iter(data.decode(encoding).splitlines())
        except UnicodeDecodeError:
            continue
    raise KnownError("text_not_read", file=name)


def _docx(name: str, data: bytes) -> Iterator[str]:
    try:
        _check_parts(name, data)
        document = Document(io.BytesIO(data))
        _check_spans(name, document.element)
        lines = [line for block in document.iter_inner_content() for line in _block(block)]
        for part in document.part.package.iter_parts():
            if "/charts/chart" in str(part.partname):
                lines.extend(_chart(part.blob))
    except KnownError:
        raise
    except Exception as error:  # python-docx fails on broken files in ways it does not name
        raise KnownError("text_not_read", file=name) from error
    return iter(lines)


def _check_parts(name: str, data: bytes) -> None:
    """Refuse what would unpack or grow as a tree beyond any text."""
    try:
        parts = unpacked(data, LARGEST_TEXT)
    except TooLargeError as error:
        raise KnownError("text_too_large", file=name) from error
    xml = [part for path, part in parts.items() if path.endswith((".xml", ".rels"))]
    if any(b"<!DOCTYPE" in part or b"\0" in part for part in xml):
        raise KnownError("text_not_read", file=name)
    if sum(part.count(b"<") + part.count(b"=") for part in xml) > 2 * MOST_ELEMENTS:
        raise KnownError("text_too_large", file=name)


def _check_spans(name: str, document: etree._Element) -> None:
    """Refuse cells that claim to be as wide as many: they are read that many times."""
    for tag in ("gridSpan", "gridBefore", "gridAfter"):
        for span in document.iter(f"{{*}}{tag}"):
            if any(len(value) > 9 or int(value) > WIDEST_CELL for value in span.attrib.values()):
                raise KnownError("text_not_read", file=name)


def _block(block: Paragraph | Table) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield block.text
        return
    head, *rows = [[cell.text.strip() for cell in row.cells] for row in block.rows] or [[]]
    for row in rows:
        for title, cell in zip(head[1:], row[1:], strict=False):
            yield f"{row[0]} — {title} — {cell}"


def _chart(xml: bytes) -> Iterator[str]:
    safe = etree.XMLParser(resolve_entities=False, no_network=True)
    for series in etree.fromstring(xml, safe).iter(f"{_CHART}ser"):
        labels, values = (
            [point.text or "" for point in series.iterfind(f"{_CHART}{part}//{_CHART}v")]
            for part in ("cat", "val")
        )
        yield "\t".join([*labels, *values])
