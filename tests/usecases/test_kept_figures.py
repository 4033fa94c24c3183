"""Figures that headquarters keeps ready are those that counting anew gives."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from db.figures import compute_figures, forget_counts, read_registers
from db.figures.kept import KEPT
from pravo_desktop.domain.figures import FigureRow
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.decisions import accept_many, undo_package
from pravo_desktop.usecases.figures import (
    keep_earlier,
    national_figures,
    project_figures,
    settle_batch,
)
from pravo_desktop.usecases.journal import rehearsal
from pravo_desktop.usecases.reports import make_report
from pravo_desktop.usecases.rules import category_rule_for
from tests.usecases.factories import Desk

YEAR = Period.of_year(2024)
REPORTS = (
    YEAR,
    *(Period.of_quarter(2024, number) for number in (1, 2, 3, 4)),
    *(Period.of_month(Month(2024, number)) for number in range(1, 13)),
)


@pytest.fixture
def trusting(headquarters: Desk, centre: Desk) -> Desk:
    """Headquarters on 3 May 2024; it trusts the centre's key."""
    headquarters.trusts(centre)
    return headquarters.at(2024, 5, 3)


@pytest.fixture
def packages(centre: Desk, tmp_path: Path) -> list[Path]:
    """March's with four couples, April's with one more and one of March that came again."""
    lawyer = centre.specialist("lawyer")
    first = centre.case(on=date(2024, 3, 12), specialist=lawyer)
    for day in (13, 14, 15):
        centre.case(on=date(2024, 3, day), specialist=lawyer)
    centre.close("2024-03", {"media": "no_activity"})
    centre.export("2024-03")
    centre.visit(first, date(2024, 4, 9), lawyer)
    centre.case(on=date(2024, 4, 10), specialist=lawyer)
    centre.close("2024-04", {"media": "no_activity"})
    centre.export("2024-04")
    return [centre.copy(number, tmp_path / "stick") for number in (1, 2)]


def anew(desk: Desk, period: Period) -> tuple[FigureRow, ...]:
    """Counted from the records: nothing is kept under this name of the tables."""
    session = desk.session
    return tuple(
        compute_figures(
            session,
            "main.merged_",
            period,
            rule=category_rule_for(session, "merged_", period.to.year),
            registers=read_registers(session, "merged_", classifiers()),
        )
    )


def test_months_and_quarters_of_the_last_year_are_kept_beside_it_and_follow_each_decision(
    trusting: Desk, packages: list[Path]
) -> None:
    for path in packages:
        trusting.receive(path)
        names = "SELECT count(*) FROM kept_periods WHERE names ->> 'p' = 'merged_'"
        assert trusting.session.value(names) == len(REPORTS)
        for period in REPORTS:
            assert project_figures(trusting.session, period).rows == anew(trusting, period)
    undo_package(trusting.session, trusting.actor, package=packages_of(trusting)[0])
    for period in REPORTS:
        assert project_figures(trusting.session, period).rows == anew(trusting, period)


def test_in_a_new_year_its_periods_take_the_place_of_the_oldest_ones(
    trusting: Desk, centre: Desk, packages: list[Path], tmp_path: Path
) -> None:
    for path in packages:
        trusting.receive(path)
    centre.at(2025, 2, 3)
    centre.case(on=date(2025, 1, 14), specialist=centre.specialist("psychologist"))
    centre.close("2025-01", {"media": "no_activity"})
    centre.export("2025-01")
    trusting.at(2025, 2, 4)
    trusting.receive(centre.copy(3, tmp_path / "stick"))
    names = "SELECT count(*) FROM kept_periods WHERE names ->> 'p' = 'merged_'"
    assert trusting.session.value(names) == KEPT < 2 * len(REPORTS)
    for period in (YEAR, Period.of_month(Month(2025, 1)), Period.of_year(2025)):
        assert project_figures(trusting.session, period).rows == anew(trusting, period)


def packages_of(desk: Desk) -> list[str]:
    rows = desk.session.rows("SELECT sha256 FROM received_packages ORDER BY id")
    return [sha256 for (sha256,) in rows]


def test_figures_of_an_earlier_day_are_kept_once_a_report_was_made_of_it(
    trusting: Desk, packages: list[Path]
) -> None:
    trusting.receive(packages[0])
    then, day = project_figures(trusting.session, YEAR), date(2024, 5, 3)
    trusting.at(2024, 5, 20)
    trusting.receive(packages[1])
    assert project_figures(trusting.session, YEAR).rows != then.rows
    counted = national_figures(trusting.session, trusting.actor, YEAR, day)
    assert (counted.rows, counted.state_hash) == (then.rows, then.state_hash)
    make_report(
        trusting.session, trusting.actor, period=YEAR, as_of=day, language="kk", format="json"
    )
    settle_batch(trusting.session)
    trusting.session.execute("DELETE FROM temp.asof_changed")
    ready = national_figures(trusting.session, trusting.actor, YEAR, day)
    assert ready == counted
    merged_again = trusting.session.value("SELECT count(*) FROM temp.asof_changed")
    assert merged_again == 0


