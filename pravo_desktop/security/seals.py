"""Seals on files that lie open beside the database: only who opens the database can make them."""

import hmac
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_PURPOSE: Final = b"pravo-desktop seals 1"
_NAME: Final = "name"


@dataclass(frozen=True)
class Seals:
    """The key of a history's seals; it outlives a change of the database key.

    Args:
        key: 32 bytes, never shown.
    """

    key: bytes = field(repr=False)

    @classmethod
    def of_secret(cls, secret: bytes) -> "Seals":
        """Seals by a secret that is in the encrypted database alone."""
        return cls(HKDF(SHA256(), 32, None, _PURPOSE).derive(secret))

    @property
    def name(self) -> str:
        """Eight digits by which a file is known as one of this history; they tell nothing."""
        return self.seal(_NAME, b"")[:8]

    def seal(self, purpose: str, data: bytes) -> str:
        """HMAC-SHA-256 (hex) over what a file says."""
        return hmac.new(self.key, purpose.encode() + b"\n" + data, sha256).hexdigest()

    def fits(self, purpose: str, data: bytes, sealed: str) -> bool:
        """Whether a seal was made here for these bytes."""
        return hmac.compare_digest(self.seal(purpose, data).encode(), sealed.encode())
