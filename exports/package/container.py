"""The zip container of a package: one way to write it, and nothing else is read.

Programs disagree on a zip that says two things at once (names in extra fields, local headers unlike
the central directory, bytes around the archive). So each header is compared, byte by byte, with the
one that :func:`write` makes (APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16).
"""

import re
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pravo_desktop.errors import KnownError

LARGEST_FILE: Final = 32 * 1024 * 1024
"""Bytes of a package as received; a full package of a busy centre takes some 4 MB."""
LARGEST_CONTENT: Final = 128 * 1024 * 1024
"""Bytes of all parts together, inflated."""
LARGEST_RATIO: Final = 100
"""Inflated to deflated size of one entry; sheets of real packages reach about 20."""
MOST_ENTRIES: Final = 64

_RATIO_FROM: Final = 64 * 1024
_STORED: Final = 0
_DEFLATED: Final = 8
_LOCAL: Final = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL: Final = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END: Final = struct.Struct("<4sHHHHIIH")
_LOCAL_MARK: Final = b"PK\x03\x04"
_CENTRAL_MARK: Final = b"PK\x01\x02"
_END_MARK: Final = b"PK\x05\x06"
_NEEDED: Final = 20
_EPOCH: Final = (0, (1 << 5) | 1)
"""Time and date in DOS form: 1980-01-01 00:00, for every entry."""
_SAFE_NAME: Final = re.compile(r"[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*|\[Content_Types\]\.xml")
_ENCRYPTED: Final = 0x0001


@dataclass(frozen=True)
class _Entry:
    name: str
    method: int
    crc: int
    packed_size: int
    size: int
    offset: int

    def local_header(self) -> bytes:
        name = self.name.encode("ascii")
        return (
            _LOCAL.pack(
                _LOCAL_MARK, _NEEDED, 0, self.method, *_EPOCH,
                self.crc, self.packed_size, self.size, len(name), 0,
            )
            + name
        )  # fmt: skip

    def central_header(self) -> bytes:
        name = self.name.encode("ascii")
        return (
            _CENTRAL.pack(
                _CENTRAL_MARK, _NEEDED, _NEEDED, 0, self.method, *_EPOCH,
                self.crc, self.packed_size, self.size, len(name), 0, 0, 0, 0, 0, self.offset,
            )
            + name
        )  # fmt: skip


def write(parts: Mapping[str, bytes], *, compress: bool = True) -> bytes:
    """Zips parts in their order; the same parts give the same bytes (with the same zlib).

    Args:
        parts: content by name, without a leading slash.
        compress: False stores them as they are.
    """
    pieces: list[bytes] = []
    central, offset = b"", 0
    for name, content in parts.items():
        packed = _deflated(content) if compress else content
        entry = _Entry(
            name=name,
            method=_DEFLATED if compress else _STORED,
            crc=zlib.crc32(content),
            packed_size=len(packed),
            size=len(content),
            offset=offset,
        )
        header = entry.local_header()
        pieces += (header, packed)
        offset += len(header) + len(packed)
        central += entry.central_header()
    end = _END.pack(_END_MARK, 0, 0, len(parts), len(parts), len(central), offset, 0)
    return b"".join((*pieces, central, end))


def read(data: bytes) -> dict[str, bytes]:
    """Unzips what :func:`write` wrote, in its order.

    Sizes and ratios are checked before anything is inflated, and no entry inflates beyond the size
    it states.

    Raises:
        KnownError: ``file_too_large`` (``limit``), ``not_a_package``, ``zip_comment``,
            ``zip_trailing_bytes``, ``zip_leading_bytes``, ``zip_malformed``, ``zip_encrypted``,
            ``zip_extra_field``, ``zip_unexpected_header``, ``zip_headers_differ``,
            ``zip_bomb``, ``too_many_entries`` (``limit``), ``entry_name_forbidden``,
            ``duplicate_entry``, ``case_variant_name``, ``entry_damaged``; all that concern one
            entry carry ``part``.
    """
    if len(data) > LARGEST_FILE:
        raise KnownError("file_too_large", limit=LARGEST_FILE)
    entries = _directory(data)
    _check_names(entries)
    _check_sizes(entries)
    _check_local_headers(data, entries)
    view = memoryview(data)
    return {entry.name: _content(view, entry) for entry in entries}


def _directory(data: bytes) -> list[_Entry]:
    end = len(data) - _END.size
    if data[max(end, 0) : end + 4] != _END_MARK:
        raise _misplaced_end(data)
    _, disk, first_disk, here, total, size, offset, comment = _END.unpack_from(data, end)
    if comment:
        raise KnownError("zip_comment")
    if offset + size < end:
        raise KnownError("zip_leading_bytes")
    if disk or first_disk or here != total or offset + size != end:
        raise KnownError("zip_malformed")
    if total > MOST_ENTRIES:
        raise KnownError("too_many_entries", limit=MOST_ENTRIES)
    entries = []
    position = offset
    for _ in range(total):
        entry, position = _central_entry(data, position, end)
        entries.append(entry)
    if position != end:
        raise KnownError("zip_malformed")
    return entries


