"""What a record says, in words: names of its columns, values of coded lists, days, row codes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pravo_desktop.domain.fields import fields_of
from pravo_desktop.domain.periods import Month
from pravo_desktop.domain.records import BY_TABLE
from pravo_desktop.domain.versions import row_code
from pravo_desktop.i18n import N_, Translator
from pravo_desktop.resources import classifiers
from ui.models.places import centre_name, region_name
from ui.models.receipts import FIELDS, code_in_halves

RECORDS: Mapping[str, str] = {
    "cases": N_("Cases"),
    "participants": N_("People of the cases"),
    "outcomes": N_("Outcomes"),
    "claims": N_("Claims in court"),
    "consultations": N_("Consultations"),
    "mediations": N_("Mediations"),
    "studies": N_("Psychological studies"),
    "advice": N_("One-off advice"),
    "staff_members": N_("Staff"),
    "centres": N_("Centres"),
    "events": N_("Events"),
    "survey_sheets": N_("Survey sheets"),
    "publications": N_("Publications"),
    "videos": N_("Video clips"),
    "printed_materials": N_("Printed materials"),
    "amendments": N_("Reasons of amendments"),
    "answers": N_("Answers to headquarters"),
}
"""What records of a table are called together, of those that a number opens."""

FIELD_NAMES: Mapping[str, str] = {
    **FIELDS,
    "addressee": N_("Addressee"),
    "answer": N_("Answer"),
    "answered_on": N_("Answered on"),
    "agreement": N_("Agreement"),
    "agreement_on": N_("Day of the agreement"),
    "attendees": N_("Who came"),
    "attending_centres": N_("Other centres that took part"),
    "basis": N_("How they were counted"),
    "breakdown": N_("Split"),
    "came_through": N_("How they came"),
    "case_code": N_("Letters of case numbers"),
    "case_id": N_("Case"),
    "causes": N_("Causes of the conflict"),
    "children": N_("Children"),
    "changed_on": N_("Changed on"),
    "city_kk": N_("City (Kazakh)"),
    "city_ru": N_("City (Russian)"),
    "clause": N_("Clause"),
    "closed_on": N_("Closed"),
    "contract": N_("Contract"),
    "contract_on": N_("Day of the contract"),
    "copies_made": N_("Copies made"),
    "couples": N_("Couples"),
    "court": N_("Court"),
    "due_on": N_("In time until"),
    "employed_from": N_("Employed from"),
    "employed_to": N_("Employed to"),
    "ends_on": N_("Ends"),
    "event_code": N_("Code of the event"),
    "event_id": N_("Event"),
    "evidence": N_("Evidence"),
    "final_report_on": N_("Final report due on"),
    "format": N_("Format"),
    "grant_name": N_("Grant"),
    "handed_on": N_("Handed out on"),
    "home_centre": N_("Home centre"),
    "indicator": N_("Indicator"),
    "judges": N_("Judges"),
    "key": N_("Key"),
    "language": N_("Language"),
    "late_after_day": N_("In time until day"),
    "leader_id": N_("Led by"),
    "link": N_("Link"),
    "material_id": N_("Printed material"),
    "men": N_("Men"),
    "month": N_("Month"),
    "name_en": N_("Name (English)"),
    "name_kk": N_("Name (Kazakh)"),
    "name_ru": N_("Name (Russian)"),
    "notices": N_("Notices"),
    "opened_on": N_("Opened"),
    "operator": N_("Condition"),
    "ordered_on": N_("Ordered on"),
    "ordinal": N_("Number"),
    "outlet": N_("Outlet"),
    "outlet_kind": N_("Kind of outlet"),
    "ownership": N_("Whose"),
    "page": N_("Page"),
    "partner": N_("Partner"),
    "predicates": N_("Lines of the rule"),
    "profession": N_("Profession"),
    "project_id": N_("Project card"),
    "proposed_on": N_("Proposed on"),
    "published_on": N_("Published on"),
    "rate_percent": N_("Rate, %"),
    "question_id": N_("Number of the question"),
    "reason": N_("Reason"),
    "record_id": N_("Record"),
    "record_revision": N_("Version of the record"),
    "record_table": N_("Kind of record"),
    "region": N_("Region"),
    "regions": N_("Regions"),
    "registered_on": N_("Registered"),
    "role": N_("Role"),
    "section": N_("Section"),
    "source": N_("Source"),
    "starts_on": N_("Begins"),
    "state": N_("State"),
    "target_group": N_("Whom it is for"),
    "text": N_("Text"),
    "title": N_("Title"),
    "title_kk": N_("Title (Kazakh)"),
    "title_ru": N_("Title (Russian)"),
    "valid_from": N_("In force from"),
    "value": N_("Value"),
    "views_on": N_("Views read on"),
    "women": N_("Women"),
    "words": N_("Words"),
    "year": N_("Year"),
}
"""Words of the columns that travel; the questions of a survey sheet have their own labels."""

_REGIONS = frozenset({"region", "regions"})
_CENTRES = frozenset({"home_centre", "attending_centres"})


def field_name(t: Translator, column: str) -> str:
    """A column in words."""
    questions = classifiers().kinds["survey_question"]
    if column in questions:
        return t.label(questions[column])
    return t.text(FIELD_NAMES[column]) if column in FIELD_NAMES else column


def field_names(t: Translator, columns: Iterable[str]) -> str:
    """Several columns in words."""
    return ", ".join(field_name(t, column) for column in columns)


def field_value(t: Translator, table: str, column: str, value: Any) -> str:
    """What a column of a record says; a record it points to by its row code."""
    spec = next((one for one in fields_of(BY_TABLE[table]) if one.travels_as == column), None)
    if spec is None or value is None:
        return "" if value is None else str(value)
    if spec.many:
        items = json.loads(value) if isinstance(value, str) else value
        return ", ".join(_one(t, column, spec.classifier, item) for item in items) or "–"
    if spec.parent is not None:
        return code_in_halves(row_code(str(value)))
    if spec.kind is date:
        text = str(value)
        return t.month(Month.parse(text)) if len(text) == 7 else t.date(date.fromisoformat(text))
    return _one(t, column, spec.classifier, value)


def _one(t: Translator, column: str, classifier: str | None, value: Any) -> str:
    lists = classifiers()
    if column in _CENTRES:
        return centre_name(t, str(value))
    if column in _REGIONS:
        return region_name(t, str(value))
    if classifier is not None:
        entries = lists.entries(classifier)
        return t.label(entries[value]) if value in entries else str(value)
    if column == "attendees":
        return code_in_halves(row_code(str(value)))
    if column == "month":
        return t.month(Month.parse(str(value)))
    if column == "indicator" and value in lists.indicators:
        return t.label(lists.indicators[value])
    if column == "record_table" and value in RECORDS:
        return t.text(RECORDS[value])
    if column == "record_id":
        return code_in_halves(row_code(str(value)))
    if column == "notices":
        return t.date(date.fromisoformat(str(value)))
    return str(value)
