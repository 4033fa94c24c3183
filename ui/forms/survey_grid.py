"""Survey sheets after an event, typed as a grid with digits alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from pravo_desktop.i18n import N_, Translator
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.event_queries import Answers, EventLine, event_lines, survey_answers
from pravo_desktop.usecases.events import QUESTIONS, add_survey_sheets
from ui.forms.form_page import FormPage
from ui.models.events import (
    COL_ANSWERS,
    COL_MEAN,
    COL_QUESTION,
    EventRow,
    QuestionLine,
    questions_model,
)
from ui.models.rows import Index
from ui.page import Desk
from ui.tables import ListView, dress_table
from ui.theme import GRID, ROW_HEIGHT, Theme
from ui.turning import Turning
from ui.widgets.buttons import button
from ui.widgets.choices import Choice
from ui.widgets.fields import Field
from ui.widgets.labels import Note, label
from ui.widgets.layouts import column

HIGHEST = 5
"""The scale of the answers is from 1 to this."""
Cell = int | None
"""An answer, 0 where there is none on the sheet, None while not typed."""
_ROOT = QModelIndex()


class SurveyModel(QAbstractTableModel):
    """Sheets as rows, questions as columns; the last row waits for the next sheet."""

    def __init__(self, t: Translator) -> None:
        super().__init__()
        self.t = t
        self.rows: list[list[Cell]] = [[None] * QUESTIONS]

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else QUESTIONS

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return str(section + 1)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        value = self.rows[index.row()][index.column()]
        shown = "" if value is None else "–" if value == 0 else str(value)
        if role == Qt.ItemDataRole.DisplayRole:
            return shown
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.t.text(
                "Sheet {sheet}, question {question}: {answer}",
                sheet=index.row() + 1,
                question=index.column() + 1,
                answer=shown,
            )
        return None

    def put(self, sheet: int, question: int, value: Cell) -> None:
        """Write an answer; a row for the next sheet follows the last one."""
        self.rows[sheet][question] = value
        at = self.index(sheet, question)
        self.dataChanged.emit(at, at)
        if value is not None and sheet == len(self.rows) - 1:
            self.beginInsertRows(_ROOT, len(self.rows), len(self.rows))
            self.rows.append([None] * QUESTIONS)
            self.endInsertRows()

    def put_all(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Show these sheets."""
        self.beginResetModel()
        self.rows = [list(one) for one in rows] or [[None] * QUESTIONS]
        self.endResetModel()

    def take_out(self, sheet: int) -> None:
        """Take a sheet out; the waiting row stays."""
        if sheet < len(self.rows) - 1:
            self.beginRemoveRows(_ROOT, sheet, sheet)
            del self.rows[sheet]
            self.endRemoveRows()

    @property
    def typed_sheets(self) -> list[list[Cell]]:
        """Sheets of which something is typed."""
        return [one for one in self.rows if any(value is not None for value in one)]

    @property
    def unfinished(self) -> tuple[int, int] | None:
        """Sheet and question that were passed over."""
        for position, sheet in enumerate(self.rows):
            if None in sheet and any(value is not None for value in sheet):
                return position, sheet.index(None)
        return None


