"""How long names are kept after a case has come to rest, and by which legal act."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from pravo_desktop.i18n import N_
from pravo_desktop.usecases.actor import LEAD
from pravo_desktop.usecases.terms import LONGEST, LONGEST_SOURCE, KeepRule, keep_rule, set_keep_rule
from ui.forms.loaded_form import LoadedForm, NumberEdit
from ui.page import Desk
from ui.widgets.fields import Field
from ui.widgets.labels import label


class KeepRuleForm(LoadedForm):
    """Years and the act; nothing is deleted by saving it."""

    name = N_("Term of keeping")
    roles = LEAD

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t, theme = self.t, desk.theme
        self.years = NumberEdit(maximum=LONGEST)
        self.source = QLineEdit()
        self.source.setMaxLength(LONGEST_SOURCE)
        self.fields = {
            field.name: field
            for field in (
                Field(
                    theme,
                    t.text("&Years without activity, after which names are deleted"),
                    "years",
                    self.years,
                ),
                Field(
                    theme,
                    t.text("Legal &act or agreement that sets the term"),
                    "source",
                    self.source,
                    t.text("Number, date and article. It is kept in the history with your name."),
                ),
            )
        }
        for field in self.fields.values():
            self.form.fields.addWidget(field)
        self.form.fields.addWidget(
            label(
                t.text(
                    "Law on personal data of 21.05.2013: they are kept no longer than their "
                    "purpose needs. Ask a lawyer before you make the term longer. Saving deletes "
                    "nothing: the cases are shown before."
                ),
                "grey",
                wrap=True,
            )
        )
        self.end_form()

    def start(self) -> None:
        self.years.setFocus()

    def reload(self) -> None:
        self.load(lambda job: keep_rule(job.session, job.actor), self._put)

    def _put(self, rule: KeepRule) -> None:
        self.years.put(rule.years)
        self.source.setText(rule.source)

    def save(self) -> None:
        self.clear_findings()
        years, source = self.years.number() or 0, self.source.text()
        self.submit(
            lambda job: set_keep_rule(job.session, job.actor, years=years, source=source),
            lambda _: self.leave(self.t.text("The term of keeping is saved.")),
        )
