"""The keys of headquarters that this centre trusts, and trusting one no more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFileDialog, QWidget

from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import Translator
from pravo_desktop.messages import translate_error
from pravo_desktop.usecases.headquarters_keys import accept_headquarters_statement
from pravo_desktop.usecases.keys import JudgedStatement
from pravo_desktop.usecases.received_receipts import (
    TrustedHeadquarters,
    revoke_headquarters,
    trusted_headquarters,
)
from ui.ask import ask
from ui.folders import remembered_folder
from ui.models.rows import Column, RowsModel
from ui.page import Desk
from ui.pages.first_run import groups
from ui.tables import ListView
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.labels import Note, label
from ui.widgets.layouts import column, row

COL_KEY, COL_ADDED, COL_STANDING = range(3)


def _keys_model(t: Translator, grey: QColor) -> RowsModel[TrustedHeadquarters]:
    columns: tuple[Column[TrustedHeadquarters], ...] = (
        Column(t.text("Fingerprint"), lambda one: " ".join(groups(one.fingerprint).split())),
        Column(
            t.text("Compared on"),
            lambda one: t.moment(datetime.fromisoformat(one.added_at)),
            lambda one: one.added_at,
            quiet=True,
        ),
        Column(
            t.text("Status"),
            lambda one: t.text("not trusted any more") if one.revoked_at else t.text("trusted"),
        ),
    )
    return RowsModel(columns, grey)


class HeadquartersKeys(QWidget):
    """Hidden until a key was compared here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.t = desk, desk.t
        t = self.t
        self.model = _keys_model(t, QColor(desk.theme.colours.quiet))
        self.table = ListView(
            desk.theme,
            self.model,
            name="headquarters_keys",
            spoken=t.text("Keys of headquarters"),
            widths={COL_ADDED: 160, COL_STANDING: 176},
            stretched=COL_KEY,
            at_most=3,
            personal=(),
        )
        self.table.selectionModel().currentRowChanged.connect(self._settle)
        self.revoke_button = button(t.text("Trust it &no more…"), name="revoke_headquarters")
        self.revoke_button.clicked.connect(self.ask_revoke)
        self.read_button = button(t.text("Read a statement of a key…"), name="read_national")
        self.read_button.clicked.connect(self.choose_statement)
        self.note = Note(desk.theme, "success")
        head = row(GRID)
        head.addWidget(label(t.text("Keys of headquarters"), "section", wrap=True), 1)
        head.addWidget(self.read_button)
        head.addWidget(self.revoke_button)
        layout = column(GRID)
        layout.addLayout(head)
        layout.addWidget(self.table)
        layout.addWidget(self.note)
        self.setLayout(layout)
        self.hide()

    def reload(self) -> None:
        """Read the keys anew."""
        self.desk.runner.read(
            self, lambda job: trusted_headquarters(job.session, job.actor), self._show
        )

    def _show(self, keys: Sequence[TrustedHeadquarters]) -> None:
        self.model.set_rows(keys)
        self.table.choose(len(keys) - 1)
        self.setVisible(bool(keys))
        self._settle()

    def choose_statement(self) -> None:
        """Ask for the file in which a key of headquarters speaks of itself."""
        dialog = QFileDialog(self, self.t.text("Statement of a key"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("*.json")
        dialog.setDirectory(str(remembered_folder(self.desk, "receipts")))
        dialog.fileSelected.connect(lambda name: self.read_statement(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def read_statement(self, path: Path) -> None:
        """Trust the key that a trusted one names, or no more the one that says so itself."""
        self.note.show_text("")
        self.desk.runner.write(
            self,
            lambda job: accept_headquarters_statement(job.session, job.actor, path=path),
            self._told,
            self._refused,
        )

    def _told(self, done: JudgedStatement) -> None:
        self.note.show_text(
            self.t.text("The new key is trusted by the word of the old one.")
            if done.new_fingerprint
            else self.t.text("The key is trusted no more."),
            "success",
        )
        self.reload()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, KnownError):
            self.note.show_text(translate_error(self.t, error))
        else:
            self.desk.navigator.show_error(error)

    @property
    def chosen(self) -> TrustedHeadquarters | None:
        """The chosen key."""
        position = self.table.chosen
        return None if position is None else self.model.rows[position]

    def _settle(self) -> None:
        chosen = self.chosen
        self.revoke_button.setEnabled(chosen is not None and not chosen.revoked_at)

    def ask_revoke(self) -> None:
        """Trust the chosen key no more, once that is confirmed."""
        chosen, t = self.chosen, self.t
        if chosen is None:
            return

        def revoke() -> None:
            self.desk.runner.write(
                self,
                lambda job: revoke_headquarters(
                    job.session, job.actor, fingerprint=chosen.fingerprint
                ),
                lambda _: self.desk.navigator.say(t.text("This key is not trusted any more.")),
            )

        ask(
            self,
            t,
            question=t.text("Trust this key of headquarters no more?"),
            explained=t.text(
                "What its receipts brought stays. Receipts signed with it are refused until the "
                "key is compared by phone again."
            ),
            verb=t.text("Trust it no more"),
            run=revoke,
        )
