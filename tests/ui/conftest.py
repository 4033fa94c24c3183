"""Windows on real encrypted practice folders, driven by their widgets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import Workplace, create_workplace, open_workplace
from ui.app import Window
from ui.shell import Shell

NOW = "2024-05-20T12:00:00"
PASSWORD = "correct horse 12"
USER = "lead"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            # The platform without a screen has no window manager to tell sizes to.
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))


@pytest.fixture(autouse=True)
def practice_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Practice folders live on one day of May 2024."""
    monkeypatch.setenv("PRAVO_NOW", NOW)


@pytest.fixture(autouse=True)
def clean_clipboard() -> Iterator[None]:
    """Without a screen Qt keeps what was copied until after Python has ended, and falls over it."""
    yield
    if QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()


@pytest.fixture
def centre_folder(tmp_path: Path) -> Path:
    """A practice folder of the centre in Astana with its lead."""
    folder = tmp_path / "data"
    made = create_workplace(
        folder,
        workplace="centre",
        centre="astana",
        practice=True,
        user=USER,
        password=PASSWORD,
        recovery_sheet=tmp_path / "sheet.txt",
    )
    made.workplace.close()
    return folder


class StrayWindows(QObject):
    """Notes widgets that are shown as windows of their own, for want of a parent."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() is QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.windowType() is Qt.WindowType.Window
            and not isinstance(watched, Window)
        ):
            self.seen.append(type(watched).__name__)
        return False


@pytest.fixture
def open_window(qtbot: QtBot) -> Iterator[Callable[[Path], Window]]:
    """Opens a window on a data folder and waits until its door is in sight."""
    opened = []

    def opening(folder: Path, language: str = "ru") -> Window:
        window = Window(folder, language)
        opened.append(window)
        window.resize(1366, 768)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        qtbot.waitUntil(lambda: window.door is not None, timeout=30_000)
        return window

    strays = StrayWindows()
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(strays)
    yield opening
    application.removeEventFilter(strays)
    for window in opened:
        # It asks once about unsaved work, and closes when told again.
        if not window.close():
            window.close()
        window.deleteLater()
    assert not strays.seen


@pytest.fixture
def work_in(
    qtbot: QtBot, open_window: Callable[[Path], Window]
) -> Callable[[Path], tuple[Window, Workplace]]:
    """Opens a window and goes in as the first account."""

    def going_in(folder: Path) -> tuple[Window, Workplace]:
        window = open_window(folder)
        workplace = open_workplace(folder, password=PASSWORD, user=USER)
        window.enter(workplace)
        qtbot.waitUntil(lambda: window.shell is not None, timeout=10_000)
        return window, workplace

    return going_in


def shell_of(window: Window) -> Shell:
    """The shell, once somebody is in."""
    assert window.shell is not None
    return window.shell


def at_rest(qtbot: QtBot, window: Window) -> Window:
    """The window once nothing is under way: what builds it anew does so at once then."""
    qtbot.waitUntil(lambda: not window.at_work, timeout=10_000)
    return window


def press(qtbot: QtBot, widget: QWidget, *keys: str) -> None:
    """Press keys such as ``Ctrl+N``, ``Tab``, ``Down`` where the keyboard is."""
    names = {
        "Enter": Qt.Key.Key_Return,
        "Tab": Qt.Key.Key_Tab,
        "Down": Qt.Key.Key_Down,
        "Up": Qt.Key.Key_Up,
        "Space": Qt.Key.Key_Space,
        "Esc": Qt.Key.Key_Escape,
        "Delete": Qt.Key.Key_Delete,
    }
    for key in keys:
        *held, last = key.split("+")
        modifier = Qt.KeyboardModifier.NoModifier
        if "Ctrl" in held:
            modifier |= Qt.KeyboardModifier.ControlModifier
        if "Shift" in held:
            modifier |= Qt.KeyboardModifier.ShiftModifier
        code = names.get(last) or Qt.Key(ord(last))
        # Through the window, as the system would: shortcuts first, then what has the keyboard.
        window = widget.window()
        handle = window.windowHandle()
        assert handle is not None
        if QApplication.activeWindow() is None:
            window.activateWindow()
            qtbot.waitUntil(window.isActiveWindow)
        QTest.keyClick(handle, code, modifier)


def write(window: QWidget, text: str) -> None:
    """Type where the keyboard is, a key at a time; QtTest itself knows Latin letters alone."""
    for letter in text:
        target = window.window().focusWidget()
        assert target is not None
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(target, key)
