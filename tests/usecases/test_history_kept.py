"""A history rewritten as a whole is found out by what left before: packages and backups."""

import json
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from db.audit import GENESIS, broken_entry, entry_hash
from db.session import Session
from pravo_desktop.backups.keeping import back_up, kept_heads, set_second_place
from pravo_desktop.usecases.received import waiting_packages
from pravo_desktop.usecases.upkeep import examine
from tests.usecases.factories import Desk

APRIL = date(2024, 4, 9)


def rewritten(session: Session, number: int, actor: str) -> None:
    """Somebody with the database key changes an entry and every hash after it."""
    session.execute("UPDATE audit_entries SET actor = ? WHERE number = ?", (actor, number))
    previous = GENESIS
    for row in session.all("SELECT * FROM audit_entries ORDER BY number"):
        digest = entry_hash(
            previous,
            row["number"],
            row["at"],
            row["actor"],
            row["action"],
            row["table_name"],
            row["record_id"],
            row["commitment"],
        )
        session.execute(
            "UPDATE audit_entries SET previous_hash = ?, hash = ? WHERE number = ?",
            (previous, digest, row["number"]),
        )
        previous = digest
    assert broken_entry(session) is None


def cut(session: Session, number: int) -> None:
    """The last entries are taken away, which leaves a whole chain."""
    last = session.value("SELECT max(number) FROM audit_entries") - number
    session.execute("DELETE FROM audit_values WHERE number > ?", (last,))
    session.execute("DELETE FROM audit_entries WHERE number > ?", (last,))
    assert broken_entry(session) is None


def ill(desk: Desk) -> dict[str, tuple[str, ...]]:
    """What the doctor finds."""
    heads = kept_heads(desk.workplace, desk.session)
    found = examine(desk.session, desk.actor, heads=heads)
    return {one.check: one.found for one in found if not one.well}


@pytest.fixture
def sent(centre: Desk) -> Desk:
    """A centre that sent April."""
    centre.case(on=APRIL, specialist=centre.specialist("lawyer"))
    centre.close("2024-04", {"media": "no_activity"})
    centre.export("2024-04")
    return centre


def test_the_newest_package_finds_out_a_rewritten_history(sent: Desk) -> None:
    assert ill(sent) == {}
    entries = sent.session.value("SELECT audit_entries FROM packages")
    rewritten(sent.session, 3, "nobody")
    assert ill(sent) == {"history_kept": (str(entries),)}


def test_the_newest_package_finds_out_a_history_cut_short(sent: Desk) -> None:
    cut(sent.session, 1)
    assert ill(sent) == {}, "the entry of the export itself is younger than the package"
    cut(sent.session, 1)
    assert list(ill(sent)) == ["history_kept"]


def test_a_package_changed_in_the_database_proves_nothing_any_more(sent: Desk) -> None:
    sent.session.execute("UPDATE packages SET content = zeroblob(length(content))")
    assert ill(sent) == {"history_kept": ("0",)}


@pytest.mark.parametrize("deed", ["rewritten", "cut"])
@pytest.mark.parametrize("place", ["own", "second"])
def test_a_backup_finds_out_what_no_package_knows(
    centre: Desk, place: str, deed: str, tmp_path: Path
) -> None:
    set_second_place(centre.workplace.folder, tmp_path)
    centre.case(on=APRIL, specialist=centre.specialist("lawyer"))
    made = back_up(centre.workplace, centre.session)
    made.written[place == "own"].unlink()
    assert ill(centre) == {}
    centre.case(on=APRIL)
    assert ill(centre) == {}
    if deed == "rewritten":
        rewritten(centre.session, 2, "nobody")
    else:
        cut(centre.session, centre.count("audit_entries") - 2)
    assert list(ill(centre)) == ["history_kept"]


def test_headquarters_sees_in_its_inbox_that_a_centre_rewrote_its_history(
    sent: Desk, headquarters: Desk, tmp_path: Path
) -> None:
    headquarters.trusts(sent)
    rewritten(sent.session, 3, "nobody")
    sent.at(2024, 6, 3).case(on=date(2024, 5, 6))
    sent.close("2024-05", {"media": "no_activity"})
    sent.export("2024-05")
    for number in (1, 2):
        headquarters.at(2024, 6, 3).receive(sent.copy(number, tmp_path / "stick"), wait=True)
    waiting = waiting_packages(headquarters.session, headquarters.actor)
    assert [(one.month, one.rewritten) for one in waiting] == [
        ("2024-04", False),
        ("2024-05", True),
    ]


def test_a_backup_head_that_somebody_without_the_database_wrote_is_found_out(
    centre: Desk,
) -> None:
    (made,) = back_up(centre.workplace, centre.session).written
    assert ill(centre) == {}
    parts = {}
    with ZipFile(made) as packed:
        for name in packed.namelist():
            parts[name] = packed.read(name)
    head = json.loads(parts["backup.json"])
    parts["backup.json"] = json.dumps({**head, "audit_entries": 1}).encode()
    with ZipFile(made, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    assert ill(centre) == {"history_kept": ("0",)}
