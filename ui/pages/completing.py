"""From a record to complete to the field that waits."""

from __future__ import annotations

from pravo_desktop.usecases.questions import ToComplete
from ui.page import Desk

_KEPT_ON = {"events": "events", "publications": "media", "hand_outs": "printed"}
"""The page of a table whose records belong to no case."""


def go_to_record(desk: Desk, line: ToComplete) -> None:
    """Open the case of a record, and over it the form that changes the record, at its field.

    Of what no form changes the case alone is opened; of what belongs to no case its page.
    """
    from ui.forms.part_forms import CaseFactsForm, ClaimForm, PersonForm
    from ui.forms.staff_form import StaffForm
    from ui.pages.case import CasePage

    if line.table == "staff_members":
        staff = desk.navigator.open(StaffForm, staff_id=line.record_id)
        assert isinstance(staff, StaffForm)
        staff.go_to(line.field)
        return
    if line.case_id is None:
        if line.table in _KEPT_ON:
            desk.navigator.go(_KEPT_ON[line.table])
        return
    desk.navigator.open(CasePage, case_id=line.case_id)
    forms = {"participants": PersonForm, "claims": ClaimForm, "cases": CaseFactsForm}
    cls = forms.get(line.table)
    if cls is not None:
        form = desk.navigator.open(cls, case_id=line.case_id, part_id=line.record_id)
        assert isinstance(form, cls)
        form.go_to(line.field)
