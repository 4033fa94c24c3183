"""A staff member: profession, share of a post, since when; their account; their leaving."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import N_
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.leavers import EmploymentEnded
from pravo_desktop.usecases.queries import StaffLine, staff_lines
from pravo_desktop.usecases.staff import save_staff_member
from pravo_desktop.usecases.station import StaffCard, let_go, staff_card
from ui.forms.loaded_form import LoadedForm
from ui.forms.removable import Removable
from ui.models.places import centre_keys, centre_name
from ui.models.staff import profession_text, roles_text
from ui.page import Desk
from ui.reason import ask_about_notes
from ui.runner import Job
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.choices import Choice, labels_of
from ui.widgets.fields import DateEdit, Field
from ui.widgets.labels import label
from ui.widgets.layouts import column, pair, row


class StaffForm(Removable):
    """Adds a staff member or changes one.

    Args:
        staff_id: whom to change; empty adds somebody.
    """

    name = N_("Staff member")
    reloads_on = frozenset({"accounts"})

    def __init__(self, desk: Desk, staff_id: str = "") -> None:
        super().__init__(desk, **({"staff_id": staff_id} if staff_id else {}))
        t, theme = self.t, desk.theme
        self._staff_id = staff_id
        self._kept: Mapping[str, Any] | None = None
        self.card: StaffCard | None = None
        self.profession = Choice(labels_of(t, classifiers().kinds["profession"]))
        self.surname, self.given_name, self.patronymic = QLineEdit(), QLineEdit(), QLineEdit()
        self.rate = QLineEdit("100")
        self.rate.setValidator(QIntValidator(1, 200, self))
        self.employed_from = DateEdit(t, desk.clock, desk.clock.today().replace(day=1))
        self.employed_to = DateEdit(t, desk.clock)
        others = [(k, centre_name(t, k)) for k in centre_keys(t) if k != desk.centre]
        self.home_centre = Choice([(None, t.text("This workplace")), *others])
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("&Profession"), "profession", self.profession),
                Field(theme, t.text("&Surname"), "surname", self.surname),
                Field(theme, t.text("&Given name"), "given_name", self.given_name),
                Field(theme, t.text("Patronymic, if an&y"), "patronymic", self.patronymic),
                Field(theme, t.text("&Rate, %"), "rate_percent", self.rate),
                Field(theme, t.text("Works here &from"), "employed_from", self.employed_from),
                Field(theme, t.text("&Until, if known"), "employed_to", self.employed_to),
                Field(
                    theme,
                    t.text("&Home centre"),
                    "home_centre",
                    self.home_centre,
                    t.text("A substitute works here for a time and belongs to another centre."),
                ),
            )
        }
        f, fields = self.fields, self.form.fields
        fields.addLayout(pair(f["profession"], f["rate_percent"]))
        fields.addLayout(pair(f["surname"], f["given_name"]))
        fields.addWidget(f["patronymic"])
        fields.addLayout(pair(f["employed_from"], f["employed_to"]))
        fields.addWidget(f["home_centre"])
        self._build_account()
        self.put_removal(
            self.t.text("Remo&ve from the list, if entered by mistake…"), "staff_members", staff_id
        )
        self.end_form()

    def _build_account(self) -> None:
        """The account and the leaving, for somebody who is in the list already."""
        t = self.t
        self.accounts = label("", wrap=True)
        self.account_button = button(t.text("Give an &account…"), name="give_account")
        self.account_button.clicked.connect(self.give_account)
        self.roles_button = button(t.text("Change &roles…"), name="change_roles")
        self.roles_button.clicked.connect(self.change_roles)
        self.leave_button = button(t.text("&Leaves the centre…"), name="leaves")
        self.leave_button.clicked.connect(self.leave)
        self._account = QWidget()
        buttons = row(GRID)
        buttons.addWidget(self.account_button)
        buttons.addWidget(self.roles_button)
        buttons.addWidget(self.leave_button)
        buttons.addStretch(1)
        layout = column(GRID)
        layout.addWidget(label(t.text("Account"), "section"))
        layout.addWidget(self.accounts)
        layout.addLayout(buttons)
        self._account.setLayout(layout)
        self._account.setVisible(False)
        self.form.fields.addSpacing(GRID)
        self.form.fields.addWidget(self._account)

    def start(self) -> None:
        self.profession.setFocus()

    def retype(self, values: Mapping[str, Any]) -> None:
        self._kept = values
        super().retype(values)

    def reload(self) -> None:
        staff_id = self._staff_id
        if staff_id:
            self.desk.runner.read(
                self, lambda job: staff_card(job.session, job.actor, staff_id), self._put
            )

    def _put(self, card: StaffCard) -> None:
        first, self.card = self.card is None, card
        t = self.t
        self._account.setVisible(True)
        self.accounts.setText(
            "\n".join(f"{one.name} — {roles_text(t, one.roles)}" for one in card.accounts)
            or t.text("No account: this person cannot sign in.")
        )
        self.account_button.setVisible(not card.accounts)
        self.roles_button.setVisible(bool(card.accounts))
        self.leave_button.setVisible(bool(card.accounts) or card.member.employed_to is None)
        if not first:
            return
        member, name = card.member, card.name
        self.profession.choose(member.profession)
        self.surname.setText(name.surname if name else "")
        self.given_name.setText((name.given_name if name else None) or "")
        self.patronymic.setText((name.patronymic if name else None) or "")
        self.rate.setText(str(member.rate_percent))
        self.employed_from.put(member.employed_from)
        self.employed_to.put(member.employed_to)
        self.home_centre.choose(member.home_centre)
        if self._kept is not None:
            super().retype(self._kept)

    def give_account(self) -> None:
        """Open the form of an account for this person."""
        from ui.forms.account_form import AccountForm

        self.desk.navigator.open(AccountForm, staff_id=self._staff_id)

    def change_roles(self) -> None:
        """Open the form of the roles of this person's account."""
        from ui.forms.account_form import RolesForm

        if self.card is not None and self.card.accounts:
            account_id = self.card.accounts[0].account_id
            self.desk.navigator.open(RolesForm, account_id=account_id)

    def leave(self) -> None:
        """Open the form in which employment ends."""
        self.desk.navigator.open(LeaverForm, staff_id=self._staff_id)

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
        given = {
            name: control.text().strip() or None
            for name, control in (
                ("surname", self.surname),
                ("given_name", self.given_name),
                ("patronymic", self.patronymic),
            )
        }
        if not given["surname"] and (given["given_name"] or given["patronymic"]):
            self.required(self.fields["surname"])
            return
        profession, last = self.profession.value, self.employed_to.day()
        home, rate = self.home_centre.value or None, int(self.rate.text() or 100)
        staff_id, reasons = self._staff_id or None, self.reasons.given()
        self.submit(
            lambda job: save_staff_member(
                job.session,
                job.actor,
                profession=profession,
                rate_percent=rate,
                employed_from=first,
                employed_to=last,
                home_centre=home,
                staff_id=staff_id,
                confirmed=reasons,
                **given,
            ),
            self._saved,
        )

    def _saved(self, staff_id: str) -> None:
        from ui.forms.account_form import AccountForm

        t, navigator = self.t, self.desk.navigator
        new = not self._staff_id
        navigator.back()
        if new:
            navigator.say(
                t.text("The staff list is saved."),
                t.text("Give an account"),
                lambda: navigator.open(AccountForm, staff_id=staff_id),
            )
        else:
            navigator.say(t.text("The staff list is saved."))


