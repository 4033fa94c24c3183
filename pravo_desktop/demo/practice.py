"""A practice folder with invented families at one centre, its last month being the present one."""

import json
import shutil
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pravo_desktop.bootstrap import create_workplace
from pravo_desktop.clock import Clock, PracticeClock, clock_for
from pravo_desktop.demo.plan import Station
from pravo_desktop.demo.planner import make_plan
from pravo_desktop.demo.play import play_station
from pravo_desktop.demo.practice_folder import MARKER, PASSWORD, USER
from pravo_desktop.demo.year import Figures, Year, read_year
from pravo_desktop.domain.periods import Month, month_range
from pravo_desktop.errors import KnownError
from pravo_desktop.paths import resources_folder
from pravo_desktop.security.recovery import new_code
from pravo_desktop.usecases.file_writing import write_file
from pravo_desktop.usecases.packages import Progress

CENTRE = "astana"


def make_practice(
    folder: Path, progress: Progress | None = None, clock: Clock | None = None
) -> None:
    """Make a practice folder with a few months of a centre's work, or leave nothing.

    Args:
        folder: not there yet.
        progress: told of each day that is entered; what it raises stops the making.

    Raises:
        KnownError: ``folder_not_empty``, ``file_not_written``; as `create_workplace`.
    """
    if folder.exists():
        raise KnownError("folder_not_empty", folder=folder.name)
    told = progress or (lambda step, done, total: None)
    now = (clock or clock_for(practice=True)).now()
    year = practice_year(PracticeClock(now).today())
    making = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(making, ignore_errors=True)
    try:
        first_morning = datetime.combine(year.day("entered_on"), time(8))
        create_workplace(
            making,
            workplace="centre",
            centre=CENTRE,
            practice=True,
            user=USER,
            password=PASSWORD,
            recovery_sheet=None,
            recovery_code=new_code(),
            clock=PracticeClock(first_morning),
        ).workplace.close()
        today = PracticeClock(now).today()
        with TemporaryDirectory() as outbox:
            station = _station(year)
            play_station(year, station, making, PASSWORD, Path(outbox), {}, until=today, told=told)
        stored = json.dumps({"user": USER, "password": PASSWORD})
        write_file(making / MARKER, stored.encode())
        making.rename(folder)
    except OSError as error:
        reason = error.strerror or ""
        raise KnownError("file_not_written", file=folder.name, reason=reason) from error
    finally:
        shutil.rmtree(making, ignore_errors=True)


def practice_year(today: date) -> Year:
    """The first months of the demo's year at one centre, moved by whole weeks up to a day."""
    whole = read_year()
    path = resources_folder() / "demo" / "practice.json"
    small = json.loads(path.read_text(encoding="utf-8"))
    world = deepcopy(dict(whole.world)) | {"last_day": small["last_day"]}
    world["centres"] = {CENTRE: world["centres"][CENTRE]}
    world["packages"] = {**world["packages"], "late": 0, "amended": None, "restored": None}
    world["notes"], world["proposals"] = [], []
    weeks = (today - date.fromisoformat(small["last_day"])).days // 7
    world["moved_by_days"] = max(weeks, 0) * 7
    year = Year(Figures(small), world)
    return Year(year.figures, world | _moved_days(world))


def _moved_days(world: Mapping[str, Any]) -> dict[str, str]:
    moved = timedelta(days=world["moved_by_days"])
    return {
        name: (date.fromisoformat(world[name]) + moved).isoformat()
        for name in ("entered_on", "employed_from")
    }


def _station(year: Year) -> Station:
    """The centre's plan, each day moved like the year."""
    moved = timedelta(days=year.world["moved_by_days"])
    station: Station = _moved(make_plan(year).stations[CENTRE], moved)
    days = year.day("first_day") + moved, year.day("last_day") + moved
    return replace(station, months=tuple(month_range(Month.of(days[0]), Month.of(days[1]))))


def _moved(value: Any, by: timedelta) -> Any:
    """The same with every day in it moved."""
    if isinstance(value, date):
        return value + by
    if isinstance(value, Month):
        return Month.of(value.first_day + by)
    if isinstance(value, list | tuple):
        return type(value)(_moved(one, by) for one in value)
    if isinstance(value, dict):
        return {key: _moved(one, by) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{one.name: _moved(getattr(value, one.name), by) for one in fields(value)}
        )
    return value
