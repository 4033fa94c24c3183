"""Figures and their previews at a headquarters that holds the demo's year many times over."""

import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from functools import partial
from operator import attrgetter

from db.figures import forget_counts
from db.merge import merge_packages
from db.session import Session
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.usecases.figures import project_figures, settle_batch
from pravo_desktop.usecases.journal import effective_as_of
from tools.bench.big_year import EARLIER, YEAR, big_headquarters
from tools.bench.measure import Measured, Spent, seconds, spent

STAGES = (
    Period.of_months(Month(2024, 1), Month(2024, 6)),
    Period.of_months(Month(2024, 7), Month(2024, 12)),
)
"""Of the demo's project card."""


def figures() -> Measured:
    """All figures of the year and the state hash on a headquarters just opened; 2 s."""
    return _told("figures of 360,000 cases, s", _from_open([YEAR])[0], 2)


def figures_of_periods() -> Measured:
    """The same of each month, quarter and stage of the year; the slowest counts; 2 s."""
    periods = [Period.of_quarter(YEAR.to.year, number) for number in range(1, 5)]
    periods += [Period.of_month(month) for month in YEAR.months]
    periods += STAGES
    slowest = max(_from_open(periods), key=attrgetter("wall"))
    return _told("figures of a month, quarter or stage, s", slowest, 2)


def _from_open(periods: Sequence[Period], as_of: date | None = None) -> list[Spent]:
    """What the figures of each period take, the first of them on a headquarters just opened."""
    with _opened() as session:
        settle_batch(session)
    with _opened() as session:
        return [
            spent(partial(project_figures, session, period, as_of, tables=False))
            for period in periods
        ]


def figures_anew() -> Measured:
    """The same counted from the records, as for a period that is not kept; told, not bound."""
    with _opened() as session, _taken_back(session):
        forget_counts(session)
        took = spent(lambda: project_figures(session, YEAR, hashed=False))
    return _told("figures of 360,000 cases counted anew, s", took, float("inf"))


def figures_as_of() -> Measured:
    """As of 15 November, asked for the first time, on a headquarters just opened; 2 s.

    As of a day since which no package changed its standing it is `figures`.
    """
    return _told("figures as of an earlier day, s", _from_open([YEAR], EARLIER)[0], 2)


def figures_as_of_anew() -> Measured:
    """The same where nothing is kept of that day: it is merged first; told, not bound."""
    with _opened() as session, _taken_back(session):
        session.execute("DELETE FROM kept_periods WHERE fingerprint GLOB '* *'")
        took = spent(lambda: project_figures(session, YEAR, EARLIER, hashed=False, tables=False))
    return _told("figures as of a day that is not kept, s", took, float("inf"))


def preview() -> Measured:
    """What one package does to the figures: before, merged, after, and all taken back; 1 s."""
    with _opened() as session:
        settle_batch(session)
        counted, package = _last_package(session)

        def work() -> None:
            with _taken_back(session):
                project_figures(session, YEAR, hashed=False)
                merge_packages(session, counted - {package}, {package})
                project_figures(session, YEAR, hashed=False)

        took = statistics.median(seconds(work) for _ in range(5))
    return Measured("effect of one package on the figures, s", 1, took, 1)


def _told(name: str, took: Spent, bound: float) -> Measured:
    """Seconds, where there is no floor to compare them with."""
    return Measured(name, 1, took.wall, bound, took.processor)


@contextmanager
def _opened() -> Iterator[Session]:
    workplace = big_headquarters()
    session = workplace.session()
    try:
        yield session
    finally:
        session.close()
        workplace.close()


def _last_package(session: Session) -> tuple[set[int], int]:
    """The packages that count, and one month of the largest centre among them."""
    package = session.value(
        "SELECT id FROM received_packages WHERE centre = 'astana' AND month = '2024-10' ORDER BY id"
    )
    return effective_as_of(session, None), int(package)


@contextmanager
def _taken_back(session: Session) -> Iterator[None]:
    with suppress(_Over), session.transaction():
        yield
        raise _Over


class _Over(Exception):
    """Takes back what a bench did."""
