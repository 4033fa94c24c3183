"""Files that headquarters refused: which, when and why, and sealed what was in them.

A foreign file may name people. Its content lies beside the archive under its SHA-256, encrypted to
headquarters' own sealing certificate, so that the encrypted database alone opens it again; backups
do not take it along.
"""

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from db.audit import write_entry
from db.session import Session
from exports.package.container import LARGEST_FILE
from exports.package.sealed import SUFFIX, seal, unseal
from pravo_desktop.data_folder import QUARANTINE
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.actor import COORDINATOR, Actor, require, use_case
from pravo_desktop.usecases.file_writing import write_file
from pravo_desktop.usecases.sealing_keys import current_sealing_key, sealing_keys

MOST_KEPT: Final = 100
"""Refused files whose content is kept; of more, the oldest are only named."""
LARGEST_KEPT: Final = 8 * LARGEST_FILE
"""Bytes that they take together; a file larger than any package is never kept."""


@dataclass(frozen=True)
class QuarantinedFile:
    """A refused file; ``code`` and ``params`` say why, ``size`` is in bytes.

    Args:
        kept: its content is here and can be saved to a place that a person chooses.
    """

    sha256: str
    file_name: str
    size: int
    code: str
    params: Mapping[str, Any]
    at: str
    kept: bool

    @property
    def name_to_save(self) -> str:
        """Its name; a package that was taken out of its seal ends as a package does."""
        sealed = self.code.startswith("sealed_") or not self.file_name.endswith(SUFFIX)
        return self.file_name if sealed else str(Path(self.file_name).with_suffix(".xlsx"))


@use_case(COORDINATOR)
def quarantine_file(
    session: Session,
    actor: Actor,
    *,
    data: bytes,
    file_name: str,
    refused: KnownError,
    archive: Path,
) -> None:
    """Note that a file was refused; one that comes again stands there once, with its last reason.

    Its content is kept as far as `MOST_KEPT` and `LARGEST_KEPT` allow and the drive has room.

    Args:
        archive: where headquarters keeps packages; refused files lie beside it.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    params = json.dumps(refused.params, ensure_ascii=False, sort_keys=True, default=str)
    session.execute(
        "INSERT OR REPLACE INTO quarantined_files VALUES (?, ?, ?, ?, ?, ?, ?)",
        (sha256, file_name, len(data), refused.code, params, session.now(), actor.account_id),
    )
    if len(data) <= LARGEST_FILE:
        certificate = current_sealing_key(session, actor).certificate_der
        path = _place(archive, sha256)
        with suppress(KnownError, OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_file(path, seal(data, certificate, session.clock.now()))
    _clear(session, archive)
    session.changed.add("quarantined_files")


def _place(archive: Path, sha256: str) -> Path:
    return archive.with_name(QUARANTINE) / f"{sha256}{SUFFIX}"


def _clear(session: Session, archive: Path) -> None:
    """Remove the contents that are too many, and those of files that are named no more."""
    rows = session.all("SELECT sha256 FROM quarantined_files ORDER BY at DESC, sha256")
    stay: set[str] = set()
    room = LARGEST_KEPT
    for row in rows:
        path = _place(archive, row["sha256"])
        if not path.exists():
            continue
        room -= path.stat().st_size
        if len(stay) == MOST_KEPT or room < 0:
            break
        stay.add(path.name)
    for path in archive.with_name(QUARANTINE).glob(f"*{SUFFIX}"):
        if path.name not in stay:
            _remove(path)


def release_file(session: Session, sha256: str, archive: Path) -> None:
    """Take a file out of the list because it was received after all."""
    if session.execute("DELETE FROM quarantined_files WHERE sha256 = ?", (sha256,)):
        session.changed.add("quarantined_files")
        session.after_commit.append(lambda: _remove(_place(archive, sha256)))


def _remove(path: Path) -> None:
    # What stays because the drive failed goes with the next file that is refused.
    with suppress(OSError):
        path.unlink(missing_ok=True)


@use_case(COORDINATOR)
def save_quarantined(
    session: Session, actor: Actor, *, sha256: str, archive: Path, target: Path
) -> None:
    """Write a refused file as it came to a place that a person chose; the history keeps it.

    Of a sealed file this is the package that was in the seal.

    Raises:
        KnownError: ``file_not_quarantined``; ``quarantined_not_kept``: its content is not here or
            was changed; and as `write_file`.
    """
    known = _known(session, sha256)
    try:
        data = unseal(_place(archive, sha256).read_bytes(), sealing_keys(session))
    except (OSError, KnownError) as error:
        raise KnownError("quarantined_not_kept", file=known["file_name"]) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise KnownError("quarantined_not_kept", file=known["file_name"])
    write_file(target, data)
    _note(session, actor, "quarantined_file_saved", known)


@use_case(COORDINATOR)
def discard_quarantined(session: Session, actor: Actor, *, sha256: str, archive: Path) -> None:
    """Put a refused file away with its content; the history keeps that it came.

    Raises:
        KnownError: ``file_not_quarantined``.
    """
    known = _known(session, sha256)
    release_file(session, sha256, archive)
    _note(session, actor, "quarantined_file_discarded", known)


def _known(session: Session, sha256: str) -> dict[str, Any]:
    known = session.one("SELECT * FROM quarantined_files WHERE sha256 = ?", (sha256,))
    if known is None:
        raise KnownError("file_not_quarantined")
    return dict(known)


def _note(session: Session, actor: Actor, action: str, known: Mapping[str, Any]) -> None:
    write_entry(
        session,
        actor.account_id,
        action,
        record_id=known["sha256"],
        content={"file_name": known["file_name"], "code": known["code"], "at": known["at"]},
    )


def quarantined_files(session: Session, actor: Actor, *, archive: Path) -> list[QuarantinedFile]:
    """The refused files, the last one first."""
    require(actor, COORDINATOR, "quarantined_files")
    rows = session.all(
        "SELECT sha256, file_name, size, code, params, at FROM quarantined_files "
        "ORDER BY at DESC, sha256"
    )
    return [
        QuarantinedFile(
            **{**row, "params": json.loads(row["params"])},
            kept=_place(archive, row["sha256"]).exists(),
        )
        for row in rows
    ]
