"""How far everybody is with the month: who says it is complete, and the records to complete."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from pravo_desktop.domain.periods import Month
from pravo_desktop.i18n import N_, Translator
from pravo_desktop.messages import message
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.actor import CENTRE, LEAD
from pravo_desktop.usecases.completion import CompletionLine, completion
from pravo_desktop.usecases.questions import (
    ToComplete,
    records_to_complete,
    return_record,
)
from ui.forms.form_page import FormPage
from ui.models.rows import Column, RowsModel
from ui.models.today import couple
from ui.page import Desk, Page, Primary
from ui.pages.answering import say_right
from ui.pages.completing import go_to_record
from ui.runner import Job
from ui.tables import ListView
from ui.theme import GRID, HALF
from ui.widgets.buttons import button
from ui.widgets.fields import Field, TextArea
from ui.widgets.labels import EmptyState, label
from ui.widgets.layouts import column, row

COL_NUMBER, COL_TITLE, COL_WHAT = range(3)

PROGRESS_TABLES = frozenset({"completed_months", "questions", "accounts", "drafts"})
"""What `MonthProgress` shows changes with these."""


class PersonLine(QWidget):
    """One specialist: complete since when, or still at work, and how many drafts."""

    def __init__(self, desk: Desk, line: CompletionLine) -> None:
        super().__init__()
        t, theme = desk.t, desk.theme
        done = line.complete_at is not None
        name = "check" if done else "warning"
        colour = theme.colours.success if done else theme.colours.warning
        picture = QLabel()
        picture.setFixedWidth(theme.px(24))
        picture.setPixmap(theme.icon(name, colour).pixmap(theme.px(18), theme.px(18)))
        told = [_state_text(t, line)]
        if line.drafts:
            told.append(t.plural("{n} draft", "{n} drafts", line.drafts))
        if line.profession:
            told.insert(0, t.label(classifiers().kinds["profession"][line.profession]))
        self.told = label(" · ".join(told), "quiet", wrap=True)
        self.name = label(line.name, wrap=True)
        words = column(0)
        words.addWidget(self.name)
        words.addWidget(self.told)
        layout = row(GRID)
        layout.addWidget(picture)
        layout.addLayout(words, 1)
        self.setLayout(layout)


def _state_text(t: Translator, line: CompletionLine) -> str:
    if line.complete_at is None:
        return t.text("still at work on the month")
    moment = t.moment(datetime.fromisoformat(line.complete_at))
    return t.text("complete since {moment}", moment=moment)


class MonthProgress(QWidget):
    """The part of the closing page that tells who has not finished; at a centre, for its lead."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.t = desk, desk.t
        self.lines: list[PersonLine] = []
        self._people = column(HALF)
        self.to_complete = button("", "link", name="to_complete")
        self.to_complete.clicked.connect(lambda: desk.navigator.open(ToCompletePage))
        layout = column(GRID)
        layout.addWidget(label(self.t.text("Who has finished"), "section"))
        layout.addLayout(self._people)
        layout.addWidget(self.to_complete)
        self.setLayout(layout)
        self.hide()

    def show_month(self, month: Month, *, closed: bool) -> None:
        """Show how far everybody is with a month; nothing of a closed one, nor at headquarters."""
        if closed or not self.desk.actor.roles & LEAD:
            self.hide()
            return
        self.desk.runner.read(
            self,
            lambda job: (
                completion(job.session, job.actor, month=str(month)),
                len(records_to_complete(job.session, job.actor)),
            ),
            lambda found: self._show(*found),
        )

    def _show(self, people: list[CompletionLine], waiting: int) -> None:
        t = self.t
        while (item := self._people.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        self.lines = [PersonLine(self.desk, line) for line in people]
        for one in self.lines:
            self._people.addWidget(one)
        if not self.lines:
            self._people.addWidget(
                label(t.text("Nobody but you has an account here yet."), "grey", wrap=True)
            )
        self.to_complete.setText(
            t.plural("{n} record to complete", "{n} records to complete", waiting)
            if waiting
            else t.text("Records to complete: none")
        )
        self.show()


def what_text(t: Translator, one: ToComplete) -> str:
    """What a record waits for: the question, or the unknown field."""
    return one.question(t.language) if one.code == "question" else message(t, one.code)


class ToCompleteList(QWidget):
    """Records that wait: Enter opens each at the field that waits.

    Args:
        desk: of the page it is part of.
    """

    chosen_changed = Signal()

    def __init__(self, desk: Desk, nothing: str) -> None:
        super().__init__()
        self.desk = desk
        t, theme = desk.t, desk.theme
        self.model: RowsModel[ToComplete] = RowsModel(
            (
                Column(t.text("Case"), lambda one: one.number, quiet=True),
                Column(t.text("Couple"), lambda one: couple(t, one.title) if one.number else ""),
                Column(t.text("What to complete"), lambda one: what_text(t, one)),
            ),
            QColor(theme.colours.quiet),
        )
        self.table = ListView(
            theme,
            self.model,
            name="to_complete",
            spoken=t.text("Records to complete"),
            widths={COL_NUMBER: 160, COL_TITLE: 216},
            stretched=COL_WHAT,
        )
        self.table.activated.connect(self._open)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self.chosen_changed.emit())
        self.nothing = EmptyState(theme, "check", nothing)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(self.table)
        layout = column(0)
        layout.addWidget(self._stack)
        self.setLayout(layout)

    @property
    def chosen(self) -> ToComplete | None:
        """The record chosen in the list."""
        position = self.table.chosen
        return None if position is None else self.model.rows[position]

    def set_rows(self, rows: Sequence[ToComplete]) -> None:
        """Show these; what was chosen stays chosen by its place."""
        kept = self.table.chosen or 0
        self.model.set_rows(rows)
        self._stack.setCurrentIndex(1 if rows else 0)
        self.table.choose(min(kept, len(rows) - 1))
        self.chosen_changed.emit()

    def _open(self, _: QModelIndex) -> None:
        one = self.chosen
        if one is not None:
            go_to_record(self.desk, one)


