"""A statement of a key about itself: that another takes its place, or that it is revoked.

The file is specified in docs/package.md. It is signed by the key it is about; a new key signs too,
so that nobody can claim a key that is not theirs. A key that was replaced is revoked by a later
one, which proves by the statements between that each key named the next.
"""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Any, Final

from pravo_desktop.errors import KnownError
from pravo_desktop.security.certificates import (
    SigningKey,
    fingerprint,
    load_certificate,
    public_key_of,
    verify,
)

REPLACEMENT, REVOCATION = "replacement", "revocation"
VERSION: Final = 2
"""Of a revocation by a later key; the other statements are of version 1."""
LARGEST: Final = 64 * 1024
"""Bytes of a statement; ours have some 1,900, and 2,600 more for each key of a succession."""
_MARK: Final = "pravo_key_statement"
_LABEL: Final = "pravo-desktop key statement"
_OF_THE_KEY_ITSELF: Final = f'{{\n "{_MARK}": 1,'.encode()
"""How statements of version 1 begin: a succession holds no other, so none is within another."""


@dataclass(frozen=True)
class KeyStatement:
    """What a key says of itself.

    Args:
        kind: replacement or revocation.
        centre: key of the centre, ``practice`` whether from a practice folder.
        made_at: moment as in a package; it is what the signer's clock said.
        certificate_der: of the key that is spoken of; ``new_certificate_der`` of the one that takes
            its place, None in a revocation.
        succession: files of the statements by which that key and those after it named each the
            next, up to the key that signs this revocation; empty where the key speaks itself.
    """

    kind: str
    centre: str
    practice: bool
    made_at: str
    certificate_der: bytes
    new_certificate_der: bytes | None = None
    succession: tuple[bytes, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Of the key that is spoken of."""
        return fingerprint(self.certificate_der)

    @property
    def new_fingerprint(self) -> str | None:
        """Of the key that takes its place."""
        return fingerprint(self.new_certificate_der) if self.new_certificate_der else None

    @property
    def version(self) -> int:
        """Of the form of the file."""
        return VERSION if self.succession else 1

    def signer(self) -> bytes:
        """Certificate of the key that speaks: this one, or the last of its succession.

        Raises:
            KnownError: ``statement_malformed`` where the statements between are not one succession
                from this key; as `read_statement` for each of them.
        """
        speaks = self.certificate_der
        for data in self.succession:
            if not data.startswith(_OF_THE_KEY_ITSELF):
                raise KnownError("statement_malformed")
            step = read_statement(data)
            named = step.new_certificate_der
            alike = (step.centre, step.practice) == (self.centre, self.practice)
            if named is None or step.certificate_der != speaks or not alike:
                raise KnownError("statement_malformed")
            speaks = named
        return speaks

    def signed_bytes(self) -> bytes:
        """What is signed: eight lines joined by LF."""
        second = fingerprint(self.signer()) if self.succession else self.new_fingerprint
        lines = (
            f"{_LABEL} {self.version}",
            self.kind,
            self.centre,
            str(int(self.practice)),
            self.made_at,
            self.fingerprint,
            second or "",
            "",
        )
        return "\n".join(lines).encode()


def write_statement(statement: KeyStatement, key: SigningKey, new: SigningKey | None) -> bytes:
    """The file, signed by ``key``, the one that speaks, and by the new one."""
    signed = statement.signed_bytes()
    return _file(statement, key.sign(signed), new.sign(signed) if new else None)


def read_statement(data: bytes) -> KeyStatement:
    """Verifies a statement by itself; whether its key is trusted is another question.

    Raises:
        KnownError: ``not_a_statement``; ``statement_newer`` (``version``); ``statement_malformed``;
            ``certificate_unsupported``; ``signature_wrong``.
    """
    if len(data) > LARGEST or _MARK.encode() not in data[:64]:
        raise KnownError("not_a_statement")
    try:
        stored = json.loads(data)
        if isinstance(stored[_MARK], int) and stored[_MARK] > VERSION:
            raise KnownError("statement_newer", version=stored[_MARK])
        new, new_signature = stored["new_certificate"], stored["new_signature"]
        statement = KeyStatement(
            kind=stored["kind"],
            centre=stored["centre"],
            practice=bool(stored["practice"]),
            made_at=stored["made_at"],
            certificate_der=b64decode(stored["certificate"]),
            new_certificate_der=b64decode(new) if new is not None else None,
            succession=tuple(b64decode(one) for one in stored.get("succession", ())),
        )
        signature = b64decode(stored["signature"])
        second = b64decode(new_signature) if new_signature is not None else None
        same = data == _file(statement, signature, second)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise KnownError("statement_malformed") from error
    replaces = statement.new_certificate_der is not None and second is not None
    revokes = statement.new_certificate_der is None and second is None
    replaces = replaces and not statement.succession
    if not same or not {REPLACEMENT: replaces, REVOCATION: revokes}.get(statement.kind):
        raise KnownError("statement_malformed")
    signed = statement.signed_bytes()
    _verify(statement.signer(), signature, signed)
    if statement.new_certificate_der is not None and second is not None:
        _verify(statement.new_certificate_der, second, signed)
    return statement


def _verify(certificate_der: bytes, signature: bytes, signed: bytes) -> None:
    verify(public_key_of(load_certificate(certificate_der)), signature, signed)


def _file(statement: KeyStatement, signature: bytes, new_signature: bytes | None) -> bytes:
    """The one form of the file: these members in this order, a line each."""
    stored: dict[str, Any] = {
        _MARK: statement.version,
        "kind": statement.kind,
        "centre": statement.centre,
        "practice": int(statement.practice),
        "made_at": statement.made_at,
        "certificate": _text(statement.certificate_der),
        "new_certificate": _text(statement.new_certificate_der),
        "signature": _text(signature),
        "new_signature": _text(new_signature),
    }
    if statement.succession:
        stored["succession"] = [_text(one) for one in statement.succession]
    return json.dumps(stored, ensure_ascii=False, indent=1).encode() + b"\n"


def _text(data: bytes | None) -> str | None:
    return b64encode(data).decode() if data is not None else None
