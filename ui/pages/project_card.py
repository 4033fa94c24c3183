"""Project cards and their stages: a part of the page of headquarters' own records."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from pravo_desktop.domain.records import Project, Stage
from pravo_desktop.usecases.project import ProjectCard, begin_next_year
from ui.models.own_records import projects_model, stages_model
from ui.page import Desk
from ui.pages.record_list import RecordList
from ui.theme import GRID
from ui.widgets.layouts import column

_CARDS_SHOWN, _STAGES_SHOWN = 5, 6


class CardTab(QWidget):
    """The card of each project year and, below, the stages of the chosen one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.t = desk, desk.t
        self.cards: Sequence[ProjectCard] = ()
        t, grey = self.t, QColor(desk.theme.colours.quiet)
        words = t.text("The card of each project year: the grant, the contract, the dates.")
        self.projects: RecordList[Project] = RecordList(
            desk,
            projects_model(t, grey),
            name="projects",
            spoken=t.text("Project cards"),
            widths={1: 104, 2: 96, 3: 96, 4: 128},
            empty=("folder", words, t.text("New project card")),
            add=self.add_project,
            opens=self._open_project,
            headed=True,
            at_most=_CARDS_SHOWN,
        )
        self.next_year = self.projects.add_action(
            t.text("Card of the &next year"), "next_year", self.begin_next_year
        )
        self.stages: RecordList[Stage] = RecordList(
            desk,
            stages_model(t, grey),
            name="stages",
            spoken=t.text("Stages"),
            widths={1: 80, 2: 120, 3: 120},
            empty=("folder", t.text("The chosen project has no stages yet."), ""),
            add=self.add_stage,
            opens=self._open_stage,
            headed=True,
            at_most=_STAGES_SHOWN,
        )
        self.new_stage = self.stages.add_action(t.text("New &stage…"), "new_stage", self.add_stage)
        self.projects.table.selectionModel().currentChanged.connect(self._show_stages)
        layout = column(GRID)
        layout.addWidget(self.projects)
        layout.addWidget(self.stages)
        layout.addStretch(1)
        self.setLayout(layout)

    def show_cards(self, cards: Sequence[ProjectCard]) -> None:
        """Show these, the newest year first."""
        self.cards = cards
        self.projects.show_rows([card.project for card in cards])
        self._show_stages()

    def _show_stages(self) -> None:
        chosen = self.projects.chosen
        stages = next((one.stages for one in self.cards if one.project == chosen), ())
        self.stages.show_rows(stages)
        self.new_stage.setEnabled(chosen is not None)
        self.next_year.setEnabled(chosen is not None)

    def add_project(self) -> None:
        """Open the form of a new project card."""
        from ui.forms.project_forms import ProjectForm

        self.desk.navigator.open(ProjectForm)

    def _open_project(self, one: Project) -> None:
        from ui.forms.project_forms import ProjectForm

        self.desk.navigator.open(ProjectForm, project_id=one.id)

    def begin_next_year(self) -> None:
        """Make the card of the year after the newest one."""
        if not self.cards:
            return
        newest = self.cards[0].project.id
        self.desk.runner.write(
            self,
            lambda job: begin_next_year(job.session, job.actor, project_id=newest),
            self._next_year_made,
        )

    def _next_year_made(self, project_id: str) -> None:
        from ui.forms.project_forms import ProjectForm

        t = self.t
        self.desk.navigator.say(
            t.text("The card of the next year is made, its dates a year later."),
            t.text("Open it"),
            lambda: self.desk.navigator.open(ProjectForm, project_id=project_id),
        )

    def add_stage(self) -> None:
        """Open the form of a new stage of the chosen project."""
        from ui.forms.project_forms import StageForm

        if (project := self.projects.chosen) is not None:
            self.desk.navigator.open(StageForm, project_id=project.id)

    def _open_stage(self, one: Stage) -> None:
        from ui.forms.project_forms import StageForm

        self.desk.navigator.open(StageForm, project_id=one.project_id, stage_id=one.id)
