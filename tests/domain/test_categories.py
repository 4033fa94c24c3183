"""The one category of the report that each participant falls into."""

from itertools import product

import pytest

from pravo_desktop.domain.categories import CategoryRule, category_of
from pravo_desktop.resources import classifiers

RULE = CategoryRule.from_data(classifiers().category_predicates(2024))


def category(
    role: str = "husband",
    birth_year: int | None = 1984,
    disability: str = "not_stated",
    occupation: str = "not_stated",
    report_year: int = 2024,
) -> str:
    return category_of(
        RULE,
        role=role,
        birth_year=birth_year,
        disability=disability,
        occupation=occupation,
        report_year=report_year,
    )


def test_a_young_civil_servant_with_a_disability_counts_once_as_disabled() -> None:
    assert category(birth_year=1994, disability="yes", occupation="civil_servant") == "disability"


def test_without_the_disability_the_work_decides_before_the_age() -> None:
    assert category(birth_year=1994, occupation="civil_servant") == "civil_servant"
    assert category(birth_year=1994, disability="no") == "youth"


@pytest.mark.parametrize("occupation", ["civil_servant", "budget", "unemployed", "ngo", "business"])
def test_an_occupation_gives_its_own_category_until_fifty(occupation: str) -> None:
    assert category(birth_year=1975, occupation=occupation) == occupation
    assert category(birth_year=1974, occupation=occupation) == "senior"


def test_youth_is_from_14_to_34_by_the_year_of_the_report() -> None:
    assert category(birth_year=1990) == "youth"
    assert category(birth_year=1989) == "other"
    assert category(birth_year=1990, report_year=2025) == "other"


def test_who_says_nothing_of_themselves_is_of_the_other_categories() -> None:
    assert category(birth_year=None) == "other"
    assert category(birth_year=None, occupation="other") == "other"
    assert category(birth_year=None, disability="yes") == "disability"


def test_a_child_is_a_child_until_the_year_it_turns_18() -> None:
    assert category("child", 2007, disability="yes") == "children"
    assert category("child", None) == "children"
    assert category("child", 2006) == "youth"


def test_every_participant_falls_into_one_of_the_ten_categories() -> None:
    kinds = classifiers().kinds
    given = {
        category(role, year, disability, occupation)
        for role, year, disability, occupation in product(
            kinds["participant_role"],
            (None, *range(1920, 2025)),
            kinds["disability"],
            kinds["occupation"],
        )
    }
    assert given == set(classifiers().categories)


def test_the_predicates_are_plain_data_that_sql_can_be_made_from() -> None:
    assert [predicate.category for predicate in RULE.predicates] == [
        "children",
        "disability",
        "senior",
        "civil_servant",
        "budget",
        "unemployed",
        "ngo",
        "business",
        "youth",
        "other",
    ]
    senior = RULE.predicates[2]
    assert (senior.age_from, senior.age_to, senior.role) == (50, None, None)
    assert RULE.predicates[0].or_age_unknown


def test_a_rule_that_leaves_somebody_out_is_refused() -> None:
    with pytest.raises(ValueError, match="last predicate"):
        CategoryRule.from_data([{"category": "senior", "when": {"age_from": 50}}])
    with pytest.raises(TypeError):
        CategoryRule.from_data([{"category": "senior", "when": {"agefrom": 50}}])
