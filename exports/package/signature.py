"""Signs packages and verifies them: the OPC digital signature, strict on every byte.

Standards: ECMA-376 Part 2 (OPC), XML-DSig 1.0 with Canonical XML 1.0, XAdES 1.3.2, MS-OFFCRYPTO.

The texts that are signed are written in their canonical form, so digesting them needs no
canonicaliser. The verifier accepts one profile, the one written here: out of the parts found, the
certificate, the signing time and the signature's value it writes the signature part anew, and the
received one must be equal. What is checked before that only gives each refusal its name. Another
profile therefore needs a number of its own, and the code of this one stays.
"""

import zipfile
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from typing import Final, NamedTuple

from lxml import etree

from exports.package import container
from exports.package.allowed import check_content, check_markup
from exports.package.opc import (
    CONTENT_TYPES,
    ENVELOPE,
    ORIGIN,
    ORIGIN_RELATIONSHIPS,
    ORIGIN_RELATIONSHIPS_XML,
    RELATIONSHIPS_TYPE,
    ROOT_RELATIONSHIPS,
    ROOT_RELATIONSHIPS_XML,
    SIGNATURE,
    SIGNATURE_ENTRIES,
    WORKBOOK,
    content_types_xml,
    is_relationships,
    parse_part,
    read_content_types,
    read_relationships,
    relationships_xml,
)
from exports.package.signed_texts import (
    ALGORITHMS,
    DS,
    MDSSI,
    TIME_FORMAT,
    XADES,
    SignedTexts,
    digest_of,
    signature_xml,
    write_signed_texts,
)
from pravo_desktop.errors import KnownError
from pravo_desktop.security.certificates import (
    SigningKey,
    check_validity,
    fingerprint,
    load_certificate,
    public_key_of,
    verify,
)

MOST_REFERENCES: Final = 30
"""Signed references in one file; Apache POI refuses more."""

LARGEST_PARSED: Final = 1024 * 1024
"""Bytes of a part that is parsed as XML before or while the signature is judged."""
_MOST_LISTED: Final = 1000


@dataclass(frozen=True)
class VerifiedPackage:
    """A package whose every byte is vouched for by the holder of one key.

    Whether that key is trusted is for the caller to decide, by the fingerprint alone.

    Args:
        parts: verified content by name without a leading slash (``xl/workbook.xml``); no
            relationships, content types or signature.
        certificate_der: the signer's certificate.
        fingerprint: its SHA-256, 64 upper-case hexadecimal digits.
        signed_at: as the signer states it, in UTC; inside the certificate's validity.
        content_hash: SHA-256 (64 lower-case hexadecimal digits) of what was signed; the same for
            two files that differ only in how the same bytes were deflated.
        rebuilt: a new uncompressed .xlsx of the verified parts, for a program that reads cells.
    """

    parts: Mapping[str, bytes] = field(repr=False)
    certificate_der: bytes = field(repr=False)
    fingerprint: str
    signed_at: datetime
    content_hash: str
    rebuilt: bytes = field(repr=False)


class _Reference(NamedTuple):
    content_type: str
    digest: str


def sign_package(xlsx: bytes, key: SigningKey, signed_at: datetime) -> bytes:
    """Signs a workbook that openpyxl wrote; the document properties are left out.

    Args:
        xlsx: the workbook; sheets, styles, theme and strings alone.
        key: the lead's.
        signed_at: aware, inside the validity of the key's certificate; cut to the second.

    Returns:
        the package. Same input, same bytes, except for the 64 bytes of an EC signature.

    Raises:
        KnownError: ``signing_time_outside_certificate``, ``too_many_parts`` (``limit``), and those
            on content of :func:`verify_package`.
    """
    moment = signed_at.astimezone(UTC).replace(microsecond=0)
    check_validity(load_certificate(key.certificate_der), moment)
    with zipfile.ZipFile(BytesIO(xlsx)) as archive:
        found = {
            name: archive.read(name)
            for name in archive.namelist()
            if not name.startswith("docProps/") and name != ROOT_RELATIONSHIPS
        }
    types = read_content_types(found.pop(CONTENT_TYPES))
    parts = {
        name: relationships_xml(read_relationships(name, content))
        if is_relationships(name)
        else content
        for name, content in found.items()
    }
    if len(parts) + 1 > MOST_REFERENCES:
        raise KnownError("too_many_parts", limit=MOST_REFERENCES)
    types = {name: types.get(name, "") for name in parts if not is_relationships(name)}
    check_markup(parts)
    check_content(parts, types)
    return container.write(sign_parts(parts, types, key, moment))


