"""Where a number comes from: headquarters answers with parts, cases, packages, earlier values."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from exports.report.explanation import PackageMark
from pravo_desktop.domain.indicators import INDICATORS
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.explain import (
    Explanation,
    ShownTable,
    ShownText,
    explain,
    explanation_pdf,
    shown_parts,
)
from pravo_desktop.usecases.figure_records import records_of
from pravo_desktop.usecases.joins import join_cases
from pravo_desktop.usecases.publishing import prepare_report, publish_report
from tests.exports.test_report_pdf import flat, text_of
from tests.usecases.factories import CHILD, HUSBAND, WIFE, Desk, a_centre

SPRING = Period.of_months(Month(2024, 4), Month(2024, 6))
APRIL = date(2024, 4, 9)


@pytest.fixture
def almaty(tmp_path: Path) -> Iterator[Desk]:
    desk = a_centre(tmp_path / "almaty", "almaty")
    yield desk
    desk.leave()


@pytest.fixture
def asked(headquarters: Desk, centre: Desk, almaty: Desk, tmp_path: Path) -> Desk:
    """Headquarters with two centres: a couple entered twice and joined, one spouse, a late month.

    Astana sent April with three cases, two of them one couple, published, then joined them and
    sent May; Almaty sent April alone, ten days late, and nothing else.
    """
    lawyer = centre.specialist("lawyer")
    psychologist = centre.specialist()
    first = centre.case(on=APRIL, specialist=lawyer)
    second = centre.case(on=APRIL, specialist=lawyer)
    centre.visit(second, date(2024, 4, 10), psychologist)
    centre.case(on=APRIL, specialist=lawyer, people=(HUSBAND, CHILD))
    centre.close("2024-04", {"media": "no_activity"})
    centre.export("2024-04")
    april = centre.copy(1, tmp_path / "stick")
    away = almaty.specialist()
    almaty.case(on=APRIL, specialist=away, people=(WIFE,))
    almaty.close("2024-04", {"media": "no_activity"})
    almaty.export("2024-04")
    for desk in (centre, almaty):
        headquarters.trusts(desk)
    headquarters.at(2024, 5, 4).receive(april)
    headquarters.at(2024, 5, 14).receive(almaty.copy(1, tmp_path / "stick"))
    prepared = prepare_report(
        headquarters.session, headquarters.actor, period=SPRING, formats=["pdf"]
    )
    publish_report(headquarters.session, headquarters.actor, prepared=prepared)
    centre.at(2024, 6, 3)
    join_cases(
        centre.session,
        centre.actor,
        kept_id=first.case_id,
        dissolved_id=second.case_id,
        confirmed={"month_closed": "одна пара"},
    )
    centre.close("2024-05", {"services": "no_activity", "media": "no_activity"})
    centre.export("2024-05")
    headquarters.at(2024, 6, 4).receive(centre.copy(2, tmp_path / "stick"))
    return headquarters


def explained(desk: Desk, indicator: str = "couples", region: str = "all") -> Explanation:
    return explain(
        desk.session,
        desk.actor,
        period=SPRING,
        indicator=indicator,
        region=region,
        language="ru",
    )


def test_the_regions_add_up_and_the_cases_are_told_apart(asked: Desk) -> None:
    content = explained(asked)
    assert content.value == 3 and content.records == 3
    parts = {part.region: part.value for part in content.parts}
    assert (parts["astana"], parts["almaty"]) == (2, 1)
    assert content.cases is not None
    assert (content.cases.both, content.cases.one_spouse, content.cases.nobody) == (1, 2, 0)


def test_a_case_joined_after_it_was_sent_is_known_and_marked(asked: Desk) -> None:
    content = explained(asked)
    assert content.cases is not None and content.cases.joined == 1
    (marked,) = [
        line
        for line in records_of(
            asked.session, asked.actor, period=SPRING, indicator="couples", region="all"
        )
        if line.joined
    ]
    assert marked.centre == "astana" and marked.signer


def test_the_same_visit_in_both_cases_counts_once_and_is_told(asked: Desk) -> None:
    content = explained(asked, "consultations", "astana")
    assert (content.value, content.written_twice) == (3, 1)
    (again,) = [
        line
        for line in records_of(
            asked.session, asked.actor, period=SPRING, indicator="consultations", region="astana"
        )
        if line.written_twice
    ]
    assert again.amendment is False and again.versions >= 1


def test_it_names_the_packages_by_month_with_late_and_missing_ones(asked: Desk) -> None:
    marks = {line.centre: line.marks for line in explained(asked).packages}
    astana, almaty = marks["Астана"], marks["Алматы"]
    assert [mark.numbers for mark in astana] == [("1",), ("2",), ()]
    assert [mark.state for mark in astana] == ["reported", "zero", "awaited"]
    assert almaty[0] == PackageMark(("1",), "reported", late=True)
    assert almaty[1].state == "awaited"
    asked.at(2024, 6, 10)
    late = {line.centre: line.marks for line in explained(asked).packages}
    assert late["Алматы"][1].state == "missing"


def test_it_names_what_was_published_before(asked: Desk) -> None:
    (before,) = explained(asked).published
    assert (before.report_id, before.value, before.as_of) == (1, 4, date(2024, 5, 14))
    assert explained(asked, region="almaty").published[0].value == 1


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_printed_page_is_one_and_says_what_the_window_says(
    asked: Desk, tmp_path: Path, language: str
) -> None:
    content = explain(
        asked.session,
        asked.actor,
        period=Period.of_year(2024),
        indicator="couples",
        region="all",
        language=language,
    )
    pdf = explanation_pdf(content)
    assert pdf == explanation_pdf(content)
    text = text_of(pdf, tmp_path)
    assert text.count("\f") == 1
    read = flat(text)
    assert content.state_hash in read.replace(" ", "")
    shown = shown_parts(content)
    for part in shown:
        if isinstance(part, ShownText):
            assert flat(part.text.replace("\xa0", " ")).replace(" ", "") in read.replace(" ", "")
    (table,) = [part for part in shown if isinstance(part, ShownTable)]
    assert table.rows[-1][1] == "3"


def test_a_number_of_one_region_has_that_region_alone(asked: Desk) -> None:
    (part,) = explained(asked, region="almaty").parts
    assert (part.region, part.value) == ("almaty", 1)


def test_a_figure_of_the_register_rests_on_no_package(asked: Desk) -> None:
    content = explained(asked, "centres_open")
    assert content.packages == () and content.cases is None
    assert content.value == sum(part.value or 0 for part in content.parts)


def test_every_indicator_can_be_explained(asked: Desk) -> None:
    for one in INDICATORS:
        content = explained(asked, one.key)
        assert shown_parts(content)


def test_a_figure_that_is_none_is_refused(asked: Desk) -> None:
    with pytest.raises(KnownError, match="figure_unknown"):
        explained(asked, region="nowhere")


def test_it_is_for_headquarters_alone(centre: Desk) -> None:
    with pytest.raises(KnownError, match="not_allowed"):
        explained(centre)
