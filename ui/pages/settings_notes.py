"""Own notes in the settings: the sheet that opens them, opening them again, handing them over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QWidget

from pravo_desktop.errors import KnownError
from pravo_desktop.messages import translate_error
from pravo_desktop.usecases.notes import NotesState, hand_over_notes
from ui.ask import ask
from ui.folders import choose_sheet_file, remember_folder, remembered_folder
from ui.page import Desk
from ui.reason import ask_reason
from ui.runner import Job
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.choices import Choice
from ui.widgets.fields import Field
from ui.widgets.labels import Note, label
from ui.widgets.layouts import column, row


class NotesPanel(QWidget):
    """What the person may do with the own notes.

    After somebody else set the password it asks for the code of the own sheet instead.

    Args:
        bring_into_sight: of the page, for a field with a finding.
        reload: of the page, which reads the state and puts it here.
    """

    def __init__(
        self,
        desk: Desk,
        bring_into_sight: Callable[[QWidget], object],
        reload: Callable[[], object],
    ) -> None:
        super().__init__()
        t, theme = desk.t, desk.theme
        self.desk, self.t = desk, t
        self._bring_into_sight, self._reload = bring_into_sight, reload
        self.state: NotesState | None = None
        self.told = label("", "grey", wrap=True)
        self.told.setObjectName("notes_told")
        self.result = Note(theme, "success")
        self.sheet_button = button(t.text("Make the sheet of my &notes…"), name="note_sheet")
        self.sheet_button.clicked.connect(self.ask_sheet)

        self.code = QLineEdit()
        self.code_field = Field(theme, t.text("Code on the sheet of my notes"), "code", self.code)
        self.code.returnPressed.connect(self.choose_next_sheet)
        self.unlock_button = button(t.text("Open my notes…"), name="unlock_notes")
        self.unlock_button.clicked.connect(self.choose_next_sheet)
        self.destroy_button = button(t.text("I have no sheet…"), "link", name="destroy_notes")
        self.destroy_button.clicked.connect(self.ask_destroy)

        self.colleague = Choice(())
        self.hand_field = Field(
            theme, t.text("Colleague who takes my notes over"), "to_account", self.colleague
        )
        self.hand_button = button(t.text("Hand my notes over…"), name="hand_over_notes")
        self.hand_button.clicked.connect(self.ask_hand_over)

        locked = row(GRID)
        for one in (self.unlock_button, self.destroy_button):
            locked.addWidget(one)
        locked.addStretch(1)
        layout = column(GRID)
        layout.addWidget(label(t.text("My notes"), "section"))
        layout.addWidget(self.told)
        layout.addWidget(self.result)
        layout.addWidget(self.code_field)
        layout.addLayout(locked)
        for widget in (self.sheet_button, self.hand_field, self.hand_button):
            layout.addWidget(widget)
        self.setLayout(layout)
        self._show_parts()

    def put(self, state: NotesState) -> None:
        """Show what there is."""
        t, self.state = self.t, state
        if state.locked:
            text = t.text(
                "The head of the centre gave you a new password. Your notes wait for your own "
                "sheet; nobody else can open them."
            )
        elif state.has_sheet:
            text = t.text(
                "Only you can read your notes. If you forget the password, they are opened by "
                "the sheet you made."
            )
        else:
            text = t.text(
                "Only you can read your notes. Make a sheet and keep it: without it a forgotten "
                "password closes them for ever."
            )
        self.told.setText(text)
        self.colleague.fill(
            [(one.account_id, one.name) for one in state.colleagues], self.colleague.value or None
        )
        self._show_parts()

    def _show_parts(self) -> None:
        state = self.state
        locked = state is not None and state.locked
        for one in (self.code_field, self.unlock_button, self.destroy_button):
            one.setVisible(locked)
        self.sheet_button.setVisible(state is not None and not locked)
        handing = state is not None and not locked and state.number > 0 and bool(state.colleagues)
        self.hand_field.setVisible(handing)
        self.hand_button.setVisible(handing)

    # The sheet

    def ask_sheet(self) -> None:
        """Make a sheet; ask first if an older one stops working."""
        if self.state is None or not self.state.has_sheet:
            self._choose(self.make_sheet)
            return
        ask(
            self,
            self.t,
            question=self.t.text("Make the sheet of your notes anew?"),
            explained=self.t.text(
                "The old sheet opens nothing any more. Print the new one at once."
            ),
            verb=self.t.text("Make it anew"),
            run=lambda: self._choose(self.make_sheet),
        )

    def _choose(self, run: Callable[[Path], object]) -> None:
        folder = remembered_folder(self.desk, "sheet")
        choose_sheet_file(self, self.t, "pravo-notes.txt", run, folder)

    def make_sheet(self, target: Path) -> None:
        """Write a new sheet into a file."""
        self._write_sheet(
            target,
            lambda job: job.workplace.issue_note_sheet(job.session, target=target),
            self._sheet_told(target),
        )

    def _sheet_told(self, target: Path) -> str:
        return self.t.text(
            "The new sheet is in {file}. Print it, then delete the file.", file=str(target)
        )

    # After somebody else set the password

    def choose_next_sheet(self) -> None:
        """Ask where the next sheet goes, since this one works once."""
        self.code_field.clear_finding()
        if not self.code.text().strip():
            self._point_at_code(self.t.text("Type the code that is printed on the sheet."))
        else:
            self._choose(self.unlock)

    def unlock(self, target: Path) -> None:
        """Open the notes with the typed code."""
        code = self.code.text()
        self._write_sheet(
            target,
            lambda job: job.workplace.unlock_notes(job.session, code=code, target=target),
            self.t.text("Your notes are open again.") + " " + self._sheet_told(target),
        )

    def ask_destroy(self) -> None:
        """Ask for the reason before notes that nobody can open are destroyed."""
        t = self.t
        ask_reason(
            self,
            self.desk,
            question=t.text("Destroy your notes?"),
            explained=t.text(
                "Without the old password and the sheet nobody can open them. They are removed "
                "for ever, and you can write new ones."
            ),
            verb=t.text("Destroy the notes"),
            run=self.destroy_notes,
            about="own notes",
        )

    def destroy_notes(self, reason: str) -> None:
        """Destroy the notes and begin anew."""
        self._run(
            lambda job: job.workplace.destroy_notes(job.session, reason=reason),
            self.t.text("The old notes are destroyed. New ones are yours alone again."),
        )

    # Leaving

    def ask_hand_over(self) -> None:
        """Ask before the notes become a colleague's."""
        t, to_account = self.t, self.colleague.value
        name = self.colleague.currentText()
        ask(
            self,
            t,
            question=t.text("Hand all your notes over to {name}?", name=name),
            explained=t.text("{name} alone reads them then; you do not any more.", name=name),
            verb=t.text("Hand over"),
            run=lambda: self._run(
                lambda job: hand_over_notes(job.session, job.actor, to_account=to_account),
                t.text("Your notes now belong to {name}.", name=name),
            ),
        )

    def _write_sheet(self, target: Path, work: Callable[[Job], object], told: str) -> None:
        remember_folder(self.desk, "sheet", target.parent)
        self._run(work, told)

    def _run(self, work: Callable[[Job], object], told: str) -> None:
        self.setEnabled(False)

        def done(_: object) -> None:
            self.setEnabled(True)
            self.code.clear()
            self.result.show_text(told, "success")
            self._reload()

        def failed(error: Exception) -> None:
            self.setEnabled(True)
            if not isinstance(error, KnownError):
                self.desk.navigator.show_error(error)
            elif error.code.startswith("recovery_code"):
                self._point_at_code(translate_error(self.t, error))
            else:
                self.result.show_text(translate_error(self.t, error), "error")

        self.desk.runner.write(self, work, done, failed)

    def _point_at_code(self, text: str) -> None:
        self.code_field.show_finding(text)
        self.code.setFocus()
        self._bring_into_sight(self.code_field)
