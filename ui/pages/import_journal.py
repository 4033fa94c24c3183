"""Import of a journal kept before the program: columns, preview, trial, import, undo."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QFileDialog,
    QWidget,
)

from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import N_
from pravo_desktop.messages import message
from pravo_desktop.usecases.actor import LEAD
from pravo_desktop.usecases.queries import StaffLine, staff_lines
from ui.ask import ask
from ui.folders import remember_folder, remembered_folder
from ui.models.journal_rows import (
    COL_AT,
    COL_BY,
    COL_CASES,
    COL_CONSULTATIONS,
    COL_FILE,
    COL_FINDINGS,
    COL_ROW,
    COL_STATE,
    COL_UNDONE,
    FIELD_NAMES,
    finding_text,
    imports_model,
    rows_model,
)
from ui.page import Desk, Page, Primary
from ui.pages.journal_form import JournalForm
from ui.runner import Job, Task
from ui.tables import Beside, ListView
from ui.theme import GRID, ROW_HEIGHT
from ui.turning import Turning
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, Note, label
from ui.widgets.layouts import column
from ui.working import Working

if TYPE_CHECKING:
    from pravo_desktop.usecases.import_journal import ImportReport
    from pravo_desktop.usecases.import_plan import JournalLayout
    from pravo_desktop.usecases.journal_imports import JournalImport

_WIDTH = 496
_STEPS = 100
"""How often progress is told while all rows go by."""


class ImportJournalPage(Page):
    """First the imports of the past and the choice of a file; then its columns and rows."""

    key = "import_journal"
    name = N_("Import a journal")
    icon = "inbox"
    shortcut = "Ctrl+I"
    railed = False
    roles = LEAD
    reloads_on = frozenset({"journal_imports", "staff_members", "staff_names"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.journal: JournalLayout | None = None
        self.report: ImportReport | None = None
        self._path: Path | None = None
        self._waiting: Mapping[str, Any] = {}
        self._preview: Task | None = None
        self.working = Working(desk.t.text("How far it is"), desk.t.text("Cancel"), "cancel_import")
        self._task: Task | None = None
        self.working.cancel_button.clicked.connect(self.cancel)
        self.note = Note(desk.theme)
        # Not in a stack: that would be as high as the highest of them.
        self._views = (self._first_view(), self._past_view(), self._journal_view())
        layout = column(GRID)
        layout.addWidget(self.working)
        layout.addWidget(self.note)
        for view in self._views:
            layout.addWidget(view, 1)
            view.hide()
        self.setLayout(layout)

    # What there is to see

    def _first_view(self) -> QWidget:
        t = self.t
        self.nothing = EmptyState(
            self.desk.theme,
            "inbox",
            t.text(
                "A journal kept in Excel or CSV becomes cases and consultations. First you see "
                "what becomes of each row; nothing is written before you say so."
            ),
            t.text("Choose the file…"),
        )
        self.nothing.pressed.connect(self.choose_file)
        return self.nothing

    def _past_view(self) -> QWidget:
        t, theme = self.t, self.desk.theme
        self.imports = imports_model(t, QColor(theme.colours.quiet))
        self.past = ListView(
            theme,
            self.imports,
            name="imports",
            spoken=t.text("Imports"),
            widths={
                COL_AT: 168,
                COL_BY: 120,
                COL_CASES: 96,
                COL_CONSULTATIONS: 144,
                COL_UNDONE: 160,
            },
            stretched=COL_FILE,
        )
        self.undo_button = button(t.text("&Undo this import…"), name="undo_import")
        self.undo_button.clicked.connect(self.ask_undo)
        view = QWidget()
        layout = column(GRID)
        layout.addWidget(label(t.text("Imports"), "section"))
        layout.addWidget(self.past, 1)
        layout.addWidget(self.undo_button)
        view.setLayout(layout)
        return view

    def _journal_view(self) -> QWidget:
        t, theme = self.t, self.desk.theme
        self.file = label("", "section", wrap=True)
        self.sheets = label("", "quiet", wrap=True)
        self.form = JournalForm(self.desk, _WIDTH)
        self.form.changed.connect(self.preview)
        self.model = rows_model(t, theme)
        self.rows = ListView(
            theme,
            self.model,
            name="rows",
            spoken=t.text("Rows of the journal"),
            widths={COL_ROW: 120, COL_STATE: 168},
            stretched=COL_FINDINGS,
        )
        self.rows.setMinimumHeight(theme.px(6 * ROW_HEIGHT))
        self.rows.selectionModel().currentRowChanged.connect(lambda *_: self._show_findings())
        self.counts = label("", wrap=True)
        self.counts.setObjectName("counts")
        self.findings = label("", "quiet", wrap=True)
        self.findings.setObjectName("findings")
        self.next_button = button(t.text("Ne&xt row to complete"), name="next_error")
        self.next_button.clicked.connect(self.next_error)
        self.try_button = button(t.text("&Try it out"), name="dry_run")
        self.try_button.clicked.connect(self.try_out)
        self.other_button = button(t.text("Another &file…"), name="other_file")
        self.other_button.clicked.connect(self.choose_file)
        deeds = Turning(GRID)
        for one in (self.next_button, self.try_button, self.other_button):
            deeds.addWidget(one)
        deeds.addStretch(1)
        right = column(GRID)
        right.addWidget(self.counts)
        right.addLayout(deeds)
        right.addWidget(self.rows, 1)
        right.addWidget(self.findings)
        view = QWidget()
        layout = column(GRID)
        layout.addWidget(self.file)
        layout.addWidget(self.sheets)
        layout.addWidget(Beside(theme, self.form, _WIDTH, right), 1)
        view.setLayout(layout)
        return view

    @property
    def busy(self) -> bool:
        """Whether an import, a trial or an undo is under way."""
        return self._task is not None

    def primary(self) -> Primary | None:
        if self.busy:
            return None
        if self.journal is None:
            return Primary(self.t.text("Choose the file…"), self.choose_file, "Ctrl+O")
        if self.report is None:
            return None
        return Primary(self.t.text("Import"), self.ask_import, "Ctrl+Return")

    def start(self) -> None:
        if self.journal is not None:
            self.form.start()
        elif self.imports.rows:
            self.past.setFocus()
        else:
            self.nothing.button.setFocus()

    def typed(self) -> Mapping[str, Any]:
        if self.journal is None:
            return {}
        return {"path": str(self._path), **self.form.typed()}

    def retype(self, values: Mapping[str, Any]) -> None:
        self._waiting = values
        if values.get("path"):
            self.open_file(Path(values["path"]))

    def reload(self) -> None:
        from pravo_desktop.usecases.journal_imports import journal_imports

        self.desk.runner.read(
            self,
            lambda job: (
                journal_imports(job.session, job.actor),
                staff_lines(job.session, job.actor),
            ),
            lambda found: self._show(*found),
        )

    def _show(self, imports: list[JournalImport], staff: list[StaffLine]) -> None:
        empty = not self.imports.rows
        self.imports.set_rows(imports)
        self.past.choose(0)
        self.form.fill_staff(staff)
        self._settle()
        if empty and self.journal is None and self.isVisible():
            self.start()

    def _settle(self) -> None:
        front = 2 if self.journal is not None else 1 if self.imports.rows else 0
        for position, view in enumerate(self._views):
            view.setVisible(position == front)
        self.retitled.emit()

    # The file and its columns

    def choose_file(self) -> None:
        """Ask for the journal."""
        if self.busy:
            return
        dialog = QFileDialog(self, self.t.text("The journal"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("*.xlsx *.xls *.ods *.csv *.txt")
        dialog.setDirectory(str(remembered_folder(self.desk, "journals")))
        dialog.fileSelected.connect(lambda name: self.open_file(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open_file(self, path: Path) -> None:
        """Read the journal's file and show how its columns are understood."""
        from pravo_desktop.usecases.import_plan import open_journal

        remember_folder(self.desk, "journals", path.parent)
        self.note.show_text("")
        self.desk.navigator.hush()
        self.desk.runner.read(
            self,
            lambda job: (
                open_journal(job.session, job.actor, path=path),
                staff_lines(job.session, job.actor),
            ),
            lambda found: self._opened(path, *found),
            self._failed,
        )

    def _opened(self, path: Path, journal: JournalLayout, staff: list[StaffLine]) -> None:
        t = self.t
        self._path, self.journal, self.report = path, journal, None
        kept, self._waiting = self._waiting, {}
        self.file.setText(journal.journal.name)
        names = ", ".join(filter(None, journal.sheets))
        told = [t.text("Sheets: {names}.", names=names)] if names else []
        if journal.left_out:
            told.append(
                t.text("With other columns, not read: {names}.", names=", ".join(journal.left_out))
            )
        if journal.remembered:
            told.append(t.text("The columns are as you set them last time."))
        self.sheets.setText(" ".join(told))
        self.form.open(journal, staff, kept)
        self._settle()
        self.start()
        self.preview()

    # Rows

    def preview(self) -> None:
        """Show what would become of each row."""
        from pravo_desktop.usecases.import_journal import preview_journal

        journal, plan = self.journal, self.form.plan
        if journal is None or self.busy:
            return
        if self._preview is not None:
            self._preview.cancel()
        self.counts.setText(self.t.text("Reading the rows…"))
        self._preview = self.desk.runner.read(
            self,
            lambda job: preview_journal(job.session, job.actor, layout=journal, plan=plan),
            self._show_report,
            self._preview_failed,
        )

    def _preview_failed(self, error: Exception) -> None:
        self.report = None
        self.counts.setText("")
        self.model.set_rows([])
        self._failed(error)

    def _show_report(self, report: ImportReport) -> None:
        self.note.show_text("")
        self.report = report
        self.counts.setText(self._counted(report))
        kept = self.rows.chosen or 0
        self.model.set_rows(report.rows)
        self.rows.choose(min(kept, len(report.rows) - 1))
        self.next_button.setEnabled(bool(report.in_state("error")))
        self.form.add_specialists(report.unknown_specialists)
        self.retitled.emit()

    def _counted(self, report: ImportReport) -> str:
        t = self.t
        told = [
            t.plural("{n} case", "{n} cases", report.cases),
            t.plural("{n} consultation", "{n} consultations", report.consultations),
        ]
        errors, already = report.in_state("error"), report.in_state("already")
        if errors:
            told.append(t.plural("{n} row to complete", "{n} rows to complete", errors))
        if already:
            told.append(t.plural("{n} row recorded before", "{n} rows recorded before", already))
        if report.nameless:
            told.append(
                t.plural("{n} row without names", "{n} rows without names", report.nameless)
            )
        return " · ".join(told)

    def _show_findings(self) -> None:
        position = self.rows.chosen
        found = self.model.rows[position].findings if position is not None else ()
        self.findings.setText("\n".join(finding_text(self.t, one) for one in found))

    def next_error(self) -> None:
        """Go to the next row that is to complete, from the first again after the last."""
        rows = self.model.rows
        begin = self.rows.chosen
        order = (
            range(len(rows))
            if begin is None
            else [(begin + 1 + step) % len(rows) for step in range(len(rows))]
        )
        found = next((place for place in order if rows[place].state == "error"), None)
        if found is not None:
            self.rows.choose(found)
            self.rows.setFocus()

    # Trial, import, undo

    def try_out(self) -> None:
        """Do everything and take it back: what only the records themselves show is found."""
        self._import(dry_run=True)

    def ask_import(self) -> None:
        """Ask before anything is written."""
        report = self.report
        if report is None or self.busy:
            return
        t = self.t
        ask(
            self,
            t,
            question=t.text("Import this journal?"),
            explained=self._counted(report) + "\n\n" + t.text("The import can be undone."),
            verb=t.text("Import"),
            run=lambda: self._import(dry_run=False),
        )

    def _import(self, *, dry_run: bool) -> None:
        from pravo_desktop.usecases.import_journal import import_journal

        journal, plan = self.journal, self.form.plan
        if journal is None or self.busy:
            return

        def work(job: Job) -> ImportReport:
            return import_journal(
                job.session,
                job.actor,
                layout=journal,
                plan=plan,
                dry_run=dry_run,
                progress=_now_and_then(job.progress),
            )

        self._begin(work, self._tried if dry_run else self._imported)

    def _begin(self, work: Callable[[Job], Any], done: Callable[[Any], object]) -> None:
        t = self.t
        words = {
            "read": t.text("Reading the rows…"),
            "write": t.text("Writing the records…"),
            "undo": t.text("Taking the records back…"),
        }

        def over(result: Any) -> None:
            self._end()
            done(result)

        self.note.show_text("")
        self.desk.navigator.hush()
        self.working.begin(words["read"])
        self.working.cancel_button.setFocus()
        self._lock(True)
        self._task = self.desk.runner.write(
            self,
            work,
            over,
            self._failed,
            lambda step, done, total: self.working.tell(words[step], done, total),
        )
        self.retitled.emit()

    def _end(self) -> None:
        self._task = None
        self.working.hide()
        self._lock(False)

    def _lock(self, locked: bool) -> None:
        for view in self._views:
            view.setEnabled(not locked)

    def cancel(self) -> None:
        """Give up: nothing is written."""
        if self._task is not None:
            self._task.cancel()
        self._end()
        self.retitled.emit()
        self.start()

    def _failed(self, error: Exception) -> None:
        self._end()
        self.retitled.emit()
        if not isinstance(error, KnownError):
            self.desk.navigator.show_error(error)
            return
        params = dict(error.params)
        name = FIELD_NAMES.get(str(params.get("name", "")))
        if name:
            params["name"] = self.t.text(name)
        self.note.show_text(message(self.t, error.code, params), "error")

    def _tried(self, report: ImportReport) -> None:
        self._show_report(report)
        self.note.show_text(
            self.t.text("Tried out, nothing is written: {counts}.", counts=self._counted(report)),
            "success",
        )
        self.rows.setFocus()

    def _imported(self, report: ImportReport) -> None:
        t, navigator = self.t, self.desk.navigator
        told = t.text("The journal is imported: {counts}.", counts=self._counted(report))
        self.journal = self.report = self._path = None
        self.form.forget_specialists()
        self.model.set_rows([])
        self._settle()
        self.start()
        navigator.say(told, t.text("Open the cases"), lambda: navigator.go("cases"))

    def ask_undo(self) -> None:
        """Ask before an import is taken back."""
        position = self.past.chosen
        if position is None or self.busy:
            return
        t, one = self.t, self.imports.rows[position]
        if one.undone_at:
            self._failed(KnownError("journal_import_undone", file=one.file_name))
            return
        ask(
            self,
            t,
            question=t.text("Undo the import of {file}?", file=one.file_name),
            explained=t.text(
                "All cases and consultations that it made are taken back. What was there before "
                "stays."
            ),
            verb=t.text("Undo the import"),
            run=lambda: self._undo(one.id),
        )

    def _undo(self, import_id: str) -> None:
        from pravo_desktop.usecases.journal_imports import undo_journal_import

        self._begin(
            lambda job: undo_journal_import(
                job.session,
                job.actor,
                import_id=import_id,
                progress=_now_and_then(job.progress),
            ),
            lambda _: self.desk.navigator.say(self.t.text("The import is undone.")),
        )


def _now_and_then(tell: Callable[[str, int, int], None]) -> Callable[[str, int, int], None]:
    """Progress told a hundred times in all, however many rows there are."""

    def hook(step: str, done: int, total: int) -> None:
        if done == total or done % max(total // _STEPS, 1) == 0:
            tell(step, done, total)

    return hook
