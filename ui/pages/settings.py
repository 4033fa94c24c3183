"""Settings: how the window looks and locks, one's password; for the lead the whole workplace."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.i18n import N_
from pravo_desktop.messages import message
from pravo_desktop.usecases.actor import EVERYBODY, RESPONSIBLE
from pravo_desktop.usecases.centre_card import CentreCard, centre_card
from pravo_desktop.usecases.notes import NotesState, notes_state
from pravo_desktop.usecases.station import StationCard, station_card
from ui.page import Desk, Page
from ui.pages.keeping_part import KeepingPart
from ui.pages.settings_accounts import AccountsPanel
from ui.pages.settings_backup import BackupPanel, SheetPanel
from ui.pages.settings_notes import NotesPanel
from ui.pages.settings_password import PasswordPanel
from ui.pages.settings_window import WindowPanel
from ui.pages.settings_workplace import SigningPanel, WorkplacePanel
from ui.runner import Job
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.widgets.layouts import FormColumn, column

_WIDTH = 640


class SettingsPage(Page):
    """One column: the window, the password, and for those who answer for it the workplace."""

    key = "settings"
    name = N_("Settings")
    icon = "gear"
    shortcut = "Ctrl+,"
    roles = EVERYBODY
    reloads_on = frozenset({"accounts", "backups", "centre_card", "notes", "staff_names"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.card: StationCard | None = None
        self._to_focus = "language"
        self.form = FormColumn(desk.theme, _WIDTH)
        self.look = WindowPanel(desk, self._come_back_to)
        self.password = PasswordPanel(desk, self.form.bring_into_sight)
        self.notes = NotesPanel(desk, self.form.bring_into_sight, self.reload)
        for panel in (self.look, self.password, self.notes):
            self._add(panel)
        # Headquarters holds no consultations, so nobody there has notes on them.
        self.notes.setHidden(desk.centre == NATIONAL)
        self.leads = bool(desk.actor.roles & RESPONSIBLE)
        if self.leads:
            self._add_workplace()
        self.support_button = button(self.t.text("Check this computer…"), name="support")
        self.support_button.clicked.connect(self.open_support)
        self._add(label(self.t.text("When something is wrong"), "section"))
        self.form.fields.addWidget(self.support_button)
        self.form.fields.addStretch(1)
        layout = column(0)
        layout.addWidget(self.form)
        self.setLayout(layout)

    def _add(self, panel: QWidget) -> None:
        if self.form.fields.count():
            self.form.fields.addSpacing(GRID)
        self.form.fields.addWidget(panel)

    def _add_workplace(self) -> None:
        desk = self.desk
        self.place = WorkplacePanel(desk, self._come_back_to)
        self.accounts = AccountsPanel(
            desk,
            self._come_back_to,
            lambda: self.password.point_at("old", message(self.t, "own_password")),
        )
        self.signing = SigningPanel(desk)
        self.backup = BackupPanel(desk, self.reload)
        self.keeping = KeepingPart(desk)
        self.sheet = SheetPanel(desk)
        for panel in (self.place, self.accounts, self.signing, self.backup):
            self._add(panel)
        self.form.fields.addWidget(self.keeping)
        self._add(self.sheet)

    def start(self) -> None:
        self.look.show_chosen()
        control = self.findChild(QWidget, self._to_focus)
        if control is not None:
            control.setFocus()

    def receive(self, *, file: Path | None = None, **arguments: Any) -> None:
        """Take back the rows in the file that headquarters returned."""
        if file is not None and self.leads:
            self.keeping.take_button.setFocus()
            self.form.bring_into_sight(self.keeping.take_button)
            self.keeping.take([file])

    def _come_back_to(self, name: str) -> None:
        """The keyboard comes back to this control when the page is in front or built anew."""
        self._to_focus = name

    def typed(self) -> Mapping[str, Any]:
        return {"to_focus": self._to_focus}

    def retype(self, values: Mapping[str, Any]) -> None:
        self._to_focus = str(values.get("to_focus") or "language")

    def open_support(self) -> None:
        """Open the page that examines the computer."""
        from ui.pages.support import SupportPage

        self._come_back_to("support")
        self.desk.navigator.open(SupportPage)

    def reload(self) -> None:
        leads = self.leads

        def find(job: Job) -> tuple[NotesState, StationCard | None, CentreCard | None]:
            own = notes_state(job.session, job.actor)
            if not leads:
                return own, None, None
            s, a = job.session, job.actor
            return own, station_card(s, a), centre_card(s, a)

        self.desk.runner.read(self, find, lambda found: self._put(*found))

    def _put(self, own: NotesState, card: StationCard | None, printed: CentreCard | None) -> None:
        self.notes.put(own)
        if card is None or printed is None:
            return
        self.card = card
        self.place.put(card, printed)
        self.accounts.put(card)
        self.signing.put(card)
        self.backup.put(card)
        self.keeping.reload()
