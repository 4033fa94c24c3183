"""How much of headquarters' own records is not in the report yet, and the act that puts it in."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QFrame

from pravo_desktop.i18n import N_, Translator
from pravo_desktop.usecases.own_package import PendingChanges, PutIn, put_into_report
from ui.page import Desk
from ui.runner import Job
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.widgets.layouts import row

TABLES = {
    "projects": N_("project cards"),
    "stages": N_("stages"),
    "deadlines": N_("deadlines"),
    "category_rules": N_("category rules"),
    "regions": N_("regions"),
    "courts": N_("courts"),
    "centres": N_("centres"),
    "plan_targets": N_("planned values"),
    "stated_totals": N_("stated values"),
    "proposals": N_("proposals"),
    "staff_members": N_("staff"),
    "vacancies": N_("vacancies"),
    "events": N_("events"),
    "event_attendances": N_("attendances"),
    "survey_sheets": N_("survey sheets"),
    "publications": N_("publications"),
    "printed_materials": N_("printed materials"),
    "hand_outs": N_("hand-outs"),
    "videos": N_("videos"),
    "monthly_notes": N_("notes of the month"),
    "section_states": N_("states of sections"),
    "amendments": N_("reasons of amendments"),
}
"""What the records of headquarters are called when they are counted."""


def counted(t: Translator, tables: Mapping[str, int]) -> str:
    """Each kind of record with its number."""
    # A line may end after a dash, whatever follows, unless a word joiner does.
    dash = "\N{NO-BREAK SPACE}–\N{WORD JOINER}\N{NO-BREAK SPACE}"
    return ", ".join(
        f"{t.text(TABLES[table])}{dash}{t.number(number)}"
        for table, number in tables.items()
        if table in TABLES
    )


class OwnChanges(QFrame):
    """A line that counts the changes, with its button; it says when there are none."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.t = desk, desk.t
        self.setObjectName("notice")
        self.words = label("", wrap=True)
        self.act = button(self.t.text("Put my changes into the &report"), name="put_into_report")
        self.act.clicked.connect(self.put)
        layout = row(2 * GRID, GRID)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.act)
        self.setLayout(layout)
        self.act.hide()

    def show_pending(self, pending: PendingChanges) -> None:
        """Say what is not in the report yet."""
        t = self.t
        told = []
        if pending.number:
            changes = t.plural("{n} change", "{n} changes", pending.number)
            told.append(
                t.text(
                    "Not in the report yet: {changes} ({what}).",
                    changes=changes,
                    what=counted(t, pending.tables),
                )
            )
        if pending.packages:
            told.append(
                t.plural(
                    "{n} own package was made and not accepted.",
                    "{n} own packages were made and not accepted.",
                    pending.packages,
                )
            )
        if not told:
            told.append(t.text("Everything you wrote is in the report."))
        if pending.ahead:
            told.append(
                t.plural(
                    "{n} record waits for its day.",
                    "{n} records wait for their day.",
                    pending.ahead,
                )
            )
        self.words.setText(" ".join(told))
        self.act.setVisible(pending.any)
        self.act.setEnabled(True)

    def put(self) -> None:
        """Sign the changes and accept them."""
        self.act.setEnabled(False)

        def work(job: Job) -> PutIn:
            return put_into_report(
                job.session,
                job.actor,
                key=job.workplace.signing_key(job.session),
                archive=job.workplace.archive,
            )

        self.desk.runner.write(self, work, self._said, self._failed)

    def _said(self, put: PutIn) -> None:
        t = self.t
        what = counted(t, put.tables)
        self.desk.navigator.say(
            t.text("Now in the report: {what}.", what=what)
            if what
            else t.text("Your own packages are now in the report.")
        )

    def _failed(self, error: Exception) -> None:
        self.act.setEnabled(True)
        self.desk.navigator.show_error(error)
