"""One value or several of a list, and a box to tick."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QListWidget, QListWidgetItem, QSizePolicy

from pravo_desktop.i18n import Translator
from pravo_desktop.resources import Labelled
from ui.theme import HALF, ROW_HEIGHT, Theme


def labels_of(t: Translator, entries: Mapping[str, Labelled]) -> list[tuple[str | None, str]]:
    """A classifier's keys and labels for `Choice` and `Choices`."""
    return [(key, t.label(entry)) for key, entry in entries.items()]


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
