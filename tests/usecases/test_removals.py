"""What was entered can be changed, removed, and brought back; closed months and access hold."""

from collections.abc import Callable
from datetime import date

import pytest

from pravo_desktop.domain.records import (
    HandOut,
    PrintedMaterial,
    Publication,
    Vacancy,
    Video,
)
from pravo_desktop.domain.versions import new_id
from pravo_desktop.usecases import accounts, cases, events, months, staff
from pravo_desktop.usecases.access import restrict_case
from pravo_desktop.usecases.appointments import (
    appointments_of_case,
    mark_appointment,
    plan_appointment,
    refer_case,
)
from pravo_desktop.usecases.event_queries import survey_answers
from pravo_desktop.usecases.queries import case_card
from pravo_desktop.usecases.undo import RESTORABLE, undo_removal
from tests.usecases.colleagues import a_colleague
from tests.usecases.factories import Desk
from tests.usecases.refusals import code_of

MAY = date(2024, 5, 3)
SHEET = (5, 4, None, 3, 5)
Removal = Callable[..., None]


def an_event(desk: Desk, on: date = MAY) -> str:
    return events.save_event(
        desk.session, desk.actor, kind="round_table", held_on=on, topic="Отбасы", men=2
    )


def a_material(desk: Desk) -> str:
    made = PrintedMaterial(id=new_id(), title="Жадынама", ordered_on=MAY, copies_made=100)
    return events.save_printed_material(desk.session, desk.actor, material=made)


def a_hand_out(desk: Desk, material: str, event: str | None = None) -> str:
    given = HandOut(id=new_id(), material_id=material, event_id=event, handed_on=MAY, copies=5)
    return events.save_hand_out(desk.session, desk.actor, hand_out=given)


def one_of_each(desk: Desk) -> dict[str, tuple[str, Removal, str]]:
    """A record of every kind that can be removed by itself: id, use case, its argument."""
    s, a = desk.session, desk.actor
    post = desk.specialist()
    case = desk.case(on=MAY, specialist=post)
    event, material = an_event(desk), a_material(desk)
    (sheet,) = events.add_survey_sheets(s, a, event_id=event, sheets=(SHEET,))
    clip = Video(id=new_id(), title="Кездесу", published_on=MAY)
    article = Publication(
        id=new_id(), published_on=MAY, outlet="Сайт", outlet_kind="site", title="Бітім"
    )
    return {
        "event_attendances": (
            events.attach_attendance(s, a, event_code="3F9A0B12C4", held_on=MAY, men=2),
            events.remove_attendance,
            "attendance_id",
        ),
        "survey_sheets": (sheet, events.remove_survey_sheet, "sheet_id"),
        "publications": (
            events.save_publication(s, a, publication=article),
            events.remove_publication,
            "publication_id",
        ),
        "videos": (events.save_video(s, a, video=clip), events.remove_video, "video_id"),
        "hand_outs": (
            a_hand_out(desk, a_material(desk)),
            events.remove_hand_out,
            "hand_out_id",
        ),
        "printed_materials": (material, events.remove_printed_material, "material_id"),
        "mediations": (
            cases.save_mediation(s, a, case_id=case.case_id, contract_on=MAY, specialist_id=post),
            cases.remove_mediation,
            "mediation_id",
        ),
        "studies": (
            cases.record_study(s, a, case_id=case.case_id, held_on=MAY, specialist_id=post),
            cases.remove_study,
            "study_id",
        ),
        "advice": (
            cases.record_advice(s, a, held_on=MAY, specialist_id=post),
            cases.remove_advice,
            "advice_id",
        ),
        "vacancies": (
            staff.save_vacancy(
                s, a, vacancy=Vacancy(id=new_id(), profession="lawyer", opened_on=MAY)
            ),
            staff.remove_vacancy,
            "vacancy_id",
        ),
        "staff_members": (
            desk.specialist("lawyer", employed_from=MAY),
            staff.remove_staff_member,
            "staff_id",
        ),
        "monthly_notes": (
            months.save_monthly_note(
                s, a, month="2024-05", section="services", kind="problem", text="Қысқа мерзім"
            ),
            months.remove_monthly_note,
            "note_id",
        ),
    }


KINDS = (
    *("event_attendances", "survey_sheets", "publications", "videos", "hand_outs"),
    *("printed_materials", "mediations", "studies", "advice"),
    *("vacancies", "staff_members", "monthly_notes"),
)


