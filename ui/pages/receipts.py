"""Headquarters' receipts: questions to a centre, what its receipt says, signing and saving it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout

from pravo_desktop.domain.fields import travelling_columns
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import N_
from pravo_desktop.messages import message, translate_error
from pravo_desktop.usecases.actor import COORDINATOR
from pravo_desktop.usecases.centre_questions import (
    OPEN,
    CentreQuestion,
    FoundRecord,
    ask_centre,
    centre_questions,
    records_by_code,
    withdraw_question,
)
from pravo_desktop.usecases.file_writing import check_room
from pravo_desktop.usecases.receipts import (
    MadeReceipt,
    ReceiptOutline,
    made_receipts,
    make_receipt,
    receipt_centres,
    receipt_outline,
    write_receipt_copy,
)
from ui.drafted import DraftedPage
from ui.folders import remember_folder, remembered_folder, show_folder
from ui.models.receipts import (
    COL_ANSWER,
    COL_CENTRE,
    COL_CODE,
    COL_FILE,
    COL_MADE,
    COL_MONTH,
    COL_NO,
    COL_SEQUENCE,
    COL_STATE,
    COL_STATUS,
    COL_WHY,
    FIELDS,
    answer_text,
    made_model,
    questions_model,
    told_model,
)
from ui.models.receipts import COL_ASKED as COL_QUESTION
from ui.models.record_fields import RECORDS
from ui.page import Desk, Difference, Primary
from ui.pages.return_rows import ReturnRows
from ui.runner import Job, Task
from ui.tables import THE_REST, Beside, ListView
from ui.theme import GRID, ROW_HEIGHT
from ui.widgets.buttons import button
from ui.widgets.choices import Choice
from ui.widgets.fields import Field, TextArea
from ui.widgets.labels import Note, label
from ui.widgets.layouts import FormColumn, column, row, scrolled

_WIDTH = 256
_LISTS_WIDTH = 520
"""The lists beside the form are not narrower, at 100 %."""


class ReceiptsPage(DraftedPage):
    """Choose a centre, ask about rows, look at the receipt, sign and save it.

    A question that is not added yet is kept as a draft.
    """

    key = "receipts"
    name = N_("Receipts")
    icon = "paper"
    shortcut = "Ctrl+R"
    roles = COORDINATOR
    reloads_on = frozenset(
        {"journal_entries", "merged_rows", "received_packages", "receipts", "centre_questions"}
        | {"plan_targets", "regions", "courts", "centres", "deadlines", "category_rules"}
    )

    def __init__(self, desk: Desk, centre: str = "") -> None:
        super().__init__(desk)
        self.outline: ReceiptOutline | None = None
        self._found: FoundRecord | None = None
        self._saving: Task | None = None
        self._folder = Path()
        form = self._make_form()
        self._make_outline()
        self._make_questions()
        self._make_made()
        self.returning = ReturnRows(desk, lambda: self.centre.value)
        rest = column(0)
        rest.addWidget(scrolled(self._right()))
        layout = column(0)
        layout.addWidget(Beside(desk.theme, form, _WIDTH, rest, _LISTS_WIDTH))
        self.setLayout(layout)
        self._wanted, self._wanted_field = centre, ""
        self.centre.currentIndexChanged.connect(lambda: self.reload())
        self.code.editingFinished.connect(self.look_up)
        self._settle()

    def _make_form(self) -> FormColumn:
        """The question that is about to be added."""
        t, theme = self.t, self.desk.theme
        self.centre = Choice([])
        self.code = QLineEdit()
        self.code.setMaxLength(20)
        self.about = label("", "quiet", wrap=True)
        self.field = Choice([("", t.text("The record as a whole"))])
        self.question_kk = TextArea(theme, 3)
        self.question_ru = TextArea(theme, 3)
        self.fields = {
            one.name: one
            for one in (
                Field(theme, t.text("&Centre"), "centre", self.centre),
                Field(
                    theme,
                    t.text("&Row code"),
                    "code",
                    self.code,
                    t.text("Ten digits and letters; they stand beside each row of a figure."),
                ),
                Field(theme, t.text("&Field"), "field", self.field),
                Field(theme, t.text("Question in &Kazakh"), "question_kk", self.question_kk),
                Field(theme, t.text("Question in R&ussian"), "question_ru", self.question_ru),
            )
        }
        self.ask_button = button(t.text("&Add the question"), name="ask_centre")
        self.ask_button.clicked.connect(self.ask)
        form = FormColumn(theme, _WIDTH, turning=True)
        for one in self.fields.values():
            form.fields.addWidget(one)
            if one.name == "field":
                form.fields.addWidget(self.about)
        form.fields.addWidget(self.ask_button)
        form.fields.addStretch(1)
        return form

    def _make_outline(self) -> None:
        """What the receipt says, and where the last one was saved."""
        t, theme = self.t, self.desk.theme
        self.heading = label("", "section", wrap=True)
        self.content = label("", "grey", wrap=True)
        self.note = Note(theme, "success")
        self.show_button = button(t.text("Open the folder"), "link", name="open_folder")
        self.show_button.clicked.connect(lambda: show_folder(self._folder))
        self.show_button.hide()
        self.told = told_model(t, QColor(theme.colours.quiet))
        self.told_table = ListView(
            theme,
            self.told,
            name="told",
            spoken=t.text("What the receipt says of packages"),
            widths={COL_MONTH: 176, COL_SEQUENCE: 48, COL_STATUS: 128},
            stretched=COL_WHY,
            personal=(),
        )
        self.told_table.setMinimumHeight(theme.px(4 * ROW_HEIGHT))
        self.told_table.setSizePolicy(*THE_REST)

    def _make_questions(self) -> None:
        t, theme = self.t, self.desk.theme
        self.questions = questions_model(t, QColor(theme.colours.quiet))
        self.question_table = ListView(
            theme,
            self.questions,
            name="questions",
            spoken=t.text("Questions to the centre"),
            widths={COL_CODE: 112, COL_STATE: 160, COL_ANSWER: 208},
            stretched=COL_QUESTION,
            personal=(),
        )
        self.question_table.setMinimumHeight(theme.px(4 * ROW_HEIGHT))
        self.question_table.setSizePolicy(*THE_REST)
        self.question_table.selectionModel().currentRowChanged.connect(self._settle)
        self.answer = label("", "grey", wrap=True)
        self.answer.setObjectName("answer")
        self.withdraw_button = button(t.text("&Withdraw this question"), name="withdraw")
        self.withdraw_button.clicked.connect(self.withdraw)

    def _make_made(self) -> None:
        t, theme = self.t, self.desk.theme
        self.made = made_model(t, QColor(theme.colours.quiet))
        self.made_table = ListView(
            theme,
            self.made,
            name="made_receipts",
            spoken=t.text("Receipts made here"),
            widths={COL_CENTRE: 104, COL_NO: 48, COL_MADE: 136},
            stretched=COL_FILE,
            at_most=3,
            personal=(),
        )
        self.made_table.selectionModel().currentRowChanged.connect(self._settle)
        self.again_button = button(t.text("W&rite again…"), name="write_again")
        self.again_button.clicked.connect(self.write_again)

    def _right(self) -> QVBoxLayout:
        t = self.t
        result = row(GRID)
        result.addWidget(self.note, 1)
        result.addWidget(self.show_button)
        asked = row(GRID)
        asked.addWidget(label(t.text("Questions to the centre"), "section", wrap=True), 1)
        asked.addWidget(self.withdraw_button)
        before = row(GRID)
        before.addWidget(label(t.text("Receipts made here"), "section", wrap=True), 1)
        before.addWidget(self.again_button)
        right = column(GRID)
        right.addLayout(result)
        right.addWidget(self.heading)
        right.addWidget(self.content)
        right.addWidget(self.told_table, 2)
        right.addLayout(asked)
        right.addWidget(self.question_table, 1)
        right.addWidget(self.answer)
        right.addLayout(before)
        right.addWidget(self.made_table)
        right.addWidget(self.returning)
        return right

    def primary(self) -> Primary | None:
        if self.outline is None or self._saving is not None:
            return None
        return Primary(self.t.text("Sign and save…"), self.save, "Ctrl+S")

    def start(self) -> None:
        self.centre.setFocus()

    def unsaved(self) -> Sequence[Difference]:
        written = any(one.toPlainText().strip() for one in (self.question_kk, self.question_ru))
        return super().unsaved() if written else ()

    def retype(self, values: Mapping[str, Any]) -> None:
        self._wanted = str(values.get("centre") or "")
        self._wanted_field = str(values.get("field") or "")
        super().retype(values)
        self.reload()

    def receive(self, **arguments: Any) -> None:
        self._wanted = str(arguments.get("centre", ""))
        self.code.setText(str(arguments.get("code", "")))
        self.reload()

    def reload(self) -> None:
        wanted = self._wanted or self.centre.value

        def read(job: Job) -> tuple[Any, ...]:
            session, actor = job.session, job.actor
            names = receipt_centres(session, actor)
            centre = wanted if wanted in names else next(iter(names))
            return (
                names,
                receipt_outline(session, actor, centre=centre),
                centre_questions(session, actor, centre=centre),
                made_receipts(session, actor),
            )

        self.desk.runner.read(self, read, lambda found: self._show(*found))

    def _show(
        self,
        names: Mapping[str, Mapping[str, str]],
        outline: ReceiptOutline,
        questions: list[CentreQuestion],
        made: list[MadeReceipt],
    ) -> None:
        t = self.t
        self._wanted = ""
        self.outline = outline
        self.centre.blockSignals(True)
        self.centre.fill([(key, name[t.language]) for key, name in names.items()], outline.centre)
        self.centre.blockSignals(False)
        self.heading.setText(
            t.text(
                "Receipt No. {number}: {centre}",
                number=outline.number,
                centre=names[outline.centre][t.language],
            )
        )
        last = (
            t.moment(datetime.fromisoformat(outline.last_made_at)) if outline.last_made_at else "–"
        )
        self.content.setText(
            t.text(
                "Packages: {packages} · rows to complete: {questions} · plan: {plan} · deadlines, "
                "lists, category rule, certificate. The one before: {last}",
                packages=t.number(len(outline.packages)),
                questions=t.number(len(outline.questions)),
                plan=t.number(outline.plan),
                last=last,
            )
        )
        self.told.set_rows(outline.packages)
        self.questions.set_rows(questions)
        self.question_table.setColumnHidden(COL_ANSWER, not any(one.answer for one in questions))
        self.question_table.stretch()
        self.question_table.choose(min(self.question_table.chosen or 0, len(questions) - 1))
        self.made.set_rows(made)
        if self.code.text().strip() and self._found is None:
            self.look_up()
        self._settle()
        self.retitled.emit()

    def _settle(self) -> None:
        question = self._chosen_question
        self.withdraw_button.setEnabled(question is not None and question.status == OPEN)
        said = answer_text(self.t, question) if question is not None else ""
        self.answer.setText(self.t.text("Answer of the centre: {words}", words=said))
        self.answer.setVisible(bool(said))
        self.again_button.setEnabled(self.made_table.chosen is not None and self._saving is None)
        self.ask_button.setEnabled(self._found is not None)

    @property
    def _chosen_question(self) -> CentreQuestion | None:
        position = self.question_table.chosen
        return None if position is None else self.questions.rows[position]

    # Questions

    def look_up(self) -> None:
        """Find the record of the code that was typed."""
        code, centre = self.code.text().strip(), self.centre.value
        self._found = None
        self.about.setText("")
        self.fields["code"].clear_finding()
        if code:
            self.desk.runner.read(
                self,
                lambda job: records_by_code(job.session, job.actor, centre=centre, code=code),
                self._show_record,
            )
        self._settle()

    def _show_record(self, found: list[FoundRecord]) -> None:
        if not found:
            self.fields["code"].show_finding(
                self.t.text("The centre sent no row with this code. Check it.")
            )
            return
        self._found = found[0]
        self.field.fill(
            [
                ("", self.t.text("The record as a whole")),
                *(
                    (name, self.t.text(FIELDS[name]))
                    for name in travelling_columns(found[0].table)
                    if name in FIELDS
                ),
            ],
            self._wanted_field or None,
        )
        self._wanted_field = ""
        self.about.setText(self.t.text("Found: {table}", table=self._named(found[0].table)))
        self._settle()

    def _named(self, table: str) -> str:
        return self.t.text(RECORDS[table]) if table in RECORDS else table

    def ask(self) -> None:
        """Add the question; it goes with the next receipt."""
        found, centre = self._found, self.centre.value
        if found is None:
            return
        for one in self.fields.values():
            one.clear_finding()
        kk, ru = self.question_kk.toPlainText(), self.question_ru.toPlainText()
        field = self.field.value or None
        forget = self.drafting.forgetting()

        def work(job: Job) -> None:
            ask_centre(
                job.session,
                job.actor,
                centre=centre,
                table=found.table,
                record_id=found.record_id,
                field=field,
                question_kk=kk,
                question_ru=ru,
            )
            forget(job)

        self.desk.runner.write(self, work, lambda _: self._asked(), self._refused)

    def _asked(self) -> None:
        self.drafting.start_anew()
        self._found = None
        self.code.clear()
        self.about.setText("")
        self.question_kk.clear()
        self.question_ru.clear()
        self.desk.navigator.say(self.t.text("The question goes with the next receipt."))
        self._settle()
        self.code.setFocus()

    def _refused(self, error: Exception) -> None:
        self.keep()
        field = str(error.params.get("field", "")) if isinstance(error, KnownError) else ""
        if isinstance(error, KnownError) and field in self.fields:
            self.fields[field].show_finding(message(self.t, error.code, error.params))
        else:
            self._failed(error)

    def withdraw(self) -> None:
        """Take the chosen question back."""
        chosen = self._chosen_question
        if chosen is not None:
            self.desk.runner.write(
                self,
                lambda job: withdraw_question(
                    job.session, job.actor, question_id=chosen.question_id
                ),
                lambda _: None,
            )

    # Signing and saving

    def save(self) -> None:
        """Ask for a folder, then sign the receipt and write it there."""
        if self.outline is None:
            return
        centre = self.outline.centre

        def work(job: Job, folder: Path) -> Path:
            check_room(folder)
            key = job.workplace.signing_key(job.session)
            made = make_receipt(
                job.session, job.actor, key=key, centre=centre, progress=job.progress
            )
            return write_receipt_copy(
                job.session, job.actor, centre=centre, number=made.number, target=folder
            )

        self._write(work)

    def write_again(self) -> None:
        """Write a receipt made before once more, byte for byte."""
        position = self.made_table.chosen
        if position is None:
            return
        made = self.made.rows[position]
        self._write(
            lambda job, folder: write_receipt_copy(
                job.session, job.actor, centre=made.centre, number=made.number, target=folder
            )
        )

    def _write(self, work: Callable[[Job, Path], Path]) -> None:
        if self._saving is not None:
            return
        dialog = QFileDialog(self, self.t.text("Where to write the receipt"))
        dialog.setObjectName("choose_folder")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setDirectory(str(remembered_folder(self.desk, "receipts")))

        def chosen(name: str) -> None:
            folder = self._folder = Path(name)
            remember_folder(self.desk, "receipts", folder)
            self.note.show_text("")
            self.show_button.hide()
            self._saving = self.desk.runner.write(
                self, lambda job: work(job, folder), self._written, self._failed
            )
            self.retitled.emit()

        dialog.fileSelected.connect(chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _written(self, path: Path) -> None:
        self._saving = None
        self.note.show_text(
            self.t.text("Receipt written: {file}. Send it to the centre.", file=str(path)),
            "success",
        )
        self.show_button.show()
        self._settle()
        self.retitled.emit()

    def _failed(self, error: Exception) -> None:
        self._saving = None
        self._settle()
        self.retitled.emit()
        if isinstance(error, KnownError):
            self.note.show_text(translate_error(self.t, error), "error")
        else:
            self.desk.navigator.show_error(error)
