"""What a decision about packages would do to the records and to the report, before it is made."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from db.differences import (
    RowCounts,
    RowDifference,
    compare_with_merged,
    differing_rows,
    differing_years,
)
from db.merge import PackageFact, effective, forked, merge_elected
from db.session import Session
from pravo_desktop.domain.periods import Period
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.actor import COORDINATOR, Actor, require
from pravo_desktop.usecases.figures import (
    figures_from,
    keep_figures,
    reported_years,
    years_of,
)
from pravo_desktop.usecases.journal import accepted_packages, package_facts, rehearsal

Value = int | float | None
"""Of a figure; None while nothing was reported."""


@dataclass(frozen=True)
class Effect:
    """A figure of a year's report that would change; a total has no breakdown."""

    year: int
    indicator: str
    region: str
    breakdown: str | None
    key: str | None
    before: Value
    after: Value


@dataclass(frozen=True)
class Preview:
    """What a decision would do.

    Args:
        rows: the records of the packages in question.
        effects: the figures that change, in the order of the report; months apart from years are
            left out.
        years: the reports that were compared.
        held: packages that would be held because they share their number.
    """

    rows: RowCounts
    effects: tuple[Effect, ...]
    years: tuple[int, ...]
    held: tuple[int, ...] = ()


def preview_acceptance(session: Session, actor: Actor, *, package_ids: Sequence[int]) -> Preview:
    """What accepting these packages together would do; nothing is changed.

    Raises:
        KnownError: ``package_not_waiting``.
    """
    require(actor, COORDINATOR, "preview_acceptance")
    for package_id in package_ids:
        waits = "SELECT 1 FROM received_packages WHERE id = ? AND waiting_since IS NOT NULL"
        if not session.value(waits, (package_id,)):
            raise KnownError("package_not_waiting")
    accepted = accepted_packages(session, None)
    coming = package_facts(session, package_ids)
    return _preview(session, accepted, [*accepted, *coming], set(package_ids))


def preview_undo(session: Session, actor: Actor, *, package_id: int) -> Preview:
    """What taking an accepted package back would do; nothing is changed.

    Raises:
        KnownError: ``package_not_accepted``.
    """
    require(actor, COORDINATOR, "preview_undo")
    accepted = accepted_packages(session, None)
    rest = [fact for fact in accepted if fact.id != package_id]
    if len(rest) == len(accepted):
        raise KnownError("package_not_accepted", package=package_id)
    return _preview(session, accepted, rest, {package_id})


def preview_choice(session: Session, actor: Actor, *, package_id: int) -> Preview:
    """What choosing one of the packages held for one number would do; nothing is changed.

    Raises:
        KnownError: ``package_not_held``.
    """
    require(actor, COORDINATOR, "preview_choice")
    accepted = accepted_packages(session, None)
    others = rivals(accepted, package_id)
    rest = [fact for fact in accepted if fact.id not in others]
    return _preview(session, accepted, rest, {package_id, *others})


def rivals(accepted: Iterable[PackageFact], package_id: int) -> set[int]:
    """The other packages that are held for the number of this one.

    Raises:
        KnownError: ``package_not_held``.
    """
    facts = list(accepted)
    if package_id not in forked(facts):
        raise KnownError("package_not_held")
    number = next(fact.number for fact in facts if fact.id == package_id)
    return {fact.id for fact in facts if fact.number == number} - {package_id}


@dataclass(frozen=True)
class Comparison:
    """Two packages side by side: the records in which they differ, with the columns that do."""

    rows: tuple[tuple[RowDifference, tuple[str, ...]], ...]


def compare_packages(session: Session, actor: Actor, *, left: int, right: int) -> Comparison:
    """The records in which two received packages differ."""
    require(actor, COORDINATOR, "compare_packages")
    return Comparison(tuple((row, _columns(row)) for row in differing_rows(session, left, right)))


def _columns(row: RowDifference) -> tuple[str, ...]:
    if row.left is None or row.right is None:
        return ()
    left, right = json.loads(row.left), json.loads(row.right)
    return tuple(name for name in {**left, **right} if left.get(name) != right.get(name))


def _preview(
    session: Session,
    before: Collection[PackageFact],
    after: Collection[PackageFact],
    decided: Collection[int],
) -> Preview:
    """The difference between two sets of accepted packages, merged and rolled back."""
    counted, counts = effective(before), effective(after)
    touched = set(decided) | (counted ^ counts)
    with rehearsal(session):
        rows = compare_with_merged(session, counts, touched)
        years = sorted(
            differing_years(session) & reported_years(session) | years_of(session, decided)
        )
        keep_figures(session, map(Period.of_year, years))
        old = {year: _figures(session, year) for year in years}
        merge_elected(session)
        new = {year: _figures(session, year) for year in years}
    effects = [
        Effect(year, *place, old[year].get(place), value)
        for year in years
        for place, value in {**dict.fromkeys(old[year]), **new[year]}.items()
        if old[year].get(place) != value
    ]
    return Preview(
        rows, tuple(effects), tuple(years), tuple(sorted(forked(after) - forked(before)))
    )


_Place = tuple[str, str, str | None, str | None]


def _figures(session: Session, year: int) -> dict[_Place, Value]:
    return {
        (row.indicator, row.region, row.breakdown, row.key): row.value
        for row in figures_from(session, "merged_", Period.of_year(year))
        if row.breakdown != "month"
    }
