"""Forgeries of a package's container: bytes, entries and directories of the ZIP file."""

import os
import struct
from io import BytesIO
from zipfile import ZipFile

from openpyxl import load_workbook

from exports.package import container
from exports.package.opc import CONTENT_TYPES, SIGNATURE
from tests.exports.tampering import (
    SECOND_SHEET,
    SHEET,
    Attack,
    Parts,
    edited,
    forged_sheet,
    signed,
    with_entry,
    workbook,
)


def _with_name(placeholder: str, name: str, content: bytes, *, first: bool) -> bytes:
    """Adds an entry under a name that a mapping cannot hold twice."""
    parts = container.read(signed())
    added = {placeholder: content}
    data = container.write({**added, **parts} if first else {**parts, **added})
    return data.replace(placeholder.encode(), name.encode())


def _end(data: bytes) -> int:
    return data.rindex(b"PK\x05\x06")


def _unicode_path(name: str) -> bytes:
    field = struct.pack("<BI", 1, 0) + name.encode()
    return struct.pack("<HH", 0x7075, len(field)) + field


def _central_extra_field() -> bytes:
    data = bytearray(signed())
    end = _end(bytes(data))
    start = data.rindex(b"PK\x01\x02")
    extra = _unicode_path(SECOND_SHEET)
    struct.pack_into("<H", data, start + 30, len(extra))
    size = struct.unpack_from("<I", data, end + 12)[0]
    struct.pack_into("<I", data, end + 12, size + len(extra))
    data[end:end] = extra
    return bytes(data)


def _local_extra_field() -> bytes:
    data = bytearray(signed())
    end = _end(bytes(data))
    start = data.rindex(b"PK\x03\x04")
    name_size = struct.unpack_from("<H", data, start + 26)[0]
    extra = _unicode_path(SECOND_SHEET)
    struct.pack_into("<H", data, start + 28, len(extra))
    offset = struct.unpack_from("<I", data, end + 16)[0]
    struct.pack_into("<I", data, end + 16, offset + len(extra))
    position = start + 30 + name_size
    data[position:position] = extra
    return bytes(data)


def _local_name_differs() -> bytes:
    data = signed()
    start = data.rindex(b"PK\x03\x04")
    return data[:start] + data[start:].replace(b"sig1.xml", b"sig9.xml", 1)


def _patched(data: bytes, kind: str, position: int, value: int, at: int) -> bytes:
    patched = bytearray(data)
    struct.pack_into(kind, patched, at + position, value)
    return bytes(patched)


def _restated_last(local: int, central: int) -> bytes:
    """A number of the last entry, one greater in both of its headers."""
    data = signed()
    at = data.rindex(b"PK\x03\x04")
    value = (struct.unpack_from("<I", data, at + local)[0] + 1) % 2**32
    data = _patched(data, "<I", local, value, at)
    return _patched(data, "<I", central, value, data.rindex(b"PK\x01\x02"))


def _other_method() -> bytes:
    data = signed()
    data = _patched(data, "<H", 8, 9, data.rindex(b"PK\x03\x04"))
    return _patched(data, "<H", 10, 9, data.rindex(b"PK\x01\x02"))


def _counted(difference: int) -> bytes:
    data = signed()
    count = len(container.read(data)) + difference
    end = _end(data)
    return _patched(_patched(data, "<H", 8, count, end), "<H", 10, count, end)


def _bytes_before_with_offsets_mended() -> bytes:
    data = b"MZ" + signed()
    position = 0
    while (position := data.find(b"PK\x01\x02", position + 1)) > 0:
        offset = struct.unpack_from("<I", data, position + 42)[0]
        data = _patched(data, "<I", 42, offset + 2, position)
    offset = struct.unpack_from("<I", data, _end(data) + 16)[0]
    return _patched(data, "<I", 16, offset + 2, _end(data))


def _bytes_between() -> bytes:
    data = signed()
    offset = struct.unpack_from("<I", data, _end(data) + 16)[0]
    data = data[:offset] + b"hidden" + data[offset:]
    return _patched(data, "<I", 16, offset + 6, _end(data))


def _bytes_in_the_directory() -> bytes:
    data = signed()
    end = _end(data)
    size = struct.unpack_from("<I", data, end + 12)[0]
    data = _patched(data, "<I", 12, size + 6, end)
    return data[:end] + b"hidden" + data[end:]


def _bytes_after_deflated_content() -> bytes:
    data = signed()
    size = struct.unpack_from("<I", data, data.rindex(b"PK\x03\x04") + 18)[0]
    data = _bytes_between()
    data = _patched(data, "<I", 18, size + 6, data.rindex(b"PK\x03\x04"))
    return _patched(data, "<I", 20, size + 6, data.rindex(b"PK\x01\x02"))


def _comment_on_an_entry() -> bytes:
    data = signed()
    end = _end(data)
    size = struct.unpack_from("<I", data, end + 12)[0]
    data = _patched(data, "<I", 12, size + 5, end)
    data = data[:end] + b"hello" + data[end:]
    return _patched(data, "<H", 32, 5, data.rindex(b"PK\x01\x02"))


