"""Making a data folder, accounts, months, upkeep."""

import json
from pathlib import Path

import pytest

from pravo_desktop import __version__
from pravo_desktop.bootstrap import open_workplace
from pravo_desktop.cli.desk import language_of
from pravo_desktop.paths import default_data_folder
from tests.cli.driver import PASSWORD, SPECIALIST, Driver, couple


def test_a_new_centre_tells_the_fingerprint_to_read_out(driver: Driver) -> None:
    made = driver.centre("centre", "astana", "--station", "C")
    assert made["workplace"] == "centre"
    assert made["centre"] == "astana"
    assert made["station_letter"] == "C"
    assert made["practice"] is True
    assert made["fingerprint_groups"].replace(" ", "") == made["fingerprint"]
    assert (driver.home / "centre.txt").exists()


def test_without_data_the_platforms_own_folder_is_used(driver: Driver) -> None:
    password, sheet = driver.home / "password", driver.home / "sheet.txt"
    options = ("--centre", "astana", "--practice", "--recovery-sheet", sheet)
    made = driver.run("--password-file", password, "init", "--workplace", "centre", *options)
    assert made.status == 0
    assert (default_data_folder() / "pravo.db").exists()


@pytest.mark.parametrize(
    ("kept", "opens"),
    [
        (PASSWORD, True),
        (PASSWORD + "\n", True),
        (PASSWORD + "\r\n", True),
        (PASSWORD + "\n\n", False),
        (PASSWORD + " ", False),
        (PASSWORD + "\r", False),
    ],
)
def test_exactly_one_newline_of_the_password_file_is_no_part_of_it(
    driver: Driver, kept: str, opens: bool
) -> None:
    driver.centre()
    (driver.home / "password").write_bytes(kept.encode())
    asked = driver.at("centre", "account", "list")
    assert (asked.status == 0) is opens
    if not opens:
        assert asked.json["code"] == "wrong_password"


def test_without_a_password_and_a_terminal_it_is_asked_for_by_code(driver: Driver) -> None:
    driver.centre()
    asked = driver.run("--data", driver.home / "centre", "--json", "account", "list")
    assert (asked.status, asked.json["code"]) == (1, "password_needed")


def test_with_a_second_account_the_user_must_be_named(driver: Driver) -> None:
    driver.centre()
    done = driver.apply("centre", SPECIALIST)
    staff = done.lines[0]["result"]
    second = driver.home / "second"
    second.write_text("another horse 34\n")
    options = ("--role", "psychologist", "--new-password-file", second, "--staff", staff)
    added = driver.at("centre", "account", "add", "aigul", *options)
    assert added.status == 0
    assert added.json["staff_id"] == staff
    assert driver.at("centre", "account", "list").json["code"] == "user_needed"
    listed = driver.at("centre", "--user", "lead", "account", "list")
    assert [(one["name"], one["staff_id"]) for one in listed.json] == [
        ("lead", None),
        ("aigul", staff),
    ]
    assert "certificate" not in listed.json[0]
    file = driver.home / "lines.jsonl"
    line = couple()
    line["args"]["consultation"].pop("specialist_id")
    file.write_text(json.dumps(line))
    signed_in = ("--data", driver.home / "centre", "--user", "aigul", "--password-file", second)
    assert driver.run(*signed_in, "apply", file).status == 0
    refused = driver.run(*signed_in, "--json", "month", "close", "--month", "2024-05")
    assert (refused.status, refused.json["code"]) == (1, "not_allowed")


def test_an_account_of_an_unknown_specialist_is_not_made(driver: Driver) -> None:
    driver.centre()
    options = ("--role", "psychologist", "--new-password-file", driver.home / "password")
    refused = driver.at("centre", "account", "add", "aigul", *options, "--staff", "x")
    assert (refused.status, refused.json["code"]) == (1, "specialist_unknown")
    assert len(driver.at("centre", "account", "list").json) == 1


def test_a_month_is_closed_with_its_zeros_and_opened_again(driver: Driver) -> None:
    driver.centre()
    driver.couple()
    zeros = ("--zero", "media=no_activity", "--zero", "campaign=күн жоқ = жоқ")
    closed = driver.at("centre", "month", "close", "--month", "2024-05", *zeros)
    assert closed.status == 0
    assert "services" in closed.json["reported"]
    assert closed.json["zero"] == ["campaign", "media"]
    again = driver.at("centre", "month", "close", "--month", "2024-05")
    assert (again.status, again.json["code"]) == (1, "month_already_closed")
    assert driver.at("centre", "month", "reopen", "--month", "2024-05").status == 0
    not_closed = driver.at("centre", "package", "export", "--month", "2024-05")
    assert (not_closed.status, not_closed.json["code"]) == (1, "month_not_closed")


