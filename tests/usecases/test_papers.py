"""Papers for the court and the couple: what stands on them, and nothing of anybody else."""

import subprocess
from datetime import date
from pathlib import Path

import pytest

from db import store
from exports.papers.content import (
    AttendanceList,
    Certificate,
    Consent,
    HandOutAct,
    Journal,
    Slip,
    Visit,
)
from pravo_desktop.domain.records import HandOut, PrintedMaterial
from pravo_desktop.usecases import accounts, cases, paper_register, papers, participants
from pravo_desktop.usecases.cases import CaseOpened, ClaimForm
from pravo_desktop.usecases.centre_card import CentreCard, save_centre_card
from pravo_desktop.usecases.events import event_code, save_event
from pravo_desktop.usecases.paper_register import Paper, as_it_would_be, render
from pravo_desktop.usecases.participants import ParticipantForm
from tests.usecases.colleagues import a_colleague
from tests.usecases.factories import NAMED, WIFE, Desk
from tests.usecases.refusals import code_of

MAY = date(2024, 5, 3)
HE = ParticipantForm(
    role="husband", sex="male", consent="given", surname="Серіков", given_name="Арман"
)


def text_of(paper: Paper, folder: Path) -> str:
    file = folder / "paper.pdf"
    file.write_bytes(render(paper))
    read = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True, text=True
    )
    return read.stdout


def a_couple(desk: Desk) -> CaseOpened:
    """Both see the psychologist once; then he her again, she the lawyer and the mediator."""
    specialists = [desk.specialist(one) for one in ("psychologist", "lawyer", "mediator")]
    case = desk.case(
        on=MAY,
        specialist=specialists[0],
        people=(HE, NAMED),
        claims=(ClaimForm(kind="divorce", court_number="7111-24-1"),),
    )
    he, she = case.participants
    desk.visit(case, date(2024, 5, 6), specialists[0], attendees=(he,))
    desk.visit(case, date(2024, 5, 8), specialists[1], attendees=(she,))
    desk.visit(case, date(2024, 5, 10), specialists[2], attendees=(she,))
    desk.visit(
        case,
        date(2024, 5, 8),
        specialists[1],
        attendees=(she,),
        confirmed={"consultation_same_day": "екі рет келді"},
    )
    return case


def a_certificate(desk: Desk, case: CaseOpened, mediator: bool = False) -> Paper:
    return papers.issue_certificate(
        desk.session,
        desk.actor,
        participant_id=case.participants[1],
        language="ru",
        request_number="12",
        request_date=date(2024, 5, 15),
        mediator_visits_allowed=mediator,
    )


def test_the_certificate_tells_of_one_persons_visits_alone(centre: Desk, tmp_path: Path) -> None:
    paper = a_certificate(centre, a_couple(centre))
    content = paper.content
    assert isinstance(content, Certificate)
    assert content.person == "Тестова Әсем"
    assert content.visits == (
        Visit(MAY, "psychologist"),
        Visit(date(2024, 5, 8), "lawyer"),
    )
    assert (content.number, content.court_case) == ("A-1", "7111-24-1")
    assert content.court.startswith("Специализированный межрайонный суд")
    text = text_of(paper, tmp_path)
    assert "Тестова Әсем" in text and "08.05.2024" in text
    for hidden in ("Серіков", "06.05.2024", "10.05.2024", "AST-A"):
        assert hidden not in text, hidden
    details = centre.session.value("SELECT details FROM issued_papers")
    assert "Тестова" not in details and "2024-05-10" not in details


def test_the_mediators_visits_stand_on_it_with_leave_of_both(centre: Desk) -> None:
    content = a_certificate(centre, a_couple(centre), mediator=True).content
    assert isinstance(content, Certificate)
    assert content.visits[-1] == Visit(date(2024, 5, 10), "mediator")


def test_a_reprint_says_what_the_original_said_and_that_it_is_one(
    centre: Desk, tmp_path: Path
) -> None:
    case = a_couple(centre)
    original = a_certificate(centre, case)
    centre.at(2024, 6, 3)
    lawyer = centre.specialist("lawyer")
    centre.visit(case, date(2024, 6, 3), lawyer)
    s, a = centre.session, centre.actor
    copy = papers.reprint_certificate(s, a, number=original.number)
    again = papers.reprint_certificate(s, a, number=copy.number)
    assert isinstance(original.content, Certificate) and isinstance(again.content, Certificate)
    assert (again.content.number, again.content.visits) == ("A-1", original.content.visits)
    assert again.content.issued_on == date(2024, 5, 20)
    assert again.content.reprinted_on == date(2024, 6, 3)
    assert "ПОВТОРНАЯ ПЕЧАТЬ" in text_of(again, tmp_path)
    assert "ПОВТОРНАЯ ПЕЧАТЬ" not in text_of(original, tmp_path)
    register = paper_register.issued_papers(s, a)
    assert [(one.number, one.reprint_of) for one in register] == [(3, 1), (2, 1), (1, None)]


