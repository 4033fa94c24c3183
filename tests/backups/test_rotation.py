"""Seven days, five weeks, twelve months."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pravo_desktop.backups.rotation import kept

NOON = datetime(2024, 5, 31, 7, 0, tzinfo=UTC)


def days_back(*days: int) -> list[datetime]:
    return [NOON - timedelta(days=day) for day in days]


def test_every_day_of_two_years_leaves_days_weeks_and_months() -> None:
    left = sorted(kept(days_back(*range(730))), reverse=True)
    assert left[:7] == days_back(*range(7))
    # Sundays of the weeks before, then the last days of months back to June of the year before.
    assert [f"{one:%d.%m.%y}" for one in left[7:]] == [
        "19.05.24",
        "12.05.24",
        "05.05.24",
        "30.04.24",
        "31.03.24",
        "29.02.24",
        "31.01.24",
        "31.12.23",
        "30.11.23",
        "31.10.23",
        "30.09.23",
        "31.08.23",
        "31.07.23",
        "30.06.23",
    ]


def test_of_one_day_in_kazakhstan_the_newest_is_kept() -> None:
    evening = datetime(2024, 5, 30, 20, 0, tzinfo=UTC)
    assert kept([evening, NOON]) == {NOON}


def test_a_computer_that_stood_still_for_years_loses_nothing() -> None:
    rare = days_back(0, 400, 800, 1200)
    assert kept(rare) == set(rare)


@given(st.lists(st.integers(0, 2000), max_size=60, unique=True))
def test_the_newest_always_stays_and_clearing_twice_changes_nothing(days: list[int]) -> None:
    moments = days_back(*days)
    left = kept(moments)
    assert left <= set(moments) and len(left) <= 24
    assert not moments or max(moments) in left
    assert kept(left) == left
