"""“Check this computer”: the doctor's findings, a file for whoever helps, a new version checked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp

from PySide6.QtCore import QProcess, Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from pravo_desktop.backups.keeping import KeptBackup, back_up, before_updates
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import N_, Translator
from pravo_desktop.messages import message, translate_error
from pravo_desktop.support import Checked, check_computer, write_support_file
from pravo_desktop.update import (
    Release,
    check_release,
    copy_release,
    release_text,
)
from pravo_desktop.usecases.upkeep import Examined
from ui.folders import remember_folder, remembered_folder, show_folder
from ui.page import Desk, Page, Primary
from ui.runner import Job
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.labels import Note, label
from ui.widgets.layouts import FormColumn, column, row

_WIDTH = 640
_MEGABYTE = 1_000_000

WELL = {
    "pages": N_("The database file is whole."),
    "foreign_keys": N_("Every record has what it belongs to."),
    "history": N_("The history of changes is complete."),
    "history_kept": N_("The history agrees with the packages sent and with the backups."),
    "version": N_("The database has the form of this version."),
    "backup": N_("There is a fresh backup."),
    "second_place": N_("Backups reach the second place."),
    "room": N_("There is room on the disk."),
    "clock": N_("The clock of the computer shows a possible time."),
}
"""What each check says when all is well."""
UNWELL = {
    "pages": N_("The database file is damaged. Close the program; sign-in offers a good backup."),
    "foreign_keys": N_("Some records lack what they belong to. Send the support file."),
    "history": N_("An entry of the history was changed or is missing. Send the support file."),
    "history_kept": N_("The history differs from what was sent earlier. Send the support file."),
    "version": N_("The database has another form than this version. Send the support file."),
    "backup": N_("There is no fresh backup. Make one now."),
    "second_place": N_("There is no second place: a broken disk takes the backups along."),
    "room": N_("Less than 500 MB are free on the disk. Make room, or backups will not fit."),
    "clock": N_("The clock of the computer is behind. Set the date and time."),
}
"""What to do where it is not."""


def check_text(t: Translator, one: Examined) -> str:
    """One line on what a check found."""
    if one.well:
        return t.text(WELL[one.check])
    if one.check == "second_place" and one.found[0] != "no_second_place":
        told = t.text("The last backup did not reach the second place.")
        return f"{told} {message(t, one.found[0])}"
    return t.text(UNWELL[one.check])


def start_installer(release: Release) -> None:
    """Start a release's installer and leave it to itself: the one place where a file is run.

    Args:
        release: what `copy_release` returned.

    Raises:
        KnownError: ``release_not_started``.
    """
    if not QProcess.startDetached(str(release.start), [], str(release.folder))[0]:
        raise KnownError("release_not_started", file=release.start.name, reason="")


class SupportPage(Page):
    """Opened from the settings; everybody may ask whether the computer is well."""

    name = N_("Check this computer")
    reloads_on = frozenset({"backups"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.checked: Checked | None = None
        self.genuine: Release | None = None
        self.kept: KeptBackup | None = None
        self.form = FormColumn(desk.theme, _WIDTH)
        self._add_findings()
        self._add_file()
        self._add_release()
        self._add_way_back()
        self.form.fields.addStretch(1)
        layout = column(0)
        layout.addWidget(self.form)
        self.setLayout(layout)

    def _add_findings(self) -> None:
        t, theme, fields = self.t, self.desk.theme, self.form.fields
        self.state = Note(theme, "success")
        self.state.show_text(t.text("Looking…"), "success")
        fields.addWidget(self.state)
        self.lines = [Note(theme, "success") for _ in WELL]
        for line in self.lines:
            line.hide()
            fields.addWidget(line)
        self.facts = label("", "grey", wrap=True)
        self.facts.setObjectName("facts")
        fields.addSpacing(GRID)
        fields.addWidget(self.facts)

    def _add_file(self) -> None:
        """The file for whoever helps."""
        t = self.t
        self.save_button = button(t.text("Save the support &file…"), name="save_support")
        self.save_button.clicked.connect(self.choose_place)
        self.show_button = button(t.text("Open the folder"), "link", name="open_folder")
        self.show_button.clicked.connect(
            lambda: show_folder(remembered_folder(self.desk, "support"))
        )
        self.show_button.hide()
        self.saved = Note(self.desk.theme, "success")
        self._add_part(
            t.text("File for whoever helps"),
            t.text(
                "It holds versions, settings, sizes, what was found above and the log of "
                "error codes. There is no name, number, note or password in it."
            ),
            self.saved,
            (self.save_button, self.show_button),
        )

    def _add_release(self) -> None:
        """A new version, checked before it is installed."""
        t = self.t
        self.update_button = button(t.text("Check a new &version…"), name="check_release")
        self.update_button.clicked.connect(self.choose_release)
        self.install_button = button(t.text("&Back up and install"), name="install_release")
        self.install_button.clicked.connect(self.install)
        self.install_button.hide()
        self.release = Note(self.desk.theme, "success")
        self._add_part(
            t.text("New version on a stick"),
            t.text(
                "Before you install it, the program checks that its makers signed it and that "
                "nothing in it was changed."
            ),
            self.release,
            (self.update_button, self.install_button),
        )

    def _add_part(self, heading: str, told: str, note: Note, deeds: Sequence[QPushButton]) -> None:
        """A heading, what it is for, what came of it, and what can be done."""
        fields = self.form.fields
        fields.addSpacing(GRID)
        fields.addWidget(label(heading, "section"))
        fields.addWidget(label(told, "grey", wrap=True))
        fields.addWidget(note)
        buttons = row(GRID)
        for one in deeds:
            buttons.addWidget(one)
        buttons.addStretch(1)
        fields.addLayout(buttons)

    def _add_way_back(self) -> None:
        t, fields = self.t, self.form.fields
        self.before = label("", "grey", wrap=True)
        self.before.setObjectName("before_update")
        self.before_button = button(
            t.text("Open the folder of this backup"), "link", name="open_before_update"
        )
        self.before_button.clicked.connect(self.show_before_update)
        fields.addSpacing(GRID)
        self.before_head = label(t.text("Back to the version before"), "section")
        fields.addWidget(self.before_head)
        fields.addWidget(self.before)
        fields.addWidget(self.before_button, 0, Qt.AlignmentFlag.AlignLeft)

    def primary(self) -> Primary:
        return Primary(self.t.text("Check once more"), self.reload, "Ctrl+Return")

    def start(self) -> None:
        self.save_button.setFocus()

    def reload(self) -> None:
        self.desk.runner.read(
            self, lambda job: check_computer(job.workplace, job.session), self._show
        )

    def _tell_the_way_back(self) -> None:
        """Name the newest backup that an update made, and how to go back with it."""
        t, kept = self.t, next(iter(before_updates(self.desk.runner.workplace.folder)), None)
        self.kept = kept
        for one in (self.before_head, self.before, self.before_button):
            one.setVisible(kept is not None)
        if kept is not None:
            self.before.setText(
                t.text(
                    "Before the update of {moment} the program made a backup that version "
                    "{version} opens: {file}. To go back, remove this version and keep the data, "
                    "install version {version}, choose “Restore a backup” at the door and open "
                    "this file. What was entered since the update is not in it.",
                    moment=t.moment(kept.head.moment),
                    version=kept.head.program_version,
                    file=kept.path.name,
                )
            )

    def show_before_update(self) -> None:
        """Open the folder in which the backup made before the update lies."""
        if self.kept is not None:
            show_folder(self.kept.path.parent)

    def _show(self, checked: Checked) -> None:
        t, self.checked = self.t, checked
        self._tell_the_way_back()
        if checked.well:
            self.state.show_text(t.text("This computer is well."), "success")
        else:
            self.state.show_text(t.text("Something needs attention; see below."), "warning")
        to_do_first = sorted(checked.examined, key=lambda one: one.well)
        for line, one in zip(self.lines, to_do_first, strict=False):
            line.show_text(check_text(t, one), "success" if one.well else "warning")
        for line in self.lines[len(checked.examined) :]:
            line.hide()
        facts = checked.facts
        newest = facts["backups"]["data_folder"]["newest"]
        told = [
            t.text("Program: version {version}", version=facts["program"]),
            t.text("System: {system}", system=facts["system"]),
            t.text("Database: {size} MB", size=self._megabytes(facts["database_bytes"])),
            t.text("Free on the disk: {size} MB", size=self._megabytes(facts["free_bytes"])),
        ]
        if newest:
            moment = t.moment(datetime.fromisoformat(newest))
            told.append(t.text("Last backup: {moment}", moment=moment))
        self.facts.setText("\n".join(told))

    def _megabytes(self, size: int) -> str:
        return self.t.number(max(1, round(size / _MEGABYTE)))

    def choose_place(self) -> None:
        """Ask where the support file goes."""
        dialog = QFileDialog(self, self.t.text("Where to write the support file"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setDirectory(str(remembered_folder(self.desk, "support")))
        dialog.fileSelected.connect(lambda name: self.save(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, folder: Path) -> None:
        """Write the support file into a folder."""
        remember_folder(self.desk, "support", folder)
        self.save_button.setEnabled(False)
        self.desk.runner.read(
            self,
            lambda job: write_support_file(job.workplace, job.session, target=folder),
            self._saved,
            self._not_saved,
        )

    def _saved(self, path: Path) -> None:
        self.save_button.setEnabled(True)
        self.saved.show_text(self.t.text("Support file written: {file}", file=str(path)), "success")
        self.show_button.show()
        self.show_button.setFocus()
        self.form.bring_into_sight(self.show_button)

    def _not_saved(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        self._tell(self.saved, error)

    def choose_release(self) -> None:
        """Ask for the folder of the new version."""
        dialog = QFileDialog(self, self.t.text("Folder of the new version"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setDirectory(str(remembered_folder(self.desk, "release")))
        dialog.fileSelected.connect(lambda name: self.check_release(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def check_release(self, folder: Path) -> None:
        """Verify the new version in a folder and say what it is; nothing is installed."""
        remember_folder(self.desk, "release", folder)
        self.update_button.setEnabled(False)
        self.install_button.hide()
        self.release.show_text(self.t.text("Checking every file…"), "success")
        self.desk.runner.document(
            self, lambda progress: check_release(folder), self._found, self._refused
        )

    def _found(self, release: Release) -> None:
        self.update_button.setEnabled(True)
        self.release.show_text(release_text(self.t, release), "success")
        self.genuine = release
        self.install_button.setVisible(release.newer and release.system == "windows")
        self.form.bring_into_sight(self.release)

    def install(self) -> None:
        """Back up, copy the new version from the stick, check it again, start its installer."""
        release = self.genuine
        assert release is not None
        for one in (self.update_button, self.install_button):
            one.setEnabled(False)
        self.release.show_text(self.t.text("Backing up and copying…"), "success")

        def prepare(job: Job) -> Release:
            back_up(job.workplace, job.session)
            folder = Path(mkdtemp(prefix="pravo-desktop-update-"))
            return copy_release(release, folder / "release")

        def start(copied: Release) -> None:
            try:
                start_installer(copied)
            except KnownError as error:
                self._refused(error)
                return
            self.window().close()

        self.desk.runner.write(self, prepare, start, self._refused)

    def _refused(self, error: Exception) -> None:
        self.update_button.setEnabled(True)
        self.install_button.setEnabled(True)
        self.install_button.hide()
        self._tell(self.release, error)
        self.form.bring_into_sight(self.release)

    def _tell(self, note: Note, error: Exception) -> None:
        if isinstance(error, KnownError):
            note.show_text(translate_error(self.t, error), "error")
        else:
            self.desk.navigator.show_error(error)
