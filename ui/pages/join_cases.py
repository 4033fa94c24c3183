"""Joining a case that was entered twice: choose, look, join; and taking a join back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from pravo_desktop.domain.periods import Month
from pravo_desktop.domain.records import Cell
from pravo_desktop.i18n import N_
from pravo_desktop.resources import Labelled, classifiers
from pravo_desktop.usecases.joins import (
    Difference,
    JoinedCase,
    JoinPreview,
    join_cases,
    joins_of_case,
    preview_join,
    undo_join,
)
from pravo_desktop.usecases.queries import CaseCard, PersonCard, case_card
from ui.forms.couple_finder import CoupleFinder
from ui.forms.form_page import FormPage
from ui.forms.part_forms import PartForm
from ui.page import Desk, Primary
from ui.pages.case_history import RECORDS
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.choices import Tick
from ui.widgets.labels import Note, label
from ui.widgets.layouts import column, hairline

FIELDS = {
    "kind": (N_("Kind of case"), "case_kind"),
    "came_through": (N_("How they came"), "came_through"),
    "causes": (N_("Causes of the conflict"), "cause"),
    "registered_on": (N_("Registered"), ""),
    "label": (N_("Label"), ""),
}
"""Fields of a case by which two entries may differ, with their classifier."""


class JoinPage(FormPage):
    """Everything of the other case moves into this one; both numbers still find it.

    Args:
        case_id: the case that stays.
    """

    name = N_("Join two cases")

    def __init__(self, desk: Desk, case_id: str) -> None:
        super().__init__(desk, case_id=case_id)
        t = self.t
        self.case_id = case_id
        self.other_id = ""
        self.preview: JoinPreview | None = None
        self.same: list[tuple[QCheckBox, tuple[str, str]]] = []
        self.finder = CoupleFinder(
            desk,
            t.text("Which case is the &same couple's?"),
            "other_case",
            t.text("Nothing found. Check the spelling, or type less."),
            leave_out=case_id,
        )
        self.finder.chosen.connect(self.choose)
        self.search = self.finder.search
        self.shown = QWidget()
        self.form.fields.addWidget(
            label(
                t.text(
                    "The case from which you came stays. What is in the other one moves into it, "
                    "and can be taken back."
                ),
                "grey",
                wrap=True,
            )
        )
        self.form.fields.addWidget(self.finder)
        self.another = button(t.text("Another case"), name="another")
        self.another.clicked.connect(self.choose_another)
        self.form.fields.addWidget(self.another)
        self.form.fields.addWidget(self.shown)
        self.end_form()
        self._settle()

    def primary(self) -> Primary | None:
        if self.preview is None:
            return None
        return Primary(self.t.text("Join"), self.save, "Ctrl+Return")

    def start(self) -> None:
        (self.search if self.preview is None else self.another).setFocus()

    def reload(self) -> None:
        self.finder.look()

    def choose(self, case_id: str) -> None:
        """Show what joining this case would do."""
        kept = self.case_id
        self.other_id = case_id
        self.desk.navigator.hush()
        self.desk.runner.read(
            self,
            lambda job: (
                preview_join(job.session, job.actor, kept_id=kept, dissolved_id=case_id),
                case_card(job.session, job.actor, kept),
                case_card(job.session, job.actor, case_id),
            ),
            lambda found: self._show(*found),
        )

    def choose_another(self) -> None:
        """Go back to the search."""
        self.preview = None
        self._settle()
        self.start()

    def _settle(self) -> None:
        self.finder.setVisible(self.preview is None)
        self.another.setVisible(self.preview is not None)
        self.shown.setVisible(self.preview is not None)
        self.retitled.emit()

    def _show(self, preview: JoinPreview, kept: CaseCard, other: CaseCard) -> None:
        t = self.t
        self.preview = preview
        body = column(GRID)
        for card in (kept, other):
            words = t.text("It stays") if card is kept else t.text("It moves into the first")
            body.addWidget(label(card.title or t.text("Without names"), "section", wrap=True))
            body.addWidget(label(f"{card.case.number} · {words}", "quiet"))
        if preview.moved:
            body.addWidget(hairline())
            moved = ", ".join(
                f"{t.text(RECORDS[table])}: {t.number(count)}" for table, count in preview.moved
            )
            body.addWidget(label(t.text("Moves: {records}", records=moved), wrap=True))
        for difference in preview.differences:
            body.addWidget(label(self._difference(difference), "grey", wrap=True))
        self.same = []
        people = {one.participant.id: one for one in (*kept.people, *other.people)}
        if preview.same_people:
            body.addWidget(hairline())
            body.addWidget(label(t.text("Are they the same person?"), "section"))
        for position, pair in enumerate(preview.same_people):
            tick = Tick(" = ".join(self._person(people[one]) for one in pair))
            tick.setObjectName(f"same_{position}")
            tick.setChecked(True)
            body.addWidget(tick)
            self.same.append((tick, pair))
        if preview.closed_months:
            note = Note(self.desk.theme, "warning")
            months = ", ".join(t.month(Month.parse(one)) for one in preview.closed_months)
            note.show_text(
                t.text(
                    "Closed months change: {months}. The head of the centre gives a reason, and an "
                    "amendment follows.",
                    months=months,
                ),
                "warning",
            )
            body.addWidget(note)
        shown = QWidget()
        shown.setLayout(body)
        self.form.fields.replaceWidget(self.shown, shown)
        self.shown.hide()
        self.shown.deleteLater()
        self.shown = shown
        self._settle()
        (self.same[0][0] if self.same else self.another).setFocus()

    def _person(self, person: PersonCard) -> str:
        t, record = self.t, person.participant
        role = t.label(classifiers().kinds["participant_role"][record.role])
        born = str(record.birth_year or "")
        return ", ".join(filter(None, (person.name or role, born)))

    def _difference(self, difference: Difference) -> str:
        name, classifier = FIELDS[difference.field]
        return self.t.text(
            "{field}: “{kept}” stays, “{other}” goes",
            field=self.t.text(name),
            kept=self._value(difference.kept, classifier),
            other=self._value(difference.dissolved, classifier),
        )

    def _value(self, value: Cell, classifier: str) -> str:
        if value in (None, "", "[]"):
            return "—"
        if classifier:
            known: Mapping[str, Labelled] = classifiers().kinds[classifier]
            keys = [key for key in known if key == value or f'"{key}"' in str(value)]
            return ", ".join(self.t.label(known[key]) for key in keys)
        try:
            return self.t.date(date.fromisoformat(str(value)))
        except ValueError:
            return str(value)

    def save(self) -> None:
        """Join the cases."""
        kept, other, reasons = self.case_id, self.other_id, self.reasons.given()
        same = tuple(pair for tick, pair in self.same if tick.isChecked())
        self.submit(
            lambda job: join_cases(
                job.session,
                job.actor,
                kept_id=kept,
                dissolved_id=other,
                same_people=same,
                confirmed=reasons,
            ),
            lambda _: self._joined(),
        )

    def _joined(self) -> None:
        number = self.preview.dissolved_number if self.preview else ""
        self.desk.navigator.back()
        said = self.t.text(
            "Case {number} is joined into this one. It can be taken back.", number=number
        )
        self.desk.navigator.say(said)

    def typed(self) -> Mapping[str, Any]:
        return {"other": self.other_id if self.preview else "", "search": self.search.text()}

    def retype(self, values: Mapping[str, Any]) -> None:
        self.search.setText(values["search"])
        if values["other"]:
            self.choose(values["other"])


class UndoJoinForm(PartForm):
    """Makes two cases of a joined one again; ``part_id`` is the id of the join."""

    name = N_("Take two cases apart")

    def __init__(self, desk: Desk, case_id: str, part_id: str) -> None:
        super().__init__(desk, case_id, part_id)
        self.words = label("", wrap=True)
        self.form.fields.addWidget(self.words)
        self.end_form()

    def primary(self) -> Primary:
        return Primary(self.t.text("Take apart"), self.save, "Ctrl+Return")

    def start(self) -> None:
        self.setFocus()

    def reload(self) -> None:
        case_id = self.case_id
        self.desk.runner.read(
            self, lambda job: joins_of_case(job.session, job.actor, case_id), self._show
        )

    def _show(self, joins: list[JoinedCase]) -> None:
        for join in joins:
            if join.join_id == self.part_id:
                self.words.setText(
                    self.t.text(
                        "Case {number} becomes a case of its own again, with all that came from "
                        "it. What was recorded since the joining stays here.",
                        number=join.dissolved_number,
                    )
                )

    def save(self) -> None:
        """Take the join back."""
        join_id, reasons = self.part_id, self.reasons.given()
        self.send(lambda job: undo_join(job.session, job.actor, join_id=join_id, confirmed=reasons))
