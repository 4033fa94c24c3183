"""Headquarters' inbox: files in, a word about each, keys to trust, packages to decide about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from pravo_desktop.backups.keeping import BackupState, backup_state
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import N_
from pravo_desktop.messages import translate_error
from pravo_desktop.usecases.actor import COORDINATOR
from pravo_desktop.usecases.decisions import Reception
from pravo_desktop.usecases.inbox import package_files, receive_files
from pravo_desktop.usecases.quarantine import quarantined_files
from pravo_desktop.usecases.received import (
    ReceivedLine,
    WaitingLine,
    received_packages,
    waiting_packages,
)
from pravo_desktop.usecases.trust import add_trust
from ui.folders import remember_folder, remembered_folder
from ui.models.inbox import (
    COL_CENTRE,
    COL_FILE,
    COL_MONTH,
    COL_NUMBER,
    COL_RECORDS,
    COL_STATUS,
    COL_TIME,
    COL_WHY,
    STATUSES,
    Arrived,
    arrived_model,
    explanation,
)
from ui.page import Desk, Page, Primary
from ui.pages.first_run import groups
from ui.pages.inbox_lists import ReceivedPanel, WaitingPanel
from ui.pages.quarantine import QuarantinePage
from ui.pages.today_backup import BackupLine
from ui.pages.trust import TrustPanel
from ui.runner import Job, Task
from ui.tables import ListView
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, Note, label
from ui.widgets.layouts import column, row, scrolled
from ui.working import Working

_STATES = {"accepted": "success", "already": "success", "held": "warning", "untrusted": "warning"}
_TOGETHER = 4
"""Files that are verified side by side; between two such groups a person can stop."""


class InboxPage(Page):
    """Drop files, see what they would change, accept them; trust a key, undo a package."""

    key = "inbox"
    name = N_("Inbox")
    icon = "inbox"
    shortcut = "Ctrl+2"
    roles = COORDINATOR
    reloads_on = frozenset(
        {"backups", "journal_entries", "merged_rows", "received_packages", "quarantined_files"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setAcceptDrops(True)
        self._waiting: list[Path] = []
        self._taken: frozenset[Path] = frozenset()
        self._done = 0
        self._total = 0
        self._counts: Counter[str] = Counter()
        self._task: Task | None = None
        self.working = Working(
            self.t.text("Receiving files"),
            self.t.text("Stop after these files"),
            "cancel_receiving",
        )
        self.working.cancel_button.clicked.connect(self.cancel)
        self._make_arrived()
        self.waiting = WaitingPanel(desk)
        self.received = ReceivedPanel(desk)
        self.nothing = EmptyState(
            desk.theme,
            "inbox",
            self.t.text(
                "Packages from the centres come here. Drop the files or a folder on this page, or "
                "choose them."
            ),
            self.t.text("Choose files…"),
        )
        self.nothing.pressed.connect(self.choose_files)
        self._sheet = self._make_sheet()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(self._sheet)
        page = column(GRID)
        page.addWidget(self.working)
        page.addWidget(self._stack, 1)
        self.backup = BackupLine(desk, self, level=True)
        page.addWidget(self.backup)
        self.setLayout(page)
        self._settle()

    def _make_arrived(self) -> None:
        """The files that came just now, with what is to be said and done about the chosen one."""
        t, theme = self.t, self.desk.theme
        self.arrived = arrived_model(t, theme)
        self.arrived_table = ListView(
            theme,
            self.arrived,
            name="arrived",
            spoken=t.text("Files that came just now"),
            widths={
                COL_STATUS: 168,
                COL_CENTRE: 100,
                COL_MONTH: 176,
                COL_NUMBER: 40,
                COL_RECORDS: 72,
                COL_TIME: 120,
                COL_FILE: 248,
            },
            stretched=COL_WHY,
            least=128,
            wrapped=(),
            at_most=5,
            personal=(),
        )
        self.arrived_table.selectionModel().currentRowChanged.connect(self._show_chosen)
        self.summary = label("", "grey", wrap=True)
        self.detail = Note(theme)
        self.signer = label("", "quiet", wrap=True)
        self.signer.setObjectName("signer")
        self.trust = TrustPanel(self.desk)
        self.trust.wanted.connect(self.trust_key)
        self._now = QWidget()
        now = column(GRID)
        now.addWidget(label(t.text("Came just now"), "section"))
        now.addWidget(self.summary)
        now.addWidget(self.arrived_table)
        now.addWidget(self.detail)
        now.addWidget(self.signer)
        now.addWidget(self.trust)
        self._now.setLayout(now)

    def _make_sheet(self) -> QScrollArea:
        t = self.t
        self.folder_button = button(t.text("Choose a &folder…"), name="choose_folder_button")
        self.folder_button.clicked.connect(self.choose_folder)
        drop = row(GRID)
        drop.addWidget(
            label(
                t.text("Files and folders can also be dropped anywhere on this page."),
                "quiet",
                wrap=True,
            ),
            1,
        )
        self.quarantine_button = button("", name="quarantine")
        self.quarantine_button.clicked.connect(lambda: self.desk.navigator.open(QuarantinePage))
        drop.addWidget(self.quarantine_button)
        drop.addWidget(self.folder_button)
        layout = column(2 * GRID)
        layout.addLayout(drop)
        layout.addWidget(self._now)
        layout.addWidget(self.waiting)
        layout.addWidget(self.received, 1)
        layout.addStretch(0)
        return scrolled(layout)

    def primary(self) -> Primary | None:
        if self._task is not None:
            return None
        return Primary(self.t.text("Choose files…"), self.choose_files, "Ctrl+O")

    def start(self) -> None:
        if self.arrived.rows:
            self.arrived_table.setFocus()
        elif self.waiting.rows:
            self.waiting.table.setFocus()
        elif self.received.rows:
            self.received.table.setFocus()
        else:
            self.nothing.button.setFocus()

    def typed(self) -> Mapping[str, Any]:
        return {**super().typed(), "arrived": tuple(self.arrived.rows)}

    def retype(self, values: Mapping[str, Any]) -> None:
        super().retype(values)
        self.arrived.set_rows(values.get("arrived", ()))
        self.arrived_table.choose(0)
        self._settle()

    def reload(self) -> None:
        def look(job: Job) -> tuple[list[ReceivedLine], list[WaitingLine], int, BackupState]:
            return (
                received_packages(job.session, job.actor),
                waiting_packages(job.session, job.actor),
                len(quarantined_files(job.session, job.actor, archive=job.workplace.archive)),
                backup_state(job.workplace.folder, job.workplace.clock.now()),
            )

        self.desk.runner.read(self, look, lambda found: self._show_lists(*found))

    def _show_lists(
        self,
        received: list[ReceivedLine],
        waiting: list[WaitingLine],
        refused: int,
        backups: BackupState,
    ) -> None:
        self.backup.put(backups)
        self.received.show_rows(received)
        self.waiting.show_rows(waiting)
        self.quarantine_button.setVisible(bool(refused))
        self.quarantine_button.setText(
            self.t.text("Refused &files: {number}…", number=self.t.number(refused))
        )
        self._settle()

    def _settle(self) -> None:
        """Show the parts that there is something in."""
        lists = self.arrived.rows, self.waiting.rows, self.received.rows
        something = any(lists) or self._task or self.quarantine_button.isVisibleTo(self)
        self._stack.setCurrentIndex(1 if something else 0)
        self._now.setVisible(bool(self.arrived.rows or self.summary.text()))
        self.summary.setVisible(bool(self.summary.text()))
        self.arrived_table.setVisible(bool(self.arrived.rows))
        self.waiting.setVisible(bool(self.waiting.rows))
        self.waiting.setEnabled(self._task is None)
        self._show_chosen()

    # Choosing files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and self._task is None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def receive(self, *, file: Path | None = None, **arguments: Any) -> None:
        """Take the file that the program was started with."""
        if file is not None:
            self.take([file])

    def choose_files(self) -> None:
        """Ask for files."""
        self._ask(QFileDialog.FileMode.ExistingFiles)

    def choose_folder(self) -> None:
        """Ask for a folder; all packages in it are taken."""
        self._ask(QFileDialog.FileMode.Directory)

    def _ask(self, mode: QFileDialog.FileMode) -> None:
        if self._task is not None:
            return
        dialog = QFileDialog(self, self.t.text("Packages from the centres"))
        dialog.setObjectName("choose_packages")
        dialog.setFileMode(mode)
        if mode is QFileDialog.FileMode.ExistingFiles:
            dialog.setNameFilter(self.t.text("Packages (*.xlsx *.pravo)"))
        dialog.setDirectory(str(remembered_folder(self.desk, "inbox")))

        def chosen(names: Sequence[str]) -> None:
            paths = [Path(name) for name in names]
            remember_folder(self.desk, "inbox", paths[0] if paths[0].is_dir() else paths[0].parent)
            self.take(paths)

        dialog.filesSelected.connect(chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # Receiving

    def take(self, paths: Sequence[Path]) -> None:
        """Verify these files and those of these folders; the good ones wait for a decision."""
        if self._task is not None or not paths:
            return
        self.desk.navigator.hush()
        self.working.begin(self.t.text("Looking for packages…"))
        asked = list(paths)
        self._task = self.desk.runner.document(
            self, lambda progress: list(package_files(asked)), self._begin, self._failed
        )
        self.retitled.emit()

    def _begin(self, files: list[Path]) -> None:
        if not files:
            self._end()
            self._show_failure(
                self.t.text("There are no packages (.xlsx or .pravo files) in this folder.")
            )
            return
        self.arrived.set_rows([row for row in self.arrived.rows if row.path not in files])
        self._counts = Counter(one.reception.status for one in self.arrived.rows)
        self._waiting, self._taken = files, frozenset(files)
        self._done, self._total = 0, len(files)
        self._next()

    def _next(self) -> None:
        if not self._waiting:
            self._end()
            self._choose_what_needs_attention()
            return
        paths, self._waiting = self._waiting[:_TOGETHER], self._waiting[_TOGETHER:]
        self._show_step(paths[0].name, 0)
        self._task = self.desk.runner.write(
            self,
            lambda job: receive_files(
                job.session,
                job.actor,
                paths=paths,
                archive=job.workplace.archive,
                wait=True,
                progress=job.progress,
            ),
            lambda receptions: self._received(paths, receptions),
            self._failed,
            lambda name, done, _: self._show_step(name, done),
        )

    def _show_step(self, name: str, done: int) -> None:
        words = self.working.step.text()
        if name:
            words = self.t.text(
                "Checking {number} of {total}: {file}",
                number=self.t.number(self._done + done + 1),
                total=self.t.number(self._total),
                file=name,
            )
        self.working.tell(words, self._done + done, self._total)

    def _received(self, paths: list[Path], receptions: list[Reception]) -> None:
        self._done += len(paths)
        for path, one in zip(paths, receptions, strict=True):
            self._counts[one.status] += 1
            if one.status != "waiting":
                self.arrived.add_row(Arrived(path, one))
        self._summarise()
        self._settle()
        self._next()

    def cancel(self) -> None:
        """Leave out the files that have not been begun; what is accepted stays."""
        self._waiting = []
        self.working.cancel_button.setEnabled(False)

    def _failed(self, error: Exception) -> None:
        self._waiting = []
        self._end()
        if isinstance(error, KnownError):
            self._show_failure(translate_error(self.t, error))
        else:
            self.desk.navigator.show_error(error)

    def _show_failure(self, text: str) -> None:
        self.desk.navigator.say(text)

    def _end(self) -> None:
        self._task = None
        self.working.hide()
        self.working.cancel_button.setEnabled(True)
        self._settle()
        self.retitled.emit()

    def _summarise(self) -> None:
        counts = self._counts
        self.summary.setText(
            " · ".join(
                f"{self.t.text(STATUSES[status])}: {self.t.number(counts[status])}"
                for status in STATUSES
                if counts[status]
            )
        )

    def _choose_what_needs_attention(self) -> None:
        order = ("untrusted", "refused", "held", "accepted", "already")
        # Those of this time before what is left of earlier ones.
        places = [
            (one.path not in self._taken, order.index(one.reception.status), at)
            for at, one in enumerate(self.arrived.rows)
            if one.reception.status in order
        ]
        if places:
            self.arrived_table.choose(min(places)[-1])
            self.arrived_table.setFocus()
        else:
            self.waiting.table.setFocus()

    @property
    def chosen_file(self) -> Arrived | None:
        """The file chosen in the upper list."""
        position = self.arrived_table.chosen
        return None if position is None else self.arrived.rows[position]

    def _show_chosen(self) -> None:
        chosen = self.chosen_file
        reception = chosen.reception if chosen else None
        untrusted = reception is not None and reception.status == "untrusted"
        self.detail.show_text(
            explanation(self.t, reception) if reception and not untrusted else "",
            _STATES.get(reception.status, "error") if reception else "error",
        )
        fingerprint = reception.fingerprint if reception and not untrusted else None
        self.signer.setVisible(bool(fingerprint))
        if fingerprint:
            self.signer.setText(
                self.t.text(
                    "Key that signed it: {fingerprint}",
                    fingerprint=groups(fingerprint).replace("\n", "  "),
                )
            )
        self.trust.setVisible(untrusted)
        self.received.setVisible(bool(self.received.rows) and not untrusted)
        if untrusted and reception and reception.fingerprint and reception.manifest:
            self.trust.show_key(reception.fingerprint, reception.manifest.centre)
            self._sheet.ensureWidgetVisible(self.trust.trust_button)

    # Trust

    def trust_key(self, fingerprint: str, centre: str) -> None:
        """Trust a key that was compared, and try again the files that it signed."""
        again = [
            one.path
            for one in self.arrived.rows
            if one.reception.status == "untrusted" and one.reception.fingerprint == fingerprint
        ]
        self.desk.runner.write(
            self,
            lambda job: add_trust(job.session, job.actor, fingerprint=fingerprint, centre=centre),
            lambda _: self.take(again),
        )
