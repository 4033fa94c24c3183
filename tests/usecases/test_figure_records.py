"""What stands behind a number: the rows that came, their packages, their earlier versions."""

from datetime import date
from pathlib import Path

import pytest

from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases import cases
from pravo_desktop.usecases.decisions import undo_package
from pravo_desktop.usecases.figure_records import RecordLine, records_of, versions_of
from pravo_desktop.usecases.figure_tables import split_figures
from tests.usecases.factories import Desk

APRIL, MAY = date(2024, 4, 9), date(2024, 5, 3)
YEAR = Period.of_year(2024)
REASON = {"month_closed": "забыли внести"}


@pytest.fixture
def two_months(headquarters: Desk, centre: Desk, tmp_path: Path) -> Desk:
    """Headquarters that accepted April, and on the next day May, which takes April's visit back."""
    lawyer = centre.specialist("lawyer")
    centre.case(on=APRIL, specialist=lawyer)
    centre.close("2024-04", {"media": "no_activity"})
    centre.export("2024-04")
    april = centre.copy(1, tmp_path / "stick")
    centre.at(2024, 6, 3)
    visit = centre.session.value("SELECT id FROM consultations")
    centre.case(on=MAY, specialist=lawyer)
    cases.remove_consultation(centre.session, centre.actor, consultation_id=visit, confirmed=REASON)
    centre.close("2024-05")
    centre.export("2024-05")
    may = centre.copy(2, tmp_path / "stick")
    headquarters.trusts(centre)
    headquarters.at(2024, 6, 4).receive(april)
    headquarters.at(2024, 6, 5).receive(may)
    return headquarters


def behind(desk: Desk, as_of: date | None = None) -> list[RecordLine]:
    return records_of(
        desk.session,
        desk.actor,
        period=YEAR,
        as_of=as_of,
        indicator="consultations",
        region="astana",
    )


def test_a_number_names_the_package_and_the_row_of_each_record(two_months: Desk) -> None:
    (line,) = behind(two_months)
    assert (line.table, line.centre, line.day) == ("consultations", "astana", "2024-05-03")
    assert (line.month, line.sequence, line.received_on) == ("2024-05", 2, "2024-06-05")
    assert line.row >= 2 and line.versions == 1 and len(line.fingerprint) == 64
    (before,) = behind(two_months, date(2024, 6, 4))
    assert (before.day, before.month, before.sequence) == ("2024-04-09", "2024-04", 1)


def test_the_versions_of_a_record_tell_what_became_of_it(two_months: Desk) -> None:
    (line,) = behind(two_months, date(2024, 6, 4))
    newest, first = versions_of(
        two_months.session,
        two_months.actor,
        table=line.table,
        centre=line.centre,
        record_id=line.record_id,
    )
    assert newest.deleted and newest.counts and newest.sequence == 2
    assert not first.deleted and not first.counts and first.values["held_on"] == "2024-04-09"


def test_the_records_follow_an_undone_package(two_months: Desk) -> None:
    undo_package(two_months.session, two_months.actor, package="2")
    assert [line.month for line in behind(two_months)] == ["2024-04"]


def test_months_are_counted_anew_and_stand_before_the_whole(two_months: Desk) -> None:
    lines = split_figures(
        two_months.session,
        two_months.actor,
        period=Period.of_months(Month(2024, 4), Month(2024, 6)),
        indicator="couples",
        region="astana",
        by="month",
        language="ru",
    )
    assert [(line.key, line.row.value) for line in lines] == [
        ("2024-04", 0),
        ("2024-05", 1),
        ("2024-06", None),
        ("", 1),
    ]
    assert {line.row.plan for line in lines if line.key} == {None}


def test_a_figure_that_does_not_exist_is_named(headquarters: Desk) -> None:
    with pytest.raises(KnownError, match="figure_unknown"):
        records_of(
            headquarters.session,
            headquarters.actor,
            period=YEAR,
            indicator="studies",
            region="all",
            breakdown="kind",
        )


def test_the_records_are_for_headquarters_alone(centre: Desk) -> None:
    with pytest.raises(KnownError, match="not_allowed"):
        behind(centre)
