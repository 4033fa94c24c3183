"""Journals (Excel of today and of old, CSV) that are made to cost their reader time or memory."""

import re
import struct
from collections.abc import Callable, Sequence

from exports.old_excel import OLE, packed
from tools.torture.bomb_parts import (
    FAR,
    LAUGHS,
    MIB,
    QUADRATIC,
    Bomb,
    lying,
    sheet,
    with_endless_strings,
    with_part,
)
from tools.torture.mutations import unzipped, zipped
from tools.torture.readers import READERS

_SHEET = "xl/worksheets/sheet1.xml"


def journal_bombs() -> list[Bomb]:
    reader = "journal to import"
    good = next(each for each in READERS if each.name == reader).seeds()[0]

    def of(name: str, content: bytes) -> Callable[[], bytes]:
        return lambda: zipped(with_part(unzipped(good), name, content))

    bombs = [Bomb(name, reader, of(_SHEET, sheet(rows))) for name, rows in FAR.items()]
    return [
        *bombs,
        *_string_bombs(),
        *_old_bombs(),
        Bomb("zip bomb", reader, of("xl/media/a", bytes(400 * MIB))),
        Bomb("zip bomb that states a small size", reader,
             lambda: lying(good, _SHEET, 400 * MIB, 900)),
        Bomb("billion laughs", reader, of("xl/workbook.xml", LAUGHS + b"<a>&a11;</a>")),
        Bomb("quadratic blow-up", reader, of(_SHEET, QUADRATIC + b"&a;" * 100_000)),
        Bomb("shared strings without end", reader, lambda: with_endless_strings(good)),
        Bomb("a table of another program with repeated columns", reader,
             of("content.xml", b'<a table:number-columns-repeated="1000000000"/>')),
        Bomb("a line of commas", reader, lambda: b"," * 10_000_000),
        Bomb("a line of quotes", reader, lambda: b'"' * 10_000_000),
        Bomb("empty lines", reader, lambda: b"\n" * 19_000_000),
    ]  # fmt: skip


def circling(workbook: bytes) -> bytes:
    """An OLE file whose last sector is cut to four bytes: a list of sectors that names itself."""
    good = packed(workbook)
    itself = len(good) // 512 - 1
    return good[:68] + struct.pack("<I", itself) + good[72:] + struct.pack("<I", itself)


def _string_bombs() -> list[Bomb]:
    """A shared string is short to name and long to keep for each cell."""
    reader = "journal to import"
    good = next(each for each in READERS if each.name == reader).seeds()[0]

    def of(strings: bytes, rows: bytes) -> Callable[[], bytes]:
        return lambda: zipped(
            {
                **unzipped(good),
                "xl/sharedStrings.xml": b"<sst>" + strings + b"</sst>",
                _SHEET: sheet(rows),
            }
        )

    long = b"<si><t>" + b"x" * 30_000 + b"</t></si>"

    def rows(values: Sequence[bytes], mark: bytes = b"") -> bytes:
        line = b'<%srow r="%d"><%sc r="A%d" t="s"><%sv>%s</%sv></%sc></%srow>'
        return b"".join(
            line % (mark, row, mark, row, mark, value, mark, mark, mark)
            for row, value in enumerate(values, start=1)
        )

    return [
        Bomb("a long string in 40,000 cells", reader, of(long, rows([b"0"] * 40_000))),
        Bomb("a long string in 40,000 cells behind a prefix", reader,
             of(long, rows([b"0"] * 40_000, b"x:"))),
        Bomb("a long string named in a roundabout way", reader,
             of(long, rows([b"<![CDATA[0]]>", b"&#48;", b"<!-- -->0"] * 10_000))),
        Bomb("strings behind a prefix without end", reader,
             of(b"<x:si><x:t/></x:si>" * 2_300_000, rows([b"0"]))),
        Bomb("a sheet where no sheets are", reader, lambda: _moved(good)),
    ]  # fmt: skip


def _moved(data: bytes) -> bytes:
    """A far cell in a part that is no sheet by its name."""
    parts = unzipped(data)
    links = "xl/_rels/workbook.xml.rels"
    changed = re.sub(rb'[^"]*worksheets/sheet1.xml', b"other/sheet1.xml", parts[links])
    far = sheet(FAR["a far cell"])
    return zipped({**parts, links: changed, "xl/other/sheet1.xml": far})


def record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def old_workbook(*cells: bytes, size: bytes = b"", strings: bytes = b"", sheets: int = 1) -> bytes:
    """The stream of an .xls; of more sheets each is the same one."""
    begin = struct.pack("<HHHHII", 0x0600, 5, 0x0DBB, 0x07CC, 0, 6)
    end = record(0x000A, b"")
    head = record(0x0809, begin) + strings
    at = len(head) + sheets * 14 + len(end)
    listed = record(0x0085, struct.pack("<IBBBB2s", at, 0, 0, 2, 0, b"ab")) * sheets
    records = record(0x0809, begin[:2] + b"\x10\0" + begin[4:])
    if size:
        records += record(0x0200, size)
    return head + listed + end + records + b"".join(cells) + end


def number_cell(row: int, column: int) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, 0, 1.0))


def _old_bombs() -> list[Bomb]:
    reader = "old journal to import (XLS)"
    strings = struct.pack("<IIHB", 1, 1, 8_000, 0) + b"x" * 8_000
    named = b"".join(record(0x00FD, struct.pack("<HHHI", row, 0, 0, 0)) for row in range(60_000))
    few = [number_cell(row, 0) for row in range(30_000)]
    made: dict[str, Callable[[], bytes]] = {
        "a far cell": lambda: old_workbook(number_cell(0, 0), number_cell(65_535, 255)),
        "a farther cell": lambda: old_workbook(number_cell(0, 0), number_cell(65_535, 65_535)),
        "rows backwards": lambda: old_workbook(number_cell(65_535, 0), number_cell(0, 65_535)),
        "a row of numbers that ends far": lambda: old_workbook(
            record(0x00BD, struct.pack("<HHHIH", 60_000, 0, 0, 0, 65_535))),
        "an endless stated size": lambda: old_workbook(
            number_cell(0, 0), size=struct.pack("<IIHHH", 0, 2**32 - 1, 0, 65_535, 0)),
        "a long string in 60,000 cells": lambda: old_workbook(
            named, strings=record(0x00FC, strings)),
        "endless strings": lambda: old_workbook(
            number_cell(0, 0), strings=record(0x00FC, struct.pack("<II", 1, 2**32 - 1))),
        "a sheet many times": lambda: old_workbook(*few, sheets=60_000),
        "records without end": lambda: old_workbook(record(0x0201, b"") * 4_500_000),
    }  # fmt: skip
    bombs = [Bomb(name, reader, lambda make=make: packed(make())) for name, make in made.items()]  # type: ignore[misc]
    return [
        *bombs,
        Bomb(
            "sectors in a circle", reader, lambda: _circle(packed(old_workbook(number_cell(0, 0))))
        ),
        Bomb(
            "a list of sectors that names itself",
            reader,
            lambda: circling(old_workbook(number_cell(0, 0))),
        ),
        Bomb("a table of sectors without end", reader, lambda: OLE.ljust(19_000_000, b"\0")),
    ]


def _circle(data: bytes) -> bytes:
    """The last sector of the stream is followed by its first."""
    table = len(data) - 512
    return data[: table + 28] + struct.pack("<I", 0) + data[table + 32 :]
