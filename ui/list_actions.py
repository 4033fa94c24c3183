"""What can be done with any list: copy rows, print, save as XLSX, arrange the columns.

`ui.tables.ListView` brings it by itself; any other table of a page has it by one line,
``ListActions(desk, table, name="cases/cases")``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Event
from typing import TypeVar

from PySide6.QtCore import QModelIndex, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QFileDialog,
    QMenu,
    QTableView,
)

from pravo_desktop.usecases.actor import RESPONSIBLE
from pravo_desktop.usecases.file_writing import write_file
from pravo_desktop.usecases.list_export import (
    ListColumn,
    ListSheet,
    Value,
    export_list,
    print_list,
    render_list,
)
from ui.ask import ask
from ui.clipboard import ClipboardGuard
from ui.folders import remember_folder, remembered_folder, show_folder
from ui.models.rows import SortRole
from ui.page import Desk
from ui.printing import Printout
from ui.settings import Columns, remember_columns, remembered_columns

T = TypeVar("T")

COPY_KEY = "Ctrl+C"
PRINT_KEY = "Ctrl+P"
XLSX_KEY = "Ctrl+Shift+S"
_SETTLED_MS = 400
"""A column at rest for so long is remembered."""
_NOT_IN_FILE_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|', " "))


class ListActions(QObject):
    """The context menu, the keys and the remembered columns of a list.

    Args:
        name: stable, such as ``staff/vacancies``; columns and the history know the list by it.
        personal: columns of the model that name or describe a person; None, where nobody has
            said, stands for all.
        stretched: the column whose width is what the others leave.
        print_key: empty on a page where that key prints something else.
        growth: how much wider than at 100 % a column of the model is; as the text if left out.
    """

    def __init__(
        self,
        desk: Desk,
        view: QTableView,
        *,
        name: str,
        personal: Collection[int] | None = None,
        stretched: int = 0,
        print_key: str = PRINT_KEY,
        growth: Callable[[int], float] | None = None,
    ) -> None:
        super().__init__(view)
        self._growth = growth or (lambda _: desk.theme.text_size / 100)
        self._desk, self._view, self._name, self.t = desk, view, name, desk.t
        self._personal = personal
        self._stretched = stretched
        self._print_key = print_key
        self._folder = desk.runner.workplace.folder
        self._header = view.horizontalHeader()
        self._header.setSectionsMovable(True)
        self._before = self._header.saveState()
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLED_MS)
        self._settling.timeout.connect(self.remember)
        self._arrange()
        self._header.sectionMoved.connect(self._settling.start)
        self._header.sectionResized.connect(self._note_width)
        self._add_actions()

    def _add_actions(self) -> None:
        t, view, roles = self.t, self._view, self._desk.actor.roles
        self._add("copy", t.text("&Copy the chosen rows"), self.copy, COPY_KEY)
        self._add("print", t.text("&Print the list…"), self.print, self._print_key)
        if roles & RESPONSIBLE:
            self._add("xlsx", t.text("&Save the list as XLSX…"), self.save_xlsx, XLSX_KEY)
        rest = QAction(view)
        rest.setSeparator(True)
        view.addAction(rest)
        self._add("columns", t.text("Columns as they &were"), self.restore, "")
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._show_menu)

    def _add(self, name: str, text: str, run: Callable[[], object], key: str) -> None:
        action = QAction(text, self._view)
        action.setObjectName(f"list_{name}")
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _=False: run())
        self._view.addAction(action)

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self._view)
        menu.setObjectName("list_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self._view.actions())
        menu.popup(self._view.viewport().mapToGlobal(place))

    # --- Columns ------------------------------------------------------------------------------

    def _arrange(self) -> None:
        count = self._header.count()
        found = remembered_columns(self._folder, self._name, count)
        if found is None:
            return
        for place, section in enumerate(found.order):
            self._header.moveSection(self._header.visualIndex(section), place)
        for section, width in enumerate(found.widths):
            if section != self._stretched:
                self._view.setColumnWidth(section, round(width * self._growth(section)))

    def _note_width(self, section: int) -> None:
        if section != self._stretched:
            self._settling.start()

    def remember(self) -> None:
        """Keep the columns as they are for the next time."""
        sections = range(self._header.count())
        columns = Columns(
            tuple(map(self._header.logicalIndex, sections)),
            tuple(
                max(round(self._header.sectionSize(one) / self._growth(one)), 1) for one in sections
            ),
        )
        remember_columns(self._folder, self._name, columns)

    def restore(self) -> None:
        """Put the columns back as the program has them."""
        self._header.restoreState(self._before)
        self._settling.stop()
        remember_columns(self._folder, self._name, None)

    def _sections(self) -> list[int]:
        """The columns as they stand from left to right."""
        return [self._header.logicalIndex(place) for place in range(self._header.count())]

    # --- Copy ---------------------------------------------------------------------------------

    @property
    def personal(self) -> bool:
        """Whether columns of it name or describe a person."""
        return self._personal is None or bool(self._personal)

    def copy(self) -> None:
        """Put the chosen rows on the clipboard, cells parted by tabs."""
        rows = sorted(index.row() for index in self._view.selectionModel().selectedRows())
        if not rows:
            return
        lines = [
            "\t".join(" ".join(self._shown(row, section).split()) for section in self._sections())
            for row in rows
        ]
        ClipboardGuard.of_application().put("\n".join(lines), personal=self.personal)
        said = self.t.plural("{n} row is copied.", "{n} rows are copied.", len(rows))
        if self.personal:
            said += " " + self.t.text("Personal data leave the clipboard in a minute.")
        self._desk.navigator.say(said)

    def _shown(self, row: int, section: int) -> str:
        return str(self._view.model().index(row, section).data() or "")

    # --- Print and XLSX -----------------------------------------------------------------------

    def print(self) -> None:
        """Show the list as pages, to be printed or saved as PDF."""
        self._ask(pages=True)

    def save_xlsx(self) -> None:
        """Write the list as a workbook where the person chooses."""
        self._ask(pages=False)

    def _ask(self, *, pages: bool) -> None:
        t = self.t
        if not self._view.model().rowCount():
            return
        go_on = partial(self._read_rest, self._make_pages) if pages else self._choose_file
        if not self.personal:
            go_on()
            return
        ask(
            self._view,
            t,
            question=t.text("Take personal data out of the program?"),
            explained=t.text(
                "Whoever has the file can read it without a password. Your name, the list and the "
                "time are written into the history."
            ),
            verb=t.text("Print the list") if pages else t.text("Save the list"),
            run=go_on,
        )

    def _file_name(self, ending: str) -> str:
        today = self._desk.clock.today().isoformat()
        return f"{self._title.translate(_NOT_IN_FILE_NAMES)} {today}.{ending}"

    def _choose_file(self) -> None:
        dialog = QFileDialog(self._view, self.t.text("Where to write the list"))
        dialog.setObjectName("choose_file")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.setNameFilter("XLSX (*.xlsx)")
        dialog.setDirectory(str(remembered_folder(self._desk, "lists")))
        dialog.selectFile(self._file_name("xlsx"))
        dialog.fileSelected.connect(lambda name: self._read_rest(partial(self._save, Path(name))))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @property
    def _title(self) -> str:
        return self._view.accessibleName()

    def _read_rest(self, then: Callable[[], object]) -> None:
        """Read the rows not read yet of a list that reads as it is scrolled, then go on."""
        t, model = self.t, self._view.model()
        given_up = Event()

        def go_on() -> None:
            if given_up.is_set() or not model.canFetchMore(QModelIndex()):
                model.rowsInserted.disconnect(go_on)
                model.modelReset.disconnect(go_on)
                model.layoutChanged.disconnect(go_on)
                if not given_up.is_set():
                    then()
                return
            said = t.text("Reading the list: {done}", done=t.number(model.rowCount()))
            self._desk.navigator.say(said, t.text("Cancel"), given_up.set)
            model.fetchMore(QModelIndex())

        if model.canFetchMore(QModelIndex()):
            model.rowsInserted.connect(go_on)
            model.modelReset.connect(go_on)
            model.layoutChanged.connect(go_on)
            go_on()
        else:
            then()

    def _make_pages(self) -> None:
        """Set the list as pages and show them; the history hears of them when they go out."""
        sheet = self._sheet()
        made_at = self._desk.clock.now()

        def shown(data: bytes) -> None:
            printout = Printout(
                self._view,
                self._desk,
                self._title,
                self._file_name("pdf"),
                "lists",
                lambda then: self._note(print_list, sheet, lambda _: then(data)),
            )
            self._desk.navigator.hush()
            printout.look(data)

        self._render(sheet, made_at, True, lambda data: data, shown)

    def _save(self, path: Path) -> None:
        t, navigator = self.t, self._desk.navigator
        remember_folder(self._desk, "lists", path.parent)
        sheet = self._sheet()

        def write(data: bytes) -> None:
            write_file(path, data)

        def written(_: None) -> None:
            said = t.text("The list is written: {file}", file=str(path))
            navigator.say(said, t.text("Open the folder"), lambda: show_folder(path.parent))

        self._note(
            export_list, sheet, lambda made_at: self._render(sheet, made_at, False, write, written)
        )

    def _note(
        self,
        note: Callable[..., datetime],
        sheet: ListSheet,
        then: Callable[[datetime], object],
    ) -> None:
        """Write into the history that the list leaves, then go on."""
        self._desk.runner.write(
            self._view,
            lambda job: note(
                job.session,
                job.actor,
                name=self._name,
                rows=len(sheet.rows),
                personal=self.personal,
                confirmed=self.personal,
            ),
            then,
        )

    def _sheet(self) -> ListSheet:
        model, sections = self._view.model(), self._sections()
        heads = (
            ListColumn(
                str(model.headerData(section, Qt.Orientation.Horizontal) or ""),
                self._stands_right(section),
            )
            for section in sections
        )
        rows = tuple(
            tuple(self._value(row, section) for section in sections)
            for row in range(model.rowCount())
        )
        return ListSheet(self._title, tuple(heads), rows)

    def _stands_right(self, section: int) -> bool:
        alignment = self._view.model().headerData(
            section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole
        )
        return bool(alignment is not None and alignment & Qt.AlignmentFlag.AlignRight)

    def _value(self, row: int, section: int) -> Value:
        """The text of a cell, or its number where the text is nothing but that number."""
        shown = self._shown(row, section)
        value = self._view.model().index(row, section).data(SortRole)
        whole = isinstance(value, int) and not isinstance(value, bool)
        return int(value) if whole and self.t.number(int(value)) == shown else shown

    def _render(
        self,
        sheet: ListSheet,
        made_at: datetime,
        pages: bool,
        finish: Callable[[bytes], T],
        done: Callable[[T], object],
    ) -> None:
        """Make the document off the window's thread, with a way to give up.

        Args:
            finish: is given the document there; ``done`` is given in the window what it returns.
        """
        t, navigator, name = self.t, self._desk.navigator, self._desk.actor.name

        def work(hook: Callable[[str, int, int], None]) -> T:
            data = render_list(sheet, t, pages=pages, made_at=made_at, made_by=name, progress=hook)
            hook("write", len(sheet.rows), len(sheet.rows))
            return finish(data)

        def give_up() -> None:
            task.cancel()
            navigator.say(t.text("The list was not written."))

        def step(_: str, done: int, total: int) -> None:
            if 0 < done < total:
                said = t.text(
                    "Writing the list: {done} of {total}",
                    done=t.number(done),
                    total=t.number(total),
                )
                navigator.say(said, t.text("Cancel"), give_up)

        task = self._desk.runner.document(self._view, work, done, progress=step)
