"""Forged packages and receipts are refused by name; a flipped byte anywhere is noticed."""

import struct
from collections.abc import Callable

import pytest

from exports.package.opc import SIGNATURE
from exports.package.reader import verified_package
from exports.receipt.reader import verified_receipt
from pravo_desktop.errors import KnownError
from tests.exports.attacks import ATTACKS
from tools.torture.fuzz import flip, reader_named
from tools.torture.mutations import unzipped, zipped
from tools.torture.readers import (
    read_any_package,
    signed_again,
    small_package,
    small_receipt,
)

LISTED = {
    "cell changed": "part_changed",
    "extra sheet without a relationship": "unsigned_part",
    "extra sheet with a relationship": "unsigned_part",
    "second workbook, root relationship first": "unsigned_part",
    "second workbook, root relationship last": "unsigned_part",
    "part removed": "part_removed",
    "relationship target changed": "relationship_changed",
    "relationship removed": "relationship_changed",
    "external relationship added": "relationship_changed",
    "certificate swapped": "certificate_swapped",
    "value of another key": "signature_wrong",
    "two certificates, the honest one first": "certificate_ambiguous",
    "two certificates, the honest one last": "certificate_ambiguous",
    "KeyValue beside the certificate": "certificate_ambiguous",
    "content type changed": "content_type_changed",
    "duplicate sheet, the bad one first": "duplicate_entry",
    "duplicate sheet, the bad one last": "duplicate_entry",
    "name that differs in case alone": "case_variant_name",
    "signature removed": "not_signed",
    "Manifest reference removed": "unsigned_part",
    "signing time changed in one place": "signing_time_changed",
    "signing time changed twice": "signature_wrong",
    "wrapping: a second Object with the same Id": "wrapped_signature",
    "wrapping: an Object without an Id": "wrapped_signature",
    "wrapping: nested Objects": "wrapped_signature",
    "second signature": "second_signature",
    "honest key over an empty Manifest": "unsigned_part",
    "honest key over a partial Manifest": "unsigned_part",
    "core.xml added": "unsigned_part",
    "bytes before": "zip_leading_bytes",
    "bytes after": "zip_trailing_bytes",
    "Unicode path, central header": "zip_extra_field",
    "Unicode path, local header": "zip_extra_field",
    "local name unlike the central": "zip_headers_differ",
    "archive comment": "zip_comment",
    "formula in a signed cell": "formula_in_cell",
    "vbaProject added": "unsigned_part",
    "signed vbaProject": "part_forbidden",
    "origin relationship retargeted": "relationship_changed",
    "zip bomb": "zip_bomb",
    "billion laughs in a sheet": "dtd_forbidden",
}
"""Every deed that a forger of such files was seen to try, and the name of its refusal."""

READERS: dict[str, Callable[[bytes], object]] = {
    "package": verified_package,
    "receipt": verified_receipt,
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("deed", LISTED)
def test_a_known_deed_is_refused_by_name_as_package_and_as_receipt(deed: str, reader: str) -> None:
    attack = next(each for each in ATTACKS if each.name == deed)
    with pytest.raises(KnownError) as refused:
        READERS[reader](attack.forge())
    assert refused.value.code in (LISTED[deed], "row_changed")


@pytest.mark.parametrize(
    ("reader", "good"), [("package", small_package), ("receipt", small_receipt)]
)
def test_a_flipped_byte_in_any_part_or_header_is_noticed(
    reader: str, good: Callable[[], bytes]
) -> None:
    counted = flip(reader_named(reader), good(), step=23)
    assert counted.in_parts > 500 and counted.in_file > 150


@pytest.mark.parametrize("reader", READERS)
def test_looking_for_the_changed_row_unpacks_no_bomb_and_survives_damage(reader: str) -> None:
    """Another program packed it: what is inside is looked into, to say which row was changed."""
    parts = unzipped(small_package() if reader == "package" else small_receipt())
    packed = bytearray(zipped({**parts, "xl/worksheets/sheet3.xml": bytes(3_000_000)}))
    for mark, field in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = packed.find(mark)
        while at >= 0:
            if struct.unpack_from("<I", packed, at + field)[0] == 3_000_000:
                struct.pack_into("<I", packed, at + field, 900)
            at = packed.find(mark, at + 4)
    broken = bytearray(zipped(parts))
    broken[100] ^= 0xFF
    for data in (packed, broken):
        with pytest.raises(KnownError) as refused:
            READERS[reader](bytes(data))
        assert refused.value.code in ("zip_unexpected_header", "zip_headers_differ", "part_changed")


def test_endless_references_in_a_signature_are_passed_over_once() -> None:
    """A search that starts anew at each of them would take an hour."""
    references = b'URI="/xl/worksheets/a?b" ' * 400_000
    with pytest.raises(KnownError, match="zip_unexpected_header"):
        verified_package(zipped({**unzipped(small_package()), SIGNATURE: references}))


@pytest.mark.parametrize(
    "cell",
    [b"<c r='ZZ99999'/>", b'<c r="ZZ99999"/>', b'<c r="A1" r="ZZ99999"/>', b'<x:c r="ZZ99999"/>'],
)
def test_a_far_cell_is_refused_whoever_signed_it(cell: bytes) -> None:
    parts = unzipped(small_package())
    name = "xl/worksheets/sheet3.xml"
    rows = b"<row>" + cell + b"</row>"
    far = parts[name].replace(b"</sheetData>", rows + b"</sheetData>")
    assert far != parts[name]
    with pytest.raises(KnownError, match="too_many_cells"):
        read_any_package(signed_again({**parts, name: far}))
