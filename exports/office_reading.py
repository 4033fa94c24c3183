"""Looks into received Office files without unpacking more than they say or a reader can hold.

`zipfile` inflates an entry whole before it notices that the entry is longer than it states, and a
single far cell makes a reader of sheets keep every cell before it: both are judged here first.
"""

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable
from typing import Final

_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    KeyError,
    ValueError,
    OverflowError,
    OSError,
)
"""What `zipfile` raises of damaged, encrypted and unknown content."""
MOST_CELLS: Final = 1_000_000
"""Of all sheets together, with the empty ones before the last; a full package of a busy centre has
half of that."""

_MOST_ENTRIES: Final = 10_000
_MOST_TAGS: Final = 6_000_000
_FARTHEST: Final = 1 << 20
"""Rows of an Excel sheet."""
_TAG: Final = re.compile(rb"<(?:[^\s<>/:]{1,40}:)?(c|row)(?=[\s/>])")
_PLACED: Final = b'<c r="'
_LAST: Final = re.compile(rb'<c r="([A-Z])([1-9][0-9]{0,6})"')
_BEHIND_A_PREFIX: Final = re.compile(rb":(?:c|row)[\s/>]")
_REST: Final = r'(?:>| t="inlineStr">|(?: s="[0-9]{1,5}")?(?: t="[A-Za-z]{1,9}")?/?>)'
"""Of a cell's tag, the usual ones first: no second place, which a reader may prefer."""
_SHORTEST_CELL: Final = len(b'<c r="A1"/>')
_PLACE: Final = re.compile(rb"=\s*[\"']\s*([A-Za-z]{0,3})([0-9]{1,8})\s*[\"']")


class TooLargeError(Exception):
    """The file would unpack beyond the limit."""


def unpacked(data: bytes, most: int) -> dict[str, bytes]:
    """What a zip holds, by name; of two entries of one name the last.

    Args:
        most: bytes of all entries together.

    Raises:
        zipfile.BadZipFile: it is damaged, encrypted or no zip; also where an entry is not as long
            as it states.
        TooLargeError: more than ``most``, or ten thousand entries.
    """
    if data.count(b"PK\x01\x02") > _MOST_ENTRIES:
        raise TooLargeError
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            entries = packed.infolist()
            if sum(entry.file_size for entry in entries) > most:
                raise TooLargeError
            return {entry.filename: _content(packed, entry) for entry in entries}
    except _BROKEN as error:
        raise zipfile.BadZipFile("damaged") from error


def _content(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """An entry, inflated no further than it states; its check sum then tells a longer one."""
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile("packed in an unusual way")
    with packed.open(entry) as stream:
        content = stream.read(entry.file_size) if entry.file_size else b""
        if len(content) != entry.file_size or zlib.crc32(content) != entry.CRC:
            raise zipfile.BadZipFile("not as stated")
    return content


def area(sheet: bytes) -> tuple[int, int]:
    """Rows and columns that a reader of this worksheet would keep, or more; never fewer.

    Args:
        sheet: XML of a worksheet in an encoding that contains ASCII.
    """
    return _corner(sheet) or _counted(sheet)


def _corner(sheet: bytes) -> tuple[int, int] | None:
    """Row and column of the last cell; None unless all cells say theirs and none lies beyond.

    Searching for what nothing matches takes a tenth of listing the cells.
    """
    last = _LAST.match(sheet, max(sheet.rfind(_PLACED), 0))
    if last is None or _BEHIND_A_PREFIX.search(sheet):
        return None
    letter, row = last[1].decode(), last[2].decode()
    plain = rf' r="[A-{letter}]{_at_most(row)}"{_REST}'
    if re.search(rf"<c(?=[\s/>])(?!{plain})".encode(), sheet):
        return None
    if len(sheet) > _SHORTEST_CELL * MOST_CELLS and sheet.count(_PLACED) > MOST_CELLS:
        return None
    return int(row), _column(last[1])


def _at_most(number: str) -> str:
    """A pattern of the whole numbers that are not greater than one written without zeros first."""
    first, rest = number[0], number[1:]
    if not rest:
        return f"[0-{first}]"
    less = f"[0-9]{{1,{len(rest)}}}"
    if first > "0":
        less += f"|[0-{int(first) - 1}][0-9]{{{len(rest)}}}"
    return f"(?:{less}|{first}{_at_most(rest)})"


def _counted(sheet: bytes) -> tuple[int, int]:
    if sheet.count(b"<") > _MOST_TAGS:
        return _FARTHEST, _FARTHEST
    tags = _TAG.findall(sheet)
    cells = tags.count(b"c")
    rows = len(tags) - cells
    places = _PLACE.findall(sheet)
    letters = {place[0] for place in places}
    rows = max(rows, *map(int, {place[1] for place in places}), 0)
    columns = max(0, cells - sheet.count(_PLACED)) + max(map(_column, letters), default=0)
    return (rows, columns) if cells <= MOST_CELLS else (_FARTHEST, _FARTHEST)


def cells_kept(sheets: Iterable[bytes]) -> int:
    """Cells that a reader of these worksheets would keep together; see :func:`area`."""
    return sum(rows * columns for rows, columns in map(area, sheets))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
