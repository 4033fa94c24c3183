"""F1 before signing in: the guide about the page in front, with its search."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.desks import dialog, make_place, open_window
from ui.pages.first_start.chapter import ChapterDialog


@pytest.mark.parametrize("page", ["sign in", "restore"])
def test_f1_tells_what_to_do_about_a_forgotten_password_and_search_finds_the_rest(
    qtbot: QtBot, tmp_path: Path, page: str
) -> None:
    place = make_place(tmp_path / "astana", "astana")
    window = open_window(qtbot, place.folder)
    if page == "restore":
        assert window.door is not None
        window.door.door.restore()
    assert window.door is not None
    window.show_help()
    help_ = dialog(qtbot, window.door, ChapterDialog)
    assert "Забыт пароль" in help_.text.toPlainText()
    help_.view.search.setText("первый запуск")
    qtbot.waitUntil(lambda: help_.text.toPlainText().startswith("Первый запуск"), timeout=10_000)
    QTest.keyClick(help_.view.search, Qt.Key.Key_Down)
    assert help_.view.topics.count() >= 1
    help_.reject()
