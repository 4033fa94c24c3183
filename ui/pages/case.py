"""A case: its people, claims, consultations and outcomes on one page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from pravo_desktop.domain.phone import format_phone
from pravo_desktop.resources import Labelled, classifiers
from pravo_desktop.usecases.queries import (
    CaseCard,
    ClaimCard,
    ConsultationLine,
    PersonCard,
    case_card,
)
from ui.forms.part_forms import CaseFactsForm, ClaimForm, OutcomeForm, PartForm, PersonForm
from ui.page import Desk, Page, Primary
from ui.theme import GRID
from ui.widgets import FormColumn, button, column, hairline, label, row

CASE_WIDTH = 760


class CasePage(Page):
    """Shows a case; each part opens in a form of its own.

    Args:
        case_id: the case.
    """

    reloads_on = frozenset(
        {"cases", "participants", "identities", "consents", "claims", "court_cases"}
        | {"consultations", "notes", "outcomes", "staff_names"}
    )

    def __init__(self, desk: Desk, case_id: str) -> None:
        super().__init__(desk, case_id=case_id)
        self.case_id = case_id
        self.card: CaseCard | None = None
        self._form = FormColumn(desk.theme, CASE_WIDTH)
        self._body: QWidget | None = None
        layout = column(0)
        layout.addWidget(self._form)
        self.setLayout(layout)

    def title(self) -> str:
        if self.card is None:
            return ""
        return self.card.title or self.card.case.number

    def primary(self) -> Primary:
        return Primary(self.t.text("Record a consultation"), self.record, "Ctrl+K")

    def subject(self) -> Mapping[str, Any]:
        return {"case_id": self.case_id}

    def start(self) -> None:
        self.setFocus()

    def record(self) -> None:
        """Record a consultation of this case."""
        self.desk.navigator.go("consultation", case_id=self.case_id)

    def reload(self) -> None:
        case_id = self.case_id
        self.desk.runner.read(
            self, lambda job: case_card(job.session, job.actor, case_id), self._show_card
        )

    def _show_card(self, card: CaseCard) -> None:
        self.card = card
        if self._body is not None:
            self._form.fields.removeWidget(self._body)
            self._body.deleteLater()
        self._body = self._built(card)
        self._form.fields.insertWidget(0, self._body)
        self.retitled.emit()

    def _built(self, card: CaseCard) -> QWidget:
        t, kinds = self.t, classifiers().kinds
        body = column(GRID)
        facts = [
            card.case.number,
            t.label(kinds["case_kind"][card.case.kind]),
            t.label(kinds["came_through"][card.case.came_through]),
            t.text("registered {day}", day=t.date(card.case.registered_on)),
        ]
        body.addLayout(self._line(" · ".join(facts), self._causes(card), CaseFactsForm, ""))
        self._section(body, t.text("People"), t.text("Add a person"), PersonForm)
        for person in card.people:
            body.addWidget(hairline())
            body.addLayout(self._line(*self._person(person), PersonForm, person.participant.id))
        self._section(body, t.text("Claims in court"), t.text("Add a claim"), ClaimForm)
        for claim in card.claims:
            body.addWidget(hairline())
            body.addLayout(self._line(*self._claim(claim), ClaimForm, claim.claim.id))
        self._section(body, t.text("Outcomes"), t.text("Add an outcome"), OutcomeForm)
        for outcome in card.outcomes:
            body.addWidget(hairline())
            said = t.label(kinds["outcome"][outcome.kind])
            source = t.label(kinds["outcome_source"][outcome.source])
            body.addLayout(self._line(f"{t.date(outcome.dated_on)}  {said}", source))
        body.addSpacing(2 * GRID)
        body.addWidget(label(t.text("Consultations"), "section"))
        if not card.consultations:
            body.addWidget(label(t.text("None yet. Record the first one with Ctrl+K."), "grey"))
        for visit in card.consultations:
            body.addWidget(hairline())
            body.addLayout(self._line(*self._visit(visit, card)))
        body.addStretch(1)
        around = QWidget()
        around.setLayout(body)
        return around

    def _section(self, body: Any, text: str, add: str, form: type[PartForm]) -> None:
        body.addSpacing(2 * GRID)
        head = row()
        head.addWidget(label(text, "section"), 1)
        plus = button(add, "link")
        plus.clicked.connect(
            lambda: self.desk.navigator.open(form, case_id=self.case_id, part_id="")
        )
        head.addWidget(plus)
        body.addLayout(head)

    def _line(
        self, main: str, quiet: str, form: type[PartForm] | None = None, part_id: str = ""
    ) -> Any:
        words = column(0)
        words.addWidget(label(main, wrap=True))
        if quiet:
            words.addWidget(label(quiet, "quiet", wrap=True))
        line = row()
        line.addLayout(words, 1)
        if form is not None:
            change = button(self.t.text("Change"), "link")
            change.setAccessibleName(f"{self.t.text('Change')}: {main}")
            change.clicked.connect(
                lambda: self.desk.navigator.open(form, case_id=self.case_id, part_id=part_id)
            )
            line.addWidget(change)
        return line

    def _causes(self, card: CaseCard) -> str:
        causes: Mapping[str, Labelled] = classifiers().kinds["cause"]
        return ", ".join(self.t.label(causes[key]) for key in card.case.causes)

    def _person(self, person: PersonCard) -> tuple[str, str]:
        t, kinds, record = self.t, classifiers().kinds, person.participant
        role = t.label(kinds["participant_role"][record.role])
        facts = [role] if person.name else []
        if person.identity is not None and person.identity.birth_date:
            facts.append(t.date(person.identity.birth_date))
        elif record.birth_year:
            facts.append(str(record.birth_year))
        if person.identity is not None and person.identity.phone:
            codes = {region.phone_code for region in classifiers().regions.values()}
            facts.append(format_phone(person.identity.phone, codes))
        if record.role != "child" and person.consent != "given":
            facts.append(t.label(kinds["consent_state"][person.consent]))
        return person.name or role, " · ".join(facts)

    def _claim(self, claim: ClaimCard) -> tuple[str, str]:
        t, kinds = self.t, classifiers().kinds
        facts = [t.label(kinds["claim_result"][claim.claim.result])]
        if claim.claim.filed_on:
            facts.append(t.text("filed {day}", day=t.date(claim.claim.filed_on)))
        if claim.court is not None:
            facts += filter(None, (claim.court.number, claim.court.judge))
        return t.label(kinds["claim_kind"][claim.claim.kind]), " · ".join(facts)

    def _visit(self, visit: ConsultationLine, card: CaseCard) -> tuple[str, str]:
        t, kinds, record = self.t, classifiers().kinds, visit.consultation
        who = ""
        if visit.specialist is not None:
            profession = t.label(kinds["profession"][visit.specialist.profession])
            who = ", ".join(filter(None, (visit.specialist.name, profession)))
        roles = kinds["participant_role"]
        came = [
            person.name or t.label(roles[person.participant.role])
            for person in card.people
            if person.participant.id in record.attendees
        ]
        facts = [t.label(kinds["consultation_format"][record.format]), ", ".join(came)]
        facts += [t.label(kinds["topic"][key]) for key in record.topics]
        if record.minutes:
            facts.append(t.plural("{n} minute", "{n} minutes", record.minutes))
        quiet = " · ".join(filter(None, facts))
        if visit.note:
            quiet += f"\n{visit.note}"
        return f"{t.date(record.held_on)}  {who}", quiet
