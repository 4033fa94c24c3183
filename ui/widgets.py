"""The small parts that pages and forms are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from pravo_desktop.clock import Clock
from pravo_desktop.domain.dates import parse_date
from pravo_desktop.i18n import Translator
from pravo_desktop.resources import Labelled
from ui.theme import FORM_WIDTH, GRID, HALF, ROW_HEIGHT, Theme
from ui.turning import Columns, Turning

NEAR, GROUP = GRID, 3 * GRID
"""Between things that belong together, and between groups."""
_COLUMN = 248
"""Width in px at 100 % of a column of fields beside another."""


def mark(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the style sheet looks at, and let it look again."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def column(spacing: int = NEAR, margins: int = 0) -> QVBoxLayout:
    """An upright layout on the grid."""
    layout = QVBoxLayout()
    layout.setSpacing(spacing)
    layout.setContentsMargins(margins, margins, margins, margins)
    return layout


def row(spacing: int = NEAR, margins: int = 0) -> QHBoxLayout:
    """A level layout on the grid."""
    layout = QHBoxLayout()
    layout.setSpacing(spacing)
    layout.setContentsMargins(margins, margins, margins, margins)
    return layout


def label(text: str, role: str = "", *, wrap: bool = False) -> QLabel:
    """A label in one of the roles of the style sheet: title, section, quiet, grey."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


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


def practice_band(t: Translator) -> QLabel:
    """The band over everything in a practice folder: colour and words."""
    band = label(t.text("PRACTICE. Invented people; headquarters takes nothing from here."))
    band.setObjectName("practice_band")
    band.setWordWrap(True)
    return band


def hairline() -> QFrame:
    """A thin level line."""
    line = QFrame()
    line.setObjectName("hairline")
    return line


def scrolled(layout: QLayout) -> QScrollArea:
    """A layout that scrolls where there is too little room, as with a large text."""
    sheet = QWidget()
    sheet.setLayout(layout)
    return in_sight(sheet)


