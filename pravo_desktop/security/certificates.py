"""Signing keys of leads: key pair, self-made certificate, fingerprint, sign and verify on bytes."""

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final, Self, TypeAlias
from warnings import catch_warnings

from cryptography import x509
from cryptography.exceptions import InvalidSignature, InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from cryptography.utils import CryptographyDeprecationWarning

from pravo_desktop.errors import KnownError

VALIDITY_YEARS: Final = 3
_SMALLEST_RSA_BITS: Final = 2048
_COORDINATE_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_GROUP_CHARACTERS: Final = 4
_SEAL_LABEL: Final = b"pravo-desktop signing key 1\0"

PrivateKey: TypeAlias = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
PublicKey: TypeAlias = ec.EllipticCurvePublicKey | rsa.RSAPublicKey


@dataclass(frozen=True)
class SigningKey:
    """A private key with its certificate; what it signs, :func:`verify` accepts.

    Args:
        certificate_der: the X.509 certificate.
        private_key: EC P-256, or RSA of at least 2048 bits; never shown, never logged.
    """

    certificate_der: bytes = field(repr=False)
    private_key: PrivateKey = field(repr=False, compare=False)

    @property
    def fingerprint(self) -> str:
        """See :func:`fingerprint`."""
        return fingerprint(self.certificate_der)

    def sign(self, data: bytes) -> bytes:
        """Signs with SHA-256: 64 bytes r‖s for EC (XML-DSig's form), PKCS#1 v1.5 for RSA."""
        if isinstance(self.private_key, rsa.RSAPrivateKey):
            return self.private_key.sign(data, PKCS1v15(), SHA256())
        r, s = decode_dss_signature(self.private_key.sign(data, ec.ECDSA(SHA256())))
        return r.to_bytes(_COORDINATE_BYTES) + s.to_bytes(_COORDINATE_BYTES)

    def seal(self, wrap_key: bytes) -> bytes:
        """The key and its certificate as bytes to keep, the private key encrypted (AES-256-GCM).

        Args:
            wrap_key: 32 bytes, :attr:`pravo_desktop.security.slots.UnlockedKeys.wrap_key`.
        """
        private = self.private_key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        nonce = os.urandom(_NONCE_BYTES)
        box = AESGCM(wrap_key).encrypt(nonce, private, _SEAL_LABEL + self.certificate_der)
        return len(self.certificate_der).to_bytes(4) + self.certificate_der + nonce + box

    @classmethod
    def open(cls, sealed: bytes, wrap_key: bytes) -> Self:
        """Reads what :meth:`seal` wrote.

        Raises:
            KnownError: ``signing_key_locked``: another account's key, or damaged bytes.
        """
        end = 4 + int.from_bytes(sealed[:4])
        certificate_der, nonce = sealed[4:end], sealed[end : end + _NONCE_BYTES]
        try:
            private = AESGCM(wrap_key).decrypt(
                nonce, sealed[end + _NONCE_BYTES :], _SEAL_LABEL + certificate_der
            )
        except (InvalidTag, ValueError) as error:
            raise KnownError("signing_key_locked") from error
        private_key = load_der_private_key(private, None)
        assert isinstance(private_key, PrivateKey)
        return cls(certificate_der, private_key)


def create_signing_key(common_name: str, moment: datetime) -> SigningKey:
    """Makes an EC P-256 key and a self-made certificate, valid three years from ``moment``.

    Args:
        common_name: whose key it is, without a personal name (centre key and station letter), at
            most 64 characters; it proves nothing: trust goes by fingerprint.
        moment: aware; the validity begins at this whole second.
    """
    private_key = ec.generate_private_key(ec.SECP256R1())
    certificate = self_made_certificate(private_key, common_name, moment, signs=True)
    return SigningKey(certificate.public_bytes(Encoding.DER), private_key)


