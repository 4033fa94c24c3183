"""Practice data at the door: made, gone on with, deleted; the real data folder stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pravo_desktop.demo.practice_folder import (
    delete_practice,
    is_practice_folder,
    practice_folder,
)
from pravo_desktop.errors import KnownError
from ui.ask import ask
from ui.pages.door import Door
from ui.runner import Task
from ui.theme import HALF
from ui.widgets.buttons import button
from ui.widgets.labels import Note, label
from ui.widgets.layouts import column


def _make(target: Path, hook: Callable[[str, int, int], None]) -> None:
    from pravo_desktop.demo.practice import make_practice  # slow to load, and start-up counts

    make_practice(target, hook)


class PracticePart(QWidget):
    """The buttons for practice, and how far the making is."""

    def __init__(self, door: Door) -> None:
        super().__init__()
        t = door.t
        self.door, self.t = door, t
        self.target = practice_folder(door.folder)
        self._task: Task | None = None
        self.try_button = button(t.text("&Try it with practice data"), "link", name="practise")
        self.delete_button = button(
            t.text("&Delete the practice data…"), "link", name="delete_practice"
        )
        self.cancel_button = button(t.text("Cancel"), name="cancel_practice")
        self.told = label(
            t.text("A centre with invented families, to learn on. Your own data stay apart."),
            "quiet",
            wrap=True,
        )
        self.progress = label("", "grey", wrap=True)
        self.failure = Note(door.theme)
        self.try_button.clicked.connect(self.practise)
        self.delete_button.clicked.connect(self.ask_delete)
        self.cancel_button.clicked.connect(self.cancel)
        layout = column(HALF)
        for one in (self.try_button, self.told, self.delete_button, self.progress):
            layout.addWidget(one)
            if one in (self.try_button, self.delete_button):
                layout.setAlignment(one, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.cancel_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.failure)
        self.setLayout(layout)
        self._settle()

    @property
    def making(self) -> bool:
        """Whether practice data are being made."""
        return self._task is not None

    def _settle(self) -> None:
        there, making = is_practice_folder(self.target), self.making
        if there:
            self.try_button.setText(self.t.text("Go on &practising"))
        else:
            self.try_button.setText(self.t.text("&Try it with practice data"))
        self.try_button.setEnabled(not making)
        self.delete_button.setVisible(there and not making)
        self.progress.setVisible(making)
        self.cancel_button.setVisible(making)

    def practise(self) -> None:
        """Go into the practice folder; the first time it is made."""
        self.failure.show_text("")
        if is_practice_folder(self.target):
            self.door.practise()
            return
        self.progress.setText(self.t.text("Making practice data…"))
        target = self.target
        self._task = self.door.runner.document(
            self,
            lambda hook: _make(target, hook),
            lambda _: self._made(),
            self._refused,
            self._show_progress,
        )
        self._settle()
        self.cancel_button.setFocus()

    def _show_progress(self, _: str, done: int, total: int) -> None:
        share = self.t.percent(100 * done / max(total, 1), digits=0)
        self.progress.setText(self.t.text("Making practice data… {share}", share=share))

    def cancel(self) -> None:
        """Stop the making; nothing of it stays."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._settle()
        self.try_button.setFocus()

    def _made(self) -> None:
        self._task = None
        self.door.practise()

    def _refused(self, error: Exception) -> None:
        self._task = None
        self._settle()
        self.failure.show_text(self.door.refusal(error)[1])

    def ask_delete(self) -> None:
        """Ask before the practice data go."""
        t = self.t
        ask(
            self,
            t,
            question=t.text("Delete the practice data?"),
            explained=t.text("All that was tried out is gone. Your own data stay as they are."),
            verb=t.text("Delete"),
            run=self.delete,
        )

    def delete(self) -> None:
        """Delete the practice folder."""
        try:
            delete_practice(self.target)
        except KnownError as error:
            self._refused(error)
        self._settle()
        self.try_button.setFocus()
