"""What can be said about a computer and its data folder without naming a person.

The window and the command line show it; a support file carries it to whoever helps.
"""

import io
import json
import platform
import re
import shutil
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from db.backup import stored_revision
from db.migrate import head_revision
from db.session import Session
from pravo_desktop import BUILT_ON, __version__
from pravo_desktop.backups.keeping import found_in, kept_heads, overdue, places
from pravo_desktop.bootstrap import Workplace
from pravo_desktop.clock import timestamp
from pravo_desktop.data_folder import BACKUPS, CRASHES, DATABASE, is_on_network
from pravo_desktop.domain.records import RECORDS
from pravo_desktop.log import LOG, OLDER_LOG
from pravo_desktop.paths import default_data_folder
from pravo_desktop.usecases.actor import EVERYBODY, require
from pravo_desktop.usecases.file_writing import write_file
from pravo_desktop.usecases.upkeep import Examined, clock_behind, examine

FORMAT: Final = 1
LITTLE_ROOM: Final = 500 * 1024 * 1024
"""Bytes; with less free beside the database a backup may not find room."""
NEWEST_CRASHES: Final = 20
MOST_FOUND: Final = 20
COMPUTER: Final = ("backup", "second_place", "room", "clock")
"""Checks of what is around the data; in the data itself nothing is wrong by them."""
_SETTINGS = ("language", "appearance", "text_size", "idle_minutes", "page")
_SETTING = re.compile(r"([a-z_]+)=([a-z0-9_]{1,40})")
_LOG_LINE = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ \d+\.\d+\.\d+ ([a-z][a-z0-9_]*|bug:[0-9a-f]{12})"
)
_CRASH_LINE = re.compile(
    r"Pravo Desktop [\d.]+|[\dTZ:-]{20}|Python [\d.]+, \w+|then"
    r"|[a-z_]\w*(\.\w+)+"
    r"|  [\w.?]+:\d+ [\w<>]+",
    re.ASCII,
)


@dataclass(frozen=True)
class Checked:
    """What an examination of the computer found.

    Args:
        examined: of the database, as `usecases.upkeep.examine`, and of the computer:
            ``backup`` (the last good one is too old, or there is none), ``second_place``
            (the code of what went wrong there, or that there is none), ``room`` (free bytes),
            ``clock`` (the least it should show).
        facts: what a helper asks first; names no person and no folder.
    """

    examined: tuple[Examined, ...]
    facts: Mapping[str, Any]

    @property
    def well(self) -> bool:
        return all(one.well for one in self.examined)

    @property
    def data_well(self) -> bool:
        """Whether the database is whole, whatever waits to be done around it."""
        return all(one.well for one in self.examined if one.check not in COMPUTER)


def check_computer(workplace: Workplace, session: Session) -> Checked:
    """Examine the database and what it needs from this computer.

    While pages are damaged nothing is asked of the tables: the clock is left out, rows are not
    counted.

    Raises:
        KnownError: ``not_allowed``.
    """
    actor, folder = workplace.actor, workplace.folder
    require(actor, EVERYBODY, "check_computer")
    database = examine(session, actor, heads=kept_heads(workplace, session))
    now, free = places(folder), shutil.disk_usage(folder).free
    whole = not any(one.check == "pages" and one.found for one in database)
    behind = clock_behind(session, actor) if whole else None
    second = now.failed or (None if now.second else "no_second_place")
    computer = (
        Examined("backup", ("overdue",) if overdue(folder, workplace.clock.now()) else ()),
        Examined("second_place", (second,) if second else ()),
        Examined("room", (str(free),) if free < LITTLE_ROOM else ()),
        *((Examined("clock", (behind,) if behind else ()),) if whole else ()),
    )
    return Checked((*database, *computer), _facts(workplace, session, whole=whole))