def _misplaced_end(data: bytes) -> KnownError:
    found = data.rfind(_END_MARK)
    if not data.startswith(b"PK") and found < 0:
        return KnownError("not_a_package")
    if found < 0 or found + _END.size > len(data):
        return KnownError("zip_malformed")
    comment = _END.unpack_from(data, found)[-1]
    if found + _END.size + comment == len(data):
        return KnownError("zip_comment")
    return KnownError("zip_trailing_bytes")


def _central_entry(data: bytes, position: int, end: int) -> tuple[_Entry, int]:
    if position + _CENTRAL.size > end:
        raise KnownError("zip_malformed")
    (
        _, _, _, flags, method, _, _, crc, packed_size, size,
        name_size, extra, comment, _, _, _, offset,
    ) = _CENTRAL.unpack_from(data, position)  # fmt: skip
    name_end = position + _CENTRAL.size + name_size
    name = data[name_end - name_size : name_end].decode("cp437")
    if flags & _ENCRYPTED:
        raise KnownError("zip_encrypted", part=name)
    if extra:
        raise KnownError("zip_extra_field", part=name)
    if comment:
        raise KnownError("zip_comment", part=name)
    if not _SAFE_NAME.fullmatch(name) or not set(name.split("/")).isdisjoint({".", ".."}):
        raise KnownError("entry_name_forbidden", part=name)
    entry = _Entry(name, method, crc, packed_size, size, offset)
    if method not in (_STORED, _DEFLATED) or data[position:name_end] != entry.central_header():
        raise KnownError("zip_unexpected_header", part=name)
    return entry, name_end


def _check_names(entries: list[_Entry]) -> None:
    seen: dict[str, str] = {}
    for entry in entries:
        before = seen.setdefault(entry.name.lower(), entry.name)
        if before != entry.name:
            raise KnownError("case_variant_name", part=entry.name)
    if len(seen) != len(entries):
        names = [entry.name for entry in entries]
        raise KnownError(
            "duplicate_entry", part=next(name for name in names if names.count(name) > 1)
        )


def _check_sizes(entries: list[_Entry]) -> None:
    total = 0
    for entry in entries:
        total += entry.size
        swollen = entry.size > max(_RATIO_FROM, LARGEST_RATIO * entry.packed_size)
        if swollen or total > LARGEST_CONTENT:
            raise KnownError("zip_bomb", part=entry.name)


def _check_local_headers(data: bytes, entries: list[_Entry]) -> None:
    """Entries must follow one another from the first byte on, each with its own local header."""
    position = 0
    for entry in entries:
        if entry.offset != position:
            gap = "zip_leading_bytes" if position == 0 else "zip_malformed"
            raise KnownError(gap, part=entry.name)
        expected = entry.local_header()
        found = data[position : position + len(expected)]
        if found != expected:
            raise _local_difference(found, entry)
        position += len(expected) + entry.packed_size
    if position != _END.unpack_from(data, len(data) - _END.size)[6]:
        raise KnownError("zip_malformed")


def _local_difference(found: bytes, entry: _Entry) -> KnownError:
    if len(found) >= _LOCAL.size:
        _, _, flags, *_, extra = _LOCAL.unpack_from(found)
        if flags & _ENCRYPTED:
            return KnownError("zip_encrypted", part=entry.name)
        if extra:
            return KnownError("zip_extra_field", part=entry.name)
    return KnownError("zip_headers_differ", part=entry.name)


def _content(view: memoryview, entry: _Entry) -> bytes:
    start = entry.offset + _LOCAL.size + len(entry.name)
    packed = view[start : start + entry.packed_size]
    content = bytes(packed) if entry.method == _STORED else _inflated(packed, entry)
    if len(content) != entry.size or zlib.crc32(content) != entry.crc:
        raise KnownError("entry_damaged", part=entry.name)
    return content


def _inflated(packed: memoryview, entry: _Entry) -> bytes:
    inflater = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
    try:
        content = inflater.decompress(packed, entry.size + 1)
        if not inflater.eof:
            content += inflater.decompress(inflater.unconsumed_tail, 1)
    except zlib.error as error:
        raise KnownError("entry_damaged", part=entry.name) from error
    if len(content) > entry.size:
        raise KnownError("zip_bomb", part=entry.name)
    if not inflater.eof or inflater.unused_data:
        raise KnownError("entry_damaged", part=entry.name)
    return content


def _deflated(content: bytes) -> bytes:
    deflater = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflater.compress(content) + deflater.flush()
