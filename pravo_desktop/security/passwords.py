"""Turns passwords into keys (Argon2id, RFC 9106) and refuses passwords that are easily guessed."""

import os
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from time import perf_counter
from typing import Any, Final, Self

from argon2.low_level import ARGON2_VERSION, Type, hash_secret_raw
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from pravo_desktop.errors import KnownError
from pravo_desktop.paths import resources_folder

MINIMUM_LENGTH: Final = 10
"""Characters. NIST SP 800-63B asks for at least 8; no rule on classes of characters."""

_FEWEST_DIFFERENT: Final = 5
_ROOT_BYTES: Final = 64
_SALT_BYTES: Final = 16
_LARGEST_MEMORY_KIB: Final = 1024 * 1024
_LARGEST_TIME_COST: Final = 64
_LARGEST_PARALLELISM: Final = 16
_BETWEEN: Final = " -_.,+&"
_MOST_ADDED: Final = 6
"""Digits and signs around a common word that do not make it uncommon."""
_ABOUT_SECONDS: Final = 0.5
_MEMORY_KIB: Final = 64 * 1024
_FEWEST_PASSES: Final = 10
_MOST_PASSES: Final = 40
_MEASURED_PASSES: Final = 3


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

    def weaker_than(self, least: "KdfParameters") -> bool:
        """Whether it takes less memory or fewer passes."""
        return self.memory_kib < least.memory_kib or self.time_cost < least.time_cost


LEAST: Final = KdfParameters(_FEWEST_PASSES, _MEMORY_KIB, 2, b"\0" * _SALT_BYTES)
"""Above the second recommended option of RFC 9106 (3 passes, 64 MiB); with less, locked anew."""


def strong_parameters() -> KdfParameters:
    """About half a second and 64 MiB on this computer, with a new salt.

    The number of passes is measured once; it is never less than `LEAST`. Two lanes, because the
    PCs of the centres have two cores.
    """
    return replace(LEAST, time_cost=_passes(), salt=os.urandom(_SALT_BYTES))


@cache
def _passes() -> int:
    """Passes that take `_ABOUT_SECONDS`; of three tries the fastest, since other work disturbs."""
    tries = []
    for _ in range(3):
        began = perf_counter()
        derive("how long it takes", replace(LEAST, time_cost=_MEASURED_PASSES))
        tries.append((perf_counter() - began) / _MEASURED_PASSES)
    return min(_MOST_PASSES, max(_FEWEST_PASSES, round(_ABOUT_SECONDS / min(tries))))


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
    if len(set(folded)) < _FEWEST_DIFFERENT or _is_common(folded):
        raise KnownError("password_common")
    if len(name) > 2 and name in folded:
        raise KnownError("password_contains_login")


@cache
def common_words() -> frozenset[str]:
    """Words and rows of keys with which passwords are guessed first, folded.

    From ``resources/passwords/common.txt``: one in a line, ``#`` begins a remark.
    """
    lines = (resources_folder() / "passwords" / "common.txt").read_text("utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _is_common(folded: str) -> bool:
    """Digits alone, or one or two common words with a few digits and signs around them."""
    if not any(character.isalpha() for character in folded):
        return True
    return any(_made_of_words(core) for core in _without_ends(folded))


def _without_ends(folded: str) -> Iterator[str]:
    """The text without any of the digits and signs at its two ends, up to `_MOST_ADDED`."""
    for before in range(_MOST_ADDED + 1):
        for after in range(_MOST_ADDED + 1 - before):
            end = len(folded) - after
            if not any(one.isalpha() for one in folded[:before] + folded[end:]):
                yield folded[before:end]


def _made_of_words(text: str) -> bool:
    words = common_words()
    return text in words or any(
        text[:place] in words and text[place:].lstrip(_BETWEEN) in words
        for place in range(1, len(text))
    )
