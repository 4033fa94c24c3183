"""A receipt of headquarters comes to the centre: comparing its key, preview, taking it over."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFileDialog

from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import N_
from pravo_desktop.messages import translate_error
from pravo_desktop.usecases.actor import LEAD
from pravo_desktop.usecases.received_receipts import JudgedReceipt, import_receipt, judge_receipt
from ui.folders import remember_folder, remembered_folder
from ui.models.receipts import (
    COL_ASKED,
    COL_CODE,
    COL_MONTH,
    COL_SEQUENCE,
    COL_STATE,
    COL_STATUS,
    COL_WHY,
    asked_model,
    statuses_model,
)
from ui.page import Desk, Page, Primary
from ui.pages.headquarters_keys import HeadquartersKeys
from ui.pages.trust import TrustPanel
from ui.runner import Task
from ui.tables import ListView
from ui.theme import GRID
from ui.widgets.labels import EmptyState, Note, label
from ui.widgets.layouts import column, scrolled


class ImportReceiptPage(Page):
    """Choose the file, compare the key the first time, look, take it over."""

    key = "import_receipt"
    name = N_("Receipt of headquarters")
    icon = "paper"
    shortcut = "Ctrl+R"
    railed = False
    roles = LEAD
    reloads_on = frozenset({"trusted_headquarters", "received_receipts"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t, theme = self.t, desk.theme
        grey = QColor(theme.colours.quiet)
        self.judged: JudgedReceipt | None = None
        self._path = Path()
        self._compared: str | None = None
        self._done = False
        self._task: Task | None = None
        self.note = Note(theme)
        self.nothing = EmptyState(
            theme,
            "paper",
            t.text(
                "A receipt of headquarters says what became of the packages and which rows are to "
                "be completed. Choose the file that headquarters sent."
            ),
            t.text("Choose the receipt…"),
        )
        self.nothing.setMinimumHeight(theme.px(240))
        self.nothing.pressed.connect(self.choose)
        self.heading = label("", "section", wrap=True)
        self.content = label("", "grey", wrap=True)
        self.trust = TrustPanel(
            desk,
            t.text(
                "Call headquarters at a number you know, not one from the letter with the file. "
                "Both read the same fingerprint, group by group."
            ),
        )
        self.trust.wanted.connect(self._trust)
        self.statuses = statuses_model(t, grey)
        self.status_table = ListView(
            theme,
            self.statuses,
            name="statuses",
            spoken=t.text("Packages in the receipt"),
            widths={COL_MONTH: 176, COL_SEQUENCE: 56, COL_STATUS: 296},
            stretched=COL_WHY,
            at_most=6,
            personal=(),
        )
        self.asked = asked_model(t, grey)
        self.asked_table = ListView(
            theme,
            self.asked,
            name="asked",
            spoken=t.text("Rows to complete"),
            widths={COL_CODE: 128, COL_STATE: 200},
            stretched=COL_ASKED,
            at_most=6,
            personal=(),
        )
        self.keys = HeadquartersKeys(desk)
        self.packages_head = label(t.text("Packages in the receipt"), "section")
        self.asked_head = label(t.text("Rows to complete"), "section")
        inside = column(GRID)
        for widget in (
            self.note,
            self.nothing,
            self.heading,
            self.content,
            self.trust,
            self.packages_head,
            self.status_table,
            self.asked_head,
            self.asked_table,
            self.keys,
        ):
            inside.addWidget(widget)
        inside.addStretch(1)
        layout = column(0)
        layout.addWidget(scrolled(inside))
        self.setLayout(layout)
        self._settle()

    def primary(self) -> Primary | None:
        if self._task is not None:
            return None
        if self.judged is not None and self.judged.status == "new" and not self._done:
            return Primary(self.t.text("Take the receipt over"), self.take_over, "Ctrl+Return")
        return Primary(self.t.text("Choose the receipt…"), self.choose, "Ctrl+O")

    def reload(self) -> None:
        self.keys.reload()

    def start(self) -> None:
        if self.judged is None:
            self.nothing.button.setFocus()
        elif self.trust.isVisible():
            self.trust.compared.setFocus()
        else:
            self.status_table.setFocus()

    def receive(self, *, file: Path | None = None, **arguments: Any) -> None:
        """Look at the file that the program was started with."""
        if file is not None:
            self.judge(file)

    def choose(self) -> None:
        """Ask for the file."""
        if self._task is not None:
            return
        dialog = QFileDialog(self, self.t.text("Receipt of headquarters"))
        dialog.setObjectName("choose_receipt")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.t.text("Receipts (*.xlsx)"))
        dialog.setDirectory(str(remembered_folder(self.desk, "receipts")))
        dialog.fileSelected.connect(lambda name: self.judge(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def judge(self, path: Path, compared: str | None = None) -> None:
        """Verify a file and show what it holds; nothing is changed yet."""
        remember_folder(self.desk, "receipts", path.parent)
        self._path, self._compared, self._done = path, compared, False
        self.judged = None
        self.note.show_text("")
        self._task = self.desk.runner.read(
            self,
            lambda job: judge_receipt(job.session, job.actor, path=path, compared=compared),
            self._show,
            self._failed,
        )
        self._settle()

    def _show(self, judged: JudgedReceipt) -> None:
        t = self.t
        self._task = None
        self.judged = judged
        self.heading.setText(
            t.text(
                "Receipt No. {number}, made {moment}",
                number=judged.number,
                moment=t.moment(datetime.fromisoformat(judged.made_at)),
            )
        )
        if judged.status == "untrusted":
            self.content.setText("")
            self.trust.show_key(judged.fingerprint, NATIONAL)
        else:
            self.content.setText(
                t.text(
                    "Packages: {packages} · rows to complete: {questions} · plan: {plan} · lists: "
                    "{lists}",
                    packages=t.number(len(judged.packages)),
                    questions=t.number(len(judged.questions)),
                    plan=t.number(judged.plan),
                    lists=t.number(judged.lists),
                )
            )
        if judged.status == "already":
            self.note.show_text(
                t.text("This receipt was taken over before; nothing changed."), "success"
            )
        self.statuses.set_rows(judged.packages)
        self.asked.set_rows(judged.questions)
        self._settle()
        self.start()

    def _trust(self, fingerprint: str, _centre: str) -> None:
        """The key was compared; it is kept as trusted when the receipt is taken over."""
        self.judge(self._path, fingerprint)

    def take_over(self) -> None:
        """Take over what headquarters says."""
        path, compared = self._path, self._compared
        self._task = self.desk.runner.write(
            self,
            lambda job: import_receipt(job.session, job.actor, path=path, compared=compared),
            self._taken,
            self._failed,
        )
        self._settle()

    def _taken(self, judged: JudgedReceipt) -> None:
        self._task = None
        self._done = True
        asked = sum(one.known for one in judged.questions)
        told = self.t.plural(
            "Taken over. {n} row to complete is on the page Today.",
            "Taken over. {n} rows to complete are on the page Today.",
            asked,
        )
        self.note.show_text(
            told if asked else self.t.text("Taken over. There is nothing to complete."), "success"
        )
        self._settle()

    def _failed(self, error: Exception) -> None:
        self._task = None
        self._settle()
        if isinstance(error, KnownError):
            self.note.show_text(translate_error(self.t, error), "error")
        else:
            self.desk.navigator.show_error(error)

    def _settle(self) -> None:
        judged = self.judged
        known = judged is not None and judged.status != "untrusted"
        self.nothing.setVisible(judged is None and self._task is None)
        self.heading.setVisible(judged is not None)
        self.content.setVisible(known)
        self.trust.setVisible(judged is not None and judged.status == "untrusted")
        packages = known and bool(self.statuses.rows)
        asked = known and bool(self.asked.rows)
        self.packages_head.setVisible(packages)
        self.status_table.setVisible(packages)
        self.asked_head.setVisible(asked)
        self.asked_table.setVisible(asked)
        self.retitled.emit()
