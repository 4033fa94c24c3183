"""One-off advice without a case: nobody's name, saved with Ctrl+Enter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit

from pravo_desktop.domain.records import Advice
from pravo_desktop.i18n import N_
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.cases import record_advice
from pravo_desktop.usecases.journal_view import advice_card
from pravo_desktop.usecases.queries import StaffLine, staff_lines
from ui.forms.consultation_editor import LONGEST
from ui.forms.removable import Removable
from ui.forms.work_forms import specialists
from ui.page import Desk
from ui.widgets.choices import Choice, Choices, labels_of
from ui.widgets.fields import DateEdit, Field
from ui.widgets.labels import label
from ui.widgets.layouts import pair


class AdviceForm(Removable):
    """Records advice given once, by phone or in the corridor.

    Args:
        held_on: the day first shown, ISO 8601; today when empty.
        advice_id: what to change; empty records new advice.
    """

    name = N_("One-off advice")

    def __init__(self, desk: Desk, held_on: str = "", advice_id: str = "") -> None:
        super().__init__(desk, held_on=held_on, **({"advice_id": advice_id} if advice_id else {}))
        self.advice_id = advice_id
        t, theme, kinds = self.t, desk.theme, classifiers().kinds
        day = date.fromisoformat(held_on) if held_on else desk.clock.today()
        self._kept: Mapping[str, Any] = {}
        self.held_on = DateEdit(t, desk.clock, day)
        self.specialist = Choice(())
        self.format = Choice(labels_of(t, kinds["consultation_format"]), "phone")
        self.minutes = QLineEdit()
        self.minutes.setValidator(QIntValidator(1, LONGEST, self))
        self.topics = Choices(theme, labels_of(t, kinds["topic"]))
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("&Date"), "held_on", self.held_on),
                Field(theme, t.text("&Specialist"), "specialist_id", self.specialist),
                Field(theme, t.text("&How"), "format", self.format),
                Field(theme, t.text("&Minutes, if counted"), "minutes", self.minutes),
                Field(theme, t.text("&Topics"), "topics", self.topics),
            )
        }
        f, fields = self.fields, self.form.fields
        told = t.text("Nobody's name is kept. Somebody who comes again is better kept as a case.")
        fields.addWidget(label(told, "grey", wrap=True))
        fields.addLayout(pair(f["held_on"], f["specialist_id"]))
        fields.addLayout(pair(f["format"], f["minutes"]))
        fields.addWidget(f["topics"])
        self.put_removal(t.text("Remo&ve this advice…"), "advice", advice_id)
        self.end_form()

    def start(self) -> None:
        self.held_on.setFocus()
        self.held_on.selectAll()

    def retype(self, values: Mapping[str, Any]) -> None:
        self._kept = values
        super().retype(values)

    def reload(self) -> None:
        advice_id = self.advice_id
        self.desk.runner.read(
            self,
            lambda job: (
                staff_lines(job.session, job.actor),
                advice_card(job.session, job.actor, advice_id) if advice_id else None,
            ),
            lambda found: self._put(*found),
        )

    def _put(self, staff: list[StaffLine], known: Advice | None) -> None:
        day = known.held_on if known else self.desk.clock.today()
        here = [one for one in staff if one.employed_on(day)] or staff
        self.specialist.fill(specialists(self.t, here), self.desk.actor.staff_id)
        if known is not None:
            self.held_on.put(known.held_on)
            self.specialist.choose(known.specialist_id)
            self.format.choose(known.format)
            self.minutes.setText(str(known.minutes or ""))
            self.topics.fill(labels_of(self.t, classifiers().kinds["topic"]), known.topics)
        super().retype(self._kept)

    def save(self) -> None:
        """Record it, then go back to the journal."""
        self.clear_findings()
        if self.held_on.mistyped:
            self.not_a_date(self.fields["held_on"])
            return
        if not self.specialist.value:
            self.required(self.fields["specialist_id"])
            return
        day, specialist_id = self.held_on.day(), self.specialist.value
        how, topics, minutes = self.format.value, self.topics.values(), self.minutes.text()
        advice_id, reasons = self.advice_id or None, self.reasons.given()
        self.submit(
            lambda job: record_advice(
                job.session,
                job.actor,
                held_on=day,
                specialist_id=specialist_id,
                format=how,
                topics=topics,
                minutes=int(minutes) if minutes.isdecimal() else None,
                advice_id=advice_id,
                confirmed=reasons,
            ),
            lambda _: self._recorded(day or self.desk.clock.today()),
        )

    def _recorded(self, day: date) -> None:
        self.desk.navigator.back()
        self.desk.navigator.say(
            self.t.text("The advice of {day} is recorded.", day=self.t.date(day))
        )
