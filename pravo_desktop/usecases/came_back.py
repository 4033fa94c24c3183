"""Records that came back from packages and still lack what never leaves the centre."""

from dataclasses import dataclass

from db.search import OPEN_TO_READER
from db.session import Session
from pravo_desktop.usecases.actor import EVERYBODY, RESPONSIBLE, Actor, require

TAKEN_BACK = "taken_back"
"""The action in the history by which such a record is known."""


@dataclass(frozen=True)
class BareRecord:
    """A record that came back without what never leaves the centre.

    Args:
        case_id, case_number, title: of its case; None and empty for a staff member.
        missing: ``name`` of a person or staff member, ``filing_day`` of a claim.
        field: the first one to fill in: of a person whose consent is not known again, that.
    """

    table: str
    record_id: str
    case_id: str | None
    case_number: str | None
    title: str
    missing: str
    field: str


_CONSENT = (
    "coalesce((SELECT state FROM consents k WHERE k.participant_id = p.id AND NOT k.deleted "
    "ORDER BY k.change DESC, k.id DESC LIMIT 1), 'not_asked')"
)
_OF_CASES = (
    (
        "participants",
        "'name'",
        f"CASE {_CONSENT} WHEN 'given' THEN 'surname' ELSE 'consent' END",
        "p.role <> 'child' AND NOT EXISTS (SELECT 1 FROM identities n WHERE n.id = p.id "
        f"AND NOT n.deleted AND n.surname IS NOT NULL) AND {_CONSENT} IN ('not_asked', 'given')",
    ),
    ("claims", "'filing_day'", "'filed_on'", "p.revision = 1 AND p.filed_on IS NOT NULL"),
)
"""Table, what is missing, the field, and the condition on a row ``p``."""

_CAME = (
    "EXISTS (SELECT 1 FROM audit_entries e WHERE e.record_id = p.id "
    "AND e.table_name = '{table}' AND e.action = :action)"
)


def bare_records(session: Session, actor: Actor, *, limit: int = -1) -> list[BareRecord]:
    """What came back bare: for a specialist of their cases, for who answers of all.

    Somebody who refused or withdrew their consent is complete without a name.

    Args:
        limit: of each kind; all when left out.
    """
    require(actor, EVERYBODY, "bare_records")
    if session.installation.epoch == 1:
        return []
    params = {
        "action": TAKEN_BACK,
        "reader": actor.account_id,
        "staff": actor.staff_id,
        "limit": limit,
    }
    own = (
        ""
        if actor.roles & RESPONSIBLE
        else "AND p.case_id IN (SELECT case_id FROM consultations "
        "WHERE specialist_id = :staff AND NOT deleted) "
    )
    found = []
    for table, missing, field, bare in _OF_CASES:
        found += session.all(
            f"SELECT '{table}' AS 'table', p.id AS record_id, p.case_id, c.number AS case_number, "
            f"i.title, {missing} AS missing, {field} AS field FROM {table} p "
            "JOIN cases c ON c.id = p.case_id JOIN case_index i ON i.case_id = c.id "
            f"WHERE NOT p.deleted AND NOT c.deleted AND {bare} AND {_CAME.format(table=table)} "
            f"{own} AND {OPEN_TO_READER.format(case='p.case_id')} "
            "ORDER BY c.number, p.id LIMIT :limit",
            params,
        )
    if actor.roles & RESPONSIBLE:
        found += session.all(
            "SELECT 'staff_members' AS 'table', p.id AS record_id, NULL AS case_id, "
            "NULL AS case_number, '' AS title, 'name' AS missing, 'surname' AS field "
            "FROM staff_members p LEFT JOIN staff_names n ON n.id = p.id AND NOT n.deleted "
            f"WHERE NOT p.deleted AND n.surname IS NULL AND {_CAME.format(table='staff_members')} "
            "ORDER BY p.id LIMIT :limit",
            params,
        )
    return [BareRecord(**row) for row in found]
