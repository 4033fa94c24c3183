"""Somebody leaves: employment ends, what was planned is handed over, the account is closed."""

import json
from dataclasses import dataclass, replace
from datetime import date

from db import store
from db.audit import write_entry
from db.session import Session
from pravo_desktop.domain.records import Appointment, StaffMember
from pravo_desktop.domain.validation import Finding, check_order
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.accounts import other_lead
from pravo_desktop.usecases.actor import RESPONSIBLE, Actor, Confirmed, use_case
from pravo_desktop.usecases.notes import erase_notes_of, forget_key, notes_left
from pravo_desktop.usecases.records import keep


@dataclass(frozen=True)
class EmploymentEnded:
    """What somebody's leaving changed.

    Args:
        handed_over: how many expected visits have another specialist, or any of the profession.
        accounts: ids of the person's open accounts, to be closed.
    """

    staff_id: str
    handed_over: int
    accounts: tuple[str, ...]


@use_case(RESPONSIBLE)
def end_employment(
    session: Session,
    actor: Actor,
    *,
    staff_id: str,
    last_day: date,
    hand_over_to: str | None = None,
    confirmed: Confirmed | None = None,
) -> EmploymentEnded:
    """End a specialist's employment and hand over the visits expected after the last day.

    Args:
        hand_over_to: the specialist who takes them; empty leaves them to anybody of the leaver's
            profession, as referrals.

    Raises:
        KnownError: ``specialist_unknown``, ``dates_out_of_order``, ``confirmation_needed``.
    """
    member = _staff(session, staff_id, "staff_id")
    if hand_over_to is not None:
        successor = _staff(session, hand_over_to, "hand_over_to")
        if successor.id == staff_id or (
            successor.employed_to and successor.employed_to <= last_day
        ):
            raise KnownError("specialist_unknown", field="hand_over_to")
    findings: list[Finding] = check_order(member.employed_from, last_day, "last_day")
    keep(session, actor, replace(member, employed_to=last_day), findings, confirmed)
    expected = store.find(
        session,
        Appointment,
        "specialist_id = :staff AND state = 'expected' AND planned_on > :day",
        {"staff": staff_id, "day": last_day.isoformat()},
    )
    for one in expected:
        # Without the check of access: handing over tells nothing of a restricted case.
        moved = replace(
            one,
            specialist_id=hand_over_to,
            profession=None if hand_over_to else member.profession,
        )
        store.save(session, actor.account_id, moved)
    open_accounts = session.all(
        "SELECT id FROM accounts WHERE staff_id = ? AND closed_at IS NULL ORDER BY id", (staff_id,)
    )
    return EmploymentEnded(staff_id, len(expected), tuple(row["id"] for row in open_accounts))


def _staff(session: Session, staff_id: str, field: str) -> StaffMember:
    found = store.find(session, StaffMember, "id = :id", {"id": staff_id})
    if not found:
        raise KnownError("specialist_unknown", field=field)
    return found[0]


@use_case(RESPONSIBLE)
def close_account(
    session: Session, actor: Actor, *, account_id: str, destroy_notes: str | None = None
) -> None:
    """Close an account; its drafts, which nobody else may read, are thrown away.

    The window calls `bootstrap.Workplace.close_account`, which takes the password away as well.

    Args:
        destroy_notes: why the notes that their author did not hand over are destroyed.

    Raises:
        KnownError: ``account_unknown``, ``own_account``, ``last_lead``; ``notes_not_handed_over``
            (``number``) when there are notes and no reason is given.
    """
    row = session.one("SELECT * FROM accounts WHERE id = ?", (account_id,))
    if row is None:
        raise KnownError("account_unknown", name=account_id)
    if account_id == actor.account_id:
        raise KnownError("own_account")
    if row["closed_at"]:
        return
    if RESPONSIBLE & set(json.loads(row["roles"])) and not other_lead(session, account_id):
        raise KnownError("last_lead")
    left = notes_left(session, account_id)
    if left and destroy_notes is None:
        raise KnownError("notes_not_handed_over", number=left)
    if destroy_notes is not None and left:
        erase_notes_of(session, actor, account_id, destroy_notes)
    forget_key(session, account_id)
    session.execute("UPDATE accounts SET closed_at = ? WHERE id = ?", (session.now(), account_id))
    session.execute("DELETE FROM drafts WHERE account_id = ?", (account_id,))
    write_entry(session, actor.account_id, "account_closed", record_id=account_id)
    session.changed.add("accounts")
