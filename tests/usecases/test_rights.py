"""Who may do what: every use case, walked with real records by every role and in every state."""

import inspect
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pravo_desktop.errors import KnownError
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases import accounts
from pravo_desktop.usecases.actor import (
    AUTHOR,
    CASE,
    CENTRE,
    MONTH,
    RESPONSIBLE,
    ROLES_AT,
    USE_CASES,
    Actor,
)
from tests.usecases.factories import PASSWORD, Desk, a_centre, a_headquarters
from tests.usecases.refusals import code_of
from tests.usecases.walk import CentreWalk, Walk
from tests.usecases.walk_headquarters import HeadquartersWalk
from tools.rights import (
    PATH,
    asked_roles,
    imported_outside,
    load_use_cases,
    query,
    questions,
    rights,
    unchecked,
)

load_use_cases()

ROLES = tuple(classifiers().kinds["role"])
ALLOWED = "allowed"

OF_A_CASE: Mapping[str, Mapping[str, Any]] = {
    "accounts_of_case": {},
    "appointments_of_case": {},
    "case_card": {},
    "history_of_case": {},
    "joins_of_case": {},
}
"""Queries about one case, with what they are asked beside it."""

GIVEN = {"package_ids": (1,), "language": "ru"}
TELL_NOTHING = {"as_it_would_be", "is_closed", "settle_batch"}
"""A wrapper round a use case that checks, whether a month is closed, and bringing caches on."""


@pytest.fixture(scope="module")
def walks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Walk]]:
    """A centre and headquarters; nothing that a test does in them stays."""
    folder = tmp_path_factory.mktemp("walk")
    desks = [
        a_centre(folder / "a"),
        a_headquarters(folder / "b"),
        a_centre(folder / "c"),
        a_headquarters(folder / "d"),
    ]
    yield {
        "centre": CentreWalk(desks[0], desks[1], folder / "stick"),
        "headquarters": HeadquartersWalk(desks[3], desks[2], folder / "sticks"),
    }
    for desk in desks:
        desk.leave()


class _TakenBack(Exception):
    """Ends the transaction of a call that was only tried."""


def told(walk: Walk, name: str, actor: Actor, *states: str) -> str:
    """What somebody is told who calls a use case in these states: `ALLOWED` or the code."""
    answer = ALLOWED
    with suppress(_TakenBack), walk.session.transaction():
        arguments = walk.calls[name]()
        for state in states:
            getattr(walk, state)()
        try:
            USE_CASES[name].run(walk.session, actor, **arguments)
        except KnownError as error:
            answer = error.code
            if answer == "confirmation_needed":
                answer = str(error.params["findings"][0]["code"]) + "?"
        raise _TakenBack
    return answer


def of_roles(roles: frozenset[str]) -> list[object]:
    """Workplace and name of every use case for these roles, as parameters."""
    return [
        pytest.param(workplace, name, id=f"{workplace}-{name}")
        for workplace, here in ROLES_AT.items()
        for name, case in sorted(USE_CASES.items())
        if case.roles & here & roles
    ]


EVERY = of_roles(frozenset(ROLES))
AT_CENTRES = [name for name, case in sorted(USE_CASES.items()) if case.roles & CENTRE]


def test_every_use_case_is_for_roles_that_an_account_may_have() -> None:
    for case in USE_CASES.values():
        assert case.roles and case.roles <= set(ROLES), case.name
        assert case.honours <= {CASE, MONTH, AUTHOR}, case.name
    assert frozenset().union(*ROLES_AT.values()) == set(ROLES)


@pytest.mark.parametrize(("workplace", "name"), EVERY)
def test_those_with_the_right_may(walks: dict[str, Walk], workplace: str, name: str) -> None:
    walk = walks[workplace]
    assert name in walk.calls, "write a call of the new use case in tests/usecases/walk*.py"
    for role in sorted(USE_CASES[name].roles & ROLES_AT[workplace]):
        expected = {walk.told.get(name, ALLOWED)}
        if name == "answer_question" and role not in RESPONSIBLE:
            # By whom it was asked of, and by those who answer for the month.
            expected.add("question_not_found")
        assert told(walk, name, walk.people[role]) in expected, role


@pytest.mark.parametrize("workplace", sorted(ROLES_AT))
@pytest.mark.parametrize("name", sorted(USE_CASES))
def test_everybody_else_is_refused_before_anything_is_touched(
    walks: dict[str, Walk], workplace: str, name: str
) -> None:
    """A role of another workplace gives no right, even to somebody who came to have it."""
    walk = walks[workplace]
    before = walk.desk.count("audit_entries")
    allowed = USE_CASES[name].roles & ROLES_AT[workplace]
    for role in (*sorted(set(ROLES) - allowed), None):
        with pytest.raises(KnownError) as refused:
            USE_CASES[name].run(walk.session, walk.desk.somebody(*filter(None, [role])))
        assert refused.value.code == "not_allowed", role
        assert refused.value.params["action"] == name
    assert walk.desk.count("audit_entries") == before


@pytest.mark.parametrize("name", AT_CENTRES)
def test_a_case_restricted_to_others_is_closed_to_whoever_is_not_named(
    walks: dict[str, Walk], name: str
) -> None:
    walk, case = walks["centre"], USE_CASES[name]
    role = "lawyer" if "lawyer" in case.roles else "lead"
    answer = told(walk, name, walk.people[role], "restrict")
    if answer == walk.told.get(name):
        return  # The call cannot be done here, whosever the case.
    assert (answer == "case_restricted") == (CASE in case.honours), answer