def test_a_certificate_is_for_a_person_whose_name_is_kept(centre: Desk) -> None:
    case = a_couple(centre)
    original = a_certificate(centre, case)
    participants.save_participant(
        centre.session,
        centre.actor,
        case_id=case.case_id,
        participant=ParticipantForm(
            role="wife", consent="withdrawn", participant_id=case.participants[1]
        ),
    )
    assert code_of(lambda: a_certificate(centre, case)) == "person_unnamed"
    s, a = centre.session, centre.actor
    assert code_of(lambda: papers.reprint_certificate(s, a, number=original.number)) == (
        "person_unnamed"
    )
    assert code_of(lambda: papers.reprint_certificate(s, a, number=99)) == "paper_not_found"
    assert len(paper_register.issued_papers(s, a)) == 1


def test_the_one_lead_signs_by_name(centre: Desk) -> None:
    s, a = centre.session, centre.actor
    member = centre.specialist("lawyer", surname="Ахметова", given_name="Дана")
    accounts.link_staff(s, a, name="lead", staff_id=member)
    case = a_couple(centre)
    content = a_certificate(centre, case).content
    assert isinstance(content, Certificate) and content.signatory == "Ахметова Дана"
    a_colleague(centre, "second", "lead")
    content = a_certificate(centre, case).content
    assert isinstance(content, Certificate) and content.signatory is None


def test_a_consent_is_printed_before_any_name_is_kept(centre: Desk, tmp_path: Path) -> None:
    case = centre.case(people=(WIFE,))
    save_centre_card(
        centre.session,
        centre.actor,
        card=CentreCard(name_kk="ҚҚ", bin="240140 000011", address_ru="Астана", phone="+7 7172"),
    )
    paper = papers.issue_consent(
        centre.session,
        centre.actor,
        case_id=case.case_id,
        participant_id=case.participants[0],
        language="kk",
    )
    assert isinstance(paper.content, Consent)
    assert (paper.content.person, paper.content.case_number) == (None, case.number)
    assert paper.content.issuer.bin == "240140000011"
    assert paper.template == participants.CONSENT_TEXT
    text = text_of(paper, tmp_path)
    assert all(one in text for one in ("240140000011", "ҚҚ", "Астана"))
    named, other = centre.case(people=(NAMED,)), centre.case()
    paper = papers.issue_consent(
        centre.session,
        centre.actor,
        case_id=named.case_id,
        participant_id=named.participants[0],
        language="ru",
    )
    assert isinstance(paper.content, Consent) and paper.content.person == "Тестова Әсем"
    assert (
        code_of(
            lambda: papers.issue_consent(
                centre.session,
                centre.actor,
                case_id=other.case_id,
                participant_id=named.participants[0],
                language="ru",
            )
        )
        == "person_not_of_case"
    )


def test_the_slip_has_the_number_and_no_name(centre: Desk, tmp_path: Path) -> None:
    case = centre.case(people=(NAMED,))
    paper = papers.issue_slip(centre.session, centre.actor, case_id=case.case_id, language="kk")
    assert isinstance(paper.content, Slip) and paper.content.case_number == case.number
    text = text_of(paper, tmp_path)
    assert case.number in text and "Тестова" not in text


def test_the_list_of_an_event_has_its_code_and_leader(centre: Desk, tmp_path: Path) -> None:
    s, a = centre.session, centre.actor
    leader = centre.specialist("psychologist", surname="Ахметова")
    event = save_event(
        s, a, kind="young_couple_training", held_on=MAY, topic="Отбасы", leader_id=leader
    )
    paper = papers.issue_attendance_list(s, a, event_id=event, language="kk", rows=3)
    assert isinstance(paper.content, AttendanceList)
    assert (paper.content.code, paper.content.leader) == (event_code(event), "Ахметова")
    assert event_code(event) in text_of(paper, tmp_path)
    for rows in (0, 501):
        assert (
            code_of(
                lambda n=rows: papers.issue_attendance_list(  # type: ignore[misc]
                    s, a, event_id=event, language="kk", rows=n
                )
            )
            == "number_out_of_range"
        )


