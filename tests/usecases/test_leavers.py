"""Somebody leaves: visits find another specialist, and the password opens nothing any more."""

from datetime import date

import pytest

from db.engine import open_engine
from pravo_desktop.bootstrap import logins, open_workplace
from pravo_desktop.data_folder import DATABASE, SLOTS
from pravo_desktop.security.keyslots import KeySlots
from pravo_desktop.usecases import accounts
from pravo_desktop.usecases.appointments import (
    appointments_of_case,
    my_appointments,
    plan_appointment,
    referrals_to_me,
)
from pravo_desktop.usecases.drafts import save_draft
from pravo_desktop.usecases.leavers import close_account, end_employment
from pravo_desktop.usecases.queries import find_cases
from tests.usecases.colleagues import a_colleague
from tests.usecases.factories import NAMED, PASSWORD, Desk
from tests.usecases.refusals import code_of

LAST_DAY = date(2024, 5, 31)
SOON = date(2024, 5, 27)
LATER = date(2024, 6, 10)


def test_visits_after_the_last_day_go_to_the_successor(centre: Desk) -> None:
    leaver = a_colleague(centre, "leaver", profession="lawyer")
    successor = a_colleague(centre, "successor", profession="lawyer")
    case = centre.case()
    s = centre.session
    for day in (SOON, LATER):
        plan_appointment(s, leaver, case_id=case.case_id, planned_on=day)
    ended = end_employment(
        s,
        centre.actor,
        staff_id=str(leaver.staff_id),
        last_day=LAST_DAY,
        hand_over_to=successor.staff_id,
    )
    assert (ended.handed_over, ended.accounts) == (1, (leaver.account_id,))
    assert [one.appointment.planned_on for one in my_appointments(s, leaver, until=LATER)] == [SOON]
    assert [one.appointment.planned_on for one in my_appointments(s, successor, until=LATER)] == [
        LATER
    ]


def test_without_a_successor_they_wait_for_anybody_of_the_profession(centre: Desk) -> None:
    leaver = a_colleague(centre, "leaver", profession="lawyer")
    other = a_colleague(centre, "other", profession="lawyer")
    case = centre.case()
    s = centre.session
    plan_appointment(s, leaver, case_id=case.case_id, planned_on=LATER)
    end_employment(s, centre.actor, staff_id=str(leaver.staff_id), last_day=LAST_DAY)
    assert [one.number for one in referrals_to_me(s, other)] == [case.number]
    (one,) = appointments_of_case(s, centre.actor, case.case_id)
    assert (one.specialist_id, one.profession) == (None, "lawyer")


def test_a_last_day_needs_to_make_sense(centre: Desk) -> None:
    leaver, gone = centre.specialist("lawyer"), centre.specialist(employed_to=date(2024, 5, 1))
    s, a = centre.session, centre.actor

    def end(staff_id: str, day: date = LAST_DAY, to: str | None = None) -> str:
        return code_of(
            lambda: end_employment(s, a, staff_id=staff_id, last_day=day, hand_over_to=to)
        )

    assert end(leaver, date(2023, 12, 1)) == "dates_out_of_order"
    assert end("nobody") == end(leaver, to="nobody") == "specialist_unknown"
    assert end(leaver, to=leaver) == end(leaver, to=gone) == "specialist_unknown"


def test_the_last_lead_and_oneself_cannot_be_closed(centre: Desk) -> None:
    s, lead = centre.session, centre.actor
    second = a_colleague(centre, "second", "lead", "lawyer")
    assert code_of(lambda: close_account(s, lead, account_id=lead.account_id)) == "own_account"
    assert code_of(lambda: close_account(s, lead, account_id="nobody")) == "account_unknown"
    close_account(s, second, account_id=lead.account_id)
    stranger = centre.somebody("lead")
    assert code_of(lambda: close_account(s, stranger, account_id=second.account_id)) == "last_lead"


def _with_a_lawyer(desk: Desk) -> str:
    return desk.workplace.add_account(
        desk.session, name="lawyer", password="battery staple 7", roles=("lawyer",)
    )


