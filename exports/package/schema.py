"""What travels: the sheets of a package and every column that may leave a centre."""

from collections.abc import Mapping
from typing import Final

SCHEMA_VERSION: Final = 2
"""Grows when a sheet, a column or the meaning of one changes; see ``docs/package.md``."""

SUMMARY_SHEET: Final = "summary"
MANIFEST_SHEET: Final = "manifest"

MAX_SHEETS: Final = 24
"""Each sheet is a signed reference, and other verifiers stop at 30 references in one signature."""

TRAVELS: Final[Mapping[str, tuple[str, ...]]] = {
    "projects": (
        "title_kk",
        "title_ru",
        "grant_name",
        "contract",
        "starts_on",
        "ends_on",
        "late_after_day",
        "final_report_on",
        "regions",
    ),
    "stages": ("project_id", "ordinal", "name_kk", "name_ru", "starts_on", "ends_on"),
    "deadlines": ("month", "due_on"),
    "category_rules": ("year", "predicates"),
    "regions": ("key", "name_kk", "name_ru", "name_en", "case_code"),
    "courts": ("key", "region", "name_kk", "name_ru", "judges"),
    "centres": (
        "key",
        "region",
        "court",
        "name_kk",
        "name_ru",
        "city_kk",
        "city_ru",
        "opened_on",
        "closed_on",
    ),
    "plan_targets": (
        "indicator",
        "region",
        "valid_from",
        "operator",
        "value",
        "clause",
        "agreement",
    ),
    "stated_totals": (
        "year",
        "indicator",
        "region",
        "breakdown",
        "key",
        "value",
        "source",
        "page",
    ),
    "proposals": ("title", "addressee", "proposed_on"),
    "staff_members": (
        "profession",
        "rate_percent",
        "employed_from",
        "employed_to",
        "home_centre",
    ),
    "vacancies": ("profession", "opened_on", "closed_on", "notices"),
    "cases": ("kind", "came_through", "causes", "registered_on"),
    "outcomes": ("case_id", "kind", "dated_on", "source"),
    "participants": (
        "case_id",
        "role",
        "sex",
        "birth_year",
        "disability",
        "occupation",
        "citizenship",
    ),
    "claims": ("case_id", "kind", "filed_month", "result"),
    "consultations": (
        "case_id",
        "held_on",
        "specialist_id",
        "format",
        "attendees",
        "topics",
        "minutes",
    ),
    "advice": ("held_on", "specialist_id", "format", "topics", "minutes"),
    "mediations": (
        "case_id",
        "specialist_id",
        "contract_on",
        "meetings",
        "result",
        "agreement_on",
    ),
    "studies": ("case_id", "specialist_id", "held_on"),
    "events": (
        "kind",
        "held_on",
        "region",
        "attending_centres",
        "place",
        "topic",
        "leader_id",
        "partner",
        "language",
        "target_group",
        "men",
        "women",
        "children",
        "couples",
        "basis",
        "evidence",
    ),
    "event_attendances": (
        "event_code",
        "held_on",
        "men",
        "women",
        "children",
        "couples",
        "basis",
    ),
    "survey_sheets": (
        "event_id",
        "q_access",
        "q_recommend",
        "q_trainer",
        "q_useful",
        "q_comfort",
    ),
    "publications": (
        "published_on",
        "outlet",
        "outlet_kind",
        "title",
        "language",
        "link",
        "ownership",
        "views",
        "views_on",
    ),
    "printed_materials": ("title", "language", "ordered_on", "copies_made"),
    "hand_outs": ("material_id", "event_id", "handed_on", "copies", "place"),
    "videos": ("title", "language", "published_on", "link", "views", "views_on"),
    "monthly_notes": ("month", "section", "kind", "text"),
    "section_states": ("month", "section", "state", "reason"),
    "amendments": (
        "month",
        "section",
        "record_table",
        "record_id",
        "record_revision",
        "changed_on",
        "reason",
    ),
    "answers": (
        "question_id",
        "record_table",
        "record_id",
        "answered_on",
        "answer",
        "words",
    ),
}
"""The wall: a column that is not named here never leaves a centre. Each table is a sheet."""

VERSION_COLUMNS: Final = ("id", "epoch", "revision", "changed_at", "station", "deleted")
HASH_COLUMN: Final = "row_hash"
FIRST_ROW: Final = 2
"""The Excel row of a sheet's first record, under the row of column names."""


def sheet_columns(table: str) -> tuple[str, ...]:
    """The column names of a table's sheet, in order."""
    return (*VERSION_COLUMNS, *TRAVELS[table], HASH_COLUMN)
