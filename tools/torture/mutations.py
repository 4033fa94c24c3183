"""Changes a file as an attacker or a bad drive would: bytes, zip headers, XML, JSON, lines.

Each mutation takes the file and a source of randomness and gives another file; the same seed gives
the same one.
"""

import io
import json
import re
import struct
import warnings
import zipfile
from collections.abc import Callable, Mapping, Sequence
from random import Random

Mutation = Callable[[bytes, Random], bytes]

_NUMBERS = (0, 1, 2, 8, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)
_TEXTS = (
    b"", b"0", b"-1", b"1e999", b"nan", b"9" * 40, b"2958466", b"-657435", b"45292.5", b"TRUE",
    b"=1+1", b"+cmd|' /C calc'!A0", b"@SUM(A1)", b"_x0000_", b"_x0041_", b"\x01\x1b", b"\0",
    b"&#0;", b"&#x1F;", b"&#xD800;", b"&a0;", b"&amp;", b"<f>1+1</f>", b"\xff\xfe", b"\xed\xa0\x80",
    "ӛ\u202e".encode(), b"x" * 40_000, b"[" * 5_000, b"2024-02-30", b"2024-13", b"A1",
    b"XFD1048576", b"ZZZZZZ99999999999", b"..", b"/", b"http://example.org/",
)  # fmt: skip
_DOCTYPE = (
    b'<!DOCTYPE a [<!ENTITY a0 "ha">'
    + b"".join(
        b'<!ENTITY a%d "%s">' % (level, b"&a%d;" % (level - 1) * 10) for level in range(1, 8)
    )
    + b"]>"
)
_NAMESPACES = (b"urn:x", b"", b"http://www.w3.org/XML/1998/namespace", b"http://purl.oclc.org/x")
_ATTRIBUTE = re.compile(rb'([\w:.-]+)="([^"]*)"')
_ELEMENT = re.compile(rb"<([\w:.-]+)[^<>]*>[^<>]*</\1>|<[\w:.-]+[^<>]*/>")
_TEXT = re.compile(rb">([^<>]*)<")


# --- Bytes --------------------------------------------------------------------------------------


def flipped(data: bytes, random: Random) -> bytes:
    """One bit of one byte."""
    if not data:
        return b"\0"
    position = random.randrange(len(data))
    byte = data[position] ^ 1 << random.randrange(8)
    return data[:position] + bytes([byte]) + data[position + 1 :]


def cut(data: bytes, random: Random) -> bytes:
    """The end, the beginning or a piece is missing."""
    start, end = sorted(random.randrange(len(data) + 1) for _ in "12")
    return random.choice((data[:start], data[end:], data[:start] + data[end:]))


def repeated(data: bytes, random: Random) -> bytes:
    """A piece stands there twice, or somewhere else too."""
    start = random.randrange(len(data) + 1)
    piece = data[start : start + random.randrange(1, 200)]
    at = random.choice((start, random.randrange(len(data) + 1)))
    return data[:at] + piece + data[at:]


def number_set(data: bytes, random: Random) -> bytes:
    """Two or four bytes become a number at a limit."""
    kind = random.choice(("<H", "<I", ">H", ">I"))
    size = struct.calcsize(kind)
    if len(data) < size:
        return data
    at = random.randrange(len(data) - size + 1)
    value = random.choice(_NUMBERS) % 256**size
    return data[:at] + struct.pack(kind, value) + data[at + size :]


def text_put(data: bytes, random: Random) -> bytes:
    """A text that some reader stumbles over, anywhere."""
    at = random.randrange(len(data) + 1)
    return data[:at] + random.choice(_TEXTS) + data[at + random.randrange(4) :]


BYTES: tuple[Mutation, ...] = (flipped, cut, repeated, number_set, text_put)


# --- XML ----------------------------------------------------------------------------------------


def _replaced(xml: bytes, found: re.Match[bytes], group: int, new: bytes) -> bytes:
    return xml[: found.start(group)] + new + xml[found.end(group) :]


def _one(pattern: re.Pattern[bytes], xml: bytes, random: Random) -> re.Match[bytes] | None:
    """One of the matches after a random place, or the first."""
    start = random.randrange(len(xml) + 1)
    return pattern.search(xml, start) or pattern.search(xml)


