"""Folders a person chose, remembered beside the data; opening one in the system's own window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from pravo_desktop.i18n import Translator
from ui.page import Desk


def remembered_folder(desk: Desk, name: str) -> Path:
    """The folder last chosen for a thing such as ``packages``; the documents before that."""
    stored = _settings(desk).value(f"folders/{name}")
    if stored and Path(str(stored)).is_dir():
        return Path(str(stored))
    return _documents()


def _documents() -> Path:
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(documents) or Path.home())


def remember_folder(desk: Desk, name: str, folder: Path) -> None:
    """Keep the folder for the next time."""
    stored = _settings(desk)
    stored.setValue(f"folders/{name}", str(folder))
    stored.sync()


def choose_sheet_file(
    parent: QWidget,
    t: Translator,
    name: str,
    run: Callable[[Path], object],
    folder: Path | None = None,
) -> None:
    """Ask for the file of a recovery sheet, then run the deed with it; returns at once.

    Args:
        name: of the file that is proposed.
        folder: where the dialog begins; the documents by default.
    """
    dialog = QFileDialog(parent, t.text("File for the recovery sheet"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter("*.txt")
    dialog.setDefaultSuffix("txt")
    dialog.setDirectory(str(folder or _documents()))
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda file: run(Path(file)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def show_folder(folder: Path) -> None:
    """Open a folder in the system's own window."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _settings(desk: Desk) -> QSettings:
    file = desk.runner.workplace.folder / "settings.ini"
    return QSettings(str(file), QSettings.Format.IniFormat)
