"""Who may open a case: it is open to the whole centre until it is restricted to named accounts."""

from dataclasses import dataclass
from datetime import datetime, time

from db import store
from db.audit import write_entry
from db.search import OPEN_TO_READER
from db.session import Session
from pravo_desktop.clock import KAZAKHSTAN, timestamp
from pravo_desktop.domain.records import Case, Record
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.actor import CASE, CENTRE, LEAD, Actor, require, use_case

_CASE_OF = {
    "identities": "SELECT case_id FROM participants WHERE id = ?",
    "consents": "SELECT case_id FROM participants WHERE id = "
    "(SELECT participant_id FROM consents WHERE id = ?)",
    "court_cases": "SELECT case_id FROM claims WHERE id = ?",
    "notes": "SELECT case_id FROM consultations WHERE id = ?",
}
"""How a record that names no case itself belongs to one."""


@dataclass(frozen=True)
class RestrictedCase:
    """A restricted case as the lead sees it: who may open it, and nothing of its content.

    Args:
        accounts: ids of the accounts that may open it.
    """

    case_id: str
    number: str
    accounts: tuple[str, ...]


def may_open(session: Session, actor: Actor, case_id: str) -> bool:
    """Whether the actor may open a case; whether there is such a case is another question."""
    return bool(
        session.value(
            f"SELECT {OPEN_TO_READER.format(case=':case')}",
            {"case": case_id, "reader": actor.account_id},
        )
    )


def check_access(session: Session, actor: Actor, case_id: str) -> None:
    """Raise KnownError ``case_restricted`` unless the actor may open the case."""
    if not may_open(session, actor, case_id):
        raise KnownError("case_restricted")


def case_for(session: Session, actor: Actor, case_id: str) -> Case:
    """The living case, for somebody who may open it.

    Raises:
        KnownError: ``case_restricted``, ``record_not_found``.
    """
    check_access(session, actor, case_id)
    return store.get(session, Case, case_id)


def check_record_access(session: Session, actor: Actor, record: Record) -> None:
    """Raise KnownError ``case_restricted`` when a record is, or was, of a case closed to the actor.

    Args:
        record: as it is to be stored; the case that it is in now is looked at too.
    """
    cases = {case_of(session, record.table, record.id), getattr(record, "case_id", None)}
    if isinstance(record, Case):
        cases = {record.id}
    elif hasattr(record, "participant_id"):
        cases.add(case_of(session, "participants", record.participant_id))
    for case_id in cases - {None}:
        check_access(session, actor, str(case_id))


def case_of(session: Session, table: str, record_id: str) -> str | None:
    """The case that a stored record belongs to; None where it belongs to none or is not there.

    Args:
        table: of a record.
    """
    if table == Case.table:
        return record_id
    if table in _CASE_OF:
        found = session.value(_CASE_OF[table], (record_id,))
    elif table in _WITH_CASE:
        found = session.value(f"SELECT case_id FROM {table} WHERE id = ?", (record_id,))
    else:
        found = None
    return str(found) if found else None


_WITH_CASE = frozenset(
    {"participants", "claims", "consultations", "outcomes"}
    | {"mediations", "studies", "appointments"}
)


@use_case(CENTRE, CASE)
def restrict_case(
    session: Session, actor: Actor, *, case_id: str, accounts: tuple[str, ...]
) -> None:
    """Let these accounts alone open a case, as when somebody here knows the couple.

    Whoever restricts an open case stays among them unless a lead does it; a lead may change the
    list of any restricted case, without seeing the case.

    Args:
        accounts: ids of open accounts, at least one.

    Raises:
        KnownError: ``case_restricted``, ``field_required``, ``account_unknown``,
            ``would_lock_yourself_out``.
    """
    if not actor.roles & LEAD:
        check_access(session, actor, case_id)
        if actor.account_id not in accounts:
            raise KnownError("would_lock_yourself_out", field="accounts")
    store.get(session, Case, case_id)
    if not accounts:
        raise KnownError("field_required", field="accounts")
    for account in accounts:
        if not session.value(
            "SELECT 1 FROM accounts WHERE id = ? AND closed_at IS NULL", (account,)
        ):
            raise KnownError("account_unknown", name=account)
    session.execute("DELETE FROM case_access WHERE case_id = ?", (case_id,))
    session.execute_many(
        "INSERT INTO case_access VALUES (?, ?)", [(case_id, one) for one in sorted(set(accounts))]
    )
    write_entry(
        session,
        actor.account_id,
        "case_restricted",
        table=Case.table,
        record_id=case_id,
        content={"accounts": ", ".join(sorted(set(accounts)))},
    )
    session.changed.add("case_access")


@use_case(CENTRE, CASE)
def open_case_to_all(session: Session, actor: Actor, *, case_id: str) -> None:
    """Take the restriction of a case back.

    Raises:
        KnownError: ``case_restricted`` for those outside the list who are not a lead.
    """
    if not actor.roles & LEAD:
        check_access(session, actor, case_id)
    if session.execute("DELETE FROM case_access WHERE case_id = ?", (case_id,)):
        write_entry(
            session, actor.account_id, "case_opened_to_all", table=Case.table, record_id=case_id
        )
        session.changed.add("case_access")


@use_case(CENTRE, CASE)
def note_case_opened(session: Session, actor: Actor, *, case_id: str) -> bool:
    """Write into the history that a person looked at a case with names.

    Once for each account, case and day (Law 94-V, article 25: a log of access). The window calls
    it when it shows a case, since lists and cards are read on a connection that cannot write.

    Returns:
        whether a line was written.

    Raises:
        KnownError: ``case_restricted``, ``record_not_found``.
    """
    case_for(session, actor, case_id)
    named = session.value(
        "SELECT 1 FROM participants p JOIN identities i ON i.id = p.id "
        "WHERE p.case_id = ? AND NOT p.deleted AND NOT i.deleted",
        (case_id,),
    )
    morning = datetime.combine(session.clock.today(), time(), KAZAKHSTAN)
    known = session.value(
        "SELECT 1 FROM audit_entries WHERE record_id = ? AND action = 'case_opened' "
        "AND actor = ? AND at >= ?",
        (case_id, actor.account_id, timestamp(morning)),
    )
    if not named or known:
        return False
    write_entry(session, actor.account_id, "case_opened", table=Case.table, record_id=case_id)
    return True


def accounts_of_case(session: Session, actor: Actor, case_id: str) -> tuple[str, ...]:
    """Ids of the accounts that alone may open a case; nothing when it is open to all."""
    require(actor, CENTRE, "accounts_of_case")
    check_access(session, actor, case_id)
    rows = session.all(
        "SELECT account_id FROM case_access WHERE case_id = ? ORDER BY account_id", (case_id,)
    )
    return tuple(row["account_id"] for row in rows)


def restricted_cases(session: Session, actor: Actor) -> list[RestrictedCase]:
    """All restricted cases by number, so that the lead can give another person access."""
    require(actor, LEAD, "restricted_cases")
    rows = session.all(
        "SELECT c.id, c.number, group_concat(a.account_id, ' ') AS accounts FROM case_access a "
        "JOIN cases c ON c.id = a.case_id WHERE NOT c.deleted GROUP BY c.id ORDER BY c.number"
    )
    return [
        RestrictedCase(row["id"], row["number"], tuple(sorted(row["accounts"].split())))
        for row in rows
    ]
