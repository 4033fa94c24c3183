"""Reads an existing journal: the sheets of an Excel file, or a CSV, as plain cells.

What the file is, its bytes say and not its name. Sizes are looked at before anything is unpacked:
a single cell in the last row of a sheet would otherwise cost gigabytes.
"""

import codecs
import csv
import hashlib
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from pathlib import Path

from lxml import etree
from python_calamine import (
    CalamineError,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from exports.office_reading import MOST_CELLS, TooLargeError, area, unpacked
from exports.old_excel import MOST_TEXT, OLE, NoWorkbookError, ProtectedError, looked_through
from pravo_desktop.domain.journal_cells import UNREADABLE, Cell
from pravo_desktop.domain.text import normalise_line
from pravo_desktop.errors import KnownError

MOST_BYTES = 20_000_000
"""Of the file."""
MOST_UNPACKED = 60_000_000
"""Of all that an .xlsx holds."""
MOST_ROWS = 50_000
MOST_COLUMNS = 200

_OF_OTHER_PROGRAMS = frozenset({"content.xml", "xl/workbook.bin"})
"""Parts by which a file would be read as another kind than .xlsx, unseen by the limits here."""
_MOST_PARSED = 2_000_000
"""Bytes of the workbook and of its relationships."""
_ZIP = b"PK\x03\x04"
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_ERROR = re.compile(rb"""\bt=["']e["']""")
_SHEETS = ("xl/worksheets/", "xl/chartsheets/", "xl/dialogsheets/", "xl/macrosheets/")
_SHARED = re.compile(rb"<(?:[^\s<>/]*:)?si(?=[\s/>])")
_ANY_VALUE = re.compile(rb"<(?:[^\s<>/]*:)?v(?=[\s>])")
_PLAIN_VALUE = re.compile(rb"<(?:[^\s<>/]*:)?v( xml:space=\"preserve\")?>([^<&]*)</")
"""As every program writes it; what is written otherwise may name any shared string."""
_VALUE = re.compile(rb"<v\b[^>]*(?<!/)>[^<]")


@dataclass(frozen=True)
class Sheet:
    """A sheet's cells; row 1 of the file is ``rows[0]``."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Journal:
    """A journal as it lay in a file.

    Args:
        name: of the file, without folders.
        sha256: of its bytes, hex.
        sheets: those that are visible and not empty; a CSV is one sheet.
    """

    name: str
    sha256: str
    sheets: tuple[Sheet, ...]


def read_journal(path: Path) -> Journal:
    """Read .xlsx, .xls or CSV (UTF-8, UTF-16 with its mark, or cp1251; semicolon, comma or tab).

    Raises:
        KnownError: ``file_not_found``; ``file_not_read`` with the ``reason``;
            ``journal_too_large``; ``journal_encrypted``; ``journal_unreadable`` when it is
            neither Excel nor text, or damaged; ``journal_empty``.
    """
    data = _bytes_of(path)
    if data.startswith(_ZIP):
        sheets = _workbook(path.name, data, _looked_through(path.name, data))
    elif data.startswith(OLE):
        sheets = _workbook(path.name, _old_workbook(path.name, data), {})
    else:
        sheets = [Sheet("", tuple(_csv_rows(path.name, _decoded(path.name, data))))]
    filled = tuple(sheet for sheet in sheets if any(any(_said(row)) for row in sheet.rows))
    if not filled:
        raise KnownError("journal_empty", file=path.name)
    return Journal(normalise_line(path.name), hashlib.sha256(data).hexdigest(), filled)


def _said(row: Iterable[Cell]) -> Iterator[bool]:
    return (cell is not None and cell != "" for cell in row)


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise KnownError("file_not_found", file=path.name) from error
    except OSError as error:
        raise KnownError("file_not_read", file=path.name, reason=error.strerror) from error
    if len(data) > MOST_BYTES:
        raise _too_large(path.name)
    return data


def _too_large(name: str) -> KnownError:
    return KnownError("journal_too_large", file=name, rows=MOST_ROWS)


# --- Excel ------------------------------------------------------------------------------------


def _looked_through(name: str, data: bytes) -> dict[str, set[tuple[int, int]]]:
    """Refuse an .xlsx that would unpack too far; the cells without a value by sheet.

    calamine keeps every cell between the first and the last, so the corner counts; of a formula
    that was never calculated, and of an Excel error, it gives an empty cell.
    """
    if _encrypted(data):
        raise KnownError("journal_encrypted", file=name)
    try:
        parts = unpacked(data, MOST_UNPACKED)
        if "xl/workbook.xml" not in parts or not _OF_OTHER_PROGRAMS.isdisjoint(parts):
            raise KnownError("journal_unreadable", file=name)
        sheets = {part: content for part, content in parts.items() if _is_sheet(part)}
        cells, valueless = 0, {}
        for part, content in sheets.items():
            rows, columns = area(content)
            cells += rows * columns
            if rows > MOST_ROWS or columns > MOST_COLUMNS or cells > MOST_CELLS:
                raise _too_large(name)
            valueless[part] = _valueless(content)
        strings = (one for part, one in parts.items() if part not in sheets and b"si" in one)
        if _text(sheets.values(), strings) > MOST_TEXT:
            raise _too_large(name)
        parts_of = _sheet_parts(parts)
        if not all(map(_is_sheet, parts_of.values())):
            raise KnownError("journal_unreadable", file=name)
    except TooLargeError as error:
        raise _too_large(name) from error
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError) as error:
        raise KnownError("journal_unreadable", file=name) from error
    return {sheet: valueless.get(part, set()) for sheet, part in parts_of.items()}


def _old_workbook(name: str, data: bytes) -> bytes:
    """Refuse an .xls that would unpack too far; what may be read of the others."""
    try:
        return looked_through(data)
    except TooLargeError as error:
        raise _too_large(name) from error
    except ProtectedError as error:
        raise KnownError("journal_encrypted", file=name) from error
    except NoWorkbookError as error:
        raise KnownError("journal_unreadable", file=name) from error


def _encrypted(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(part.flag_bits & 1 for part in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return False


def _is_sheet(part: str) -> bool:
    return part.lower().replace("\\", "/").lstrip("/").startswith(_SHEETS)


def _text(sheets: Iterable[bytes], others: Iterable[bytes]) -> int:
    """Bytes of text in all cells, or more: a shared string is kept for each that names it.

    Args:
        others: parts of which one may hold the shared strings.

    Raises:
        TooLargeError: there are more strings than cells can be.
    """
    lengths = list[int]()
    for content in others:
        if content.count(b"si") > 2 * MOST_CELLS:
            raise TooLargeError
        found = [len(one) for one in _SHARED.split(content)[1:]]
        lengths = [max(pair) for pair in zip_longest(lengths, found, fillvalue=0)]
    longest = max(lengths, default=0)
    total = 0
    for content in sheets:
        used = Counter(_PLAIN_VALUE.findall(content))
        unclear = len(_ANY_VALUE.findall(content)) - sum(used.values())
        total += unclear * longest
        for (_, written), times in used.items():
            with suppress(ValueError):
                index = int(written)
                total += times * lengths[index] if 0 <= index < len(lengths) else 0
    return total


def _valueless(content: bytes) -> set[tuple[int, int]]:
    """Cells without a value, row and column from 0."""
    empty = set()
    for written in content.split(b"<c ")[1:]:
        if b"<f" not in written and not _ERROR.search(written):
            continue
        attributes, _, rest = written.partition(b">")
        place = _PLACE.search(b" " + attributes)
        inside = b"" if attributes.endswith(b"/") else rest.partition(b"</c>")[0]
        if place is None:
            continue
        if _ERROR.search(b" " + attributes) or (b"<f" in inside and not _VALUE.search(inside)):
            empty.add((int(place[2]) - 1, _column(place[1]) - 1))
    return empty


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _sheet_parts(archive: Mapping[str, bytes]) -> dict[str, str]:
    """The part of each sheet by the sheet's name."""
    targets = {
        link.get("Id"): link.get("Target", "")
        for link in _xml(archive, "xl/_rels/workbook.xml.rels").iter("{*}Relationship")
    }
    parts = {}
    for sheet in _xml(archive, "xl/workbook.xml").iter("{*}sheet"):
        identifier = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), None)
        target = targets.get(identifier, "")
        parts[sheet.get("name", "")] = target[1:] if target[:1] == "/" else f"xl/{target}"
    return parts


