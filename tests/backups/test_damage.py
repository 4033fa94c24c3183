"""A damaged database: found, and saved as far as it can be read."""

import os
from datetime import date
from pathlib import Path

import pytest

from pravo_desktop.backups.damage import damage, newest_good_backup, salvage_workplace
from pravo_desktop.backups.keeping import back_up, backups_of, set_second_place
from pravo_desktop.bootstrap import open_with_sheet, open_workplace
from pravo_desktop.data_folder import DATABASE, SLOTS
from pravo_desktop.errors import KnownError
from tests.usecases.factories import PASSWORD, Desk, a_centre


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A centre's closed folder with sixty cases and a backup."""
    desk = a_centre(tmp_path / "centre")
    specialist = desk.specialist()
    for day in range(1, 61):
        desk.case(on=date(2024, 4, 1 + day % 28), specialist=specialist)
    back_up(desk.workplace, desk.session)
    desk.session.value("PRAGMA wal_checkpoint(TRUNCATE)")
    desk.leave()
    return tmp_path / "centre"


def spoil(folder: Path, *places: int) -> bytes:
    file = folder / DATABASE
    data = bytearray(file.read_bytes())
    for place in places:
        data[place] ^= 1
    file.write_bytes(data)
    return bytes(data)


def test_a_whole_database_is_whole(folder: Path) -> None:
    assert damage(folder, user="lead", password=PASSWORD) == []


def test_a_wrong_header_and_a_cut_file_are_found_and_the_newest_backup_is_named(
    folder: Path,
) -> None:
    whole = (folder / DATABASE).read_bytes()
    newest = newest_good_backup(folder)
    assert newest is not None and newest.head.centre == "astana"
    for broken in (b"\0" * 4096 + whole[4096:], whole[: len(whole) // 2]):
        (folder / DATABASE).write_bytes(broken)
        assert damage(folder, user="lead", password=PASSWORD)
    (folder / DATABASE).write_bytes(b"\0" * 4096 + whole[4096:])
    with pytest.raises(KnownError, match="nothing_to_salvage"):
        salvage_workplace(folder, user="lead", password=PASSWORD)


def test_a_database_that_a_power_cut_left_empty_is_told_as_damage_and_is_left_alone(
    folder: Path,
) -> None:
    newest = newest_good_backup(folder)
    (folder / DATABASE).write_bytes(b"")
    with pytest.raises(KnownError, match="database_unreadable"):
        open_workplace(folder, password=PASSWORD)
    assert (folder / DATABASE).read_bytes() == b""
    assert damage(folder, user="lead", password=PASSWORD)
    assert newest_good_backup(folder) == newest


def test_a_database_cut_while_it_is_open_makes_no_backup_and_is_told_as_damage(
    folder: Path, tmp_path: Path
) -> None:
    older = {one.path: one.path.read_bytes() for one in backups_of(folder)}
    (tmp_path / "second").mkdir()
    set_second_place(folder, tmp_path / "second")
    workplace = open_workplace(folder, password=PASSWORD)
    session = workplace.session()
    os.truncate(folder / DATABASE, (folder / DATABASE).stat().st_size - 3 * 4096)
    with pytest.raises(KnownError, match="database_unreadable"):
        back_up(workplace, session)
    workplace.close()
    assert {one.path: one.path.read_bytes() for one in backups_of(folder)} == older
    assert list((tmp_path / "second").iterdir()) == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (DATABASE, "database_unreadable"),
        (f"{DATABASE}-shm", "database_unreadable"),
        (f"{DATABASE}-wal", "database_unreadable"),
        (SLOTS, "key_slots_damaged"),
    ],
)
def test_a_folder_in_the_place_of_a_file_is_told_as_damage(
    folder: Path, name: str, code: str
) -> None:
    (folder / name).unlink(missing_ok=True)
    (folder / name).mkdir()
    with pytest.raises(KnownError, match=code):
        open_workplace(folder, password=PASSWORD)
    assert newest_good_backup(folder) is not None
    assert (folder / name).is_dir()