def self_made_certificate(
    private_key: PrivateKey, common_name: str, moment: datetime, *, signs: bool
) -> x509.Certificate:
    """A certificate that a key makes for itself, valid three years from ``moment``.

    Args:
        common_name: without a personal name, at most 64 characters.
        moment: aware; the validity begins at this whole second.
        signs: whether the key signs; otherwise others encrypt keys to it.
    """
    begins = moment.astimezone(UTC).replace(microsecond=0)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, common_name)])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private_key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(years_later(begins, VALIDITY_YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=signs,
                content_commitment=signs,
                key_encipherment=not signs,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=False,
                crl_sign=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .sign(private_key, SHA256())
    )


def fingerprint(certificate_der: bytes) -> str:
    """SHA-256 of the certificate: 64 upper-case hexadecimal digits."""
    digest = Hash(SHA256())
    digest.update(certificate_der)
    return digest.finalize().hex().upper()


def fingerprint_groups(text: str) -> str:
    """The fingerprint in groups of four digits, to be compared by phone."""
    return " ".join(
        text[start : start + _GROUP_CHARACTERS] for start in range(0, len(text), _GROUP_CHARACTERS)
    )


def read_fingerprint(typed: str) -> str:
    """A fingerprint as a person typed or pasted it, with spaces or colons, in any case.

    Raises:
        KnownError: ``fingerprint_malformed``: not 64 hexadecimal digits.
    """
    digits = "".join(typed.replace(":", " ").split()).upper()
    if len(digits) != 64 or not set(digits) <= set("0123456789ABCDEF"):
        raise KnownError("fingerprint_malformed")
    return digits


def load_certificate(certificate_der: bytes) -> x509.Certificate:
    """Reads a certificate.

    Raises:
        KnownError: ``certificate_unsupported``: not a certificate, one that the standard forbids
            (RFC 5280: a serial number below one), or its key is neither EC P-256 nor RSA of at
            least 2048 bits.
    """
    try:
        with catch_warnings(action="error", category=CryptographyDeprecationWarning):
            certificate = x509.load_der_x509_certificate(certificate_der)
        certificate.issuer.rfc4514_string()
    except (ValueError, x509.InvalidVersion, CryptographyDeprecationWarning) as error:
        raise KnownError("certificate_unsupported") from error
    public_key_of(certificate)
    return certificate


def signer_name(certificate_der: bytes) -> str:
    """The name that a certificate was made out to; empty when it names nobody."""
    subject = x509.load_der_x509_certificate(certificate_der).subject
    names = subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(names[0].value) if names else ""


def public_key_of(certificate: x509.Certificate) -> PublicKey:
    """The certificate's key.

    Raises:
        KnownError: ``certificate_unsupported``, as in :func:`load_certificate`.
    """
    try:
        key = certificate.public_key()
    except (ValueError, UnsupportedAlgorithm) as error:
        raise KnownError("certificate_unsupported") from error
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    if isinstance(key, rsa.RSAPublicKey) and key.key_size >= _SMALLEST_RSA_BITS:
        return key
    raise KnownError("certificate_unsupported")


def check_validity(certificate: x509.Certificate, moment: datetime) -> None:
    """Whether the moment lies in the certificate's validity, both ends included.

    Raises:
        KnownError: ``signing_time_outside_certificate`` (``signed_at``, ``valid_from``,
            ``valid_until``).
    """
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not begins <= moment <= ends:
        raise KnownError(
            "signing_time_outside_certificate",
            signed_at=moment,
            valid_from=begins,
            valid_until=ends,
        )


def verify(key: PublicKey, signature: bytes, data: bytes) -> None:
    """Verifies what :meth:`SigningKey.sign` wrote.

    Raises:
        KnownError: ``signature_wrong``.
    """
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, data, PKCS1v15(), SHA256())
            return
        if len(signature) != 2 * _COORDINATE_BYTES:
            raise InvalidSignature
        r = int.from_bytes(signature[:_COORDINATE_BYTES])
        s = int.from_bytes(signature[_COORDINATE_BYTES:])
        key.verify(encode_dss_signature(r, s), data, ec.ECDSA(SHA256()))
    except InvalidSignature as error:
        raise KnownError("signature_wrong") from error


def years_later(moment: datetime, years: int) -> datetime:
    """The same day so many years later; the 28th of February where there is no 29th."""
    try:
        return moment.replace(year=moment.year + years)
    except ValueError:
        return (moment - timedelta(days=1)).replace(year=moment.year + years)
