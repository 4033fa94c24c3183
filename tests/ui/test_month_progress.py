"""Specialists say that their month is complete; the lead sees who has not and asks questions."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import Workplace, open_workplace
from pravo_desktop.domain.periods import Month
from pravo_desktop.usecases import cases, participants
from pravo_desktop.usecases.drafts import save_draft
from pravo_desktop.usecases.queries import Session
from tests.ui.conftest import press as press_keys
from tests.ui.conftest import write
from tests.ui.desks import (
    PASSWORD,
    Place,
    click,
    go,
    make_place,
    open_window,
    page_of,
    press_until,
    primary,
)
from tests.ui.families import OWN, add_psychologist
from ui.app import Window
from ui.pages.case import CasePage
from ui.pages.close_month import CloseMonthPage
from ui.pages.month_progress import QuestionForm, ToCompletePage
from ui.pages.my_month import MyMonthPage


@pytest.fixture
def centre(tmp_path: Path) -> Place:
    """A centre with a psychologist who met a couple of whom much is unknown."""
    place = make_place(tmp_path / "astana", "astana")

    def use(session: Session, workplace: Workplace) -> None:
        actor = workplace.actor
        staff_id = add_psychologist(session, workplace)
        cases.open_case(
            session,
            actor,
            kind="married",
            participants=(participants.ParticipantForm(role="wife", sex="female"),),
            consultation=cases.ConsultationForm(held_on=date(2024, 5, 3), specialist_id=staff_id),
        )

    place.work(use)
    return place


def signed_in_as(qtbot: QtBot, place: Place, user: str, password: str) -> Window:
    window = open_window(qtbot, place.folder)
    window.enter(open_workplace(place.folder, user=user, password=password))
    qtbot.waitUntil(lambda: window.shell is not None)
    return window


def closing(qtbot: QtBot, window: Window) -> CloseMonthPage:
    page = go(qtbot, window, CloseMonthPage)
    qtbot.waitUntil(lambda: page.overview is not None)
    if page.month != Month(2024, 5):
        press_until(qtbot, window, Qt.Key.Key_PageDown, lambda: page.month == Month(2024, 5))
    qtbot.waitUntil(lambda: bool(page.progress.lines))
    return page


def test_a_specialist_says_that_the_month_is_complete_and_the_lead_sees_it(
    qtbot: QtBot, centre: Place
) -> None:
    window = signed_in_as(qtbot, centre, "aigul", OWN)
    mine = go(qtbot, window, MyMonthPage)
    primary(qtbot, window)
    qtbot.waitUntil(lambda: mine.complete_at is not None)
    assert mine.primary() is None
    click(mine.withdraw_button)
    qtbot.waitUntil(lambda: mine.complete_at is None)
    primary(qtbot, window)
    qtbot.waitUntil(lambda: mine.complete_at is not None)
    window.close()
    page = closing(qtbot, signed_in_as(qtbot, centre, "tester", PASSWORD))
    (line,) = page.progress.lines
    assert line.name.text() == "Сынақова Айгүл"
    assert "20.05.2024" in line.told.text()


def test_the_lead_sees_how_many_drafts_there_are_and_never_their_text(
    qtbot: QtBot, centre: Place
) -> None:
    workplace = open_workplace(centre.folder, user="aigul", password=OWN)
    session = workplace.session()
    save_draft(session, workplace.actor, form="case", record_id=None, content={"values": "құпия"})
    session.close()
    workplace.close()
    page = closing(qtbot, signed_in_as(qtbot, centre, "tester", PASSWORD))
    (line,) = page.progress.lines
    assert "1 черновик" in line.told.text() and "құпия" not in line.told.text()


def test_a_record_returned_with_a_question_comes_to_the_specialist_who_answers(
    qtbot: QtBot, centre: Place
) -> None:
    window = signed_in_as(qtbot, centre, "tester", PASSWORD)
    page = closing(qtbot, window)
    click(page.progress.to_complete)
    waiting = page_of(window, ToCompletePage)
    qtbot.waitUntil(lambda: len(waiting.list.model.rows) == 2)
    primary(qtbot, window)
    form = page_of(window, QuestionForm)
    assert form.text.hasFocus()
    write(window, "Туған жылы қашан?")
    press_keys(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: len(waiting.list.model.rows) == 3)
    assert waiting.list.model.rows[0].text == "Туған жылы қашан?"
    window.close()


def test_a_specialist_opens_the_case_of_a_question_and_says_it_is_right(
    qtbot: QtBot, centre: Place
) -> None:
    def use(session: Session, workplace: Workplace) -> None:
        from pravo_desktop.usecases.questions import return_record

        consultation = session.value("SELECT id FROM consultations")
        return_record(
            session,
            workplace.actor,
            table="consultations",
            record_id=str(consultation),
            text="Екеуі де келді ме?",
        )

    workplace = open_workplace(centre.folder, user="tester", password=PASSWORD)
    session = workplace.session()
    use(session, workplace)
    session.close()
    workplace.close()
    window = signed_in_as(qtbot, centre, "aigul", OWN)
    page = go(qtbot, window, MyMonthPage)
    qtbot.waitUntil(lambda: len(page.list.model.rows) == 3)
    assert page.list.model.rows[0].text == "Екеуі де келді ме?"
    page.list.table.setFocus()
    press_keys(qtbot, window, "Enter")
    page_of(window, CasePage)
    press_keys(qtbot, window, "Esc")
    page.list.table.choose(0)
    assert page.right_button.isVisible()
    click(page.right_button)
    qtbot.waitUntil(lambda: len(page.list.model.rows) == 2)
    assert not page.right_button.isVisible()
