"""Backups are written to two places, and one is restored."""

import shutil
import zipfile
from datetime import date
from typing import Any

from pravo_desktop.backups.files import make_backup, read_head
from pravo_desktop.backups.keeping import set_second_place, write_backups
from pravo_desktop.backups.restoring import Access, preview, restore_workplace
from pravo_desktop.clock import PracticeClock
from pravo_desktop.data_folder import DATABASE
from tests.usecases.factories import PASSWORD, TODAY
from tools.torture.acts.place import Act, Place, Step
from tools.torture.acts.prepared import a_centre_at_work, desk_of_centre, specialist_of


def _with_backup(place: Place) -> None:
    """A backup on the stick; since then one more case was opened."""
    desk = desk_of_centre(place)
    make_backup(desk.workplace, desk.session, out=place.stick / "kept.backup")
    desk.case(on=date(2024, 5, 7), specialist=specialist_of(desk))
    desk.leave()


def _choose_second_place(place: Place) -> Any:
    set_second_place(place.data, place.second)
    return []


def _back_up(day: int) -> Step:
    def step(place: Place) -> Any:
        desk = place.desk.at(2024, 6, day)
        written = write_backups(desk.workplace, desk.session).written
        return [str(path.relative_to(place.home)) for path in written]

    return step


def _backups_open(place: Place, done: list[Any]) -> None:
    for said in done:
        for name in said:
            assert (place.home / name).exists(), "an acknowledged backup is gone"
    for folder in (place.data / "backups", place.second):
        found = sorted(folder.glob("*.backup"))
        for path in found:
            read_head(path)
            with zipfile.ZipFile(path) as packed:
                assert packed.testzip() is None
        for path in found[-1:]:
            looked = preview(path, place.home / "nowhere", Access(PASSWORD, "lead"))
            assert looked.inside.counts["cases"] == 2


def _look_into_backup(place: Place) -> Any:
    access = Access(PASSWORD, "lead")
    preview(place.stick / "kept.backup", place.data, access, clock=PracticeClock(TODAY))


def _restore(place: Place) -> Any:
    restore_workplace(
        place.stick / "kept.backup",
        place.data,
        Access(PASSWORD, "lead"),
        instead=True,
        clock=PracticeClock(TODAY),
    ).close()


def _replaced_is_kept(place: Place, done: list[Any]) -> None:
    """Either the folder is as it was, or what was there is aside with the case since opened."""
    aside = [path for path in place.data.glob("replaced-*") if (path / DATABASE).exists()]
    if place.desk.session.installation.epoch == 1:
        assert place.desk.count("cases") == 3 and not aside
        return
    assert place.desk.count("cases") == 2
    (kept,) = aside
    old = Place(place.home / "old")
    shutil.copytree(kept, old.data)
    desk = old.open()
    assert desk.count("cases") == 3
    old.leave()
    shutil.rmtree(old.home)


ACTS = (
    Act(
        "backup", a_centre_at_work, (_choose_second_place, _back_up(1), _back_up(2)), _backups_open
    ),
    Act(
        "restore",
        _with_backup,
        (_look_into_backup, _restore),
        _replaced_is_kept,
        signed_in=False,
    ),
)
