"""A case of somebody's acquaintances is kept from those who know the couple."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from pravo_desktop.usecases import access, cases, papers, participants
from pravo_desktop.usecases.actor import Actor
from pravo_desktop.usecases.appointments import (
    appointments_of_case,
    my_appointments,
    plan_appointment,
    refer_case,
    referrals_to_me,
)
from pravo_desktop.usecases.cases import CaseOpened, ClaimForm, ConsultationForm
from pravo_desktop.usecases.joins import join_cases, preview_join
from pravo_desktop.usecases.queries import case_card, find_cases, number_of_cases
from pravo_desktop.usecases.questions import records_to_complete
from tests.usecases.colleagues import a_colleague
from tests.usecases.factories import HUSBAND, NAMED, Desk
from tests.usecases.refusals import code_of

MAY = date(2024, 5, 3)


def a_case_of_acquaintances(desk: Desk) -> tuple[CaseOpened, Actor, Actor]:
    """A case open to the psychologist alone; and the lawyer, who knows the couple."""
    psychologist = a_colleague(desk, "psychologist", profession="psychologist")
    lawyer = a_colleague(desk, "lawyer", profession="lawyer")
    case = desk.case(
        on=MAY,
        specialist=psychologist.staff_id,
        people=(HUSBAND, NAMED),
        claims=(ClaimForm(kind="divorce"),),
        actor=psychologist,
    )
    access.restrict_case(
        desk.session, psychologist, case_id=case.case_id, accounts=(psychologist.account_id,)
    )
    return case, psychologist, lawyer


def test_a_restricted_case_is_in_nobody_elses_lists(centre: Desk) -> None:
    case, psychologist, lawyer = a_case_of_acquaintances(centre)
    s = centre.session
    for text in ("", "тестова", "AST-A-2024-00001", "701 123 45 67"):
        assert [one.case_id for one in find_cases(s, psychologist, text)] == [case.case_id], text
        assert find_cases(s, lawyer, text) == [], text
        assert (number_of_cases(s, psychologist, text), number_of_cases(s, lawyer, text)) == (1, 0)
    assert case_card(s, psychologist, case.case_id).case.id == case.case_id
    assert code_of(lambda: case_card(s, lawyer, case.case_id)) == "case_restricted"


def test_the_lead_who_is_not_named_does_not_see_it_either_but_may_change_the_list(
    centre: Desk,
) -> None:
    case, psychologist, _ = a_case_of_acquaintances(centre)
    s, lead = centre.session, centre.actor
    assert find_cases(s, lead, "") == []
    assert code_of(lambda: case_card(s, lead, case.case_id)) == "case_restricted"
    (line,) = access.restricted_cases(s, lead)
    assert (line.number, line.accounts) == (case.number, (psychologist.account_id,))
    access.open_case_to_all(s, lead, case_id=case.case_id)
    assert case_card(s, lead, case.case_id).case.id == case.case_id
    assert access.restricted_cases(s, lead) == []


Act = Callable[[Desk, Actor, CaseOpened], object]

FORBIDDEN: dict[str, Act] = {
    "change_case": lambda d, a, c: cases.change_case(
        d.session, a, case_id=c.case_id, kind="divorced"
    ),
    "save_participant": lambda d, a, c: participants.save_participant(
        d.session, a, case_id=c.case_id, participant=HUSBAND
    ),
    "take a person over": lambda d, a, c: participants.save_participant(
        d.session,
        a,
        case_id=d.case(actor=a).case_id,
        participant=replace(HUSBAND, participant_id=c.participants[0]),
    ),
    "remove_participant": lambda d, a, c: participants.remove_participant(
        d.session, a, participant_id=c.participants[0]
    ),
    "save_claim": lambda d, a, c: cases.save_claim(
        d.session, a, case_id=c.case_id, claim=ClaimForm(kind="alimony")
    ),
    "remove_claim": lambda d, a, c: cases.remove_claim(d.session, a, claim_id=c.claims[0]),
    "record_consultation": lambda d, a, c: cases.record_consultation(
        d.session, a, case_id=c.case_id, consultation=ConsultationForm()
    ),
    "change_consultation": lambda d, a, c: cases.change_consultation(
        d.session,
        a,
        consultation_id=str(c.consultation_id),
        consultation=ConsultationForm(note="x"),
    ),
    "remove_consultation": lambda d, a, c: cases.remove_consultation(
        d.session, a, consultation_id=str(c.consultation_id)
    ),
    "add_outcome": lambda d, a, c: cases.add_outcome(
        d.session, a, case_id=c.case_id, kind="open", dated_on=MAY, source="couple"
    ),
    "record_study": lambda d, a, c: cases.record_study(
        d.session, a, case_id=c.case_id, held_on=MAY
    ),
    "save_mediation": lambda d, a, c: cases.save_mediation(
        d.session, a, case_id=c.case_id, contract_on=MAY
    ),
    "plan_appointment": lambda d, a, c: plan_appointment(
        d.session, a, case_id=c.case_id, planned_on=date(2024, 6, 3)
    ),
    "refer_case": lambda d, a, c: refer_case(
        d.session, a, case_id=c.case_id, profession="mediator"
    ),
    "appointments_of_case": lambda d, a, c: appointments_of_case(d.session, a, c.case_id),
    "accounts_of_case": lambda d, a, c: access.accounts_of_case(d.session, a, c.case_id),
    "note_case_opened": lambda d, a, c: access.note_case_opened(d.session, a, case_id=c.case_id),
    "open_case_to_all": lambda d, a, c: access.open_case_to_all(d.session, a, case_id=c.case_id),
    "restrict_case": lambda d, a, c: access.restrict_case(
        d.session, a, case_id=c.case_id, accounts=(a.account_id,)
    ),
    "preview_join": lambda d, a, c: preview_join(
        d.session, a, kept_id=d.case(actor=a).case_id, dissolved_id=c.case_id
    ),
    "join_cases": lambda d, a, c: join_cases(
        d.session, a, kept_id=d.case(actor=a).case_id, dissolved_id=c.case_id
    ),
    "issue_slip": lambda d, a, c: papers.issue_slip(d.session, a, case_id=c.case_id, language="ru"),
    "issue_consent": lambda d, a, c: papers.issue_consent(
        d.session, a, case_id=c.case_id, language="ru"
    ),
    "issue_certificate": lambda d, a, c: papers.issue_certificate(
        d.session, a, participant_id=c.participants[1], language="ru"
    ),
}


@pytest.mark.parametrize("name", FORBIDDEN)
def test_nothing_can_be_done_with_a_restricted_case_by_others(centre: Desk, name: str) -> None:
    case, _, lawyer = a_case_of_acquaintances(centre)
    assert code_of(lambda: FORBIDDEN[name](centre, lawyer, case)) == "case_restricted"


def test_a_colleague_outside_the_list_does_not_hear_of_it_from_hints(centre: Desk) -> None:
    _, psychologist, lawyer = a_case_of_acquaintances(centre)
    assert code_of(lambda: centre.case(people=(NAMED,), actor=psychologist)) == (
        "confirmation_needed"
    )
    centre.case(people=(NAMED,), actor=lawyer)


def test_visits_to_come_and_fields_to_complete_stay_within_the_list(centre: Desk) -> None:
    case, psychologist, lawyer = a_case_of_acquaintances(centre)
    s, tomorrow = centre.session, date(2024, 5, 21)
    for one in (lawyer, psychologist):
        plan_appointment(
            s,
            psychologist,
            case_id=case.case_id,
            planned_on=tomorrow,
            specialist_id=one.staff_id,
        )
    refer_case(s, psychologist, case_id=case.case_id, profession="lawyer")
    assert my_appointments(s, lawyer, until=tomorrow) == referrals_to_me(s, lawyer) == []
    assert len(my_appointments(s, psychologist, until=tomorrow)) == 1
    assert records_to_complete(s, psychologist)
    assert records_to_complete(s, centre.actor) == []


def test_nobody_locks_themselves_out_and_the_list_names_real_people(centre: Desk) -> None:
    case, psychologist, lawyer = a_case_of_acquaintances(centre)
    s = centre.session

    def restrict(actor: Actor, *accounts: str) -> str:
        return code_of(
            lambda: access.restrict_case(s, actor, case_id=case.case_id, accounts=accounts)
        )

    assert restrict(psychologist, lawyer.account_id) == "would_lock_yourself_out"
    assert restrict(centre.actor) == "field_required"
    assert restrict(centre.actor, "nobody") == "account_unknown"


def test_who_looked_at_a_case_with_names_is_written_once_a_day(centre: Desk) -> None:
    lawyer = a_colleague(centre, "lawyer", profession="lawyer")
    named = centre.case(people=(NAMED,))
    nameless = centre.case(people=(HUSBAND,))
    s = centre.session

    def looked(actor: Actor, case: CaseOpened) -> bool:
        return access.note_case_opened(s, actor, case_id=case.case_id)

    assert looked(lawyer, named)
    assert not looked(lawyer, named)
    assert looked(centre.actor, named)
    assert not looked(lawyer, nameless)
    centre.at(2024, 5, 21, 0)
    assert looked(lawyer, named)
    assert centre.count("audit_entries", "action = 'case_opened'") == 3
