"""An account: user name, first password, whose it is; what its owner may do, then and later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QLineEdit

from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import N_
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.accounts import Account, accounts, change_roles
from pravo_desktop.usecases.actor import CENTRE, COORDINATOR
from pravo_desktop.usecases.queries import StaffLine, staff_lines
from ui.forms.form_page import FormPage
from ui.forms.loaded_form import LoadedForm
from ui.models.staff import profession_text
from ui.page import Desk
from ui.widgets.choices import Choice, Choices
from ui.widgets.fields import Field
from ui.widgets.labels import label
from ui.widgets.layouts import pair


def roles_here(desk: Desk) -> list[tuple[str | None, str]]:
    """Keys and labels of the roles that this workplace knows, for `Choices`."""
    here = COORDINATOR if desk.centre == NATIONAL else CENTRE
    return [
        (key, desk.t.label(one)) for key, one in classifiers().kinds["role"].items() if key in here
    ]


class AccountForm(FormPage):
    """Adds an account, for a staff member or for somebody who is not in the list.

    Args:
        staff_id: whose account it will be.
    """

    name = N_("New account")

    def __init__(self, desk: Desk, staff_id: str = "") -> None:
        super().__init__(desk, **({"staff_id": staff_id} if staff_id else {}))
        t, theme = self.t, desk.theme
        self._staff_id = staff_id
        self._kept: Mapping[str, Any] | None = None
        self._staff: dict[str, StaffLine] = {}
        self._roles = roles_here(desk)
        self.staff = Choice([(None, t.text("Nobody of the staff list"))])
        self.staff.currentIndexChanged.connect(self._suggest)
        self.user, self.password, self.again = QLineEdit(), QLineEdit(), QLineEdit()
        for one in (self.password, self.again):
            one.setEchoMode(QLineEdit.EchoMode.Password)
        self.roles_box = Choices(theme, self._roles)
        if len(self._roles) == 1:
            self.roles_box.fill(self._roles, [str(self._roles[0][0])])
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("&Whose account it is"), "staff_id", self.staff),
                Field(
                    theme,
                    t.text("&User name"),
                    "name",
                    self.user,
                    t.text("The person chooses it when signing in."),
                ),
                Field(theme, t.text("&Password"), "password", self.password),
                Field(theme, t.text("Password once &more"), "again", self.again),
                Field(
                    theme,
                    t.text("&Roles"),
                    "roles",
                    self.roles_box,
                    t.text("Several are possible. A role decides which pages there are."),
                ),
            )
        }
        f, fields = self.fields, self.form.fields
        fields.addWidget(f["staff_id"])
        fields.addWidget(f["name"])
        fields.addLayout(pair(f["password"], f["again"]))
        fields.addWidget(f["roles"])
        self.end_form()

    def start(self) -> None:
        self.user.setFocus()

    def typed(self) -> Mapping[str, Any]:
        return {
            path: value
            for path, value in super().typed().items()
            if path.rsplit("/", 1)[-1] not in ("password", "again")
        }

    def retype(self, values: Mapping[str, Any]) -> None:
        self._kept = values
        super().retype(values)

    def reload(self) -> None:
        self.desk.runner.read(self, lambda job: staff_lines(job.session, job.actor), self._put)

    def _put(self, lines: list[StaffLine]) -> None:
        t, today = self.t, self.desk.clock.today()
        self._staff = {line.staff_id: line for line in lines}
        self.staff.fill(
            [
                (None, t.text("Nobody of the staff list")),
                *(
                    (
                        line.staff_id,
                        " · ".join(filter(None, (line.name, profession_text(t, line.profession)))),
                    )
                    for line in lines
                    if line.employed_to is None or line.employed_to >= today
                ),
            ],
            self._staff_id or None,
        )
        self._suggest()
        if self._kept is not None:
            super().retype(self._kept)

    def _suggest(self) -> None:
        """The role is the profession's, until the person ticks another."""
        line = self._staff.get(self.staff.value)
        if line is not None and not self.roles_box.values():
            self.roles_box.fill(self._roles, [line.profession])

    def save(self) -> None:
        self.clear_findings()
        t, name, password = self.t, self.user.text().strip(), self.password.text()
        roles, staff_id = self.roles_box.values(), self.staff.value or None
        for field, given in (("name", name), ("password", password), ("roles", roles)):
            if not given:
                self.required(self.fields[field])
                return
        if password != self.again.text():
            self.show_finding(
                self.fields["again"], t.text("The two passwords differ. Type them once more.")
            )
            return
        self.submit(
            lambda job: job.workplace.add_account(
                job.session, name=name, password=password, roles=roles, staff_id=staff_id
            ),
            lambda _: self._saved(name),
        )

    def _refused(self, error: Exception) -> None:
        if isinstance(error, KnownError) and "field" not in error.params:
            field = "name" if error.code == "login_taken" else ""
            if error.code.startswith("password_"):
                field = "password"
            if field:
                error = KnownError(error.code, **{**error.params, "field": field})
        super()._refused(error)

    def _saved(self, name: str) -> None:
        self.desk.navigator.back()
        self.desk.navigator.say(
            self.t.text(
                "The account {name} is made. Tell the password in person; it can be changed in "
                "the settings.",
                name=name,
            )
        )


