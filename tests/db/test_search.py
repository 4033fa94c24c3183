"""Finding a case: by any word, with any keyboard, in the order of the Kazakh alphabet."""

from datetime import date

import pytest

from db import store
from db.search import CaseFilter, cases_matching, index_case, number_of_cases_matching
from db.session import Session
from pravo_desktop.domain.records import (
    Case,
    Claim,
    Consent,
    Consultation,
    Identity,
    Outcome,
    Participant,
    StaffMember,
)
from pravo_desktop.domain.versions import new_id, row_code


def _case(session: Session, number: int, **identity: str | None) -> str:
    label = identity.pop("label", None)
    case = Case(
        # Codes that begin as a number does are found whole alone.
        id=f"{new_id()[:-10]}17{number:03d}abcde",
        number=f"AST-A-2024-{number:05d}",
        kind="married",
        registered_on=date(2024, 5, 1),
        label=label,
    )
    person = Participant(id=new_id(), case_id=case.id, role="wife")
    with session.transaction():
        store.add(session, "actor", case, person)
        if identity:
            store.add(session, "actor", Identity(id=person.id, **identity))  # type: ignore[arg-type]
        index_case(session, case.id)
    return case.id


@pytest.fixture
def cases(session: Session) -> dict[str, str]:
    return {
        "қанат": _case(
            session,
            17,
            surname="Қанатова",
            given_name="Әсем",
            phone="+77011234567",
            iin="900101400013",
        ),
        "келін": _case(session, 18, surname="Келін-Тестова", given_name="Ұлжан"),
        "яна": _case(session, 119, surname="Якова", given_name="Яна"),
        "label": _case(session, 120, label="отбасы «Көктем»"),
        "nobody": _case(session, 121),
    }


def _found(session: Session, cases: dict[str, str], text: str) -> set[str]:
    names = {case_id: name for name, case_id in cases.items()}
    found = {names[line.case_id] for line in cases_matching(session, text)}
    assert number_of_cases_matching(session, text) == len(found)
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Канатова", {"қанат"}),
        ("КАНАТ", {"қанат"}),
        ("қан әс", {"қанат"}),
        ("асем", {"қанат"}),
        ("Канатова Яна", set()),
        ("келин", {"келін"}),
        ("тестова", {"келін"}),
        ("Келін-Тестова", {"келін"}),
        ("улжан", {"келін"}),
        ("коктем", {"label"}),
        ("AST-A-2024-00017", {"қанат"}),
        ("ast-a-2024-0001", {"қанат", "келін"}),
        ("17", {"қанат"}),
        ("00017", {"қанат"}),
        ("0001", {"қанат", "келін"}),
        ("2024-00017", {"қанат"}),
        ("2024-0012", {"label", "nobody"}),
        ("а к", {"қанат"}),
        ("8 701 123 45 67", {"қанат"}),
        ("+7 (701) 123-45-67", {"қанат"}),
        ("701 123", {"қанат"}),
        ("701 1", {"қанат"}),
        ("8 701", {"қанат"}),
        ("8(701)12", {"қанат"}),
        ("+7 70", {"қанат"}),
        ("870112", {"қанат"}),
        ("8702", set()),
        ("аст-а-2024-00017", {"қанат"}),
        ("АСТ-А-2024-0001", {"қанат", "келін"}),
        ("900101 400013", {"қанат"}),
        ("%", set()),
        ("_", set()),
        ("нет такой", set()),
        ("", {"қанат", "келін", "яна", "label", "nobody"}),
    ],
)
def test_a_case_is_found_by_what_people_type(
    session: Session, cases: dict[str, str], text: str, found: set[str]
) -> None:
    everybody = set(cases)
    expected = everybody if text in ("%", "_") else found
    assert _found(session, cases, text) == expected


def test_names_stand_in_the_order_of_the_kazakh_alphabet_and_nameless_cases_last(
    session: Session, cases: dict[str, str]
) -> None:
    titles = [line.title for line in cases_matching(session)]
    assert titles == [
        "Келін-Тестова Ұлжан",
        "Қанатова Әсем",
        "отбасы «Көктем»",
        "Якова Яна",
        "",
    ]


def test_a_case_is_found_by_the_code_that_headquarters_names(
    session: Session, cases: dict[str, str]
) -> None:
    code = row_code(cases["label"])
    for text in (code, code.lower(), f"{code[:5]} {code[5:]}"):
        assert _found(session, cases, text) == {"label"}


def test_a_case_is_found_by_the_code_of_each_of_its_records(
    session: Session, cases: dict[str, str]
) -> None:
    (person,) = store.find(session, Participant, "case_id = :id", {"id": cases["яна"]})
    claim = Claim(id=new_id(), case_id=cases["label"], kind="divorce")
    with session.transaction():
        store.add(session, "actor", claim)
    codes = [row_code(one) for one in (person.id, claim.id, new_id())]
    in_halves = [f"{code[:5]} {code[5:]}" for code in codes]
    found = [_found(session, cases, text) for text in in_halves]
    assert found == [{"яна"}, {"label"}, set()]
    with session.transaction():
        store.delete(session, "actor", Claim, claim.id)
    assert _found(session, cases, in_halves[1]) == set()


