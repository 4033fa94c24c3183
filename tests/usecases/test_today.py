"""The first page of the day says who comes, what was done and what waits."""

from datetime import date

from pravo_desktop.domain.versions import new_id
from pravo_desktop.usecases import cases
from pravo_desktop.usecases.appointments import plan_appointment, refer_case
from pravo_desktop.usecases.cases import ClaimForm
from pravo_desktop.usecases.drafts import save_draft
from pravo_desktop.usecases.questions import return_record
from pravo_desktop.usecases.today import month_against_plan, today
from tests.usecases.colleagues import a_colleague
from tests.usecases.factories import NAMED, WIFE, Desk
from tests.usecases.refusals import code_of

TODAY = date(2024, 5, 20)


def test_an_empty_day_is_an_empty_page(centre: Desk) -> None:
    page = today(centre.session, centre.actor)
    assert page.day == TODAY
    assert not any(
        (page.appointments, page.referrals, page.recorded, page.drafts, page.to_complete)
    )
    assert page.packages == ()


def test_my_day_at_a_glance(centre: Desk) -> None:
    lawyer = a_colleague(centre, "lawyer", profession="lawyer")
    s = centre.session
    centre.at(2024, 5, 17)
    before = centre.case(on=date(2024, 5, 17), specialist=lawyer.staff_id, actor=lawyer)
    centre.at(2024, 5, 20, 9)
    plan_appointment(s, lawyer, case_id=before.case_id, planned_on=TODAY, time="15:00")
    plan_appointment(s, lawyer, case_id=before.case_id, planned_on=date(2024, 6, 20))
    referred = centre.case(people=(WIFE,))
    refer_case(s, centre.actor, case_id=referred.case_id, profession="lawyer")
    centre.at(2024, 5, 20, 10)
    case = centre.case(
        on=TODAY,
        specialist=lawyer.staff_id,
        people=(NAMED,),
        claims=(ClaimForm(kind="divorce"),),
        actor=lawyer,
    )
    save_draft(s, lawyer, form="consultation", content={"minutes": "45"})
    return_record(s, centre.actor, table="cases", record_id=before.case_id, text="?")

    page = today(s, lawyer)
    assert [(one.appointment.time, one.number) for one in page.appointments] == [
        ("15:00", before.number)
    ]
    assert [one.number for one in page.referrals] == [referred.number]
    assert [(one.table, one.record_id, one.title) for one in page.recorded] == [
        ("consultations", case.consultation_id, "Тестова Әсем"),
        ("cases", case.case_id, "Тестова Әсем"),
    ]
    assert [one.form for one in page.drafts] == ["consultation"]
    assert page.to_complete[0].code == "question"
    assert "filing_date_unknown" in {one.code for one in page.to_complete}
    assert page.packages == ()


def test_what_was_recorded_and_removed_again_is_not_on_the_page(centre: Desk) -> None:
    lawyer = centre.specialist("lawyer")
    case = centre.case(on=TODAY, specialist=lawyer)
    s, a = centre.session, centre.actor
    assert len(today(s, a).recorded) == 2
    cases.remove_consultation(s, a, consultation_id=str(case.consultation_id))
    assert [one.table for one in today(s, a).recorded] == ["cases"]
    centre.at(2024, 5, 21, 0)
    assert today(s, a).recorded == ()


def test_the_first_record_of_the_day_is_found_after_a_long_history(centre: Desk) -> None:
    centre.at(2024, 5, 17)
    for _ in range(9):
        centre.case(actor=centre.actor)
    for day, hour in ((20, 0), (21, 0)):
        centre.at(2024, 5, day, hour)
        case = centre.case(people=())
        assert [one.record_id for one in today(centre.session, centre.actor).recorded] == [
            case.case_id
        ]


def test_the_month_stands_beside_the_year_and_its_plan(centre: Desk) -> None:
    lawyer = centre.specialist("lawyer")
    centre.session.execute(
        "INSERT INTO plan_targets (id, indicator, region, valid_from, operator, value, epoch, "
        "revision, changed_at, station, change) "
        "VALUES (?, 'couples', 'astana', '2024-01-01', 'at_least', 200, 1, 1, '', '', 1)",
        (new_id(),),
    )
    april = centre.case(on=date(2024, 4, 3), specialist=lawyer)
    centre.case(on=date(2024, 5, 3), specialist=lawyer)
    centre.visit(april, date(2024, 4, 4), lawyer)
    couples, consultations = month_against_plan(centre.session, centre.actor)
    assert (couples.month, couples.year, couples.plan, couples.fulfilment) == (1, 2, 200, 1.0)
    assert (consultations.month, consultations.year, consultations.plan) == (1, 3, None)


def test_the_lead_sees_the_last_packages_first(centre: Desk) -> None:
    lawyer = centre.specialist("lawyer")
    centre.case(on=date(2024, 4, 3), specialist=lawyer)
    centre.case(on=date(2024, 5, 3), specialist=lawyer)
    for month in ("2024-04", "2024-05"):
        centre.close(month)
        centre.export(month)
    assert [one.month for one in today(centre.session, centre.actor).packages] == [
        "2024-05",
        "2024-04",
    ]


def test_the_page_reads_on_a_connection_that_cannot_write(centre: Desk) -> None:
    lawyer = centre.specialist("lawyer")
    centre.case(on=TODAY, specialist=lawyer)
    reading = centre.workplace.reading_session()
    assert today(reading, centre.actor) == today(centre.session, centre.actor)
    reading.close()


def test_headquarters_has_a_page_of_its_own(headquarters: Desk) -> None:
    assert code_of(lambda: today(headquarters.session, headquarters.actor)) == "not_allowed"
