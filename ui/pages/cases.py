"""The list of cases, found while typing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHeaderView, QLineEdit, QStackedWidget, QTableView

from pravo_desktop.i18n import N_
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.actor import CENTRE, LEAD
from pravo_desktop.usecases.queries import (
    MOST_COUNTED,
    CaseFilter,
    CaseLine,
    find_cases,
    number_of_cases,
)
from ui.forms.new_case import NEW_CASE_KEY, open_new_case
from ui.list_actions import ListActions
from ui.models.cases import COL_COUNT, COL_KIND, COL_LAST, COL_NUMBER, COL_TITLE, CasesModel
from ui.models.cases import RecordRole as CaseRole
from ui.page import Desk, Page, Primary
from ui.pages.case_filters import CaseFilters
from ui.runner import Task
from ui.tables import dress_table
from ui.theme import GRID, ROW_HEIGHT
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, label
from ui.widgets.layouts import column, row

_LEAST_TITLE = 344
"""Width at 100 % that the names of a couple need."""
AT_ONCE = 60
"""Cases read in one go."""
COUNTED_AFTER_MS = 120
"""They are counted once nothing has been typed for so long: the next letter does not wait."""


class CasesPage(Page):
    """Search, list, open, new."""

    key = "cases"
    name = N_("Cases")
    icon = "folder"
    shortcut = "Ctrl+1"
    roles = CENTRE
    reloads_on = frozenset(
        {"cases", "participants", "identities", "consultations", "outcomes", "consents"}
        | {"case_access"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t, theme = self.t, desk.theme
        self.search = QLineEdit()
        self.search.setObjectName("search")
        self.search.setPlaceholderText(t.text("Name, case number, IIN or phone (Ctrl+F)"))
        self.search.setAccessibleName(t.text("Search cases"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(theme.px(480))
        self.search.textChanged.connect(self.reload)
        self.search.installEventFilter(self)
        self.found = label("", "quiet")
        self.filters = CaseFilters(desk)
        self.filters.changed.connect(self.reload)
        self.model = CasesModel(t, classifiers().kinds["case_kind"], QColor(theme.colours.quiet))
        self.model.more_wanted.connect(self._read_more)
        self.table = QTableView()
        self.table.setObjectName("cases")
        self.table.setAccessibleName(t.text("Cases"))
        self.table.setModel(self.model)
        dress_table(self.table, theme.px(ROW_HEIGHT))
        header = self.table.horizontalHeader()
        header.setMinimumSectionSize(theme.px(48))
        for section, width in (
            (COL_NUMBER, 152),
            (COL_KIND, 240),
            (COL_LAST, 136),
            (COL_COUNT, 112),
        ):
            self.table.setColumnWidth(section, theme.px(width))
        ListActions(desk, self.table, name="cases/cases", stretched=COL_TITLE)
        self.table.doubleClicked.connect(self._open)
        self.table.installEventFilter(self)
        self.table.viewport().installEventFilter(self)
        self.nothing = EmptyState(
            theme,
            "folder",
            t.text("Families who come to the centre are listed here. Begin with the first one."),
            t.text("New case"),
        )
        self.nothing.pressed.connect(self.new_case)
        self.not_found = EmptyState(
            theme, "search", t.text("Nothing found. Check the spelling, or type less.")
        )
        self.hidden = EmptyState(
            theme,
            "search",
            t.text("Nothing found with these filters: they hide the other cases."),
            t.text("Show all cases"),
        )
        self.hidden.pressed.connect(self.filters.clear)
        self._stack = QStackedWidget()
        for widget in (self.table, self.nothing, self.not_found, self.hidden):
            self._stack.addWidget(widget)
        self._query: Task | None = None
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(COUNTED_AFTER_MS)
        self._counting.timeout.connect(self._count)
        self._uncounted = False
        top = row(2 * GRID)
        top.addWidget(self.search, 1)
        top.addStretch()
        told = row(2 * GRID)
        told.addWidget(self.found)
        told.addStretch(1)
        if desk.actor.roles & LEAD:
            take_over = button(t.text("Import a &journal…"), "link", name="import_journal")
            take_over.clicked.connect(lambda: desk.navigator.go("import_journal"))
            told.addWidget(take_over)
        layout = column(GRID)
        layout.addLayout(top)
        layout.addWidget(self.filters)
        layout.addLayout(told)
        layout.addWidget(self._stack, 1)
        self.setLayout(layout)

    def _stretch(self) -> None:
        """Give the names what the other columns leave; with little room those go out of sight."""
        header = self.table.horizontalHeader()
        least = self.desk.theme.px(_LEAST_TITLE)
        others = header.length() - header.sectionSize(COL_TITLE)
        modes = QHeaderView.ResizeMode
        fits = self.table.viewport().width() - others >= least
        header.setSectionResizeMode(COL_TITLE, modes.Stretch if fits else modes.Interactive)
        if not fits:
            header.resizeSection(COL_TITLE, least)

    def primary(self) -> Primary:
        return Primary(self.t.text("New case"), self.new_case, NEW_CASE_KEY)

    def start(self) -> None:
        self.search.setFocus()

    def go_to_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def new_case(self) -> None:
        """Open the form of a new case."""
        open_new_case(self.desk)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._uncounted:
            self._counting.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._counting.stop()
        super().hideEvent(event)

    def reload(self) -> None:
        self._counting.stop()
        if self._query is not None:
            self._query.cancel()
        text, only = self.search.text(), self.filters.chosen
        self._query = self.desk.runner.read(
            self,
            lambda job: find_cases(job.session, job.actor, text, limit=AT_ONCE, only=only),
            lambda rows: self._show(text, rows),
        )

    def _read_more(self, offset: int) -> None:
        text, only = self.search.text(), self.filters.chosen
        self.desk.runner.read(
            self,
            lambda job: find_cases(
                job.session, job.actor, text, limit=AT_ONCE, offset=offset, only=only
            ),
            lambda rows: self._add(text, only, offset, rows),
        )

    def _add(self, text: str, only: CaseFilter, offset: int, rows: list[CaseLine]) -> None:
        asked = (self.search.text(), self.filters.chosen, self.model.rowCount())
        if asked == (text, only, offset):
            self.model.add_rows(rows, last=len(rows) < AT_ONCE)

    def _show(self, text: str, rows: list[CaseLine]) -> None:
        kept = self._current()
        self._uncounted = len(rows) == AT_ONCE
        if not self._uncounted:
            self.model.set_rows(rows, len(rows))
            self._tell_number(text, len(rows))
        else:
            # The rows first: counting them all takes longer than reading those that are seen.
            self.model.set_rows(rows, None)
            if self.isVisible():
                self._counting.start()
        if rows:
            self._stack.setCurrentWidget(self.table)
            ids = [line.case_id for line in rows]
            self.table.selectRow(ids.index(kept.case_id) if kept and kept.case_id in ids else 0)
        elif self.filters.any:
            self._stack.setCurrentWidget(self.hidden)
        else:
            self._stack.setCurrentWidget(self.not_found if text.strip() else self.nothing)

    def _count(self) -> None:
        self._uncounted = False
        text, only = self.search.text(), self.filters.chosen
        self._query = self.desk.runner.read(
            self,
            lambda job: number_of_cases(job.session, job.actor, text, only=only),
            lambda total: self._tell_number(text, total),
        )

    def _tell_number(self, text: str, total: int) -> None:
        if text.strip() and total >= MOST_COUNTED:
            self.found.setText(self.t.text("More than {n} cases", n=self.t.number(total - 1)))
        else:
            self.found.setText(self.t.plural("{n} case", "{n} cases", total) if total else "")

    def _current(self) -> CaseLine | None:
        index = self.table.currentIndex()
        found = index.data(CaseRole) if index.isValid() else None
        return found if isinstance(found, CaseLine) else None

    def _open(self, index: QModelIndex) -> None:
        from ui.pages.case import CasePage

        line = index.data(CaseRole)
        if isinstance(line, CaseLine):
            self.desk.navigator.open(CasePage, case_id=line.case_id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows go from the search field into the list; Enter opens from both."""
        if event.type() is QEvent.Type.Resize and watched is self.table.viewport():
            self._stretch()
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not (
                event.modifiers() & Qt.KeyboardModifier.ControlModifier
            ):
                self._open(self.table.currentIndex())
                return True
            if watched is self.search and event.key() == Qt.Key.Key_Down:
                self.table.setFocus()
                return True
            if (
                watched is self.table
                and event.key() == Qt.Key.Key_Up
                and self.table.currentIndex().row() == 0
            ):
                self.search.setFocus()
                return True
        return super().eventFilter(watched, event)
