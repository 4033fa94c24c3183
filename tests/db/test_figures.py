"""Counting couples, participants and outcomes on a real encrypted database, rule by rule."""

from datetime import date

import pytest

from pravo_desktop.domain.figures import ALL
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.domain.records import (
    Advice,
    Claim,
    Consultation,
    Event,
    Mediation,
    Outcome,
    Study,
)
from pravo_desktop.resources import classifiers
from tests.db.merged import APRIL, MARCH, MAY, Headquarters, new_id
from tests.db.oracle import YEAR


def test_a_couple_of_two_months_is_one_couple_of_the_year(hq: Headquarters) -> None:
    case = hq.case()
    hq.visit(case, MARCH)
    hq.visit(case, APRIL)
    assert hq.value("couples", "astana") == 1
    assert hq.value("couples", "astana", "month", "2024-03") == 1
    assert hq.value("couples", "astana", "month", "2024-04") == 1
    assert hq.value("consultations") == 2


def test_two_specialists_on_one_day_are_two_consultations_with_one_couple(
    hq: Headquarters,
) -> None:
    case = hq.case()
    hq.visit(case, MARCH)
    hq.visit(case, MARCH, profession="lawyer")
    assert hq.value("consultations") == 2
    assert hq.value("consultations", "astana", "profession", "lawyer") == 1
    assert hq.value("consultations", "astana", "profession", "mediator") == 0
    assert hq.value("couples") == 1
    assert hq.value("couples", "astana", "profession", "psychologist") == 1


def test_the_same_specialist_case_and_day_count_once_but_all_who_attended_count(
    hq: Headquarters,
) -> None:
    case = hq.case()
    husband, wife = hq.person(case, "husband"), hq.person(case, "wife")
    hq.visit(case, MARCH, husband)
    hq.visit(case, MARCH, wife)
    assert hq.value("consultations") == 1
    assert hq.value("participants") == 2


def test_a_group_session_is_one_consultation_for_each_case(hq: Headquarters) -> None:
    hq.visit(hq.case(), MARCH)
    hq.visit(hq.case(), MARCH)
    assert hq.value("consultations") == 2


def test_one_spouse_alone_is_a_couple(hq: Headquarters) -> None:
    case = hq.case()
    hq.visit(case, MARCH, hq.person(case, "wife", sex="female"))
    assert hq.value("couples") == 1
    assert hq.value("participants") == 1


@pytest.mark.parametrize(
    ("kind", "couples"),
    [
        ("married", 1),
        ("divorced", 1),
        ("unregistered", 1),
        ("future_spouses", 0),
        ("guardian_or_relative", 0),
        ("one_person", 0),
    ],
)
def test_only_some_kinds_of_cases_are_couples_while_all_have_consultations(
    hq: Headquarters, kind: str, couples: int
) -> None:
    case = hq.case(kind=kind)
    hq.visit(case, MARCH, hq.person(case, "guardian"))
    assert hq.value("couples") == couples
    assert hq.value("consultations") == hq.value("participants") == 1


def test_only_the_days_of_the_period_count_with_its_first_and_last(hq: Headquarters) -> None:
    case = hq.case()
    for day in ("2023-12-31", "2024-01-01", "2024-12-31", "2025-01-01"):
        hq.visit(case, date.fromisoformat(day))
    assert hq.value("consultations") == 2
    assert hq.value("consultations", period=Period(date(2024, 1, 2), date(2024, 12, 30))) is None


def test_a_record_without_its_parent_does_not_count(hq: Headquarters) -> None:
    hq.visit("deleted-case", MARCH)
    hq.put(
        "astana",
        Consultation(id=new_id(), case_id=hq.case(), held_on=MARCH, specialist_id="deleted"),
    )
    assert hq.value("consultations") is None


def test_a_case_of_another_centre_with_the_same_id_is_no_parent(hq: Headquarters) -> None:
    hq.visit(hq.case("almaty"), MARCH, centre="astana")
    assert hq.value("consultations") is None


def test_one_off_advice_is_in_no_other_figure(hq: Headquarters) -> None:
    hq.put("astana", Advice(id=new_id(), held_on=MARCH, specialist_id=hq.specialist()))
    assert hq.value("advice", "astana") == 1
    assert not hq.value("consultations") and not hq.value("participants")


