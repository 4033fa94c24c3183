"""A case: its people, plans, claims, work, outcomes and papers on one page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pravo_desktop.domain.records import Appointment, Record
from pravo_desktop.usecases.access import accounts_of_case, note_case_opened
from pravo_desktop.usecases.appointments import appointments_of_case, mark_appointment
from pravo_desktop.usecases.joins import JoinedCase, joins_of_case
from pravo_desktop.usecases.paper_register import IssuedPaper, issued_papers
from pravo_desktop.usecases.queries import (
    CaseCard,
    Colleague,
    StaffLine,
    case_card,
    colleagues,
    staff_lines,
)
from ui.forms.new_case import give_new_case_key
from ui.forms.part_forms import (
    CaseFactsForm,
    ClaimForm,
    OutcomeForm,
    PartForm,
    PersonForm,
    ReopenForm,
)
from ui.forms.work_forms import MediationForm, PlanForm, StudyForm, VisitForm
from ui.page import Desk, Page, Primary
from ui.pages.case_access import CaseAccessForm
from ui.pages.case_history import CaseHistoryPage
from ui.pages.case_lines import (
    case_line,
    claim_line,
    mediation_line,
    outcome_line,
    person_line,
    plan_line,
    study_line,
    visit_line,
)
from ui.pages.join_cases import JoinPage, UndoJoinForm
from ui.pages.papers import PaperForm, kind_of
from ui.removals import on_delete, remove_from_list
from ui.runner import Job
from ui.theme import GRID, HALF
from ui.turning import Columns, Turning
from ui.widgets.buttons import button
from ui.widgets.labels import Note, label
from ui.widgets.layouts import FormColumn, column, hairline, row

CASE_WIDTH, HALF_WIDTH = 1136, 440
"""Of the page and of one of its two columns, in px at 100 %."""

Link = tuple[str, Callable[[], object]]
"""A word at the end of a line and what it does."""


@dataclass(frozen=True)
class CaseFolder:
    """All that the page shows.

    Args:
        allowed: ids of the accounts that alone may open the case; empty when it is open to all.
    """

    card: CaseCard
    plans: list[Appointment]
    joins: list[JoinedCase]
    papers: list[IssuedPaper]
    allowed: tuple[str, ...]
    people: list[Colleague]
    staff: Mapping[str, StaffLine]


def case_folder(job: Job, case_id: str) -> CaseFolder:
    """Read a case with what belongs to it."""
    session, actor = job.session, job.actor
    return CaseFolder(
        card=case_card(session, actor, case_id),
        plans=appointments_of_case(session, actor, case_id),
        joins=joins_of_case(session, actor, case_id),
        papers=issued_papers(session, actor, case_id=case_id),
        allowed=accounts_of_case(session, actor, case_id),
        people=colleagues(session, actor),
        staff={line.staff_id: line for line in staff_lines(session, actor)},
    )


class CasePage(Page):
    """Shows a case; each part opens in a form of its own, or is removed by Delete on its line.

    Args:
        case_id: the case.
    """

    reloads_on = frozenset(
        {"cases", "participants", "identities", "consents", "claims", "court_cases"}
        | {"consultations", "notes", "outcomes", "staff_names", "mediations", "studies"}
        | {"appointments", "case_access", "joined_cases", "issued_papers"}
    )

    def __init__(self, desk: Desk, case_id: str) -> None:
        super().__init__(desk, case_id=case_id)
        self.case_id = case_id
        self.card: CaseCard | None = None
        self._noted = False
        self._form = FormColumn(desk.theme, CASE_WIDTH)
        self._body: QWidget | None = None
        give_new_case_key(self)
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
        self.desk.runner.read(self, lambda job: case_folder(job, case_id), self._show)
        if not self._noted:
            self._noted = True
            # A case that cannot be opened is told of by the reading above.
            self.desk.runner.write(
                self,
                lambda job: note_case_opened(job.session, job.actor, case_id=case_id),
                failed=lambda _: None,
            )

    def _show(self, folder: CaseFolder) -> None:
        self.card = folder.card
        if self._body is not None:
            self._form.fields.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._body = self._built(folder)
        self._form.fields.insertWidget(0, self._body)
        self.retitled.emit()

    def _built(self, folder: CaseFolder) -> QWidget:
        t, card = self.t, folder.card
        body = column(GRID)
        body.addLayout(self._line(*case_line(t, card), self._change(CaseFactsForm, "")))
        body.addLayout(self._deeds(card))
        if folder.allowed:
            names = [one.name for one in folder.people if one.account_id in folder.allowed]
            self._warn(body, t.text("Restricted: open to {names} alone.", names=", ".join(names)))
        halves = Columns(4 * GRID, self.desk.theme.px(HALF_WIDTH))
        halves.addWidget(self._facts(folder))
        halves.addWidget(self._course(folder))
        body.addLayout(halves)
        body.addStretch(1)
        around = QWidget()
        around.setLayout(body)
        return around

    def _facts(self, folder: CaseFolder) -> QWidget:
        """Who they are, what is in court, and what came of it."""
        t, card = self.t, folder.card
        body = column(GRID)
        self._add_people(body, card)
        self._section(body, t.text("Claims in court"), (t.text("Add a claim"), ClaimForm))
        for claim in card.claims:
            self._add_part(body, claim_line(t, claim), ClaimForm, claim.claim)
        self._section(
            body,
            t.text("Mediation and studies"),
            (t.text("Add a mediation"), MediationForm),
            (t.text("Add a study"), StudyForm),
        )
        for mediation in card.mediations:
            words = mediation_line(t, mediation, folder.staff.get(mediation.specialist_id))
            self._add_part(body, words, MediationForm, mediation)
        for study in card.studies:
            words = study_line(t, study, folder.staff.get(study.specialist_id))
            self._add_part(body, words, StudyForm, study)
        self._section(body, t.text("Outcomes"), (t.text("Add an outcome"), OutcomeForm))
        for outcome in card.outcomes:
            self._add_part(body, outcome_line(t, outcome), OutcomeForm, outcome)
        return _half(body)

    def _course(self, folder: CaseFolder) -> QWidget:
        """What is to come, what was, and the papers of it."""
        t, card = self.t, folder.card
        body = column(GRID)
        self._add_plans(body, folder)
        self._section(body, t.text("Consultations"))
        if not card.consultations:
            body.addWidget(label(t.text("None yet. Record the first one with Ctrl+K."), "grey"))
        for visit in card.consultations:
            self._add_part(body, visit_line(t, visit, card), VisitForm, visit.consultation)
        self._add_papers(body, folder)
        return _half(body)

    def _deeds(self, card: CaseCard) -> Any:
        t, navigator, case_id = self.t, self.desk.navigator, self.case_id
        line = Turning(2 * GRID)
        deeds: list[tuple[str, str, Callable[[], object]]] = [
            (
                t.text("History"),
                "history",
                lambda: navigator.open(CaseHistoryPage, case_id=case_id),
            ),
            (
                t.text("Who may open it"),
                "access",
                lambda: navigator.open(CaseAccessForm, case_id=case_id),
            ),
            (
                t.text("Join with another case…"),
                "join",
                lambda: navigator.open(JoinPage, case_id=case_id),
            ),
        ]
        if card.outcomes and card.outcomes[0].kind != "open":
            deeds.insert(0, (t.text("Open again"), "reopen", self._opener(ReopenForm)))
        for text, name, run in deeds:
            link = button(text, "link", name=name)
            link.clicked.connect(lambda _=False, run=run: run())
            line.addWidget(link)
        line.addStretch(1)
        return line

    def _add_people(self, body: QVBoxLayout, card: CaseCard) -> None:
        t, navigator, case_id = self.t, self.desk.navigator, self.case_id
        self._section(body, t.text("People"), (t.text("Add a person"), PersonForm))
        for person in card.people:
            record = person.participant
            links: list[Link] = []
            if record.role != "child":
                kind = "certificate" if person.name else "consent"
                paper = partial(
                    navigator.open, PaperForm, case_id=case_id, person=record.id, kind=kind
                )
                links.append((t.text("Paper…"), paper))
            self._add_part(body, person_line(t, person), PersonForm, record, *links)
            identity = person.identity
            if identity is not None and identity.never_tell:
                self._warn(body, t.text("Never tell the other that this person came."))
            if identity is not None and identity.safe_contact == "do_not_contact":
                self._warn(body, t.text("Do not call and do not write to this person."))

    def _add_plans(self, body: QVBoxLayout, folder: CaseFolder) -> None:
        t = self.t
        self._section(
            body, t.text("Visits to come and referrals"), (t.text("Plan or refer"), PlanForm)
        )
        for plan in folder.plans:
            words = plan_line(t, plan, folder.staff.get(plan.specialist_id or ""))
            if plan.state == "expected":
                self._add_part(
                    body,
                    words,
                    PlanForm,
                    plan,
                    (t.text("Did not come"), self._marker(plan.id, "no_show")),
                    (t.text("Called off"), self._marker(plan.id, "cancelled")),
                )
            elif plan.state == "came":
                self._add(body, words)
            else:
                self._add(body, words, (t.text("Expect again"), self._marker(plan.id, "expected")))

    def _add_papers(self, body: QVBoxLayout, folder: CaseFolder) -> None:
        t, case_id = self.t, self.case_id
        self._section(body, t.text("Papers"))
        slip = button(t.text("Print a slip"), "link", name="slip")
        slip.clicked.connect(
            lambda: self.desk.navigator.open(PaperForm, case_id=case_id, kind="slip")
        )
        body.addWidget(slip)
        for paper in folder.papers:
            when = t.moment(datetime.fromisoformat(paper.issued_at))
            said = kind_of(t, paper)
            number = t.text("No. {number}", number=paper.number)
            self._add(body, (f"{when}  {said}", f"{number} · {paper.actor}"))
        for join in folder.joins:
            undo = (t.text("Take apart…"), self._opener(UndoJoinForm, join.join_id))
            when = t.moment(datetime.fromisoformat(join.at))
            joined = t.text("Case {number} was joined into this one", number=join.dissolved_number)
            self._add(body, (joined, when), undo)

    def _marker(self, plan_id: str, state: str) -> Callable[[], object]:
        def mark() -> None:
            self.desk.runner.write(
                self,
                lambda job: mark_appointment(
                    job.session, job.actor, appointment_id=plan_id, state=state
                ),
            )

        return mark

    def _opener(self, form: type[PartForm], part_id: str = "") -> Callable[[], object]:
        return lambda: self.desk.navigator.open(form, case_id=self.case_id, part_id=part_id)

    def _change(self, form: type[PartForm], part_id: str) -> Link:
        return self.t.text("Change"), self._opener(form, part_id)

    def _section(self, body: QVBoxLayout, text: str, *adds: tuple[str, type[PartForm]]) -> None:
        body.addSpacing(2 * GRID)
        head = Turning(GRID)
        head.addWidget(label(text, "section", wrap=True), 1)
        for add, form in adds:
            plus = button(add, "link")
            plus.clicked.connect(self._opener(form))
            head.addWidget(plus, 0, Qt.AlignmentFlag.AlignLeft)
        body.addLayout(head)

    def _add(self, body: QVBoxLayout, words: tuple[str, str], *links: Link) -> None:
        body.addWidget(hairline())
        body.addLayout(self._line(*words, *links))

    def _add_part(
        self,
        body: QVBoxLayout,
        words: tuple[str, str],
        form: type[PartForm],
        part: Record,
        *links: Link,
    ) -> None:
        """A line whose links Enter presses too, and from each of which Delete removes the part."""
        change = self._change(form, part.id)

        def open_form() -> Page:
            return self.desk.navigator.open(form, case_id=self.case_id, part_id=part.id)

        body.addWidget(hairline())
        line = self._line(*words, *links, change)
        body.addLayout(line)
        for item in map(line.itemAt, range(line.count())):
            if item is not None and isinstance(link := item.widget(), QPushButton):
                on_delete(
                    link,
                    self.t.text("Remove"),
                    lambda: remove_from_list(self, part.table, part.id, open_form),
                )

    def _warn(self, body: QVBoxLayout, text: str) -> None:
        note = Note(self.desk.theme, "warning")
        note.setContentsMargins(0, HALF, 0, HALF)
        note.show_text(text, "warning")
        body.addWidget(note)

    def _line(self, main: str, quiet: str, *links: Link) -> QHBoxLayout:
        words = column(0)
        words.addWidget(label(main, wrap=True))
        if quiet:
            words.addWidget(label(quiet, "quiet", wrap=True))
        line = row()
        line.addLayout(words, 1)
        for text, run in links:
            link = button(text, "link")
            link.setAccessibleName(f"{text}: {main}")
            link.clicked.connect(lambda _=False, run=run: run())
            for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                pressed = QShortcut(key, link, context=Qt.ShortcutContext.WidgetShortcut)
                pressed.activated.connect(link.click)
            line.addWidget(link)
        return line


def _half(body: QVBoxLayout) -> QWidget:
    body.addStretch(1)
    half = QWidget()
    half.setLayout(body)
    return half
