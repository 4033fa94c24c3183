"""Why a closed month was changed, and the answers to headquarters, go to headquarters and back."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from exports.package.reader import read_package
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.usecases import cases, participants, privacy, publishing
from pravo_desktop.usecases.amendments import reword, words_of
from pravo_desktop.usecases.board import SectionState, board
from pravo_desktop.usecases.cases import CaseOpened, ConsultationForm
from pravo_desktop.usecases.centre_questions import ask_centre, centre_questions
from pravo_desktop.usecases.decisions import undo_package
from pravo_desktop.usecases.figure_records import records_of, versions_of
from pravo_desktop.usecases.months import reopen_month
from pravo_desktop.usecases.participants import ParticipantForm
from pravo_desktop.usecases.questions import (
    answer_question,
    records_to_complete,
    return_record,
)
from pravo_desktop.usecases.receipts import receipt_outline
from pravo_desktop.usecases.replay import replay
from tests.usecases.factories import HUSBAND, IIN, NAMED, Desk
from tests.usecases.refusals import code_of
from tests.usecases.test_receipts import receipt, taken

APRIL = Period(date(2024, 4, 1), date(2024, 4, 30))
WHY = "Қағаз журналда қалып қойған"
REASON = {"month_closed": WHY}


class Story:
    """A centre whose April is closed and accepted at headquarters."""

    def __init__(
        self, centre: Desk, headquarters: Desk, stick: Path, wife: ParticipantForm = NAMED
    ) -> None:
        self.centre, self.desk, self.stick = centre, headquarters, stick
        self.lawyer = centre.specialist("lawyer")
        self.case: CaseOpened = centre.case(
            on=date(2024, 4, 9), specialist=self.lawyer, people=(HUSBAND, wife)
        )
        centre.close("2024-04", {"media": "no_activity"})
        centre.export("2024-04")
        headquarters.trusts(centre)
        headquarters.receive(centre.copy(1, stick), received_on=date(2024, 5, 3))

    @property
    def visit(self) -> str:
        return str(self.case.consultation_id)

    def forgotten(self, day: int = 12, reason: str = WHY) -> str:
        return self.centre.visit(
            self.case, date(2024, 4, day), self.lawyer, confirmed={"month_closed": reason}
        )

    def send(self, sequence: int = 2) -> None:
        self.centre.export("2024-04", amendment=True)
        (said,) = self.desk.receive(self.centre.copy(sequence, self.stick))
        assert said.status == "accepted"

    def sections(self) -> dict[str, SectionState]:
        shown = board(self.desk.session, self.desk.actor, period=APRIL).only("astana")
        return {one.section: one for one in shown.rows[0].cells[0].sections}

    def reasons(self) -> set[str]:
        return {reason for one in self.sections().values() for reason in one.amendments}


@pytest.fixture
def story(centre: Desk, headquarters: Desk, tmp_path: Path) -> Story:
    return Story(centre, headquarters, tmp_path / "stick")


def test_the_reason_travels_with_the_amendment(story: Story) -> None:
    visit = story.forgotten()
    story.send()
    package = read_package(story.centre.package(2))
    (said,) = [row.version.values for row in package.rows if row.version.table == "amendments"]
    assert package.manifest.schema_version == 2
    assert said == {
        "month": "2024-04",
        "section": "services",
        "record_table": "consultations",
        "record_id": visit,
        "record_revision": 1,
        "changed_on": "2024-05-20",
        "reason": WHY,
    }


def test_the_reason_travels_with_the_next_month_too(story: Story) -> None:
    story.forgotten()
    story.centre.at(2024, 6, 3)
    story.centre.close("2024-05")
    story.centre.export("2024-05")
    story.desk.at(2024, 6, 4)
    story.desk.receive(story.centre.copy(2, story.stick))
    assert story.sections()["services"].amendments == (WHY,)


def test_the_reason_leaves_with_the_change_whichever_month_the_package_is_of(
    story: Story,
) -> None:
    """A changed row of May goes with an amendment of April, and so does its reason."""
    centre = story.centre
    visit = centre.visit(story.case, date(2024, 5, 7), story.lawyer)
    centre.at(2024, 6, 3)
    centre.close("2024-05")
    centre.export("2024-05")
    cases.change_consultation(
        centre.session,
        centre.actor,
        consultation_id=visit,
        consultation=ConsultationForm(minutes=45),
        confirmed=REASON,
    )
    story.desk.at(2024, 6, 4)
    story.desk.receive(centre.copy(2, story.stick))
    story.send(3)
    (newest, first) = versions_of(
        story.desk.session,
        story.desk.actor,
        table="consultations",
        centre="astana",
        record_id=visit,
    )
    assert (newest.reasons, first.reasons) == ((WHY,), ())
    assert not story.sections()["services"].amended


def test_a_record_that_moves_between_closed_months_changes_both(story: Story) -> None:
    centre = story.centre
    centre.at(2024, 6, 3)
    centre.close("2024-05")
    cases.change_consultation(
        centre.session,
        centre.actor,
        consultation_id=story.visit,
        consultation=ConsultationForm(held_on=date(2024, 5, 9)),
        confirmed=REASON,
    )
    changed = centre.session.all("SELECT month, record_revision FROM amendments ORDER BY month")
    assert changed == [
        {"month": "2024-04", "record_revision": 2},
        {"month": "2024-05", "record_revision": 2},
    ]


def test_what_is_kept_as_it_was_needs_no_reason_and_leaves_none(story: Story) -> None:
    cases.change_consultation(
        story.centre.session,
        story.centre.actor,
        consultation_id=story.visit,
        consultation=ConsultationForm(),
        confirmed=REASON,
    )
    assert story.centre.count("amendments") == 0


def test_the_board_knows_which_section_was_amended_and_why(story: Story) -> None:
    assert not any(one.amended for one in story.sections().values())
    story.forgotten()
    story.send()
    sections = story.sections()
    assert [one.section for one in sections.values() if one.amended] == ["services"]
    assert sections["services"].shown == "amended"
    assert sections["services"].amendments == (WHY,)
    assert sections["media"].shown == "zero"


def test_a_month_opened_again_is_amended_though_nobody_was_asked_why(story: Story) -> None:
    reopen_month(story.centre.session, story.centre.actor, month="2024-04")
    story.centre.visit(story.case, date(2024, 4, 12), story.lawyer)
    story.centre.close("2024-04", {"media": "no_activity"})
    story.send()
    assert story.sections()["services"].amended
    assert not story.sections()["media"].amended
    assert story.reasons() == set()


def test_every_number_opens_the_reason_of_its_records(story: Story) -> None:
    visit = story.forgotten()
    story.send()
    lines = records_of(
        story.desk.session,
        story.desk.actor,
        period=APRIL,
        indicator="consultations",
        region="astana",
    )
    assert {line.record_id: line.reasons for line in lines} == {story.visit: (), visit: (WHY,)}


def test_each_version_of_a_record_says_its_own_reason(story: Story) -> None:
    for minutes, why in ((40, "Сағаты қате"), (45, "Тағы да қате")):
        cases.change_consultation(
            story.centre.session,
            story.centre.actor,
            consultation_id=story.visit,
            consultation=ConsultationForm(minutes=minutes),
            confirmed={"month_closed": why},
        )
        story.send(2 if minutes == 40 else 3)
    versions = versions_of(
        story.desk.session,
        story.desk.actor,
        table="consultations",
        centre="astana",
        record_id=story.visit,
    )
    assert [one.reasons for one in versions] == [("Тағы да қате",), ("Сағаты қате",), ()]


def test_the_errata_give_the_reason_of_each_changed_cell(story: Story) -> None:
    session, actor = story.desk.session, story.desk.actor
    year = Period(date(2024, 1, 1), date(2024, 12, 31))
    prepared = publishing.prepare_report(session, actor, period=year, formats=())
    report = publishing.publish_report(session, actor, prepared=prepared)
    story.forgotten(12, "Бірінші себеп")
    story.forgotten(13, "Екінші себеп")
    story.send()
    changes = publishing.report_changes(session, actor, report_id=report, language="kk")
    words = {one.number: (one.reason, one.month) for one in changes.reasons}
    april = Month(2024, 4)
    assert set(words.values()) == {("Бірінші себеп", april), ("Екінші себеп", april)}
    (cell,) = [
        one
        for one in changes.cells
        if (one.indicator, one.region, one.breakdown) == ("consultations", "all", None)
    ]
    assert (cell.before, cell.after, set(cell.reasons)) == (1, 3, set(words))
    for format in ("pdf", "xlsx", "docx"):
        assert publishing.make_errata(
            session, actor, report_id=report, language="ru", format=format
        )


def test_an_amendment_taken_back_takes_its_reason_with_it_and_replay_agrees(story: Story) -> None:
    before = story.desk.state()
    story.forgotten()
    story.send()
    with_it = story.desk.state()
    desk = story.desk
    assert replay(desk.session, desk.actor, archive=desk.archive, check=True) == with_it
    undo_package(desk.session, desk.actor, package="2", reason="қате")
    assert story.reasons() == set()
    assert desk.state() == before


@pytest.mark.parametrize(
    "reason", ["Тестованың сұрауы", "Қоңырау: 8 701 123-45-67", f"ЖСН {IIN}", "900101 300123"]
)
def test_a_reason_that_names_somebody_is_refused_while_it_is_typed(
    story: Story, reason: str
) -> None:
    assert code_of(lambda: story.forgotten(12, reason)) == "words_name_person"
    assert story.centre.count("consultations") == 1
    assert story.centre.count("amendments") == 0


def test_a_name_that_is_entered_after_the_reason_keeps_the_package_at_home(story: Story) -> None:
    centre = story.centre
    story.forgotten(12, "Кәрімоваға қатысты қате")
    centre.case(people=(HUSBAND, replace(NAMED, surname="Кәрімова", iin=None, phone=None)))
    assert code_of(lambda: centre.export("2024-04", amendment=True)) == "text_names_person"
    amendment = str(centre.session.value("SELECT id FROM amendments"))

    def anew(words: str) -> None:
        reword(centre.session, centre.actor, table="amendments", record_id=amendment, words=words)

    said = words_of(centre.session, centre.actor, table="amendments", record_id=amendment)
    assert said == "Кәрімоваға қатысты қате"
    assert code_of(lambda: anew("Кәрімова туралы")) == "words_name_person"
    assert code_of(lambda: anew("  ")) == "field_required"
    assert code_of(lambda: anew("а" * 1001)) == "text_too_long"
    anew("Бір адамға қатысты қате")
    story.send()
    assert story.reasons() == {"Бір адамға қатысты қате"}


def test_why_a_person_was_forgotten_stays_at_the_centre(
    centre: Desk, headquarters: Desk, tmp_path: Path
) -> None:
    story = Story(centre, headquarters, tmp_path / "stick", replace(NAMED, occupation="business"))
    wife = story.case.participants[1]
    participants.save_participant(
        centre.session,
        centre.actor,
        case_id=story.case.case_id,
        participant=replace(NAMED, occupation="ngo", participant_id=wife),
        confirmed={"month_closed": "Бизнесте емес екен"},
    )
    privacy.erase_person(
        centre.session, centre.actor, participant_id=wife, reason="Тестова өзі өтініш берді"
    )
    story.send()
    assert story.reasons() == {"personal_data"}
    kept = "".join(str(row) for row in centre.session.all("SELECT content FROM audit_values"))
    assert "Бизнесте" not in kept and "өтініш берді" not in kept


# --- Answers --------------------------------------------------------------------------------------


def asked(story: Story) -> str:
    """Headquarters asks about the visit, and the centre imports the receipt."""
    question = ask_centre(
        story.desk.session,
        story.desk.actor,
        centre="astana",
        table="consultations",
        record_id=story.visit,
        field="minutes",
        question_kk="Ұзақтығы қандай?",
        question_ru="Какова длительность?",
    )
    taken(story.centre, receipt(story.desk, story.stick / "back"), story.desk)
    return question


def open_rows(story: Story) -> tuple[str, ...]:
    outline = receipt_outline(story.desk.session, story.desk.actor, centre="astana")
    return tuple(one.question_id for one in outline.questions)


def answered(story: Story) -> tuple[str, str | None, str]:
    (one,) = centre_questions(story.desk.session, story.desk.actor)
    return one.status, one.answer, one.words


def test_right_as_it_is_goes_back_with_its_words_and_is_not_asked_again(story: Story) -> None:
    question = asked(story)
    centre = story.centre
    answer_question(
        centre.session, centre.actor, question_id=question, words="Телефонмен қысқа сөйлесті"
    )
    waiting = records_to_complete(centre.session, centre.actor)
    assert not [one for one in waiting if one.origin == "headquarters"]
    assert open_rows(story) == (question,)
    story.send()
    assert answered(story) == ("answered", "right", "Телефонмен қысқа сөйлесті")
    assert open_rows(story) == ()


def test_the_answer_goes_with_the_next_month_too(story: Story) -> None:
    question = asked(story)
    story.centre.at(2024, 6, 3)
    answer_question(story.centre.session, story.centre.actor, question_id=question, words="Дұрыс")
    story.centre.close("2024-05")
    story.centre.export("2024-05")
    story.desk.at(2024, 6, 4)
    story.desk.receive(story.centre.copy(2, story.stick))
    assert answered(story) == ("answered", "right", "Дұрыс")


def test_a_corrected_row_says_which_question_it_answers(story: Story) -> None:
    asked(story)
    cases.change_consultation(
        story.centre.session,
        story.centre.actor,
        consultation_id=story.visit,
        consultation=ConsultationForm(minutes=45),
        confirmed=REASON,
    )
    story.send()
    assert answered(story) == ("settled", "corrected", "")
    assert story.reasons() == {WHY}


def test_a_question_whose_answer_was_taken_back_is_asked_again(story: Story) -> None:
    question = asked(story)
    answer_question(story.centre.session, story.centre.actor, question_id=question)
    story.send()
    assert answered(story) == ("answered", "right", "")
    undo_package(story.desk.session, story.desk.actor, package="2", reason="қате")
    assert open_rows(story) == (question,)


def test_an_answer_names_nobody(story: Story) -> None:
    question = asked(story)
    centre = story.centre

    def answer() -> None:
        answer_question(centre.session, centre.actor, question_id=question, words="Тестова келмеді")

    assert code_of(answer) == "words_name_person"
    assert centre.count("answers") == 0


def test_an_answer_to_the_lead_stays_at_the_centre(story: Story) -> None:
    centre = story.centre
    question = return_record(
        centre.session, centre.actor, table="consultations", record_id=story.visit, text="?"
    )
    answer_question(centre.session, centre.actor, question_id=question, words="Дұрыс")
    assert centre.count("answers") == 0
