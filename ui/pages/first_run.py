"""The first run: what this computer is for, the first account, the recovery sheet."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QWidget

from pravo_desktop.bootstrap import Created, create_workplace
from pravo_desktop.errors import KnownError
from pravo_desktop.messages import message
from pravo_desktop.resources import classifiers
from ui.pages.door import Door, DoorPage
from ui.theme import GRID
from ui.widgets import Choice, Field, Note, button, column, label, labels_of, row

_FIELD_OF_CODE = {
    "centre_unknown": "centre",
    "centre_needed": "centre",
    "recovery_sheet_inside": "sheet",
    "recovery_sheet_exists": "sheet",
    "password_too_short": "password",
    "password_common": "password",
    "password_contains_login": "password",
}


class FirstRunPage(DoorPage):
    """Makes the data folder; then shows the fingerprint that is read out over the phone."""

    def __init__(self, door: Door) -> None:
        super().__init__(door, door.t.text("Welcome. A few answers, and work can begin"))
        t, theme = self.t, self.theme
        kinds = classifiers()
        self.workplace = Choice(labels_of(t, kinds.kinds["workplace"]))
        self.workplace.currentIndexChanged.connect(self._settle)
        self.centre = Choice(
            (key, centre.city.get(t.language, centre.en)) for key, centre in kinds.centres.items()
        )
        self.user = QLineEdit()
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.again = QLineEdit()
        self.again.setEchoMode(QLineEdit.EchoMode.Password)
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        home = Path(QStandardPaths.writableLocation(documents))
        self.sheet = QLineEdit(str(home / t.text("recovery-sheet.txt")))
        self.practice = QCheckBox(t.text("P&ractice: only to learn the program"))
        self.practice.setObjectName("practice")
        self.failure = Note(theme)
        self.create_button = button(t.text("Begin work"), "primary", name="create")
        self.create_button.clicked.connect(self.create_folder)
        self._fields = {
            field.name: field
            for field in (
                Field(theme, t.text("This &computer is for"), "workplace", self.workplace),
                Field(theme, t.text("C&entre in"), "centre", self.centre),
                Field(
                    theme,
                    t.text("Your &user name"),
                    "user",
                    self.user,
                    t.text("You will sign in with it. It need not be your full name."),
                ),
                Field(
                    theme,
                    t.text("&Password"),
                    "password",
                    self.password,
                    t.text("At least 10 characters; several words are easy to remember."),
                ),
                Field(theme, t.text("Password a&gain"), "again", self.again),
                Field(
                    theme,
                    t.text("&File for the recovery sheet"),
                    "sheet",
                    self.sheet,
                    t.text(
                        "Print it and keep it apart from the computer: without it a forgotten "
                        "password cannot be replaced."
                    ),
                ),
            )
        }
        self._first = QWidget()
        first = column(2 * GRID)
        for name in ("workplace", "centre", "user", "password", "again", "sheet"):
            first.addWidget(self._fields[name])
        self._choose = button(t.text("Choose another p&lace…"), name="choose_place")
        self._choose.clicked.connect(self._choose_place)
        first.addWidget(self._choose)
        first.addWidget(self.practice)
        first.addWidget(self.failure)
        first.addWidget(self.create_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._first.setLayout(first)
        self.form.fields.addWidget(self._first)
        self.form.fields.addStretch(1)
        self._settle()
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.create_folder)

    def start(self) -> None:
        self.workplace.setFocus()

    def typed(self) -> Mapping[str, Any]:
        kept = dict(super().typed())
        if not self.sheet.isModified():
            del kept["sheet"]
        return kept

    def retype(self, values: Mapping[str, Any]) -> None:
        super().retype(values)
        self.sheet.setModified("sheet" in values)

    def _settle(self) -> None:
        self._fields["centre"].setVisible(self.workplace.value == "centre")

    def _choose_place(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.t.text("File for the recovery sheet"), self.sheet.text(), "*.txt"
        )
        if chosen:
            self.sheet.setText(chosen)
            self.sheet.setModified(True)

    def create_folder(self) -> None:
        """Make the data folder out of what is typed."""
        if not self.create_button.isEnabled():
            return
        for field in self._fields.values():
            field.clear_finding()
        self.failure.show_text("")
        wrong = [name for name in ("user", "password", "sheet") if not self._text(name)]
        if wrong:
            self._show(wrong[0], message(self.t, "field_required"))
            return
        if self.password.text() != self.again.text():
            self._show("again", self.t.text("The two passwords differ. Type them once more."))
            return
        self.create_button.setEnabled(False)
        self.create_button.setText(self.t.text("Preparing the encrypted folder…"))
        folder, workplace = self.door.folder, self.workplace.value
        centre = self.centre.value if workplace == "centre" else None
        user, password = self.user.text().strip(), self.password.text()
        sheet, practice = Path(self.sheet.text().strip()).expanduser(), self.practice.isChecked()
        self.door.runner.prepare(
            self,
            lambda: create_workplace(
                folder,
                workplace=workplace,
                centre=centre,
                practice=practice,
                user=user,
                password=password,
                recovery_sheet=sheet,
            ),
            self._show_fingerprint,
            self._refused,
        )

    def _text(self, name: str) -> str:
        control = self._fields[name].control
        assert isinstance(control, QLineEdit)
        return control.text().strip()

    def _show(self, name: str, text: str) -> None:
        field = self._fields[name]
        field.show_finding(text)
        field.control.setFocus()

    def _refused(self, error: Exception) -> None:
        self.create_button.setEnabled(True)
        self.create_button.setText(self.t.text("Begin work"))
        code, params = (error.code, error.params) if isinstance(error, KnownError) else ("bug", {})
        text = message(self.t, code, params)
        name = _FIELD_OF_CODE.get(code)
        if name:
            self._show(name, text)
        else:
            self.failure.show_text(text)

    def _show_fingerprint(self, created: Created) -> None:
        """The folder is made; the fingerprint is read out to headquarters."""
        t = self.t
        self._first.hide()
        fields = self.form.fields
        position = fields.count() - 1
        done = Note(self.theme, "success")
        done.show_text(
            t.text("The data folder is ready. The recovery sheet: {file}", file=self.sheet.text()),
            "success",
        )
        fields.insertWidget(position, done)
        if self.workplace.value == "centre":
            told = t.text(
                "Read this fingerprint of your key to headquarters over the phone. "
                "They compare it and accept your packages."
            )
        else:
            told = t.text("This is the fingerprint of your key.")
        fields.insertWidget(position + 1, label(told, wrap=True))
        self.fingerprint = label(groups(created.fingerprint), "code", wrap=True)
        self.fingerprint.setObjectName("fingerprint")
        self.fingerprint.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        fields.insertWidget(position + 2, self.fingerprint)
        go_on = button(t.text("To work"), "primary", name="go_on")
        go_on.clicked.connect(lambda: self.door.enter(created.workplace))
        go_on.setAutoDefault(True)
        line = row()
        line.addWidget(go_on)
        line.addStretch(1)
        fields.insertLayout(position + 3, line)
        for one in self.findChildren(QWidget):
            if one.objectName().startswith("language_"):
                one.hide()
        go_on.setFocus()


def groups(fingerprint: str) -> str:
    """A fingerprint in groups of four, four groups to a line, as it is read out."""
    parts = [fingerprint[start : start + 4] for start in range(0, len(fingerprint), 4)]
    return "\n".join(" ".join(parts[start : start + 4]) for start in range(0, len(parts), 4))
