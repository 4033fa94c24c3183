"""Headquarters' inbox with many years in it: showing an effect, accepting and undoing a package.

The floor of accepting is `executemany` of all that accepting has to keep: the package's versions,
which of them win, and their values in the tables that figures are counted from. It writes the same
rows into the same tables with the same indexes and foreign keys, in one transaction of the same
encrypted database, and ends with the same commit. Reading and verifying the file is not part of
either; what accepting does besides (the package's line, the journal, the history, judging which
versions win, noting which counts are stale) is. The counts are brought on once after a batch, or by
whoever reads them before.
"""

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from db.schema import TRAVELLING
from db.session import Session
from exports.package.content import ReceivedPackage
from exports.package.reader import read_package
from pravo_desktop.bootstrap import Workplace
from pravo_desktop.usecases.decisions import undo_package
from pravo_desktop.usecases.figures import project_figures, settle_batch
from pravo_desktop.usecases.inbox import accept_package
from pravo_desktop.usecases.previews import preview_undo
from tools.bench.big_year import DEMO, TIMES, YEAR, big_headquarters
from tools.bench.measure import Measured, Spent, spent

ROUNDS = 7
FEW_TIMES = 9
"""9 × 2024: about a thousand packages, against twelve thousand."""

Rows = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Inbox:
    """An opened headquarters, and its largest package of the demo with its file."""

    place: Workplace
    session: Session
    package: ReceivedPackage
    data: bytes

    @property
    def number(self) -> int:
        found = "SELECT id FROM received_packages WHERE sha256 = ?"
        return int(self.session.value(found, (self.package.sha256,)))

    def accept(self) -> None:
        accept_package(
            self.session,
            self.place.actor,
            package=self.package,
            data=self.data,
            file_name="bench.xlsx",
            archive=self.place.archive,
            received_on=date(2025, 1, 31),
        )

    def undo(self) -> None:
        undo_package(self.session, self.place.actor, package=self.package.sha256)

    def forget(self) -> None:
        """As if the package, which was undone, had never come."""
        settle_batch(self.session)
        number = self.number
        with _unwatched(self.session):
            for table, column in (
                ("journal_entries", "package_id"),
                ("received_rows", "package_id"),
                ("received_packages", "id"),
            ):
                self.session.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))


@contextmanager
def _opened(times: int = TIMES) -> Iterator[Inbox]:
    place = big_headquarters(times)
    session = place.session()
    try:
        by_size = session.all(
            "SELECT sha256 FROM received_packages WHERE NOT complete AND centre <> 'national' "
            "ORDER BY row_count DESC, sha256"
        )
        # The copies of the demo's packages have no files.
        files = (DEMO / "headquarters" / "archive" / f"{row['sha256']}.xlsx" for row in by_size)
        data = next(file for file in files if file.exists()).read_bytes()
        yield Inbox(place, session, read_package(data), data)
    finally:
        session.close()
        place.close()


@contextmanager
def _unwatched(session: Session) -> Iterator[None]:
    """A transaction in which foreign keys are not looked at: no index helps deleting versions."""
    session.execute("PRAGMA foreign_keys = OFF")
    try:
        with session.transaction():
            yield
    finally:
        session.execute("PRAGMA foreign_keys = ON")


def preview_package() -> Measured:
    """Reading and verifying one large package and its effect on the figures; one second."""
    with _opened() as inbox:

        def look() -> None:
            read_package(inbox.data)
            preview_undo(inbox.session, inbox.place.actor, package_id=inbox.number)

        rounds = [spent(look) for _ in range(ROUNDS)]
    one = [Spent(1, 1)]
    return _measured("file and effect of one package, s", one, rounds, 1)


