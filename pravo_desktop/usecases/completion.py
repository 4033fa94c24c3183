"""“My month is complete”: each specialist says so, and the lead sees who has not."""

from dataclasses import dataclass

from db.audit import write_entry
from db.session import Session
from pravo_desktop.domain.periods import Month
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.actor import CENTRE, RESPONSIBLE, SPECIALISTS, Actor, require, use_case
from pravo_desktop.usecases.months import is_closed


@dataclass(frozen=True)
class CompletionLine:
    """How far an account is with a month.

    Args:
        name: the staff member's name, or the login name where none is kept.
        complete_at: when the person said so, as ISO 8601 in UTC; None while they have not.
        drafts: how many unsaved forms the account has; their text is nobody else's.
    """

    account_id: str
    name: str
    profession: str | None
    complete_at: str | None
    drafts: int


@use_case(CENTRE)
def complete_month(session: Session, actor: Actor, *, month: str) -> None:
    """Say that all of one's work of a month is recorded.

    Raises:
        KnownError: ``month_not_started``, ``month_already_closed``, ``month_invalid``.
    """
    _check_open(session, month)
    if my_completion(session, actor, month) is None:
        session.execute(
            "INSERT INTO completed_months VALUES (?, ?, ?)",
            (month, actor.account_id, session.now()),
        )
        write_entry(session, actor.account_id, "month_completed", record_id=month)
        session.changed.add("completed_months")


@use_case(CENTRE)
def withdraw_completion(session: Session, actor: Actor, *, month: str) -> None:
    """Take “my month is complete” back.

    Raises:
        KnownError: as `complete_month`.
    """
    _check_open(session, month)
    if session.execute(
        "DELETE FROM completed_months WHERE month = ? AND account_id = ?",
        (month, actor.account_id),
    ):
        write_entry(session, actor.account_id, "month_completion_withdrawn", record_id=month)
        session.changed.add("completed_months")


def _check_open(session: Session, month: str) -> None:
    if Month.parse(month).first_day > session.clock.today():
        raise KnownError("month_not_started", month=month)
    if is_closed(session, month):
        raise KnownError("month_already_closed", month=month)


def my_completion(session: Session, actor: Actor, month: str) -> str | None:
    """When the actor said that the month is complete; None while they have not."""
    require(actor, CENTRE, "my_completion")
    found = session.value(
        "SELECT at FROM completed_months WHERE month = ? AND account_id = ?",
        (month, actor.account_id),
    )
    return str(found) if found else None


def completion(session: Session, actor: Actor, *, month: str) -> list[CompletionLine]:
    """Every open account of a specialist who worked in a month, those still at work first."""
    require(actor, RESPONSIBLE, "completion")
    asked = Month.parse(month)
    rows = session.all(
        "SELECT a.id, a.name, a.staff_id, m.profession, n.surname, n.given_name, d.at, "
        "(SELECT count(*) FROM drafts WHERE account_id = a.id) AS drafts FROM accounts a "
        "LEFT JOIN staff_members m ON m.id = a.staff_id "
        "LEFT JOIN staff_names n ON n.id = a.staff_id AND NOT n.deleted "
        "LEFT JOIN completed_months d ON d.account_id = a.id AND d.month = :month "
        "WHERE a.closed_at IS NULL AND (a.staff_id IS NOT NULL OR EXISTS "
        "(SELECT 1 FROM json_each(a.roles) r WHERE r.value IN "
        f"({', '.join(repr(role) for role in sorted(SPECIALISTS))}))) "
        "AND (m.id IS NULL OR (m.employed_from <= :last "
        "AND coalesce(m.employed_to, :last) >= :first)) "
        "ORDER BY d.at IS NOT NULL, n.surname, a.name",
        {
            "month": month,
            "first": asked.first_day.isoformat(),
            "last": asked.last_day.isoformat(),
        },
    )
    return [
        CompletionLine(
            row["id"],
            " ".join(filter(None, (row["surname"], row["given_name"]))) or row["name"],
            row["profession"],
            row["at"],
            row["drafts"],
        )
        for row in rows
    ]
