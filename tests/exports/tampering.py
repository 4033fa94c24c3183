"""Makes signed packages and the steps that forge them; see `tests.exports.attacks`."""

import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from io import BytesIO

from openpyxl import Workbook

from exports.package import container
from exports.package.opc import (
    CONTENT_TYPES,
    ORIGIN,
    ORIGIN_RELATIONSHIPS,
    ROOT_RELATIONSHIPS,
    SIGNATURE,
)
from exports.package.signature import sign_package, sign_parts
from pravo_desktop.security.certificates import SigningKey, create_signing_key

KEY_MADE = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
SIGNED = datetime(2026, 2, 3, 11, 30, tzinfo=UTC)
LEAD = create_signing_key("astana A", KEY_MADE)
STRANGER = create_signing_key("astana A", KEY_MADE)

SHEET = "xl/worksheets/sheet1.xml"
SECOND_SHEET = "xl/worksheets/sheet2.xml"
RELATIONSHIPS = "xl/_rels/workbook.xml.rels"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

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


def forged_sheet() -> bytes:
    return container.read(signed())[SHEET].replace(b"128", b"999")


def without(*names: str) -> bytes:
    def change(parts: Parts) -> None:
        for name in names:
            del parts[name]

    return edited(change)


def with_entry(**added: bytes) -> bytes:
    return edited(lambda parts: parts.update(added))


def add_relationship(
    parts: Parts, name: str, kind: str, target: str, *, mode: str = "Internal", first: bool = False
) -> None:
    added = (
        f'<Relationship Id="rId99" Target="{target}" TargetMode="{mode}" '
        f'Type="{RELATION}/{kind}"></Relationship>'
    ).encode()
    marker = b"<Relationship " if first else b"</Relationships>"
    parts[name] = parts[name].replace(marker, added + marker, 1)


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
