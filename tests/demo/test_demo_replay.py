"""A small year is entered, sent, accepted and reported, and the figures come out."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from pravo_desktop.bootstrap import Workplace, open_workplace
from pravo_desktop.demo.closing import Comparison, compare, print_closing
from pravo_desktop.demo.planner import make_plan
from pravo_desktop.demo.run import MARKER, replay_year
from pravo_desktop.demo.year import Figures, read_year
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import Translator
from pravo_desktop.resources import LANGUAGES, classifiers
from pravo_desktop.usecases.figures import project_figures
from pravo_desktop.usecases.publishing import published_reports, report_changes
from pravo_desktop.usecases.received import ReceivedLine, received_packages
from tests.demo.small_year import figure, small_year


class Replayed:
    """A replayed small year: its folder and what the comparison said."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.steps: list[str] = []
        year = small_year()
        self.comparisons = replay_year(
            year, out, make_plan(year), lambda step, done, total: self.steps.append(step)
        )

    @property
    def password(self) -> str:
        return (self.out / "password.txt").read_text().removesuffix("\n")

    def open(self, folder: str) -> Workplace:
        return open_workplace(self.out / folder, password=self.password)

    def received(self) -> list[ReceivedLine]:
        workplace = self.open("headquarters")
        session = workplace.session()
        try:
            return received_packages(session, workplace.actor)
        finally:
            session.close()
            workplace.close()

    def claims_of_january(self, as_of: date) -> dict[str | None, float]:
        workplace = self.open("headquarters")
        session = workplace.session()
        try:
            with session.transaction():
                figures = project_figures(session, Period.of_month(Month(2024, 1)), as_of)
        finally:
            session.close()
            workplace.close()
        return {
            row.key: row.value or 0
            for row in figures.rows
            if row.indicator == "claims" and row.region == "astana"
        }


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replayed]:
    yield Replayed(tmp_path_factory.mktemp("demo") / "out")


def test_headquarters_counts_what_the_centres_entered(replayed: Replayed) -> None:
    wrong = [one for one in replayed.comparisons if not one.as_expected]
    assert replayed.comparisons and not wrong


def test_every_open_month_of_every_station_is_there_and_the_amended_one_twice(
    replayed: Replayed,
) -> None:
    sent = sorted((line.centre, line.month, line.amendment) for line in replayed.received())
    assert sent == [
        ("akmola", "2024-01", False),
        ("akmola", "2024-02", False),
        ("astana", "2024-01", False),
        ("astana", "2024-01", True),
        ("astana", "2024-02", False),
        ("national", "2024-01", False),
        ("national", "2024-02", False),
        ("turkistan", "2024-02", False),
    ]
    assert len(list((replayed.out / "packages").glob("*.xlsx"))) == len(sent)


def test_two_packages_are_late_and_the_restored_centre_sends_everything_again(
    replayed: Replayed,
) -> None:
    lines = replayed.received()
    assert sum(line.late and not line.amendment for line in lines) == 2
    complete = [line for line in lines if line.complete]
    assert [(line.centre, line.month, line.station_letter, line.epoch) for line in complete] == [
        ("akmola", "2024-02", "B", 2)
    ]


def test_before_the_amendment_came_the_mistaken_kind_of_claim_was_counted(
    replayed: Replayed,
) -> None:
    came = make_plan(small_year()).amendment_received
    assert came is not None
    before = replayed.claims_of_january(came - timedelta(days=1))
    after = replayed.claims_of_january(came)
    assert before["other"] == after["other"] + 1
    assert before[None] == after[None]


def test_no_section_of_an_open_month_is_left_without_a_word(replayed: Replayed) -> None:
    report = json.loads((replayed.out / "reports" / "report-2024-kk.json").read_text())
    closed = {"2024-01", "2024-02"}
    rows = [row for row in report["rows"] if row["region"] == "astana" and row["value"] is not None]
    assert rows and all(closed <= set(row["months"]) or row["key"] for row in rows)


