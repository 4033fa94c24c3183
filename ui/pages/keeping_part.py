"""The settings' part on what outlives this computer: the second place, rows from own packages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from pravo_desktop.backups.keeping import backups_of, overdue, places, set_second_place
from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.errors import KnownError
from pravo_desktop.messages import message, translate_error
from pravo_desktop.usecases.actor import CENTRE
from pravo_desktop.usecases.came_back import BareRecord, bare_records
from pravo_desktop.usecases.own_rows import (
    RETURNED,
    OwnPackages,
    TakenBack,
    own_packages,
    take_back,
)
from ui.ask import ask
from ui.folders import remember_folder, remembered_folder
from ui.page import Desk
from ui.pages.first_run import groups
from ui.runner import Job
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.labels import Note, label
from ui.widgets.layouts import column, row


class KeepingPart(QWidget):
    """Where backups go by themselves, and what was sent taken back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.t = desk, desk.t
        t = self.t
        self.kept = label("", wrap=True)
        self.kept.setObjectName("kept_backups")
        self.note = Note(desk.theme, "warning")
        self.place_button = button(t.text("Second p&lace…"), name="second_place")
        self.place_button.clicked.connect(self.choose_place)
        self.none_button = button(t.text("No second place"), name="no_second_place")
        self.none_button.clicked.connect(lambda: self.set_place(None))
        self.take_button = button(t.text("&Take rows back from packages…"), name="take_back")
        self.take_button.clicked.connect(self.choose_packages)
        self.taken = Note(desk.theme, "success")
        self.names_button = button(
            t.text("Complete what came back without names…"), "link", name="complete_names"
        )
        self.names_button.clicked.connect(self.complete_names)
        self.names_button.hide()
        layout = column()
        layout.addWidget(self.kept)
        layout.addWidget(self.note)
        buttons = row(GRID)
        buttons.addWidget(self.place_button)
        buttons.addWidget(self.none_button)
        buttons.addStretch(1)
        layout.addLayout(buttons)
        layout.addSpacing(GRID)
        comes_back = t.text(
            "After a restored backup or on a new computer, what was sent comes back from the "
            "centre's own packages, or from the file that headquarters returns, without names."
        )
        if desk.centre == NATIONAL:
            comes_back = t.text(
                "After a restored backup or on a new computer, what was recorded here comes back "
                "from headquarters' own packages, without names."
            )
        layout.addWidget(label(comes_back, "grey", wrap=True))
        take = row(GRID)
        take.addWidget(self.take_button)
        take.addStretch(1)
        layout.addLayout(take)
        layout.addWidget(self.taken)
        layout.addWidget(self.names_button)
        self.setLayout(layout)

    def reload(self) -> None:
        """Show where the backups are, and what is wrong there."""
        t, workplace = self.t, self.desk.runner.workplace
        now, found = places(workplace.folder), backups_of(workplace.folder)
        lines = [t.text("Backups are made by themselves, daily and when you leave.")]
        if found:
            lines.append(
                t.text(
                    "Last good backup: {moment}, {place}.",
                    moment=t.moment(found[0].head.moment),
                    place=str(found[0].path.parent),
                )
            )
        if now.second is not None:
            lines.append(t.text("Second place: {place}.", place=str(now.second)))
        self.kept.setText("\n".join(lines))
        self.none_button.setVisible(now.second is not None)
        if now.failed is not None:
            told = t.text("The last backup did not reach the second place.")
            self.note.show_text(f"{told} {message(t, now.failed)}", "warning")
        elif now.second is None:
            told = t.text("There is no second place: a broken disk takes the backups along.")
            self.note.show_text(told, "warning")
        elif overdue(workplace.folder, workplace.clock.now()):
            self.note.show_text(
                t.text("The last good backup is days old. Make one now."), "warning"
            )
        else:
            self.note.show_text("", "warning")

    def choose_place(self) -> None:
        """Ask for the folder on another disk."""
        dialog = QFileDialog(self, self.t.text("Second place for backups"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self.set_place(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def set_place(self, second: Path | None) -> None:
        """Let backups go to this second place from now on, or to none."""
        try:
            network = set_second_place(self.desk.runner.workplace.folder, second)
        except KnownError as error:
            self.note.show_text(translate_error(self.t, error), "warning")
            return
        self.reload()
        if network:
            self.note.show_text(
                self.t.text("It is a network drive: while it is away, backups are missing there."),
                "warning",
            )

    def choose_packages(self) -> None:
        """Ask for the package files."""
        t = self.t
        own = t.text("The centre's own packages")
        if self.desk.centre == NATIONAL:
            own = t.text("Headquarters' own packages")
        dialog = QFileDialog(self, own)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(f"*{RETURNED} *.xlsx")
        dialog.setDirectory(str(remembered_folder(self.desk, "packages")))
        dialog.filesSelected.connect(lambda names: self.take([Path(name) for name in names]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take(self, files: Sequence[Path]) -> None:
        """Take the rows of these packages back; keys that nobody here has are compared first."""
        remember_folder(self.desk, "packages", files[0].parent)
        self.take_button.setEnabled(False)
        self.taken.show_text("")

        self.desk.runner.read(
            self,
            lambda job: own_packages(job.session, job.actor, files),
            self._compare,
            self._refused,
        )

    def _compare(self, found: OwnPackages) -> None:
        self.take_button.setEnabled(True)
        if not found.to_compare:
            self._take(found)
            return
        ask(
            self,
            self.t,
            question=self.t.text("Is this the key that signed the centre's packages?"),
            explained="\n\n".join(map(groups, found.to_compare))
            + "\n\n"
            + self.t.text("Compare it with headquarters over the phone."),
            verb=self.t.text("It is the same"),
            run=lambda: self._take(found),
        )

    def _take(self, found: OwnPackages) -> None:
        self.take_button.setEnabled(False)

        def work(job: Job) -> tuple[TakenBack, list[BareRecord]]:
            done = take_back(
                job.session, job.actor, packages=found.packages, confirmed=found.signers
            )
            return done, bare_records(job.session, job.actor)

        self.desk.runner.write(self, work, lambda found: self._took(*found), self._refused)

    def _took(self, done: TakenBack, missing: list[BareRecord]) -> None:
        t = self.t
        self.take_button.setEnabled(True)
        lines = [
            t.text(
                "Came back: {added} new, {changed} changed, {withdrawn} withdrawn.",
                added=done.added,
                changed=done.changed,
                withdrawn=done.withdrawn,
            )
        ]
        if done.forgotten:
            lines.append(
                t.text(
                    "People forgotten after the backup was made whose data were here again and are "
                    "erased anew: {n}. Check the letters of that time for others.",
                    n=done.forgotten,
                )
            )
        if missing:
            lines.append(
                t.plural("{n} record to complete", "{n} records to complete", len(missing))
            )
        self.taken.show_text("\n".join(lines), "success")
        self.names_button.setVisible(bool(missing))
        if missing:
            self.names_button.setFocus()

    def complete_names(self) -> None:
        """Open the list of what waits; each line jumps to its field."""
        from ui.pages.month_progress import ToCompletePage

        if self.desk.actor.roles & CENTRE:
            self.desk.navigator.open(ToCompletePage)
        else:
            self.desk.navigator.go("staff")

    def _refused(self, error: Exception) -> None:
        self.take_button.setEnabled(True)
        if isinstance(error, KnownError):
            self.taken.show_text(translate_error(self.t, error), "error")
        else:
            self.desk.navigator.show_error(error)
