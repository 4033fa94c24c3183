"""A finished text of a report as paragraphs: DOCX (its tables and charts too) or plain text."""

import zipfile
from collections.abc import Iterator, Mapping

from lxml import etree

from exports.office_reading import TooLargeError, unpacked
from pravo_desktop.errors import KnownError

LARGEST_TEXT = 50_000_000
"""Bytes of a text file, or of all parts of a DOCX file unpacked."""
MOST_ELEMENTS = 250_000
"""Of all XML in a DOCX file, with their attributes: each takes memory as a tree."""
WIDEST_CELL = 200
"""Columns of a table that one cell may span: each is read as a cell."""

MOST_CELLS = 100_000
"""Places that the cells of a table cover."""

_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
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
    parts = _checked_parts(name, data)
    try:
        body = _xml(parts[_main_part(parts)]).find("{*}body")
        if body is None:
            raise KeyError("body")
        lines = [line for block in body.iterchildren("{*}p", "{*}tbl") for line in _block(block)]
        for path in sorted(parts):
            if "/charts/chart" in path and path.endswith(".xml"):
                lines.extend(_chart(parts[path]))
    except (etree.XMLSyntaxError, KeyError, ValueError) as error:
        raise KnownError("text_not_read", file=name) from error
    return iter(lines)


def _checked_parts(name: str, data: bytes) -> dict[str, bytes]:
    """What a file holds, unless that would unpack or grow as a tree beyond any text."""
    try:
        parts = unpacked(data, LARGEST_TEXT)
    except TooLargeError as error:
        raise KnownError("text_too_large", file=name) from error
    except zipfile.BadZipFile as error:
        raise KnownError("text_not_read", file=name) from error
    xml = [part for path, part in parts.items() if path.endswith((".xml", ".rels"))]
    if any(b"<!DOCTYPE" in part or b"\0" in part for part in xml):
        raise KnownError("text_not_read", file=name)
    if sum(part.count(b"<") + part.count(b"=") for part in xml) > 2 * MOST_ELEMENTS:
        raise KnownError("text_too_large", file=name)
    return parts


def _main_part(parts: Mapping[str, bytes]) -> str:
    """The part that holds the text, as the relations of the package name it."""
    for link in _xml(parts["_rels/.rels"]).iterchildren("{*}Relationship"):
        if link.get("Type", "").endswith("/officeDocument"):
            return link.get("Target", "").lstrip("/")
    raise KeyError("officeDocument")


def _xml(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _block(block: etree._Element) -> Iterator[str]:
    if etree.QName(block).localname == "p":
        yield _paragraph(block)
        return
    head, *rows = list(_rows(block)) or [[]]
    for row in rows:
        for title, cell in zip(head[1:], row[1:], strict=False):
            yield f"{row[0]} — {title} — {cell}"


def _paragraph(paragraph: etree._Element) -> str:
    """What stands in it itself, not in a box that hangs on it."""
    return "".join(
        _SIGNS.get(etree.QName(one).localname, one.text or "")
        for run in paragraph.iter("{*}r")
        if next(run.iterancestors("{*}p")) is paragraph
        for one in run.iterchildren("{*}t", *(f"{{*}}{name}" for name in _SIGNS))
    )


def _rows(table: etree._Element) -> Iterator[list[str]]:
    """The cells of each row; a merged cell's text in each place that it covers.

    Raises:
        ValueError: a cell claims to be wider than any, or all together cover too many places.
    """
    above: dict[int, str] = {}
    places = 0
    for row in table.iterchildren("{*}tr"):
        cells: list[str] = []
        before = _number(row.find("{*}trPr/{*}gridBefore"), 0)
        for cell in row.iterchildren("{*}tc"):
            width = _number(cell.find("{*}tcPr/{*}gridSpan"), 1)
            merged = cell.find("{*}tcPr/{*}vMerge")
            place = before + len(cells)
            if merged is not None and _value(merged) != "restart":
                text = above.get(place, "")
            else:
                text = "\n".join(map(_paragraph, cell.iterchildren("{*}p"))).strip()
            above.update(dict.fromkeys(range(place, place + width), text))
            cells += [text] * width
            places += width
            if places > MOST_CELLS:
                raise ValueError("a table beyond any")
        yield cells


def _number(element: etree._Element | None, otherwise: int) -> int:
    value = None if element is None else _value(element)
    if value is None:
        return otherwise
    if len(value) > 9 or not 0 <= int(value) <= WIDEST_CELL:
        raise ValueError("wider than any cell")
    return int(value)


def _value(element: etree._Element) -> str | None:
    return next((one for name, one in element.items() if name.endswith("val")), None)


def _chart(xml: bytes) -> Iterator[str]:
    for series in _xml(xml).iter(f"{_CHART}ser"):
        labels, values = (
            [point.text or "" for point in series.iterfind(f"{_CHART}{part}//{_CHART}v")]
            for part in ("cat", "val")
        )
        yield "\t".join([*labels, *values])
