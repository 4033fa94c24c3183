"""Asking for the files of keys, and saying what came of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from pravo_desktop.errors import KnownError
from pravo_desktop.messages import translate_error
from ui.folders import remember_folder, remembered_folder
from ui.page import Desk
from ui.widgets.labels import Note

_FOLDER = "keys"


class KeyFiles(QWidget):
    """Asks for files and says what came of them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.t = desk, desk.t
        self.note = Note(desk.theme, "success")

    def _ask_file(
        self, title: str, pattern: str, proposed: str, run: Callable[[Path], object]
    ) -> None:
        """Ask for a file to write where one is proposed, otherwise for one that is there."""
        dialog = QFileDialog(self, title)
        dialog.setObjectName("choose_key_file")
        dialog.setNameFilter(pattern)
        dialog.setDirectory(str(remembered_folder(self.desk, _FOLDER)))
        if proposed:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix(Path(proposed).suffix.removeprefix("."))
            dialog.selectFile(proposed)
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)

        def chosen(name: str) -> None:
            remember_folder(self.desk, _FOLDER, Path(name).parent)
            run(Path(name))

        dialog.fileSelected.connect(chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, KnownError):
            self.note.show_text(translate_error(self.t, error), "error")
        else:
            self.desk.navigator.show_error(error)
