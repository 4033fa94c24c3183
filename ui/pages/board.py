"""Headquarters' board: centre by month, what is behind a cell, and the file for a letter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHeaderView,
    QTableView,
    QVBoxLayout,
)

from pravo_desktop.domain.board import MISSING, SYMBOLS, WORDS
from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import N_
from pravo_desktop.messages import translate_error
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.actor import COORDINATOR
from pravo_desktop.usecases.board import ALL_CENTRES, Board, board, board_file
from pravo_desktop.usecases.file_writing import write_file
from ui.as_of import AsOfField
from ui.folders import remember_folder, remembered_folder
from ui.models.board import (
    COL_KIND,
    COL_PACKAGE,
    COL_REASON,
    COL_RECEIVED,
    COL_SECTION,
    COL_STATE,
    COL_STATUS,
    BoardModel,
    cell_packages_model,
    in_words,
    sections_model,
)
from ui.models.inbox import package_name
from ui.page import Desk, Page, Primary
from ui.pages.package_rows import PackageRowsPage
from ui.pages.report import FIRST_YEAR, LANGUAGE_NAMES
from ui.runner import Task
from ui.tables import THE_REST, Beside, ListView
from ui.theme import GRID, ROW_HEIGHT, Theme
from ui.turning import Turning
from ui.widgets.buttons import button
from ui.widgets.choices import Choice, labels_of
from ui.widgets.fields import Field
from ui.widgets.labels import Note, label
from ui.widgets.layouts import FormColumn, column, scrolled

_WIDTH = 248
_MONTH_WIDTH = 40
_CENTRE_WIDTH = 160
_MOST_CENTRES = 16
_GRID_WIDTH = _CENTRE_WIDTH + 12 * _MONTH_WIDTH
"""Beside the form the whole year has to be in sight."""


class Grid(QTableView):
    """Cells that the arrows go about; Enter goes to what is behind one."""

    def __init__(self, theme: Theme, model: BoardModel, spoken: str, below: ListView) -> None:
        super().__init__()
        self._below = below
        self.setObjectName("board")
        self.setAccessibleName(spoken)
        self.setModel(model)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        heads = self.horizontalHeader()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        heads.setMinimumSectionSize(theme.px(_MONTH_WIDTH))
        names = self.verticalHeader()
        names.setMinimumSectionSize(theme.px(ROW_HEIGHT - 6))
        names.setDefaultSectionSize(theme.px(ROW_HEIGHT - 6))
        names.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        names.setMinimumWidth(theme.px(_CENTRE_WIDTH))

    def show_whole(self) -> None:
        """Be as high as the centres need; many scroll."""
        rows = min(self.model().rowCount(), _MOST_CENTRES) * self.verticalHeader().sectionSize(0)
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + rows + 2 * self.frameWidth())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._below.setFocus()
            self._below.choose(0)
        else:
            super().keyPressEvent(event)


class BoardPage(Page):
    """Choose a year and a section, look at a cell, save the board for a letter."""

    key = "board"
    name = N_("Board")
    icon = "calendar"
    shortcut = "Ctrl+D"
    roles = COORDINATOR
    reloads_on = frozenset({"journal_entries", "merged_rows", "received_packages"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.board: Board | None = None
        self._query: Task | None = None
        self._saving: Task | None = None
        self._make_choices()
        form = self._make_form()
        self._make_lists()
        self._make_grid()
        rest = column(0)
        rest.addWidget(scrolled(self._right()))
        layout = column(0)
        layout.addWidget(Beside(desk.theme, form, _WIDTH, rest, _GRID_WIDTH))
        self.setLayout(layout)
        self.year.currentIndexChanged.connect(lambda: self.reload())
        self.section.currentIndexChanged.connect(self._fold)
        self.as_of.editingFinished.connect(self.reload)

    def _make_choices(self) -> None:
        t, desk = self.t, self.desk
        present = Month.of(desk.clock.today())
        years = [str(year) for year in range(present.year, FIRST_YEAR - 1, -1)]
        self.year = Choice(((year, year) for year in years), str(present.previous.year))
        self.section = Choice(
            [("", t.text("All sections")), *labels_of(t, classifiers().sections)], ""
        )
        self._as_of = AsOfField(desk)
        self.as_of = self._as_of.edit
        self.letter = Choice([(ALL_CENTRES, t.text("All centres"))], ALL_CENTRES)
        self.language = Choice(LANGUAGE_NAMES, t.language)
        self.format = Choice([("pdf", "PDF"), ("xlsx", "Excel")])

    def _make_form(self) -> FormColumn:
        t, theme = self.t, self.desk.theme
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("&Year"), "year", self.year),
                Field(theme, t.text("Se&ction"), "section", self.section),
                self._as_of,
                Field(theme, t.text("For a letter &to"), "letter", self.letter),
                Field(theme, t.text("&Language of the letter"), "language", self.language),
                Field(theme, t.text("&File format"), "format", self.format),
            )
        }
        form = FormColumn(theme, _WIDTH, turning=True)
        for field in self.fields.values():
            form.fields.addWidget(field)
        form.fields.addStretch(1)
        return form

    def _make_lists(self) -> None:
        """What is behind a cell of the board."""
        t, theme = self.t, self.desk.theme
        grey = QColor(theme.colours.quiet)
        self.sections = sections_model(t, grey)
        self.section_table = ListView(
            theme,
            self.sections,
            name="sections",
            spoken=t.text("Sections of the month"),
            widths={COL_SECTION: 232, COL_STATE: 232},
            stretched=COL_REASON,
            wrapped=(COL_SECTION, COL_STATE, COL_REASON),
            personal=(),
        )
        self.section_table.setMinimumHeight(theme.px(3 * ROW_HEIGHT))
        self.section_table.setSizePolicy(*THE_REST)
        self.section_table.selectionModel().currentRowChanged.connect(self._show_why)
        self.why = label("", "grey", wrap=True)
        self.why.setObjectName("why_amended")
        self.packages = cell_packages_model(t, grey)
        self.package_table = ListView(
            theme,
            self.packages,
            name="cell_packages",
            spoken=t.text("Packages of the month"),
            widths={COL_PACKAGE: 104, COL_RECEIVED: 112, COL_STATUS: 160},
            stretched=COL_KIND,
            at_most=2,
            personal=(),
        )
        self.package_table.activated.connect(lambda _: self.open_rows())

    def _make_grid(self) -> None:
        t, theme = self.t, self.desk.theme
        self.model = BoardModel(t, theme)
        self.grid = Grid(theme, self.model, t.text("Centres and months"), self.section_table)
        self.grid.selectionModel().currentChanged.connect(self._show_cell)
        marks = [(SYMBOLS[one], t.text(word)) for one, word in WORDS.items()]
        # A line may end after such a sign, whatever follows, unless a word joiner does.
        marks.append((f"{SYMBOLS[MISSING]}\N{WORD JOINER}3", t.text("3 sections have not come")))
        said = "     ".join(
            f"{one}\N{WORD JOINER} {words}".replace(" ", "\N{NO-BREAK SPACE}")
            for one, words in marks
        )
        self.legend = label(said, "grey", wrap=True)
        self.legend.setObjectName("legend")

    def _right(self) -> QVBoxLayout:
        self.heading = label("", "section", wrap=True)
        self.ask_button = button(self.t.text("&Questions and receipt…"), "link", name="to_receipts")
        self.ask_button.clicked.connect(self.to_receipts)
        head = Turning(GRID)
        head.addWidget(self.heading, 1)
        head.addWidget(self.ask_button)
        self.note = Note(self.desk.theme, "success")
        right = column(GRID)
        right.addWidget(self.note)
        right.addWidget(self.grid)
        right.addWidget(self.legend)
        right.addLayout(head)
        right.addWidget(self.section_table, 1)
        right.addWidget(self.why)
        right.addWidget(self.package_table)
        return right

    def primary(self) -> Primary | None:
        if self.board is None or self._saving is not None:
            return None
        return Primary(self.t.text("Save for the letter…"), self.save, "Ctrl+S")

    def start(self) -> None:
        self.grid.setFocus()

    def typed(self) -> Mapping[str, Any]:
        return {path: value for path, value in super().typed().items() if path != "language"}

    def reload(self) -> None:
        asked = self._asked()
        if asked is None:
            return
        if self._query is not None:
            self._query.cancel()
        period, as_of = asked
        self._query = self.desk.runner.read(
            self,
            lambda job: board(job.session, job.actor, period=period, as_of=as_of),
            self._show,
        )

    def _asked(self) -> tuple[Period, date] | None:
        day = self._as_of.day()
        return None if day is None else (Period.of_year(int(self.year.value)), day)

    def _show(self, found: Board) -> None:
        first = self.board is None
        self.board = found
        names = [(one.centre, one.name[self.t.language]) for one in found.rows]
        self.letter.fill(
            [
                (ALL_CENTRES, self.t.text("All centres")),
                *(one for one in names if one[0] != NATIONAL),
            ]
        )
        self._fold()
        if first and self.isVisible():
            self.start()
        self.retitled.emit()

    def _fold(self) -> None:
        if self.board is None:
            return
        chosen = self.grid.currentIndex()
        place = (chosen.row(), chosen.column()) if chosen.isValid() else (0, 0)
        self.model.show_board(self.board, self.section.value or None)
        self.grid.show_whole()
        self.grid.setCurrentIndex(self.model.index(*place))

    def _show_cell(self) -> None:
        found = self.model.cell(self.grid.currentIndex())
        if found is None:
            return
        centre, cell = found
        t = self.t
        self.heading.setText(
            t.text(
                "{centre}, {month}; due on {day}",
                centre=centre.name[t.language],
                month=t.month(cell.month),
                day=t.date(cell.due_on),
            )
        )
        wanted = self.section.value
        self.sections.set_rows([one for one in cell.sections if wanted in ("", one.section)])
        self.section_table.choose(0)
        self._show_why()
        self.packages.set_rows(cell.packages)
        self.ask_button.setVisible(centre.centre != NATIONAL)

    def _show_why(self) -> None:
        """Say in full why the chosen section was changed after the month was closed."""
        position = self.section_table.chosen
        reasons = () if position is None else self.sections.rows[position].amendments
        said = "; ".join(in_words(self.t, "amendment_reason", one) for one in reasons)
        self.why.setText(self.t.text("Why it was amended: {reason}", reason=said))
        self.why.setVisible(bool(said))

    def to_receipts(self) -> None:
        """Go to the receipt of the chosen cell's centre."""
        found = self.model.cell(self.grid.currentIndex())
        if found is not None:
            self.desk.navigator.go("receipts", centre=found[0].centre)

    def open_rows(self) -> None:
        """Open the rows of the chosen package."""
        position = self.package_table.chosen
        if position is not None:
            one = self.packages.rows[position]
            named = package_name(self.t, one.centre, one.month, one.station_letter, one.sequence)
            self.desk.navigator.open(PackageRowsPage, package_id=one.package_id, named=named)

    # The letter

    def save(self) -> None:
        """Ask for a file, then write the board of the centre chosen, or of all."""
        asked = self._asked()
        if asked is None or self._saving is not None:
            return
        period, as_of = asked
        kind, centre, language = self.format.value, self.letter.value, self.language.value
        dialog = QFileDialog(self, self.t.text("Save for the letter"))
        dialog.setObjectName("save_board")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(f"{kind.upper()} (*.{kind})")
        dialog.setDefaultSuffix(kind)
        dialog.setDirectory(str(remembered_folder(self.desk, "board")))
        dialog.selectFile(f"pravo-board-{centre}-{self.year.value}-{language}.{kind}")

        def chosen(name: str) -> None:
            path = Path(name)
            remember_folder(self.desk, "board", path.parent)
            self._saving = self.desk.runner.read(
                self,
                lambda job: board_file(
                    job.session,
                    job.actor,
                    period=period,
                    as_of=as_of,
                    centre=centre,
                    language=language,
                    format="xlsx" if kind == "xlsx" else "pdf",
                ),
                lambda content: self._made(path, content),
                self._failed,
            )
            self.retitled.emit()

        dialog.fileSelected.connect(chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _made(self, path: Path, content: bytes) -> None:
        self._saving = self.desk.runner.document(
            self,
            lambda progress: write_file(path, content),
            lambda _: self._written(path),
            self._failed,
        )

    def _written(self, path: Path) -> None:
        self._saving = None
        self.note.show_text(self.t.text("Written: {file}", file=str(path)), "success")
        self.retitled.emit()

    def _failed(self, error: Exception) -> None:
        self._saving = None
        self.retitled.emit()
        if isinstance(error, KnownError):
            self.note.show_text(translate_error(self.t, error), "error")
        else:
            self.desk.navigator.show_error(error)
