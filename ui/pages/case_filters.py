"""The filters of the list of cases: chosen once, remembered for the account, always said."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.queries import CaseFilter
from ui.page import Desk
from ui.settings import remember_choices, remembered_choices
from ui.theme import GRID
from ui.turning import Columns
from ui.widgets.buttons import button
from ui.widgets.choices import Choice, labels_of
from ui.widgets.labels import label
from ui.widgets.layouts import column, row

CLEAR_KEY = "Ctrl+Shift+F"
_LEAST = 200
"""Width at 100 % that the longest word of a choice needs; with large text they turn over."""


class CaseFilters(QWidget):
    """A row of choices; below it in words what they leave in the list, and the way out."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        t = self.t = desk.t
        self._desk = desk
        self._name = f"cases/{desk.actor.account_id}"
        self.choices: dict[str, Choice] = {}
        self.setObjectName("filters")
        top = Columns(GRID, desk.theme.px(_LEAST))
        for name, spoken, entries in (
            (
                "state",
                t.text("Open or closed"),
                [
                    (None, t.text("Open and closed")),
                    ("open", t.text("Open")),
                    ("closed", t.text("Closed")),
                ],
            ),
            (
                "whose",
                t.text("Whose cases"),
                [(None, t.text("All specialists")), ("mine", t.text("Mine"))],
            ),
            (
                "kind",
                t.text("Kind of case"),
                [(None, t.text("All kinds")), *labels_of(t, classifiers().kinds["case_kind"])],
            ),
            (
                "period",
                t.text("Last visit"),
                [
                    (None, t.text("Any last visit")),
                    ("month", t.text("Seen this month")),
                    ("year", t.text("Seen this year")),
                ],
            ),
            (
                "trait",
                t.text("What is particular"),
                [
                    (None, t.text("All records")),
                    ("names", t.text("Without names")),
                    ("consent", t.text("Consent not asked")),
                    ("restricted", t.text("Restricted")),
                ],
            ),
        ):
            if name == "whose" and desk.actor.staff_id is None:
                continue
            choice = Choice(entries)
            choice.setObjectName(f"filter_{name}")
            choice.setAccessibleName(spoken)
            self.choices[name] = choice
            top.addWidget(choice)
        self.words = label("", "grey", wrap=True)
        self.words.setObjectName("filtered")
        self.clear_button = button(
            t.text("Show all cases ({key})", key=CLEAR_KEY), "link", name="clear_filters"
        )
        self.clear_button.clicked.connect(self.clear)
        self._told = QWidget()
        told = row(GRID)
        told.addWidget(self.words, 1)
        told.addWidget(self.clear_button)
        self._told.setLayout(told)
        layout = column(GRID)
        layout.addLayout(top)
        layout.addWidget(self._told)
        self.setLayout(layout)
        for name, key in remembered_choices(self._folder, self._name).items():
            if name in self.choices:
                self.choices[name].choose(key)
        self._tell()
        for choice in self.choices.values():
            choice.currentIndexChanged.connect(self._changed)
        QShortcut(QKeySequence(CLEAR_KEY), self, self.clear)

    @property
    def chosen(self) -> CaseFilter:
        """What the choices ask of a case."""
        values = self._values()
        today = self._desk.clock.today()
        since = {"month": today.replace(day=1), "year": today.replace(month=1, day=1)}
        first = since.get(values.get("period", ""))
        return CaseFilter(
            kind=values.get("kind"),
            state=values.get("state"),
            specialist=self._desk.actor.staff_id if "whose" in values else None,
            since=first.isoformat() if first else None,
            trait=values.get("trait"),
        )

    @property
    def any(self) -> bool:
        """Whether they hide any case."""
        return bool(self._values())

    def clear(self) -> None:
        """Choose nothing: all cases are listed."""
        for choice in self.choices.values():
            choice.blockSignals(True)
            choice.choose(None)
            choice.blockSignals(False)
        self._changed()

    @property
    def _folder(self) -> Path:
        return self._desk.runner.workplace.folder

    def _values(self) -> dict[str, str]:
        return {name: one.value for name, one in self.choices.items() if one.value}

    def _changed(self) -> None:
        remember_choices(self._folder, self._name, self._values())
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        chosen = [one.currentText() for one in self.choices.values() if one.value]
        self.words.setText(self.t.text("Only these are listed: {what}.", what=" · ".join(chosen)))
        self._told.setVisible(bool(chosen))
