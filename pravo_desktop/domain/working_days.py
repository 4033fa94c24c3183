"""Terms in working days, Monday to Friday.

Public holidays are left out on purpose: their list changes, and without them a term ends earlier,
never later, than the law has it.
"""

from datetime import date, timedelta

_SATURDAY = 5


def working_day_after(day: date, number: int) -> date:
    """The last day of a term of so many working days; ``day`` itself is not counted."""
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < _SATURDAY
    return day


def working_days_left(today: date, due: date) -> int:
    """How many working days there still are after today; negative once the term is over."""
    first, last = sorted((today, due))
    passed = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    number = sum(day.weekday() < _SATURDAY for day in passed)
    return number if due >= today else -number
