"""Who may open a case: everybody of the centre, or named people alone."""

from __future__ import annotations

from pravo_desktop.i18n import N_
from pravo_desktop.messages import message
from pravo_desktop.usecases.access import accounts_of_case, open_case_to_all, restrict_case
from pravo_desktop.usecases.queries import Colleague, colleagues
from ui.forms.form_page import FormPage
from ui.page import Desk, Primary
from ui.widgets.buttons import button
from ui.widgets.choices import Choices
from ui.widgets.fields import Field
from ui.widgets.labels import label


class CaseAccessForm(FormPage):
    """Restricts a case, as when somebody here knows the couple, and opens it to all again.

    Args:
        case_id: the case.
    """

    name = N_("Who may open the case")

    def __init__(self, desk: Desk, case_id: str) -> None:
        super().__init__(desk, case_id=case_id)
        self.case_id = case_id
        t = self.t
        self.state = label("", wrap=True)
        self.accounts = Choices(desk.theme, ())
        self.field = Field(
            desk.theme,
            t.text("&These people alone"),
            "accounts",
            self.accounts,
            t.text(
                "Others do not find the case and see nobody of it. The head of the centre sees its "
                "number and can change this list."
            ),
        )
        self.open_to_all = button(t.text("Open to the whole centre"), name="open_to_all")
        self.open_to_all.clicked.connect(self.unlock)
        for widget in (self.state, self.field, self.open_to_all):
            self.form.fields.addWidget(widget)
        self.end_form()

    def primary(self) -> Primary:
        return Primary(self.t.text("Restrict to these"), self.save, "Ctrl+Return")

    def start(self) -> None:
        self.accounts.setFocus()

    def reload(self) -> None:
        case_id = self.case_id
        self.desk.runner.read(
            self,
            lambda job: (
                colleagues(job.session, job.actor),
                accounts_of_case(job.session, job.actor, case_id),
            ),
            lambda found: self._show(*found),
        )

    def _show(self, people: list[Colleague], allowed: tuple[str, ...]) -> None:
        t = self.t
        ticked = allowed or (self.desk.actor.account_id,)
        self.accounts.fill([(one.account_id, one.name) for one in people], ticked)
        self.state.setText(
            t.text("The case is open to the people ticked here alone.")
            if allowed
            else t.text("The case is open to the whole centre.")
        )
        self.open_to_all.setVisible(bool(allowed))

    def save(self) -> None:
        """Restrict the case to the ticked people."""
        case_id, chosen = self.case_id, self.accounts.values()
        if not chosen:
            self.show_finding(self.field, message(self.t, "field_required"))
            return
        self.submit(
            lambda job: restrict_case(job.session, job.actor, case_id=case_id, accounts=chosen),
            lambda _: self._done(self.t.text("The case is restricted.")),
        )

    def unlock(self) -> None:
        """Open the case to everybody."""
        case_id = self.case_id
        self.submit(
            lambda job: open_case_to_all(job.session, job.actor, case_id=case_id),
            lambda _: self._done(self.t.text("The case is open to the whole centre.")),
        )

    def _done(self, said: str) -> None:
        self.desk.navigator.back()
        self.desk.navigator.say(said)
