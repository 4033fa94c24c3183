"""What somebody without sight, without a mouse or with large letters would miss in a window."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenuBar,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QTabBar,
    QTextBrowser,
    QWidget,
)
from pytestqt.exceptions import TimeoutError
from pytestqt.qtbot import QtBot

from ui.mnemonics import mnemonic_of
from ui.widgets.labels import Note

INPUTS = (
    QLineEdit,
    QPlainTextEdit,
    QTextBrowser,
    QComboBox,
    QAbstractItemView,
    QAbstractButton,
    QTabBar,
)


def visible(page: QWidget, *kinds: type[QWidget]) -> list[QWidget]:
    """What a person meets in the page, without the parts that Qt makes inside of its own."""
    found: list[QWidget] = []
    for widget in page.findChildren(QWidget):
        parent: QObject | None = widget.parent()
        inner = isinstance(parent, (QComboBox, QAbstractItemView, QLineEdit, QTabBar))
        inner |= widget.objectName().startswith("qt_")
        if isinstance(widget, kinds) and widget.isVisibleTo(page) and not inner:
            found.append(widget)
    return found


def told(widget: QWidget) -> str:
    """How a widget is called in a failure."""
    text = widget.text() if isinstance(widget, (QLabel, QAbstractButton)) else ""
    return f"{type(widget).__name__} {widget.objectName()!r} {text!r}"


def faults_at_rest(qtbot: QtBot, page: QWidget) -> list[str]:
    """What would be missed once everything has its place: what came late moves the rest."""
    found: list[str] = []

    def none() -> bool:
        found[:] = [*faults(page), *too_wide(page)]
        return not found

    with suppress(TimeoutError):
        qtbot.waitUntil(none, timeout=3_000)
    return found


def faults(page: QWidget) -> Iterator[str]:
    """What a person without sight or without a mouse would miss on a page."""
    where = type(page).__name__
    for widget in visible(page, *INPUTS):
        spoken = QAccessible.queryAccessibleInterface(widget)
        if spoken is None:
            yield f"{where}: nothing is spoken of {told(widget)}"
            continue
        if not spoken.text(QAccessible.Text.Name).strip():
            yield f"{where}: no name of {told(widget)}"
        if spoken.role() in (QAccessible.Role.NoRole, QAccessible.Role.Client):
            yield f"{where}: no role of {told(widget)}"
        reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if widget.isEnabled() and not reached and not reached_otherwise(widget):
            yield f"{where}: Tab does not come to {told(widget)}"
    for one in visible(page, QLabel):
        assert isinstance(one, QLabel)
        if "&" in one.text().replace("&&", "") and one.buddy() is None and is_rich(one):
            yield f"{where}: a mnemonic of nothing: {told(one)}"
    yield from (f"{where}: {fault}" for fault in mnemonics(page))
    yield from (f"{where}: only a colour says it: {told(one)}" for one in only_coloured(page))
    yield from (f"{where}: {fault}" for fault in out_of_order(page))


def is_rich(one: QLabel) -> bool:
    """Whether Qt takes an ampersand of the label for a mnemonic."""
    return one.textFormat() is not Qt.TextFormat.PlainText


def repeated_elsewhere(widget: QWidget) -> bool:
    """A list that is to be read beside what has the keyboard, as the questions of a survey."""
    return isinstance(widget, QAbstractScrollArea) and widget.objectName() == "questions"


def mnemonics(page: QWidget) -> Iterator[str]:
    """Letters that two things of a page answer to."""
    bars = page.window().findChildren(QMenuBar)
    seen = {mnemonic_of(menu.text()): menu.text() for bar in bars for menu in bar.actions()}
    for widget in visible(page, QLabel, QAbstractButton):
        assert isinstance(widget, (QLabel, QAbstractButton))
        if isinstance(widget, QLabel) and widget.buddy() is None:
            continue
        letter = mnemonic_of(widget.text())
        if letter and letter in seen:
            yield f"Alt+{letter}: {seen[letter]} and {widget.text()}"
        seen[letter] = widget.text()


def only_coloured(page: QWidget) -> Iterator[QWidget]:
    """Words in the colour of a state without the icon beside them."""
    for widget in visible(page, QLabel):
        if widget.property("state") not in ("error", "warning", "success"):
            continue
        if not isinstance(widget.parentWidget(), Note):
            yield widget


def tab_stops(page: QWidget) -> list[QWidget]:
    """What the Tab key comes to in a page or dialog, in its order, from the first on."""
    window = page.window()
    round_: list[QWidget] = []
    while (one := _next_stop(window)) is not None and one not in round_:
        round_.append(one)
    if one in round_:
        round_ = round_[round_.index(one) :]
    outside = [place for place, stop in enumerate(round_) if not page.isAncestorOf(stop)]
    if outside:
        round_ = round_[outside[0] :] + round_[: outside[0]]
    elif round_:
        first = min(round_, key=lambda stop: (stop.mapTo(page, QPoint(0, 0)).y(), stop.x()))
        round_ = round_[round_.index(first) :] + round_[: round_.index(first)]
    return [stop for stop in round_ if page.isAncestorOf(stop)]


def _next_stop(window: QWidget) -> QWidget | None:
    # As the Tab key does; a key itself would need the window to be in front.
    window.focusNextPrevChild(True)
    return window.focusWidget()


def out_of_order(page: QWidget) -> Iterator[str]:
    """Steps of the Tab key against the order of reading, and controls that it passes by."""
    stops = tab_stops(page)
    for before, after in pairwise(stops):
        first, second = place_beside(page, before, after), place_beside(page, after, before)
        upwards = second.bottom() < first.top() and second.left() < first.right()
        same_line = first.top() < second.center().y() < first.bottom()
        if upwards or (same_line and second.right() < first.left()):
            yield f"Tab goes back from {told(before)} to {told(after)}"
    for widget in visible(page, *INPUTS):
        if widget.isEnabled() and widget not in stops and not reached_otherwise(widget):
            yield f"Tab passes by {told(widget)}"


def reached_otherwise(widget: QWidget) -> bool:
    """Whether arrows come to it from another of its group, or it is read beside another."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    one_of_some = isinstance(widget, QRadioButton) or (group is not None and group.exclusive())
    return one_of_some or repeated_elsewhere(widget)


