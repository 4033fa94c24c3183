"""The look of a list: quiet rows, no grid, arrows go about, columns of given widths."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QSortFilterProxyModel, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QHeaderView,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui.list_actions import PRINT_KEY, ListActions
from ui.models.rows import SortRole
from ui.page import Page
from ui.theme import GRID, HALF, ROW_HEIGHT, SECONDARY, Theme
from ui.widgets import FormColumn

LEAST = 176
"""The stretched column gets no narrower if nothing else is said; the list scrolls instead."""
USUAL = 100
"""Width in px at 100 % of a column for which none is given."""


class ListView(QTableView):
    """A list of rows; one is chosen, more can be for copying, and a click on a head sorts.

    On a page it has the actions of `ui.list_actions`, and remembers its columns.

    Args:
        model: a `ui.models.rows.RowsModel`.
        name: its objectName.
        spoken: what a screen reader calls it.
        widths: of columns in px at 100 %; none is narrower than its head.
        stretched: the column that takes the rest.
        least: what the stretched column has at least, in px at 100 %.
        at_most: shows this many rows and scrolls beyond; None takes all the room there is.
        personal: columns that name or describe a person; None, where nobody has said, stands for
            all.
        print_key: empty on a page where the key of printing prints something else.
    """

    def __init__(
        self,
        theme: Theme,
        model: QAbstractItemModel,
        *,
        name: str,
        spoken: str,
        widths: Mapping[int, int],
        stretched: int = 0,
        least: int = LEAST,
        at_most: int | None = None,
        personal: Collection[int] | None = None,
        print_key: str = PRINT_KEY,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._print_key = print_key
        self._personal = personal
        self.list_actions: ListActions | None = None
        self._at_most = at_most
        self._stretched, self._least = stretched, least
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        proxy = QSortFilterProxyModel(self)
        proxy.setSortRole(SortRole)
        proxy.setSourceModel(model)
        self.setModel(proxy)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(theme.px(ROW_HEIGHT))
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW_HEIGHT))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(theme.px(48))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for section in range(model.columnCount()):
            width = widths.get(section, USUAL)
            head = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
            words = QFontMetrics(theme.font(SECONDARY)).horizontalAdvance(head) + 3 * GRID
            self.setColumnWidth(section, max(theme.px(width), words))
        self.setSortingEnabled(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        proxy.sort(-1)
        if at_most is not None:
            for signal in (proxy.rowsInserted, proxy.rowsRemoved, proxy.modelReset):
                signal.connect(self._fit)
            self._fit()

    @property
    def chosen(self) -> int | None:
        """The position in the model of the chosen row."""
        proxy = self.model()
        index = self.currentIndex()
        assert isinstance(proxy, QSortFilterProxyModel)
        return proxy.mapToSource(index).row() if index.isValid() else None

    @property
    def chosen_rows(self) -> list[int]:
        """The positions in the model of all chosen rows, from top to bottom."""
        proxy = self.model()
        assert isinstance(proxy, QSortFilterProxyModel)
        rows = sorted(self.selectionModel().selectedRows(), key=lambda index: index.row())
        return [proxy.mapToSource(index).row() for index in rows]

    def choose(self, position: int) -> None:
        """Choose the row of this position in the model."""
        proxy = self.model()
        assert isinstance(proxy, QSortFilterProxyModel)
        source = proxy.sourceModel()
        if 0 <= position < source.rowCount():
            self.selectRow(proxy.mapFromSource(source.index(position, 0)).row())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.list_actions is None and (page := self._page()) is not None:
            self.list_actions = ListActions(
                page.desk,
                self,
                name=f"{page.key or type(page).__name__}/{self.objectName()}",
                personal=self._personal,
                stretched=self._stretched,
                print_key=self._print_key,
            )
            self.stretch()

    def _page(self) -> Page | None:
        parent = self.parentWidget()
        while parent is not None and not isinstance(parent, Page):
            parent = parent.parentWidget()
        return parent

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.stretch()

    def stretch(self) -> None:
        """Give the stretched column the rest of the room, or its least width."""
        header = self.horizontalHeader()
        others = sum(
            header.sectionSize(section)
            for section in range(header.count())
            if section != self._stretched
        )
        room = self.viewport().width() - others
        self.setColumnWidth(self._stretched, max(room, self._theme.px(self._least)))

    def _fit(self) -> None:
        assert self._at_most is not None
        rows = min(max(self.model().rowCount(), 1), self._at_most)
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + rows * self._theme.px(ROW_HEIGHT) + 6)


class Beside(QWidget):
    """A form beside a list; where the text is too large for that, one above the other.

    With a form that turns neither then scrolls for itself: both are as high as they need, and the
    page scrolls.

    Args:
        form: of a fixed width, which scrolls.
        rest: takes the other room.
    """

    def __init__(self, theme: Theme, form: FormColumn, width: int, rest: QVBoxLayout) -> None:
        super().__init__()
        self._form = form
        self._width = theme.px(width) + 2 * GRID
        self._enough = self._width + theme.px(400)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2 * GRID)
        self._layout.addWidget(form)
        self._layout.addLayout(rest, 1)
        self.setLayout(self._layout)
        form.setFixedWidth(self._width)
        self.setMinimumWidth(1)
        items = [rest.itemAt(position) for position in range(rest.count())]
        areas = [item.widget() for item in items if item is not None]
        self._areas = [form, *(one for one in areas if isinstance(one, QScrollArea))]
        if not form.turning:
            self._areas.clear()
        self._own_heights = [area.minimumHeight() for area in self._areas]
        for area in self._areas:
            if (inside := area.widget()) is not None:
                inside.installEventFilter(self)

    @property
    def level(self) -> bool:
        """Whether the two stand beside each other."""
        return self.width() >= self._enough

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._open()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        level = self.level
        spread = not level and self._form.turning
        self._form.setFixedWidth(self.width() if spread else min(self._width, self.width()))
        self._form.spread(spread)
        self._layout.setDirection(
            QBoxLayout.Direction.LeftToRight if level else QBoxLayout.Direction.TopToBottom
        )
        self._layout.setStretch(0, 0 if level or spread else 1)
        self._open()

    def _open(self) -> None:
        """Give what scrolls for itself the height of all that is in it, unless they are level."""
        for area, own in zip(self._areas, self._own_heights, strict=True):
            area.setMinimumHeight(own if self.level else _height_of(area))


def _height_of(area: QScrollArea) -> int:
    inside, width = area.widget(), area.width()
    if inside is None:
        return 0
    layout = inside.layout()
    least = inside.minimumSizeHint().height()
    if layout is not None and layout.hasHeightForWidth():
        least = max(least, layout.minimumHeightForWidth(width))
    return least + HALF
