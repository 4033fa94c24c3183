"""The category rule by year: its lines added, moved, changed and removed; copied to a new year."""

from __future__ import annotations

from PySide6.QtGui import QColor, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from pravo_desktop.errors import KnownError
from pravo_desktop.messages import translate_error
from pravo_desktop.usecases.rule_effect import RuleEffect, rule_effect
from pravo_desktop.usecases.rules import (
    PredicateData,
    ShownRule,
    copy_rule,
    rule_of,
    rule_years,
    save_rule,
)
from ui.ask import ask
from ui.models.own_records import RuleLine, rule_model
from ui.page import Desk
from ui.pages.record_list import RecordList
from ui.theme import GRID
from ui.widgets.choices import Choice
from ui.widgets.labels import label
from ui.widgets.layouts import column, row


class RuleTab(QWidget):
    """Choose a year; Alt+Up and Alt+Down move a line, Enter opens it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.t = desk, desk.t
        t = self.t
        self.rule: ShownRule | None = None
        self._year: int | None = None
        self._go_to: int | None = None
        self.year = Choice(())
        self.year.setObjectName("rule_year")
        self.year.setAccessibleName(t.text("Year"))
        self.year.setMinimumWidth(desk.theme.px(240))
        self.year.activated.connect(self._chosen_year)
        self.told = label("", "quiet", wrap=True)
        self.lines: RecordList[RuleLine] = RecordList(
            desk,
            rule_model(t, QColor(desk.theme.colours.quiet)),
            name="rule",
            spoken=t.text("Category rule"),
            widths={0: 48, 1: 336},
            stretched=2,
            wrapped=(1, 2),
            empty=("folder", "", ""),
            add=self.copy,
            opens=self._word,
        )
        self.lines.table.setSortingEnabled(False)
        self.add_button = self.lines.add_action(t.text("&Add a line…"), "add_line", self.add)
        self.remove_button = self.lines.add_action(
            t.text("Remo&ve the line…"), "remove_line", self.ask_remove
        )
        self.up = self.lines.add_action(t.text("Move &up"), "move_up", lambda: self.shift(-1))
        self.down = self.lines.add_action(t.text("Move &down"), "move_down", lambda: self.shift(1))
        for key, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            QShortcut(QKeySequence(key), self, lambda step=step: self.shift(step))
        top = row(2 * GRID)
        top.addWidget(self.year)
        top.addWidget(self.told, 1)
        layout = column(GRID)
        layout.addLayout(top)
        layout.addWidget(self.lines, 1)
        self.setLayout(layout)

    def start(self) -> None:
        """Put the keyboard on the list, once there is one."""
        (self.lines.table if self.rule else self.year).setFocus()

    def reload(self) -> None:
        """Read the years and the rule of the chosen one."""
        wanted = self._year or self.desk.clock.today().year
        self.desk.runner.read(
            self,
            lambda job: (
                rule_years(job.session, job.actor),
                rule_of(job.session, job.actor, year=wanted),
            ),
            lambda found: self._show(*found),
        )

    def _chosen_year(self) -> None:
        self._year = int(self.year.value)
        self.reload()

    def _show(self, years: list[int], rule: ShownRule) -> None:
        t = self.t
        first, self.rule = self.rule is None, rule
        self._year = rule.from_year
        self.year.fill(
            [(str(year), t.text("From {year} on", year=year)) for year in years],
            str(rule.from_year),
        )
        self.told.setText(
            t.text("The first line that fits a person gives the category. Enter opens the line.")
            if rule.own
            else t.text("This rule came with the program; what you change becomes your own.")
        )
        self.lines.show_rows([RuleLine(n, one) for n, one in enumerate(rule.predicates, 1)])
        if self._go_to is not None:
            self.lines.table.choose(self._go_to)
            self._go_to = None
        if first and self.isVisible():
            self.start()

    def shift(self, step: int) -> None:
        """Move the chosen line, asking first if that puts adults into another category.

        The last line, which holds for everybody, stays last.
        """
        at = self.lines.table.chosen
        if self.rule is None or at is None:
            return
        lines, to = list(self.rule.predicates), at + step
        if not (0 <= to < len(lines) - 1 and at < len(lines) - 1):
            self.desk.navigator.say(self.t.text("This line stays where it is."))
            return
        lines[at], lines[to] = lines[to], lines[at]
        year = self.rule.from_year
        self.desk.runner.read(
            self,
            lambda job: rule_effect(job.session, job.actor, year=year, predicates=lines),
            lambda effect: self._move(effect, year, lines, to),
            self._refused,
        )

    def _move(self, effect: RuleEffect, year: int, lines: list[PredicateData], to: int) -> None:
        from ui.forms.rule_line_form import effect_in_words

        def save() -> None:
            self._go_to = to
            self.desk.runner.write(
                self,
                lambda job: save_rule(job.session, job.actor, year=year, predicates=lines),
                failed=self._refused,
            )

        if not effect.moved:
            save()
            return
        ask(
            self,
            self.t,
            question=self.t.text("Move this line of the rule?"),
            explained="\n".join(effect_in_words(self.t, effect)),
            verb=self.t.text("Move the line"),
            run=save,
        )

    def add(self) -> None:
        """Open the form of a new line, which comes to stand before the chosen one."""
        from ui.forms.rule_line_form import RuleLineForm

        if self.rule is not None:
            at = min(self.lines.table.chosen or 0, len(self.rule.predicates) - 1)
            self._go_to = at
            self.desk.navigator.open(
                RuleLineForm, year=self.rule.from_year, position=at, added=True
            )

    def ask_remove(self) -> None:
        """Show how many adults would stand in another category, then remove the chosen line."""
        at = self.lines.table.chosen
        if self.rule is None or at is None:
            return
        if at == len(self.rule.predicates) - 1:
            self.desk.navigator.say(self.t.text("This line stays where it is."))
            return
        year, lines = self.rule.from_year, list(self.rule.predicates)
        del lines[at]
        self.desk.runner.read(
            self,
            lambda job: rule_effect(job.session, job.actor, year=year, predicates=lines),
            lambda effect: self._ask_remove(effect, year, lines),
            self._refused,
        )

    def _ask_remove(self, effect: RuleEffect, year: int, lines: list[PredicateData]) -> None:
        from ui.forms.rule_line_form import effect_in_words

        ask(
            self,
            self.t,
            question=self.t.text("Remove this line from the rule?"),
            explained="\n".join(effect_in_words(self.t, effect)),
            verb=self.t.text("Remove the line"),
            run=lambda: self.desk.runner.write(
                self,
                lambda job: save_rule(job.session, job.actor, year=year, predicates=lines),
                lambda _: self.desk.navigator.say(self.t.text("The line is removed.")),
                self._refused,
            ),
        )

    def _refused(self, error: Exception) -> None:
        if isinstance(error, KnownError):
            self.desk.navigator.say(translate_error(self.t, error))
        else:
            self.desk.navigator.show_error(error)

    def copy(self) -> None:
        """Begin a new year's rule as a copy of the last one."""
        this = self.desk.clock.today().year
        newest = max([this, *(int(self.year.itemData(n)) for n in range(self.year.count()))])
        year = this if self.year.findData(str(this)) < 0 else newest + 1
        self._year = year
        self.desk.runner.write(
            self,
            lambda job: copy_rule(job.session, job.actor, year=year),
            lambda _: self.desk.navigator.say(
                self.t.text("The rule from {year} on is a copy of the last one.", year=year)
            ),
        )

    def _word(self, line: RuleLine) -> None:
        from ui.forms.rule_line_form import RuleLineForm

        if self.rule is not None:
            self.desk.navigator.open(
                RuleLineForm, year=self.rule.from_year, position=line.number - 1
            )
