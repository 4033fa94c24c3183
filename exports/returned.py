"""A centre's own packages in one file, which headquarters signs and returns to a new computer.

A stored ZIP in one fixed form: ``rows.json`` (what it is, for whom, and the SHA-256 of each package
in order), ``signature`` over the bytes of ``rows.json``, ``certificate`` of the signer, and the
packages as they were received. Each package keeps the centre's own signature.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from exports.package.container import LARGEST_FILE
from pravo_desktop.errors import KnownError
from pravo_desktop.security.certificates import (
    SigningKey,
    fingerprint,
    load_certificate,
    public_key_of,
    verify,
)

SUFFIX: Final = ".returned"
VERSION: Final = 1
LARGEST: Final = 1 << 30
"""Bytes of a file with all that a centre ever sent."""
MOST_PACKAGES: Final = 5_000
LIST: Final = "rows.json"
_SIGNATURE, _CERTIFICATE = "signature", "certificate"
_LARGEST_HEAD: Final = 1 << 20
_MARK: Final = "pravo_returned_rows"
LABEL: Final = b"pravo-desktop returned rows 1\n"
"""Stands before the list where it is signed, so that no other signature can be taken for it."""
_FIRST_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
_BROKEN = (ValueError, KeyError, TypeError, AttributeError, EOFError, OverflowError, RuntimeError,
           zipfile.BadZipFile, NotImplementedError, RecursionError)  # fmt: skip


@dataclass(frozen=True)
class ReturnedRows:
    """A file that was opened: its signature fits, and its packages are those that were signed.

    Args:
        centre: key of the centre that it is for, ``practice`` whether for a practice folder.
        packages: the packages' bytes, in the order in which they were made.
        fingerprint: of headquarters' key that signed it; whether it is trusted is not asked here.
    """

    centre: str
    practice: bool
    made_at: str
    packages: tuple[bytes, ...]
    fingerprint: str


def write_returned(
    centre: str, *, practice: bool, made_at: str, packages: Sequence[bytes], key: SigningKey
) -> bytes:
    """The file, signed."""
    head = json.dumps(
        {
            _MARK: VERSION,
            "centre": centre,
            "practice": int(practice),
            "made_at": made_at,
            "packages": [hashlib.sha256(one).hexdigest() for one in packages],
        },
        indent=1,
    ).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        members = [
            (LIST, head),
            (_SIGNATURE, key.sign(LABEL + head)),
            (_CERTIFICATE, key.certificate_der),
            *((_name(number), data) for number, data in enumerate(packages)),
        ]
        for name, data in members:
            packed.writestr(zipfile.ZipInfo(name, _FIRST_MOMENT), data)
    return out.getvalue()


def read_returned(path: Path) -> ReturnedRows:
    """Opens a file and verifies it; the packages verify themselves when they are read.

    Raises:
        KnownError: ``file_not_found``, ``file_not_read``, ``returned_unreadable``,
            ``returned_newer`` (``version``), ``certificate_unsupported``, ``signature_wrong``.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise KnownError("returned_unreadable", file=path.name)
        with zipfile.ZipFile(path) as packed:
            return _read(packed, path.name)
    except FileNotFoundError as error:
        raise KnownError("file_not_found", file=path.name) from error
    except OSError as error:
        raise KnownError("file_not_read", file=path.name, reason=error.strerror or "") from error
    except _BROKEN as error:
        raise KnownError("returned_unreadable", file=path.name) from error


def _read(packed: zipfile.ZipFile, file: str) -> ReturnedRows:
    head_bytes = _member(packed, LIST, _LARGEST_HEAD)
    head = json.loads(head_bytes)
    if isinstance(head[_MARK], int) and head[_MARK] > VERSION:
        raise KnownError("returned_newer", version=head[_MARK])
    certificate = _member(packed, _CERTIFICATE, _LARGEST_HEAD)
    signature = _member(packed, _SIGNATURE, _LARGEST_HEAD)
    verify(public_key_of(load_certificate(certificate)), signature, LABEL + head_bytes)
    digests = head["packages"]
    names = [LIST, _SIGNATURE, _CERTIFICATE, *map(_name, range(len(digests)))]
    if len(digests) > MOST_PACKAGES or packed.namelist() != names:
        raise KnownError("returned_unreadable", file=file)
    packages = []
    for number, digest in enumerate(digests):
        data = _member(packed, _name(number), LARGEST_FILE)
        if hashlib.sha256(data).hexdigest() != digest:
            raise KnownError("signature_wrong")
        packages.append(data)
    return ReturnedRows(
        centre=str(head["centre"]),
        practice=bool(head["practice"]),
        made_at=str(head["made_at"]),
        packages=tuple(packages),
        fingerprint=fingerprint(certificate),
    )


def _member(packed: zipfile.ZipFile, name: str, largest: int) -> bytes:
    """A stored member; nothing is inflated, and no more is read than it may hold."""
    entry = packed.getinfo(name)
    if entry.compress_type != zipfile.ZIP_STORED or entry.file_size > largest:
        raise ValueError(name)
    return packed.read(entry)


def _name(number: int) -> str:
    return f"{number + 1:04d}.xlsx"
