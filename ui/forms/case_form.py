"""A new case in one flow: the case, its people, its claims, the first consultation."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from pravo_desktop.i18n import N_
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.cases import CaseOpened, open_case
from pravo_desktop.usecases.queries import StaffLine, staff_lines
from ui.forms.claim_editor import ClaimEditor
from ui.forms.consultation_editor import ConsultationEditor
from ui.forms.form_page import Finding, FormPage
from ui.forms.person_editor import PersonEditor
from ui.page import Desk
from ui.runner import Job
from ui.theme import GRID
from ui.typed import retype, typed
from ui.widgets.buttons import button
from ui.widgets.choices import Choice, Choices, Tick, labels_of
from ui.widgets.fields import Field
from ui.widgets.labels import Note
from ui.widgets.layouts import column, row

PEOPLE_OF_KIND = {
    "married": ("husband", "wife"),
    "divorced": ("former_spouse", "former_spouse"),
    "unregistered": ("partner", "partner"),
    "future_spouses": ("partner", "partner"),
    "guardian_or_relative": ("guardian",),
    "one_person": ("other_adult",),
}
"""Whom the form expects for each kind of case, until a person changes it."""
_SPECIALIST = "consultation/specialist_id"
"""Who held the first visit, chosen among those read a moment after the form is there."""


class CaseForm(FormPage):
    """A new case; can be saved with nobody's name."""

    name = N_("New case")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t, theme = self.t, desk.theme
        kinds = classifiers().kinds
        self.people: list[PersonEditor] = []
        self.claims: list[ClaimEditor] = []
        self._add_people: list[QPushButton] = []
        self._staff_read = False
        self._save_waits = False
        self._kept: Mapping[str, Any] = {}
        self.kind = Choice(labels_of(t, kinds["case_kind"]))
        self.came_through = Choice(labels_of(t, kinds["came_through"]), "not_stated")
        self.causes = Choices(theme, labels_of(t, kinds["cause"]))
        self.label = QLineEdit()
        fields = self.form.fields
        fields.addWidget(Field(theme, t.text("&Kind of case"), "kind", self.kind))
        fields.addWidget(Field(theme, t.text("How they &came"), "came_through", self.came_through))
        fields.addWidget(Field(theme, t.text("Ca&uses of the conflict"), "causes", self.causes))
        fields.addWidget(
            Field(
                theme,
                t.text("&Label, if nobody is named"),
                "label",
                self.label,
                t.text("Any word by which you will find the case again; not a name."),
            )
        )
        self.add_section(t.text("People"))
        self._people_box = column(2 * GRID)
        fields.addLayout(self._people_box)
        adds = row()
        for text, role, key in (
            (t.text("Add an &adult"), "other_adult", "Ctrl+Shift+A"),
            (t.text("Add a &child"), "child", "Ctrl+Shift+D"),
        ):
            add = button(text, name=f"add_{role}")
            add.clicked.connect(lambda _=False, role=role: self._go_on_with(role))
            self._give_key(add, key)
            self._add_people.append(add)
            adds.addWidget(add)
        adds.addStretch(1)
        fields.addLayout(adds)
        self.add_section(t.text("Claims in court"))
        self._claims_box = column(2 * GRID)
        fields.addLayout(self._claims_box)
        self._add_claim = add_claim = button(t.text("Add a c&laim"), name="add_claim")
        add_claim.clicked.connect(self._go_on_with_claim)
        self._give_key(add_claim, "Ctrl+Shift+L")
        fields.addWidget(add_claim)
        self.add_section(t.text("First consultation"))
        self.visit = ConsultationEditor(desk)
        self.with_visit = Tick(t.text("Record the first consultation n&ow"))
        self.with_visit.setObjectName("with_visit")
        self.with_visit.setChecked(True)
        self.with_visit.toggled.connect(self.visit.setVisible)
        self.no_staff = Note(theme)
        fields.addWidget(self.with_visit)
        fields.addWidget(self.no_staff)
        fields.addWidget(self.visit)
        self.end_form()
        self.kind.currentIndexChanged.connect(self._expect_people)
        self._expect_people()

    def _give_key(self, add: QPushButton, key: str) -> None:
        add.setToolTip(key)
        QShortcut(QKeySequence(key), self).activated.connect(add.click)

    def _go_on_with(self, role: str) -> None:
        """A new person; what a child is needs no choosing."""
        person = self.add_person(role)
        (person.sex if person.is_child else person.role).setFocus()
        self.form.bring_into_sight(person)

    def _go_on_with_claim(self) -> None:
        claim = self.add_claim()
        claim.kind.setFocus()
        self.form.bring_into_sight(claim)

    def start(self) -> None:
        if self.window().focusWidget() is None or not self.isAncestorOf(
            self.window().focusWidget()
        ):
            self.kind.setFocus()

    def reload(self) -> None:
        self.desk.runner.read(
            self, lambda job: staff_lines(job.session, job.actor), self._set_staff
        )

    def _set_staff(self, staff: list[StaffLine]) -> None:
        self.visit.set_staff(staff)
        retype(self, self._kept)
        self._staff_read, self._kept = True, {}
        if not staff:
            self.with_visit.setChecked(False)
            self.with_visit.setEnabled(False)
            self.no_staff.show_text(
                self.t.text(
                    "No specialist is on the staff list yet. Save the case; the consultation "
                    "can be recorded once the head of the centre has added the staff."
                ),
                "warning",
            )
        if self._save_waits:
            self._save_waits = False
            self.save()

    def add_person(self, role: str) -> PersonEditor:
        """Add a person to the form."""
        editor = PersonEditor(self.desk, role)
        editor.changed.connect(self._name_attendees)
        editor.removed.connect(lambda: self._take_out(editor))
        self.people.append(editor)
        self._people_box.addWidget(editor)
        self._name_attendees()
        self._order_tabs()
        return editor

    def _take_out(self, editor: PersonEditor) -> None:
        self.people.remove(editor)
        self._discard(editor)

    def add_claim(self) -> ClaimEditor:
        """Add a claim to the form."""
        editor = ClaimEditor(self.desk)
        editor.removed.connect(lambda: self._take_out_claim(editor))
        self.claims.append(editor)
        self._claims_box.addWidget(editor)
        self._order_tabs()
        return editor

    def _order_tabs(self) -> None:
        """People and claims come late and would stand behind everything else."""
        blocks: list[QWidget] = [
            self.kind,
            self.came_through,
            self.causes,
            self.label,
            *self.people,
            *self._add_people,
            *self.claims,
            self._add_claim,
            self.with_visit,
            self.visit,
        ]
        for one, next_one in pairwise(stop for block in blocks for stop in _stops(block)):
            QWidget.setTabOrder(one, next_one)

    def _take_out_claim(self, editor: ClaimEditor) -> None:
        self.claims.remove(editor)
        self._discard(editor)

    def _discard(self, editor: QWidget) -> None:
        editor.hide()
        editor.setParent(None)
        editor.deleteLater()
        self._name_attendees()

    def _expect_people(self) -> None:
        """Whom a kind of case usually has; people already described stay."""
        expected = PEOPLE_OF_KIND[self.kind.value]
        adults = [person for person in self.people if not person.is_child]
        if any(person.consent.value != "not_asked" or person.birth.text() for person in adults):
            return
        for person in adults[len(expected) :]:
            self._take_out(person)
        for position, role in enumerate(expected):
            if position < len(adults):
                adults[position].role.choose(role)
            else:
                self.add_person(role)

    def _name_attendees(self) -> None:
        adults = [
            (str(position), person.caption)
            for position, person in enumerate(self.people)
            if not person.is_child
        ]
        new = {key for key, _ in adults} - set(self.visit.attendees.keys())
        came = {*self.visit.attendees.values(), *new}
        self.visit.set_people(adults, came)

    def save(self) -> None:
        """Open the case with all that is typed, once those who can hold a visit are read."""
        if not self._staff_read:
            self._save_waits = True
            return
        self.clear_findings()
        for person in self.people:
            if person.birth_mistyped:
                self.birth_mistyped(person.fields["birth_year"])
                return
        for claim in self.claims:
            if claim.filed_on.mistyped:
                self.not_a_date(claim.fields["filed_on"])
                return
        with_visit = self.with_visit.isChecked()
        if with_visit and (wrong := self.visit.mistyped) is not None:
            self.not_a_date(wrong)
            return
        if with_visit and (unfilled := self.visit.plans.unfilled) is not None:
            self.required(unfilled)
            return
        kind, came_through = self.kind.value, self.came_through.value
        causes, written = self.causes.values(), self.label.text().strip() or None
        people = tuple(person.form() for person in self.people)
        claims = tuple(claim.form() for claim in self.claims)
        visit = self.visit.form() if with_visit else None
        reasons = self.reasons.given()
        keep_plans = self.visit.plans.keeping(self.visit.specialist.value) if with_visit else None

        def work(job: Job) -> CaseOpened:
            with job.session.transaction():
                opened = open_case(
                    job.session,
                    job.actor,
                    kind=kind,
                    came_through=came_through,
                    causes=causes,
                    label=written,
                    participants=people,
                    claims=claims,
                    consultation=visit,
                    confirmed=reasons,
                )
                if keep_plans is not None:
                    keep_plans(job, opened.case_id)
                return opened

        named = any(person.surname or person.given_name for person in people)
        self.submit(work, lambda case: self._opened(case, named))

    def _opened(self, case: CaseOpened, named: bool) -> None:
        from ui.pages.case import CasePage
        from ui.pages.papers import PaperForm

        navigator = self.desk.navigator
        said = self.t.text("Case {number} is saved.", number=case.number)
        navigator.back()
        navigator.open(CasePage, case_id=case.case_id)
        if named:
            navigator.say(said)
            return
        navigator.say(
            self.t.text("{said} Give the person its number to come again with.", said=said),
            self.t.text("Print a slip"),
            lambda: navigator.open(PaperForm, case_id=case.case_id, kind="slip"),
        )

    def field_of(self, finding: Finding) -> Field | None:
        """A finding of a person is placed with the person whose own words raise it."""
        name = str(finding.get("field") or "")
        if name == "birth_date":
            name = "birth_year"
        if name == "registered_on":
            return self.visit.fields["held_on"]
        for person in self.people:
            field = person.fields.get(name)
            if field is not None and name not in ("role", "kind") and _fits(person, finding):
                return field
        return super().field_of(finding)

    def typed(self) -> Mapping[str, Any]:
        return {
            "roles": [person.role.value for person in self.people],
            "people": [typed(person) for person in self.people],
            "claims": [typed(claim) for claim in self.claims],
            "rest": typed(self),
        }

    def retype(self, values: Mapping[str, Any]) -> None:
        for person in list(self.people):
            self._take_out(person)
        for role, person_values in zip(values["roles"], values["people"], strict=True):
            retype(self.add_person(role), person_values)
        for claim_values in values["claims"]:
            retype(self.add_claim(), claim_values)
        rest = {path: value for path, value in values["rest"].items() if "card" not in path}
        if not self._staff_read:
            self._kept = {path: one for path, one in rest.items() if path == _SPECIALIST}
        self.kind.blockSignals(True)
        retype(self, rest)
        self.kind.blockSignals(False)


def _stops(block: QWidget) -> list[QWidget]:
    """Where the Tab key stops in a part of a form, in the order of its layout."""
    return [
        widget
        for widget in (block, *block.findChildren(QWidget))
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.objectName()
        and not widget.objectName().startswith("qt_")
    ]


def _fits(person: PersonEditor, finding: Finding) -> bool:
    """Whether a finding can be about this person: its field is filled, its age is the person's."""
    form = person.form()
    name = str(finding.get("field"))
    if "age" in finding and form.birth_year is not None:
        return bool(person.birth.text()) and _age(person) == finding["age"]
    value = form.birth_year if name in ("birth_date", "birth_year") else getattr(form, name, None)
    return value not in (None, "", "not_stated", "not_asked")


def _age(person: PersonEditor) -> int:
    year = person.form().birth_year
    return person._desk.clock.today().year - year if year else -1
