"""A couple entered twice becomes one case, and two again if that was wrong."""

from datetime import date

from db.audit import broken_entry
from db.search import cases_matching
from pravo_desktop.domain.figures import ALL
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.usecases import access, participants
from pravo_desktop.usecases.actor import Actor
from pravo_desktop.usecases.cases import CaseOpened, ClaimForm
from pravo_desktop.usecases.figures import own_figures, project_figures
from pravo_desktop.usecases.joins import join_cases, joins_of_case, preview_join, undo_join
from pravo_desktop.usecases.papers import issue_slip
from pravo_desktop.usecases.participants import ParticipantForm
from pravo_desktop.usecases.queries import case_card
from tests.usecases.colleagues import a_colleague
from tests.usecases.factories import HUSBAND, IIN, NAMED, WIFE, Desk
from tests.usecases.refusals import code_of

MAY = date(2024, 5, 3)
LATER = date(2024, 5, 17)
AGAIN = {"likely_duplicate": "entered twice"}
SHE_AGAIN = ParticipantForm(
    role="wife",
    sex="female",
    consent="given",
    surname="Тестова",
    given_name="Асем",
    iin=IIN,
    occupation="business",
)


def entered_twice(desk: Desk) -> tuple[CaseOpened, CaseOpened, str]:
    """The first entry, the second with the same woman, and the lawyer they came to."""
    lawyer = desk.specialist("lawyer")
    first = desk.case(on=MAY, specialist=lawyer, people=(HUSBAND, NAMED))
    second = desk.case(
        on=LATER,
        specialist=lawyer,
        people=(SHE_AGAIN,),
        claims=(ClaimForm(kind="divorce", court_number="2-17"),),
        causes=("money",),
        confirmed=AGAIN,
    )
    return first, second, lawyer


def figure(desk: Desk, indicator: str) -> object:
    rows = own_figures(desk.session, Period.of_month(Month(2024, 5)))
    return next(
        row.value
        for row in rows
        if (row.indicator, row.region, row.breakdown) == (indicator, ALL, None)
    )


def test_the_preview_says_what_moves_what_differs_and_who_is_the_same(centre: Desk) -> None:
    first, second, _ = entered_twice(centre)
    preview = preview_join(
        centre.session, centre.actor, kept_id=first.case_id, dissolved_id=second.case_id
    )
    assert (preview.kept_number, preview.dissolved_number) == (first.number, second.number)
    assert dict(preview.moved) == {"participants": 1, "claims": 1, "consultations": 1}
    assert [one.field for one in preview.differences] == ["causes", "registered_on"]
    assert preview.same_people == ((first.participants[1], second.participants[0]),)
    assert preview.closed_months == ()


def test_joined_cases_are_one_couple_with_all_their_visits(centre: Desk) -> None:
    first, second, _ = entered_twice(centre)
    s, a = centre.session, centre.actor
    assert (figure(centre, "couples"), figure(centre, "consultations")) == (2, 2)
    join_cases(
        s,
        a,
        kept_id=first.case_id,
        dissolved_id=second.case_id,
        same_people=((first.participants[1], second.participants[0]),),
    )
    assert (figure(centre, "couples"), figure(centre, "consultations")) == (1, 2)
    assert figure(centre, "participants") == 2
    card = case_card(s, a, first.case_id)
    people = {one.participant.id: one for one in card.people}
    assert set(people) == set(first.participants)
    wife = people[first.participants[1]]
    assert wife.participant.occupation == "business"
    assert wife.identity is not None and wife.identity.phone == "+77011234567"
    latest = card.consultations[0].consultation
    assert (latest.held_on, latest.attendees) == (LATER, (first.participants[1],))
    assert card.claims[0].court is not None and card.claims[0].court.number == "2-17"
    assert code_of(lambda: case_card(s, a, second.case_id)) == "record_not_found"
    assert broken_entry(s) is None


