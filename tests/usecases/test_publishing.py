"""A report is handed in and stays as it is; later packages go into errata and supplement."""

from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from exports.report.blocks import Table
from exports.report.changes import errata
from pravo_desktop.domain.periods import Period
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import Translator
from pravo_desktop.usecases import publishing
from pravo_desktop.usecases.decisions import undo_package
from tests.usecases.factories import Desk

YEAR = Period.of_year(2024)
REASON = {"month_closed": "забыли внести"}


class Story:
    """A centre that sent April before the report and May after it."""

    def __init__(self, centre: Desk, headquarters: Desk, stick: Path) -> None:
        self.centre, self.desk, self.stick = centre, headquarters, stick
        lawyer = centre.specialist("lawyer")
        self.case = centre.case(on=date(2024, 4, 9), specialist=lawyer)
        self.lawyer = lawyer
        centre.close("2024-04", {"media": "no_activity"})
        centre.export("2024-04")
        headquarters.trusts(centre)
        headquarters.at(2024, 5, 20)
        headquarters.receive(centre.copy(1, stick))
        self.report_id = self.publish()

    def publish(self) -> int:
        session, actor = self.desk.session, self.desk.actor
        prepared = publishing.prepare_report(session, actor, period=YEAR, formats=())
        return publishing.publish_report(session, actor, prepared=prepared)

    def may(self, *, forgotten: bool = False) -> None:
        """May comes: the couple again, a new one, perhaps a forgotten visit of April."""
        self.centre.at(2024, 6, 3)
        self.centre.visit(self.case, date(2024, 5, 6), self.lawyer)
        self.centre.case(on=date(2024, 5, 7), specialist=self.lawyer)
        if forgotten:
            self.centre.visit(self.case, date(2024, 4, 10), self.lawyer, confirmed=REASON)
        self.centre.close("2024-05")
        self.centre.export("2024-05")
        self.desk.at(2024, 6, 4)
        self.desk.receive(self.centre.copy(2, self.stick))

    def changes(self) -> Any:
        return publishing.report_changes(
            self.desk.session, self.desk.actor, report_id=self.report_id, language="ru"
        )

    def line(self, indicator: str) -> tuple[Any, ...]:
        (one,) = (
            line
            for line in self.changes().lines
            if (line.indicator, line.region, line.breakdown) == (indicator, "all", None)
        )
        return one.published, one.corrected, one.rest, one.repeated, one.whole


@pytest.fixture
def story(centre: Desk, headquarters: Desk, tmp_path: Path) -> Story:
    return Story(centre, headquarters, tmp_path / "stick")


def test_a_published_report_is_given_again_byte_for_byte(story: Story) -> None:
    session, actor = story.desk.session, story.desk.actor
    prepared = publishing.prepare_report(session, actor, period=YEAR)
    number = publishing.publish_report(session, actor, prepared=prepared)
    report = publishing.published_reports(session, actor)[0]
    assert set(report.files) == set(product(("kk", "ru"), ("pdf", "xlsx", "docx")))
    assert (report.period, report.covered_to) == (YEAR, date(2024, 4, 30))
    story.may()
    for (language, format), data in prepared.files.items():
        again = publishing.published_file(
            session, actor, report_id=number, language=language, format=format
        )
        assert again == data, (language, format)


def test_a_report_of_another_state_than_it_was_prepared_from_is_not_published(
    story: Story,
) -> None:
    session, actor = story.desk.session, story.desk.actor
    prepared = publishing.prepare_report(session, actor, period=YEAR, formats=())
    undo_package(session, actor, package="1")
    with pytest.raises(KnownError) as refused:
        publishing.publish_report(session, actor, prepared=prepared)
    assert refused.value.code == "report_outdated"
    assert len(publishing.published_reports(session, actor)) == 1


def test_what_comes_for_later_months_changes_nothing_that_was_published(story: Story) -> None:
    story.may()
    assert story.changes().cells == ()


def test_a_forgotten_visit_is_in_the_errata_with_the_package_that_brought_it(
    story: Story,
) -> None:
    story.may(forgotten=True)
    changes = story.changes()
    cells = {
        (one.indicator, one.region, one.breakdown): (one.before, one.after, one.packages)
        for one in changes.cells
    }
    assert cells["consultations", "all", None] == (1, 2, (1,))
    assert cells["consultations", "astana", None] == (1, 2, (1,))
    assert ("couples", "all", None) not in cells
    (package,) = changes.packages
    assert (package.sequence, str(package.month)) == (2, "2024-05")


