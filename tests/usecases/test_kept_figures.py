"""Figures that headquarters keeps ready are those that counting anew gives."""

from datetime import date
from pathlib import Path

import pytest

from db.figures import compute_figures, read_registers
from pravo_desktop.domain.figures import FigureRow
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.decisions import undo_package
from pravo_desktop.usecases.figures import (
    keep_earlier,
    national_figures,
    project_figures,
    settle_batch,
)
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
    """March's and April's: a couple each, and that of March came again in April."""
    lawyer = centre.specialist("lawyer")
    first = centre.case(on=date(2024, 3, 12), specialist=lawyer)
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
