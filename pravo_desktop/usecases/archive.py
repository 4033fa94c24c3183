"""What headquarters keeps of each package: the file byte for byte and every version in it."""

import hashlib
import json
import os
from pathlib import Path

from db.merge import insert_rows
from db.session import Session
from exports.package.content import ReceivedPackage, ReceivedSheet
from exports.package.schema import FIRST_ROW, HASH_COLUMN
from pravo_desktop.errors import KnownError
from pravo_desktop.security.certificates import signer_name
from pravo_desktop.usecases.file_writing import write_file


def keep_package_files(
    session: Session,
    package: ReceivedPackage,
    data: bytes,
    file_name: str,
    archive: Path,
    known: int | None,
) -> int:
    """Keep a package in the archive and its rows in the database; returns its number.

    Args:
        known: its number if it came before.
    """
    keep_in_archive(archive, package.sha256, data)
    return known or _insert_package(session, package, file_name)


def keep_in_archive(archive: Path, sha256: str, data: bytes) -> None:
    """Keep a package byte for byte, on disk before the journal says it was accepted."""
    archive.mkdir(parents=True, exist_ok=True)
    path = archive / f"{sha256}.xlsx"
    if not path.exists():
        write_file(path, data)
    folder = os.open(archive, os.O_RDONLY) if os.name == "posix" else None
    if folder is not None:
        os.fsync(folder)
        os.close(folder)


def read_from_archive(archive: Path, sha256: str) -> bytes:
    """A kept package, byte for byte as it came.

    Raises:
        KnownError: ``archive_file_missing``, ``archive_file_changed``.
    """
    path = archive / f"{sha256}.xlsx"
    if not path.exists():
        raise KnownError("archive_file_missing", file=path.name)
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise KnownError("archive_file_changed", file=path.name)
    return data


def _insert_package(session: Session, package: ReceivedPackage, file_name: str) -> int:
    manifest = package.manifest
    session.execute(
        "INSERT INTO received_packages (sha256, content_hash, centre, station, station_letter, "
        "replaces, epoch, month, through, sequence, amendment, complete, previous_sha256, "
        "fingerprint, signed_at, row_count, audit_entries, audit_head, previous_audit_head, "
        "signer, file_name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            package.sha256,
            package.content_hash,
            manifest.centre,
            manifest.station,
            manifest.station_letter,
            json.dumps(manifest.replaces),
            manifest.epoch,
            manifest.month,
            manifest.through,
            manifest.sequence,
            int(manifest.amendment),
            int(manifest.complete),
            manifest.previous_sha256,
            package.fingerprint,
            package.signed_at.isoformat(),
            sum(manifest.row_counts.values()),
            manifest.audit_entries,
            manifest.audit_head,
            manifest.previous_audit_head,
            signer_name(package.certificate_der),
            file_name,
        ),
    )
    package_id = int(
        session.value("SELECT id FROM received_packages WHERE sha256 = ?", (package.sha256,))
    )
    insert_sheets(session, package_id, package.sheets)
    return package_id


def insert_sheets(session: Session, package_id: int, sheets: tuple[ReceivedSheet, ...]) -> None:
    """Keep every version that a package brings."""
    for sheet in sheets:
        names = ("id", "epoch", "revision", "changed_at", "station", "deleted", HASH_COLUMN)
        columns = [sheet.columns[name] for name in names]
        insert_rows(
            session,
            package_id,
            sheet.table,
            [
                (FIRST_ROW + position, *cells)
                for position, cells in enumerate(zip(*columns, sheet.payloads, strict=True))
            ],
        )
