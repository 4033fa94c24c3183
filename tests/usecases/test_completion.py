"""Each specialist says “my month is complete”; the lead sees who has not."""

from datetime import date

from pravo_desktop.usecases.completion import (
    complete_month,
    completion,
    my_completion,
    withdraw_completion,
)
from pravo_desktop.usecases.drafts import save_draft
from pravo_desktop.usecases.leavers import close_account, end_employment
from tests.usecases.colleagues import a_colleague
from tests.usecases.factories import Desk
from tests.usecases.refusals import code_of

MAY = "2024-05"


def test_the_lead_sees_who_has_not_said_so_and_how_many_drafts_they_have(centre: Desk) -> None:
    lawyer = a_colleague(centre, "lawyer", profession="lawyer")
    mediator = a_colleague(centre, "mediator", profession="mediator")
    save_draft(centre.session, lawyer, form="case", content={"surname": "Тестова"})
    complete_month(centre.session, mediator, month=MAY)
    lines = completion(centre.session, centre.actor, month=MAY)
    assert [(one.name, one.profession, one.complete_at is None, one.drafts) for one in lines] == [
        ("lawyer", "lawyer", True, 1),
        ("mediator", "mediator", False, 0),
    ]
    assert "Тестова" not in repr(lines)
    assert code_of(lambda: completion(centre.session, lawyer, month=MAY)) == "not_allowed"


def test_it_can_be_taken_back_until_the_lead_closes_the_month(centre: Desk) -> None:
    lawyer = a_colleague(centre, "lawyer")
    s = centre.session
    complete_month(s, lawyer, month=MAY)
    said = my_completion(s, lawyer, MAY)
    complete_month(s, lawyer, month=MAY)
    assert said is not None and my_completion(s, lawyer, MAY) == said
    assert my_completion(s, lawyer, "2024-04") is None
    withdraw_completion(s, lawyer, month=MAY)
    withdraw_completion(s, lawyer, month=MAY)
    assert my_completion(s, lawyer, MAY) is None
    actions = [row["action"] for row in s.all("SELECT action FROM audit_entries")]
    assert actions.count("month_completed") == 1
    assert actions.count("month_completion_withdrawn") == 1
    centre.close(MAY)
    assert code_of(lambda: complete_month(s, lawyer, month=MAY)) == "month_already_closed"
    assert code_of(lambda: withdraw_completion(s, lawyer, month=MAY)) == "month_already_closed"


def test_a_month_to_come_cannot_be_complete(centre: Desk) -> None:
    lawyer = a_colleague(centre, "lawyer")
    assert code_of(lambda: complete_month(centre.session, lawyer, month="2024-06")) == (
        "month_not_started"
    )


def test_only_those_who_worked_in_the_month_are_waited_for(centre: Desk) -> None:
    leaver = a_colleague(centre, "leaver", profession="lawyer")
    gone = a_colleague(centre, "gone", profession="lawyer")
    s = centre.session
    end_employment(s, centre.actor, staff_id=str(leaver.staff_id), last_day=date(2024, 4, 30))
    close_account(s, centre.actor, account_id=gone.account_id)
    assert [one.name for one in completion(s, centre.actor, month="2024-04")] == ["leaver"]
    assert completion(s, centre.actor, month=MAY) == []
