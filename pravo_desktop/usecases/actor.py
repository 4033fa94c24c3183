"""Who acts, and the mark of a use case: its roles are checked and it is one transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from db.search import index_case
from db.session import Session
from pravo_desktop.errors import KnownError
from pravo_desktop.security.notes import NoteKey

SPECIALISTS = frozenset({"psychologist", "lawyer", "mediator", "social_worker"})
LEAD = frozenset({"lead"})
COORDINATOR = frozenset({"coordinator"})
CENTRE = SPECIALISTS | LEAD
RESPONSIBLE = LEAD | COORDINATOR
"""Those who answer for a station's month: the lead of a centre, headquarters' coordinator."""
EVERYBODY = CENTRE | COORDINATOR
ROLES_AT = {"centre": CENTRE, "headquarters": COORDINATOR}
"""The roles that there are at a workplace; an account has no other rights there."""

CASE, MONTH, AUTHOR = "case", "month", "author"
"""What a use case honours besides the role: a case restricted to others (``case_restricted``), a
closed month (``month_closed``; those who answer for it give a reason), a note of somebody else."""

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
        note_key: opens the person's own notes and drafts; None where the account has none yet, or
            while it is locked because somebody else set the password.
    """

    account_id: str
    name: str
    roles: frozenset[str]
    staff_id: str | None = None
    note_key: NoteKey | None = field(default=None, repr=False, compare=False)

    @property
    def responsible(self) -> bool:
        """Whether the person may change a closed month."""
        return bool(self.roles & RESPONSIBLE)


@dataclass(frozen=True)
class UseCase:
    """A use case as the command line and the table of rights know it.

    Args:
        honours: of `CASE`, `MONTH`, `AUTHOR`.
    """

    name: str
    roles: frozenset[str]
    run: Callable[..., Any]
    honours: frozenset[str] = frozenset()


USE_CASES: dict[str, UseCase] = {}
"""All use cases that change data, by name."""


def use_case(
    roles: frozenset[str], *honours: str
) -> Callable[
    [Callable[Concatenate[Session, Actor, P], T]], Callable[Concatenate[Session, Actor, P], T]
]:
    """Mark a function as a use case for these roles.

    The function then raises KnownError ``not_allowed`` for anybody else, for a role that is not
    of this workplace too, ``account_closed`` once the account is, ``signed_out`` after the data
    folder was closed; all that it changes is committed together or not at all.

    Args:
        honours: which of `CASE`, `MONTH`, `AUTHOR` it looks at besides; the table of rights says
            so and its test holds it to that.
    """

    def mark(
        function: Callable[Concatenate[Session, Actor, P], T],
    ) -> Callable[Concatenate[Session, Actor, P], T]:
        @wraps(function)
        def run(session: Session, actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> T:
            require(actor, roles, function.__name__)
            with session.transaction():
                _check_account(session, actor, roles, function.__name__)
                result = function(session, actor, *args, **kwargs)
                for case_id in sorted(session.stale_cases):
                    index_case(session, case_id)
                session.stale_cases.clear()
                return result

        USE_CASES[function.__name__] = UseCase(function.__name__, roles, run, frozenset(honours))
        return run

    return mark


def _check_account(session: Session, actor: Actor, roles: frozenset[str], action: str) -> None:
    require(actor, roles & ROLES_AT[session.installation.workplace], action)
    if session.value("SELECT closed_at FROM accounts WHERE id = ?", (actor.account_id,)):
        raise KnownError("account_closed")


def require(actor: Actor, roles: frozenset[str], action: str) -> None:
    """Raise KnownError ``not_allowed`` unless the actor has one of the roles."""
    if not actor.roles & roles:
        raise KnownError("not_allowed", action=action, roles=sorted(roles))


Confirmed = Mapping[str, str]
"""Reasons given for warnings, by the warning's code."""
