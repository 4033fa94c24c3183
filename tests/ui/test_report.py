"""Headquarters looks at the figures and saves the report."""

import json
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pravo_desktop.domain.records import Project, Stage
from pravo_desktop.domain.versions import new_id
from pravo_desktop.usecases.drafts import Draft, my_drafts
from pravo_desktop.usecases.project import save_stage
from pravo_desktop.usecases.registers import save_project
from pravo_desktop.usecases.report_texts import ReportText, report_texts
from tests.ui.desks import (
    Place,
    answer,
    choose_files,
    go,
    make_place,
    primary,
    receive_april,
    signed_in,
)
from ui.app import Window
from ui.page import Page
from ui.pages.figure_records import FigureRecordsPage
from ui.pages.report import ReportPage
from ui.pages.report_published import PublishedPage
from ui.pages.report_texts import ReportTextsPage
from ui.pages.text_check import TextCheckPage


@pytest.fixture
def headquarters(tmp_path: Path) -> Place:
    return make_place(tmp_path / "headquarters")


@pytest.fixture
def filled(headquarters: Place, tmp_path: Path) -> Place:
    """Headquarters that accepted April of one centre with three couples."""
    receive_april(headquarters, tmp_path)
    return headquarters


def opened(qtbot: QtBot, place: Place) -> tuple[Window, ReportPage]:
    window = signed_in(qtbot, place)
    page = go(qtbot, window, ReportPage)
    qtbot.waitUntil(lambda: page.figures is not None)
    return window, page


def shown(window: Window) -> Page:
    assert window.shell is not None
    return window.shell.page


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


def test_a_text_is_written_with_a_field_and_a_wrong_number_is_marked(
    qtbot: QtBot, filled: Place
) -> None:
    window, page = opened(qtbot, filled)
    page.texts_button.click()
    qtbot.waitUntil(lambda: isinstance(shown(window), ReportTextsPage))
    texts = shown(window)
    assert isinstance(texts, ReportTextsPage)
    texts.section.choose("conclusion")
    texts.text.setFocus()
    texts.text.insertPlainText("Жұп: ")
    texts.indicator.choose("couples")
    texts.insert_button.click()
    QTest.keyClicks(texts.text, ", 57")
    primary(qtbot, window)
    qtbot.waitUntil(lambda: texts.found.count() == 1)
    assert texts.text.toPlainText() == "Жұп: {couples:all}, 57"
    assert [mark.text for mark in texts.marks] == ["57"]
    qtbot.waitUntil(lambda: bool(texts.saved.get(("conclusion", texts.language.value))))
    assert not texts.unsaved()


def test_an_answer_from_before_a_text_was_saved_takes_nothing_away(
    qtbot: QtBot, filled: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, page = opened(qtbot, filled)
    saved = Event()

    def read_early_and_told_late(*args: Any, **keywords: Any) -> list[ReportText]:
        found = report_texts(*args, **keywords)
        saved.wait(timeout=30)
        return found

    monkeypatch.setattr("ui.pages.report_texts.report_texts", read_early_and_told_late)
    page.texts_button.click()
    qtbot.waitUntil(lambda: isinstance(shown(window), ReportTextsPage))
    texts = shown(window)
    assert isinstance(texts, ReportTextsPage)
    texts.text.insertPlainText("57")
    texts.save()
    qtbot.waitUntil(lambda: bool(texts.saved))
    saved.set()
    qtbot.waitUntil(lambda: texts.found.count() == 1)
    assert texts.text.toPlainText() == "57"


def test_a_report_is_published_and_its_files_are_saved_again(
    qtbot: QtBot, filled: Place, tmp_path: Path
) -> None:
    window, page = opened(qtbot, filled)
    page.publish_button.click()
    answer(qtbot, page, "yes")
    qtbot.waitUntil(lambda: isinstance(shown(window), PublishedPage), timeout=120_000)
    published = shown(window)
    assert isinstance(published, PublishedPage)
    qtbot.waitUntil(lambda: len(published.model.rows) == 1)
    primary(qtbot, window)
    choose_files(qtbot, published, tmp_path / "published.pdf")
    qtbot.waitUntil(lambda: bool(published.saver.note.text), timeout=60_000)
    published.errata_button.click()
    choose_files(qtbot, published, tmp_path / "errata.pdf")
    qtbot.waitUntil(lambda: "errata.pdf" in published.saver.note.text, timeout=60_000)
    for name in ("published", "errata"):
        assert (tmp_path / f"{name}.pdf").read_bytes().startswith(b"%PDF")


def test_a_number_of_the_report_opens_its_records(qtbot: QtBot, filled: Place) -> None:
    window, page = opened(qtbot, filled)
    position = next(n for n, one in enumerate(page.model.rows) if one.indicator == "couples")
    page.table.choose(position)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(shown(window), FigureRecordsPage))


