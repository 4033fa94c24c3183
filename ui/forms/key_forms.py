"""Keys in the settings: the lead's own into a file, from one, replaced, revoked; those trusted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from pravo_desktop.i18n import Translator
from pravo_desktop.usecases.actor import LEAD
from pravo_desktop.usecases.keys import (
    ALREADY,
    JudgedStatement,
    KeyTerms,
    MadeStatement,
    accept_statement,
    export_key,
    judge_statement,
    keys_ending,
    revoke_key,
    write_key_statement,
)
from ui.ask import ask
from ui.forms.key_files import KeyFiles
from ui.forms.replaced_keys import ReplacedKeysPanel
from ui.models.places import centre_name
from ui.page import Desk
from ui.pages.first_run import groups
from ui.runner import Job
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.labels import Note, label
from ui.widgets.layouts import column, pair, row


class OwnKeyPanel(KeyFiles):
    """What one may do with the own signing key; the password is that of the key file."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t, theme = self.t, desk.theme
        self.password, self.again = QLineEdit(), QLineEdit()
        for one in (self.password, self.again):
            one.setEchoMode(QLineEdit.EchoMode.Password)
        self.password_field = Field(
            theme, t.text("Password of the key file"), "key_password", self.password
        )
        self.again_field = Field(
            theme, t.text("Once more, to write the file"), "key_again", self.again
        )
        self.export_button = button(t.text("Write the key into a file…"), name="export_key")
        self.export_button.clicked.connect(self.choose_target)
        self.import_button = button(t.text("Take the key from a file…"), name="import_key")
        self.import_button.clicked.connect(self.choose_source)
        self.replace_button = button(t.text("Replace the key…"), name="replace_key")
        self.replace_button.clicked.connect(self.ask_replace)
        self.revoke_button = button(t.text("Revoke the key…"), name="revoke_key")
        self.revoke_button.clicked.connect(self.ask_revoke)
        self.replaced = ReplacedKeysPanel(desk)
        self._leads = bool(desk.actor.roles & LEAD)
        self.ending = Note(theme, "warning")
        files, deeds = row(GRID), row(GRID)
        for line, first, second in (
            (files, self.export_button, self.import_button),
            (deeds, self.replace_button, self.revoke_button),
        ):
            line.addWidget(first)
            line.addWidget(second)
            line.addStretch(1)
        layout = column(GRID)
        layout.addWidget(self.ending)
        layout.addLayout(pair(self.password_field, self.again_field))
        layout.addLayout(files)
        layout.addLayout(deeds)
        layout.addWidget(self.replaced)
        layout.addWidget(self.note)
        self.setLayout(layout)

    def reload(self) -> None:
        """Say of keys that end soon until when they are valid, and which were replaced."""
        self.replaced.reload()
        self.desk.runner.read(self, lambda job: keys_ending(job.session, job.actor), self._warn)

    def _warn(self, terms: KeyTerms) -> None:
        self.ending.show_text(ending_text(self.t, terms, self.desk.clock.now()), "warning")

    def _typed(self) -> str:
        """The password of the file; empty, with a word under the field, where there is none."""
        self.password_field.clear_finding()
        self.again_field.clear_finding()
        self.note.show_text("")
        if not self.password.text():
            self.password_field.show_finding(self.t.text("Type the password of the key file."))
            self.password.setFocus()
        return self.password.text()

    def choose_target(self) -> None:
        """Write the key into a file, once its password is typed twice."""
        password = self._typed()
        if password and password != self.again.text():
            self.again_field.show_finding(
                self.t.text("The two passwords differ. Type them once more.")
            )
            self.again.setFocus()
        elif password:
            name = f"pravo-{self.desk.centre}-key.p12"
            title = self.t.text("File for the key")
            self._ask_file(title, "*.p12", name, partial(self._export, password))

    def _export(self, password: str, target: Path) -> None:
        def work(job: Job) -> Path:
            key = job.workplace.signing_key(job.session)
            return export_key(job.session, job.actor, key=key, password=password, target=target)

        def written(path: Path) -> None:
            self._forget()
            self.note.show_text(
                self.t.text(
                    "The key is in {file}. Keep it and its password apart: whoever has both "
                    "signs in your name.",
                    file=str(path),
                ),
                "success",
            )

        self.desk.runner.write(self, work, written, self._failed)

    def choose_source(self) -> None:
        """Take the key from a file, once its password is typed."""
        if password := self._typed():
            title = self.t.text("File with the key")
            self._ask_file(title, "*.p12 *.pfx", "", partial(self._import, password))

    def _import(self, password: str, path: Path) -> None:
        def taken(_: str) -> None:
            self._forget()
            self.note.show_text(
                self.t.text("From now on packages here are signed with the key of the file."),
                "success",
            )

        self.desk.runner.write(
            self,
            lambda job: job.workplace.import_key(job.session, path=path, password=password),
            taken,
            self._failed,
        )

    def _forget(self) -> None:
        self.password.clear()
        self.again.clear()

    def ask_replace(self) -> None:
        """Replace the key after a question, and write the statement of the old one."""
        t = self.t
        ask(
            self,
            t,
            question=t.text("Replace the signing key?"),
            explained=t.text(
                "A new key is made, and the old one signs a statement that it takes its place. "
                "Send the statement to headquarters with the next package: then no call is needed."
            )
            if self._leads
            else t.text(
                "A new key is made, and the old one signs a statement that it takes its place. "
                "Send the statement to every centre before the next receipt: then no call is "
                "needed."
            ),
            verb=t.text("Replace the key"),
            run=lambda: self._state(lambda job: job.workplace.replace_key(job.session)),
        )

    def ask_revoke(self) -> None:
        """Revoke the key after a question, and write its statement."""
        t = self.t

        def work(job: Job) -> MadeStatement:
            key = job.workplace.signing_key(job.session)
            return revoke_key(job.session, job.actor, key=key)

        ask(
            self,
            t,
            question=t.text("Revoke the signing key?"),
            explained=t.text(
                "Do it when somebody else may have the key. Send the statement to headquarters at "
                "once. The next package is signed with a new key, compared by phone."
            )
            if self._leads
            else t.text(
                "Do it when somebody else may have the key. Send the statement to every centre at "
                "once. The next receipt is signed with a new key, compared by phone."
            ),
            verb=t.text("Revoke the key"),
            run=lambda: self._state(work),
        )

    def _state(self, work: Callable[[Job], MadeStatement]) -> None:
        self.note.show_text("")
        self.desk.runner.write(self, work, self._choose_statement_file, self._failed)

    def _choose_statement_file(self, made: MadeStatement) -> None:
        self.note.show_text(
            self.t.text("The statement is signed. Write it into a file for headquarters.")
            if self._leads
            else self.t.text("The statement is signed. Write it into a file for the centres."),
            "warning",
        )
        self._ask_file(
            self.t.text("File for the statement"),
            "*.json",
            made.file_name,
            lambda path: self._write(made, path),
        )

    def _write(self, made: MadeStatement, target: Path) -> None:
        self.desk.runner.write(
            self,
            lambda job: write_key_statement(
                job.session, job.actor, fingerprint=made.fingerprint, target=target
            ),
            lambda path: self.note.show_text(
                self.t.text("The statement for headquarters is in {file}.", file=str(path))
                if self._leads
                else self.t.text("The statement for the centres is in {file}.", file=str(path)),
                "success",
            ),
            self._failed,
        )