def test_studies_and_mediations_count_on_their_day(hq: Headquarters) -> None:
    case, specialist = hq.case(), hq.specialist()
    hq.put("astana", Study(id=new_id(), case_id=case, specialist_id=specialist, held_on=MARCH))
    for day in (MARCH, date(2025, 1, 2)):
        hq.put(
            "astana",
            Mediation(id=new_id(), case_id=case, specialist_id=specialist, contract_on=day),
        )
    assert (hq.value("studies"), hq.value("mediations")) == (1, 1)


def test_adults_count_when_they_came_and_children_when_their_case_was_served(
    hq: Headquarters,
) -> None:
    case, unserved = hq.case(), hq.case()
    husband = hq.person(case, "husband", sex="male")
    hq.person(case, "wife", sex="female")
    hq.person(case, "child", birth_year=2015)
    hq.person(unserved, "child", birth_year=2015)
    hq.visit(case, MARCH, husband)
    hq.visit(case, APRIL, husband)
    assert hq.value("participants") == 2
    sexes = {key: hq.value("participants", ALL, "sex", key) for key in ("men", "women", "children")}
    assert sexes == {"men": 1, "women": 0, "children": 1}
    assert hq.value("participants", "astana", "month", "2024-04") == 2


def test_a_child_counts_until_the_year_it_turns_18(hq: Headquarters) -> None:
    case = hq.case()
    hq.person(case, "child", birth_year=2006)
    hq.person(case, "child", birth_year=2007)
    hq.person(case, "child")
    hq.visit(case, MARCH)
    assert hq.value("participants", ALL, "sex", "children") == 2
    assert hq.value("participants", ALL, "category", "children") == 2
    two_years = Period(YEAR.from_, date(2025, 6, 30))
    assert hq.value("participants", period=two_years) == 1


def test_a_child_named_as_an_attendee_is_no_adult(hq: Headquarters) -> None:
    case = hq.case()
    hq.visit(case, MARCH, hq.person(case, "child", birth_year=2000))
    assert not hq.value("participants")


def test_a_sex_not_stated_has_its_row_only_when_there_is_one(hq: Headquarters) -> None:
    case = hq.case()
    hq.visit(case, MARCH, hq.person(case, "wife", sex="female"))
    assert hq.keys("participants", "astana", "sex") == ["men", "women", "children"]
    hq.visit(case, APRIL, hq.person(case, "partner"))
    assert hq.value("participants", "astana", "sex", "not_stated") == 1


def test_each_adult_has_one_category_by_the_rule_in_the_year_of_the_report(
    hq: Headquarters,
) -> None:
    case = hq.case()
    people = [
        hq.person(case, "husband", birth_year=1974, occupation="business"),
        hq.person(case, "wife", birth_year=1975, occupation="business"),
        hq.person(case, "partner", birth_year=1995, disability="yes"),
        hq.person(case, "partner", birth_year=1990),
        hq.person(case, "partner", birth_year=1989),
    ]
    hq.visit(case, MARCH, *people)
    found = {
        row.key: row.value
        for row in hq.rows()
        if (row.indicator, row.region, row.breakdown) == ("participants", ALL, "category")
    }
    assert list(found) == list(classifiers().categories)
    counted = {key: value for key, value in found.items() if value}
    assert counted == {"senior": 1, "business": 1, "disability": 1, "youth": 1, "other": 1}


def test_attendances_of_an_event_are_not_participants(hq: Headquarters) -> None:
    hq.put(
        "astana",
        Event(
            id=new_id(),
            kind="social_bureau",
            held_on=MARCH,
            region="astana",
            topic="-",
            men=10,
            women=20,
        ),
    )
    assert not hq.value("participants")


def _claim(hq: Headquarters, case: str, filed_on: date | None, kind: str = "alimony") -> None:
    hq.put("astana", Claim(id=new_id(), case_id=case, kind=kind, filed_on=filed_on))


