"""One person of a case: role, sex, birth; the rest only with consent, and for adults only."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from pravo_desktop.domain.dates import parse_date
from pravo_desktop.domain.iin import clean_iin, iin_findings
from pravo_desktop.domain.phone import format_phone, normalise_phone, phone_findings
from pravo_desktop.messages import message
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.participants import ParticipantForm
from pravo_desktop.usecases.queries import PersonCard
from ui.forms.grouped import GroupedEdit, grouped_iin, grouped_phone
from ui.forms.likely import LikelyCases
from ui.page import Desk
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.choices import Choice, Tick, labels_of
from ui.widgets.fields import Field
from ui.widgets.labels import label
from ui.widgets.layouts import column, pair, row

_SEX_OF_ROLE = {"husband": "male", "wife": "female"}
_YEAR = re.compile(r"(18|19|20)\d\d")


class PersonEditor(QFrame):
    """The fields of a person.

    Args:
        role: key of ``participant_role``.
        removable: has a button that takes the person out of the form.
    """

    changed = Signal()
    """Role or name changed."""
    removed = Signal()

    def __init__(self, desk: Desk, role: str, *, removable: bool = True) -> None:
        super().__init__()
        self.setObjectName("card")
        t, theme = desk.t, desk.theme
        self._desk = desk
        self._participant_id: str | None = None
        self._codes = {region.phone_code for region in classifiers().regions.values()}
        kinds = classifiers().kinds
        self.role = Choice(labels_of(t, kinds["participant_role"]), role)
        self.sex = Choice(labels_of(t, kinds["sex"]), _SEX_OF_ROLE.get(role, "not_stated"))
        self.birth = QLineEdit()
        self.birth.setPlaceholderText(t.text("1990 or 05.12.1990"))
        self.consent = Choice(labels_of(t, kinds["consent_state"]))
        self.surname, self.given_name, self.patronymic = QLineEdit(), QLineEdit(), QLineEdit()
        self.iin, self.phone = GroupedEdit(grouped_iin), GroupedEdit(grouped_phone)
        self.iin.setPlaceholderText(t.text("12 digits"))
        self.phone.setPlaceholderText("+7 701 123 45 67")
        self.safe_contact = Choice(labels_of(t, kinds["safe_contact"]), "not_stated")
        self.never_tell = Tick(t.text("The other must never learn that this person came"))
        self.never_tell.setObjectName("never_tell")
        self.likely = LikelyCases(desk)
        self.occupation = Choice(labels_of(t, kinds["occupation"]), "not_stated")
        self.disability = Choice(labels_of(t, kinds["disability"]), "not_stated")
        self.citizenship = Choice(labels_of(t, kinds["citizenship"]), "not_stated")
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("Who"), "role", self.role),
                Field(theme, t.text("Sex"), "sex", self.sex),
                Field(theme, t.text("Date or year of birth"), "birth_year", self.birth),
                Field(theme, t.text("Consent to keep personal data"), "consent", self.consent),
                Field(theme, t.text("Surname"), "surname", self.surname),
                Field(theme, t.text("Given name"), "given_name", self.given_name),
                Field(theme, t.text("Patronymic, if any"), "patronymic", self.patronymic),
                Field(theme, t.text("IIN"), "iin", self.iin),
                Field(theme, t.text("Phone"), "phone", self.phone),
                Field(theme, t.text("Safe way of contact"), "safe_contact", self.safe_contact),
                Field(theme, t.text("Occupation"), "occupation", self.occupation),
                Field(theme, t.text("Disability"), "disability", self.disability),
                Field(theme, t.text("Citizenship"), "citizenship", self.citizenship),
            )
        }
        f = self.fields
        self.heading = label("", "section")
        head = row()
        head.addWidget(self.heading, 1)
        if removable:
            remove = button(t.text("Take out"), "link", name="take_out")
            remove.clicked.connect(self.removed)
            head.addWidget(remove)
        names = column(2 * GRID)
        names.addLayout(pair(f["surname"], f["given_name"]))
        names.addLayout(pair(f["patronymic"], f["iin"]))
        names.addLayout(pair(f["phone"], f["safe_contact"]))
        names.addWidget(self.never_tell)
        names.addWidget(self.likely)
        self._names = QWidget()
        self._names.setLayout(names)
        work = column(2 * GRID)
        work.addWidget(f["occupation"])
        work.addLayout(pair(f["disability"], f["citizenship"]))
        self._work = QWidget()
        self._work.setLayout(work)
        layout = column(2 * GRID, 2 * GRID)
        layout.addLayout(head)
        layout.addLayout(pair(f["role"], f["sex"]))
        layout.addLayout(pair(f["birth_year"], f["consent"]))
        layout.addWidget(self._names)
        layout.addWidget(self._work)
        self.setLayout(layout)
        self.role.currentIndexChanged.connect(self._settle_role)
        self.consent.currentIndexChanged.connect(self._settle)
        self.surname.textChanged.connect(self._rename)
        self.given_name.textChanged.connect(self._rename)
        for known in (self.surname, self.iin, self.phone):
            known.textEdited.connect(self._look_for_likely)
        self.iin.editingFinished.connect(self._look_at_iin)
        self.phone.editingFinished.connect(self._look_at_phone)
        self._settle()

    @property
    def is_child(self) -> bool:
        return self.role.value == "child"

    @property
    def caption(self) -> str:
        """The person's name, or else the role."""
        names = " ".join(filter(None, (self.surname.text(), self.given_name.text()))).strip()
        return names if names and self._named else self.role.currentText()

    @property
    def _named(self) -> bool:
        return not self.is_child and self.consent.value == "given"

    def _settle_role(self) -> None:
        if self.sex.value == "not_stated" and self.role.value in _SEX_OF_ROLE:
            self.sex.choose(_SEX_OF_ROLE[self.role.value])
        self._settle()

    def _settle(self) -> None:
        self.fields["consent"].setVisible(not self.is_child)
        self._names.setVisible(self._named)
        self._work.setVisible(self._named)
        self._rename()

    def _rename(self) -> None:
        self.heading.setText(self.caption)
        self.changed.emit()

    def _look_for_likely(self) -> None:
        self.likely.look(self.surname.text(), self.iin.text(), self.phone.text())

    def _look_at_iin(self) -> None:
        iin = clean_iin(self.iin.text())
        wrong = iin_findings(iin) if iin else ()
        text = message(self._desk.t, wrong[0]) if wrong else ""
        self.fields["iin"].show_finding(text, warning=True)

    def _look_at_phone(self) -> None:
        written = self.phone.text().strip()
        wrong = phone_findings(written, self._codes) if written else ()
        text = message(self._desk.t, wrong[0]) if wrong else ""
        self.fields["phone"].show_finding(text, warning=True)
        stored = normalise_phone(written)
        if stored and not wrong:
            self.phone.setText(format_phone(stored, self._codes))

    def put(self, person: PersonCard) -> None:
        """Show a known person."""
        record, identity = person.participant, person.identity
        self._participant_id = record.id
        self.likely.case_id = record.case_id
        self.role.choose(record.role)
        self.sex.choose(record.sex)
        self.consent.choose(person.consent)
        self.occupation.choose(record.occupation)
        self.disability.choose(record.disability)
        self.citizenship.choose(record.citizenship)
        self.birth.setText(str(record.birth_year) if record.birth_year else "")
        if identity is not None:
            self.surname.setText(identity.surname or "")
            self.given_name.setText(identity.given_name or "")
            self.patronymic.setText(identity.patronymic or "")
            self.iin.setText(grouped_iin(identity.iin or ""))
            self.phone.setText(format_phone(identity.phone, self._codes) if identity.phone else "")
            self.safe_contact.choose(identity.safe_contact)
            self.never_tell.setChecked(identity.never_tell)
            if identity.birth_date:
                self.birth.setText(self._desk.t.date(identity.birth_date))

    def _birth(self) -> tuple[int | None, date | None]:
        written = self.birth.text().strip()
        if _YEAR.fullmatch(written):
            return int(written), None
        day = parse_date(written, today=self._desk.clock.today()) if written else None
        return (day.year if day else None), day

    @property
    def birth_mistyped(self) -> bool:
        """Whether there is text that is neither a year nor a date."""
        return bool(self.birth.text().strip()) and self._birth() == (None, None)

    def form(self) -> ParticipantForm:
        """What is typed, as the use cases take it."""
        year, day = self._birth()
        form = ParticipantForm(
            role=self.role.value,
            sex=self.sex.value,
            birth_year=year,
            participant_id=self._participant_id,
        )
        if self.is_child:
            return form
        form = replace(form, consent=self.consent.value)
        if not self._named:
            return form
        return replace(
            form,
            occupation=self.occupation.value,
            disability=self.disability.value,
            citizenship=self.citizenship.value,
            birth_date=day,
            surname=self.surname.text().strip() or None,
            given_name=self.given_name.text().strip() or None,
            patronymic=self.patronymic.text().strip() or None,
            iin=clean_iin(self.iin.text()) or None,
            phone=self.phone.text().strip() or None,
            safe_contact=self.safe_contact.value,
            never_tell=self.never_tell.isChecked(),
        )
