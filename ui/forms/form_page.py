"""What all forms share: findings under their fields, reasons for warnings, saving."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import Translator
from pravo_desktop.messages import message
from ui.drafted import DraftedPage
from ui.page import Desk, Primary
from ui.runner import Job
from ui.theme import GRID, Theme
from ui.widgets.fields import Field
from ui.widgets.labels import Note, label
from ui.widgets.layouts import FormColumn, column

T = TypeVar("T")
Finding = Mapping[str, Any]
"""Code, field and the message's parameters, as `KnownError.params` carries them."""


class Reasons(QFrame):
    """Warnings that a person lets pass, each with the reason; hidden while there are none."""

    def __init__(self, t: Translator, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.t, self._theme = t, theme
        self._rows: dict[str, tuple[QWidget, QLineEdit]] = {}
        self._layout = column(GRID, 2 * GRID)
        self._layout.addWidget(label(t.text("Please check"), "section"))
        self.setLayout(self._layout)
        self.hide()

    def ask(self, findings: list[Finding]) -> None:
        """Ask for a reason for each of these; reasons already typed stay."""
        for finding in findings:
            code = str(finding["code"])
            if code in self._rows:
                continue
            words = Note(self._theme)
            words.show_text(message(self.t, code, finding), "warning")
            reason = QLineEdit()
            field = Field(
                self._theme, self.t.text("It is right, because"), f"reason_{code}", reason
            )
            around = QWidget()
            layout = column(GRID)
            layout.addWidget(words)
            layout.addWidget(field)
            around.setLayout(layout)
            self._layout.addWidget(around)
            self._rows[code] = (around, reason)
        self.show()
        first = next((reason for _, reason in self._rows.values() if not reason.text()), None)
        if first is not None:
            first.setFocus()

    def clear(self) -> None:
        """Ask for nothing."""
        for around, _ in self._rows.values():
            self._layout.removeWidget(around)
            around.deleteLater()
        self._rows.clear()
        self.hide()

    def given(self) -> dict[str, str]:
        """The reasons by the warnings' codes."""
        return {code: reason.text() for code, (_, reason) in self._rows.items() if reason.text()}


class FormPage(DraftedPage):
    """One column of fields, saved with Ctrl+Enter; nothing typed is lost on an error."""

    def __init__(self, desk: Desk, **arguments: Any) -> None:
        super().__init__(desk, **arguments)
        self.form = FormColumn(desk.theme)
        self.reasons = Reasons(self.t, desk.theme)
        self.saving = False
        layout = column(0)
        layout.addWidget(self.form)
        self.setLayout(layout)

    def primary(self) -> Primary | None:
        return Primary(self.t.text("Save"), self.save, "Ctrl+Return")

    def save(self) -> None:
        """Save what is typed."""
        raise NotImplementedError

    def add_section(self, text: str) -> None:
        """Begin a group of fields."""
        self.form.fields.addSpacing(GRID)
        self.form.fields.addWidget(label(text, "section"))

    def end_form(self) -> None:
        """Put the reasons for warnings under the last field."""
        self.form.fields.addWidget(self.reasons)
        self.form.fields.addStretch(1)

    def submit(self, work: Callable[[Job], T], done: Callable[[T], object]) -> None:
        """Run a use case with what is typed; its findings come back under the fields."""
        if self.saving:
            return
        self.saving = True
        self.clear_findings()
        self.desk.navigator.hush()
        forget = self.drafting.forgetting()

        def work_and_forget(job: Job) -> T:
            result = work(job)
            forget(job)
            return result

        def saved(result: T) -> None:
            self.saving = False
            self.drafting.start_anew()
            self.reasons.clear()
            done(result)

        self.desk.runner.write(self, work_and_forget, saved, self._refused)

    def clear_findings(self) -> None:
        """Take all messages away."""
        for field in self.findChildren(Field):
            field.clear_finding()

    def _refused(self, error: Exception) -> None:
        self.saving = False
        self.keep()
        if not isinstance(error, KnownError):
            self.desk.navigator.show_error(error)
            return
        warning = error.code == "confirmation_needed"
        findings: list[Finding] = list(error.params.get("findings") or [])
        if not findings and error.params.get("field"):
            findings = [{"code": error.code, **error.params}]
        if not findings:
            self.desk.navigator.show_error(error)
            return
        unplaced = [one for one in findings if not self._place(one, warning)]
        if warning:
            self.reasons.ask(findings)
            self.form.bring_into_sight(self.reasons)
        elif unplaced:
            self.desk.navigator.show_error(error)

    def _place(self, finding: Finding, warning: bool) -> bool:
        field = self.field_of(finding)
        if field is None:
            return False
        self.show_finding(field, message(self.t, str(finding["code"]), finding), warning=warning)
        return True

    def show_finding(self, field: Field, text: str, *, warning: bool = False) -> None:
        """Say under a field what is wrong, and go there."""
        field.show_finding(text, warning=warning)
        if not warning:
            field.control.setFocus()
            self.form.bring_into_sight(field)

    def field_of(self, finding: Finding) -> Field | None:
        """The field that a finding is about."""
        name = str(finding.get("field") or "")
        return next((f for f in self.findChildren(Field) if f.name == name), None)

    def go_to(self, name: str) -> None:
        """Put the keyboard into a field, and again when what the page reads has come.

        Args:
            name: of the record's field; one that the form does not have is passed over.
        """

        def focus(_: object = None) -> None:
            field = self.field_of({"field": name})
            if field is not None and not field.isHidden():
                field.control.setFocus()
                self.form.bring_into_sight(field)

        focus()
        self.desk.runner.read(self, lambda job: None, focus)

    def not_a_date(self, field: Field) -> None:
        """Say under a field that what is typed is no date, or no time of day."""
        if field.name == "time":
            self.show_finding(field, message(self.t, "time_invalid"))
            return
        told = self.t.text("This is not a date. Write it as 05.12.2024, or 5 for this month.")
        self.show_finding(field, told)

    def birth_mistyped(self, field: Field) -> None:
        """Say under a field that what is typed is neither a year nor a date of birth."""
        told = self.t.text("Write a year such as 1990 or a date such as 05.12.1990.")
        self.show_finding(field, told)

    def required(self, field: Field) -> None:
        """Say under a field that it must be filled in."""
        self.show_finding(field, message(self.t, "field_required"))
