"""The next visit is planned while the couple is here, and marks itself when they come."""

from dataclasses import replace
from datetime import date
from typing import Any

from pravo_desktop.domain.records import Appointment
from pravo_desktop.usecases.appointments import (
    appointments_of_case,
    mark_appointment,
    my_appointments,
    plan_appointment,
    refer_case,
    referrals_to_me,
    remove_appointment,
)
from pravo_desktop.usecases.cases import CaseOpened
from tests.usecases.colleagues import a_colleague
from tests.usecases.factories import HUSBAND, NAMED, Desk
from tests.usecases.refusals import code_of

TODAY = date(2024, 5, 20)
NEXT = date(2024, 5, 27)


def _plan(desk: Desk, case: CaseOpened, on: date = NEXT, **changes: Any) -> str:
    actor = changes.pop("actor", desk.actor)
    return plan_appointment(desk.session, actor, case_id=case.case_id, planned_on=on, **changes)


def _states(desk: Desk, case: CaseOpened) -> list[str]:
    return [one.state for one in appointments_of_case(desk.session, desk.actor, case.case_id)]


def test_the_next_visit_stands_in_my_day_by_time_with_the_couples_name(centre: Desk) -> None:
    lawyer = a_colleague(centre, "lawyer", profession="lawyer")
    named, nameless = centre.case(people=(NAMED,)), centre.case(label="вторая среда")
    _plan(centre, named, time="14:30", actor=lawyer)
    _plan(centre, nameless, time="09:00", actor=lawyer)
    _plan(centre, nameless, on=date(2024, 6, 3), actor=lawyer)
    lines = my_appointments(centre.session, lawyer, until=NEXT)
    assert [(one.appointment.time, one.title, one.number) for one in lines] == [
        ("09:00", "вторая среда", nameless.number),
        ("14:30", "Тестова Әсем", named.number),
    ]
    assert my_appointments(centre.session, centre.actor, until=NEXT) == []


def test_a_visit_that_passed_without_a_word_stays_on_the_page(centre: Desk) -> None:
    lawyer = a_colleague(centre, "lawyer", profession="lawyer")
    _plan(centre, centre.case(), actor=lawyer)
    centre.at(2024, 6, 3)
    (line,) = my_appointments(centre.session, lawyer, until=date(2024, 6, 3))
    mark_appointment(centre.session, lawyer, appointment_id=line.appointment.id, state="no_show")
    assert my_appointments(centre.session, lawyer, until=date(2024, 6, 3)) == []
    assert centre.count("consultations") == 0


def test_recording_the_consultation_marks_the_visit_as_came(centre: Desk) -> None:
    psychologist, lawyer = centre.specialist("psychologist"), centre.specialist("lawyer")
    case, other = centre.case(), centre.case()
    for one, specialist in ((case, psychologist), (case, lawyer), (other, psychologist)):
        _plan(centre, one, on=TODAY, specialist_id=specialist)
    centre.visit(case, TODAY, psychologist)
    s, a = centre.session, centre.actor
    came = {one.specialist_id: one.state for one in appointments_of_case(s, a, case.case_id)}
    assert came == {psychologist: "came", lawyer: "expected"}
    assert _states(centre, other) == ["expected"]


def test_a_visit_of_another_day_stays_expected(centre: Desk) -> None:
    lawyer, case = centre.specialist("lawyer"), centre.case()
    _plan(centre, case, specialist_id=lawyer)
    centre.visit(case, TODAY, lawyer)
    assert _states(centre, case) == ["expected"]


def test_a_visit_missed_last_week_is_not_made_good_by_todays(centre: Desk) -> None:
    lawyer, case = centre.specialist("lawyer"), centre.case()
    _plan(centre, case, specialist_id=lawyer)
    centre.at(2024, 6, 3)
    centre.visit(case, date(2024, 6, 3), lawyer)
    assert _states(centre, case) == ["expected"]


def test_a_colleague_who_stands_in_fulfils_the_only_visit_of_the_day(centre: Desk) -> None:
    psychologist, substitute = centre.specialist(), centre.specialist()
    case = centre.case()
    _plan(centre, case, on=TODAY, specialist_id=psychologist)
    centre.visit(case, TODAY, substitute)
    assert _states(centre, case) == ["came"]


def test_a_referral_waits_for_any_of_the_profession_until_one_sees_the_couple(
    centre: Desk,
) -> None:
    mediator = a_colleague(centre, "mediator", profession="mediator")
    lawyer = a_colleague(centre, "lawyer", profession="lawyer")
    case = centre.case()
    refer_case(centre.session, lawyer, case_id=case.case_id, profession="mediator")
    assert [one.number for one in referrals_to_me(centre.session, mediator)] == [case.number]
    assert referrals_to_me(centre.session, lawyer) == []
    centre.at(2024, 5, 24)
    centre.visit(case, date(2024, 5, 24), str(mediator.staff_id))
    assert referrals_to_me(centre.session, mediator) == []
    assert _states(centre, case) == ["came"]


def test_a_referral_to_an_outside_body_is_not_fulfilled_by_us(centre: Desk) -> None:
    lawyer, case = centre.specialist("lawyer"), centre.case()
    refer_case(centre.session, centre.actor, case_id=case.case_id, body="АХАТ бөлімі")
    centre.visit(case, TODAY, lawyer)
    assert _states(centre, case) == ["expected"]


def test_what_a_plan_needs_is_said_beside_its_field(centre: Desk) -> None:
    case, lawyer = centre.case(people=(HUSBAND,)), centre.specialist("lawyer")
    s, a = centre.session, centre.actor
    for changes, code in (
        ({}, "field_required"),
        ({"specialist_id": lawyer, "on": date(2024, 5, 19)}, "date_in_past"),
        ({"specialist_id": lawyer, "time": "25:00"}, "time_invalid"),
        ({"specialist_id": lawyer, "profession": "lawyer"}, "only_one_of_two"),
        ({"specialist_id": case.case_id}, "parent_not_found"),
    ):
        assert code_of(lambda c=changes: _plan(centre, case, **c)) in {  # type: ignore[misc]
            code,
            "specialist_unknown",
        }
    assert code_of(lambda: refer_case(s, a, case_id=case.case_id)) == "field_required"
    assert (
        code_of(lambda: refer_case(s, a, case_id=case.case_id, profession="lawyer", body="Сот"))
        == "only_one_of_two"
    )
    assert centre.count("appointments") == 0


def test_a_visit_after_the_specialists_last_day_needs_a_word(centre: Desk) -> None:
    leaver = centre.specialist(employed_to=date(2024, 5, 24))
    case = centre.case()
    assert code_of(lambda: _plan(centre, case, specialist_id=leaver)) == "confirmation_needed"


def test_a_planned_visit_is_moved_or_removed(centre: Desk) -> None:
    lawyer, case = centre.specialist("lawyer"), centre.case()
    planned = _plan(centre, case, specialist_id=lawyer)
    _plan(centre, case, on=date(2024, 6, 3), specialist_id=lawyer, appointment_id=planned)
    (one,) = appointments_of_case(centre.session, centre.actor, case.case_id)
    assert replace(one, time=None) == Appointment(
        id=planned,
        case_id=case.case_id,
        planned_on=date(2024, 6, 3),
        specialist_id=lawyer,
    )
    remove_appointment(centre.session, centre.actor, appointment_id=planned)
    assert _states(centre, case) == []
