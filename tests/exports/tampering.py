"""Makes signed packages, and every forgery of them that the verifier must refuse."""

import os
import re
import struct
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook

from exports.package import container
from exports.package.signature import (
    CONTENT_TYPES,
    ORIGIN,
    ORIGIN_RELATIONSHIPS,
    ROOT_RELATIONSHIPS,
    SIGNATURE,
    WORKBOOK,
    sign_package,
    sign_parts,
)
from pravo_desktop.security.certificates import SigningKey, create_signing_key

KEY_MADE = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
SIGNED = datetime(2026, 2, 3, 11, 30, tzinfo=UTC)
LEAD = create_signing_key("astana A", KEY_MADE)
STRANGER = create_signing_key("astana A", KEY_MADE)

SHEET = "xl/worksheets/sheet1.xml"
SECOND_SHEET = "xl/worksheets/sheet2.xml"
RELATIONSHIPS = "xl/_rels/workbook.xml.rels"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

Parts = dict[str, bytes]


def workbook(rows: int = 40) -> bytes:
    """A month of a centre: a summary and a table of codes."""
    book = Workbook()
    summary = book.active
    assert summary is not None
    summary.title = "Жиынтық"
    summary["A1"], summary["B1"] = "Консультациялар", 128
    table = book.create_sheet("consultation")
    for row in range(rows):
        table.append([f"case-{row:05}", row, f"{row * 7919 % 1009:04x}", "психолог"])
    table.print_title_rows = "1:1"
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


@cache
def signed(key: SigningKey = LEAD) -> bytes:
    """That month, signed by the lead; the same bytes at each call."""
    return sign_package(workbook(), key, SIGNED)


def edited(change: Callable[[Parts], None]) -> bytes:
    """The signed package with entries changed afterwards."""
    parts = container.read(signed())
    change(parts)
    return container.write(parts)


def replaced(name: str, old: bytes, new: bytes) -> bytes:
    """The signed package with some bytes of one entry replaced."""

    def change(parts: Parts) -> None:
        assert old in parts[name], (name, old)
        parts[name] = parts[name].replace(old, new, 1)

    return edited(change)


def signed_with(change: Callable[[Parts, dict[str, str]], None], at: datetime = SIGNED) -> bytes:
    """A package that the honest key signed although its parts are not those of a package."""
    envelope = {CONTENT_TYPES, ROOT_RELATIONSHIPS, ORIGIN, ORIGIN_RELATIONSHIPS, SIGNATURE}
    package = container.read(signed())
    parts = {name: content for name, content in package.items() if name not in envelope}
    listed = re.findall(rb'PartName="/([^"]+)" ContentType="([^"]+)"', package[CONTENT_TYPES])
    types = {name.decode(): stated.decode() for name, stated in listed}
    del types[SIGNATURE]
    change(parts, types)
    return container.write(sign_parts(parts, types, LEAD, at))


def _signed_replacing(name: str, old: bytes, new: bytes) -> bytes:
    def change(parts: Parts, types: dict[str, str]) -> None:
        assert old in parts[name], (name, old)
        parts[name] = parts[name].replace(old, new, 1)

    return signed_with(change)


def resigned(change: Callable[[str], str], key: SigningKey = LEAD) -> bytes:
    """The package with a changed signature part whose digests and value the key made anew."""

    def seal(parts: Parts) -> None:
        text = change(parts[SIGNATURE].decode())
        pieces = re.findall(r'<Object xmlns="[^"]*" Id="id.*?</Object>', text, re.DOTALL)
        pieces += re.findall(r"<xd:SignedProperties .*?</xd:SignedProperties>", text, re.DOTALL)
        head, info, tail = re.split(r"(<SignedInfo.*?</SignedInfo>)", text, flags=re.DOTALL)
        for uri, piece in zip(
            ("#idPackageObject", "#idOfficeObject", "#idSignedProperties"), pieces, strict=True
        ):
            digest = b64encode(sha256(piece.encode()).digest()).decode()
            info = re.sub(
                f'(URI="{uri}">.*?<DigestValue>)[^<]*', rf"\g<1>{digest}", info, flags=re.DOTALL
            )
        value = b64encode(key.sign(info.encode())).decode()
        tail = re.sub("<SignatureValue>[^<]*", f"<SignatureValue>{value}", tail)
        parts[SIGNATURE] = (head + info + tail).encode()

    return edited(seal)