def _xml(archive: Mapping[str, bytes], part: str) -> etree._Element:
    if len(archive[part]) > _MOST_PARSED or b"<!" in archive[part]:
        raise ValueError("not a part of a workbook")
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(archive[part], parser)


def _workbook(name: str, data: bytes, valueless: Mapping[str, set[tuple[int, int]]]) -> list[Sheet]:
    try:
        with load_workbook(io.BytesIO(data)) as workbook:
            sheets = []
            for meta in workbook.sheets_metadata:
                if meta.typ != SheetTypeEnum.WorkSheet or meta.visible != SheetVisibleEnum.Visible:
                    continue
                sheet = workbook.get_sheet_by_name(meta.name)
                if sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS:
                    raise _too_large(name)
                rows = [list(map(_plain, row)) for row in sheet.to_python(skip_empty_area=False)]
                for row, column in valueless.get(meta.name, ()):
                    if row < len(rows) and column < len(rows[row]):
                        rows[row][column] = UNREADABLE
                sheets.append(Sheet(meta.name, tuple(map(tuple, rows))))
            return sheets
    except PasswordError as error:
        raise KnownError("journal_encrypted", file=name) from error
    except CalamineError as error:
        raise KnownError("journal_unreadable", file=name) from error
    except BaseException as error:
        # A panic in Rust is no Exception, and its class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise KnownError("journal_unreadable", file=name) from error


def _plain(value: object) -> Cell:
    """A cell as the domain knows it: whole floats as ints, moments as days, nothing as None."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, time | timedelta):
        return str(value)
    return value if isinstance(value, bool | int | float | date) else None


# --- CSV --------------------------------------------------------------------------------------


def _decoded(name: str, data: bytes) -> str:
    encodings = ["utf-8-sig", "cp1251"]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise KnownError("journal_unreadable", file=name)


def _csv_rows(name: str, text: str) -> Iterator[tuple[Cell, ...]]:
    """Rows by the separator that most often stands outside quotes in the first lines."""
    start = re.sub(r'"[^"]*"', "", text[:20_000])
    separator = max(";\t,", key=start.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for number, row in enumerate(reader, start=1):
            if number > MOST_ROWS or len(row) > MOST_COLUMNS:
                raise _too_large(name)
            yield tuple(cell if cell.strip() else None for cell in row)
    except csv.Error as error:
        raise KnownError("journal_unreadable", file=name) from error
