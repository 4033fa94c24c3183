"""Signing in: who, and the password."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit

from pravo_desktop.bootstrap import logins, open_workplace
from pravo_desktop.errors import KnownError
from pravo_desktop.messages import message
from ui.pages.door import Door, DoorPage
from ui.widgets import Choice, Field, Note, button


class SignInPage(DoorPage):
    """Asks for the name, where there are several, and the password."""

    def __init__(self, door: Door) -> None:
        super().__init__(door, door.t.text("Sign in"))
        self.failure = Note(self.theme)
        try:
            names = sorted(logins(door.folder))
        except KnownError as error:
            names = []
            self.failure.show_text(message(self.t, error.code, error.params))
        self.user = Choice((name, name) for name in names)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.returnPressed.connect(self.enter)
        self.enter_button = button(self.t.text("Sign in"), "primary", name="enter")
        self.enter_button.clicked.connect(self.enter)
        self.enter_button.setEnabled(bool(names))
        fields = self.form.fields
        fields.addWidget(Field(self.theme, self.t.text("&User name"), "user", self.user))
        fields.addWidget(Field(self.theme, self.t.text("&Password"), "password", self.password))
        fields.addWidget(self.failure)
        fields.addWidget(self.enter_button, 0, Qt.AlignmentFlag.AlignLeft)
        fields.addStretch(1)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.enter)

    def start(self) -> None:
        self.password.setFocus()

    def enter(self) -> None:
        """Open the data folder with what is typed."""
        if not self.enter_button.isEnabled():
            return
        self.enter_button.setEnabled(False)
        self.failure.show_text("")
        user, password, folder = self.user.value, self.password.text(), self.door.folder
        self.door.runner.prepare(
            self,
            lambda: open_workplace(folder, user=user, password=password),
            self.door.enter,
            self._refused,
        )

    def _refused(self, error: Exception) -> None:
        self.enter_button.setEnabled(True)
        code, params = (error.code, error.params) if isinstance(error, KnownError) else ("bug", {})
        self.failure.show_text(message(self.t, code, params))
        self.password.selectAll()
        self.password.setFocus()