def write_support_file(workplace: Workplace, session: Session, *, target: Path) -> Path:
    """Write what helps to help into one zip file, without personal data; returns the file.

    Whatever does not have the form in which this program writes its log and its crash reports is
    left out, so that nothing comes along that somebody put there.

    Args:
        target: the file, or a folder for it.

    Raises:
        KnownError: ``not_allowed``, ``drive_full``, ``file_not_written`` and the like.
    """
    checked = check_computer(workplace, session)
    own = session.installation
    day = workplace.clock.today()
    name = f"pravo-support-{own.centre}-{own.station_letter}-{day}.zip"
    path = target / name if target.is_dir() else target
    data = support_file(checked, workplace.folder)
    write_file(path, data)
    return path


def support_file(checked: Checked, folder: Path) -> bytes:
    """The bytes of a support file about a data folder."""
    report = {
        "format": FORMAT,
        "well": checked.well,
        "checks": [
            {"check": one.check, "found": [text[:200] for text in one.found[:MOST_FOUND]]}
            for one in checked.examined
        ],
        **checked.facts,
        "settings": _settings(folder),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("report.json", json.dumps(report, ensure_ascii=False, indent=1) + "\n")
        file.writestr(LOG, "".join(_lines((folder / OLDER_LOG, folder / LOG), _LOG_LINE)))
        newest = sorted((folder / CRASHES).glob("crash-*.txt"))[-NEWEST_CRASHES:]
        for number, path in enumerate(newest, 1):
            text = "".join(_lines((path,), _CRASH_LINE))
            file.writestr(f"{CRASHES}/crash-{number:02d}.txt", text)
    return packed.getvalue()


def _facts(workplace: Workplace, session: Session, *, whole: bool) -> dict[str, Any]:
    own, folder = session.installation, workplace.folder
    now = places(folder)
    return {
        "program": __version__,
        "built_on": BUILT_ON.isoformat(),
        "installed": hasattr(sys, "_MEIPASS"),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": platform.python_version(),
        "sqlite": session.value("SELECT sqlite_version()"),
        "sqlcipher": session.value("PRAGMA cipher_version"),
        "workplace": own.workplace,
        "centre": own.centre,
        "station_letter": own.station_letter,
        "epoch": own.epoch,
        "practice": own.practice,
        "made_at": timestamp(workplace.clock.now()),
        "database_version": stored_revision(session) if whole else None,
        "program_database_version": head_revision(),
        "database_bytes": (folder / DATABASE).stat().st_size,
        "free_bytes": shutil.disk_usage(folder).free,
        "data_folder": _whereabouts(folder),
        "rows": {
            record.table: session.value(f"SELECT count(*) FROM {record.table}")
            for record in (RECORDS if whole else ())
        },
        "backups": {
            "data_folder": _backups_in(folder / BACKUPS),
            "second_place": _backups_in(now.second) if now.second else None,
            "failed": now.failed,
        },
    }


def _whereabouts(folder: Path) -> str:
    """Which kind of place a folder is; its path may hold a person's name."""
    if is_on_network(folder):
        return "network"
    if folder == default_data_folder().resolve():
        return "default"
    return "home" if Path.home() in folder.parents else "elsewhere"


def _backups_in(place: Path) -> dict[str, Any]:
    found = found_in(place)
    return {
        "kind": _whereabouts(place.resolve()),
        "there": place.is_dir(),
        "number": len(found),
        "newest": found[0].head.made_at if found else None,
    }


def _settings(folder: Path) -> dict[str, str]:
    try:
        lines = (folder / "settings.ini").read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return {}
    found = filter(None, map(_SETTING.fullmatch, lines))
    return {one[1]: one[2] for one in found if one[1] in _SETTINGS}


def _lines(paths: tuple[Path, ...], form: re.Pattern[str]) -> Iterator[str]:
    for path in paths:
        try:
            lines = path.read_text("utf-8", errors="replace").splitlines()
        except OSError:
            continue
        yield from (f"{line}\n" for line in lines if form.fullmatch(line))