def in_sight(widget: QWidget) -> QScrollArea:
    """A widget that scrolls where there is too little room; the Tab key brings things in sight."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widget)
    return area


class Note(QWidget):
    """An icon and words about a state: error, warning or success; hidden while empty."""

    def __init__(self, theme: Theme, state: str = "error") -> None:
        super().__init__()
        self._theme = theme
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words = label("", wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = row(HALF)
        layout.addWidget(self._picture)
        layout.addWidget(self.words, 1)
        self.setLayout(layout)
        self.show_text("", state)

    def show_text(self, text: str, state: str = "error") -> None:
        """Say this; nothing hides it."""
        names = {"error": "error", "warning": "warning", "success": "check"}
        colours = self._theme.colours
        colour = {
            "error": colours.danger,
            "warning": colours.warning,
            "success": colours.success,
        }[state]
        size = self._theme.px(16)
        self._picture.setPixmap(self._theme.icon(names[state], colour).pixmap(size, size))
        mark(self.words, "state", state)
        self.words.setText(text)
        self.words.setAccessibleName(text)
        self._settle()

    def _settle(self) -> None:
        # Shown without a parent it would be a window of its own and take the keyboard.
        self.setVisible(bool(self.text) and self.parentWidget() is not None)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ParentChange and self.text:
            self._settle()
        return super().event(event)

    @property
    def text(self) -> str:
        return self.words.text()


class Field(QWidget):
    """A label above an input and a message under it.

    Args:
        text: of the label, with a mnemonic.
        name: of the record's field, by which findings come back to it.
        hint: what to know beforehand, in grey under the input.
    """

    def __init__(
        self, theme: Theme, text: str, name: str, control: QWidget, hint: str = ""
    ) -> None:
        super().__init__()
        self.name = name
        self.control = control
        control.setObjectName(name)
        plain = text.replace("&&", "\0").replace("&", "").replace("\0", "&")
        control.setAccessibleName(plain)
        above = QLabel(text)
        above.setProperty("role", "label")
        above.setBuddy(control)
        self.words = above
        self.note = Note(theme)
        layout = column(HALF)
        layout.addWidget(above)
        layout.addWidget(control)
        if hint:
            layout.addWidget(label(hint, "quiet", wrap=True))
        layout.addWidget(self.note)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_finding(self, text: str, *, warning: bool = False) -> None:
        """Show what is wrong or odd under the input."""
        self.note.show_text(text, "warning" if warning else "error")
        mark(self.control, "state", "" if warning or not text else "error")
        self.control.setAccessibleDescription(text)

    def clear_finding(self) -> None:
        """Take the message away."""
        self.show_finding("", warning=True)


def pair(*fields: QWidget) -> QBoxLayout:
    """Fields side by side that belong together; one under another where they have not the room."""
    layout = Turning(2 * GRID)
    for one in fields:
        layout.addWidget(one, 1, Qt.AlignmentFlag.AlignTop)
    return layout


class Tick(QCheckBox):
    """A box to tick whose words stand on several lines where they have not the room."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._words = text.split()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _beside(self) -> int:
        """What the box and the edges take of the width."""
        lines = self.text().split("\n")
        return super().sizeHint().width() - max(map(self._wide, lines))

    def _wide(self, words: str) -> int:
        shown = self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, words)
        return shown.width()

    def minimumSizeHint(self) -> QSize:
        longest = max(map(self._wide, self._words), default=0)
        return QSize(longest + self._beside(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room, lines = self.width() - self._beside(), [""]
        for word in self._words:
            longer = f"{lines[-1]} {word}".strip()
            if not lines[-1] or self._wide(longer) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        if (text := "\n".join(lines)) != self.text():
            self.setText(text)


class Choice(QComboBox):
    """One value of a list with stable keys.

    Args:
        entries: key and label.
    """

    def __init__(
        self, entries: Iterable[tuple[str | None, str]], chosen: str | None = None
    ) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.fill(entries, chosen)

    def fill(self, entries: Iterable[tuple[str | None, str]], chosen: str | None = None) -> None:
        """Put other entries in; the chosen one stays where it is still there."""
        kept = chosen if chosen is not None else self.currentData()
        self.clear()
        for key, text in entries:
            self.addItem(text, key)
        self.setCurrentIndex(max(self.findData(kept), 0) if self.count() else -1)

    @property
    def value(self) -> str:
        found = self.currentData()
        return "" if found is None else str(found)

    def choose(self, key: str | None) -> None:
        """Choose an entry by its key."""
        self.setCurrentIndex(max(self.findData(key), 0))


def labels_of(t: Translator, entries: Mapping[str, Labelled]) -> list[tuple[str | None, str]]:
    """A classifier's keys and labels for `Choice` and `Choices`."""
    return [(key, t.label(entry)) for key, entry in entries.items()]


class Choices(QListWidget):
    """Several values of a list: one stop of the Tab key, arrows go about, Space ticks.

    Args:
        columns: in how many columns they stand.
    """

    changed = Signal()

    def __init__(
        self, theme: Theme, entries: Sequence[tuple[str | None, str]], columns: int = 2
    ) -> None:
        super().__init__()
        self.setProperty("role", "choices")
        self._theme = theme
        self._columns = columns
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFlow(QListWidget.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.itemChanged.connect(lambda _: self.changed.emit())
        self.fill(entries)

    def fill(self, entries: Sequence[tuple[str | None, str]], ticked: Iterable[str] = ()) -> None:
        """Put other entries in, some of them ticked."""
        chosen = set(ticked)
        self.clear()
        for key, text in entries:
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            state = Qt.CheckState.Checked if key in chosen else Qt.CheckState.Unchecked
            item.setCheckState(state)
            item.setToolTip(text)
            self.addItem(item)
        if self.count():
            self.setCurrentRow(0)
        if not self.hasFocus():
            self.clearSelection()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as its rows: nothing scrolls inside a form, and long entries have two lines."""
        width = max((self.viewport().width() - 4) // self._columns, 1)
        marks = self._theme.px(44)
        line = self.fontMetrics().lineSpacing()
        total = 2 * HALF
        for first in range(0, self.count(), self._columns):
            items = [
                self.item(position)
                for position in range(first, min(first + self._columns, self.count()))
            ]
            wide = max(self.fontMetrics().horizontalAdvance(item.text()) for item in items)
            lines = -(-wide // max(width - marks, 1))
            height = self._theme.px(ROW_HEIGHT) if lines < 2 else lines * line + 2 * HALF
            for item in items:
                item.setSizeHint(QSize(width, height))
            total += height
        self.setFixedHeight(max(total, self._theme.px(ROW_HEIGHT)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if (item := self.currentItem()) is not None:
            item.setSelected(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.clearSelection()

    def keys(self) -> tuple[str, ...]:
        """Keys of all entries."""
        return tuple(
            self.item(position).data(Qt.ItemDataRole.UserRole) for position in range(self.count())
        )

    def values(self) -> tuple[str, ...]:
        """Keys of the ticked ones."""
        items = [self.item(position) for position in range(self.count())]
        return tuple(
            item.data(Qt.ItemDataRole.UserRole)
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        )


class DateEdit(QLineEdit):
    """A date as people type it: ``5``, ``5.12``, ``05122024``, ``кеше``; tidied on leaving."""

    def __init__(self, t: Translator, clock: Clock, day: date | None = None) -> None:
        super().__init__()
        self.t = t
        self._clock = clock
        self.setPlaceholderText(t.text("dd.mm.yyyy"))
        self.put(day)

    def put(self, day: date | None) -> None:
        """Show a date, or nothing."""
        self.setText(self.t.date(day) if day else "")

    def day(self) -> date | None:
        """The date that is meant; None when empty or not a date."""
        return parse_date(self.text(), today=self._clock.today()) if self.text().strip() else None

    @property
    def mistyped(self) -> bool:
        """Whether there is text that is no date."""
        return bool(self.text().strip()) and self.day() is None

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if (day := self.day()) is not None:
            self.put(day)
        super().focusOutEvent(event)


class TextArea(QPlainTextEdit):
    """Several lines of text; Tab goes on to the next field."""

    def __init__(self, theme: Theme, lines: int = 3) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + theme.px(20))


class EmptyState(QWidget):
    """One sentence on what belongs here, and the button that brings it."""

    pressed = Signal()

    def __init__(self, theme: Theme, icon: str, text: str, action: str = "") -> None:
        super().__init__()
        picture = QLabel()
        picture.setPixmap(theme.icon(icon, theme.colours.quiet).pixmap(theme.px(32), theme.px(32)))
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words = words = label(text, "grey", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setFixedWidth(theme.px(420))
        middle = row()
        middle.addStretch(1)
        middle.addWidget(words)
        middle.addStretch(1)
        layout = column(2 * GRID)
        layout.addStretch(2)
        layout.addWidget(picture)
        layout.addLayout(middle)
        if action:
            self.button = button(action, name="empty_action")
            self.button.clicked.connect(self.pressed)
            layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self.setLayout(layout)


class FormColumn(QScrollArea):
    """One column of fields that scrolls; what has the keyboard is kept in sight.

    Args:
        theme: for its width.
        at_left: stands at the left edge instead of the middle.
        turning: stands in several columns where `spread` gives it the room.
    """

    def __init__(
        self,
        theme: Theme,
        width: int = FORM_WIDTH,
        *,
        at_left: bool = True,
        turning: bool = False,
    ) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        self._inner, self._width = inner, theme.px(width)
        inner.setFixedWidth(self._width)
        self.turning, self._spread = turning, False
        self.fields: QBoxLayout = (
            Columns(2 * GRID, theme.px(_COLUMN)) if turning else column(2 * GRID)
        )
        self.fields.setContentsMargins(HALF, 0, HALF, 0)
        inner.setLayout(self.fields)
        around = QWidget()
        layout = row()
        if not at_left:
            layout.addStretch(1)
        layout.addWidget(inner)
        layout.addStretch(1)
        around.setLayout(layout)
        self.setWidget(around)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def spread(self, wide: bool) -> None:
        """Take all the width there is, or the form's own."""
        self._spread = wide
        self._fit()

    def _fit(self) -> None:
        room = self.viewport().width()
        self._inner.setFixedWidth(room if self._spread else min(self._width, room))

    def bring_into_sight(self, widget: QWidget) -> None:
        """Scroll to a widget once what has just appeared has its place."""

        def scroll() -> None:
            around: QWidget | None = self
            while around is not None:
                if isinstance(around, QScrollArea):
                    around.ensureWidgetVisible(widget, 0, 4 * GRID)
                around = around.parentWidget()

        QTimer.singleShot(0, widget, scroll)

    def focusNextPrevChild(self, forward: bool) -> bool:
        moved = super().focusNextPrevChild(forward)
        if moved and (focused := self.window().focusWidget()) is not None:
            self.ensureWidgetVisible(focused, 0, 96)
        return moved


def dress_table(table: QTableView, row_height: int) -> None:
    """What all lists share: whole rows, no grid, the keyboard goes on with Tab."""
    table.setShowGrid(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.verticalHeader().setMinimumSectionSize(row_height)
    table.verticalHeader().setDefaultSectionSize(row_height)
    table.horizontalHeader().setHighlightSections(False)
