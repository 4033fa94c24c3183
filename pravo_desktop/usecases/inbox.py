"""Headquarters' inbox: files are verified, wait or are accepted, and can be taken back."""

import hashlib
import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from db.audit import write_entry
from db.merge import forked
from db.session import Session
from exports.package.content import ReceivedPackage
from exports.package.reader import (
    read_manifest,
    read_package,
    read_verified,
    verified_package,
)
from exports.package.sealed import LARGEST_SEALED, SUFFIX, is_sealed, unseal
from exports.package.signature import VerifiedPackage
from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.domain.periods import Month
from pravo_desktop.domain.records import NATIONAL_TABLES
from pravo_desktop.errors import KnownError
from pravo_desktop.security.sealing import SealingKey
from pravo_desktop.usecases.actor import COORDINATOR, Actor, require, use_case
from pravo_desktop.usecases.archive import keep_package_files
from pravo_desktop.usecases.deadlines import deadline
from pravo_desktop.usecases.decisions import (
    ACCEPTED,
    ALREADY,
    HELD,
    REFUSED,
    UNTRUSTED,
    WAITING,
    Reception,
    accept,
    check_revoked,
)
from pravo_desktop.usecases.figures import settle_batch
from pravo_desktop.usecases.journal import accepted_packages
from pravo_desktop.usecases.packages import Progress
from pravo_desktop.usecases.quarantine import quarantine_file, release_file
from pravo_desktop.usecases.sealing_keys import sealing_keys
from pravo_desktop.usecases.trust import known_centres


def verify_file(path: Path) -> ReceivedPackage:
    """Verify a package file by itself, without asking whether its key is trusted.

    Raises:
        KnownError: ``file_not_found``, ``package_sealed``, or what the file is refused for.
    """
    data = read_file(path)
    if is_sealed(data):
        raise KnownError("package_sealed")
    return read_package(data)


def read_file(path: Path) -> bytes:
    """The bytes of a file a person chose, no more than it takes to refuse a larger one.

    Raises:
        KnownError: ``file_not_found``, ``file_not_read``.
    """
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_SEALED + 1)
    except FileNotFoundError as error:
        raise KnownError("file_not_found", file=path.name) from error
    except OSError as error:
        raise KnownError("file_not_read", file=path.name, reason=error.strerror or "") from error


def package_files(paths: list[Path]) -> Iterator[Path]:
    """The files named, and packages, plain or sealed, of the folders named, in order of names."""
    for path in paths:
        if path.is_dir():
            yield from sorted(
                one
                for one in path.rglob("*")
                if one.suffix in (".xlsx", SUFFIX) and not one.name.startswith((".", "~$"))
            )
        else:
            yield path


@dataclass(frozen=True)
class _Checked:
    """A file after its verification: its package, its unknown signer, or why it is refused.

    Args:
        data: the package, out of its seal.
    """

    path: Path
    data: bytes = b""
    sha256: str = ""
    package: ReceivedPackage | None = None
    stranger: VerifiedPackage | None = None
    refused: KnownError | None = None


def _check_file(path: Path, known_keys: frozenset[str], openers: Sequence[SealingKey]) -> _Checked:
    """Open and verify a file; of one whose signer nobody compared yet no row is read."""
    data, sha256 = b"", ""
    try:
        data = read_file(path)
        if is_sealed(data):
            data = unseal(data, openers)
        verified = verified_package(data)
        sha256 = hashlib.sha256(data).hexdigest()
        if verified.fingerprint not in known_keys:
            return _Checked(path, data, sha256, stranger=verified)
        return _Checked(path, data, sha256, package=read_verified(verified, sha256))
    except KnownError as error:
        return _Checked(path, data, sha256, refused=error)


def _side_by_side(
    files: Sequence[Path], known_keys: frozenset[str], openers: Sequence[SealingKey]
) -> Iterator[_Checked]:
    """The files verified in several threads, in their order, never many ahead of the receiver."""
    workers = min(os.cpu_count() or 1, 4)
    waiting = deque(files)
    with ThreadPoolExecutor(workers, "verifies") as pool:
        started: deque[Future[_Checked]] = deque()
        try:
            while waiting or started:
                while waiting and len(started) < workers:
                    started.append(pool.submit(_check_file, waiting.popleft(), known_keys, openers))
                yield started.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


def receive_files(
    session: Session,
    actor: Actor,
    *,
    paths: list[Path],
    archive: Path,
    received_on: date | None = None,
    dry_run: bool = False,
    wait: bool = False,
    late_reason: str | None = None,
    progress: Progress | None = None,
) -> list[Reception]:
    """Verify files side by side and receive the good ones, each in its own transaction.

    A bad one stops nobody: it is quarantined with its reason.

    Args:
        paths: files and folders.
        archive: folder where received packages are kept byte for byte.
        received_on: the day they came, today when empty.
        dry_run: judge, change nothing.
        wait: they are not accepted yet; somebody looks at them first.
        late_reason: why late packages are accepted.

    Raises:
        KnownError: ``not_allowed``, ``date_in_future``.
    """
    require(actor, COORDINATOR, "receive_files")
    day = received_on or session.clock.today()
    if day > session.clock.today():
        raise KnownError("date_in_future", field="received_on")
    files = list(package_files(paths))
    known_keys = frozenset(
        row["fingerprint"] for row in session.all("SELECT fingerprint FROM trusted_keys")
    )
    results: list[Reception] = []
    if progress and files:
        progress(files[0].name, 0, len(files))
    try:
        for checked in _side_by_side(files, known_keys, sealing_keys(session)):
            results.append(
                _receive(
                    session,
                    actor,
                    checked,
                    archive=archive,
                    received_on=day,
                    dry_run=dry_run,
                    wait=wait,
                    late_reason=late_reason,
                )
            )
            if progress:
                done = len(results)
                progress(files[done].name if done < len(files) else "", done, len(files))
    finally:
        if not dry_run and any(one.status in (ACCEPTED, HELD) for one in results):
            settle_batch(session)
    return results


