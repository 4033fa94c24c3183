"""Terms in working days, from Monday to Friday."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pravo_desktop.domain.working_days import working_day_after, working_days_left


@pytest.mark.parametrize(
    ("day", "number", "last"),
    [
        (date(2024, 5, 17), 1, date(2024, 5, 20)),
        (date(2024, 5, 18), 1, date(2024, 5, 20)),
        (date(2024, 5, 20), 3, date(2024, 5, 23)),
        (date(2024, 5, 20), 15, date(2024, 6, 10)),
    ],
)
def test_a_term_skips_saturdays_and_sundays(day: date, number: int, last: date) -> None:
    assert working_day_after(day, number) == last


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 30))
def test_all_days_of_a_term_are_left_when_it_begins_and_none_when_it_ends(
    day: date, number: int
) -> None:
    last = working_day_after(day, number)
    assert working_days_left(day, last) == number
    assert working_days_left(last, last) == 0


def test_after_the_term_the_days_are_counted_as_late() -> None:
    assert working_days_left(date(2024, 5, 24), date(2024, 5, 20)) == -4
    assert working_days_left(date(2024, 5, 26), date(2024, 5, 24)) == 0
