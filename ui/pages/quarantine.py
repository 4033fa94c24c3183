"""The files that headquarters refused, each with what happened and what to do."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from pravo_desktop.i18n import N_
from pravo_desktop.usecases.quarantine import (
    QuarantinedFile,
    discard_quarantined,
    quarantined_files,
    save_quarantined,
)
from ui.folders import remember_folder, remembered_folder
from ui.models.inbox import COL_Q_DAY, COL_Q_FILE, COL_Q_WHY, quarantine_model, refusal
from ui.page import Desk, Page
from ui.tables import ListView
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, Note, label
from ui.widgets.layouts import column, row


class QuarantinePage(Page):
    """Refused files; nothing of them counts; each can be saved as it came, and put away."""

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
            widths={COL_Q_FILE: 256, COL_Q_DAY: 96},
            stretched=COL_Q_WHY,
            personal=(),
        )
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)
        self.why = Note(desk.theme)
        self.digest = label("", "quiet", wrap=True)
        self.discard_button = button(t.text("&Put away"), name="discard")
        self.discard_button.clicked.connect(self.discard)
        self.save_button = button(t.text("&Save the file…"), name="save_refused")
        self.save_button.clicked.connect(self.save)
        below = row(GRID)
        below.addWidget(self.save_button)
        below.addWidget(self.discard_button)
        below.addStretch(1)
        listed = QWidget()
        layout = column(GRID)
        layout.addWidget(
            label(
                t.text(
                    "What was refused is kept here encrypted, to be saved elsewhere and looked "
                    "at. It may name people: put away what is not needed."
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
            self,
            lambda job: quarantined_files(job.session, job.actor, archive=job.workplace.archive),
            self._show,
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
        told = f"SHA-256: {chosen.sha256}" if chosen else ""
        if chosen is not None and not chosen.kept:
            told += " · " + self.t.text("What was in it is not kept here any more.")
        self.digest.setText(told)
        self.save_button.setEnabled(chosen is not None and chosen.kept)
        self.discard_button.setEnabled(chosen is not None)

    def save(self) -> None:
        """Ask for a place and write the chosen file there as it came."""
        chosen = self.chosen
        if chosen is None:
            return
        dialog = QFileDialog(self, self.t.text("Save the refused file as"))
        dialog.setObjectName("save_refused_as")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDirectory(str(remembered_folder(self.desk, "refused")))
        dialog.selectFile(chosen.name_to_save)

        def save_as(name: str) -> None:
            target = Path(name)
            remember_folder(self.desk, "refused", target.parent)
            self.desk.runner.write(
                self,
                lambda job: save_quarantined(
                    job.session,
                    job.actor,
                    sha256=chosen.sha256,
                    archive=job.workplace.archive,
                    target=target,
                ),
                lambda _: self.desk.navigator.say(
                    self.t.text("File saved: {file}", file=str(target))
                ),
            )

        dialog.fileSelected.connect(save_as)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def discard(self) -> None:
        """Put the chosen file away."""
        chosen = self.chosen
        if chosen is not None:
            self.desk.runner.write(
                self,
                lambda job: discard_quarantined(
                    job.session,
                    job.actor,
                    sha256=chosen.sha256,
                    archive=job.workplace.archive,
                ),
                lambda _: self.desk.navigator.say(
                    self.t.text("Put away: {file}", file=chosen.file_name)
                ),
            )