# Attacks on the container


def _with_name(placeholder: str, name: str, content: bytes, *, first: bool) -> bytes:
    """Adds an entry under a name that a mapping cannot hold twice."""
    parts = container.read(signed())
    added = {placeholder: content}
    data = container.write({**added, **parts} if first else {**parts, **added})
    return data.replace(placeholder.encode(), name.encode())


def _forged_sheet() -> bytes:
    return container.read(signed())[SHEET].replace(b"128", b"999")


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


# Attacks on parts, relationships and content types


def _without(*names: str) -> bytes:
    def change(parts: Parts) -> None:
        for name in names:
            del parts[name]

    return edited(change)


def _with(**added: bytes) -> bytes:
    return edited(lambda parts: parts.update(added))


def _extra_sheet_with_relationship() -> bytes:
    def change(parts: Parts) -> None:
        parts["xl/worksheets/sheet3.xml"] = parts[SHEET]
        _add_relationship(parts, RELATIONSHIPS, "worksheet", "/xl/worksheets/sheet3.xml")
        _add_content_type(parts, "xl/worksheets/sheet3.xml", f"{_SHEET_TYPE}.worksheet+xml")

    return edited(change)


def _add_relationship(
    parts: Parts, name: str, kind: str, target: str, *, mode: str = "Internal", first: bool = False
) -> None:
    added = (
        f'<Relationship Id="rId99" Target="{target}" TargetMode="{mode}" '
        f'Type="{_RELATION}/{kind}"></Relationship>'
    ).encode()
    marker = b"<Relationship " if first else b"</Relationships>"
    parts[name] = parts[name].replace(marker, added + marker, 1)


def _add_content_type(parts: Parts, name: str, content_type: str) -> None:
    added = f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'
    parts[CONTENT_TYPES] = parts[CONTENT_TYPES].replace(b"</Types>", added.encode())


def _second_workbook(*, first: bool, with_part: bool) -> bytes:
    def change(parts: Parts) -> None:
        target = "xl/workbook2.xml" if with_part else SECOND_SHEET
        if with_part:
            parts[target] = parts[WORKBOOK]
            _add_content_type(parts, target, f"{_SHEET_TYPE}.sheet.main+xml")
        _add_relationship(parts, ROOT_RELATIONSHIPS, "officeDocument", target, first=first)

    return edited(change)


def _external_relationship() -> bytes:
    return edited(
        lambda parts: _add_relationship(
            parts, RELATIONSHIPS, "hyperlink", "https://example.org/", mode="External"
        )
    )


def _core_properties_added() -> bytes:
    def change(parts: Parts) -> None:
        parts["docProps/core.xml"] = b"<coreProperties/>"
        _add_content_type(
            parts,
            "docProps/core.xml",
            "application/vnd.openxmlformats-package.core-properties+xml",
        )

    return edited(change)


def _vba_added(parts: Parts, types: dict[str, str]) -> None:
    parts["xl/vbaProject.bin"] = b"macro"
    types["xl/vbaProject.bin"] = "application/vnd.ms-office.vbaProject"


def _orphan_added(parts: Parts, types: dict[str, str]) -> None:
    parts["xl/worksheets/sheet3.xml"] = parts[SHEET]
    types["xl/worksheets/sheet3.xml"] = types[SHEET]


def _external_book_added(parts: Parts, types: dict[str, str]) -> None:
    parts["xl/externalLinks/externalLink1.xml"] = b"<externalLink/>"
    types["xl/externalLinks/externalLink1.xml"] = f"{_SHEET_TYPE}.externalLink+xml"


