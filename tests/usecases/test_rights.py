"""Who may do what: every use case is refused to everybody else, before it touches anything."""

import importlib
import pkgutil
from typing import Any

import pytest

import pravo_desktop.usecases
from pravo_desktop.errors import KnownError
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases import accounts, headquarters, packages
from pravo_desktop.usecases.actor import COORDINATOR, LEAD, RESPONSIBLE, SPECIALISTS, USE_CASES
from tests.usecases.factories import Desk

for _module in pkgutil.iter_modules(pravo_desktop.usecases.__path__):
    importlib.import_module(f"pravo_desktop.usecases.{_module.name}")

ROLES = tuple(classifiers().kinds["role"])

LEAD_ALONE = {
    "close_month",
    "reopen_month",
    "export_package",
    "save_staff_member",
    "save_vacancy",
    "save_monthly_note",
    "remove_monthly_note",
    "add_account",
    "link_staff",
}
HEADQUARTERS_ALONE = {
    "accept_package",
    "undo_package",
    "add_trust",
    "revoke_trust",
    "save_project",
    "save_region",
    "save_court",
    "save_centre",
    "set_plan_target",
    "save_proposal",
}
AT_THE_DESK = {
    "open_case",
    "change_case",
    "save_participant",
    "remove_participant",
    "save_claim",
    "remove_claim",
    "record_consultation",
    "change_consultation",
    "remove_consultation",
    "add_outcome",
    "remove_outcome",
    "record_study",
    "save_mediation",
    "record_advice",
}


def test_the_table_of_rights() -> None:
    for name in LEAD_ALONE:
        assert USE_CASES[name].roles == RESPONSIBLE, name
    for name in HEADQUARTERS_ALONE:
        assert USE_CASES[name].roles == COORDINATOR, name
    for name in AT_THE_DESK:
        assert USE_CASES[name].roles == SPECIALISTS | LEAD, name


def test_every_role_is_one_that_an_account_may_have() -> None:
    for case in USE_CASES.values():
        assert case.roles and case.roles <= set(ROLES), case.name


@pytest.mark.parametrize("name", sorted(USE_CASES))
def test_a_use_case_is_refused_to_every_other_role(centre: Desk, name: str) -> None:
    case = USE_CASES[name]
    for role in (*sorted(set(ROLES) - case.roles), None):
        before = centre.session.value("SELECT count(*) FROM audit_entries")
        with pytest.raises(KnownError) as refused:
            case.run(centre.session, centre.somebody(*filter(None, [role])))
        assert refused.value.code == "not_allowed"
        assert refused.value.params["action"] == name
        assert centre.session.value("SELECT count(*) FROM audit_entries") == before


@pytest.mark.parametrize("name", sorted(USE_CASES))
def test_a_use_case_asks_more_of_those_who_have_the_role(centre: Desk, name: str) -> None:
    """Past the question of rights it is the arguments that are missing."""
    case = USE_CASES[name]
    with pytest.raises((TypeError, KnownError), match=r"missing|field_required"):
        case.run(centre.session, centre.somebody(sorted(case.roles)[0]))


def test_one_of_several_roles_is_enough(centre: Desk) -> None:
    centre.specialist()
    centre.case(actor=centre.somebody("coordinator", "lawyer"))


def _queries(desk: Desk) -> dict[str, tuple[frozenset[str], Any]]:
    return {
        "accounts": (RESPONSIBLE, accounts.accounts),
        "exported_packages": (RESPONSIBLE, packages.exported_packages),
        "write_copy": (
            RESPONSIBLE,
            lambda s, a: packages.write_copy(s, a, sequence=1, target=desk.workplace.folder),
        ),
        "received_packages": (COORDINATOR, headquarters.received_packages),
        "merged_state_hash": (COORDINATOR, headquarters.merged_state_hash),
        "trusted_keys": (COORDINATOR, headquarters.trusted_keys),
        "replay": (
            COORDINATOR,
            lambda s, a: headquarters.replay(s, a, archive=desk.archive, check=True),
        ),
        "receive_files": (
            COORDINATOR,
            lambda s, a: headquarters.receive_files(s, a, paths=[], archive=desk.archive),
        ),
    }


def test_lists_of_the_lead_and_of_headquarters_are_theirs(centre: Desk) -> None:
    for name, (roles, ask) in _queries(centre).items():
        for role in sorted(set(ROLES) - roles):
            with pytest.raises(KnownError, match="not_allowed"):
                ask(centre.session, centre.somebody(role))
            assert name
