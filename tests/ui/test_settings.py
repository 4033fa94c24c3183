"""Everybody sets their window and password; the lead looks after the workplace."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import Workplace, logins, open_workplace
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.queries import Session
from tests.ui.conftest import press as press_keys
from tests.ui.conftest import write
from tests.ui.desks import (
    PASSWORD,
    Place,
    answer,
    choose_files,
    click,
    in_front,
    make_place,
    open_window,
    page_of,
    press_until,
    signed_in,
)
from ui.app import Window
from ui.forms.centre_card_form import CentreCardForm
from ui.pages.guide import help_texts
from ui.pages.help import HelpPage
from ui.pages.listing import PAGES
from ui.pages.settings import SettingsPage
from ui.settings import Settings

OWN = "another word 34"


@pytest.fixture
def centre(tmp_path: Path) -> Place:
    return make_place(tmp_path / "astana", "astana")


def signed_in_as(qtbot: QtBot, place: Place, user: str, password: str) -> Window:
    window = open_window(qtbot, place.folder)
    window.enter(open_workplace(place.folder, user=user, password=password))
    qtbot.waitUntil(lambda: window.shell is not None)
    return window


def wait_for_reads(qtbot: QtBot, window: Window) -> None:
    """Reads answer in their order: what was asked before is filled in then."""
    filled: list[None] = []
    window.runner.read(window, lambda job: None, filled.append)
    qtbot.waitUntil(lambda: bool(filled))


def settings_page(qtbot: QtBot, window: Window) -> SettingsPage:
    wait_for_reads(qtbot, window)
    press_until(qtbot, window, Qt.Key.Key_Comma, lambda: in_front(window) == "settings")
    page = page_of(window, SettingsPage)
    if page.leads:
        qtbot.waitUntil(lambda: page.card is not None)
    return page


def add_account(place: Place, user: str, *roles: str) -> None:
    def use(session: Session, workplace: Workplace) -> None:
        workplace.add_account(session, name=user, password=OWN, roles=roles)

    place.work(use)


def test_the_look_of_the_window_is_chosen_by_keyboard_and_remembered(
    qtbot: QtBot, centre: Place
) -> None:
    window = signed_in(qtbot, centre)
    page = settings_page(qtbot, window)
    assert (page.look.language.value, page.look.text_size.value) == ("ru", "100")
    window.activateWindow()
    qtbot.waitUntil(page.look.language.hasFocus)
    press_keys(qtbot, window, "Tab", "Down")
    assert window.settings.text_size == 115
    again = page_of(window, SettingsPage)
    assert (
        again is not page
        and again.look.text_size.value == "115"
        and again.look.text_size.hasFocus()
    )
    press_keys(qtbot, window, "Tab", "Down")
    press_keys(qtbot, window, "Tab", "Down")
    assert (window.settings.appearance, window.settings.idle_minutes) == ("light", 15)
    kept = Settings(centre.folder)
    assert (kept.text_size, kept.appearance, kept.idle_minutes) == (115, "light", 15)
    page_of(window, SettingsPage).look.language.setFocus()
    press_keys(qtbot, window, "Up")
    assert window.translator.language == "kk"


def test_an_open_window_turns_dark_with_the_system_and_keeps_what_is_typed(
    qtbot: QtBot, centre: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def turn(dark: bool) -> None:
        monkeypatch.setattr("ui.settings.system_is_dark", lambda: dark)
        scheme = Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light
        QGuiApplication.styleHints().colorSchemeChanged.emit(scheme)

    def dark() -> bool:
        qtbot.waitUntil(lambda: not window.at_work)
        assert window.shell is not None
        ground = window.shell.desk.theme.colours.ground
        assert QApplication.palette().window().color().name().upper() == ground.upper()
        return window.shell.desk.theme.dark

    window = signed_in(qtbot, centre)
    page = settings_page(qtbot, window)
    assert window.settings.appearance == "system" and not dark()
    page.look.language.setFocus()
    turn(True)
    assert dark() and page_of(window, SettingsPage).look.language.hasFocus()
    question = QDialog(window)
    question.open()
    turn(False)
    assert dark()
    question.reject()
    window.system_look.timer.timeout.emit()
    assert not dark()
    window.set_appearance("light")
    turn(True)
    assert not dark()
    window.set_appearance("system")
    assert dark()
    turn(False)
    assert not dark()


def test_the_window_locks_when_nobody_is_there_and_a_key_puts_it_off(
    qtbot: QtBot, centre: Place
) -> None:
    window = signed_in(qtbot, centre)
    assert window.idle.isActive() and window.idle.interval() == 10 * 60_000
    window.idle.stop()
    handle = window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_Shift)
    assert window.idle.isActive()
    window.idle.timeout.emit()
    qtbot.waitUntil(lambda: window.door is not None)
    assert window.shell is None and not window.idle.isActive()


def test_a_password_is_changed_by_keyboard(qtbot: QtBot, centre: Place) -> None:
    window = signed_in(qtbot, centre)
    page = settings_page(qtbot, window)
    page.password.old.setFocus()
    write(window, "not the one 99")
    press_keys(qtbot, window, "Tab")
    write(window, OWN)
    press_keys(qtbot, window, "Enter")
    assert page.password.fields["again"].note.text and page.password.again.hasFocus()
    write(window, OWN)
    press_keys(qtbot, window, "Enter")
    qtbot.waitUntil(lambda: bool(page.password.fields["old"].note.text))
    page.password.old.setText(PASSWORD)
    press_keys(qtbot, window, "Enter")
    qtbot.waitUntil(lambda: not page.password.old.text())
    with pytest.raises(KnownError, match="wrong_password"):
        open_workplace(centre.folder, password=PASSWORD)
    open_workplace(centre.folder, password=OWN).close()


def test_the_lead_sees_the_centre_its_accounts_and_the_key(qtbot: QtBot, centre: Place) -> None:
    add_account(centre, "darkhan", "lawyer", "mediator")
    page = settings_page(qtbot, signed_in_as(qtbot, centre, "tester", PASSWORD))
    assert page.card is not None
    assert "A" in page.place.facts.text() and "Астан" in page.place.facts.text()
    assert [one.name for one in page.accounts.model.rows] == ["tester", "darkhan"]
    assert page.accounts.model.index(1, 1).data() == "Юрист, Медиатор"
    assert "".join(page.signing.fingerprint.text().split()) == centre.fingerprint


def test_the_lead_fills_in_the_centre_card_by_keyboard(qtbot: QtBot, centre: Place) -> None:
    window = signed_in(qtbot, centre)
    page = settings_page(qtbot, window)
    click(page.place.card_button)
    form = page_of(window, CentreCardForm)
    wait_for_reads(qtbot, window)
    form.edits["bin"].setFocus()
    write(window, "240140000012")
    assert form.edits["bin"].text() == "240140 000012"
    press_keys(qtbot, window, "Tab")
    write(window, "+7 7172 00-00-00")
    press_keys(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: bool(form.fields["bin"].note.text))
    form.edits["bin"].selectAll()
    write(window, "240140000011")
    press_keys(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: in_front(window) == "settings")
    page = page_of(window, SettingsPage)
    qtbot.waitUntil(lambda: "240140000011" in page.place.head_of_papers.text())
    assert "+7 7172 00-00-00" in page.place.head_of_papers.text()
    click(page.place.card_button)
    again = page_of(window, CentreCardForm)
    qtbot.waitUntil(lambda: again.edits["bin"].text() == "240140 000011")


def test_a_specialist_sees_neither_accounts_nor_backups(qtbot: QtBot, centre: Place) -> None:
    add_account(centre, "darkhan", "lawyer")
    page = settings_page(qtbot, signed_in_as(qtbot, centre, "darkhan", OWN))
    assert not hasattr(page, "accounts") and not hasattr(page, "place")
    assert not hasattr(page, "backup")
    assert page.password.change_button.isVisible()


def test_an_account_is_closed_but_never_ones_own(qtbot: QtBot, centre: Place) -> None:
    add_account(centre, "darkhan", "lawyer")
    window = signed_in_as(qtbot, centre, "tester", PASSWORD)
    page = settings_page(qtbot, window)
    assert window.shell is not None
    notice = window.shell.notice
    page.accounts.list.choose(0)
    click(page.accounts.close_button)
    answer(qtbot, page, "yes")
    qtbot.waitUntil(notice.isVisible)
    assert logins(centre.folder) == ["tester", "darkhan"]
    page.accounts.list.choose(1)
    click(page.accounts.close_button)
    assert "darkhan" in answer(qtbot, page, "yes")
    qtbot.waitUntil(lambda: page.accounts.model.rows[1].closed_at is not None)
    assert logins(centre.folder) == ["tester"]


def test_a_backup_is_written_where_the_lead_says_and_its_time_is_kept(
    qtbot: QtBot, centre: Place, tmp_path: Path
) -> None:
    page = settings_page(qtbot, signed_in(qtbot, centre))
    assert page.card is not None and page.card.last_backup is None
    stick = tmp_path / "stick"
    stick.mkdir()
    click(page.backup.button)
    choose_files(qtbot, page, stick)
    qtbot.waitUntil(lambda: bool(page.backup.note.text))
    (written,) = stick.iterdir()
    assert str(written) in page.backup.note.text
    qtbot.waitUntil(lambda: page.card is not None and page.card.last_backup is not None)
    assert "20.05.2024" in page.backup.told.text()


def test_a_new_recovery_sheet_is_written_outside_the_data_alone(
    qtbot: QtBot, centre: Place, tmp_path: Path
) -> None:
    page = settings_page(qtbot, signed_in(qtbot, centre))
    page.sheet.make(centre.folder / "sheet.txt")
    qtbot.waitUntil(lambda: bool(page.sheet.note.text))
    assert not (centre.folder / "sheet.txt").exists()
    before = page.sheet.note.text
    page.sheet.make(tmp_path / "new.txt")
    qtbot.waitUntil(lambda: page.sheet.note.text != before)
    old = centre.folder.with_suffix(".txt").read_text("utf-8")
    new = (tmp_path / "new.txt").read_text("utf-8")
    assert "Recovery sheet" in new and new != old


def test_help_is_about_the_page_in_front_and_is_searched(qtbot: QtBot, centre: Place) -> None:
    window = signed_in(qtbot, centre)
    settings_page(qtbot, window)
    handle = window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_F1)
    page = page_of(window, HelpPage)
    assert page.text.toPlainText().startswith("Настройки")
    press_keys(qtbot, window, "Ctrl+F")
    write(window, "восстановлен")
    found = page.topics.count()
    assert 0 < found < len(help_texts("ru"))
    write(window, " щщщ")
    assert page.topics.count() == 0 and page.nothing.isVisible()
    press_keys(qtbot, window, "Esc")
    page_of(window, SettingsPage)


def test_every_page_has_its_help_in_both_languages() -> None:
    for language in ("kk", "ru"):
        texts = help_texts(language)
        assert {page.key for page in PAGES} <= set(texts)
        assert all(text.startswith("# ") and len(text) > 200 for text in texts.values())
    assert set(help_texts("kk")) == set(help_texts("ru"))
