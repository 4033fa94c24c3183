"""Headquarters looks at the figures and saves the report."""

import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import Workplace
from pravo_desktop.usecases.headquarters import receive_files
from pravo_desktop.usecases.queries import Session
from tests.ui.desks import (
    Place,
    add_families,
    choose_files,
    go,
    make_package,
    make_place,
    primary,
    signed_in,
    trust,
)
from ui.app import Window
from ui.pages.report import ReportPage


@pytest.fixture
def headquarters(tmp_path: Path) -> Place:
    return make_place(tmp_path / "headquarters")


@pytest.fixture
def filled(headquarters: Place, tmp_path: Path) -> Place:
    """Headquarters that accepted April of one centre with three couples."""
    centre = make_place(tmp_path / "astana", "astana")
    add_families(centre, 3)
    package = make_package(centre, tmp_path)
    trust(headquarters, centre, "astana")

    def accept(session: Session, workplace: Workplace) -> None:
        receive_files(session, workplace.actor, paths=[package], archive=workplace.archive)

    headquarters.work(accept)
    return headquarters


def opened(qtbot: QtBot, place: Place) -> tuple[Window, ReportPage]:
    window = signed_in(qtbot, place)
    page = go(qtbot, window, ReportPage)
    qtbot.waitUntil(lambda: page.figures is not None)
    return window, page


def value(page: ReportPage, indicator: str) -> object:
    return next(one.value for one in page.model.rows if one.indicator == indicator)


def test_the_figures_follow_the_period_and_the_region(qtbot: QtBot, filled: Place) -> None:
    _, page = opened(qtbot, filled)
    assert value(page, "couples") == 3 and value(page, "participants") == 9
    page.region.choose("almaty")
    assert value(page, "couples") is None
    page.region.choose("all")
    page.kind.choose("quarter")
    page.quarter.choose("1")
    qtbot.waitUntil(lambda: value(page, "couples") is None)
    page.kind.choose("days")
    page.first.setText("1.4.2024")
    page.last.setText("30.4.2024")
    page.last.editingFinished.emit()
    qtbot.waitUntil(lambda: bool(page.model.rows) and value(page, "couples") == 3)


@pytest.mark.parametrize(("kind", "begins"), [("pdf", b"%PDF"), ("xlsx", b"PK")])
def test_the_report_is_saved_as_a_document(
    qtbot: QtBot, filled: Place, tmp_path: Path, kind: str, begins: bytes
) -> None:
    window, page = opened(qtbot, filled)
    page.format.choose(kind)
    page.language.choose("kk")
    primary(qtbot, window)
    target = tmp_path / f"report.{kind}"
    choose_files(qtbot, page, target)
    qtbot.waitUntil(lambda: bool(page.note.text), timeout=60_000)
    assert target.read_bytes().startswith(begins)
    assert str(target) in page.note.text and page.show_button.isVisible()


def test_the_report_for_programs_has_the_figures_of_the_screen(
    qtbot: QtBot, filled: Place, tmp_path: Path
) -> None:
    window, page = opened(qtbot, filled)
    page.format.choose("json")
    primary(qtbot, window)
    choose_files(qtbot, page, tmp_path / "report.json")
    qtbot.waitUntil(lambda: bool(page.note.text), timeout=60_000)
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    couples = next(
        row["value"]
        for row in report["rows"]
        if (row["indicator"], row["region"], row["breakdown"]) == ("couples", "all", None)
    )
    assert couples == value(page, "couples") == 3


def test_a_report_given_up_writes_no_file(qtbot: QtBot, filled: Place, tmp_path: Path) -> None:
    window, page = opened(qtbot, filled)
    primary(qtbot, window)
    choose_files(qtbot, page, tmp_path / "report.pdf")
    qtbot.waitUntil(page.cancel_button.isVisible)
    page.cancel_button.click()
    assert page.primary() is not None
    primary(qtbot, window)
    choose_files(qtbot, page, tmp_path / "second.pdf")
    qtbot.waitUntil(lambda: bool(page.note.text), timeout=60_000)
    assert (tmp_path / "second.pdf").exists() and not (tmp_path / "report.pdf").exists()


def test_wrong_days_are_named_under_their_fields(qtbot: QtBot, headquarters: Place) -> None:
    _, page = opened(qtbot, headquarters)
    page.as_of.setText("01.01.2030")
    page.save()
    assert page.fields["as_of"].note.text
    page.as_of.setText("")
    page.kind.choose("days")
    page.first.setText("31.12.2024")
    page.last.setText("так")
    page.save()
    assert page.fields["last"].note.text and not page.fields["as_of"].note.text
    page.last.setText("01.12.2024")
    page.save()
    assert page.fields["last"].note.text


def test_without_packages_the_page_points_to_the_inbox(qtbot: QtBot, headquarters: Place) -> None:
    window, page = opened(qtbot, headquarters)
    qtbot.waitUntil(page.nothing.isVisible)
    page.nothing.button.click()
    assert window.shell is not None and window.shell.page.key == "inbox"
