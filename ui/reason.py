"""A question before a deed that needs a reason; Escape is always safe."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from pravo_desktop.errors import KnownError
from pravo_desktop.messages import translate_error
from ui.page import Desk
from ui.theme import FORM_WIDTH, GRID
from ui.widgets import Field, button, column, label, row


def ask_about_notes(
    parent: QWidget, desk: Desk, refused: KnownError, run: Callable[[str], object]
) -> QDialog:
    """Ask why the notes that a leaver did not hand over are destroyed with the account.

    Args:
        refused: ``notes_not_handed_over``.
    """
    return ask_reason(
        parent,
        desk,
        question=desk.t.text("Destroy the notes of this account?"),
        explained=translate_error(desk.t, refused),
        verb=desk.t.text("Destroy the notes"),
        run=run,
    )


def ask_reason(
    parent: QWidget,
    desk: Desk,
    *,
    question: str,
    explained: str,
    verb: str,
    run: Callable[[str], object],
) -> QDialog:
    """Ask why, and run the deed with the reason; returns at once.

    Args:
        explained: what will happen.
        verb: on the button that does it.
    """
    t = desk.t
    dialog = QDialog(parent)
    dialog.setObjectName("reason_question")
    dialog.setWindowTitle(verb)
    dialog.setMinimumWidth(min(desk.theme.px(FORM_WIDTH), 640))
    reason = QLineEdit()
    reason.setMaxLength(1000)
    field = Field(desk.theme, t.text("&Reason"), "reason", reason)
    yes, no = button(verb, name="yes"), button(t.text("Cancel"), name="no")

    def answer() -> None:
        if not reason.text().strip():
            field.show_finding(t.text("Please write a reason."))
            reason.setFocus()
            return
        dialog.accept()
        run(reason.text())

    yes.clicked.connect(answer)
    reason.returnPressed.connect(answer)
    no.clicked.connect(dialog.reject)
    buttons = row(GRID)
    buttons.addStretch(1)
    buttons.addWidget(no)
    buttons.addWidget(yes)
    layout = column(2 * GRID, 2 * GRID)
    layout.addWidget(label(question, "section", wrap=True))
    layout.addWidget(label(explained, "grey", wrap=True))
    layout.addWidget(field)
    layout.addLayout(buttons)
    dialog.setLayout(layout)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    reason.setFocus()
    return dialog
