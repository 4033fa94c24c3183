"""The section of the monthly report to which a record belongs."""

from collections.abc import Mapping
from typing import Final

from pravo_desktop.domain.indicators import BY_KEY, EVENT_INDICATORS
from pravo_desktop.domain.records import Cell

_OF_TABLE: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        (
            "cases",
            "outcomes",
            "participants",
            "claims",
            "consultations",
            "advice",
            "mediations",
            "studies",
        ),
        "services",
    ),
    **dict.fromkeys(("staff_members", "vacancies"), "staff"),
    "survey_sheets": "satisfaction",
    **dict.fromkeys(("publications", "videos", "printed_materials", "hand_outs"), "media"),
    "proposals": "legislation",
}
_OF_EVENT: Final[Mapping[str, str]] = {
    kind: BY_KEY[indicator].section for indicator, kind in EVENT_INDICATORS.items()
}


def section_of(table: str, values: Mapping[str, Cell]) -> str | None:
    """The section in which a record is reported; None where it is in none.

    Args:
        values: the record's columns, of an event its kind.
    """
    if table == "events":
        return _OF_EVENT.get(str(values["kind"]))
    stated = values.get("section")
    return _OF_TABLE.get(table) if stated is None else str(stated)
