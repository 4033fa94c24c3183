"""Each record is described once: its fields, its row, and what of it may leave a centre."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.package.schema import TRAVELS
from pravo_desktop.domain.fields import (
    fields_of,
    from_row,
    to_row,
    travelling_columns,
    travelling_values,
)
from pravo_desktop.domain.records import (
    BY_TABLE,
    PERSONAL,
    RECORDS,
    Claim,
    Consultation,
    Event,
    Record,
    Vacancy,
)
from pravo_desktop.resources import classifiers

NEVER_TRAVEL = {
    "surname",
    "given_name",
    "patronymic",
    "iin",
    "phone",
    "birth_date",
    "judge",
    "label",
    "number",
    "author",
    "filed_on",
    "safe_contact",
}


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.table)
def test_every_classifier_that_a_field_names_exists(record: type[Record]) -> None:
    for spec in fields_of(record):
        if spec.classifier:
            assert classifiers().entries(spec.classifier), spec.name


def test_parents_stand_before_their_children() -> None:
    places = {record.table: place for place, record in enumerate(RECORDS)}
    for record in RECORDS:
        for spec in fields_of(record):
            if spec.parent:
                assert places[spec.parent] < places[record.table]


def test_what_travels_is_what_the_one_table_of_the_package_names() -> None:
    travelling = {table: travelling_columns(table) for table in BY_TABLE}
    assert {table: names for table, names in travelling.items() if names} == dict(TRAVELS)


def test_nothing_personal_travels() -> None:
    for table in PERSONAL:
        assert travelling_columns(table) == ()
    for table, columns in TRAVELS.items():
        assert not NEVER_TRAVEL & set(columns), table


def test_a_filing_date_leaves_as_its_month() -> None:
    claim = Claim(id="one", case_id="two", kind="divorce", filed_on=date(2024, 5, 17))
    assert travelling_values("claims", to_row(claim))["filed_month"] == "2024-05"
    unknown = replace(claim, filed_on=None)
    assert travelling_values("claims", to_row(unknown))["filed_month"] is None


_DATES = st.dates(date(1900, 1, 1), date(2200, 12, 31))
_LISTS = st.lists(st.text(max_size=8), max_size=3).map(tuple)


@given(
    st.one_of(
        st.builds(
            Consultation,
            id=st.text(),
            case_id=st.text(),
            held_on=_DATES,
            specialist_id=st.text(),
            format=st.text(),
            attendees=_LISTS,
            topics=_LISTS,
            minutes=st.one_of(st.none(), st.integers(1, 600)),
        ),
        st.builds(
            Vacancy,
            id=st.text(),
            profession=st.text(),
            opened_on=_DATES,
            closed_on=st.one_of(st.none(), _DATES),
            notices=st.lists(_DATES, max_size=3).map(tuple),
        ),
        st.builds(
            Event,
            id=st.text(),
            kind=st.text(),
            held_on=_DATES,
            region=st.text(),
            attending_centres=_LISTS,
            topic=st.text(),
            men=st.integers(0, 99),
        ),
    )
)
def test_a_record_comes_back_from_its_row_as_it_was(record: Any) -> None:
    row = to_row(record)
    assert all(isinstance(cell, str | int | None) for cell in row.values())
    assert from_row(type(record), {**row, "epoch": 1, "deleted": 0}) == record
