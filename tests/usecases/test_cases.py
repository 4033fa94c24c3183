"""At the desk: a couple comes, is recorded, corrected, and nothing is half done."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest

from db.audit import broken_entry
from db.search import cases_matching
from pravo_desktop.usecases import cases, participants
from pravo_desktop.usecases.actor import Actor
from pravo_desktop.usecases.cases import ClaimForm, ConsultationForm
from pravo_desktop.usecases.queries import case_card
from tests.usecases.factories import CHILD, HUSBAND, IIN, NAMED, WIFE, Desk, a_centre
from tests.usecases.refusals import refusal, warnings_of

MAY = date(2024, 5, 3)


def _row(desk: Desk, table: str, record_id: str) -> dict[str, Any]:
    row = desk.session.one(f"SELECT * FROM {table} WHERE id = ?", (record_id,))
    assert row is not None
    return row


# --- Opening a case -----------------------------------------------------------------------------


def test_a_case_with_everything_is_one_step(centre: Desk) -> None:
    lawyer = centre.specialist("lawyer")
    opened = centre.case(
        on=MAY,
        specialist=lawyer,
        people=(HUSBAND, NAMED, CHILD),
        claims=(ClaimForm(kind="divorce", filed_on=MAY, court_number="2-17", judge="Судья"),),
        causes=("money", "housing"),
    )
    assert opened.number == "AST-A-2024-00001"
    assert centre.count("participants") == 3
    assert _row(centre, "consultations", str(opened.consultation_id))["held_on"] == "2024-05-03"
    assert _row(centre, "court_cases", opened.claims[0])["number"] == "2-17"
    identity = _row(centre, "identities", opened.participants[1])
    assert (identity["surname"], identity["phone"]) == ("Тестова", "+77011234567")
    assert _row(centre, "participants", opened.participants[1])["birth_year"] == 1990
    assert [line.case_id for line in cases_matching(centre.session, "асем тест")] == [
        opened.case_id
    ]


def test_a_case_is_saved_with_nobodys_name(centre: Desk) -> None:
    opened = centre.case(people=(), label="вторая среда")
    assert centre.count("identities") == 0
    assert cases_matching(centre.session, "среда")[0].case_id == opened.case_id


def test_numbers_go_on_within_a_year_and_start_anew_in_the_next(centre: Desk) -> None:
    assert centre.case(on=MAY).number == "AST-A-2024-00001"
    assert centre.case(on=date(2023, 12, 29)).number == "AST-A-2023-00001"
    assert centre.case(on=MAY).number == "AST-A-2024-00002"
    centre.at(2025, 1, 9)
    assert centre.case().number == "AST-A-2025-00001"


def test_another_station_of_the_centre_has_its_own_letter(tmp_path: Any) -> None:
    second = a_centre(tmp_path / "second", letter="B")
    assert second.case().number == "AST-B-2024-00001"
    second.leave()


def test_an_invalid_claim_leaves_nothing_of_the_case(centre: Desk) -> None:
    lawyer = centre.specialist("lawyer")
    before = centre.count("audit_entries")
    error = refusal(
        lambda: centre.case(
            on=MAY,
            specialist=lawyer,
            people=(NAMED,),
            claims=(ClaimForm(kind="divorce"), ClaimForm(kind="revenge")),
        )
    )
    assert (error.code, error.params["field"]) == ("key_unknown", "kind")
    for table in ("cases", "participants", "identities", "consents", "claims", "consultations"):
        assert centre.count(table) == 0, table
    assert centre.count("case_words") == centre.count("case_index") == 0
    assert centre.count("audit_entries") == before
    assert centre.case(on=MAY).number == "AST-A-2024-00001"
    assert broken_entry(centre.session) is None


def test_the_first_visit_names_people_by_their_place_in_the_form(centre: Desk) -> None:
    lawyer = centre.specialist("lawyer")
    opened = cases.open_case(
        centre.session,
        centre.actor,
        kind="married",
        participants=(HUSBAND, WIFE, CHILD),
        consultation=ConsultationForm(held_on=MAY, specialist_id=lawyer, attendees=("1", "2")),
    )
    attendees = _row(centre, "consultations", str(opened.consultation_id))["attendees"]
    assert opened.participants[0] not in attendees
    assert opened.participants[1] in attendees and opened.participants[2] in attendees


# --- Consent ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        {"surname": "Тестова"},
        {"given_name": "Әсем"},
        {"patronymic": "Тестовна"},
        {"iin": IIN},
        {"phone": "8 701 123 45 67"},
        {"birth_date": date(1990, 3, 15)},
    ],
    ids=lambda name: next(iter(name)),
)
@pytest.mark.parametrize("consent", ["not_asked", "refused", "withdrawn"])
def test_without_consent_no_name_is_kept(centre: Desk, consent: str, name: dict[str, Any]) -> None:
    person = replace(WIFE, consent=consent, **name)
    error = refusal(lambda: centre.case(people=(person,)))
    assert (error.code, error.params["field"]) == ("consent_needed", "consent")
    assert centre.count("participants") == centre.count("identities") == 0


def test_a_childs_name_is_never_kept(centre: Desk) -> None:
    centre.case(people=(replace(CHILD, consent="given", surname="Тестова", given_name="Ана"),))
    assert centre.count("identities") == centre.count("consents") == 0
    assert cases_matching(centre.session, "тестова") == []


def test_each_decision_on_consent_is_kept_with_its_day_and_text(centre: Desk) -> None:
    opened = centre.case(on=MAY, people=(WIFE,))
    (person,) = opened.participants
    for state in ("given", "given", "withdrawn"):
        participants.save_participant(
            centre.session,
            centre.actor,
            case_id=opened.case_id,
            participant=replace(WIFE, consent=state, participant_id=person),
        )
    kept = centre.session.all("SELECT * FROM consents ORDER BY change")
    assert [row["state"] for row in kept] == ["not_asked", "given", "withdrawn"]
    assert [row["text_version"] for row in kept] == [None, participants.CONSENT_TEXT, None]
    assert kept[0]["decided_on"] == "2024-05-03"


@pytest.mark.parametrize("state", ["withdrawn", "refused"])
def test_who_withdraws_consent_is_forgotten_and_the_history_still_verifies(
    centre: Desk, state: str
) -> None:
    opened = centre.case(on=MAY, people=(NAMED,))
    (person,) = opened.participants
    participants.save_participant(
        centre.session,
        centre.actor,
        case_id=opened.case_id,
        participant=replace(WIFE, birth_year=1990, consent=state, participant_id=person),
    )
    assert cases_matching(centre.session, "тестова") == []
    for table in ("identities", "audit_values", "case_index", "case_words"):
        for row in centre.session.all(f"SELECT * FROM {table}"):
            assert "Тестова" not in str(row) and IIN not in str(row), table
    assert broken_entry(centre.session) is None
    participants.save_participant(
        centre.session,
        centre.actor,
        case_id=opened.case_id,
        participant=replace(NAMED, participant_id=person),
    )
    assert len(cases_matching(centre.session, "тестова")) == 1


# --- Warnings -----------------------------------------------------------------------------------


def test_a_wrong_iin_does_not_block_the_desk_and_the_field_stays_empty(centre: Desk) -> None:
    person = replace(NAMED, iin="123456789012")
    assert warnings_of(lambda: centre.case(people=(person,))) == [("iin_check_digit", "iin")]
    assert centre.count("cases") == 0
    opened = centre.case(people=(person,), confirmed={"iin_check_digit": "  копия нечёткая "})
    assert _row(centre, "identities", opened.participants[0])["iin"] is None
    kept = centre.session.all("SELECT * FROM confirmed_warnings")
    assert len(kept) == 1
    assert (kept[0]["code"], kept[0]["field"], kept[0]["reason"]) == (
        "iin_check_digit",
        "iin",
        "копия нечёткая",
    )
    assert kept[0]["record_id"] == opened.participants[0]
    assert kept[0]["actor"] == centre.actor.account_id


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"birth_date": date(1990, 3, 16)}, ("iin_birth_date", "iin")),
        ({"sex": "male"}, ("iin_sex", "iin")),
        ({"phone": "+7 799 123 45 67"}, ("phone_code_unknown", "phone")),
        ({"iin": None, "birth_date": date(2009, 1, 1)}, ("spouse_age_unusual", "birth_year")),
        ({"iin": None, "birth_date": date(1923, 1, 1)}, ("spouse_age_unusual", "birth_year")),
    ],
)
def test_what_is_odd_in_a_person_needs_a_reason(
    centre: Desk, change: dict[str, Any], expected: tuple[str, str]
) -> None:
    person = replace(NAMED, **change)
    assert warnings_of(lambda: centre.case(people=(person,))) == [expected]
    centre.case(people=(person,), confirmed={expected[0]: "сверено с документом"})
    assert centre.count("confirmed_warnings") == 1


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_an_empty_reason_is_none(centre: Desk, reason: str) -> None:
    person = replace(NAMED, iin="123")
    given = {"iin_length": reason}
    assert warnings_of(lambda: centre.case(people=(person,), confirmed=given))


def test_a_reason_is_not_a_novel(centre: Desk) -> None:
    person = replace(NAMED, iin="123")
    error = refusal(lambda: centre.case(people=(person,), confirmed={"iin_length": "я" * 1001}))
    assert (error.code, error.params["field"]) == ("text_too_long", "reason")


def test_a_reason_for_one_warning_is_none_for_another(centre: Desk) -> None:
    person = replace(NAMED, iin="123", phone="+7 799 123 45 67")
    given = {"iin_length": "не видно"}
    assert warnings_of(lambda: centre.case(people=(person,), confirmed=given)) == [
        ("phone_code_unknown", "phone")
    ]


def test_a_visit_outside_employment_is_kept_with_its_reason(centre: Desk) -> None:
    lawyer = centre.specialist("lawyer", employed_from=date(2024, 5, 10))
    opened = centre.case()
    assert warnings_of(lambda: centre.visit(opened, MAY, lawyer)) == [
        ("outside_employment", "held_on")
    ]
    visit = centre.visit(opened, MAY, lawyer, confirmed={"outside_employment": "стажировка"})
    assert centre.session.value("SELECT record_id FROM confirmed_warnings") == visit


def test_a_second_visit_to_the_same_specialist_on_one_day_asks_why(centre: Desk) -> None:
    psychologist, lawyer = centre.specialist(), centre.specialist("lawyer")
    opened = centre.case(on=MAY, specialist=psychologist)
    assert warnings_of(lambda: centre.visit(opened, MAY, psychologist)) == [
        ("consultation_same_day", "held_on")
    ]
    centre.visit(opened, MAY, lawyer)
    centre.visit(opened, date(2024, 5, 4), psychologist)
    centre.visit(centre.case(on=MAY), MAY, psychologist)
    assert centre.count("consultations") == 4
    second = centre.visit(
        opened, MAY, psychologist, confirmed={"consultation_same_day": "таңертең және кешке"}
    )
    kept = centre.session.one("SELECT record_id, reason FROM confirmed_warnings")
    assert kept == {"record_id": second, "reason": "таңертең және кешке"}


def test_a_visit_moved_to_the_day_of_another_asks_why_and_one_corrected_in_place_does_not(
    centre: Desk,
) -> None:
    psychologist = centre.specialist()
    opened = centre.case(on=MAY, specialist=psychologist)
    later = centre.visit(opened, date(2024, 5, 4), psychologist)
    moved = partial(cases.change_consultation, centre.session, centre.actor, consultation_id=later)
    assert warnings_of(lambda: moved(consultation=ConsultationForm(held_on=MAY))) == [
        ("consultation_same_day", "held_on")
    ]
    moved(
        consultation=ConsultationForm(held_on=MAY), confirmed={"consultation_same_day": "екі рет"}
    )
    moved(consultation=ConsultationForm(minutes=40))
    assert centre.session.value("SELECT minutes FROM consultations WHERE id = ?", (later,)) == 40


# --- Visits -------------------------------------------------------------------------------------


def test_somebody_of_another_case_cannot_attend(centre: Desk) -> None:
    lawyer = centre.specialist("lawyer")
    one, other = centre.case(), centre.case()
    error = refusal(lambda: centre.visit(one, MAY, lawyer, attendees=other.participants[:1]))
    assert (error.code, error.params["field"]) == ("attendee_not_of_case", "attendees")


def test_a_visit_of_tomorrow_is_refused(centre: Desk) -> None:
    lawyer = centre.specialist("lawyer")
    opened = centre.case()
    error = refusal(lambda: centre.visit(opened, date(2024, 5, 21), lawyer))
    assert (error.code, error.params["field"]) == ("date_in_future", "held_on")
    centre.visit(opened, date(2024, 5, 20), lawyer)


def test_today_is_the_day_in_kazakhstan(centre: Desk) -> None:
    lawyer = centre.specialist("lawyer")
    opened = centre.case(on=MAY)
    centre.at(2024, 5, 21, hour=0)
    visit = cases.record_consultation(
        centre.session,
        centre.somebody("lawyer", staff_id=lawyer),
        case_id=opened.case_id,
        consultation=ConsultationForm(),
    )
    row = _row(centre, "consultations", visit)
    assert (row["held_on"], row["specialist_id"]) == ("2024-05-21", lawyer)


@pytest.mark.parametrize("minutes", [0, 601])
def test_a_visit_lasts_a_possible_time(centre: Desk, minutes: int) -> None:
    lawyer = centre.specialist("lawyer")
    opened = centre.case()
    error = refusal(lambda: centre.visit(opened, MAY, lawyer, minutes=minutes))
    assert (error.code, error.params["field"]) == ("number_out_of_range", "minutes")


def test_who_came_last_time_comes_again_unless_said_otherwise(centre: Desk) -> None:
    lawyer = centre.specialist("lawyer")
    opened = centre.case()
    husband, wife, child = opened.participants
    first = centre.visit(opened, date(2024, 5, 1), lawyer)
    second = centre.visit(opened, date(2024, 5, 2), lawyer, attendees=(wife, child))
    third = centre.visit(opened, date(2024, 5, 3), lawyer)
    came = [_row(centre, "consultations", one)["attendees"] for one in (first, second, third)]
    assert husband in came[0] and child not in came[0]
    assert came[1] == came[2] and child in came[2]


def test_a_corrected_visit_keeps_its_day_people_and_specialist(centre: Desk) -> None:
    lawyer, psychologist = centre.specialist("lawyer"), centre.specialist()
    opened = centre.case()
    visit = centre.visit(opened, MAY, lawyer, attendees=opened.participants[1:2])
    centre.visit(opened, date(2024, 5, 10), psychologist)
    before = _row(centre, "consultations", visit)
    cases.change_consultation(
        centre.session,
        centre.actor,
        consultation_id=visit,
        consultation=ConsultationForm(minutes=45),
    )
    after = _row(centre, "consultations", visit)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"minutes", "revision", "change"}


def _own_note(desk: Desk, reader: Actor, opened: cases.CaseOpened) -> str | None:
    return case_card(desk.session, reader, opened.case_id).consultations[0].note


def test_a_note_is_changed_by_its_author_alone(centre: Desk) -> None:
    lawyer = centre.specialist("lawyer")
    author, colleague = centre.somebody("lawyer"), centre.somebody("lawyer")
    opened = centre.case()
    visit = centre.visit(opened, MAY, lawyer, author, note="доверено")
    form = ConsultationForm(note="переписано")
    error = refusal(
        lambda: cases.change_consultation(
            centre.session, colleague, consultation_id=visit, consultation=form
        )
    )
    assert error.code == "not_allowed"
    cases.change_consultation(
        centre.session, colleague, consultation_id=visit, consultation=ConsultationForm(minutes=30)
    )
    assert _own_note(centre, author, opened) == "доверено"
    cases.change_consultation(centre.session, author, consultation_id=visit, consultation=form)
    assert _own_note(centre, author, opened) == "переписано"
    assert _own_note(centre, colleague, opened) is None


def test_who_attended_is_not_taken_out_of_the_case(centre: Desk) -> None:
    lawyer = centre.specialist("lawyer")
    opened = centre.case(on=MAY, specialist=lawyer)
    husband, _, child = opened.participants
    error = refusal(
        lambda: participants.remove_participant(
            centre.session, centre.actor, participant_id=husband
        )
    )
    assert error.code == "participant_attended"
    participants.remove_participant(centre.session, centre.actor, participant_id=child)
    cases.remove_consultation(
        centre.session, centre.actor, consultation_id=str(opened.consultation_id)
    )
    participants.remove_participant(centre.session, centre.actor, participant_id=husband)
    assert centre.count("participants", "NOT deleted") == 1


def test_a_mediation_does_not_end_before_it_began(centre: Desk) -> None:
    mediator = centre.specialist("mediator")
    opened = centre.case()
    form: dict[str, Any] = {
        "case_id": opened.case_id,
        "contract_on": MAY,
        "specialist_id": mediator,
        "result": "agreement",
    }
    error = refusal(
        lambda: cases.save_mediation(
            centre.session, centre.actor, agreement_on=date(2024, 5, 2), **form
        )
    )
    assert (error.code, error.params["field"]) == ("dates_out_of_order", "agreement_on")
    cases.save_mediation(centre.session, centre.actor, agreement_on=MAY, **form)


def test_a_child_of_nothing_is_refused(centre: Desk) -> None:
    for act in (
        lambda: cases.save_claim(
            centre.session, centre.actor, case_id="no case", claim=ClaimForm(kind="divorce")
        ),
        lambda: cases.record_study(
            centre.session, centre.actor, case_id="no case", held_on=MAY, specialist_id="nobody"
        ),
    ):
        error = refusal(act)
        assert error.code == "parent_not_found"


def test_nobody_and_nothing_is_moved_to_another_case_by_mistake(centre: Desk) -> None:
    one = centre.case(people=(NAMED,), claims=(ClaimForm(kind="divorce"),))
    other = centre.case(people=(HUSBAND,))
    (person,), (claim,) = one.participants, one.claims
    for act in (
        lambda: participants.save_participant(
            centre.session,
            centre.actor,
            case_id=other.case_id,
            participant=replace(WIFE, participant_id=person),
        ),
        lambda: cases.save_claim(
            centre.session,
            centre.actor,
            case_id=other.case_id,
            claim=ClaimForm(kind="alimony", claim_id=claim),
        ),
    ):
        error = refusal(act)
        assert (error.code, error.params["field"]) == ("parent_not_found", "case_id")
    assert _row(centre, "participants", person)["case_id"] == one.case_id
