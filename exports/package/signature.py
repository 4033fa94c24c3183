"""Signs packages and verifies them: the OPC digital signature, strict on every byte.

Standards: ECMA-376 Part 2 (OPC), XML-DSig 1.0 with Canonical XML 1.0, XAdES 1.3.2, MS-OFFCRYPTO.

The texts that are signed are written in their canonical form, so digesting them needs no
canonicaliser. The verifier accepts one profile, the one written here: out of the parts found, the
certificate, the signing time and the signature's value it writes the signature part anew, and the
received one must be equal. What is checked before that only gives each refusal its name. Another
profile therefore needs a number of its own, and the code of this one stays.
"""

import posixpath
import re
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from typing import Final, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from lxml import etree

from exports.package import container
from pravo_desktop.errors import KnownError
from pravo_desktop.security.certificates import (
    SigningKey,
    check_validity,
    fingerprint,
    load_certificate,
    public_key_of,
    verify,
)

PROFILE: Final = 1
MOST_REFERENCES: Final = 30
"""Signed references in one file; Apache POI refuses more."""

LARGEST_PARSED: Final = 1024 * 1024
"""Bytes of a part that is parsed as XML before or while the signature is judged."""
_MOST_LISTED: Final = 1000

CONTENT_TYPES: Final = "[Content_Types].xml"
ROOT_RELATIONSHIPS: Final = "_rels/.rels"
WORKBOOK: Final = "xl/workbook.xml"
ORIGIN: Final = "_xmlsignatures/origin.sigs"
ORIGIN_RELATIONSHIPS: Final = "_xmlsignatures/_rels/origin.sigs.rels"
SIGNATURE: Final = "_xmlsignatures/sig1.xml"

_DS: Final = "http://www.w3.org/2000/09/xmldsig#"
_MDSSI: Final = "http://schemas.openxmlformats.org/package/2006/digital-signature"
_XADES: Final = "http://uri.etsi.org/01903/v1.3.2#"
_OFFICE: Final = "http://schemas.microsoft.com/office/2006/digsig"
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_DOCUMENT_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_SIGNATURE_RELATION: Final = f"{_RELATIONSHIPS}/digital-signature/"

_C14N: Final = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
_SHA256: Final = "http://www.w3.org/2001/04/xmlenc#sha256"
_ECDSA_SHA256: Final = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
_RSA_SHA256: Final = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
_RELATIONSHIP_TRANSFORM: Final = (
    "http://schemas.openxmlformats.org/package/2006/RelationshipTransform"
)
_ALGORITHMS: Final = {_C14N, _SHA256, _ECDSA_SHA256, _RSA_SHA256, _RELATIONSHIP_TRANSFORM}

_PACKAGE_TYPE: Final = "application/vnd.openxmlformats-package."
_SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_RELATIONSHIPS_TYPE: Final = f"{_PACKAGE_TYPE}relationships+xml"
_ORIGIN_TYPE: Final = f"{_PACKAGE_TYPE}digital-signature-origin"
_SIGNATURE_TYPE: Final = f"{_PACKAGE_TYPE}digital-signature-xmlsignature+xml"
_WORKSHEET_TYPE: Final = f"{_SHEET_TYPE}worksheet+xml"
_ALLOWED: Final = {
    f"{_SHEET_TYPE}sheet.main+xml": "officeDocument",
    _WORKSHEET_TYPE: "worksheet",
    f"{_SHEET_TYPE}styles+xml": "styles",
    f"{_SHEET_TYPE}sharedStrings+xml": "sharedStrings",
    "application/vnd.openxmlformats-officedocument.theme+xml": "theme",
}
"""Content type of each kind of part that a package may hold, and the relationship to it."""