def _hyperlink_added(parts: Parts, types: dict[str, str]) -> None:
    name = "xl/worksheets/_rels/sheet1.xml.rels"
    parts[name] = parts[RELATIONSHIPS].partition(b"<Relationship ")[0] + b"</Relationships>"
    _add_relationship(parts, name, "hyperlink", "https://example.org/", mode="External")


def _two_relationships_to_one_sheet(parts: Parts, types: dict[str, str]) -> None:
    _add_relationship(parts, RELATIONSHIPS, "worksheet", "/" + SHEET)


def _same_id_twice(parts: Parts, types: dict[str, str]) -> None:
    _orphan_added(parts, types)
    first = re.search(b"<Relationship .*?</Relationship>", parts[RELATIONSHIPS])
    assert first is not None
    twin = first[0] + first[0].replace(b"sheet1.xml", b"sheet3.xml")
    parts[RELATIONSHIPS] = parts[RELATIONSHIPS].replace(first[0], twin)


def _sheet_called_styles(parts: Parts, types: dict[str, str]) -> None:
    _orphan_added(parts, types)
    _add_relationship(parts, RELATIONSHIPS, "styles", "/xl/worksheets/sheet3.xml")


def _relationships_of_nothing(parts: Parts, types: dict[str, str]) -> None:
    parts["xl/_rels/ghost.xml.rels"] = parts[RELATIONSHIPS].partition(b"<Relationship ")[0] + (
        b"</Relationships>"
    )


def _sheet_in_utf16(parts: Parts, types: dict[str, str]) -> None:
    parts[SHEET] = parts[SHEET].decode().encode("utf-16")


def _sheet_in_utf7(parts: Parts, types: dict[str, str]) -> None:
    parts[SHEET] = b'<?xml version="1.0" encoding="UTF-7"?>' + parts[SHEET]


# Attacks on the signature part


def _signature_replaced(old: str, new: str) -> bytes:
    def change(parts: Parts) -> None:
        text = parts[SIGNATURE].decode()
        assert re.search(old, text, re.DOTALL), old
        parts[SIGNATURE] = re.sub(old, new, text, count=1, flags=re.DOTALL).encode()

    return edited(change)


def _certificate_element(key: SigningKey) -> str:
    return f"<X509Certificate>{b64encode(key.certificate_der).decode()}</X509Certificate>"


def _digest(content: bytes) -> str:
    return b64encode(sha256(content).digest()).decode()


def _cell_and_its_digest_changed() -> bytes:
    def change(parts: Parts) -> None:
        old = _digest(parts[SHEET]).encode()
        parts[SHEET] = parts[SHEET].replace(b"128", b"129")
        parts[SIGNATURE] = parts[SIGNATURE].replace(old, _digest(parts[SHEET]).encode())

    return edited(change)


def _certificate_and_its_digest_swapped() -> bytes:
    def change(parts: Parts) -> None:
        for old, new in (
            (_certificate_element(LEAD), _certificate_element(STRANGER)),
            (_digest(LEAD.certificate_der), _digest(STRANGER.certificate_der)),
        ):
            parts[SIGNATURE] = parts[SIGNATURE].replace(old.encode(), new.encode())

    return edited(change)


def _second_signature() -> bytes:
    def change(parts: Parts) -> None:
        parts["_xmlsignatures/sig2.xml"] = parts[SIGNATURE]

    return edited(change)


def _time_changed_twice() -> bytes:
    old, new = (moment.strftime("%Y-%m-%dT%H:%M:%SZ") for moment in (SIGNED, SIGNED + _LATER))
    return edited(
        lambda parts: parts.update(
            {SIGNATURE: parts[SIGNATURE].replace(old.encode(), new.encode())}
        )
    )