class PasswordForm(FormPage):
    """Gives the owner of an account a new password, because the old one is forgotten.

    Args:
        account_id: of an open account, not one's own.
        user: its login name.
    """

    name = N_("New password")

    def __init__(self, desk: Desk, account_id: str, user: str) -> None:
        super().__init__(desk, account_id=account_id, user=user)
        t, theme = self.t, desk.theme
        self._account_id, self._user = account_id, user
        self.password, self.again = QLineEdit(), QLineEdit()
        for one in (self.password, self.again):
            one.setEchoMode(QLineEdit.EchoMode.Password)
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("&Password"), "password", self.password),
                Field(theme, t.text("Password once &more"), "again", self.again),
            )
        }
        fields = self.form.fields
        fields.addWidget(label(user, "section", wrap=True))
        fields.addLayout(pair(*self.fields.values()))
        fields.addWidget(
            label(
                t.text(
                    "Everything recorded stays. Notes and drafts open only with the person's own "
                    "sheet; a signing key is made anew, and headquarters is told its fingerprint."
                ),
                "quiet",
                wrap=True,
            )
        )
        self.end_form()

    def start(self) -> None:
        self.password.setFocus()

    def typed(self) -> Mapping[str, Any]:
        return {}

    def save(self) -> None:
        self.clear_findings()
        account_id, password = self._account_id, self.password.text()
        if not password:
            self.required(self.fields["password"])
            return
        if password != self.again.text():
            self.show_finding(
                self.fields["again"], self.t.text("The two passwords differ. Type them once more.")
            )
            return
        self.submit(
            lambda job: job.workplace.reset_password(
                job.session, account_id=account_id, new=password
            ),
            lambda _: self._saved(),
        )

    def _refused(self, error: Exception) -> None:
        if isinstance(error, KnownError) and error.code.startswith("password_"):
            error = KnownError(error.code, **{**error.params, "field": "password"})
        super()._refused(error)

    def _saved(self) -> None:
        self.desk.navigator.back()
        self.desk.navigator.say(
            self.t.text(
                "{name} has a new password. Tell it in person; it can be changed in the settings.",
                name=self._user,
            )
        )


class RolesForm(LoadedForm):
    """Changes what the owner of an account may do.

    Args:
        account_id: of an open account.
    """

    name = N_("Roles of an account")

    def __init__(self, desk: Desk, account_id: str) -> None:
        super().__init__(desk, account_id=account_id)
        self._account_id = account_id
        self.who = label("", "section", wrap=True)
        self.roles_box = Choices(desk.theme, roles_here(desk))
        self._roles_field = Field(
            desk.theme,
            self.t.text("&Roles"),
            "roles",
            self.roles_box,
            self.t.text("They hold from the next time the person signs in."),
        )
        self.form.fields.addWidget(self.who)
        self.form.fields.addWidget(self._roles_field)
        self.end_form()

    def start(self) -> None:
        self.roles_box.setFocus()

    def reload(self) -> None:
        self.load(lambda job: accounts(job.session, job.actor), self._put)

    def _put(self, listed: list[Account]) -> None:
        for one in listed:
            if one.account_id == self._account_id:
                self.who.setText(one.name)
                self.roles_box.fill(roles_here(self.desk), one.roles)

    def save(self) -> None:
        self.clear_findings()
        account_id, roles = self._account_id, self.roles_box.values()
        if not roles:
            self.required(self._roles_field)
            return
        self.submit(
            lambda job: change_roles(job.session, job.actor, account_id=account_id, roles=roles),
            lambda _: self.leave(
                self.t.text("The roles of {name} are changed.", name=self.who.text())
            ),
        )