def _receive(
    session: Session,
    actor: Actor,
    checked: _Checked,
    *,
    archive: Path,
    received_on: date,
    dry_run: bool,
    wait: bool,
    late_reason: str | None,
) -> Reception:
    name = checked.path.name
    try:
        if checked.refused is not None:
            raise checked.refused
        if checked.stranger is not None:
            return _untrusted(session, name, checked.stranger, checked.sha256)
        assert checked.package is not None
        if wait and not dry_run:
            return keep_package(
                session,
                actor,
                package=checked.package,
                data=checked.data,
                file_name=name,
                archive=archive,
                came_on=received_on,
            )
        return accept_package(
            session,
            actor,
            package=checked.package,
            data=checked.data,
            file_name=name,
            archive=archive,
            received_on=received_on,
            dry_run=dry_run,
            late_reason=late_reason,
        )
    except KnownError as error:
        if checked.data and not dry_run:
            quarantine_file(
                session,
                actor,
                data=checked.data,
                file_name=name,
                refused=error,
                archive=archive,
            )
        return Reception(name, REFUSED, error.code, dict(error.params))


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


def _judge(
    session: Session, package: ReceivedPackage, file_name: str, came_on: date
) -> tuple[Reception, int | None]:
    """What a verified package is worth: accepted when nothing stands against it; its number."""
    manifest = package.manifest
    said = Reception(
        file=file_name,
        status=ACCEPTED,
        sha256=package.sha256,
        fingerprint=package.fingerprint,
        manifest=manifest,
        late=came_on > deadline(session, Month.parse(manifest.month)),
    )
    if manifest.practice and not session.installation.practice:
        raise KnownError("practice_package")
    known = session.value(
        "SELECT id FROM received_packages WHERE content_hash = ?", (package.content_hash,)
    )
    accepted = [] if known is None else accepted_packages(session, None, manifest.centre)
    if known in {fact.id for fact in accepted}:
        status = HELD if known in forked(accepted) else ALREADY
        return replace(said, status=status, package_id=known), known
    if manifest.centre != NATIONAL and manifest.centre not in known_centres(session):
        raise KnownError("centre_unknown", centre=manifest.centre)
    trust = session.one(
        "SELECT * FROM trusted_keys WHERE fingerprint = ? AND centre = ?",
        (package.fingerprint, manifest.centre),
    )
    if trust is None:
        params = {"fingerprint": package.fingerprint, "centre": manifest.centre}
        return replace(said, status=UNTRUSTED, code="signer_unknown", params=params), known
    check_revoked(trust)
    for sheet in package.sheets:
        if manifest.centre != NATIONAL and sheet.table in NATIONAL_TABLES:
            raise KnownError("package_unknown_sheet", sheet=sheet.table)
    return said, known


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
    late_reason: str | None = None,
) -> Reception:
    """Accept a verified package in one transaction, or say why not.

    Args:
        package: as `read_package` gave it for ``data``.
        late_reason: why it is accepted after its deadline; kept in the journal.

    Returns:
        accepted; already (nothing changes); untrusted; held, when another accepted package has
        the same station, epoch and sequence: then neither counts until one is chosen.

    Raises:
        KnownError: ``practice_package``, ``key_revoked``, ``centre_unknown``,
            ``package_unknown_sheet``.
    """
    said, known = _judge(session, package, file_name, received_on)
    if said.status != ACCEPTED:
        return said
    if dry_run:
        manifest = package.manifest
        number = (manifest.centre, manifest.station, manifest.epoch, manifest.sequence)
        taken = {fact.number for fact in accepted_packages(session, None, manifest.centre)}
        return replace(said, status=HELD) if number in taken else said
    release_file(session, package.sha256, archive)
    package_id = keep_package_files(session, package, data, file_name, archive, known)
    reason = late_reason if said.late else None
    return accept(session, actor, said, package_id, received_on, reason)


@use_case(COORDINATOR)
def keep_package(
    session: Session,
    actor: Actor,
    *,
    package: ReceivedPackage,
    data: bytes,
    file_name: str,
    archive: Path,
    came_on: date,
) -> Reception:
    """Keep a verified package until somebody decides about it; no figure changes yet.

    Returns:
        waiting; already; held; untrusted.

    Raises:
        KnownError: as `accept_package`.
    """
    said, known = _judge(session, package, file_name, came_on)
    if said.status != ACCEPTED:
        return said
    release_file(session, package.sha256, archive)
    package_id = keep_package_files(session, package, data, file_name, archive, known)
    session.execute(
        "UPDATE received_packages SET waiting_since = coalesce(waiting_since, ?) WHERE id = ?",
        (came_on.isoformat(), package_id),
    )
    write_entry(session, actor.account_id, "package_waits", record_id=str(package_id))
    session.changed.add("received_packages")
    return replace(said, status=WAITING, package_id=package_id)
