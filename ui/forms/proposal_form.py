"""A legislative proposal."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from pravo_desktop.domain.records import Proposal
from pravo_desktop.domain.versions import new_id
from pravo_desktop.i18n import N_
from pravo_desktop.usecases.events import save_proposal
from pravo_desktop.usecases.project import proposals
from ui.forms.own_form import OwnForm
from ui.page import Desk
from ui.widgets.fields import DateEdit, Field


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
