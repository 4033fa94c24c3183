"""Backups made by themselves, in two places."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from pravo_desktop.backups.files import make_backup, read_head
from pravo_desktop.backups.keeping import (
    BackupState,
    back_up,
    backup_state,
    backups_of,
    due,
    overdue,
    places,
    set_second_place,
)
from pravo_desktop.data_folder import DATABASE
from pravo_desktop.errors import KnownError
from pravo_desktop.resources import backup_warn_days
from pravo_desktop.usecases.station import last_backup
from tests.usecases.factories import Desk


def test_a_backup_goes_to_both_places_and_says_when_and_where(centre: Desk, tmp_path: Path) -> None:
    second = tmp_path / "Екінші орын ә"
    second.mkdir()
    folder, today = centre.workplace.folder, centre.clock.today()
    assert due(folder, today) and overdue(folder, centre.clock.now())
    set_second_place(folder, second)
    done = back_up(centre.workplace, centre.session)
    assert [path.parent for path in done.written] == [folder / "backups", second]
    assert not done.failed and not due(folder, today)
    assert [one.path for one in backups_of(folder)] and len(backups_of(folder)) == 2
    assert last_backup(centre.session, centre.actor) is not None
    assert overdue(folder, centre.clock.now() + timedelta(days=4))


def test_a_missing_second_place_is_told_and_stops_nothing(centre: Desk, tmp_path: Path) -> None:
    second = tmp_path / "stick"
    second.mkdir()
    set_second_place(centre.workplace.folder, second)
    shutil.rmtree(second)
    done = back_up(centre.workplace, centre.session)
    assert len(done.written) == 1 and done.failed == {second: "drive_gone"}
    assert places(centre.workplace.folder).failed == "drive_gone"
    second.mkdir()
    assert not back_up(centre.workplace, centre.session).failed
    assert places(centre.workplace.folder).failed is None


def test_where_the_own_drive_takes_no_backup_the_second_place_gets_one(
    centre: Desk, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    set_second_place(centre.workplace.folder, stick)
    (centre.workplace.folder / "backups").write_bytes(b"what a repair of the drive left")
    with pytest.raises(KnownError, match="file_not_written"):
        back_up(centre.workplace, centre.session)
    (written,) = stick.glob("*.backup")
    assert read_head(written).centre == "astana"


def test_a_year_of_days_leaves_what_the_rotation_keeps_and_strange_files(centre: Desk) -> None:
    own = centre.workplace.folder / "backups"
    own.mkdir()
    (own / "letter.backup").write_text("not ours")
    for day in range(1, 21):
        centre.at(2024, 5, day)
        back_up(centre.workplace, centre.session)
    made = [read_head(one).made_at[:10] for one in sorted(own.glob("pravo-*.backup"))]
    assert made == [f"2024-05-{day:02d}" for day in (5, 12, 14, 15, 16, 17, 18, 19, 20)]
    assert (own / "letter.backup").exists()


def test_the_second_place_may_not_lie_inside_the_data(centre: Desk, tmp_path: Path) -> None:
    inside = centre.workplace.folder / "backups"
    inside.mkdir()
    for place, code in (
        (inside, "backup_place_inside"),
        (tmp_path / "nowhere", "backup_place_missing"),
    ):
        with pytest.raises(KnownError) as refused:
            set_second_place(centre.workplace.folder, place)
        assert refused.value.code == code


def test_the_day_is_told_how_old_the_last_backup_is_and_that_the_second_place_was_gone(
    centre: Desk, tmp_path: Path
) -> None:
    folder, now = centre.workplace.folder, centre.clock.now()
    second = tmp_path / "second"
    second.mkdir()
    assert backup_state(folder, now) == BackupState(None, True, None)
    set_second_place(folder, second)
    back_up(centre.workplace, centre.session)
    made = backup_state(folder, now)
    assert made.last is not None and not made.overdue and made.second_failed is None
    old = timedelta(days=backup_warn_days(), seconds=1)
    assert backup_state(folder, made.last + old).overdue
    second.rename(tmp_path / "away")
    back_up(centre.workplace, centre.session)
    assert backup_state(folder, now).second_failed == "drive_gone"


def test_somebody_else_writes_while_a_backup_is_made(centre: Desk, tmp_path: Path) -> None:
    reading = centre.workplace.reading_session()
    with centre.session.transaction():
        centre.specialist()
        path = make_backup(centre.workplace, reading, out=tmp_path / "now.backup")
    reading.close()
    assert read_head(path).centre == "astana"


def test_a_damaged_database_makes_no_backup(centre: Desk, tmp_path: Path) -> None:
    centre.specialist()
    centre.session.value("PRAGMA wal_checkpoint(TRUNCATE)")
    file = centre.workplace.folder / DATABASE
    data = bytearray(file.read_bytes())
    for place in range(20 * 4096 + 500, len(data), 4096):
        data[place] ^= 1
    file.write_bytes(data)
    with pytest.raises(KnownError, match="database_unreadable"):
        session = centre.workplace.reading_session()
        make_backup(centre.workplace, session, out=tmp_path / "bad.backup")
    assert not list(tmp_path.glob("*.backup"))