def sign_parts(
    parts: Mapping[str, bytes], types: Mapping[str, str], key: SigningKey, signed_at: datetime
) -> dict[str, bytes]:
    """All entries of the signed file, in their order; looks at no content.

    Args:
        parts: content by name, relationships of parts included and in canonical form.
        types: content type of each part that is not relationships.
        key: the signer's.
        signed_at: UTC, whole seconds.
    """
    package = {
        CONTENT_TYPES: content_types_xml(types),
        ROOT_RELATIONSHIPS: ROOT_RELATIONSHIPS_XML,
        **dict(sorted(parts.items())),
        ORIGIN: b"",
        ORIGIN_RELATIONSHIPS: ORIGIN_RELATIONSHIPS_XML,
    }
    certificate = load_certificate(key.certificate_der)
    digests = {name: digest_of(content) for name, content in parts.items()}
    texts = write_signed_texts(package, types, digests, certificate, key.certificate_der, signed_at)
    value = key.sign(texts.signed_info.encode())
    package[SIGNATURE] = signature_xml(texts, key.certificate_der, value)
    return package


def verify_package(data: bytes) -> VerifiedPackage:
    """Verifies a received package as a whole; nothing of it is used before.

    Args:
        data: the file; stop reading it at :data:`container.LARGEST_FILE` bytes.

    Raises:
        KnownError: with the part concerned as ``part`` wherever there is one.
            *Container*: those of :func:`container.read`.
            *No signature*: ``saved_by_another_program``: an honest .xlsx that another program
            wrote; ``not_signed``.
            *Signature*: ``second_signature``, ``wrapped_signature``, ``signature_malformed``,
            ``signature_wrong``, ``algorithm_forbidden`` (``algorithm``),
            ``certificate_ambiguous``, ``certificate_swapped``, ``certificate_unsupported``,
            ``signing_time_changed``, ``signing_time_outside_certificate``.
            *What is signed*: ``unsigned_part``, ``part_removed``, ``part_changed``,
            ``relationship_changed``, ``content_type_changed``.
            *Content, even if signed*: ``dtd_forbidden``, ``markup_forbidden``,
            ``formula_in_cell`` (``cell``), ``external_link``, ``defined_name_outside``
            (``name``), ``part_forbidden`` (``content_type``), ``relationship_forbidden``
            (``target``), ``orphan_part``, ``part_too_large`` (``limit``).
    """
    package = _opened(data)
    check_markup(package)
    root = parse_part(SIGNATURE, package[SIGNATURE])
    _check_layout(root)
    certificate_der = _certificate_of(root)
    certificate = load_certificate(certificate_der)
    signed_at = _signing_time_of(root)
    parts = {name: content for name, content in package.items() if name not in ENVELOPE}
    digests = {name: digest_of(content) for name, content in parts.items()}
    types = _check_manifest(root, digests, package)

    texts = write_signed_texts(package, types, digests, certificate, certificate_der, signed_at)
    try:
        value = b64decode(root.findtext(f"{{{DS}}}SignatureValue", ""), validate=True)
    except ValueError as error:
        raise KnownError("signature_malformed", part=SIGNATURE) from error
    if package[SIGNATURE] != signature_xml(texts, certificate_der, value):
        raise _signature_difference(root, texts)
    verify(public_key_of(certificate), value, texts.signed_info.encode())

    if list(package) != [CONTENT_TYPES, ROOT_RELATIONSHIPS, *sorted(parts), *SIGNATURE_ENTRIES]:
        raise KnownError("zip_malformed")
    check_validity(certificate, signed_at)
    check_content(parts, types)
    rebuilt = {name: package[name] for name in package if name not in SIGNATURE_ENTRIES}
    return VerifiedPackage(
        parts={name: content for name, content in parts.items() if name in types},
        certificate_der=certificate_der,
        fingerprint=fingerprint(certificate_der),
        signed_at=signed_at,
        content_hash=sha256(texts.signed_info.encode()).hexdigest(),
        rebuilt=container.write(rebuilt, compress=False),
    )


def _opened(data: bytes) -> dict[str, bytes]:
    """The entries, with all three parts of the signature present and no others like them."""
    try:
        package = container.read(data)
    except KnownError as refusal:
        if refusal.code not in ("file_too_large", "not_a_package") and _is_unsigned_workbook(data):
            raise KnownError("saved_by_another_program") from refusal
        raise
    if not {CONTENT_TYPES, ROOT_RELATIONSHIPS, WORKBOOK} <= package.keys():
        raise KnownError("not_a_package")
    surplus = [
        name
        for name in package
        if name.startswith("_xmlsignatures/") and name not in SIGNATURE_ENTRIES
    ]
    if surplus:
        raise KnownError("second_signature", part=surplus[0])
    if not package.keys() >= set(SIGNATURE_ENTRIES):
        raise KnownError("not_signed")
    for name, content in package.items():
        parsed = name in (CONTENT_TYPES, SIGNATURE, WORKBOOK) or is_relationships(name)
        if parsed and len(content) > LARGEST_PARSED:
            raise KnownError("part_too_large", part=name, limit=LARGEST_PARSED)
    if package[ORIGIN]:
        raise KnownError("part_changed", part=ORIGIN)
    if package[ORIGIN_RELATIONSHIPS] != ORIGIN_RELATIONSHIPS_XML:
        raise KnownError("relationship_changed", part=ORIGIN_RELATIONSHIPS)
    return package


