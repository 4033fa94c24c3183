"""Closing a month: what each section says, what may not be said, opening it again."""

from datetime import date
from typing import Any

import pytest

from pravo_desktop.errors import KnownError
from pravo_desktop.usecases import events, months
from tests.usecases.factories import NAMED, Desk

APRIL = date(2024, 4, 9)


def _states(desk: Desk, month: str = "2024-04") -> dict[str, tuple[str, str | None]]:
    rows = desk.session.all(
        "SELECT section, state, reason FROM section_states WHERE month = ? AND NOT deleted",
        (month,),
    )
    return {row["section"]: (row["state"], row["reason"]) for row in rows}


def _event(desk: Desk, **changes: Any) -> str:
    values: dict[str, Any] = {"kind": "round_table", "held_on": APRIL, "topic": "Семья и право"}
    return events.save_event(desk.session, desk.actor, **(values | changes))


def test_sections_with_records_are_reported_the_others_zero_or_missing(centre: Desk) -> None:
    lawyer = centre.specialist("lawyer")
    centre.case(on=APRIL, specialist=lawyer)
    closed = months.close_month(
        centre.session, centre.actor, month="2024-04", zeros={"media": "no_activity"}
    )
    assert "services" in closed.reported
    assert closed.zero == ("media",)
    assert closed.missing and not set(closed.missing) & {"services", "media"}
    assert _states(centre)["services"] == ("reported", None)
    assert _states(centre)["media"] == ("zero", "no_activity")
    assert not set(closed.missing) & set(_states(centre))


@pytest.mark.parametrize("reason", ["", "  "])
def test_zero_has_a_reason(centre: Desk, reason: str) -> None:
    with pytest.raises(KnownError) as refused:
        centre.close("2024-04", {"media": reason})
    assert (refused.value.code, refused.value.params["field"]) == ("field_required", "reason")
    assert not months.is_closed(centre.session, "2024-04")


def test_a_section_with_records_is_not_zero(centre: Desk) -> None:
    lawyer = centre.specialist("lawyer")
    centre.case(on=APRIL, specialist=lawyer)
    with pytest.raises(KnownError) as refused:
        centre.close("2024-04", {"media": "no_activity", "services": "vacancy"})
    assert refused.value.code == "section_not_empty"
    assert refused.value.params["section"] == "services"
    assert _states(centre) == {}


@pytest.mark.parametrize(
    ("month", "zeros", "code"),
    [
        ("2024-06", {}, "month_not_started"),
        ("2024-4", {}, "month_invalid"),
        ("2024-04", {"weather": "no_activity"}, "section_unknown"),
    ],
)
def test_what_cannot_be_closed(centre: Desk, month: str, zeros: dict[str, str], code: str) -> None:
    with pytest.raises(KnownError) as refused:
        centre.close(month, zeros)
    assert refused.value.code == code


def test_a_month_is_closed_once_and_can_be_opened_again(centre: Desk) -> None:
    with pytest.raises(KnownError, match="month_not_closed"):
        months.reopen_month(centre.session, centre.actor, month="2024-04")
    centre.close("2024-04")
    with pytest.raises(KnownError, match="month_already_closed"):
        centre.close("2024-04")
    months.reopen_month(centre.session, centre.actor, month="2024-04")
    lawyer = centre.specialist("lawyer")
    centre.case(on=APRIL, specialist=lawyer, actor=centre.somebody("lawyer"))
    centre.close("2024-04")
    assert _states(centre)["services"] == ("reported", None)


def test_closing_again_takes_back_a_zero_that_is_no_longer_true(centre: Desk) -> None:
    centre.close("2024-04", {"media": "no_activity", "services": "vacancy"})
    months.reopen_month(centre.session, centre.actor, month="2024-04")
    centre.case(on=APRIL, specialist=centre.specialist("lawyer"))
    centre.close("2024-04")
    assert "media" not in _states(centre)
    assert _states(centre)["services"] == ("reported", None)
    months.reopen_month(centre.session, centre.actor, month="2024-04")
    centre.close("2024-04", {"media": "no_activity"})
    assert _states(centre)["media"] == ("zero", "no_activity")
    assert centre.count("section_states", "section = 'media'") == 1


