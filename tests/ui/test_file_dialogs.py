"""Dialogs for files, where the system has none of its own, speak the language of the window."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from tests.ui.conftest import at_rest
from ui.app import Window

OpenWindow = Callable[[Path, str], Window]


def words_of(qtbot: QtBot, window: Window, mode: QFileDialog.FileMode) -> list[str]:
    dialog = QFileDialog(window, "…")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setFileMode(mode)
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    found = [one.text() for one in dialog.findChildren(QLabel)]
    for one in dialog.findChildren(QAbstractButton):
        found += [one.text(), one.toolTip()]
    dialog.close()
    return [one for one in found if one]


@pytest.mark.parametrize(
    "mode", [QFileDialog.FileMode.ExistingFile, QFileDialog.FileMode.Directory]
)
def test_no_word_of_a_file_dialog_is_english(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow, mode: QFileDialog.FileMode
) -> None:
    window = open_window(tmp_path / "data", "ru")
    for language, said in (("ru", "Смотреть &в:"), ("kk", "Қайда қ&арау:")):
        at_rest(qtbot, window).set_language(language)
        words = words_of(qtbot, window, mode)
        assert said in words and len(words) > 8
        assert not [word for word in words if any("a" <= one.lower() <= "z" for one in word)]
