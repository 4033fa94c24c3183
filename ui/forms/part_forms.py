"""One part of a known case: a person, a claim, an outcome, or what is known of it as a whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QLineEdit

from pravo_desktop.i18n import N_
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.cases import add_outcome, change_case, save_claim
from pravo_desktop.usecases.participants import save_participant
from pravo_desktop.usecases.queries import CaseCard, case_card
from ui.forms.claim_editor import ClaimEditor
from ui.forms.form_page import Finding
from ui.forms.person_editor import PersonEditor
from ui.forms.removable import Removable
from ui.page import Desk
from ui.runner import Job
from ui.widgets.choices import Choice, Choices, labels_of
from ui.widgets.fields import DateEdit, Field
from ui.widgets.layouts import pair


class PartForm(Removable):
    """A form for a part of a case; goes back to the case when saved.

    Args:
        case_id: the case.
        part_id: id of the part to change; empty adds one.
    """

    def __init__(self, desk: Desk, case_id: str, part_id: str = "") -> None:
        super().__init__(desk, case_id=case_id, part_id=part_id)
        self.case_id, self.part_id = case_id, part_id
        self._kept: Mapping[str, Any] | None = None

    def reload(self) -> None:
        case_id = self.case_id
        self.desk.runner.read(
            self, lambda job: case_card(job.session, job.actor, case_id), self._take
        )

    def _take(self, card: CaseCard) -> None:
        self.put(card)
        self.take_back()

    def take_back(self) -> None:
        """Put what was typed before a language switch on top of what was read."""
        if self._kept is not None:
            super().retype(self._kept)

    def put(self, card: CaseCard) -> None:
        """Show what is known of the part."""

    def retype(self, values: Mapping[str, Any]) -> None:
        self._kept = values
        super().retype(values)

    def send(self, work: Callable[[Job], object]) -> None:
        """Save, then go back to the case."""
        self.submit(work, lambda _: self._saved())

    def _saved(self) -> None:
        self.desk.navigator.back()
        self.desk.navigator.say(self.t.text("Saved."))


class PersonForm(PartForm):
    """A person of the case."""

    name = N_("Person of the case")

    def __init__(self, desk: Desk, case_id: str, part_id: str = "") -> None:
        super().__init__(desk, case_id, part_id)
        self.editor = PersonEditor(desk, "child", removable=False)
        self.editor.likely.case_id = case_id
        self.form.fields.addWidget(self.editor)
        text = self.t.text("Take this person out of the case…")
        self.put_removal(text, "participants", part_id)
        self.end_form()

    def start(self) -> None:
        self.editor.role.setFocus()

    def put(self, card: CaseCard) -> None:
        for person in card.people:
            if person.participant.id == self.part_id:
                self.editor.put(person)

    def save(self) -> None:
        self.clear_findings()
        if self.editor.birth_mistyped:
            self.birth_mistyped(self.editor.fields["birth_year"])
            return
        case_id, person, reasons = self.case_id, self.editor.form(), self.reasons.given()
        self.send(
            lambda job: save_participant(
                job.session, job.actor, case_id=case_id, participant=person, confirmed=reasons
            )
        )

    def field_of(self, finding: Finding) -> Field | None:
        if finding.get("field") == "birth_date":
            return self.editor.fields["birth_year"]
        return super().field_of(finding)


class ClaimForm(PartForm):
    """A claim of the case."""

    name = N_("Claim in court")

    def __init__(self, desk: Desk, case_id: str, part_id: str = "") -> None:
        super().__init__(desk, case_id, part_id)
        self.editor = ClaimEditor(desk, removable=False)
        self.form.fields.addWidget(self.editor)
        self.put_removal(self.t.text("Remove this claim…"), "claims", part_id)
        self.end_form()

    def start(self) -> None:
        self.editor.kind.setFocus()

    def put(self, card: CaseCard) -> None:
        for claim in card.claims:
            if claim.claim.id == self.part_id:
                self.editor.put(claim)

    def save(self) -> None:
        self.clear_findings()
        if self.editor.filed_on.mistyped:
            self.not_a_date(self.editor.fields["filed_on"])
            return
        case_id, claim, reasons = self.case_id, self.editor.form(), self.reasons.given()
        self.send(
            lambda job: save_claim(
                job.session, job.actor, case_id=case_id, claim=claim, confirmed=reasons
            )
        )


class OutcomeForm(PartForm):
    """What became of the case on a day."""

    name = N_("Outcome")
    kind_first = "reconciled"

    def __init__(self, desk: Desk, case_id: str, part_id: str = "") -> None:
        super().__init__(desk, case_id, part_id)
        t, theme, kinds = self.t, desk.theme, classifiers().kinds
        self.kind = Choice(labels_of(t, kinds["outcome"]), self.kind_first)
        self.dated_on = DateEdit(t, desk.clock, desk.clock.today())
        self.source = Choice(labels_of(t, kinds["outcome_source"]))
        self._dated_field = Field(theme, t.text("&Date"), "dated_on", self.dated_on)
        self.form.fields.addWidget(Field(theme, t.text("&Outcome"), "kind", self.kind))
        self.form.fields.addLayout(
            pair(self._dated_field, Field(theme, t.text("&Known from"), "source", self.source))
        )
        self.put_removal(t.text("Remove this outcome…"), "outcomes", part_id)
        self.end_form()

    def start(self) -> None:
        self.kind.setFocus()

    def put(self, card: CaseCard) -> None:
        for outcome in card.outcomes:
            if outcome.id == self.part_id:
                self.kind.choose(outcome.kind)
                self.dated_on.put(outcome.dated_on)
                self.source.choose(outcome.source)

    def save(self) -> None:
        self.clear_findings()
        day = self.dated_on.day()
        if day is None:
            self.not_a_date(self._dated_field)
            return
        case_id, kind, source = self.case_id, self.kind.value, self.source.value
        outcome_id, reasons = self.part_id or None, self.reasons.given()
        self.send(
            lambda job: add_outcome(
                job.session,
                job.actor,
                case_id=case_id,
                kind=kind,
                dated_on=day,
                source=source,
                outcome_id=outcome_id,
                confirmed=reasons,
            )
        )


class ReopenForm(OutcomeForm):
    """A case opened again under its number: from this day on it has no outcome."""

    name = N_("Open the case again")
    kind_first = "open"

    def __init__(self, desk: Desk, case_id: str, part_id: str = "") -> None:
        super().__init__(desk, case_id, part_id)
        self.kind.setEnabled(False)

    def start(self) -> None:
        self.dated_on.setFocus()


class CaseFactsForm(PartForm):
    """What is known of the case as a whole."""

    name = N_("About the case")

    def __init__(self, desk: Desk, case_id: str, part_id: str = "") -> None:
        super().__init__(desk, case_id, part_id)
        t, theme, kinds = self.t, desk.theme, classifiers().kinds
        self.kind = Choice(labels_of(t, kinds["case_kind"]))
        self.came_through = Choice(labels_of(t, kinds["came_through"]))
        self.causes = Choices(theme, labels_of(t, kinds["cause"]))
        self.label = QLineEdit()
        for text, name, control in (
            (t.text("&Kind of case"), "kind", self.kind),
            (t.text("How they &came"), "came_through", self.came_through),
            (t.text("Ca&uses of the conflict"), "causes", self.causes),
            (t.text("&Label, if nobody is named"), "label", self.label),
        ):
            self.form.fields.addWidget(Field(theme, text, name, control))
        self.end_form()

    def start(self) -> None:
        self.kind.setFocus()

    def put(self, card: CaseCard) -> None:
        case = card.case
        self.kind.choose(case.kind)
        self.came_through.choose(case.came_through)
        self.causes.fill(labels_of(self.t, classifiers().kinds["cause"]), case.causes)
        self.label.setText(case.label or "")

    def save(self) -> None:
        self.clear_findings()
        case_id, kind, came_through = self.case_id, self.kind.value, self.came_through.value
        causes, written = self.causes.values(), self.label.text().strip() or None
        reasons = self.reasons.given()
        self.send(
            lambda job: change_case(
                job.session,
                job.actor,
                case_id=case_id,
                kind=kind,
                came_through=came_through,
                causes=causes,
                label=written,
                confirmed=reasons,
            )
        )
