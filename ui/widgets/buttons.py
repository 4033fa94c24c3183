"""Buttons: to do something, and to turn a day or a month."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton, QWidget

from ui.theme import Theme


def button(text: str, role: str = "", *, name: str = "") -> QPushButton:
    """A push button: ``primary``, ``link`` or plain."""
    made = QPushButton(text)
    made.setAutoDefault(False)
    if role:
        made.setProperty("role", role)
    if name:
        made.setObjectName(name)
    if role != "primary":
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def arrow(
    page: QWidget, theme: Theme, sign: str, spoken: str, key: str, turn: Callable[[], object]
) -> QToolButton:
    """A button with a sign that turns a page's day or month, by its key too."""
    turning = QToolButton()
    turning.setText(sign)
    turning.setProperty("role", "turning")
    turning.setAutoRaise(True)
    turning.setFixedSize(theme.px(32), theme.px(32))
    turning.setToolTip(f"{spoken}  {key}")
    turning.setAccessibleName(spoken)
    turning.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    turning.clicked.connect(lambda: turn())
    QShortcut(QKeySequence(key), page, lambda: turn())
    return turning
