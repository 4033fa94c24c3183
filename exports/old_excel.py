"""Looks into an .xls (an OLE file with a stream of BIFF records) before its reader does.

That reader keeps every cell between the first and the last and believes all numbers in the file,
so that a short one takes gigabytes or ends the program. What was judged here is packed anew for
it: it sees no other stream.

Sources: [MS-CFB] 2.2 to 2.6; [MS-XLS] 2.1.4, 2.4.
"""

import struct
from collections import Counter
from collections.abc import Iterator
from typing import Final

from exports.office_reading import MOST_CELLS, TooLargeError

MOST_TEXT: Final = 40_000_000
"""Bytes of text in all cells of a journal together, a text counted as often as it stands there."""
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of the file."""

_HEADER: Final = 512
_FREE, _END, _OF_FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_NAMED_IN_HEADER: Final = 109
_SHORT: Final = 4096
"""A stream that is shorter lies in the stream of short sectors."""
_SHORT_SECTOR: Final = 64
_ENTRY: Final = 128
_STREAM, _ROOT = 2, 5

_END_OF_SHEET, _PASSWORD, _CONTINUE = 0x000A, 0x002F, 0x003C
_SHEET, _DIMENSIONS = 0x0085, 0x0200
_STRINGS, _STRING_CELL = 0x00FC, 0x00FD
_FORMULA, _NUMBERS = 0x0006, 0x00BD
_WITH_TEXT: Final = frozenset({0x00D6, 0x0204, 0x0207})
"""Cells that hold their text themselves; the last is the text of the formula before it."""
_CELLS: Final = frozenset(
    {_FORMULA, _NUMBERS, _STRING_CELL, 0x00D6, 0x0203, 0x0204, 0x0205, 0x027E}
)
_MOST_RECORDS: Final = 1_000_000
_MOST_STRINGS: Final = 400_000


class NoWorkbookError(Exception):
    """The file is damaged, or holds something else than one workbook."""


class ProtectedError(Exception):
    """The workbook is protected with a password."""


def looked_through(data: bytes) -> bytes:
    """The same workbook, alone in a new file.

    Args:
        data: a file that begins with `OLE`.

    Raises:
        NoWorkbookError, ProtectedError: see there.
        TooLargeError: more than `MOST_CELLS` cells between the first and the last of all sheets,
            more than `MOST_TEXT` bytes of text in them, or more records than so many cells need.
    """
    try:
        return packed(_judged(workbook_of(data)))
    except (struct.error, IndexError, ValueError) as error:
        raise NoWorkbookError from error


def workbook_of(data: bytes) -> bytes:
    """The stream of records.

    Raises:
        ProtectedError: see there.
        ValueError, IndexError, struct.error: the file is damaged or holds no workbook.
    """
    streams = dict(_streams(data))
    if "encryptedpackage" in streams:
        raise ProtectedError
    (workbook,) = (streams[name] for name in ("workbook", "book") if name in streams)
    return workbook


# --- Records --------------------------------------------------------------------------------------


class _Records:
    """A stream as records, not more of which are read than a judged workbook needs.

    Args:
        stream: of BIFF 5 or 8.
    """

    def __init__(self, stream: bytes) -> None:
        self.stream = stream
        self._left = _MOST_RECORDS

    def since(self, at: int) -> Iterator[tuple[int, int, int]]:
        """Kind, beginning and end of what each record holds, up to the end of a sheet."""
        kind = 0
        while kind != _END_OF_SHEET and at < len(self.stream):
            kind, length = struct.unpack_from("<HH", self.stream, at)
            at += 4 + length
            self._left -= 1
            if at > len(self.stream):
                raise ValueError("a record without an end")
            if self._left < 0:
                raise TooLargeError
            yield kind, at - length, at


def _judged(stream: bytes) -> bytes:
    """The stream without the stated sizes of its sheets, for which its reader would make room."""
    records = _Records(stream)
    sheets, strings = [], list[bytes]()
    before = 0
    for kind, start, end in records.since(0):
        if kind == _PASSWORD:
            raise ProtectedError
        if kind == _SHEET:
            sheets.append(struct.unpack_from("<I", stream, start)[0])
        elif kind == _STRINGS and strings:
            raise ValueError("two tables of strings")
        elif kind == _STRINGS or (kind == _CONTINUE and before == _STRINGS):
            strings.append(stream[start:end])
            kind = _STRINGS
        before = kind
    lengths = _lengths(strings) if strings else []
    sizes = list[tuple[int, int]]()
    cells = text = 0
    for at in sheets:
        if at >= len(stream):
            raise ValueError("no such sheet")
        of_sheet, its_text = _judged_sheet(records, at, lengths, sizes)
        cells, text = cells + of_sheet, text + its_text
        if cells > MOST_CELLS or text > MOST_TEXT:
            raise TooLargeError
    changed = bytearray(stream)
    for start, end in sizes:
        changed[start:end] = bytes(end - start)
    return bytes(changed)


def _judged_sheet(
    records: _Records, at: int, lengths: list[int], sizes: list[tuple[int, int]]
) -> tuple[int, int]:
    """Cells up to the last, and bytes of text; the places of stated sizes go into ``sizes``."""
    stream = records.stream
    last, right, text = -1, 0, 0
    used: Counter[int] = Counter()
    for kind, start, end in records.since(at):
        if kind == _DIMENSIONS:
            sizes.append((start, end))
        if kind in _WITH_TEXT:
            text += 2 * (end - start)
        if kind not in _CELLS:
            continue
        row, column = struct.unpack_from("<HH", stream, start)
        if row < last:
            raise ValueError("rows are not in their order")
        if kind == _STRING_CELL:
            used[struct.unpack_from("<I", stream, start + 6)[0]] += 1
        elif kind == _NUMBERS:
            column = max(column + (end - start) // 6, *struct.unpack_from("<H", stream, end - 2))
        last, right = row, max(right, column)
    text += sum(times * lengths[index] for index, times in used.items() if index < len(lengths))
    return (last + 1) * (right + 1), text


def _lengths(parts: list[bytes]) -> list[int]:
    """Bytes in UTF-8, or more, of each shared string ([MS-XLS] 2.4.265, 2.5.293).

    Args:
        parts: what the record holds and what those hold that continue it.
    """
    lengths = list[int]()
    number, at = 0, 8
    (count,) = struct.unpack_from("<I", parts[0], 4)
    if count > _MOST_STRINGS:
        raise TooLargeError
    while len(lengths) < count:
        if at >= len(parts[number]):
            number, at = number + 1, 0
        characters, flags = struct.unpack_from("<HB", parts[number], at)
        at += 3
        after = 0
        if flags & 8:
            (runs,) = struct.unpack_from("<H", parts[number], at)
            at, after = at + 2, 4 * runs
        if flags & 4:
            (more,) = struct.unpack_from("<I", parts[number], at)
            at, after = at + 4, after + more
        lengths.append(3 * characters)
        while characters:
            wide = 1 + (flags & 1)
            here = min(characters, (len(parts[number]) - at) // wide)
            characters, at = characters - here, at + here * wide
            if characters:
                # The rest of a string goes on with a mark of its own.
                number, at = number + 1, 1
                flags = parts[number][0]
        while after:
            here = min(after, len(parts[number]) - at)
            after, at = after - here, at + here
            if after:
                number, at = number + 1, 0
    return lengths


# --- OLE ------------------------------------------------------------------------------------------


def _streams(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Each stream by its name in small letters.

    Raises:
        ValueError, IndexError, struct.error: the file is damaged, or two have one name.
    """
    shift, short_shift = struct.unpack_from("<HH", data, 30)
    if shift not in (9, 12) or short_shift != 6 or not data.startswith(OLE):
        raise ValueError("unusual sectors")
    size = 1 << shift
    content = data[size:]
    per_sector = size // 4

    def sector(number: int) -> bytes:
        if number * size >= len(content):
            raise ValueError("no such sector")
        return content[number * size : (number + 1) * size]

    def numbers(raw: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])

    named = list(struct.unpack_from(f"<{_NAMED_IN_HEADER}I", data, 76))
    (more,) = struct.unpack_from("<I", data, 68)
    while more < _OF_FAT - 1:
        *further, more = numbers(sector(more))
        named += further
        # A cut last sector may hold its own number alone: a circle in which nothing grows.
        if not further or len(named) > len(data) // size + per_sector + _NAMED_IN_HEADER:
            raise ValueError("sectors in a circle")
    table = [one for number in named if number != _FREE for one in numbers(sector(number))]

    def chain(first: int, table: list[int], most: int) -> list[int]:
        found = list[int]()
        while first != _END:
            if len(found) > most:
                raise ValueError("sectors in a circle")
            found.append(first)
            first = table[first]
        return found

    def joined(first: int) -> bytes:
        return b"".join(map(sector, chain(first, table, len(content) // size + 1)))

    (first,) = struct.unpack_from("<I", data, 48)
    (first_short,) = struct.unpack_from("<I", data, 60)
    directory = joined(first)
    short_table = list(numbers(joined(first_short))) if first_short != _END else []
    short, seen = b"", set[str]()
    for at in range(0, len(directory), _ENTRY):
        entry = directory[at : at + _ENTRY]
        (letters,) = struct.unpack_from("<H", entry, 64)
        name = entry[: max(0, min(letters, 64) - 2)].decode("utf-16-le", "replace").lower()
        start, length = struct.unpack_from("<II", entry, 116)
        if entry[66] == _ROOT:
            short = joined(start) if length else b""
        if entry[66] != _STREAM:
            continue
        if name in seen:
            raise ValueError("two streams of one name")
        seen.add(name)
        if name not in ("workbook", "book"):
            yield name, b""
        elif length >= _SHORT:
            yield name, joined(start)[:length]
        else:
            places = chain(start, short_table, len(short) // _SHORT_SECTOR + 1)
            pieces = (short[n * _SHORT_SECTOR : (n + 1) * _SHORT_SECTOR] for n in places)
            yield name, b"".join(pieces)[:length]


def packed(workbook: bytes) -> bytes:
    """An OLE file with this stream alone.

    Args:
        workbook: records of BIFF; filled up with zeros, which no reader reads, to a whole sector.
    """
    size = _HEADER
    stream = workbook.ljust(max(_SHORT, -(-len(workbook) // size) * size), b"\0")
    sectors = len(stream) // size
    tables = 1
    while tables * (size // 4) < sectors + 1 + tables + _tables_of(tables):
        tables += 1
    lists = _tables_of(tables)
    # In this order: the stream, the directory, the table of sectors, lists of the table's sectors.
    table = [*range(1, sectors), _END, _END, *[_OF_FAT] * tables, *[_OF_FAT - 1] * lists]
    table += [_FREE] * (tables * (size // 4) - len(table))
    named = list(range(sectors + 1, sectors + 1 + tables))
    first_list = sectors + 1 + tables
    header = OLE + struct.pack(
        "<16s5H10s7I", b"", 62, 3, 0xFFFE, 9, 6, b"", tables, sectors, 0, _SHORT, _END, 0,
        first_list if lists else _END,
    )  # fmt: skip
    header += struct.pack("<I", lists)
    in_header, rest = named[:_NAMED_IN_HEADER], named[_NAMED_IN_HEADER:]
    in_header += [_FREE] * (_NAMED_IN_HEADER - len(in_header))
    further = list[int]()
    step = size // 4 - 1
    for number in range(lists):
        piece = rest[number * step : (number + 1) * step]
        following = first_list + number + 1 if number + 1 < lists else _END
        further += [*piece, *[_FREE] * (step - len(piece)), following]
    directory = _entry("Root Entry", _ROOT, _END, 0, child=1)
    directory += _entry("Workbook", _STREAM, 0, len(stream))
    return b"".join(
        (
            header,
            struct.pack(f"<{_NAMED_IN_HEADER}I", *in_header),
            stream,
            directory.ljust(size, b"\0"),
            struct.pack(f"<{len(table)}I", *table),
            struct.pack(f"<{len(further)}I", *further),
        )
    )


def _tables_of(tables: int) -> int:
    """Sectors for the names of those of the table that the header has no room for."""
    return -(-max(0, tables - _NAMED_IN_HEADER) // (_HEADER // 4 - 1))


def _entry(name: str, kind: int, start: int, length: int, child: int = _FREE) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII36sIQ", written, len(written), kind, 1, _FREE, _FREE, child, b"", start, length
    )