def _is_unsigned_workbook(data: bytes) -> bool:
    if data.count(b"PK\x01\x02") > _MOST_LISTED:
        return False
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    return WORKBOOK in names and not any(
        name.lower().startswith("_xmlsignatures/") for name in names
    )


def _check_layout(root: etree._Element) -> None:
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    tags = [_local(element) for element in elements]
    ids = [
        value
        for element in elements
        for key, value in element.attrib.items()
        if str(key).lower() == "id"
    ]
    children = [_local(child) for child in root if isinstance(child.tag, str)]
    if (
        any(tags.count(tag) != 1 for tag in ("Signature", "SignedInfo", "Manifest"))
        or len(ids) != len(set(ids))
        or children != ["SignedInfo", "SignatureValue", "KeyInfo", "Object", "Object", "Object"]
        or tags.count("Object") != 3
    ):
        raise KnownError("wrapped_signature", part=SIGNATURE)
    for element in elements:
        algorithm = element.get("Algorithm")
        if algorithm is not None and algorithm not in ALGORITHMS:
            raise KnownError("algorithm_forbidden", part=SIGNATURE, algorithm=algorithm)


def _certificate_of(root: etree._Element) -> bytes:
    tags = [_local(element) for info in root.iterfind(_path("KeyInfo")) for element in info.iter()]
    if tags != ["KeyInfo", "X509Data", "X509Certificate"]:
        raise KnownError("certificate_ambiguous", part=SIGNATURE)
    try:
        certificate_der = b64decode(
            root.findtext(_path("KeyInfo", "X509Data", "X509Certificate"), ""), validate=True
        )
    except ValueError as error:
        raise KnownError("certificate_unsupported") from error
    stated = root.findtext(f".//{{{XADES}}}CertDigest/{{{DS}}}DigestValue")
    if stated != digest_of(certificate_der):
        raise KnownError("certificate_swapped", part=SIGNATURE)
    return certificate_der


def _signing_time_of(root: etree._Element) -> datetime:
    stated = root.findtext(f".//{{{MDSSI}}}Value", "")
    if stated != root.findtext(f".//{{{XADES}}}SigningTime"):
        raise KnownError("signing_time_changed", part=SIGNATURE)
    try:
        return datetime.strptime(stated, TIME_FORMAT).replace(tzinfo=UTC)
    except ValueError as error:
        raise KnownError("signature_malformed", part=SIGNATURE) from error


def _check_manifest(
    root: etree._Element, digests: Mapping[str, str], package: Mapping[str, bytes]
) -> dict[str, str]:
    """Compares what is there with what is stated, and returns the content type of each part.

    Args:
        digests: of each part that was found.
    """
    stated = _manifest_of(root)
    for name in [ROOT_RELATIONSHIPS, *digests]:
        if name not in stated:
            raise KnownError("unsigned_part", part=name)
    for name in stated:
        if name not in package:
            raise KnownError("part_removed", part=name)
    for name, digest in digests.items():
        if digest != stated[name].digest:
            raise KnownError(
                "relationship_changed" if is_relationships(name) else "part_changed", part=name
            )
    if package[ROOT_RELATIONSHIPS] != ROOT_RELATIONSHIPS_XML:
        raise KnownError("relationship_changed", part=ROOT_RELATIONSHIPS)
    types = read_content_types(package[CONTENT_TYPES])
    for name in digests:
        found = RELATIONSHIPS_TYPE if is_relationships(name) else types.get(name)
        if found != stated[name].content_type:
            raise KnownError("content_type_changed", part=name)
    types = {name: types[name] for name in digests if not is_relationships(name)}
    if package[CONTENT_TYPES] != content_types_xml(types):
        raise KnownError("content_type_changed", part=CONTENT_TYPES)
    return types


def _manifest_of(root: etree._Element) -> dict[str, _Reference]:
    stated: dict[str, _Reference] = {}
    for reference in root.findall(_path("Object", "Manifest", "Reference")):
        name, _, content_type = (reference.get("URI") or "").partition("?ContentType=")
        digest = reference.findtext(_path("DigestValue"), "")
        stated[name.removeprefix("/")] = _Reference(content_type, digest)
    return stated


def _signature_difference(root: etree._Element, texts: SignedTexts) -> KnownError:
    """Names what no earlier check did: parts, certificate and layout are as stated by now."""
    path = _path("SignedInfo", "Reference", "DigestValue")
    stated = [element.text for element in root.iterfind(path)]
    pieces = (texts.package_object, texts.office_object, texts.properties)
    as_stated = stated == [digest_of(piece.encode()) for piece in pieces]
    return KnownError("signature_malformed" if as_stated else "signature_wrong", part=SIGNATURE)


def _path(*names: str) -> str:
    return "/".join(f"{{{DS}}}{name}" for name in names)


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
