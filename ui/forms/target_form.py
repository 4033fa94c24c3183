"""A planned value of an indicator."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLineEdit

from pravo_desktop.domain.records import PlanTarget, Region
from pravo_desktop.i18n import N_
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.registers import (
    plan_targets,
    register_cards,
    remove_plan_target,
    set_plan_target,
)
from ui.forms.loaded_form import NumberEdit
from ui.forms.own_form import OwnForm
from ui.models.own_records import indicator_name, region_names
from ui.page import Desk
from ui.widgets.choices import Choice, labels_of
from ui.widgets.fields import DateEdit, Field
from ui.widgets.layouts import pair

_GREATEST = 1_000_000_000


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
        self.value = NumberEdit(maximum=_GREATEST)
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
