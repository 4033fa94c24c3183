"""The project card and its stages."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from pravo_desktop.domain.records import Project, Region, Stage
from pravo_desktop.domain.versions import new_id
from pravo_desktop.i18n import N_
from pravo_desktop.usecases.project import (
    ProjectCard,
    project_cards,
    remove_stage,
    save_stage,
)
from pravo_desktop.usecases.registers import (
    register_cards,
    save_project,
)
from ui.forms.loaded_form import NumberEdit
from ui.forms.own_form import OwnForm
from ui.models.own_records import named
from ui.page import Desk
from ui.widgets.choices import Choices
from ui.widgets.fields import DateEdit, Field
from ui.widgets.layouts import pair


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