def test_a_package_taken_back_is_named_as_undone(story: Story) -> None:
    undo_package(story.desk.session, story.desk.actor, package="1")
    changes = story.changes()
    cells = {(one.indicator, one.region, one.breakdown): one for one in changes.cells}
    assert cells["couples", "all", None].before == 1
    assert [package.kinds for package in changes.packages] == [("late", "undone")]


def test_the_supplement_adds_up_and_says_who_is_counted_twice(story: Story) -> None:
    story.may(forgotten=True)
    assert story.line("consultations") == (1, 1, 2, 0, 4)
    assert story.line("couples") == (1, 0, 2, 1, 2)
    for line in story.changes().lines:
        parts = (line.published or 0) + line.corrected + (line.rest or 0) - line.repeated
        assert parts == line.whole


def test_a_report_of_a_whole_period_needs_no_supplement(story: Story) -> None:
    session, actor = story.desk.session, story.desk.actor
    april = Period(date(2024, 4, 1), date(2024, 4, 30))
    prepared = publishing.prepare_report(session, actor, period=april, formats=())
    story.report_id = publishing.publish_report(session, actor, prepared=prepared)
    story.may()
    changes = story.changes()
    assert changes.rest is None and changes.lines == ()


def test_errata_and_supplement_are_documents_in_both_languages(story: Story) -> None:
    session, actor = story.desk.session, story.desk.actor
    story.may(forgotten=True)
    for make in (publishing.make_errata, publishing.make_supplement):
        for format, begins in (("pdf", b"%PDF"), ("xlsx", b"PK"), ("docx", b"PK")):
            for language in ("kk", "ru"):
                data = make(
                    session, actor, report_id=story.report_id, language=language, format=format
                )
                assert data.startswith(begins)


@pytest.mark.parametrize(
    ("language", "why"), [("kk", "есептен кейін келген"), ("ru", "получен после отчёта")]
)
def test_of_a_package_that_came_in_its_time_the_errata_say_that_it_came_after_the_report(
    story: Story, language: str, why: str
) -> None:
    story.may(forgotten=True)
    changes = publishing.report_changes(
        story.desk.session, story.desk.actor, report_id=story.report_id, language=language
    )
    (package,) = changes.packages
    assert (package.kinds, package.reason) == ((), "")
    _, blocks, _ = errata(changes, Translator(language))
    (table,) = (one for one in blocks if isinstance(one, Table) and one.key == "packages")
    assert [row[5] for row in table.rows] == [why]


def test_a_day_before_the_report_is_refused(story: Story) -> None:
    with pytest.raises(KnownError) as refused:
        publishing.report_changes(
            story.desk.session,
            story.desk.actor,
            report_id=story.report_id,
            as_of=date(2024, 5, 1),
            language="ru",
        )
    assert refused.value.code == "as_of_before_report"


def test_a_cell_names_only_the_package_that_touched_its_own_records(
    story: Story, tmp_path: Path
) -> None:
    """May adds a forgotten visit of the couple, June another couple of April in the same region."""
    story.may(forgotten=True)
    centre = story.centre
    centre.at(2024, 7, 2)
    psychologist = centre.specialist("psychologist")
    late = centre.case(on=date(2024, 4, 11), specialist=psychologist, confirmed=REASON)
    assert late.case_id != story.case.case_id
    centre.close("2024-06", {section: "no_activity" for section in ("media",)})
    centre.export("2024-06")
    story.desk.at(2024, 7, 3)
    story.desk.receive(centre.copy(3, story.stick))
    changes = story.changes()
    named = {
        (one.indicator, one.region, one.breakdown, one.key): [
            str(package.month) for package in changes.packages if package.number in one.packages
        ]
        for one in changes.cells
    }
    assert named["consultations", "all", None, None] == ["2024-05", "2024-06"]
    assert named["couples", "all", None, None] == ["2024-06"]
    assert named["consultations", "astana", "profession", "lawyer"] == ["2024-05"]
    assert named["consultations", "astana", "profession", "psychologist"] == ["2024-06"]


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE published_reports SET figures = '[]'",
        "DELETE FROM published_files",
        "DELETE FROM published_reports",
        "INSERT OR REPLACE INTO published_files SELECT * FROM published_files",
    ],
)
def test_the_database_itself_lets_nobody_change_what_was_published(story: Story, deed: str) -> None:
    session, actor = story.desk.session, story.desk.actor
    prepared = publishing.prepare_report(session, actor, period=YEAR, formats=("xlsx",))
    publishing.publish_report(session, actor, prepared=prepared)
    with pytest.raises(Exception, match="never change"), session.transaction():
        session.execute(deed)
    assert len(publishing.published_reports(session, actor)) == 2
