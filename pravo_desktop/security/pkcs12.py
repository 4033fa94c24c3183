"""A lead's key as a file under a password of its own: PKCS#12, written and read.

Only keys that this program made are taken in. An electronic signature of the national certification
centre is refused, whatever its kind: its certificate holds a person's name and IIN, and a package
carries the certificate to headquarters.
"""

import hmac
import warnings
from base64 import b64decode
from binascii import Error as NotBase64
from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, SHA384, SHA512, Hash, HashAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat, pkcs12

from pravo_desktop.errors import KnownError
from pravo_desktop.security.certificates import SigningKey, load_certificate, signer_name

LARGEST: Final = 64 * 1024
"""Bytes of a key file; ours have some 1,200."""
ROUNDS: Final = 600_000
"""Of PBKDF2 with HMAC-SHA-256 (OWASP Password Storage Cheat Sheet)."""
_MOST_ROUNDS: Final = 2_000_000
_SMALLEST_RSA_BITS: Final = 2048
_GOST: Final = bytes.fromhex("2A830E030A0101")
"""1.2.398.3.10.1.1: algorithms of the national certification centre (GOST 34.310)."""
_MAC_KEY: Final = 3
_NO_LENGTH: Final = 0x80
"""A value of BER that goes on until its end mark."""
_PIECES: Final = 0x24
"""Bytes in several pieces, in BER."""
_DEEPEST: Final = 16
_BLOCKS: Final[dict[bytes, tuple[HashAlgorithm, int]]] = {
    bytes.fromhex("2B0E03021A"): (SHA1(), 64),
    bytes.fromhex("608648016503040201"): (SHA256(), 64),
    bytes.fromhex("608648016503040202"): (SHA384(), 128),
    bytes.fromhex("608648016503040203"): (SHA512(), 128),
}
"""Hashes of a file's checksum by their identifiers, with the size of a block in bytes."""

_INTEGER, _OCTETS, _CONSTRUCTED = 0x02, 0x04, 0x20


def write_pkcs12(key: SigningKey, password: str) -> bytes:
    """The key and its certificate, encrypted with AES-256-CBC under PBKDF2.

    Args:
        password: checked by the caller.
    """
    certificate = x509.load_der_x509_certificate(key.certificate_der)
    encryption = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(ROUNDS)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(SHA256())
        .build(password.encode())
    )
    name = signer_name(key.certificate_der).encode()
    return pkcs12.serialize_key_and_certificates(
        name, key.private_key, certificate, None, encryption
    )


