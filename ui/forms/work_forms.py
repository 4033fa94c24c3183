"""The specialists' work on a known case: a consultation, a plan, a mediation, a study."""

from __future__ import annotations

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit

from pravo_desktop.domain.records import Appointment
from pravo_desktop.i18n import N_, Translator
from pravo_desktop.messages import message
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.appointments import appointments_of_case
from pravo_desktop.usecases.cases import (
    change_consultation,
    record_study,
    save_mediation,
)
from pravo_desktop.usecases.queries import CaseCard, StaffLine, case_card, staff_lines
from ui.forms.consultation_editor import ConsultationEditor
from ui.forms.next_visit import NextVisit
from ui.forms.part_forms import PartForm
from ui.page import Desk
from ui.widgets.choices import Choice, labels_of
from ui.widgets.fields import DateEdit, Field
from ui.widgets.layouts import pair


def specialists(t: Translator, staff: list[StaffLine]) -> list[tuple[str | None, str]]:
    """Staff members by name and profession, for `Choice`."""
    professions = classifiers().kinds["profession"]
    return [
        (one.staff_id, ", ".join(filter(None, (one.name, t.label(professions[one.profession])))))
        for one in staff
    ]


class WorkForm(PartForm):
    """A part of a case that a specialist answers for."""

    def __init__(self, desk: Desk, case_id: str, part_id: str = "") -> None:
        super().__init__(desk, case_id, part_id)
        self.specialist = Choice(())

    def reload(self) -> None:
        case_id = self.case_id
        self.desk.runner.read(
            self,
            lambda job: (
                staff_lines(job.session, job.actor),
                case_card(job.session, job.actor, case_id),
            ),
            lambda found: self._take_both(*found),
        )

    def _take_both(self, staff: list[StaffLine], card: CaseCard) -> None:
        self.set_staff(staff, card)
        self._take(card)

    def set_staff(self, staff: list[StaffLine], card: CaseCard) -> None:
        """Offer the staff, the person's own name first chosen."""
        self.specialist.fill(specialists(self.t, staff), self.desk.actor.staff_id)


class VisitForm(WorkForm):
    """A recorded consultation: changed, or removed; in a closed month the lead gives a reason."""

    name = N_("Consultation")

    def __init__(self, desk: Desk, case_id: str, part_id: str) -> None:
        super().__init__(desk, case_id, part_id)
        self.visit = ConsultationEditor(desk, with_plans=False)
        self.form.fields.addWidget(self.visit)
        self.put_removal(self.t.text("Remove this consultation…"), "consultations", part_id)
        self.end_form()

    def start(self) -> None:
        self.visit.attendees.setFocus()

    def set_staff(self, staff: list[StaffLine], card: CaseCard) -> None:
        for line in card.consultations:
            if line.consultation.id == self.part_id:
                self.visit.set_staff(staff, line.consultation.held_on)

    def put(self, card: CaseCard) -> None:
        roles = classifiers().kinds["participant_role"]
        people = [
            (one.participant.id, one.name or self.t.label(roles[one.participant.role]))
            for one in card.people
        ]
        for line in card.consultations:
            if line.consultation.id == self.part_id:
                self.visit.set_people(people, line.consultation.attendees)
                self.visit.put(line)

    def save(self) -> None:
        self.clear_findings()
        if (wrong := self.visit.mistyped) is not None:
            self.not_a_date(wrong)
            return
        visit, visit_id, reasons = self.visit.form(), self.part_id, self.reasons.given()
        if not visit.attendees:
            self.show_finding(self.visit.fields["attendees"], message(self.t, "attendee_required"))
            return
        self.send(
            lambda job: change_consultation(
                job.session,
                job.actor,
                consultation_id=visit_id,
                consultation=visit,
                confirmed=reasons,
            )
        )


class PlanForm(WorkForm):
    """The next visit, or a referral, without a consultation; a known one is changed."""

    name = N_("Next visit or referral")

    def __init__(self, desk: Desk, case_id: str, part_id: str = "") -> None:
        super().__init__(desk, case_id, part_id)
        self.plans = NextVisit(desk)
        comes_to = self.t.text("Comes to")
        self._comes_to = Field(desk.theme, comes_to, "specialist_id", self.specialist)
        self.form.fields.addWidget(self._comes_to)
        self.form.fields.addWidget(self.plans)
        self.put_removal(self.t.text("Remove this visit…"), "appointments", part_id)
        self.end_form()

    def start(self) -> None:
        self.plans.next_on.setFocus()

    def reload(self) -> None:
        super().reload()
        case_id, part_id = self.case_id, self.part_id
        if part_id:
            self.desk.runner.read(
                self,
                lambda job: appointments_of_case(job.session, job.actor, case_id),
                lambda found: self._put_plan([one for one in found if one.id == part_id]),
            )

    def _put_plan(self, plans: list[Appointment]) -> None:
        for plan in plans:
            self.plans.put(plan)
            self._comes_to.setVisible(plan.specialist_id is not None)
            self.specialist.choose(plan.specialist_id)
        self.take_back()

    def save(self) -> None:
        self.clear_findings()
        plans = self.plans
        if (wrong := plans.mistyped) is not None:
            self.not_a_date(wrong)
            return
        if (unfilled := plans.unfilled) is not None:
            self.required(unfilled)
            return
        if plans.next_on.day() is None and not plans.referred_to.value:
            self.required(plans.fields["planned_on"])
            return
        keep, case_id = plans.keeping(self.specialist.value or None), self.case_id
        self.send(lambda job: keep(job, case_id))


