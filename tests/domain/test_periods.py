"""Months and periods of packages and reports."""

from datetime import date

import pytest

from pravo_desktop.domain.periods import Month, Period, month_range, months_between
from pravo_desktop.errors import KnownError


def test_a_month_is_read_as_it_is_written() -> None:
    assert str(Month.parse("2024-05")) == "2024-05"
    assert Month.of(date(2024, 5, 31)) == Month(2024, 5)


@pytest.mark.parametrize(
    "text", ["2024-5", "2024-13", "2024-00", "0000-01", "05.2024", "", "٢٠٢٤-٠٥"]
)
def test_what_is_no_month_is_a_known_error(text: str) -> None:
    with pytest.raises(KnownError) as error:
        Month.parse(text)
    assert (error.value.code, error.value.params) == ("month_invalid", {"text": text})


def test_february_of_a_leap_year_has_29_days_and_december_31() -> None:
    assert Month(2024, 2).last_day == date(2024, 2, 29)
    assert Month(2023, 2).last_day == date(2023, 2, 28)
    assert (Month(2024, 12).first_day, Month(2024, 12).last_day) == (
        date(2024, 12, 1),
        date(2024, 12, 31),
    )
    assert date(2024, 2, 29) in Month(2024, 2)
    assert date(2023, 2, 28) not in Month(2024, 2)


def test_after_december_comes_january_of_the_next_year() -> None:
    assert Month(2024, 12).next == Month(2025, 1)
    assert Month(2024, 1).previous == Month(2023, 12)
    assert Month(2024, 1).plus(-13) == Month(2022, 12)


def test_months_are_counted_and_listed_across_a_year() -> None:
    first, last = Month(2023, 11), Month(2024, 2)
    assert months_between(first, last) == 3
    assert months_between(last, first) == -3
    assert [str(m) for m in month_range(first, last)] == [
        "2023-11",
        "2023-12",
        "2024-01",
        "2024-02",
    ]
    assert list(month_range(last, first)) == []
    assert sorted([last, first]) == [first, last]


def test_a_year_a_quarter_and_a_month_are_periods_of_whole_months() -> None:
    assert Period.of_year(2024) == Period(date(2024, 1, 1), date(2024, 12, 31))
    assert Period.of_quarter(2024, 1) == Period(date(2024, 1, 1), date(2024, 3, 31))
    assert Period.of_quarter(2024, 4).months == (Month(2024, 10), Month(2024, 11), Month(2024, 12))
    assert Period.of_month(Month(2024, 2)).to == date(2024, 2, 29)
    assert Period.of_year(2024).partial_months == ()
    assert len(Period.of_year(2024).full_months) == 12


def test_a_period_until_mid_november_covers_november_in_part() -> None:
    period = Period(date(2024, 1, 1), date(2024, 11, 15))
    assert period.full_months == tuple(month_range(Month(2024, 1), Month(2024, 10)))
    assert period.partial_months == (Month(2024, 11),)
    assert date(2024, 11, 15) in period
    assert date(2024, 11, 16) not in period


def test_a_period_inside_one_month_has_no_full_month() -> None:
    period = Period(date(2024, 5, 2), date(2024, 5, 30))
    assert (period.full_months, period.partial_months) == ((), (Month(2024, 5),))


def test_a_period_that_ends_before_it_begins_is_a_known_error() -> None:
    with pytest.raises(KnownError, match="period_reversed"):
        Period(date(2024, 5, 2), date(2024, 5, 1))
