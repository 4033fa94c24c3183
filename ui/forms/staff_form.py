"""A staff member: profession, share of a full post, since when and until when."""

from __future__ import annotations

from datetime import date

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit

from pravo_desktop.i18n import N_
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.queries import StaffLine, staff_lines
from pravo_desktop.usecases.staff import save_staff_member
from ui.forms.form_page import FormPage
from ui.page import Desk
from ui.widgets import Choice, DateEdit, Field, labels_of, pair


class StaffForm(FormPage):
    """Adds a staff member or changes one.

    Args:
        staff_id: whom to change; empty adds somebody.
    """

    name = N_("Staff member")

    def __init__(self, desk: Desk, staff_id: str = "") -> None:
        super().__init__(desk, **({"staff_id": staff_id} if staff_id else {}))
        t, theme = self.t, desk.theme
        self._staff_id = staff_id
        self.profession = Choice(labels_of(t, classifiers().kinds["profession"]))
        self.surname, self.given_name = QLineEdit(), QLineEdit()
        self.rate = QLineEdit("100")
        self.rate.setValidator(QIntValidator(1, 200, self))
        self.employed_from = DateEdit(t, desk.clock, desk.clock.today().replace(day=1))
        self.employed_to = DateEdit(t, desk.clock)
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("&Profession"), "profession", self.profession),
                Field(theme, t.text("&Surname"), "surname", self.surname),
                Field(theme, t.text("&Given name"), "given_name", self.given_name),
                Field(theme, t.text("&Rate, %"), "rate_percent", self.rate),
                Field(theme, t.text("Works here &from"), "employed_from", self.employed_from),
                Field(theme, t.text("&Until, if known"), "employed_to", self.employed_to),
            )
        }
        f, fields = self.fields, self.form.fields
        fields.addLayout(pair(f["profession"], f["rate_percent"]))
        fields.addLayout(pair(f["surname"], f["given_name"]))
        fields.addLayout(pair(f["employed_from"], f["employed_to"]))
        self.end_form()

    def start(self) -> None:
        self.profession.setFocus()

    def reload(self) -> None:
        if self._staff_id:
            self.desk.runner.read(self, lambda job: staff_lines(job.session, job.actor), self._put)

    def _put(self, lines: list[StaffLine]) -> None:
        for line in lines:
            if line.staff_id == self._staff_id and not self.surname.isModified():
                self.profession.choose(line.profession)
                self.surname.setText(line.surname)
                self.given_name.setText(line.given_name)
                self.rate.setText(str(line.rate_percent))
                self.employed_from.put(line.employed_from)
                self.employed_to.put(line.employed_to)

    def save(self) -> None:
        self.clear_findings()
        for name, control in (
            ("employed_from", self.employed_from),
            ("employed_to", self.employed_to),
        ):
            if control.mistyped:
                self.not_a_date(self.fields[name])
                return
        first: date | None = self.employed_from.day()
        if first is None:
            self.required(self.fields["employed_from"])
            return
        profession, last = self.profession.value, self.employed_to.day()
        rate = int(self.rate.text() or 100)
        surname = self.surname.text().strip() or None
        given_name = self.given_name.text().strip() or None
        staff_id, reasons = self._staff_id or None, self.reasons.given()
        self.submit(
            lambda job: save_staff_member(
                job.session,
                job.actor,
                profession=profession,
                rate_percent=rate,
                employed_from=first,
                employed_to=last,
                surname=surname,
                given_name=given_name,
                staff_id=staff_id,
                confirmed=reasons,
            ),
            lambda _: self._saved(),
        )

    def _saved(self) -> None:
        self.desk.navigator.back()
        self.desk.navigator.say(self.t.text("The staff list is saved."))
