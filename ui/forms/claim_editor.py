"""One claim of a case; the court's number and judge never leave the centre."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit

from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.cases import ClaimForm
from pravo_desktop.usecases.queries import ClaimCard
from ui.page import Desk
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.choices import Choice, labels_of
from ui.widgets.fields import DateEdit, Field
from ui.widgets.layouts import column, pair, row


class ClaimEditor(QFrame):
    """The fields of a claim.

    Args:
        removable: has a button that takes the claim out of the form.
    """

    removed = Signal()

    def __init__(self, desk: Desk, *, removable: bool = True) -> None:
        super().__init__()
        self.setObjectName("card")
        t, theme = desk.t, desk.theme
        self._claim_id: str | None = None
        kinds = classifiers().kinds
        self.kind = Choice(labels_of(t, kinds["claim_kind"]), "divorce")
        self.filed_on = DateEdit(t, desk.clock)
        self.result = Choice(labels_of(t, kinds["claim_result"]), "pending")
        self.court_number, self.judge = QLineEdit(), QLineEdit()
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("Kind of claim"), "kind", self.kind),
                Field(theme, t.text("Filed on, if known"), "filed_on", self.filed_on),
                Field(theme, t.text("Result"), "result", self.result),
                Field(theme, t.text("Number in the court"), "court_number", self.court_number),
                Field(theme, t.text("Judge"), "judge", self.judge),
            )
        }
        f = self.fields
        layout = column(2 * GRID, 2 * GRID)
        layout.addWidget(f["kind"])
        layout.addLayout(pair(f["filed_on"], f["result"]))
        layout.addLayout(pair(f["court_number"], f["judge"]))
        if removable:
            remove = button(t.text("Take out"), "link", name="take_out")
            remove.clicked.connect(self.removed)
            end = row()
            end.addStretch(1)
            end.addWidget(remove)
            layout.addLayout(end)
        self.setLayout(layout)

    def put(self, card: ClaimCard) -> None:
        """Show a known claim."""
        self._claim_id = card.claim.id
        self.kind.choose(card.claim.kind)
        self.filed_on.put(card.claim.filed_on)
        self.result.choose(card.claim.result)
        if card.court is not None:
            self.court_number.setText(card.court.number or "")
            self.judge.setText(card.court.judge or "")

    def form(self) -> ClaimForm:
        """What is typed, as the use cases take it."""
        return ClaimForm(
            kind=self.kind.value,
            filed_on=self.filed_on.day(),
            result=self.result.value,
            court_number=self.court_number.text().strip() or None,
            judge=self.judge.text().strip() or None,
            claim_id=self._claim_id,
        )
