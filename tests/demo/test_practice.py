"""Practice data: a few months of invented work up to today, in a folder that may be deleted."""

from datetime import date, datetime
from pathlib import Path

import pytest

from pravo_desktop.bootstrap import open_workplace
from pravo_desktop.clock import PracticeClock
from pravo_desktop.demo.practice import make_practice, practice_year
from pravo_desktop.demo.practice_folder import (
    MARKER,
    PASSWORD,
    USER,
    delete_practice,
    is_practice_folder,
    practice_folder,
    practice_login,
)
from pravo_desktop.errors import KnownError

NOON = datetime(2026, 3, 11, 12)


def test_the_centre_has_worked_for_three_months_up_to_this_week(tmp_path: Path) -> None:
    folder = practice_folder(tmp_path / "data")
    days: list[str] = []
    make_practice(folder, lambda step, done, total: days.append(step), PracticeClock(NOON))
    workplace = open_workplace(folder, password=PASSWORD, clock=PracticeClock(NOON))
    session = workplace.session()
    assert workplace.practice and session.value("SELECT count(*) FROM cases") == 18
    last = date.fromisoformat(session.value("SELECT max(held_on) FROM consultations"))
    assert 0 <= (date(2026, 3, 11) - last).days < 14
    assert session.value("SELECT max(month) FROM packages") == "2026-02"
    session.close()
    workplace.close()
    assert len(days) > 50 and days == sorted(days)
    delete_practice(folder)
    assert list(tmp_path.iterdir()) == []


def test_practice_data_of_an_older_version_are_entered_with_the_user_that_they_name(
    tmp_path: Path,
) -> None:
    assert practice_login(tmp_path) == (USER, PASSWORD)
    assert USER.isalpha() and not USER.isascii(), "shown at the door in Kazakh and Russian"
    (tmp_path / MARKER).write_text('{"user": "practice", "password": "learning by doing"}')
    assert practice_login(tmp_path) == ("practice", "learning by doing")


def test_a_day_that_stops_the_making_leaves_nothing(tmp_path: Path) -> None:
    def stop(step: str, done: int, total: int) -> None:
        if done == 20:
            raise InterruptedError

    with pytest.raises((KnownError, InterruptedError)):
        make_practice(tmp_path / "data-practice", stop, PracticeClock(NOON))
    assert list(tmp_path.iterdir()) == []


def test_no_other_folder_is_deleted_or_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "pravo.db").touch()
    with pytest.raises(KnownError, match="not_practice"):
        delete_practice(folder)
    with pytest.raises(KnownError, match="folder_not_empty"):
        make_practice(folder)
    assert (folder / "pravo.db").exists() and not is_practice_folder(folder)
    (folder / MARKER).touch()
    delete_practice(folder)
    assert not folder.exists()


def test_weekdays_stay_weekdays() -> None:
    year = practice_year(date(2026, 3, 11))
    assert year.world["moved_by_days"] % 7 == 0
    assert year.day("entered_on").isoweekday() == 5