def counted_anew(desk: Desk, period: Period, day: date) -> tuple[tuple[FigureRow, ...], str]:
    """Figures and state hash as of a day where nothing at all is kept; which stays so."""
    with rehearsal(desk.session):
        forget_counts(desk.session)
        found = project_figures(desk.session, period, day)
    return found.rows, found.state_hash


def is_merged(desk: Desk) -> bool:
    """Whether an earlier day was merged since this was asked last."""
    there = "SELECT 1 FROM temp.sqlite_master WHERE name = 'asof_changed'"
    merged = desk.session.value(there) is not None
    desk.session.execute("DROP TABLE IF EXISTS temp.asof_changed")
    return merged


def test_each_evening_is_kept_so_that_its_figures_are_there_whenever_they_are_asked_for(
    trusting: Desk, packages: list[Path]
) -> None:
    def asked(period: Period, day: date) -> tuple[tuple[FigureRow, ...], str]:
        found = national_figures(trusting.session, trusting.actor, period, day)
        return found.rows, found.state_hash

    trusting.receive(packages[0])
    evenings = {date(2024, 5, 3): {one: asked(one, date(2024, 5, 3)) for one in REPORTS}}
    trusting.at(2024, 5, 20)
    trusting.receive(packages[1])
    evenings[date(2024, 5, 20)] = {one: asked(one, date(2024, 5, 20)) for one in REPORTS}
    trusting.at(2024, 6, 3)
    undo_package(trusting.session, trusting.actor, package=packages_of(trusting)[0])
    settle_batch(trusting.session)
    is_merged(trusting)
    for day, reports in evenings.items():
        for period, then in reports.items():
            assert asked(period, day) == then != asked(period, date(2024, 6, 3))
        assert asked(YEAR, day + timedelta(1)) == reports[YEAR]
        assert not is_merged(trusting)
        assert counted_anew(trusting, YEAR, day) == reports[YEAR]
        is_merged(trusting)


def test_a_package_that_waited_counts_on_the_evenings_since_it_came(
    trusting: Desk, packages: list[Path]
) -> None:
    trusting.receive(packages[0], wait=True)
    trusting.at(2024, 5, 4)
    trusting.receive(packages[1])
    trusting.at(2024, 5, 20)
    waiting = trusting.session.value("SELECT min(id) FROM received_packages")
    accept_many(trusting.session, trusting.actor, package_ids=[waiting], late_reason="почта")
    came = project_figures(trusting.session, YEAR, date(2024, 5, 3), tables=False)
    assert (came.rows, came.state_hash) == counted_anew(trusting, YEAR, date(2024, 5, 3))
    assert came.rows != project_figures(trusting.session, YEAR).rows


def test_a_batch_replaces_what_another_of_the_same_day_kept(
    trusting: Desk, packages: list[Path]
) -> None:
    for path in packages:
        trusting.receive(path)
    kept = trusting.session.all(
        "SELECT fingerprint FROM kept_periods WHERE fingerprint GLOB 'day *'"
    )
    assert [one["fingerprint"].split()[:2] for one in kept] == [["day", "2024-05-03"]]


def test_as_of_an_evening_a_period_that_nobody_keeps_is_counted_from_the_records(
    trusting: Desk, packages: list[Path]
) -> None:
    weeks = Period(date(2024, 3, 4), date(2024, 4, 9))
    trusting.receive(packages[0])
    then = project_figures(trusting.session, weeks)
    trusting.at(2024, 5, 20)
    trusting.receive(packages[1])
    found = project_figures(trusting.session, weeks, date(2024, 5, 3), tables=False)
    assert (found.rows, found.state_hash) == (then.rows, then.state_hash)
    assert found.rows != project_figures(trusting.session, weeks).rows


def test_what_is_kept_of_an_earlier_day_is_not_taken_for_what_counts_there_later(
    trusting: Desk, packages: list[Path]
) -> None:
    """A package that came late may be entered under the day it came: that day counts more then."""
    day = date(2024, 5, 3)
    trusting.receive(packages[0])
    trusting.at(2024, 5, 20)
    trusting.receive(packages[1])
    first = project_figures(trusting.session, YEAR, day)
    with trusting.session.transaction():
        keep_earlier(trusting.session, first)
    nothing = project_figures(trusting.session, YEAR, date(2024, 5, 1))
    assert nothing.rows != first.rows and nothing.state_hash != first.state_hash
    trusting.session.execute(
        "UPDATE journal_entries SET received_on = '2024-05-02' WHERE received_on = '2024-05-20'"
    )
    later = project_figures(trusting.session, YEAR, day)
    assert later.rows == project_figures(trusting.session, YEAR).rows != first.rows
