"""The texts of a package's signature, each in its canonical form.

Canonical XML: attributes sorted, no empty-element tags, namespaces declared on the first element of
each signed piece. Standards: XML-DSig 1.0, Canonical XML 1.0, XAdES 1.3.2, MS-OFFCRYPTO.
"""

from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Final, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from exports.package.opc import (
    CONTENT_TYPES,
    ENVELOPE,
    ORIGIN_RELATIONSHIPS,
    RELATIONSHIPS_TYPE,
    ROOT_RELATIONSHIPS,
    TO_WORKBOOK,
    attribute,
    is_relationships,
    read_relationships,
    relationships_xml,
)
from pravo_desktop.security.certificates import public_key_of

PROFILE: Final = 1

DS: Final = "http://www.w3.org/2000/09/xmldsig#"
MDSSI: Final = "http://schemas.openxmlformats.org/package/2006/digital-signature"
XADES: Final = "http://uri.etsi.org/01903/v1.3.2#"
_OFFICE: Final = "http://schemas.microsoft.com/office/2006/digsig"

_C14N: Final = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
_SHA256: Final = "http://www.w3.org/2001/04/xmlenc#sha256"
_ECDSA_SHA256: Final = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
_RSA_SHA256: Final = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
_RELATIONSHIP_TRANSFORM: Final = (
    "http://schemas.openxmlformats.org/package/2006/RelationshipTransform"
)
ALGORITHMS: Final = {_C14N, _SHA256, _ECDSA_SHA256, _RSA_SHA256, _RELATIONSHIP_TRANSFORM}

TIME_FORMAT: Final = "%Y-%m-%dT%H:%M:%SZ"


class SignedTexts(NamedTuple):
    """The signed pieces, each in its canonical form."""

    signed_info: str
    package_object: str
    office_object: str
    properties: str


def write_signed_texts(
    package: Mapping[str, bytes],
    types: Mapping[str, str],
    digests: Mapping[str, str],
    certificate: x509.Certificate,
    certificate_der: bytes,
    signed_at: datetime,
) -> SignedTexts:
    """The texts that are signed for these parts.

    Args:
        package: all entries but the signature.
        types: content type of each part that is not relationships.
        digests: of each part.
    """
    moment = signed_at.strftime(TIME_FORMAT)
    manifest = "".join(
        _manifest_reference(name, package[name], types, digests)
        for name in sorted({*package} - ENVELOPE | {ROOT_RELATIONSHIPS})
    )
    package_object = (
        f'<Object xmlns="{DS}" Id="idPackageObject"><Manifest>{manifest}</Manifest>'
        '<SignatureProperties><SignatureProperty Id="idSignatureTime" Target="#idPackageSignature">'
        f'<mdssi:SignatureTime xmlns:mdssi="{MDSSI}">'
        "<mdssi:Format>YYYY-MM-DDThh:mm:ssTZD</mdssi:Format>"
        f"<mdssi:Value>{moment}</mdssi:Value></mdssi:SignatureTime>"
        "</SignatureProperty></SignatureProperties></Object>"
    )
    bound = "; ".join(
        f"{name} {sha256(package[name]).hexdigest()}"
        for name in (CONTENT_TYPES, ROOT_RELATIONSHIPS, ORIGIN_RELATIONSHIPS)
    )
    office_object = (
        f'<Object xmlns="{DS}" Id="idOfficeObject"><SignatureProperties>'
        '<SignatureProperty Id="idOfficeV1Details" Target="#idPackageSignature">'
        f'<SignatureInfoV1 xmlns="{_OFFICE}">'
        f"<SignatureComments>Pravo Desktop package {PROFILE}; SHA-256: {bound}</SignatureComments>"
        f"<ManifestHashAlgorithm>{_SHA256}</ManifestHashAlgorithm></SignatureInfoV1>"
        "</SignatureProperty></SignatureProperties></Object>"
    )
    properties = (
        f'<xd:SignedProperties xmlns="{DS}" xmlns:xd="{XADES}" Id="idSignedProperties">'
        f"<xd:SignedSignatureProperties><xd:SigningTime>{moment}</xd:SigningTime>"
        "<xd:SigningCertificate><xd:Cert><xd:CertDigest>"
        f"{_digest_elements(digest_of(certificate_der))}</xd:CertDigest><xd:IssuerSerial>"
        f"<X509IssuerName>{_escaped(certificate.issuer.rfc4514_string())}</X509IssuerName>"
        f"<X509SerialNumber>{certificate.serial_number}</X509SerialNumber>"
        "</xd:IssuerSerial></xd:Cert></xd:SigningCertificate>"
        "<xd:SignaturePolicyIdentifier><xd:SignaturePolicyImplied></xd:SignaturePolicyImplied>"
        "</xd:SignaturePolicyIdentifier></xd:SignedSignatureProperties></xd:SignedProperties>"
    )
    is_rsa = isinstance(public_key_of(certificate), rsa.RSAPublicKey)
    signed_info = (
        f'<SignedInfo xmlns="{DS}"><CanonicalizationMethod Algorithm="{_C14N}">'
        "</CanonicalizationMethod>"
        f'<SignatureMethod Algorithm="{_RSA_SHA256 if is_rsa else _ECDSA_SHA256}">'
        "</SignatureMethod>"
        f'<Reference Type="{DS}Object" URI="#idPackageObject">'
        f"{_digest_elements(digest_of(package_object.encode()))}</Reference>"
        f'<Reference Type="{DS}Object" URI="#idOfficeObject">'
        f"{_digest_elements(digest_of(office_object.encode()))}</Reference>"
        '<Reference Type="http://uri.etsi.org/01903#SignedProperties" URI="#idSignedProperties">'
        f'<Transforms><Transform Algorithm="{_C14N}"></Transform></Transforms>'
        f"{_digest_elements(digest_of(properties.encode()))}</Reference></SignedInfo>"
    )
    return SignedTexts(signed_info, package_object, office_object, properties)


