"""The files that headquarters refused, each with what happened and what to do."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from pravo_desktop.i18n import N_
from pravo_desktop.usecases.quarantine import (
    QuarantinedFile,
    discard_quarantined,
    quarantined_files,
)
from ui.models.inbox import COL_Q_DAY, COL_Q_FILE, COL_Q_WHY, quarantine_model, refusal
from ui.page import Desk, Page
from ui.tables import ListView
from ui.theme import GRID
from ui.widgets import EmptyState, Note, button, column, label, row


class QuarantinePage(Page):
    """Refused files; nothing of them counts, and they can be put away."""

    name = N_("Refused files")
    reloads_on = frozenset({"quarantined_files"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t = self.t
        self.files = quarantine_model(t, desk.theme)
        self.table = ListView(
            desk.theme,
            self.files,
            name="quarantined",
            spoken=t.text("Refused files"),
            widths={COL_Q_FILE: 280, COL_Q_DAY: 112},
            stretched=COL_Q_WHY,
            personal=(),
        )
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)
        self.why = Note(desk.theme)
        self.digest = label("", "quiet", wrap=True)
        self.discard_button = button(t.text("&Put away"), name="discard")
        self.discard_button.clicked.connect(self.discard)
        below = row(GRID)
        below.addWidget(self.discard_button)
        below.addStretch(1)
        listed = QWidget()
        layout = column(GRID)
        layout.addWidget(
            label(
                t.text(
                    "Only the name, the reason and the fingerprint of each file are kept here. "
                    "The file itself stays where it was."
                ),
                "quiet",
                wrap=True,
            )
        )
        layout.addWidget(self.table, 1)
        layout.addWidget(self.why)
        layout.addWidget(self.digest)
        layout.addLayout(below)
        listed.setLayout(layout)
        self._stack = QStackedWidget()
        self._stack.addWidget(EmptyState(desk.theme, "check", t.text("No file is refused.")))
        self._stack.addWidget(listed)
        page = column(0)
        page.addWidget(self._stack)
        self.setLayout(page)

    def start(self) -> None:
        self.table.setFocus()

    def reload(self) -> None:
        self.desk.runner.read(
            self, lambda job: quarantined_files(job.session, job.actor), self._show
        )

    def _show(self, files: list[QuarantinedFile]) -> None:
        position = self.table.chosen or 0
        self.files.set_rows(files)
        self._stack.setCurrentIndex(1 if files else 0)
        self.table.choose(min(position, len(files) - 1))
        self._show_chosen()

    @property
    def chosen(self) -> QuarantinedFile | None:
        """The chosen file."""
        position = self.table.chosen
        return None if position is None else self.files.rows[position]

    def _show_chosen(self) -> None:
        chosen = self.chosen
        self.why.show_text(refusal(self.t, chosen.code, chosen.params) if chosen else "")
        self.digest.setText(f"SHA-256: {chosen.sha256}" if chosen else "")
        self.discard_button.setEnabled(chosen is not None)

    def discard(self) -> None:
        """Put the chosen file away."""
        chosen = self.chosen
        if chosen is not None:
            self.desk.runner.write(
                self,
                lambda job: discard_quarantined(job.session, job.actor, sha256=chosen.sha256),
                lambda _: self.desk.navigator.say(
                    self.t.text("Put away: {file}", file=chosen.file_name)
                ),
            )
