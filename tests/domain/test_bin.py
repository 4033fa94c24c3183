"""Numbers of organisations: which are refused, which only looked at again."""

import pytest

from pravo_desktop.domain.bin import bin_findings, bin_warnings
from pravo_desktop.domain.iin import iin_check_digit


@pytest.mark.parametrize("number", ["240140000011", "240141000017", "240150000016", "240160000010"])
def test_numbers_of_companies_branches_and_entrepreneurs_are_kept(number: str) -> None:
    assert bin_findings(number) == bin_warnings(number) == ()


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("", "bin_digits"),
        ("24014000001", "bin_digits"),
        ("2401400000111", "bin_digits"),
        ("24014000001О", "bin_digits"),
        ("٢٤٠١٤٠٠٠٠٠١١", "bin_digits"),
        ("000000000000", "bin_check_digit"),
        ("240140000012", "bin_check_digit"),
        ("240140000101", "bin_check_digit"),
    ],
)
def test_what_cannot_be_a_number_is_refused(number: str, code: str) -> None:
    assert bin_findings(number) == (code,)


@pytest.mark.parametrize("first", ["24017000001", "24134000001", "24004000001", "24014400001"])
def test_an_unknown_kind_month_or_part_is_only_warned_of(first: str) -> None:
    number = f"{first}{iin_check_digit(first)}"
    assert bin_findings(number) == ()
    assert bin_warnings(number) == ("bin_unusual",)
