"""A form whose known record can be removed, with the reasons that a closed month asks for."""

from __future__ import annotations

from typing import Any

from ui.forms.form_page import FormPage
from ui.page import Desk, Primary
from ui.removals import ask_removal, remove, tell_removed
from ui.widgets.buttons import button


class Removable(FormPage):
    """After the removal the person is back where the form was opened, with an undo."""

    def __init__(self, desk: Desk, **arguments: Any) -> None:
        super().__init__(desk, **arguments)
        self._table = self._known_id = ""
        self.removing = False

    def put_removal(self, text: str, table: str, record_id: str) -> None:
        """Put a button under the fields of a known record that removes it.

        Args:
            text: of the button.
            table: of the record, one of `ui.removals.REMOVALS`.
            record_id: empty for a new one, which has nothing to remove.
        """
        if not record_id:
            return
        self._table, self._known_id = table, record_id
        made = button(text, "link", name="remove")
        made.clicked.connect(self.ask_removal)
        self.form.fields.addWidget(made)

    def ask_removal(self) -> None:
        """Ask, then remove the record."""
        ask_removal(self, self._table, self.remove)

    def remove(self) -> None:
        """Remove the record; warnings are answered in the form."""
        table, record_id, reasons = self._table, self._known_id, self.reasons.given()
        self.removing = True
        self.retitled.emit()
        self.submit(
            lambda job: remove(job, table, record_id, reasons), lambda _: self._removed(reasons)
        )

    def _removed(self, reasons: dict[str, str]) -> None:
        self.desk.navigator.back()
        tell_removed(self.desk, self._table, self._known_id, reasons)

    def primary(self) -> Primary | None:
        if self.removing:
            return Primary(self.t.text("Remove"), self.remove, "Ctrl+Return")
        return super().primary()

    def _refused(self, error: Exception) -> None:
        super()._refused(error)
        if self.removing and self.reasons.isHidden():
            self.removing = False
            self.retitled.emit()
