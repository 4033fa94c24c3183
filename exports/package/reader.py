"""Reads a package back, refusing it whole and saying what is wrong with it."""

import hashlib
import re
import zipfile
from base64 import b64encode
from io import BytesIO
from typing import Final

from exports.package import container
from exports.package.content import Manifest, ReceivedPackage
from exports.package.signature import SIGNATURE, VerifiedPackage, verify_package
from exports.package.workbook import read_manifest_sheet, read_workbook
from pravo_desktop.errors import KnownError

_REFERENCE: Final = re.compile(
    rb'URI="/(xl/worksheets/[^"?]+)\?[^"]*".*?<DigestValue>([^<]+)</DigestValue>', re.DOTALL
)
_FAR_CELL: Final = re.compile(rb'r="(?:[A-Z]{3}|[A-Z]+[0-9]{6})')
_EXPLAINED: Final = frozenset({"part_changed", "zip_unexpected_header", "zip_extra_field"})
"""Refusals behind which a changed cell may stand: a tool that edits a file packs it anew."""


def read_package(data: bytes) -> ReceivedPackage:
    """The package in a file; either all of it is right or it is refused whole.

    Raises:
        KnownError: what `verified_package` and `read_verified` refuse.
    """
    return read_verified(verified_package(data), hashlib.sha256(data).hexdigest())


def read_verified(package: VerifiedPackage, sha256: str) -> ReceivedPackage:
    """What a verified file says, for a receiver who asks first whether the key is trusted.

    Args:
        package: from `exports.package.signature.verify_package`.
        sha256: of the file, in hex.

    Raises:
        KnownError: ``package_*``, listed in ``docs/package.md``; parameters name sheet, row and
            column.
    """
    manifest, sheets = read_workbook(package.rebuilt)
    return ReceivedPackage(
        manifest=manifest,
        sheets=sheets,
        fingerprint=package.fingerprint,
        certificate_der=package.certificate_der,
        signed_at=package.signed_at,
        sha256=sha256,
        content_hash=package.content_hash,
    )


def read_manifest(package: VerifiedPackage) -> Manifest | None:
    """What a file with a good signature of an unknown signer says of itself.

    Nothing else of it is parsed; None when a sheet names a cell so far away that reading would
    take more memory than any package needs.

    Raises:
        KnownError: as `read_verified`.
    """
    if any(has_far_cell(part) for name, part in package.parts.items() if "/sheet" in name):
        return None
    return read_manifest_sheet(package.rebuilt)


def verified_package(data: bytes) -> VerifiedPackage:
    """Verify a package; a refusal names the changed sheet and row if one can be found.

    Raises:
        KnownError: as `verify_package`, and ``row_changed`` (``part``, ``sheet``, ``row``).
    """
    try:
        return verify_package(data)
    except KnownError as error:
        if error.code in _EXPLAINED:
            raise _explained(error, data) from error
        raise


def has_far_cell(part: bytes) -> bool:
    """Whether a sheet names a cell so far away that reading it takes absurdly much memory."""
    return _FAR_CELL.search(part) is not None


def _explained(error: KnownError, data: bytes) -> KnownError:
    parts = _parts(data)
    stated = {
        name.decode(): digest.decode()
        for name, digest in _REFERENCE.findall(parts.get(SIGNATURE, b""))
    }
    changed = [
        name
        for name in sorted(stated.keys() & parts.keys())
        if b64encode(hashlib.sha256(parts[name]).digest()).decode() != stated[name]
    ]
    if not changed:
        return error
    place = _changed_row(parts)
    if place is None:
        return KnownError("part_changed", part=changed[0])
    return KnownError("row_changed", part=changed[0], sheet=place[0], row=place[1])


def _parts(data: bytes) -> dict[str, bytes]:
    """What a zip holds, read for an explanation only; nothing where it is too much to look at."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > container.LARGEST_FILE:
                return {}
            return {entry.filename: packed.read(entry) for entry in packed.infolist()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        return {}


def _changed_row(parts: dict[str, bytes]) -> tuple[str, int] | None:
    if any(has_far_cell(content) for name, content in parts.items() if "/worksheets/" in name):
        return None
    unsigned = {name: content for name, content in parts.items() if "_xmlsignatures" not in name}
    try:
        read_workbook(container.write(unsigned, compress=False))
    except KnownError as found:
        if {"sheet", "row"} <= found.params.keys():
            return str(found.params["sheet"]), int(found.params["row"])
    except (ValueError, KeyError):
        pass
    return None
