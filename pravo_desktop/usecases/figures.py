"""The figures of a period: a centre's own, and the whole project's as of any date."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from db import figures as counting
from db.figures.lines import LINES, STAGES
from db.merge import keep_state_hash, kept_state_hash, merge_as_of, state_hash
from db.session import Session
from db.store import create_views
from pravo_desktop import __version__
from pravo_desktop.domain.figures import FigureRow
from pravo_desktop.domain.indicators import INDICATORS
from pravo_desktop.domain.periods import Period
from pravo_desktop.paths import resources_folder
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.actor import COORDINATOR, Actor, require
from pravo_desktop.usecases.journal import effective_as_of
from pravo_desktop.usecases.rules import category_rule_for

KEPT_YEARS = 3
"""Years whose figures are kept."""
_MOST_STAGES = 10


@dataclass(frozen=True)
class Figures:
    """All figures of a period with what they were counted from.

    Args:
        prefix: the family of tables that were read.
        as_of: the last day on which a package could arrive to be counted.
        state_hash: of the merged state, specified in ``docs/state-hash.md``.
        packages: digest of the packages that counted, where others count now.
    """

    period: Period
    as_of: date
    prefix: str
    state_hash: str
    rows: tuple[FigureRow, ...]
    packages: str = ""


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
    tables: bool = True,
) -> Figures:
    """The whole project's figures from the packages received by the end of a day.

    Args:
        as_of: today when empty.
        hashed: whether the state hash is wanted; it reads every merged row if it is not kept.
        tables: whether the tables of the prefix are wanted too; of an earlier day they are made.
    """
    day = as_of or session.clock.today()
    other = _other_packages(session, day)
    if other is None:
        digest = kept_state_hash(session) if hashed else ""
        return Figures(
            period, day, "merged_", digest, tuple(figures_from(session, "merged_", period))
        )
    packages = counting.packages_digest(session, other[0])
    rows = counting.kept_report(session, packages, _report(period))
    if rows is None:
        rows = _figures_then(session, packages, period)
    digest = (counting.kept_state(session, packages) or "") if hashed else ""
    if rows is None or tables or (hashed and not digest):
        merge_as_of(session, *other)
    if rows is None:
        rows = tuple(figures_from(session, "asof_", period))
    if hashed and not digest:
        digest = state_hash(session, "temp.asof_rows")
    return Figures(period, day, "asof_", digest, rows, packages)


def _figures_then(session: Session, packages: str, period: Period) -> tuple[FigureRow, ...] | None:
    """The figures from the counts that `settle_batch` kept of a day; None where it kept none."""
    if not counting.lay_out_day(session, packages):
        return None
    try:
        return tuple(figures_from(session, counting.THEN, period))
    except counting.NotKept:
        return None


def keep_earlier(session: Session, figures: Figures) -> None:
    """Keep the figures of an earlier day, so that they are there at once; needs a transaction.

    Those of the usual periods are kept by `settle_batch` when the day ends.
    """
    if figures.packages:
        counting.keep_report(session, figures.packages, _report(figures.period), figures.rows)
        if figures.state_hash:
            counting.keep_state(session, figures.packages, figures.state_hash)


def _report(period: Period) -> str:
    """All that figures depend on besides the packages."""
    return f"{period.from_} {period.to} {_program()}"


@cache
def _program() -> str:
    """What this build counts and how; the coded lists by their files."""
    digest = hashlib.sha256(repr((__version__, *STAGES.items(), *LINES.items())).encode())
    digest.update(repr(INDICATORS).encode())
    for path in sorted((resources_folder() / "classifiers").glob("*.json")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def national_figures(
    session: Session, actor: Actor, period: Period, as_of: date | None = None
) -> Figures:
    """`project_figures` for the page of the report.

    Raises:
        KnownError: ``not_allowed``.
    """
    require(actor, COORDINATOR, "national_figures")
    return project_figures(session, period, as_of, tables=False)


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
    other = _other_packages(session, as_of)
    if other is None:
        return "merged_"
    merge_as_of(session, *other)
    return "asof_"


def _other_packages(session: Session, as_of: date) -> tuple[set[int], set[int]] | None:
    """The packages that count as of a day and those that count now; None where they are equal."""
    later = "SELECT 1 FROM journal_entries WHERE received_on > ? LIMIT 1"
    if not session.value(later, (as_of.isoformat(),)):
        return None
    wanted = effective_as_of(session, as_of)
    present = effective_as_of(session, None)
    return None if wanted == present else (wanted, present)


def keep_figures(session: Session, periods: Iterable[Period]) -> None:
    """Keep the figures of some periods at headquarters, so that they are there at once.

    Packages accepted or undone later are brought in by `settle_batch`. Needs a transaction.
    """
    registers = counting.read_registers(session, "merged_", classifiers())
    for period in periods:
        counting.keep_counts(
            session,
            period,
            rule=category_rule_for(session, "merged_", period.to.year),
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


def _usual_periods(session: Session) -> list[Period]:
    """The last years, and the months, quarters and stages of the last one."""
    years = sorted(reported_years(session))[-KEPT_YEARS:]
    if not years:
        return []
    whole = Period.of_year(years[-1])
    stages = session.rows(
        "SELECT DISTINCT max(starts_on, :first), min(ends_on, :last) FROM merged_stages "
        "WHERE starts_on <= :last AND ends_on >= :first ORDER BY 1, 2 LIMIT :most",
        {"first": whole.from_.isoformat(), "last": whole.to.isoformat(), "most": _MOST_STAGES},
    )
    usual = [Period(date.fromisoformat(first), date.fromisoformat(last)) for first, last in stages]
    usual += [Period.of_quarter(years[-1], quarter) for quarter in range(1, 5)]
    usual += map(Period.of_month, whole.months)
    return [*dict.fromkeys(usual), *map(Period.of_year, years)]


def settle_batch(session: Session) -> None:
    """Once a batch is merged, bring on the kept figures of the usual periods and the state hash.

    What they are is kept of the day as well, for whoever asks as of it later. Without all this
    nothing is wrong: whoever reads them then computes what is missing. It changes nothing that
    anybody looks at, so ``session.changed`` goes on naming the batch.
    """
    changed = set(session.changed)
    with session.transaction():
        keep_figures(session, _usual_periods(session))
        counting.settle_counts(session)
        keep_state_hash(session)
        _keep_day(session)
        session.changed |= changed


def _keep_day(session: Session) -> None:
    """Keep the figures and the state hash of the latest day on which packages came or went."""
    day = session.value("SELECT max(received_on) FROM journal_entries WHERE package_id IS NOT NULL")
    packages = counting.packages_digest(session, effective_as_of(session, None))
    counting.keep_state(session, packages, kept_state_hash(session))
    if day is not None:
        counting.keep_day(session, date.fromisoformat(day), packages)
