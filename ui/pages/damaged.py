"""A damaged database at the door: the newest good backup first, or saving what can be read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Event

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QColor, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QLineEdit, QProgressBar, QWidget

from pravo_desktop.backups.damage import SalvagedTable, newest_good_backup, salvage_workplace
from pravo_desktop.bootstrap import logins, open_workplace
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import N_
from pravo_desktop.messages import translate_error
from pravo_desktop.usecases.file_writing import write_file
from pravo_desktop.usecases.packages import Progress
from ui.models.damage import missing_model, missing_of, missing_text, name_of
from ui.pages.door import Door, DoorPage
from ui.runner import Cancelled
from ui.tables import ListView
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.choices import Choice
from ui.widgets.fields import Field
from ui.widgets.labels import Note, label
from ui.widgets.layouts import column, row

DAMAGED = frozenset({"database_unreadable", "database_missing"})
"""Codes with which a data folder is not opened because of its database."""
_ASIDE = N_("What is here now is not deleted: it is kept aside in the data folder, with the date.")


class DamagedPage(DoorPage):
    """Nothing is done before the person chose one of the two ways.

    Args:
        user, password: as just typed at sign-in; empty to ask for them.
    """

    def __init__(self, door: Door, user: str = "", password: str = "") -> None:
        super().__init__(door, door.t.text("The database is damaged"))
        t, theme, fields = self.t, self.theme, self.form.fields
        self.saved: Sequence[SalvagedTable] = ()
        self._busy = False
        self._given_up = Event()
        fields.addWidget(label(t.text(_ASIDE), "grey", wrap=True))
        self.ways = QWidget()
        ways = column(2 * GRID)
        self.ways.setLayout(ways)
        ways.addWidget(label(t.text("The newest good backup"), "section"))
        self.newest = newest_good_backup(door.folder)
        self.told = label(self._newest_text(), wrap=True)
        ways.addWidget(self.told)
        self.restore_button = button(t.text("&Restore a backup…"), "primary", name="restore")
        self.restore_button.clicked.connect(door.restore)
        ways.addWidget(self.restore_button, 0, Qt.AlignmentFlag.AlignLeft)
        ways.addSpacing(GRID)
        ways.addWidget(label(t.text("Save what can be read"), "section"))
        ways.addWidget(
            label(
                t.text(
                    "Everything that can still be read goes into a new database. Choose this where "
                    "there is no backup, or where much was recorded since."
                ),
                wrap=True,
            )
        )
        self.user = Choice((name, name) for name in _logins(door.folder))
        self.user.choose(user)
        self.password = QLineEdit(password)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.returnPressed.connect(self.save)
        ways.addWidget(Field(theme, t.text("&User name"), "user", self.user))
        ways.addWidget(Field(theme, t.text("&Password"), "password", self.password))
        self.save_button = button(t.text("&Save what can be read"), name="salvage")
        self.save_button.clicked.connect(self.save)
        ways.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.failure = Note(theme)
        self.waiting = label("", "grey", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(t.text("Save what can be read"))
        self.cancel_button = button(t.text("Cancel"), name="cancel_salvage")
        self.cancel_button.clicked.connect(self.cancel)
        self.back_button = button(t.text("Back"), "link", name="back")
        self.back_button.clicked.connect(door.back)
        fields.addWidget(self.ways)
        for one in (self.failure, self.waiting, self.bar):
            fields.addWidget(one)
        for push in (self.cancel_button, self.back_button):
            fields.addWidget(push, 0, Qt.AlignmentFlag.AlignLeft)
        fields.addWidget(self._result())
        fields.addStretch(1)
        self._settle()
        QShortcut(QKeySequence("Esc"), self, self._escape)

    def _newest_text(self) -> str:
        t, newest = self.t, self.newest
        if newest is None:
            return t.text("There is no backup in the data folder or at the second place.")
        return t.text(
            "Made on {moment}, {place}. What was recorded later is missing in it; rows that were "
            "sent come back from your packages.",
            moment=t.moment(newest.head.moment),
            place=str(newest.path.parent),
        )

    def _result(self) -> QWidget:
        t, theme = self.t, self.theme
        self.done = Note(theme, "success")
        self.missing = missing_model(t, QColor(theme.colours.quiet))
        self.missing_list = ListView(
            theme,
            self.missing,
            name="missing",
            spoken=t.text("What is missing"),
            widths={1: 96, 2: 112},
            stretched=0,
            at_most=8,
        )
        self.enter_button = button(t.text("Sign in"), "primary", name="enter_saved")
        self.enter_button.clicked.connect(self.enter)
        self.list_button = button(t.text("Save this &list…"), name="save_list")
        self.list_button.clicked.connect(self.choose_file)
        deeds = row(GRID)
        deeds.addWidget(self.enter_button)
        deeds.addWidget(self.list_button)
        deeds.addStretch(1)
        layout = column(2 * GRID)
        layout.addWidget(self.done)
        layout.addWidget(self.missing_list)
        layout.addLayout(deeds)
        self.result = QWidget()
        self.result.setLayout(layout)
        return self.result

    def _settle(self) -> None:
        """Show the two ways, or how far it is, or what came of it."""
        busy, ended = self._busy, bool(self.saved)
        self.ways.setVisible(not busy and not ended)
        self.back_button.setVisible(not busy and not ended)
        for one in (self.bar, self.cancel_button, self.waiting):
            one.setVisible(busy)
        self.result.setVisible(ended)

    def start(self) -> None:
        (self.restore_button if self.newest is not None else self.password).setFocus()

    def leave(self) -> None:
        self._given_up.set()

    def _escape(self) -> None:
        if self._busy:
            self.cancel()
        elif not self.saved:
            self.door.back()

    def save(self) -> None:
        """Save what can be read into a new database, with progress."""
        if self._busy:
            return
        folder, user, password = self.door.folder, self.user.value, self.password.text()
        self.failure.show_text("")
        self.bar.setRange(0, 0)
        self.waiting.setText(self.t.text("Reading…"))
        self._given_up = given_up = Event()

        def work(progress: Progress) -> list[SalvagedTable]:
            def step(table: str, done: int, total: int) -> None:
                if given_up.is_set():
                    raise Cancelled
                progress(table, done, total)

            try:
                return salvage_workplace(folder, user=user, password=password, progress=step)
            except Cancelled:
                return []

        self._busy = True
        self.door.runner.document(self, work, self._show, self._refused, self._step)
        self._settle()
        self.cancel_button.setEnabled(True)
        self.cancel_button.setFocus()

    def _step(self, table: str, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.waiting.setText(self.t.text("Reading: {name}", name=name_of(self.t, table)))

    def cancel(self) -> None:
        """Give up; once the table under way is read the folder is as it was."""
        self._given_up.set()
        self.cancel_button.setEnabled(False)

    def _show(self, saved: list[SalvagedTable]) -> None:
        t = self.t
        self._busy, self.saved = False, saved
        if not saved:
            self._settle()
            self.password.setFocus()
            return
        missing = missing_of(saved)
        self.missing.set_rows(missing)
        self.missing_list.setVisible(bool(missing))
        if missing:
            self.done.show_text(
                t.text(
                    "Saved what can be read. This is missing; rows that were sent come back from "
                    "your packages in the settings."
                ),
                "warning",
            )
        else:
            self.done.show_text(t.text("Everything could be saved. Nothing is missing."), "success")
        self.heading.setText(t.text("What could be saved of the damaged database"))
        self._settle()
        self.enter_button.setFocus()

    def _refused(self, error: Exception) -> None:
        self._busy = False
        self._settle()
        self.failure.show_text(self.door.refusal(error)[1])
        self.password.selectAll()
        self.password.setFocus()

    def enter(self) -> None:
        """Go in with the saved data."""
        folder, user, password = self.door.folder, self.user.value, self.password.text()
        self.enter_button.setEnabled(False)
        self.door.runner.prepare(
            self,
            lambda: open_workplace(folder, user=user, password=password),
            self.door.enter,
            self._not_entered,
        )

    def _not_entered(self, error: Exception) -> None:
        self.enter_button.setEnabled(True)
        self.heading.setText(self.t.text("The database is damaged"))
        self.saved = ()
        self._refused(error)

    def choose_file(self) -> None:
        """Ask where to keep the list of what is missing."""
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        dialog = QFileDialog(self, self.t.text("What is missing"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("*.txt")
        dialog.setDefaultSuffix("txt")
        dialog.setDirectory(QStandardPaths.writableLocation(documents))
        dialog.selectFile("pravo-missing.txt")
        dialog.fileSelected.connect(lambda file: self.write_list(Path(file)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write_list(self, file: Path) -> None:
        """Write the list into a file."""
        t = self.t
        try:
            write_file(file, missing_text(t, self.saved, str(self.door.folder)).encode())
        except KnownError as error:
            self.failure.show_text(translate_error(t, error))
        else:
            self.done.show_text(t.text("The list is in {file}.", file=str(file)), "success")


def _logins(folder: Path) -> list[str]:
    try:
        return sorted(logins(folder))
    except KnownError:
        return []
