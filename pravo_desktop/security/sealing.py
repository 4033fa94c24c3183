"""Sealing keys of headquarters: RSA key pair and certificate to which packages are encrypted."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)

from pravo_desktop.errors import KnownError
from pravo_desktop.security.certificates import (
    fingerprint,
    load_certificate,
    self_made_certificate,
)

BITS: Final = 3072
"""Length of a sealing key; a shorter one is refused (NIST SP 800-57 part 1: 128 bits)."""
_EXPONENT: Final = 65537


@dataclass(frozen=True)
class SealingKey:
    """A key that opens what was sealed to its certificate.

    Args:
        certificate_der: the X.509 certificate; it goes to the centres with the receipt.
        private_key: RSA; kept in headquarters' encrypted database alone.
    """

    certificate_der: bytes = field(repr=False)
    private_key: rsa.RSAPrivateKey = field(repr=False, compare=False)

    @property
    def fingerprint(self) -> str:
        """See :func:`pravo_desktop.security.certificates.fingerprint`."""
        return fingerprint(self.certificate_der)

    def private_bytes(self) -> bytes:
        """The private key as DER (PKCS#8), not encrypted: for the encrypted database alone."""
        return self.private_key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def create_sealing_key(common_name: str, moment: datetime) -> SealingKey:
    """Makes an RSA key and a self-made certificate, valid three years from ``moment``.

    Args:
        common_name: without a personal name, at most 64 characters.
        moment: aware; the validity begins at this whole second.
    """
    private_key = rsa.generate_private_key(_EXPONENT, BITS)
    certificate = self_made_certificate(private_key, common_name, moment, signs=False)
    return SealingKey(certificate.public_bytes(Encoding.DER), private_key)


def read_sealing_key(certificate_der: bytes, private: bytes) -> SealingKey:
    """The key whose :meth:`SealingKey.private_bytes` were kept."""
    private_key = load_der_private_key(private, None)
    assert isinstance(private_key, rsa.RSAPrivateKey)
    return SealingKey(certificate_der, private_key)


def sealing_certificate(certificate_der: bytes, moment: datetime) -> x509.Certificate:
    """A certificate that may be sealed to at a moment.

    Raises:
        KnownError: ``certificate_unsupported``; ``sealing_key_weak``: not RSA of 3072 bits or more;
            ``sealing_key_expired`` (``valid_from``, ``valid_until``).
    """
    certificate = load_certificate(certificate_der)
    key = certificate.public_key()
    if not isinstance(key, rsa.RSAPublicKey) or key.key_size < BITS:
        raise KnownError("sealing_key_weak")
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not begins <= moment <= ends:
        raise KnownError("sealing_key_expired", valid_from=begins, valid_until=ends)
    return certificate