def test_reports_errata_and_supplement_are_there_in_both_languages(replayed: Replayed) -> None:
    names = {path.name for path in (replayed.out / "reports").iterdir()}
    kinds = {
        "report-2024": ("pdf", "xlsx", "docx", "json"),
        "published": ("pdf", "xlsx", "docx"),
        "errata": ("pdf", "xlsx"),
        "supplement": ("pdf", "xlsx"),
    }
    assert names == {
        f"{kind}-{language}.{format}"
        for kind, formats in kinds.items()
        for language in ("kk", "ru")
        for format in formats
    }


def test_a_report_was_published_before_the_last_month_came_and_adds_up_with_it(
    replayed: Replayed,
) -> None:
    workplace = replayed.open("headquarters")
    session = workplace.session()
    try:
        (report,) = published_reports(session, workplace.actor)
        changes = report_changes(
            session, workplace.actor, report_id=report.report_id, language="ru"
        )
    finally:
        session.close()
        workplace.close()
    assert (report.as_of, report.covered_to) == (date(2024, 2, 29), date(2024, 1, 31))
    whole = {
        line.indicator: line
        for line in changes.lines
        if (line.region, line.breakdown) == ("all", None)
    }
    visits, couples = whole["consultations"], whole["couples"]
    parts = (visits.published, visits.corrected, visits.rest)
    assert sum(part or 0 for part in parts) == visits.whole == 24
    assert couples.whole == 12 and couples.repeated


def test_one_password_opens_each_folder(replayed: Replayed) -> None:
    for folder in ("headquarters", "centres/astana", "centres/akmola", "centres/turkistan"):
        workplace = replayed.open(folder)
        assert workplace.practice
        workplace.close()


def test_an_earlier_replay_is_replaced(tmp_path: Path) -> None:
    (tmp_path / MARKER).touch()
    (tmp_path / "old").touch()
    replayed = Replayed(tmp_path)
    assert all(one.as_expected for one in replayed.comparisons)
    assert "turkistan" in replayed.steps
    assert not (tmp_path / "old").exists()


def test_somebody_elses_folder_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    year = small_year()
    with pytest.raises(KnownError) as refused:
        replay_year(year, tmp_path, make_plan(year))
    assert refused.value.code == "folder_not_empty"
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def closing(comparisons: list[Comparison], figures: Figures, language: str) -> str:
    console = Console(width=200, file=StringIO())
    print_closing(comparisons, figures.reasons, Translator(language), console)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_the_closing_table_names_the_reason_of_a_difference_and_a_wrong_figure() -> None:
    reason = {"key": "why", "kk": "себебі", "ru": "причина", "en": "the reason"}
    figures = Figures(
        {
            "year": 2024,
            "figures": [
                figure("consultations", 5),
                figure("couples", 7) | {"stated": 6, "reason": "why"},
                figure("claims", 8, breakdown="kind", key="divorce"),
            ],
            "reasons": [reason],
        }
    )
    comparisons = [
        Comparison(one, computed) for one, computed in zip(figures.rows, (5, 7, 9), strict=True)
    ]
    table = closing(comparisons, figures, "en")
    lines = {line.split("  ")[0].strip(): line for line in table.splitlines()}
    assert "the reason" in lines["Couples served"]
    assert "expected 8" in lines["Claims · Dissolution of marriage"]
    assert "As stated: 1. " in table and "named: 1. Wrong: 1." in table


def test_a_figure_that_was_not_computed_is_wrong() -> None:
    figures = Figures({"year": 2024, "figures": [figure("couples", 7)], "reasons": []})
    (one,) = compare(figures, [])
    assert one.computed is None and not one.as_expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_difference_from_2024_has_a_reason_in_each_language(language: str) -> None:
    figures = read_year().figures
    for row in figures.rows:
        assert row.consistent == (row.reason is None), row
        if row.reason:
            assert figures.reasons[row.reason][language]


def test_the_figures_of_2024_name_only_what_the_program_knows() -> None:
    lists = classifiers()
    for row in read_year().figures.rows:
        assert row.indicator in lists.indicators
        assert lists.place(row.region)