def attribute_changed(xml: bytes, random: Random) -> bytes:
    """An attribute gets another value, goes, or stands there twice."""
    found = _one(_ATTRIBUTE, xml, random)
    if found is None:
        return xml
    other = _one(_ATTRIBUTE, xml, random) or found
    return random.choice(
        (
            _replaced(xml, found, 2, random.choice(_TEXTS)),
            _replaced(xml, found, 2, other[2]),
            _replaced(xml, found, 0, b""),
            _replaced(xml, found, 0, found[0] + b" " + found[0]),
            _replaced(xml, found, 0, found[0].replace(b'"', b"'")),
            _replaced(xml, found, 1, random.choice((b"x:" + found[1], found[1].upper(), b"xmlns"))),
        )
    )


def element_changed(xml: bytes, random: Random) -> bytes:
    """An element goes, doubles, moves or is put into another."""
    found = _one(_ELEMENT, xml, random)
    if found is None:
        return xml
    other = _one(_ELEMENT, xml, random) or found
    deep = random.choice((1, 300, 3_000))
    return random.choice(
        (
            _replaced(xml, found, 0, b""),
            _replaced(xml, found, 0, found[0] * random.choice((2, 50))),
            _replaced(xml, found, 0, other[0]),
            _replaced(xml, found, 0, b"<x>" * deep + found[0] + b"</x>" * deep),
            _replaced(xml, found, 0, b"<f>1+1</f>" + found[0]),
        )
    )


def content_changed(xml: bytes, random: Random) -> bytes:
    """What stands between two tags becomes something else."""
    found = _one(_TEXT, xml, random)
    return xml if found is None else _replaced(xml, found, 1, random.choice(_TEXTS))


def markup_put(xml: bytes, random: Random) -> bytes:
    """A document type, entities, a comment, CDATA or an instruction between two tags."""
    found = _one(_TEXT, xml, random)
    if found is None:
        return _DOCTYPE + xml
    head, tail = xml[: found.start(1)], xml[found.start(1) :]
    return random.choice(
        (
            _DOCTYPE + xml.replace(b"</", b"&a7;</", 1),
            head + b"<!-- -->" + tail,
            head + b"<![CDATA[<f>1</f>]]>" + tail,
            head + b"<?x y?>" + tail,
            head + b"&unknown;" + tail,
        )
    )


def namespace_changed(xml: bytes, random: Random) -> bytes:
    """The default namespace is another, or every element gets a prefix."""
    new = random.choice(_NAMESPACES)
    if random.random() < 0.5:
        return re.sub(rb'xmlns="[^"]*"', lambda _: b'xmlns="' + new + b'"', xml, count=1)
    prefixed = re.sub(rb"<(/?)([A-Za-z])", rb"<\1p:\2", xml)
    return re.sub(rb'xmlns="', b'xmlns:p="', prefixed, count=1)


def encoding_changed(xml: bytes, random: Random) -> bytes:
    """Another encoding, stated or not."""
    name = random.choice(("utf-16", "utf-16-le", "utf-32", "cp1251", "utf-7"))
    stated = f'<?xml version="1.0" encoding="{name}"?>'.encode()
    bare = re.sub(rb"^<\?xml[^>]*\?>\s*", b"", xml)
    coded = bare.decode("utf-8", "replace").encode(name, "replace")
    return random.choice((coded, stated + bare, b"\xef\xbb\xbf" + xml))


XML: tuple[Mutation, ...] = (
    attribute_changed, element_changed, content_changed, markup_put, namespace_changed,
    encoding_changed, flipped, cut,
)  # fmt: skip


# --- Zip ----------------------------------------------------------------------------------------


def header_changed(data: bytes, random: Random) -> bytes:
    """A field of a local header, of the central directory or of its end."""
    marks = [found.start() for found in re.finditer(rb"PK(?:\x01\x02|\x03\x04|\x05\x06)", data)]
    if not marks:
        return data
    at = random.choice(marks) + random.randrange(4, 46)
    kind = random.choice(("<H", "<I"))
    if at + struct.calcsize(kind) > len(data):
        return data
    old = struct.unpack_from(kind, data, at)[0]
    value = random.choice((*_NUMBERS, old + 1, old ^ 1, old * 2)) % 256 ** struct.calcsize(kind)
    changed = bytearray(data)
    struct.pack_into(kind, changed, at, value)
    return bytes(changed)