def test_the_number_on_the_old_slip_still_finds_the_couple(centre: Desk) -> None:
    first, second, _ = entered_twice(centre)
    issue_slip(centre.session, centre.actor, case_id=second.case_id, language="kk")
    join = join_cases(
        centre.session, centre.actor, kept_id=first.case_id, dissolved_id=second.case_id
    )
    assert [one.case_id for one in cases_matching(centre.session, second.number)] == [first.case_id]
    assert centre.session.value("SELECT case_id FROM issued_papers") == first.case_id
    undo_join(centre.session, centre.actor, join_id=join)
    assert [one.case_id for one in cases_matching(centre.session, second.number)] == [
        second.case_id
    ]
    assert centre.session.value("SELECT case_id FROM issued_papers") == second.case_id


def test_a_case_that_had_nothing_but_its_number_is_joined_too(centre: Desk) -> None:
    kept, empty = centre.case(), centre.case(people=())
    join_cases(centre.session, centre.actor, kept_id=kept.case_id, dissolved_id=empty.case_id)
    assert [one.case_id for one in cases_matching(centre.session, empty.number)] == [kept.case_id]


def test_undoing_a_join_gives_both_cases_back_as_they_were(centre: Desk) -> None:
    first, second, _ = entered_twice(centre)
    s, a = centre.session, centre.actor
    before = [case_card(s, a, one.case_id) for one in (first, second)]
    join = join_cases(
        s,
        a,
        kept_id=first.case_id,
        dissolved_id=second.case_id,
        same_people=((first.participants[1], second.participants[0]),),
    )
    assert [one.dissolved_number for one in joins_of_case(s, a, first.case_id)] == [second.number]
    undo_join(s, a, join_id=join)
    assert [case_card(s, a, one.case_id) for one in (first, second)] == before
    assert joins_of_case(s, a, first.case_id) == []
    assert code_of(lambda: undo_join(s, a, join_id=join)) == "join_not_found"


def test_a_visit_after_the_join_stays_with_the_kept_case(centre: Desk) -> None:
    first, second, lawyer = entered_twice(centre)
    s, a = centre.session, centre.actor
    join = join_cases(s, a, kept_id=first.case_id, dissolved_id=second.case_id)
    visit = centre.visit(first, date(2024, 5, 20), lawyer, attendees=first.participants)
    undo_join(s, a, join_id=join)
    visits = case_card(s, a, first.case_id).consultations
    assert visit in [one.consultation.id for one in visits]
    assert len(case_card(s, a, second.case_id).consultations) == 1


def test_visits_since_the_join_are_with_the_people_who_came_after_the_undo(centre: Desk) -> None:
    first, second, lawyer = entered_twice(centre)
    s, a = centre.session, centre.actor
    join = join_cases(s, a, kept_id=first.case_id, dissolved_id=second.case_id)
    (she,) = second.participants
    hers = centre.visit(first, date(2024, 5, 18), lawyer, attendees=(she,))
    of_all = centre.visit(first, date(2024, 5, 19), lawyer, attendees=(*first.participants, she))
    undo_join(s, a, join_id=join)
    kept, parted = (case_card(s, a, one.case_id) for one in (first, second))
    came = {one.consultation.id: one.consultation.attendees for one in kept.consultations}
    assert hers not in came and came[of_all] == first.participants
    assert hers in [one.consultation.id for one in parted.consultations]


def test_who_may_open_a_joined_case_may_open_both_after_the_undo_and_nobody_else(
    centre: Desk,
) -> None:
    psychologist = a_colleague(centre, "aigul", profession="psychologist")
    first, second, _ = entered_twice(centre)
    s, a = centre.session, centre.actor
    join = join_cases(s, a, kept_id=first.case_id, dissolved_id=second.case_id)
    access.restrict_case(
        s, psychologist, case_id=first.case_id, accounts=(psychologist.account_id,)
    )
    undo_join(s, psychologist, join_id=join)
    assert len(cases_matching(s, "тест", reader=psychologist.account_id)) == 2
    assert cases_matching(s, "тест", reader=a.account_id) == []
    assert code_of(lambda: case_card(s, a, second.case_id)) == "case_restricted"


