"""The history of a case: who did what and when, without what was written."""

from dataclasses import dataclass
from datetime import datetime

from db.session import Session
from pravo_desktop.usecases.access import case_for
from pravo_desktop.usecases.actor import CENTRE, Actor, require

_OF_CASE = " UNION ".join(
    (
        "SELECT :case AS id",
        *(
            f"SELECT id FROM {table} WHERE case_id = :case"
            for table in (
                "participants",
                "claims",
                "consultations",
                "outcomes",
                "mediations",
                "studies",
                "appointments",
            )
        ),
        "SELECT c.id FROM consents c JOIN participants p ON p.id = c.participant_id "
        "WHERE p.case_id = :case",
    )
)
"""Ids of all records of a case; identities, court cases and notes share the id of another."""


@dataclass(frozen=True)
class HistoryLine:
    """One deed in the history of a case.

    Args:
        at: an aware moment.
        who: the name of the staff member, or the login name.
        action: such as ``added``, ``changed``, ``deleted``, ``case_opened``, ``paper_issued``.
        table: of the record; None for deeds on the case itself that changed no record.
        reason: given for letting a warning pass at that moment; empty mostly.
    """

    at: datetime
    who: str
    action: str
    table: str | None
    reason: str


def history_of_case(
    session: Session, actor: Actor, case_id: str, *, limit: int = 500
) -> list[HistoryLine]:
    """What was done with a case, the latest first.

    Raises:
        KnownError: ``case_restricted``, ``record_not_found``.
    """
    require(actor, CENTRE, "history_of_case")
    case_for(session, actor, case_id)
    rows = session.all(
        "SELECT e.at, e.action, e.table_name, a.name AS login, "
        "n.surname, n.given_name, (SELECT group_concat(DISTINCT w.reason) "
        "FROM confirmed_warnings w WHERE w.record_id = e.record_id "
        "AND w.table_name = e.table_name AND w.at = e.at) AS reason "
        "FROM audit_entries e LEFT JOIN accounts a ON a.id = e.actor "
        "LEFT JOIN staff_names n ON n.id = a.staff_id "
        f"WHERE e.record_id IN ({_OF_CASE}) OR (e.action = 'paper_issued' AND e.record_id IN "
        "(SELECT CAST(number AS TEXT) FROM issued_papers WHERE case_id = :case)) "
        "ORDER BY e.number DESC LIMIT :limit",
        {"case": case_id, "limit": limit},
    )
    return [
        HistoryLine(
            at=datetime.fromisoformat(row["at"]),
            who=" ".join(filter(None, (row["surname"], row["given_name"]))) or (row["login"] or ""),
            action=row["action"],
            table=row["table_name"],
            reason=row["reason"] or "",
        )
        for row in rows
    ]