def place_beside(page: QWidget, one: QWidget, other: QWidget) -> QRect:
    """Where it stands in the page: of something that scrolls apart from the other, its area."""
    standing, parent = one, one.parentWidget()
    while isinstance(parent, QWidget) and parent is not page:
        if isinstance(parent, QAbstractScrollArea) and not parent.isAncestorOf(other):
            standing = parent
        parent = parent.parentWidget()
    return QRect(standing.mapTo(page, QPoint(0, 0)), standing.size())


def cut_off(page: QWidget) -> Iterator[str]:
    """Buttons and boxes to tick whose words do not stand whole in the page."""
    for widget in visible(page, QAbstractButton):
        around: QWidget | None = widget.parentWidget()
        while around is not None and around is not page and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        room = around.viewport() if isinstance(around, QScrollArea) else page
        right = widget.mapTo(room, QPoint(widget.width(), 0)).x()
        if widget.sizeHint().width() > widget.width() or right > room.width():
            yield f"{type(page).__name__}: {told(widget)} is cut off"


def too_wide(page: QWidget) -> Iterator[str]:
    """Forms of a page, and those around it, that would have to scroll sideways."""
    around: list[QScrollArea] = page.findChildren(QScrollArea)
    parent: QObject | None = page.parent()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            around.append(parent)
        parent = parent.parent()
    for area in around:
        inner, room = area.widget(), area.viewport().width()
        if area.isVisible() and inner is not None and inner.width() > room:
            yield f"{type(page).__name__}: {inner.width()} px wide in {room} px"
