"""The national report: which period, what it will say, saving it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QProgressBar, QStackedWidget, QWidget

from pravo_desktop.domain.figures import ALL
from pravo_desktop.domain.indicators import BY_KEY
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import N_
from pravo_desktop.messages import message, translate_error
from pravo_desktop.resources import Labelled, classifiers
from pravo_desktop.usecases.actor import COORDINATOR
from pravo_desktop.usecases.figures import Figures, project_figures
from pravo_desktop.usecases.packages import write_file
from pravo_desktop.usecases.reports import FORMATS, make_report
from ui.folders import remember_folder, remembered_folder, show_folder
from ui.models.report import COL_PLAN, COL_SHARE, COL_STATE, COL_VALUE, report_model
from ui.page import Desk, Page, Primary
from ui.runner import Job, Task
from ui.tables import Beside, ListView
from ui.theme import GRID
from ui.widgets import (
    Choice,
    DateEdit,
    EmptyState,
    Field,
    FormColumn,
    Note,
    button,
    column,
    label,
    row,
)

YEAR, QUARTER, DAYS = "year", "quarter", "days"
LANGUAGE_NAMES = (("kk", "Қазақша"), ("ru", "Русский"))
FIRST_YEAR = 2022
"""The earliest year that can be chosen: the project's centres work since then."""
_WIDTH = 288


