"""The category rule as headquarters keeps it: shown by year, copied to a new one, put in order."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from db import store
from db.session import Session
from pravo_desktop.domain.categories import CategoryRule, Predicate
from pravo_desktop.domain.records import RuleOfYear
from pravo_desktop.domain.versions import new_id
from pravo_desktop.errors import KnownError
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.actor import COORDINATOR, Actor, require, use_case
from pravo_desktop.usecases.records import keep

PredicateData = Mapping[str, Any]
"""One line of ``category_rules.json``: ``category``, ``when`` and its wording by language."""

LANGUAGES = ("kk", "ru", "en")


@dataclass(frozen=True)
class ShownRule:
    """The rule in force in a year.

    Args:
        from_year: the year it was written for.
        own: headquarters' own; otherwise it came with the program.
        predicates: in order; the first that holds gives the category.
    """

    from_year: int
    own: bool
    predicates: tuple[PredicateData, ...]


def category_rule_for(session: Session, prefix: str, year: int) -> CategoryRule:
    """The rule by which adults of a report year are put into the report's categories.

    Args:
        prefix: the family of tables, ``own_``, ``merged_`` or ``asof_``.
    """
    return CategoryRule.from_data(predicates_for(session, prefix, year))


def predicates_for(session: Session, prefix: str, year: int) -> Sequence[PredicateData]:
    """The rule as data, with the wording of each line; see `category_rule_for`."""
    own = session.one(
        f"SELECT year, predicates FROM {prefix}category_rules WHERE year <= ? "
        "ORDER BY year DESC, id DESC LIMIT 1",
        (year,),
    )
    return _in_force(own, year).predicates


def _in_force(own: Mapping[str, Any] | None, year: int) -> ShownRule:
    """Of headquarters' last rule and the program's, the later one; headquarters' of two alike."""
    starts = classifiers().category_rules
    built_in = max((start for start in starts if start <= year), default=min(starts))
    if own is not None and (own["year"] >= built_in or year < built_in):
        return ShownRule(own["year"], True, tuple(json.loads(own["predicates"])))
    return ShownRule(built_in, False, classifiers().category_predicates(year))


def rule_of(session: Session, actor: Actor, *, year: int) -> ShownRule:
    """The rule as headquarters has written it for a year, put into the report or not yet."""
    require(actor, COORDINATOR, "rule_of")
    own = session.one(
        "SELECT year, predicates FROM category_rules WHERE NOT deleted AND year <= ? "
        "ORDER BY year DESC LIMIT 1",
        (year,),
    )
    return _in_force(own, year)


def rule_years(session: Session, actor: Actor) -> list[int]:
    """The years for which there is a rule of their own, the newest first."""
    require(actor, COORDINATOR, "rule_years")
    own = session.all("SELECT year FROM category_rules WHERE NOT deleted")
    return sorted({*classifiers().category_rules, *(row["year"] for row in own)}, reverse=True)


@use_case(COORDINATOR)
def save_rule(
    session: Session, actor: Actor, *, year: int, predicates: Sequence[PredicateData]
) -> str:
    """Write the rule from a year on; returns the record's id.

    Raises:
        KnownError: ``rule_line_malformed``, ``rule_ages_crossed``, ``rule_category_missing``,
            ``rule_end_missing``, ``field_required`` for a line without its wording.
    """
    check_rule(predicates)
    text = json.dumps([dict(one) for one in predicates], ensure_ascii=False, sort_keys=True)
    known = session.value("SELECT id FROM category_rules WHERE year = ?", (year,))
    return keep(session, actor, RuleOfYear(id=known or new_id(), year=year, predicates=text)).id


@use_case(COORDINATOR)
def copy_rule(session: Session, actor: Actor, *, year: int) -> str:
    """Begin a year's own rule as a copy of the last one; returns the record's id.

    Raises:
        KnownError: ``rule_exists``.
    """
    shown = rule_of(session, actor, year=year)
    if shown.from_year == year:
        raise KnownError("rule_exists", field="year", year=year)
    return save_rule(session, actor, year=year, predicates=shown.predicates)


@use_case(COORDINATOR)
def remove_rule(session: Session, actor: Actor, *, year: int) -> None:
    """Take headquarters' rule of a year back; the earlier one then holds.

    Raises:
        KnownError: ``record_not_found``.
    """
    found = session.value("SELECT id FROM category_rules WHERE year = ? AND NOT deleted", (year,))
    if found is None:
        raise KnownError("record_not_found", table=RuleOfYear.table, id=str(year))
    store.delete(session, actor.account_id, RuleOfYear, found)


def check_rule(predicates: Sequence[PredicateData]) -> None:
    """Every category is given by some line, and only the last line holds for everybody.

    Raises:
        KnownError: see `save_rule`; ``line`` is the number of the line from 1.
    """
    lists = classifiers()
    for number, data in enumerate(predicates, 1):
        predicate = _predicate(data, number)
        given = {
            "category": ({predicate.category}, lists.categories),
            "role": (predicate.role, lists.kinds["participant_role"]),
            "disability": (predicate.disability, lists.kinds["disability"]),
            "occupation": (predicate.occupation, lists.kinds["occupation"]),
        }
        if any(not set(keys or ()) <= set(known) for keys, known in given.values()):
            raise KnownError("rule_line_malformed", line=number)
        if any(not str(data.get(language) or "").strip() for language in LANGUAGES):
            raise KnownError("field_required", field="predicates", line=number)
        if (predicate == Predicate(predicate.category)) is not (number == len(predicates)):
            raise KnownError("rule_end_missing", line=number)
    missing = set(lists.categories) - {data["category"] for data in predicates}
    if missing:
        raise KnownError("rule_category_missing", field="category", category=sorted(missing)[0])


def _predicate(data: PredicateData, number: int) -> Predicate:
    if not set(data) <= {"category", "when", *LANGUAGES}:
        raise KnownError("rule_line_malformed", line=number)
    try:
        predicate = Predicate.from_data(data)
    except (TypeError, KeyError, AttributeError) as error:
        raise KnownError("rule_line_malformed", line=number) from error
    ages = (predicate.age_from, predicate.age_to)
    sets = (predicate.role, predicate.disability, predicate.occupation)
    if (
        not isinstance(predicate.category, str)
        or not isinstance(predicate.or_age_unknown, bool)
        or any(age is not None and (type(age) is not int or not 0 <= age <= 120) for age in ages)
        or any(one is not None and not isinstance(one, frozenset) for one in sets)
    ):
        raise KnownError("rule_line_malformed", line=number)
    low, high = ages
    if low is not None and high is not None and low > high:
        raise KnownError("rule_ages_crossed", field="age_to", line=number)
    return predicate
