"""Makes Qt's library of ICU data anew with what our languages need: used by ``build.spec`` alone.

Qt on Linux asks ICU to compare words, to change their case and to name time zones. The data for all
languages of the world is 32 MB; ours need some 3 MB.
"""

import re
import shutil
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path

LANGUAGES = ("kk", "ru", "en")
_LEFT_OUT = re.compile(r"/(unit|curr|lang|region|translit|rbnf|brkitr)/|\.(cnv|spp|dict)$")
"""Names of units, money, languages; transcription, numbers in words, breaks, old codings."""
_LANGUAGE = re.compile(r"([a-z]{2,3})(_[A-Z0-9]\w*)?\.res")
_ALIGNED = 16
_SOURCE = """\
    .section .rodata
    .global {symbol}
    .type {symbol}, @object
    .balign 16
{symbol}:
    .incbin "{data}"
    .size {symbol}, . - {symbol}
    .section .note.GNU-stack, "", @progbits
"""


def wanted_item(name: str) -> bool:
    """Whether an item such as ``icudt73l/coll/kk.res`` belongs in the data."""
    if _LEFT_OUT.search(name):
        return False
    language = _LANGUAGE.fullmatch(name.rpartition("/")[2])
    return language is None or language[1] in LANGUAGES


def smaller(data: bytes) -> bytes:
    """ICU's common data with the wanted items alone.

    Args:
        data: a header, the number of items, for each the offsets of its name and content from
            that number, the names, the contents; see ``ucmndata.h`` of ICU.

    Raises:
        ValueError: it is something else.
    """
    (header,) = struct.unpack_from("<H", data)
    if data[2:4] != b"\xda\x27" or data[12:16] != b"CmnD":
        raise ValueError("not ICU's common data")
    kept = [(name, content) for name, content in _items(data, header) if wanted_item(name)]
    names = b"".join(name.encode() + b"\0" for name, _ in kept)
    at_name = 4 + 8 * len(kept)
    at_content = _aligned(at_name + len(names))
    table, contents = [struct.pack("<I", len(kept))], bytearray()
    for name, content in kept:
        table.append(struct.pack("<II", at_name, at_content + len(contents)))
        at_name += len(name) + 1
        contents += content.ljust(_aligned(len(content)), b"\0")
    listed = (b"".join(table) + names).ljust(at_content, b"\0")
    return data[:header] + listed + bytes(contents)


def _items(data: bytes, header: int) -> Iterator[tuple[str, bytes]]:
    (number,) = struct.unpack_from("<I", data, header)
    entries = [struct.unpack_from("<II", data, header + 4 + 8 * one) for one in range(number)]
    ends = [begin for _, begin in entries[1:]] + [len(data) - header]
    for (name, begin), end in zip(entries, ends, strict=True):
        stop = data.index(b"\0", header + name)
        yield data[header + name : stop].decode(), data[header + begin : header + end]


def _aligned(length: int) -> int:
    return -(-length // _ALIGNED) * _ALIGNED


def smaller_library(library: Path, target: Path) -> bool:
    """Write the library with less data; False where this machine cannot, and nothing is written.

    Args:
        library: ``libicudata.so.NN``, whose one symbol is the data.
        target: the file to write, of the same name.
    """
    tools = [shutil.which(tool) for tool in ("readelf", "as", "ld")]
    if None in tools:
        return False
    readelf, assembler, linker = map(str, tools)
    told = subprocess.run(
        [readelf, "-W", "-S", "--dyn-syms", str(library)],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    section = re.search(r"\.rodata +PROGBITS +([0-9a-f]+) ([0-9a-f]+) ([0-9a-f]+)", told)
    symbol = re.search(r": ([0-9a-f]+) .*\b(icudt\d+_dat)\b", told)
    if section is None or symbol is None:
        return False
    address, offset, size = (int(one, 16) for one in section.groups())
    begin = offset + int(symbol[1], 16) - address
    data = target.with_suffix(".dat")
    target.parent.mkdir(parents=True, exist_ok=True)
    data.write_bytes(smaller(library.read_bytes()[begin : offset + size]))
    source, made = target.with_suffix(".s"), target.with_suffix(".o")
    source.write_text(_SOURCE.format(symbol=symbol[2], data=data), "utf-8")
    subprocess.run([assembler, "-o", str(made), str(source)], check=True)
    subprocess.run(
        [linker, "-shared", "-soname", library.name, "-o", str(target), str(made)], check=True
    )
    return True
