"""Headquarters' inbox: trust, acceptance, undo and replay of packages."""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from db.merge import forked, insert_rows, merge_packages, state_hash
from db.session import Session
from exports.package.container import LARGEST_FILE
from exports.package.content import Manifest, ReceivedPackage, ReceivedSheet
from exports.package.reader import (
    read_manifest,
    read_package,
    read_verified,
    verified_package,
)
from exports.package.schema import FIRST_ROW, HASH_COLUMN
from exports.package.signature import VerifiedPackage
from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.domain.periods import Month
from pravo_desktop.errors import KnownError
from pravo_desktop.resources import classifiers
from pravo_desktop.security.certificates import read_fingerprint
from pravo_desktop.usecases.actor import COORDINATOR, Actor, require, use_case
from pravo_desktop.usecases.journal import (
    accepted_packages,
    effective_as_of,
    held_packages,
    write_journal,
)
from pravo_desktop.usecases.packages import Progress, write_file

NATIONAL_TABLES = frozenset(
    {"projects", "regions", "courts", "centres", "plan_targets", "proposals"}
)
"""What headquarters alone keeps; a centre's package that brings any of it is refused."""

ACCEPTED, ALREADY, REFUSED, UNTRUSTED, HELD = "accepted", "already", "refused", "untrusted", "held"


@dataclass(frozen=True)
class Reception:
    """What became of one file.

    Args:
        file: its name, without the folder.
        status: accepted, already, refused, untrusted or held.
        code, params: why it was refused or is untrusted.
        package_id: number of the package at headquarters, once received.
    """

    file: str
    status: str
    code: str | None = None
    params: dict[str, Any] | None = None
    sha256: str | None = None
    fingerprint: str | None = None
    package_id: int | None = None
    manifest: Manifest | None = None
    late: bool = False


def verify_file(path: Path) -> ReceivedPackage:
    """Verify a package file by itself, without asking whether its key is trusted.

    Raises:
        KnownError: ``file_not_found``, or what the file is refused for.
    """
    return read_package(read_file(path))


def read_file(path: Path) -> bytes:
    """The bytes of a file a person chose, no more than it takes to refuse a larger one.

    Raises:
        KnownError: ``file_not_found``, ``file_not_read``.
    """
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise KnownError("file_not_found", file=path.name) from error
    except OSError as error:
        raise KnownError("file_not_read", file=path.name, reason=error.strerror or "") from error


def package_files(paths: list[Path]) -> Iterator[Path]:
    """The files named, and those ending in ``.xlsx`` of the folders named, in order of names."""
    for path in paths:
        if path.is_dir():
            yield from sorted(
                one for one in path.rglob("*.xlsx") if not one.name.startswith((".", "~$"))
            )
        else:
            yield path


