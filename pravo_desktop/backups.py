"""Backups: a data folder in one encrypted file, and a folder made from it again."""

import json
import os
import re
import shutil
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from db.session import Session
from pravo_desktop import __version__
from pravo_desktop.bootstrap import ARCHIVE, DATABASE, SLOTS, Workplace, open_workplace
from pravo_desktop.clock import Clock
from pravo_desktop.domain.versions import new_id
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.upkeep import begin_epoch, copy_for_backup, examine

FORMAT = 1
HEAD = "backup.json"

_MEMBER = re.compile(
    rf"{re.escape(HEAD)}|{re.escape(DATABASE)}|{re.escape(SLOTS)}|{ARCHIVE}/[0-9a-f]{{64}}\.xlsx"
)


def make_backup(workplace: Workplace, session: Session, *, out: Path) -> Path:
    """Write the data folder into one file: database, key slots, headquarters' archive.

    The database stays encrypted under its key; whoever could sign in can restore it.

    Args:
        out: the file, or a folder in which one is made; the file appears whole or not at all.

    Raises:
        KnownError: ``not_allowed``, ``file_not_written``.
    """
    own = session.installation
    name = f"pravo-{own.centre}-{own.station_letter}-{session.clock.today()}.backup"
    path = out / name if out.is_dir() else out
    head = {
        "format": FORMAT,
        "program_version": __version__,
        "made_at": session.now(),
        "centre": own.centre,
        "station": own.station,
        "station_letter": own.station_letter,
        "epoch": own.epoch,
    }
    try:
        with TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as folder:
            database, part = Path(folder) / DATABASE, Path(folder) / path.name
            copy_for_backup(session, workplace.actor, target=database)
            with part.open("wb") as file:
                with zipfile.ZipFile(file, "w") as packed:
                    packed.writestr(HEAD, json.dumps(head))
                    packed.write(database, DATABASE)
                    packed.write(workplace.folder / SLOTS, SLOTS)
                    for one in sorted(workplace.archive.glob("*.xlsx")):
                        packed.write(one, f"{ARCHIVE}/{one.name}")
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, path)
    except OSError as error:
        reason = error.strerror or ""
        raise KnownError("file_not_written", file=path.name, reason=reason) from error
    return path


def restore_workplace(
    backup: Path,
    folder: Path,
    *,
    user: str | None = None,
    password: str,
    station_letter: str | None = None,
    clock: Clock | None = None,
) -> Workplace:
    """Make a data folder from a backup and open it.

    It goes on as a new station in a new epoch, and its next package is complete. The folder is
    there as a whole or not at all.

    Args:
        folder: empty or not there yet.
        user, password: as at the time of the backup.
        station_letter: of the new case numbers; the next letter of the alphabet when left out.
        clock: as in `open_workplace`.

    Raises:
        KnownError: ``folder_not_empty``, ``file_not_found``, ``backup_unreadable``,
            ``backup_newer``, ``backup_damaged``, ``station_letter_invalid``, or what
            `open_workplace` raises.
    """
    folder = folder.resolve()
    if folder.exists() and any(folder.iterdir()):
        raise KnownError("folder_not_empty", folder=folder.name)
    folder.parent.mkdir(parents=True, exist_ok=True)
    staging = folder.with_name(f".{folder.name}.restoring")
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir()
    try:
        _unpack(backup, staging)
        workplace = open_workplace(staging, password=password, user=user, clock=clock)
        try:
            _go_on(workplace, station_letter)
        finally:
            workplace.close()
        if folder.exists():
            folder.rmdir()
        staging.rename(folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return open_workplace(folder, password=password, user=user, clock=clock)


def _unpack(backup: Path, folder: Path) -> None:
    try:
        with zipfile.ZipFile(backup) as packed:
            names = packed.namelist()
            if not {HEAD, DATABASE, SLOTS} <= set(names) or not all(map(_MEMBER.fullmatch, names)):
                raise KnownError("backup_unreadable", file=backup.name)
            made_as = json.loads(packed.read(HEAD))["format"]
            if made_as != FORMAT:
                raise KnownError("backup_newer", file=backup.name)
            packed.extractall(folder, [name for name in names if name != HEAD])
    except FileNotFoundError as error:
        raise KnownError("file_not_found", file=backup.name) from error
    except (OSError, zipfile.BadZipFile, ValueError, KeyError, EOFError) as error:
        raise KnownError("backup_unreadable", file=backup.name) from error


def _go_on(workplace: Workplace, letter: str | None) -> None:
    session = workplace.session()
    try:
        faults = [one.check for one in examine(session, workplace.actor) if not one.well]
        if faults:
            raise KnownError("backup_damaged", checks=faults)
        used = session.installation.station_letter
        begin_epoch(
            session,
            workplace.actor,
            station=new_id(),
            station_letter=checked_letter(letter or chr(ord(used) + 1)),
        )
    finally:
        session.close()


def checked_letter(letter: str) -> str:
    """A station's letter, A to Z; KnownError ``station_letter_invalid`` for anything else."""
    if not re.fullmatch("[A-Z]", letter):
        raise KnownError("station_letter_invalid", letter=letter)
    return letter
