"""One day of a psychologist, from signing in to the lock and back, without a mouse."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import Workplace, open_workplace
from pravo_desktop.usecases.appointments import appointments_of_case, plan_appointment
from pravo_desktop.usecases.completion import my_completion
from pravo_desktop.usecases.event_queries import EventLine, event_lines, survey_answers
from pravo_desktop.usecases.queries import Session
from tests.ui.conftest import PASSWORD, USER, press, shell_of, write
from tests.ui.families import OWN, add_couple, add_psychologist, card_of
from ui.app import Window
from ui.forms.case_form import CaseForm
from ui.forms.consultation_form import ConsultationPage
from ui.forms.event_form import EventForm
from ui.forms.survey_grid import SurveyForm
from ui.page import Page
from ui.pages.case import CasePage
from ui.pages.events import EventsPage
from ui.pages.my_month import MyMonthPage
from ui.pages.papers import PaperForm
from ui.pages.sign_in import SignInPage
from ui.pages.today import TodayPage
from ui.preview import Preview

OpenWindow = Callable[[Path], Window]
P = TypeVar("P", bound=Page)
T = TypeVar("T")
SLOW = 10_000


@pytest.fixture
def expected_case(centre_folder: Path) -> str:
    """A centre with a psychologist whom one couple is to see at ten; the id of its case."""
    workplace = open_workplace(centre_folder, password=PASSWORD, user=USER)
    session, actor = workplace.session(), workplace.actor
    staff_id = add_psychologist(session, workplace)
    session.close()
    case_id = add_couple(workplace, "Өмірбеков").case_id
    session = workplace.session()
    plan_appointment(
        session,
        actor,
        case_id=case_id,
        planned_on=date(2024, 5, 20),
        time="10:00",
        specialist_id=staff_id,
    )
    session.close()
    workplace.close()
    return case_id


class Day:
    """A person at the keyboard of one window."""

    def __init__(self, qtbot: QtBot, window: Window) -> None:
        self.qtbot, self.window = qtbot, window

    def press(self, *keys: str) -> None:
        press(self.qtbot, self.window, *keys)

    def write(self, text: str) -> None:
        write(self.window, text)

    def until(self, so: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(so()), timeout=SLOW)

    def settled(self) -> None:
        """Reads come back in their order: with this one the page has what it asked for."""
        page = shell_of(self.window).page
        came: list[bool] = []
        page.desk.runner.read(page, lambda job: None, lambda _: came.append(True))
        self.until(lambda: came)
        self.until(lambda: not self.window.at_work)

    def front(self, kind: type[P]) -> P:
        self.until(lambda: isinstance(shell_of(self.window).page, kind))
        page = shell_of(self.window).page
        assert isinstance(page, kind)
        return page

    def tab_to(self, control: QWidget) -> None:
        """Press Tab until a control has the keyboard."""
        for _ in range(60):
            if control.hasFocus():
                return
            QTest.keyClick(self.window.windowHandle(), Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not come to {control.objectName()}")

    def tab_to_name(self, name: str) -> None:
        """Press Tab until what is called so has the keyboard, also in a page built anew."""
        for _ in range(60):
            now = self.window.focusWidget()
            if now is not None and now.objectName() == name:
                return
            QTest.keyClick(self.window.windowHandle(), Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not come to {name}")

    def fill(self, control: QWidget, text: str) -> None:
        self.tab_to(control)
        self.write(text)

    def sign_in(self) -> None:
        door = self.window.door
        assert isinstance(door, SignInPage)
        self.until(door.password.hasFocus)
        self.tab_to(door.user)
        while door.user.value != "aigul":
            self.press("Down")
        self.tab_to(door.password)
        self.write(OWN)
        self.press("Enter")
        self.qtbot.waitUntil(lambda: self.window.shell is not None, timeout=20_000)

    @property
    def workplace(self) -> Workplace:
        return self.window.runner.workplace

    def read(self, query: Callable[[Session], T]) -> T:
        session = self.workplace.reading_session()
        try:
            return query(session)
        finally:
            session.close()


def somebody_did_not_come(day: Day, case_id: str) -> None:
    page = day.front(TodayPage)
    day.until(lambda: page.visits.rows)
    day.until(page.visits_table.hasFocus)
    day.press("N")
    day.until(lambda: not page.visits.rows)
    plans = day.read(lambda s: appointments_of_case(s, day.workplace.actor, case_id))
    assert [one.state for one in plans] == ["no_show"]


def new_family(day: Day) -> str:
    """Two adults, two children, a claim and the first consultation; returns the id of the case."""
    day.press("Ctrl+N")
    form = day.front(CaseForm)
    day.until(lambda: form.visit.specialist.count())
    for person, surname in zip(form.people, ("Қанатов", "Қанатова"), strict=True):
        day.tab_to(person.consent)
        day.press("Down")
        day.fill(person.surname, surname)
    for year in ("2015", "2018"):
        held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(day.window.windowHandle(), Qt.Key.Key_D, held)
        day.press("Tab")
        day.write(year)
    QTest.keyClick(day.window.windowHandle(), Qt.Key.Key_L, held)
    day.press("Tab")
    day.write("5.4")
    day.press("Ctrl+Enter")
    page = day.front(CasePage)
    day.until(lambda: page.card is not None)
    day.settled()
    card = card_of(day.workplace, page.case_id)
    assert len(card.people) == 4 and len(card.consultations) == 1
    assert card.claims[0].claim.filed_on == date(2024, 4, 5)
    return page.case_id


def repeat_consultation(day: Day, case_id: str) -> None:
    day.press("Ctrl+K")
    page = day.front(ConsultationPage)
    if page.case is None:
        day.until(page.search.hasFocus)
        day.write("канат")
        day.press("Enter")
    day.until(lambda: page.case is not None)
    day.fill(page.visit.note, "екеуі де сөйлесті")
    day.press("Ctrl+Enter")
    # They were with the same specialist this morning; the two count once.
    day.until(page.reasons.isVisible)
    reason = page.reasons.findChild(QLineEdit, "reason_consultation_same_day")
    assert reason is not None
    day.fill(reason, "кешке тағы келді")
    day.press("Ctrl+Enter")
    day.until(lambda: page.case is None)
    assert [one.note for one in card_of(day.workplace, case_id).consultations][:1] == [
        "екеуі де сөйлесті"
    ]


def event_with_its_sheets(day: Day) -> None:
    day.press("Ctrl+E")
    page = day.front(EventsPage)
    day.settled()
    day.press("Ctrl+N")
    form = day.front(EventForm)
    day.fill(form.topic, "Келісім мектебі")
    day.fill(form.attendances.men, "3")
    day.fill(form.attendances.women, "4")
    day.press("Ctrl+Enter")
    day.until(lambda: len(page.model.rows) == 1)
    page = day.front(EventsPage)
    day.tab_to(page.survey_button)
    day.press("Space")
    survey = day.front(SurveyForm)
    day.settled()
    day.until(lambda: survey.event_choice.value)
    day.tab_to(survey.grid)
    day.write("5455544444")
    day.press("Ctrl+Enter")
    day.front(EventsPage)
    line = day.read(lambda s: event_lines(s, day.workplace.actor))[0]
    assert isinstance(line, EventLine)
    assert (line.event.men, line.event.women) == (3, 4)
    answers = day.read(lambda s: survey_answers(s, day.workplace.actor, line.event.id))
    assert answers.sheets == 2


def month_is_complete(day: Day) -> None:
    day.press("Ctrl+M")
    page = day.front(MyMonthPage)
    day.until(lambda: page.primary() is not None)
    day.press("Ctrl+Enter")
    day.until(lambda: page.complete_at is not None)
    assert day.read(lambda s: my_completion(s, day.workplace.actor, "2024-05"))


def slip_is_looked_at(day: Day) -> None:
    day.press("Ctrl+T")
    case = day.front(CasePage)
    day.until(lambda: case.card is not None)
    day.settled()
    day.tab_to_name("slip")
    day.press("Space")
    form = day.front(PaperForm)
    day.until(lambda: form.card is not None and not day.window.at_work)
    day.press("Ctrl+P")
    day.until(lambda: any(one.isVisible() for one in form.findChildren(Preview)))
    preview = form.findChildren(Preview)[0]
    preview.activateWindow()
    day.until(preview.isActiveWindow)
    press(day.qtbot, preview, "Esc")
    day.until(lambda: not any(one.isVisible() for one in form.findChildren(Preview)))
    day.press("Esc")
    day.front(CasePage)


def test_a_day_from_signing_in_to_the_lock_and_back(
    qtbot: QtBot, centre_folder: Path, expected_case: str, open_window: OpenWindow
) -> None:
    day = Day(qtbot, open_window(centre_folder))
    day.sign_in()
    somebody_did_not_come(day, expected_case)
    case_id = new_family(day)
    repeat_consultation(day, case_id)
    event_with_its_sheets(day)
    month_is_complete(day)
    slip_is_looked_at(day)
    day.press("Ctrl+L")
    day.until(lambda: day.window.shell is None and day.window.door is not None)
    day.sign_in()
    page = day.front(CasePage)
    day.until(lambda: page.card is not None)
    assert page.case_id == case_id and page.title() == "Қанатов, Қанатова"
    assert len(card_of(day.workplace, case_id).consultations) == 2
