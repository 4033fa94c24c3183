"""One code for each rule, at the field it is about."""

import unicodedata
from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pravo_desktop.domain.iin import iin_check_digit
from pravo_desktop.domain.records import (
    Advice,
    Case,
    Consultation,
    Identity,
    MonthlyNote,
    Participant,
    PlanTarget,
    StaffMember,
    SurveySheet,
    Vacancy,
)
from pravo_desktop.domain.validation import (
    MAY_BE_AHEAD,
    Finding,
    check,
    check_consultation,
    check_employment,
    check_order,
    check_participant,
    normalised,
    settled_identity,
)
from pravo_desktop.resources import classifiers

TODAY = date(2024, 5, 20)
TOMORROW = TODAY + timedelta(days=1)
LANDLINES = {"7172"}

ADVICE = Advice(id="one", held_on=TODAY, specialist_id="lawyer")
VISIT = Consultation(
    id="one", case_id="case", held_on=TODAY, specialist_id="lawyer", attendees=("wife",)
)
LAWYER = StaffMember(
    id="lawyer",
    profession="lawyer",
    employed_from=date(2024, 2, 1),
    employed_to=date(2024, 6, 30),
)
CASE = Case(id="case", number="AST-A-2024-00001", kind="married", registered_on=TODAY)
NOTE = MonthlyNote(id="1", month="2024-05", section="services", kind="problem", text="а")
WIFE = Participant(id="wife", case_id="case", role="wife", sex="female", birth_year=1990)


def _known(classifier: str) -> Collection[str]:
    return classifiers().entries(classifier)


def _found(record: Any) -> list[tuple[str, str, bool]]:
    return [(f.code, f.field, f.warning) for f in check(record, _known, TODAY)]


def _codes(findings: list[Finding]) -> list[tuple[str, str, bool]]:
    return [(finding.code, finding.field, finding.warning) for finding in findings]


def _iin(first_eleven: str) -> str:
    digit = iin_check_digit(first_eleven)
    assert digit is not None
    return f"{first_eleven}{digit}"


BORN_1990 = _iin("90031540001")
"""A woman born on 15 March 1990."""


@pytest.mark.parametrize(
    "record", [ADVICE, VISIT, LAWYER, CASE, WIFE], ids=lambda record: record.table
)
def test_a_right_record_has_no_findings(record: Any) -> None:
    assert _found(record) == []


@pytest.mark.parametrize(
    ("record", "code", "field"),
    [
        (replace(ADVICE, held_on=TOMORROW), "date_in_future", "held_on"),
        (replace(CASE, registered_on=TOMORROW), "date_in_future", "registered_on"),
        (replace(ADVICE, minutes=0), "number_out_of_range", "minutes"),
        (replace(ADVICE, minutes=601), "number_out_of_range", "minutes"),
        (replace(WIFE, birth_year=1899), "number_out_of_range", "birth_year"),
        (replace(LAWYER, rate_percent=201), "number_out_of_range", "rate_percent"),
        (SurveySheet(id="1", event_id="2", q_trainer=6), "number_out_of_range", "q_trainer"),
        (replace(CASE, label="я" * 81), "text_too_long", "label"),
        (
            replace(NOTE, text="я" * 4001),
            "text_too_long",
            "text",
        ),
        (replace(CASE, kind="friends"), "key_unknown", "kind"),
        (replace(CASE, causes=("money", "weather")), "key_unknown", "causes"),
        (replace(ADVICE, specialist_id=""), "field_required", "specialist_id"),
        (replace(CASE, kind=""), "field_required", "kind"),
        (
            Vacancy(id="1", profession="lawyer", opened_on=TODAY, notices=(TODAY, TOMORROW)),
            "date_in_future",
            "notices",
        ),
    ],
)
def test_an_error_names_its_field(record: Any, code: str, field: str) -> None:
    assert _found(record) == [(code, field, False)]


def test_terms_known_beforehand_may_lie_ahead() -> None:
    ahead = replace(LAWYER, employed_from=TOMORROW, employed_to=TOMORROW)
    assert _found(ahead) == []
    target = PlanTarget(
        id="1",
        indicator="couples",
        region="all",
        valid_from=TOMORROW,
        operator="at_least",
        value=1,
    )
    assert _found(target) == []
    assert "held_on" not in MAY_BE_AHEAD


def test_dates_are_in_order() -> None:
    assert check_order(TODAY, TODAY, "employed_to") == []
    assert check_order(None, TODAY, "employed_to") == []
    assert check_order(TODAY, None, "employed_to") == []
    found = check_order(TOMORROW, TODAY, "employed_to")
    assert _codes(found) == [("dates_out_of_order", "employed_to", False)]


@pytest.mark.parametrize(
    ("attendees", "code"),
    [((), "attendee_required"), (("wife", "neighbour"), "attendee_not_of_case")],
)
def test_somebody_of_the_case_came(attendees: tuple[str, ...], code: str) -> None:
    found = check_consultation(replace(VISIT, attendees=attendees), {"wife", "husband"}, LAWYER)
    assert _codes(found) == [(code, "attendees", False)]


