"""The third and fourth step: who answers for the data folder, and the password."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from pravo_desktop.bootstrap import Specialist, check_password
from pravo_desktop.errors import KnownError
from pravo_desktop.messages import translate_error
from pravo_desktop.resources import classifiers
from ui.pages.door import Door
from ui.pages.first_start.step import Step
from ui.widgets.choices import Choice, labels_of


class AccountStep(Step):
    """The first account; at a centre it is its head's, who may also see families."""

    def __init__(self, door: Door) -> None:
        super().__init__(
            door,
            door.t.text("Who are you?"),
            door.t.text(
                "You answer for this data folder: you sign its packages and let colleagues in. "
                "Their accounts are made in the settings."
            ),
        )
        t = self.t
        self.at_centre = True
        self.user, self.surname, self.given_name = QLineEdit(), QLineEdit(), QLineEdit()
        self.profession = Choice(
            [
                (None, t.text("No, I only lead the centre")),
                *labels_of(t, classifiers().kinds["profession"]),
            ]
        )
        self.add_field(
            t.text("Your &user name"),
            "user",
            self.user,
            t.text("You will sign in with it. It need not be your full name."),
        )
        self.add_field(t.text("Do you &also see families?"), "profession", self.profession)
        self.add_field(t.text("&Surname"), "surname", self.surname)
        self.add_field(
            t.text("&Given name"),
            "given_name",
            self.given_name,
            t.text("For the list of staff. It stays at the centre."),
        )
        self.profession.currentIndexChanged.connect(self._settle)
        self._settle()

    @property
    def specialist(self) -> Specialist | None:
        """The person as a staff member, where they see families."""
        if not self.at_centre or not self.profession.value:
            return None
        return Specialist(
            self.profession.value, self.surname.text().strip(), self.given_name.text().strip()
        )

    def settle_for(self, workplace: str) -> None:
        """Ask what fits a centre or headquarters."""
        self.at_centre = workplace == "centre"
        self._settle()

    def _settle(self) -> None:
        works = self.at_centre and bool(self.profession.value)
        self.fields["profession"].setVisible(self.at_centre)
        self.fields["surname"].setVisible(works)
        self.fields["given_name"].setVisible(works)

    def check(self) -> bool:
        self.clear_findings()
        return self.filled("user") and (self.specialist is None or self.filled("surname"))


class PasswordStep(Step):
    """The rules are said before anything is typed."""

    def __init__(self, door: Door) -> None:
        t = door.t
        super().__init__(
            door,
            t.text("Your password"),
            t.text(
                "At least 10 characters, without your user name, and none that many people use. "
                "Three or four words in a row are strong and easy to remember."
            ),
        )
        self.login = ""
        self.password, self.again = QLineEdit(), QLineEdit()
        for one in (self.password, self.again):
            one.setEchoMode(QLineEdit.EchoMode.Password)
        self.add_field(t.text("&Password"), "password", self.password)
        self.add_field(t.text("Password a&gain"), "again", self.again)

    def check(self) -> bool:
        self.clear_findings()
        if not self.filled("password"):
            return False
        try:
            check_password(self.password.text(), self.login)
        except KnownError as error:
            self.point_at("password", translate_error(self.t, error))
            return False
        if self.password.text() != self.again.text():
            self.point_at("again", self.t.text("The two passwords differ. Type them once more."))
            return False
        return True
