"""Headquarters looks after its own records by keyboard and puts them into the report."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import Workplace
from pravo_desktop.usecases.own_package import pending_changes
from pravo_desktop.usecases.queries import Session
from pravo_desktop.usecases.rules import rule_of, save_rule
from tests.ui.conftest import at_rest, press, write
from tests.ui.desks import (
    Place,
    answer,
    click,
    go,
    make_place,
    page_of,
    receive_april,
    signed_in,
)
from ui.app import Window
from ui.forms.deadline_form import DeadlineForm
from ui.forms.project_forms import ProjectForm, StageForm
from ui.forms.register_forms import CentreForm
from ui.forms.rule_line_form import RuleLineForm
from ui.forms.stated_form import StatedForm
from ui.forms.target_form import TargetForm
from ui.pages.project import ProjectPage
from ui.pages.year_on_year import YearOnYearPage


@pytest.fixture
def headquarters(tmp_path: Path) -> Place:
    return make_place(tmp_path / "national")


def project_page(qtbot: QtBot, place: Place) -> tuple[Window, ProjectPage]:
    window = signed_in(qtbot, place)
    page = go(qtbot, window, ProjectPage)
    qtbot.waitUntil(lambda: bool(page.centres.model.rows))
    return window, page


def turn_to(qtbot: QtBot, window: Window, page: ProjectPage, widget: QWidget) -> None:
    """Go to a tab with the arrows."""
    page.tabs.setFocus()
    while page._stack.currentWidget() is not widget:
        QTest.keyClick(page.tabs, Qt.Key.Key_Right)


def add_card(qtbot: QtBot, window: Window, page: ProjectPage) -> None:
    press(qtbot, window, "Ctrl+N")
    form = page_of(window, ProjectForm)
    qtbot.waitUntil(lambda: form.regions.count() == 10)
    write(window, "Жоба")
    press(qtbot, window, "Tab")
    write(window, "Проект")
    press(qtbot, window, "Tab", "Tab")
    write(window, "12-К")
    press(qtbot, window, "Tab")
    write(window, "01.01.2024")
    press(qtbot, window, "Tab")
    write(window, "31.12.2024")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: len(page.card.projects.model.rows) == 1)


def rule_page(qtbot: QtBot, place: Place) -> tuple[Window, ProjectPage]:
    """The page at the rule of the category, with its ten lines there."""
    window, page = project_page(qtbot, place)
    turn_to(qtbot, window, page, page.rule)
    qtbot.waitUntil(lambda: len(page.rule.lines.model.rows) == 10)
    return window, page


def earlier_year(qtbot: QtBot, place: Place) -> tuple[Window, ProjectPage, StatedForm]:
    """The form of the totals of an earlier year, with its grid there."""
    window, page = project_page(qtbot, place)
    turn_to(qtbot, window, page, page.stated)
    press(qtbot, window, "Ctrl+N")
    form = page_of(window, StatedForm)
    qtbot.waitUntil(lambda: form.grid.values.rowCount() == 12)
    return window, page, form


def test_a_card_with_a_stage_is_written_and_put_into_the_report(
    qtbot: QtBot, headquarters: Place
) -> None:
    window, page = project_page(qtbot, headquarters)
    assert page.changes.act.isHidden()
    add_card(qtbot, window, page)
    qtbot.waitUntil(page.card.new_stage.isEnabled)
    click(page.card.new_stage)
    form = page_of(window, StageForm)
    qtbot.waitUntil(lambda: form.name_ru.text() == "Этап 1")
    press(qtbot, window, "Tab", "Tab")
    write(window, "01.01.2024")
    press(qtbot, window, "Tab")
    write(window, "30.06.2024")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: len(page.card.stages.model.rows) == 1)
    qtbot.waitUntil(page.changes.act.isVisible)
    assert "2 изменения" in page.changes.words.text()
    click(page.changes.act)
    qtbot.waitUntil(page.changes.act.isHidden, timeout=10_000)
    assert window.shell is not None
    notice = window.shell.notice.note
    put = "Теперь в отчёте: карточки проекта – 1, этапы – 1."
    put = put.replace(" – ", "\N{NO-BREAK SPACE}–\N{WORD JOINER}\N{NO-BREAK SPACE}")
    qtbot.waitUntil(lambda: notice.text == put, timeout=10_000)

    def nothing_waits(session: Session, workplace: Workplace) -> None:
        assert not pending_changes(session, workplace.actor).any

    window.close()
    headquarters.work(nothing_waits)


def test_the_card_of_the_next_year_is_one_press(qtbot: QtBot, headquarters: Place) -> None:
    window, page = project_page(qtbot, headquarters)
    add_card(qtbot, window, page)
    qtbot.waitUntil(page.card.next_year.isEnabled)
    click(page.card.next_year)
    qtbot.waitUntil(lambda: len(page.card.projects.model.rows) == 2)
    assert [one.starts_on.year for one in page.card.projects.model.rows] == [2025, 2024]


def test_a_centre_is_closed_by_its_day(qtbot: QtBot, headquarters: Place) -> None:
    window, page = project_page(qtbot, headquarters)
    turn_to(qtbot, window, page, page.centres)
    press(qtbot, window, "Tab")
    page.centres.table.setFocus()
    press(qtbot, window, "Enter")
    form = page_of(window, CentreForm)
    qtbot.waitUntil(lambda: form.name_ru.text() != "")
    form.closed_on.setFocus()
    write(window, "01.05.2024")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: page.centres.model.rows[0].closed_on is not None)
    index = page.centres.model.index(0, 4)
    assert page.centres.model.data(index) == "закрыт"


def test_a_stage_outside_the_project_is_said_under_its_day(
    qtbot: QtBot, headquarters: Place
) -> None:
    window, page = project_page(qtbot, headquarters)
    add_card(qtbot, window, page)
    qtbot.waitUntil(page.card.new_stage.isEnabled)
    click(page.card.new_stage)
    form = page_of(window, StageForm)
    qtbot.waitUntil(lambda: form.name_ru.text() != "")
    press(qtbot, window, "Ctrl+Enter")
    assert form.fields["starts_on"].note.text
    form.starts_on.setFocus()
    write(window, "01.12.2024")
    press(qtbot, window, "Tab")
    write(window, "31.01.2025")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: bool(form.fields["ends_on"].note.text))
    assert not form.fields["starts_on"].note.text
    form.forget()


def test_a_deadline_and_a_planned_value_are_added_and_taken_back(
    qtbot: QtBot, headquarters: Place
) -> None:
    window, page = project_page(qtbot, headquarters)
    turn_to(qtbot, window, page, page.deadlines)
    press(qtbot, window, "Ctrl+N")
    deadline = page_of(window, DeadlineForm)
    deadline.month.choose("2024-04")
    press(qtbot, window, "Tab")
    write(window, "15.05.2024")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: len(page.deadlines.model.rows) == 1)
    turn_to(qtbot, window, page, page.plan)
    press(qtbot, window, "Ctrl+N")
    target = page_of(window, TargetForm)
    qtbot.waitUntil(lambda: target.region.count() == 12)
    target.indicator.choose("couples")
    target.valid_from.setFocus()
    write(window, "01.05.2024")
    target.value.setFocus()
    write(window, "2400")
    target.agreement.setFocus()
    write(window, "12-К/1")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: len(page.plan.model.rows) == 1)
    assert page.plan.model.rows[0].agreement == "12-К/1"
    page.plan.table.setFocus()
    press(qtbot, window, "Enter")
    target = page_of(window, TargetForm)
    qtbot.waitUntil(lambda: target.value.text() == "2400")
    gone = target.findChild(QWidget, "take_back")
    assert gone is not None
    click(gone)
    answer(qtbot, target, "yes")
    qtbot.waitUntil(lambda: not page.plan.model.rows)


def test_the_rule_of_a_new_year_is_a_copy_whose_lines_move_and_are_worded(
    qtbot: QtBot, headquarters: Place
) -> None:
    window, page = rule_page(qtbot, headquarters)
    tab = page.rule
    press(qtbot, window, "Ctrl+N")
    qtbot.waitUntil(lambda: tab.rule is not None and tab.rule.from_year == 2025)
    tab.lines.table.setFocus()
    tab.lines.table.choose(2)
    click(tab.up)
    qtbot.waitUntil(
        lambda: (
            [one.predicate["category"] for one in tab.lines.model.rows[:3]]
            == ["children", "senior", "disability"]
        )
    )
    qtbot.waitUntil(lambda: tab.lines.table.chosen == 1)
    tab.lines.table.choose(9)
    click(tab.up)
    tab.lines.table.choose(1)
    tab.lines.table.setFocus()
    press(qtbot, window, "Enter")
    form = page_of(window, RuleLineForm)
    qtbot.waitUntil(lambda: form.rule is not None)
    form.ru.setPlainText("от 50 лет")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: tab.lines.model.rows[1].predicate["ru"] == "от 50 лет")
    window.close()

    def kept(session: Session, workplace: Workplace) -> None:
        rule = rule_of(session, workplace.actor, year=2025)
        assert [one["category"] for one in rule.predicates][-1] == "other"
        assert not rule_of(session, workplace.actor, year=2024).own

    headquarters.work(kept)


def test_moving_a_line_asks_first_when_adults_would_change_their_category(
    qtbot: QtBot, headquarters: Place, tmp_path: Path
) -> None:
    receive_april(headquarters, tmp_path)

    def prepare(session: Session, workplace: Workplace) -> None:
        lines = [dict(one) for one in rule_of(session, workplace.actor, year=2024).predicates]
        senior = lines.pop(2)
        senior["when"] = {"age_from": 20}
        lines.insert(7, senior)
        save_rule(session, workplace.actor, year=2024, predicates=lines)

    headquarters.work(prepare)
    window, page = project_page(qtbot, headquarters)
    turn_to(qtbot, window, page, page.rule)
    tab = page.rule
    qtbot.waitUntil(lambda: tab.rule is not None and tab.rule.own)

    def order() -> list[str]:
        return [one.predicate["category"] for one in tab.lines.model.rows]

    assert order()[7:9] == ["senior", "youth"]
    tab.lines.table.choose(7)
    click(tab.down)
    assert tab.t.text("Move this line of the rule?") in answer(qtbot, tab, "no")
    assert order()[7:9] == ["senior", "youth"]
    click(tab.down)
    answer(qtbot, tab, "yes")
    qtbot.waitUntil(lambda: order()[7:9] == ["youth", "senior"])
    qtbot.waitUntil(lambda: tab.lines.table.chosen == 8)
    window.close()


def test_conditions_of_a_line_are_saved_once_their_effect_was_seen(
    qtbot: QtBot, headquarters: Place
) -> None:
    window, page = rule_page(qtbot, headquarters)
    tab = page.rule
    tab.lines.table.choose(2)
    tab.lines.table.setFocus()
    press(qtbot, window, "Enter")
    form = page_of(window, RuleLineForm)
    qtbot.waitUntil(lambda: form.age_from.text() == "50")
    form.age_from.setText("60")
    form.age_to.setText("40")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: bool(form.fields["age_to"].note.text))
    form.age_to.clear()
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: bool(form.effect.text))
    assert page_of(window, RuleLineForm) is form
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: tab.lines.model.rows[2].predicate["when"] == {"age_from": 60})
    window.close()


def test_a_line_is_added_and_removed_once_its_effect_was_seen_and_the_last_one_stays(
    qtbot: QtBot, headquarters: Place
) -> None:
    window, page = rule_page(qtbot, headquarters)
    tab = page.rule
    tab.lines.table.choose(1)
    click(tab.add_button)
    form = page_of(window, RuleLineForm)
    qtbot.waitUntil(lambda: form.rule is not None)
    form.category.choose("senior")
    form.age_from.setText("95")
    for control in (form.kk, form.ru, form.en):
        control.setPlainText("95")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: bool(form.effect.text))
    assert page_of(window, RuleLineForm) is form and len(tab.lines.model.rows) == 10
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: len(tab.lines.model.rows) == 11)
    added = tab.lines.model.rows[1].predicate
    assert (added["category"], added["when"], added["ru"]) == ("senior", {"age_from": 95}, "95")

    tab.lines.table.choose(10)
    click(tab.remove_button)
    assert not page.findChildren(QMessageBox)
    tab.lines.table.choose(1)
    click(tab.remove_button)
    qtbot.waitUntil(lambda: bool(page.findChildren(QMessageBox)))
    (box,) = page.findChildren(QMessageBox)
    assert window.translator.text("No package has come yet, so nobody changes the category.") in (
        box.informativeText()
    )
    yes = box.findChild(QAbstractButton, "yes")
    assert yes is not None
    click(yes)
    qtbot.waitUntil(lambda: len(tab.lines.model.rows) == 10)
    assert tab.lines.model.rows[-1].predicate["category"] == "other"
    qtbot.waitUntil(lambda: not window.at_work, timeout=10_000)
    window.close()


def test_the_category_of_a_line_that_alone_gives_it_cannot_be_changed(
    qtbot: QtBot, headquarters: Place
) -> None:
    window, page = rule_page(qtbot, headquarters)
    tab = page.rule
    own = [one.predicate["category"] for one in tab.lines.model.rows]
    at = next(n for n, one in enumerate(own[:-1]) if own.count(one) == 1)
    tab.lines.table.choose(at)
    tab.lines.table.setFocus()
    press(qtbot, window, "Enter")
    form = page_of(window, RuleLineForm)
    qtbot.waitUntil(lambda: form.rule is not None)
    form.category.choose(own[-1])
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: bool(form.fields["category"].note.text))
    window.close()


def test_an_earlier_year_is_typed_with_digits_and_stands_beside_this_one(
    qtbot: QtBot, headquarters: Place
) -> None:
    window, page, form = earlier_year(qtbot, headquarters)
    form.indicator.choose("couples")
    press(qtbot, window, "Ctrl+Enter")
    assert form.fields["source"].note.text
    form.source.setFocus()
    write(window, "Отчёт за 2023 год")
    form.grid.setFocus()
    write(window, "30x0")
    press(qtbot, window, "Down")
    write(window, "41")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: len(page.stated.model.rows) == 1)
    assert page.stated.model.rows[0].total == 300
    click(page.changes.act)
    qtbot.waitUntil(page.changes.act.isHidden, timeout=10_000)
    page.compare()
    compared = page_of(window, YearOnYearPage)
    qtbot.waitUntil(lambda: bool(compared.model.rows), timeout=10_000)
    line = next(one for one in compared.model.rows if one.indicator == "couples")
    assert (line.earlier, line.earlier_from, line.value) == (300, "stated", None)


def test_what_was_typed_into_the_grid_survives_a_change_of_language(
    qtbot: QtBot, headquarters: Place
) -> None:
    window, _, form = earlier_year(qtbot, headquarters)
    form.grid.setFocus()
    write(window, "77")
    at_rest(qtbot, window).set_language("kk")
    again = page_of(window, StatedForm)
    assert again is not form
    qtbot.waitUntil(lambda: again.grid.values.rowCount() == 12)
    assert again.grid.values.cells == {("all", None, None): 77}
    again.forget()