class MediationForm(WorkForm):
    """A mediation: its contract, meetings and result, and nothing of what was said."""

    name = N_("Mediation")

    def __init__(self, desk: Desk, case_id: str, part_id: str = "") -> None:
        super().__init__(desk, case_id, part_id)
        t, theme = self.t, desk.theme
        self.contract_on = DateEdit(t, desk.clock, desk.clock.today())
        self.meetings = QLineEdit("0")
        self.meetings.setValidator(QIntValidator(0, 100, self))
        self.result = Choice(labels_of(t, classifiers().kinds["mediation_result"]))
        self.agreement_on = DateEdit(t, desk.clock)
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("Contract of"), "contract_on", self.contract_on),
                Field(theme, t.text("&Specialist"), "specialist_id", self.specialist),
                Field(theme, t.text("Meetings"), "meetings", self.meetings),
                Field(theme, t.text("Result"), "result", self.result),
                Field(theme, t.text("Agreement of, if any"), "agreement_on", self.agreement_on),
            )
        }
        f, fields = self.fields, self.form.fields
        fields.addLayout(pair(f["contract_on"], f["specialist_id"]))
        fields.addLayout(pair(f["meetings"], f["agreement_on"]))
        fields.addWidget(f["result"])
        self.put_removal(t.text("Remove this mediation…"), "mediations", part_id)
        self.end_form()

    def start(self) -> None:
        self.contract_on.setFocus()

    def put(self, card: CaseCard) -> None:
        for one in card.mediations:
            if one.id == self.part_id:
                self.contract_on.put(one.contract_on)
                self.specialist.choose(one.specialist_id)
                self.meetings.setText(str(one.meetings))
                self.result.choose(one.result)
                self.agreement_on.put(one.agreement_on)

    def save(self) -> None:
        self.clear_findings()
        contract_on = self.contract_on.day()
        for name, control in (
            ("contract_on", self.contract_on),
            ("agreement_on", self.agreement_on),
        ):
            if control.mistyped:
                self.not_a_date(self.fields[name])
                return
        if contract_on is None:
            self.required(self.fields["contract_on"])
            return
        case_id, part_id, reasons = self.case_id, self.part_id or None, self.reasons.given()
        specialist, result = self.specialist.value or None, self.result.value
        meetings, agreement_on = int(self.meetings.text() or 0), self.agreement_on.day()
        self.send(
            lambda job: save_mediation(
                job.session,
                job.actor,
                case_id=case_id,
                contract_on=contract_on,
                meetings=meetings,
                result=result,
                agreement_on=agreement_on,
                specialist_id=specialist,
                mediation_id=part_id,
                confirmed=reasons,
            )
        )


class StudyForm(WorkForm):
    """A psychological study of the family."""

    name = N_("Psychological study")

    def __init__(self, desk: Desk, case_id: str, part_id: str = "") -> None:
        super().__init__(desk, case_id, part_id)
        t, theme = self.t, desk.theme
        self.held_on = DateEdit(t, desk.clock, desk.clock.today())
        self._held_field = Field(theme, t.text("&Date"), "held_on", self.held_on)
        self.form.fields.addLayout(
            pair(
                self._held_field,
                Field(theme, t.text("&Specialist"), "specialist_id", self.specialist),
            )
        )
        self.put_removal(t.text("Remove this study…"), "studies", part_id)
        self.end_form()

    def start(self) -> None:
        self.held_on.setFocus()

    def put(self, card: CaseCard) -> None:
        for one in card.studies:
            if one.id == self.part_id:
                self.held_on.put(one.held_on)
                self.specialist.choose(one.specialist_id)

    def save(self) -> None:
        self.clear_findings()
        day = self.held_on.day()
        if day is None:
            self.not_a_date(self._held_field)
            return
        case_id, specialist = self.case_id, self.specialist.value or None
        study_id, reasons = self.part_id or None, self.reasons.given()
        self.send(
            lambda job: record_study(
                job.session,
                job.actor,
                case_id=case_id,
                held_on=day,
                specialist_id=specialist,
                study_id=study_id,
                confirmed=reasons,
            )
        )