def _manifest_reference(
    name: str, content: bytes, types: Mapping[str, str], digests: Mapping[str, str]
) -> str:
    transforms, content_type = "", RELATIONSHIPS_TYPE
    if is_relationships(name):
        signed = [TO_WORKBOOK] if name == ROOT_RELATIONSHIPS else None
        relationships = sorted(signed or read_relationships(name, content))
        digest = digest_of(relationships_xml(relationships))
        sources = "".join(
            f'<mdssi:RelationshipReference xmlns:mdssi="{MDSSI}" SourceId="{attribute(each.id)}">'
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
        f'<Reference URI="/{attribute(name)}?ContentType={attribute(content_type)}">'
        f"{transforms}{_digest_elements(digest)}</Reference>"
    )


def signature_xml(texts: SignedTexts, certificate_der: bytes, value: bytes) -> bytes:
    """The signature part of these texts and the signature's value."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Signature xmlns="{DS}" Id="idPackageSignature">{texts.signed_info}'
        f"<SignatureValue>{b64encode(value).decode()}</SignatureValue>"
        "<KeyInfo><X509Data>"
        f"<X509Certificate>{b64encode(certificate_der).decode()}</X509Certificate>"
        f"</X509Data></KeyInfo>{texts.package_object}{texts.office_object}"
        f'<Object><xd:QualifyingProperties xmlns:xd="{XADES}" Target="#idPackageSignature">'
        f"{texts.properties}</xd:QualifyingProperties></Object></Signature>"
    ).encode()


def digest_of(content: bytes) -> str:
    """SHA-256 in base64, as the signature states it."""
    return b64encode(sha256(content).digest()).decode()


def _digest_elements(digest: str) -> str:
    return f'<DigestMethod Algorithm="{_SHA256}"></DigestMethod><DigestValue>{digest}</DigestValue>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