def test_a_name_forgotten_after_the_join_does_not_come_back_with_the_undo(centre: Desk) -> None:
    first, second, _ = entered_twice(centre)
    s, a = centre.session, centre.actor
    join = join_cases(
        s,
        a,
        kept_id=first.case_id,
        dissolved_id=second.case_id,
        same_people=((first.participants[1], second.participants[0]),),
    )
    participants.save_participant(
        s,
        a,
        case_id=first.case_id,
        participant=ParticipantForm(
            role="wife", consent="withdrawn", participant_id=first.participants[1]
        ),
    )
    undo_join(s, a, join_id=join)
    for table in ("identities", "audit_values", "joined_cases"):
        assert "Тестова" not in str(s.all(f"SELECT * FROM {table}")), table
        assert IIN not in str(s.all(f"SELECT * FROM {table}")), table
    assert case_card(s, a, second.case_id).people[0].identity is None


def test_a_wife_without_a_name_takes_the_consent_and_name_of_her_second_entry(
    centre: Desk,
) -> None:
    first = centre.case(people=(HUSBAND, WIFE))
    second = centre.case(people=(SHE_AGAIN,))
    s, a = centre.session, centre.actor
    pair = (first.participants[1], second.participants[0])
    join = join_cases(s, a, kept_id=first.case_id, dissolved_id=second.case_id, same_people=(pair,))
    wife = next(
        one for one in case_card(s, a, first.case_id).people if one.participant.role == "wife"
    )
    assert (wife.name, wife.consent) == ("Тестова Асем", "given")
    undo_join(s, a, join_id=join)
    assert case_card(s, a, second.case_id).people[0].name == "Тестова Асем"
    wife = next(
        one for one in case_card(s, a, first.case_id).people if one.participant.role == "wife"
    )
    assert (wife.name, wife.consent) == ("", "not_asked")


def test_joining_in_a_closed_month_is_the_leads_with_a_reason_and_travels(
    centre: Desk, headquarters: Desk
) -> None:
    first, second, _ = entered_twice(centre)
    headquarters.trusts(centre)
    centre.close("2024-05")
    centre.export("2024-05")
    lawyer = a_colleague(centre, "lawyer")
    s = centre.session
    preview = preview_join(s, lawyer, kept_id=first.case_id, dissolved_id=second.case_id)
    assert preview.closed_months == ("2024-05",)

    def join(actor: Actor, **reasons: str) -> str:
        return join_cases(
            s,
            actor,
            kept_id=first.case_id,
            dissolved_id=second.case_id,
            confirmed=reasons,
        )

    assert code_of(lambda: join(lawyer)) == "month_closed"
    assert code_of(lambda: join(centre.actor)) == "confirmation_needed"
    join(centre.actor, month_closed="entered twice")
    centre.at(2024, 5, 21)
    centre.export("2024-05", amendment=True)
    target = centre.workplace.folder.parent / "stick"
    for sequence in (1, 2):
        (received,) = headquarters.receive(centre.copy(sequence, target))
        assert received.status == "accepted", received
    rows = project_figures(headquarters.session, Period.of_month(Month(2024, 5))).rows
    couples = [
        row.value
        for row in rows
        if (row.indicator, row.region, row.breakdown) == ("couples", "astana", None)
    ]
    assert couples == [1]


def test_what_cannot_be_joined_says_why(centre: Desk) -> None:
    first, second, _ = entered_twice(centre)
    third = centre.case(people=(HUSBAND,))
    s, a = centre.session, centre.actor

    def join(kept: CaseOpened, dissolved: CaseOpened, *pairs: tuple[str, str]) -> str:
        return join_cases(
            s, a, kept_id=kept.case_id, dissolved_id=dissolved.case_id, same_people=pairs
        )

    assert code_of(lambda: join(first, first)) == "join_same_case"
    stranger = (first.participants[0], third.participants[0])
    assert code_of(lambda: join(first, second, stranger)) == "join_person_not_of_cases"
    access.restrict_case(s, a, case_id=second.case_id, accounts=(a.account_id,))
    assert code_of(lambda: join(first, second)) == "join_access_differs"
    access.open_case_to_all(s, a, case_id=second.case_id)
    earlier = join(first, second)
    join(third, first)
    assert code_of(lambda: undo_join(s, a, join_id=earlier)) == "join_not_last"