class ToCompletePage(Page):
    """The lead's list of records to complete; each can be returned with a question."""

    name = N_("To complete")
    roles = CENTRE
    reloads_on = frozenset({"questions", "participants", "consents", "claims", "consultations"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t = self.t
        self.list = ToCompleteList(desk, t.text("Every record is complete."))
        self.list.chosen_changed.connect(self._settle)
        self.take_back = button(t.text("Take the &question back"), name="take_back")
        self.take_back.clicked.connect(self.take_question_back)
        self.right_button = button(t.text("It is ri&ght as it is"), name="answer")
        self.right_button.clicked.connect(self.take_question_back)
        self.told = label(
            t.text("Enter opens the record. A question goes to whoever entered it."),
            "quiet",
            wrap=True,
        )
        below = row(GRID)
        below.addWidget(self.told, 1)
        below.addWidget(self.take_back)
        below.addWidget(self.right_button)
        layout = column(GRID)
        layout.addWidget(self.list, 1)
        layout.addLayout(below)
        self.setLayout(layout)
        self._settle()

    def primary(self) -> Primary | None:
        one = self.list.chosen
        if one is None or one.question_id:
            return None
        return Primary(self.t.text("Return with a question…"), self.ask_question, "Ctrl+Return")

    def start(self) -> None:
        self.list.table.setFocus()

    def reload(self) -> None:
        self.desk.runner.read(
            self, lambda job: records_to_complete(job.session, job.actor), self.list.set_rows
        )

    def _settle(self) -> None:
        one = self.list.chosen
        asks = one.origin if one and one.question_id else ""
        self.take_back.setVisible(asks == "lead")
        self.right_button.setVisible(asks == "headquarters")
        self.told.setVisible(one is not None)
        self.retitled.emit()

    def ask_question(self) -> None:
        """Open the form of a question about the chosen record."""
        one = self.list.chosen
        if one is not None and not one.question_id:
            self.desk.navigator.open(
                QuestionForm,
                table=one.table,
                record_id=one.record_id,
                about=" · ".join(filter(None, (one.number, one.title))),
                hint=what_text(self.t, one),
            )

    def take_question_back(self) -> None:
        """The question needs no answer any more; one of headquarters is answered with words."""
        one = self.list.chosen
        if one is not None:
            say_right(self, self.desk, one)


class QuestionForm(FormPage):
    """A question about a record; it comes to whoever entered it.

    Args:
        table, record_id: of the record.
        about: its case, to be seen above the question.
        hint: what is unknown, the beginning of the question.
    """

    name = N_("Return with a question")

    def __init__(self, desk: Desk, table: str, record_id: str, about: str, hint: str) -> None:
        super().__init__(desk, table=table, record_id=record_id, about=about, hint=hint)
        self._table, self._record_id = table, record_id
        self.text = TextArea(desk.theme, 4)
        self.text.setPlainText(hint)
        self.field = Field(
            desk.theme,
            self.t.text("&Question"),
            "text",
            self.text,
            self.t.text("Ask what is to be completed. The colleague sees it with the record."),
        )
        self.form.fields.addWidget(label(about, "section", wrap=True))
        self.form.fields.addWidget(self.field)
        self.end_form()

    def primary(self) -> Primary:
        return Primary(self.t.text("Return the record"), self.save, "Ctrl+Return")

    def start(self) -> None:
        self.text.setFocus()
        self.text.selectAll()

    def save(self) -> None:
        table, record_id, text = self._table, self._record_id, self.text.toPlainText()

        def send(job: Job) -> str:
            return return_record(
                job.session, job.actor, table=table, record_id=record_id, text=text
            )

        self.submit(send, lambda _: self._sent())

    def _sent(self) -> None:
        self.desk.navigator.back()
        self.desk.navigator.say(self.t.text("The record is returned with your question."))
