"""Reads a package back, refusing it whole and saying what is wrong with it."""

import hashlib
import re
import zipfile
from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import Final

from exports.office_reading import MOST_CELLS, TooLargeError, cells_kept, unpacked
from exports.package import container
from exports.package.content import Manifest, ReceivedPackage
from exports.package.opc import SIGNATURE
from exports.package.signature import VerifiedPackage, verify_package
from exports.package.workbook import read_manifest_sheet, read_workbook
from pravo_desktop.errors import KnownError

_REFERENCE: Final = re.compile(
    rb'URI="/(xl/worksheets/[^"?<]+)\?[^"<]*">'
    rb"<DigestMethod [^<>]*></DigestMethod><DigestValue>([^<]+)</DigestValue>"
)
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
            column; ``too_many_cells`` (``limit``).
    """
    check_cells(package)
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

    Nothing else of it is parsed; None when it has more cells than any package.

    Raises:
        KnownError: as `read_verified`.
    """
    if too_many_cells(package.parts):
        return None
    return read_manifest_sheet(package.rebuilt)


def verified_package(
    data: bytes, read: Callable[[bytes], object] = read_workbook
) -> VerifiedPackage:
    """Verify a package; a refusal names the changed sheet and row if one can be found.

    Args:
        read: the reader of the workbook, which says what is wrong with it.

    Raises:
        KnownError: as `verify_package`, and ``row_changed`` (``part``, ``sheet``, ``row``);
            ``saved_by_another_program`` says as ``content`` whether the rows still fit their
            hashes (``same``) or not (``changed``, with ``sheet`` and ``row`` where known), and
            nothing where that cannot be told.
    """
    try:
        return verify_package(data)
    except KnownError as error:
        if error.code in _EXPLAINED:
            raise _explained(error, data, read) from error
        if error.code == "saved_by_another_program":
            raise KnownError(error.code, **_content_of(data, read)) from error
        raise


def check_cells(package: VerifiedPackage) -> None:
    """Refuse what would take absurdly much memory to read, whoever signed it.

    Raises:
        KnownError: ``too_many_cells`` (``limit``).
    """
    if too_many_cells(package.parts):
        raise KnownError("too_many_cells", limit=MOST_CELLS)


def too_many_cells(parts: Mapping[str, bytes]) -> bool:
    """Whether the worksheets among the parts have more cells than any package or receipt."""
    return cells_kept(one for name, one in parts.items() if "/worksheets/" in name) > MOST_CELLS


def _explained(error: KnownError, data: bytes, read: Callable[[bytes], object]) -> KnownError:
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
    place = _changed_row(parts, read)
    if place is None:
        return KnownError("part_changed", part=changed[0])
    return KnownError("row_changed", part=changed[0], sheet=place[0], row=place[1])


def _content_of(data: bytes, read: Callable[[bytes], object]) -> dict[str, str | int]:
    """What became of the rows of a file that lost its signature, judged by their own hashes."""
    parts = _parts(data)
    if not parts or too_many_cells(parts):
        return {}
    try:
        read(data)
    except KnownError as found:
        if {"sheet", "row"} <= found.params.keys():
            sheet, row = str(found.params["sheet"]), int(found.params["row"])
            return {"content": "changed", "sheet": sheet, "row": row}
        hashed = found.code in ("package_digest", "package_row_count")
        return {"content": "changed"} if hashed else {}
    except (ValueError, KeyError):
        return {}
    return {"content": "same"}


def _parts(data: bytes) -> dict[str, bytes]:
    """What a zip holds, read for an explanation only; nothing where it is too much to look at."""
    try:
        return unpacked(data, container.LARGEST_FILE)
    except (zipfile.BadZipFile, TooLargeError):
        return {}


def _changed_row(
    parts: dict[str, bytes], read: Callable[[bytes], object]
) -> tuple[str, int] | None:
    if too_many_cells(parts):
        return None
    unsigned = {name: content for name, content in parts.items() if "_xmlsignatures" not in name}
    try:
        read(container.write(unsigned, compress=False))
    except KnownError as found:
        if {"sheet", "row"} <= found.params.keys():
            return str(found.params["sheet"]), int(found.params["row"])
    except (ValueError, KeyError):
        pass
    return None