_LATER = timedelta(days=40)
_LAUGHS = (
    b'<!DOCTYPE a [<!ENTITY a0 "ha">'
    + b"".join(f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">'.encode() for level in range(1, 12))
    + b"]>"
)


@dataclass(frozen=True)
class Attack:
    """A forgery, and how it must be refused.

    Args:
        name: the deed, as a phrase.
        forge: makes the file.
        code: the refusal's code.
        part: the part that the refusal names; None where no part is concerned.
    """

    name: str
    forge: Callable[[], bytes]
    code: str
    part: str | None = None

    def __str__(self) -> str:
        return self.name


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
        lambda: _with_name("xl/worksheets/sheetX.xml", SHEET, _forged_sheet(), first=True),
        "duplicate_entry",
        SHEET,
    ),
    Attack(
        "duplicate sheet, the bad one last",
        lambda: _with_name("xl/worksheets/sheetX.xml", SHEET, _forged_sheet(), first=False),
        "duplicate_entry",
        SHEET,
    ),
    Attack(
        "name that differs in case alone",
        lambda: _with(**{"xl/worksheets/Sheet1.xml": _forged_sheet()}),
        "case_variant_name",
        "xl/worksheets/Sheet1.xml",
    ),
    Attack(
        "name that climbs out of the folder",
        lambda: _with(**{"xl/../../evil.xml": b"<a/>"}),
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

PART_ATTACKS = [
    Attack("cell changed", lambda: replaced(SHEET, b"128", b"129"), "part_changed", SHEET),
    Attack(
        "formula put into a cell",
        lambda: replaced(SHEET, b"<v>128</v>", b"<f>1+1</f><v>128</v>"),
        "part_changed",
        SHEET,
    ),
    Attack(
        "extra sheet without a relationship",
        lambda: _with(**{"xl/worksheets/sheet3.xml": _forged_sheet()}),
        "unsigned_part",
        "xl/worksheets/sheet3.xml",
    ),
    Attack(
        "extra sheet with a relationship",
        _extra_sheet_with_relationship,
        "unsigned_part",
        "xl/worksheets/sheet3.xml",
    ),
    Attack(
        "second workbook, root relationship first",
        lambda: _second_workbook(first=True, with_part=True),
        "unsigned_part",
        "xl/workbook2.xml",
    ),
    Attack(
        "second workbook, root relationship last",
        lambda: _second_workbook(first=False, with_part=True),
        "unsigned_part",
        "xl/workbook2.xml",
    ),
    Attack(
        "new root relationship to a signed part, first",
        lambda: _second_workbook(first=True, with_part=False),
        "relationship_changed",
        ROOT_RELATIONSHIPS,
    ),
    Attack(
        "new root relationship to a signed part, last",
        lambda: _second_workbook(first=False, with_part=False),
        "relationship_changed",
        ROOT_RELATIONSHIPS,
    ),
    Attack("part removed", lambda: _without(SECOND_SHEET), "part_removed", SECOND_SHEET),
    Attack("workbook removed", lambda: _without(WORKBOOK), "not_a_package"),
    Attack(
        "relationships of the workbook removed",
        lambda: _without(RELATIONSHIPS),
        "part_removed",
        RELATIONSHIPS,
    ),
    Attack(
        "relationship target changed",
        lambda: replaced(RELATIONSHIPS, b"sheet1.xml", b"sheet2.xml"),
        "relationship_changed",
        RELATIONSHIPS,
    ),
    Attack(
        "relationship removed",
        lambda: edited(
            lambda parts: parts.update(
                {
                    RELATIONSHIPS: re.sub(
                        b"<Relationship .*?</Relationship>", b"", parts[RELATIONSHIPS], count=1
                    )
                }
            )
        ),
        "relationship_changed",
        RELATIONSHIPS,
    ),
    Attack(
        "external relationship added",
        _external_relationship,
        "relationship_changed",
        RELATIONSHIPS,
    ),
    Attack(
        "relationships written with another space",
        lambda: replaced(RELATIONSHIPS, b"<Relationship ", b"<Relationship  "),
        "relationship_changed",
        RELATIONSHIPS,
    ),
    Attack(
        "origin relationship retargeted",
        lambda: replaced(ROOT_RELATIONSHIPS, ORIGIN.encode(), b"xl/theme/theme1.xml"),
        "relationship_changed",
        ROOT_RELATIONSHIPS,
    ),
    Attack(
        "signature relationship retargeted",
        lambda: replaced(ORIGIN_RELATIONSHIPS, b"sig1.xml", b"sig7.xml"),
        "relationship_changed",
        ORIGIN_RELATIONSHIPS,
    ),
    Attack("origin not empty", lambda: _with(**{ORIGIN: b"x"}), "part_changed", ORIGIN),
    Attack(
        "content type changed",
        lambda: replaced(CONTENT_TYPES, b"worksheet+xml", b"chartsheet+xml"),
        "content_type_changed",
        SHEET,
    ),
    Attack(
        "content type of a foreign extension added",
        lambda: replaced(
            CONTENT_TYPES, b"<Override", b'<Default Extension="bin" ContentType="a/b"/><Override'
        ),
        "content_type_changed",
        CONTENT_TYPES,
    ),
    Attack("core.xml added", _core_properties_added, "unsigned_part", "docProps/core.xml"),
    Attack(
        "vbaProject added",
        lambda: _with(**{"xl/vbaProject.bin": b"macro"}),
        "unsigned_part",
        "xl/vbaProject.bin",
    ),
    Attack(
        "relationships as long as a book",
        lambda: replaced(RELATIONSHIPS, b"</", os.urandom(600_000).hex().encode() + b"</"),
        "part_too_large",
        RELATIONSHIPS,
    ),
    Attack(
        "billion laughs in a sheet",
        lambda: replaced(SHEET, b"<worksheet", _LAUGHS + b"<worksheet"),
        "dtd_forbidden",
        SHEET,
    ),
    Attack(
        "billion laughs in the signature",
        lambda: replaced(SIGNATURE, b"<Signature ", _LAUGHS + b"<Signature "),
        "dtd_forbidden",
        SIGNATURE,
    ),
]

SIGNATURE_ATTACKS = [
    Attack(
        "signature removed",
        lambda: _without(SIGNATURE, ORIGIN, ORIGIN_RELATIONSHIPS),
        "not_signed",
    ),
    Attack("signature part alone removed", lambda: _without(SIGNATURE), "not_signed"),
    Attack(
        "second signature", _second_signature, "second_signature", "_xmlsignatures/sig2.xml"
    ),
    Attack(
        "cell changed and its digest too",
        _cell_and_its_digest_changed,
        "signature_wrong",
        SIGNATURE,
    ),
    Attack(
        "Manifest reference removed",
        lambda: _signature_replaced('<Reference URI="/xl/worksheets/sheet1.*?</Reference>', ""),
        "unsigned_part",
        SHEET,
    ),
    Attack(
        "signing time changed in one place",
        lambda: _signature_replaced("<mdssi:Value>2026", "<mdssi:Value>2027"),
        "signing_time_changed",
        SIGNATURE,
    ),
    Attack("signing time changed twice", _time_changed_twice, "signature_wrong", SIGNATURE),
    Attack(
        "certificate swapped",
        lambda: _signature_replaced(
            "<X509Certificate>.*?</X509Certificate>", _certificate_element(STRANGER)
        ),
        "certificate_swapped",
        SIGNATURE,
    ),
    Attack(
        "certificate and its digest swapped",
        _certificate_and_its_digest_swapped,
        "signature_wrong",
        SIGNATURE,
    ),
    Attack(
        "two certificates, the honest one first",
        lambda: _signature_replaced("</X509Data>", _certificate_element(STRANGER) + "</X509Data>"),
        "certificate_ambiguous",
        SIGNATURE,
    ),
    Attack(
        "two certificates, the honest one last",
        lambda: _signature_replaced("<X509Data>", "<X509Data>" + _certificate_element(STRANGER)),
        "certificate_ambiguous",
        SIGNATURE,
    ),
    Attack(
        "KeyValue beside the certificate",
        lambda: _signature_replaced("<KeyInfo>", "<KeyInfo><KeyValue></KeyValue>"),
        "certificate_ambiguous",
        SIGNATURE,
    ),
    Attack(
        "certificate that is none",
        lambda: resigned(
            lambda text: re.sub(
                "<xd:CertDigest>(.*?<DigestValue>)[^<]*",
                rf"<xd:CertDigest>\g<1>{_digest(b'none')}",
                re.sub("<X509Certificate>[^<]*", "<X509Certificate>bm9uZQ==", text),
            )
        ),
        "certificate_unsupported",
    ),
    Attack(
        "value of another key",
        lambda: resigned(lambda text: text, STRANGER),
        "signature_wrong",
    ),
    Attack(
        "value that is no base64",
        lambda: _signature_replaced("<SignatureValue>.", "<SignatureValue>!"),
        "signature_malformed",
        SIGNATURE,
    ),
    Attack(
        "weak digest",
        lambda: _signature_replaced("http://www.w3.org/2001/04/xmlenc#sha256", "urn:sha1"),
        "algorithm_forbidden",
        SIGNATURE,
    ),
    Attack(
        "wrapping: a second Object with the same Id",
        lambda: _signature_replaced(
            "</KeyInfo>", '</KeyInfo><Object Id="idPackageObject"><Manifest></Manifest></Object>'
        ),
        "wrapped_signature",
        SIGNATURE,
    ),
    Attack(
        "wrapping: an Object without an Id",
        lambda: _signature_replaced("</KeyInfo>", "</KeyInfo><Object></Object>"),
        "wrapped_signature",
        SIGNATURE,
    ),
    Attack(
        "wrapping: nested Objects",
        lambda: _signature_replaced(
            '(<Object xmlns="[^"]*" Id="idPackageObject">.*?</Object>)', r"<Object>\1</Object>"
        ),
        "wrapped_signature",
        SIGNATURE,
    ),
    Attack(
        "wrapping: a Signature inside a Signature",
        lambda: _signature_replaced(
            '(<Signature .*</Signature>)', r'<Signature xmlns="urn:x">\1</Signature>'
        ),
        "wrapped_signature",
        SIGNATURE,
    ),
    Attack(
        "wrapping: an Id in another spelling",
        lambda: _signature_replaced("<Manifest>", '<Manifest ID="idPackageObject">'),
        "wrapped_signature",
        SIGNATURE,
    ),
    Attack(
        "wrapping: a second Manifest",
        lambda: _signature_replaced("</Manifest>", "</Manifest><Manifest></Manifest>"),
        "wrapped_signature",
        SIGNATURE,
    ),
    Attack(
        "wrapping: the pieces in another order",
        lambda: _signature_replaced("(<KeyInfo>.*</KeyInfo>)(<Object .*?</Object>)", r"\2\1"),
        "wrapped_signature",
        SIGNATURE,
    ),
    Attack(
        "a space that no digest covers",
        lambda: _signature_replaced("</KeyInfo>", "</KeyInfo> "),
        "signature_malformed",
        SIGNATURE,
    ),
    Attack(
        "signature cut short",
        lambda: _signature_replaced("</Signature>", ""),
        "signature_malformed",
        SIGNATURE,
    ),
]  # fmt: skip

HONEST_KEY_ATTACKS = [
    Attack(
        "honest key over an empty Manifest",
        lambda: resigned(
            lambda text: re.sub("<Manifest>.*</Manifest>", "<Manifest></Manifest>", text)
        ),
        "unsigned_part",
        ROOT_RELATIONSHIPS,
    ),
    Attack(
        "honest key over a partial Manifest",
        lambda: resigned(
            lambda text: re.sub('<Reference URI="/xl/worksheets/sheet2.*?</Reference>', "", text)
        ),
        "unsigned_part",
        SECOND_SHEET,
    ),
    Attack(
        "honest key, relationship left unsigned",
        lambda: resigned(
            lambda text: re.sub(
                '<mdssi:RelationshipReference [^>]*SourceId="rId2">'
                "</mdssi:RelationshipReference>",
                "",
                text,
            )
        ),
        "signature_wrong",
        SIGNATURE,
    ),
    Attack(
        "formula in a signed cell",
        lambda: _signed_replacing(SHEET, b"<v>128</v>", b"<f>1+1</f><v>128</v>"),
        "formula_in_cell",
        SHEET,
    ),
    Attack(
        "formula behind a namespace prefix",
        lambda: _signed_replacing(
            SHEET, b"<v>128</v>", b'<x:f xmlns:x="urn:x">1+1</x:f><v>128</v>'
        ),
        "formula_in_cell",
        SHEET,
    ),
    Attack(
        "formula in a comment that hides it",
        lambda: _signed_replacing(SHEET, b"<v>128</v>", b"<!-- --><v>128</v>"),
        "markup_forbidden",
        SHEET,
    ),
    Attack(
        "sheet in UTF-16", lambda: signed_with(_sheet_in_utf16), "markup_forbidden", SHEET
    ),
    Attack("sheet in UTF-7", lambda: signed_with(_sheet_in_utf7), "markup_forbidden", SHEET),
    Attack(
        "signed vbaProject",
        lambda: signed_with(_vba_added),
        "part_forbidden",
        "xl/vbaProject.bin",
    ),
    Attack(
        "signed sheet that nothing leads to",
        lambda: signed_with(_orphan_added),
        "orphan_part",
        "xl/worksheets/sheet3.xml",
    ),
    Attack(
        "signed link to another workbook",
        lambda: signed_with(_external_book_added),
        "external_link",
        "xl/externalLinks/externalLink1.xml",
    ),
    Attack(
        "signed hyperlink",
        lambda: signed_with(_hyperlink_added),
        "external_link",
        "xl/worksheets/_rels/sheet1.xml.rels",
    ),
    Attack(
        "two signed relationships to one sheet",
        lambda: signed_with(_two_relationships_to_one_sheet),
        "relationship_forbidden",
        RELATIONSHIPS,
    ),
    Attack(
        "two signed relationships with one Id",
        lambda: signed_with(_same_id_twice),
        "relationship_forbidden",
        RELATIONSHIPS,
    ),
    Attack(
        "signed relationship of another kind than its part",
        lambda: signed_with(_sheet_called_styles),
        "relationship_forbidden",
        RELATIONSHIPS,
    ),
    Attack(
        "signed relationships of a part that is not there",
        lambda: signed_with(_relationships_of_nothing),
        "orphan_part",
        "xl/_rels/ghost.xml.rels",
    ),
    Attack(
        "defined name with an element inside",
        lambda: _signed_replacing(WORKBOOK, b"$1:$1</", b"$1:$1<b>[1]x!A1</b></"),
        "defined_name_outside",
        WORKBOOK,
    ),
    Attack(
        "defined name of another workbook",
        lambda: _signed_replacing(WORKBOOK, b"'consultation'!", b"'[1]consultation'!"),
        "defined_name_outside",
        WORKBOOK,
    ),
    Attack(
        "defined name that calls out",
        lambda: _signed_replacing(WORKBOOK, b"'consultation'!$1:$1", b"WEBSERVICE(A1)"),
        "defined_name_outside",
        WORKBOOK,
    ),
    Attack(
        "signed before the certificate's validity",
        lambda: signed_with(lambda parts, types: None, KEY_MADE - timedelta(seconds=1)),
        "signing_time_outside_certificate",
    ),
    Attack(
        "signed after the certificate's validity",
        lambda: signed_with(lambda parts, types: None, KEY_MADE + timedelta(days=1097)),
        "signing_time_outside_certificate",
    ),
]  # fmt: skip

ATTACKS = [*CONTAINER_ATTACKS, *PART_ATTACKS, *SIGNATURE_ATTACKS, *HONEST_KEY_ATTACKS]
