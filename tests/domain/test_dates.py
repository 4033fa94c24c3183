"""Dates as they are typed at the desk on 5 December 2024."""

from datetime import date

import pytest

from pravo_desktop.domain.dates import parse_coming_date, parse_date, parse_hour

TODAY = date(2024, 12, 5)


@pytest.mark.parametrize(
    "typed",
    [
        "5",
        "05",
        "5.",
        "5.12",
        "05.12.",
        "0512",
        "5.12.24",
        "051224",
        "05122024",
        "05.12.2024",
        "5/12/2024",
        "5-12-24",
        "5,12,24",
        "5 12 2024",
        "2024-12-05",
        " Бүгін ",
        "бугин",
        "СЕГОДНЯ",
        "today",
    ],
)
def test_today_can_be_typed_in_many_ways(typed: str) -> None:
    assert parse_date(typed, today=TODAY) == TODAY


@pytest.mark.parametrize("typed", ["вчера", "кеше", "Yesterday", "4", "4.12"])
def test_yesterday_too(typed: str) -> None:
    assert parse_date(typed, today=TODAY) == date(2024, 12, 4)


def test_a_day_without_a_month_is_the_latest_one_that_has_been() -> None:
    assert parse_date("6", today=TODAY) == date(2024, 11, 6)
    assert parse_date("31", today=TODAY) == date(2024, 10, 31)
    assert parse_date("31", today=date(2024, 3, 15)) == date(2024, 1, 31)


def test_a_day_and_month_without_a_year_is_the_latest_one_that_has_been() -> None:
    assert parse_date("28.12", today=date(2025, 1, 3)) == date(2024, 12, 28)
    assert parse_date("29.02", today=date(2027, 3, 1)) == date(2024, 2, 29)


def test_two_digits_of_a_year_are_never_ahead_of_this_year() -> None:
    assert parse_date("1.2.85", today=TODAY) == date(1985, 2, 1)
    assert parse_date("31.12.24", today=TODAY) == date(2024, 12, 31)
    assert parse_date("1.1.2025", today=TODAY) == date(2025, 1, 1)


@pytest.mark.parametrize(
    "typed", ["", "0", "32", "31.02.2024", "5.13", "512", "завтра", "5.12.024", "12/5/2024x"]
)
def test_what_is_no_date_is_left_to_the_person(typed: str) -> None:
    assert parse_date(typed, today=TODAY) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("5", date(2024, 6, 5)),
        ("20", date(2024, 5, 20)),
        ("5.12", date(2024, 12, 5)),
        ("05122024", date(2024, 12, 5)),
        ("5.12.25", date(2025, 12, 5)),
        ("ертең", date(2024, 5, 21)),
        ("01.05.2024", date(2024, 5, 1)),
        ("кешке", None),
    ],
)
def test_a_visit_to_come_lies_ahead(text: str, meant: date | None) -> None:
    assert parse_coming_date(text, today=date(2024, 5, 20)) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("9", "09:00"),
        ("930", "09:30"),
        ("9:30", "09:30"),
        ("15.00", "15:00"),
        ("0915", "09:15"),
        (" 23-59 ", "23:59"),
        ("24", None),
        ("9:60", None),
        ("9:3", None),
        ("утром", None),
        ("", None),
    ],
)
def test_the_hour_of_a_visit_is_typed_as_people_say_it(text: str, meant: str | None) -> None:
    assert parse_hour(text) == meant
