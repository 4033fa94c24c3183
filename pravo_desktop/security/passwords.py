"""Turns passwords into keys (Argon2id, RFC 9106) and refuses passwords that are easily guessed."""

import os
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

from argon2.low_level import ARGON2_VERSION, Type, hash_secret_raw
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from pravo_desktop.errors import KnownError

MINIMUM_LENGTH: Final = 10
"""Characters. NIST SP 800-63B asks for at least 8; no rule on classes of characters."""

_FEWEST_DIFFERENT: Final = 5
_ROOT_BYTES: Final = 64
_SALT_BYTES: Final = 16
_LARGEST_MEMORY_KIB: Final = 1024 * 1024
_LARGEST_TIME_COST: Final = 64
_LARGEST_PARALLELISM: Final = 16

# fmt: off
_COMMON: Final = frozenset({
    "0123456789", "0987654321", "1029384756", "1111122222", "1122334455", "1234512345",
    "1234554321", "1234567890", "12345678910", "123456789a", "123456789q", "123456qwerty",
    "123qweasdzxc", "147258369", "1q2w3e4r5t", "1q2w3e4r5t6y", "1qaz2wsx3edc", "9876543210",
    "admin12345", "administrator", "almaty2024", "almaty2025", "almaty2026", "asdfghjkl1",
    "astana2024", "astana2025", "astana2026", "changeme123", "iloveyou12", "iloveyou123",
    "kazakhstan", "kazakhstan1", "letmein123", "p@ssw0rd123", "password00", "password01",
    "password10", "password11", "password12", "password123", "password1234", "q1w2e3r4t5",
    "q1w2e3r4t5y6", "qazwsxedcr", "qweasdzxc123", "qwerty1234", "qwerty12345", "qwerty123456",
    "qwertyuiop", "qwertyuiop1", "welcome123", "zaq12wsxcde", "zxcvbnm123", "администратор",
    "йцукен1234", "йцукен12345", "йцукенгшщз", "казахстан1", "қазақстан1", "пароль1234",
    "пароль12345", "фывапролдж",
})
# fmt: on


@dataclass(frozen=True)
class KdfParameters:
    """How one password is stretched; stored beside what it opens.

    Args:
        time_cost: passes over the memory.
        memory_kib: memory in KiB.
        parallelism: lanes.
        salt: 16 random bytes, new for each password.
        name: the function; ``argon2id`` (version 1.3) is the only one of format 1.
    """

    time_cost: int
    memory_kib: int
    parallelism: int
    salt: bytes = field(default_factory=lambda: os.urandom(_SALT_BYTES))
    name: str = "argon2id"

    def as_json(self) -> dict[str, str | int]:
        """The stored form; the salt in base64."""
        return {
            "name": self.name,
            "time_cost": self.time_cost,
            "memory_kib": self.memory_kib,
            "parallelism": self.parallelism,
            "salt": b64encode(self.salt).decode(),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Reads the stored form.

        Raises:
            ValueError, KeyError, TypeError: it is not one that the program writes, or asks for more
                memory (1 GiB) or time than any version of the program does.
        """
        read = cls(
            time_cost=int(stored["time_cost"]),
            memory_kib=int(stored["memory_kib"]),
            parallelism=int(stored["parallelism"]),
            salt=b64decode(stored["salt"], validate=True),
            name=stored["name"],
        )
        if (
            read.name != "argon2id"
            or not 1 <= read.time_cost <= _LARGEST_TIME_COST
            or not 1 <= read.parallelism <= _LARGEST_PARALLELISM
            or not 8 * read.parallelism <= read.memory_kib <= _LARGEST_MEMORY_KIB
            or len(read.salt) < _SALT_BYTES
        ):
            raise ValueError("unusual key derivation parameters")
        return read


def strong_parameters() -> KdfParameters:
    """About half a second and 64 MiB on an office PC of two cores, with a new salt.

    Above the second recommended option of RFC 9106 (3 passes, 64 MiB, 4 lanes); two lanes, because
    the PCs of the centres have two cores.
    """
    return KdfParameters(time_cost=10, memory_kib=64 * 1024, parallelism=2)


def practice_parameters() -> KdfParameters:
    """About ten milliseconds, with a new salt: for practice folders alone (no real data)."""
    return KdfParameters(time_cost=2, memory_kib=8 * 1024, parallelism=1)


def derive(password: str | bytes, parameters: KdfParameters) -> bytes:
    """Stretches a password into 64 bytes, the root of its sub keys.

    Args:
        password: text is normalised to NFC and encoded as UTF-8; bytes are taken as they are.
        parameters: stored beside what the password opens.
    """
    secret = (
        unicodedata.normalize("NFC", password).encode() if isinstance(password, str) else password
    )
    return hash_secret_raw(
        secret,
        parameters.salt,
        time_cost=parameters.time_cost,
        memory_cost=parameters.memory_kib,
        parallelism=parameters.parallelism,
        hash_len=_ROOT_BYTES,
        type=Type.ID,
        version=ARGON2_VERSION,
    )


def sub_key(root: bytes, purpose: str) -> bytes:
    """A 32-byte key for one purpose (HKDF-Expand, RFC 5869); keys of two purposes are independent.

    Args:
        root: at least 32 bytes that cannot be guessed.
        purpose: the label, different for each use.
    """
    return HKDFExpand(algorithm=SHA256(), length=32, info=purpose.encode()).derive(root)


def check_password(password: str, login: str) -> None:
    """Refuses a password that is easily guessed.

    Args:
        password: as typed.
        login: the account's login name, which the password may not contain.

    Raises:
        KnownError: ``password_too_short`` (``minimum``), ``password_common``,
            ``password_contains_login``.
    """
    folded = unicodedata.normalize("NFKC", password).casefold()
    name = unicodedata.normalize("NFKC", login).casefold().strip()
    if len(password) < MINIMUM_LENGTH:
        raise KnownError("password_too_short", minimum=MINIMUM_LENGTH)
    if folded in _COMMON or len(set(folded)) < _FEWEST_DIFFERENT:
        raise KnownError("password_common")
    if len(name) > 2 and name in folded:
        raise KnownError("password_contains_login")
