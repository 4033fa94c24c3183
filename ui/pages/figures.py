"""The figures: any indicator by region, by shorter periods or by its breakdowns."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from pravo_desktop.domain.figures import ALL
from pravo_desktop.domain.indicators import BY_KEY, INDICATORS
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.i18n import N_
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.actor import COORDINATOR
from pravo_desktop.usecases.figure_tables import (
    PERIODS,
    REGION,
    ShownBar,
    SplitLine,
    bars_svg,
    split_figures,
    splits_of,
)
from ui.as_of import AsOfField
from ui.models.figures import (
    COL_FACT,
    COL_PART,
    COL_PLAN,
    COL_SHARE,
    COL_STATE,
    SPLITS,
    part_name,
    split_model,
)
from ui.models.places import region_keys, region_name
from ui.page import Desk, Page, Primary
from ui.pages.explain import ExplainPage, explain_button
from ui.pages.figure_records import FigureRecordsPage
from ui.pages.report import FIRST_YEAR, QUARTER, YEAR
from ui.runner import Job, Task
from ui.tables import Beside, ListView
from ui.theme import GRID, ROW_HEIGHT, Theme
from ui.turning import Turning
from ui.widgets.buttons import button
from ui.widgets.choices import Choice
from ui.widgets.fields import Field
from ui.widgets.labels import EmptyState, label
from ui.widgets.layouts import FormColumn, column, row

MONTH = "month"
_WIDTH = 288
_PATIENCE_MS = 300
"""Longer work says that it is under way."""
_CHART = 560
"""Width of a chart in points, as in the report."""


class ChartView(QWidget):
    """A chart as the report draws it, on the ground of the window's fields."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("chart")
        self._ground = QColor(theme.colours.surface)
        self._drawing = QSvgRenderer(self)

    def show_svg(self, svg: str, spoken: str) -> None:
        """Show a drawing; ``spoken`` says to a screen reader what it shows."""
        self._drawing.load(QByteArray(svg.encode()))
        self.setAccessibleName(spoken)
        self._fit()
        self.update()

    def _fit(self) -> None:
        size = self._drawing.defaultSize()
        if size.width() > 0:
            inside = self.width() - 2 * GRID
            self.setFixedHeight(round(inside * size.height() / size.width()) + 2 * GRID)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(400, 240)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._ground)
        self._drawing.render(painter, self.rect().adjusted(GRID, GRID, -GRID, -GRID).toRectF())


