"""The figures of a period: a centre's own, and the whole project's as of any date."""

from dataclasses import dataclass
from datetime import date

from db import figures as counting
from db.merge import merge_as_of, state_hash
from db.session import Session
from db.store import create_views
from pravo_desktop.domain.categories import CategoryRule
from pravo_desktop.domain.figures import FigureRow
from pravo_desktop.domain.periods import Period
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.journal import effective_as_of


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


def category_rule(year: int) -> CategoryRule:
    """The rule by which adults of a report year are put into the ten categories."""
    return CategoryRule.from_data(classifiers().category_predicates(year))


def own_figures(session: Session, period: Period) -> list[FigureRow]:
    """The figures of this station's own living records."""
    create_views(session)
    return counting.compute_figures(
        session,
        "own_",
        period,
        rule=category_rule(period.to.year),
        registers=counting.read_registers(
            session, "own_", classifiers(), only=session.installation.centre
        ),
    )


def project_figures(session: Session, period: Period, as_of: date | None = None) -> Figures:
    """The whole project's figures from the packages received by the end of a day.

    Args:
        as_of: today when empty.
    """
    day = as_of or session.clock.today()
    wanted = effective_as_of(session, day)
    if wanted == effective_as_of(session, None):
        prefix, digest = "merged_", state_hash(session)
    else:
        merge_as_of(session, wanted)
        prefix, digest = "asof_", state_hash(session, "temp.asof_rows")
    rows = counting.compute_figures(
        session,
        prefix,
        period,
        rule=category_rule(period.to.year),
        registers=counting.read_registers(session, prefix, classifiers()),
    )
    return Figures(period, day, prefix, digest, tuple(rows))