def packed_anew(data: bytes, random: Random) -> bytes:
    """By another program: entries doubled, renamed, reordered, missing, otherwise compressed."""
    parts = list(unzipped(data).items())
    if not parts:
        return data
    name, content = random.choice(parts)
    at = random.randrange(len(parts) + 1)
    match random.randrange(6):
        case 0:
            parts.insert(at, (name, flipped(content, random)))
        case 1:
            parts.insert(at, (name.upper(), content))
        case 2:
            parts.remove((name, content))
        case 3:
            random.shuffle(parts)
        case 4:
            parts.insert(at, (random.choice(("../x", "/x", "xl\\x", "C:x", "ә", name + "/")), b"x"))
        case _:
            pass
    method = random.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2))
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of doubled names
        with zipfile.ZipFile(out, "w", method) as packed:
            for each, inside in parts:
                entry = zipfile.ZipInfo(each, (2024, 2, 2, 9, 30, 0))
                entry.compress_type = method
                packed.writestr(entry, inside)
            if random.random() < 0.2:
                packed.comment = b"comment"
    return out.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The parts of a zip; none of a broken one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return {name: packed.read(name) for name in packed.namelist()}
    except Exception:  # whatever the mutation before did to it
        return {}


def part_changed(
    data: bytes, random: Random, write: Callable[[Mapping[str, bytes]], bytes]
) -> bytes:
    """One part of a zip, as XML or as bytes, packed again by ``write``."""
    parts = unzipped(data)
    if not parts:
        return data
    name = random.choice(sorted(parts))
    changed = {**parts, name: random.choice(XML)(parts[name], random)}
    return write(changed) if "".join(changed).isascii() else zipped(changed)


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Parts as an ordinary program packs them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def office_file(write: Callable[[Mapping[str, bytes]], bytes] = zipped) -> tuple[Mutation, ...]:
    """Mutations of a zip of XML; parts weigh as much as headers and bytes together."""

    def part(data: bytes, random: Random) -> bytes:
        return part_changed(data, random, write)

    return (part, part, part, part, part, header_changed, header_changed, packed_anew, *BYTES)


# --- JSON and settings --------------------------------------------------------------------------

_VALUES: Sequence[object] = (
    None, True, 0, -1, 2**63, 1e308, "", "x" * 5_000, [], {}, [[]], "\0", "A", "2024-02-30",
    "9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+14:00",
)  # fmt: skip


def value_changed(data: bytes, random: Random) -> bytes:
    """One value of a JSON document becomes another, or its key goes."""
    try:
        root: dict[str, object] = {"": json.loads(data)}
    except (ValueError, RecursionError):
        return data
    holder: dict[str, object] | list[object] = root
    while True:
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        if not keys:
            return data
        key = random.choice(keys)
        inner = holder[key]  # type: ignore[index,call-overload]
        if isinstance(inner, dict | list) and inner and random.random() < 0.8:
            holder = inner
            continue
        break
    if random.random() < 0.3 and holder is not root and isinstance(holder, dict):
        del holder[str(key)]
    else:
        holder[key] = random.choice(_VALUES)  # type: ignore[index,call-overload]
    return json.dumps(root[""]).encode()


def nested_deep(data: bytes, random: Random) -> bytes:
    """Brackets within brackets."""
    deep = random.choice((10, 2_000, 200_000))
    return random.choice((b"[" * deep, b'{"a":' * deep, b"[" * deep + b"]" * deep))


JSON: tuple[Mutation, ...] = (value_changed, value_changed, value_changed, nested_deep, *BYTES)


def mutated(data: bytes, mutations: Sequence[Mutation], seeds: Sequence[int]) -> bytes:
    """The file after one mutation for each seed."""
    for seed in seeds:
        random = Random(seed)
        data = random.choice(mutations)(data, random)
    return data
