"""One key slot: the database key, locked under a password or the recovery sheet's code.

The private half of the slot's X25519 key pair is encrypted under what the password gives (Argon2id,
then AES-256-GCM); the database key is encrypted to the public half.
"""

import json
import os
from base64 import b64decode, b64encode
from dataclasses import dataclass, field, replace
from typing import Any, Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pravo_desktop.errors import KnownError
from pravo_desktop.security.passwords import KdfParameters, derive, sub_key
from pravo_desktop.security.recovery import read_code

FORMAT: Final = 1
KEY_BYTES: Final = 32

ACCOUNT: Final = "account"
RECOVERY: Final = "recovery"

_NONCE_BYTES: Final = 12


@dataclass(frozen=True)
class UnlockedKeys:
    """What one slot gives; kept in memory while the program works.

    Args:
        account_id: whose slot it was; None for the recovery sheet.
        database_key: 32 bytes, the raw key of SQLCipher.
        wrap_key: 32 bytes under which the account's signing key is sealed; outlives a change of
            password. None for the recovery sheet, which opens the data but cannot sign.
        next_key: the database key of a rotation that was cut off. When it is not None, the database
            opens with it or with ``database_key``: try both, then call
            `keyslots.KeySlots.settle`.
    """

    account_id: str | None
    database_key: bytes = field(repr=False)
    wrap_key: bytes | None = field(repr=False)
    next_key: bytes | None = field(repr=False, default=None)


@dataclass(frozen=True)
class Slot:
    """One way to the database key. All bytes but the public key are encrypted."""

    kind: str
    id: str
    login: str
    kdf: KdfParameters
    public_key: bytes
    secrets: bytes
    database_key: bytes
    next_key: bytes | None = None

    def as_json(self) -> dict[str, Any]:
        stored: dict[str, Any] = {
            "kind": self.kind,
            "id": self.id,
            "login": self.login,
            "kdf": self.kdf.as_json(),
            "public_key": to_base64(self.public_key),
            "secrets": to_base64(self.secrets),
            "database_key": to_base64(self.database_key),
        }
        if self.next_key is not None:
            stored["next_key"] = to_base64(self.next_key)
        return stored

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        if stored["kind"] not in (ACCOUNT, RECOVERY):
            raise ValueError("unknown kind of slot")
        return cls(
            kind=stored["kind"],
            id=str(stored["id"]),
            login=str(stored["login"]),
            kdf=KdfParameters.from_json(stored["kdf"]),
            public_key=from_base64(stored["public_key"]),
            secrets=from_base64(stored["secrets"]),
            database_key=from_base64(stored["database_key"]),
            next_key=from_base64(stored["next_key"]) if "next_key" in stored else None,
        )


def account_slot(
    account_id: str,
    login: str,
    password: str,
    wrap_key: bytes,
    keys: UnlockedKeys,
    kdf: KdfParameters,
) -> Slot:
    """A slot that an account's password opens."""
    return _locked_slot(ACCOUNT, account_id, login, password, wrap_key, keys, kdf)


def recovery_slot(code: str, keys: UnlockedKeys, kdf: KdfParameters) -> Slot:
    """A slot that the code of a recovery sheet opens."""
    return _locked_slot(RECOVERY, RECOVERY, "", read_code(code), b"", keys, kdf)


def _locked_slot(
    kind: str,
    slot_id: str,
    login: str,
    password: str,
    wrap_key: bytes,
    keys: UnlockedKeys,
    kdf: KdfParameters,
) -> Slot:
    private_key = X25519PrivateKey.generate()
    slot = Slot(kind, slot_id, login, kdf, private_key.public_key().public_bytes_raw(), b"", b"")
    nonce = os.urandom(_NONCE_BYTES)
    box = AESGCM(sub_key(derive(password, kdf), "key slot")).encrypt(
        nonce, private_key.private_bytes_raw() + wrap_key, _bound(slot, "secrets")
    )
    return replace(
        slot,
        secrets=nonce + box,
        database_key=wrapped_for(slot, keys.database_key),
        next_key=keys.next_key and wrapped_for(slot, keys.next_key),
    )


def unlocked(slot: Slot, password: str, refusal: str) -> UnlockedKeys:
    """What a password takes out of a slot.

    Raises:
        KnownError: ``refusal`` when it is another password; ``key_slots_damaged``.
    """
    slot_key = sub_key(derive(password, slot.kdf), "key slot")
    try:
        opened = AESGCM(slot_key).decrypt(
            slot.secrets[:_NONCE_BYTES], slot.secrets[_NONCE_BYTES:], _bound(slot, "secrets")
        )
    except (InvalidTag, ValueError) as error:
        raise KnownError(refusal) from error
    private_key = X25519PrivateKey.from_private_bytes(opened[:KEY_BYTES])
    return UnlockedKeys(
        account_id=slot.id if slot.kind == ACCOUNT else None,
        database_key=_unwrapped(slot, private_key, slot.database_key),
        wrap_key=opened[KEY_BYTES:] if slot.kind == ACCOUNT else None,
        next_key=slot.next_key and _unwrapped(slot, private_key, slot.next_key),
    )


def _bound(slot: Slot, what: str) -> bytes:
    """What an encrypted value belongs to: nothing of one slot can be moved into another."""
    return json.dumps(["pravo-desktop", FORMAT, slot.kind, slot.id, what]).encode()


def wrapped_for(slot: Slot, database_key: bytes) -> bytes:
    """Encrypts a key to the slot's public key (ephemeral X25519, HKDF, AES-256-GCM)."""
    ephemeral = X25519PrivateKey.generate()
    ephemeral_public = ephemeral.public_key().public_bytes_raw()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(slot.public_key))
    cipher = _exchange_cipher(shared, ephemeral_public, slot)
    nonce = os.urandom(_NONCE_BYTES)
    box = cipher.encrypt(nonce, database_key, _bound(slot, "database key"))
    return ephemeral_public + nonce + box


def _unwrapped(slot: Slot, private_key: X25519PrivateKey, wrapped: bytes) -> bytes:
    ephemeral_public, rest = wrapped[:KEY_BYTES], wrapped[KEY_BYTES:]
    try:
        shared = private_key.exchange(X25519PublicKey.from_public_bytes(ephemeral_public))
        cipher = _exchange_cipher(shared, ephemeral_public, slot)
        return cipher.decrypt(
            rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], _bound(slot, "database key")
        )
    except (InvalidTag, ValueError) as error:
        raise KnownError("key_slots_damaged") from error


def _exchange_cipher(shared: bytes, ephemeral_public: bytes, slot: Slot) -> AESGCM:
    key = HKDF(
        algorithm=SHA256(),
        length=32,
        salt=ephemeral_public + slot.public_key,
        info=_bound(slot, "exchange"),
    ).derive(shared)
    return AESGCM(key)


def to_base64(data: bytes) -> str:
    """Bytes as they stand in the file."""
    return b64encode(data).decode()


def from_base64(text: str) -> bytes:
    """The bytes again; anything but base64 raises ValueError."""
    return b64decode(text, validate=True)
