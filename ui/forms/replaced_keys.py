"""Own signing keys that were replaced: one of them is revoked with the present key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMenu

from pravo_desktop.usecases.actor import LEAD
from pravo_desktop.usecases.keys import MadeStatement
from pravo_desktop.usecases.replaced_keys import replaced_keys, revoke_replaced_key
from ui.ask import ask
from ui.forms.key_files import KeyFiles
from ui.page import Desk
from ui.pages.first_run import groups
from ui.runner import Job
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.layouts import column, row


class ReplacedKeysPanel(KeyFiles):
    """A button whose menu names the replaced keys; hidden while there is none."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.revoke_button = button(self.t.text("Revoke a replaced key"), name="revoke_replaced")
        self.menu = QMenu(self)
        self.revoke_button.setMenu(self.menu)
        line = row(GRID)
        line.addWidget(self.revoke_button)
        line.addStretch(1)
        layout = column(GRID)
        layout.addLayout(line)
        layout.addWidget(self.note)
        self.setLayout(layout)
        self.hide()

    def reload(self) -> None:
        """Read which keys were replaced."""
        self.desk.runner.read(self, lambda job: replaced_keys(job.session, job.actor), self._show)

    def _show(self, found: Sequence[MadeStatement]) -> None:
        t = self.t
        self.menu.clear()
        for one in found:
            action = self.menu.addAction(
                t.text(
                    "{fingerprint} … (replaced: {moment})",
                    fingerprint=one.fingerprint[:8],
                    moment=t.moment(datetime.fromisoformat(one.made_at)),
                )
            )
            action.triggered.connect(partial(self.ask_revoke, one.fingerprint))
        self.setVisible(bool(found))

    def ask_revoke(self, fingerprint: str, _: bool = False) -> None:
        """Revoke a replaced key after a question, and write the statement into a file."""
        t = self.t
        ask(
            self,
            t,
            question=t.text("Revoke the replaced key?"),
            explained=t.text(
                "Do it when somebody else may have had it. The present key signs a statement; send "
                "it at once. What the old key signed and is not received yet will be "
                "refused.\n{fingerprint}",
                fingerprint=groups(fingerprint),
            ),
            verb=t.text("Revoke the replaced key"),
            run=lambda: self._ask_file(
                t.text("File for the statement"),
                "*.json",
                f"pravo-{self.desk.centre}-revocation-{fingerprint[:8].lower()}.json",
                partial(self._revoke, fingerprint),
            ),
        )

    def _revoke(self, fingerprint: str, target: Path) -> None:
        def work(job: Job) -> Path:
            key = job.workplace.signing_key(job.session)
            return revoke_replaced_key(
                job.session, job.actor, key=key, replaced=fingerprint, target=target
            )

        self.desk.runner.write(
            self,
            work,
            lambda path: self.note.show_text(
                self.t.text("The statement for headquarters is in {file}.", file=str(path))
                if self.desk.actor.roles & LEAD
                else self.t.text("The statement for the centres is in {file}.", file=str(path)),
                "success",
            ),
            self._failed,
        )