def test_a_known_error_has_its_code_on_stdout_and_its_message_on_stderr(driver: Driver) -> None:
    password = ("--password-file", driver.home / "password")
    place = ("--data", driver.home / "nothing", *password)
    told = driver.run(*place, "--lang", "kk", "--json", "state-hash")
    assert told.status == 1
    assert told.json == {
        "code": "not_initialised",
        "message": told.err.strip(),
        "folder": "nothing",
    }
    plain = driver.run(*place, "--lang", "ru", "state-hash")
    assert (plain.status, plain.out) == (1, "")
    assert plain.err != told.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("fly",),
        ("month", "close"),
        ("package",),
        ("--data",),
        ("--lang", "fr", "state-hash"),
        ("month", "close", "--month", "2024-05", "--zero", "media"),
        ("package", "export", "--month", "2024-05", "--through", "31.05.2024"),
        ("report", "--format", "json", "--out", "x", "--year", "2024", "--from", "2024-01-01"),
        ("report", "--format", "doc", "--out", "x", "--year", "2024"),
    ],
)
def test_a_mistyped_command_is_a_usage_error(driver: Driver, arguments: tuple[str, ...]) -> None:
    told = driver.run(*arguments)
    assert told.status == 2
    assert told.out == ""
    assert told.err


def test_help_is_in_the_language_asked_for(driver: Driver) -> None:
    told = driver.run("--lang", "en", "package", "import", "--help")
    assert told.status == 0
    assert "Judge only" in told.out


def test_a_mistake_of_the_program_is_reported_without_personal_data(driver: Driver) -> None:
    driver.centre()
    case = driver.couple().lines[1]["result"]["case_id"]
    workplace = open_workplace(driver.home / "centre", password=PASSWORD)
    session = workplace.session()
    session.execute("UPDATE consultations SET held_on = 'Құпи-ян-ов'")
    session.close()
    workplace.close()
    change = {"use_case": "change_case", "args": {"case_id": case, "kind": "divorced"}}
    crashed = driver.apply("centre", change)
    assert (crashed.status, crashed.out) == (3, "")
    (report,) = reports()
    assert str(report) in crashed.err
    text = report.read_text(encoding="utf-8")
    assert text.startswith(f"Pravo Desktop {__version__}\n")
    assert "builtins.ValueError\n" in text
    assert "pravo_desktop.usecases.cases:" in text
    assert "Құпи" not in text + crashed.err
    assert str(driver.home) not in text


DATABASE_CHECKS = ["pages", "foreign_keys", "history", "history_kept", "version"]


def reports() -> list[Path]:
    return sorted(Path.home().rglob("crash-*.txt"))


def test_the_doctor_finds_a_history_that_was_changed(driver: Driver) -> None:
    driver.centre()
    driver.couple()
    healthy = driver.at("centre", "doctor")
    assert healthy.status == 0
    assert [one["check"] for one in healthy.json if one["well"]][:5] == DATABASE_CHECKS
    workplace = open_workplace(driver.home / "centre", password=PASSWORD)
    session = workplace.session()
    session.execute("UPDATE audit_entries SET actor = 'x' WHERE number = 3")
    session.close()
    workplace.close()
    ill = driver.at("centre", "doctor")
    assert ill.status == 1
    found = {one["check"]: one["found"] for one in ill.json if not one["well"]}
    assert {one: found[one] for one in DATABASE_CHECKS if one in found} == {"history": ["3"]}


def test_the_doctor_tells_of_the_backups_too_as_in_the_window(driver: Driver) -> None:
    driver.centre()
    alone = driver.at("centre", "doctor")
    found = {one["check"]: one["found"] for one in alone.json}
    assert [*found] == [*DATABASE_CHECKS, "backup", "second_place", "room", "clock"]
    assert (found["backup"], found["second_place"]) == (["overdue"], ["no_second_place"])
    assert alone.status == 0
    stick = driver.home / "stick"
    stick.mkdir()
    driver.at("centre", "backup-place", stick)
    driver.at("centre", "backup")
    assert all(one["well"] for one in driver.at("centre", "doctor").json)


def test_the_doctor_finds_a_damaged_page(driver: Driver) -> None:
    """A page that signing in does not need; where it does, the database does not open at all."""
    driver.centre()
    driver.couple()
    file = driver.home / "centre" / "pravo.db"
    whole = file.read_bytes()
    found = []
    for place in range(len(whole) - 2000, 0, -4096):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        ill = driver.at("centre", "doctor")
        assert ill.status == 1
        found = ill.json
        if isinstance(found, list):
            break
        assert found["code"] == "database_unreadable"
    checks = {one["check"]: one["well"] for one in found}
    assert checks == {"pages": False, "backup": False, "second_place": False, "room": True}


