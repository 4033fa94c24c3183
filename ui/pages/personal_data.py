"""Personal data: what people asked for, by when it is due, and carrying it out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from pravo_desktop.i18n import N_, Translator
from pravo_desktop.resources import classifiers, personal_data_rules
from pravo_desktop.usecases.actor import LEAD
from pravo_desktop.usecases.new_drafts import new_drafts
from pravo_desktop.usecases.privacy import (
    REQUESTS,
    PersonalAct,
    answer_request,
    erase_person,
    issue_held_data,
    personal_acts,
    record_request,
    withdraw_consent,
)
from pravo_desktop.usecases.queries import CaseCard, PersonCard, case_card
from ui.forms.couple_finder import CoupleFinder
from ui.forms.form_page import FormPage
from ui.models.rows import Column, RowsModel
from ui.page import Desk, Page, Primary
from ui.pages.past_term import TermPage
from ui.printing import LANGUAGES, offer_paper
from ui.reason import ask_reason
from ui.tables import ListView
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.choices import Choice
from ui.widgets.fields import DateEdit, Field
from ui.widgets.labels import EmptyState, label
from ui.widgets.layouts import column, pair, row

KINDS = {
    "information": N_("What is held about me"),
    "correction": N_("Correct or block"),
    "withdrawal": N_("Withdraw the consent"),
    "erasure": N_("Erase my data"),
    "term": N_("Depersonalised by term"),
    "restored": N_("Forgotten again after a restore"),
}
"""The acts of the register, in the words of who asks."""

COL_KIND, COL_CASE, COL_WHO, COL_ASKED, COL_STATE, COL_BACKUPS, COL_REMARK = range(7)


def state_of(t: Translator, act: PersonalAct) -> str:
    """When it was done, or how many working days are left."""
    if act.done_on is not None:
        return t.text("Done on {day}", day=t.date(act.done_on))
    left = act.days_left or 0
    if left < 0:
        return t.plural("Late by {n} working day", "Late by {n} working days", -left)
    if left == 0:
        return t.text("Today is the last day")
    return t.plural("{n} working day left", "{n} working days left", left)


class PersonalDataPage(Page):
    """The register; Ctrl+N writes a request down, Enter carries the chosen one out."""

    key = "personal_data"
    name = N_("Personal data")
    icon = "lock"
    shortcut = "Ctrl+8"
    railed = False
    roles = LEAD
    reloads_on = frozenset({"personal_acts", "joined_cases"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t, theme = self.t, desk.theme
        roles = classifiers().kinds["participant_role"]
        columns: tuple[Column[PersonalAct], ...] = (
            Column(t.text("What was asked or done"), lambda a: t.text(KINDS[a.kind])),
            Column(t.text("Case"), lambda a: a.number, quiet=True),
            Column(
                t.text("Who"),
                lambda a: (
                    t.label(roles[a.role])
                    if a.role
                    else t.plural("{n} person", "{n} people", a.people)
                ),
            ),
            Column(t.text("Asked on"), lambda a: t.date(a.asked_on), lambda a: a.asked_on),
            Column(t.text("State"), lambda a: state_of(t, a), lambda a: a.due_on or a.asked_on),
            Column(
                t.text("Backups until"),
                lambda a: t.date(a.backups_until) if a.backups_until else "",
                lambda a: a.backups_until or date.min,
                quiet=True,
            ),
            Column(t.text("Remark"), lambda a: a.remark, quiet=True),
        )
        self.model = RowsModel(columns, QColor(theme.colours.quiet))
        self.table = ListView(
            theme,
            self.model,
            name="personal_acts",
            spoken=t.text("Personal data"),
            widths={
                COL_KIND: 216,
                COL_CASE: 144,
                COL_WHO: 88,
                COL_ASKED: 112,
                COL_STATE: 232,
                COL_BACKUPS: 136,
            },
            stretched=COL_REMARK,
        )
        self.table.activated.connect(lambda _: self.carry_out())
        self.carry = button(t.text("Carry &out…"), name="carry_out")
        self.carry.clicked.connect(self.carry_out)
        self.answer = button(t.text("It is &answered…"), name="answered")
        self.answer.clicked.connect(self.say_answered)
        self.language = Choice(LANGUAGES, t.language)
        self.language.setAccessibleName(t.text("Language of the paper"))
        term = button(t.text("Cases past their &term…"), name="term")
        term.clicked.connect(lambda: desk.navigator.open(TermPage))
        top = row(GRID)
        for one in (self.carry, self.answer, self.language, term):
            top.addWidget(one)
        top.addStretch(1)
        days = personal_data_rules().working_days
        facts = label(
            t.text(
                "Terms of the law, in working days: information {information}, correction "
                "{correction}, erasure {erasure}, withdrawal {withdrawal}. Public holidays are "
                "not counted in, so the dates shown are the earliest.",
                **{kind: t.number(days[kind]) for kind in REQUESTS},
            ),
            "grey",
            wrap=True,
        )
        self.nothing = EmptyState(
            theme,
            "lock",
            t.text(
                "When somebody asks what is held about them, wants it corrected or erased, or "
                "withdraws their consent, write it down here: the program counts the days."
            ),
            t.text("Write down a request"),
        )
        self.nothing.pressed.connect(self.add)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(self.table)
        layout = column(GRID)
        layout.addLayout(top)
        layout.addWidget(facts)
        layout.addWidget(self._stack, 1)
        self.setLayout(layout)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._settle())
        self._settle()

    def primary(self) -> Primary:
        return Primary(self.t.text("Write down a request"), self.add, "Ctrl+N")

    def start(self) -> None:
        (self.table if self.model.rows else self.nothing.button).setFocus()

    def add(self) -> Page:
        """Open the form of a new request."""
        return self.desk.navigator.open(RequestForm)

    def reload(self) -> None:
        self.desk.runner.read(self, lambda job: personal_acts(job.session, job.actor), self._show)

    def _show(self, acts: list[PersonalAct]) -> None:
        fresh = len(acts) != len(self.model.rows)
        chosen = self.table.chosen
        self.model.set_rows(acts)
        self._stack.setCurrentIndex(1 if acts else 0)
        self.table.choose(0 if fresh or chosen is None else chosen)
        self._settle()
        if self.isVisible():
            self.start()

    @property
    def _open_one(self) -> PersonalAct | None:
        position = self.table.chosen
        act = self.model.rows[position] if position is not None and self.model.rows else None
        return act if act is not None and act.done_on is None else None

    def _settle(self) -> None:
        act = self._open_one
        self.carry.setEnabled(act is not None and act.kind != "correction")
        self.language.setVisible(act is not None and act.kind == "information")
        self.answer.setEnabled(act is not None)

    def carry_out(self) -> None:
        """Do what the chosen request asks for; a correction is made in the case."""
        act = self._open_one
        if act is None or act.participant_id is None:
            return
        if act.kind == "information":
            self._print(act, act.participant_id)
        elif act.kind == "correction":
            self.say_answered()
        else:
            self._ask_to_forget(act, act.participant_id)

    def _print(self, act: PersonalAct, person: str) -> None:
        language = self.language.value
        offer_paper(
            self,
            lambda job: issue_held_data(
                job.session, job.actor, participant_id=person, language=language
            ),
            title=self.t.text("What is held about one person"),
            file_name=f"held-data-{act.number}.pdf",
            look=True,
        )

    def _ask_to_forget(self, act: PersonalAct, person: str) -> None:
        t, withdrawal = self.t, act.kind == "withdrawal"
        forget = withdraw_consent if withdrawal else erase_person

        def run(reason: str) -> None:
            self.desk.runner.write(
                self,
                lambda job: (
                    forget(job.session, job.actor, participant_id=person, reason=reason),
                    new_drafts(job.session, job.actor, (person,)).unopened,
                ),
                lambda done: self._forgotten(*done),
            )

        ask_reason(
            self,
            self.desk,
            question=t.text("Withdraw the consent of this person?")
            if withdrawal
            else t.text("Erase the data of this person?"),
            explained=t.text(
                "Names, contacts, occupation, disability, citizenship, details of papers and "
                "unsaved forms are deleted and cannot be brought back. Sex, birth year, the case, "
                "the visits and the other person's data stay. The reason is kept: name nobody "
                "in it."
            ),
            verb=t.text("Withdraw the consent") if withdrawal else t.text("Erase"),
            run=run,
            about=f"forget {act.act_id}",
        )

    def _forgotten(self, until: date, unopened: Mapping[str, int]) -> None:
        told = self.t.text(
            "Done. The last backup that still holds the data is thrown away on {day}. Tell "
            "the person this date.",
            day=self.t.date(until),
        )
        if unopened:
            told += " " + self.t.text(
                "Forms that were begun and never saved open for their authors alone. Ask to look "
                "through them: {names}.",
                names=", ".join(f"{name} ({number})" for name, number in unopened.items()),
            )
        self.desk.navigator.say(told)

    def say_answered(self) -> None:
        """Write down that the chosen request is answered."""
        act, t = self._open_one, self.t
        if act is None:
            return
        act_id = act.act_id
        ask_reason(
            self,
            self.desk,
            question=t.text("Is the request answered?"),
            explained=t.text("Say in a few words how, without names."),
            verb=t.text("It is answered"),
            run=lambda remark: self.desk.runner.write(
                self,
                lambda job: answer_request(job.session, job.actor, act_id=act_id, remark=remark),
                lambda _: self.desk.navigator.say(t.text("Saved.")),
            ),
            about=f"answer {act_id}",
        )


class RequestForm(FormPage):
    """A request: whose, what, since when."""

    name = N_("Request about personal data")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t, theme = self.t, desk.theme
        self.card: CaseCard | None = None
        self.finder = CoupleFinder(
            desk,
            t.text("Whose &case is it?"),
            "case",
            t.text("Nothing found. Check the spelling, or type less."),
        )
        self.finder.chosen.connect(self.choose)
        self.couple = label("", "section", wrap=True)
        self.person = Choice(())
        self.kind = Choice([(one, t.text(KINDS[one])) for one in REQUESTS], REQUESTS[0])
        self.asked_on = DateEdit(t, desk.clock, desk.clock.today())
        self.remark = QLineEdit()
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("Who &asks"), "participant_id", self.person),
                Field(theme, t.text("&What they ask for"), "kind", self.kind),
                Field(theme, t.text("Asked &on"), "asked_on", self.asked_on),
                Field(
                    theme,
                    t.text("&Remark, without names"),
                    "reason",
                    self.remark,
                    t.text("For example, what is to be corrected."),
                ),
            )
        }
        f = self.fields
        rest = column(2 * GRID)
        rest.addWidget(self.couple)
        rest.addWidget(f["participant_id"])
        rest.addLayout(pair(f["kind"], f["asked_on"]))
        rest.addWidget(f["reason"])
        self._rest = QWidget()
        self._rest.setLayout(rest)
        self._rest.hide()
        self.form.fields.addWidget(self.finder)
        self.form.fields.addWidget(self._rest)
        self.end_form()

    def primary(self) -> Primary | None:
        return super().primary() if self.card is not None else None

    def start(self) -> None:
        (self.finder.search if self.card is None else self.person).setFocus()

    def reload(self) -> None:
        if self.card is None:
            self.finder.look()

    def choose(self, case_id: str) -> None:
        """Go on with the people of this case."""
        self.desk.runner.read(
            self, lambda job: case_card(job.session, job.actor, case_id), self._take
        )

    def _take(self, card: CaseCard) -> None:
        self.card = card
        names = card.title or self.t.text("Without names")
        self.couple.setText(f"{names} · {card.case.number}")
        self.person.fill([(one.participant.id, self._spoken(one)) for one in card.people])
        self.finder.hide()
        self._rest.show()
        self.retitled.emit()
        self.start()

    def _spoken(self, person: PersonCard) -> str:
        roles = classifiers().kinds["participant_role"]
        year = person.participant.birth_year
        parts = (
            person.name or self.t.label(roles[person.participant.role]),
            str(year) if year else "",
        )
        return ", ".join(filter(None, parts))

    def save(self) -> None:
        self.clear_findings()
        if self.asked_on.mistyped:
            self.not_a_date(self.fields["asked_on"])
            return
        kind, person, asked_on = self.kind.value, self.person.value, self.asked_on.day()
        remark = self.remark.text()
        self.submit(
            lambda job: record_request(
                job.session,
                job.actor,
                kind=kind,
                participant_id=person,
                asked_on=asked_on,
                remark=remark,
            ),
            lambda _: self._saved(),
        )

    def _saved(self) -> None:
        self.desk.navigator.back()
        self.desk.navigator.say(self.t.text("The request is written down."))
