"""One line of a category rule: whom it holds for, and its wording as the report prints it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from pravo_desktop.i18n import N_, Translator
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.rule_effect import RuleEffect, rule_effect
from pravo_desktop.usecases.rules import LANGUAGES, ShownRule, rule_of, save_rule
from ui.forms.loaded_form import LoadedForm, NumberEdit
from ui.page import Desk
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.choices import Choice, Choices, Tick, labels_of
from ui.widgets.fields import Field, TextArea
from ui.widgets.labels import Note, label
from ui.widgets.layouts import column, pair

_LISTS = {"role": "participant_role", "disability": "disability", "occupation": "occupation"}
"""Conditions that ask for one of several values, and the coded list of each."""
_OLDEST = 120
_MOVES_SHOWN = 6


class RuleLineForm(LoadedForm):
    """Changes which category a line of a year's rule gives, to whom, and how it is worded.

    A changed category or condition is saved once the person has seen how many adults it moves.

    Args:
        year: of the rule.
        position: of the line, from 0.
        added: the line is a new one, which comes to stand at this position.
    """

    name = N_("Line of the category rule")

    def __init__(self, desk: Desk, year: int, position: int = 0, added: bool = False) -> None:
        super().__init__(desk, year=year, position=position, added=added)
        t, theme = self.t, desk.theme
        self.year, self.position, self.added = year, position, added
        self.rule: ShownRule | None = None
        self._seen: list[dict[str, Any]] | None = None
        kinds = classifiers().kinds
        self.category = Choice(labels_of(t, classifiers().categories))
        self.lists = {
            name: Choices(theme, labels_of(t, kinds[kind])) for name, kind in _LISTS.items()
        }
        self.age_from, self.age_to = NumberEdit(maximum=_OLDEST), NumberEdit(maximum=_OLDEST)
        self.age_unknown = Tick(t.text("Also if the year of birth is not &stated"))
        self.age_unknown.setObjectName("or_age_unknown")
        self.kk, self.ru, self.en = (TextArea(theme, 2) for _ in LANGUAGES)
        self.effect_button = button(t.text("Show &what would change"), name="show_effect")
        self.effect_button.clicked.connect(self.show_effect)
        self.effect = Note(theme)
        made = (
            Field(theme, t.text("Cate&gory"), "category", self.category),
            Field(theme, t.text("R&ole in the family: one of these"), "role", self.lists["role"]),
            Field(
                theme, t.text("&Disability: one of these"), "disability", self.lists["disability"]
            ),
            Field(
                theme, t.text("O&ccupation: one of these"), "occupation", self.lists["occupation"]
            ),
            Field(theme, t.text("Age &from, years"), "age_from", self.age_from),
            Field(theme, t.text("Age &to, years"), "age_to", self.age_to),
            Field(theme, t.text("In &Kazakh"), "kk", self.kk),
            Field(theme, t.text("In &Russian"), "ru", self.ru),
            Field(theme, t.text("In &English"), "en", self.en),
        )
        self.fields = {field.name: field for field in made}
        self.form.fields.addWidget(self.fields["category"])
        self.conditions = QWidget()
        inside = column(2 * GRID)
        inside.addWidget(label(t.text("Whom this line holds for"), "section"))
        inside.addWidget(
            label(
                t.text(
                    "All conditions must hold at once. Where nothing is ticked or written, anybody "
                    "fits. The age is the report year minus the year of birth."
                ),
                "grey",
                wrap=True,
            )
        )
        for name in _LISTS:
            inside.addWidget(self.fields[name])
        inside.addLayout(pair(self.fields["age_from"], self.fields["age_to"]))
        inside.addWidget(self.age_unknown)
        inside.addWidget(self.effect_button)
        inside.addWidget(self.effect)
        self.conditions.setLayout(inside)
        self.form.fields.addWidget(self.conditions)
        self.everybody = label(
            t.text("The last line holds for everybody who is left; it has no conditions."),
            "grey",
            wrap=True,
        )
        self.form.fields.addWidget(self.everybody)
        self.add_section(t.text("How the report says it"))
        for language in LANGUAGES:
            self.form.fields.addWidget(self.fields[language])
        self.end_form()
        self.everybody.hide()

    @property
    def record_id(self) -> str:
        """The line; a new one is another draft than the line that stands where it will stand."""
        return f"rule {self.year} {self.position} {'new' if self.added else 'old'}"

    def title(self) -> str:
        if self.added:
            return self.t.text("New line of the category rule")
        if self.rule is None:
            return self.t.text(self.name)
        key = self.rule.predicates[self.position]["category"]
        return self.t.label(classifiers().categories[key])

    def start(self) -> None:
        if self.added:
            self.category.setFocus()
        else:
            (self.kk if self.conditions.isHidden() else self.lists["role"]).setFocus()

    def reload(self) -> None:
        self.load(lambda job: rule_of(job.session, job.actor, year=self.year), self._put)

    def _put(self, rule: ShownRule) -> None:
        self.rule = rule
        first = next(iter(classifiers().categories))
        new: dict[str, Any] = {"category": first, "when": {}, **dict.fromkeys(LANGUAGES, "")}
        line = new if self.added else rule.predicates[self.position]
        self.category.choose(line["category"])
        when, kinds = line["when"], classifiers().kinds
        for name, choices in self.lists.items():
            choices.fill(labels_of(self.t, kinds[_LISTS[name]]), when.get(name, ()))
        self.age_from.put(when.get("age_from"))
        self.age_to.put(when.get("age_to"))
        self.age_unknown.setChecked(bool(when.get("or_age_unknown")))
        last = not self.added and self.position == len(rule.predicates) - 1
        self.conditions.setVisible(not last)
        self.everybody.setVisible(last)
        for language, control in zip(LANGUAGES, (self.kk, self.ru, self.en), strict=True):
            control.setPlainText(str(line[language]))
        if last and self.isVisible():
            self.start()
        self.retitled.emit()

    def _when(self) -> dict[str, Any]:
        """The conditions as they stand in the form; what is empty asks nothing."""
        when: dict[str, Any] = {
            name: list(choices.values()) for name, choices in self.lists.items() if choices.values()
        }
        for name, control in (("age_from", self.age_from), ("age_to", self.age_to)):
            if control.number() is not None:
                when[name] = control.number()
        if self.age_unknown.isChecked() and when.keys() & {"age_from", "age_to"}:
            when["or_age_unknown"] = True
        return when

    def _lines(self) -> list[dict[str, Any]] | None:
        """The rule with what the form holds; None, and a message, while something is missing."""
        assert self.rule is not None
        self.clear_findings()
        words = {}
        for language in LANGUAGES:
            control = self.fields[language].control
            assert isinstance(control, TextArea)
            words[language] = " ".join(control.toPlainText().split())
            if not words[language]:
                self.required(self.fields[language])
                return None
        lines = [dict(one) for one in self.rule.predicates]
        if self.added:
            lines.insert(self.position, {})
        when = self._when()
        if not self.conditions.isHidden() and not when:
            told = self.t.text("Choose at least one condition; only the last line fits anybody.")
            self.show_finding(self.fields["role"], told)
            return None
        lines[self.position] |= {**words, "when": when, "category": self.category.value}
        return lines

    def show_effect(self) -> None:
        """Say how many adults would stand in another category."""
        if self.rule is None or (lines := self._lines()) is None:
            return
        year = self.rule.from_year
        self.desk.runner.read(
            self,
            lambda job: rule_effect(job.session, job.actor, year=year, predicates=lines),
            lambda effect: self._show_effect(effect, lines),
            self._refused,
        )

    def _show_effect(self, effect: RuleEffect, lines: list[dict[str, Any]]) -> None:
        self._seen = lines
        said = effect_in_words(self.t, effect)
        if self._moves_people(lines):
            said.append(self.t.text("Nothing is saved yet. Save once more to keep it so."))
        self.effect.show_text("\n".join(said), "warning" if effect.moves else "success")
        self.form.bring_into_sight(self.effect)

    def _moves_people(self, lines: list[dict[str, Any]]) -> bool:
        """Whether more than the wording is changed."""
        assert self.rule is not None
        if self.added:
            return True
        old, new = self.rule.predicates[self.position], lines[self.position]
        return (old["category"], _sorted(old["when"])) != (new["category"], _sorted(new["when"]))

    def save(self) -> None:
        if self.rule is None or (lines := self._lines()) is None:
            return
        if self._moves_people(lines) and lines != self._seen:
            self.show_effect()
            return
        year = self.rule.from_year
        self.submit(
            lambda job: save_rule(job.session, job.actor, year=year, predicates=lines),
            lambda _: self.leave(self.t.text("The line is saved.")),
        )


def _sorted(when: dict[str, Any]) -> dict[str, Any]:
    return {name: sorted(one) if isinstance(one, list) else one for name, one in when.items()}


def effect_in_words(t: Translator, effect: RuleEffect) -> list[str]:
    """What a changed rule would do, a line for each of the largest moves."""
    categories = classifiers().categories
    if effect.year is None:
        return [t.text("No package has come yet, so nobody changes the category.")]
    if not effect.moves:
        return [
            t.text(
                "{year}: nobody of {adults} adults changes the category.",
                year=effect.year,
                adults=t.number(effect.adults),
            )
        ]
    said = [
        t.text(
            "{year}: of {adults} adults the category changes for {moved}.",
            year=effect.year,
            adults=t.number(effect.adults),
            moved=t.number(effect.moved),
        ),
        *(
            f"{t.label(categories[old])} → {t.label(categories[new])}: {t.number(number)}"
            for old, new, number in effect.moves[:_MOVES_SHOWN]
        ),
    ]
    rest = sum(number for _, _, number in effect.moves[_MOVES_SHOWN:])
    if rest:
        said.append(t.text("Others: {number}", number=t.number(rest)))
    return said
