"""The settings' part on one's own password."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from pravo_desktop.errors import KnownError
from pravo_desktop.messages import message, translate_error
from ui.page import Desk
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.labels import label
from ui.widgets.layouts import column, pair


class PasswordPanel(QWidget):
    """Changes one's own password.

    Args:
        bring_into_sight: of the page, for a field with a finding.
    """

    def __init__(self, desk: Desk, bring_into_sight: Callable[[QWidget], object]) -> None:
        super().__init__()
        self.desk, self.t = desk, desk.t
        self._bring_into_sight = bring_into_sight
        t, theme = self.t, desk.theme
        self.old, self.new, self.again = QLineEdit(), QLineEdit(), QLineEdit()
        for one in (self.old, self.new, self.again):
            one.setEchoMode(QLineEdit.EchoMode.Password)
            one.returnPressed.connect(self.change)
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("&Present password"), "old", self.old),
                Field(theme, t.text("&New password"), "new", self.new),
                Field(theme, t.text("New password once &more"), "again", self.again),
            )
        }
        self.change_button = button(t.text("&Change the password"), name="change_password")
        self.change_button.clicked.connect(self.change)
        layout = column(2 * GRID)
        layout.addWidget(label(t.text("Your password"), "section"))
        layout.addWidget(self.fields["old"])
        layout.addLayout(pair(self.fields["new"], self.fields["again"]))
        layout.addWidget(self.change_button)
        self.setLayout(layout)

    def change(self) -> None:
        """Change one's own password to what is typed."""
        old, new = self.old.text(), self.new.text()
        for field in self.fields.values():
            field.clear_finding()
        if not old or not new:
            self.point_at("new" if old else "old", message(self.t, "field_required"))
        elif new != self.again.text():
            self.point_at("again", self.t.text("The two passwords differ. Type them once more."))
        elif self.change_button.isEnabled():
            self.change_button.setEnabled(False)
            self.desk.navigator.hush()
            self.desk.runner.write(
                self,
                lambda job: job.workplace.change_password(job.session, old=old, new=new),
                lambda _: self._changed(),
                self._refused,
            )

    def point_at(self, name: str, text: str) -> None:
        """Say something under a field and put the keyboard there."""
        field = self.fields[name]
        field.show_finding(text)
        field.control.setFocus()
        self._bring_into_sight(field)

    def _changed(self) -> None:
        self.change_button.setEnabled(True)
        for one in (self.old, self.new, self.again):
            one.clear()
        self.old.setFocus()
        self.desk.navigator.say(
            self.t.text("The password is changed. From now on the new one opens the program.")
        )

    def _refused(self, error: Exception) -> None:
        self.change_button.setEnabled(True)
        if not isinstance(error, KnownError):
            self.desk.navigator.show_error(error)
        elif error.code == "wrong_password":
            self.point_at("old", self.t.text("This is not your present password."))
        elif error.code == "sign_in_delayed":
            self.point_at("old", translate_error(self.t, error))
        elif error.code.startswith("password_"):
            self.point_at("new", translate_error(self.t, error))
        else:
            self.desk.navigator.show_error(error)