class ReportPage(Page):
    """Choose a period, look at the figures, save the report."""

    key = "report"
    name = N_("Report")
    icon = "chart"
    shortcut = "Ctrl+3"
    roles = COORDINATOR
    reloads_on = frozenset({"merged_rows", "journal_entries"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t, theme = self.t, desk.theme
        self.figures: Figures | None = None
        self._query: Task | None = None
        self._saving: Task | None = None
        self._file = Path()

        today = desk.clock.today()
        present = Month.of(today)
        done = present.previous
        self.kind = Choice(
            ((YEAR, t.text("A year")), (QUARTER, t.text("A quarter")), (DAYS, t.text("From – to")))
        )
        years = [str(year) for year in range(present.year, FIRST_YEAR - 1, -1)]
        self.year = Choice(((year, year) for year in years), str(done.year))
        self.quarter = Choice(
            ((str(n), t.text("Quarter {number}", number=n)) for n in range(1, 5)),
            str((done.number + 2) // 3),
        )
        self.first = DateEdit(t, desk.clock, date(done.year, 1, 1))
        self.last = DateEdit(t, desk.clock, done.last_day)
        self.as_of = DateEdit(t, desk.clock, today)
        self.language = Choice(LANGUAGE_NAMES, t.language)
        names = {
            "pdf": t.text("PDF, to print and send"),
            "xlsx": t.text("Excel, to count on"),
            "json": t.text("JSON, for other programs"),
        }
        self.format = Choice((one, names[one]) for one in FORMATS)
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("&Period"), "kind", self.kind),
                Field(theme, t.text("&Year"), "year", self.year),
                Field(theme, t.text("&Quarter"), "quarter", self.quarter),
                Field(theme, t.text("F&rom"), "first", self.first),
                Field(theme, t.text("T&o"), "last", self.last),
                Field(
                    theme,
                    t.text("&As of"),
                    "as_of",
                    self.as_of,
                    t.text("Packages received by the end of this day are counted."),
                ),
                Field(theme, t.text("&Language of the report"), "language", self.language),
                Field(theme, t.text("&File format"), "format", self.format),
            )
        }
        self.form = FormColumn(theme, _WIDTH)
        for field in self.fields.values():
            self.form.fields.addWidget(field)
        self.form.fields.addStretch(1)

        self.region = Choice([])
        self.region.setObjectName("region")
        self.region.setAccessibleName(t.text("Region"))
        self.region.currentIndexChanged.connect(self._show_region)
        self.region.setFixedWidth(theme.px(240))
        self.region.hide()
        self.heading = label("", "section", wrap=True)
        self.model = report_model(t, theme)
        self.table = ListView(
            theme,
            self.model,
            name="figures",
            spoken=t.text("Main figures"),
            widths={COL_VALUE: 88, COL_PLAN: 80, COL_SHARE: 96, COL_STATE: 144},
            personal=(),
        )
        self.nothing = EmptyState(
            theme,
            "chart",
            t.text("The figures stand here once packages of this period were accepted."),
            t.text("To the inbox"),
        )
        self.nothing.pressed.connect(lambda: desk.navigator.go("inbox"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.nothing)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(t.text("Making the report"))
        self.cancel_button = button(t.text("Cancel"), name="cancel_report")
        self.cancel_button.clicked.connect(self.cancel)
        self._working = QWidget()
        working = row(GRID)
        working.addWidget(label(t.text("Making the report…"), "quiet"))
        working.addWidget(self.bar, 1)
        working.addWidget(self.cancel_button)
        self._working.setLayout(working)
        self._working.hide()
        self.note = Note(theme, "success")
        self.show_button = button(t.text("Open the folder"), "link", name="open_folder")
        self.show_button.clicked.connect(lambda: show_folder(self._file.parent))
        self.show_button.hide()
        result = row(GRID)
        result.addWidget(self.note, 1)
        result.addWidget(self.show_button)
        head = row(GRID)
        head.addWidget(self.heading, 1)
        head.addWidget(self.region)
        right = column(GRID)
        right.addWidget(self._working)
        right.addLayout(result)
        right.addLayout(head)
        right.addWidget(self._stack, 1)
        layout = column(0)
        layout.addWidget(Beside(theme, self.form, _WIDTH, right))
        self.setLayout(layout)
        for choice in (self.kind, self.year, self.quarter):
            choice.currentIndexChanged.connect(self._choose_period)
        for edit in (self.first, self.last, self.as_of):
            edit.editingFinished.connect(self._choose_period)
        self._settle()

    def primary(self) -> Primary | None:
        if self._saving is not None:
            return None
        return Primary(self.t.text("Save the report as…"), self.save, "Ctrl+S")

    def start(self) -> None:
        self.kind.setFocus()

    def typed(self) -> Mapping[str, Any]:
        values = {**super().typed()}
        if self.language.value == self.t.language:
            values = {path: value for path, value in values.items() if path != "language"}
        return values

    def retype(self, values: Mapping[str, Any]) -> None:
        super().retype(values)
        self._settle()

    def _settle(self) -> None:
        kind = self.kind.value
        self.fields["year"].setVisible(kind != DAYS)
        self.fields["quarter"].setVisible(kind == QUARTER)
        for name in ("first", "last"):
            self.fields[name].setVisible(kind == DAYS)

    def _choose_period(self) -> None:
        self._settle()
        self.reload()

    def chosen(self) -> tuple[Period, date] | None:
        """The period and the day as of which; None after saying under a field what is wrong."""
        for field in self.fields.values():
            field.clear_finding()
        edits = {"as_of": self.as_of}
        if self.kind.value == DAYS:
            edits |= {"first": self.first, "last": self.last}
        days: dict[str, date] = {}
        for name, edit in edits.items():
            day = edit.day() if edit.text().strip() or name != "as_of" else self.desk.clock.today()
            if day is None:
                wrong = edit.mistyped
                text = self.t.text("This is not a date. Write it as 05.12.2024.")
                self.fields[name].show_finding(text if wrong else message(self.t, "field_required"))
            elif name == "as_of" and day > self.desk.clock.today():
                self.fields[name].show_finding(message(self.t, "date_in_future"))
            else:
                days[name] = day
        if len(days) < len(edits):
            return None
        if self.kind.value == DAYS and days["last"] < days["first"]:
            self.fields["last"].show_finding(message(self.t, "dates_out_of_order"))
            return None
        year = int(self.year.value)
        if self.kind.value == YEAR:
            return Period.of_year(year), days["as_of"]
        if self.kind.value == QUARTER:
            return Period.of_quarter(year, int(self.quarter.value)), days["as_of"]
        return Period(days["first"], days["last"]), days["as_of"]

    def reload(self) -> None:
        chosen = self.chosen()
        if chosen is None:
            return
        if self._query is not None:
            self._query.cancel()
        period, as_of = chosen
        self._query = self.desk.runner.read(
            self, lambda job: project_figures(job.session, period, as_of), self._show
        )

    def _show(self, figures: Figures) -> None:
        self.figures = figures
        self.heading.setText(
            self.t.text(
                "{period}, as of {day}",
                period=self.t.period(figures.period),
                day=self.t.date(figures.as_of),
            )
        )
        found = dict.fromkeys(row.region for row in figures.rows)
        keys = [ALL, *(region for region in found if region != ALL)]
        lists = classifiers()
        known: dict[str, Labelled] = {**lists.regions, **lists.pseudo_regions}
        self.region.blockSignals(True)
        self.region.fill((key, self.t.label(known[key]) if key in known else key) for key in keys)
        self.region.blockSignals(False)
        self._show_region()

    def _show_region(self) -> None:
        if self.figures is None:
            return
        region = self.region.value
        totals = [
            one for one in self.figures.rows if one.breakdown is None and one.region == region
        ]
        self.model.set_rows(totals)
        self.table.choose(0)
        # The register of centres counts before anything has come.
        come = any(
            one.value is not None and not BY_KEY[one.indicator].from_register
            for one in self.figures.rows
        )
        self._stack.setCurrentWidget(self.table if come else self.nothing)
        self.region.setVisible(come)

    # Saving

    def save(self) -> None:
        """Ask for a file, then make the report and write it."""
        chosen = self.chosen()
        if chosen is None or self._saving is not None:
            return
        period, as_of = chosen
        language, kind = self.language.value, self.format.value
        dialog = QFileDialog(self, self.t.text("Save the report as"))
        dialog.setObjectName("save_report")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(f"{kind.upper()} (*.{kind})")
        dialog.setDefaultSuffix(kind)
        dialog.setDirectory(str(remembered_folder(self.desk, "reports")))
        dialog.selectFile(f"pravo-{_short(period)}-{language}.{kind}")
        dialog.fileSelected.connect(
            lambda name: self._make(Path(name), period, as_of, language, kind)
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _make(self, path: Path, period: Period, as_of: date, language: str, kind: str) -> None:
        remember_folder(self.desk, "reports", path.parent)
        self._file = path
        self.note.show_text("")
        self.show_button.hide()
        self._working.show()

        def work(job: Job) -> bytes:
            return make_report(
                job.session,
                job.actor,
                period=period,
                as_of=as_of,
                language=language,
                format=kind,
            )

        self._saving = self.desk.runner.read(self, work, self._made, self._failed)
        self.cancel_button.setFocus()
        self.retitled.emit()

    def cancel(self) -> None:
        """Give up; no file is written."""
        if self._saving is not None:
            self._saving.cancel()
        self._end()

    def _made(self, content: bytes) -> None:
        """Write the finished document; a report given up on never gets here."""
        path = self._file

        def write(progress: object) -> Path:
            write_file(path, content)
            return path

        self._saving = self.desk.runner.document(self, write, self._written, self._failed)

    def _written(self, path: Path) -> None:
        self._end()
        self.note.show_text(self.t.text("Report saved: {file}", file=str(path)), "success")
        self.show_button.show()
        self.show_button.setFocus()

    def _failed(self, error: Exception) -> None:
        self._end()
        if isinstance(error, KnownError):
            self.note.show_text(translate_error(self.t, error), "error")
        else:
            self.desk.navigator.show_error(error)

    def _end(self) -> None:
        self._saving = None
        self._working.hide()
        self.retitled.emit()


def _short(period: Period) -> str:
    """A period for the name of a file: ``2024``, ``2024-q3`` or two dates."""
    if period == Period.of_year(period.from_.year):
        return str(period.from_.year)
    quarter = (period.from_.month + 2) // 3
    if period == Period.of_quarter(period.from_.year, quarter):
        return f"{period.from_.year}-q{quarter}"
    return f"{period.from_.isoformat()}-{period.to.isoformat()}"
