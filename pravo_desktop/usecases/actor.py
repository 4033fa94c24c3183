"""Who acts, and the mark of a use case: its roles are checked and it is one transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from db.search import index_case
from db.session import Session
from pravo_desktop.errors import KnownError

SPECIALISTS = frozenset({"psychologist", "lawyer", "mediator", "social_worker"})
LEAD = frozenset({"lead"})
COORDINATOR = frozenset({"coordinator"})
CENTRE = SPECIALISTS | LEAD
RESPONSIBLE = LEAD | COORDINATOR
"""Those who answer for a station's month: the lead of a centre, headquarters' coordinator."""
EVERYBODY = CENTRE | COORDINATOR

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Actor:
    """The person who signed in.

    Args:
        account_id: id of the account, written into the history.
        name: the account's login name.
        roles: what the person may do.
        staff_id: the staff member the account belongs to, if any.
    """

    account_id: str
    name: str
    roles: frozenset[str]
    staff_id: str | None = None

    @property
    def responsible(self) -> bool:
        """Whether the person may change a closed month."""
        return bool(self.roles & RESPONSIBLE)


@dataclass(frozen=True)
class UseCase:
    """A use case as the command line and the table of rights know it."""

    name: str
    roles: frozenset[str]
    run: Callable[..., Any]


USE_CASES: dict[str, UseCase] = {}
"""All use cases that change data, by name."""


def use_case(
    roles: frozenset[str],
) -> Callable[
    [Callable[Concatenate[Session, Actor, P], T]], Callable[Concatenate[Session, Actor, P], T]
]:
    """Mark a function as a use case for these roles.

    The function then raises KnownError ``not_allowed`` for anybody else, and all that it changes
    is committed together or not at all.
    """

    def mark(
        function: Callable[Concatenate[Session, Actor, P], T],
    ) -> Callable[Concatenate[Session, Actor, P], T]:
        @wraps(function)
        def run(session: Session, actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> T:
            require(actor, roles, function.__name__)
            with session.transaction():
                result = function(session, actor, *args, **kwargs)
                for case_id in sorted(session.stale_cases):
                    index_case(session, case_id)
                session.stale_cases.clear()
                return result

        USE_CASES[function.__name__] = UseCase(function.__name__, roles, run)
        return run

    return mark


def require(actor: Actor, roles: frozenset[str], action: str) -> None:
    """Raise KnownError ``not_allowed`` unless the actor has one of the roles."""
    if not actor.roles & roles:
        raise KnownError("not_allowed", action=action, roles=sorted(roles))


Confirmed = Mapping[str, str]
"""Reasons given for warnings, by the warning's code."""
