"""Backups, restoring, salvaging and own rows from the command line."""

from pravo_desktop.data_folder import claimed
from tests.cli.driver import PASSWORD, Driver


def test_a_backup_goes_to_its_places_and_is_listed(driver: Driver) -> None:
    driver.centre()
    second = driver.home / "екінші орын"
    second.mkdir()
    chosen = driver.at("centre", "backup-place", second)
    assert (chosen.status, chosen.json["network"]) == (0, False)
    made = driver.at("centre", "backup").json
    assert len(made["files"]) == 2 and made["failed"] == []
    listed = driver.at("centre", "backups").json
    assert sorted(one["file"] for one in listed) == sorted(made["files"])
    second.rename(driver.home / "away")
    missing = driver.at("centre", "backup")
    assert missing.status == 0
    assert [one["code"] for one in missing.json["failed"]] == ["drive_gone"]


def test_a_backup_is_looked_into_and_restored_in_the_place_of_the_present(driver: Driver) -> None:
    driver.centre()
    backup = driver.at("centre", "backup").json["file"]
    driver.couple()
    seen = driver.at("centre", "restore", backup, "--preview").json
    assert seen["counts"] == {} and seen["lost"]["cases"] == 1 and seen["present_readable"]
    assert driver.at("centre", "restore", backup).json["code"] == "folder_not_empty"
    done = driver.at("centre", "restore", backup, "--instead").json
    assert (done["epoch"], done["station_letter"]) == (2, "B")
    assert list((driver.home / "centre").glob("replaced-*/pravo.db"))


def test_a_forgotten_password_is_replaced_with_the_recovery_sheet(driver: Driver) -> None:
    driver.centre()
    backup = driver.at("centre", "backup").json["file"]
    sheet = (driver.home / "centre.txt").read_text()
    code = driver.home / "code"
    code.write_text(next(line for line in sheet.splitlines() if line.count("-") > 3))
    (driver.home / "password").write_text("quite another horse 7\n")
    sheets = ("--sheet-file", code, "--next-sheet", driver.home / "next.txt")
    assert driver.at("again", "restore", backup, *sheets).status == 0
    assert "-" in (driver.home / "next.txt").read_text()
    assert driver.at("again", "doctor").status == 0
    (driver.home / "password").write_text(PASSWORD)
    assert driver.at("again", "doctor").json["code"] == "wrong_password"


def test_rows_come_back_from_own_packages_and_the_rest_is_listed(driver: Driver) -> None:
    driver.centre()
    backup = driver.at("centre", "backup").json["file"]
    driver.couple()
    file = driver.package()["file"]
    driver.at("again", "restore", backup)
    taken = driver.at("again", "own-rows", "take", file)
    assert taken.status == 0 and taken.json["added"] > 3
    missing = driver.at("again", "own-rows", "to-complete").json
    assert {one["missing"] for one in missing} == {"name"}


def test_a_folder_that_is_open_elsewhere_is_refused_by_name(driver: Driver) -> None:
    driver.centre()
    with claimed(driver.home / "centre"):
        assert driver.at("centre", "doctor").json["code"] == "folder_in_use"
    assert driver.at("centre", "doctor").status == 0


def test_what_a_damaged_database_still_holds_is_saved(driver: Driver) -> None:
    driver.centre()
    driver.couple()
    saved = driver.at("centre", "salvage")
    assert saved.status == 0 and all(one["whole"] for one in saved.json)
    assert driver.at("centre", "doctor").status == 0
