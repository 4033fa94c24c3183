"""A lead closes the month and makes its package."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import Workplace
from pravo_desktop.domain.periods import Month
from pravo_desktop.usecases.drafts import Draft, my_drafts, save_draft
from pravo_desktop.usecases.months import close_month, save_monthly_note
from pravo_desktop.usecases.queries import Session
from tests.ui.conftest import at_rest, press, write
from tests.ui.desks import (
    Place,
    add_families,
    answer,
    choose_files,
    click,
    go,
    make_package,
    make_place,
    page_of,
    press_until,
    primary,
    signed_in,
)
from ui.app import Window
from ui.drafts import form_key
from ui.pages.close_month import CloseMonthPage
from ui.pages.month_sections import SectionRow
from ui.pages.packages import PackagesPage


@pytest.fixture
def centre(tmp_path: Path) -> Place:
    return make_place(tmp_path / "astana", "astana")


def opened(qtbot: QtBot, place: Place) -> tuple[Window, CloseMonthPage]:
    window = signed_in(qtbot, place)
    page = go(qtbot, window, CloseMonthPage)
    qtbot.waitUntil(lambda: page.overview is not None)
    return window, page


def section(page: CloseMonthPage, key: str) -> SectionRow:
    return next(one for one in page.sections if one.section == key)


def test_the_lead_closes_the_month_and_the_package_lands_in_the_folder(
    qtbot: QtBot, centre: Place, tmp_path: Path
) -> None:
    add_families(centre, 3)
    window, page = opened(qtbot, centre)
    assert page.month == Month(2024, 4)
    assert "Супружеские пары 3" in section(page, "services").told.text()
    for key, reason in (("media", "no_activity"), ("campaign", "other")):
        choice = section(page, key).reason
        assert choice is not None
        choice.choose(reason)
    section(page, "campaign").words.insert("Жұмыс мамырға ауыстырылды")

    primary(qtbot, window)
    said = answer(qtbot, page, "yes")
    assert "Удовлетворённость" in said and "Информационная кампания" not in said
    qtbot.waitUntil(lambda: page.overview is not None and page.overview.closed)
    assert "Жұмыс мамырға ауыстырылды" in section(page, "campaign").told.text()

    stick = tmp_path / "stick"
    stick.mkdir()
    primary(qtbot, window)
    choose_files(qtbot, page, stick)
    qtbot.waitUntil(lambda: bool(page.export.note.text))
    assert page.export.place.isVisible() and "МБ" in page.export.place.text()
    written = stick / "pravo-astana-2024-04-A0001.xlsx"
    assert written.exists() and str(written) in page.export.note.text
    qtbot.waitUntil(lambda: page.primary() is None)

    packages = go(qtbot, window, PackagesPage)
    qtbot.waitUntil(lambda: len(packages.model.rows) == 1)
    again = tmp_path / "again"
    again.mkdir()
    primary(qtbot, window)
    choose_files(qtbot, packages, again)
    qtbot.waitUntil(lambda: bool(packages.export.note.text))
    assert (again / written.name).read_bytes() == written.read_bytes()


def test_a_package_that_a_drive_refuses_is_written_to_another_place_from_there(
    qtbot: QtBot, centre: Place, tmp_path: Path
) -> None:
    def close(session: Session, workplace: Workplace) -> None:
        close_month(session, workplace.actor, month="2024-04", zeros={"media": "no_activity"})

    add_families(centre, 1)
    centre.work(close)
    window, page = opened(qtbot, centre)
    page.turn(-1)
    qtbot.waitUntil(lambda: page.overview is not None and page.overview.closed)
    stick, elsewhere = tmp_path / "stick", tmp_path / "elsewhere"
    elsewhere.mkdir()
    name = "pravo-astana-2024-04-A0001.xlsx"
    # What is being written is a hidden file first, and a folder stands in its place.
    (stick / f".{name}.part").mkdir(parents=True)
    assert not page.export.again_button.isVisible()
    primary(qtbot, window)
    choose_files(qtbot, page, stick)
    qtbot.waitUntil(page.export.again_button.isVisible, timeout=20_000)
    assert page.export.note.text
    qtbot.waitUntil(lambda: window.focusWidget() is page.export.again_button)
    press(qtbot, window, "Space")
    choose_files(qtbot, page, elsewhere)
    qtbot.waitUntil((elsewhere / name).exists, timeout=20_000)
    qtbot.waitUntil(page.export.show_button.isVisible, timeout=20_000)
    assert str(elsewhere / name) in page.export.note.text
    assert not page.export.again_button.isVisible()


def test_escape_leaves_the_month_open(qtbot: QtBot, centre: Place) -> None:
    add_families(centre, 1)
    window, page = opened(qtbot, centre)
    primary(qtbot, window)
    answer(qtbot, page, "no")
    assert page.overview is not None and not page.overview.closed
    assert page.primary() is not None


def test_zero_in_own_words_asks_for_the_words(qtbot: QtBot, centre: Place) -> None:
    window, page = opened(qtbot, centre)
    row = section(page, "media")
    assert row.reason is not None
    row.reason.choose("other")
    primary(qtbot, window)
    assert row.note.text and row.words.hasFocus()
    row.words.insert("Отпуск")
    primary(qtbot, window)
    answer(qtbot, page, "yes")
    qtbot.waitUntil(lambda: page.overview is not None and page.overview.closed)


def test_a_note_that_names_a_person_stops_the_closing_and_is_pointed_at(
    qtbot: QtBot, centre: Place
) -> None:
    add_families(centre, 1)

    def write_note(session: Session, workplace: Workplace) -> None:
        save_monthly_note(
            session,
            workplace.actor,
            month="2024-04",
            section="media",
            kind="problem",
            text="Сынақова келе алмады",
        )

    centre.work(write_note)
    window, page = opened(qtbot, centre)
    primary(qtbot, window)
    answer(qtbot, page, "yes")
    qtbot.waitUntil(lambda: bool(page.failure.text))
    assert "Информационно-аналитическая работа" in page.failure.text
    assert "апрель 2024" in page.failure.text
    assert "Сынақова" not in page.failure.text
    assert window.focusWidget() is page.notes.rows[0].remove
    click(page.notes.rows[0].remove)
    qtbot.waitUntil(lambda: not page.notes.rows)
    primary(qtbot, window)
    answer(qtbot, page, "yes")
    qtbot.waitUntil(lambda: page.overview is not None and page.overview.closed)


def test_a_note_is_written_where_the_month_is_closed(qtbot: QtBot, centre: Place) -> None:
    _, page = opened(qtbot, centre)
    click(page.notes.add_button)
    assert page.notes.text.hasFocus()
    page.notes.text.insertPlainText("Нужен второй психолог")
    click(page.notes.add_button)
    qtbot.waitUntil(lambda: len(page.notes.rows) == 1)
    assert "Нужен второй психолог" in [
        one.text() for one in page.notes.rows[0].findChildren(QLabel)
    ]
    assert not page.notes.text.toPlainText()


def test_a_month_opened_again_offers_an_amendment_once_something_changed(
    qtbot: QtBot, centre: Place, tmp_path: Path
) -> None:
    add_families(centre, 2)
    make_package(centre, tmp_path)
    window, page = opened(qtbot, centre)
    assert page.month == Month(2024, 5)
    press_until(qtbot, window, Qt.Key.Key_PageUp, lambda: page.month == Month(2024, 4))
    qtbot.waitUntil(lambda: page.overview is not None and page.overview.month == Month(2024, 4))
    assert page.primary() is None
    click(page.reopen_button)
    answer(qtbot, page, "yes")
    qtbot.waitUntil(lambda: page.overview is not None and not page.overview.closed)
    choice = section(page, "campaign").reason
    assert choice is not None
    choice.choose("vacancy")
    primary(qtbot, window)
    answer(qtbot, page, "yes")
    qtbot.waitUntil(lambda: page.overview is not None and page.overview.closed)
    qtbot.waitUntil(lambda: page.primary() is not None)
    primary(qtbot, window)
    choose_files(qtbot, page, tmp_path)
    qtbot.waitUntil(lambda: (tmp_path / "pravo-astana-2024-04-A0002.xlsx").exists())
    qtbot.waitUntil(lambda: page.overview is not None and len(page.overview.packages) == 2)
    assert page.overview is not None and page.overview.packages[1].amendment


def test_what_was_chosen_stays_when_the_language_is_changed(qtbot: QtBot, centre: Place) -> None:
    window, page = opened(qtbot, centre)
    choice = section(page, "media").reason
    assert choice is not None
    choice.choose("vacancy")
    at_rest(qtbot, window).set_language("kk")
    assert window.shell is not None
    new = window.shell.page
    assert isinstance(new, CloseMonthPage) and new is not page
    qtbot.waitUntil(lambda: new.overview is not None)
    kept = section(new, "media").reason
    assert kept is not None and kept.value == "vacancy"


def test_the_list_of_packages_says_what_belongs_there(qtbot: QtBot, centre: Place) -> None:
    window = signed_in(qtbot, centre)
    page = go(qtbot, window, PackagesPage)
    assert page.primary() is None
    click(page.nothing.button)
    assert window.shell is not None and window.shell.page.key == "close_month"


def drafts(window: Window) -> list[Draft]:
    workplace = window.runner.workplace
    session = workplace.reading_session()
    found = my_drafts(session, workplace.actor)
    session.close()
    return found


def test_a_note_being_typed_is_kept_and_no_draft_is_left_once_it_is_added(
    qtbot: QtBot, centre: Place
) -> None:
    add_families(centre, 1)
    window, page = opened(qtbot, centre)
    page.notes.text.setFocus()
    write(window, "kabinet kerek")
    qtbot.waitUntil(lambda: bool(drafts(window)), timeout=10_000)
    assert drafts(window)[0].content["differences"][0][1] == "kabinet kerek"
    assert page.unsaved()
    page.notes.add()
    qtbot.waitUntil(lambda: bool(page.notes.rows) and not drafts(window), timeout=10_000)
    assert not page.unsaved()


def test_after_a_crash_the_note_that_was_typed_is_offered_again(
    qtbot: QtBot, centre: Place
) -> None:
    add_families(centre, 1)
    content = {
        "arguments": {},
        "case_id": None,
        "values": {"month": "2024-04", "note_text": "кабинет керек"},
        "differences": [["Что должен знать головной офис", "кабинет керек"]],
    }
    centre.work(
        lambda session, workplace: save_draft(
            session, workplace.actor, form=form_key(CloseMonthPage), content=content
        )
    )
    window = signed_in(qtbot, centre)
    said = answer(qtbot, window, "continue")
    assert "Закрыть месяц" in said and "кабинет керек" in said
    page = page_of(window, CloseMonthPage)
    qtbot.waitUntil(lambda: page.overview is not None, timeout=10_000)
    qtbot.waitUntil(lambda: page.notes.text.toPlainText() == "кабинет керек", timeout=10_000)
    assert page.unsaved()
    page.notes.add()
    qtbot.waitUntil(lambda: bool(page.notes.rows) and not drafts(window), timeout=10_000)
    # A window whose page still has something unsaved would ask before it closes.
    qtbot.waitUntil(lambda: not page.unsaved(), timeout=10_000)
