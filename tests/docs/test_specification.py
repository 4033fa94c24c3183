"""The specifications are enough: a package is verified from the pages alone, examples are computed.

Nothing of the program's own verifier is used here but to make the files.
"""

import ast
import hashlib
import re
import struct
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from db.merge import state_hash
from db.session import Session
from exports.office_reading import MOST_CELLS
from exports.package import container
from exports.package.signature import LARGEST_PARSED, MOST_REFERENCES
from exports.package.writer import write_package
from exports.receipt.writer import write_receipt
from pravo_desktop.messages import MESSAGES
from tests.exports.factories import KEY, MOMENT, content
from tests.exports.test_receipt import receipt

ROOT = Path(__file__).resolve().parents[2]
PAGES = {name: (ROOT / "docs" / name).read_text(encoding="utf-8") for name in (
    "package.md", "receipt.md", "signature.md", "state-hash.md",
)}  # fmt: skip
BLOCKS = re.findall(r"^```xml\n(.*?)\n```$", PAGES["signature.md"], re.MULTILINE | re.DOTALL)
(TYPES, OVERRIDE, ROOT_RELS, ORIGIN_RELS, PACKAGE_OBJECT, REFERENCE, TRANSFORMS, SOURCE,
 OFFICE_OBJECT, PROPERTIES, SIGNED_INFO, SIGNATURE) = BLOCKS  # fmt: skip
SIGNATURE_PARTS = ("origin.sigs", "_rels/origin.sigs.rels", "sig1.xml")
DS = "{http://www.w3.org/2000/09/xmldsig#}"


def entries(data: bytes) -> dict[str, bytes]:
    """The parts of a container, read from its local headers as the page tells them."""
    found, at = {}, 0
    while data[at : at + 4] == b"PK\x03\x04":
        version, flags, method, time, day, crc, packed, size, name, extra = struct.unpack(
            "<HHHHHIIIHH", data[at + 4 : at + 30]
        )
        assert (version, flags, time, day, extra) == (20, 0, 0, 33, 0)
        start = at + 30 + name
        part = data[start : start + packed]
        part = zlib.decompress(part, -15) if method == 8 else part
        assert len(part) == size and zlib.crc32(part) == crc
        found[data[at + 30 : start].decode("ascii")] = part
        at = start + packed
    assert data[-22:-18] == b"PK\x05\x06" and data[-2:] == b"\0\0"
    return found


def filled(template: str, **values: object) -> str:
    for name, value in values.items():
        template = template.replace(f"{{{name}}}", str(value))
    return template


def digest(content: bytes) -> str:
    return b64encode(hashlib.sha256(content).digest()).decode()


def reference(name: str, part: bytes, types: Mapping[str, str]) -> str:
    if not name.endswith(".rels"):
        return filled(
            REFERENCE, name=name, content_type=types[name], transforms="", digest=digest(part)
        )
    if name == "_rels/.rels":
        part = re.sub(rb'<Relationship Id="rId2".*?</Relationship>', b"", part)
    ids = re.findall(r'<Relationship Id="([^"]*)"', part.decode())
    transforms = filled(TRANSFORMS, sources="".join(filled(SOURCE, id=one) for one in ids))
    kind = "application/vnd.openxmlformats-package.relationships+xml"
    return filled(
        REFERENCE, name=name, content_type=kind, transforms=transforms, digest=digest(part)
    )


def content_types(types: Mapping[str, str]) -> str:
    """The part of content types as the page has it."""
    overrides = [filled(OVERRIDE, name=one, content_type=types[one]) for one in sorted(types)]
    return filled(TYPES, overrides="".join(overrides))


def types_of(found: Mapping[str, bytes]) -> dict[str, str]:
    """The content type of each part that is not relationships, as the container states it."""
    stated = found["[Content_Types].xml"].decode()
    return dict(re.findall(r'PartName="/([^"]+)" ContentType="([^"]+)"', stated))


def to_sign(
    found: Mapping[str, bytes], moment: str | None, certificate: x509.Certificate
) -> dict[str, str]:
    """What is signed and stands in the signature part, by the names of the page's last block."""
    types = types_of(found)
    signed = sorted(types.keys() | {one for one in found if one.endswith(".rels")})
    references = [
        reference(one, found[one], types) for one in signed if not one.startswith("_xmlsignatures/")
    ]
    package_object = filled(PACKAGE_OBJECT, references="".join(references), time=moment)
    office_object = filled(
        OFFICE_OBJECT,
        types=hashlib.sha256(found["[Content_Types].xml"]).hexdigest(),
        root=hashlib.sha256(found["_rels/.rels"]).hexdigest(),
        origin=hashlib.sha256(found["_xmlsignatures/_rels/origin.sigs.rels"]).hexdigest(),
    )
    properties = filled(
        PROPERTIES,
        time=moment,
        certificate_digest=digest(certificate.public_bytes(Encoding.DER)),
        issuer=certificate.issuer.rfc4514_string(),
        serial=certificate.serial_number,
    )
    signed_info = filled(
        SIGNED_INFO,
        method="http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
        package_digest=digest(package_object.encode()),
        office_digest=digest(office_object.encode()),
        properties_digest=digest(properties.encode()),
    )
    return {
        "signed_info": signed_info,
        "package_object": package_object,
        "office_object": office_object,
        "properties": properties,
    }