@pytest.mark.parametrize("name", AT_CENTRES)
def test_a_closed_month_is_changed_by_the_lead_alone_with_a_reason(
    walks: dict[str, Walk], name: str
) -> None:
    walk, case = walks["centre"], USE_CASES[name]
    if name in {"close_month", "reopen_month", "export_package"}:
        return
    for role in sorted(case.roles & CENTRE):
        answer = told(walk, name, walk.people[role], "close")
        refused = "month_closed?" if role in RESPONSIBLE else "month_closed"
        assert (answer == refused) == (MONTH in case.honours), f"{role}: {answer}"


@pytest.mark.parametrize("workplace", sorted(ROLES_AT))
def test_a_closed_account_may_nothing(walks: dict[str, Walk], workplace: str) -> None:
    walk = walks[workplace]
    person = next(iter(walk.people.values()))
    for name in sorted(walk.calls):
        with suppress(_TakenBack), walk.session.transaction():
            walk.session.execute(
                "UPDATE accounts SET closed_at = '2024-06-03' WHERE id = ?", (person.account_id,)
            )
            if person.roles & USE_CASES[name].roles:
                with pytest.raises(KnownError, match="account_closed"):
                    USE_CASES[name].run(walk.session, person)
            raise _TakenBack


def test_in_a_locked_window_nobody_may_anything(tmp_path: Path) -> None:
    desk = a_centre(tmp_path / "centre")
    everything = Actor(desk.actor.account_id, "lead", frozenset(ROLES))
    desk.leave()
    for name in sorted(USE_CASES):
        assert code_of(partial(USE_CASES[name].run, desk.session, everything)) == "signed_out"
    assert code_of(desk.workplace.session) == "signed_out"
    assert code_of(desk.workplace.reading_session) == "signed_out"


def test_a_note_is_its_authors_alone(walks: dict[str, Walk]) -> None:
    assert [name for name, case in USE_CASES.items() if AUTHOR in case.honours] == [
        "change_consultation"
    ]


def test_one_of_several_roles_is_enough(centre: Desk) -> None:
    centre.specialist()
    centre.case(actor=centre.somebody("social_worker", "lead"))


@pytest.mark.parametrize(
    ("workplace", "role"), [("centre", "coordinator"), ("headquarters", "lead")]
)
def test_no_account_has_a_role_of_another_workplace(
    centre: Desk, headquarters: Desk, workplace: str, role: str
) -> None:
    desk = {"centre": centre, "headquarters": headquarters}[workplace]
    s, a = desk.session, desk.actor
    assert (
        code_of(
            lambda: desk.workplace.add_account(s, name="other", password=PASSWORD, roles=(role,))
        )
        == "role_not_here"
    )
    assert (
        code_of(
            lambda: accounts.change_roles(s, a, account_id=a.account_id, roles=(*a.roles, role))
        )
        == "role_not_here"
    )
    s.execute("UPDATE accounts SET roles = json_array(?)", (role,))
    assert accounts.actor_of(s, a.account_id).roles == frozenset()


def _anything(parameters: Mapping[str, inspect.Parameter]) -> dict[str, Any]:
    """Next to nothing for every argument: the role is looked at before them."""
    return {
        name: GIVEN.get(name)
        for name, one in list(parameters.items())[2:]
        if one.default is inspect.Parameter.empty
    }


@pytest.mark.parametrize("name", sorted(one for one in questions() if asked_roles(one)))
def test_a_query_answers_nobody_else(walks: dict[str, Walk], name: str) -> None:
    roles, asked = asked_roles(name), query(name)
    assert roles is not None
    given = _anything(inspect.signature(asked).parameters)
    for walk in walks.values():
        for role in (*sorted(set(ROLES) - roles), None):
            person = walk.desk.somebody(*filter(None, [role]))
            with pytest.raises(KnownError) as refused:
                asked(walk.session, person, **given)
            assert refused.value.code == "not_allowed", role


@pytest.mark.parametrize("name", sorted(OF_A_CASE))
def test_a_query_tells_nothing_of_a_case_restricted_to_others(
    walks: dict[str, Walk], name: str
) -> None:
    walk = walks["centre"]
    assert isinstance(walk, CentreWalk)
    given = {
        one: OF_A_CASE[name].get(one, walk.case)
        for one in _anything(inspect.signature(query(name)).parameters)
    }
    query(name)(walk.session, walk.people["lawyer"], **given)
    with suppress(_TakenBack), walk.session.transaction():
        walk.restrict()
        assert code_of(lambda: query(name)(walk.session, walk.people["lawyer"], **given)) == (
            "case_restricted"
        )
        raise _TakenBack


def test_every_query_about_one_case_is_among_those_asked() -> None:
    about = {
        name
        for name in questions()
        if asked_roles(name) and "case_id" in inspect.signature(query(name)).parameters
    }
    assert about - {"issued_papers"} <= OF_A_CASE.keys()


def test_the_window_and_the_command_line_reach_nothing_that_checks_no_role() -> None:
    """What takes a session and checks nothing is for the use cases themselves."""
    taken = imported_outside()
    open_to_all = {name: taken[name] for name in unchecked() - TELL_NOTHING if name in taken}
    assert not open_to_all


def test_the_document_of_rights_is_not_stale() -> None:
    assert PATH.read_text(encoding="utf-8") == rights(), "run: python tools/rights.py"