# --- Text that travels --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Встреча с семьёй Тестовой прошла хорошо", "text_contains_name"),
        ("звонить 8 (701) 123-45-67", "text_contains_phone"),
        ("номер 990101 400012", "text_contains_iin"),
    ],
)
def test_a_month_is_not_closed_while_its_text_names_somebody(
    centre: Desk, text: str, found: str
) -> None:
    centre.case(people=(NAMED,))
    event = _event(centre, topic=text)
    with pytest.raises(KnownError) as refused:
        centre.close("2024-04")
    params = refused.value.params
    assert refused.value.code == "text_names_person"
    assert (params["table"], params["field"], params["id"]) == ("events", "topic", event)
    assert params["found"] == found
    assert not any(secret in str(params) for secret in ("Тестов", "701", "990101"))
    assert not months.is_closed(centre.session, "2024-04")
    _event(centre, event_id=event, topic="Семья и право")
    centre.close("2024-04")


def test_a_note_and_the_reason_of_a_zero_are_looked_through_too(centre: Desk) -> None:
    centre.specialist("lawyer", surname="Өтегенова")
    with pytest.raises(KnownError, match="text_names_person"):
        centre.close("2024-04", {"media": "заболела Отегенова"})
    assert _states(centre) == {}
    note = months.save_monthly_note(
        centre.session,
        centre.actor,
        month="2024-04",
        section="services",
        kind="problem",
        text="Нет кабинета.\nПомогла Өтегенова.",
    )
    with pytest.raises(KnownError, match="text_names_person"):
        centre.close("2024-04")
    months.remove_monthly_note(centre.session, centre.actor, note_id=note)
    centre.close("2024-04")


def test_words_of_the_project_are_nobodys_name(centre: Desk) -> None:
    centre.case(people=(NAMED,))
    _event(centre, topic="Бақытты отбасы в Астане")
    centre.close("2024-04")


# --- Events -------------------------------------------------------------------------------------


def test_an_event_is_for_a_region_that_exists(centre: Desk) -> None:
    with pytest.raises(KnownError) as refused:
        _event(centre, region="atlantis")
    assert (refused.value.code, refused.value.params["field"]) == ("key_unknown", "region")
    with pytest.raises(KnownError) as refused:
        _event(centre, attending_centres=("turkistan", "atlantis"))
    assert refused.value.params["field"] == "attending_centres"
    own = _event(centre)
    national = _event(centre, region="national", attending_centres=("turkistan", "national"))
    rows = centre.session.all("SELECT id, region FROM events")
    assert {row["id"]: row["region"] for row in rows} == {own: "astana", national: "national"}


def test_another_centre_attaches_its_attendance_by_the_code(centre: Desk) -> None:
    event = _event(centre)
    code = events.event_code(event)
    assert len(code) == 10 and event.replace("-", "").upper().endswith(code)
    attached = events.attach_attendance(
        centre.session, centre.actor, event_code=code.lower(), held_on=APRIL, women=5
    )
    assert (
        centre.session.value("SELECT event_code FROM event_attendances WHERE id = ?", (attached,))
        == code
    )


def test_a_wrong_sheet_leaves_none_of_the_pile(centre: Desk) -> None:
    event = _event(centre)
    with pytest.raises(KnownError) as refused:
        events.add_survey_sheets(
            centre.session,
            centre.actor,
            event_id=event,
            sheets=((5, 5, 5, 5, 5), (5, None, 4, 3, 6)),
        )
    assert refused.value.params["field"] == "q_comfort"
    assert centre.count("survey_sheets") == 0
    events.add_survey_sheets(
        centre.session, centre.actor, event_id=event, sheets=((5, None, 4, 3, 1),)
    )
    assert centre.count("survey_sheets") == 1
