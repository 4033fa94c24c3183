"""Backups made by themselves: in the data folder and at a second place, the old ones cleared."""

import json
import os
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from db.audit import seals_of
from db.engine import damage_told
from db.session import Session
from pravo_desktop.backups.files import BackupHead, make_backup, read_head
from pravo_desktop.backups.rotation import kept
from pravo_desktop.bootstrap import Workplace
from pravo_desktop.clock import KAZAKHSTAN
from pravo_desktop.data_folder import (
    BACKUP_SUFFIX,
    BACKUPS,
    ERASURE_LIST,
    is_on_network,
    kept_before_updates,
)
from pravo_desktop.errors import KnownError
from pravo_desktop.resources import backup_warn_days
from pravo_desktop.security.seals import Seals
from pravo_desktop.usecases.erasure import Erasure, erasure_list, listed, read_erasure_list
from pravo_desktop.usecases.file_writing import write_file
from pravo_desktop.usecases.inbox import read_file
from pravo_desktop.usecases.station import note_backup

_SETTINGS = "backups.json"


@dataclass(frozen=True)
class Places:
    """Where backups go beside the data folder itself, and what happened there last.

    Args:
        second: the second place; None while there is none.
        failed: code of why the last backup did not reach the second place; None when it did.
    """

    second: Path | None = None
    failed: str | None = None


@dataclass(frozen=True)
class KeptBackup:
    """A backup in one of the places."""

    path: Path
    head: BackupHead


@dataclass(frozen=True)
class BackedUp:
    """What one round of backups wrote.

    Args:
        written: the files, the one in the data folder first.
        failed: the code of what went wrong, by place.
    """

    written: tuple[Path, ...]
    failed: Mapping[Path, str] = field(default_factory=dict)


@dataclass(frozen=True)
class BackupState:
    """How the backups stand, for the first page of the day.

    Args:
        last: when the last good one was made, aware; None while there is none.
        overdue: whether that is too long ago.
        second_failed: code of why the last one did not reach the second place.
    """

    last: datetime | None
    overdue: bool
    second_failed: str | None


def places(folder: Path) -> Places:
    """The places of a data folder; none but itself while nothing was said."""
    try:
        stored = json.loads((folder / _SETTINGS).read_text("utf-8"))
        second, failed = stored.get("second"), stored.get("failed")
        return Places(Path(second) if second else None, str(failed) if failed else None)
    except (OSError, ValueError, AttributeError, TypeError):
        return Places()


def set_second_place(folder: Path, second: Path | None) -> bool:
    """Choose the second place, or have none; returns whether it lies on a network drive.

    A network drive is allowed: a backup there is written once and read back.

    Raises:
        KnownError: ``backup_place_inside``, ``backup_place_missing``.
    """
    if second is not None:
        second = check_second_place(folder, second)
    _store(folder, Places(second))
    return second is not None and is_on_network(second)


def check_second_place(folder: Path, second: Path) -> Path:
    """The second place as a whole path, or why it cannot be one.

    Raises:
        KnownError: ``backup_place_inside``, ``backup_place_missing``.
    """
    second = second.expanduser().resolve()
    if second == folder or folder.resolve() in second.parents:
        raise KnownError("backup_place_inside", field="second")
    if not second.is_dir():
        raise KnownError("backup_place_missing", folder=second.name)
    return second


def _store(folder: Path, kept_places: Places) -> None:
    part = folder / f".{_SETTINGS}.part"
    second = str(kept_places.second) if kept_places.second else None
    try:
        part.write_text(json.dumps({"second": second, "failed": kept_places.failed}), "utf-8")
        os.replace(part, folder / _SETTINGS)
    finally:
        part.unlink(missing_ok=True)


def back_up(workplace: Workplace, session: Session) -> BackedUp:
    """As `write_backups`, and note it in the history."""
    done = write_backups(workplace, session)
    note_backup(session, workplace.actor)
    return done


def write_backups(workplace: Workplace, session: Session) -> BackedUp:
    """Write a backup to each place and clear those that are no longer kept.

    A second place that is missing or full stops nothing: it is remembered and told. Where the data
    folder's own drive takes none, the second place gets its backup all the same.

    Args:
        session: may be one for reading, so that nobody's writing waits.

    Raises:
        KnownError: as `make_backup`, when the data folder's own place took none.
    """
    folder, now = workplace.folder, places(workplace.folder)
    own = folder / BACKUPS
    written: list[Path] = []
    failed: dict[Path, str] = {}
    trouble: KnownError | None = None
    try:
        own.mkdir(exist_ok=True)
        written.append(_make(workplace, session, own))
    except OSError as error:
        trouble = KnownError("file_not_written", file=BACKUPS, reason=error.strerror)
    except KnownError as error:
        trouble = error
    if now.second is not None:
        try:
            written.append(_make(workplace, session, now.second))
        except KnownError as error:
            failed[now.second] = error.code
        with suppress(OSError):
            _store(folder, Places(now.second, failed.get(now.second)))
    if trouble is not None:
        raise trouble
    return BackedUp(tuple(written), failed)


