"""When a claim is counted: the later of its filing and the case's first consultation."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pravo_desktop.domain.accounting import ACCOUNTING_DATE, claim_date
from pravo_desktop.domain.fields import fields_of
from pravo_desktop.domain.records import BY_TABLE

MARCH, APRIL = date(2024, 3, 20), date(2024, 4, 9)


@pytest.mark.parametrize(
    ("filed", "first_visit", "counted"),
    [
        (None, None, None),
        (MARCH, None, None),
        (None, MARCH, MARCH),
        (MARCH, APRIL, APRIL),
        (APRIL, MARCH, date(2024, 4, 1)),
        (date(2024, 3, 28), date(2024, 3, 5), date(2024, 3, 5)),
        (date(2024, 3, 5), date(2024, 3, 28), date(2024, 3, 28)),
    ],
)
def test_a_claim_is_counted_in_the_later_month(
    filed: date | None, first_visit: date | None, counted: date | None
) -> None:
    assert claim_date(filed, first_visit) == counted


@given(st.dates(date(2020, 1, 1)), st.dates(date(2020, 1, 1)))
def test_a_centre_and_headquarters_which_knows_the_month_alone_agree(
    filed: date, first_visit: date
) -> None:
    as_travelled = filed.replace(day=1)
    assert claim_date(filed, first_visit) == claim_date(as_travelled, first_visit)


@pytest.mark.parametrize("table", sorted(ACCOUNTING_DATE))
def test_a_record_is_counted_by_a_date_or_month_of_its_own(table: str) -> None:
    specs = {spec.name: spec for spec in fields_of(BY_TABLE[table])}
    spec = specs[ACCOUNTING_DATE[table]]
    assert spec.kind is date or spec.name == "month"
    assert not spec.optional and not spec.many
