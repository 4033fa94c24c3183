"""Drafts of forms: kept while somebody types, thrown away once saved, offered when left behind."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QPlainTextEdit,
    QWidget,
)

from pravo_desktop.i18n import Translator
from pravo_desktop.usecases.drafts import discard_draft, my_drafts, save_draft
from pravo_desktop.usecases.journal_view import DraftLine
from ui.page import Desk, Difference, Page
from ui.runner import Job
from ui.typed import is_input, shown, value_of

if TYPE_CHECKING:
    from ui.drafted import DraftedPage

PAUSE = 1500
"""Milliseconds without typing after which a form is kept."""
REASON = "reason"
"""The key of drafts of a reason that a question before a deed asked for."""
_SEARCHES = frozenset(
    {"search", "couple", "shown_section", "shown_language", "field_indicator", "field_region"}
    | {"form"}
)
"""Inputs that find or choose something and hold no work."""
_LONGEST, _MOST = 60, 8
"""Characters of a value and values that a question shows."""


class Drafting(QObject):
    """Watches what a person, not the program, changes in a form, and keeps it as a draft.

    Args:
        page: the form; whatever has had the keyboard in it is watched.
    """

    def __init__(self, page: DraftedPage) -> None:
        super().__init__(page)
        self._page = page
        self._before: dict[QWidget, Any] = {}
        self._edited: list[QWidget] = []
        self._carried: tuple[Difference, ...] = ()
        self.saves = 0
        """How often the work was given away to be saved or was thrown away."""
        self._kept_for: set[str | None] = set()
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(PAUSE)
        self.timer.timeout.connect(self.keep)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._watch)

    def _watch(self, _: QWidget | None, now: QWidget | None) -> None:
        if (
            now is None
            or not self._page.isAncestorOf(now)
            or not is_input(now)
            or now.objectName() in _SEARCHES
        ):
            return
        if now not in self._before:
            self._listen(now)
        if now not in self._edited:
            self._before[now] = value_of(now)

    def _listen(self, control: QWidget) -> None:
        def edited(*_: object) -> None:
            self._note(control)

        def edited_by_hand(*_: object) -> None:
            if control.hasFocus():
                self._note(control)

        if isinstance(control, QLineEdit):
            control.textEdited.connect(edited)
        elif isinstance(control, QPlainTextEdit):
            control.textChanged.connect(edited_by_hand)
        elif isinstance(control, QComboBox):
            control.activated.connect(edited)
        elif isinstance(control, QCheckBox):
            control.clicked.connect(edited)
        elif isinstance(control, QListWidget):
            control.itemChanged.connect(edited_by_hand)

    def _note(self, control: QWidget) -> None:
        if control not in self._edited:
            self._edited.append(control)
        self.timer.start()

    def differences(self) -> tuple[Difference, ...]:
        """Names and values of the fields that were changed and not saved.

        A form that holds a password has none: it is never kept.
        """
        if self._secret:
            return ()
        now = tuple(
            (control.accessibleName() or control.objectName(), shown(control))
            for control in self._edited
            if shiboken6.isValid(control) and value_of(control) != self._before[control]
        )
        names = {name for name, _ in now}
        return (*(one for one in self._carried if one[0] not in names), *now)

    @property
    def _secret(self) -> bool:
        inputs = self._page.findChildren(QLineEdit)
        return any(one.echoMode() is not QLineEdit.EchoMode.Normal for one in inputs)

    def take_up(self, differences: Sequence[Difference]) -> None:
        """Go on with a form whose work was kept elsewhere."""
        self._carried = tuple(differences)
        self._kept_for.add(self._page.record_id)

    def keep(self) -> None:
        """Keep the form as a draft, or throw the draft away if nothing differs any more."""
        self.timer.stop()
        differences, page = self.differences(), self._page
        if not differences:
            if self._kept_for:
                self.forget()
            return
        form, record_id = form_key(type(page)), page.record_id
        outdated, self._kept_for = self._kept_for - {record_id}, {record_id}
        content = {
            "arguments": dict(page.arguments),
            "case_id": page.case_in_hand,
            "values": page.typed(),
            "differences": differences,
        }

        def work(job: Job) -> None:
            forget_drafts(job, form, outdated)
            save_draft(job.session, job.actor, form=form, record_id=record_id, content=content)

        page.desk.runner.write(page, work)

    def forgetting(self) -> Callable[[Job], None]:
        """What throws the drafts away once the work is saved; no draft is made till then."""
        self.timer.stop()
        self.saves += 1
        form, records = form_key(type(self._page)), {self._page.record_id, *self._kept_for}
        return lambda job: forget_drafts(job, form, records)

    def start_anew(self) -> None:
        """Take the form as it is for unchanged."""
        self.timer.stop()
        self._edited.clear()
        self._carried = ()
        self._kept_for.clear()

    def forget(self) -> None:
        """Throw away what is typed."""
        self._page.desk.runner.write(self._page, self.forgetting())
        self.start_anew()


def form_key(form: type[Page]) -> str:
    """The key under which drafts of a form are kept."""
    return f"{form.__module__}:{form.__qualname__}"


def form_of(key: str) -> type[DraftedPage] | None:
    """The form of a key; None if this version of the program has no such form."""
    from ui.drafted import DraftedPage

    module, _, name = key.partition(":")
    if not module.startswith("ui."):
        return None
    try:
        found = getattr(import_module(module), name, None)
    except ImportError:
        return None
    return found if isinstance(found, type) and issubclass(found, DraftedPage) else None


def forget_drafts(job: Job, form: str, records: Collection[str | None]) -> None:
    """Throw away the drafts of a form for these records."""
    # What was saved just before has changed too, and the pages are to hear of it.
    changed = job.session.changed
    for draft in my_drafts(job.session, job.actor):
        if draft.form == form and draft.record_id in records:
            discard_draft(job.session, job.actor, draft_id=draft.draft_id)
    job.session.changed = changed | job.session.changed


def draft_name(t: Translator, line: DraftLine) -> str:
    """What a draft is of: the form and its case."""
    if line.draft.form == REASON:
        return str(line.draft.content["question"])
    form = form_of(line.draft.form)
    name = t.text(form.name) if form is not None else t.text("A form of another version")
    return " · ".join(filter(None, (name, line.number, line.title)))


def continue_draft(desk: Desk, line: DraftLine) -> None:
    """Open the form of a draft with what it holds."""
    content, cls = line.draft.content, form_of(line.draft.form)
    if cls is None:
        return
    page = desk.navigator.go(cls.key) if cls.key else None
    if isinstance(page, cls):
        page.keep()
    else:
        page = desk.navigator.open(cls, **content["arguments"])
    page.resume(content["values"], [(name, value) for name, value in content["differences"]])


def ask_about_drafts(parent: QWidget, desk: Desk, lines: Sequence[DraftLine]) -> None:
    """Ask about each draft that was left: go on with it, throw it away, or later.

    “Later” leaves all the rest on the page of the day.
    """
    if not lines:
        return
    t, (line, *rest) = desk.t, lines
    draft = line.draft
    moment = t.moment(datetime.fromisoformat(draft.saved_at))
    differences = [
        f"{name}: {_short(value)}" for name, value in draft.content.get("differences", ())[:_MOST]
    ]
    box = question_box(parent, t.text("Unsaved: {form}", form=draft_name(t, line)))
    box.setInformativeText(
        "\n".join(
            [t.text("Kept on {moment}. Not saved yet:", moment=moment), *differences]
            if form_of(draft.form)
            else [
                t.text(
                    "Kept on {moment}. It is offered when the same is asked again:", moment=moment
                ),
                *differences,
            ]
            if draft.form == REASON
            else [t.text("Kept on {moment}.", moment=moment)]
        )
    )
    going_on = None
    if form_of(draft.form):
        going_on = box.addButton(t.text("&Continue"), QMessageBox.ButtonRole.AcceptRole)
        going_on.setObjectName("continue")
        box.setDefaultButton(going_on)
    discard = box.addButton(t.text("&Discard"), QMessageBox.ButtonRole.DestructiveRole)
    discard.setObjectName("discard")
    later = box.addButton(t.text("&Later"), QMessageBox.ButtonRole.RejectRole)
    later.setObjectName("later")
    box.setEscapeButton(later)

    def answered() -> None:
        pressed = box.clickedButton()
        box.deleteLater()
        if pressed is discard:
            desk.runner.write(
                parent,
                lambda job: discard_draft(job.session, job.actor, draft_id=draft.draft_id),
                lambda _: ask_about_drafts(parent, desk, rest),
            )
        elif going_on is not None and pressed is going_on:
            continue_draft(desk, line)

    box.finished.connect(answered)
    box.open()


def _short(value: str) -> str:
    line = " ".join(value.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def question_box(parent: QWidget, question: str) -> QMessageBox:
    """A question in plain text, named for tests and screen readers."""
    box = QMessageBox(parent)
    box.setObjectName("question")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(question)
    box.setAccessibleName(question)
    return box


def ask_about_unsaved(
    parent: QWidget,
    t: Translator,
    pages: Sequence[Page],
    *,
    verb: str,
    go_on: Callable[[], object],
    stay: Callable[[], object],
) -> None:
    """Ask once what becomes of unsaved forms before the window closes or locks.

    Args:
        verb: on the button that keeps the drafts and goes on.
        go_on: is called when they were kept or thrown away.
        stay: is called when the person stays.
    """
    box = question_box(parent, t.text("Some work is not saved"))
    box.setInformativeText(
        "\n".join(
            [
                t.text("A draft is offered to you when you sign in again:"),
                *(page.title() for page in pages),
            ]
        )
    )
    keep = box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
    keep.setObjectName("keep")
    discard = box.addButton(t.text("&Discard"), QMessageBox.ButtonRole.DestructiveRole)
    discard.setObjectName("discard")
    staying = box.addButton(t.text("&Stay"), QMessageBox.ButtonRole.RejectRole)
    staying.setObjectName("stay")
    box.setDefaultButton(keep)
    box.setEscapeButton(staying)

    def answered() -> None:
        pressed = box.clickedButton()
        box.deleteLater()
        if pressed is discard:
            for page in pages:
                if shiboken6.isValid(page):
                    page.forget()
        if pressed is keep or pressed is discard:
            go_on()
        else:
            stay()

    box.finished.connect(answered)
    box.open()
