"""Headquarters' part that returns a centre's own rows to its new computer, in one signed file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from pravo_desktop.errors import KnownError
from pravo_desktop.messages import translate_error
from pravo_desktop.usecases.own_rows import return_rows
from ui.folders import remember_folder, remembered_folder, show_folder
from ui.page import Desk
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.labels import Note, label
from ui.widgets.layouts import column, row


class ReturnRows(QWidget):
    """One button and what came of it.

    Args:
        centre: gives the key of the centre that is chosen on the page.
    """

    def __init__(self, desk: Desk, centre: Callable[[], str]) -> None:
        super().__init__()
        self.desk, self.t, self._centre = desk, desk.t, centre
        t = self.t
        self._folder = Path()
        self.note = Note(desk.theme, "success")
        self.return_button = button(t.text("Return the centre's own rows…"), name="return_rows")
        self.return_button.clicked.connect(self.choose_folder)
        self.show_button = button(t.text("Open the folder"), "link", name="open_returned")
        self.show_button.clicked.connect(lambda: show_folder(self._folder))
        self.show_button.hide()
        told = t.text(
            "For a centre that lost its computer and has no backup: all that it sent, in one file "
            "with your signature. It is opened in the settings of the new computer."
        )
        deeds = row(GRID)
        deeds.addWidget(self.return_button)
        deeds.addWidget(self.show_button)
        deeds.addStretch(1)
        layout = column(GRID)
        layout.addWidget(label(told, "quiet", wrap=True))
        layout.addLayout(deeds)
        layout.addWidget(self.note)
        self.setLayout(layout)

    def choose_folder(self) -> None:
        """Ask for the folder or drive, then write the file there."""
        dialog = QFileDialog(self, self.t.text("Where to write the centre's own rows"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setDirectory(str(remembered_folder(self.desk, "receipts")))
        dialog.fileSelected.connect(lambda name: self.write(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write(self, folder: Path) -> None:
        """Write the file of the chosen centre into a folder."""
        self._folder, centre = folder, self._centre()
        remember_folder(self.desk, "receipts", folder)
        self.return_button.setEnabled(False)
        self.show_button.hide()
        self.note.show_text("")
        self.desk.runner.write(
            self,
            lambda job: return_rows(
                job.session,
                job.actor,
                centre=centre,
                key=job.workplace.signing_key(job.session),
                archive=job.workplace.archive,
                target=folder,
            ),
            self._written,
            self._failed,
        )

    def _written(self, path: Path) -> None:
        self.return_button.setEnabled(True)
        self.show_button.show()
        self.note.show_text(
            self.t.text("Written: {file}. Send it to the centre.", file=str(path)), "success"
        )

    def _failed(self, error: Exception) -> None:
        self.return_button.setEnabled(True)
        if isinstance(error, KnownError):
            self.note.show_text(translate_error(self.t, error))
        else:
            self.desk.navigator.show_error(error)