def receive_files(
    session: Session,
    actor: Actor,
    *,
    paths: list[Path],
    archive: Path,
    received_on: date | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> list[Reception]:
    """Verify files and accept the good ones, each in its own transaction; a bad one stops nobody.

    Args:
        paths: files and folders.
        archive: folder where accepted packages are kept byte for byte.
        received_on: the day they came, today when empty.
        dry_run: judge, change nothing.

    Raises:
        KnownError: ``not_allowed``, ``date_in_future``.
    """
    require(actor, COORDINATOR, "receive_files")
    day = received_on or session.clock.today()
    if day > session.clock.today():
        raise KnownError("date_in_future", field="received_on")
    files = list(package_files(paths))
    results = []
    for number, path in enumerate(files):
        if progress:
            progress(path.name, number, len(files))
        try:
            data = read_file(path)
            verified = verified_package(data)
            sha256 = hashlib.sha256(data).hexdigest()
            known = "SELECT 1 FROM trusted_keys WHERE fingerprint = ?"
            if not session.value(known, (verified.fingerprint,)):
                results.append(_untrusted(session, path.name, verified, sha256))
                continue
            results.append(
                accept_package(
                    session,
                    actor,
                    package=read_verified(verified, sha256),
                    data=data,
                    file_name=path.name,
                    archive=archive,
                    received_on=day,
                    dry_run=dry_run,
                )
            )
        except KnownError as error:
            results.append(Reception(path.name, REFUSED, error.code, dict(error.params)))
    if progress:
        progress("", len(files), len(files))
    return results


def _untrusted(session: Session, file: str, verified: VerifiedPackage, sha256: str) -> Reception:
    """A file whose signer nobody compared yet: only its manifest is read."""
    manifest = read_manifest(verified)
    if manifest and manifest.practice and not session.installation.practice:
        raise KnownError("practice_package")
    return Reception(
        file=file,
        status=UNTRUSTED,
        code="signer_unknown",
        params={
            "fingerprint": verified.fingerprint,
            "centre": manifest.centre if manifest else "",
        },
        sha256=sha256,
        fingerprint=verified.fingerprint,
        manifest=manifest,
    )


@use_case(COORDINATOR)
def accept_package(
    session: Session,
    actor: Actor,
    *,
    package: ReceivedPackage,
    data: bytes,
    file_name: str,
    archive: Path,
    received_on: date,
    dry_run: bool = False,
) -> Reception:
    """Accept a verified package in one transaction, or say why not.

    Args:
        package: as `read_package` gave it for ``data``.

    Returns:
        accepted; already (nothing changes); untrusted; held, when another accepted package has
        the same station, epoch and sequence: then neither counts until one is undone.

    Raises:
        KnownError: ``practice_package``, ``key_revoked``, ``centre_unknown``,
            ``package_unknown_sheet``.
    """
    manifest = package.manifest
    said = Reception(
        file=file_name,
        status=ACCEPTED,
        sha256=package.sha256,
        fingerprint=package.fingerprint,
        manifest=manifest,
        late=received_on > deadline(session, Month.parse(manifest.month)),
    )
    if manifest.practice and not session.installation.practice:
        raise KnownError("practice_package")
    known = session.value(
        "SELECT id FROM received_packages WHERE content_hash = ?", (package.content_hash,)
    )
    before = accepted_packages(session, None)
    if known in {fact.id for fact in before}:
        status = HELD if known in held_packages(session) else ALREADY
        return _with(said, status=status, package_id=known)
    if manifest.centre != NATIONAL and manifest.centre not in _centres(session):
        raise KnownError("centre_unknown", centre=manifest.centre)
    trust = session.one(
        "SELECT * FROM trusted_keys WHERE fingerprint = ? AND centre = ?",
        (package.fingerprint, manifest.centre),
    )
    if trust is None:
        params = {"fingerprint": package.fingerprint, "centre": manifest.centre}
        return _with(said, status=UNTRUSTED, code="signer_unknown", params=params)
    if trust["revoked_at"]:
        raise KnownError("key_revoked", fingerprint=package.fingerprint)
    for sheet in package.sheets:
        if manifest.centre != NATIONAL and sheet.table in NATIONAL_TABLES:
            raise KnownError("package_unknown_sheet", sheet=sheet.table)
    if dry_run:
        number = (manifest.centre, manifest.station, manifest.epoch, manifest.sequence)
        return _with(said, status=HELD) if number in {fact.number for fact in before} else said
    counted = effective_as_of(session, None)
    keep_in_archive(archive, package.sha256, data)
    package_id = known or _insert_package(session, package, file_name)
    write_journal(session, actor.account_id, "package_accepted", received_on, package_id=package_id)
    _merge_changed(session, counted, {package_id})
    status = HELD if package_id in held_packages(session) else ACCEPTED
    return _with(said, status=status, package_id=package_id)


def _with(said: Reception, **changes: Any) -> Reception:
    return Reception(**{**said.__dict__, **changes})


def _centres(session: Session) -> set[str]:
    added = session.all("SELECT key FROM merged_centres")
    return {*classifiers().centres, *(row["key"] for row in added)}


def deadline(session: Session, month: Month) -> date:
    """The last day on which a month's package is in time, from the project card or the 5th."""
    day = session.value(
        "SELECT late_after_day FROM merged_projects WHERE substr(starts_on, 1, 4) = ?",
        (str(month.year),),
    )
    return month.last_day + timedelta(days=day or 5)


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


def _insert_package(session: Session, package: ReceivedPackage, file_name: str) -> int:
    manifest = package.manifest
    session.execute(
        "INSERT INTO received_packages (sha256, content_hash, centre, station, station_letter, "
        "replaces, epoch, month, through, sequence, amendment, complete, previous_sha256, "
        "fingerprint, signed_at, row_count, audit_head, file_name) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
            manifest.audit_head,
            file_name,
        ),
    )
    package_id = int(
        session.value("SELECT id FROM received_packages WHERE sha256 = ?", (package.sha256,))
    )
    _insert_sheets(session, package_id, package.sheets)
    return package_id


