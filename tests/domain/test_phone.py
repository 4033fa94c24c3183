"""Phones as people write them and as they are printed."""

import pytest

from pravo_desktop.domain.phone import format_phone, normalise_phone, phone_findings
from pravo_desktop.resources import classifiers

LANDLINES = [region.phone_code for region in classifiers().regions.values()]


@pytest.mark.parametrize(
    "typed",
    [
        "+7 (701) 123-45-67",
        "8 701 123 45 67",
        "87011234567",
        "77011234567",
        "7011234567",
        "+7 701 123\u00a045\u201167",
        " 8(701)123.45.67 ",
    ],
)
def test_every_usual_way_of_writing_gives_one_stored_form(typed: str) -> None:
    assert normalise_phone(typed) == "+77011234567"


@pytest.mark.parametrize(
    "typed", ["", "123-45-67", "+997 701 123 45 67", "+7 901 123 45 67", "8701123456", "звонить"]
)
def test_what_is_no_number_of_the_country_is_refused(typed: str) -> None:
    assert normalise_phone(typed) is None
    assert phone_findings(typed) == ("phone_format",)


def test_a_code_that_is_not_on_the_lists_only_warns() -> None:
    assert phone_findings("+7 701 123 45 67") == ()
    assert phone_findings("+7 785 123 45 67") == ()
    assert phone_findings("+7 799 123 45 67") == ("phone_code_unknown",)
    assert phone_findings("+7 7172 12 34 56") == ("phone_code_unknown",)
    assert phone_findings("+7 7172 12 34 56", LANDLINES) == ()


@pytest.mark.parametrize(
    ("stored", "printed"),
    [
        ("+77011234567", "+7 (701) 123-45-67"),
        ("+77172123456", "+7 (7172) 12-34-56"),
        ("+77271234567", "+7 (727) 123-45-67"),
        ("+77253312345", "+7 (72533) 1-23-45"),
    ],
)
def test_a_number_is_printed_in_groups_after_its_code(stored: str, printed: str) -> None:
    assert format_phone(stored, LANDLINES) == printed
    assert normalise_phone(printed) == stored


def test_the_longest_code_that_fits_is_the_code_of_the_place() -> None:
    assert format_phone("+77253312345", ["7253", "72533"]) == "+7 (72533) 1-23-45"