_TIME_FORMAT: Final = "%Y-%m-%dT%H:%M:%SZ"
_FORMULA: Final = re.compile(rb"<(?:[^\s<>/:]+:)?(?:f|formula[12]?)[\s/>]")
_LIKE_FORMULAS: Final = tuple(
    re.compile(begun + rb"f(?:ormula[12]?)?[\s/>]") for begun in (b"<", b":")
)
"""Found in time that a choice of beginnings would take sevenfold."""
_CELL: Final = re.compile(rb'\br="([A-Z]{1,3}[0-9]{1,7})"')
_ENCODING: Final = re.compile(rb"^<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")
_RANGE: Final = (
    r"(?:'(?:[^'\[\]|]|'')+'|[^\W\d][\w.]*)!"
    r"\$?[A-Z]{0,3}\$?[0-9]{0,7}(?::\$?[A-Z]{0,3}\$?[0-9]{0,7})?"
)
_OWN_RANGES: Final = re.compile(f"{_RANGE}(?:,{_RANGE})*")


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


class _Relationship(NamedTuple):
    id: str
    target: str
    mode: str
    type: str


class _Reference(NamedTuple):
    content_type: str
    digest: str


class _SignedTexts(NamedTuple):
    """The signed pieces, each in its canonical form."""

    signed_info: str
    package_object: str
    office_object: str
    properties: str


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
    types = _read_content_types(found.pop(CONTENT_TYPES))
    parts = {
        name: _relationships_xml(_read_relationships(name, content))
        if _is_relationships(name)
        else content
        for name, content in found.items()
    }
    if len(parts) + 1 > MOST_REFERENCES:
        raise KnownError("too_many_parts", limit=MOST_REFERENCES)
    types = {name: types.get(name, "") for name in parts if not _is_relationships(name)}
    _check_markup(parts)
    _check_content(parts, types)
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
        CONTENT_TYPES: _content_types_xml(types),
        ROOT_RELATIONSHIPS: _ROOT_RELATIONSHIPS_XML,
        **dict(sorted(parts.items())),
        ORIGIN: b"",
        ORIGIN_RELATIONSHIPS: _ORIGIN_RELATIONSHIPS_XML,
    }
    certificate = load_certificate(key.certificate_der)
    digests = {name: _digest(content) for name, content in parts.items()}
    texts = _signed_texts(package, types, digests, certificate, key.certificate_der, signed_at)
    value = key.sign(texts.signed_info.encode())
    package[SIGNATURE] = _signature_xml(texts, key.certificate_der, value)
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
    _check_markup(package)
    root = _parsed(SIGNATURE, package[SIGNATURE])
    _check_layout(root)
    certificate_der = _certificate_of(root)
    certificate = load_certificate(certificate_der)
    signed_at = _signing_time_of(root)
    parts = {name: content for name, content in package.items() if name not in _ENVELOPE}
    digests = {name: _digest(content) for name, content in parts.items()}
    types = _check_manifest(root, digests, package)

    texts = _signed_texts(package, types, digests, certificate, certificate_der, signed_at)
    try:
        value = b64decode(root.findtext(f"{{{_DS}}}SignatureValue", ""), validate=True)
    except ValueError as error:
        raise KnownError("signature_malformed", part=SIGNATURE) from error
    if package[SIGNATURE] != _signature_xml(texts, certificate_der, value):
        raise _signature_difference(root, texts)
    verify(public_key_of(certificate), value, texts.signed_info.encode())

    if list(package) != [CONTENT_TYPES, ROOT_RELATIONSHIPS, *sorted(parts), *_SIGNATURE_ENTRIES]:
        raise KnownError("zip_malformed")
    check_validity(certificate, signed_at)
    _check_content(parts, types)
    rebuilt = {name: package[name] for name in package if name not in _SIGNATURE_ENTRIES}
    return VerifiedPackage(
        parts={name: content for name, content in parts.items() if name in types},
        certificate_der=certificate_der,
        fingerprint=fingerprint(certificate_der),
        signed_at=signed_at,
        content_hash=sha256(texts.signed_info.encode()).hexdigest(),
        rebuilt=container.write(rebuilt, compress=False),
    )