@damage_told()
def _make(workplace: Workplace, session: Session, place: Path) -> Path:
    if not place.is_dir():
        raise KnownError("drive_gone")
    own = session.installation
    moment = session.clock.now().astimezone(KAZAKHSTAN)
    name = f"pravo-{own.centre}-{own.station_letter}-{moment:%Y-%m-%d-%H%M%S}{BACKUP_SUFFIX}"
    path = make_backup(workplace, session, out=place / name)
    # An older backup restored from here must meet whoever was forgotten since.
    seals = seals_of(session)
    forgotten = erasure_list(session, workplace.actor)
    if forgotten:
        write_file(place / _list_name(seals), listed(forgotten, seals))
    clear(place, own.station)
    return path


@dataclass(frozen=True)
class Erasures:
    """Who was forgotten, by the lists that could be trusted.

    Args:
        entries: each person once.
        refused: lists that were left out or are missing, with the reason's code.
    """

    entries: tuple[Erasure, ...]
    refused: tuple[tuple[Path, str], ...] = ()


def erasures_in(seals: Seals, *folders: Path, held: Collection[str] = ()) -> Erasures:
    """Who was forgotten by the erasure lists in these folders that this history sealed.

    A list of another station beside them is passed over. Where a backup in the folders, sealed by
    this history, says that more people were forgotten than are held or listed, a list is missing.

    Args:
        held: participants whose erasure is known without the lists.
    """
    latest: dict[str, Erasure] = {}
    refused: dict[Path, str] = {}
    stem = Path(ERASURE_LIST).stem
    for folder in dict.fromkeys(folders):
        for path in sorted(folder.glob(f"{stem}*.json")) if folder.is_dir() else ():
            try:
                entries = read_erasure_list(read_file(path), seals, str(path))
            except KnownError as error:
                refused[path] = error.code
                continue
            for one in entries or ():
                known = latest.get(one.participant_id)
                if known is None or known.at < one.at:
                    latest[one.participant_id] = one
    backups = (one for folder in dict.fromkeys(folders) for one in found_in(folder))
    stated, path = max(
        (
            (one.head.erasures or 0, one.path.with_name(_list_name(seals)))
            for one in backups
            if one.head.sealed_by(seals)
        ),
        default=(0, Path()),
    )
    if not refused and stated > len(latest.keys() | set(held)):
        refused[path] = "erasure_list_missing"
    return Erasures(tuple(latest.values()), tuple(refused.items()))


def _list_name(seals: Seals) -> str:
    return f"{Path(ERASURE_LIST).stem}-{seals.name}.json"


def clear(place: Path, station: str) -> list[Path]:
    """Delete the backups of a station that are no longer kept; returns them.

    What is not a readable backup of this station is never touched.
    """
    mine = [one for one in found_in(place) if one.head.station == station]
    keep = kept([one.head.moment for one in mine])
    gone = [one.path for one in mine if one.head.moment not in keep]
    for path in gone:
        with suppress(OSError):
            path.unlink()
    return gone


def found_in(place: Path) -> list[KeptBackup]:
    """The readable backups in a folder, the newest first."""
    found = []
    for path in place.glob(f"*{BACKUP_SUFFIX}") if place.is_dir() else ():
        with suppress(KnownError):
            found.append(KeptBackup(path, read_head(path)))
    return sorted(found, key=lambda one: one.head.made_at, reverse=True)


def backups_of(folder: Path) -> list[KeptBackup]:
    """The backups in all places of a data folder, which may be damaged, the newest first."""
    second = places(folder).second
    found = found_in(folder / BACKUPS) + (found_in(second) if second else [])
    return sorted(found, key=lambda one: one.head.made_at, reverse=True)


def before_updates(folder: Path) -> list[KeptBackup]:
    """The backups that updates of this data folder made before they changed it, the newest first.

    They are not counted as the daily ones and are never cleared.
    """
    found = []
    for path in kept_before_updates(folder):
        with suppress(KnownError):
            found.append(KeptBackup(path, read_head(path)))
    return sorted(found, key=lambda one: one.head.made_at, reverse=True)


def due(folder: Path, today: date) -> bool:
    """Whether no backup of this day is in the data folder's own place."""
    own = found_in(folder / BACKUPS)
    return not own or own[0].head.moment.astimezone(KAZAKHSTAN).date() != today


def overdue(folder: Path, now: datetime) -> bool:
    """Whether the last good backup is too old, or there is none."""
    return _too_old(backups_of(folder), now)


def _too_old(newest_first: Sequence[KeptBackup], now: datetime) -> bool:
    warn_after = timedelta(days=backup_warn_days())
    return not newest_first or now - newest_first[0].head.moment > warn_after


def backup_state(folder: Path, now: datetime) -> BackupState:
    """How the backups stand; a second place that may be slow is not looked at."""
    own = found_in(folder / BACKUPS)
    return BackupState(
        last=own[0].head.moment if own else None,
        overdue=_too_old(own, now),
        second_failed=places(folder).failed,
    )


def kept_heads(workplace: Workplace, session: Session) -> list[tuple[int, str]]:
    """Number and hash of the history's last entry, as the newest backup in each place says it.

    Of this station and epoch alone: after a restored backup the history goes on from an older one.
    A head that somebody without the database wrote is ``(0, "")``, which no history has.
    """
    own, folder, seals = session.installation, workplace.folder, seals_of(session)
    heads = []
    for place in (folder / BACKUPS, places(folder).second):
        for backup in found_in(place) if place is not None else ():
            head = backup.head
            if (head.station, head.epoch) != (own.station, own.epoch):
                continue
            if head.seal is not None and not head.sealed_by(seals):
                heads.append((0, ""))
                continue
            heads.append((head.audit_entries, head.audit_head))
            break
    return heads
