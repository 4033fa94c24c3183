"""A practice folder with one named couple and staff, and fingers that count what they press."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import Workplace
from pravo_desktop.usecases.cases import CaseOpened, ClaimForm, ConsultationForm, open_case
from pravo_desktop.usecases.participants import ParticipantForm
from pravo_desktop.usecases.queries import CaseCard, Session, case_card
from pravo_desktop.usecases.staff import save_staff_member
from tests.ui.conftest import press, shell_of, write
from ui.app import Window
from ui.pages.case import CasePage

OWN = "another word 34"
"""Password of the psychologist."""
WorkIn = Callable[[Path], tuple[Window, Workplace]]


def add_couple(workplace: Workplace, surname: str = "Өмірбеков", phone: str = "") -> CaseOpened:
    """A couple with a child, a claim and a first consultation to which the wife came alone."""
    session = workplace.session()
    staff_id = save_staff_member(
        session,
        workplace.actor,
        profession="mediator",
        employed_from=date(2024, 1, 1),
        surname="Сынақова",
    )
    opened = open_case(
        session,
        workplace.actor,
        kind="married",
        participants=(
            ParticipantForm(
                role="husband",
                sex="male",
                consent="given",
                surname=surname,
                given_name="Ұлан",
                phone=phone or None,
            ),
            ParticipantForm(role="wife", sex="female"),
            ParticipantForm(role="child", birth_year=2015),
        ),
        claims=(ClaimForm(kind="divorce", court_number="7199-24-00-2/1"),),
        consultation=ConsultationForm(
            held_on=date(2024, 5, 3), specialist_id=staff_id, attendees=("1",)
        ),
        confirmed={"likely_duplicate": "еркімен"},
    )
    session.close()
    return opened


def add_psychologist(session: Session, workplace: Workplace) -> str:
    """A psychologist with an account of her own, `aigul`; her id as a member of the staff."""
    staff_id = save_staff_member(
        session,
        workplace.actor,
        profession="psychologist",
        employed_from=date(2024, 1, 8),
        surname="Сынақова",
        given_name="Айгүл",
    )
    workplace.add_account(
        session, name="aigul", password=OWN, roles=("psychologist",), staff_id=staff_id
    )
    return staff_id


def card_of(workplace: Workplace, case_id: str) -> CaseCard:
    """The case as it is stored now."""
    session = workplace.reading_session()
    try:
        return case_card(session, workplace.actor, case_id)
    finally:
        session.close()


def case_page(qtbot: QtBot, window: Window, case_id: str) -> CasePage:
    """The page of a case, read."""
    page = shell_of(window).open(CasePage, case_id=case_id)
    assert isinstance(page, CasePage)
    qtbot.waitUntil(lambda: page.card is not None and not window.at_work, timeout=10_000)
    return page


class Fingers:
    """Presses keys and counts them: Ctrl and Shift are keys, letters of a text are not counted."""

    def __init__(self, qtbot: QtBot, window: Window) -> None:
        self._qtbot, self._window = qtbot, window
        self.pressed = 0

    def press(self, *keys: str) -> None:
        """Press these one after another."""
        for key in keys:
            self.pressed += len(key.split("+"))
            if "Shift" not in key:
                press(self._qtbot, self._window, key)
                continue
            handle = self._window.windowHandle()
            assert handle is not None
            held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
            QTest.keyClick(handle, Qt.Key(ord(key[-1])), held)

    def write(self, text: str) -> None:
        """Type a name or a note, not counted."""
        write(self._window, text)
