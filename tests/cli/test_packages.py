"""From a centre's folder to headquarters' state, by commands alone."""

from pathlib import Path
from typing import Any

import pytest

from pravo_desktop.bootstrap import open_workplace
from tests.cli.driver import PASSWORD, Driver

EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
"""SHA-256 of nothing."""


@pytest.fixture
def sent(driver: Driver) -> Any:
    """A month of a centre, and headquarters that trusts it; what `package export` said."""
    made = driver.centre()
    driver.couple()
    driver.headquarters()
    options = ("trust", "add", made["fingerprint_groups"].lower(), "--centre", "astana")
    assert driver.at("hq", *options).json == {
        "fingerprint": made["fingerprint"],
        "centre": "astana",
    }
    return driver.package()


def test_a_month_travels_from_the_centre_into_the_state(driver: Driver, sent: Any) -> None:
    assert (sent["sequence"], sent["month"], sent["rows"]) == (1, "2024-05", 7)
    (checked,) = driver.run("--json", "package", "verify", sent["file"]).json
    assert checked["valid"] is True
    assert checked["sha256"] == sent["sha256"]

    (rehearsed,) = driver.at("hq", "package", "import", sent["file"], "--dry-run").json
    assert rehearsed["status"] == "accepted"
    assert driver.at("hq", "state-hash").json == {"state_hash": EMPTY}

    accepted = driver.at("hq", "package", "import", sent["file"], "--received", "2024-06-02")
    assert accepted.status == 0
    (row,) = accepted.json
    assert row["status"] == "accepted"
    assert row["code"] is None
    assert (row["package_id"], row["centre"], row["month"], row["late"]) == (
        1,
        "astana",
        "2024-05",
        False,
    )
    state = driver.at("hq", "state-hash").json["state_hash"]
    assert state != EMPTY
    again = driver.at("hq", "package", "import", sent["file"])
    assert (again.status, again.json[0]["status"]) == (0, "already")
    (listed,) = driver.at("hq", "package", "list").json
    assert (listed["received_on"], listed["status"]) == ("2024-06-02", "accepted")
    assert driver.at("hq", "replay", "--check").json == {"state_hash": state, "check": True}

    undone = driver.at("hq", "package", "undo", sent["sha256"][:8])
    assert undone.json == {"package_id": 1, "state_hash": EMPTY}
    assert driver.at("hq", "package", "undo", "1").json["code"] == "package_not_accepted"


def test_the_report_is_written_in_the_language_of_the_command(driver: Driver, sent: Any) -> None:
    driver.at("hq", "package", "import", sent["file"])
    out = driver.home / "report.json"
    options = ("--year", "2024", "--lang", "ru", "--format", "json", "--out", out)
    made = driver.at("hq", "--lang", "kk", "report", *options)
    assert made.status == 0
    assert made.json["language"] == "ru"
    assert made.json["bytes"] == out.stat().st_size
    elsewhere = driver.home / "no such folder" / "report.json"
    refused = driver.at("hq", "report", *options[:-1], elsewhere)
    assert (refused.status, refused.json["code"]) == (1, "file_not_written")


def test_an_unknown_key_is_untrusted_until_somebody_trusts_it(driver: Driver) -> None:
    made = driver.centre()
    driver.couple()
    driver.headquarters()
    file = driver.package()["file"]
    refused = driver.at("hq", "package", "import", file)
    assert refused.status == 1
    (row,) = refused.json
    assert row["status"] == "untrusted"
    assert row["fingerprint"] == made["fingerprint"]
    assert row["message"]
    driver.at("hq", "trust", "add", made["fingerprint"], "--centre", "astana")
    assert driver.at("hq", "package", "import", file).status == 0