class SurveyGrid(QTableView):
    """Digits 1 to 5 move on by themselves; 0 or Space is no answer, Backspace goes back."""

    changed = Signal()

    def __init__(self, t: Translator, theme: Theme) -> None:
        super().__init__()
        self.sheets = SurveyModel(t)
        self.setModel(self.sheets)
        dress_table(self, theme.px(ROW_HEIGHT))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.verticalHeader().show()
        self.verticalHeader().setFixedWidth(theme.px(48))
        self.horizontalHeader().setMinimumSectionSize(theme.px(40))
        # With large text the questions stand below it.
        self.setMinimumHeight(4 * theme.px(ROW_HEIGHT))
        for question in range(QUESTIONS):
            self.setColumnWidth(question, theme.px(48))
        self.setFixedWidth(theme.px((QUESTIONS + 1) * 48) + 24)
        self.go(0, 0)

    def go(self, sheet: int, question: int) -> None:
        """Put the cursor on a question of a sheet."""
        self.setCurrentIndex(self.sheets.index(sheet, question))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.go(0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            super().keyPressEvent(event)
            return
        at = self.currentIndex()
        place = at.row() * QUESTIONS + at.column()
        text = event.text()
        if text == " " or (text.isdecimal() and int(text) <= HIGHEST):
            self.sheets.put(at.row(), at.column(), int(text.strip() or 0))
            self.go(*divmod(place + 1, QUESTIONS))
            self.changed.emit()
        elif event.key() == Qt.Key.Key_Backspace:
            if place:
                before = divmod(place - 1, QUESTIONS)
                self.sheets.put(*before, None)
                self.go(*before)
                self.changed.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.sheets.take_out(at.row())
            self.go(min(at.row(), len(self.sheets.rows) - 1), 0)
            self.changed.emit()
        elif not text or not text.isprintable():
            super().keyPressEvent(event)


class SurveyForm(FormPage):
    """Types the sheets of an event; all are saved at once.

    Args:
        event_id: the event to begin with.
    """

    name = N_("Survey sheets")
    reloads_on = frozenset({"survey_sheets"})

    def __init__(self, desk: Desk, event_id: str) -> None:
        super().__init__(desk, event_id=event_id)
        t, theme = self.t, desk.theme
        self._wanted = event_id
        self._before = Answers(0, (0,) * QUESTIONS, (0,) * QUESTIONS)
        self.event_choice = Choice(())
        self.event_choice.currentIndexChanged.connect(self._read_answers)
        self.grid = SurveyGrid(t, theme)
        self.grid.changed.connect(self._note_typing)
        self.grid.selectionModel().currentChanged.connect(self._show_question)
        self.questions = questions_model(t, QColor(theme.colours.quiet))
        self.question_list = ListView(
            theme,
            self.questions,
            name="questions",
            spoken=t.text("Questions"),
            widths={COL_MEAN: 88, COL_ANSWERS: 64},
            stretched=COL_QUESTION,
            at_most=QUESTIONS,
            personal=(),
        )
        self.question_list.setSortingEnabled(False)
        self.question_list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.asked = label("", "section", wrap=True)
        self.number = label("", wrap=True)
        self.earlier = button(t.text("Co&rrect sheets entered before…"), "link", name="earlier")
        self.earlier.clicked.connect(self.open_earlier)
        self.note = Note(theme, "warning")
        self._event_field = Field(theme, t.text("&Event"), "event_id", self.event_choice)
        self._event_field.setMaximumWidth(theme.px(720))
        grid_field = Field(theme, t.text("&Answers"), "sheets", self.grid)
        grid_field.setSizePolicy(
            grid_field.sizePolicy().Policy.Fixed, grid_field.sizePolicy().Policy.Expanding
        )
        beside = column(2 * GRID)
        beside.addWidget(self.asked)
        beside.addWidget(self.question_list)
        beside.addWidget(self.number)
        beside.addWidget(self.earlier)
        beside.addWidget(
            label(
                t.text(
                    "Type 1 to 5, the cursor moves on by itself. 0 or Space: no answer. "
                    "Backspace: back. Delete: takes the sheet out."
                ),
                "quiet",
                wrap=True,
            )
        )
        beside.addWidget(self.note)
        beside.addWidget(self.reasons)
        beside.addStretch(1)
        level = Turning(3 * GRID)
        level.addWidget(grid_field)
        level.addLayout(beside, 1)
        around = QWidget()
        layout = column(2 * GRID)
        layout.addWidget(self._event_field)
        layout.addLayout(level, 1)
        around.setLayout(layout)
        page = self.layout()
        assert page is not None
        self.form.hide()
        page.addWidget(around)
        self._count()
        self._show_question()

    def start(self) -> None:
        self.grid.setFocus()

    def reload(self) -> None:
        self._wanted = self.event_choice.value or self._wanted
        self.desk.runner.read(self, lambda job: event_lines(job.session, job.actor), self._offer)

    def _offer(self, lines: list[EventRow]) -> None:
        shown: list[tuple[str | None, str]] = [
            (line.event.id, self._event_text(line.event.held_on, line.event.topic))
            for line in lines
            if isinstance(line, EventLine)
        ]
        self.event_choice.fill(shown, self._wanted)

    def _event_text(self, day: date, topic: str) -> str:
        return f"{self.t.date(day)}  {topic}"

    def _read_answers(self) -> None:
        event_id = self.event_choice.value
        if not event_id:
            return

        def take(answers: Answers) -> None:
            if event_id == self.event_choice.value:
                self._before = answers
                self._count()

        self.desk.runner.read(
            self, lambda job: survey_answers(job.session, job.actor, event_id), take
        )

    def _note_typing(self) -> None:
        self._count()
        typed = self.t.number(len(self.grid.sheets.typed_sheets))
        self.drafting.take_up([(self.t.text("Survey sheets"), typed)] if typed != "0" else [])
        self.drafting.timer.start()

    def _count(self) -> None:
        t, before, sheets = self.t, self._before, self.grid.sheets.typed_sheets
        labels = [t.label(entry) for entry in classifiers().kinds["survey_question"].values()]
        lines = []
        for question, text in enumerate(labels):
            given = [value for sheet in sheets if (value := sheet[question])]
            answers = before.counts[question] + len(given)
            total = before.sums[question] + sum(given)
            mean = total / answers if answers else None
            lines.append(QuestionLine(question + 1, text, mean, answers))
        self.questions.set_rows(lines)
        self.number.setText(
            t.text(
                "New sheets: {new}. Entered before: {before}.",
                new=t.number(len(sheets)),
                before=t.number(before.sheets),
            )
        )
        self.earlier.setVisible(bool(before.sheets))
        self.note.show_text("", "warning")
        self._show_question()

    def open_earlier(self) -> None:
        """Open the list of the sheets entered before."""
        from ui.pages.survey_sheets import SheetsPage

        self.desk.navigator.open(SheetsPage, event_id=self.event_choice.value)

    def _show_question(self) -> None:
        question = max(self.grid.currentIndex().column(), 0)
        self.question_list.choose(question)
        self.asked.setText(self.questions.rows[question].text)

    def save(self) -> None:
        """Save all sheets at once."""
        sheets, event_id = self.grid.sheets.typed_sheets, self.event_choice.value
        if not sheets or not event_id:
            self.note.show_text(self.t.text("Type the first sheet."), "warning")
            self.grid.setFocus()
            return
        if (passed := self.grid.sheets.unfinished) is not None:
            self.note.show_text(
                self.t.text(
                    "Sheet {sheet} has a question without a mark. Type 0 where there is no answer.",
                    sheet=passed[0] + 1,
                ),
                "warning",
            )
            self.grid.go(*passed)
            self.grid.setFocus()
            return
        answers = tuple(tuple(value or None for value in sheet) for sheet in sheets)
        reasons = self.reasons.given()
        self.submit(
            lambda job: add_survey_sheets(
                job.session, job.actor, event_id=event_id, sheets=answers, confirmed=reasons
            ),
            lambda ids: self._saved(len(ids)),
        )

    def _saved(self, number: int) -> None:
        self.desk.navigator.back()
        self.desk.navigator.say(
            self.t.plural("{n} survey sheet is saved.", "{n} survey sheets are saved.", number)
        )

    def typed(self) -> Mapping[str, Any]:
        rows = tuple(tuple(sheet) for sheet in self.grid.sheets.rows)
        return {"event_id": self.event_choice.value or self._wanted, "sheets": rows}

    def retype(self, values: Mapping[str, Any]) -> None:
        self._wanted = values["event_id"]
        self.grid.sheets.put_all(values["sheets"])
        self.grid.go(len(self.grid.sheets.rows) - 1, 0)
        self._count()