def test_a_closed_account_opens_nothing_and_the_others_go_on(centre: Desk) -> None:
    folder = centre.workplace.folder
    lawyer = _with_a_lawyer(centre)
    centre.case(people=(NAMED,))
    old_slots = (folder / SLOTS).read_bytes()
    theirs = open_workplace(folder, password="battery staple 7", user="lawyer")
    save_draft(centre.session, theirs.actor, form="case", content={"surname": "Тестова"})
    theirs.close()
    centre.session = centre.workplace.close_account(centre.session, account_id=lawyer)
    assert logins(folder) == ["lead"]
    assert centre.count("drafts") == 0
    assert code_of(lambda: accounts.actor_of(centre.session, lawyer)) == "account_closed"
    centre.case()
    assert len(find_cases(centre.session, centre.actor)) == 2
    reading = centre.workplace.reading_session()
    assert len(find_cases(reading, centre.actor)) == 2
    reading.close()
    centre.leave()

    again = open_workplace(folder, password=PASSWORD)
    session = again.session()
    assert session.value("PRAGMA journal_mode") == "wal"
    assert len(find_cases(session, again.actor, "тестова")) == 1
    session.close()
    again.close()

    # The leaver kept a copy of the old file with the accounts: its key fits no more.
    (folder / SLOTS).write_bytes(old_slots)
    assert code_of(lambda: open_workplace(folder, password="battery staple 7", user="lawyer")) == (
        "database_unreadable"
    )


def test_while_another_window_is_open_nothing_is_half_done(centre: Desk) -> None:
    folder = centre.workplace.folder
    lawyer = _with_a_lawyer(centre)
    other = open_workplace(folder, password=PASSWORD, user="lead")
    theirs = other.session()
    centre.session.execute("PRAGMA busy_timeout = 0")
    refused = code_of(lambda: centre.workplace.close_account(centre.session, account_id=lawyer))
    assert refused == "database_busy"
    assert set(logins(folder)) == {"lead", "lawyer"}
    centre.case()
    theirs.close()
    other.close()
    centre.session = centre.workplace.close_account(centre.session, account_id=lawyer)
    assert logins(folder) == ["lead"]
    assert len(find_cases(centre.session, centre.actor)) == 1


def test_lists_that_were_open_in_this_window_do_not_stand_in_the_way(centre: Desk) -> None:
    lawyer = _with_a_lawyer(centre)
    find_cases(centre.workplace.reading_session(), centre.actor)
    centre.session = centre.workplace.close_account(centre.session, account_id=lawyer)
    assert logins(centre.workplace.folder) == ["lead"]


@pytest.mark.parametrize("rewritten", [False, True])
def test_a_change_of_keys_that_was_cut_off_is_finished_when_it_opens(
    centre: Desk, rewritten: bool
) -> None:
    folder = centre.workplace.folder
    _with_a_lawyer(centre)
    centre.case()
    centre.leave()
    slots = KeySlots.load(folder / SLOTS)
    keys = slots.unlock("lead", PASSWORD)
    lawyer = next(one for one, login in slots.logins.items() if login == "lawyer")

    class PowerCut(BaseException):
        pass

    def cut(key: bytes) -> None:
        if rewritten:
            engine = open_engine(folder / DATABASE, keys.database_key)
            connection = engine.raw_connection()
            for pragma in ("journal_mode = DELETE", f"rekey = \"x'{key.hex()}'\""):
                connection.cursor().execute(f"PRAGMA {pragma}").fetchall()
            connection.close()
            engine.dispose()
        raise PowerCut

    with pytest.raises(PowerCut):
        slots.remove_account(keys, lawyer, cut)
    again = open_workplace(folder, password=PASSWORD)
    session = again.session()
    assert len(find_cases(session, again.actor)) == 1
    assert session.value("PRAGMA journal_mode") == "wal"
    session.close()
    again.close()
    assert b"next_key" not in (folder / SLOTS).read_bytes()
