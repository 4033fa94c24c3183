"""Taking a removal back, right after it or later: the record lives again as it was."""

from collections.abc import Mapping

from db.session import Session
from pravo_desktop.domain.records import BY_TABLE
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.actor import (
    CASE,
    CENTRE,
    EVERYBODY,
    MONTH,
    RESPONSIBLE,
    Actor,
    Confirmed,
    require,
    use_case,
)
from pravo_desktop.usecases.records import restore

RESTORABLE: Mapping[str, frozenset[str]] = {
    "events": EVERYBODY,
    "event_attendances": EVERYBODY,
    "survey_sheets": EVERYBODY,
    "publications": EVERYBODY,
    "videos": EVERYBODY,
    "printed_materials": EVERYBODY,
    "hand_outs": EVERYBODY,
    "participants": CENTRE,
    "claims": CENTRE,
    "consultations": CENTRE,
    "outcomes": CENTRE,
    "mediations": CENTRE,
    "studies": CENTRE,
    "advice": CENTRE,
    "appointments": CENTRE,
    "vacancies": RESPONSIBLE,
    "staff_members": RESPONSIBLE,
    "monthly_notes": RESPONSIBLE,
}
"""Who may take back the removal of a record, by its table: those who may remove one."""


@use_case(EVERYBODY, CASE, MONTH)
def undo_removal(
    session: Session,
    actor: Actor,
    *,
    table: str,
    record_id: str,
    confirmed: Confirmed | None = None,
) -> None:
    """Let a removed record live again.

    Args:
        table: of the record, one of `RESTORABLE`.
        confirmed: in a closed month the reason given for the removal does for its undoing.

    Raises:
        KnownError: ``not_allowed``, ``record_not_found``, ``case_restricted``, ``month_closed``,
            ``parent_not_found``, ``confirmation_needed``.
    """
    if table not in RESTORABLE:
        raise KnownError("record_not_found", table=table, id=record_id)
    require(actor, RESTORABLE[table], "undo_removal")
    restore(session, actor, BY_TABLE[table], record_id, confirmed)
