"""The history is a chain: nothing can be removed, changed or reordered without being found."""

import pytest

from db.audit import GENESIS, broken_entry, entry_hash, erase_values, head, write_entry
from db.session import Session


@pytest.fixture
def history(session: Session) -> Session:
    """Five entries by two people."""
    with session.transaction():
        for number in range(1, 6):
            write_entry(
                session,
                "first" if number % 2 else "second",
                "changed",
                table="identities",
                record_id=f"person-{number}",
                content={"surname": f"Тестова-{number}"},
            )
    return session


def test_an_empty_history_is_whole(session: Session) -> None:
    assert head(session) == (0, GENESIS)
    assert broken_entry(session) is None


def test_an_untouched_history_is_whole(history: Session) -> None:
    assert head(history)[0] == 5
    assert broken_entry(history) is None


@pytest.mark.parametrize("number", [1, 3, 4])
def test_a_removed_entry_is_found(history: Session, number: int) -> None:
    history.execute("DELETE FROM audit_values WHERE number = ?", (number,))
    history.execute("DELETE FROM audit_entries WHERE number = ?", (number,))
    assert broken_entry(history) == number


@pytest.mark.parametrize(
    "column", ["at", "actor", "action", "table_name", "record_id", "commitment", "hash"]
)
def test_a_changed_entry_is_found(history: Session, column: str) -> None:
    history.execute(f"UPDATE audit_entries SET {column} = 'another' WHERE number = 3")
    assert broken_entry(history) == 3


def test_reordered_entries_are_found(history: Session) -> None:
    history.execute("PRAGMA foreign_keys = OFF")
    for old, new in ((2, 99), (3, 2), (99, 3)):
        history.execute("UPDATE audit_entries SET number = ? WHERE number = ?", (new, old))
        history.execute("UPDATE audit_values SET number = ? WHERE number = ?", (new, old))
    assert broken_entry(history) == 2


def test_a_rewritten_value_is_found(history: Session) -> None:
    history.execute("UPDATE audit_values SET content = '{}' WHERE number = 4")
    assert broken_entry(history) == 4


def test_an_entry_rewritten_with_its_hash_breaks_the_next(history: Session) -> None:
    history.execute("UPDATE audit_entries SET hash = ? WHERE number = 2", ("f" * 64,))
    assert broken_entry(history) == 2
    history.execute("UPDATE audit_entries SET previous_hash = ? WHERE number = 3", ("f" * 64,))
    assert broken_entry(history) == 2


def test_an_entry_forged_with_its_own_hash_breaks_the_next(history: Session) -> None:
    row = history.one("SELECT * FROM audit_entries WHERE number = 2")
    assert row is not None
    forged = entry_hash(
        row["previous_hash"],
        2,
        row["at"],
        "nobody",
        row["action"],
        row["table_name"],
        row["record_id"],
        row["commitment"],
    )
    history.execute(
        "UPDATE audit_entries SET actor = 'nobody', hash = ? WHERE number = 2", (forged,)
    )
    assert broken_entry(history) == 3


def test_a_forgotten_person_leaves_a_history_that_still_verifies(history: Session) -> None:
    before = head(history)
    erase_values(history, "identities", "person-3")
    assert broken_entry(history) is None
    assert head(history) == before
    left = [row["content"] for row in history.all("SELECT content FROM audit_values")]
    assert len(left) == 4
    assert not any("Тестова-3" in content for content in left)


def test_equal_contents_do_not_show_equal_commitments(session: Session) -> None:
    with session.transaction():
        for _ in range(2):
            write_entry(session, "first", "changed", record_id="one", content={"iin": "same"})
    first, second = session.all("SELECT commitment FROM audit_entries")
    assert first != second