# Opening


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
        if name.startswith("_xmlsignatures/") and name not in _SIGNATURE_ENTRIES
    ]
    if surplus:
        raise KnownError("second_signature", part=surplus[0])
    if not package.keys() >= set(_SIGNATURE_ENTRIES):
        raise KnownError("not_signed")
    for name, content in package.items():
        parsed = name in (CONTENT_TYPES, SIGNATURE, WORKBOOK) or _is_relationships(name)
        if parsed and len(content) > LARGEST_PARSED:
            raise KnownError("part_too_large", part=name, limit=LARGEST_PARSED)
    if package[ORIGIN]:
        raise KnownError("part_changed", part=ORIGIN)
    if package[ORIGIN_RELATIONSHIPS] != _ORIGIN_RELATIONSHIPS_XML:
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


def _check_markup(parts: Mapping[str, bytes]) -> None:
    """No DTD, comment or CDATA, and UTF-8 alone: a scan of bytes then sees what a parser sees."""
    for name, content in parts.items():
        if b"!" in content and b"<!" in content:
            declared = b"<!DOCTYPE" in content or b"<!ENTITY" in content
            raise KnownError("dtd_forbidden" if declared else "markup_forbidden", part=name)
        encoding = _ENCODING.match(content)
        if b"\0" in content or (encoding and encoding[1].lower() != b"utf-8"):
            raise KnownError("markup_forbidden", part=name)


def _parsed(name: str, content: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise KnownError(
            "signature_malformed" if name == SIGNATURE else "part_changed", part=name
        ) from error


# Reading what a signature states


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
        if algorithm is not None and algorithm not in _ALGORITHMS:
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
    stated = root.findtext(f".//{{{_XADES}}}CertDigest/{{{_DS}}}DigestValue")
    if stated != _digest(certificate_der):
        raise KnownError("certificate_swapped", part=SIGNATURE)
    return certificate_der


def _signing_time_of(root: etree._Element) -> datetime:
    stated = root.findtext(f".//{{{_MDSSI}}}Value", "")
    if stated != root.findtext(f".//{{{_XADES}}}SigningTime"):
        raise KnownError("signing_time_changed", part=SIGNATURE)
    try:
        return datetime.strptime(stated, _TIME_FORMAT).replace(tzinfo=UTC)
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
                "relationship_changed" if _is_relationships(name) else "part_changed", part=name
            )
    if package[ROOT_RELATIONSHIPS] != _ROOT_RELATIONSHIPS_XML:
        raise KnownError("relationship_changed", part=ROOT_RELATIONSHIPS)
    types = _read_content_types(package[CONTENT_TYPES])
    for name in digests:
        found = _RELATIONSHIPS_TYPE if _is_relationships(name) else types.get(name)
        if found != stated[name].content_type:
            raise KnownError("content_type_changed", part=name)
    types = {name: types[name] for name in digests if not _is_relationships(name)}
    if package[CONTENT_TYPES] != _content_types_xml(types):
        raise KnownError("content_type_changed", part=CONTENT_TYPES)
    return types


def _manifest_of(root: etree._Element) -> dict[str, _Reference]:
    stated: dict[str, _Reference] = {}
    for reference in root.findall(_path("Object", "Manifest", "Reference")):
        name, _, content_type = (reference.get("URI") or "").partition("?ContentType=")
        digest = reference.findtext(_path("DigestValue"), "")
        stated[name.removeprefix("/")] = _Reference(content_type, digest)
    return stated


def _signature_difference(root: etree._Element, texts: _SignedTexts) -> KnownError:
    """Names what no earlier check did: parts, certificate and layout are as stated by now."""
    path = _path("SignedInfo", "Reference", "DigestValue")
    stated = [element.text for element in root.iterfind(path)]
    pieces = (texts.package_object, texts.office_object, texts.properties)
    as_stated = stated == [_digest(piece.encode()) for piece in pieces]
    return KnownError("signature_malformed" if as_stated else "signature_wrong", part=SIGNATURE)


