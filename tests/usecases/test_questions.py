"""The lead returns a record with a question; it waits for its maker until it is completed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from pravo_desktop.usecases import cases, participants
from pravo_desktop.usecases.cases import ClaimForm, ConsultationForm
from pravo_desktop.usecases.events import save_event
from pravo_desktop.usecases.participants import ParticipantForm
from pravo_desktop.usecases.questions import (
    answer_question,
    open_questions,
    records_to_complete,
    return_record,
)
from tests.usecases.colleagues import a_colleague
from tests.usecases.factories import HUSBAND, NAMED, Desk, a_headquarters
from tests.usecases.refusals import code_of

MAY = date(2024, 5, 3)


def test_a_returned_consultation_waits_for_who_held_it_until_it_is_changed(
    centre: Desk,
) -> None:
    lawyer = a_colleague(centre, "lawyer", profession="lawyer")
    mediator = a_colleague(centre, "mediator", profession="mediator")
    case = centre.case(on=MAY, specialist=lawyer.staff_id)
    visit = str(case.consultation_id)
    s = centre.session
    return_record(s, centre.actor, table="consultations", record_id=visit, text="Тақырыбы қандай?")
    (asked,) = open_questions(s, lawyer)
    assert (asked.text, asked.record_id, asked.number) == ("Тақырыбы қандай?", visit, case.number)
    assert open_questions(s, mediator) == []
    assert len(open_questions(s, centre.actor)) == 1

    form = ConsultationForm(topics=("divorce",))
    cases.change_consultation(s, centre.actor, consultation_id=visit, consultation=form)
    assert len(open_questions(s, lawyer)) == 1
    form = ConsultationForm(topics=("divorce",), minutes=45)
    cases.change_consultation(s, lawyer, consultation_id=visit, consultation=form)
    assert open_questions(s, lawyer) == open_questions(s, centre.actor) == []


def test_a_returned_event_waits_for_who_entered_it(centre: Desk) -> None:
    lawyer = a_colleague(centre, "lawyer")
    s = centre.session
    event = save_event(s, lawyer, kind="young_couple_training", held_on=MAY, topic="Отбасы")
    question = return_record(s, centre.actor, table="events", record_id=event, text="Кім өткізді?")
    assert [one.question_id for one in open_questions(s, lawyer)] == [question]
    answer_question(s, lawyer, question_id=question)
    assert open_questions(s, lawyer) == []
    assert code_of(lambda: answer_question(s, lawyer, question_id=question)) == (
        "question_not_found"
    )


def test_nobody_answers_for_another(centre: Desk) -> None:
    lawyer, mediator = a_colleague(centre, "lawyer"), a_colleague(centre, "mediator")
    case = centre.case(actor=lawyer)
    s = centre.session
    question = return_record(s, centre.actor, table="cases", record_id=case.case_id, text="?")
    assert code_of(lambda: answer_question(s, mediator, question_id=question)) == (
        "question_not_found"
    )
    answer_question(s, centre.actor, question_id=question)


def test_a_question_needs_a_text_and_a_record_that_is_there(centre: Desk) -> None:
    case = centre.case(people=(NAMED,))
    s, a = centre.session, centre.actor

    def ask(table: str, record_id: str, text: str) -> str:
        return code_of(lambda: return_record(s, a, table=table, record_id=record_id, text=text))

    assert ask("cases", case.case_id, "  ") == "field_required"
    assert ask("cases", case.case_id, "а" * 1001) == "text_too_long"
    assert ask("cases", case.participants[0], "?") == "record_not_found"
    assert ask("identities", case.participants[0], "?") == "record_not_found"
    assert ask("accounts", a.account_id, "?") == "record_not_found"
    assert centre.count("questions") == 0


def test_a_question_about_a_removed_record_is_gone(centre: Desk) -> None:
    lawyer = centre.specialist("lawyer")
    case = centre.case(on=MAY, specialist=lawyer)
    s, a = centre.session, centre.actor
    visit = str(case.consultation_id)
    return_record(s, a, table="consultations", record_id=visit, text="?")
    cases.remove_consultation(s, a, consultation_id=visit)
    assert open_questions(s, a) == []


def test_unknown_fields_of_my_cases_are_a_list_that_leads_to_each(centre: Desk) -> None:
    lawyer = a_colleague(centre, "lawyer", profession="lawyer")
    mediator = a_colleague(centre, "mediator", profession="mediator")
    case = centre.case(
        on=MAY,
        specialist=lawyer.staff_id,
        people=(
            HUSBAND,
            ParticipantForm(role="wife", consent="refused"),
            ParticipantForm(role="child"),
        ),
        claims=(ClaimForm(kind="divorce"), ClaimForm(kind="alimony", filed_on=MAY)),
    )
    s = centre.session
    question = return_record(
        s, centre.actor, table="participants", record_id=case.participants[1], text="Қай жылы?"
    )
    husband, wife, child = case.participants
    found = records_to_complete(s, lawyer)
    assert sorted((one.code, one.record_id, one.field) for one in found) == sorted(
        [
            ("birth_year_unknown", wife, "birth_year"),
            ("birth_year_unknown", child, "birth_year"),
            ("sex_unknown", wife, "sex"),
            ("filing_date_unknown", case.claims[0], "filed_on"),
            ("consent_not_asked", husband, "consent"),
        ]
    )
    assert {one.number for one in found} == {case.number}
    leads = records_to_complete(s, centre.actor)
    assert (leads[0].code, leads[0].text, leads[0].question_id) == (
        "question",
        "Қай жылы?",
        question,
    )
    assert leads[1:] == found
    assert records_to_complete(s, mediator) == []


def test_a_completed_field_leaves_the_list(centre: Desk) -> None:
    lawyer = a_colleague(centre, "lawyer", profession="lawyer")
    case = centre.case(on=MAY, specialist=lawyer.staff_id, people=(ParticipantForm(role="wife"),))
    s = centre.session
    assert len(records_to_complete(s, lawyer)) == 3
    person = replace(NAMED, participant_id=case.participants[0])
    participants.save_participant(s, lawyer, case_id=case.case_id, participant=person)
    assert records_to_complete(s, lawyer) == []


def test_cases_of_last_year_do_not_fill_the_list(centre: Desk) -> None:
    lawyer = a_colleague(centre, "lawyer", profession="lawyer")
    centre.case(on=MAY, specialist=lawyer.staff_id)
    assert records_to_complete(centre.session, lawyer)
    centre.at(2025, 1, 9)
    assert records_to_complete(centre.session, lawyer) == []


def test_headquarters_returns_its_own_records_too(tmp_path: Path) -> None:
    desk = a_headquarters(tmp_path / "hq")
    s, a = desk.session, desk.actor
    event = save_event(s, a, kind="young_couple_training", held_on=MAY, topic="Отбасы")
    return_record(s, a, table="events", record_id=event, text="?")
    assert len(open_questions(s, a)) == 1
    desk.leave()
