"""Files made to cost a reader its time or its memory, and what each costs in a process of its own.

A bomb is read by a child whose address space may grow by `MEMORY` after everything is imported, so
that one byte more is a MemoryError and not a slow computer.
"""

import json
import resource
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from exports.package import container
from pravo_desktop.errors import KnownError
from tools.torture.mutations import unzipped, zipped
from tools.torture.readers import READERS, signed_again, small_package, small_receipt

MEMORY = 200 * 1024 * 1024
"""Bytes that a reader may take beyond what the program takes at rest."""
SECONDS = 1.0
"""Of the processor."""

_MIB = 1024 * 1024
_SHEET = "xl/worksheets/sheet3.xml"
_JOURNAL_SHEET = "xl/worksheets/sheet1.xml"
_LAUGHS = b"<!DOCTYPE a [<!ENTITY a0 'ha'>%s]>" % b"".join(
    b"<!ENTITY a%d '%s'>" % (level, b"&a%d;" % (level - 1) * 10) for level in range(1, 12)
)
_QUADRATIC = b"<!DOCTYPE a [<!ENTITY a '%s'>]>" % (b"x" * 100_000)


@dataclass(frozen=True)
class Bomb:
    """A file for one reader.

    Args:
        reader: name of the reader.
        make: the file.
    """

    name: str
    reader: str
    make: Callable[[], bytes]

    def __str__(self) -> str:
        return f"{self.reader}: {self.name}"


class Cost(NamedTuple):
    """What reading took: the refusal's code (nothing: it was taken), processor and memory."""

    code: str
    seconds: float
    mib: float


def _with(parts: Mapping[str, bytes], name: str, content: bytes) -> dict[str, bytes]:
    return {**parts, name: content}


def _sheet(rows: bytes) -> bytes:
    return (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + rows
        + b"</sheetData></worksheet>"
    )


def _lying(data: bytes, name: str, size: int, stated: int) -> bytes:
    """A zip whose entry holds zeros and states to be short, with a check sum of its own."""
    parts = unzipped(data)
    packed = bytearray(zipped(_with(parts, name, bytes(size))))
    for mark, field in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = packed.find(mark)
        while at >= 0:
            if struct.unpack_from("<I", packed, at + field)[0] == size:
                struct.pack_into("<I", packed, at + field, stated)
            at = packed.find(mark, at + 4)
    return bytes(packed)


_FAR = {
    "a far cell": b'<row r="1"><c r="A1"><v>1</v></c></row>'
    b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "a far cell in single quotes": b"<row r='1'><c r='A1'><v>1</v></c></row>"
    b"<row r='99999'><c r='ZZ99999'><v>1</v></c></row>",
    "a far column and a far row": b'<row r="1"><c r="ZZ1"><v>1</v></c></row>'
    b'<row r="99999"><c r="A99999"><v>1</v></c></row>',
    "a far cell behind a prefix": b'<x:row xmlns:x="urn:x" r="1"><x:c r="A1"><x:v>1</x:v></x:c>'
    b'</x:row><x:row r="99999"><x:c r="zz99999"><x:v>1</x:v></x:c></x:row>',
    "a million cells in one row": b"<row>" + b"<c><v>1</v></c>" * 1_000_000 + b"</row>",
    "a wide row over many short ones": b"<row>" + b"<c><v>1</v></c>" * 9_000 + b"</row>"
    + b"<row><c><v>1</v></c></row>" * 90_000,
    "cells without an end": b'<c r="A1">' * 900_000,
    "elements nested a million deep": b"<row>" * 1_000_000,
}  # fmt: skip


