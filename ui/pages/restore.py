"""Restoring a backup: which one, a look inside, then in the place of what is here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QLineEdit

from pravo_desktop.backups.keeping import backups_of, before_updates
from pravo_desktop.backups.restoring import Access, Preview, preview, restore_workplace
from pravo_desktop.bootstrap import Workplace
from pravo_desktop.data_folder import is_initialised
from pravo_desktop.messages import message
from ui.pages.door import Door, DoorPage
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.choices import Choice
from ui.widgets.fields import Field
from ui.widgets.labels import Note, label
from ui.widgets.layouts import row


class RestorePage(DoorPage):
    """Nothing is changed before the person has seen what the backup holds."""

    def __init__(self, door: Door) -> None:
        super().__init__(door, door.t.text("Restore a backup"))
        self.instead = is_initialised(door.folder)
        self.seen: Preview | None = None
        self.restored: Workplace | None = None
        self._make_inputs()
        self._make_deeds()
        self._lay_out()
        self._settle()
        QShortcut(QKeySequence("Esc"), self, self._escape)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self._go_on)

    def _backups(self) -> list[tuple[str | None, str]]:
        """The backups that are known here, and another file."""
        t, folder = self.t, self.door.folder
        return [
            *(
                (str(one.path), f"{t.moment(one.head.moment)} · {self._where(one.path)}")
                for one in backups_of(folder)
            ),
            *(
                (
                    str(one.path),
                    t.text(
                        "{moment} · before the update, version {version}",
                        moment=t.moment(one.head.moment),
                        version=one.head.program_version,
                    ),
                )
                for one in before_updates(folder)
            ),
            ("", t.text("Another file…")),
        ]

    def _make_inputs(self) -> None:
        self.known = Choice(self._backups())
        self.file, self.user, self.sheet = QLineEdit(), QLineEdit(), QLineEdit()
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        home = Path(QStandardPaths.writableLocation(documents))
        self.next_sheet = QLineEdit(str(home / self.t.text("recovery-sheet.txt")))
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.known.currentIndexChanged.connect(self._settle)
        for line in (self.file, self.user, self.sheet, self.password):
            line.textEdited.connect(self._forget)

    def _make_deeds(self) -> None:
        t, theme = self.t, self.theme
        self.choose_button = button(t.text("Choose a &file…"), name="choose_backup")
        self.choose_button.clicked.connect(self._choose)
        self.found = Note(theme, "success")
        self.failure = Note(theme)
        self.waiting = label("", "grey", wrap=True)
        self.look_button = button(t.text("&Look inside"), "primary", name="look")
        self.look_button.clicked.connect(self.look)
        self.restore_button = button(t.text("&Restore this backup"), "primary", name="restore")
        self.restore_button.clicked.connect(self.restore)
        self.restore_button.hide()
        self.enter_button = button(t.text("I have read it, sign in"), "primary", name="enter")
        self.enter_button.clicked.connect(self.enter)
        self.enter_button.hide()
        self.back_button = button(t.text("Back"), name="back")
        self.back_button.clicked.connect(self.door.back)

    def _lay_out(self) -> None:
        t, theme, fields = self.t, self.theme, self.form.fields
        told = t.text(
            "What is here now is not deleted: it is kept aside in the data folder, with the date."
        )
        if self.instead:
            fields.addWidget(label(told, "grey", wrap=True))
        self.file_field = Field(theme, t.text("File of the &backup"), "file", self.file)
        fields.addWidget(Field(theme, t.text("Back&up"), "known", self.known))
        fields.addWidget(self.file_field)
        fields.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignLeft)
        fields.addWidget(Field(theme, t.text("User &name"), "user", self.user))
        fields.addWidget(
            Field(
                theme,
                t.text("Code of the re&covery sheet"),
                "sheet",
                self.sheet,
                t.text("Only when the password is forgotten. Then type a new password below."),
            )
        )
        self.next_field = Field(
            theme,
            t.text("File for the recovery sheet"),
            "next_sheet",
            self.next_sheet,
            t.text("The old sheet opens nothing any more. Print the new one at once."),
        )
        fields.addWidget(self.next_field)
        fields.addWidget(Field(theme, t.text("&Password"), "password", self.password))
        fields.addWidget(self.failure)
        fields.addWidget(self.found)
        fields.addWidget(self.waiting)
        deeds = row(GRID)
        deeds.addWidget(self.look_button)
        deeds.addWidget(self.restore_button)
        deeds.addWidget(self.enter_button)
        deeds.addWidget(self.back_button)
        deeds.addStretch(1)
        fields.addLayout(deeds)
        fields.addStretch(1)

    def _escape(self) -> None:
        if self.restored is None:
            self.door.back()

    def _where(self, backup: Path) -> str:
        if self.door.folder.resolve() in backup.resolve().parents:
            return self.t.text("in the data folder")
        return str(backup.parent)

    def start(self) -> None:
        self.known.setFocus()

    def _settle(self) -> None:
        other = not self.known.value
        self.file_field.setVisible(other)
        self.choose_button.setVisible(other)
        self._forget()

    def _forget(self) -> None:
        """What was seen no longer fits what is typed."""
        self.seen = None
        self.next_field.setVisible(bool(self.sheet.text().strip()))
        self.found.show_text("", "success")
        self.restore_button.hide()
        self.look_button.show()

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.t.text("Restore a backup"))
        dialog.setNameFilter("*.backup")
        dialog.fileSelected.connect(self.file.setText)
        dialog.fileSelected.connect(lambda _: self._forget())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _backup(self) -> Path:
        return Path(self.known.value or self.file.text().strip()).expanduser()

    def _access(self) -> Access:
        return Access(
            self.password.text(),
            self.user.text().strip() or None,
            self.sheet.text().strip() or None,
            Path(self.next_sheet.text().strip()).expanduser(),
        )

    def _go_on(self) -> None:
        if self.restored is not None:
            self.enter()
        elif self.seen is None:
            self.look()
        else:
            self.restore()

    def look(self) -> None:
        """Show what the backup holds, against what is here now."""
        if not self.look_button.isEnabled():
            return
        if not self._backup().name:
            self.file_field.show_finding(message(self.t, "field_required"))
            self.file.setFocus()
            return
        self.file_field.clear_finding()
        self._wait(self.t.text("Opening the backup…"))
        backup, folder, access = self._backup(), self.door.folder, self._access()
        self.door.runner.prepare(
            self, lambda: preview(backup, folder, access), self._show, self._refused
        )

    def _wait(self, text: str) -> None:
        self.failure.show_text("")
        self.found.show_text("", "success")
        self.waiting.setText(text)
        self.look_button.setEnabled(False)
        self.restore_button.setEnabled(False)

    def _show(self, seen: Preview) -> None:
        t = self.t
        self.seen = seen
        self._ready()
        lines = [
            t.text(
                "{centre}, station {letter}, made on {moment}",
                centre=seen.inside.name[t.language],
                letter=seen.inside.station_letter,
                moment=t.moment(seen.head.moment),
            ),
            t.text(
                "Cases: {cases}. Participants: {people}. Consultations: {visits}. "
                "Events: {events}.",
                cases=seen.inside.counts.get("cases", 0),
                people=seen.inside.counts.get("participants", 0),
                visits=seen.inside.counts.get("consultations", 0),
                events=seen.inside.counts.get("events", 0),
            ),
        ]
        if seen.now is not None and seen.lost:
            lines.append(
                t.text(
                    "Recorded or changed later and not in it: {number}. Rows that were sent come "
                    "back from your packages.",
                    number=sum(seen.lost.values()),
                )
            )
        elif seen.now is not None:
            lines.append(t.text("Nothing that is here now would be lost."))
        elif self.instead:
            lines.append(t.text("What is here now cannot be opened, so it cannot be compared."))
        self.found.show_text("\n".join(lines), "warning" if seen.lost else "success")
        self.look_button.hide()
        self.restore_button.show()
        self.restore_button.setFocus()
        self.form.bring_into_sight(self.restore_button)

    def restore(self) -> None:
        """Put the backup in the place of what is here, which is kept aside."""
        if self.seen is None or not self.restore_button.isEnabled():
            return
        self._wait(self.t.text("Restoring…"))
        backup, folder, access = self._backup(), self.door.folder, self._access()
        instead = self.instead
        refused: list[tuple[Path, str]] = []
        self.door.runner.prepare(
            self,
            lambda: restore_workplace(
                backup,
                folder,
                access,
                instead=instead,
                told=lambda path, code: refused.append((path, code)),
            ),
            lambda workplace: self._restored(workplace, refused),
            self._refused,
        )

    def _restored(self, workplace: Workplace, refused: list[tuple[Path, str]]) -> None:
        """Go in; where erasure lists were refused, say so first."""
        if not refused:
            self.door.enter(workplace)
            return
        self._ready()
        self.restored = workplace
        told = [message(self.t, code, {"file": str(path)}) for path, code in refused]
        self.failure.show_text("\n".join(told), "warning")
        for one in (self.restore_button, self.look_button, self.back_button):
            one.hide()
        self.enter_button.show()
        self.enter_button.setFocus()
        self.form.bring_into_sight(self.enter_button)

    def enter(self) -> None:
        """Go in after what was refused was read."""
        if self.restored is not None:
            workplace, self.restored = self.restored, None
            self.door.enter(workplace)

    def leave(self) -> None:
        if self.restored is not None:
            self.restored.close()

    def _ready(self) -> None:
        self.waiting.setText("")
        self.look_button.setEnabled(True)
        self.restore_button.setEnabled(True)

    def _refused(self, error: Exception) -> None:
        self._ready()
        self.found.show_text("", "success")
        self.failure.show_text(self.door.refusal(error)[1])
        self.password.setFocus()
