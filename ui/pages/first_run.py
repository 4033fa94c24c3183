"""The first start: seven steps, and nothing is written before the last of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from pravo_desktop.backups.keeping import set_second_place
from pravo_desktop.bootstrap import Created, create_workplace
from pravo_desktop.clock import Clock
from pravo_desktop.sheets import recovery_sheet_text
from ui.fingerprints import groups as groups
from ui.pages.door import Door, DoorPage
from ui.pages.first_start.language import LanguageStep
from ui.pages.first_start.person import AccountStep, PasswordStep
from ui.pages.first_start.second_place import SecondPlaceStep
from ui.pages.first_start.sheet import SheetStep
from ui.pages.first_start.signing_key import KeyStep
from ui.pages.first_start.step import Step
from ui.pages.first_start.workplace import WorkplaceStep
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.labels import Note, label
from ui.widgets.layouts import row

_PLACE_OF_CODE = {
    "centre_unknown": (1, "centre"),
    "centre_needed": (1, "centre"),
    "receipt_of_another_centre": (1, "receipt"),
    "receipt_without_centre": (1, "receipt"),
    "fingerprint_differs": (1, "receipt"),
    "file_not_found": (1, "receipt"),
    "text_too_long": (2, "user"),
    "field_required": (2, "user"),
    "password_too_short": (3, "password"),
    "password_common": (3, "password"),
    "password_contains_login": (3, "password"),
    "backup_place_inside": (5, "second"),
    "backup_place_missing": (5, "second"),
}


class FirstRunPage(DoorPage):
    """Goes through the steps with Next and Back, then makes the data folder at once and whole."""

    def __init__(self, door: Door) -> None:
        super().__init__(door, "")
        t = self.t
        self.language = LanguageStep(door)
        self.workplace = WorkplaceStep(door)
        self.account = AccountStep(door)
        self.password = PasswordStep(door)
        self.sheet = SheetStep(door, self._sheet_text)
        self.second = SecondPlaceStep(door)
        self.key = KeyStep(door)
        self.steps: tuple[Step, ...] = (
            self.language,
            self.workplace,
            self.account,
            self.password,
            self.sheet,
            self.second,
            self.key,
        )
        self.position = 0
        self.progress = label("", "quiet")
        self.progress.setObjectName("progress")
        self.failure = Note(self.theme)
        self.waiting = label("", "grey", wrap=True)
        self.next_button = button("", "primary", name="next")
        self.next_button.clicked.connect(self.go_on)
        self.back_button = button(t.text("&Back"), name="back")
        self.back_button.clicked.connect(self.go_back)
        fields = self.form.fields
        fields.insertWidget(fields.indexOf(self.heading), self.progress)
        for step in self.steps:
            fields.addWidget(step)
        fields.addWidget(self.failure)
        fields.addWidget(self.waiting)
        line = row(GRID)
        line.addWidget(self.next_button)
        line.addWidget(self.back_button)
        line.addStretch(1)
        fields.addLayout(line)
        fields.addStretch(1)
        # Beside the other ways in, the first step's own button stands above them.
        begin = self._first_button()
        first = row()
        first.addWidget(begin)
        first.addStretch(1)
        self.language.parts.insertLayout(self.language.before_other_ways, first)
        *_, last_language = self.language.languages.values()
        QWidget.setTabOrder(last_language, begin)
        self._show_step()
        for keys in ("Return", "Enter", "Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self._enter_pressed)
        QShortcut(QKeySequence("Esc"), self, self.go_back)

    def _first_button(self) -> QPushButton:
        first = button(self.t.text("&Set this computer up"), "primary", name="begin")
        first.clicked.connect(self.go_on)
        return first

    def start(self) -> None:
        self.steps[self.position].start()

    def leave(self) -> None:
        if self.key.created is not None:
            self.key.created.workplace.close()

    def typed(self) -> Mapping[str, Any]:
        return {
            **super().typed(),
            "position": self.position,
            "code_on_sheet": (self.sheet.code, self.sheet.asked),
        }

    def retype(self, values: Mapping[str, Any]) -> None:
        super().retype(values)
        if values["code_on_sheet"][0]:
            self.sheet.prepare(*values["code_on_sheet"])
        self.workplace.read()
        self.position = values["position"]
        self._show_step()
        self.start()

    def _sheet_text(self, code: str) -> str:
        where = self.workplace
        return recovery_sheet_text(code, where.name_on_paper, where.station_letter, Clock().today())

    def _show_step(self) -> None:
        t, step = self.t, self.steps[self.position]
        self.failure.show_text("")
        self.waiting.setText("")
        self.progress.setText(
            t.text("Step {number} of {total}", number=self.position + 1, total=len(self.steps))
        )
        self.heading.setText(step.title)
        for one in self.steps:
            one.setVisible(one is step)
        self.show_languages(0 < self.position < len(self.steps) - 1)
        self.account.settle_for(self.workplace.workplace.value)
        self.password.login = self.account.user.text().strip()
        if step is self.sheet:
            self.sheet.prepare()
        words = {
            len(self.steps) - 2: t.text("&Make the data folder"),
            len(self.steps) - 1: t.text("&To work"),
        }
        self.next_button.setText(words.get(self.position, t.text("&Next")))
        self.next_button.setEnabled(True)
        self.next_button.setVisible(self.position > 0)
        self.back_button.setVisible(0 < self.position < len(self.steps) - 1)
        self.form.verticalScrollBar().setValue(0)
        QTimer.singleShot(0, self, self.deal_mnemonics)

    def _enter_pressed(self) -> None:
        """Enter goes on, and presses whatever other button it stands on."""
        focused = self.focusWidget()
        if isinstance(focused, QPushButton) and focused.objectName() not in ("next", "begin"):
            focused.click()
        else:
            self.go_on()

    def go_on(self) -> None:
        """Take the next step, if nothing is missing in this one."""
        if not self.next_button.isEnabled() or self.language.practice.making:
            return
        if self.position == len(self.steps) - 1:
            self.key.go_in()
        elif self.steps[self.position].check():
            if self.position == len(self.steps) - 2:
                self.create_folder()
            else:
                self.stand(self.position + 1)

    def go_back(self) -> None:
        """Take the step before; what is typed stays."""
        if 0 < self.position < len(self.steps) - 1 and self.next_button.isEnabled():
            self.stand(self.position - 1)

    def stand(self, position: int) -> None:
        """Show a step, the first being 0."""
        self.position = position
        self._show_step()
        self.start()

    def create_folder(self) -> None:
        """Make the data folder out of what was answered."""
        self.next_button.setEnabled(False)
        self.back_button.setEnabled(False)
        self.failure.show_text("")
        self.waiting.setText(self.t.text("Preparing the encrypted folder…"))
        folder, where, second = self.door.folder, self.workplace, self.second.place
        workplace, centre, letter = where.workplace.value, where.key, where.station_letter
        receipt = where.by_receipt
        compared = where.offered.fingerprint if receipt and where.offered else None
        user, password = self.account.user.text().strip(), self.password.password.text()
        code, specialist = self.sheet.code, self.account.specialist

        def create() -> Created:
            made = create_workplace(
                folder,
                workplace=workplace,
                centre=centre,
                practice=False,
                user=user,
                password=password,
                recovery_sheet=None,
                recovery_code=code,
                station_letter=letter,
                receipt=receipt,
                compared=compared,
                specialist=specialist,
            )
            set_second_place(folder, second)
            return made

        self.door.runner.prepare(self, create, self._show_key, self._refused)

    def _show_key(self, created: Created) -> None:
        where = self.workplace
        self.key.show_key(
            created,
            at_centre=where.workplace.value == "centre",
            replaces=where.workplace.value == "centre" and where.computer.value == "more",
        )
        self.stand(len(self.steps) - 1)
        self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: Exception) -> None:
        self.waiting.setText("")
        self.next_button.setEnabled(True)
        self.back_button.setEnabled(True)
        code, text = self.door.refusal(error)
        if code not in _PLACE_OF_CODE:
            self.failure.show_text(text)
            return
        position, name = _PLACE_OF_CODE[code]
        self.stand(position)
        self.steps[position].point_at(name, text)
