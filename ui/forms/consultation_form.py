"""Recording a consultation from anywhere: find the couple, who came, save, the next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from pravo_desktop.i18n import N_
from pravo_desktop.messages import message
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.actor import CENTRE
from pravo_desktop.usecases.cases import record_consultation
from pravo_desktop.usecases.queries import CaseCard, StaffLine, case_card, staff_lines
from ui.forms.consultation_editor import ConsultationEditor
from ui.forms.couple_finder import CoupleFinder
from ui.forms.form_page import FormPage
from ui.forms.new_case import give_new_case_key
from ui.page import Desk, Primary
from ui.runner import Job
from ui.theme import GRID
from ui.typed import retype, typed
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, label
from ui.widgets.layouts import column, row


class ConsultationPage(FormPage):
    """One consultation after another; the day and the specialist stay from one to the next."""

    key = "consultation"
    name = N_("Record a consultation")
    icon = "visit"
    shortcut = "Ctrl+K"
    roles = CENTRE
    reloads_on = frozenset({"staff_members", "staff_names", "cases", "participants", "identities"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t, theme = self.t, desk.theme
        self.case: CaseCard | None = None
        self._waiting: Mapping[str, Any] | None = None
        self.finder = CoupleFinder(
            desk,
            t.text("C&ouple"),
            "couple",
            t.text("Nothing found. A new family: Ctrl+N."),
        )
        self.finder.chosen.connect(self.choose_case)
        give_new_case_key(self)
        self.search, self.couples = self.finder.search, self.finder.couples
        self.chosen = label("", "section", wrap=True)
        self.chosen_facts = label("", "quiet", wrap=True)
        another = button(t.text("Another co&uple"), name="another")
        another.clicked.connect(self._choose_another)
        names = column(0)
        names.addWidget(self.chosen)
        names.addWidget(self.chosen_facts)
        top = row()
        top.addLayout(names, 1)
        top.addWidget(another)
        self.visit = ConsultationEditor(desk)
        inner = column(2 * GRID)
        inner.addLayout(top)
        inner.addWidget(self.visit)
        self._details = QWidget()
        self._details.setLayout(inner)
        self.form.fields.addWidget(self.finder)
        self.form.fields.addWidget(self._details)
        self.end_form()
        lead = "lead" in desk.actor.roles
        self.nobody = EmptyState(
            theme,
            "people",
            t.text("A consultation is held by a specialist. Add the staff of the centre first.")
            if lead
            else t.text(
                "A consultation is held by a specialist. Ask the head of the centre to add the "
                "staff first."
            ),
            t.text("To the staff list") if lead else "",
        )
        self.nobody.pressed.connect(lambda: desk.navigator.go("staff"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.form)
        self._stack.addWidget(self.nobody)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self._stack)
        self._settle()

    def primary(self) -> Primary | None:
        return super().primary() if self.case is not None else None

    def start(self) -> None:
        if self.case is None:
            self.search.setFocus()
        else:
            self.visit.attendees.setFocus()

    def go_to_search(self) -> None:
        self._choose_another()

    def receive(self, **arguments: Any) -> None:
        self.choose_case(str(arguments["case_id"]))

    def subject(self) -> Mapping[str, Any]:
        return {"case_id": self.case.case.id} if self.case else {}

    def reload(self) -> None:
        self.desk.runner.read(
            self, lambda job: staff_lines(job.session, job.actor), self._set_staff
        )
        self.finder.look()

    def _set_staff(self, staff: list[StaffLine]) -> None:
        self.visit.set_staff(staff)
        there_were = self._stack.currentWidget() is self.form
        self._stack.setCurrentWidget(self.form if staff else self.nobody)
        if staff and not there_were:
            self.start()
        if self._waiting is not None:
            retype(self, self._waiting)

    def choose_case(self, case_id: str) -> None:
        """Go on with this case."""
        self.desk.navigator.hush()
        self.desk.runner.read(
            self, lambda job: case_card(job.session, job.actor, case_id), self._take_case
        )

    def _take_case(self, card: CaseCard) -> None:
        self.case = card
        roles = classifiers().kinds["participant_role"]
        people = [
            (person.participant.id, person.name or self.t.label(roles[person.participant.role]))
            for person in card.people
        ]
        self.visit.set_people(people, card.usual_attendees)
        self.chosen.setText(card.title or self.t.text("Without names"))
        kind = self.t.label(classifiers().kinds["case_kind"][card.case.kind])
        visits = self.t.plural("{n} visit", "{n} visits", len(card.consultations))
        self.chosen_facts.setText(f"{card.case.number} · {kind} · {visits}")
        self._settle()
        if self._waiting is not None:
            retype(self, self._waiting)
            self._waiting = None
        self.start()

    def _choose_another(self) -> None:
        self.case = None
        self._settle()
        self.search.setFocus()
        self.search.selectAll()

    def _settle(self) -> None:
        self.finder.setVisible(self.case is None)
        self._details.setVisible(self.case is not None)
        self.retitled.emit()

    def save(self) -> None:
        """Record it and be ready for the next."""
        if self.case is None:
            return
        if (wrong := self.visit.mistyped) is not None:
            self.not_a_date(wrong)
            return
        if (unfilled := self.visit.plans.unfilled) is not None:
            self.required(unfilled)
            return
        card, visit, reasons = self.case, self.visit.form(), self.reasons.given()
        if not visit.attendees:
            self.show_finding(self.visit.fields["attendees"], message(self.t, "attendee_required"))
            return
        keep_plans = self.visit.plans.keeping(visit.specialist_id)

        def work(job: Job) -> None:
            with job.session.transaction():
                record_consultation(
                    job.session,
                    job.actor,
                    case_id=card.case.id,
                    consultation=visit,
                    confirmed=reasons,
                )
                keep_plans(job, card.case.id)

        self.submit(
            work,
            lambda _: self._recorded(card, visit.held_on or self.desk.clock.today()),
        )

    def _recorded(self, card: CaseCard, day: date) -> None:
        self.visit.clear()
        self.case = None
        self.search.clear()
        self._settle()
        self.finder.look()
        self.search.setFocus()
        self.desk.navigator.say(
            self.t.text(
                "The consultation of {day} is recorded: {number}.",
                day=self.t.date(day),
                number=card.case.number,
            ),
            self.t.text("Open the case"),
            lambda: self._open_case(card.case.id),
        )

    def _open_case(self, case_id: str) -> None:
        from ui.pages.case import CasePage

        self.desk.navigator.go("cases")
        self.desk.navigator.open(CasePage, case_id=case_id)

    def typed(self) -> Mapping[str, Any]:
        return {"case_id": self.case.case.id if self.case else "", "fields": typed(self)}

    def retype(self, values: Mapping[str, Any]) -> None:
        retype(self, values["fields"])
        if values["case_id"]:
            self._waiting = values["fields"]
            self.choose_case(values["case_id"])
