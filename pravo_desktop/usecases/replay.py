"""Headquarters' state as a function of its journal: its hash, and building it again."""

from pathlib import Path

from db.differences import merged_table_hashes
from db.merge import kept_state_hash, merge_packages, state_hash
from db.session import Session
from exports.package.reader import read_package
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.actor import COORDINATOR, Actor, require
from pravo_desktop.usecases.archive import insert_sheets, read_from_archive
from pravo_desktop.usecases.figures import settle_batch
from pravo_desktop.usecases.journal import effective_as_of, rehearsal
from pravo_desktop.usecases.packages import Progress


def merged_state_hash(session: Session, actor: Actor) -> str:
    """The hash of what headquarters holds now; see ``docs/state-hash.md``."""
    require(actor, COORDINATOR, "merged_state_hash")
    return state_hash(session)


def replay(
    session: Session,
    actor: Actor,
    *,
    archive: Path,
    check: bool = False,
    progress: Progress | None = None,
) -> str:
    """Rebuild the merged state from the journal and the archive; returns its hash.

    Trust and expiry were judged when a package was accepted and are not judged again.

    Args:
        check: compare only, change nothing: the hash, and each table that figures are counted
            from.

    Raises:
        KnownError: ``archive_file_missing``, ``archive_file_changed``, ``state_differs``,
            ``merged_table_differs`` with the table's name.
    """
    require(actor, COORDINATOR, "replay")
    report = progress or (lambda step, done, total: None)
    if not check:
        with session.transaction():
            _rebuild(session, archive, report)
            settle_batch(session)
            return kept_state_hash(session)
    with rehearsal(session):
        before, tables = state_hash(session), merged_table_hashes(session)
        _rebuild(session, archive, report)
        after, replayed = state_hash(session), merged_table_hashes(session)
    if after != before:
        raise KnownError("state_differs", stored=before, replayed=after)
    for table, stored in tables.items():
        if replayed[table] != stored:
            raise KnownError("merged_table_differs", table=table)
    return after


def _rebuild(session: Session, archive: Path, progress: Progress) -> None:
    session.execute("DELETE FROM merged_rows")
    session.execute("DELETE FROM received_rows")
    packages = session.all("SELECT id, sha256 FROM received_packages ORDER BY id")
    for number, row in enumerate(packages):
        progress(row["sha256"][:8], number, len(packages))
        data = read_from_archive(archive, row["sha256"])
        insert_sheets(session, row["id"], read_package(data).sheets)
    merge_packages(session, effective_as_of(session, None), None)
    progress("", len(packages), len(packages))
