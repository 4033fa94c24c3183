"""The settings' parts on what opens the data again: a backup made now, the recovery sheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from pravo_desktop.backups.files import make_backup
from pravo_desktop.errors import KnownError
from pravo_desktop.messages import translate_error
from pravo_desktop.usecases.station import StationCard, note_backup
from ui.ask import ask
from ui.folders import choose_sheet_file, remember_folder, remembered_folder, show_folder
from ui.page import Desk
from ui.runner import Job
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.labels import Note, label
from ui.widgets.layouts import column, row


def _tell(desk: Desk, note: Note, error: Exception) -> None:
    if isinstance(error, KnownError):
        note.show_text(translate_error(desk.t, error), "error")
    else:
        desk.navigator.show_error(error)


class BackupPanel(QWidget):
    """Writes a backup where the person says.

    Args:
        reload: of the page, which reads when the last one was made and puts it here.
    """

    def __init__(self, desk: Desk, reload: Callable[[], object]) -> None:
        super().__init__()
        self.desk, self.t = desk, desk.t
        self._reload = reload
        t = self.t
        self.told = label("", wrap=True)
        self.note = Note(desk.theme, "success")
        self.button = button(t.text("&Back up now…"), name="backup")
        self.button.clicked.connect(self.choose_folder)
        self.show_button = button(t.text("Open the folder"), "link", name="open_folder")
        self.show_button.clicked.connect(
            lambda: show_folder(remembered_folder(self.desk, "backups"))
        )
        self.show_button.hide()
        deeds = row(GRID)
        deeds.addWidget(self.button)
        deeds.addWidget(self.show_button)
        deeds.addStretch(1)
        layout = column(2 * GRID)
        layout.addWidget(label(t.text("Backup"), "section"))
        layout.addWidget(self.told)
        layout.addWidget(self.note)
        layout.addLayout(deeds)
        self.setLayout(layout)

    def put(self, card: StationCard) -> None:
        """Say when the last backup was made."""
        t = self.t
        self.told.setText(
            t.text(
                "The last backup was made on {moment}.",
                moment=t.moment(datetime.fromisoformat(card.last_backup)),
            )
            if card.last_backup
            else t.text("No backup was made yet. Make one on a drive kept apart.")
        )

    def choose_folder(self) -> None:
        """Ask for a folder or drive, then write a backup there."""
        dialog = QFileDialog(self, self.t.text("Where to write the backup"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setDirectory(str(remembered_folder(self.desk, "backups")))
        dialog.fileSelected.connect(lambda name: self.back_up(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def back_up(self, folder: Path) -> None:
        """Write a backup into a folder."""
        remember_folder(self.desk, "backups", folder)
        self.button.setEnabled(False)
        self.show_button.hide()
        self.note.show_text("")
        self.told.setText(self.t.text("Writing the backup…"))

        def work(job: Job) -> Path:
            path = make_backup(job.workplace, job.session, out=folder)
            note_backup(job.session, job.actor)
            return path

        self.desk.runner.write(self, work, self._written, self._failed)

    def _written(self, path: Path) -> None:
        self.button.setEnabled(True)
        self.note.show_text(self.t.text("Backup written: {file}", file=str(path)), "success")
        self.show_button.show()
        self.show_button.setFocus()
        self._reload()

    def _failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        _tell(self.desk, self.note, error)
        self._reload()


class SheetPanel(QWidget):
    """Makes the recovery sheet anew."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.t = desk, desk.t
        t = self.t
        self.button = button(t.text("Make the &recovery sheet anew…"), name="new_sheet")
        self.button.clicked.connect(self.ask_new)
        self.note = Note(desk.theme, "success")
        layout = column(2 * GRID)
        layout.addWidget(label(t.text("Recovery sheet"), "section"))
        layout.addWidget(
            label(
                t.text(
                    "It opens the data when all passwords are forgotten. Keep it printed, apart "
                    "from the computer."
                ),
                "grey",
                wrap=True,
            )
        )
        layout.addWidget(self.note)
        layout.addWidget(self.button)
        self.setLayout(layout)

    def ask_new(self) -> None:
        """Ask before the old sheet stops working."""
        t = self.t
        ask(
            self,
            t,
            question=t.text("Make the recovery sheet anew?"),
            explained=t.text("The old sheet opens nothing any more. Print the new one at once."),
            verb=t.text("Make it anew"),
            run=self._choose,
        )

    def _choose(self) -> None:
        folder = remembered_folder(self.desk, "sheet")
        choose_sheet_file(self, self.t, "pravo-recovery.txt", self.make, folder)

    def make(self, target: Path) -> None:
        """Write a new recovery sheet into a file."""
        remember_folder(self.desk, "sheet", target.parent)
        self.button.setEnabled(False)

        def made(_: None) -> None:
            self.button.setEnabled(True)
            self.note.show_text(
                self.t.text(
                    "The new sheet is in {file}. Print it, then delete the file.",
                    file=str(target),
                ),
                "success",
            )

        def failed(error: Exception) -> None:
            self.button.setEnabled(True)
            _tell(self.desk, self.note, error)

        self.desk.runner.write(
            self,
            lambda job: job.workplace.reissue_recovery_sheet(job.session, target=target),
            made,
            failed,
        )
