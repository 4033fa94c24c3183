"""Pictures of a window without a screen, and what is wrong on them: cut off or English words."""

import os
import re
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QAbstractTableModel, QEventLoop, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTabBar,
    QWidget,
)

from pravo_desktop.bootstrap import open_workplace
from pravo_desktop.clock import PracticeClock
from tools.catalogues import ROOT, catalogue_path, read_catalogue
from ui.app import Window
from ui.shell import Shell
from ui.theme import BODY, SECONDARY

OUT = ROOT / "build" / "screens"
LOOKS = tuple(
    (language, appearance, size)
    for size in (100, 150)
    for appearance in ("light", "dark")
    for language in ("kk", "ru")
)
"""Language, appearance and size of the text in per cent."""
ROWS_IN_SIGHT = 40
MOST_PICTURES = 6


def wait(condition: Callable[[], object], seconds: float = 30) -> None:
    """Let the window work until something is so.

    Raises:
        TimeoutError: it did not become so in time.
    """
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        loop = QEventLoop()
        QTimer.singleShot(10, loop.quit)
        loop.exec()


def _turn() -> None:
    for _ in range(8):
        loop = QEventLoop()
        QTimer.singleShot(10, loop.quit)
        loop.exec()


def settle(window: Window) -> None:
    """Let the window finish what is under way and take its places."""
    _turn()
    if window.shell is not None:
        # Reads come back in their order: with this one the page has what it asked for.
        came: list[bool] = []
        page = window.shell.page
        page.desk.runner.read(page, lambda job: None, lambda _: came.append(True))
        wait(lambda: came)
    wait(lambda: not window.at_work)
    _turn()


def clipped(window: QWidget) -> Iterator[str]:
    """Words that do not fit into their box."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not widget.visibleRegion().boundingRect().isValid():
            continue
        text = ""
        if isinstance(widget, QLabel) and not widget.text().isspace():
            text = widget.text()
            need = widget.heightForWidth(widget.width()) if widget.wordWrap() else 0
            cut = need > widget.height() + 1 or (
                not widget.wordWrap() and widget.sizeHint().width() > widget.width() + 1
            )
        elif isinstance(widget, QAbstractButton):
            text = widget.text()
            cut = widget.sizeHint().width() > widget.width() + 1
        elif isinstance(widget, QHeaderView) and widget.orientation() is Qt.Orientation.Horizontal:
            small = QFont(widget.font())
            small.setPointSizeF(small.pointSizeF() * SECONDARY / BODY)
            letters = QFontMetrics(small)
            for section in range(widget.count()):
                if widget.isSectionHidden(section):
                    continue
                head = widget.model().headerData(section, Qt.Orientation.Horizontal)
                if letters.horizontalAdvance(str(head)) + 16 > widget.sectionSize(section):
                    yield f"head of a column: {head!r}"
            continue
        elif isinstance(widget, QComboBox):
            text = widget.currentText()
            cut = widget.fontMetrics().horizontalAdvance(text) > widget.width() - 32
        elif isinstance(widget, QLineEdit):
            text = widget.placeholderText() if not widget.text() else ""
            cut = widget.fontMetrics().horizontalAdvance(text) > widget.width() - 8
        else:
            continue
        if text and cut:
            yield f"{type(widget).__name__} {widget.objectName()}: {text!r}"


def texts_in(window: QWidget) -> Iterator[str]:
    """All words that can be read in a window, mnemonics taken out."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not widget.visibleRegion().boundingRect().isValid():
            continue
        if isinstance(widget, (QLabel, QAbstractButton)):
            yield widget.text()
        elif isinstance(widget, QTabBar):
            yield from (widget.tabText(tab) for tab in range(widget.count()))
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(entry) for entry in range(widget.count()))
        elif isinstance(widget, QLineEdit):
            yield widget.placeholderText()
        elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
            model = widget.model()
            columns = model.columnCount() if isinstance(model, QAbstractTableModel) else 1
            for column in range(columns):
                yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
                for row in range(min(model.rowCount(), ROWS_IN_SIGHT)):
                    yield str(model.index(row, column).data() or "")