@pytest.mark.parametrize("table", KINDS)
def test_what_was_entered_by_mistake_is_removed_and_comes_back_as_it_was(
    centre: Desk, table: str
) -> None:
    record_id, remove, argument = one_of_each(centre)[table]
    living = f"id = '{record_id}' AND NOT deleted"
    before = dict(centre.session.one(f"SELECT * FROM {table} WHERE id = ?", (record_id,)) or {})
    remove(centre.session, centre.actor, **{argument: record_id})
    assert centre.count(table, living) == 0
    undo_removal(centre.session, centre.actor, table=table, record_id=record_id)
    after = dict(centre.session.one(f"SELECT * FROM {table} WHERE id = ?", (record_id,)) or {})
    stamps = {"epoch", "revision", "changed_at", "change", "sent"}
    assert {k: v for k, v in after.items() if k not in stamps} == {
        k: v for k, v in before.items() if k not in stamps
    }
    again = code_of(
        lambda: undo_removal(centre.session, centre.actor, table=table, record_id=record_id)
    )
    assert again == "record_not_found"


@pytest.mark.parametrize("table", sorted(set(KINDS) - {"vacancies", "staff_members"}))
def test_in_a_closed_month_only_the_lead_removes_and_says_why(centre: Desk, table: str) -> None:
    record_id, remove, argument = one_of_each(centre)[table]
    centre.close("2024-05")
    s, lead, lawyer = centre.session, centre.actor, centre.somebody("lawyer")
    if table != "monthly_notes":
        assert code_of(lambda: remove(s, lawyer, **{argument: record_id})) == "month_closed"
    assert code_of(lambda: remove(s, lead, **{argument: record_id})) == "confirmation_needed"
    reasons = {"month_closed": "Екі рет енгізілген"}
    remove(s, lead, **{argument: record_id}, confirmed=reasons)
    assert (
        s.value("SELECT reason FROM confirmed_warnings WHERE record_id = ?", (record_id,))
        == reasons["month_closed"]
    )
    assert code_of(lambda: undo_removal(s, lawyer, table=table, record_id=record_id)) in {
        "month_closed",
        "not_allowed",
    }
    undo_removal(s, lead, table=table, record_id=record_id, confirmed=reasons)
    assert centre.count(table, f"id = '{record_id}' AND NOT deleted") == 1


def test_a_material_or_an_event_with_hand_outs_is_kept_until_they_are_gone(centre: Desk) -> None:
    s, a = centre.session, centre.actor
    event, material = an_event(centre), a_material(centre)
    given = a_hand_out(centre, material, event)
    refused = [
        code_of(lambda: events.remove_printed_material(s, a, material_id=material)),
        code_of(lambda: events.remove_event(s, a, event_id=event)),
    ]
    assert refused == ["record_in_use", "record_in_use"]
    events.remove_hand_out(s, a, hand_out_id=given)
    events.remove_printed_material(s, a, material_id=material)
    events.remove_event(s, a, event_id=event)
    undo = code_of(lambda: undo_removal(s, a, table="hand_outs", record_id=given))
    assert undo == "parent_not_found"


def test_an_event_takes_its_survey_sheets_along_only_when_somebody_says_why(centre: Desk) -> None:
    s, a = centre.session, centre.actor
    event = an_event(centre)
    events.add_survey_sheets(s, a, event_id=event, sheets=(SHEET, SHEET))
    asked = code_of(lambda: events.remove_event(s, a, event_id=event))
    assert asked == "confirmation_needed"
    events.remove_event(s, a, event_id=event, confirmed={"sheets_go_too": "Өтпеген"})
    undo_removal(s, a, table="events", record_id=event)
    assert survey_answers(s, a, event).sheets == 2


def test_whoever_has_worked_or_has_an_account_stays_in_the_staff_list(centre: Desk) -> None:
    s, a = centre.session, centre.actor
    worked, named = centre.specialist(), centre.specialist("lawyer")
    centre.case(on=MAY, specialist=worked)
    centre.workplace.add_account(
        s, name="заңгер", password="another word 34", roles=("lawyer",), staff_id=named
    )
    for one in (worked, named):
        refused = code_of(lambda one=one: staff.remove_staff_member(s, a, staff_id=one))  # type: ignore[misc]
        assert refused == "record_in_use"


