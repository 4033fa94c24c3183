"""A finished text beside the figures: which of its numbers differ, and which to look at."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from pravo_desktop.domain.periods import Period
from pravo_desktop.domain.text_check import AGREES, DIFFERS, DOUBTFUL, Finding
from pravo_desktop.i18n import N_
from pravo_desktop.usecases.actor import COORDINATOR
from pravo_desktop.usecases.text_check import check_text_file
from ui.folders import remember_folder, remembered_folder
from ui.models.text_check import (
    COL_FIGURE,
    COL_REGION,
    COL_SENTENCE,
    COL_VERDICT,
    COL_WHAT,
    COL_WRITTEN,
    text_check_model,
)
from ui.page import Desk, Page, Primary
from ui.pages.figure_records import FigureRecordsPage
from ui.runner import Job
from ui.tables import ListView
from ui.theme import GRID
from ui.widgets.choices import Choice
from ui.widgets.labels import EmptyState, Note, label
from ui.widgets.layouts import column, row

WRONG, ALL_NUMBERS = "wrong", "all"


class TextCheckPage(Page):
    """Open a text and see each of its numbers beside the figure it claims.

    Args:
        first, last: the period of the figures, ISO dates.
        as_of: the packages received by the end of this day count, ISO date.
    """

    name = N_("Check a text")
    roles = COORDINATOR

    def __init__(self, desk: Desk, *, first: str, last: str, as_of: str) -> None:
        super().__init__(desk, first=first, last=last, as_of=as_of)
        t, theme = self.t, desk.theme
        self.period = Period(date.fromisoformat(first), date.fromisoformat(last))
        self.as_of = date.fromisoformat(as_of)
        self.findings: list[Finding] = []
        self.shown = Choice(
            (
                (WRONG, t.text("What differs and what to look at")),
                (ALL_NUMBERS, t.text("All numbers")),
            ),
            WRONG,
        )
        self.shown.setObjectName("shown")
        self.shown.setAccessibleName(t.text("Numbers shown"))
        self.shown.currentIndexChanged.connect(self._show)
        self.summary = label("", "section", wrap=True)
        self.note = Note(theme)
        self.model = text_check_model(t, theme)
        self.table = ListView(
            theme,
            self.model,
            name="text_check",
            spoken=t.text("Numbers of the text"),
            widths={
                COL_VERDICT: 112,
                COL_WRITTEN: 88,
                COL_FIGURE: 88,
                COL_WHAT: 240,
                COL_REGION: 144,
            },
            stretched=COL_SENTENCE,
            wrapped=(COL_WHAT, COL_REGION, COL_SENTENCE),
            personal=(),
        )
        self.table.activated.connect(lambda _: self.open_records())
        self.nothing = EmptyState(
            theme,
            "paper",
            t.text(
                "Open a report that is written already. Each number beside the word of an "
                "indicator is compared with the figures; the file is only read."
            ),
            t.text("Open a text…"),
        )
        self.nothing.pressed.connect(self.open_text)
        head = row(GRID)
        head.addWidget(self.summary, 1)
        head.addWidget(self.shown)
        layout = column(2 * GRID)
        layout.addWidget(
            label(
                t.text(
                    "Figures of {period}, as of {day}.",
                    period=t.period(self.period),
                    day=t.date(self.as_of),
                ),
                "grey",
                wrap=True,
            )
        )
        layout.addWidget(self.note)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.nothing, 1)
        self.setLayout(layout)
        self._show()

    def primary(self) -> Primary | None:
        return Primary(self.t.text("Open a text…"), self.open_text, "Ctrl+O")

    def start(self) -> None:
        (self.table if self.findings else self.nothing).setFocus()

    def open_text(self) -> None:
        """Ask for a file and check it."""
        dialog = QFileDialog(self, self.t.text("Open a text"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.t.text("Texts (*.docx *.txt)"))
        dialog.setDirectory(str(remembered_folder(self.desk, "texts")))
        dialog.fileSelected.connect(lambda name: self.check(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def check(self, path: Path) -> None:
        """Compare a text with the figures."""

        def read(job: Job) -> list[Finding]:
            return check_text_file(
                job.session, job.actor, path=path, period=self.period, as_of=self.as_of
            )

        remember_folder(self.desk, "texts", path.parent)
        self.note.show_text("")
        self.desk.runner.read(self, read, lambda found: self._checked(path, found), self._failed)

    def _checked(self, path: Path, findings: list[Finding]) -> None:
        self.findings = findings
        if not findings:
            self.note.show_text(
                self.t.text(
                    "No number beside the word of an indicator was found in {file}. Is it the "
                    "text of the report?",
                    file=path.name,
                ),
                "warning",
            )
        self._show()
        self.table.choose(0)
        self.start()

    def _failed(self, error: Exception) -> None:
        self.desk.navigator.show_error(error)

    def _show(self) -> None:
        counted = Counter(one.verdict for one in self.findings)
        self.summary.setText(
            self.t.text(
                "{differing} differ, {doubtful} to look at, {agreeing} agree",
                differing=counted[DIFFERS],
                doubtful=counted[DOUBTFUL],
                agreeing=counted[AGREES],
            )
            if self.findings
            else ""
        )
        everything = self.shown.value == ALL_NUMBERS
        self.model.set_rows([one for one in self.findings if everything or one.verdict != AGREES])
        for widget in (self.summary, self.shown, self.table):
            widget.setVisible(bool(self.findings))
        self.nothing.setVisible(not self.findings)

    def open_records(self) -> None:
        """Open the records behind the figure of the chosen number."""
        position = self.table.chosen
        if position is None or self.model.rows[position].figure is None:
            return
        one = self.model.rows[position]
        about: dict[str, Any] = {"indicator": one.indicator, "region": one.region}
        if one.breakdown:
            about |= {"breakdown": one.breakdown, "key": one.key}
        self.desk.navigator.open(
            FigureRecordsPage,
            first=self.period.from_.isoformat(),
            last=self.period.to.isoformat(),
            as_of=self.as_of.isoformat(),
            **about,
        )
