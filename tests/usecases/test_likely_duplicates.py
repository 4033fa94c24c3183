"""Who came before is recognised, and who only shares a name is not."""

from dataclasses import replace
from datetime import date

import pytest

from pravo_desktop.usecases import participants
from pravo_desktop.usecases.participants import ParticipantForm
from tests.usecases.factories import CHILD, HUSBAND, IIN, NAMED, WIFE, Desk
from tests.usecases.refusals import warnings_of


@pytest.mark.parametrize(
    ("other", "field"),
    [
        (replace(WIFE, consent="given", iin=IIN, birth_year=1990), "iin"),
        (replace(WIFE, consent="given", phone="+77011234567"), "phone"),
        (replace(WIFE, consent="given", surname="ТЕСТОВА", given_name="Асем"), "surname"),
        (replace(NAMED, iin=None, phone=None), "surname"),
    ],
)
def test_somebody_who_came_before_is_likely_the_same(
    centre: Desk, other: ParticipantForm, field: str
) -> None:
    centre.case(people=(NAMED,))
    assert warnings_of(lambda: centre.case(people=(other,))) == [("likely_duplicate", field)]
    centre.case(people=(other,), confirmed={"likely_duplicate": "другой брак"})


def test_a_double_surname_is_recognised_too(centre: Desk) -> None:
    person = replace(WIFE, consent="given", surname="Қанат-Тестова", given_name="Әсем")
    centre.case(people=(person,))
    again = replace(person, surname="Канат-тестова")
    assert warnings_of(lambda: centre.case(people=(again,))) == [("likely_duplicate", "surname")]


@pytest.mark.parametrize(
    "other",
    [
        replace(NAMED, iin=None, phone=None, birth_date=date(1991, 3, 15)),
        replace(NAMED, iin=None, phone=None, given_name="Ұлжан"),
        replace(NAMED, iin=None, phone=None, given_name=None),
    ],
)
def test_a_namesake_is_somebody_else(centre: Desk, other: ParticipantForm) -> None:
    centre.case(people=(NAMED,))
    centre.case(people=(other,))


def test_siblings_and_spouses_of_one_case_are_no_duplicates(centre: Desk) -> None:
    husband = replace(HUSBAND, consent="given", surname="Тестова", given_name="Әсем")
    centre.case(people=(replace(NAMED, iin=None), husband, CHILD, CHILD))


def test_the_same_person_corrected_is_no_duplicate(centre: Desk) -> None:
    opened = centre.case(people=(NAMED,))
    participants.save_participant(
        centre.session,
        centre.actor,
        case_id=opened.case_id,
        participant=replace(NAMED, patronymic="Тестовна", participant_id=opened.participants[0]),
    )
    assert centre.session.value("SELECT patronymic FROM identities") == "Тестовна"