def test_a_backup_holds_no_readable_name_and_is_restored_as_a_new_station(driver: Driver) -> None:
    made = driver.centre()
    line = couple()
    line["args"]["participants"][1] |= {"consent": "given", "surname": "Құпияқызы"}
    assert driver.apply("centre", SPECIALIST, line).status == 0
    first = driver.package()
    assert first["complete"] is False
    backup = driver.home / "folder.backup"
    assert driver.at("centre", "backup", "--out", backup).status == 0
    assert "Құпия".encode() not in backup.read_bytes()

    restored = driver.at("again", "restore", backup)
    assert restored.status == 0
    assert restored.json["epoch"] == 2
    assert restored.json["station_letter"] == "B"
    assert restored.json["replaces"] == [made["station"]]
    assert not list(driver.home.glob(".again*"))

    sent = driver.at("again", "package", "export", "--month", "2024-05", "--out", driver.home).json
    assert sent["complete"] is True
    assert sent["rows"] == first["rows"]
    (facts,) = driver.run("--json", "package", "verify", sent["file"]).json
    assert (facts["epoch"], facts["station"]) == (2, restored.json["station"])
    number = driver.apply("again", SPECIALIST, couple("2024-06-02")).lines[1]["result"]["number"]
    assert number == "AST-B-2024-00001"


def test_a_damaged_backup_leaves_no_folder_behind(driver: Driver) -> None:
    driver.centre()
    backup = driver.home / "folder.backup"
    driver.at("centre", "backup", "--out", backup)
    data = bytearray(backup.read_bytes())
    data[len(data) // 2] ^= 1
    backup.write_bytes(data)
    refused = driver.at("again", "restore", backup)
    assert (refused.status, refused.json["code"]) == (1, "backup_unreadable")
    assert not list(driver.home.glob("*again*"))
    into = driver.at("centre", "restore", backup)
    assert (into.status, into.json["code"]) == (1, "folder_not_empty")
    wrong = driver.at("again", "restore", driver.home / "password")
    assert (wrong.status, wrong.json["code"]) == (1, "backup_unreadable")


@pytest.mark.parametrize("before", [(), ("--data", "x"), ("--json",)])
def test_the_version_is_told_wherever_it_is_asked(driver: Driver, before: tuple[str, ...]) -> None:
    told = driver.run(*before, "--version")
    assert (told.status, told.out) == (0, f"Pravo Desktop {__version__}\n")


@pytest.mark.parametrize(
    ("typed", "environment", "language"),
    [
        (["--lang", "en", "doctor"], {"LANG": "kk_KZ.UTF-8"}, "en"),
        (["--lang=kk", "doctor"], {}, "kk"),
        (["--data", "--lang", "doctor"], {}, "ru"),
        (["report", "--lang", "kk"], {}, "ru"),
        (["doctor"], {"LANG": "kk_KZ.UTF-8"}, "kk"),
        (["doctor"], {"LC_ALL": "C", "LANG": "kk_KZ.UTF-8"}, "ru"),
        (["doctor"], {"LANG": "en_US.UTF-8"}, "ru"),
    ],
)
def test_messages_are_in_the_language_asked_for_or_the_environments(
    typed: list[str], environment: dict[str, str], language: str
) -> None:
    assert language_of(typed, environment) == language


def test_what_was_sent_after_the_backup_is_withdrawn_by_the_restored_station(
    driver: Driver,
) -> None:
    key = driver.centre()["fingerprint"]
    driver.headquarters()
    driver.headquarters("fresh")
    for folder in ("hq", "fresh"):
        driver.at(folder, "trust", "add", key, "--centre", "astana")
    driver.couple()
    backup = driver.home / "folder.backup"
    driver.at("centre", "backup", "--out", backup)
    driver.couple(day="2024-05-20")
    lost = driver.package()
    assert driver.at("hq", "package", "import", lost["file"]).status == 0

    restored = driver.at("again", "restore", backup, "--station", "D").json
    workplace = open_workplace(driver.home / "again", password=PASSWORD)
    session = workplace.session()
    stamps = session.all("SELECT DISTINCT epoch, station FROM consultations")
    session.close()
    workplace.close()
    assert stamps == [{"epoch": 2, "station": restored["station"]}]

    found = driver.package("again")
    assert found["rows"] < lost["rows"]
    assert driver.at("hq", "package", "import", found["file"]).json[0]["status"] == "accepted"
    assert driver.at("fresh", "package", "import", found["file"]).status == 0
    assert driver.at("hq", "state-hash").out == driver.at("fresh", "state-hash").out
    standing = {
        one["station_letter"]: one["status"] for one in driver.at("hq", "package", "list").json
    }
    assert standing == {"A": "superseded", "D": "accepted"}


def test_a_restored_headquarters_has_the_same_state_and_can_replay_it(driver: Driver) -> None:
    key = driver.centre()["fingerprint"]
    driver.headquarters()
    driver.at("hq", "trust", "add", key, "--centre", "astana")
    driver.couple()
    driver.at("hq", "package", "import", driver.package()["file"])
    state = driver.at("hq", "state-hash").json["state_hash"]
    made = driver.at("hq", "backup", "--out", driver.home)
    assert Path(made.json["file"]).name == "pravo-national-A-2024-06-03.backup"
    assert driver.at("again", "restore", made.json["file"]).status == 0
    assert driver.at("again", "replay", "--check").json == {"state_hash": state, "check": True}
