"""What a lead says of a journal that comes in: its columns, its specialists, its consents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pravo_desktop.domain.journal_columns import FIELDS
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.queries import StaffLine
from ui.models.journal_rows import FIELD_NAMES
from ui.models.staff import profession_text
from ui.page import Desk
from ui.theme import GRID
from ui.widgets.choices import Choice, Tick, labels_of
from ui.widgets.fields import Field
from ui.widgets.labels import label
from ui.widgets.layouts import FormColumn, column, row

if TYPE_CHECKING:
    from pravo_desktop.usecases.import_plan import ImportPlan, JournalLayout

_SAMPLE = 3
"""Values of a column that stand under its name."""


class JournalForm(FormColumn):
    """How the columns are understood, who the specialists are, what holds for all rows.

    Args:
        width: in px at 100 %.
    """

    changed = Signal()
    """Something else is chosen, so other things would become of the rows."""

    def __init__(self, desk: Desk, width: int) -> None:
        super().__init__(desk.theme, width)
        self.t, self.theme = desk.t, desk.theme
        t, theme = self.t, self.theme
        self.staff: list[StaffLine] = []
        self.columns: list[Choice] = []
        self.specialists: dict[str, Choice] = {}
        self._columns = column(GRID)
        self._specialists = column(2 * GRID)
        self.specialist = Choice([])
        self.case_kind = Choice(labels_of(t, classifiers().kinds["case_kind"]), "married")
        self.on_paper = QLineEdit()
        self.skip = Tick(t.text("&Leave out the rows that are to complete"))
        self.skip.setObjectName("skip_errors")
        self.specialist.activated.connect(lambda _: self.changed.emit())
        self.case_kind.activated.connect(lambda _: self.changed.emit())
        self.on_paper.editingFinished.connect(self.changed)
        fields = self.fields
        fields.addWidget(label(t.text("Columns"), "section"))
        fields.addLayout(self._columns)
        fields.addSpacing(GRID)
        fields.addWidget(label(t.text("Specialists"), "section"))
        fields.addLayout(self._specialists)
        fields.addWidget(
            Field(theme, t.text("Rows that name &nobody are of"), "specialist", self.specialist)
        )
        fields.addSpacing(GRID)
        fields.addWidget(label(t.text("Cases"), "section"))
        fields.addWidget(
            Field(theme, t.text("&Kind of case where no row says it"), "case_kind", self.case_kind)
        )
        fields.addWidget(
            Field(
                theme,
                t.text("Consents on &paper: where they are kept"),
                "consents_on_paper",
                self.on_paper,
                t.text("Without it names are kept only where the journal notes a consent."),
            )
        )
        fields.addWidget(self.skip)
        fields.addStretch(1)

    def start(self) -> None:
        """Give the first input the keyboard."""
        (self.columns[0] if self.columns else self.specialist).setFocus()

    @property
    def plan(self) -> ImportPlan:
        """What is chosen."""
        from pravo_desktop.usecases.import_plan import ImportPlan

        return ImportPlan(
            columns=tuple(one.value or None for one in self.columns),
            specialists={text: one.value for text, one in self.specialists.items() if one.value},
            specialist_id=self.specialist.value or None,
            case_kind=self.case_kind.value,
            consents_on_paper=self.on_paper.text().strip() or None,
            skip_errors=self.skip.isChecked(),
        )

    def typed(self) -> dict[str, Any]:
        """What is chosen, for `open` to show it again."""
        return {
            "columns": [one.value or None for one in self.columns],
            "specialists": {text: one.value for text, one in self.specialists.items()},
            "specialist": self.specialist.value,
            "case_kind": self.case_kind.value,
            "on_paper": self.on_paper.text(),
            "skip": self.skip.isChecked(),
        }

    def open(self, journal: JournalLayout, staff: list[StaffLine], kept: Mapping[str, Any]) -> None:
        """Show a journal as it is understood, or as `typed` kept it."""
        self._show_columns(journal, kept.get("columns") or journal.columns)
        self.fill_staff(staff)
        if kept:
            self.specialist.choose(kept["specialist"])
            self.case_kind.choose(kept["case_kind"])
            self.on_paper.setText(kept["on_paper"])
            self.skip.setChecked(kept["skip"])
        known = kept.get("specialists") or journal.specialists
        self._show_specialists(known, known)

    def _show_columns(self, journal: JournalLayout, columns: Sequence[str | None]) -> None:
        t = self.t
        _empty(self._columns)
        self.columns = []
        entries: list[tuple[str | None, str]] = [(None, t.text("Not read"))]
        entries += [(key, t.text(FIELD_NAMES[key])) for key in FIELDS]
        for position, head in enumerate(journal.headers):
            samples = [line[position] for line in journal.sample if position < len(line)]
            shown = ", ".join([text for text in samples if text][:_SAMPLE])
            choice = Choice(entries, columns[position] if position < len(columns) else None)
            choice.setObjectName(f"column_{position}")
            name = head or t.text("Column {number}", number=position + 1)
            choice.setAccessibleName(name)
            choice.activated.connect(lambda _: self.changed.emit())
            words = column(0)
            words.addWidget(label(name, wrap=True))
            if shown:
                words.addWidget(label(shown[:60], "quiet", wrap=True))
            if position in journal.whose_unclear:
                told = t.text("Whose it is, the journal does not say: choose it.")
                words.addWidget(label(told, "grey", wrap=True))
            around = QWidget()
            line = row(GRID)
            line.addLayout(words, 1)
            line.addWidget(choice, 1)
            around.setLayout(line)
            self._columns.addWidget(around)
            self.columns.append(choice)

    def fill_staff(self, staff: list[StaffLine]) -> None:
        """Offer these people."""
        self.staff = staff
        self.specialist.fill(self._staff_entries(self.t.text("Say so for each row")))

    def _staff_entries(self, nobody: str) -> list[tuple[str | None, str]]:
        entries: list[tuple[str | None, str]] = [(None, nobody)]
        for line in self.staff:
            post = profession_text(self.t, line.profession)
            entries.append((line.staff_id, " · ".join(filter(None, (line.name, post)))))
        return entries

    def add_specialists(self, texts: Iterable[str]) -> None:
        """Ask who these are, besides those that are asked about already."""
        self._show_specialists(texts, {})

    def forget_specialists(self) -> None:
        """Ask about nobody."""
        self.specialists = {}
        _empty(self._specialists)

    def _show_specialists(self, texts: Iterable[str], known: Mapping[str, str]) -> None:
        """A choice for each text that names nobody known here."""
        chosen = {text: one.value for text, one in self.specialists.items()}
        wanted = list(dict.fromkeys((*chosen, *texts)))
        if wanted == list(self.specialists) and not known:
            return
        _empty(self._specialists)
        self.specialists = {}
        for position, text in enumerate(wanted):
            choice = Choice(
                self._staff_entries(self.t.text("Choose who it is")),
                known.get(text) or chosen.get(text) or None,
            )
            choice.activated.connect(lambda _: self.changed.emit())
            told = self.t.text("“{text}” is", text=text).replace("&", "&&")
            field = Field(self.theme, told, f"specialist_{position}", choice)
            self._specialists.addWidget(field)
            self.specialists[text] = choice


def _empty(layout: QVBoxLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
