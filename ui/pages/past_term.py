"""Cases past their term: what will be deleted of them, before it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from pravo_desktop.i18n import N_, Translator
from pravo_desktop.usecases.actor import LEAD
from pravo_desktop.usecases.terms import (
    CaseAtRest,
    Depersonalised,
    KeepRule,
    cases_past_term,
    depersonalise_by_term,
    keep_rule,
)
from ui.ask import ask
from ui.forms.keep_rule_form import KeepRuleForm
from ui.models.rows import Column, RowsModel
from ui.page import Desk, Page, Primary
from ui.tables import ListView
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, label
from ui.widgets.layouts import column, row

COL_NUMBER, COL_LAST, COL_PEOPLE, COL_NOTES = range(4)


class TermPage(Page):
    """Cases past their term: what will go, before it goes."""

    name = N_("Cases past their term")
    roles = LEAD
    reloads_on = frozenset({"cases", "consultations", "identities", "keep_rule"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t, theme = self.t, desk.theme
        columns: tuple[Column[CaseAtRest], ...] = (
            Column(t.text("Case"), lambda c: c.number),
            Column(t.text("Last activity"), lambda c: t.date(c.last_on), lambda c: c.last_on),
            Column(
                t.text("Named people"),
                lambda c: t.number(c.people),
                lambda c: c.people,
                number=True,
            ),
            Column(t.text("Notes"), lambda c: t.number(c.notes), lambda c: c.notes, number=True),
        )
        self.model = RowsModel(columns, QColor(theme.colours.quiet))
        self.table = ListView(
            theme,
            self.model,
            name="past_term",
            spoken=t.text("Cases past their term"),
            widths={COL_LAST: 176, COL_PEOPLE: 168, COL_NOTES: 120},
            stretched=COL_NUMBER,
            personal=(),
        )
        self.said = label("", "grey", wrap=True)
        self.source = label("", "grey", wrap=True)
        self.change_button = button(t.text("Change the &term…"), name="change_term")
        self.change_button.clicked.connect(lambda: desk.navigator.open(KeepRuleForm))
        self.nothing = EmptyState(theme, "folder", "")
        self.nothing.hide()
        layout = column(GRID)
        rule = row(GRID)
        rule.addWidget(self.source, 1)
        rule.addWidget(self.change_button)
        layout.addLayout(rule)
        layout.addWidget(self.said, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.nothing, 1)
        self.setLayout(layout)

    def primary(self) -> Primary | None:
        if not self.model.rows:
            return None
        return Primary(self.t.text("Depersonalise…"), self.ask, "Ctrl+Return")

    def start(self) -> None:
        self.table.setFocus()

    def reload(self) -> None:
        self.desk.runner.read(
            self,
            lambda job: (
                cases_past_term(job.session, job.actor),
                keep_rule(job.session, job.actor),
            ),
            lambda found: self._show(*found),
        )

    def _show(self, found: list[CaseAtRest], rule: KeepRule) -> None:
        t = self.t
        self.source.setText(source_text(t, rule))
        self.nothing.words.setText(
            t.plural(
                "No case that still holds personal data has been at rest for {n} year.",
                "No case that still holds personal data has been at rest for {n} years.",
                rule.years,
            )
        )
        self.model.set_rows(found)
        self.table.setVisible(bool(found))
        self.nothing.setVisible(not found)
        self.said.setVisible(bool(found))
        self.said.setText(
            t.plural(
                "Nothing has happened in these cases for {n} year. Names, contacts, court numbers, "
                "labels and notes will be deleted; sex, birth year, category, visits and outcomes "
                "stay, and so do all figures.",
                "Nothing has happened in these cases for {n} years. Names, contacts, court "
                "numbers, labels and notes will be deleted; sex, birth year, category, visits and "
                "outcomes stay, and so do all figures.",
                rule.years,
            )
        )
        self.table.choose(0)
        self.retitled.emit()

    def ask(self) -> None:
        """Ask, then depersonalise all cases of the list."""
        t, rows = self.t, self.model.rows
        cases = tuple(one.case_id for one in rows)
        ask(
            self,
            t,
            question=t.plural("Depersonalise {n} case?", "Depersonalise {n} cases?", len(rows)),
            explained=t.text(
                "Named people: {people}. Notes: {notes}. This cannot be taken back.",
                people=t.number(sum(one.people for one in rows)),
                notes=t.number(sum(one.notes for one in rows)),
            ),
            verb=t.text("Depersonalise"),
            run=lambda: self.desk.runner.write(
                self,
                lambda job: depersonalise_by_term(job.session, job.actor, case_ids=cases),
                self._done,
            ),
        )

    def _done(self, done: Depersonalised) -> None:
        t = self.t
        self.desk.navigator.back()
        self.desk.navigator.say(
            t.text(
                "Depersonalised: {cases}. The last backup with the data is thrown away on {day}.",
                cases=t.number(done.cases),
                day=t.date(done.backups_until),
            )
        )


def source_text(t: Translator, rule: KeepRule) -> str:
    """The term, where it comes from, and who set it."""
    term = t.plural("Term of keeping: {n} year.", "Term of keeping: {n} years.", rule.years)
    if rule.set_on is None:
        return f"{term} " + t.text(
            "It is the program's own rule under the Law on personal data of 21.05.2013, by which "
            "data are kept no longer than their purpose needs."
        )
    return f"{term} " + t.text(
        "By: {source}. Set on {day} by {name}.",
        source=rule.source,
        day=t.date(rule.set_on),
        name=rule.set_by,
    )
