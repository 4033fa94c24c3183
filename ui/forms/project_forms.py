"""The project card, its stages, a month's deadline, a planned value, a legislative proposal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QLineEdit

from pravo_desktop.domain.periods import Month
from pravo_desktop.domain.records import Deadline, PlanTarget, Project, Proposal, Region, Stage
from pravo_desktop.domain.versions import new_id
from pravo_desktop.i18n import N_
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.deadlines import deadlines, remove_deadline, save_deadline
from pravo_desktop.usecases.events import save_proposal
from pravo_desktop.usecases.project import (
    ProjectCard,
    project_cards,
    proposals,
    remove_stage,
    save_stage,
)
from pravo_desktop.usecases.registers import (
    plan_targets,
    register_cards,
    remove_plan_target,
    save_project,
    set_plan_target,
)
from ui.ask import ask
from ui.forms.loaded_form import LoadedForm, NumberEdit
from ui.models.own_records import indicator_name, named, region_names
from ui.page import Desk
from ui.runner import Job
from ui.widgets import Choice, Choices, DateEdit, Field, button, labels_of, pair

GREATEST = 1_000_000_000


class OwnForm(LoadedForm):
    """What these forms share: dates that are needed, and taking a record back."""

    fields: dict[str, Field]

    def day_in(self, name: str) -> date | None:
        """The date of a field that must be filled in; says under it what is missing."""
        field = self.fields[name]
        control = field.control
        assert isinstance(control, DateEdit)
        day = control.day()
        if day is None:
            (self.not_a_date if control.mistyped else self.required)(field)
        return day

    def offer_removal(self, question: str, told: str, work: Callable[[Job], object]) -> None:
        """A button under the fields that takes the record back, after a question."""
        t = self.t
        gone = button(t.text("&Take back…"), name="take_back")
        gone.clicked.connect(
            lambda: ask(
                self,
                t,
                question=question,
                explained=t.text("The history keeps it."),
                verb=t.text("Take back"),
                run=lambda: self.submit(work, lambda _: self.leave(told)),
            )
        )
        self.form.fields.addWidget(gone)


class ProjectForm(OwnForm):
    """Adds a project card or changes one.

    Args:
        project_id: what to change; empty adds one.
    """

    name = N_("Project card")

    def __init__(self, desk: Desk, project_id: str = "") -> None:
        super().__init__(desk, project_id=project_id)
        t, theme = self.t, desk.theme
        self.project_id = project_id
        self.title_kk, self.title_ru = QLineEdit(), QLineEdit()
        self.grant_name, self.contract = QLineEdit(), QLineEdit()
        self.starts_on, self.ends_on = DateEdit(t, desk.clock), DateEdit(t, desk.clock)
        self.final_report_on = DateEdit(t, desk.clock)
        self.late_after_day = NumberEdit(5, maximum=28)
        self.regions = Choices(theme, ())
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("Title in &Kazakh"), "title_kk", self.title_kk),
                Field(theme, t.text("Title in &Russian"), "title_ru", self.title_ru),
                Field(theme, t.text("&Grant"), "grant_name", self.grant_name),
                Field(theme, t.text("&Number of the contract"), "contract", self.contract),
                Field(theme, t.text("&From"), "starts_on", self.starts_on),
                Field(theme, t.text("&To"), "ends_on", self.ends_on),
                Field(
                    theme,
                    t.text("Final re&port due on"),
                    "final_report_on",
                    self.final_report_on,
                ),
                Field(
                    theme,
                    t.text("Packages are in time until &day"),
                    "late_after_day",
                    self.late_after_day,
                    t.text("Of the next month; a date of its own can be set for a month."),
                ),
                Field(theme, t.text("R&egions"), "regions", self.regions),
            )
        }
        f, fields = self.fields, self.form.fields
        fields.addWidget(f["title_kk"])
        fields.addWidget(f["title_ru"])
        fields.addLayout(pair(f["grant_name"], f["contract"]))
        fields.addLayout(pair(f["starts_on"], f["ends_on"]))
        fields.addLayout(pair(f["final_report_on"], f["late_after_day"]))
        fields.addWidget(f["regions"])
        self.end_form()

    def title(self) -> str:
        return self.t.text("Project card") if self.project_id else self.t.text("New project card")

    def start(self) -> None:
        self.title_kk.setFocus()

    def reload(self) -> None:
        self.load(
            lambda job: (
                project_cards(job.session, job.actor),
                register_cards(job.session, job.actor).regions,
            ),
            lambda found: self._put(*found),
        )

    def _put(self, cards: list[ProjectCard], regions: tuple[Region, ...]) -> None:
        card = next((one.project for one in cards if one.project.id == self.project_id), None)
        self.regions.fill(
            [(one.key, named(self.t, one)) for one in regions], card.regions if card else ()
        )
        if card is not None:
            self.title_kk.setText(card.title_kk)
            self.title_ru.setText(card.title_ru)
            self.grant_name.setText(card.grant_name or "")
            self.contract.setText(card.contract or "")
            self.starts_on.put(card.starts_on)
            self.ends_on.put(card.ends_on)
            self.final_report_on.put(card.final_report_on)
            self.late_after_day.put(card.late_after_day)

    def save(self) -> None:
        self.clear_findings()
        if self.final_report_on.mistyped:
            self.not_a_date(self.fields["final_report_on"])
            return
        starts_on, ends_on = self.day_in("starts_on"), self.day_in("ends_on")
        if starts_on is None or ends_on is None:
            return
        day = self.late_after_day.number()
        if day is None:
            self.required(self.fields["late_after_day"])
            return
        made, reasons = (
            Project(
                id=self.project_id or new_id(),
                title_kk=self.title_kk.text(),
                title_ru=self.title_ru.text(),
                grant_name=self.grant_name.text(),
                contract=self.contract.text(),
                starts_on=starts_on,
                ends_on=ends_on,
                late_after_day=day,
                final_report_on=self.final_report_on.day(),
                regions=self.regions.values(),
            ),
            self.reasons.given(),
        )
        self.submit(
            lambda job: save_project(job.session, job.actor, project=made, confirmed=reasons),
            lambda _: self.leave(self.t.text("The project card is saved.")),
        )


class StageForm(OwnForm):
    """Adds a stage to a project or changes one.

    Args:
        project_id: whose stage it is.
        stage_id: what to change; empty adds one.
    """

    name = N_("Stage")

    def __init__(self, desk: Desk, project_id: str, stage_id: str = "") -> None:
        super().__init__(desk, project_id=project_id, stage_id=stage_id)
        t, theme = self.t, desk.theme
        self.project_id, self.stage_id = project_id, stage_id
        self.number = NumberEdit(1, maximum=20)
        self.name_kk, self.name_ru = QLineEdit(), QLineEdit()
        self.starts_on, self.ends_on = DateEdit(t, desk.clock), DateEdit(t, desk.clock)
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("&Number"), "ordinal", self.number),
                Field(theme, t.text("Name in &Kazakh"), "name_kk", self.name_kk),
                Field(theme, t.text("Name in &Russian"), "name_ru", self.name_ru),
                Field(theme, t.text("&From"), "starts_on", self.starts_on),
                Field(theme, t.text("&To"), "ends_on", self.ends_on),
            )
        }
        f, fields = self.fields, self.form.fields
        for name in ("ordinal", "name_kk", "name_ru"):
            fields.addWidget(f[name])
        fields.addLayout(pair(f["starts_on"], f["ends_on"]))
        if stage_id:
            self.offer_removal(
                t.text("Take this stage back?"),
                t.text("The stage is taken back."),
                lambda job: remove_stage(job.session, job.actor, stage_id=stage_id),
            )
        self.end_form()

    def title(self) -> str:
        return self.t.text("Stage") if self.stage_id else self.t.text("New stage")

    def start(self) -> None:
        self.name_kk.setFocus()

    def reload(self) -> None:
        self.load(lambda job: project_cards(job.session, job.actor), self._put)

    def _put(self, cards: list[ProjectCard]) -> None:
        stages = next((one.stages for one in cards if one.project.id == self.project_id), ())
        one = next((one for one in stages if one.id == self.stage_id), None)
        if one is None:
            number = max((one.ordinal for one in stages), default=0) + 1
            self.number.put(number)
            self.name_kk.setText(f"{number}-кезең")
            self.name_ru.setText(f"Этап {number}")
            return
        self.number.put(one.ordinal)
        self.name_kk.setText(one.name_kk)
        self.name_ru.setText(one.name_ru)
        self.starts_on.put(one.starts_on)
        self.ends_on.put(one.ends_on)

    def save(self) -> None:
        self.clear_findings()
        number = self.number.number()
        if number is None:
            self.required(self.fields["ordinal"])
            return
        starts_on, ends_on = self.day_in("starts_on"), self.day_in("ends_on")
        if starts_on is None or ends_on is None:
            return
        made = Stage(
            id=self.stage_id or new_id(),
            project_id=self.project_id,
            ordinal=number,
            name_kk=self.name_kk.text(),
            name_ru=self.name_ru.text(),
            starts_on=starts_on,
            ends_on=ends_on,
        )
        self.submit(
            lambda job: save_stage(job.session, job.actor, stage=made),
            lambda _: self.leave(self.t.text("The stage is saved.")),
        )


class DeadlineForm(OwnForm):
    """Sets until when the packages of a month are in time.

    Args:
        month: whose date to change, as ``YYYY-MM``; empty sets one.
    """

    name = N_("Deadline")

    def __init__(self, desk: Desk, month: str = "") -> None:
        super().__init__(desk, month=month)
        t, theme = self.t, desk.theme
        self.of_month = month
        this = Month.of(desk.clock.today())
        self.month = Choice(
            [
                (str(one), t.month(one))
                for one in (Month(year, n) for year in (this.year, this.year + 1) for n in _MONTHS)
            ],
            str(this),
        )
        if month and self.month.findData(month) < 0:
            self.month.insertItem(0, t.month(Month.parse(month)), month)
        self.month.choose(month or str(this))
        self.month.setEnabled(not month)
        self.due_on = DateEdit(t, desk.clock)
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("&Month"), "month", self.month),
                Field(theme, t.text("&In time until"), "due_on", self.due_on),
            )
        }
        for field in self.fields.values():
            self.form.fields.addWidget(field)
        if month:
            self.offer_removal(
                t.text("Take this date back?"),
                t.text("The day of the project card holds again."),
                lambda job: remove_deadline(job.session, job.actor, month=month),
            )
        self.end_form()

    def title(self) -> str:
        return self.t.text("Deadline") if self.of_month else self.t.text("New deadline")

    def start(self) -> None:
        (self.due_on if self.of_month else self.month).setFocus()

    def reload(self) -> None:
        if self.of_month:
            self.load(lambda job: deadlines(job.session, job.actor), self._put)

    def _put(self, known: list[Deadline]) -> None:
        self.due_on.put(next((one.due_on for one in known if one.month == self.of_month), None))

    def save(self) -> None:
        self.clear_findings()
        day, month = self.day_in("due_on"), self.month.value
        if day is None:
            return
        self.submit(
            lambda job: save_deadline(job.session, job.actor, month=month, due_on=day),
            lambda _: self.leave(self.t.text("The deadline is saved.")),
        )


_MONTHS = range(1, 13)


class TargetForm(OwnForm):
    """Adds a planned value or corrects one.

    Args:
        target_id: what to correct; empty adds one.
    """

    name = N_("Planned value")

    def __init__(self, desk: Desk, target_id: str = "") -> None:
        super().__init__(desk, target_id=target_id)
        t, theme = self.t, desk.theme
        self.target_id = target_id
        self.indicator = Choice([(key, indicator_name(t, key)) for key in classifiers().indicators])
        self.region = Choice(())
        self.operator = Choice(labels_of(t, classifiers().kinds["plan_operator"]))
        self.value = NumberEdit(maximum=GREATEST)
        self.valid_from = DateEdit(t, desk.clock)
        self.agreement, self.clause = QLineEdit(), QLineEdit()
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("&Indicator"), "indicator", self.indicator),
                Field(theme, t.text("&Region"), "region", self.region),
                Field(theme, t.text("&Condition"), "operator", self.operator),
                Field(theme, t.text("&Planned"), "value", self.value),
                Field(
                    theme,
                    t.text("In force &from"),
                    "valid_from",
                    self.valid_from,
                    t.text("A later target leaves the earlier one in force until its day."),
                ),
                Field(theme, t.text("Number of the &agreement"), "agreement", self.agreement),
                Field(theme, t.text("C&lause"), "clause", self.clause),
            )
        }
        f, fields = self.fields, self.form.fields
        for control in (self.indicator, self.region, self.valid_from):
            control.setEnabled(not target_id)
        fields.addWidget(f["indicator"])
        fields.addLayout(pair(f["region"], f["valid_from"]))
        fields.addLayout(pair(f["operator"], f["value"]))
        fields.addLayout(pair(f["agreement"], f["clause"]))
        if target_id:
            self.offer_removal(
                t.text("Take this planned value back?"),
                t.text("The planned value is taken back."),
                lambda job: remove_plan_target(
                    job.session, job.actor, target_id=target_id, confirmed=self.reasons.given()
                ),
            )
        self.end_form()

    def title(self) -> str:
        return self.t.text("Planned value") if self.target_id else self.t.text("New planned value")

    def start(self) -> None:
        (self.value if self.target_id else self.indicator).setFocus()

    def reload(self) -> None:
        self.load(
            lambda job: (
                plan_targets(job.session, job.actor),
                register_cards(job.session, job.actor).regions,
            ),
            lambda found: self._put(*found),
        )

    def _put(self, targets: list[PlanTarget], regions: tuple[Region, ...]) -> None:
        one = next((one for one in targets if one.id == self.target_id), None)
        names = region_names(self.t, {region.key: region for region in regions})
        self.region.fill(names.items(), one.region if one else "all")
        if one is not None:
            self.indicator.choose(one.indicator)
            self.operator.choose(one.operator)
            self.value.put(one.value)
            self.valid_from.put(one.valid_from)
            self.agreement.setText(one.agreement or "")
            self.clause.setText(one.clause or "")

    def save(self) -> None:
        self.clear_findings()
        value = self.value.number()
        if value is None:
            self.required(self.fields["value"])
            return
        day = self.day_in("valid_from")
        if day is None:
            return
        plan = partial(
            set_plan_target,
            indicator=self.indicator.value,
            region=self.region.value,
            valid_from=day,
            value=value,
            operator=self.operator.value,
            clause=self.clause.text(),
            agreement=self.agreement.text(),
            confirmed=self.reasons.given(),
        )
        self.submit(
            lambda job: plan(job.session, job.actor),
            lambda _: self.leave(self.t.text("The planned value is saved.")),
        )


class ProposalForm(OwnForm):
    """Adds a legislative proposal or changes one.

    Args:
        proposal_id: what to change; empty adds one.
    """

    name = N_("Proposal")

    def __init__(self, desk: Desk, proposal_id: str = "") -> None:
        super().__init__(desk, proposal_id=proposal_id)
        t, theme = self.t, desk.theme
        self.proposal_id = proposal_id
        self.proposal, self.addressee = QLineEdit(), QLineEdit()
        self.proposed_on = DateEdit(t, desk.clock, desk.clock.today())
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("&Proposal"), "title", self.proposal),
                Field(theme, t.text("&Addressee"), "addressee", self.addressee),
                Field(theme, t.text("Proposed &on"), "proposed_on", self.proposed_on),
            )
        }
        for field in self.fields.values():
            self.form.fields.addWidget(field)
        self.end_form()

    def title(self) -> str:
        return self.t.text("Proposal") if self.proposal_id else self.t.text("New proposal")

    def start(self) -> None:
        self.proposal.setFocus()

    def reload(self) -> None:
        if self.proposal_id:
            self.load(lambda job: proposals(job.session, job.actor), self._put)

    def _put(self, known: list[Proposal]) -> None:
        for one in known:
            if one.id == self.proposal_id:
                self.proposal.setText(one.title)
                self.addressee.setText(one.addressee or "")
                self.proposed_on.put(one.proposed_on)

    def save(self) -> None:
        self.clear_findings()
        day = self.day_in("proposed_on")
        if day is None:
            return
        made, reasons = (
            Proposal(
                id=self.proposal_id or new_id(),
                title=self.proposal.text(),
                addressee=self.addressee.text(),
                proposed_on=day,
            ),
            self.reasons.given(),
        )
        self.submit(
            lambda job: save_proposal(job.session, job.actor, proposal=made, confirmed=reasons),
            lambda _: self.leave(self.t.text("The proposal is saved.")),
        )