def test_a_claim_filed_before_the_first_visit_counts_on_that_visit(hq: Headquarters) -> None:
    case = hq.case()
    _claim(hq, case, date(2023, 11, 20))
    hq.visit(case, MARCH)
    hq.visit(case, MAY)
    assert hq.value("claims", period=Period.of_month(Month(2024, 3))) == 1
    assert not hq.value("claims", period=Period.of_month(Month(2024, 5)))
    assert hq.value("claims", ALL, "kind", "alimony") == 1


def test_a_claim_filed_in_a_later_month_counts_on_its_first_day(hq: Headquarters) -> None:
    case = hq.case()
    _claim(hq, case, date(2024, 4, 28))
    hq.visit(case, MARCH)
    assert not hq.value("claims", period=Period.of_month(Month(2024, 3)))
    assert hq.value("claims", period=Period(date(2024, 4, 1), date(2024, 4, 1))) == 1


def test_a_claim_of_unknown_filing_counts_on_the_first_visit_ever(hq: Headquarters) -> None:
    case = hq.case()
    _claim(hq, case, None)
    hq.visit(case, date(2023, 12, 1))
    hq.visit(case, MARCH)
    assert not hq.value("claims")
    assert hq.value("claims", period=Period.of_year(2023)) == 1


def test_a_case_never_served_has_no_claim_and_no_outcome(hq: Headquarters) -> None:
    case = hq.case()
    _claim(hq, case, MARCH)
    _outcome(hq, case, "reconciled", MARCH)
    assert not hq.value("claims")
    assert not hq.value("outcomes")


def _outcome(hq: Headquarters, case: str, kind: str, day: date) -> None:
    hq.put("astana", Outcome(id=new_id(), case_id=case, kind=kind, dated_on=day, source="couple"))


def _outcomes(hq: Headquarters, period: Period = YEAR) -> dict[str | None, int | float | None]:
    return {
        row.key: row.value
        for row in hq.rows(period)
        if (row.indicator, row.region, row.breakdown) == ("outcomes", ALL, "kind") and row.value
    }


def test_a_period_takes_the_last_outcome_within_it(hq: Headquarters) -> None:
    case = hq.case()
    hq.visit(case, MARCH)
    _outcome(hq, case, "not_reconciled", MARCH)
    _outcome(hq, case, "reconciled", MAY)
    assert _outcomes(hq) == {"reconciled": 1}
    assert _outcomes(hq, Period(YEAR.from_, APRIL)) == {"not_reconciled": 1}
    assert _outcomes(hq, Period(APRIL, APRIL)) == {}


def test_a_served_case_without_an_outcome_is_open(hq: Headquarters) -> None:
    case = hq.case()
    hq.visit(case, MARCH)
    _outcome(hq, case, "reconciled", date(2025, 2, 1))
    assert _outcomes(hq) == {"open": 1}
    assert hq.value("outcomes") == 1


def test_a_case_opened_again_is_open_until_its_next_outcome(hq: Headquarters) -> None:
    case = hq.case()
    hq.visit(case, MARCH)
    _outcome(hq, case, "not_reconciled", MARCH)
    _outcome(hq, case, "open", APRIL)
    hq.visit(case, APRIL)
    assert _outcomes(hq) == {"open": 1}
    _outcome(hq, case, "agreement", MAY)
    assert _outcomes(hq) == {"agreement": 1}


def test_a_case_opened_again_but_not_served_yet_is_in_no_figure(hq: Headquarters) -> None:
    case = hq.case()
    hq.visit(case, MARCH)
    _outcome(hq, case, "open", MAY)
    assert _outcomes(hq, Period.of_month(Month(2024, 5))) == {}


def test_an_outcome_before_the_first_visit_waits_for_it(hq: Headquarters) -> None:
    case = hq.case()
    _outcome(hq, case, "reconciled", MARCH)
    hq.visit(case, MAY)
    assert _outcomes(hq, Period.of_month(Month(2024, 3))) == {}
    assert _outcomes(hq) == {"reconciled": 1}


def test_a_case_concluded_earlier_and_not_opened_again_has_no_outcome_now(
    hq: Headquarters,
) -> None:
    case = hq.case()
    hq.visit(case, MARCH)
    _outcome(hq, case, "reconciled", MARCH)
    hq.visit(case, MAY)
    assert _outcomes(hq, Period.of_month(Month(2024, 5))) == {}
