"""One figure explained: what it counts, its regions, its cases, the packages it rests on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QColor, QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from pravo_desktop.i18n import N_
from pravo_desktop.usecases.explain import (
    Explanation,
    ShownTable,
    ShownText,
    explain,
    explanation_pdf,
    shown_parts,
)
from ui.models.figures import figure_title
from ui.models.rows import Column, RowsModel
from ui.page import Desk, Page, Primary
from ui.pages.figure_page import FigurePage
from ui.printing import LANGUAGES, Printout
from ui.runner import Job
from ui.tables import ListView
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.choices import Choice
from ui.widgets.labels import label
from ui.widgets.layouts import column, row, scrolled

EXPLAIN_KEY = "Ctrl+Shift+E"
_REGION, _FACT, _MONTH = 208, 136, 54
"""Widths of columns at 100 %."""
Line = tuple[str, ...]


class ExplainPage(FigurePage):
    """What stands on the printed page, with the deed of printing it in either language."""

    name = N_("Where the number comes from")
    reloads_on = frozenset({"merged_rows", "journal_entries", "published_reports"})

    def __init__(self, desk: Desk, **figure: str) -> None:
        super().__init__(desk, **figure)
        t = self.t
        self.content: Explanation | None = None
        self.heading = label(figure_title(t, *self.cell), "section", wrap=True)
        self.waiting = label(t.text("Counting…"), "quiet")
        self.language = Choice(LANGUAGES, t.language)
        self.language.setObjectName("language")
        self.language.setAccessibleName(t.text("Language of the printed page"))
        self.save_button = button(t.text("Save as &PDF…"), name="save_pdf")
        self.save_button.clicked.connect(self.save)
        self.save_button.setEnabled(False)
        deeds = row(GRID)
        deeds.addWidget(label(t.text("Printed page:"), "grey"))
        deeds.addWidget(self.language)
        deeds.addWidget(self.save_button)
        deeds.addStretch(1)
        self._inside = column(2 * GRID)
        self._body: QWidget | None = None
        everything = column(2 * GRID)
        everything.addWidget(self.heading)
        everything.addLayout(deeds)
        everything.addWidget(self.waiting)
        everything.addLayout(self._inside)
        everything.addStretch(1)
        layout = column(0)
        layout.addWidget(scrolled(everything))
        self.setLayout(layout)

    def primary(self) -> Primary | None:
        if self.content is None:
            return None
        return Primary(self.t.text("Look and print…"), self.look, "Ctrl+P")

    def start(self) -> None:
        self.language.setFocus()

    def reload(self) -> None:
        language = self.t.language
        self.desk.runner.read(self, lambda job: self._explained(job, language), self._show)

    def _explained(self, job: Job, language: str) -> Explanation:
        return explain(
            job.session, job.actor, **self.figure, language=language, progress=job.progress
        )

    def _show(self, content: Explanation) -> None:
        self.content = content
        self.waiting.hide()
        self.save_button.setEnabled(True)
        if self._body is not None:
            self._body.deleteLater()
        self._body = QWidget()
        parts = column(2 * GRID)
        for number, part in enumerate(shown_parts(content)):
            if isinstance(part, ShownText):
                if number == 0:
                    self.heading.setText(part.text)
                    continue
                parts.addWidget(self._text(part))
            else:
                self._table(parts.addWidget, part)
        self._body.setLayout(parts)
        self._inside.addWidget(self._body)
        self.retitled.emit()

    def _text(self, part: ShownText) -> QWidget:
        shown = label(part.text, wrap=True)
        if not part.lead:
            return shown
        both = QWidget()
        inside = column(GRID // 2)
        inside.addWidget(label(part.lead, "section"))
        inside.addWidget(shown)
        both.setLayout(inside)
        return both

    def _table(self, add: Callable[[QWidget], object], part: ShownTable) -> None:
        model = table_model(part, QColor(self.desk.theme.colours.quiet))
        table = ListView(
            self.desk.theme,
            model,
            name=part.key,
            spoken=part.caption,
            widths={0: _REGION, 1: _FACT, **dict.fromkeys(range(2, len(part.heads)), _MONTH)},
            least=_REGION,
            at_most=max(len(part.rows), 1),
            personal=(),
            print_key="",
        )
        table.setMinimumWidth(1)
        model.set_rows(part.rows)
        table.choose(0)
        add(label(part.caption, "section", wrap=True))
        add(table)
        for note in part.notes:
            add(label(note, "quiet", wrap=True))

    # Printing

    def look(self) -> None:
        """Show the page as it is printed; it can be printed or saved from there."""
        self._rendered(self._printout().look)

    def save(self) -> None:
        """Ask for a file and save the page there."""
        self._printout().save()

    def _printout(self) -> Printout:
        indicator, region, _, _ = self.cell
        title = self.title()
        name = f"pravo-number-{indicator}-{region}-{self.period.to.year}-{self.language.value}.pdf"
        return Printout(self, self.desk, title, name, "explanations", self._rendered)

    def _rendered(self, then: Callable[[bytes], object]) -> None:
        language = self.language.value
        self.desk.runner.read(
            self, lambda job: explanation_pdf(self._explained(job, language)), then
        )


def explain_button(page: Page, run: Callable[[], object]) -> QPushButton:
    """The button, and the key, that explain the chosen number of a page."""
    made = button(page.t.text("&Explain this number"), name="explain")
    made.setToolTip(EXPLAIN_KEY)
    made.clicked.connect(lambda: run())
    QShortcut(QKeySequence(EXPLAIN_KEY), page, lambda: run())
    return made


def table_model(part: ShownTable, grey: QColor) -> RowsModel[Line]:
    """An empty table with the columns of a part of the explanation."""

    def cell(at: int) -> Callable[[Line], str]:
        return lambda line: line[at]

    columns: Sequence[Column[Line]] = [
        Column(head, cell(at), number=number or at > 1)
        for at, (head, number) in enumerate(zip(part.heads, part.numbers, strict=True))
    ]
    return RowsModel(columns, grey)
