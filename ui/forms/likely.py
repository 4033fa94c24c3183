"""Cases of somebody who may be the person being typed, offered before a second one is opened."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from pravo_desktop.usecases.queries import LikelyCase, likely_cases
from ui.page import Desk
from ui.runner import Task
from ui.theme import GRID, HALF
from ui.widgets.buttons import button
from ui.widgets.labels import Note, label
from ui.widgets.layouts import FormColumn, column, row


class LikelyCases(QFrame):
    """Hidden while there is nobody alike.

    Args:
        desk: opens the case that a person chooses; Esc comes back to the form.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._desk = desk
        self._query: Task | None = None
        self.case_id = ""
        """The case of the person being typed, which is not told of."""
        self.cases: list[LikelyCase] = []
        self._rows: QWidget | None = None
        self._head = Note(desk.theme, "warning")
        self._layout = column(HALF, GRID)
        self._layout.addWidget(self._head)
        self.setLayout(self._layout)
        self.hide()

    def look(self, surname: str, iin: str, phone: str) -> None:
        """Look for who has begun to be typed."""
        if self._query is not None:
            self._query.cancel()
        case_id = self.case_id
        self._query = self._desk.runner.read(
            self,
            lambda job: likely_cases(
                job.session, job.actor, surname=surname, iin=iin, phone=phone, other_than=case_id
            ),
            self._show,
        )

    def _show(self, cases: list[LikelyCase]) -> None:
        if cases == self.cases:
            return
        self.cases = cases
        t = self._desk.t
        if self._rows is not None:
            self._layout.removeWidget(self._rows)
            self._rows.hide()
            self._rows.deleteLater()
        reasons = {
            "surname": t.text("the name begins alike"),
            "iin": t.text("the IIN begins alike"),
            "phone": t.text("the phone is alike"),
        }
        self._rows = QWidget(self)
        lines = column(HALF)
        for case in cases:
            words = column(0)
            words.addWidget(label(case.line.title or t.text("Without names"), wrap=True))
            words.addWidget(
                label(f"{case.line.number} · {reasons[case.reason]}", "quiet", wrap=True)
            )
            opens = button(t.text("Open that one"), "link", name="open_likely")
            opens.setAccessibleName(f"{t.text('Open that one')}: {case.line.title}")
            opens.clicked.connect(lambda _=False, one=case.line.case_id: self._open(one))
            line = row()
            line.addLayout(words, 1)
            line.addWidget(opens)
            lines.addLayout(line)
        self._rows.setLayout(lines)
        self._layout.addWidget(self._rows)
        self._head.show_text(
            t.text("Perhaps they have been here already:") if cases else "", "warning"
        )
        self.setVisible(bool(cases))
        form = self.parentWidget()
        while form is not None and not isinstance(form, FormColumn):
            form = form.parentWidget()
        if cases and form is not None:
            form.bring_into_sight(self)

    def _open(self, case_id: str) -> None:
        from ui.pages.case import CasePage

        self._desk.navigator.open(CasePage, case_id=case_id)
