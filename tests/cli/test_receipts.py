"""Receipts from the command line: made at headquarters, taken over at a centre."""

from tests.cli.driver import Driver


def test_a_receipt_goes_from_headquarters_to_the_centre(driver: Driver) -> None:
    centre = driver.centre()
    headquarters = driver.headquarters()
    driver.couple()
    package = driver.package()
    fingerprint = centre["fingerprint"]
    assert driver.at("hq", "trust", "add", fingerprint, "--centre", "astana").status == 0
    assert driver.at("hq", "package", "import", package["file"]).status == 0

    made = driver.at("hq", "receipt", "make", "--centre", "astana", "--out", driver.home)
    assert made.status == 0, made
    assert (made.json["number"], made.json["packages"]) == (1, 1)
    assert [one["number"] for one in driver.at("hq", "receipt", "list").json] == [1]

    file = made.json["file"]
    first = driver.at("centre", "receipt", "import", file)
    assert (first.status, first.json["code"]) == (1, "signer_unknown")
    compared = ("--compared", headquarters["fingerprint"])
    looked = driver.at("centre", "receipt", "import", file, "--dry-run", *compared)
    assert looked.json["status"] == "new"
    taken = driver.at("centre", "receipt", "import", file, *compared)
    assert taken.json["packages"][0]["status"] == "accepted"
    again = driver.at("centre", "receipt", "import", file)
    assert (again.status, again.json["status"]) == (0, "already")