def _signed_bombs(reader: str, good: Callable[[], bytes]) -> list[Bomb]:
    """An honest key signed them: they reach the reader of the sheets."""

    def of(content: bytes) -> Callable[[], bytes]:
        return lambda: signed_again(_with(unzipped(good()), _SHEET, content), compress=False)

    bombs = [Bomb(f"{name}, signed", reader, of(_sheet(rows))) for name, rows in _FAR.items()]
    deep = b"<workbook>" + b"<a>" * 30_000
    return [
        *bombs,
        Bomb("billion laughs, signed", reader, of(_LAUGHS + _sheet(b"&a11;"))),
        Bomb("quadratic blow-up, signed", reader, of(_QUADRATIC + _sheet(b"&a;" * 30_000))),
        Bomb("a workbook nested deep, signed", reader,
             lambda: signed_again(_with(unzipped(good()), "xl/workbook.xml", deep))),
    ]  # fmt: skip


def _unsigned_bombs(reader: str, good: Callable[[], bytes]) -> list[Bomb]:
    """Nobody signed them; the explanation of a refusal looks into them all the same."""

    def saved(content: bytes) -> Callable[[], bytes]:
        """As another program saves it, without a signature."""

        def make() -> bytes:
            parts = {k: v for k, v in unzipped(good()).items() if "_xmlsignatures" not in k}
            return zipped(_with(parts, _SHEET, content))

        return make

    references = b'URI="/xl/worksheets/a?b" ' * 400_000
    return [
        *(Bomb(f"{name}, unsigned", reader, saved(_sheet(rows))) for name, rows in _FAR.items()),
        Bomb("zip bomb", reader,
             lambda: container.write(_with(unzipped(good()), _SHEET, bytes(100 * _MIB)))),
        Bomb("zip bomb that states a small size", reader,
             lambda: _lying(good(), _SHEET, 400 * _MIB, 900)),
        Bomb("zip bomb of another program, unsigned", reader,
             lambda: _lying(saved(b"")(), _SHEET, 400 * _MIB, 900)),
        Bomb("a signature of endless references", reader,
             lambda: zipped(_with(unzipped(good()), "_xmlsignatures/sig1.xml", references))),
        Bomb("a directory of 60,000 entries", reader,
             lambda: zipped({f"{n}": b"" for n in range(60_000)})),
        Bomb("shared strings without end, unsigned", reader, lambda: _strings(saved(b"")())),
    ]  # fmt: skip


