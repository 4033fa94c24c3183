"""The accounting date: the day, and so the month, to which a record belongs."""

from datetime import date

ACCOUNTING_DATE = {
    "projects": "starts_on",
    "plan_targets": "valid_from",
    "proposals": "proposed_on",
    "staff_members": "employed_from",
    "vacancies": "opened_on",
    "outcomes": "dated_on",
    "consultations": "held_on",
    "advice": "held_on",
    "mediations": "contract_on",
    "studies": "held_on",
    "events": "held_on",
    "event_attendances": "held_on",
    "publications": "published_on",
    "printed_materials": "ordered_on",
    "hand_outs": "handed_on",
    "videos": "published_on",
    "monthly_notes": "month",
    "section_states": "month",
}
"""The record's own date or month by table; the rest follows its case, its event, or none."""


def claim_date(filed_on: date | None, first_visit: date | None) -> date | None:
    """When a claim is counted: the later of its filing and the case's first consultation.

    Only the month of the filing leaves the centre, so a later filing counts from the first day
    of its month, here as at headquarters.
    """
    if first_visit is None or filed_on is None:
        return first_visit
    return max(filed_on.replace(day=1), first_visit)
