"""Help and guide in the window: found by any word in either language, read without a mouse."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import at_rest, write
from tests.ui.desks import Place, make_place, page_of, press, press_until, signed_in
from ui.app import Window
from ui.pages.guide import CHAPTERS
from ui.pages.help import HelpPage, line_about
from ui.pages.today import TodayPage


@pytest.fixture
def centre(tmp_path: Path) -> Place:
    return make_place(tmp_path / "astana", "astana")


def help_in(qtbot: QtBot, window: Window) -> HelpPage:
    press(qtbot, window, Qt.Key.Key_F1)
    return page_of(window, HelpPage)


def look_for(qtbot: QtBot, window: Window, page: HelpPage, words: str) -> list[str]:
    """Titles of what is found, after Ctrl+F and these words."""
    press_until(qtbot, window, Qt.Key.Key_F, page.search.hasFocus)
    assert page.search.hasFocus()
    write(window, words)
    return [page.topics.item(i).text().splitlines()[0] for i in range(page.topics.count())]


def test_the_chapters_of_the_guide_stand_below_the_pages(qtbot: QtBot, centre: Place) -> None:
    page = help_in(qtbot, signed_in(qtbot, centre))
    shown = [page.topics.item(i).text() for i in range(page.topics.count())]
    assert shown.index("Страницы программы") == 0
    assert len(shown) - shown.index("Руководство пользователя") == 1 + len(CHAPTERS)
    assert page.text.toPlainText().startswith("Сегодня")


def test_a_kazakh_word_is_found_without_kazakh_letters_and_enter_opens_it(
    qtbot: QtBot, centre: Place
) -> None:
    window = signed_in(qtbot, centre)
    at_rest(qtbot, window).set_language("kk")
    qtbot.waitUntil(lambda: window.translator.language == "kk")
    page = help_in(qtbot, window)
    found = look_for(qtbot, window, page, "Купиясоз УМЫТЫЛДЫ")
    assert found[0] == "Бірдеңе дұрыс болмаса"
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert page.text.hasFocus()
    assert page.text.toPlainText().startswith("Бірдеңе дұрыс болмаса")
    assert page.text.textCursor().selectedText() == "Құпиясөз ұмытылды"


def test_a_russian_window_finds_a_kazakh_word_and_shows_its_line(
    qtbot: QtBot, centre: Place
) -> None:
    window = signed_in(qtbot, centre)
    page = help_in(qtbot, window)
    assert look_for(qtbot, window, page, "сандык из")
    first = page.topics.item(0).text()
    assert "сандық із" in first.lower()


def test_words_that_stand_together_come_before_words_apart(qtbot: QtBot, centre: Place) -> None:
    window = signed_in(qtbot, centre)
    page = help_in(qtbot, window)
    found = look_for(qtbot, window, page, "забыт пароль")
    assert found[0] == "Если что-то пошло не так" and "Настройки" in found


def test_titles_come_before_texts_and_esc_goes_back(qtbot: QtBot, centre: Place) -> None:
    window = signed_in(qtbot, centre)
    page = help_in(qtbot, window)
    found = look_for(qtbot, window, page, "консультация")
    assert found[:2] == ["Новая консультация", "Консультация"]
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert page.topics.hasFocus()
    press(qtbot, window, Qt.Key.Key_Escape)
    page_of(window, TodayPage)


def test_the_guide_leads_to_the_help_of_a_page(qtbot: QtBot, centre: Place) -> None:
    page = help_in(qtbot, signed_in(qtbot, centre))
    page.text.anchorClicked.emit(QUrl("topic:papers"))
    assert page.text.toPlainText().startswith("Выданные бумаги")
    # Of headquarters: not in the list here, but the guide names it.
    page.text.anchorClicked.emit(QUrl("topic:inbox"))
    assert page.text.toPlainText().startswith("Входящие")


def test_a_line_about_words_has_no_marks_and_is_cut_between_words() -> None:
    text = "# Заголовок\n\nСначала **Ctrl+N** — новая запись, а потом [сюда](topic:x) и дальше " * 3
    line = line_about(text, ["новая"])
    assert "*" not in line and "новая запись" in line and line.endswith("…")
    assert line_about(text, ["новая", "щука"]) == ""
