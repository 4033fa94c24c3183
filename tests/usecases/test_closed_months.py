"""What a specialist and a lead may still change in a month that is closed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pravo_desktop.usecases import cases, participants
from pravo_desktop.usecases.cases import ClaimForm, ConsultationForm
from tests.usecases.factories import WIFE, Desk
from tests.usecases.refusals import refusal, warnings_of

MAY = date(2024, 5, 3)


@pytest.fixture
def april(centre: Desk) -> tuple[Desk, str, Any]:
    """April closed, with one couple in it."""
    lawyer = centre.specialist("lawyer")
    opened = centre.case(
        on=date(2024, 4, 9), specialist=lawyer, claims=(ClaimForm(kind="divorce"),)
    )
    centre.close("2024-04")
    return centre, lawyer, opened


def test_a_specialist_changes_nothing_in_a_closed_month(april: tuple[Desk, str, Any]) -> None:
    desk, lawyer, opened = april
    somebody = desk.somebody("lawyer")
    visit = str(opened.consultation_id)
    acts: list[Callable[[], object]] = [
        lambda: desk.visit(opened, date(2024, 4, 30), lawyer, somebody),
        lambda: desk.case(on=date(2024, 4, 1), actor=somebody),
        lambda: cases.remove_consultation(desk.session, somebody, consultation_id=visit),
        lambda: cases.remove_claim(desk.session, somebody, claim_id=opened.claims[0]),
        lambda: participants.remove_participant(
            desk.session, somebody, participant_id=opened.participants[2]
        ),
        lambda: participants.save_participant(
            desk.session,
            somebody,
            case_id=opened.case_id,
            participant=replace(WIFE, birth_year=1991, participant_id=opened.participants[1]),
        ),
        lambda: cases.change_case(desk.session, somebody, case_id=opened.case_id, kind="divorced"),
        lambda: cases.record_advice(
            desk.session, somebody, held_on=date(2024, 4, 2), specialist_id=lawyer
        ),
        lambda: cases.add_outcome(
            desk.session,
            somebody,
            case_id=opened.case_id,
            kind="open",
            dated_on=date(2024, 4, 20),
            source="couple",
        ),
    ]
    before = desk.count("audit_entries")
    for act in acts:
        error = refusal(act)
        assert error.code == "month_closed"
        assert error.params["month"] == "2024-04"
    assert desk.count("audit_entries") == before


def test_the_lead_changes_a_closed_month_with_a_reason(april: tuple[Desk, str, Any]) -> None:
    desk, lawyer, opened = april
    assert warnings_of(lambda: desk.visit(opened, date(2024, 4, 30), lawyer)) == [
        ("month_closed", "held_on")
    ]
    desk.visit(opened, date(2024, 4, 30), lawyer, confirmed={"month_closed": "забыли внести"})
    assert desk.session.value("SELECT reason FROM confirmed_warnings") == "забыли внести"


@pytest.mark.parametrize(("was", "becomes"), [(date(2024, 4, 9), MAY), (MAY, date(2024, 4, 9))])
def test_a_visit_is_moved_neither_out_of_nor_into_a_closed_month(
    centre: Desk, was: date, becomes: date
) -> None:
    lawyer = centre.specialist("lawyer")
    opened = centre.case(on=date(2024, 4, 1), specialist=lawyer)
    visit = centre.visit(opened, was, lawyer)
    centre.close("2024-04")
    form = ConsultationForm(held_on=becomes)
    error = refusal(
        lambda: cases.change_consultation(
            centre.session,
            centre.somebody("lawyer"),
            consultation_id=visit,
            consultation=form,
        )
    )
    assert (error.code, error.params["field"]) == ("month_closed", "held_on")
    cases.change_consultation(
        centre.session,
        centre.actor,
        consultation_id=visit,
        consultation=form,
        confirmed={"month_closed": "ошибка в дате"},
    )
    held_on = centre.session.value("SELECT held_on FROM consultations WHERE id = ?", (visit,))
    assert held_on == becomes.isoformat()


def test_a_couple_of_a_closed_month_comes_again_and_leaves_its_phone(
    april: tuple[Desk, str, Any],
) -> None:
    """Personal data counts in no month, and a participant kept as they were changes none."""
    desk, lawyer, opened = april
    somebody = desk.somebody("lawyer")
    desk.visit(opened, MAY, lawyer, somebody, note="пришли снова")
    participants.save_participant(
        desk.session,
        somebody,
        case_id=opened.case_id,
        participant=replace(
            WIFE,
            consent="given",
            surname="Тестова",
            phone="87011234567",
            participant_id=opened.participants[1],
        ),
    )
    assert desk.session.value("SELECT phone FROM identities") == "+77011234567"
