"""The rule that gives every participant the one category of the report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Predicate:
    """One line of the rule: all conditions must hold; an empty one always does.

    Args:
        category: the category it gives.
        role, disability, occupation: keys of which the participant's must be one; None is any.
        age_from, age_to: bounds inside the range, in whole years; None is no bound.
        or_age_unknown: whether a missing birth year satisfies the bounds; otherwise it does not.
    """

    category: str
    role: frozenset[str] | None = None
    disability: frozenset[str] | None = None
    occupation: frozenset[str] | None = None
    age_from: int | None = None
    age_to: int | None = None
    or_age_unknown: bool = False

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Predicate:
        """A predicate of ``category_rules.json``: ``{"category": "senior", "when": {…}}``.

        Raises:
            TypeError: a condition that does not exist.
        """
        conditions: dict[str, Any] = {
            name: frozenset(value) if isinstance(value, list) else value
            for name, value in data["when"].items()
        }
        return cls(category=data["category"], **conditions)

    @property
    def asks_age(self) -> bool:
        return self.age_from is not None or self.age_to is not None

    def holds(self, *, role: str, age: int | None, disability: str, occupation: str) -> bool:
        """Whether a participant satisfies it; ``age`` in whole years, None when unknown."""
        return (
            (self.role is None or role in self.role)
            and (self.disability is None or disability in self.disability)
            and (self.occupation is None or occupation in self.occupation)
            and self._age_holds(age)
        )

    def _age_holds(self, age: int | None) -> bool:
        if not self.asks_age:
            return True
        if age is None:
            return self.or_age_unknown
        above = self.age_from is None or age >= self.age_from
        return above and (self.age_to is None or age <= self.age_to)


@dataclass(frozen=True, slots=True)
class CategoryRule:
    """An ordered list of predicates; the first that holds gives the category.

    The ten labels of the 2024 report are a partition of participants (its chart 2 sums up to all
    of them), so the last predicate must hold for everybody.

    Args:
        predicates: in order; also what a SQL ``CASE`` expression is made from.
    """

    predicates: tuple[Predicate, ...]

    def __post_init__(self) -> None:
        if not self.predicates or self.predicates[-1] != Predicate(self.predicates[-1].category):
            raise ValueError("the last predicate must have no condition")

    @classmethod
    def from_data(cls, data: Iterable[Mapping[str, Any]]) -> CategoryRule:
        """The rule held as data, such as ``classifiers().category_predicates(2024)``."""
        return cls(tuple(Predicate.from_data(item) for item in data))


def age_in(report_year: int, birth_year: int | None) -> int | None:
    """Age as the report counts it: report year minus birth year; None when not stated."""
    return None if birth_year is None else report_year - birth_year


def category_of(
    rule: CategoryRule,
    *,
    role: str,
    birth_year: int | None,
    disability: str,
    occupation: str,
    report_year: int,
) -> str:
    """The report category of a participant.

    Args:
        role, disability, occupation: keys of the coded lists, with *not_stated* among them.
        birth_year: four digits, or None when not stated.
        report_year: the year of the report; ages are counted for it, not for today.
    """
    age = age_in(report_year, birth_year)
    return next(
        predicate.category
        for predicate in rule.predicates
        if predicate.holds(role=role, age=age, disability=disability, occupation=occupation)
    )
