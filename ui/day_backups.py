"""Backs the data folder up beside the work: the day's first change, and what follows at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from ui.app import Window

_LOOK_FOR_NEW_DAY = 5 * 60_000
"""Milliseconds between two looks whether a backup of this day is there."""


class DayBackups(QTimer):
    """Runs while somebody is signed in, and writes a backup when the day has none yet."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._wanted = False
        self.setInterval(_LOOK_FOR_NEW_DAY)
        self.timeout.connect(self._back_up_when_due)

    def note(self, tables: frozenset[str]) -> None:
        """Take in what was changed: a backup of it is wanted."""
        self._wanted |= tables != {"backups"}

    def forget(self) -> None:
        """Want nothing of a folder that the window has left."""
        self._wanted = False

    def back_up_before_leaving(self) -> str | None:
        """Write a backup of what was changed since the last, and wait for it.

        Returns:
            the code of why it was refused.
        """
        if self._window.shell is None or not self._wanted:
            return None
        self._wanted = False
        return self._window.runner.back_up_and_wait(self._window)

    def _back_up_when_due(self) -> None:
        from pravo_desktop.backups.keeping import due

        if self._window.shell is None or not self._wanted:
            return
        runner = self._window.runner
        if due(runner.workplace.folder, runner.workplace.clock.today()):
            self._wanted = False
            runner.back_up(self._window, self._failed)

    def _failed(self, error: Exception) -> None:
        self._wanted = True
        if self._window.shell is not None:
            self._window.shell.show_error(error)