def test_husband_and_wife_stand_first_in_a_title_whoever_was_entered_first(
    session: Session,
) -> None:
    case_id = _case(session, 7, surname="Тестова")
    with session.transaction():
        for role, surname in (("other_adult", "Апаева"), ("husband", "Тестов")):
            person = Participant(id=new_id(), case_id=case_id, role=role)
            store.add(session, "actor", person, Identity(id=person.id, surname=surname))
        index_case(session, case_id)
    assert cases_matching(session)[0].title == "Тестов, Тестова, Апаева"


def test_of_thousands_that_a_letter_finds_the_first_are_listed_and_a_thousand_counted(
    session: Session, cases: dict[str, str]
) -> None:
    lines = {
        name: session.value("SELECT n FROM case_index WHERE case_id = ?", (cases[name],))
        for name in ("яна", "label")
    }
    with session.transaction():
        for letter, name, count in (("я", "яна", 20_000), ("ш", "label", 6_000)):
            session.execute_many(
                "INSERT INTO case_words VALUES (?, ?)",
                [(f"{letter}{number:05d}", lines[name]) for number in range(count)],
            )
        session.execute("UPDATE case_index SET letters = -1, pairs = -1")
    assert _found(session, cases, "я") == {"яна"}
    assert _found(session, cases, "ш") == {"label"}
    assert _found(session, cases, "я 119") == {"яна"}
    assert _found(session, cases, "я ш") == set()


def test_filters_leave_only_the_cases_that_are_asked_for(
    session: Session, cases: dict[str, str]
) -> None:
    staff = StaffMember(id=new_id(), profession="lawyer", employed_from=date(2024, 1, 1))
    session.execute("PRAGMA foreign_keys = OFF")
    with session.transaction():
        store.add(session, "actor", staff)
        visit = Consultation(
            id=new_id(), case_id=cases["яна"], held_on=date(2024, 5, 3), specialist_id=staff.id
        )
        store.add(
            session,
            "actor",
            visit,
            *(
                Outcome(
                    id=new_id(),
                    case_id=cases[name],
                    kind=kind,
                    dated_on=date(2024, 5, day),
                    source="parties",
                )
                for name, kind, day in (
                    ("қанат", "reconciled", 4),
                    ("келін", "reconciled", 4),
                    ("келін", "open", 6),
                )
            ),
        )
        session.execute("INSERT INTO case_access VALUES (?, 'me')", (cases["label"],))
        person = session.value("SELECT id FROM participants WHERE case_id = ?", (cases["қанат"],))
        store.add(
            session,
            "actor",
            Consent(id=new_id(), participant_id=person, state="given", decided_on=date(2024, 5, 1)),
        )
        index_case(session, cases["яна"])
    everybody = set(cases)
    for only, expected in (
        (CaseFilter(), everybody),
        (CaseFilter(kind="married"), everybody),
        (CaseFilter(kind="divorced"), set()),
        (CaseFilter(state="closed"), {"қанат"}),
        (CaseFilter(state="open"), everybody - {"қанат"}),
        (CaseFilter(specialist=staff.id), {"яна"}),
        (CaseFilter(since="2024-05-03"), {"яна"}),
        (CaseFilter(since="2024-05-04"), set()),
        (CaseFilter(trait="names"), {"label", "nobody"}),
        (CaseFilter(trait="consent"), everybody - {"қанат"}),
        (CaseFilter(trait="restricted"), {"label"}),
        (CaseFilter(state="open", trait="names"), {"label", "nobody"}),
    ):
        names = {case_id: name for name, case_id in cases.items()}
        for text in ("", "ast-a"):
            found = cases_matching(session, text, reader="me", only=only)
            assert {names[line.case_id] for line in found} == expected
            assert number_of_cases_matching(session, text, reader="me", only=only) == len(found)
        together = cases_matching(session, "канат", reader="me", only=only)
        assert {names[line.case_id] for line in together} == expected & {"қанат"}


def test_a_list_is_read_page_by_page(session: Session, cases: dict[str, str]) -> None:
    whole = cases_matching(session)
    pages = [cases_matching(session, limit=2, offset=start) for start in (0, 2, 4)]
    assert [line for page in pages for line in page] == whole


def test_the_case_seen_last_stands_first(session: Session, cases: dict[str, str]) -> None:
    staff = StaffMember(id=new_id(), profession="lawyer", employed_from=date(2024, 1, 1))
    with session.transaction():
        store.add(session, "actor", staff)
        for name, day in (("яна", 3), ("келін", 9)):
            visit = Consultation(
                id=new_id(),
                case_id=cases[name],
                held_on=date(2024, 5, day),
                specialist_id=staff.id,
            )
            store.add(session, "actor", visit)
            index_case(session, cases[name])
    lines = cases_matching(session, order="recent")
    assert [line.case_id for line in lines[:2]] == [cases["келін"], cases["яна"]]
    assert (lines[0].last_on, lines[0].consultations) == ("2024-05-09", 1)


def test_a_person_taken_out_is_found_no_more(session: Session, cases: dict[str, str]) -> None:
    person = session.value("SELECT id FROM identities WHERE surname = 'Якова'")
    with session.transaction():
        store.delete(session, "actor", Participant, person)
        index_case(session, cases["яна"])
    assert _found(session, cases, "Якова") == set()
    with session.transaction():
        store.delete(session, "actor", Case, cases["яна"])
        index_case(session, cases["яна"])
    assert cases["яна"] not in {line.case_id for line in cases_matching(session)}
