"""A year beside the one before it, computed here or stated by its report."""

from __future__ import annotations

from PySide6.QtGui import QColor

from pravo_desktop.domain.records import Region
from pravo_desktop.i18n import N_
from pravo_desktop.usecases.actor import COORDINATOR
from pravo_desktop.usecases.registers import register_cards
from pravo_desktop.usecases.stated_totals import ComparedFigure, year_on_year
from ui.models.own_records import compared_model, region_names
from ui.page import Desk, Page
from ui.tables import ListView
from ui.theme import GRID
from ui.widgets.choices import Choice
from ui.widgets.labels import label
from ui.widgets.layouts import column, row

YEARS_BACK = 4


class YearOnYearPage(Page):
    """Choose a year and a region; each indicator has both values and where the earlier is from."""

    name = N_("Year on year")
    roles = COORDINATOR
    reloads_on = frozenset({"merged_rows"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t, theme = self.t, desk.theme
        this = desk.clock.today().year
        self.figures: list[ComparedFigure] = []
        self.year = Choice([(str(year), str(year)) for year in range(this, this - YEARS_BACK, -1)])
        self.year.setObjectName("year")
        self.year.setAccessibleName(t.text("Year"))
        self.region = Choice(())
        self.region.setObjectName("region")
        self.region.setAccessibleName(t.text("Region"))
        self.region.setMinimumWidth(theme.px(240))
        self.year.currentIndexChanged.connect(self.reload)
        self.region.currentIndexChanged.connect(self._filter)
        self.model = compared_model(t, QColor(theme.colours.quiet))
        self.table = ListView(
            theme,
            self.model,
            name="year_on_year",
            spoken=t.text("Year on year"),
            widths={1: 88, 2: 96, 3: 88, 4: 160},
            stretched=0,
            wrapped=(0, 4),
            personal=(),
        )
        top = row(2 * GRID)
        top.addWidget(self.year)
        top.addWidget(self.region)
        top.addStretch(1)
        layout = column(GRID)
        layout.addLayout(top)
        layout.addWidget(
            label(
                t.text(
                    "What a report stated stands where not all months of the earlier year were "
                    "computed here; the two are never added up."
                ),
                "quiet",
                wrap=True,
            )
        )
        layout.addWidget(self.table, 1)
        self.setLayout(layout)

    def start(self) -> None:
        self.year.setFocus()

    def reload(self) -> None:
        year = int(self.year.value)
        self.desk.runner.read(
            self,
            lambda job: (
                year_on_year(job.session, job.actor, year=year),
                register_cards(job.session, job.actor).regions,
            ),
            lambda found: self._show(year, *found),
        )

    def _show(self, year: int, found: list[ComparedFigure], regions: tuple[Region, ...]) -> None:
        if year != int(self.year.value):
            return
        self.figures = found
        self.region.fill(region_names(self.t, {one.key: one for one in regions}).items())
        self._filter()

    def _filter(self) -> None:
        region = self.region.value
        self.model.set_rows([one for one in self.figures if one.region == region])
        self.table.choose(0)
