"""A backup as a file: a data folder, encrypted as it is, made, verified, looked at, unpacked."""

import json
import os
import re
import shutil
import zipfile
import zlib
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from db.audit import GENESIS, seals_of
from db.audit import head as head_of_history
from db.backup import pack_backup
from db.engine import damage_told
from db.session import Session
from pravo_desktop import __version__
from pravo_desktop.bootstrap import Workplace
from pravo_desktop.data_folder import ARCHIVE, BACKUP_HEAD, BACKUP_SUFFIX, DATABASE, SLOTS
from pravo_desktop.errors import KnownError
from pravo_desktop.security.seals import Seals
from pravo_desktop.usecases.erasure import erasure_list
from pravo_desktop.usecases.file_writing import check_room, not_written
from pravo_desktop.usecases.upkeep import copy_for_backup

FORMAT = 2
_READ = (1, FORMAT)
_SEALED = "backup head"

_MEMBER = re.compile(
    rf"{re.escape(BACKUP_HEAD)}|{re.escape(DATABASE)}|{re.escape(SLOTS)}|{ARCHIVE}/[0-9a-f]{{64}}\.xlsx"
)

_BROKEN = (
    OSError, zipfile.BadZipFile, zlib.error, ValueError, KeyError, TypeError, AttributeError,
    EOFError, OverflowError, NotImplementedError, RuntimeError,
)  # fmt: skip
"""What reading a damaged backup raises; `zipfile` and `json` name their reasons in many ways."""


@dataclass(frozen=True)
class BackupHead:
    """What a backup says of itself without a password; nothing personal.

    Args:
        made_at: UTC, as `pravo_desktop.clock.timestamp`.
        replaces: ids of the stations before this one.
        audit_entries: length of the history; ``audit_head`` is the hash of its last entry, with
            which `usecases.upkeep.examine` compares the history that there is later.
        seal: over all the rest, by the history's own key; None in a backup of format 1.
        erasures: how many people had been forgotten by then, so that a lost erasure list is missed;
            None in backups of versions that did not say it.
    """

    program_version: str
    made_at: str
    workplace: str
    centre: str
    station: str
    station_letter: str
    epoch: int
    replaces: tuple[str, ...]
    audit_entries: int = 0
    audit_head: str = GENESIS
    seal: str | None = None
    erasures: int | None = None

    @classmethod
    def of(cls, session: Session, *, erasures: int) -> "BackupHead":
        """What a backup of this data folder would say now, not sealed yet."""
        own, (entries, audit_head) = session.installation, head_of_history(session)
        return cls(
            program_version=__version__,
            made_at=session.now(),
            workplace=own.workplace,
            centre=own.centre,
            station=own.station,
            station_letter=own.station_letter,
            epoch=own.epoch,
            replaces=own.replaces,
            audit_entries=entries,
            audit_head=audit_head,
            erasures=erasures,
        )

    def sealed_by(self, seals: Seals) -> bool:
        """Whether the head was written by who had the database open."""
        return self.seal is not None and seals.fits(_SEALED, self._said(), self.seal)

    def with_seal(self, seals: Seals) -> "BackupHead":
        """The head with its seal."""
        return replace(self, seal=seals.seal(_SEALED, self._said()))

    def _said(self) -> bytes:
        said = asdict(self)
        del said["seal"]
        if self.erasures is None:
            del said["erasures"]
        return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.made_at)