@pytest.mark.parametrize(
    ("day", "odd"),
    [
        (date(2024, 1, 31), True),
        (date(2024, 2, 1), False),
        (date(2024, 6, 30), False),
        (date(2024, 7, 1), True),
    ],
)
def test_a_visit_outside_employment_is_a_warning(day: date, odd: bool) -> None:
    expected = [("outside_employment", "held_on", True)] if odd else []
    assert _codes(check_employment(replace(ADVICE, held_on=day), LAWYER)) == expected
    assert _codes(check_consultation(replace(VISIT, held_on=day), {"wife"}, LAWYER)) == expected


def test_employment_without_an_end_goes_on() -> None:
    later = replace(ADVICE, held_on=date(2030, 1, 1))
    assert check_employment(later, replace(LAWYER, employed_to=None)) == []


def test_nobody_of_this_name_works_here() -> None:
    found = check_employment(ADVICE, None)
    assert _codes(found) == [("specialist_unknown", "specialist_id", False)]


@pytest.mark.parametrize(
    ("born", "role", "expected"),
    [
        (2008, "wife", []),
        (2009, "wife", [("spouse_age_unusual", "birth_year", True)]),
        (1924, "husband", []),
        (1923, "husband", [("spouse_age_unusual", "birth_year", True)]),
        (1923, "former_spouse", [("spouse_age_unusual", "birth_year", True)]),
        (2009, "partner", [("spouse_age_unusual", "birth_year", True)]),
        (2020, "child", []),
        (1923, "guardian", []),
        (2025, "child", [("date_in_future", "birth_year", False)]),
        (None, "wife", []),
    ],
)
def test_the_age_of_a_spouse(
    born: int | None, role: str, expected: list[tuple[str, str, bool]]
) -> None:
    person = replace(WIFE, birth_year=born, role=role)
    assert _codes(check_participant(person, TODAY, "not_asked")) == expected


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("90031540001", "iin_length"),
        (f"{BORN_1990}1", "iin_length"),
        ("90031540001x", "iin_characters"),
        ("٩٠٠٣١٥٤٠٠٠١٩", "iin_characters"),
        (f"{BORN_1990[:11]}{(int(BORN_1990[11]) + 1) % 10}", "iin_check_digit"),
        ("000000000000", "iin_zeros"),
    ],
)
def test_a_number_that_cannot_be_one_leaves_the_field_empty_and_says_so(
    typed: str, code: str
) -> None:
    identity, found = settled_identity(Identity(id="wife", iin=typed), WIFE, TODAY, LANDLINES)
    assert identity.iin is None
    assert _codes(found) == [(code, "iin", True)]


def test_a_number_with_spaces_is_kept_without_them() -> None:
    typed = f"{BORN_1990[:6]} {BORN_1990[6:]}"
    identity, found = settled_identity(Identity(id="wife", iin=typed), WIFE, TODAY, LANDLINES)
    assert identity.iin == BORN_1990
    assert found == []


@pytest.mark.parametrize(
    ("person", "birth", "codes"),
    [
        (WIFE, date(1990, 3, 15), []),
        (WIFE, date(1990, 3, 16), ["iin_birth_date"]),
        (replace(WIFE, birth_year=1991), None, ["iin_birth_date"]),
        (replace(WIFE, birth_year=None), None, []),
        (replace(WIFE, sex="male"), date(1990, 3, 15), ["iin_sex"]),
        (replace(WIFE, sex="not_stated"), date(1990, 3, 15), []),
        (replace(WIFE, sex="male", birth_year=1991), None, ["iin_birth_date", "iin_sex"]),
    ],
)
def test_a_number_that_differs_from_birth_or_sex_is_kept_with_a_warning(
    person: Participant, birth: date | None, codes: list[str]
) -> None:
    identity, found = settled_identity(
        Identity(id="wife", iin=BORN_1990, birth_date=birth), person, TODAY, LANDLINES
    )
    assert identity.iin == BORN_1990
    assert _codes(found) == [(code, "iin", True) for code in codes]


@pytest.mark.parametrize(
    ("typed", "kept", "codes"),
    [
        ("8 701 123 45 67", "+77011234567", []),
        ("+7 (7172) 12-34-56", "+77172123456", []),
        ("+7 799 123 45 67", "+77991234567", ["phone_code_unknown"]),
        ("12-34", None, ["phone_format"]),
    ],
)
def test_a_phone_with_an_unknown_code_is_kept_with_a_warning(
    typed: str, kept: str | None, codes: list[str]
) -> None:
    identity, found = settled_identity(Identity(id="wife", phone=typed), WIFE, TODAY, LANDLINES)
    assert identity.phone == kept
    assert _codes(found) == [(code, "phone", True) for code in codes]


def test_texts_are_kept_in_one_form() -> None:
    typed = unicodedata.normalize("NFD", "  Ёлка\tи   Йод\r\n\x07 ")
    assert normalised(replace(CASE, label=typed)).label == "Ёлка и Йод"
    assert normalised(replace(CASE, label=" \t ")).label is None
    assert normalised(replace(NOTE, text="а\r\nб")).text == "а\nб"


def test_the_length_is_that_of_the_kept_form() -> None:
    decomposed = unicodedata.normalize("NFD", "й" * 80)
    assert len(decomposed) == 160
    assert _found(normalised(replace(CASE, label=decomposed))) == []


@given(st.text(max_size=90))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalised(replace(CASE, label=text))
    assert normalised(once) == once
