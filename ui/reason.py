"""A question before a deed that needs a reason; Escape is always safe."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from pravo_desktop.errors import KnownError
from pravo_desktop.messages import translate_error
from pravo_desktop.usecases.drafts import my_drafts, save_draft
from ui.drafts import PAUSE, REASON, forget_drafts
from ui.page import Desk
from ui.runner import Job
from ui.theme import FORM_WIDTH, GRID
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.labels import label
from ui.widgets.layouts import column, row


def ask_about_notes(
    parent: QWidget, desk: Desk, refused: KnownError, run: Callable[[str], object], record_id: str
) -> QDialog:
    """Ask why the notes that a leaver did not hand over are destroyed with the account.

    Args:
        refused: ``notes_not_handed_over``.
        record_id: of the account or of the staff member; a half-typed reason is kept for it.
    """
    return ask_reason(
        parent,
        desk,
        question=desk.t.text("Destroy the notes of this account?"),
        explained=translate_error(desk.t, refused),
        verb=desk.t.text("Destroy the notes"),
        run=run,
        about=f"notes of {record_id}",
    )


class _Question(QDialog):
    """Tells a person who gives up from a program that locks."""

    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        super().keyPressEvent(event)


class KeptReason(QObject):
    """Keeps a half-typed reason as a draft, and puts it back when the same is asked again.

    Args:
        reason: its field; the reason belongs to the dialog around it.
        owner: the page or part that asks; it outlives the dialog.
        question: as the person reads it; the draft is called by it.
        about: what it is about, such as a record's id.
    """

    def __init__(
        self, reason: QLineEdit, owner: QWidget, desk: Desk, question: str, about: str
    ) -> None:
        super().__init__(reason)
        self._reason, self._owner, self._desk = reason, owner, desk
        self._question, self._about = question, about
        self._kept = False
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(PAUSE)
        self.timer.timeout.connect(self.keep)
        reason.textEdited.connect(lambda _: self.timer.start())
        desk.runner.read(self, self._look, self._put)

    def _look(self, job: Job) -> str:
        drafts = my_drafts(job.session, job.actor)
        found = (one for one in drafts if (one.form, one.record_id) == (REASON, self._about))
        return next((str(one.content["reason"]) for one in found), "")

    def _put(self, kept: str) -> None:
        self._kept = bool(kept)
        if kept and not self._reason.text():
            self._reason.setText(kept)

    def keep_at_once(self) -> None:
        """The program closes the question, as when it locks: keep what was typed just now."""
        if self.timer.isActive():
            self.keep()

    def keep(self) -> None:
        """Keep what is typed."""
        self.timer.stop()
        text, about = self._reason.text(), self._about
        if not text.strip():
            self.forget()
            return
        self._kept = True
        content = {
            "case_id": None,
            "question": self._question,
            "reason": text,
            "differences": [(self._reason.accessibleName(), text)],
        }
        self._desk.runner.write(
            self._owner,
            lambda job: save_draft(
                job.session, job.actor, form=REASON, record_id=about, content=content
            ),
        )

    def forget(self) -> None:
        """The deed is done or not wanted: throw the draft away."""
        self.timer.stop()
        about = self._about
        if self._kept:
            self._kept = False
            self._desk.runner.write(self._owner, lambda job: forget_drafts(job, REASON, {about}))


def ask_reason(
    parent: QWidget,
    desk: Desk,
    *,
    question: str,
    explained: str,
    verb: str,
    run: Callable[[str], object],
    about: str = "",
) -> QDialog:
    """Ask why, and run the deed with the reason; returns at once.

    Args:
        explained: what will happen.
        verb: on the button that does it.
        about: the deed and the record that it is done to; a half-typed reason is kept for it, and
            not at all without it.
    """
    t = desk.t
    dialog = _Question(parent)
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
        if kept is not None:
            kept.forget()

    yes.clicked.connect(answer)
    reason.returnPressed.connect(answer)
    kept = KeptReason(reason, parent, desk, question, about) if about else None
    if kept is not None:
        no.clicked.connect(kept.forget)
        dialog.given_up.connect(kept.forget)
        dialog.rejected.connect(kept.keep_at_once)
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
