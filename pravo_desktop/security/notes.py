"""Keys of specialists' notes: what an author writes is sealed to their own key and opened by it.

Each account has an X25519 key pair. Anybody who works in the folder may seal a text to the public
half; the private half is locked under the account's ``wrap_key``, which its password alone gives,
and under the code of the account's own sheet. The database key opens neither.
"""

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pravo_desktop.errors import KnownError
from pravo_desktop.security.passwords import KdfParameters, derive, sub_key
from pravo_desktop.security.recovery import new_code, read_code

FORMAT: Final = 1
_PREFIX: Final = f"{FORMAT}:"
_KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12


@dataclass(frozen=True)
class NoteKey:
    """The key pair of an account's notes; the private half stays in memory while one works."""

    _private: X25519PrivateKey = field(repr=False)

    @classmethod
    def create(cls) -> Self:
        """A new pair."""
        return cls(X25519PrivateKey.generate())

    @property
    def public(self) -> bytes:
        """32 bytes, kept readable beside the account."""
        return self._private.public_key().public_bytes_raw()

    def open(self, sealed: str, purpose: str, record_id: str) -> str:
        """Open what `seal_text` sealed.

        Raises:
            KnownError: ``note_unreadable``: sealed to another key, for another record, or changed.
        """
        try:
            if not sealed.startswith(_PREFIX):
                raise ValueError("unknown format")
            data = b64decode(sealed.removeprefix(_PREFIX), validate=True)
            ephemeral, rest = data[:_KEY_BYTES], data[_KEY_BYTES:]
            shared = self._private.exchange(X25519PublicKey.from_public_bytes(ephemeral))
            bound = _bound(purpose, record_id)
            opened = _cipher(shared, ephemeral, self.public).decrypt(
                rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], bound
            )
            return opened.decode()
        except (InvalidTag, ValueError) as error:
            raise KnownError("note_unreadable") from error

    def lock(self, wrap_key: bytes, account_id: str) -> bytes:
        """The private half, encrypted under the account's ``wrap_key``."""
        return _locked(sub_key(wrap_key, "note key"), self._private, account_id)

    @classmethod
    def unlock(cls, locked: bytes, wrap_key: bytes, account_id: str) -> Self:
        """Open what `lock` locked.

        Raises:
            KnownError: ``notes_locked``: the password was set anew by somebody else since.
        """
        try:
            return cls(_unlocked(sub_key(wrap_key, "note key"), locked, account_id))
        except (InvalidTag, ValueError) as error:
            raise KnownError("notes_locked") from error

    def issue_sheet(self, account_id: str, kdf: Callable[[], KdfParameters]) -> tuple[str, str]:
        """Make the account's own sheet.

        Returns:
            the code to print, kept nowhere, and the JSON to keep in its place.
        """
        code, parameters = new_code(), kdf()
        key = sub_key(derive(read_code(code), parameters), "note sheet")
        box = b64encode(_locked(key, self._private, account_id)).decode()
        return code, json.dumps({"format": FORMAT, "kdf": parameters.as_json(), "box": box})

    @classmethod
    def open_sheet(cls, kept: str, code: str, account_id: str) -> Self:
        """Open the key with the code of the account's own sheet.

        Args:
            kept: the JSON that `issue_sheet` gave.
            code: as typed.

        Raises:
            KnownError: ``recovery_code_mistyped`` (``group``), ``recovery_code_wrong``.
        """
        secret = read_code(code)
        try:
            stored = json.loads(kept)
            key = sub_key(derive(secret, KdfParameters.from_json(stored["kdf"])), "note sheet")
            return cls(_unlocked(key, b64decode(stored["box"], validate=True), account_id))
        except (InvalidTag, ValueError, KeyError, TypeError) as error:
            raise KnownError("recovery_code_wrong") from error


def seal_text(public: bytes, text: str, purpose: str, record_id: str) -> str:
    """Encrypt a text to a public key (ephemeral X25519, HKDF, AES-256-GCM).

    Args:
        public: 32 bytes of the reader's `NoteKey.public`.
        purpose: ``note`` or ``draft``; with ``record_id`` the associated data, so that nothing
            sealed for one record is opened as another's.

    Returns:
        ``1:`` and, in base64, 32 bytes of the ephemeral public key, 12 of the nonce, the text
        encrypted with its tag.
    """
    ephemeral = X25519PrivateKey.generate()
    ephemeral_public = ephemeral.public_key().public_bytes_raw()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(public))
    nonce = os.urandom(_NONCE_BYTES)
    box = _cipher(shared, ephemeral_public, public).encrypt(
        nonce, text.encode(), _bound(purpose, record_id)
    )
    return _PREFIX + b64encode(ephemeral_public + nonce + box).decode()


def _cipher(shared: bytes, ephemeral_public: bytes, public: bytes) -> AESGCM:
    key = HKDF(
        algorithm=SHA256(),
        length=32,
        salt=ephemeral_public + public,
        info=_bound("sealed text", ""),
    ).derive(shared)
    return AESGCM(key)


def _bound(purpose: str, record_id: str) -> bytes:
    return json.dumps(["pravo-desktop", FORMAT, purpose, record_id]).encode()


def _locked(key: bytes, private: X25519PrivateKey, account_id: str) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    bound = _bound("note key", account_id)
    return nonce + AESGCM(key).encrypt(nonce, private.private_bytes_raw(), bound)


def _unlocked(key: bytes, locked: bytes, account_id: str) -> X25519PrivateKey:
    opened = AESGCM(key).decrypt(
        locked[:_NONCE_BYTES], locked[_NONCE_BYTES:], _bound("note key", account_id)
    )
    return X25519PrivateKey.from_private_bytes(opened)
