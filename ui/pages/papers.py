"""Papers: one is made for one person of a case; the register of all that were issued."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from pravo_desktop.domain.periods import Month
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import N_, Translator
from pravo_desktop.messages import message
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.actor import CENTRE, RESPONSIBLE
from pravo_desktop.usecases.paper_register import IssuedPaper, Paper, issued_papers
from pravo_desktop.usecases.papers import (
    issue_certificate,
    issue_consent,
    issue_journal,
    issue_slip,
    reprint_certificate,
)
from pravo_desktop.usecases.queries import CaseCard, case_card
from ui.forms.form_page import FormPage
from ui.models.rows import Column, RowsModel
from ui.page import Desk, Page, Primary
from ui.printing import LANGUAGES, offer_paper
from ui.runner import Job
from ui.tables import ListView
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.choices import Choice, Tick
from ui.widgets.fields import DateEdit, Field
from ui.widgets.labels import EmptyState, label
from ui.widgets.layouts import column, pair, row

KINDS = {
    "consent": N_("Consent to personal data"),
    "certificate": N_("Certificate for the court"),
    "slip": N_("Slip with the case number"),
    "journal": N_("Journal of the month"),
    "attendance": N_("Attendance list"),
    "hand_out": N_("Hand-out act"),
    "held_data": N_("What is held about one person"),
}
"""The kinds of papers in the register."""
OF_CASE = ("consent", "certificate", "slip")
AGAIN = frozenset({"certificate", "consent", "slip"})
"""Kinds that can be printed again from the register."""


def kind_of(t: Translator, paper: IssuedPaper) -> str:
    """What a paper is, in words; a reprint says so."""
    said = t.text(KINDS[paper.kind])
    if paper.reprint_of is not None:
        said = t.text("{kind}, reprint of No. {number}", kind=said, number=paper.reprint_of)
    return said


class PaperForm(FormPage):
    """A paper of a case: whose, which, in which language; each print has one person's data.

    Args:
        case_id: the case.
        person: id of the participant whom it is for.
        kind: which paper is offered first.
    """

    name = N_("Make a paper")

    def __init__(
        self, desk: Desk, case_id: str, person: str = "", kind: str = "certificate"
    ) -> None:
        super().__init__(desk, case_id=case_id, person=person, kind=kind)
        t, theme = self.t, desk.theme
        self.case_id, self._person = case_id, person
        self.card: CaseCard | None = None
        self.kind = Choice([(key, t.text(KINDS[key])) for key in OF_CASE], kind)
        self.language = Choice(LANGUAGES, t.language)
        self.person = Choice(())
        self.court, self.court_case, self.request_number = QLineEdit(), QLineEdit(), QLineEdit()
        self.request_date = DateEdit(t, desk.clock)
        self.mediator = Tick(t.text("Both gave leave to name visits to the mediator"))
        self.mediator.setObjectName("mediator_visits_allowed")
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("&Paper"), "paper_kind", self.kind),
                Field(theme, t.text("Language of the paper"), "language", self.language),
                Field(theme, t.text("&Whom it is for"), "participant_id", self.person),
                Field(
                    theme,
                    t.text("Court"),
                    "court",
                    self.court,
                    t.text("Left empty: the court beside which the centre works."),
                ),
                Field(
                    theme,
                    t.text("Number in the court"),
                    "court_case",
                    self.court_case,
                    t.text("Left empty: the number kept with the claim."),
                ),
                Field(theme, t.text("Request letter No."), "request_number", self.request_number),
                Field(theme, t.text("Letter of"), "request_date", self.request_date),
            )
        }
        f, fields = self.fields, self.form.fields
        which = row(2 * GRID)
        which.addWidget(f["paper_kind"], 3, Qt.AlignmentFlag.AlignTop)
        which.addWidget(f["language"], 2, Qt.AlignmentFlag.AlignTop)
        fields.addLayout(which)
        fields.addWidget(f["participant_id"])
        court = column(2 * GRID)
        court.addWidget(f["court"])
        court.addWidget(f["court_case"])
        court.addLayout(pair(f["request_number"], f["request_date"]))
        court.addWidget(self.mediator)
        court.addWidget(
            label(
                t.text(
                    "Mediation is confidential: without leave of both the certificate does not "
                    "name these visits."
                ),
                "quiet",
                wrap=True,
            )
        )
        self._for_court = QWidget()
        self._for_court.setLayout(court)
        fields.addWidget(self._for_court)
        save = button(t.text("&Save as PDF…"), name="save_as")
        save.clicked.connect(lambda: self.offer(look=False))
        fields.addWidget(save)
        self.end_form()
        self.kind.currentIndexChanged.connect(self._settle)
        self._settle()

    def primary(self) -> Primary:
        return Primary(self.t.text("Print…"), self.save, "Ctrl+P")

    def start(self) -> None:
        self.kind.setFocus()

    def reload(self) -> None:
        case_id = self.case_id
        self.desk.runner.read(
            self, lambda job: case_card(job.session, job.actor, case_id), self._take
        )

    def _take(self, card: CaseCard) -> None:
        self.card = card
        self._settle()

    def _settle(self) -> None:
        kind = self.kind.value
        self._for_court.setVisible(kind == "certificate")
        self.fields["participant_id"].setVisible(kind != "slip")
        if self.card is None:
            return
        roles = classifiers().kinds["participant_role"]
        adults = [one for one in self.card.people if one.participant.role != "child"]
        self.person.fill(
            [
                (one.participant.id, one.name or self.t.label(roles[one.participant.role]))
                for one in adults
                if one.name or kind == "consent"
            ],
            self.person.value or self._person,
        )
        nobody = kind == "certificate" and not self.person.count()
        self.fields["participant_id"].show_finding(
            message(self.t, "person_unnamed") if nobody else "", warning=True
        )

    def save(self) -> None:
        """Show the paper, to be printed from there."""
        self.offer(look=True)

    def offer(self, *, look: bool) -> None:
        """Show the paper, or save it as PDF at once."""
        self.clear_findings()
        if self.card is None:
            return
        if self.request_date.mistyped:
            self.not_a_date(self.fields["request_date"])
            return
        kind, number = self.kind.value, self.card.case.number
        if kind == "certificate" and not self.person.value:
            self.show_finding(self.fields["participant_id"], message(self.t, "person_unnamed"))
            return
        offer_paper(
            self,
            self._issue(),
            title=self.t.text(KINDS[kind]),
            file_name=f"{kind}-{number}.pdf",
            look=look,
            failed=self._refused,
            taken=self.desk.navigator.back,
        )

    def _issue(self) -> Callable[[Job], Paper]:
        kind, language, case_id = self.kind.value, self.language.value, self.case_id
        person = self.person.value
        if kind == "slip":
            return lambda job: issue_slip(
                job.session, job.actor, case_id=case_id, language=language
            )
        if kind == "consent":
            return lambda job: issue_consent(
                job.session,
                job.actor,
                case_id=case_id,
                language=language,
                participant_id=person or None,
            )
        court, court_case = self.court.text().strip(), self.court_case.text().strip()
        letter, day = self.request_number.text().strip(), self.request_date.day()
        mediator = self.mediator.isChecked()
        return lambda job: issue_certificate(
            job.session,
            job.actor,
            participant_id=person,
            language=language,
            court=court or None,
            court_case=court_case or None,
            request_number=letter or None,
            request_date=day,
            mediator_visits_allowed=mediator,
        )


class JournalPaperForm(FormPage):
    """The month's journal on paper, with lines to sign; case numbers and no couples' names.

    Args:
        month: ``YYYY-MM``; last month when empty.
    """

    name = N_("Journal of the month")

    def __init__(self, desk: Desk, month: str = "") -> None:
        super().__init__(desk, month=month)
        t, theme = self.t, desk.theme
        months = [Month.of(desk.clock.today())]
        for _ in range(12):
            months.append(months[-1].previous)
        entries: list[tuple[str | None, str]] = [(str(one), t.month(one)) for one in months]
        self.month = Choice(entries, month or str(months[1]))
        self.language = Choice(LANGUAGES, t.language)
        self.form.fields.addLayout(
            pair(
                Field(theme, t.text("&Month"), "month", self.month),
                Field(theme, t.text("Language of the paper"), "language", self.language),
            )
        )
        save = button(t.text("&Save as PDF…"), name="save_as")
        save.clicked.connect(lambda: self.offer(look=False))
        self.form.fields.addWidget(save)
        self.end_form()

    def primary(self) -> Primary:
        return Primary(self.t.text("Print…"), self.save, "Ctrl+P")

    def start(self) -> None:
        self.month.setFocus()

    def save(self) -> None:
        """Show the journal, to be printed from there."""
        self.offer(look=True)

    def offer(self, *, look: bool) -> None:
        """Show the journal, or save it as PDF at once."""
        month, language = self.month.value, self.language.value
        offer_paper(
            self,
            lambda job: issue_journal(job.session, job.actor, month=month, language=language),
            title=self.t.text(self.name),
            file_name=f"journal-{month}.pdf",
            look=look,
            taken=self.desk.navigator.back,
        )


COL_NUMBER, COL_KIND, COL_CASE, COL_LANGUAGE, COL_ISSUED, COL_WHO = range(6)


class PapersPage(Page):
    """The register of issued papers; a certificate is printed again word for word."""

    key = "papers"
    name = N_("Issued papers")
    icon = "paper"
    shortcut = "Ctrl+Shift+P"
    roles = CENTRE
    reloads_on = frozenset({"issued_papers", "joined_cases", "case_access"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t, theme = self.t, desk.theme
        languages = dict(LANGUAGES)
        columns: tuple[Column[IssuedPaper], ...] = (
            Column(t.text("No."), lambda p: t.number(p.number), lambda p: p.number, number=True),
            Column(t.text("Paper"), lambda p: kind_of(t, p)),
            Column(t.text("Case"), lambda p: p.case_number or "", quiet=True),
            Column(t.text("Language"), lambda p: languages[p.language], quiet=True),
            Column(
                t.text("Issued"),
                lambda p: t.moment(datetime.fromisoformat(p.issued_at)),
                lambda p: p.issued_at,
                quiet=True,
            ),
            Column(t.text("By whom"), lambda p: p.actor, quiet=True),
        )
        self.model = RowsModel(columns, QColor(theme.colours.quiet))
        self.table = ListView(
            theme,
            self.model,
            name="papers",
            spoken=t.text("Issued papers"),
            widths={
                COL_NUMBER: 72,
                COL_CASE: 184,
                COL_LANGUAGE: 112,
                COL_ISSUED: 152,
                COL_WHO: 136,
            },
            stretched=COL_KIND,
            print_key="",
        )
        self.nothing = EmptyState(
            theme,
            "paper",
            t.text(
                "Papers given out are listed here. Open a case to make a consent, a certificate "
                "for the court or a slip."
            ),
            t.text("To the cases"),
        )
        self.nothing.pressed.connect(lambda: desk.navigator.go("cases"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(self.table)
        layout = column(GRID)
        if desk.actor.roles & RESPONSIBLE:
            journal = button(t.text("&Journal of a month…"), name="journal_paper")
            journal.clicked.connect(lambda: desk.navigator.open(JournalPaperForm))
            top = row(GRID)
            top.addWidget(journal)
            top.addStretch(1)
            layout.addLayout(top)
        layout.addWidget(self._stack, 1)
        self.setLayout(layout)

    def primary(self) -> Primary | None:
        if not self.model.rows:
            return None
        return Primary(self.t.text("Print again…"), self.print_again, "Ctrl+P")

    def start(self) -> None:
        (self.table if self.model.rows else self.nothing.button).setFocus()

    def reload(self) -> None:
        self.desk.runner.read(self, lambda job: issued_papers(job.session, job.actor), self._show)

    def _show(self, papers: list[IssuedPaper]) -> None:
        chosen = self.table.chosen
        fresh = len(papers) != len(self.model.rows)
        self.model.set_rows(papers)
        self._stack.setCurrentIndex(1 if papers else 0)
        self.table.choose(0 if fresh or chosen is None else chosen)
        self.retitled.emit()
        if self.isVisible():
            self.start()

    def print_again(self) -> None:
        """Print the chosen paper once more; a certificate is marked as a reprint."""
        position = self.table.chosen
        if position is None:
            return
        paper = self.model.rows[position]
        if paper.kind not in AGAIN:
            self.desk.navigator.show_error(KnownError("paper_not_again"))
            return
        offer_paper(
            self,
            _again(paper),
            title=self.t.text(KINDS[paper.kind]),
            file_name=f"{paper.kind}-{paper.case_number}-{paper.number}.pdf",
            look=True,
        )


def _again(paper: IssuedPaper) -> Callable[[Job], Paper]:
    number, language, case_id = paper.number, paper.language, paper.case_id or ""
    person = paper.participant_id
    if paper.kind == "certificate":
        return lambda job: reprint_certificate(job.session, job.actor, number=number)
    if paper.kind == "consent":
        return lambda job: issue_consent(
            job.session, job.actor, case_id=case_id, language=language, participant_id=person
        )
    return lambda job: issue_slip(job.session, job.actor, case_id=case_id, language=language)