class Untranslated:
    """Finds texts of a language that are still the English source.

    Args:
        language: ``kk`` or ``ru``.
    """

    _PHRASE = re.compile(r"\b[A-Za-z]{2,} [a-z]{2,}\b")
    """Words of the program's data never stand so; names of outlets and of files do not either."""

    def __init__(self, language: str) -> None:
        catalogue = read_catalogue(catalogue_path(ROOT, language), language)
        self._sources = {
            _plain(str(source))
            for message in catalogue
            for source in (message.id if isinstance(message.id, tuple) else (message.id,))
            if source and message.string != source
        }

    def among(self, texts: Iterator[str]) -> Iterator[str]:
        """Those that are English: a source string, or two English words one after the other."""
        for text in texts:
            plain = _plain(text)
            if plain in self._sources or self._PHRASE.search(plain):
                yield f"not translated: {text!r}"


def _plain(text: str) -> str:
    return text.replace("&", "").strip()


class Camera:
    """Takes the pictures and remembers what is wrong on them."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self._look = LOOKS[0]
        self._english = {language: Untranslated(language) for language in ("kk", "ru")}
        OUT.mkdir(parents=True, exist_ok=True)

    def tour(self, window: Window, walk: Callable[[], None]) -> None:
        """Walk through the pages once in every look."""
        for look in LOOKS:
            self.dress(window, look)
            walk()

    def dress(self, window: Window, look: tuple[str, str, int]) -> None:
        """Give a window one of the looks."""
        self._look = look
        language, appearance, size = look
        window.settings.appearance, window.settings.text_size = appearance, size
        window.set_language(language)
        settle(window)

    def take(self, window: Window, name: str, of: QWidget | None = None) -> None:
        """Pictures of what is in the window now, or of a dialog over it, scrolled to its end."""
        settle(window)
        self._shoot(window, name, of or window)
        area = _tallest(window)
        if area is None or of is not None:
            return
        bar, number = area.verticalScrollBar(), 1
        while bar.value() < bar.maximum() and number < MOST_PICTURES:
            number += 1
            bar.setValue(bar.value() + area.viewport().height() - 40)
            settle(window)
            self._shoot(window, f"{name}-{number}", window)
        bar.setValue(0)

    def _shoot(self, window: Window, name: str, widget: QWidget) -> None:
        language, appearance, size = self._look
        full = f"{name}-{language}-{appearance}-{size}"
        widget.grab().save(str(OUT / f"{full}.png"))
        faults = [*clipped(widget), *self._english[language].among(texts_in(widget))]
        self.faults += [f"{full}: {fault}" for fault in faults]


def _tallest(window: Window) -> QScrollArea | None:
    page = window.door if window.shell is None else window.shell.page
    assert page is not None
    around = page.parentWidget()
    areas = [one for one in page.findChildren(QScrollArea) if one.isVisible()]
    while isinstance(around, QWidget):
        if isinstance(around, QScrollArea):
            areas.append(around)
        around = around.parentWidget()
    longest = max(areas, key=lambda one: one.verticalScrollBar().maximum(), default=None)
    return longest if longest is not None and longest.verticalScrollBar().maximum() > 0 else None


def shell_of(window: Window) -> Shell:
    """The shell, once somebody is in."""
    assert window.shell is not None
    return window.shell


def opened(folder: Path, file: Path | None = None) -> Window:
    """A window on a data folder, its door in sight; opened by a double click on a file."""
    window = Window(folder, "kk", file)
    window.resize(1366, 768)
    window.show()
    wait(lambda: window.door is not None)
    return window


def sign_in(
    window: Window, folder: Path, password: str, moment: datetime, user: str | None = None
) -> None:
    """Go in; the clock stands at a moment."""
    clock = PracticeClock(moment)
    window.enter(open_workplace(folder, password=password, user=user, clock=clock))
    wait(lambda: window.shell is not None)
    settle(window)
