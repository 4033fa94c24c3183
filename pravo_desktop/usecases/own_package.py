"""Headquarters' own records put into the report: its signed package made and accepted at once."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from db.session import Session
from exports.package.reader import read_package
from pravo_desktop.domain.periods import Month
from pravo_desktop.errors import KnownError
from pravo_desktop.security.certificates import SigningKey
from pravo_desktop.usecases.actor import COORDINATOR, Actor, require, use_case
from pravo_desktop.usecases.decisions import ACCEPTED, Reception
from pravo_desktop.usecases.inbox import accept_package
from pravo_desktop.usecases.packages import TRAVELLING, accounting_sql, export_package


@dataclass(frozen=True)
class PendingChanges:
    """Headquarters' own records that are not in the report yet.

    Args:
        tables: how many by table, of those that would go in today.
        ahead: how many wait for their day, such as the card of the next year.
        packages: own packages that were made and never accepted.
    """

    tables: Mapping[str, int]
    ahead: int
    packages: int

    @property
    def number(self) -> int:
        """How many would go in today."""
        return sum(self.tables.values())

    @property
    def any(self) -> bool:
        """Whether there is something to put in."""
        return bool(self.tables or self.packages)


@dataclass(frozen=True)
class PutIn:
    """What was put into the report.

    Args:
        tables: how many changed records by table.
        packages: how many signed packages were accepted.
    """

    tables: Mapping[str, int]
    packages: int


def pending_changes(session: Session, actor: Actor) -> PendingChanges:
    """What headquarters wrote and has not put into the report."""
    require(actor, COORDINATOR, "pending_changes")
    today = session.clock.today().isoformat()
    tables: Counter[str] = Counter()
    ahead = 0
    for table in TRAVELLING:
        found = session.one(
            f"SELECT count(*) AS number, coalesce(sum(t.sent = 0 AND "
            f"coalesce({accounting_sql(table)}, '') > :today), 0) AS ahead FROM {table} t "
            "WHERE t.change > t.sent AND (NOT t.deleted OR t.sent > 0)",
            {"today": today},
        )
        if found and found["number"] > found["ahead"]:
            tables[table] = found["number"] - found["ahead"]
        ahead += found["ahead"] if found else 0
    return PendingChanges(tables, ahead, len(_not_received(session)))


@use_case(COORDINATOR)
def put_into_report(session: Session, actor: Actor, *, key: SigningKey, archive: Path) -> PutIn:
    """Sign headquarters' own changes as packages and accept them, all or nothing.

    Closed months that were never sent go first, each whole; the rest goes as the present month
    up to today. Packages made before and never accepted are accepted too.

    Args:
        key: the coordinator's signing key, trusted by this headquarters.
        archive: folder where accepted packages are kept byte for byte.

    Raises:
        KnownError: ``nothing_to_put``; ``own_package_refused`` when a package is not accepted;
            as `export_package` and `accept_package`.
    """
    pending = pending_changes(session, actor)
    if not pending.any:
        raise KnownError("nothing_to_put")
    for closed in _closed_and_unsent(session):
        export_package(session, actor, key=key, month=closed)
    if pending_changes(session, actor).number:
        today = session.clock.today()
        month = str(Month.of(today))
        export_package(
            session,
            actor,
            key=key,
            month=month,
            through=today,
            amendment=_sent_whole(session, month),
        )
    sequences = _not_received(session)
    for sequence in sequences:
        said = _accept(session, actor, sequence, archive)
        if said.status != ACCEPTED:
            raise KnownError("own_package_refused", status=said.status)
    return PutIn(pending.tables, len(sequences))


def _accept(session: Session, actor: Actor, sequence: int, archive: Path) -> Reception:
    row = session.one("SELECT file_name, content FROM packages WHERE sequence = ?", (sequence,))
    assert row is not None
    return accept_package(
        session,
        actor,
        package=read_package(row["content"]),
        data=row["content"],
        file_name=row["file_name"],
        archive=archive,
        received_on=session.clock.today(),
    )


def _not_received(session: Session) -> list[int]:
    """Sequences of this station's packages about which the journal says nothing yet."""
    rows = session.rows(
        "SELECT sequence FROM packages WHERE sha256 NOT IN (SELECT p.sha256 "
        "FROM received_packages p JOIN journal_entries j ON j.package_id = p.id) ORDER BY sequence"
    )
    return [sequence for (sequence,) in rows]


def _closed_and_unsent(session: Session) -> list[str]:
    rows = session.all("SELECT month FROM closed_months ORDER BY month")
    return [row["month"] for row in rows if not _sent_whole(session, row["month"])]


def _sent_whole(session: Session, month: str) -> bool:
    """Whether this station made a package of the whole month."""
    return bool(
        session.value(
            "SELECT 1 FROM packages WHERE month = ? AND through IS NULL AND station = ?",
            (month, session.installation.station),
        )
    )