class LeaverForm(LoadedForm):
    """Ends somebody's employment: visits are handed over, the account is closed.

    Args:
        staff_id: who leaves.
    """

    name = N_("Somebody leaves")

    def __init__(self, desk: Desk, staff_id: str) -> None:
        super().__init__(desk, staff_id=staff_id)
        t, theme = self.t, desk.theme
        self._staff_id = staff_id
        self.who = label("", "section", wrap=True)
        self.last_day = DateEdit(t, desk.clock, desk.clock.today())
        self.successor = Choice([(None, t.text("Anybody of the same profession"))])
        self.close_account = QCheckBox()
        self.close_account.setObjectName("close_account")
        self.close_account.setChecked(True)
        self.close_account.setVisible(False)
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("Last working &day"), "last_day", self.last_day),
                Field(
                    theme,
                    t.text("Expected visits are taken &over by"),
                    "hand_over_to",
                    self.successor,
                ),
            )
        }
        self.form.fields.addWidget(self.who)
        for field in self.fields.values():
            self.form.fields.addWidget(field)
        self.form.fields.addWidget(self.close_account)
        self.form.fields.addWidget(
            label(
                t.text(
                    "What this person recorded stays. Their unsaved drafts are thrown away with "
                    "the account, and nobody signs in with its password any more."
                ),
                "quiet",
                wrap=True,
            )
        )
        self.end_form()

    def start(self) -> None:
        self.last_day.setFocus()
        self.last_day.selectAll()

    def reload(self) -> None:
        staff_id = self._staff_id
        self.load(
            lambda job: (
                staff_card(job.session, job.actor, staff_id),
                staff_lines(job.session, job.actor),
            ),
            lambda found: self._put(*found),
        )

    def _put(self, card: StaffCard, lines: list[StaffLine]) -> None:
        t = self.t
        names = {one.staff_id: one.name or profession_text(t, one.profession) for one in lines}
        post = profession_text(t, card.member.profession)
        self.who.setText(" · ".join(dict.fromkeys((names[self._staff_id], post))))
        today = self.desk.clock.today()
        self.successor.fill(
            [
                (None, t.text("Anybody of the same profession")),
                *(
                    (one.staff_id, f"{names[one.staff_id]} · {profession_text(t, one.profession)}")
                    for one in lines
                    if one.staff_id != self._staff_id and one.employed_on(today)
                ),
            ]
        )
        logins = ", ".join(one.name for one in card.accounts)
        self.close_account.setText(t.text("Close the &account now: {names}", names=logins))
        self.close_account.setVisible(bool(logins))

    def save(self) -> None:
        self._end(None)

    def _end(self, destroy_notes: str | None) -> None:
        self.clear_findings()
        last = self.last_day.day()
        if last is None:
            if self.last_day.mistyped:
                self.not_a_date(self.fields["last_day"])
            else:
                self.required(self.fields["last_day"])
            return
        staff_id, successor = self._staff_id, self.successor.value or None
        closing, reasons = self.close_account.isChecked(), self.reasons.given()
        if self.saving:
            return
        self.saving = True
        self.desk.navigator.hush()
        forget = self.drafting.forgetting()

        def end(job: Job) -> tuple[EmploymentEnded, tuple[str, ...]]:
            ended = let_go(
                job.session,
                job.actor,
                staff_id=staff_id,
                last_day=last,
                hand_over_to=successor,
                close_accounts=closing,
                destroy_notes=destroy_notes,
                confirmed=reasons,
            )
            forget(job)
            return ended, ended.accounts

        def failed(error: Exception) -> None:
            if isinstance(error, KnownError) and error.code == "notes_not_handed_over":
                self.saving = False
                ask_about_notes(self, self.desk, error, self._end, staff_id)
            else:
                self._refused(error)

        self.desk.runner.close_accounts(self, end, self._left, failed)

    def _left(self, ended: EmploymentEnded) -> None:
        self.drafting.start_anew()
        for _ in ("this form", "the staff member's"):
            self.desk.navigator.back()
        self.desk.navigator.say(
            self.t.plural(
                "Employment is ended; {n} expected visit is handed over.",
                "Employment is ended; {n} expected visits are handed over.",
                ended.handed_over,
            )
        )
