"""A package sealed for transport: CMS EnvelopedData in one fixed form, and nothing else is opened.

The form (RFC 5652, section 6; DER): one recipient by issuer and serial number, the content key by
RSA PKCS#1 v1.5, the content by AES-256-CBC. CBC does not authenticate: whoever changes the bytes is
found out by the signature of the package inside. Every byte outside the encrypted key, the vector
and the content is compared with what :func:`seal` writes, so that no second form says the same.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.ciphers import algorithms
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import (
    PKCS7EnvelopeBuilder,
    PKCS7Options,
    pkcs7_decrypt_der,
)

from exports.package.container import LARGEST_FILE
from pravo_desktop.errors import KnownError
from pravo_desktop.security.sealing import SealingKey, sealing_certificate

SUFFIX: Final = ".pravo"
"""Of the name of a sealed file."""
LARGEST_SEALED: Final = LARGEST_FILE + 4096
"""Bytes of a sealed file: the largest package and what goes around it."""

_HEAD: Final = 2048
"""So many bytes at the beginning hold all that names the recipient."""
_BLOCK: Final = 16
_ENVELOPED_DATA: Final = bytes.fromhex("06092A864886F70D010703")
_DATA: Final = bytes.fromhex("06092A864886F70D010701")
_RSA_ENCRYPTION: Final = bytes.fromhex("300D06092A864886F70D0101010500")
_AES_256_CBC: Final = bytes.fromhex("060960864801650304012A")
_VERSION_0: Final = bytes.fromhex("020100")
_SEQUENCE, _SET, _OCTETS, _INTEGER, _EXPLICIT, _CONTENT = 0x30, 0x31, 0x04, 0x02, 0xA0, 0x80


def is_sealed(data: bytes) -> bool:
    """Whether a file says of itself that it is encrypted (CMS EnvelopedData)."""
    return data[:1] == bytes([_SEQUENCE]) and _ENVELOPED_DATA in data[:24]


def seal(data: bytes, certificate_der: bytes, moment: datetime) -> bytes:
    """Encrypts a package for transport; another time the same package gives other bytes.

    Args:
        certificate_der: headquarters' sealing certificate.
        moment: the present, aware.

    Raises:
        KnownError: as `sealing_certificate`.
    """
    return (
        PKCS7EnvelopeBuilder()
        .set_data(data)
        .add_recipient(sealing_certificate(certificate_der, moment))
        .set_content_encryption_algorithm(algorithms.AES256)
        .encrypt(Encoding.DER, [PKCS7Options.Binary])
    )


def unseal(data: bytes, keys: Iterable[SealingKey]) -> bytes:
    """Decrypts what :func:`seal` wrote; the bytes are to be verified like any received package.

    Args:
        keys: all that headquarters ever had.

    Raises:
        KnownError: ``file_too_large`` (``limit``); ``sealed_for_another``: no such key here;
            ``sealed_damaged``: changed, cut off, or not of the form that this program writes.
    """
    if len(data) > LARGEST_SEALED:
        raise KnownError("file_too_large", limit=LARGEST_SEALED)
    for key in keys:
        certificate = x509.load_der_x509_certificate(key.certificate_der)
        if _recipient(certificate) not in data[:_HEAD]:
            continue
        _check_form(data, certificate)
        try:
            return pkcs7_decrypt_der(data, certificate, key.private_key, [])
        except (ValueError, UnsupportedAlgorithm) as error:
            raise KnownError("sealed_damaged") from error
    raise KnownError("sealed_for_another")


def _check_form(data: bytes, certificate: x509.Certificate) -> None:
    """Compare everything that is not random with what `seal` writes."""
    public_key = certificate.public_key()
    assert isinstance(public_key, rsa.RSAPublicKey)
    empty_key, empty_vector = bytes(public_key.key_size // 8), bytes(_BLOCK)
    size = len(data)
    for _ in range(3):
        blank = _envelope(certificate, empty_key, empty_vector, size)
        size = max(len(data) - len(blank), 0)
    blank = _envelope(certificate, empty_key, empty_vector, size)
    key_at = blank.index(empty_key)
    vector_at = len(blank) - len(_length(size)) - 1 - _BLOCK
    found = _envelope(
        certificate,
        data[key_at : key_at + len(empty_key)],
        data[vector_at : vector_at + _BLOCK],
        size,
    )
    if not size or size % _BLOCK or data[: len(data) - size] != found:
        raise KnownError("sealed_damaged")


def _envelope(certificate: x509.Certificate, key: bytes, vector: bytes, size: int) -> bytes:
    """The bytes before the content of so many bytes."""
    recipient = _tlv(
        _SEQUENCE, _VERSION_0 + _recipient(certificate) + _RSA_ENCRYPTION + _tlv(_OCTETS, key)
    )
    algorithm = _tlv(_SEQUENCE, _AES_256_CBC + _tlv(_OCTETS, vector))
    content = bytes([_CONTENT]) + _length(size)
    encrypted = _DATA + algorithm + content
    inner = _VERSION_0 + _tlv(_SET, recipient) + _tlv(_SEQUENCE, encrypted, size)
    enveloped = _tlv(_SEQUENCE, inner, size)
    return _tlv(_SEQUENCE, _ENVELOPED_DATA + _tlv(_EXPLICIT, enveloped, size), size)


def _recipient(certificate: x509.Certificate) -> bytes:
    serial = certificate.serial_number
    number = serial.to_bytes(serial.bit_length() // 8 + 1)
    return _tlv(_SEQUENCE, certificate.issuer.public_bytes() + _tlv(_INTEGER, number))


def _tlv(tag: int, content: bytes, further: int = 0) -> bytes:
    """A value in DER; so many ``further`` bytes of it come later."""
    return bytes([tag]) + _length(len(content) + further) + content


def _length(size: int) -> bytes:
    if size < 0x80:
        return bytes([size])
    digits = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes([0x80 | len(digits)]) + digits