# What a package may hold


def _check_content(parts: Mapping[str, bytes], types: Mapping[str, str]) -> None:
    kinds = {}
    for name, content_type in types.items():
        if "externalLink" in content_type:
            raise KnownError("external_link", part=name)
        if content_type not in _ALLOWED:
            raise KnownError("part_forbidden", part=name, content_type=content_type)
        kinds[name] = _ALLOWED[content_type]
    reached = {WORKBOOK: "officeDocument"}
    for name, content in parts.items():
        if _is_relationships(name):
            _follow(name, _read_relationships(name, content), kinds, reached)
    for name, kind in kinds.items():
        if reached.get(name) != kind:
            raise KnownError("orphan_part", part=name)
        if kind == "worksheet":
            _check_sheet(name, parts[name])
    _check_defined_names(parts[WORKBOOK])


def _follow(
    name: str,
    relationships: Iterable[_Relationship],
    kinds: Mapping[str, str],
    reached: dict[str, str],
) -> None:
    folder = posixpath.dirname(posixpath.dirname(name))
    source = posixpath.join(folder, posixpath.basename(name).removesuffix(".rels"))
    if source not in kinds:
        raise KnownError("orphan_part", part=name)
    ids = set()
    for relationship in relationships:
        kind = relationship.type.removeprefix(_DOCUMENT_RELATION)
        if relationship.mode != "Internal":
            raise KnownError("external_link", part=name)
        target = posixpath.normpath(posixpath.join("/", folder, relationship.target))[1:]
        if target in reached or kinds.get(target) != kind or relationship.id in ids:
            raise KnownError("relationship_forbidden", part=name, target=relationship.target)
        reached[target] = kind
        ids.add(relationship.id)


def _check_sheet(name: str, content: bytes) -> None:
    if not any(like.search(content) for like in _LIKE_FORMULAS):
        return
    formula = _FORMULA.search(content)
    if formula:
        start = max(content.rfind(b"<", 0, formula.start()), 0)
        cell = _CELL.search(content, start, formula.start())
        raise KnownError("formula_in_cell", part=name, cell=cell[1].decode() if cell else "")


def _check_defined_names(workbook: bytes) -> None:
    for element in _parsed(WORKBOOK, workbook).iter("{*}definedName"):
        if len(element) or not _OWN_RANGES.fullmatch(element.text or ""):
            raise KnownError("defined_name_outside", part=WORKBOOK, name=element.get("name") or "")


# Relationships and content types


def _is_relationships(name: str) -> bool:
    return name.endswith(".rels")


def _read_relationships(name: str, content: bytes) -> list[_Relationship]:
    root = _parsed(name, content)
    found = []
    for element in root:
        attributes = {str(key): str(value) for key, value in element.attrib.items()}
        try:
            found.append(
                _Relationship(
                    attributes["Id"],
                    attributes["Target"],
                    attributes.get("TargetMode", "Internal"),
                    attributes["Type"],
                )
            )
        except KeyError as error:
            raise KnownError("relationship_changed", part=name) from error
    return found


def _relationships_xml(relationships: Iterable[_Relationship]) -> bytes:
    """What OPC's relationship transform and C14N give (ECMA-376 Part 2, 13.2.4.24)."""
    listed = "".join(
        f'<Relationship Id="{_attribute(each.id)}" Target="{_attribute(each.target)}" '
        f'TargetMode="{_attribute(each.mode)}" Type="{_attribute(each.type)}"></Relationship>'
        for each in sorted(relationships)
    )
    return f'<Relationships xmlns="{_RELATIONSHIPS}">{listed}</Relationships>'.encode()


def _read_content_types(content: bytes) -> dict[str, str]:
    return {
        str(element.get("PartName")).removeprefix("/"): str(element.get("ContentType"))
        for element in _parsed(CONTENT_TYPES, content).iter(f"{{{_TYPES}}}Override")
    }


