"""The national report: which period, what it will say, saving it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pravo_desktop.domain.figures import ALL
from pravo_desktop.domain.indicators import BY_KEY
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.i18n import N_
from pravo_desktop.messages import message
from pravo_desktop.usecases.actor import COORDINATOR
from pravo_desktop.usecases.figures import Figures, national_figures
from pravo_desktop.usecases.project import ProjectCard, project_cards
from pravo_desktop.usecases.publishing import PreparedReport, prepare_report, publish_report
from pravo_desktop.usecases.reports import FORMATS, make_report
from ui.as_of import AsOfField
from ui.ask import ask
from ui.models.places import region_name
from ui.models.report import COL_PLAN, COL_SHARE, COL_STATE, COL_VALUE, report_model, short_period
from ui.page import Desk, Page, Primary
from ui.pages.explain import ExplainPage, explain_button
from ui.pages.figure_records import FigureRecordsPage
from ui.pages.report_published import PublishedPage
from ui.pages.report_saving import DocumentSaver
from ui.pages.report_texts import ReportTextsPage
from ui.pages.text_check import TextCheckPage
from ui.runner import Job, Task
from ui.tables import Beside, ListView
from ui.theme import GRID, ROW_HEIGHT
from ui.turning import Turning
from ui.widgets.buttons import button
from ui.widgets.choices import Choice
from ui.widgets.fields import DateEdit, Field
from ui.widgets.labels import EmptyState, label
from ui.widgets.layouts import FormColumn, column

YEAR, QUARTER, STAGE, DAYS = "year", "quarter", "stage", "days"
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
    reloads_on = frozenset({"merged_rows", "journal_entries", "projects", "stages"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.figures: Figures | None = None
        self._query: Task | None = None
        self.saver = DocumentSaver(desk)
        self.saver.changed.connect(self.retitled)
        self.note, self.show_button = self.saver.note, self.saver.show_button
        self.cancel_button = self.saver.cancel_button
        self._make_choices()
        self._make_form()
        self._make_list()
        layout = column(0)
        layout.addWidget(Beside(desk.theme, self.form, _WIDTH, self._right()))
        self.setLayout(layout)
        for choice in (self.kind, self.year, self.quarter, self.stage):
            choice.currentIndexChanged.connect(self._choose_period)
        for edit in (self.first, self.last, self.as_of):
            edit.editingFinished.connect(self._choose_period)
        self._settle()

    def _make_choices(self) -> None:
        t, clock = self.t, self.desk.clock
        present = Month.of(clock.today())
        done = present.previous
        self.kind = Choice(
            (
                (YEAR, t.text("A year")),
                (QUARTER, t.text("A quarter")),
                (STAGE, t.text("A stage of the project")),
                (DAYS, t.text("From – to")),
            )
        )
        years = [str(year) for year in range(present.year, FIRST_YEAR - 1, -1)]
        self.year = Choice(((year, year) for year in years), str(done.year))
        self.quarter = Choice(
            ((str(n), t.text("Quarter {number}", number=n)) for n in range(1, 5)),
            str((done.number + 2) // 3),
        )
        self.stage = Choice([])
        self._stages: dict[str, Period] = {}
        self.first = DateEdit(t, clock, date(done.year, 1, 1))
        self.last = DateEdit(t, clock, done.last_day)
        self._as_of = AsOfField(self.desk)
        self.as_of = self._as_of.edit
        self.language = Choice(LANGUAGE_NAMES, t.language)
        names = {
            "pdf": t.text("PDF, to print and send"),
            "xlsx": t.text("Excel, to count on"),
            "docx": t.text("Word, to edit"),
            "json": t.text("JSON, for other programs"),
        }
        self.format = Choice((one, names[one]) for one in FORMATS)

    def _make_form(self) -> None:
        t, theme = self.t, self.desk.theme
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("&Period"), "kind", self.kind),
                Field(theme, t.text("&Year"), "year", self.year),
                Field(theme, t.text("&Quarter"), "quarter", self.quarter),
                Field(theme, t.text("Sta&ge"), "stage", self.stage),
                Field(theme, t.text("F&rom"), "first", self.first),
                Field(theme, t.text("T&o"), "last", self.last),
                self._as_of,
                Field(theme, t.text("&Language of the report"), "language", self.language),
                Field(theme, t.text("&File format"), "format", self.format),
            )
        }
        self.form = FormColumn(theme, _WIDTH, turning=True)
        for field in self.fields.values():
            self.form.fields.addWidget(field)
        self.texts_button = button(t.text("Te&xts of the report"), name="report_texts")
        self.check_button = button(t.text("Chec&k a text…"), name="check_text")
        self.publish_button = button(t.text("P&ublish the report…"), name="publish_report")
        self.published_button = button(t.text("Publishe&d reports"), name="published_reports")
        deeds, line = QWidget(), Turning(GRID)
        for one, run in (
            (self.texts_button, self.write_texts),
            (self.check_button, self.check_text),
            (self.publish_button, self.publish),
            (self.published_button, self.show_published),
        ):
            one.clicked.connect(run)
            line.addWidget(one)
        line.addStretch(1)
        deeds.setLayout(line)
        self.form.fields.addWidget(deeds)
        self.form.give_line(deeds)
        self.form.fields.addStretch(1)

    def _make_list(self) -> None:
        t, theme = self.t, self.desk.theme
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
        self.table.setMinimumHeight(theme.px(6 * ROW_HEIGHT))
        self.table.activated.connect(lambda _: self.open_records())
        self.nothing = EmptyState(
            theme,
            "chart",
            t.text("The figures stand here once packages of this period were accepted."),
            t.text("To the inbox"),
        )
        self.nothing.pressed.connect(lambda: self.desk.navigator.go("inbox"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.nothing)

    def _right(self) -> QVBoxLayout:
        head = Turning(GRID)
        head.addWidget(self.heading, 1)
        self.explain_button = explain_button(self, self.explain)
        head.addWidget(self.explain_button)
        head.addWidget(self.region)
        right = column(GRID)
        right.addWidget(self.saver)
        right.addLayout(head)
        right.addWidget(self._stack, 1)
        return right

    def primary(self) -> Primary | None:
        if self.saver.busy:
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
        self.fields["year"].setVisible(kind in (YEAR, QUARTER))
        self.fields["stage"].setVisible(kind == STAGE)
        self.fields["quarter"].setVisible(kind == QUARTER)
        for name in ("first", "last"):
            self.fields[name].setVisible(kind == DAYS)

    def _choose_period(self) -> None:
        self._settle()
        self._count()

    def chosen(self) -> tuple[Period, date] | None:
        """The period and the day as of which; None after saying under a field what is wrong."""
        for field in self.fields.values():
            field.clear_finding()
        as_of, period = self._as_of.day(), self._period()
        return None if as_of is None or period is None else (period, as_of)

    def _period(self) -> Period | None:
        """The period; None after saying under a field what is wrong."""
        if self.kind.value == DAYS:
            return self._days()
        if self.kind.value == STAGE:
            if self.stage.value not in self._stages:
                text = self.t.text("The project card has no stages yet. Add them there.")
                self.fields["stage"].show_finding(text)
                return None
            return self._stages[self.stage.value]
        year = int(self.year.value)
        if self.kind.value == QUARTER:
            return Period.of_quarter(year, int(self.quarter.value))
        return Period.of_year(year)

    def _days(self) -> Period | None:
        first, last = self.first.day(), self.last.day()
        for name, edit in (("first", self.first), ("last", self.last)):
            if edit.mistyped:
                text = self.t.text("This is not a date. Write it as 05.12.2024.")
                self.fields[name].show_finding(text)
            elif edit.day() is None:
                self.fields[name].show_finding(message(self.t, "field_required"))
        if first is None or last is None:
            return None
        if last < first:
            self.fields["last"].show_finding(message(self.t, "dates_out_of_order"))
            return None
        return Period(first, last)

    def reload(self) -> None:
        self.desk.runner.read(
            self, lambda job: project_cards(job.session, job.actor), self._show_stages
        )
        self._count()

    def _show_stages(self, cards: list[ProjectCard]) -> None:
        stages = [stage for card in cards for stage in card.stages]
        periods = {stage.id: Period(stage.starts_on, stage.ends_on) for stage in stages}
        if periods == self._stages:
            return
        self._stages = periods
        self.stage.blockSignals(True)
        self.stage.fill(
            (
                stage.id,
                self.t.text(
                    "{number}: {first} – {last}",
                    number=stage.ordinal,
                    first=self.t.date(stage.starts_on),
                    last=self.t.date(stage.ends_on),
                ),
            )
            for stage in stages
        )
        self.stage.blockSignals(False)
        if self.kind.value == STAGE:
            self._count()

    def _count(self) -> None:
        chosen = self.chosen()
        if chosen is None:
            return
        if self._query is not None:
            self._query.cancel()
        period, as_of = chosen
        self._query = self.desk.runner.read(
            self, lambda job: national_figures(job.session, job.actor, period, as_of), self._show
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
        self.region.blockSignals(True)
        self.region.fill((key, region_name(self.t, key)) for key in keys)
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
        self.explain_button.setVisible(come)

    # Saving and publishing

    def save(self) -> None:
        """Ask for a file, then make the report and write it."""
        chosen = self.chosen()
        if chosen is None:
            return
        period, as_of = chosen
        language, kind = self.language.value, self.format.value
        self.saver.save(
            f"pravo-{short_period(period)}-{language}.{kind}",
            lambda job: make_report(
                job.session,
                job.actor,
                period=period,
                as_of=as_of,
                language=language,
                format=kind,
            ),
        )

    def open_records(self) -> None:
        """Show the records behind the figure of the chosen line."""
        self._open(FigureRecordsPage)

    def explain(self) -> None:
        """Explain the figure of the chosen line on one page."""
        self._open(ExplainPage)

    def _open(self, page: type[Page]) -> None:
        position = self.table.chosen
        if position is None or self.figures is None:
            return
        figure = self.model.rows[position]
        if figure.value is not None:
            self.desk.navigator.open(
                page,
                first=self.figures.period.from_.isoformat(),
                last=self.figures.period.to.isoformat(),
                as_of=self.figures.as_of.isoformat(),
                indicator=figure.indicator,
                region=figure.region,
            )

    def publish(self) -> None:
        """Ask once, then make all files and freeze them."""
        chosen = self.chosen()
        if chosen is None or self.saver.busy:
            return
        period, as_of = chosen
        ask(
            self,
            self.t,
            question=self.t.text("Publish the report?"),
            explained=self.t.text(
                "{period}, as of {day}: the figures, texts and files are kept as they are. What "
                "comes later goes into the errata and the supplement.",
                period=self.t.period(period),
                day=self.t.date(as_of),
            ),
            verb=self.t.text("Publish"),
            run=lambda: self._prepare(period, as_of),
        )

    def _prepare(self, period: Period, as_of: date) -> None:
        def prepare(job: Job) -> PreparedReport:
            return prepare_report(job.session, job.actor, period=period, as_of=as_of)

        self.saver.begin(
            self.desk.runner.read(self, prepare, self._publish_prepared, self.saver.fail)
        )

    def _publish_prepared(self, prepared: PreparedReport) -> None:
        self.desk.runner.write(
            self,
            lambda job: publish_report(job.session, job.actor, prepared=prepared),
            self._published,
            self.saver.fail,
        )

    def _published(self, number: int) -> None:
        self.saver.end()
        self.show_published()
        self.desk.navigator.say(
            self.t.text("The report is published under number {number}.", number=number)
        )

    def show_published(self) -> None:
        """Open the list of published reports."""
        self.desk.navigator.open(PublishedPage)

    def write_texts(self) -> None:
        """Open the texts of the chosen period."""
        chosen = self.chosen()
        if chosen is not None:
            period, as_of = chosen
            self.desk.navigator.open(
                ReportTextsPage,
                first=period.from_.isoformat(),
                last=period.to.isoformat(),
                as_of=as_of.isoformat(),
                language=self.language.value,
            )

    def check_text(self) -> None:
        """Compare a finished text with the figures of the chosen period."""
        chosen = self.chosen()
        if chosen is not None:
            period, as_of = chosen
            self.desk.navigator.open(
                TextCheckPage,
                first=period.from_.isoformat(),
                last=period.to.isoformat(),
                as_of=as_of.isoformat(),
            )