def test_after_a_key_is_revoked_what_was_accepted_stays(driver: Driver, sent: Any) -> None:
    driver.at("hq", "package", "import", sent["file"])
    state = driver.at("hq", "state-hash").out
    key = next(one for one in driver.at("hq", "trust", "list").json if one["centre"] == "astana")
    assert driver.at("hq", "trust", "revoke", key["fingerprint"]).status == 0
    driver.apply("centre", {"use_case": "save_staff_member", "args": couple_worker()})
    amended = driver.at(
        "centre", "package", "export", "--month", "2024-05", "--amendment", "--out", driver.home
    ).json
    late = driver.at("hq", "package", "import", amended["file"])
    assert (late.status, late.json[0]["code"]) == (1, "key_revoked")
    assert driver.at("hq", "state-hash").out == state


def couple_worker() -> dict[str, str]:
    return {"profession": "lawyer", "employed_from": "2024-02-01"}


def test_a_bad_file_stops_nobody(driver: Driver, sent: Any) -> None:
    inbox = driver.home / "inbox"
    inbox.mkdir()
    good = Path(sent["file"])
    (inbox / "b.xlsx").write_bytes(good.read_bytes())
    (inbox / "a.xlsx").write_bytes(good.read_bytes()[:-30])
    done = driver.at("hq", "package", "import", inbox)
    assert done.status == 1
    assert [(one["file"], one["status"]) for one in done.json] == [
        ("a.xlsx", "refused"),
        ("b.xlsx", "accepted"),
    ]
    assert done.json[0]["code"]
    checked = driver.run("--json", "package", "verify", inbox / "a.xlsx", inbox / "b.xlsx")
    assert checked.status == 1
    assert [one["valid"] for one in checked.json] == [False, True]


def test_a_real_headquarters_refuses_a_practice_package(
    driver: Driver, sent: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.headquarters("real", practice=False)
    refused = driver.at("real", "package", "import", sent["file"])
    assert refused.status == 1
    assert (refused.json[0]["status"], refused.json[0]["code"]) == ("refused", "practice_package")


def test_a_package_is_written_again_byte_for_byte(driver: Driver, sent: Any) -> None:
    copy = driver.home / "copy.xlsx"
    assert driver.at("centre", "package", "copy", 1, "--out", copy).status == 0
    assert copy.read_bytes() == Path(sent["file"]).read_bytes()
    (listed,) = driver.at("centre", "package", "list").json
    assert listed["sha256"] == sent["sha256"]


def test_nothing_is_exported_into_a_folder_that_is_not_there(driver: Driver) -> None:
    driver.centre()
    driver.couple()
    driver.at("centre", "month", "close", "--month", "2024-05")
    out = driver.home / "absent" / "package.xlsx"
    refused = driver.at("centre", "package", "export", "--month", "2024-05", "--out", out)
    assert (refused.status, refused.json["code"]) == (1, "file_not_written")
    assert driver.at("centre", "package", "list").json == []


def test_a_month_under_way_leaves_with_its_last_day(driver: Driver) -> None:
    driver.centre()
    driver.couple(day="2024-06-02")
    options = ("--month", "2024-06", "--through", "2024-06-02", "--out", driver.home)
    made = driver.at("centre", "package", "export", *options)
    assert (made.status, made.json["through"]) == (0, "2024-06-02")


def test_after_an_undo_by_command_the_state_is_kept_and_need_not_be_computed(
    driver: Driver, sent: Any
) -> None:
    driver.at("hq", "package", "import", sent["file"], "--received", "2024-06-02")
    assert kept_states(driver.home / "hq") != [EMPTY]
    assert driver.at("hq", "package", "undo", "1").status == 0
    assert kept_states(driver.home / "hq") == [EMPTY]


def kept_states(folder: Path) -> list[str]:
    """The state hash where it is kept since the last merge; a merge throws it away."""
    workplace = open_workplace(folder, password=PASSWORD)
    session = workplace.session()
    try:
        return [one for (one,) in session.rows("SELECT hash FROM merged_state")]
    finally:
        session.close()
        workplace.close()
