"""A list that leaves the program leaves a line in the history, and only with the right."""

import io
import json
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook

from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import Translator
from pravo_desktop.usecases.list_export import (
    ListColumn,
    ListSheet,
    export_list,
    print_list,
    render_list,
)
from tests.usecases.colleagues import a_colleague
from tests.usecases.factories import Desk
from tests.usecases.refusals import code_of


def history(desk: Desk) -> list[tuple[str, str, dict[str, object]]]:
    rows = desk.session.all(
        "SELECT e.actor, e.action, v.content FROM audit_entries e "
        "JOIN audit_values v ON v.number = e.number WHERE e.action LIKE 'list_%' ORDER BY e.number"
    )
    return [(row["actor"], row["action"], json.loads(row["content"])) for row in rows]


def test_the_history_tells_who_took_which_list_out_and_how_much_of_it(centre: Desk) -> None:
    s, lead = centre.session, centre.actor
    lawyer = a_colleague(centre, "second", "lawyer")
    made_at = export_list(s, lead, name="staff/staff", rows=12, personal=True, confirmed=True)
    assert made_at == centre.clock.now()
    print_list(s, lawyer, name="events/events", rows=3, personal=False, confirmed=False)
    assert history(centre) == [
        (
            lead.account_id,
            "list_exported",
            {"list": "staff/staff", "rows": 12, "personal": "yes"},
        ),
        (
            lawyer.account_id,
            "list_printed",
            {"list": "events/events", "rows": 3, "personal": "no"},
        ),
    ]


def test_a_workbook_is_for_the_lead_and_the_coordinator_alone(
    centre: Desk, headquarters: Desk
) -> None:
    for role in ("psychologist", "lawyer", "mediator", "social_worker"):
        with pytest.raises(KnownError) as refused:
            export_list(
                centre.session,
                centre.somebody(role),
                name="cases/cases",
                rows=1,
                personal=True,
                confirmed=True,
            )
        assert refused.value.code == "not_allowed"
    assert history(centre) == []
    export_list(
        headquarters.session,
        headquarters.actor,
        name="inbox/received",
        rows=1,
        personal=False,
        confirmed=False,
    )
    assert len(history(headquarters)) == 1


def test_personal_data_leave_only_after_a_yes(centre: Desk) -> None:
    s, lead = centre.session, centre.actor
    for use_case in (export_list, print_list):
        code = code_of(
            lambda use=use_case: use(  # type: ignore[misc]
                s, lead, name="cases/cases", rows=40, personal=True, confirmed=False
            )
        )
        assert code == "list_not_confirmed"
    assert history(centre) == []


def test_a_list_is_made_in_both_forms_from_the_same_rows() -> None:
    sheet = ListSheet(
        "Қызметкерлер", (ListColumn("Аты"), ListColumn("Саны", number=True)), (("Әсем", 12750),)
    )

    def made(pages: bool) -> bytes:
        return render_list(
            sheet,
            Translator("kk"),
            pages=pages,
            made_at=datetime(2024, 5, 20, 12, tzinfo=UTC),
            made_by="lead",
            progress=lambda step, done, total: None,
        )

    book = load_workbook(io.BytesIO(made(pages=False)))
    assert book["Қызметкерлер"]["B4"].value == 12750
    assert made(pages=True).startswith(b"%PDF")
