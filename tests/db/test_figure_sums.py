"""Figures add up, and the database counts as plain Python does."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from sqlalchemy import Engine

from db.figures import RegisteredCentre, Registers, cross_foot, records_behind
from pravo_desktop.domain.figures import ALL, NATIONAL
from pravo_desktop.domain.indicators import BY_KEY
from pravo_desktop.domain.periods import Period
from pravo_desktop.resources import classifiers
from tests.db.merged import APRIL, MARCH, CellKey, Headquarters, cell_of, rolled_back
from tests.db.oracle import JANUARY, LISTED, RULE, YEAR, Kept, Plain, everything, periods


def _busy(hq: Headquarters) -> None:
    for centre in ("astana", "abai"):
        case = hq.case(centre)
        wife = hq.person(case, "wife", centre, sex="female", birth_year=1990)
        hq.person(case, "child", centre, birth_year=2015)
        hq.visit(case, MARCH, wife, centre=centre)
        hq.visit(case, APRIL, wife, centre=centre, profession="lawyer")


def test_a_report_adds_up(hq: Headquarters) -> None:
    _busy(hq)
    assert cross_foot(hq.rows()) == []


@pytest.mark.parametrize(
    ("cell", "checks"),
    [
        (("couples", "astana", None, None), {("regions", ALL, None)}),
        (
            ("consultations", "abai", "profession", "lawyer"),
            {("regions", ALL, "profession"), ("breakdown", "abai", "profession")},
        ),
        (
            ("consultations", ALL, "month", "2024-03"),
            {("regions", ALL, "month"), ("breakdown", ALL, "month")},
        ),
        (
            ("participants", "abai", "sex", "women"),
            {("regions", ALL, "sex"), ("breakdown", "abai", "sex"), ("adults", "abai", "category")},
        ),
        (
            ("participants", "abai", "category", "children"),
            {
                ("regions", ALL, "category"),
                ("breakdown", "abai", "category"),
                ("children", "abai", "category"),
            },
        ),
    ],
)
def test_an_altered_figure_is_found(
    hq: Headquarters, cell: CellKey, checks: set[tuple[str, str, str | None]]
) -> None:
    _busy(hq)
    rows = hq.rows()
    altered = [
        replace(row, value=(row.value or 0) + 1) if cell_of(row) == cell else row for row in rows
    ]
    assert altered != rows
    found = cross_foot(altered)
    assert {(one.check, one.region, one.breakdown) for one in found} == checks
    assert {abs(one.stated - one.computed) for one in found} == {1}


def test_an_event_for_no_region_of_its_own_counts_once_and_is_found(hq: Headquarters) -> None:
    hq.event("social_bureau", MARCH, ALL, host=NATIONAL)
    rows = hq.rows()
    assert [row.value for row in rows if cell_of(row) == ("social_bureaus", ALL, None, None)] == [1]
    [found] = cross_foot(rows)
    assert (found.check, found.indicator, found.computed) == ("regions", "social_bureaus", 0)


def test_a_region_left_out_is_found(hq: Headquarters) -> None:
    _busy(hq)
    rows = [row for row in hq.rows() if (row.indicator, row.region) != ("couples", "abai")]
    [found] = [one for one in cross_foot(rows) if one.breakdown is None]
    assert (found.indicator, found.stated, found.computed) == ("couples", 2, 1)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kept=everything, period=periods)
@example(kept=LISTED, period=YEAR)
@example(kept=LISTED, period=JANUARY)
def test_the_database_counts_as_plain_python_does(
    engine: Engine, kept: list[Kept], period: Period
) -> None:
    with rolled_back(engine) as hq:
        hq.registers = Registers(
            classifiers(),
            ("astana", "abai"),
            (RegisteredCentre("astana", "astana"), RegisteredCentre("abai", "abai")),
        )
        for one in kept:
            hq.put(one.centre, one.record)
        rows = hq.rows(period)
        counted = [row for row in rows if not BY_KEY[row.indicator].from_register]
        assert {cell_of(row): row.value for row in counted if row.value} == Plain(
            kept, period
        ).values()
        assert len({cell_of(row) for row in rows}) == len(rows)
        assert cross_foot(rows) == []
        for row in rows:
            indicator = BY_KEY[row.indicator]
            if row.value and indicator.unit not in ("answer", "percent", "view"):
                found = records_behind(
                    hq.session,
                    "merged_",
                    period,
                    *cell_of(row),
                    rule=RULE,
                    registers=hq.registers,
                )
                assert len(found) == row.value


@pytest.mark.parametrize(
    ("period", "consultations", "outcome"), [(YEAR, 3, "open"), (JANUARY, 2, "reconciled")]
)
def test_plain_python_counts_the_listed_cases_as_the_design_says(
    period: Period, consultations: int, outcome: str
) -> None:
    counted = Plain(LISTED, period).values()
    assert counted["consultations", ALL, None, None] == consultations
    assert counted["couples", ALL, None, None] == counted["participants", ALL, None, None] == 1
    assert counted["claims", ALL, "kind", "divorce"] == 1
    assert counted["outcomes", ALL, "kind", outcome] == counted["outcomes", ALL, None, None] == 1


def test_a_number_opens_the_records_it_was_made_of(hq: Headquarters) -> None:
    case, other = hq.case(), hq.case("abai")
    first, again = hq.visit(case, MARCH), hq.visit(case, MARCH)
    elsewhere = hq.visit(other, APRIL, centre="abai", profession="lawyer")
    event = hq.event("round_table", MARCH, "abai", host=NATIONAL)

    def behind(*cell: Any) -> list[tuple[str, str, str]]:
        return records_behind(hq.session, "merged_", YEAR, *cell, rule=RULE, registers=hq.registers)

    assert first < again
    assert behind("consultations", ALL) == [
        ("consultations", "abai", elsewhere),
        ("consultations", "astana", first),
    ]
    assert behind("couples", ALL, "profession", "lawyer") == [("cases", "abai", other)]
    assert behind("round_tables", "abai") == [("events", NATIONAL, event)]
    assert len(behind("centres_open", ALL)) == 10
    with pytest.raises(KeyError):
        behind("studies", ALL, "kind", "x")
