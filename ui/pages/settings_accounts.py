"""The settings' part on accounts: who may sign in, new passwords, accounts that are closed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.accounts import Account
from pravo_desktop.usecases.station import StationCard
from ui.ask import ask
from ui.models.staff import COL_LOGIN, COL_OF_STAFF, COL_ROLES, COL_STATE, accounts_model
from ui.page import Desk
from ui.reason import ask_about_notes
from ui.runner import Job
from ui.tables import ListView
from ui.theme import GRID
from ui.turning import Turning
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.widgets.layouts import column


class AccountsPanel(QWidget):
    """The accounts of the workplace.

    Args:
        come_back_to: is told which control the keyboard returns to from another page.
        own_password: is called when somebody asks for a new password for the own account.
    """

    def __init__(
        self,
        desk: Desk,
        come_back_to: Callable[[str], object],
        own_password: Callable[[], object],
    ) -> None:
        super().__init__()
        self.desk, self.t = desk, desk.t
        self._come_back_to, self._own_password = come_back_to, own_password
        t, theme = self.t, desk.theme
        self._staff_names: dict[str, str] = {}
        self.model = accounts_model(t, QColor(theme.colours.quiet), self._staff_names)
        self.list = ListView(
            theme,
            self.model,
            name="accounts",
            spoken=t.text("Accounts"),
            widths={COL_LOGIN: 152, COL_OF_STAFF: 144, COL_STATE: 128},
            stretched=COL_ROLES,
            at_most=6,
        )
        self.add_button = button(t.text("Add an acc&ount…"), name="add_account")
        self.add_button.clicked.connect(self.add)
        self.reset_button = button(t.text("Give a new password…"), name="reset_password")
        self.reset_button.clicked.connect(self.reset_password)
        self.close_button = button(t.text("Close this acco&unt…"), name="close_account")
        self.close_button.clicked.connect(self.ask_close)
        buttons = Turning(GRID)
        for one in (self.add_button, self.reset_button, self.close_button):
            buttons.addWidget(one)
        buttons.addStretch(1)
        layout = column(2 * GRID)
        layout.addWidget(label(t.text("Accounts"), "section"))
        layout.addWidget(self.list)
        layout.addLayout(buttons)
        self.setLayout(layout)

    def put(self, card: StationCard) -> None:
        """Show the accounts; the chosen one stays chosen."""
        self._staff_names.clear()
        self._staff_names.update({line.staff_id: line.name for line in card.staff})
        kept = self.list.chosen or 0
        self.model.set_rows(card.accounts)
        self.list.choose(min(kept, len(card.accounts) - 1))

    def add(self) -> None:
        """Open the form of a new account."""
        from ui.forms.account_form import AccountForm

        self._come_back_to("add_account")
        self.desk.navigator.open(AccountForm)

    def _chosen(self) -> Account | None:
        """The chosen account, if it is open."""
        position = self.list.chosen
        if position is None:
            return None
        account = self.model.rows[position]
        if account.closed_at:
            self.desk.navigator.say(self.t.text("This account is closed already."))
            return None
        return account

    def reset_password(self) -> None:
        """Open the form of a new password for who forgot the old one."""
        from ui.forms.account_form import PasswordForm

        account = self._chosen()
        if account is None:
            return
        if account.account_id == self.desk.actor.account_id:
            self._own_password()
            return
        self._come_back_to("accounts")
        self.desk.navigator.open(PasswordForm, account_id=account.account_id, user=account.name)

    def ask_close(self) -> None:
        """Ask before closing the chosen account."""
        account = self._chosen()
        if account is None:
            return
        t = self.t
        ask(
            self,
            t,
            question=t.text("Close the account {name}?", name=account.name),
            explained=t.text(
                "Its password opens nothing any more, and its unsaved drafts are thrown away. "
                "What the person recorded stays."
            ),
            verb=t.text("Close the account"),
            run=lambda: self._close(account.account_id),
        )

    def _close(self, account_id: str, destroy_notes: str | None = None) -> None:
        from pravo_desktop.usecases.leavers import close_account

        def close(job: Job) -> tuple[None, tuple[str]]:
            # Refusals come before anybody is made to wait.
            close_account(
                job.session, job.actor, account_id=account_id, destroy_notes=destroy_notes
            )
            return None, (account_id,)

        def failed(error: Exception) -> None:
            if isinstance(error, KnownError) and error.code == "notes_not_handed_over":
                ask_about_notes(
                    self, self.desk, error, lambda why: self._close(account_id, why), account_id
                )
            else:
                self.desk.navigator.show_error(error)

        self.desk.runner.close_accounts(
            self,
            close,
            lambda _: self.desk.navigator.say(self.t.text("The account is closed.")),
            failed,
        )