def _more_than_memory_holds() -> bytes:
    size, stated = 1_400_001, 139_999_999
    data = container.write({**container.read(signed()), "xl/a.bin": os.urandom(size)})
    return data.replace(struct.pack("<I", size) + b"\x08", struct.pack("<I", stated) + b"\x08")


def _in_another_order() -> bytes:
    return container.write(dict(reversed(container.read(signed()).items())))


def _wrong_checksum() -> bytes:
    return _restated_last(14, 16)


def _wrong_size() -> bytes:
    return _restated_last(22, 24)


def _flagged_as_encrypted() -> bytes:
    data = bytearray(signed())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _commented() -> bytes:
    data = signed()
    return data[:-2] + struct.pack("<H", 5) + b"hello"


def _bomb() -> bytes:
    def change(parts: Parts) -> None:
        parts[SHEET] = bytes(100 * 1024 * 1024)

    return edited(change)


def _bomb_that_lies() -> bytes:
    size = 20 * 1024 * 1024
    data = container.write({**container.read(signed()), SHEET: bytes(size)})
    return data.replace(struct.pack("<I", size), struct.pack("<I", 900))


def _crowded() -> bytes:
    return edited(lambda parts: parts.update({f"xl/extra{n}.xml": b"<a/>" for n in range(70)}))


def _packed_by_another_program() -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, content in container.read(signed()).items():
            archive.writestr(name, content)
    return packed.getvalue()


def _saved_by_another_program() -> bytes:
    saved = BytesIO()
    load_workbook(BytesIO(signed())).save(saved)
    return saved.getvalue()


CONTAINER_ATTACKS = [
    Attack("an empty file", lambda: b"", "not_a_package"),
    Attack("a picture", lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "not_a_package"),
    Attack("half of the file", lambda: signed()[: len(signed()) // 2], "zip_malformed"),
    Attack("bytes before", lambda: b"MZ" + signed(), "zip_leading_bytes"),
    Attack("bytes after", lambda: signed() + b"PK", "zip_trailing_bytes"),
    Attack(
        "bytes before, offsets mended",
        _bytes_before_with_offsets_mended,
        "zip_leading_bytes",
        CONTENT_TYPES,
    ),
    Attack("bytes before the directory", _bytes_between, "zip_malformed"),
    Attack("bytes in the directory", _bytes_in_the_directory, "zip_malformed"),
    Attack("bytes after an entry", _bytes_after_deflated_content, "entry_damaged", SIGNATURE),
    Attack("fewer entries stated", lambda: _counted(-1), "zip_malformed"),
    Attack("more entries stated", lambda: _counted(1), "zip_malformed"),
    Attack("entries in another order", _in_another_order, "zip_malformed"),
    Attack("unknown compression", _other_method, "zip_unexpected_header", SIGNATURE),
    Attack("wrong checksum", _wrong_checksum, "entry_damaged", SIGNATURE),
    Attack("wrong size", _wrong_size, "entry_damaged", SIGNATURE),
    Attack("archive comment", _commented, "zip_comment"),
    Attack("comment on an entry", _comment_on_an_entry, "zip_comment", SIGNATURE),
    Attack("Unicode path, central header", _central_extra_field, "zip_extra_field", SIGNATURE),
    Attack("Unicode path, local header", _local_extra_field, "zip_extra_field", SIGNATURE),
    Attack("local name unlike the central", _local_name_differs, "zip_headers_differ", SIGNATURE),
    Attack("encrypted entry", _flagged_as_encrypted, "zip_encrypted", SIGNATURE),
    Attack(
        "duplicate sheet, the bad one first",
        lambda: _with_name("xl/worksheets/sheetX.xml", SHEET, forged_sheet(), first=True),
        "duplicate_entry",
        SHEET,
    ),
    Attack(
        "duplicate sheet, the bad one last",
        lambda: _with_name("xl/worksheets/sheetX.xml", SHEET, forged_sheet(), first=False),
        "duplicate_entry",
        SHEET,
    ),
    Attack(
        "name that differs in case alone",
        lambda: with_entry(**{"xl/worksheets/Sheet1.xml": forged_sheet()}),
        "case_variant_name",
        "xl/worksheets/Sheet1.xml",
    ),
    Attack(
        "name that climbs out of the folder",
        lambda: with_entry(**{"xl/../../evil.xml": b"<a/>"}),
        "entry_name_forbidden",
        "xl/../../evil.xml",
    ),
    Attack("zip bomb", _bomb, "zip_bomb", SHEET),
    Attack("zip bomb that states a small size", _bomb_that_lies, "zip_bomb", SHEET),
    Attack("more than memory holds", _more_than_memory_holds, "zip_bomb", "xl/a.bin"),
    Attack("too many entries", _crowded, "too_many_entries"),
    Attack(
        "unpacked and packed again",
        _packed_by_another_program,
        "zip_unexpected_header",
        CONTENT_TYPES,
    ),
    Attack("opened and saved elsewhere", _saved_by_another_program, "saved_by_another_program"),
    Attack("a workbook never signed", workbook, "saved_by_another_program"),
    Attack(
        "a zip that is no workbook",
        lambda: container.write({"a.txt": b"hello"}),
        "not_a_package",
    ),
]  # fmt: skip
