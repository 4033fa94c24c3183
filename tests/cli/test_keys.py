"""From the command line: packages sealed after a receipt, the lead's key in a file, replaced."""

from pathlib import Path

from tests.cli.driver import Driver


def test_after_a_receipt_a_package_is_copied_sealed_or_plain(driver: Driver) -> None:
    centre, headquarters = driver.centre(), driver.headquarters()
    driver.at("hq", "trust", "add", centre["fingerprint"], "--centre", "astana")
    driver.couple()
    plain = driver.package()
    made = driver.at("hq", "receipt", "make", "--centre", "astana", "--out", driver.home)
    compared = ("--compared", headquarters["fingerprint"])
    assert driver.at("centre", "receipt", "import", made.json["file"], *compared).status == 0

    sealed = Path(driver.at("centre", "package", "copy", 1, "--out", driver.home).json["file"])
    again = driver.at("centre", "package", "copy", 1, "--plain", "--out", driver.home)

    assert (sealed.suffix, Path(again.json["file"]).suffix) == (".pravo", ".xlsx")
    verified = driver.run("--json", "package", "verify", sealed)
    assert (verified.status, verified.json[0]["code"]) == (1, "package_sealed")
    (said,) = driver.at("hq", "package", "import", sealed).json
    assert (said["status"], said["sha256"]) == ("accepted", plain["sha256"])


def test_a_key_goes_into_a_file_is_replaced_and_revoked(driver: Driver) -> None:
    centre = driver.centre()
    driver.headquarters()
    driver.at("hq", "trust", "add", centre["fingerprint"], "--centre", "astana")
    (driver.home / "word").write_text("keep this apart 12\n")
    word = ("--key-password-file", driver.home / "word")
    written = driver.at("centre", "key", "export", *word, "--out", driver.home)
    assert written.json["fingerprint"] == centre["fingerprint"]

    replaced = driver.at("centre", "key", "replace", "--out", driver.home)
    new = replaced.json["new_fingerprint"]
    assert driver.at("hq", "trust", "statement", replaced.json["file"]).json["status"] == "new"
    listed = {one["fingerprint"]: one["stated_by"] for one in driver.at("hq", "trust", "list").json}
    assert listed[new] == centre["fingerprint"]

    assert driver.at("centre", "key", "import", written.json["file"], *word).json["code"] == (
        "key_revoked"
    )
    old = driver.at(
        "centre", "key", "revoke", "--replaced", centre["fingerprint"], "--out", driver.home
    )
    assert driver.at("hq", "trust", "statement", old.json["file"]).json["kind"] == "revocation"
    listed = {
        one["fingerprint"]: one["revoked_at"] for one in driver.at("hq", "trust", "list").json
    }
    assert [bool(listed[one]) for one in (centre["fingerprint"], new)] == [True, False]
    revoked = driver.at("centre", "key", "revoke", "--out", driver.home)
    assert (revoked.json["kind"], revoked.json["fingerprint"]) == ("revocation", new)
    assert driver.at("hq", "trust", "statement", revoked.json["file"]).status == 0
    assert len(driver.at("centre", "key", "list").json) == 2