def read_pkcs12(data: bytes, password: str, moment: datetime) -> SigningKey:
    """The signing key in a file.

    Args:
        moment: the present, aware: the certificate must be valid then.

    Raises:
        KnownError: ``gost_key``: GOST 34.310, or another kind that the program cannot read although
            the password is right; ``pkcs12_malformed``; ``pkcs12_wrong_password``;
            ``key_without_private``; ``key_weak`` (RSA under 2048 bits);
            ``certificate_unsupported``; ``key_expired`` (``valid_from``, ``valid_until``).
    """
    if len(data) > LARGEST or _too_many_rounds(data):
        raise KnownError("pkcs12_malformed")
    if _names_gost(data):
        raise KnownError("gost_key")
    try:
        with warnings.catch_warnings():
            # It warns of BER, which other programs write.
            warnings.simplefilter("ignore")
            private_key, certificate, _ = pkcs12.load_key_and_certificates(data, password.encode())
    except x509.InvalidVersion as error:
        raise KnownError("certificate_unsupported") from error
    except UnsupportedAlgorithm as error:
        raise KnownError("gost_key") from error
    except ValueError as error:
        raise _refusal(data, password) from error
    if private_key is None or certificate is None:
        raise KnownError("key_without_private")
    if isinstance(private_key, rsa.RSAPrivateKey) and private_key.key_size < _SMALLEST_RSA_BITS:
        raise KnownError("key_weak", minimum=_SMALLEST_RSA_BITS)
    certificate_der = certificate.public_bytes(Encoding.DER)
    load_certificate(certificate_der)
    if not isinstance(private_key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise KnownError("certificate_unsupported")
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not begins <= moment <= ends:
        raise KnownError("key_expired", valid_from=begins, valid_until=ends)
    return SigningKey(certificate_der, private_key)


def _names_gost(data: bytes) -> bool:
    """Whether a file, also one in PEM, names an algorithm of the national certification centre."""
    if _GOST in data:
        return True
    if not data.lstrip().startswith(b"-----BEGIN"):
        return False
    lines = [line for line in data.splitlines() if line and not line.startswith(b"-----")]
    try:
        return _GOST in b64decode(b"".join(lines))
    except NotBase64:
        return False


def _too_many_rounds(data: bytes, depth: int = 0) -> bool:
    """Whether a number behind a salt asks for more rounds than any program writes (RFC 8018, A.2).

    The library would go through them all before it says that the password is wrong.
    """
    if depth > _DEEPEST:
        return False
    at, before = 0, 0
    try:
        while at < len(data):
            tag = data[at]
            content, at = _value(data, at, 0)
            if (before, tag) == (_OCTETS, _INTEGER) and int.from_bytes(content) > _MOST_ROUNDS:
                return True
            inner = tag & _CONSTRUCTED or tag == _OCTETS
            if inner and _too_many_rounds(content, depth + 1):
                return True
            before = tag
    except (ValueError, IndexError):
        return False
    return False


def _refusal(data: bytes, password: str) -> KnownError:
    """Why a file was not opened; the library says the same of all reasons."""
    try:
        x509.load_der_x509_certificate(data)
        return KnownError("key_without_private")
    except (ValueError, UnsupportedAlgorithm, x509.InvalidVersion):
        pass
    if b"-----BEGIN CERTIFICATE" in data and b"PRIVATE KEY" not in data:
        return KnownError("key_without_private")
    try:
        fits = _checksum_fits(data, password)
    except (ValueError, KeyError, IndexError):
        return KnownError("pkcs12_malformed")
    return KnownError("gost_key" if fits else "pkcs12_wrong_password")


def _checksum_fits(data: bytes, password: str) -> bool:
    """Whether the password is the one that the file's checksum was made with (RFC 7292, 4).

    Raises:
        ValueError, KeyError, IndexError: it is not such a file.
    """
    (whole,) = _parts(data)
    _, safe, mac = _parts(whole)
    kind, wrapped = _parts(safe)
    if kind != bytes.fromhex("2A864886F70D010701"):
        raise ValueError("not sealed by a password")
    (content,) = _parts(wrapped)
    digest, salt, *rest = _parts(mac)
    rounds = int.from_bytes(rest[0]) if rest else 1
    if not 0 < rounds <= _MOST_ROUNDS:
        raise ValueError("too many rounds")
    algorithm, expected = _parts(digest)
    hashed, block = _BLOCKS[_parts(algorithm)[0]]
    text = password.encode("utf-16-be") + b"\0\0"
    key = _mac_key(hashed, block, text, salt, rounds)
    return hmac.compare_digest(hmac.new(key, content, hashed.name).digest(), expected)


def _mac_key(hashed: HashAlgorithm, block: int, text: bytes, salt: bytes, rounds: int) -> bytes:
    """The key of the checksum: RFC 7292, appendix B.2, whose first block is as long as it is."""
    given = bytes([_MAC_KEY]) * block + _filled(salt, block) + _filled(text, block)
    for _ in range(rounds):
        digest = Hash(hashed)
        digest.update(given)
        given = digest.finalize()
    return given


def _filled(piece: bytes, block: int) -> bytes:
    """A piece repeated to whole blocks."""
    size = -(-len(piece) // block) * block
    return (piece * (size // max(len(piece), 1) + 1))[:size]


def _parts(data: bytes) -> list[bytes]:
    """The contents of the values in DER or BER that stand one after another.

    Raises:
        ValueError, IndexError: they are cut off, or go too deep.
    """
    found, at = [], 0
    while at < len(data):
        content, at = _value(data, at, 0)
        found.append(content)
    return found


def _value(data: bytes, at: int, depth: int) -> tuple[bytes, int]:
    """The content of the value that stands there, and where the next one begins."""
    if depth > _DEEPEST:
        raise ValueError("too deep")
    tag, size, at = data[at], data[at + 1], at + 2
    if size == _NO_LENGTH:
        begins, pieces = at, []
        while data[at : at + 2] != b"\0\0":
            piece, at = _value(data, at, depth + 1)
            pieces.append(piece)
        whole = b"".join(pieces) if tag == _PIECES else data[begins:at]
        return whole, at + 2
    if size & 0x80:
        digits = size & 0x7F
        size, at = int.from_bytes(data[at : at + digits]), at + digits
    if at + size > len(data):
        raise ValueError("cut off")
    content = data[at : at + size]
    return b"".join(_parts(content)) if tag == _PIECES else content, at + size