def test_what_was_mistyped_is_changed_where_it_stands(centre: Desk) -> None:
    s, a = centre.session, centre.actor
    post, other = centre.specialist(), centre.specialist("lawyer")
    case = centre.case(on=MAY, specialist=post)
    known = one_of_each(centre)
    attendance, sheet = known["event_attendances"][0], known["survey_sheets"][0]
    events.attach_attendance(
        s, a, event_code="3f9a0b12c4", held_on=MAY, women=7, attendance_id=attendance
    )
    events.change_survey_sheet(s, a, sheet_id=sheet, answers=(1, 1, 1, 1, None))
    study = cases.record_study(s, a, case_id=case.case_id, held_on=MAY, specialist_id=post)
    cases.record_study(s, a, case_id=case.case_id, held_on=MAY, specialist_id=other, study_id=study)
    outcome = cases.add_outcome(
        s, a, case_id=case.case_id, kind="reconciled", dated_on=MAY, source="couple"
    )
    cases.add_outcome(
        s,
        a,
        case_id=case.case_id,
        kind="reconciled",
        dated_on=MAY,
        source="court",
        outcome_id=outcome,
    )
    cases.record_advice(
        s, a, held_on=MAY, specialist_id=other, minutes=20, advice_id=known["advice"][0]
    )
    assert s.value("SELECT women FROM event_attendances WHERE men = 0") == 7
    assert s.value("SELECT q_access FROM survey_sheets") == 1
    card = case_card(s, a, case.case_id)
    assert [one.specialist_id for one in card.studies] == [other]
    assert [one.source for one in card.outcomes] == ["court"]
    assert s.value("SELECT minutes FROM advice") == 20 and centre.count("advice") == 1


def test_the_work_on_a_restricted_case_is_neither_changed_nor_removed_by_others(
    centre: Desk,
) -> None:
    psychologist = a_colleague(centre, "psychologist", profession="psychologist")
    lawyer = a_colleague(centre, "lawyer", profession="lawyer")
    case = centre.case(on=MAY, specialist=psychologist.staff_id)
    s, own = centre.session, case.case_id
    study = cases.record_study(s, psychologist, case_id=own, held_on=MAY)
    mediation = cases.save_mediation(s, psychologist, case_id=own, contract_on=MAY)
    removed = cases.record_study(s, psychologist, case_id=own, held_on=MAY)
    cases.remove_study(s, psychologist, study_id=removed)
    restrict_case(s, psychologist, case_id=own, accounts=(psychologist.account_id,))
    for actor in (lawyer, centre.actor):
        tries = (
            lambda a=actor: cases.remove_study(s, a, study_id=study),
            lambda a=actor: cases.remove_mediation(s, a, mediation_id=mediation),
            lambda a=actor: cases.record_study(s, a, case_id=own, held_on=MAY, study_id=study),
            lambda a=actor: undo_removal(s, a, table="studies", record_id=removed),
        )
        assert {code_of(one) for one in tries} == {"case_restricted"}
    cases.remove_study(s, psychologist, study_id=study)


def test_a_record_of_another_case_is_not_pulled_over_by_its_id(centre: Desk) -> None:
    post = centre.specialist()
    first, second = centre.case(on=MAY, specialist=post), centre.case(on=MAY, specialist=post)
    s, a = centre.session, centre.actor
    study = cases.record_study(s, a, case_id=first.case_id, held_on=MAY, specialist_id=post)
    pulled = code_of(
        lambda: cases.record_study(
            s, a, case_id=second.case_id, held_on=MAY, specialist_id=post, study_id=study
        )
    )
    assert pulled == "parent_not_found"


def test_an_emptied_note_is_gone_and_the_history_says_only_that(centre: Desk) -> None:
    author = a_colleague(centre, "psychologist", profession="psychologist")
    case = centre.case()
    visit = centre.visit(case, MAY, str(author.staff_id), author, note="құпия сөз")
    form = cases.ConsultationForm(minutes=40)
    cases.change_consultation(centre.session, author, consultation_id=visit, consultation=form)
    assert centre.count("notes") == 1
    empty = cases.ConsultationForm(minutes=40, note="")
    cases.change_consultation(
        centre.session, centre.actor, consultation_id=visit, consultation=empty
    )
    assert centre.count("notes") == 1
    cases.change_consultation(centre.session, author, consultation_id=visit, consultation=empty)
    assert centre.count("notes") == 0
    told = centre.session.all(
        "SELECT action, number FROM audit_entries WHERE table_name = 'notes' ORDER BY number"
    )
    assert [row["action"] for row in told] == ["added", "deleted"]
    kept = centre.session.value("SELECT count(*) FROM audit_values WHERE content LIKE '%құпия%'")
    assert kept == 0


