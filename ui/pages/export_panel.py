"""Making a package and writing it to a folder or drive: where to, progress, what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStorageInfo, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import Translator
from pravo_desktop.messages import translate_error
from pravo_desktop.usecases.file_writing import check_room
from pravo_desktop.usecases.packages import ExportedPackage, export_package, write_copy
from ui.folders import remember_folder, remembered_folder, show_folder
from ui.page import Desk
from ui.pages.answering import REWORDED, write_anew
from ui.pages.sealing_choice import SealingChoice
from ui.runner import Job, Task
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.labels import Note, label
from ui.widgets.layouts import column, row
from ui.working import Working

_MEGABYTE = 1_000_000


def place_of(t: Translator, folder: Path) -> str:
    """Where a folder is and how much room is there: ``Drive KINGSTON: 3,512 MB free``."""
    drive = QStorageInfo(str(folder))
    if not drive.isValid() or not drive.isReady():
        return ""
    return t.text(
        "Drive {name}: {free} MB free",
        name=drive.displayName(),
        free=t.number(drive.bytesAvailable() // _MEGABYTE),
    )


class ExportPanel(QWidget):
    """Asks for a folder, signs, writes, and says what was written.

    The parts stay hidden until there is something to say.
    """

    begun = Signal()
    finished = Signal()
    """It is over, well or not."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.t = desk, desk.t
        self._task: Task | None = None
        self._folder = Path()
        self._unwritten: ExportedPackage | None = None
        self.working = Working(
            self.t.text("Making the package"), self.t.text("Cancel"), "cancel_export"
        )
        self.working.cancel_button.clicked.connect(self.cancel)
        self.note = Note(desk.theme, "success")
        self.show_button = button(self.t.text("Open the folder"), "link", name="open_folder")
        self.show_button.clicked.connect(lambda: show_folder(self._folder))
        self.again_button = button(
            self.t.text("Write it to another place"), "link", name="write_elsewhere"
        )
        self.again_button.clicked.connect(self._write_elsewhere)
        self.place = label("", "grey", wrap=True)
        self.place.setObjectName("drive")
        result = row(GRID)
        result.addWidget(self.note, 1)
        result.addWidget(self.show_button)
        result.addWidget(self.again_button)
        self.form = SealingChoice(desk)
        self.form.found.connect(self._settle)
        layout = column(GRID)
        layout.addWidget(self.form)
        layout.addWidget(self.place)
        layout.addWidget(self.working)
        layout.addLayout(result)
        self.setLayout(layout)
        self.clear()

    @property
    def busy(self) -> bool:
        return self._task is not None

    def clear(self) -> None:
        """Say nothing any more."""
        self.note.show_text("")
        self.place.hide()
        self.show_button.hide()
        self.again_button.hide()
        self._settle()

    def reload(self) -> None:
        """Look whether packages can be sealed."""
        self.form.reload()

    def _settle(self) -> None:
        self.setVisible(self.busy or self.form.possible or bool(self.note.text))

    def make(self, month: str, *, amendment: bool = False) -> None:
        """Make the package of a month, once the person has chosen a folder."""

        def work(job: Job, folder: Path) -> ExportedPackage:
            check_room(folder)
            key = job.workplace.signing_key(job.session)
            return export_package(
                job.session,
                job.actor,
                key=key,
                month=month,
                amendment=amendment,
                progress=job.progress,
            )

        def chosen(folder: Path) -> None:
            self._begin(folder)
            self._task = self.desk.runner.write(
                self,
                lambda job: work(job, folder),
                lambda made: self._copy(made),
                self._failed,
                self._show_step,
            )

        self._ask_folder(chosen)

    def write_again(self, package: ExportedPackage) -> None:
        """Write a package made before once more, once the person has chosen a folder."""

        def chosen(folder: Path) -> None:
            self._begin(folder)
            self._copy(package)

        self._ask_folder(chosen)

    def cancel(self) -> None:
        """Give up; nothing is made unless it is signed already."""
        if self._task is not None:
            self._task.cancel()
        self._end()
        self.finished.emit()

    def _ask_folder(self, chosen: Callable[[Path], object]) -> None:
        if self.busy:
            return
        dialog = QFileDialog(self, self.t.text("Where to write the package"))
        dialog.setObjectName("choose_folder")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setDirectory(str(remembered_folder(self.desk, "packages")))
        dialog.fileSelected.connect(lambda name: chosen(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _begin(self, folder: Path) -> None:
        self._folder = folder
        remember_folder(self.desk, "packages", folder)
        self.clear()
        self.place.setText(place_of(self.t, folder))
        self.place.show()
        self.working.begin(self.t.text("Collecting the records…"))
        self.show()
        self.working.cancel_button.setFocus()
        self.begun.emit()

    def _show_step(self, step: str, done: int, total: int) -> None:
        words = {
            "collect": self.t.text("Collecting the records…"),
            "sign": self.t.text("Signing…"),
            "verify": self.t.text("Checking the signature…"),
            "done": self.t.text("Writing the file…"),
        }
        self.working.tell(words[step], done, total)

    def _copy(self, made: ExportedPackage) -> None:
        self.working.step.setText(self.t.text("Writing the file…"))
        # A drive that was pulled out leaves no folder behind, and must not become a file.
        path = self.form.path_in(self._folder, made)
        self._task = self.desk.runner.write(
            self,
            lambda job: write_copy(job.session, job.actor, sequence=made.sequence, target=path),
            lambda path: self._written(made, path),
            lambda error: self._not_written(made, error),
        )

    def _written(self, made: ExportedPackage, path: Path) -> None:
        self._end()
        self.note.show_text(
            self.t.plural(
                "Package written: {file}, {n} record. Take it to headquarters or send it by mail.",
                "Package written: {file}, {n} records. Take it to headquarters or send it by mail.",
                made.row_count,
                file=str(path),
            ),
            "success",
        )
        self.show_button.show()
        self.show()
        self.show_button.setFocus()
        self.finished.emit()

    def _not_written(self, made: ExportedPackage, error: Exception) -> None:
        """The package is made and kept; its file is only missing where it was to go."""
        self._unwritten = made
        self.again_button.show()
        self._failed(error)
        self.again_button.setFocus()

    def _write_elsewhere(self) -> None:
        if self._unwritten is not None:
            self.write_again(self._unwritten)

    def _failed(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, KnownError):
            self.desk.navigator.show_error(error)
        else:
            self.note.show_text(translate_error(self.t, error), "error")
            self.show()
            if error.code == "text_names_person" and error.params["table"] in REWORDED:
                write_anew(self, self.desk, str(error.params["table"]), str(error.params["id"]))
        self.finished.emit()

    def _end(self) -> None:
        self._task = None
        self.working.hide()
        self._settle()
