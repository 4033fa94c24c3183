"""The figures of a period: a centre's own, and the whole project's as of any date."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from db import figures as counting
from db.merge import keep_state_hash, kept_state_hash, merge_as_of, state_hash
from db.session import Session
from db.store import create_views
from pravo_desktop.domain.figures import FigureRow
from pravo_desktop.domain.periods import Period
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.actor import COORDINATOR, Actor, require
from pravo_desktop.usecases.journal import effective_as_of
from pravo_desktop.usecases.rules import category_rule_for


@dataclass(frozen=True)
class Figures:
    """All figures of a period with what they were counted from.

    Args:
        prefix: the family of tables that were read.
        as_of: the last day on which a package could arrive to be counted.
        state_hash: of the merged state, specified in ``docs/state-hash.md``.
    """

    period: Period
    as_of: date
    prefix: str
    state_hash: str
    rows: tuple[FigureRow, ...]


def own_figures(session: Session, period: Period) -> list[FigureRow]:
    """The figures of this station's own living records."""
    create_views(session)
    return counting.compute_figures(
        session,
        "own_",
        period,
        rule=category_rule_for(session, "own_", period.to.year),
        registers=counting.read_registers(
            session, "own_", classifiers(), only=session.installation.centre
        ),
    )


def project_figures(
    session: Session,
    period: Period,
    as_of: date | None = None,
    *,
    hashed: bool = True,
) -> Figures:
    """The whole project's figures from the packages received by the end of a day.

    Args:
        as_of: today when empty.
        hashed: whether the state hash is wanted; it reads every merged row if it is not kept.
    """
    day = as_of or session.clock.today()
    prefix = merged_as_of(session, day)
    digest = ""
    if hashed:
        merged = prefix == "merged_"
        digest = kept_state_hash(session) if merged else state_hash(session, "temp.asof_rows")
    return Figures(period, day, prefix, digest, tuple(figures_from(session, prefix, period)))


def national_figures(
    session: Session, actor: Actor, period: Period, as_of: date | None = None
) -> Figures:
    """`project_figures` for the page of the report.

    Raises:
        KnownError: ``not_allowed``.
    """
    require(actor, COORDINATOR, "national_figures")
    return project_figures(session, period, as_of)


def figures_from(
    session: Session, prefix: str, period: Period, *, only: str | None = None
) -> list[FigureRow]:
    """The whole project's figures of a period.

    Args:
        prefix: what `merged_as_of` gave.
        only: key of the one indicator that is wanted.
    """
    return counting.compute_figures(
        session,
        prefix,
        period,
        rule=category_rule_for(session, prefix, period.to.year),
        registers=counting.read_registers(session, prefix, classifiers()),
        only=only,
    )


def merged_as_of(session: Session, as_of: date) -> str:
    """The prefix of the tables that hold what counts as of a day; filled if they are temporary."""
    later = "SELECT 1 FROM journal_entries WHERE received_on > ? LIMIT 1"
    if not session.value(later, (as_of.isoformat(),)):
        return "merged_"
    wanted = effective_as_of(session, as_of)
    present = effective_as_of(session, None)
    if wanted == present:
        return "merged_"
    merge_as_of(session, wanted, present)
    return "asof_"


def keep_figures(session: Session, years: Iterable[int]) -> None:
    """Keep the figures of some years at headquarters, so that they are there at once.

    Packages accepted or undone later are brought in by `settle_batch`. Needs a transaction.
    """
    registers = counting.read_registers(session, "merged_", classifiers())
    for year in sorted(set(years)):
        counting.keep_counts(
            session,
            Period.of_year(year),
            rule=category_rule_for(session, "merged_", year),
            registers=registers,
        )


def years_of(session: Session, packages: Iterable[int]) -> set[int]:
    """The years whose months some received packages are about, by the packages' numbers."""
    rows = session.rows(
        "SELECT DISTINCT substr(month, 1, 4) FROM received_packages "
        "WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(packages)),),
    )
    return {int(year) for (year,) in rows}


def reported_years(session: Session) -> set[int]:
    """The years of which any package came; there is no report of others."""
    rows = session.rows("SELECT DISTINCT substr(month, 1, 4) FROM received_packages")
    return {int(year) for (year,) in rows}


def settle_batch(session: Session) -> None:
    """Once a batch is merged, bring on the kept figures of the last years and the state hash.

    Without it nothing is wrong: whoever reads them then computes what is missing. It changes
    nothing that anybody looks at, so ``session.changed`` goes on naming the batch.
    """
    changed = set(session.changed)
    with session.transaction():
        keep_figures(session, sorted(reported_years(session))[-counting.KEPT :])
        counting.settle_counts(session)
        keep_state_hash(session)
        session.changed |= changed