@damage_told()
def make_backup(workplace: Workplace, session: Session, *, out: Path) -> Path:
    """Write the data folder into one file: database, key slots, headquarters' archive.

    The database stays encrypted under its key; whoever could sign in can restore it. The copy is
    opened with its key and examined before it is called a backup, and read back from the drive.

    Args:
        session: outside a transaction; others may go on writing meanwhile.
        out: the file, or a folder in which one is made; the file appears whole or not at all.

    Raises:
        KnownError: ``not_allowed``, ``drive_full``, ``drive_gone``, ``drive_read_only``,
            ``database_unreadable`` or ``backup_damaged`` when the database itself is damaged,
            ``file_read_back_differs``, ``file_not_written``.
    """
    own = session.installation
    name = f"pravo-{own.centre}-{own.station_letter}-{session.clock.today()}{BACKUP_SUFFIX}"
    path = out / name if out.is_dir() else out
    said = BackupHead.of(session, erasures=len(erasure_list(session, workplace.actor)))
    head = {"format": FORMAT, **asdict(said.with_seal(seals_of(session)))}
    size = sum(
        one.stat().st_size
        for one in (workplace.folder / DATABASE, *workplace.archive.glob("*.xlsx"))
    )
    _clear_parts(path, f"pravo-{own.centre}-{own.station_letter}-")
    check_room(path.parent, 2 * size)
    try:
        prefix = f".{path.name}.{os.getpid()}-"
        with TemporaryDirectory(prefix=prefix, dir=path.parent) as folder:
            database, part = Path(folder) / DATABASE, Path(folder) / path.name
            copy_for_backup(session, workplace.actor, target=database)
            found = workplace.examine_copy(database, session.pause)
            if found:
                raise KnownError("backup_damaged", checks=["pages"])
            archived = sorted(workplace.archive.glob("*.xlsx"))
            pack_backup(
                part,
                head,
                [
                    (database, DATABASE),
                    (workplace.folder / SLOTS, SLOTS),
                    *((one, f"{ARCHIVE}/{one.name}") for one in archived),
                ],
            )
            with zipfile.ZipFile(part) as packed:
                if packed.testzip() is not None:
                    raise KnownError("file_read_back_differs", file=path.name)
            os.replace(part, path)
    except zipfile.BadZipFile as error:
        raise KnownError("file_read_back_differs", file=path.name) from error
    except OSError as error:
        raise not_written(error, path, 2 * size) from error
    return path


def _clear_parts(path: Path, ours: str) -> None:
    """Clear what killed copies of the program left of this station's backups where one is made."""
    starts = "|".join(map(re.escape, (path.name, ours)))
    part = re.compile(rf"\.({starts}).*\.(?P<process>\d+)-[a-z0-9_]{{8}}")
    for one in path.parent.glob(".*") if path.parent.is_dir() else ():
        found = part.fullmatch(one.name)
        if found and int(found["process"]) != os.getpid():
            shutil.rmtree(one, ignore_errors=True)


def read_head(backup: Path) -> BackupHead:
    """What a backup says of itself.

    Raises:
        KnownError: ``file_not_found``, ``backup_unreadable``, ``backup_newer``.
    """
    try:
        with zipfile.ZipFile(backup) as packed:
            return _head_of(backup, packed)
    except FileNotFoundError as error:
        raise KnownError("file_not_found", file=backup.name) from error
    except _BROKEN as error:
        raise KnownError("backup_unreadable", file=backup.name) from error


def _head_of(backup: Path, packed: zipfile.ZipFile) -> BackupHead:
    names = packed.namelist()
    whole = {BACKUP_HEAD, DATABASE, SLOTS} <= set(names) and len(set(names)) == len(names)
    if not whole or not all(map(_MEMBER.fullmatch, names)):
        raise KnownError("backup_unreadable", file=backup.name)
    if packed.getinfo(BACKUP_HEAD).file_size > 1 << 20:
        raise ValueError("too long a head")
    with packed.open(BACKUP_HEAD) as head_file:
        # No further than it may be, whatever it states: `read` of the archive would inflate it all.
        stored = json.loads(head_file.read(1 << 20))
    if stored.pop("format") not in _READ:
        needed = str(stored.get("program_version") or "?")[:20]
        raise KnownError("backup_newer", file=backup.name, needed=needed)
    stored["replaces"] = tuple(map(str, stored["replaces"]))
    head = BackupHead(**stored)
    numbers = (head.epoch, head.audit_entries)
    texts = (
        head.program_version, head.workplace, head.centre, head.station, head.station_letter,
        head.audit_head,
    )  # fmt: skip
    if (
        head.moment.tzinfo is None
        or not all(type(one) is int for one in numbers)
        or not all(type(one) is str for one in texts)
        or not isinstance(head.seal, str | None)
        or type(head.erasures) not in (int, type(None))
    ):
        raise ValueError("not a head")
    return head


def unpack(backup: Path, folder: Path) -> BackupHead:
    """Put what a backup holds into an empty folder.

    Raises:
        KnownError: as `read_head`, and ``drive_full`` and the like while writing.
    """
    head = read_head(backup)
    try:
        with zipfile.ZipFile(backup) as packed:
            members = [one for one in packed.infolist() if one.filename != BACKUP_HEAD]
            check_room(folder, sum(one.file_size for one in members))
            packed.extractall(folder, members)
    except _BROKEN as error:
        raise KnownError("backup_unreadable", file=backup.name) from error
    return head
