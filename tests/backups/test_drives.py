"""Drives that are full, protected or pulled out, and clocks that are wrong: nothing is lost."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

import pytest

from pravo_desktop.backups.files import make_backup
from pravo_desktop.backups.keeping import back_up, set_second_place
from pravo_desktop.backups.restoring import Access, preview
from pravo_desktop.bootstrap import logins, open_workplace
from pravo_desktop.clock import PracticeClock
from pravo_desktop.data_folder import SLOTS
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases import file_writing, packages
from pravo_desktop.usecases.participants import ParticipantForm
from pravo_desktop.usecases.upkeep import clock_behind, examine
from tests.usecases.factories import PASSWORD, TODAY, Desk, a_centre, a_headquarters
from tests.usecases.refusals import code_of

SMALL = "8m"


def _may_mount() -> bool:
    if sys.platform != "linux" or os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    place = Path("/tmp") / f"pravo-mount-{os.getpid()}"
    place.mkdir(exist_ok=True)
    done = subprocess.run(["mount", "-t", "tmpfs", "none", str(place)], capture_output=True)
    if done.returncode == 0:
        subprocess.run(["umount", str(place)], check=True)
    place.rmdir()
    return done.returncode == 0


if sys.platform != "win32":
    import resource

limited = pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no file's size")
"""So that writing fails for an ordinary user too, where no drive can be filled."""
mounted = pytest.mark.skipif(not _may_mount(), reason="mounting is not permitted: not run here")


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Path]:
    """A drive of eight megabytes, connected."""
    place = tmp_path / "Флешка ә"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "none", place], check=True)
    yield place
    subprocess.run(["umount", "-l", place], capture_output=True)


@contextmanager
def full(place: Path, left: int = 0) -> Iterator[None]:
    """Other files take the room of a drive but for so many bytes."""
    filler = place / "films"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 65536)
        except OSError:
            pass
        file.truncate(max(0, file.tell() - left))
    yield
    filler.unlink()


def well(desk: Desk) -> bool:
    return all(one.well for one in examine(desk.session, desk.actor))


@mounted
def test_a_full_drive_takes_no_case_loses_none_and_takes_it_when_there_is_room(
    stick: Path,
) -> None:
    desk = a_centre(stick / "data")
    specialist = desk.specialist()
    desk.case(on=date(2024, 5, 3), specialist=specialist)
    told = set()
    with full(stick):
        for _ in range(40):
            try:
                desk.case(on=date(2024, 5, 6), specialist=specialist)
            except KnownError as error:
                told.add(error.code)
        entered = desk.count("cases")
        assert told == {"database_drive_full"}
        desk.leave()
        # Closing may have given room back; a sign-in says what is wrong or succeeds.
        try:
            a_desk_again(stick / "data").leave()
        except KnownError as error:
            told.add(error.code)
        assert told <= {"drive_full", "database_drive_full", "database_not_written"}
    desk = a_desk_again(stick / "data")
    assert desk.count("cases") == entered and well(desk)
    desk.case(on=date(2024, 5, 6), specialist=specialist)
    assert desk.count("cases") == entered + 1
    desk.leave()


def a_desk_again(folder: Path) -> Desk:
    clock = PracticeClock(TODAY)
    workplace = open_workplace(folder, password=PASSWORD, user="lead", clock=clock)
    return Desk(workplace, workplace.session(), clock)


@mounted
def test_a_month_is_closed_and_exported_whole_or_not_at_all_on_a_full_drive(stick: Path) -> None:
    desk = a_centre(stick / "data")
    desk.case(on=date(2024, 4, 3), specialist=desk.specialist())
    with full(stick):
        entered = desk.count("cases")
        with suppress(KnownError):
            for _ in range(60):
                desk.case(on=date(2024, 4, 4))
                entered += 1
        assert desk.count("cases") == entered < 61
        assert code_of(lambda: desk.close("2024-04", {"media": "no_activity"})) == (
            "database_drive_full"
        )
    desk.close("2024-04", {"media": "no_activity"})
    with full(stick):
        assert code_of(lambda: desk.export("2024-04")) == "database_drive_full"
        assert desk.count("packages") == 0
    assert desk.export("2024-04").sequence == 1 and well(desk)
    desk.leave()


@mounted
def test_headquarters_with_a_full_drive_accepts_the_package_later(
    stick: Path, centre: Desk, tmp_path: Path
) -> None:
    centre.case(on=date(2024, 4, 3), specialist=centre.specialist())
    centre.close("2024-04", {"media": "no_activity"})
    package = centre.copy(centre.export("2024-04").sequence, tmp_path / "mail")
    headquarters = a_headquarters(stick / "data")
    headquarters.trusts(centre)
    with full(stick):
        told = code_of(lambda: headquarters.receive(package))
        assert told in ("drive_full", "database_drive_full")
        assert headquarters.count("received_packages") == 0
    with full(stick, left=1_300_000):
        # Enough for the archive's file; the database may find none any more.
        try:
            headquarters.receive(package)
        except KnownError as error:
            assert error.code == "database_drive_full"
    (said,) = headquarters.receive(package)
    assert said.status in ("accepted", "already") and well(headquarters)
    assert headquarters.count("journal_entries", "kind = 'package_accepted'") == 1
    headquarters.leave()


@mounted
def test_a_package_and_a_backup_do_not_fit_a_full_stick_and_do_when_there_is_room(
    stick: Path, centre: Desk
) -> None:
    centre.close("2024-04")
    centre.export("2024-04")
    set_second_place(centre.workplace.folder, stick)
    with full(stick, left=20_000):
        assert code_of(lambda: centre.copy(1, stick)) == "drive_full"
        assert back_up(centre.workplace, centre.session).failed == {stick: "drive_full"}
        assert (
            code_of(lambda: file_writing.write_file(stick / "report.pdf", b"%PDF")) == "drive_full"
        )
        assert [one.name for one in stick.iterdir()] == ["films"]
    assert centre.copy(1, stick).read_bytes() == centre.package(1)
    done = back_up(centre.workplace, centre.session)
    assert not done.failed
    assert preview(done.written[1], stick / "x", Access(PASSWORD)).inside.centre == "astana"


@contextmanager
def files_stay_below(size: int) -> Iterator[None]:
    """No file of this process grows beyond so many bytes, or changes there: writing fails.

    Python ignores the signal that comes with it, so that each writer is told EFBIG.
    """
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def as_it_was(desk: Desk) -> tuple[object, ...]:
    """How many rows there are of all that an act here adds to."""
    tables = ("cases", "closed_months", "packages", "received_packages", "accounts", "notes")
    return tuple(desk.count(table) for table in tables)


Deed = Callable[[Desk], object]
DEEDS: dict[str, Deed] = {
    "entry": lambda desk: desk.case(on=date(2024, 5, 6)),
    "closing": lambda desk: desk.close("2024-05", {"media": "no_activity"}),
    "export": lambda desk: desk.export("2024-04"),
    "an account": lambda desk: desk.workplace.add_account(
        desk.session, name="aigul", password="another horse 34", roles=("psychologist",)
    ),
    "a password": lambda desk: desk.workplace.change_password(
        desk.session, old=PASSWORD, new=PASSWORD
    ),
    "a signing key": lambda desk: desk.workplace.replace_key(desk.session),
}


@limited
@pytest.mark.parametrize(
    ("deed", "size"),
    [("export", 60_000), *((deed, size) for deed in DEEDS for size in (0, 500, 5_000))],
)
def test_what_cannot_be_written_is_told_and_done_when_it_can(
    centre: Desk, deed: str, size: int
) -> None:
    centre.case(on=date(2024, 4, 3), specialist=centre.specialist())
    centre.close("2024-04", {"media": "no_activity"})
    before = as_it_was(centre)
    with files_stay_below(size):
        code = code_of(lambda: DEEDS[deed](centre))
    assert code in ("database_not_written", "database_drive_full", "file_not_written"), code
    assert as_it_was(centre) == before and well(centre)
    folder = centre.workplace.folder
    centre.leave()
    desk = a_desk_again(folder)
    DEEDS[deed](desk)
    assert well(desk)
    desk.leave()


@limited
@pytest.mark.parametrize("size", [0, 5_000])
def test_an_account_that_was_not_written_is_nowhere_and_made_when_it_can_be(
    centre: Desk, size: int
) -> None:
    folder = centre.workplace.folder
    with files_stay_below(size):
        code_of(lambda: DEEDS["an account"](centre))
    assert logins(folder) == ["lead"]
    # Nobody needs to say who they are where one person works.
    open_workplace(folder, password=PASSWORD, clock=centre.clock).close()
    DEEDS["an account"](centre)
    assert logins(folder) == ["lead", "aigul"]
    other = open_workplace(folder, user="aigul", password="another horse 34", clock=centre.clock)
    assert other.actor.roles == {"psychologist"}
    other.close()
    assert not list(folder.glob("keyslots.json.*"))


@limited
def test_a_password_that_was_not_written_down_is_not_set_either(centre: Desk) -> None:
    folder, new = centre.workplace.folder, "a third horse 56"
    account = str(DEEDS["an account"](centre))

    def forgotten() -> None:
        centre.workplace.reset_password(centre.session, account_id=account, new=new)

    def own() -> None:
        centre.workplace.change_password(centre.session, old=PASSWORD, new=new)

    with files_stay_below(5_000):
        code_of(forgotten)
        code_of(own)
    for user, password in (("aigul", "another horse 34"), ("lead", PASSWORD)):
        open_workplace(folder, user=user, password=password, clock=centre.clock).close()
    # As a power cut in the middle of it leaves it.
    shutil.copy2(folder / SLOTS, folder / f"{SLOTS}.before")
    forgotten()
    own()
    shutil.copy2(folder / SLOTS, folder / f"{SLOTS}.before")
    for user in ("aigul", "lead"):
        open_workplace(folder, user=user, password=new, clock=centre.clock).close()
        assert not (folder / f"{SLOTS}.before").exists()


@limited
def test_headquarters_that_cannot_write_accepts_the_package_later(
    centre: Desk, headquarters: Desk, tmp_path: Path
) -> None:
    centre.case(on=date(2024, 4, 3), specialist=centre.specialist())
    centre.close("2024-04", {"media": "no_activity"})
    package = centre.copy(centre.export("2024-04").sequence, tmp_path / "mail")
    headquarters.trusts(centre)
    for size in (0, 5_000, package.stat().st_size):
        with files_stay_below(size):
            code = code_of(lambda: headquarters.receive(package))
        assert code in ("file_not_written", "database_not_written", "database_drive_full"), code
        assert headquarters.count("received_packages") == 0 and well(headquarters)
    (said,) = headquarters.receive(package)
    assert said.status == "accepted" and well(headquarters)


@limited
def test_a_copy_and_a_backup_that_cannot_be_written_leave_nothing_behind(
    centre: Desk, tmp_path: Path
) -> None:
    centre.close("2024-04")
    centre.export("2024-04")
    place = tmp_path / "stick"
    place.mkdir()
    set_second_place(centre.workplace.folder, place)
    with files_stay_below(5_000):
        assert code_of(lambda: centre.copy(1, place)) == "file_not_written"
        assert code_of(
            lambda: make_backup(centre.workplace, centre.session, out=place / "one.backup")
        ) in ("file_not_written", "database_not_written")
        assert not list(place.iterdir())
    assert centre.copy(1, place).read_bytes() == centre.package(1)
    assert not back_up(centre.workplace, centre.session).failed


@mounted
def test_a_protected_stick_takes_nothing_and_says_so(stick: Path, centre: Desk) -> None:
    centre.close("2024-04")
    centre.export("2024-04")
    set_second_place(centre.workplace.folder, stick)
    subprocess.run(["mount", "-o", "remount,ro", stick], check=True)
    assert code_of(lambda: centre.copy(1, stick)) == "drive_read_only"
    assert back_up(centre.workplace, centre.session).failed == {stick: "drive_read_only"}
    subprocess.run(["mount", "-o", "remount,rw", stick], check=True)
    assert centre.copy(1, stick).read_bytes() == centre.package(1)


@mounted
def test_a_stick_pulled_out_loses_the_copy_alone(stick: Path, centre: Desk) -> None:
    centre.close("2024-04")
    centre.export("2024-04")
    target = stick / "Сәуір"
    target.mkdir()
    subprocess.run(["umount", "-l", stick], check=True)
    assert (
        code_of(
            lambda: packages.write_copy(
                centre.session, centre.actor, sequence=1, target=target / "one.xlsx"
            )
        )
        == "drive_gone"
    )
    assert (
        code_of(lambda: make_backup(centre.workplace, centre.session, out=target / "one.backup"))
        == "drive_gone"
    )
    target.mkdir()
    assert centre.copy(1, target).read_bytes() == centre.package(1)


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_the_folder_goes_away_while_a_package_is_copied(
    centre: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    centre.close("2024-04")
    centre.export("2024-04")
    target = tmp_path / "stick"
    target.mkdir()
    really = getattr(os, call)

    def pulled_out(*arguments: object) -> None:
        target.rename(tmp_path / "in the pocket")
        monkeypatch.undo()
        really(*arguments)

    monkeypatch.setattr(os, call, pulled_out)
    assert code_of(lambda: centre.copy(1, target)) == "drive_gone"
    (tmp_path / "in the pocket").rename(target)
    assert centre.copy(1, target).read_bytes() == centre.package(1)


@pytest.mark.parametrize("year", [1980, 2010, 2023])
def test_a_dead_battery_is_warned_of_signs_nothing_and_loses_nothing(
    centre: Desk, year: int
) -> None:
    specialist = centre.specialist()
    centre.case(on=date(2024, 4, 3), specialist=specialist)
    centre.close("2024-04", {"media": "no_activity"})
    before = centre.count("cases")
    centre.at(year, 1, 1)
    assert clock_behind(centre.session, centre.actor) is not None
    # A child born in 2015 would be refused as not born yet.
    centre.case(on=date(year, 1, 1), people=(ParticipantForm(role="wife", sex="female"),))
    assert code_of(lambda: centre.export("2024-04")) == "clock_behind"
    assert code_of(lambda: centre.workplace.replace_key(centre.session)) == "clock_behind"
    centre.at(2024, 5, 21)
    assert clock_behind(centre.session, centre.actor) is None
    assert centre.count("cases") == before + 1 and well(centre)
    assert centre.export("2024-04").sequence == 1


def test_a_clock_set_forward_and_back_holds_signatures_until_the_time_is_right(
    centre: Desk,
) -> None:
    specialist = centre.specialist()
    centre.case(on=date(2024, 4, 3), specialist=specialist)
    centre.at(2024, 8, 1)
    centre.case(on=date(2024, 7, 30), specialist=specialist)
    centre.at(2024, 5, 21)
    assert clock_behind(centre.session, centre.actor) is not None
    case = centre.case(on=date(2024, 5, 20), specialist=specialist)
    centre.visit(case, date(2024, 5, 21), specialist)
    centre.close("2024-04", {"media": "no_activity"})
    assert code_of(lambda: centre.export("2024-04")) == "clock_behind"
    assert centre.count("cases") == 3 and centre.count("consultations") == 4 and well(centre)
    centre.at(2024, 8, 2)
    assert centre.export("2024-04").sequence == 1