def ending_text(t: Translator, terms: KeyTerms, now: datetime) -> str:
    """What to do about keys that ended or end soon; empty where none does."""
    lines = []
    if terms.signing is not None and terms.signing <= now:
        lines.append(
            t.text(
                "Your signing key was valid until {day}. Replace it: the new one is compared by "
                "phone.",
                day=t.date(terms.signing.date()),
            )
        )
    elif terms.signing is not None:
        lines.append(
            t.text(
                "Your signing key is valid until {day}. Replace it before: afterwards the new one "
                "is compared by phone.",
                day=t.date(terms.signing.date()),
            )
        )
    if terms.sealing is not None:
        lines.append(
            t.text(
                "The key that opens sealed packages is valid until {day}. Send every centre a "
                "receipt: it brings the new one.",
                day=t.date(terms.sealing.date()),
            )
        )
    return "\n".join(lines)


class StatementPanel(KeyFiles):
    """Headquarters reads what a centre's key says of itself, and does it after a question."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t = self.t
        self.read_button = button(t.text("Read a statement of a key…"), name="read_statement")
        self.read_button.clicked.connect(self.choose)
        line = row(GRID)
        line.addWidget(self.read_button)
        line.addStretch(1)
        layout = column(GRID)
        layout.addWidget(
            label(
                t.text(
                    "A centre that replaced or revoked its key sends a statement (.json) signed "
                    "by that key or by the one that took its place."
                ),
                "grey",
                wrap=True,
            )
        )
        layout.addLayout(line)
        layout.addWidget(self.note)
        self.setLayout(layout)

    def choose(self) -> None:
        """Ask for the file of a statement."""
        self.note.show_text("")
        self._ask_file(self.t.text("Statement of a key"), "*.json", "", self.judge)

    def judge(self, path: Path) -> None:
        """Verify a statement and ask whether it is to be done."""
        self.desk.runner.read(
            self,
            lambda job: judge_statement(job.session, job.actor, path=path),
            lambda judged: self._ask(judged, path),
            self._failed,
        )

    def _ask(self, judged: JudgedStatement, path: Path) -> None:
        t, centre = self.t, centre_name(self.t, judged.centre)
        if judged.status == ALREADY:
            self.note.show_text(t.text("This statement was taken over before."), "success")
            return
        if judged.new_fingerprint is not None:
            question = t.text("Trust the new key of the centre {centre}?", centre=centre)
            explained = t.text(
                "The old key, compared by phone before, signed for it. Fingerprint of the new "
                "key:\n{fingerprint}",
                fingerprint=groups(judged.new_fingerprint),
            )
            verb = t.text("Trust the new key")
        else:
            question = t.text("Trust the key of the centre {centre} no more?", centre=centre)
            explained = t.text(
                "The key itself says so, or the one that took its place. What was accepted stays; "
                "what it signed and comes later is refused."
            )
            verb = t.text("Trust it no more")
        ask(
            self,
            t,
            question=question,
            explained=explained,
            verb=verb,
            run=lambda: self._accept(path),
        )

    def _accept(self, path: Path) -> None:
        def told(done: JudgedStatement) -> None:
            self.note.show_text(
                self.t.text("The new key is trusted by the word of the old one.")
                if done.new_fingerprint
                else self.t.text("The key is trusted no more."),
                "success",
            )

        self.desk.runner.write(
            self,
            lambda job: accept_statement(job.session, job.actor, path=path),
            told,
            self._failed,
        )
