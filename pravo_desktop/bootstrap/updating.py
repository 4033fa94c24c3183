"""Brings the database of a data folder to this version, keeping it as it was before."""

import shutil
from pathlib import Path

from sqlalchemy import Engine

from db.audit import head as head_of_history
from db.backup import copy_database, pack_backup
from db.migrate import migrate
from db.session import Session
from pravo_desktop import __version__
from pravo_desktop.clock import Clock
from pravo_desktop.data_folder import (
    BACKUP_SUFFIX,
    DATABASE,
    SLOTS,
    before_update_name,
    kept_before_updates,
)
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.file_writing import not_written


def bring_up_to_date(engine: Engine, folder: Path) -> None:
    """Migrate the database; what a newer version migrated is refused, naming the way back."""
    try:
        migrate(engine, lambda version: _keep_before_update(engine, folder, version))
    except KnownError as error:
        readable = [
            path
            for path, version in kept_before_updates(folder).items()
            if _numbers(version) <= _numbers(__version__)
        ]
        if error.code != "database_newer" or not readable:
            raise
        kept = readable[0].relative_to(folder).as_posix()
        raise KnownError("database_newer_kept", **error.params, kept=kept) from error


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _keep_before_update(engine: Engine, folder: Path, version: str) -> None:
    """Make a backup of the database as the older version left it, in the form of every version.

    Headquarters' archive is left where it is: no update changes it, and a restore keeps it.

    Args:
        version: of the program that reads the database as it is.
    """
    aside = before_update_name(folder, Clock().today())
    part = folder / f".{aside}.part"
    shutil.rmtree(part, ignore_errors=True)
    session = Session(engine, Clock())
    try:
        own, (entries, head) = session.installation, head_of_history(session)
        said = {
            "format": 1,
            "program_version": version,
            "made_at": session.now(),
            "workplace": own.workplace,
            "centre": own.centre,
            "station": own.station,
            "station_letter": own.station_letter,
            "epoch": own.epoch,
            "replaces": own.replaces,
            "audit_entries": entries,
            "audit_head": head,
        }
        part.mkdir()
        copy_database(session, part / DATABASE)
        name = f"pravo-{own.centre}-{own.station_letter}-version-{version}{BACKUP_SUFFIX}"
        members = [(part / DATABASE, DATABASE), (folder / SLOTS, SLOTS)]
        pack_backup(part / name, said, members)
        (part / DATABASE).unlink()
        part.rename(folder / aside)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        size = (folder / DATABASE).stat().st_size
        raise not_written(error, folder / aside, size) from error
    finally:
        session.close()