def _strings(data: bytes) -> bytes:
    strings = b"<sst>" + b"<si><t/></si>" * 2_300_000 + b"</sst>"
    parts = _with(unzipped(data), "xl/sharedStrings.xml", strings)
    relation = (
        b'<Relationship Id="rId98" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )
    name = "xl/_rels/workbook.xml.rels"
    return zipped({**parts, name: parts[name].replace(b"</Relationships>", relation)})


def _journal_bombs() -> list[Bomb]:
    reader = "journal to import"
    good = next(each for each in READERS if each.name == reader).seeds()[0]

    def of(name: str, content: bytes) -> Callable[[], bytes]:
        return lambda: zipped(_with(unzipped(good), name, content))

    bombs = [Bomb(name, reader, of(_JOURNAL_SHEET, _sheet(rows))) for name, rows in _FAR.items()]
    return [
        *bombs,
        Bomb("zip bomb", reader, of("xl/media/a", bytes(400 * _MIB))),
        Bomb("zip bomb that states a small size", reader,
             lambda: _lying(good, _JOURNAL_SHEET, 400 * _MIB, 900)),
        Bomb("billion laughs", reader, of("xl/workbook.xml", _LAUGHS + b"<a>&a11;</a>")),
        Bomb("quadratic blow-up", reader, of(_JOURNAL_SHEET, _QUADRATIC + b"&a;" * 100_000)),
        Bomb("shared strings without end", reader, lambda: _strings(good)),
        Bomb("a table of another program with repeated columns", reader,
             of("content.xml", b'<a table:number-columns-repeated="1000000000"/>')),
        Bomb("a line of commas", reader, lambda: b"," * 10_000_000),
        Bomb("a line of quotes", reader, lambda: b'"' * 10_000_000),
        Bomb("empty lines", reader, lambda: b"\n" * 19_000_000),
    ]  # fmt: skip


def _text_bombs() -> list[Bomb]:
    reader = "text to check (DOCX)"
    good = next(each for each in READERS if each.name == reader).seeds()[0]
    book = unzipped(good)["word/document.xml"]

    def of(content: bytes) -> Callable[[], bytes]:
        return lambda: zipped(_with(unzipped(good), "word/document.xml", content))

    def body(inner: bytes) -> Callable[[], bytes]:
        return of(book.replace(b"<w:body>", b"<w:body>" + inner, 1))

    span = b'<w:tc><w:tcPr><w:gridSpan w:val="%s"/></w:tcPr><w:p/></w:tc>'
    table = b"<w:tbl><w:tr>%s</w:tr><w:tr>%s</w:tr></w:tbl>"
    return [
        Bomb("zip bomb", reader, of(bytes(400 * _MIB))),
        Bomb("zip bomb that states a small size", reader,
             lambda: _lying(good, "word/document.xml", 400 * _MIB, 900)),
        Bomb("billion laughs", reader, of(_LAUGHS + b"<a>&a11;</a>")),
        Bomb("quadratic blow-up", reader, of(_QUADRATIC + b"<a>" + b"&a;" * 30_000 + b"</a>")),
        Bomb("ten million paragraphs", reader, body(b"<w:p/>" * 8_000_000)),
        Bomb("a cell as wide as a thousand million", reader,
             body(table % (span % b"1000000000", span % b"1000000000"))),
        Bomb("many wide cells", reader, body(table % ((span % b"200") * 20_000, b""))),
        Bomb("elements nested a million deep", reader, body(b"<w:p>" * 300_000)),
    ]  # fmt: skip


def bombs() -> Sequence[Bomb]:
    """All of them."""
    made = []
    for reader, good in (("package", small_package), ("receipt", small_receipt)):
        made += [*_signed_bombs(reader, good), *_unsigned_bombs(reader, good)]
    backup = next(each for each in READERS if each.name == "backup").seeds()[0]
    return [
        *made,
        *_journal_bombs(),
        *_text_bombs(),
        Bomb("a head of zeros", "backup", lambda: zipped(
            _with(unzipped(backup), "backup.json", bytes(400 * _MIB)))),
        Bomb("a head that states to be short", "backup",
             lambda: _lying(backup, "backup.json", 400 * _MIB, 900)),
        Bomb("brackets within brackets", "key slots", lambda: b"[" * 10_000_000),
        Bomb("brackets within brackets", "failed sign-ins", lambda: b"[" * 10_000_000),
    ]  # fmt: skip


def cost(bomb: Bomb) -> Cost:
    """What reading a bomb costs, measured in a child that may not take more than `MEMORY`.

    Raises:
        AssertionError: the child failed otherwise than by a `KnownError`, with its last words.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bomb"
        path.write_bytes(bomb.make())
        ran = subprocess.run(
            [sys.executable, "-m", "tools.torture.bombs", bomb.reader, str(path)],
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
    assert ran.returncode == 0, f"{bomb}: {ran.stderr[-400:]}"
    return Cost(*json.loads(ran.stdout))


def _read(name: str, path: Path) -> Cost:
    reader = next(each for each in READERS if each.name == name)
    for good in reader.seeds():
        reader.read(good)
    data = path.read_bytes()
    mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (mapped + MEMORY, mapped + MEMORY))
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    before, started = _peak(), time.process_time()
    code = ""
    try:
        reader.read(data)
    except KnownError as refusal:
        code = refusal.code
    seconds = time.process_time() - started
    return Cost(code, round(seconds, 3), round((_peak() - before) / 1024, 1))


def _peak() -> int:
    """KiB of memory that were held at once."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


if __name__ == "__main__":
    print(json.dumps(_read(sys.argv[1], Path(sys.argv[2]))))
