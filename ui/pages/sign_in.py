"""Signing in: who, and the password."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit

from pravo_desktop.bootstrap import logins, open_workplace, sign_in_wait
from pravo_desktop.demo.practice_folder import PASSWORD
from pravo_desktop.errors import KnownError
from ui.pages.damaged import DAMAGED
from ui.pages.door import Door, DoorPage
from ui.pages.first_start.practice_part import PracticePart
from ui.pages.sheet_part import SheetPart
from ui.widgets.buttons import button
from ui.widgets.choices import Choice
from ui.widgets.fields import Field
from ui.widgets.labels import Note, label


class SignInPage(DoorPage):
    """Asks for the name, where there are several, and the password."""

    def __init__(self, door: Door) -> None:
        super().__init__(door, door.t.text("Sign in"))
        self.failure = Note(self.theme)
        try:
            names = sorted(logins(door.folder))
        except KnownError as error:
            names = []
            self.failure.show_text(door.refusal(error)[1])
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
        self.restore_button = button(self.t.text("&Restore a backup…"), "link", name="restore")
        self.restore_button.clicked.connect(door.restore)
        fields.addWidget(self.enter_button, 0, Qt.AlignmentFlag.AlignLeft)
        fields.addWidget(self.restore_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.forgotten = button(self.t.text("I forgot the password"), "link", name="forgotten")
        self.forgotten.clicked.connect(self._show_sheet)
        if not names:
            self.forgotten.hide()
        self.sheet = SheetPart(door, lambda: self.user.value)
        self.sheet.hide()
        self.told = label(
            self.t.text(
                "The head of the centre gives you a new one in the settings. Your notes open with "
                "your own sheet."
            ),
            "grey",
            wrap=True,
        )
        self.told.hide()
        fields.addWidget(self.forgotten, 0, Qt.AlignmentFlag.AlignLeft)
        fields.addWidget(self.told)
        fields.addWidget(self.sheet)
        if door.leave_practice is not None:
            self._settle_practice(door.leave_practice)
        else:
            self.practice = PracticePart(door)
            fields.addWidget(self.practice)
        fields.addStretch(1)
        self._waiting = QTimer(self)
        self._waiting.setInterval(1000)
        self._waiting.timeout.connect(self._show_wait)
        self.user.activated.connect(self._other_user)
        if names:
            self._show_wait()
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self._go_in)

    def _settle_practice(self, leave: Callable[[], None]) -> None:
        """In the practice folder the password is known, and the way back is beside it."""
        self.password.setText(PASSWORD)
        self.leave_button = button(self.t.text("Back to the &real data"), name="leave_practice")
        self.leave_button.clicked.connect(leave)
        for one in (self.forgotten, self.restore_button):
            one.hide()
        self.form.fields.addWidget(self.leave_button, 0, Qt.AlignmentFlag.AlignLeft)
        QShortcut(QKeySequence("Esc"), self, leave)

    def start(self) -> None:
        self.password.setFocus()

    def _go_in(self) -> None:
        if self.sheet.isVisible():
            self.sheet.choose_next()
        else:
            self.enter()

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

    def _show_sheet(self) -> None:
        self.forgotten.hide()
        self.told.show()
        self.sheet.show()
        self.sheet.code.setFocus()
        self.form.bring_into_sight(self.sheet)

    def _other_user(self) -> None:
        self.failure.show_text("")
        self._show_wait()

    def _show_wait(self) -> None:
        """Count down until the next attempt is heard; Enter works again afterwards."""
        try:
            seconds = sign_in_wait(self.door.folder, self.user.value)
        except KnownError:
            seconds = 0
        was_waiting = self._waiting.isActive()
        if seconds:
            self.failure.show_text(self._wait_text(seconds))
            self._waiting.start()
        elif was_waiting:
            self._waiting.stop()
            self.failure.show_text("")
        self.enter_button.setEnabled(not seconds)

    def _wait_text(self, seconds: int) -> str:
        minutes, rest = divmod(seconds, 60)
        return self.t.text(
            "After several wrong passwords, wait: {time}", time=f"{minutes}:{rest:02d}"
        )

    def _refused(self, error: Exception) -> None:
        if isinstance(error, KnownError) and error.code in DAMAGED:
            self.door.damaged(self.user.value, self.password.text())
            return
        self.failure.show_text(self.door.refusal(error)[1])
        self._show_wait()
        self.password.selectAll()
        self.password.setFocus()
