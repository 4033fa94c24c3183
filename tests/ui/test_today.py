"""The page of the day: who comes, who did not, what waits; all by keys."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pravo_desktop.backups.keeping import backups_of, set_second_place
from pravo_desktop.bootstrap import Workplace, open_workplace
from pravo_desktop.messages import message
from pravo_desktop.usecases.accounts import link_staff
from pravo_desktop.usecases.appointments import plan_appointment, refer_case
from pravo_desktop.usecases.cases import ConsultationForm, open_case
from pravo_desktop.usecases.participants import ParticipantForm
from pravo_desktop.usecases.staff import save_staff_member
from tests.ui.conftest import PASSWORD, USER, press, shell_of
from ui.app import Window
from ui.forms.case_form import CaseForm
from ui.forms.consultation_form import ConsultationPage
from ui.forms.part_forms import PersonForm
from ui.pages.case import CasePage
from ui.pages.month_progress import ToCompletePage
from ui.pages.today import TodayPage

WorkIn = Callable[[Path], tuple[Window, Workplace]]


@pytest.fixture
def expected_couples(centre_folder: Path) -> tuple[str, str]:
    """One couple comes today at ten, another is referred to the profession; ids of the cases."""
    workplace = open_workplace(centre_folder, password=PASSWORD, user=USER)
    session, actor = workplace.session(), workplace.actor
    staff_id = save_staff_member(
        session, actor, profession="psychologist", employed_from=date(2024, 1, 1)
    )
    link_staff(session, actor, name=USER, staff_id=staff_id)
    first, second = (
        open_case(
            session,
            actor,
            kind="married",
            participants=(
                ParticipantForm(role="wife", sex="female", consent="given", surname=surname),
            ),
            consultation=ConsultationForm(held_on=date(2024, 5, 3), specialist_id=staff_id),
        ).case_id
        for surname in ("Өмірбекова", "Қанатова")
    )
    plan_appointment(
        session,
        actor,
        case_id=first,
        planned_on=date(2024, 5, 20),
        time="10:00",
        specialist_id=staff_id,
    )
    refer_case(session, actor, case_id=second, profession="psychologist")
    session.close()
    workplace.close()
    return first, second


def today_page(qtbot: QtBot, window: Window) -> TodayPage:
    page = shell_of(window).page
    assert isinstance(page, TodayPage)
    return page


def test_the_day_begins_with_the_first_family_where_nothing_is_recorded(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, _ = work_in(centre_folder)
    page = today_page(qtbot, window)
    qtbot.waitUntil(page.nothing.isVisible, timeout=10_000)
    qtbot.waitUntil(page.nothing.button.hasFocus, timeout=10_000)
    press(qtbot, window, "Space")
    assert isinstance(shell_of(window).page, CaseForm)


def test_who_did_not_come_is_recorded_with_one_key_and_can_be_taken_back(
    qtbot: QtBot, centre_folder: Path, expected_couples: tuple[str, str], work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    page = today_page(qtbot, window)
    qtbot.waitUntil(lambda: len(page.visits.rows) == 2, timeout=10_000)
    qtbot.waitUntil(page.visits_table.hasFocus, timeout=10_000)
    press(qtbot, window, "N")
    qtbot.waitUntil(lambda: len(page.visits.rows) == 1, timeout=10_000)
    session = workplace.reading_session()
    states = session.all("SELECT state FROM appointments ORDER BY state")
    session.close()
    assert [row["state"] for row in states] == ["expected", "no_show"]
    assert "Өмірбекова" in shell_of(window).notice.note.text
    shell_of(window).notice._step.click()
    qtbot.waitUntil(lambda: len(page.visits.rows) == 2, timeout=10_000)


def test_a_visit_still_to_come_cannot_be_missed(
    qtbot: QtBot, centre_folder: Path, expected_couples: tuple[str, str], work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    session = workplace.session()
    session.execute("UPDATE appointments SET planned_on = '2024-05-22'")
    session.close()
    page = today_page(qtbot, window)
    page.reload()
    qtbot.waitUntil(lambda: len(page.visits.rows) == 2, timeout=10_000)
    qtbot.waitUntil(lambda: page.visits.rows[0].appointment.planned_on.day == 22, timeout=10_000)
    page.visits_table.setFocus()
    press(qtbot, window, "N")
    assert "22.05.2024" in shell_of(window).notice.note.text
    assert len(page.visits.rows) == 2


def test_k_opens_the_consultation_with_the_couple_and_enter_their_case(
    qtbot: QtBot, centre_folder: Path, expected_couples: tuple[str, str], work_in: WorkIn
) -> None:
    window, _ = work_in(centre_folder)
    page = today_page(qtbot, window)
    qtbot.waitUntil(page.visits_table.hasFocus, timeout=10_000)
    press(qtbot, window, "Enter")
    case = shell_of(window).page
    assert isinstance(case, CasePage) and case.case_id in expected_couples
    press(qtbot, window, "Esc", "K")
    form = shell_of(window).page
    assert isinstance(form, ConsultationPage)
    qtbot.waitUntil(lambda: form.case is not None, timeout=10_000)
    press(qtbot, window, "Ctrl+T")
    assert shell_of(window).page is page


def test_a_record_to_complete_is_opened_at_the_field_that_waits(
    qtbot: QtBot, centre_folder: Path, expected_couples: tuple[str, str], work_in: WorkIn
) -> None:
    window, _ = work_in(centre_folder)
    page = today_page(qtbot, window)
    qtbot.waitUntil(lambda: len(page.incomplete.rows) == 2, timeout=10_000)
    page.incomplete_table.setFocus()
    assert page.incomplete.rows[0].field == "birth_year"
    press(qtbot, window, "Enter")
    form = shell_of(window).page
    assert isinstance(form, PersonForm) and form.case_id in expected_couples
    qtbot.waitUntil(lambda: form.editor.surname.text() != "", timeout=10_000)
    assert form.editor.birth.hasFocus()
    press(qtbot, window, "Esc")
    assert isinstance(shell_of(window).page, CasePage)


def test_a_consent_not_asked_is_reached_in_the_list_of_the_month_too(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    session, actor = workplace.session(), workplace.actor
    staff_id = save_staff_member(
        session, actor, profession="lawyer", employed_from=date(2024, 1, 1)
    )
    open_case(
        session,
        actor,
        kind="married",
        participants=(ParticipantForm(role="husband", sex="male", birth_year=1980),),
        consultation=ConsultationForm(held_on=date(2024, 5, 3), specialist_id=staff_id),
    )
    session.close()
    page = shell_of(window).open(ToCompletePage)
    assert isinstance(page, ToCompletePage)
    qtbot.waitUntil(lambda: len(page.list.model.rows) == 1, timeout=10_000)
    page.list.table.setFocus()
    press(qtbot, window, "Enter")
    form = shell_of(window).page
    assert isinstance(form, PersonForm)
    qtbot.waitUntil(form.editor.consent.hasFocus, timeout=10_000)


def test_the_month_stands_on_the_page_and_today_only_what_was_recorded_today(
    qtbot: QtBot, centre_folder: Path, expected_couples: tuple[str, str], work_in: WorkIn
) -> None:
    window, _ = work_in(centre_folder)
    page = today_page(qtbot, window)
    qtbot.waitUntil(lambda: len(page.recorded.rows) == 4, timeout=10_000)
    assert page._figures.count() == 2
    page.recorded_table.setFocus()
    press(qtbot, window, "Enter")
    assert isinstance(shell_of(window).page, CasePage)


def test_an_old_backup_is_warned_of_and_one_key_makes_a_new_one(
    qtbot: QtBot, centre_folder: Path, expected_couples: tuple[str, str], work_in: WorkIn
) -> None:
    window, _ = work_in(centre_folder)
    page = today_page(qtbot, window)
    qtbot.waitUntil(page.backup.note.isVisible, timeout=10_000)
    assert not backups_of(centre_folder)
    press(qtbot, window, "Ctrl+Shift+B")
    qtbot.waitUntil(lambda: len(backups_of(centre_folder)) == 1, timeout=20_000)
    qtbot.waitUntil(lambda: "20.05.2024" in page.backup.told.text(), timeout=20_000)
    assert page.backup.note.isHidden() and page.backup.now_button.isEnabled()


def test_a_second_place_that_was_away_is_told_with_the_days_work(
    qtbot: QtBot,
    centre_folder: Path,
    expected_couples: tuple[str, str],
    work_in: WorkIn,
    tmp_path: Path,
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    set_second_place(centre_folder, stick)
    stick.rmdir()
    window, _ = work_in(centre_folder)
    page = today_page(qtbot, window)
    qtbot.waitUntil(page.backup.note.isVisible, timeout=10_000)
    page.backup.now_button.click()
    gone = message(window.translator, "drive_gone")
    qtbot.waitUntil(lambda: gone in page.backup.note.text, timeout=20_000)
    assert len(backups_of(centre_folder)) == 1
