"""The wording of one line of a category rule, as the report prints it."""

from __future__ import annotations

from pravo_desktop.i18n import N_
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.rules import LANGUAGES, ShownRule, rule_of, save_rule
from ui.forms.loaded_form import LoadedForm
from ui.page import Desk
from ui.widgets import Field, TextArea


class RuleLineForm(LoadedForm):
    """Changes how a line of a year's rule is worded; its conditions stay.

    Args:
        year: of the rule.
        position: of the line, from 0.
    """

    name = N_("Line of the category rule")

    def __init__(self, desk: Desk, year: int, position: int = 0) -> None:
        super().__init__(desk, year=year, position=position)
        t, theme = self.t, desk.theme
        self.year, self.position = year, position
        self.rule: ShownRule | None = None
        self.kk, self.ru, self.en = (TextArea(theme, 2) for _ in LANGUAGES)
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("In &Kazakh"), "kk", self.kk),
                Field(theme, t.text("In &Russian"), "ru", self.ru),
                Field(theme, t.text("In &English"), "en", self.en),
            )
        }
        for field in self.fields.values():
            self.form.fields.addWidget(field)
        self.end_form()

    def title(self) -> str:
        if self.rule is None:
            return self.t.text(self.name)
        key = self.rule.predicates[self.position]["category"]
        return self.t.label(classifiers().categories[key])

    def start(self) -> None:
        self.kk.setFocus()

    def reload(self) -> None:
        self.load(lambda job: rule_of(job.session, job.actor, year=self.year), self._put)

    def _put(self, rule: ShownRule) -> None:
        self.rule = rule
        line = rule.predicates[self.position]
        for language, control in zip(LANGUAGES, (self.kk, self.ru, self.en), strict=True):
            control.setPlainText(str(line[language]))
        self.retitled.emit()

    def save(self) -> None:
        self.clear_findings()
        if self.rule is None:
            return
        words = {}
        for language in LANGUAGES:
            control = self.fields[language].control
            assert isinstance(control, TextArea)
            words[language] = " ".join(control.toPlainText().split())
            if not words[language]:
                self.required(self.fields[language])
                return
        lines = [dict(one) for one in self.rule.predicates]
        lines[self.position] |= words
        year = self.rule.from_year
        self.submit(
            lambda job: save_rule(job.session, job.actor, year=year, predicates=lines),
            lambda _: self.leave(self.t.text("The wording is saved.")),
        )
