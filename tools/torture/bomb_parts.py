"""What bombs are made of: parts of Office files that say much in few bytes."""

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tools.torture.mutations import unzipped, zipped

MIB = 1024 * 1024
LAUGHS = b"<!DOCTYPE a [<!ENTITY a0 'ha'>%s]>" % b"".join(
    b"<!ENTITY a%d '%s'>" % (level, b"&a%d;" % (level - 1) * 10) for level in range(1, 12)
)
QUADRATIC = b"<!DOCTYPE a [<!ENTITY a '%s'>]>" % (b"x" * 100_000)


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


def with_part(parts: Mapping[str, bytes], name: str, content: bytes) -> dict[str, bytes]:
    return {**parts, name: content}


def sheet(rows: bytes) -> bytes:
    return (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + rows
        + b"</sheetData></worksheet>"
    )


def lying(data: bytes, name: str, size: int, stated: int) -> bytes:
    """A zip whose entry holds zeros and states to be short, with a check sum of its own."""
    parts = unzipped(data)
    packed = bytearray(zipped(with_part(parts, name, bytes(size))))
    for mark, field in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = packed.find(mark)
        while at >= 0:
            if struct.unpack_from("<I", packed, at + field)[0] == size:
                struct.pack_into("<I", packed, at + field, stated)
            at = packed.find(mark, at + 4)
    return bytes(packed)


FAR = {
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


def with_endless_strings(data: bytes) -> bytes:
    strings = b"<sst>" + b"<si><t/></si>" * 2_300_000 + b"</sst>"
    parts = with_part(unzipped(data), "xl/sharedStrings.xml", strings)
    relation = (
        b'<Relationship Id="rId98" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )
    name = "xl/_rels/workbook.xml.rels"
    return zipped({**parts, name: parts[name].replace(b"</Relationships>", relation)})