class FiguresPage(Page):
    """Choose an indicator and how it is split; a line opens the records behind its number."""

    key = "figures"
    name = N_("Figures")
    icon = "table"
    shortcut = "Ctrl+G"
    roles = COORDINATOR
    reloads_on = frozenset({"merged_rows", "journal_entries"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.lines: list[SplitLine] | None = None
        self._query: Task | None = None
        self._make_choices()
        self._make_form()
        self._make_shown()
        self._make_working()
        layout = column(0)
        layout.addWidget(Beside(desk.theme, self.form, _WIDTH, self._right()))
        self.setLayout(layout)
        self._offer_splits()
        self.indicator.currentIndexChanged.connect(self._choose_indicator)
        for choice in (self.by, self.region, self.kind, self.year, self.quarter, self.month):
            choice.currentIndexChanged.connect(self._choose)
        self.as_of.editingFinished.connect(self._choose)
        self._settle()

    def _make_choices(self) -> None:
        t, desk = self.t, self.desk
        present = Month.of(desk.clock.today())
        done = present.previous
        lists = classifiers()
        self.indicator = Choice((one.key, t.label(lists.indicators[one.key])) for one in INDICATORS)
        self.by = Choice([])
        self.region = Choice(
            (key, region_name(t, key)) for key in (ALL, *region_keys(t), "national")
        )
        self.kind = Choice(
            ((YEAR, t.text("A year")), (QUARTER, t.text("A quarter")), (MONTH, t.text("A month")))
        )
        years = [str(year) for year in range(present.year, FIRST_YEAR - 1, -1)]
        self.year = Choice(((year, year) for year in years), str(done.year))
        self.quarter = Choice(
            ((str(n), t.text("Quarter {number}", number=n)) for n in range(1, 5)),
            str((done.number + 2) // 3),
        )
        self.month = Choice(((str(n), t.month_name(n)) for n in range(1, 13)), str(done.number))
        self._as_of = AsOfField(desk)
        self.as_of = self._as_of.edit

    def _make_form(self) -> None:
        t, theme = self.t, self.desk.theme
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("&Indicator"), "indicator", self.indicator),
                Field(theme, t.text("&Split"), "by", self.by),
                Field(theme, t.text("Re&gion"), "region", self.region),
                Field(theme, t.text("&Period"), "kind", self.kind),
                Field(theme, t.text("&Year"), "year", self.year),
                Field(theme, t.text("&Quarter"), "quarter", self.quarter),
                Field(theme, t.text("&Month"), "month", self.month),
                self._as_of,
            )
        }
        self.form = FormColumn(theme, _WIDTH, turning=True)
        for field in self.fields.values():
            self.form.fields.addWidget(field)
        self.form.fields.addStretch(1)

    def _make_shown(self) -> None:
        """The list and the chart, and what stands in their place before anything has come."""
        t, theme = self.t, self.desk.theme
        self.heading = label("", "section", wrap=True)
        self.told = label("", "quiet", wrap=True)
        self.model = split_model(t, theme)
        self.table = ListView(
            theme,
            self.model,
            name="split_figures",
            spoken=t.text("The indicator split"),
            widths={COL_FACT: 80, COL_PLAN: 72, COL_SHARE: 88, COL_STATE: 256},
            wrapped=(COL_PART, COL_STATE),
            personal=(),
        )
        self.table.setMinimumHeight(theme.px(6 * ROW_HEIGHT))
        self.table.activated.connect(lambda _: self.open_records())
        self.chart = ChartView(theme)
        paper = QScrollArea()
        paper.setObjectName("chart_room")
        paper.setWidgetResizable(True)
        paper.setWidget(self.chart)
        paper.setMinimumHeight(theme.px(4 * ROW_HEIGHT))
        both = QWidget()
        shown = column(GRID)
        shown.addWidget(self.table, 3)
        shown.addWidget(paper, 2)
        both.setLayout(shown)
        self.nothing = EmptyState(
            theme,
            "chart",
            t.text("The figures stand here once packages of this period were accepted."),
            t.text("To the inbox"),
        )
        self.nothing.pressed.connect(lambda: self.desk.navigator.go("inbox"))
        self._stack = QStackedWidget()
        self._stack.addWidget(both)
        self._stack.addWidget(self.nothing)

    def _make_working(self) -> None:
        t = self.t
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self.cancel_button = button(t.text("Cancel"), name="cancel_counting")
        self.cancel_button.clicked.connect(self.cancel)
        self._working = QWidget()
        working = row(GRID)
        working.addWidget(label(t.text("Counting…"), "quiet"), 1)
        working.addWidget(self.cancel_button)
        self._working.setLayout(working)
        self._working.hide()
        self._patience.timeout.connect(self._working.show)

    def _right(self) -> QVBoxLayout:
        self.explain_button = explain_button(self, self.explain)
        head = Turning(GRID)
        head.addWidget(self.heading, 1)
        head.addWidget(self.explain_button)
        right = column(GRID)
        right.addLayout(head)
        right.addWidget(self.told)
        right.addWidget(self._working)
        right.addWidget(self._stack, 1)
        return right

    def primary(self) -> Primary | None:
        if not self.lines:
            return None
        return Primary(self.t.text("Open the records"), self.open_records, "Ctrl+Return")

    def start(self) -> None:
        self.indicator.setFocus()

    # What is asked

    def _offer_splits(self) -> None:
        kept = self.by.value if self.by.count() else REGION
        offered = splits_of(self.indicator.value)
        self.by.blockSignals(True)
        self.by.fill((one, self.t.text(SPLITS[one])) for one in offered)
        self.by.choose(kept if kept in offered else REGION)
        self.by.blockSignals(False)

    def _choose_indicator(self) -> None:
        self._offer_splits()
        self._choose()

    def _choose(self) -> None:
        self._settle()
        self.reload()

    def _settle(self) -> None:
        self.fields["region"].setVisible(self.by.value != REGION)
        self.fields["quarter"].setVisible(self.kind.value == QUARTER)
        self.fields["month"].setVisible(self.kind.value == MONTH)

    @property
    def period(self) -> Period:
        """The chosen period."""
        year = int(self.year.value)
        if self.kind.value == QUARTER:
            return Period.of_quarter(year, int(self.quarter.value))
        if self.kind.value == MONTH:
            return Period.of_month(Month(year, int(self.month.value)))
        return Period.of_year(year)

    # What is shown

    def reload(self) -> None:
        day = self._as_of.day()
        if day is None:
            return
        self.cancel()
        period, indicator, by = self.period, self.indicator.value, self.by.value
        region = ALL if by == REGION else self.region.value
        t = self.t
        percent = classifiers().indicators[indicator].unit == "percent"

        def bars(lines: list[SplitLine]) -> str:
            shown = [
                ShownBar(
                    part_name(t, line),
                    line.row.value,
                    t.label(classifiers().kinds["figure_state"][line.row.state]),
                    line.row.plan,
                    2 if percent else 0,
                )
                for line in lines
                if line.key not in ("", ALL)
            ]
            if not shown:
                return ""
            colours = self.desk.theme.colours
            return bars_svg(
                shown,
                language=t.language,
                width=_CHART,
                text=colours.text,
                quiet=colours.quiet,
                bar=colours.accent,
                ground=colours.surface,
            )

        def asked(job: Job) -> tuple[list[SplitLine], str]:
            lines = split_figures(
                job.session,
                job.actor,
                period=period,
                as_of=day,
                indicator=indicator,
                region=region,
                by=by,
                language=t.language,
                progress=job.progress,
            )
            return lines, bars(lines)

        self._patience.start()
        self._query = self.desk.runner.read(self, asked, lambda found: self._show(*found))

    def cancel(self) -> None:
        """Give up counting; what was shown stays."""
        if self._query is not None:
            self._query.cancel()
        self._query = None
        self._patience.stop()
        self._working.hide()

    def _show(self, lines: list[SplitLine], svg: str) -> None:
        t = self.t
        self._query = None
        self._patience.stop()
        self._working.hide()
        self.lines = lines
        indicator, by = self.indicator.value, self.by.value
        name = t.label(classifiers().indicators[indicator])
        place = "" if by == REGION or self.region.value == ALL else self.region.currentText()
        title = " · ".join(filter(None, (name, place, t.period(self.period))))
        self.heading.setText(title)
        adds_up = not (
            by != REGION
            and BY_KEY[indicator].counted == "distinct"
            and not any(one.name == by and one.partition for one in BY_KEY[indicator].breakdowns)
        )
        self.told.setText(
            t.text("Enter opens the records behind a number.")
            if adds_up
            else t.text(
                "Each is counted once in the whole, so the parts do not add up to it. "
                "Enter opens the records behind a number."
            )
        )
        kept = self.table.chosen or 0
        self.model.set_rows(lines)
        self.chart.show_svg(svg or "<svg xmlns='http://www.w3.org/2000/svg'/>", title)
        self.table.choose(min(kept, len(lines) - 1))
        come = any(line.row.value is not None for line in lines)
        self._stack.setCurrentIndex(0 if come else 1)
        self.told.setVisible(come)
        self.explain_button.setVisible(come)
        self.retitled.emit()

    def open_records(self) -> None:
        """Open the records behind the chosen number."""
        self._open(FigureRecordsPage)

    def explain(self) -> None:
        """Explain the chosen number on one page."""
        self._open(ExplainPage)

    def _open(self, page: type[Page]) -> None:
        position = self.table.chosen
        if position is None or not self.lines:
            return
        line = self.model.rows[position]
        split_by_key = line.by not in (REGION, *PERIODS) and line.key
        self.desk.navigator.open(
            page,
            first=line.period.from_.isoformat(),
            last=line.period.to.isoformat(),
            as_of=(self._as_of.day() or self.desk.clock.today()).isoformat(),
            indicator=line.row.indicator,
            region=line.row.region,
            breakdown=line.by if split_by_key else "",
            key=line.key if split_by_key else "",
        )
