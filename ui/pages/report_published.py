"""Published reports: their files again, and what changed since in errata and supplement."""

from __future__ import annotations

from pravo_desktop.i18n import N_
from pravo_desktop.usecases.actor import COORDINATOR
from pravo_desktop.usecases.publishing import (
    PublishedReport,
    make_errata,
    make_supplement,
    published_file,
    published_reports,
)
from pravo_desktop.usecases.reports import DOCUMENTS
from ui.models.report import (
    COL_AS_OF,
    COL_COVERED,
    COL_HASH,
    COL_PERIOD,
    COL_PUBLISHED,
    published_model,
    short_period,
)
from ui.page import Desk, Page, Primary
from ui.pages.report_saving import DocumentSaver
from ui.runner import Job
from ui.tables import ListView
from ui.theme import GRID
from ui.turning import Turning
from ui.widgets.buttons import button
from ui.widgets.choices import Choice
from ui.widgets.labels import EmptyState, label
from ui.widgets.layouts import column

LANGUAGE_NAMES = (("kk", "Қазақша"), ("ru", "Русский"))


class PublishedPage(Page):
    """Choose a report, a language and a format; save the file, the errata or the supplement."""

    name = N_("Published reports")
    roles = COORDINATOR
    reloads_on = frozenset({"published_reports"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t, theme = self.t, desk.theme
        self.model = published_model(t, theme)
        self.table = ListView(
            theme,
            self.model,
            name="published_reports",
            spoken=t.text("Published reports"),
            widths={COL_AS_OF: 88, COL_COVERED: 88, COL_PUBLISHED: 144, COL_HASH: 88},
            stretched=COL_PERIOD,
            personal=(),
        )
        self.nothing = EmptyState(
            theme,
            "chart",
            t.text("Reports that were published on the report's page stand here."),
            t.text("Back to the report"),
        )
        self.nothing.pressed.connect(desk.navigator.back)
        self.language = Choice(LANGUAGE_NAMES, t.language)
        self.language.setObjectName("language")
        self.language.setAccessibleName(t.text("Language of the report"))
        self.format = Choice([(one, one.upper()) for one in DOCUMENTS])
        self.format.setObjectName("format")
        self.format.setAccessibleName(t.text("File format"))
        self.errata_button = button(t.text("Save the &errata…"), name="errata")
        self.errata_button.clicked.connect(self.save_errata)
        self.supplement_button = button(t.text("Save the &supplement…"), name="supplement")
        self.supplement_button.clicked.connect(self.save_supplement)
        self.saver = DocumentSaver(desk)
        self.saver.changed.connect(self.retitled)
        self._actions = Turning(GRID)
        for widget in (self.language, self.format, self.errata_button, self.supplement_button):
            self._actions.addWidget(widget)
        self._actions.addStretch(1)
        layout = column(2 * GRID)
        layout.addWidget(
            label(
                t.text(
                    "A published report stays as it is. The errata list each figure that later "
                    "packages changed; the supplement reports the months it had not yet."
                ),
                "grey",
                wrap=True,
            )
        )
        layout.addWidget(self.saver)
        layout.addLayout(self._actions)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.nothing, 1)
        self.setLayout(layout)
        self._show([])

    def primary(self) -> Primary | None:
        if self.saver.busy or not self.model.rows:
            return None
        return Primary(self.t.text("Save the file…"), self.save, "Ctrl+S")

    def start(self) -> None:
        self.table.setFocus()

    def reload(self) -> None:
        self.desk.runner.read(
            self, lambda job: published_reports(job.session, job.actor), self._show
        )

    def _show(self, reports: list[PublishedReport]) -> None:
        self.model.set_rows(reports)
        self.table.choose(0)
        for widget in (
            self.table,
            self.language,
            self.format,
            self.errata_button,
            self.supplement_button,
        ):
            widget.setVisible(bool(reports))
        self.nothing.setVisible(not reports)
        self.retitled.emit()

    def chosen(self) -> PublishedReport | None:
        """The report of the chosen line."""
        position = self.table.chosen
        return None if position is None else self.model.rows[position]

    def save(self) -> None:
        """Write a published file again, byte for byte."""
        report = self.chosen()
        if report is None:
            return
        language, kind = self.language.value, self.format.value

        def read(job: Job) -> bytes:
            return published_file(
                job.session,
                job.actor,
                report_id=report.report_id,
                language=language,
                format=kind,
            )

        self.saver.save(self._name("pravo", report), read)

    def save_errata(self) -> None:
        """Make the errata as of today and write them."""
        report = self.chosen()
        if report is None:
            return
        language, kind = self.language.value, self.format.value

        def make(job: Job) -> bytes:
            return make_errata(
                job.session,
                job.actor,
                report_id=report.report_id,
                language=language,
                format=kind,
            )

        self.saver.save(self._name("errata", report), make)

    def save_supplement(self) -> None:
        """Make the supplement as of today and write it."""
        report = self.chosen()
        if report is None:
            return
        language, kind = self.language.value, self.format.value

        def make(job: Job) -> bytes:
            return make_supplement(
                job.session,
                job.actor,
                report_id=report.report_id,
                language=language,
                format=kind,
            )

        self.saver.save(self._name("supplement", report), make)

    def _name(self, what: str, report: PublishedReport) -> str:
        period = short_period(report.period)
        return f"{what}-{period}-{report.report_id}-{self.language.value}.{self.format.value}"