def test_a_folder_in_the_place_of_the_database_is_nothing_to_salvage(folder: Path) -> None:
    (folder / DATABASE).unlink()
    (folder / DATABASE).mkdir()
    with pytest.raises(KnownError, match="nothing_to_salvage"):
        salvage_workplace(folder, user="lead", password=PASSWORD)


def test_who_signs_in_with_the_recovery_sheet_is_told_of_damage_too(tmp_path: Path) -> None:
    desk = a_centre(tmp_path / "centre")
    sheet = tmp_path / "sheet.txt"
    desk.workplace.reissue_recovery_sheet(desk.session, target=sheet)
    code = next(line.strip() for line in sheet.read_text().splitlines() if line.count("-") > 3)
    page = desk.session.value("SELECT rootpage FROM sqlite_master WHERE name = 'installation'")
    desk.session.value("PRAGMA wal_checkpoint(TRUNCATE)")
    desk.leave()
    spoil(desk.workplace.folder, (page - 1) * 4096 + 100)
    with pytest.raises(KnownError, match="database_unreadable"):
        open_with_sheet(
            desk.workplace.folder, code=code, user="lead", new_password="quite another horse 7"
        )
    with pytest.raises(KnownError, match="database_unreadable"):
        open_workplace(desk.workplace.folder, password=PASSWORD)


def test_what_can_be_read_is_saved_and_what_is_missing_is_named(folder: Path) -> None:
    size = (folder / DATABASE).stat().st_size
    for page in range(size // 4096 - 60, size // 4096 - 40):
        spoil(folder, page * 4096 + 100)
    before = (folder / DATABASE).read_bytes()
    assert damage(folder, user="lead", password=PASSWORD)
    saved = {one.table: one for one in salvage_workplace(folder, user="lead", password=PASSWORD)}
    lost = {one.table for one in saved.values() if not one.whole}
    assert lost and saved["accounts"].rows == 1
    (aside,) = folder.glob("damaged-*")
    assert (aside / DATABASE).read_bytes() == before
    assert damage(folder, user="lead", password=PASSWORD) == []
    workplace = open_workplace(folder, password=PASSWORD)
    session = workplace.session()
    assert session.installation.epoch == 2
    assert session.value("SELECT count(*) FROM cases") == saved["cases"].rows
    session.close()
    workplace.close()


def test_damage_anywhere_is_told_as_damage_and_cases_are_found_again(folder: Path) -> None:
    roots = {}
    workplace = open_workplace(folder, password=PASSWORD)
    session = workplace.session()
    for row in session.all("SELECT name, rootpage FROM sqlite_master WHERE rootpage"):
        roots[row["name"]] = row["rootpage"]
    session.close()
    workplace.close()
    whole = (folder / DATABASE).read_bytes()
    for table in ("installation", "accounts", "alembic_version"):
        (folder / DATABASE).write_bytes(whole)
        spoil(folder, (roots[table] - 1) * 4096 + 100)
        with pytest.raises(KnownError, match="database_unreadable"):
            open_workplace(folder, password=PASSWORD)
    (folder / DATABASE).write_bytes(whole)
    spoil(folder, (roots["case_index"] - 1) * 4096 + 100)
    steps: list[str] = []
    salvage_workplace(
        folder,
        user="lead",
        password=PASSWORD,
        progress=lambda step, done, total: steps.append(step),
    )
    assert "case_index" in steps
    workplace = open_workplace(folder, password=PASSWORD)
    session = workplace.session()
    assert session.value("SELECT count(*) FROM case_index") == 60
    session.close()
    workplace.close()


def test_salvaging_a_whole_database_loses_nothing(folder: Path) -> None:
    saved = {one.table: one for one in salvage_workplace(folder, user="lead", password=PASSWORD)}
    assert all(one.whole for one in saved.values())
    assert saved["cases"].rows == 60 and saved["consultations"].rows == 60


def test_the_desk_works_on_after_a_salvage(folder: Path) -> None:
    salvage_workplace(folder, user="lead", password=PASSWORD)
    workplace = open_workplace(folder, password=PASSWORD)
    desk = Desk(workplace, workplace.session(), workplace.clock)  # type: ignore[arg-type]
    desk.case(on=date(2024, 4, 2), specialist=desk.specialist())
    assert desk.count("cases") == 61
    desk.leave()
