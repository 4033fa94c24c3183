"""Making a document and writing it where a person says: progress, cancel, what was written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from pravo_desktop.errors import KnownError
from pravo_desktop.messages import translate_error
from pravo_desktop.usecases.file_writing import write_file
from ui.folders import remember_folder, remembered_folder, show_folder
from ui.page import Desk
from ui.runner import Job, Task
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.labels import Note
from ui.widgets.layouts import column, row
from ui.working import Working


class DocumentSaver(QWidget):
    """Asks for a file, makes the document, writes it, says where it is."""

    changed = Signal()
    """A document is begun or done with."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.t = desk, desk.t
        self._task: Task | None = None
        self._file = Path()
        self.working = Working(
            self.t.text("Making the report"), self.t.text("Cancel"), "cancel_report"
        )
        self.cancel_button = self.working.cancel_button
        self.cancel_button.clicked.connect(self.cancel)
        self.note = Note(desk.theme, "success")
        self.show_button = button(self.t.text("Open the folder"), "link", name="open_folder")
        self.show_button.clicked.connect(lambda: show_folder(self._file.parent))
        self.show_button.hide()
        result = row(GRID)
        result.addWidget(self.note, 1)
        result.addWidget(self.show_button)
        layout = column(GRID)
        layout.addWidget(self.working)
        layout.addLayout(result)
        self.setLayout(layout)

    @property
    def busy(self) -> bool:
        """Whether a document is being made."""
        return self._task is not None

    def save(self, name: str, make: Callable[[Job], bytes]) -> None:
        """Ask for a file, then make the document and write it.

        Args:
            name: of the file, as proposed; its ending is the format.
            make: the document, on the reading thread.
        """
        if self.busy:
            return
        kind = name.rpartition(".")[2]
        dialog = QFileDialog(self, self.t.text("Save the report as"))
        dialog.setObjectName("save_report")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(f"{kind.upper()} (*.{kind})")
        dialog.setDefaultSuffix(kind)
        dialog.setDirectory(str(remembered_folder(self.desk, "reports")))
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda chosen: self._make(Path(chosen), make))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def begin(self, task: Task) -> None:
        """Show that work of the page is under way; `end` takes it away."""
        self._task = task
        self.note.show_text("")
        self.show_button.hide()
        self.working.begin(self.t.text("Making the report…"))
        self.cancel_button.setFocus()
        self.changed.emit()

    def end(self) -> None:
        """Nothing is under way any more."""
        self._task = None
        self.working.hide()
        self.changed.emit()

    def cancel(self) -> None:
        """Give up; no file is written."""
        if self._task is not None:
            self._task.cancel()
        self.end()

    def fail(self, error: Exception) -> None:
        """Say what went wrong."""
        self.end()
        if isinstance(error, KnownError):
            self.note.show_text(translate_error(self.t, error), "error")
        else:
            self.desk.navigator.show_error(error)

    def _make(self, path: Path, make: Callable[[Job], bytes]) -> None:
        remember_folder(self.desk, "reports", path.parent)
        self._file = path
        self.begin(self.desk.runner.read(self, make, self._made, self.fail))

    def _made(self, content: bytes) -> None:
        """Write the finished document; one given up on never gets here."""
        path = self._file

        def write(progress: object) -> Path:
            write_file(path, content)
            return path

        self._task = self.desk.runner.document(self, write, self._written, self.fail)

    def _written(self, path: Path) -> None:
        self.end()
        self.note.show_text(self.t.text("Report saved: {file}", file=str(path)), "success")
        self.show_button.show()
        self.show_button.setFocus()