def accept_one() -> Measured:
    """Accepting a verified package against `executemany` of the same rows."""
    with _opened() as inbox:
        inbox.undo()
        inbox.forget()
        inbox.accept()
        kept = _kept_rows(inbox)
        floors, accepts = [], []
        for _ in range(ROUNDS):
            inbox.undo()
            others = _take_away(inbox.session, kept)
            floors.append(spent(partial(_write, inbox.session, kept)))
            _take_away(inbox.session, kept)
            _write(inbox.session, others)
            inbox.forget()
            accepts.append(spent(inbox.accept))
    return _measured("accepting a package", floors, accepts, 2)


def _kept_rows(inbox: Inbox) -> Rows:
    """What is kept of the package, which has just been accepted, by table."""
    session, number = inbox.session, inbox.number
    of_package = "SELECT {} FROM received_rows WHERE package_id = ?"
    kept = {"received_rows": list(session.rows(of_package.format("*"), (number,)))}
    won = f"received_row_id IN ({of_package.format('id')})"
    kept["merged_rows"] = list(session.rows(f"SELECT * FROM merged_rows WHERE {won}", (number,)))
    for table in TRAVELLING:
        rows = session.rows(
            f"SELECT t.* FROM merged_rows m CROSS JOIN merged_{table} t ON t.centre = m.centre "
            f"AND t.id = m.record_id WHERE m.{won} AND m.table_name = '{table}'",
            (number,),
        )
        kept[f"merged_{table}"] = list(rows)
    return {table: rows for table, rows in kept.items() if rows}


def _write(session: Session, rows: Rows) -> None:
    """The floor: `executemany` of all rows in one transaction."""
    with session.transaction():
        for table, written in rows.items():
            marks = ", ".join("?" * len(written[0]))
            session.execute_many(f"INSERT INTO {table} VALUES ({marks})", written)


def _take_away(session: Session, rows: Rows) -> Rows:
    """Delete the rows that have these keys; returns those of other packages among them."""
    found: Rows = {}
    with _unwatched(session):
        for table, written in reversed(rows.items()):
            names = session.rows(
                "SELECT name FROM pragma_table_info(?) WHERE pk ORDER BY pk", (table,)
            )
            where = " AND ".join(f"{name} = ?" for (name,) in names)
            length = where.count("?")
            keys = [row[:length] for row in written]
            if table != "received_rows":
                select = f"SELECT * FROM {table} WHERE {where}"
                there = [row for key in keys for row in session.rows(select, key)]
                if there:
                    found = {table: there} | found
            session.execute_many(f"DELETE FROM {table} WHERE {where}", keys)
    return found


def _measured(name: str, floor: list[Spent], ours: list[Spent], bound: float) -> Measured:
    return Measured(
        name,
        statistics.median(one.wall for one in floor),
        statistics.median(one.wall for one in ours),
        bound,
        statistics.median(one.processor for one in ours)
        / statistics.median(one.processor for one in floor),
    )


def undo_one() -> Measured:
    """Undoing a package against accepting it."""
    with _opened() as inbox:
        accepts, undos = [], []
        for _ in range(ROUNDS):
            undos.append(spent(inbox.undo))
            inbox.forget()
            accepts.append(spent(inbox.accept))
    return _measured("undoing a package", accepts, undos, 2)


def figures_after_one() -> Measured:
    """All figures of the year right after a package was accepted, its counts not brought on yet."""
    with _opened() as inbox:
        rounds = []
        for _ in range(ROUNDS):
            inbox.undo()
            settle_batch(inbox.session)
            inbox.accept()
            look = partial(project_figures, inbox.session, YEAR, hashed=False)
            rounds.append(spent(look))
    return _measured("figures right after a package, s", [Spent(1, 1)], rounds, 2)


def accept_among_many() -> Measured:
    """Accepting the last of twelve thousand packages against the last of a thousand."""
    with _opened(FEW_TIMES) as few, _opened() as many:
        floors: list[Spent] = []
        accepts: list[Spent] = []
        for _ in range(ROUNDS):
            for inbox, taken in ((few, floors), (many, accepts)):
                inbox.undo()
                inbox.forget()
                taken.append(spent(inbox.accept))
    return _measured("accepting among 12,000 packages", floors, accepts, 1.5)
