"""The line on backups of a first page: the last good one, what is wrong, making one now."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from pravo_desktop.backups.keeping import BackupState, back_up
from pravo_desktop.errors import KnownError
from pravo_desktop.messages import message, translate_error
from ui.page import Desk
from ui.theme import GRID
from ui.turning import Turning
from ui.widgets.buttons import button
from ui.widgets.labels import Note, label
from ui.widgets.layouts import column

KEY = "Ctrl+Shift+B"


class BackupLine(QWidget):
    """Says in grey that all is well, and warns where a backup is old or did not arrive.

    Args:
        around: the page, in which the key makes one.
        level: says it in one line across the page, where there is room.
    """

    def __init__(self, desk: Desk, around: QWidget, *, level: bool = False) -> None:
        super().__init__()
        self.desk, self.t = desk, desk.t
        self.told = label("", "quiet", wrap=not level)
        self.note = Note(desk.theme, "warning")
        self.now_button = button(
            self.t.text("Back up now ({key})", key=KEY), "link", name="back_up_now"
        )
        self.now_button.clicked.connect(self.back_up)
        layout = column(GRID)
        if level:
            line = Turning(2 * GRID)
            line.addWidget(self.told)
            line.addWidget(self.now_button)
            line.addStretch(1)
            layout.addWidget(self.note)
            layout.addLayout(line)
        else:
            for one in (self.told, self.note, self.now_button):
                layout.addWidget(one)
        self.setLayout(layout)
        QShortcut(QKeySequence(KEY), around, self.back_up)

    def put(self, state: BackupState) -> None:
        """Show how the backups stand."""
        t = self.t
        last = t.text("No backup was made yet.")
        if state.last is not None:
            last = t.text("Last backup: {moment}", moment=t.moment(state.last))
        self.told.setText(last)
        warned = []
        if state.overdue:
            warned.append(
                t.text("The last good backup is days old. Make one now.")
                if state.last is not None
                else t.text("Make the first one now: a broken disk takes everything along.")
            )
        if state.second_failed is not None:
            warned.append(
                t.text("The last backup did not reach the second place.")
                + " "
                + message(t, state.second_failed)
            )
        self.note.show_text("\n".join(warned), "warning")

    def back_up(self) -> None:
        """Write a backup to each place now."""
        if not self.now_button.isEnabled():
            return
        self.now_button.setEnabled(False)
        self.note.show_text("")
        self.told.setText(self.t.text("Writing the backup…"))
        self.desk.runner.write(
            self,
            lambda job: back_up(job.workplace, job.session),
            lambda _: self._ended(),
            self._failed,
        )

    def _ended(self) -> None:
        self.now_button.setEnabled(True)

    def _failed(self, error: Exception) -> None:
        self._ended()
        self.told.setText("")
        if isinstance(error, KnownError):
            self.note.show_text(translate_error(self.t, error), "error")
        else:
            self.desk.navigator.show_error(error)