def _content_types_xml(types: Mapping[str, str]) -> bytes:
    overrides = "".join(
        f'<Override PartName="/{_attribute(name)}" ContentType="{_attribute(content_type)}"/>'
        for name, content_type in sorted({**types, SIGNATURE: _SIGNATURE_TYPE}.items())
    )
    return (
        f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="{_RELATIONSHIPS_TYPE}"/>'
        f'<Default Extension="sigs" ContentType="{_ORIGIN_TYPE}"/>{overrides}</Types>'
    ).encode()


# The signature's text. Canonical XML: attributes sorted, no empty-element tags, namespaces declared
# on the first element of each signed piece.


def _signed_texts(
    package: Mapping[str, bytes],
    types: Mapping[str, str],
    digests: Mapping[str, str],
    certificate: x509.Certificate,
    certificate_der: bytes,
    signed_at: datetime,
) -> _SignedTexts:
    moment = signed_at.strftime(_TIME_FORMAT)
    manifest = "".join(
        _manifest_reference(name, package[name], types, digests)
        for name in sorted({*package} - _ENVELOPE | {ROOT_RELATIONSHIPS})
    )
    package_object = (
        f'<Object xmlns="{_DS}" Id="idPackageObject"><Manifest>{manifest}</Manifest>'
        '<SignatureProperties><SignatureProperty Id="idSignatureTime" Target="#idPackageSignature">'
        f'<mdssi:SignatureTime xmlns:mdssi="{_MDSSI}">'
        "<mdssi:Format>YYYY-MM-DDThh:mm:ssTZD</mdssi:Format>"
        f"<mdssi:Value>{moment}</mdssi:Value></mdssi:SignatureTime>"
        "</SignatureProperty></SignatureProperties></Object>"
    )
    bound = "; ".join(
        f"{name} {sha256(package[name]).hexdigest()}"
        for name in (CONTENT_TYPES, ROOT_RELATIONSHIPS, ORIGIN_RELATIONSHIPS)
    )
    office_object = (
        f'<Object xmlns="{_DS}" Id="idOfficeObject"><SignatureProperties>'
        '<SignatureProperty Id="idOfficeV1Details" Target="#idPackageSignature">'
        f'<SignatureInfoV1 xmlns="{_OFFICE}">'
        f"<SignatureComments>Pravo Desktop package {PROFILE}; SHA-256: {bound}</SignatureComments>"
        f"<ManifestHashAlgorithm>{_SHA256}</ManifestHashAlgorithm></SignatureInfoV1>"
        "</SignatureProperty></SignatureProperties></Object>"
    )
    properties = (
        f'<xd:SignedProperties xmlns="{_DS}" xmlns:xd="{_XADES}" Id="idSignedProperties">'
        f"<xd:SignedSignatureProperties><xd:SigningTime>{moment}</xd:SigningTime>"
        "<xd:SigningCertificate><xd:Cert><xd:CertDigest>"
        f"{_digest_elements(_digest(certificate_der))}</xd:CertDigest><xd:IssuerSerial>"
        f"<X509IssuerName>{_escaped(certificate.issuer.rfc4514_string())}</X509IssuerName>"
        f"<X509SerialNumber>{certificate.serial_number}</X509SerialNumber>"
        "</xd:IssuerSerial></xd:Cert></xd:SigningCertificate>"
        "<xd:SignaturePolicyIdentifier><xd:SignaturePolicyImplied></xd:SignaturePolicyImplied>"
        "</xd:SignaturePolicyIdentifier></xd:SignedSignatureProperties></xd:SignedProperties>"
    )
    is_rsa = isinstance(public_key_of(certificate), rsa.RSAPublicKey)
    signed_info = (
        f'<SignedInfo xmlns="{_DS}"><CanonicalizationMethod Algorithm="{_C14N}">'
        "</CanonicalizationMethod>"
        f'<SignatureMethod Algorithm="{_RSA_SHA256 if is_rsa else _ECDSA_SHA256}">'
        "</SignatureMethod>"
        f'<Reference Type="{_DS}Object" URI="#idPackageObject">'
        f"{_digest_elements(_digest(package_object.encode()))}</Reference>"
        f'<Reference Type="{_DS}Object" URI="#idOfficeObject">'
        f"{_digest_elements(_digest(office_object.encode()))}</Reference>"
        '<Reference Type="http://uri.etsi.org/01903#SignedProperties" URI="#idSignedProperties">'
        f'<Transforms><Transform Algorithm="{_C14N}"></Transform></Transforms>'
        f"{_digest_elements(_digest(properties.encode()))}</Reference></SignedInfo>"
    )
    return _SignedTexts(signed_info, package_object, office_object, properties)


