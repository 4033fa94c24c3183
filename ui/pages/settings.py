"""Settings: how the window looks and locks, one's password; for the lead the whole workplace."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from pravo_desktop.backups.files import make_backup
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import N_
from pravo_desktop.messages import message, translate_error
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.accounts import Account
from pravo_desktop.usecases.actor import EVERYBODY, LEAD, RESPONSIBLE
from pravo_desktop.usecases.centre_card import CentreCard, centre_card
from pravo_desktop.usecases.notes import NotesState, notes_state
from pravo_desktop.usecases.station import StationCard, note_backup, station_card
from ui.ask import ask
from ui.folders import choose_sheet_file, remember_folder, remembered_folder, show_folder
from ui.forms.key_forms import OwnKeyPanel, StatementPanel
from ui.models.staff import COL_LOGIN, COL_OF_STAFF, COL_ROLES, COL_STATE, accounts_model
from ui.page import Desk, Page
from ui.pages.first_run import groups
from ui.pages.keeping_part import KeepingPart
from ui.pages.settings_notes import NotesPanel
from ui.reason import ask_about_notes
from ui.runner import Job
from ui.settings import APPEARANCES, IDLE_MINUTES
from ui.tables import ListView
from ui.theme import GRID, TEXT_SIZES
from ui.widgets import Choice, Field, FormColumn, Note, button, column, label, pair, row

if TYPE_CHECKING:
    from ui.app import Window

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
        self._build_window()
        self._build_password()
        self.notes = NotesPanel(desk, self.form.bring_into_sight, self.reload)
        self.form.fields.addSpacing(GRID)
        self.form.fields.addWidget(self.notes)
        if desk.actor.roles & RESPONSIBLE:
            self._build_workplace()
        self._build_support()
        self.form.fields.addStretch(1)
        layout = column(0)
        layout.addWidget(self.form)
        self.setLayout(layout)

    # The window

    def _build_window(self) -> None:
        from ui.app import LANGUAGE_NAMES

        t, theme, fields = self.t, self.desk.theme, self.form.fields
        names = {
            "system": t.text("As the system"),
            "light": t.text("Light"),
            "dark": t.text("Dark"),
        }
        self.language = Choice(LANGUAGE_NAMES.items())
        self.text_size = Choice((str(size), t.percent(size, 0)) for size in TEXT_SIZES)
        self.appearance = Choice((key, names[key]) for key in APPEARANCES)
        self.idle = Choice(
            (str(n), t.plural("after {n} minute", "after {n} minutes", n)) for n in IDLE_MINUTES
        )
        self.language.activated.connect(lambda: self._window.set_language(self._chosen("language")))
        self.text_size.activated.connect(
            lambda: self._window.set_text_size(int(self._chosen("text_size")))
        )
        self.appearance.activated.connect(
            lambda: self._window.set_appearance(self._chosen("appearance"))
        )
        self.idle.activated.connect(
            lambda: self._window.set_idle_minutes(int(self._chosen("idle_minutes")))
        )
        fields.addWidget(label(t.text("The window"), "section"))
        fields.addLayout(
            pair(
                Field(theme, t.text("&Language"), "language", self.language),
                Field(theme, t.text("Text &size"), "text_size", self.text_size),
            )
        )
        fields.addLayout(
            pair(
                Field(theme, t.text("&Appearance"), "appearance", self.appearance),
                Field(theme, t.text("&Lock by itself"), "idle_minutes", self.idle),
            )
        )

    @property
    def _window(self) -> Window:
        from ui.app import Window

        found = self.window()
        assert isinstance(found, Window)
        return found

    def _chosen(self, name: str) -> str:
        """What was just chosen; the keyboard comes back to it when the window is built anew."""
        self._to_focus = name
        choices = {
            "language": self.language,
            "text_size": self.text_size,
            "appearance": self.appearance,
            "idle_minutes": self.idle,
        }
        return choices[name].value

    def start(self) -> None:
        from ui.app import Window

        window = self.window()
        if isinstance(window, Window):
            now = window.settings
            self.language.choose(now.language)
            self.text_size.choose(str(now.text_size))
            self.appearance.choose(now.appearance)
            self.idle.choose(str(now.idle_minutes))
        control = self.findChild(QWidget, self._to_focus)
        if control is not None:
            control.setFocus()

    def typed(self) -> Mapping[str, Any]:
        return {"to_focus": self._to_focus}

    def retype(self, values: Mapping[str, Any]) -> None:
        self._to_focus = str(values.get("to_focus") or "language")

    # The password

    def _build_password(self) -> None:
        t, theme, fields = self.t, self.desk.theme, self.form.fields
        self.old, self.new, self.again = QLineEdit(), QLineEdit(), QLineEdit()
        for one in (self.old, self.new, self.again):
            one.setEchoMode(QLineEdit.EchoMode.Password)
            one.returnPressed.connect(self.change_password)
        self.password_fields = {
            field.name: field
            for field in (
                Field(theme, t.text("&Present password"), "old", self.old),
                Field(theme, t.text("&New password"), "new", self.new),
                Field(theme, t.text("New password once &more"), "again", self.again),
            )
        }
        self.change_button = button(t.text("&Change the password"), name="change_password")
        self.change_button.clicked.connect(self.change_password)
        fields.addSpacing(GRID)
        fields.addWidget(label(t.text("Your password"), "section"))
        f = self.password_fields
        fields.addWidget(f["old"])
        fields.addLayout(pair(f["new"], f["again"]))
        fields.addWidget(self.change_button)

    def change_password(self) -> None:
        """Change one's own password to what is typed."""
        fields, old, new = self.password_fields, self.old.text(), self.new.text()
        for field in fields.values():
            field.clear_finding()
        empty = next((name for name in ("old", "new") if not fields_text(fields[name])), None)
        if empty is not None:
            self._point_at(empty, message(self.t, "field_required"))
        elif new != self.again.text():
            self._point_at("again", self.t.text("The two passwords differ. Type them once more."))
        elif self.change_button.isEnabled():
            self.change_button.setEnabled(False)
            self.desk.navigator.hush()
            self.desk.runner.write(
                self,
                lambda job: job.workplace.change_password(job.session, old=old, new=new),
                lambda _: self._password_changed(),
                self._password_refused,
            )

    def _point_at(self, name: str, text: str) -> None:
        field = self.password_fields[name]
        field.show_finding(text)
        field.control.setFocus()
        self.form.bring_into_sight(field)

    def _password_changed(self) -> None:
        self.change_button.setEnabled(True)
        for one in (self.old, self.new, self.again):
            one.clear()
        self.old.setFocus()
        self.desk.navigator.say(
            self.t.text("The password is changed. From now on the new one opens the program.")
        )

    def _password_refused(self, error: Exception) -> None:
        self.change_button.setEnabled(True)
        if not isinstance(error, KnownError):
            self.desk.navigator.show_error(error)
        elif error.code == "wrong_password":
            self._point_at("old", self.t.text("This is not your present password."))
        elif error.code == "sign_in_delayed":
            self._point_at("old", translate_error(self.t, error))
        elif error.code.startswith("password_"):
            self._point_at("new", translate_error(self.t, error))
        else:
            self.desk.navigator.show_error(error)

    # The workplace

    def _build_workplace(self) -> None:
        t, theme, fields = self.t, self.desk.theme, self.form.fields
        self.facts = label("", wrap=True)
        self.facts.setObjectName("facts")
        fields.addSpacing(GRID)
        fields.addWidget(label(t.text("This workplace"), "section"))
        fields.addWidget(self.facts)
        self.head_of_papers = label("", wrap=True)
        self.head_of_papers.setObjectName("head_of_papers")
        self.card_button = button(t.text("&Fill in the centre card…"), name="centre_card")
        self.card_button.clicked.connect(self.fill_in_card)
        fields.addSpacing(GRID)
        fields.addWidget(label(t.text("Centre card"), "section"))
        fields.addWidget(self.head_of_papers)
        fields.addWidget(self.card_button)

        self._staff_names: dict[str, str] = {}
        self.model = accounts_model(t, QColor(theme.colours.quiet), self._staff_names)
        self.accounts = ListView(
            theme,
            self.model,
            name="accounts",
            spoken=t.text("Accounts"),
            widths={COL_LOGIN: 152, COL_OF_STAFF: 144, COL_STATE: 128},
            stretched=COL_ROLES,
            at_most=6,
        )
        self.add_button = button(t.text("Add an acc&ount…"), name="add_account")
        self.add_button.clicked.connect(self.add_account)
        self.reset_button = button(t.text("Give a new password…"), name="reset_password")
        self.reset_button.clicked.connect(self.reset_password)
        self.close_button = button(t.text("Close this acco&unt…"), name="close_account")
        self.close_button.clicked.connect(self.ask_close_account)
        fields.addSpacing(GRID)
        fields.addWidget(label(t.text("Accounts"), "section"))
        fields.addWidget(self.accounts)
        buttons = row(GRID)
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.reset_button)
        buttons.addWidget(self.close_button)
        buttons.addStretch(1)
        fields.addLayout(buttons)

        self.fingerprint = label("", "code", wrap=True)
        self.fingerprint.setObjectName("fingerprint")
        self.fingerprint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        fields.addSpacing(GRID)
        fields.addWidget(label(t.text("Your signing key"), "section"))
        fields.addWidget(
            label(
                t.text("Headquarters compares this fingerprint with you over the phone."),
                "grey",
                wrap=True,
            )
        )
        fields.addWidget(self.fingerprint)
        self.key_panel = (
            OwnKeyPanel(self.desk) if self.desk.actor.roles & LEAD else StatementPanel(self.desk)
        )
        fields.addWidget(self.key_panel)

        self.backup_told = label("", wrap=True)
        self.backup_note = Note(theme, "success")
        self.backup_button = button(t.text("&Back up now…"), name="backup")
        self.backup_button.clicked.connect(self.choose_backup_folder)
        self.show_button = button(t.text("Open the folder"), "link", name="open_folder")
        self.show_button.clicked.connect(
            lambda: show_folder(remembered_folder(self.desk, "backups"))
        )
        self.show_button.hide()
        fields.addSpacing(GRID)
        fields.addWidget(label(t.text("Backup"), "section"))
        fields.addWidget(self.backup_told)
        fields.addWidget(self.backup_note)
        deeds = row(GRID)
        deeds.addWidget(self.backup_button)
        deeds.addWidget(self.show_button)
        deeds.addStretch(1)
        fields.addLayout(deeds)
        self.keeping = KeepingPart(self.desk)
        fields.addWidget(self.keeping)

        self.sheet_button = button(t.text("Make the &recovery sheet anew…"), name="new_sheet")
        self.sheet_button.clicked.connect(self.ask_new_sheet)
        self.sheet_note = Note(theme, "success")
        fields.addSpacing(GRID)
        fields.addWidget(label(t.text("Recovery sheet"), "section"))
        fields.addWidget(
            label(
                t.text(
                    "It opens the data when all passwords are forgotten. Keep it printed, apart "
                    "from the computer."
                ),
                "grey",
                wrap=True,
            )
        )
        fields.addWidget(self.sheet_note)
        fields.addWidget(self.sheet_button)

    def _build_support(self) -> None:
        t, fields = self.t, self.form.fields
        self.support_button = button(t.text("Check this computer…"), name="support")
        self.support_button.clicked.connect(self.open_support)
        fields.addSpacing(GRID)
        fields.addWidget(label(t.text("When something is wrong"), "section"))
        fields.addWidget(self.support_button)

    def open_support(self) -> None:
        """Open the page that examines the computer."""
        from ui.pages.support import SupportPage

        self._to_focus = "support"
        self.desk.navigator.open(SupportPage)

    def reload(self) -> None:
        leads = bool(self.desk.actor.roles & RESPONSIBLE)

        def find(job: Job) -> tuple[NotesState, StationCard | None, CentreCard | None]:
            own = notes_state(job.session, job.actor)
            if not leads:
                return own, None, None
            s, a = job.session, job.actor
            return own, station_card(s, a), centre_card(s, a)

        self.desk.runner.read(self, find, lambda found: self._put(*found))

    def _put(self, own: NotesState, card: StationCard | None, printed: CentreCard | None) -> None:
        self.notes.put(own)
        if card is not None and printed is not None:
            self._show(card, printed)

    def _show(self, card: StationCard, printed: CentreCard) -> None:
        t, lists = self.t, classifiers()
        self.card = card
        centre = lists.centres.get(card.centre)
        lines = [t.label(centre) if centre else t.text("Head office")]
        if card.region:
            lines.append(t.label(lists.regions[card.region]))
        lines.append(t.text("Station letter in case numbers: {letter}", letter=card.station_letter))
        if card.practice:
            lines.append(t.text("Practice folder: headquarters does not count it."))
        self.facts.setText("\n".join(lines))
        self._show_printed(printed)
        self._show_accounts(card)
        self.fingerprint.setText(
            groups(card.fingerprint)
            if card.fingerprint
            else t.text("This account has no signing key.")
        )
        self.keeping.reload()
        self.backup_told.setText(
            t.text(
                "The last backup was made on {moment}.",
                moment=t.moment(datetime.fromisoformat(card.last_backup)),
            )
            if card.last_backup
            else t.text("No backup was made yet. Make one on a drive kept apart.")
        )

    def _show_printed(self, card: CentreCard) -> None:
        t = self.t
        lines = (
            card.in_language("name", t.language),
            t.text("BIN {number}", number=card.bin) if card.bin else None,
            card.in_language("address", t.language),
            " · ".join(filter(None, (card.phone, card.email))),
        )
        self.head_of_papers.setText(
            "\n".join(filter(None, lines))
            or t.text("Papers have no BIN, address and phone yet: fill in the card.")
        )

    def fill_in_card(self) -> None:
        """Open the form of the centre's card."""
        from ui.forms.centre_card_form import CentreCardForm

        self._to_focus = "centre_card"
        self.desk.navigator.open(CentreCardForm)

    def _show_accounts(self, card: StationCard) -> None:
        self._staff_names.clear()
        self._staff_names.update({line.staff_id: line.name for line in card.staff})
        kept = self.accounts.chosen or 0
        self.model.set_rows(card.accounts)
        self.accounts.choose(min(kept, len(card.accounts) - 1))

    def add_account(self) -> None:
        """Open the form of a new account."""
        from ui.forms.account_form import AccountForm

        self._to_focus = "add_account"
        self.desk.navigator.open(AccountForm)

    def _chosen_account(self) -> Account | None:
        """The chosen account, if it is open."""
        position = self.accounts.chosen
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

        account = self._chosen_account()
        if account is None:
            return
        if account.account_id == self.desk.actor.account_id:
            self._point_at("old", message(self.t, "own_password"))
            return
        self._to_focus = "accounts"
        self.desk.navigator.open(PasswordForm, account_id=account.account_id, user=account.name)

    def ask_close_account(self) -> None:
        """Ask before closing the chosen account."""
        account = self._chosen_account()
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
            run=lambda: self._close_account(account.account_id),
        )

    def _close_account(self, account_id: str, destroy_notes: str | None = None) -> None:
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
                    self, self.desk, error, lambda why: self._close_account(account_id, why)
                )
            else:
                self.desk.navigator.show_error(error)

        self.desk.runner.close_accounts(
            self,
            close,
            lambda _: self.desk.navigator.say(self.t.text("The account is closed.")),
            failed,
        )

    # Backup and recovery sheet

    def choose_backup_folder(self) -> None:
        """Ask for a folder or drive, then write a backup there."""
        dialog = QFileDialog(self, self.t.text("Where to write the backup"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setDirectory(str(remembered_folder(self.desk, "backups")))
        dialog.fileSelected.connect(lambda name: self.back_up(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def back_up(self, folder: Path) -> None:
        """Write a backup into a folder."""
        remember_folder(self.desk, "backups", folder)
        self.backup_button.setEnabled(False)
        self.show_button.hide()
        self.backup_note.show_text("")
        self.backup_told.setText(self.t.text("Writing the backup…"))

        def work(job: Job) -> Path:
            path = make_backup(job.workplace, job.session, out=folder)
            note_backup(job.session, job.actor)
            return path

        self.desk.runner.write(self, work, self._backed_up, self._backup_failed)

    def _backed_up(self, path: Path) -> None:
        self.backup_button.setEnabled(True)
        self.backup_note.show_text(self.t.text("Backup written: {file}", file=str(path)), "success")
        self.show_button.show()
        self.show_button.setFocus()
        self.reload()

    def _backup_failed(self, error: Exception) -> None:
        self.backup_button.setEnabled(True)
        self._tell(self.backup_note, error)
        self.reload()

    def _tell(self, note: Note, error: Exception) -> None:
        if isinstance(error, KnownError):
            note.show_text(translate_error(self.t, error), "error")
        else:
            self.desk.navigator.show_error(error)

    def ask_new_sheet(self) -> None:
        """Ask before the old sheet stops working."""
        t = self.t
        ask(
            self,
            t,
            question=t.text("Make the recovery sheet anew?"),
            explained=t.text("The old sheet opens nothing any more. Print the new one at once."),
            verb=t.text("Make it anew"),
            run=self._choose_sheet,
        )

    def _choose_sheet(self) -> None:
        folder = remembered_folder(self.desk, "sheet")
        choose_sheet_file(self, self.t, "pravo-recovery.txt", self.make_sheet, folder)

    def make_sheet(self, target: Path) -> None:
        """Write a new recovery sheet into a file."""
        remember_folder(self.desk, "sheet", target.parent)
        self.sheet_button.setEnabled(False)

        def made(_: None) -> None:
            self.sheet_button.setEnabled(True)
            self.sheet_note.show_text(
                self.t.text(
                    "The new sheet is in {file}. Print it, then delete the file.",
                    file=str(target),
                ),
                "success",
            )

        def failed(error: Exception) -> None:
            self.sheet_button.setEnabled(True)
            self._tell(self.sheet_note, error)

        self.desk.runner.write(
            self,
            lambda job: job.workplace.reissue_recovery_sheet(job.session, target=target),
            made,
            failed,
        )


def fields_text(field: Field) -> str:
    """What is typed into a field's line."""
    assert isinstance(field.control, QLineEdit)
    return field.control.text()
