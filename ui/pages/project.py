"""Headquarters' own records: the card, deadlines, registers, plan, rule, earlier years."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from pravo_desktop.domain.records import (
    Centre,
    Court,
    Deadline,
    PlanTarget,
    Proposal,
    Region,
    StatedTotal,
)
from pravo_desktop.i18n import N_
from pravo_desktop.usecases.actor import COORDINATOR
from pravo_desktop.usecases.deadlines import deadlines
from pravo_desktop.usecases.own_package import PendingChanges, pending_changes
from pravo_desktop.usecases.project import ProjectCard, project_cards, proposals
from pravo_desktop.usecases.registers import RegisterCards, plan_targets, register_cards
from pravo_desktop.usecases.stated_totals import stated_totals
from ui.models.own_records import (
    StatedLine,
    centres_model,
    courts_model,
    deadlines_model,
    plan_model,
    proposals_model,
    region_names,
    regions_model,
    stated_model,
)
from ui.page import Desk, Page, Primary
from ui.pages.own_changes import OwnChanges
from ui.pages.project_card import CardTab
from ui.pages.record_list import RecordList
from ui.pages.rule_tab import RuleTab
from ui.runner import Job
from ui.theme import GRID
from ui.widgets.layouts import column, in_sight

_REGIONS_SHOWN = 6


@dataclass(frozen=True)
class _Found:
    """All that the page shows."""

    pending: PendingChanges
    cards: list[ProjectCard]
    deadlines: list[Deadline]
    registers: RegisterCards
    plan: list[PlanTarget]
    stated: list[StatedTotal]
    proposals: list[Proposal]


def _find(job: Job) -> _Found:
    return _Found(
        pending_changes(job.session, job.actor),
        project_cards(job.session, job.actor),
        deadlines(job.session, job.actor),
        register_cards(job.session, job.actor),
        plan_targets(job.session, job.actor),
        stated_totals(job.session, job.actor),
        proposals(job.session, job.actor),
    )


@dataclass(frozen=True)
class _Tab:
    """One tab: what its primary action is called and does, and where the keyboard goes."""

    widget: QWidget
    action: str
    add: Callable[[], object]
    start: Callable[[], object]


class ProjectPage(Page):
    """Tabs with a list each; Ctrl+N adds, Enter opens, one action puts all into the report."""

    key = "project"
    name = N_("Project")
    icon = "folder"
    shortcut = "Ctrl+7"
    roles = COORDINATOR
    reloads_on = frozenset(
        {"projects", "stages", "deadlines", "category_rules", "regions", "courts", "centres"}
        | {"plan_targets", "stated_totals", "proposals", "packages", "merged_rows"}
        | {"events", "publications", "printed_materials", "hand_outs", "videos"}
        | {"staff_members", "vacancies", "survey_sheets", "monthly_notes", "section_states"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._names: dict[str, str] = {}
        self._grey = QColor(desk.theme.colours.quiet)
        t = self.t
        self.changes = OwnChanges(desk)
        self.tabs = QTabBar()
        self.tabs.setObjectName("tabs")
        self.tabs.setAccessibleName(t.text("Parts of the project"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self._stack = QStackedWidget()
        self._made: list[_Tab] = []
        self.card = CardTab(desk)
        self._put_tab(
            t.text("Card"),
            _Tab(
                in_sight(self.card),
                t.text("New project card"),
                self.card.add_project,
                self._start_card,
            ),
        )
        self._build_deadlines()
        self._build_centres()
        self._build_regions()
        self._build_plan()
        self.rule = RuleTab(desk)
        self._put_tab(
            t.text("Category rule"),
            _Tab(self.rule, t.text("Rule of a new year"), self.rule.copy, self.rule.start),
        )
        self._build_stated()
        self._build_proposals()
        self.tabs.currentChanged.connect(self._turn)
        layout = column(2 * GRID)
        layout.addWidget(self.changes)
        layout.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._stack, 1)
        self.setLayout(layout)

    def primary(self) -> Primary:
        tab = self._made[self._stack.currentIndex()]
        return Primary(tab.action, tab.add, "Ctrl+N")

    def start(self) -> None:
        self._made[self._stack.currentIndex()].start()

    def typed(self) -> Mapping[str, Any]:
        return {**super().typed(), "tab": self.tabs.currentIndex()}

    def retype(self, values: Mapping[str, Any]) -> None:
        super().retype(values)
        self.tabs.setCurrentIndex(int(values.get("tab") or 0))

    def _turn(self, position: int) -> None:
        self._stack.setCurrentIndex(position)
        self.retitled.emit()

    def _put_tab(self, text: str, tab: _Tab) -> None:
        self.tabs.addTab(text)
        self._stack.addWidget(tab.widget)
        self._made.append(tab)

    # --- The tabs -------------------------------------------------------------------

    def _start_card(self) -> None:
        (self.card.projects.table if self.card.cards else self.tabs).setFocus()

    def _build_deadlines(self) -> None:
        t = self.t
        words = t.text(
            "Dates of single months are listed here; the other months follow the project card."
        )
        self.deadlines: RecordList[Deadline] = RecordList(
            self.desk,
            deadlines_model(t, self._grey),
            name="deadlines",
            spoken=t.text("Deadlines"),
            widths={1: 200},
            empty=("calendar", words, t.text("New deadline")),
            add=self.add_deadline,
            opens=self._open_deadline,
        )
        self._put_list(
            t.text("Deadlines"), self.deadlines, t.text("New deadline"), self.add_deadline
        )

    def _build_centres(self) -> None:
        t = self.t
        self.centres: RecordList[Centre] = RecordList(
            self.desk,
            centres_model(t, self._grey, self._names, self.desk.clock.today),
            name="centres",
            spoken=t.text("Centres"),
            widths={1: 196, 2: 96, 3: 96, 4: 80},
            wrapped=(0, 1),
            empty=("people", t.text("The centres are listed here."), t.text("New centre")),
            add=self.add_centre,
            opens=self._open_centre,
        )
        self._put_list(t.text("Centres"), self.centres, t.text("New centre"), self.add_centre)

    def _build_regions(self) -> None:
        t = self.t
        self.regions: RecordList[Region] = RecordList(
            self.desk,
            regions_model(t, self._grey),
            name="regions",
            spoken=t.text("Regions"),
            widths={1: 176, 2: 120},
            empty=("folder", t.text("The regions are listed here."), ""),
            add=self.add_region,
            opens=self._open_region,
            headed=True,
            at_most=_REGIONS_SHOWN,
        )
        self.courts: RecordList[Court] = RecordList(
            self.desk,
            courts_model(t, self._grey, self._names),
            name="courts",
            spoken=t.text("Courts"),
            widths={1: 196, 2: 72},
            empty=("folder", t.text("The courts are listed here."), ""),
            add=self.add_court,
            opens=self._open_court,
            headed=True,
            at_most=_REGIONS_SHOWN,
        )
        self.courts.add_action(t.text("New &court…"), "new_court", self.add_court)
        both = QWidget()
        layout = column(GRID)
        layout.addWidget(self.regions)
        layout.addWidget(self.courts)
        layout.addStretch(1)
        both.setLayout(layout)
        self._put_tab(
            t.text("Regions and courts"),
            _Tab(in_sight(both), t.text("New region"), self.add_region, self.regions.start),
        )

    def _build_plan(self) -> None:
        t = self.t
        words = t.text("Planned values are listed here, each with its agreement and first day.")
        self.plan: RecordList[PlanTarget] = RecordList(
            self.desk,
            plan_model(t, self._grey, self._names),
            name="plan",
            spoken=t.text("Plan"),
            widths={1: 120, 2: 88, 3: 72, 4: 96, 5: 88, 6: 64},
            least=128,
            wrapped=(0, 1),
            empty=("chart", words, t.text("New planned value")),
            add=self.add_target,
            opens=self._open_target,
        )
        self._put_list(t.text("Plan"), self.plan, t.text("New planned value"), self.add_target)

    def _build_stated(self) -> None:
        t = self.t
        words = t.text(
            "What reports of earlier years stated is listed here, apart from computed figures."
        )
        self.stated: RecordList[StatedLine] = RecordList(
            self.desk,
            stated_model(t, self._grey),
            name="stated",
            spoken=t.text("Earlier years as stated"),
            widths={1: 56, 2: 120, 3: 80, 4: 224},
            wrapped=(0, 4),
            empty=("chart", words, t.text("Stated figures of an earlier year")),
            add=self.add_stated,
            opens=self._open_stated,
        )
        self.stated.add_action(t.text("&Year on year…"), "year_on_year", self.compare)
        self._put_list(
            t.text("Earlier years"), self.stated, t.text("Stated figures"), self.add_stated
        )

    def _build_proposals(self) -> None:
        t = self.t
        words = t.text("Legislative proposals are listed here, with their addressees and days.")
        self.proposals: RecordList[Proposal] = RecordList(
            self.desk,
            proposals_model(t, self._grey),
            name="proposals",
            spoken=t.text("Proposals"),
            widths={1: 176, 2: 96},
            wrapped=(0, 1),
            empty=("paper", words, t.text("New proposal")),
            add=self.add_proposal,
            opens=self._open_proposal,
        )
        self._put_list(
            t.text("Proposals"), self.proposals, t.text("New proposal"), self.add_proposal
        )

    def _put_list(
        self, text: str, listed: RecordList[Any], action: str, add: Callable[[], object]
    ) -> None:
        self._put_tab(text, _Tab(listed, action, add, listed.start))

    # --- What it shows --------------------------------------------------------------

    def reload(self) -> None:
        self.rule.reload()
        self.desk.runner.read(self, _find, self._show)

    def _show(self, found: _Found) -> None:
        registers = found.registers
        self._names.clear()
        self._names |= region_names(self.t, {one.key: one for one in registers.regions})
        self.changes.show_pending(found.pending)
        self.card.show_cards(found.cards)
        self.deadlines.show_rows(found.deadlines)
        self.regions.show_rows(registers.regions)
        self.courts.show_rows(registers.courts)
        self.centres.show_rows(registers.centres)
        self.plan.show_rows(found.plan)
        groups: dict[tuple[int, str, str], list[StatedTotal]] = {}
        for one in found.stated:
            groups.setdefault((one.year, one.indicator, one.source), []).append(one)
        self.stated.show_rows([StatedLine(tuple(group)) for group in groups.values()])
        self.proposals.show_rows(found.proposals)
        if self.isVisible() and not self.tabs.hasFocus():
            self.start()

    # --- What it opens --------------------------------------------------------------

    def add_deadline(self) -> None:
        """Open the form of a month's deadline."""
        from ui.forms.deadline_form import DeadlineForm

        self.desk.navigator.open(DeadlineForm)

    def _open_deadline(self, one: Deadline) -> None:
        from ui.forms.deadline_form import DeadlineForm

        self.desk.navigator.open(DeadlineForm, month=one.month)

    def add_centre(self) -> None:
        """Open the form of a new centre."""
        from ui.forms.register_forms import CentreForm

        self.desk.navigator.open(CentreForm)

    def _open_centre(self, one: Centre) -> None:
        from ui.forms.register_forms import CentreForm

        self.desk.navigator.open(CentreForm, of=one.key)

    def add_region(self) -> None:
        """Open the form of a new region."""
        from ui.forms.register_forms import RegionForm

        self.desk.navigator.open(RegionForm)

    def _open_region(self, one: Region) -> None:
        from ui.forms.register_forms import RegionForm

        self.desk.navigator.open(RegionForm, of=one.key)

    def add_court(self) -> None:
        """Open the form of a new court."""
        from ui.forms.register_forms import CourtForm

        self.desk.navigator.open(CourtForm)

    def _open_court(self, one: Court) -> None:
        from ui.forms.register_forms import CourtForm

        self.desk.navigator.open(CourtForm, of=one.key)

    def add_target(self) -> None:
        """Open the form of a new planned value."""
        from ui.forms.target_form import TargetForm

        self.desk.navigator.open(TargetForm)

    def _open_target(self, one: PlanTarget) -> None:
        from ui.forms.target_form import TargetForm

        self.desk.navigator.open(TargetForm, target_id=one.id)

    def add_stated(self) -> None:
        """Open the grid of an indicator of an earlier year."""
        from ui.forms.stated_form import StatedForm

        self.desk.navigator.open(StatedForm)

    def _open_stated(self, one: StatedLine) -> None:
        from ui.forms.stated_form import StatedForm

        first = one.first
        self.desk.navigator.open(StatedForm, year=first.year, indicator=first.indicator)

    def compare(self) -> None:
        """Open a year beside the one before it."""
        from ui.pages.year_on_year import YearOnYearPage

        self.desk.navigator.open(YearOnYearPage)

    def add_proposal(self) -> None:
        """Open the form of a new proposal."""
        from ui.forms.proposal_form import ProposalForm

        self.desk.navigator.open(ProposalForm)

    def _open_proposal(self, one: Proposal) -> None:
        from ui.forms.proposal_form import ProposalForm

        self.desk.navigator.open(ProposalForm, proposal_id=one.id)
