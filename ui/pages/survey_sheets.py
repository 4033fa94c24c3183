"""Survey sheets entered after an event: each can be corrected or removed."""

from __future__ import annotations

from PySide6.QtGui import QColor

from pravo_desktop.domain.records import SurveySheet
from pravo_desktop.i18n import N_, Translator
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.event_queries import answers_of, event_card, survey_sheets
from pravo_desktop.usecases.events import QUESTIONS, change_survey_sheet
from ui.forms.loaded_form import LoadedForm, NumberEdit
from ui.models.rows import Column, RowsModel
from ui.page import Desk, Page
from ui.removals import on_delete, remove_from_list
from ui.tables import ListView
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.labels import EmptyState, label
from ui.widgets.layouts import column, row

HIGHEST = 5
NumberedSheet = tuple[int, SurveySheet]
"""A sheet and its place in the order of entry, from 1."""


def sheets_model(t: Translator, grey: QColor) -> RowsModel[NumberedSheet]:
    """An empty table of survey sheets: a column for each question."""

    def answer(question: int) -> Column[NumberedSheet]:
        return Column(
            str(question + 1),
            lambda one: str(answers_of(one[1])[question] or "–"),
            lambda one: answers_of(one[1])[question] or 0,
            number=True,
        )

    sheet = Column[NumberedSheet](
        t.text("Sheet"), lambda one: t.number(one[0]), lambda one: one[0], quiet=True
    )
    return RowsModel((sheet, *map(answer, range(QUESTIONS))), grey)


class SheetsPage(Page):
    """The sheets of an event; Enter corrects one, Delete removes it.

    Args:
        event_id: of the event.
    """

    name = N_("Survey sheets entered before")
    reloads_on = frozenset({"survey_sheets"})

    def __init__(self, desk: Desk, event_id: str) -> None:
        super().__init__(desk, event_id=event_id)
        t, theme = self.t, desk.theme
        self._event_id = event_id
        self.topic = label("", "section", wrap=True)
        self.model = sheets_model(t, QColor(theme.colours.quiet))
        self.table = ListView(
            theme,
            self.model,
            name="sheets",
            spoken=t.text("Survey sheets"),
            widths=dict.fromkeys(range(1, QUESTIONS + 1), 96),
            stretched=0,
            personal=(),
        )
        self.table.activated.connect(lambda _: self.change())
        on_delete(self.table, t.text("Remo&ve…"), self.remove)
        self.nothing = EmptyState(theme, "paper", t.text("No survey sheet is entered yet."))
        self._removal = button(t.text("Remo&ve…"), name="remove")
        self._removal.clicked.connect(self.remove)
        below = row(GRID)
        below.addWidget(self._removal)
        below.addStretch(1)
        layout = column(GRID)
        layout.addWidget(self.topic)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.nothing, 1)
        layout.addLayout(below)
        self.setLayout(layout)
        self.nothing.hide()

    def start(self) -> None:
        self.table.setFocus()

    def reload(self) -> None:
        event_id = self._event_id
        self.desk.runner.read(
            self,
            lambda job: (
                event_card(job.session, job.actor, event_id).topic,
                survey_sheets(job.session, job.actor, event_id),
            ),
            lambda found: self._show(*found),
        )

    def _show(self, topic: str, sheets: list[SurveySheet]) -> None:
        kept = self.table.chosen or 0
        self.topic.setText(topic)
        self.model.set_rows(list(enumerate(sheets, 1)))
        self.table.setVisible(bool(sheets))
        self.nothing.setVisible(not sheets)
        self._removal.setEnabled(bool(sheets))
        self.table.choose(min(kept, len(sheets) - 1))

    @property
    def chosen(self) -> SurveySheet | None:
        """The sheet chosen in the list."""
        position = self.table.chosen
        return None if position is None else self.model.rows[position][1]

    def change(self) -> Page:
        """Open the form of the chosen sheet."""
        sheet = self.chosen
        assert sheet is not None
        return self.desk.navigator.open(SheetForm, event_id=self._event_id, sheet_id=sheet.id)

    def remove(self) -> None:
        """Ask, then remove the chosen sheet."""
        if (sheet := self.chosen) is not None:
            remove_from_list(self, "survey_sheets", sheet.id, self.change)


class SheetForm(LoadedForm):
    """Corrects the answers of a survey sheet; an empty field is no answer.

    Args:
        event_id: of its event.
        sheet_id: what to correct.
    """

    name = N_("Survey sheet")

    def __init__(self, desk: Desk, event_id: str, sheet_id: str) -> None:
        super().__init__(desk, event_id=event_id, sheet_id=sheet_id)
        t = self.t
        self._event_id, self._sheet_id = event_id, sheet_id
        self.answers = [NumberEdit(maximum=HIGHEST) for _ in range(QUESTIONS)]
        questions = classifiers().kinds["survey_question"]
        names = ("q_access", "q_recommend", "q_trainer", "q_useful", "q_comfort")
        for name, control, question in zip(names, self.answers, questions.values(), strict=True):
            self.form.fields.addWidget(Field(desk.theme, t.label(question), name, control))
        self.put_removal(t.text("Remo&ve this sheet…"), "survey_sheets", sheet_id)
        self.end_form()

    def start(self) -> None:
        self.answers[0].setFocus()

    def reload(self) -> None:
        event_id = self._event_id
        self.load(lambda job: survey_sheets(job.session, job.actor, event_id), self._put)

    def _put(self, sheets: list[SurveySheet]) -> None:
        for sheet in sheets:
            if sheet.id == self._sheet_id:
                for control, answer in zip(self.answers, answers_of(sheet), strict=True):
                    control.put(answer)
        self.answers[0].selectAll()

    def save(self) -> None:
        sheet_id, reasons = self._sheet_id, self.reasons.given()
        answers = tuple(control.number() for control in self.answers)
        self.submit(
            lambda job: change_survey_sheet(
                job.session, job.actor, sheet_id=sheet_id, answers=answers, confirmed=reasons
            ),
            lambda _: self.leave(self.t.text("The survey sheet is saved.")),
        )
