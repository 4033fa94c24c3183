"""Nothing typed is lost: drafts while typing, after a crash, on closing and on locking."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import Workplace, open_workplace
from pravo_desktop.usecases.cases import ConsultationForm, open_case
from pravo_desktop.usecases.drafts import Draft, my_drafts, save_draft
from pravo_desktop.usecases.participants import ParticipantForm
from pravo_desktop.usecases.staff import save_staff_member
from tests.ui.conftest import PASSWORD, USER, press, shell_of, write
from ui.app import Window
from ui.drafts import form_key
from ui.forms.account_form import AccountForm
from ui.forms.case_form import CaseForm
from ui.forms.consultation_form import ConsultationPage
from ui.pages.today import TodayPage

WorkIn = Callable[[Path], tuple[Window, Workplace]]


def drafts(workplace: Workplace) -> list[Draft]:
    session = workplace.reading_session()
    found = my_drafts(session, workplace.actor)
    session.close()
    return found


def question(qtbot: QtBot, window: Window) -> QMessageBox:
    found: list[QMessageBox] = []

    def there() -> bool:
        found[:] = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
        return bool(found)

    qtbot.waitUntil(there, timeout=10_000)
    return found[0]


def answer(qtbot: QtBot, window: Window, name: str) -> str:
    box = question(qtbot, window)
    said = f"{box.text()}\n{box.informativeText()}"
    pressed = box.findChild(QAbstractButton, name)
    assert pressed is not None
    pressed.click()
    qtbot.waitUntil(lambda: not box_is_open(window), timeout=10_000)
    if window.isVisible():
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=10_000)
    return said


def box_is_open(window: Window) -> bool:
    return any(box.isVisible() for box in window.findChildren(QMessageBox))


def begin_a_case(qtbot: QtBot, window: Window, label: str) -> CaseForm:
    press(qtbot, window, "Ctrl+1", "Ctrl+N")
    form = shell_of(window).page
    assert isinstance(form, CaseForm)
    form.label.setFocus()
    write(window, label)
    return form


def leave_a_draft(folder: Path, form: type[CaseForm] = CaseForm) -> None:
    """What a crash leaves behind: a draft that nobody saved."""
    workplace = open_workplace(folder, password=PASSWORD, user=USER)
    session = workplace.session()
    content = {
        "arguments": {},
        "case_id": None,
        "values": {"roles": [], "people": [], "claims": [], "rest": {"label": "көк папка"}},
        "differences": [["Метка", "көк папка"]],
    }
    save_draft(session, workplace.actor, form=form_key(form), content=content)
    session.close()
    workplace.close()


def test_a_form_is_kept_while_typed_and_forgotten_when_saved(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    form = begin_a_case(qtbot, window, "kok")
    qtbot.waitUntil(lambda: bool(drafts(workplace)), timeout=10_000)
    (draft,) = drafts(workplace)
    assert draft.content["differences"][0][1] == "kok"
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: shell_of(window).page is not form, timeout=10_000)
    assert drafts(workplace) == []


def test_a_form_that_was_only_looked_at_is_no_draft(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, _ = work_in(centre_folder)
    begin_a_case(qtbot, window, "")
    assert not shell_of(window).unsaved()
    window.close()
    assert not box_is_open(window) and window.isHidden()


def test_after_a_crash_the_program_asks_and_goes_on_where_it_was(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    leave_a_draft(centre_folder)
    window, workplace = work_in(centre_folder)
    said = answer(qtbot, window, "continue")
    assert "Новый кейс" in said and "20.05.2024 12:00" in said and "Метка: көк папка" in said
    form = shell_of(window).page
    assert isinstance(form, CaseForm)
    qtbot.waitUntil(lambda: form.label.text() == "көк папка", timeout=10_000)
    assert shell_of(window).unsaved()
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: not drafts(workplace), timeout=10_000)


def test_a_draft_is_thrown_away_only_when_asked_to(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    leave_a_draft(centre_folder)
    window, workplace = work_in(centre_folder)
    answer(qtbot, window, "discard")
    qtbot.waitUntil(lambda: not drafts(workplace), timeout=10_000)


def test_later_leaves_it_on_the_page_of_the_day(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    leave_a_draft(centre_folder)
    window, workplace = work_in(centre_folder)
    question(qtbot, window)
    press(qtbot, question(qtbot, window), "Esc")
    assert len(drafts(workplace)) == 1
    page = shell_of(window).page
    assert isinstance(page, TodayPage)
    qtbot.waitUntil(lambda: len(page.drafts.rows) == 1, timeout=10_000)
    page.drafts_table.setFocus()
    press(qtbot, window, "Enter")
    form = shell_of(window).page
    assert isinstance(form, CaseForm) and form.label.text() == "көк папка"


def test_a_draft_of_a_form_that_is_no_more_can_be_thrown_away(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    workplace = open_workplace(centre_folder, password=PASSWORD, user=USER)
    session = workplace.session()
    save_draft(session, workplace.actor, form="ui.forms.no_such:Form", content={})
    session.close()
    workplace.close()
    window, workplace = work_in(centre_folder)
    box = question(qtbot, window)
    assert box.findChild(QAbstractButton, "continue") is None
    answer(qtbot, window, "discard")
    qtbot.waitUntil(lambda: not drafts(workplace), timeout=10_000)


def test_leaving_a_form_keeps_it_and_offers_it_at_once(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    begin_a_case(qtbot, window, "kok")
    press(qtbot, window, "Esc")
    assert not isinstance(shell_of(window).page, CaseForm)
    qtbot.waitUntil(lambda: len(drafts(workplace)) == 1, timeout=10_000)
    shell_of(window).notice._step.click()
    form = shell_of(window).page
    assert isinstance(form, CaseForm) and form.label.text() == "kok"


def test_closing_asks_once_and_the_draft_is_there_next_time(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, _ = work_in(centre_folder)
    begin_a_case(qtbot, window, "kok")
    assert not window.close()
    press(qtbot, question(qtbot, window), "Esc")
    assert window.isVisible() and isinstance(shell_of(window).page, CaseForm)
    assert not window.close()
    answer(qtbot, window, "keep")
    qtbot.waitUntil(window.isHidden, timeout=10_000)
    workplace = open_workplace(centre_folder, password=PASSWORD, user=USER)
    assert len(drafts(workplace)) == 1
    workplace.close()


def test_closing_can_throw_the_work_away(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    begin_a_case(qtbot, window, "kok")
    qtbot.waitUntil(lambda: bool(drafts(workplace)), timeout=10_000)
    window.close()
    answer(qtbot, window, "discard")
    qtbot.waitUntil(window.isHidden, timeout=10_000)
    again = open_workplace(centre_folder, password=PASSWORD, user=USER)
    assert drafts(again) == []
    again.close()


def test_locking_asks_and_the_same_person_finds_the_form_without_a_second_question(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, _ = work_in(centre_folder)
    begin_a_case(qtbot, window, "kok")
    press(qtbot, window, "Ctrl+L")
    answer(qtbot, window, "keep")
    assert window.shell is None
    workplace = open_workplace(centre_folder, password=PASSWORD, user=USER)
    window.enter(workplace)
    qtbot.waitUntil(lambda: window.shell is not None, timeout=10_000)
    form = shell_of(window).page
    assert isinstance(form, CaseForm) and form.label.text() == "kok"
    assert shell_of(window).unsaved() and len(drafts(workplace)) == 1
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: shell_of(window).page is not form, timeout=10_000)
    assert not box_is_open(window) and drafts(workplace) == []


def test_an_idle_window_locks_without_asking_and_keeps_the_draft(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, _ = work_in(centre_folder)
    begin_a_case(qtbot, window, "kok")
    qtbot.waitUntil(lambda: not window.at_work, timeout=10_000)
    window.idle.start(0)
    qtbot.waitUntil(lambda: window.shell is None, timeout=10_000)
    assert not box_is_open(window)
    workplace = open_workplace(centre_folder, password=PASSWORD, user=USER)
    assert len(drafts(workplace)) == 1
    workplace.close()


def test_searching_for_a_couple_is_no_work_but_a_note_about_them_is(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    session = workplace.session()
    staff_id = save_staff_member(
        session, workplace.actor, profession="mediator", employed_from=date(2024, 1, 1)
    )
    case_id = open_case(
        session,
        workplace.actor,
        kind="married",
        participants=(ParticipantForm(role="wife", consent="given", surname="Өмірбекова"),),
        consultation=ConsultationForm(held_on=date(2024, 5, 3), specialist_id=staff_id),
    ).case_id
    session.close()
    press(qtbot, window, "Ctrl+K")
    page = shell_of(window).page
    assert isinstance(page, ConsultationPage)
    qtbot.waitUntil(page.search.hasFocus, timeout=10_000)
    write(window, "омир")
    assert not page.unsaved()
    qtbot.waitUntil(lambda: page.couples.count() == 1, timeout=10_000)
    press(qtbot, window, "Enter")
    qtbot.waitUntil(lambda: page.case is not None, timeout=10_000)
    page.visit.note.setFocus()
    write(window, "k")
    qtbot.waitUntil(lambda: bool(drafts(workplace)), timeout=10_000)
    assert drafts(workplace)[0].record_id == case_id
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: page.case is None, timeout=10_000)
    assert drafts(workplace) == [] and not page.unsaved()


def test_a_password_is_never_kept_in_a_draft(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    form = shell_of(window).open(AccountForm)
    inputs = [box for box in form.findChildren(QWidget) if box.objectName() == "name"]
    assert inputs
    inputs[0].setFocus()
    write(window, "nurlan")
    form.keep()
    qtbot.waitUntil(lambda: not window.at_work, timeout=10_000)
    assert drafts(workplace) == [] and not form.unsaved()
