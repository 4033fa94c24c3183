"""The look of a list: quiet rows, no grid, arrows go about, columns of given widths."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QHeaderView,
    QScrollArea,
    QSizePolicy,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui.list_actions import PRINT_KEY, ListActions
from ui.models.rows import SortRole
from ui.page import Page
from ui.theme import GRID, HALF, ICON, ROW_HEIGHT, SECONDARY, Theme
from ui.widgets.layouts import FormColumn

LEAST = 176
"""The stretched column gets no narrower if nothing else is said; the list scrolls instead."""
USUAL = 100
"""Width in px at 100 % of a column for which none is given."""
THE_REST = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored
"""Of a list that takes the height which the others on a page leave."""
LINES = 3
"""A cell that wraps has at most so many lines; its tooltip says the rest."""
_AT_ONCE = 60
"""Of a list with so many rows all are measured; of a longer one those in sight and near it."""
_BESIDE_TEXT = 3 * GRID
"""What a cell has at the sides of its words, in px."""


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


class ListView(QTableView):
    """A list of rows; one is chosen, more can be for copying, and a click on a head sorts.

    Names that do not fit on a line wrap, and their rows are higher; a row is measured before it
    comes into sight. On a page it has the actions of `ui.list_actions`, and remembers its columns.

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
        wrapped: columns whose words wrap where they do not fit, so that they grow less with the
            text; None stands for the stretched one.
    """

    refitted = Signal()
    """It has another height than before."""

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
        wrapped: Collection[int] | None = None,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._wrapped = (stretched,) if wrapped is None else tuple(wrapped)
        self._measured: set[int] = set()
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
        dress_table(self, theme.px(ROW_HEIGHT))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        # A row above that gets higher than it was moves nothing then.
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setWordWrap(True)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(theme.px(48))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for section in range(model.columnCount()):
            width = round(widths.get(section, USUAL) * self.growth(section))
            head = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
            words = QFontMetrics(theme.font(SECONDARY)).horizontalAdvance(head) + 3 * GRID
            self.setColumnWidth(section, max(width, words))
        self.setSortingEnabled(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        proxy.sort(-1)
        for signal in (
            proxy.rowsInserted,
            proxy.rowsRemoved,
            proxy.modelReset,
            proxy.layoutChanged,
            proxy.dataChanged,
        ):
            signal.connect(self._wrap)
        header.sectionResized.connect(self._note_width)
        self.verticalScrollBar().valueChanged.connect(self._measure_in_sight)
        self._fit()

    def growth(self, section: int) -> float:
        """How much wider a column is than at 100 %; where words wrap, less than the text."""
        scale = self._theme.text_size / 100
        return max(1.0, scale * 2 / 3) if section in self._wrapped else scale

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
                growth=self.growth,
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

    def _note_width(self, section: int) -> None:
        if section in self._wrapped:
            self._wrap()

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        if index.isValid():
            self._measure_near(index.row())
        super().scrollTo(index, hint)

    def _wrap(self) -> None:
        """Measure anew: words, widths or the order of the rows have changed."""
        self._measured.clear()
        rows = self.model().rowCount()
        # How far a list scrolls depends on its last rows.
        self._measure(range(rows - self._page_of_rows if rows > _AT_ONCE else 0, rows))
        self._measure(range(self._at_most or 0))
        self._measure_in_sight()
        self._fit()

    @property
    def _page_of_rows(self) -> int:
        return self.viewport().height() // self._theme.px(ROW_HEIGHT) + 1

    def _measure_in_sight(self) -> None:
        self._measure_near(max(self.rowAt(0), 0))

    def _measure_near(self, row: int) -> None:
        """Measure what can be in sight about a row, and a page before and behind it."""
        page = self._page_of_rows
        if self._measure(range(row - page, row + 2 * page)):
            # At once, so that what is in sight is never painted between the two heights.
            self.updateGeometries()

    def _measure(self, rows: range) -> bool:
        """Give rows that are not measured yet the lines that their names need.

        Returns:
            whether one of them has another height now.
        """
        changed, usual = False, self._theme.px(ROW_HEIGHT)
        for row in range(max(rows.start, 0), min(rows.stop, self.model().rowCount())):
            if row in self._measured:
                continue
            self._measured.add(row)
            height = max((self._height(row, section) for section in self._wrapped), default=usual)
            if self.rowHeight(row) != height:
                self.setRowHeight(row, height)
                changed = True
        return changed

    def _height(self, row: int, section: int) -> int:
        usual, metrics = self._theme.px(ROW_HEIGHT), self.fontMetrics()
        index, width = self.model().index(row, section), self.columnWidth(section)
        needed = metrics.horizontalAdvance(str(index.data() or "")) + _BESIDE_TEXT
        if index.data(Qt.ItemDataRole.DecorationRole) is not None:
            needed += self._theme.px(ICON)
        if needed <= width or self.isColumnHidden(section):
            return usual
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        # The style sheet's padding is not in what the size is reckoned from.
        option.rect = QRect(0, 0, width - 2 * GRID, usual)
        more = self.itemDelegate().sizeHint(option, index).height() - metrics.lineSpacing()
        return usual + min(max(more, 0), (LINES - 1) * metrics.lineSpacing())

    def _fit(self) -> None:
        if self._at_most is None:
            return
        rows = min(self.model().rowCount(), self._at_most)
        head = self.horizontalHeader().sizeHint().height()
        high = sum(map(self.rowHeight, range(rows))) or self._theme.px(ROW_HEIGHT)
        if self.maximumHeight() != head + high + 6:
            self.setFixedHeight(head + high + 6)
            self.refitted.emit()


class Beside(QWidget):
    """A form beside a list; where the text is too large for that, one above the other.

    Neither form nor page then scrolls within the other: both are as high as they need, and the
    page scrolls.

    Args:
        form: of a fixed width, which scrolls.
        rest: takes the other room.
        least: what the rest needs beside the form, in px at 100 %.
    """

    def __init__(
        self, theme: Theme, form: FormColumn, width: int, rest: QVBoxLayout, least: int = 400
    ) -> None:
        super().__init__()
        self._form = form
        self._width = theme.px(width) + 2 * GRID
        self._enough = self._width + theme.px(least)
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
        self._form.setFixedWidth(self._width if level else self.width())
        self._form.spread(not level)
        self._layout.setDirection(
            QBoxLayout.Direction.LeftToRight if level else QBoxLayout.Direction.TopToBottom
        )
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
        least = max(least, layout.heightForWidth(width))
    return least + HALF