def _manifest_reference(
    name: str, content: bytes, types: Mapping[str, str], digests: Mapping[str, str]
) -> str:
    transforms, content_type = "", _RELATIONSHIPS_TYPE
    if _is_relationships(name):
        signed = [_TO_WORKBOOK] if name == ROOT_RELATIONSHIPS else None
        relationships = sorted(signed or _read_relationships(name, content))
        digest = _digest(_relationships_xml(relationships))
        sources = "".join(
            f'<mdssi:RelationshipReference xmlns:mdssi="{_MDSSI}" SourceId="{_attribute(each.id)}">'
            "</mdssi:RelationshipReference>"
            for each in relationships
        )
        transforms = (
            f'<Transforms><Transform Algorithm="{_RELATIONSHIP_TRANSFORM}">{sources}</Transform>'
            f'<Transform Algorithm="{_C14N}"></Transform></Transforms>'
        )
    else:
        digest, content_type = digests[name], types[name]
    return (
        f'<Reference URI="/{_attribute(name)}?ContentType={_attribute(content_type)}">'
        f"{transforms}{_digest_elements(digest)}</Reference>"
    )


def _signature_xml(texts: _SignedTexts, certificate_der: bytes, value: bytes) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Signature xmlns="{_DS}" Id="idPackageSignature">{texts.signed_info}'
        f"<SignatureValue>{b64encode(value).decode()}</SignatureValue>"
        "<KeyInfo><X509Data>"
        f"<X509Certificate>{b64encode(certificate_der).decode()}</X509Certificate>"
        f"</X509Data></KeyInfo>{texts.package_object}{texts.office_object}"
        f'<Object><xd:QualifyingProperties xmlns:xd="{_XADES}" Target="#idPackageSignature">'
        f"{texts.properties}</xd:QualifyingProperties></Object></Signature>"
    ).encode()


def _digest(content: bytes) -> str:
    return b64encode(sha256(content).digest()).decode()


def _digest_elements(digest: str) -> str:
    return f'<DigestMethod Algorithm="{_SHA256}"></DigestMethod><DigestValue>{digest}</DigestValue>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _attribute(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def _path(*names: str) -> str:
    return "/".join(f"{{{_DS}}}{name}" for name in names)


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


# Parts that are the same in every package

_TO_WORKBOOK: Final = _Relationship(
    "rId1", WORKBOOK, "Internal", f"{_DOCUMENT_RELATION}officeDocument"
)
_ROOT_RELATIONSHIPS_XML: Final = _relationships_xml(
    [_TO_WORKBOOK, _Relationship("rId2", ORIGIN, "Internal", f"{_SIGNATURE_RELATION}origin")]
)
_ORIGIN_RELATIONSHIPS_XML: Final = _relationships_xml(
    [_Relationship("rId1", "sig1.xml", "Internal", f"{_SIGNATURE_RELATION}signature")]
)
_SIGNATURE_ENTRIES: Final = (ORIGIN, ORIGIN_RELATIONSHIPS, SIGNATURE)
_ENVELOPE: Final = {CONTENT_TYPES, ROOT_RELATIONSHIPS, *_SIGNATURE_ENTRIES}