def test_what_cannot_be_removed_by_a_use_case_is_not_undone_either(centre: Desk) -> None:
    assert "identities" not in RESTORABLE
    refused = code_of(
        lambda: undo_removal(centre.session, centre.actor, table="identities", record_id=new_id())
    )
    assert refused == "record_not_found"
    lawyer = centre.somebody("lawyer")
    vacancy = one_of_each(centre)["vacancies"][0]
    staff.remove_vacancy(centre.session, centre.actor, vacancy_id=vacancy)
    assert (
        code_of(lambda: undo_removal(centre.session, lawyer, table="vacancies", record_id=vacancy))
        == "not_allowed"
    )


def test_a_planned_visit_is_put_off_to_another_hour_and_stays_one_visit(centre: Desk) -> None:
    s, a = centre.session, centre.actor
    post, case = centre.specialist(), centre.case()
    day = date(2024, 5, 27)
    late, none, early = (
        plan_appointment(s, a, case_id=case.case_id, planned_on=day, time=time, specialist_id=post)
        for time in ("15:00", None, "09:30")
    )
    listed = [one.id for one in appointments_of_case(s, a, case.case_id)]
    assert listed == [early, late, none]
    plan_appointment(
        s,
        a,
        case_id=case.case_id,
        planned_on=day,
        time="08:00",
        specialist_id=post,
        appointment_id=late,
    )
    assert [one.id for one in appointments_of_case(s, a, case.case_id)] == [late, early, none]
    for time in ("8:00", "24:00", "09:60", "утром"):
        refused = code_of(
            lambda time=time: plan_appointment(  # type: ignore[misc]
                s, a, case_id=case.case_id, planned_on=day, time=time, specialist_id=post
            )
        )
        assert refused == "time_invalid", time


def test_a_referral_is_changed_and_a_visit_of_yesterday_keeps_its_day(centre: Desk) -> None:
    s, a = centre.session, centre.actor
    post, case = centre.specialist(), centre.case()
    referral = refer_case(s, a, case_id=case.case_id, profession="lawyer")
    refer_case(s, a, case_id=case.case_id, body="Әлеуметтік қызмет", appointment_id=referral)
    (kept,) = appointments_of_case(s, a, case.case_id)
    assert (kept.profession, kept.body) == (None, "Әлеуметтік қызмет")
    visit = plan_appointment(
        s, a, case_id=case.case_id, planned_on=date(2024, 5, 20), specialist_id=post
    )
    centre.at(2024, 5, 21)
    plan_appointment(
        s,
        a,
        case_id=case.case_id,
        planned_on=date(2024, 5, 20),
        time="10:00",
        specialist_id=post,
        appointment_id=visit,
    )
    mark_appointment(s, a, appointment_id=visit, state="no_show")


def test_roles_of_an_account_change_and_the_last_lead_stays_one(centre: Desk) -> None:
    s, lead = centre.session, centre.actor
    other = centre.workplace.add_account(
        s, name="заңгер", password="another word 34", roles=("lawyer",)
    )

    def change(account: str, *roles: str) -> str:
        return code_of(lambda: accounts.change_roles(s, lead, account_id=account, roles=roles))

    assert change(lead.account_id, "lawyer") == "last_lead_role"
    assert change(other) == "field_required" and change(other, "king") == "role_unknown"
    accounts.change_roles(s, lead, account_id=other, roles=("lawyer", "lead"))
    assert accounts.actor_of(s, other).roles == {"lawyer", "lead"}
    assert change(lead.account_id, "lawyer") == "own_lead_role"
    second = accounts.actor_of(s, other)
    accounts.change_roles(s, second, account_id=lead.account_id, roles=("mediator",))
    assert not accounts.actor_of(s, lead.account_id).responsible
    told = s.all("SELECT actor FROM audit_entries WHERE action = 'roles_changed' ORDER BY number")
    assert [row["actor"] for row in told] == [lead.account_id, other]