def test_a_finished_text_is_opened_and_its_wrong_number_stands_first(
    qtbot: QtBot, filled: Place, tmp_path: Path
) -> None:
    text = tmp_path / "есеп.txt"
    text.write_text("Алматыда 2 жұп.\nБарлығы 5 жұп.\nАстанада 3 жұп.", encoding="utf-8")
    window, page = opened(qtbot, filled)
    page.check_button.click()
    qtbot.waitUntil(lambda: isinstance(shown(window), TextCheckPage))
    check = shown(window)
    assert isinstance(check, TextCheckPage)
    primary(qtbot, window)
    choose_files(qtbot, check, text)
    qtbot.waitUntil(lambda: len(check.findings) == 3)
    assert [(one.written, one.verdict) for one in check.model.rows] == [
        ("2", "doubtful"),
        ("5", "differs"),
    ]
    check.shown.choose("all")
    assert len(check.model.rows) == 3
    check.table.choose(2)
    check.table.setFocus()
    QTest.keyClick(check.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(shown(window), FigureRecordsPage))


def test_a_picture_opened_as_a_text_is_refused_with_what_to_do(
    qtbot: QtBot, filled: Place, tmp_path: Path
) -> None:
    broken = tmp_path / "есеп.docx"
    broken.write_bytes(b"not a text")
    window, page = opened(qtbot, filled)
    page.check_button.click()
    qtbot.waitUntil(lambda: isinstance(shown(window), TextCheckPage))
    check = shown(window)
    assert isinstance(check, TextCheckPage)
    check.check(broken)
    assert window.shell is not None
    notice = window.shell.notice
    qtbot.waitUntil(lambda: "есеп.docx" in notice.note.text)
    assert check.nothing.isVisible() and not check.findings


def test_a_text_left_unsaved_is_kept_as_a_draft(qtbot: QtBot, filled: Place) -> None:
    window, page = opened(qtbot, filled)
    page.texts_button.click()
    qtbot.waitUntil(lambda: isinstance(shown(window), ReportTextsPage))
    texts = shown(window)
    assert isinstance(texts, ReportTextsPage)
    texts.section.choose("conclusion")
    texts.text.setFocus()
    QTest.keyClicks(texts.text, "Kelesi jyl")
    texts.drafting.keep()

    found: list[Draft] = []

    def read_drafts() -> list[Draft]:
        done: list[list[Draft]] = []
        texts.desk.runner.read(texts, lambda job: my_drafts(job.session, job.actor), done.append)
        qtbot.waitUntil(lambda: bool(done), timeout=10_000)
        return done[0]

    def there() -> bool:
        found[:] = read_drafts()
        return bool(found)

    qtbot.waitUntil(there, timeout=10_000)
    (draft,) = found
    assert draft.content["differences"][0][1] == "Kelesi jyl"
    texts.text.setPlainText("")
    texts.resume(draft.content["values"], [])
    qtbot.waitUntil(lambda: texts.text.toPlainText() == "Kelesi jyl")
    primary(qtbot, window)
    qtbot.waitUntil(lambda: not there(), timeout=10_000)
    assert not texts.unsaved()


def test_a_stage_of_the_project_card_is_a_period(qtbot: QtBot, filled: Place) -> None:
    _, page = opened(qtbot, filled)
    page.kind.choose("stage")
    assert page.fields["stage"].note.text and not page.fields["year"].isVisible()
    card = Project(
        id=new_id(),
        title_kk="Жоба",
        title_ru="Проект",
        starts_on=date(2024, 1, 1),
        ends_on=date(2024, 12, 31),
    )
    page.desk.runner.write(
        page, lambda job: save_project(job.session, job.actor, project=card), lambda _: None
    )
    stage = Stage(
        id=new_id(),
        project_id=card.id,
        ordinal=2,
        name_kk="Көктем",
        name_ru="Весна",
        starts_on=date(2024, 4, 1),
        ends_on=date(2024, 5, 31),
    )
    page.desk.runner.write(
        page, lambda job: save_stage(job.session, job.actor, stage=stage), lambda _: None
    )
    qtbot.waitUntil(lambda: page.stage.count() == 1)
    qtbot.waitUntil(
        lambda: page.figures is not None and page.figures.period.from_ == date(2024, 4, 1)
    )
    assert value(page, "couples") == 3