def _insert_sheets(session: Session, package_id: int, sheets: tuple[ReceivedSheet, ...]) -> None:
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


def _merge_changed(session: Session, counted: set[int], touched: set[int]) -> None:
    """Elect anew what the touched packages hold, and those whose standing they changed."""
    counts = effective_as_of(session, None)
    merge_packages(session, counts, touched | (counted ^ counts))
    session.changed.add("merged_rows")


@use_case(COORDINATOR)
def undo_package(
    session: Session, actor: Actor, *, package: str, received_on: date | None = None
) -> int:
    """Take an accepted package back; the state is then as if it had never come.

    Args:
        package: number of the package, or the beginning of its SHA-256.
        received_on: the day from which it counts no more, today when empty.

    Returns:
        its number.

    Raises:
        KnownError: ``package_not_found``, ``package_not_accepted``, ``date_in_future``.
    """
    package_id = find_package(session, package)
    if package_id not in {fact.id for fact in accepted_packages(session, None)}:
        raise KnownError("package_not_accepted", package=package)
    day = received_on or session.clock.today()
    if day > session.clock.today():
        raise KnownError("date_in_future", field="received_on")
    counted = effective_as_of(session, None)
    write_journal(session, actor.account_id, "package_undone", day, package_id=package_id)
    _merge_changed(session, counted, {package_id})
    return package_id


def find_package(session: Session, package: str) -> int:
    """The number of a received package by its number or the beginning of its SHA-256.

    Raises:
        KnownError: ``package_not_found``.
    """
    rows = session.all(
        "SELECT id FROM received_packages WHERE CAST(id AS TEXT) = :it "
        "OR (length(:it) >= 8 AND substr(sha256, 1, length(:it)) = lower(:it))",
        {"it": package},
    )
    if len(rows) != 1:
        raise KnownError("package_not_found", package=package)
    return int(rows[0]["id"])


@dataclass(frozen=True)
class ReceivedLine:
    """A received package as a list shows it; ``status`` is accepted, held, superseded or undone."""

    package_id: int
    centre: str
    station_letter: str
    month: str
    through: str | None
    sequence: int
    epoch: int
    amendment: bool
    complete: bool
    received_on: str
    late: bool
    row_count: int
    fingerprint: str
    sha256: str
    file_name: str
    status: str


def received_packages(session: Session, actor: Actor) -> list[ReceivedLine]:
    """All packages ever received, in the order of centre, month and sequence."""
    require(actor, COORDINATOR, "received_packages")
    return received_lines(session, None)


def received_lines(session: Session, as_of: date | None) -> list[ReceivedLine]:
    """The packages received by the end of a day with their standing on that day."""
    accepted = accepted_packages(session, as_of)
    counted = effective_as_of(session, as_of)
    held = forked(accepted)
    ids = {fact.id for fact in accepted}
    rows = session.all(
        "SELECT p.*, (SELECT j.received_on FROM journal_entries j WHERE j.package_id = p.id "
        "AND j.kind = 'package_accepted' AND j.received_on <= :day ORDER BY j.id DESC LIMIT 1) "
        "AS received_on FROM received_packages p WHERE received_on IS NOT NULL "
        "ORDER BY p.centre, p.month, p.epoch, p.sequence",
        {"day": as_of.isoformat() if as_of else "9999-12-31"},
    )
    lines = []
    for row in rows:
        status = (
            "undone"
            if row["id"] not in ids
            else "held"
            if row["id"] in held
            else "accepted"
            if row["id"] in counted
            else "superseded"
        )
        due = deadline(session, Month.parse(row["month"]))
        lines.append(
            ReceivedLine(
                package_id=row["id"],
                centre=row["centre"],
                station_letter=row["station_letter"],
                month=row["month"],
                through=row["through"],
                sequence=row["sequence"],
                epoch=row["epoch"],
                amendment=bool(row["amendment"]),
                complete=bool(row["complete"]),
                received_on=row["received_on"],
                late=date.fromisoformat(row["received_on"]) > due,
                row_count=row["row_count"],
                fingerprint=row["fingerprint"],
                sha256=row["sha256"],
                file_name=row["file_name"],
                status=status,
            )
        )
    return lines