def test_the_act_lists_what_was_handed_over(centre: Desk, tmp_path: Path) -> None:
    s, a = centre.session, centre.actor
    with s.transaction():
        booklet = PrintedMaterial(
            id="0190-booklet", title="Отбасы және ажырасу", ordered_on=MAY, copies_made=100
        )
        handed = HandOut(
            id="0190-handed", material_id=booklet.id, handed_on=MAY, copies=40, place="Сот"
        )
        store.add(s, a.account_id, booklet, handed)
    paper = papers.issue_hand_out_act(
        s, a, hand_out_ids=(handed.id,), language="kk", given_to="АХАТ бөлімі"
    )
    assert isinstance(paper.content, HandOutAct)
    assert [(one.title, one.copies) for one in paper.content.materials] == [
        ("Отбасы және ажырасу", 40)
    ]
    assert (paper.content.number, paper.content.place) == ("A-1", "Сот")
    text = text_of(paper, tmp_path)
    assert "АХАТ бөлімі" in text and "40" in text
    for ids, code in (((), "field_required"), ((handed.id, "x"), "record_not_found")):
        assert (
            code_of(
                lambda i=ids: papers.issue_hand_out_act(  # type: ignore[misc]
                    s, a, hand_out_ids=i, language="kk"
                )
            )
            == code
        )


def test_the_months_journal_is_the_leads_and_names_no_couple(centre: Desk, tmp_path: Path) -> None:
    case = a_couple(centre)
    s = centre.session
    lawyer = a_colleague(centre, "lawyer", profession="lawyer")
    cases.record_advice(s, lawyer, held_on=date(2024, 5, 9))
    centre.visit(case, date(2024, 4, 29), str(lawyer.staff_id))
    paper = papers.issue_journal(s, centre.actor, month="2024-05", language="ru")
    assert isinstance(paper.content, Journal)
    assert [(one.held_on.day, one.case_number, one.attendees) for one in paper.content.rows] == [
        (3, case.number, 2),
        (6, case.number, 1),
        (8, case.number, 1),
        (8, case.number, 1),
        (9, None, 1),
        (10, case.number, 1),
    ]
    assert "Тестова" not in text_of(paper, tmp_path)
    refused = code_of(lambda: papers.issue_journal(s, lawyer, month="2024-05", language="ru"))
    assert refused == "not_allowed"


def test_a_paper_that_is_looked_at_is_the_one_issued_next_and_leaves_no_trace(
    centre: Desk,
) -> None:
    case = a_couple(centre)
    s, a = centre.session, centre.actor
    before = s.value("SELECT count(*) FROM audit_entries")
    seen = as_it_would_be(s, lambda: a_certificate(centre, case))
    assert paper_register.issued_papers(s, a) == []
    assert s.value("SELECT count(*) FROM audit_entries") == before and not s.changed
    assert a_certificate(centre, case) == seen
    assert len(paper_register.issued_papers(s, a)) == 1


def test_who_signs_for_the_centre_is_named_as_the_card_says(centre: Desk, tmp_path: Path) -> None:
    case = a_couple(centre)
    card = CentreCard(head_ru="Исполнительный директор", email="office@example.kz")
    assert "Руководитель центра" in text_of(a_certificate(centre, case), tmp_path)
    save_centre_card(centre.session, centre.actor, card=card)
    certificate = text_of(a_certificate(centre, case), tmp_path)
    journal = papers.issue_journal(centre.session, centre.actor, month="2024-05", language="ru")
    for text in (certificate, text_of(journal, tmp_path)):
        assert "Исполнительный директор" in text and "office@example.kz" in text
        assert "Руководитель центра" not in text


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_paper_is_written_in_both_languages(centre: Desk, language: str) -> None:
    case = a_couple(centre)
    s, a = centre.session, centre.actor
    for paper in (
        papers.issue_slip(s, a, case_id=case.case_id, language=language),
        papers.issue_consent(s, a, case_id=case.case_id, language=language),
        papers.issue_certificate(s, a, participant_id=case.participants[0], language=language),
        papers.issue_journal(s, a, month="2024-05", language=language),
    ):
        assert render(paper).startswith(b"%PDF"), paper.kind
    assert {one.language for one in paper_register.issued_papers(s, a, case_id=case.case_id)} == {
        language
    }
    assert len(paper_register.issued_papers(s, a, case_id=case.case_id)) == 3
    assert (
        code_of(lambda: papers.issue_slip(s, a, case_id=case.case_id, language="en"))
        == "paper_template_unknown"
    )


@pytest.mark.parametrize(("language", "position"), [("kk", "Үйлестіруші"), ("ru", "Координатор")])
def test_headquarters_papers_are_signed_by_the_coordinator_where_the_card_says_nothing(
    headquarters: Desk, tmp_path: Path, language: str, position: str
) -> None:
    s, a = headquarters.session, headquarters.actor
    printed = text_of(papers.issue_journal(s, a, month="2024-05", language=language), tmp_path)
    assert position in printed
    save_centre_card(s, a, card=CentreCard(head_kk="Директор", head_ru="Директор"))
    printed = text_of(papers.issue_journal(s, a, month="2024-05", language=language), tmp_path)
    assert "Директор" in printed and position not in printed
