"""Files as KalkanCrypt makes them, with keys of GOST 34.310, built by hand."""

import os

from cryptography.hazmat.primitives import hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

GOST_KEY = "1.2.398.3.10.1.1.1.1"
GOST_SIGNATURE = "1.2.398.3.10.1.1.1.2"
_ROUNDS = 2048


def gost_certificate() -> bytes:
    """A certificate whose key and signature are GOST 34.310."""
    name = _seq(_tlv(0x31, _seq(_oid("2.5.4.3"), _tlv(0x0C, b"astana A"))))
    validity = _seq(_tlv(0x17, b"240101000000Z"), _tlv(0x17, b"290101000000Z"))
    key = _seq(_seq(_oid(GOST_KEY)), _tlv(0x03, b"\0" + os.urandom(64)))
    signed = _seq(_int(7), _seq(_oid(GOST_SIGNATURE)), name, validity, name, key)
    return _seq(signed, _seq(_oid(GOST_SIGNATURE)), _tlv(0x03, b"\0" + os.urandom(64)))


def gost_pkcs12(password: str, *, hidden: bool, ber: bool = False) -> bytes:
    """A PKCS#12 with a GOST key; where ``hidden``, nothing outside the encryption names GOST.

    Args:
        ber: the outer values without lengths and in pieces, as Java programs write them.
    """
    private = _seq(_int(0), _seq(_oid(GOST_KEY)), _tlv(0x04, os.urandom(32)))
    key_bag = _seq(_oid("1.2.840.113549.1.12.10.1.2"), _tlv(0xA0, _shrouded(private, password)))
    bags = [key_bag]
    if not hidden:
        wrapped = _seq(_oid("1.2.840.113549.1.9.22.1"), _tlv(0xA0, _tlv(4, gost_certificate())))
        bags.append(_seq(_oid("1.2.840.113549.1.12.10.1.3"), _tlv(0xA0, wrapped)))
    inner = _seq(_data(_seq(*bags)))
    salt = os.urandom(8)
    mac = hmac.HMAC(_mac_key(password, salt), SHA256())
    mac.update(inner)
    digest = _seq(_seq(_oid("2.16.840.1.101.3.4.2.1"), b"\x05\0"), _tlv(4, mac.finalize()))
    checked = _seq(digest, _tlv(4, salt), _int(_ROUNDS))
    if not ber:
        return _seq(_int(3), _data(inner), checked)
    pieces = _tlv(4, inner[:50]) + _tlv(4, inner[50:])
    data = _open(0x30, _oid("1.2.840.113549.1.7.1") + _open(0xA0, _open(0x24, pieces)))
    return _open(0x30, _int(3) + data + checked)


def _shrouded(private: bytes, password: str) -> bytes:
    salt, vector = os.urandom(16), os.urandom(16)
    key = PBKDF2HMAC(SHA256(), 32, salt, _ROUNDS).derive(password.encode())
    cipher = Cipher(algorithms.AES256(key), modes.CBC(vector)).encryptor()
    left = 16 - len(private) % 16
    hidden = cipher.update(private + bytes([left]) * left) + cipher.finalize()
    by_hmac = _seq(_oid("1.2.840.113549.2.9"), b"\x05\0")
    stretched = _seq(_oid("1.2.840.113549.1.5.12"), _seq(_tlv(4, salt), _int(_ROUNDS), by_hmac))
    by_aes = _seq(_oid("2.16.840.1.101.3.4.1.42"), _tlv(4, vector))
    return _seq(_seq(_oid("1.2.840.113549.1.5.13"), _seq(stretched, by_aes)), _tlv(4, hidden))


def _mac_key(password: str, salt: bytes) -> bytes:
    """RFC 7292, appendix B.2, for SHA-256 and one block of output."""
    text = password.encode("utf-16-be") + b"\0\0"

    def filled(piece: bytes) -> bytes:
        whole = -(-len(piece) // 64) * 64
        return (piece * (whole // len(piece) + 1))[:whole]

    block = b"\x03" * 64 + filled(salt) + filled(text)
    for _ in range(_ROUNDS):
        digest = Hash(SHA256())
        digest.update(block)
        block = digest.finalize()
    return block


def _data(content: bytes) -> bytes:
    return _seq(_oid("1.2.840.113549.1.7.1"), _tlv(0xA0, _tlv(4, content)))


def _seq(*parts: bytes) -> bytes:
    return _tlv(0x30, b"".join(parts))


def _int(number: int) -> bytes:
    return _tlv(2, number.to_bytes(number.bit_length() // 8 + 1))


def _oid(dotted: str) -> bytes:
    first, second, *rest = map(int, dotted.split("."))
    content = bytes([40 * first + second])
    for number in rest:
        digits = [number & 0x7F]
        while number := number >> 7:
            digits.append(number & 0x7F | 0x80)
        content += bytes(reversed(digits))
    return _tlv(6, content)


def _open(tag: int, content: bytes) -> bytes:
    return bytes([tag, 0x80]) + content + b"\0\0"


def _tlv(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    digits = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes([tag, 0x80 | len(digits)]) + digits + content
