"""Notes at the window: the own sheet, a password set by the lead, a colleague's note, leaving."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import Workplace, open_workplace, sign_in_wait
from pravo_desktop.data_folder import ATTEMPTS
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases import cases, staff
from pravo_desktop.usecases.cases import ConsultationForm
from pravo_desktop.usecases.participants import ParticipantForm
from pravo_desktop.usecases.queries import Session, case_card, find_cases
from tests.ui.conftest import press, write
from tests.ui.desks import (
    PASSWORD,
    Place,
    answer,
    click,
    dialog,
    in_front,
    make_place,
    open_window,
    page_of,
)
from tests.ui.test_settings import OWN, settings_page, signed_in_as
from ui.app import Window
from ui.forms.account_form import PasswordForm
from ui.forms.consultation_editor import ConsultationEditor
from ui.pages.case_lines import visit_line
from ui.pages.sign_in import SignInPage
from ui.reason import ask_about_notes

TEXT = "келісімге жақын"
NEW = "third phrase 56"


@pytest.fixture
def centre(tmp_path: Path) -> Place:
    place = make_place(tmp_path / "astana", "astana")

    def hire(session: Session, workplace: Workplace) -> None:
        post = staff.save_staff_member(
            session, workplace.actor, profession="lawyer", employed_from=date(2024, 1, 1)
        )
        workplace.add_account(session, name="aigul", password=OWN, roles=("lawyer",), staff_id=post)

    place.work(hire)
    return place


def at_work(
    place: Place,
    act: Callable[[Session, Workplace], None],
    user: str = "aigul",
    password: str = OWN,
) -> None:
    """What somebody does outside the window."""
    workplace = open_workplace(place.folder, user=user, password=password)
    session = workplace.session()
    act(session, workplace)
    session.close()
    workplace.close()


def note(session: Session, workplace: Workplace) -> None:
    cases.open_case(
        session,
        workplace.actor,
        kind="married",
        participants=(ParticipantForm(role="wife", sex="female", birth_year=1992),),
        consultation=ConsultationForm(specialist_id=workplace.actor.staff_id, note=TEXT),
    )


def code_in(text: str) -> str:
    found = re.search(r"^ {4}(\S+)$", text, re.MULTILINE)
    assert found
    return found[1]


def test_a_specialist_makes_a_sheet_and_opens_the_notes_after_the_lead_set_the_password(
    qtbot: QtBot, centre: Place, tmp_path: Path
) -> None:
    at_work(centre, note)
    window = signed_in_as(qtbot, centre, "aigul", OWN)
    page = settings_page(qtbot, window)
    qtbot.waitUntil(page.notes.sheet_button.isVisible)
    assert not page.notes.code_field.isVisible()
    page.notes.make_sheet(tmp_path / "first.txt")
    qtbot.waitUntil(lambda: str(tmp_path / "first.txt") in page.notes.result.text)
    window.close()

    def reset(session: Session, workplace: Workplace) -> None:
        account = session.value("SELECT id FROM accounts WHERE name = 'aigul'")
        workplace.reset_password(session, account_id=account, new=NEW)

    at_work(centre, reset, "tester", PASSWORD)
    window = signed_in_as(qtbot, centre, "aigul", NEW)
    page = settings_page(qtbot, window)
    qtbot.waitUntil(page.notes.code_field.isVisible)
    assert not page.notes.sheet_button.isVisible()
    page.notes.code.setFocus()
    write(window, "2345")
    page.notes.unlock(tmp_path / "no.txt")
    qtbot.waitUntil(lambda: bool(page.notes.code_field.note.text))
    page.notes.code.setText(code_in((tmp_path / "first.txt").read_text("utf-8")))
    page.notes.unlock(tmp_path / "second.txt")
    qtbot.waitUntil(page.notes.sheet_button.isVisible)
    assert code_in((tmp_path / "second.txt").read_text("utf-8"))
    found: list[str | None] = []

    def look(session: Session, workplace: Workplace) -> None:
        (line,) = find_cases(session, workplace.actor)
        card = case_card(session, workplace.actor, line.case_id)
        found.append(card.consultations[0].note)

    window.close()
    at_work(centre, look, password=NEW)
    assert found == [TEXT]


def test_a_colleague_sees_whose_note_there_is_and_cannot_write_into_it(
    qtbot: QtBot, centre: Place
) -> None:
    at_work(centre, note)
    window = signed_in_as(qtbot, centre, "tester", PASSWORD)
    workplace = window.runner.workplace
    session = workplace.session()
    (line,) = find_cases(session, workplace.actor)
    card = case_card(session, workplace.actor, line.case_id)
    session.close()
    _, quiet = visit_line(window.translator, card.consultations[0], card)
    assert "aigul" in quiet and TEXT not in quiet
    assert window.shell is not None
    editor = ConsultationEditor(window.shell.desk)
    qtbot.addWidget(editor)
    editor.put(card.consultations[0])
    assert not editor.note.isEnabled() and "aigul" in editor.fields["note"].note.text
    assert editor.form().note is None
    editor.clear()
    assert editor.note.isEnabled() and not editor.fields["note"].note.text


def test_the_lead_gives_a_new_password_by_keyboard_and_never_the_own(
    qtbot: QtBot, centre: Place
) -> None:
    window = signed_in_as(qtbot, centre, "tester", PASSWORD)
    page = settings_page(qtbot, window)
    page.accounts.list.choose(0)
    click(page.accounts.reset_button)
    assert page.password.fields["old"].note.text and in_front(window) == "settings"
    page.accounts.list.choose(1)
    click(page.accounts.reset_button)
    form = page_of(window, PasswordForm)
    qtbot.waitUntil(form.password.hasFocus)
    write(window, "қазақстан2026")
    press(qtbot, window, "Tab")
    write(window, "қазақстан2026")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: bool(form.fields["password"].note.text))
    for field in (form.password, form.again):
        field.setText(NEW)
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: in_front(window) == "settings")
    with pytest.raises(KnownError, match="wrong_password"):
        open_workplace(centre.folder, user="aigul", password=OWN)
    open_workplace(centre.folder, user="aigul", password=NEW).close()


def test_an_account_with_notes_is_closed_only_with_a_reason(qtbot: QtBot, centre: Place) -> None:
    at_work(centre, note)
    page = settings_page(qtbot, signed_in_as(qtbot, centre, "tester", PASSWORD))
    page.accounts.list.choose(1)
    click(page.accounts.close_button)
    answer(qtbot, page, "yes")
    asked = dialog(qtbot, page, QDialog)
    reason, yes = asked.findChild(QLineEdit, "reason"), asked.findChild(QPushButton, "yes")
    assert reason is not None and yes is not None
    reason.setText("автор ауысты")
    click(yes)
    qtbot.waitUntil(lambda: page.accounts.model.rows[1].closed_at is not None)


def test_a_reason_half_typed_for_one_account_is_not_offered_for_another(
    qtbot: QtBot, centre: Place
) -> None:
    window = signed_in_as(qtbot, centre, "tester", PASSWORD)
    page = settings_page(qtbot, window)

    def asked(account: str) -> tuple[QDialog, QLineEdit]:
        refused = KnownError("notes_not_handed_over", number=1)
        box = ask_about_notes(page, page.desk, refused, lambda _: None, account)
        # Reads come back in their order: after this one the kept reason has been looked for.
        came: list[None] = []
        page.desk.runner.read(page, lambda _: None, came.append)
        qtbot.waitUntil(lambda: bool(came), timeout=10_000)
        reason = box.findChild(QLineEdit, "reason")
        assert reason is not None
        return box, reason

    box, reason = asked("aigul")
    QTest.keyClicks(reason, "left")
    # As when the program locks over it: the person neither answered nor gave up.
    box.reject()
    qtbot.waitUntil(lambda: not window.at_work, timeout=10_000)
    box, reason = asked("dana")
    assert not reason.text()
    box.reject()
    _, reason = asked("aigul")
    qtbot.waitUntil(lambda: reason.text() == "left", timeout=10_000)


def test_a_lead_who_forgot_the_password_goes_in_with_the_recovery_sheet_once(
    qtbot: QtBot, centre: Place, tmp_path: Path
) -> None:
    sheet = centre.folder.with_suffix(".txt")
    window = open_window(qtbot, centre.folder)
    page = door(window)
    page.user.choose("tester")
    click(page.forgotten)
    qtbot.waitUntil(page.sheet.isVisible)
    page.sheet.code.setText(code_in(sheet.read_text("utf-8")))
    page.sheet.new.setText(NEW)
    page.sheet.again.setText("third phrase 57")
    page.sheet.choose_next()
    assert page.sheet.fields["new_again"].note.text
    page.sheet.again.setText(NEW)
    page.sheet.open_with(tmp_path / "next.txt")
    qtbot.waitUntil(lambda: window.shell is not None, timeout=20_000)
    window.close()
    open_workplace(centre.folder, user="tester", password=NEW).close()
    again = door(open_window(qtbot, centre.folder))
    again.user.choose("tester")
    click(again.forgotten)
    again.sheet.code.setText(code_in(sheet.read_text("utf-8")))
    again.sheet.new.setText("fourth phrase 78")
    again.sheet.open_with(tmp_path / "other.txt")
    qtbot.waitUntil(lambda: bool(again.sheet.fields["sheet_code"].note.text))
    assert code_in((tmp_path / "next.txt").read_text("utf-8"))


def door(window: Window) -> SignInPage:
    assert isinstance(window.door, SignInPage)
    return window.door


def test_the_wait_after_wrong_passwords_is_counted_down_also_when_the_program_starts_again(
    qtbot: QtBot, centre: Place
) -> None:
    while not sign_in_wait(centre.folder, "tester"):
        with pytest.raises(KnownError, match="wrong_password"):
            open_workplace(centre.folder, user="tester", password="not this horse")
    page = door(open_window(qtbot, centre.folder))

    def choose(user: str) -> None:
        page.user.choose(user)
        page.user.activated.emit(page.user.currentIndex())

    choose("tester")
    assert not page.enter_button.isEnabled() and re.search(r"0:0[1-5]", page.failure.text)
    choose("aigul")
    assert page.enter_button.isEnabled() and not page.failure.text
    choose("tester")
    (centre.folder / ATTEMPTS).unlink()
    qtbot.waitUntil(page.enter_button.isEnabled)
    assert not page.failure.text
