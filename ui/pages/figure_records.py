"""The records behind a number, and the versions of one of them."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget

from pravo_desktop.i18n import N_
from pravo_desktop.usecases.actor import COORDINATOR
from pravo_desktop.usecases.figure_records import (
    RecordLine,
    RecordVersion,
    records_of,
    versions_of,
)
from ui.models.board import in_words
from ui.models.figures import (
    COL_CENTRE,
    COL_CODE,
    COL_DAY,
    COL_KNOW,
    COL_PACKAGE,
    COL_RECEIVED,
    COL_ROW,
    COL_SIGNER,
    VALUE_FIELD,
    VALUE_SAYS,
    VERSION_MONTH,
    VERSION_RECEIVED,
    VERSION_ROW,
    VERSION_WHAT,
    VERSION_WRITTEN,
    SaidField,
    figure_title,
    records_model,
    values_model,
    versions_model,
)
from ui.models.record_fields import RECORDS, field_name, field_value
from ui.page import Desk, Page, Primary
from ui.pages.explain import ExplainPage, explain_button
from ui.pages.figure_page import FigurePage
from ui.pages.first_run import groups
from ui.tables import ListView
from ui.theme import GRID
from ui.widgets.labels import EmptyState, label
from ui.widgets.layouts import column, row


class FigureRecordsPage(FigurePage):
    """Each record that a figure counts, with the package and the row that brought it."""

    name = N_("Records behind the number")
    reloads_on = frozenset({"merged_rows", "journal_entries"})

    def __init__(self, desk: Desk, **figure: str) -> None:
        super().__init__(desk, **figure)
        t, theme = self.t, desk.theme
        self.heading = label("", "section", wrap=True)
        self.counted = label("", "quiet", wrap=True)
        self.model = records_model(t, theme)
        self.table = ListView(
            theme,
            self.model,
            name="figure_records",
            spoken=t.text("Records behind the number"),
            widths={
                COL_CODE: 112,
                COL_CENTRE: 104,
                COL_DAY: 96,
                COL_PACKAGE: 216,
                COL_ROW: 56,
                COL_RECEIVED: 96,
                COL_SIGNER: 200,
            },
            stretched=COL_KNOW,
            personal=(),
        )
        self.table.activated.connect(lambda _: self.open_record())
        self.nothing = EmptyState(theme, "chart", t.text("No record stands behind this number."))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.nothing)
        head = row(GRID)
        head.addWidget(self.heading, 1)
        head.addWidget(explain_button(self, self.explain))
        layout = column(GRID)
        layout.addLayout(head)
        layout.addWidget(self.counted)
        layout.addWidget(self._stack, 1)
        self.setLayout(layout)

    def primary(self) -> Primary | None:
        if not any(line.package_id for line in self.model.rows):
            return None
        return Primary(self.t.text("Open the record"), self.open_record)

    def start(self) -> None:
        self.table.setFocus()

    def reload(self) -> None:
        figure = self.figure
        self.desk.runner.read(
            self, lambda job: records_of(job.session, job.actor, **figure), self._show
        )

    def _show(self, lines: list[RecordLine]) -> None:
        t = self.t
        self.heading.setText(figure_title(t, *self.cell) + " · " + t.period(self.period))
        if lines:
            said = t.plural("{n} record", "{n} records", len(lines))
            self.counted.setText(f"{t.text(RECORDS[lines[0].table])}: {said}")
        else:
            self.counted.setText("")
        kept = self.table.chosen or 0
        self.model.set_rows(lines)
        self.table.setColumnHidden(COL_DAY, not any(line.day for line in lines))
        self._stack.setCurrentIndex(0 if lines else 1)
        self.table.choose(min(kept, len(lines) - 1))
        self.retitled.emit()

    def explain(self) -> None:
        """Explain the number whose records these are."""
        self.desk.navigator.open(ExplainPage, **self.arguments)

    def open_record(self) -> None:
        """Open the versions of the chosen record."""
        position = self.table.chosen
        line = None if position is None else self.model.rows[position]
        if line is not None and line.package_id is not None:
            self.desk.navigator.open(
                RecordVersionsPage, table=line.table, centre=line.centre, record_id=line.record_id
            )


class RecordVersionsPage(Page):
    """Every version of a record that ever came, and what the chosen one says.

    Args:
        table, centre, record_id: of the record.
    """

    name = N_("Versions of the record")
    roles = COORDINATOR
    reloads_on = frozenset({"merged_rows"})

    def __init__(self, desk: Desk, table: str, centre: str, record_id: str) -> None:
        super().__init__(desk, table=table, centre=centre, record_id=record_id)
        t, theme = self.t, desk.theme
        self._record = (table, centre, record_id)
        self.model = versions_model(t, theme)
        self.table = ListView(
            theme,
            self.model,
            name="record_versions",
            spoken=t.text("Versions of the record"),
            widths={
                VERSION_MONTH: 216,
                VERSION_ROW: 56,
                VERSION_RECEIVED: 96,
                VERSION_WRITTEN: 144,
            },
            stretched=VERSION_WHAT,
            least=128,
            at_most=8,
            personal=(),
        )
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._settle())
        self.why = label("", wrap=True)
        self.why.setObjectName("why_amended")
        self.why.hide()
        self.package = label("", "quiet", wrap=True)
        self.values = values_model(t, theme)
        self.value_table = ListView(
            theme,
            self.values,
            name="values",
            spoken=t.text("What the version says"),
            widths={VALUE_FIELD: 240},
            stretched=VALUE_SAYS,
            personal=(),
            print_key="",
        )
        layout = column(2 * GRID)
        layout.addWidget(self.table)
        layout.addWidget(self.why)
        layout.addWidget(self.package)
        layout.addWidget(self.value_table, 1)
        self.setLayout(layout)

    def start(self) -> None:
        self.table.setFocus()

    def reload(self) -> None:
        table, centre, record_id = self._record
        self.desk.runner.read(
            self,
            lambda job: versions_of(
                job.session, job.actor, table=table, centre=centre, record_id=record_id
            ),
            self._show,
        )

    def _show(self, versions: list[RecordVersion]) -> None:
        self.model.set_rows(versions)
        self.table.choose(0)
        self._settle()

    def _settle(self) -> None:
        position = self.table.chosen
        if position is None:
            return
        version = self.model.rows[position]
        self.package.setText(
            self.t.text(
                "{file}, sheet {sheet}, row {row}. Signed by {name}, key {key}",
                file=version.file_name,
                sheet=self._record[0],
                row=version.row,
                name=version.signer or "–",
                key=" ".join(groups(version.fingerprint).split()),
            )
        )
        said = "; ".join(in_words(self.t, "amendment_reason", one) for one in version.reasons)
        self.why.setText(self.t.text("Why it was amended: {reason}", reason=said))
        self.why.setVisible(bool(version.reasons))
        table = self._record[0]
        self.values.set_rows(
            [
                SaidField(
                    field_name(self.t, name),
                    field_value(self.t, table, name, value),
                    name in version.changed,
                )
                for name, value in version.values.items()
                if value is not None
            ]
        )
        self.value_table.choose(0)