def signature_part(signed: Mapping[str, str], value: str, certificate: str) -> str:
    """The whole part, with the value of the signature and the certificate in Base64."""
    part = filled(SIGNATURE, **signed, value=value, certificate=certificate)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{part}'


def verify(data: bytes) -> None:
    """Verify a signed workbook by the page alone; an assertion fails where it is not so."""
    found = entries(data)
    names = [name for name in found if not name.startswith("_xmlsignatures/")]
    signature = found["_xmlsignatures/sig1.xml"]
    assert list(found) == [
        "[Content_Types].xml",
        "_rels/.rels",
        *sorted(set(names) - {"[Content_Types].xml", "_rels/.rels"}),
        *(f"_xmlsignatures/{one}" for one in SIGNATURE_PARTS),
    ]
    types = types_of(found)
    assert {one for one in found if not one.endswith((".rels", ".sigs", "].xml"))} == {*types}
    assert found["[Content_Types].xml"].decode() == content_types(types)
    assert found["_rels/.rels"].decode() == ROOT_RELS
    assert found["_xmlsignatures/_rels/origin.sigs.rels"].decode() == ORIGIN_RELS
    assert found["_xmlsignatures/origin.sigs"] == b""

    stated = ElementTree.fromstring(signature)
    value = stated.findtext(f"{DS}SignatureValue") or ""
    certificate_text = stated.findtext(f".//{DS}X509Certificate") or ""
    moment = next(one.text for one in stated.iter() if one.tag.endswith("}SigningTime"))
    der = b64decode(certificate_text, validate=True)
    certificate = x509.load_der_x509_certificate(der)

    signed = to_sign(found, moment, certificate)
    assert signature.decode() == signature_part(signed, value, certificate_text)
    key, made = certificate.public_key(), b64decode(value, validate=True)
    assert isinstance(key, ec.EllipticCurvePublicKey) and len(made) == 64
    halves = int.from_bytes(made[:32]), int.from_bytes(made[32:])
    key.verify(encode_dss_signature(*halves), signed["signed_info"].encode(), ec.ECDSA(SHA256()))


def test_a_package_is_verified_by_the_page_alone() -> None:
    verify(write_package(content(), KEY, MOMENT))


def test_a_receipt_is_verified_by_the_page_alone() -> None:
    verify(write_receipt(receipt(), KEY, MOMENT))


def test_whoever_follows_the_page_finds_a_changed_cell() -> None:
    found = entries(write_package(content(), KEY, MOMENT))
    sheet = "xl/worksheets/sheet3.xml"
    found[sheet] = found[sheet].replace(b"2024", b"2023", 1)
    with pytest.raises(AssertionError):
        verify(container.write(found))


def test_the_limits_are_those_of_the_program() -> None:
    page = PAGES["signature.md"]
    for limit in (
        f"| bytes of the file | {container.LARGEST_FILE >> 20} MiB |",
        f"| bytes of all parts, inflated | {container.LARGEST_CONTENT >> 20} MiB |",
        f"above 64 KiB | {container.LARGEST_RATIO} |",
        f"| entries | {container.MOST_ENTRIES} |",
        f"| signed references (parts and relationship parts) | {MOST_REFERENCES} |",
        f"| {LARGEST_PARSED >> 20} MiB |\n",
        f"before the last of a row | {MOST_CELLS:,} |",
    ):
        assert limit in page, limit


@pytest.mark.parametrize(
    ("folder", "pages"),
    [
        ("exports/package", ("signature.md", "package.md")),
        ("exports/receipt", ("receipt.md", "signature.md")),
    ],
)
def test_every_refusal_of_a_file_is_listed(folder: str, pages: tuple[str, ...]) -> None:
    listed = "".join(PAGES[page] for page in pages)
    for path in sorted((ROOT / folder).glob("*.py")):
        for code in _codes(path):
            assert f"`{code}`" in listed, (path.name, code)


def _codes(path: Path) -> Iterator[str]:
    """Every code of an error that the module names."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and node.value in MESSAGES:
            yield str(node.value)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_lists_a_refusal_that_is_not_made(page: str) -> None:
    rows = re.findall(r"^\| (`[a-z0-9_`, ]+`) \|", PAGES[page].split("## Refusals")[-1], re.M)
    for code in re.findall("`([a-z0-9_]+)`", "".join(rows)):
        assert code in MESSAGES, code


def test_the_state_of_the_example_has_the_hash_of_the_example(session: Session) -> None:
    text, said = re.findall(r"^```\n(.*?)```$", PAGES["state-hash.md"], re.M | re.S)
    lines = text.splitlines()
    rows = [tuple(lines[at : at + 4]) for at in range(0, len(lines), 4)]
    session.execute("CREATE TEMP TABLE example (centre, table_name, record_id, row_hash)")
    session.execute_many("INSERT INTO temp.example VALUES (?, ?, ?, ?)", rows[::-1])
    assert state_hash(session, "temp.example") == said.strip()
    assert said.strip() == hashlib.sha256(text.encode()).hexdigest()
