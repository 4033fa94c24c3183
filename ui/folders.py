"""Folders a person chose, remembered beside the data; opening one in the system's own window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices

from ui.page import Desk


def remembered_folder(desk: Desk, name: str) -> Path:
    """The folder last chosen for a thing such as ``packages``; the documents before that."""
    stored = _settings(desk).value(f"folders/{name}")
    if stored and Path(str(stored)).is_dir():
        return Path(str(stored))
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(documents) or Path.home())


def remember_folder(desk: Desk, name: str, folder: Path) -> None:
    """Keep the folder for the next time."""
    stored = _settings(desk)
    stored.setValue(f"folders/{name}", str(folder))
    stored.sync()


def show_folder(folder: Path) -> None:
    """Open a folder in the system's own window."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _settings(desk: Desk) -> QSettings:
    file = desk.runner.workplace.folder / "settings.ini"
    return QSettings(str(file), QSettings.Format.IniFormat)
