"""The lead keeps the staff list: accounts, substitutes, leavers, vacancies."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import Workplace, logins, open_workplace
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases import staff
from pravo_desktop.usecases.queries import Session
from tests.ui.conftest import at_rest, write
from tests.ui.conftest import press as press_keys
from tests.ui.desks import (
    PASSWORD,
    Place,
    click,
    go,
    make_place,
    open_window,
    page_of,
    primary,
    signed_in,
)
from ui.app import Window
from ui.forms.account_form import AccountForm
from ui.forms.staff_form import LeaverForm, StaffForm
from ui.forms.vacancy_form import VacancyForm
from ui.pages.staff import StaffPage

OWN = "another word 34"


@pytest.fixture
def centre(tmp_path: Path) -> Place:
    return make_place(tmp_path / "astana", "astana")


def add_specialist(place: Place, *, user: str = "", roles: tuple[str, ...] = ("lawyer",)) -> None:
    def use(session: Session, workplace: Workplace) -> None:
        staff_id = staff.save_staff_member(
            session,
            workplace.actor,
            profession="lawyer",
            employed_from=date(2024, 1, 8),
            surname="Сынақов",
            given_name="Дархан",
            patronymic="Тестұлы",
            home_centre="almaty",
        )
        if user:
            workplace.add_account(session, name=user, password=OWN, roles=roles, staff_id=staff_id)

    place.work(use)


def staff_page(qtbot: QtBot, window: Window, rows: int) -> StaffPage:
    page = go(qtbot, window, StaffPage)
    qtbot.waitUntil(lambda: len(page.model.rows) == rows)
    return page


def test_a_specialist_is_added_with_an_account_by_keyboard_and_can_sign_in(
    qtbot: QtBot, centre: Place
) -> None:
    window = signed_in(qtbot, centre)
    page = staff_page(qtbot, window, 0)
    press_keys(qtbot, window, "Ctrl+N")
    form = page_of(window, StaffForm)
    form.profession.choose("mediator")
    press_keys(qtbot, window, "Tab", "Tab")
    write(window, "Сынақова")
    press_keys(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: len(page.model.rows) == 1)
    assert window.shell is not None
    click(window.shell.notice._step)
    account = page_of(window, AccountForm)
    qtbot.waitUntil(lambda: account.roles_box.values() == ("mediator",))
    write(window, "saule")
    press_keys(qtbot, window, "Tab")
    write(window, OWN)
    press_keys(qtbot, window, "Tab")
    write(window, OWN)
    press_keys(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: page.model.rows[0].accounts != ())
    assert logins(centre.folder) == ["tester", "saule"]
    opened = open_workplace(centre.folder, user="saule", password=OWN)
    assert opened.actor.roles == {"mediator"}
    assert opened.actor.staff_id == page.model.rows[0].line.staff_id
    opened.close()


def test_an_account_asks_for_what_is_missing_and_keeps_what_is_typed(
    qtbot: QtBot, centre: Place
) -> None:
    add_specialist(centre)
    window = signed_in(qtbot, centre)
    page = staff_page(qtbot, window, 1)
    press_keys(qtbot, window, "Enter")
    form = page_of(window, StaffForm)
    qtbot.waitUntil(form.account_button.isVisible)
    click(form.account_button)
    account = page_of(window, AccountForm)
    qtbot.waitUntil(lambda: account.roles_box.values() == ("lawyer",))
    account.user.setText("tester")
    account.password.setText(OWN)
    account.again.setText("other")
    primary(qtbot, window)
    assert account.fields["again"].note.text
    account.again.setText(OWN)
    primary(qtbot, window)
    qtbot.waitUntil(lambda: bool(account.fields["name"].note.text))
    account.user.setText("darkhan")
    account.password.setText("short")
    account.again.setText("short")
    primary(qtbot, window)
    qtbot.waitUntil(lambda: bool(account.fields["password"].note.text))
    assert not page.model.rows[0].accounts


def test_what_the_form_of_a_substitute_does_not_change_stays(qtbot: QtBot, centre: Place) -> None:
    add_specialist(centre)
    window = signed_in(qtbot, centre)
    page = staff_page(qtbot, window, 1)
    press_keys(qtbot, window, "Enter")
    form = page_of(window, StaffForm)
    qtbot.waitUntil(lambda: form.surname.text() == "Сынақов")
    assert (form.patronymic.text(), form.home_centre.value) == ("Тестұлы", "almaty")
    form.rate.setText("50")
    primary(qtbot, window)
    qtbot.waitUntil(lambda: page.model.rows[0].line.rate_percent == 50)
    assert page.model.rows[0].home_centre == "almaty"


def test_somebody_leaves_and_their_password_opens_nothing_any_more(
    qtbot: QtBot, centre: Place
) -> None:
    add_specialist(centre, user="darkhan")
    window = open_window(qtbot, centre.folder)
    window.enter(open_workplace(centre.folder, user="tester", password=PASSWORD))
    qtbot.waitUntil(lambda: window.shell is not None)
    page = staff_page(qtbot, window, 1)
    press_keys(qtbot, window, "Enter")
    form = page_of(window, StaffForm)
    qtbot.waitUntil(form.leave_button.isVisible)
    click(form.leave_button)
    leaver = page_of(window, LeaverForm)
    qtbot.waitUntil(leaver.close_account.isVisible)
    assert "darkhan" in leaver.close_account.text()
    leaver.last_day.setText("17.05.2024")
    primary(qtbot, window)
    qtbot.waitUntil(lambda: page.model.rows[0].line.employed_to == date(2024, 5, 17))
    assert page_of(window, StaffPage) is page
    assert logins(centre.folder) == ["tester"]
    with pytest.raises(KnownError, match="wrong_password"):
        open_workplace(centre.folder, user="darkhan", password=OWN)
    # The window goes on with the database's new key.
    primary(qtbot, window)
    page_of(window, StaffForm).surname.setText("Жаңа")
    primary(qtbot, window)
    qtbot.waitUntil(lambda: len(page.model.rows) == 2)


def test_who_takes_over_stays_chosen_in_another_language(qtbot: QtBot, centre: Place) -> None:
    add_specialist(centre)
    add_specialist(centre)
    window = signed_in(qtbot, centre)
    page = staff_page(qtbot, window, 2)
    press_keys(qtbot, window, "Enter")
    form = page_of(window, StaffForm)
    qtbot.waitUntil(form.leave_button.isVisible)
    click(form.leave_button)
    leaver = page_of(window, LeaverForm)
    qtbot.waitUntil(lambda: leaver.successor.count() == 2)
    leaver.successor.setCurrentIndex(1)
    chosen = leaver.successor.value
    assert chosen in {row.line.staff_id for row in page.model.rows}
    at_rest(qtbot, window).set_language("kk")
    again = page_of(window, LeaverForm)
    qtbot.waitUntil(lambda: again.successor.count() == 2)
    assert again.successor.value == chosen


def test_the_last_lead_cannot_leave(qtbot: QtBot, centre: Place) -> None:
    add_specialist(centre)

    def link(session: Session, workplace: Workplace) -> None:
        from pravo_desktop.usecases.accounts import link_staff
        from pravo_desktop.usecases.queries import staff_lines

        (line,) = staff_lines(session, workplace.actor)
        link_staff(session, workplace.actor, name="tester", staff_id=line.staff_id)

    centre.work(link)
    window = signed_in(qtbot, centre)
    page = staff_page(qtbot, window, 1)
    press_keys(qtbot, window, "Enter")
    form = page_of(window, StaffForm)
    qtbot.waitUntil(form.leave_button.isVisible)
    click(form.leave_button)
    leaver = page_of(window, LeaverForm)
    qtbot.waitUntil(leaver.close_account.isVisible)
    primary(qtbot, window)
    assert window.shell is not None
    notice = window.shell.notice
    qtbot.waitUntil(lambda: bool(notice.isVisible() and notice.note.text))
    assert page_of(window, LeaverForm) is leaver
    press_keys(qtbot, window, "Esc")
    press_keys(qtbot, window, "Esc")
    assert page.model.rows[0].line.employed_to is None
    assert logins(centre.folder) == ["tester"]


def test_a_vacancy_is_kept_with_its_notice_dates_and_filled(qtbot: QtBot, centre: Place) -> None:
    add_specialist(centre)
    window = signed_in(qtbot, centre)
    page = staff_page(qtbot, window, 1)
    click(page.add_post)
    form = page_of(window, VacancyForm)
    form.profession.choose("psychologist")
    form.opened_on.setText("01.04.2024")
    form.notices.setText("05.04.2024, завтрак")
    primary(qtbot, window)
    assert form.fields["notices"].note.text and QApplication.focusWidget() is form.notices
    form.notices.setText("19.04.2024, 05.04.2024")
    primary(qtbot, window)
    qtbot.waitUntil(lambda: len(page.vacancies.rows) == 1)
    assert page.vacancies.rows[0].notices == (date(2024, 4, 5), date(2024, 4, 19))
    page.posts.setFocus()
    press_keys(qtbot, window, "Enter")
    again = page_of(window, VacancyForm)
    qtbot.waitUntil(lambda: again.notices.text() == "05.04.2024, 19.04.2024")
    again.closed_on.setText("15.05.2024")
    primary(qtbot, window)
    qtbot.waitUntil(lambda: page.vacancies.rows[0].closed_on == date(2024, 5, 15))
