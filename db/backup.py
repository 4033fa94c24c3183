"""Copying and examining the database file, encrypted as it is."""

from pathlib import Path

from db.session import Session


def copy_database(session: Session, target: Path) -> None:
    """Write a compact copy of the committed state under the same key.

    Args:
        session: outside a transaction.
        target: a file that is not there yet.
    """
    session.execute("VACUUM INTO ?", (str(target),))


def damaged_pages(session: Session) -> list[str]:
    """What SQLCipher's and SQLite's own checks find wrong with the file; nothing when whole."""
    found = [str(row[0]) for row in session.rows("PRAGMA cipher_integrity_check")]
    if found:
        # Reading on would stop at the first damaged page.
        return found
    return [str(row[0]) for row in session.rows("PRAGMA integrity_check") if row[0] != "ok"]


def orphans(session: Session) -> list[str]:
    """Tables with rows whose parents are not there, with the number of such rows."""
    rows = session.rows('SELECT "table", count(*) FROM pragma_foreign_key_check GROUP BY 1')
    return [f"{table}: {count}" for table, count in rows]


def stored_revision(session: Session) -> str | None:
    """The version of the database that the last migration left."""
    found = session.value("SELECT version_num FROM alembic_version")
    return None if found is None else str(found)
