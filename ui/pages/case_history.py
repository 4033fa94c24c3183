"""The history of a case: who did what, when, and for what reason."""

from __future__ import annotations

from PySide6.QtGui import QColor

from pravo_desktop.i18n import N_, Translator
from pravo_desktop.usecases.case_history import HistoryLine, history_of_case
from ui.models.rows import Column, RowsModel
from ui.page import Desk, Page
from ui.tables import ListView
from ui.theme import GRID
from ui.widgets.labels import label
from ui.widgets.layouts import column

RECORDS = {
    "cases": N_("About the case"),
    "participants": N_("Person of the case"),
    "identities": N_("Name and contacts"),
    "consents": N_("Consent to personal data"),
    "claims": N_("Claim in court"),
    "court_cases": N_("Number in the court"),
    "consultations": N_("Consultation"),
    "notes": N_("Note"),
    "outcomes": N_("Outcome"),
    "mediations": N_("Mediation"),
    "studies": N_("Psychological study"),
    "appointments": N_("Next visit or referral"),
}
DEEDS = {
    "added": N_("{record}: added"),
    "changed": N_("{record}: changed"),
    "deleted": N_("{record}: removed"),
    "case_opened": N_("The case was looked at"),
    "case_restricted": N_("The case was restricted to named people"),
    "case_opened_to_all": N_("The case was opened to the whole centre"),
    "cases_joined": N_("Another case was joined into this one"),
    "join_undone": N_("Cases were taken apart again"),
    "paper_issued": N_("A paper was issued"),
}


def deed_of(t: Translator, line: HistoryLine) -> str:
    """What was done, in words."""
    record = t.text(RECORDS[line.table]) if line.table in RECORDS else ""
    return t.text(DEEDS.get(line.action, DEEDS["changed"]), record=record)


class CaseHistoryPage(Page):
    """A list, the latest first; it tells of a note that it was written, and nothing of it.

    Args:
        case_id: the case.
    """

    name = N_("History of the case")

    def __init__(self, desk: Desk, case_id: str) -> None:
        super().__init__(desk, case_id=case_id)
        self.case_id = case_id
        t, theme = self.t, desk.theme
        columns: tuple[Column[HistoryLine], ...] = (
            Column(t.text("When"), lambda one: t.moment(one.at), lambda one: one.at, quiet=True),
            Column(t.text("Who"), lambda one: one.who),
            Column(t.text("What"), lambda one: deed_of(t, one)),
            Column(t.text("Reason"), lambda one: one.reason, quiet=True),
        )
        self.model = RowsModel(columns, QColor(theme.colours.quiet))
        self.table = ListView(
            theme,
            self.model,
            name="history",
            spoken=t.text("History of the case"),
            widths={0: 144, 1: 160, 2: 384},
            stretched=3,
            wrapped=(1, 2, 3),
        )
        layout = column(GRID)
        layout.addWidget(
            label(t.text("The history cannot be changed. Notes are not shown in it."), "quiet")
        )
        layout.addWidget(self.table, 1)
        self.setLayout(layout)

    def start(self) -> None:
        self.table.setFocus()

    def reload(self) -> None:
        case_id = self.case_id
        self.desk.runner.read(
            self, lambda job: history_of_case(job.session, job.actor, case_id), self._show
        )

    def _show(self, lines: list[HistoryLine]) -> None:
        self.model.set_rows(lines)
        self.table.choose(0)