def merged_state_hash(session: Session, actor: Actor) -> str:
    """The hash of what headquarters holds now; see ``docs/state-hash.md``."""
    require(actor, COORDINATOR, "merged_state_hash")
    return state_hash(session)


class _Rehearsed(Exception):
    """Ends a rehearsal so that its transaction is rolled back."""


def replay(
    session: Session,
    actor: Actor,
    *,
    archive: Path,
    check: bool = False,
    progress: Progress | None = None,
) -> str:
    """Rebuild the merged state from the journal and the archive; returns its hash.

    Trust and expiry were judged when a package was accepted and are not judged again.

    Args:
        check: compare only, change nothing.

    Raises:
        KnownError: ``archive_file_missing``, ``archive_file_changed``, ``state_differs``.
    """
    require(actor, COORDINATOR, "replay")
    before = state_hash(session)
    after = ""
    try:
        with session.transaction():
            _rebuild(session, archive, progress or (lambda step, done, total: None))
            after = state_hash(session)
            if check:
                raise _Rehearsed
    except _Rehearsed:
        pass
    if check and after != before:
        raise KnownError("state_differs", stored=before, replayed=after)
    return after


def _rebuild(session: Session, archive: Path, progress: Progress) -> None:
    session.execute("DELETE FROM merged_rows")
    session.execute("DELETE FROM received_rows")
    packages = session.all("SELECT id, sha256 FROM received_packages ORDER BY id")
    for number, row in enumerate(packages):
        progress(row["sha256"][:8], number, len(packages))
        path = archive / f"{row['sha256']}.xlsx"
        if not path.exists():
            raise KnownError("archive_file_missing", file=path.name)
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != row["sha256"]:
            raise KnownError("archive_file_changed", file=path.name)
        _insert_sheets(session, row["id"], read_package(data).sheets)
    merge_packages(session, effective_as_of(session, None), None)
    progress("", len(packages), len(packages))


@use_case(COORDINATOR)
def add_trust(session: Session, actor: Actor, *, fingerprint: str, centre: str) -> str:
    """Trust a centre's key after two people compared its fingerprint; returns it.

    Raises:
        KnownError: ``fingerprint_malformed``, ``centre_unknown``, ``key_revoked``.
    """
    tidy = read_fingerprint(fingerprint)
    if centre != NATIONAL and centre not in _centres(session):
        raise KnownError("centre_unknown", centre=centre)
    known = session.one("SELECT * FROM trusted_keys WHERE fingerprint = ?", (tidy,))
    if known and known["revoked_at"]:
        raise KnownError("key_revoked", fingerprint=tidy)
    if known and known["centre"] != centre:
        raise KnownError("key_of_another_centre", centre=known["centre"])
    if not known:
        session.execute(
            "INSERT INTO trusted_keys VALUES (?, ?, ?, NULL)", (tidy, centre, session.now())
        )
        details = {"fingerprint": tidy, "centre": centre}
        write_journal(
            session, actor.account_id, "trust_added", session.clock.today(), details=details
        )
    return tidy


@use_case(COORDINATOR)
def revoke_trust(session: Session, actor: Actor, *, fingerprint: str) -> None:
    """Revoke a key: what was accepted stays, what comes later is refused, whatever it claims.

    Raises:
        KnownError: ``fingerprint_malformed``, ``signer_unknown``.
    """
    tidy = read_fingerprint(fingerprint)
    known = session.one("SELECT * FROM trusted_keys WHERE fingerprint = ?", (tidy,))
    if known is None:
        raise KnownError("signer_unknown", fingerprint=tidy)
    if not known["revoked_at"]:
        session.execute(
            "UPDATE trusted_keys SET revoked_at = ? WHERE fingerprint = ?", (session.now(), tidy)
        )
        write_journal(
            session,
            actor.account_id,
            "trust_revoked",
            session.clock.today(),
            details={"fingerprint": tidy},
        )


@dataclass(frozen=True)
class TrustedKey:
    """A key that headquarters trusts, or trusted until ``revoked_at``."""

    fingerprint: str
    centre: str
    added_at: str
    revoked_at: str | None


def trusted_keys(session: Session, actor: Actor) -> list[TrustedKey]:
    """All keys ever trusted."""
    require(actor, COORDINATOR, "trusted_keys")
    rows = session.all("SELECT * FROM trusted_keys ORDER BY centre, added_at")
    return [TrustedKey(**row) for row in rows]
