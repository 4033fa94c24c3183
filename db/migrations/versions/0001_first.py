"""The first database."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=True),
        sa.Column("record_id", sa.Text(), nullable=True),
        sa.Column("commitment", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_entries")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_entries_hash")),
    )
    op.create_index("ix_audit_entries_record_id", "audit_entries", ["record_id"], unique=False)
    op.create_table(
        "cases",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("came_through", sa.Text(), nullable=False),
        sa.Column("causes", sa.Text(), nullable=False),
        sa.Column("registered_on", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(
            "\"registered_on\" LIKE '____-__-__'", name=op.f("ck_cases_registered_on_date")
        ),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_cases_deleted_bool")),
        sa.CheckConstraint("epoch > 0 AND revision > 0", name=op.f("ck_cases_version_positive")),
        sa.CheckConstraint('json_valid("causes")', name=op.f("ck_cases_causes_json")),
        sa.CheckConstraint('length("label") BETWEEN 1 AND 80', name=op.f("ck_cases_label_length")),
        sa.CheckConstraint(
            'length("number") BETWEEN 1 AND 24', name=op.f("ck_cases_number_length")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
    )
    op.create_index(
        "ix_cases_unsent", "cases", ["change"], unique=False, sqlite_where=sa.text("change > sent")
    )
    op.create_index("uq_cases_number", "cases", ["number"], unique=True)
    op.create_table(
        "category_rules",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("predicates", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(
            '"year" BETWEEN 1900 AND 2200', name=op.f("ck_category_rules_year_range")
        ),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_category_rules_deleted_bool")),
        sa.CheckConstraint(
            "epoch > 0 AND revision > 0", name=op.f("ck_category_rules_version_positive")
        ),
        sa.CheckConstraint(
            'length("predicates") BETWEEN 1 AND 30000',
            name=op.f("ck_category_rules_predicates_length"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category_rules")),
    )
    op.create_index(
        "ix_category_rules_unsent",
        "category_rules",
        ["change"],
        unique=False,
        sqlite_where=sa.text("change > sent"),
    )
    op.create_index("uq_category_rules_year", "category_rules", ["year"], unique=True)
    op.create_table(
        "centre_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name_kk", sa.Text(), nullable=False),
        sa.Column("name_ru", sa.Text(), nullable=False),
        sa.Column("bin", sa.Text(), nullable=False),
        sa.Column("address_kk", sa.Text(), nullable=False),
        sa.Column("address_ru", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("head_kk", sa.Text(), nullable=False),
        sa.Column("head_ru", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_centre_card_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centre_card")),
    )
    op.create_table(
        "centres",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("court", sa.Text(), nullable=True),
        sa.Column("name_kk", sa.Text(), nullable=True),
        sa.Column("name_ru", sa.Text(), nullable=True),
        sa.Column("city_kk", sa.Text(), nullable=True),
        sa.Column("city_ru", sa.Text(), nullable=True),
        sa.Column("opened_on", sa.Text(), nullable=True),
        sa.Column("closed_on", sa.Text(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(
            "\"closed_on\" LIKE '____-__-__'", name=op.f("ck_centres_closed_on_date")
        ),
        sa.CheckConstraint(
            "\"opened_on\" LIKE '____-__-__'", name=op.f("ck_centres_opened_on_date")
        ),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_centres_deleted_bool")),
        sa.CheckConstraint("epoch > 0 AND revision > 0", name=op.f("ck_centres_version_positive")),
        sa.CheckConstraint(
            'length("city_kk") BETWEEN 1 AND 200', name=op.f("ck_centres_city_kk_length")
        ),
        sa.CheckConstraint(
            'length("city_ru") BETWEEN 1 AND 200', name=op.f("ck_centres_city_ru_length")
        ),
        sa.CheckConstraint(
            'length("court") BETWEEN 1 AND 40', name=op.f("ck_centres_court_length")
        ),
        sa.CheckConstraint('length("key") BETWEEN 1 AND 40', name=op.f("ck_centres_key_length")),
        sa.CheckConstraint(
            'length("name_kk") BETWEEN 1 AND 200', name=op.f("ck_centres_name_kk_length")
        ),
        sa.CheckConstraint(
            'length("name_ru") BETWEEN 1 AND 200', name=op.f("ck_centres_name_ru_length")
        ),
        sa.CheckConstraint("opened_on <= closed_on", name=op.f("ck_centres_dates_in_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centres")),
    )
    op.create_index(
        "ix_centres_unsent",
        "centres",
        ["change"],
        unique=False,
        sqlite_where=sa.text("change > sent"),
    )
    op.create_index("uq_centres_key", "centres", ["key"], unique=True)
    op.create_table(
        "confirmed_warnings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "length(reason) BETWEEN 1 AND 1000", name=op.f("ck_confirmed_warnings_reason_length")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmed_warnings")),
    )
    op.create_index(
        "ix_confirmed_warnings_record_id", "confirmed_warnings", ["record_id"], unique=False
    )
    op.create_table(
        "courts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("name_kk", sa.Text(), nullable=False),
        sa.Column("name_ru", sa.Text(), nullable=False),
        sa.Column("judges", sa.Integer(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint('"judges" BETWEEN 0 AND 1000', name=op.f("ck_courts_judges_range")),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_courts_deleted_bool")),
        sa.CheckConstraint("epoch > 0 AND revision > 0", name=op.f("ck_courts_version_positive")),
        sa.CheckConstraint('length("key") BETWEEN 1 AND 40', name=op.f("ck_courts_key_length")),
        sa.CheckConstraint(
            'length("name_kk") BETWEEN 1 AND 200', name=op.f("ck_courts_name_kk_length")
        ),
        sa.CheckConstraint(
            'length("name_ru") BETWEEN 1 AND 200', name=op.f("ck_courts_name_ru_length")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_courts")),
    )
    op.create_index(
        "ix_courts_unsent",
        "courts",
        ["change"],
        unique=False,
        sqlite_where=sa.text("change > sent"),
    )
    op.create_index("uq_courts_key", "courts", ["key"], unique=True)
    op.create_table(
        "deadlines",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("\"due_on\" LIKE '____-__-__'", name=op.f("ck_deadlines_due_on_date")),
        sa.CheckConstraint("\"month\" LIKE '____-__'", name=op.f("ck_deadlines_month_month")),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_deadlines_deleted_bool")),
        sa.CheckConstraint(
            "epoch > 0 AND revision > 0", name=op.f("ck_deadlines_version_positive")
        ),
        sa.CheckConstraint(
            'length("month") BETWEEN 1 AND 7', name=op.f("ck_deadlines_month_length")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadlines")),
    )
    op.create_index(
        "ix_deadlines_unsent",
        "deadlines",
        ["change"],
        unique=False,
        sqlite_where=sa.text("change > sent"),
    )
    op.create_index("uq_deadlines_month", "deadlines", ["month"], unique=True)
    op.create_table(
        "erasures",
        sa.Column("participant_id", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "act IN ('withdrawal', 'erasure', 'term')", name=op.f("ck_erasures_act_known")
        ),
        sa.PrimaryKeyConstraint("participant_id", name=op.f("pk_erasures")),
    )
    op.create_table(
        "event_attendances",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("event_code", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Text(), nullable=False),
        sa.Column("men", sa.Integer(), nullable=False),
        sa.Column("women", sa.Integer(), nullable=False),
        sa.Column("children", sa.Integer(), nullable=False),
        sa.Column("couples", sa.Integer(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(
            '"children" BETWEEN 0 AND 100000', name=op.f("ck_event_attendances_children_range")
        ),
        sa.CheckConstraint(
            '"couples" BETWEEN 0 AND 100000', name=op.f("ck_event_attendances_couples_range")
        ),
        sa.CheckConstraint(
            "\"held_on\" LIKE '____-__-__'", name=op.f("ck_event_attendances_held_on_date")
        ),
        sa.CheckConstraint(
            '"men" BETWEEN 0 AND 100000', name=op.f("ck_event_attendances_men_range")
        ),
        sa.CheckConstraint(
            '"women" BETWEEN 0 AND 100000', name=op.f("ck_event_attendances_women_range")
        ),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_event_attendances_deleted_bool")),
        sa.CheckConstraint(
            "epoch > 0 AND revision > 0", name=op.f("ck_event_attendances_version_positive")
        ),
        sa.CheckConstraint(
            'length("event_code") BETWEEN 1 AND 12',
            name=op.f("ck_event_attendances_event_code_length"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_attendances")),
    )
    op.create_index(
        "ix_event_attendances_unsent",
        "event_attendances",
        ["change"],
        unique=False,
        sqlite_where=sa.text("change > sent"),
    )
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workplace", sa.Text(), nullable=False),
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("practice", sa.Integer(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("station_letter", sa.Text(), nullable=False),
        sa.Column("replaces", sa.Text(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "station_letter GLOB '[A-Z]'", name=op.f("ck_installation_station_letter_latin")
        ),
        sa.CheckConstraint(
            "workplace IN ('centre', 'headquarters')", name=op.f("ck_installation_workplace_known")
        ),
        sa.CheckConstraint("id = 1", name=op.f("ck_installation_single")),
        sa.CheckConstraint("json_valid(replaces)", name=op.f("ck_installation_replaces_json")),
        sa.CheckConstraint("practice IN (0, 1)", name=op.f("ck_installation_practice_bool")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )
    op.create_table(
        "journal_layouts",
        sa.Column("columns_hash", sa.Text(), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("used_at", sa.Text(), nullable=False),
        sa.CheckConstraint("json_valid(mapping)", name=op.f("ck_journal_layouts_mapping_json")),
        sa.PrimaryKeyConstraint("columns_hash", name=op.f("pk_journal_layouts")),
    )
    op.create_table(
        "kept_periods",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.CheckConstraint("json_valid(names)", name=op.f("ck_kept_periods_names_json")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_periods")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_kept_periods_fingerprint")),
    )
    op.create_table(
        "kept_stale",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("received_row_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "table_name", "record_id", name=op.f("pk_kept_stale")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "merged_advice",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Text(), nullable=True),
        sa.Column("specialist_id", sa.Text(), nullable=True),
        sa.Column("format", sa.Text(), nullable=True),
        sa.Column("topics", sa.Text(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_merged_advice")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "merged_cases",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("came_through", sa.Text(), nullable=True),
        sa.Column("causes", sa.Text(), nullable=True),
        sa.Column("registered_on", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_merged_cases")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "merged_category_rules",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("predicates", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_merged_category_rules")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "merged_centres",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("court", sa.Text(), nullable=True),
        sa.Column("name_kk", sa.Text(), nullable=True),
        sa.Column("name_ru", sa.Text(), nullable=True),
        sa.Column("city_kk", sa.Text(), nullable=True),
        sa.Column("city_ru", sa.Text(), nullable=True),
        sa.Column("opened_on", sa.Text(), nullable=True),
        sa.Column("closed_on", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_merged_centres")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "merged_claims",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("filed_month", sa.Text(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_merged_claims")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_merged_claims_centre_case_id"),
        "merged_claims",
        ["centre", "case_id"],
        unique=False,
    )
    op.create_table(
        "merged_consultations",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=True),
        sa.Column("held_on", sa.Text(), nullable=True),
        sa.Column("specialist_id", sa.Text(), nullable=True),
        sa.Column("format", sa.Text(), nullable=True),
        sa.Column("attendees", sa.Text(), nullable=True),
        sa.Column("topics", sa.Text(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_merged_consultations")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_merged_consultations_centre_case_id"),
        "merged_consultations",
        ["centre", "case_id"],
        unique=False,
    )
    op.create_table(
        "merged_courts",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("name_kk", sa.Text(), nullable=True),
        sa.Column("name_ru", sa.Text(), nullable=True),
        sa.Column("judges", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_merged_courts")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "merged_deadlines",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_merged_deadlines")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "merged_event_attendances",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("event_code", sa.Text(), nullable=True),
        sa.Column("held_on", sa.Text(), nullable=True),
        sa.Column("men", sa.Integer(), nullable=True),
        sa.Column("women", sa.Integer(), nullable=True),
        sa.Column("children", sa.Integer(), nullable=True),
        sa.Column("couples", sa.Integer(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_merged_event_attendances")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "merged_events",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("held_on", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("attending_centres", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("leader_id", sa.Text(), nullable=True),
        sa.Column("partner", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("target_group", sa.Text(), nullable=True),
        sa.Column("men", sa.Integer(), nullable=True),
        sa.Column("women", sa.Integer(), nullable=True),
        sa.Column("children", sa.Integer(), nullable=True),
        sa.Column("couples", sa.Integer(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_merged_events")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "merged_hand_outs",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("material_id", sa.Text(), nullable=True),
        sa.Column("event_id", sa.Text(), nullable=True),
        sa.Column("handed_on", sa.Text(), nullable=True),
        sa.Column("copies", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_merged_hand_outs")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "merged_mediations",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=True),
        sa.Column("specialist_id", sa.Text(), nullable=True),
        sa.Column("contract_on", sa.Text(), nullable=True),
        sa.Column("meetings", sa.Integer(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("agreement_on", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_merged_mediations")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_merged_mediations_centre_case_id"),
        "merged_mediations",
        ["centre", "case_id"],
        unique=False,
    )
    op.create_table(
        "merged_monthly_notes",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=True),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_merged_monthly_notes")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "merged_outcomes",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("dated_on", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_merged_outcomes")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_merged_outcomes_centre_case_id"),
        "merged_outcomes",
        ["centre", "case_id"],
        unique=False,
    )
    op.create_table(
        "merged_participants",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("disability", sa.Text(), nullable=True),
        sa.Column("occupation", sa.Text(), nullable=True),
        sa.Column("citizenship", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_merged_participants")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_merged_participants_centre_case_id"),
        "merged_participants",
        ["centre", "case_id"],
        unique=False,
    )
    op.create_table(
        "merged_plan_targets",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Text(), nullable=True),
        sa.Column("operator", sa.Text(), nullable=True),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("clause", sa.Text(), nullable=True),
        sa.Column("agreement", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_merged_plan_targets")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "merged_printed_materials",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("ordered_on", sa.Text(), nullable=True),
        sa.Column("copies_made", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_merged_printed_materials")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "merged_projects",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title_kk", sa.Text(), nullable=True),
        sa.Column("title_ru", sa.Text(), nullable=True),
        sa.Column("grant_name", sa.Text(), nullable=True),
        sa.Column("contract", sa.Text(), nullable=True),
        sa.Column("starts_on", sa.Text(), nullable=True),
        sa.Column("ends_on", sa.Text(), nullable=True),
        sa.Column("late_after_day", sa.Integer(), nullable=True),
        sa.Column("final_report_on", sa.Text(), nullable=True),
        sa.Column("regions", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_merged_projects")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "merged_proposals",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("addressee", sa.Text(), nullable=True),
        sa.Column("proposed_on", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_merged_proposals")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "merged_publications",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Text(), nullable=True),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("outlet_kind", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("ownership", sa.Text(), nullable=True),
        sa.Column("views", sa.Integer(), nullable=True),
        sa.Column("views_on", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_merged_publications")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "merged_regions",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("name_kk", sa.Text(), nullable=True),
        sa.Column("name_ru", sa.Text(), nullable=True),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("case_code", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_merged_regions")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "merged_section_states",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=True),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_merged_section_states")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "merged_staff_members",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("profession", sa.Text(), nullable=True),
        sa.Column("rate_percent", sa.Integer(), nullable=True),
        sa.Column("employed_from", sa.Text(), nullable=True),
        sa.Column("employed_to", sa.Text(), nullable=True),
        sa.Column("home_centre", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_merged_staff_members")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "merged_stages",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("project_id", sa.Text(), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=True),
        sa.Column("name_kk", sa.Text(), nullable=True),
        sa.Column("name_ru", sa.Text(), nullable=True),
        sa.Column("starts_on", sa.Text(), nullable=True),
        sa.Column("ends_on", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_merged_stages")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "merged_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_merged_state_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merged_state")),
    )
    op.create_table(
        "merged_stated_totals",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("indicator", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("breakdown", sa.Text(), nullable=True),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("page", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_merged_stated_totals")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "merged_studies",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=True),
        sa.Column("specialist_id", sa.Text(), nullable=True),
        sa.Column("held_on", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_merged_studies")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_merged_studies_centre_case_id"),
        "merged_studies",
        ["centre", "case_id"],
        unique=False,
    )
    op.create_table(
        "merged_survey_sheets",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=True),
        sa.Column("q_access", sa.Integer(), nullable=True),
        sa.Column("q_recommend", sa.Integer(), nullable=True),
        sa.Column("q_trainer", sa.Integer(), nullable=True),
        sa.Column("q_useful", sa.Integer(), nullable=True),
        sa.Column("q_comfort", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_merged_survey_sheets")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_merged_survey_sheets_centre_event_id"),
        "merged_survey_sheets",
        ["centre", "event_id"],
        unique=False,
    )
    op.create_table(
        "merged_vacancies",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("profession", sa.Text(), nullable=True),
        sa.Column("opened_on", sa.Text(), nullable=True),
        sa.Column("closed_on", sa.Text(), nullable=True),
        sa.Column("notices", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_merged_vacancies")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "merged_videos",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("published_on", sa.Text(), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("views", sa.Integer(), nullable=True),
        sa.Column("views_on", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_merged_videos")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "monthly_notes",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("\"month\" LIKE '____-__'", name=op.f("ck_monthly_notes_month_month")),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_monthly_notes_deleted_bool")),
        sa.CheckConstraint(
            "epoch > 0 AND revision > 0", name=op.f("ck_monthly_notes_version_positive")
        ),
        sa.CheckConstraint(
            'length("month") BETWEEN 1 AND 7', name=op.f("ck_monthly_notes_month_length")
        ),
        sa.CheckConstraint(
            'length("text") BETWEEN 1 AND 4000', name=op.f("ck_monthly_notes_text_length")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monthly_notes")),
    )
    op.create_index(
        "ix_monthly_notes_unsent",
        "monthly_notes",
        ["change"],
        unique=False,
        sqlite_where=sa.text("change > sent"),
    )
    op.create_table(
        "plan_targets",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Text(), nullable=False),
        sa.Column("operator", sa.Text(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=True),
        sa.Column("agreement", sa.Text(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(
            "\"valid_from\" LIKE '____-__-__'", name=op.f("ck_plan_targets_valid_from_date")
        ),
        sa.CheckConstraint(
            '"value" BETWEEN 0 AND 1000000000', name=op.f("ck_plan_targets_value_range")
        ),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_plan_targets_deleted_bool")),
        sa.CheckConstraint(
            "epoch > 0 AND revision > 0", name=op.f("ck_plan_targets_version_positive")
        ),
        sa.CheckConstraint(
            'length("agreement") BETWEEN 1 AND 200', name=op.f("ck_plan_targets_agreement_length")
        ),
        sa.CheckConstraint(
            'length("clause") BETWEEN 1 AND 200', name=op.f("ck_plan_targets_clause_length")
        ),
        sa.CheckConstraint(
            'length("indicator") BETWEEN 1 AND 40', name=op.f("ck_plan_targets_indicator_length")
        ),
        sa.CheckConstraint(
            'length("region") BETWEEN 1 AND 40', name=op.f("ck_plan_targets_region_length")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_targets")),
    )
    op.create_index(
        "ix_plan_targets_unsent",
        "plan_targets",
        ["change"],
        unique=False,
        sqlite_where=sa.text("change > sent"),
    )
    op.create_table(
        "printed_materials",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("ordered_on", sa.Text(), nullable=False),
        sa.Column("copies_made", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(
            '"copies_made" BETWEEN 0 AND 1000000000',
            name=op.f("ck_printed_materials_copies_made_range"),
        ),
        sa.CheckConstraint(
            "\"ordered_on\" LIKE '____-__-__'", name=op.f("ck_printed_materials_ordered_on_date")
        ),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_printed_materials_deleted_bool")),
        sa.CheckConstraint(
            "epoch > 0 AND revision > 0", name=op.f("ck_printed_materials_version_positive")
        ),
        sa.CheckConstraint(
            'length("title") BETWEEN 1 AND 200', name=op.f("ck_printed_materials_title_length")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printed_materials")),
    )
    op.create_index(
        "ix_printed_materials_unsent",
        "printed_materials",
        ["change"],
        unique=False,
        sqlite_where=sa.text("change > sent"),
    )
    op.create_table(
        "projects",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title_kk", sa.Text(), nullable=False),
        sa.Column("title_ru", sa.Text(), nullable=False),
        sa.Column("grant_name", sa.Text(), nullable=True),
        sa.Column("contract", sa.Text(), nullable=True),
        sa.Column("starts_on", sa.Text(), nullable=False),
        sa.Column("ends_on", sa.Text(), nullable=False),
        sa.Column("late_after_day", sa.Integer(), nullable=False),
        sa.Column("final_report_on", sa.Text(), nullable=True),
        sa.Column("regions", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("\"ends_on\" LIKE '____-__-__'", name=op.f("ck_projects_ends_on_date")),
        sa.CheckConstraint(
            "\"final_report_on\" LIKE '____-__-__'", name=op.f("ck_projects_final_report_on_date")
        ),
        sa.CheckConstraint(
            '"late_after_day" BETWEEN 1 AND 28', name=op.f("ck_projects_late_after_day_range")
        ),
        sa.CheckConstraint(
            "\"starts_on\" LIKE '____-__-__'", name=op.f("ck_projects_starts_on_date")
        ),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_projects_deleted_bool")),
        sa.CheckConstraint("epoch > 0 AND revision > 0", name=op.f("ck_projects_version_positive")),
        sa.CheckConstraint('json_valid("regions")', name=op.f("ck_projects_regions_json")),
        sa.CheckConstraint(
            'length("contract") BETWEEN 1 AND 200', name=op.f("ck_projects_contract_length")
        ),
        sa.CheckConstraint(
            'length("grant_name") BETWEEN 1 AND 200', name=op.f("ck_projects_grant_name_length")
        ),
        sa.CheckConstraint(
            'length("title_kk") BETWEEN 1 AND 200', name=op.f("ck_projects_title_kk_length")
        ),
        sa.CheckConstraint(
            'length("title_ru") BETWEEN 1 AND 200', name=op.f("ck_projects_title_ru_length")
        ),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_projects_dates_in_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_projects")),
    )
    op.create_index(
        "ix_projects_unsent",
        "projects",
        ["change"],
        unique=False,
        sqlite_where=sa.text("change > sent"),
    )
    op.create_table(
        "proposals",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("addressee", sa.Text(), nullable=True),
        sa.Column("proposed_on", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(
            "\"proposed_on\" LIKE '____-__-__'", name=op.f("ck_proposals_proposed_on_date")
        ),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_proposals_deleted_bool")),
        sa.CheckConstraint(
            "epoch > 0 AND revision > 0", name=op.f("ck_proposals_version_positive")
        ),
        sa.CheckConstraint(
            'length("addressee") BETWEEN 1 AND 200', name=op.f("ck_proposals_addressee_length")
        ),
        sa.CheckConstraint(
            'length("title") BETWEEN 1 AND 200', name=op.f("ck_proposals_title_length")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
    )
    op.create_index(
        "ix_proposals_unsent",
        "proposals",
        ["change"],
        unique=False,
        sqlite_where=sa.text("change > sent"),
    )
    op.create_table(
        "publications",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("outlet_kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("ownership", sa.Text(), nullable=False),
        sa.Column("views", sa.Integer(), nullable=True),
        sa.Column("views_on", sa.Text(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(
            "\"published_on\" LIKE '____-__-__'", name=op.f("ck_publications_published_on_date")
        ),
        sa.CheckConstraint(
            '"views" BETWEEN 0 AND 1000000000', name=op.f("ck_publications_views_range")
        ),
        sa.CheckConstraint(
            "\"views_on\" LIKE '____-__-__'", name=op.f("ck_publications_views_on_date")
        ),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_publications_deleted_bool")),
        sa.CheckConstraint(
            "epoch > 0 AND revision > 0", name=op.f("ck_publications_version_positive")
        ),
        sa.CheckConstraint(
            'length("link") BETWEEN 1 AND 500', name=op.f("ck_publications_link_length")
        ),
        sa.CheckConstraint(
            'length("outlet") BETWEEN 1 AND 200', name=op.f("ck_publications_outlet_length")
        ),
        sa.CheckConstraint(
            'length("title") BETWEEN 1 AND 200', name=op.f("ck_publications_title_length")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications")),
    )
    op.create_index(
        "ix_publications_unsent",
        "publications",
        ["change"],
        unique=False,
        sqlite_where=sa.text("change > sent"),
    )
    op.create_table(
        "quarantined_files",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.CheckConstraint("json_valid(params)", name=op.f("ck_quarantined_files_params_json")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_quarantined_files")),
    )
    op.create_table(
        "received_category_rules",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("predicates", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received_category_rules")),
    )
    op.create_table(
        "received_centres",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("court", sa.Text(), nullable=True),
        sa.Column("name_kk", sa.Text(), nullable=True),
        sa.Column("name_ru", sa.Text(), nullable=True),
        sa.Column("city_kk", sa.Text(), nullable=True),
        sa.Column("city_ru", sa.Text(), nullable=True),
        sa.Column("opened_on", sa.Text(), nullable=True),
        sa.Column("closed_on", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received_centres")),
    )
    op.create_table(
        "received_certificates",
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("certificate", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "purpose IN ('signing', 'sealing')", name=op.f("ck_received_certificates_purpose_known")
        ),
        sa.PrimaryKeyConstraint("purpose", "fingerprint", name=op.f("pk_received_certificates")),
    )
    op.create_table(
        "received_courts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("name_kk", sa.Text(), nullable=True),
        sa.Column("name_ru", sa.Text(), nullable=True),
        sa.Column("judges", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received_courts")),
    )
    op.create_table(
        "received_deadlines",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received_deadlines")),
    )
    op.create_table(
        "received_packages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("station_letter", sa.Text(), nullable=False),
        sa.Column("replaces", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("through", sa.Text(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("amendment", sa.Integer(), nullable=False),
        sa.Column("complete", sa.Integer(), nullable=False),
        sa.Column("previous_sha256", sa.Text(), nullable=True),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.Text(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("audit_entries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("audit_head", sa.Text(), nullable=False),
        sa.Column("previous_audit_head", sa.Text(), nullable=True),
        sa.Column("signer", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("waiting_since", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "waiting_since LIKE '____-__-__'", name=op.f("ck_received_packages_waiting_since_date")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received_packages")),
        sa.UniqueConstraint("content_hash", name=op.f("uq_received_packages_content_hash")),
        sa.UniqueConstraint("sha256", name=op.f("uq_received_packages_sha256")),
    )
    op.create_index(
        "ix_received_packages_centre_month", "received_packages", ["centre", "month"], unique=False
    )
    op.create_index(
        "ix_received_packages_centre_station",
        "received_packages",
        ["centre", "station", "replaces"],
        unique=False,
    )
    op.create_table(
        "received_plan_targets",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Text(), nullable=True),
        sa.Column("operator", sa.Text(), nullable=True),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("clause", sa.Text(), nullable=True),
        sa.Column("agreement", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received_plan_targets")),
    )
    op.create_table(
        "received_regions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("name_kk", sa.Text(), nullable=True),
        sa.Column("name_ru", sa.Text(), nullable=True),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("case_code", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received_regions")),
    )
    op.create_table(
        "received_statuses",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Text(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("reason_kk", sa.Text(), nullable=True),
        sa.Column("reason_ru", sa.Text(), nullable=True),
        sa.CheckConstraint("late IN (0, 1)", name=op.f("ck_received_statuses_late_bool")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_received_statuses")),
    )
    op.create_table(
        "regions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name_kk", sa.Text(), nullable=False),
        sa.Column("name_ru", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("case_code", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_regions_deleted_bool")),
        sa.CheckConstraint("epoch > 0 AND revision > 0", name=op.f("ck_regions_version_positive")),
        sa.CheckConstraint(
            'length("case_code") BETWEEN 1 AND 3', name=op.f("ck_regions_case_code_length")
        ),
        sa.CheckConstraint('length("key") BETWEEN 1 AND 40', name=op.f("ck_regions_key_length")),
        sa.CheckConstraint(
            'length("name_en") BETWEEN 1 AND 200', name=op.f("ck_regions_name_en_length")
        ),
        sa.CheckConstraint(
            'length("name_kk") BETWEEN 1 AND 200', name=op.f("ck_regions_name_kk_length")
        ),
        sa.CheckConstraint(
            'length("name_ru") BETWEEN 1 AND 200', name=op.f("ck_regions_name_ru_length")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regions")),
    )
    op.create_index(
        "ix_regions_unsent",
        "regions",
        ["change"],
        unique=False,
        sqlite_where=sa.text("change > sent"),
    )
    op.create_index("uq_regions_key", "regions", ["key"], unique=True)
    op.create_table(
        "section_states",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("\"month\" LIKE '____-__'", name=op.f("ck_section_states_month_month")),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_section_states_deleted_bool")),
        sa.CheckConstraint(
            "epoch > 0 AND revision > 0", name=op.f("ck_section_states_version_positive")
        ),
        sa.CheckConstraint(
            'length("month") BETWEEN 1 AND 7', name=op.f("ck_section_states_month_length")
        ),
        sa.CheckConstraint(
            'length("reason") BETWEEN 1 AND 200', name=op.f("ck_section_states_reason_length")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section_states")),
    )
    op.create_index(
        "ix_section_states_unsent",
        "section_states",
        ["change"],
        unique=False,
        sqlite_where=sa.text("change > sent"),
    )
    op.create_index(
        "uq_section_states_month_section", "section_states", ["month", "section"], unique=True
    )
    op.create_table(
        "staff_members",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("profession", sa.Text(), nullable=False),
        sa.Column("rate_percent", sa.Integer(), nullable=False),
        sa.Column("employed_from", sa.Text(), nullable=False),
        sa.Column("employed_to", sa.Text(), nullable=True),
        sa.Column("home_centre", sa.Text(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(
            "\"employed_from\" LIKE '____-__-__'", name=op.f("ck_staff_members_employed_from_date")
        ),
        sa.CheckConstraint(
            "\"employed_to\" LIKE '____-__-__'", name=op.f("ck_staff_members_employed_to_date")
        ),
        sa.CheckConstraint(
            '"rate_percent" BETWEEN 1 AND 200', name=op.f("ck_staff_members_rate_percent_range")
        ),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_staff_members_deleted_bool")),
        sa.CheckConstraint(
            "employed_from <= employed_to", name=op.f("ck_staff_members_dates_in_order")
        ),
        sa.CheckConstraint(
            "epoch > 0 AND revision > 0", name=op.f("ck_staff_members_version_positive")
        ),
        sa.CheckConstraint(
            'length("home_centre") BETWEEN 1 AND 40',
            name=op.f("ck_staff_members_home_centre_length"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_members")),
    )
    op.create_index(
        "ix_staff_members_unsent",
        "staff_members",
        ["change"],
        unique=False,
        sqlite_where=sa.text("change > sent"),
    )
    op.create_table(
        "stated_totals",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("breakdown", sa.Text(), nullable=True),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("page", sa.Text(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(
            '"value" BETWEEN 0 AND 1000000000', name=op.f("ck_stated_totals_value_range")
        ),
        sa.CheckConstraint(
            '"year" BETWEEN 1900 AND 2200', name=op.f("ck_stated_totals_year_range")
        ),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_stated_totals_deleted_bool")),
        sa.CheckConstraint(
            "epoch > 0 AND revision > 0", name=op.f("ck_stated_totals_version_positive")
        ),
        sa.CheckConstraint(
            'length("breakdown") BETWEEN 1 AND 40', name=op.f("ck_stated_totals_breakdown_length")
        ),
        sa.CheckConstraint(
            'length("indicator") BETWEEN 1 AND 40', name=op.f("ck_stated_totals_indicator_length")
        ),
        sa.CheckConstraint(
            'length("key") BETWEEN 1 AND 40', name=op.f("ck_stated_totals_key_length")
        ),
        sa.CheckConstraint(
            'length("page") BETWEEN 1 AND 40', name=op.f("ck_stated_totals_page_length")
        ),
        sa.CheckConstraint(
            'length("region") BETWEEN 1 AND 40', name=op.f("ck_stated_totals_region_length")
        ),
        sa.CheckConstraint(
            'length("source") BETWEEN 1 AND 200', name=op.f("ck_stated_totals_source_length")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stated_totals")),
    )
    op.create_index(
        "ix_stated_totals_unsent",
        "stated_totals",
        ["change"],
        unique=False,
        sqlite_where=sa.text("change > sent"),
    )
    op.create_table(
        "trusted_keys",
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.Column("revoked_at", sa.Text(), nullable=True),
        sa.Column("stated_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["stated_by"],
            ["trusted_keys.fingerprint"],
            name=op.f("fk_trusted_keys_stated_by_trusted_keys"),
        ),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_trusted_keys")),
    )
    op.create_table(
        "vacancies",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("profession", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Text(), nullable=False),
        sa.Column("closed_on", sa.Text(), nullable=True),
        sa.Column("notices", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(
            "\"closed_on\" LIKE '____-__-__'", name=op.f("ck_vacancies_closed_on_date")
        ),
        sa.CheckConstraint(
            "\"opened_on\" LIKE '____-__-__'", name=op.f("ck_vacancies_opened_on_date")
        ),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_vacancies_deleted_bool")),
        sa.CheckConstraint(
            "epoch > 0 AND revision > 0", name=op.f("ck_vacancies_version_positive")
        ),
        sa.CheckConstraint('json_valid("notices")', name=op.f("ck_vacancies_notices_json")),
        sa.CheckConstraint("opened_on <= closed_on", name=op.f("ck_vacancies_dates_in_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vacancies")),
    )
    op.create_index(
        "ix_vacancies_unsent",
        "vacancies",
        ["change"],
        unique=False,
        sqlite_where=sa.text("change > sent"),
    )
    op.create_table(
        "videos",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("views", sa.Integer(), nullable=False),
        sa.Column("views_on", sa.Text(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(
            "\"published_on\" LIKE '____-__-__'", name=op.f("ck_videos_published_on_date")
        ),
        sa.CheckConstraint('"views" BETWEEN 0 AND 1000000000', name=op.f("ck_videos_views_range")),
        sa.CheckConstraint("\"views_on\" LIKE '____-__-__'", name=op.f("ck_videos_views_on_date")),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_videos_deleted_bool")),
        sa.CheckConstraint("epoch > 0 AND revision > 0", name=op.f("ck_videos_version_positive")),
        sa.CheckConstraint('length("link") BETWEEN 1 AND 500', name=op.f("ck_videos_link_length")),
        sa.CheckConstraint(
            'length("title") BETWEEN 1 AND 200', name=op.f("ck_videos_title_length")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_videos")),
    )
    op.create_index(
        "ix_videos_unsent",
        "videos",
        ["change"],
        unique=False,
        sqlite_where=sa.text("change > sent"),
    )
    op.create_table(
        "accounts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Text(), nullable=True),
        sa.Column("certificate", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=True),
        sa.Column("note_key", sa.LargeBinary(), nullable=True),
        sa.Column("locked_note_key", sa.LargeBinary(), nullable=True),
        sa.Column("note_sheet", sa.Text(), nullable=True),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(certificate IS NULL) = (sealed_key IS NULL)", name=op.f("ck_accounts_key_whole")
        ),
        sa.CheckConstraint("json_valid(note_sheet)", name=op.f("ck_accounts_note_sheet_json")),
        sa.CheckConstraint(
            "json_valid(roles) AND json_array_length(roles) > 0",
            name=op.f("ck_accounts_roles_json"),
        ),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 80", name=op.f("ck_accounts_name_length")),
        sa.CheckConstraint("length(note_key) = 32", name=op.f("ck_accounts_note_key_length")),
        sa.CheckConstraint(
            "note_key IS NOT NULL OR (locked_note_key IS NULL AND note_sheet IS NULL)",
            name=op.f("ck_accounts_note_key_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_members.id"], name=op.f("fk_accounts_staff_id_staff_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("name", name=op.f("uq_accounts_name")),
    )
    op.create_table(
        "advice",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Text(), nullable=False),
        sa.Column("specialist_id", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("\"held_on\" LIKE '____-__-__'", name=op.f("ck_advice_held_on_date")),
        sa.CheckConstraint('"minutes" BETWEEN 1 AND 600', name=op.f("ck_advice_minutes_range")),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_advice_deleted_bool")),
        sa.CheckConstraint("epoch > 0 AND revision > 0", name=op.f("ck_advice_version_positive")),
        sa.CheckConstraint('json_valid("topics")', name=op.f("ck_advice_topics_json")),
        sa.ForeignKeyConstraint(
            ["specialist_id"],
            ["staff_members.id"],
            name=op.f("fk_advice_specialist_id_staff_members"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advice")),
    )
    op.create_index(op.f("ix_advice_specialist_id"), "advice", ["specialist_id"], unique=False)
    op.create_index(
        "ix_advice_unsent",
        "advice",
        ["change"],
        unique=False,
        sqlite_where=sa.text("change > sent"),
    )
    op.create_table(
        "appointments",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("planned_on", sa.Text(), nullable=False),
        sa.Column("time", sa.Text(), nullable=True),
        sa.Column("specialist_id", sa.Text(), nullable=True),
        sa.Column("profession", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(
            "\"planned_on\" LIKE '____-__-__'", name=op.f("ck_appointments_planned_on_date")
        ),
        sa.CheckConstraint(
            "\"time\" GLOB '[0-2][0-9]:[0-5][0-9]' AND \"time\" < '24'",
            name=op.f("ck_appointments_time_time"),
        ),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_appointments_deleted_bool")),
        sa.CheckConstraint(
            "epoch > 0 AND revision > 0", name=op.f("ck_appointments_version_positive")
        ),
        sa.CheckConstraint(
            'length("body") BETWEEN 1 AND 200', name=op.f("ck_appointments_body_length")
        ),
        sa.CheckConstraint(
            'length("time") BETWEEN 1 AND 5', name=op.f("ck_appointments_time_length")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_appointments_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["specialist_id"],
            ["staff_members.id"],
            name=op.f("fk_appointments_specialist_id_staff_members"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointments")),
    )
    op.create_index(op.f("ix_appointments_case_id"), "appointments", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_appointments_specialist_id"), "appointments", ["specialist_id"], unique=False
    )
    op.create_table(
        "audit_values",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["audit_entries.number"], name=op.f("fk_audit_values_number_audit_entries")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_values")),
    )
    op.create_table(
        "case_index",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("last_on", sa.Text(), nullable=True),
        sa.Column("consultations", sa.Integer(), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("pairs", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_index_case_id_cases")
        ),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_case_index")),
        sa.UniqueConstraint("case_id", name=op.f("uq_case_index_case_id")),
    )
    op.create_index("ix_case_index_last_on", "case_index", ["last_on", "n"], unique=False)
    op.create_index(
        "ix_case_index_sort_key", "case_index", ["sort_key", "n", "letters", "pairs"], unique=False
    )
    op.create_table(
        "claims",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("filed_on", sa.Text(), nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("\"filed_on\" LIKE '____-__-__'", name=op.f("ck_claims_filed_on_date")),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_claims_deleted_bool")),
        sa.CheckConstraint("epoch > 0 AND revision > 0", name=op.f("ck_claims_version_positive")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_claims_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
    )
    op.create_index(op.f("ix_claims_case_id"), "claims", ["case_id"], unique=False)
    op.create_index(
        "ix_claims_unsent",
        "claims",
        ["change"],
        unique=False,
        sqlite_where=sa.text("change > sent"),
    )
    op.create_table(
        "consultations",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Text(), nullable=False),
        sa.Column("specialist_id", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("attendees", sa.Text(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(
            "\"held_on\" LIKE '____-__-__'", name=op.f("ck_consultations_held_on_date")
        ),
        sa.CheckConstraint(
            '"minutes" BETWEEN 1 AND 600', name=op.f("ck_consultations_minutes_range")
        ),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_consultations_deleted_bool")),
        sa.CheckConstraint(
            "epoch > 0 AND revision > 0", name=op.f("ck_consultations_version_positive")
        ),
        sa.CheckConstraint('json_valid("attendees")', name=op.f("ck_consultations_attendees_json")),
        sa.CheckConstraint('json_valid("topics")', name=op.f("ck_consultations_topics_json")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_consultations_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["specialist_id"],
            ["staff_members.id"],
            name=op.f("fk_consultations_specialist_id_staff_members"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultations")),
    )
    op.create_index(op.f("ix_consultations_case_id"), "consultations", ["case_id"], unique=False)
    op.create_index(op.f("ix_consultations_held_on"), "consultations", ["held_on"], unique=False)
    op.create_index(
        op.f("ix_consultations_specialist_id"), "consultations", ["specialist_id"], unique=False
    )
    op.create_index(
        "ix_consultations_unsent",
        "consultations",
        ["change"],
        unique=False,
        sqlite_where=sa.text("change > sent"),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("attending_centres", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("leader_id", sa.Text(), nullable=True),
        sa.Column("partner", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("target_group", sa.Text(), nullable=True),
        sa.Column("men", sa.Integer(), nullable=False),
        sa.Column("women", sa.Integer(), nullable=False),
        sa.Column("children", sa.Integer(), nullable=False),
        sa.Column("couples", sa.Integer(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(
            '"children" BETWEEN 0 AND 100000', name=op.f("ck_events_children_range")
        ),
        sa.CheckConstraint('"couples" BETWEEN 0 AND 100000', name=op.f("ck_events_couples_range")),
        sa.CheckConstraint("\"held_on\" LIKE '____-__-__'", name=op.f("ck_events_held_on_date")),
        sa.CheckConstraint('"men" BETWEEN 0 AND 100000', name=op.f("ck_events_men_range")),
        sa.CheckConstraint('"women" BETWEEN 0 AND 100000', name=op.f("ck_events_women_range")),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_events_deleted_bool")),
        sa.CheckConstraint("epoch > 0 AND revision > 0", name=op.f("ck_events_version_positive")),
        sa.CheckConstraint(
            'json_valid("attending_centres")', name=op.f("ck_events_attending_centres_json")
        ),
        sa.CheckConstraint(
            'length("evidence") BETWEEN 1 AND 200', name=op.f("ck_events_evidence_length")
        ),
        sa.CheckConstraint(
            'length("partner") BETWEEN 1 AND 200', name=op.f("ck_events_partner_length")
        ),
        sa.CheckConstraint(
            'length("place") BETWEEN 1 AND 200', name=op.f("ck_events_place_length")
        ),
        sa.CheckConstraint(
            'length("region") BETWEEN 1 AND 40', name=op.f("ck_events_region_length")
        ),
        sa.CheckConstraint(
            'length("topic") BETWEEN 1 AND 200', name=op.f("ck_events_topic_length")
        ),
        sa.ForeignKeyConstraint(
            ["leader_id"], ["staff_members.id"], name=op.f("fk_events_leader_id_staff_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_index(op.f("ix_events_leader_id"), "events", ["leader_id"], unique=False)
    op.create_index(
        "ix_events_unsent",
        "events",
        ["change"],
        unique=False,
        sqlite_where=sa.text("change > sent"),
    )
    op.create_table(
        "journal_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("package_id", sa.Integer(), nullable=True),
        sa.Column("details", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.CheckConstraint(
            "(package_id IS NOT NULL) = (kind LIKE 'package%')",
            name=op.f("ck_journal_entries_package_named"),
        ),
        sa.CheckConstraint(
            "kind IN ('package_accepted', 'package_undone', 'trust_added', 'trust_revoked')",
            name=op.f("ck_journal_entries_kind_known"),
        ),
        sa.CheckConstraint(
            "received_on LIKE '____-__-__'", name=op.f("ck_journal_entries_received_on_date")
        ),
        sa.CheckConstraint("json_valid(details)", name=op.f("ck_journal_entries_details_json")),
        sa.ForeignKeyConstraint(
            ["package_id"],
            ["received_packages.id"],
            name=op.f("fk_journal_entries_package_id_received_packages"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_entries")),
    )
    op.create_index(
        "ix_journal_entries_package_id", "journal_entries", ["package_id"], unique=False
    )
    op.create_table(
        "kept_counts",
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("breakdown", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["period_id"], ["kept_periods.id"], name=op.f("fk_kept_counts_period_id_kept_periods")
        ),
        sa.PrimaryKeyConstraint(
            "period_id",
            "indicator",
            "centre",
            "region",
            "breakdown",
            "key",
            name=op.f("pk_kept_counts"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "mediations",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("specialist_id", sa.Text(), nullable=False),
        sa.Column("contract_on", sa.Text(), nullable=False),
        sa.Column("meetings", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("agreement_on", sa.Text(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(
            "\"agreement_on\" LIKE '____-__-__'", name=op.f("ck_mediations_agreement_on_date")
        ),
        sa.CheckConstraint(
            "\"contract_on\" LIKE '____-__-__'", name=op.f("ck_mediations_contract_on_date")
        ),
        sa.CheckConstraint(
            '"meetings" BETWEEN 0 AND 100', name=op.f("ck_mediations_meetings_range")
        ),
        sa.CheckConstraint(
            "contract_on <= agreement_on", name=op.f("ck_mediations_dates_in_order")
        ),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_mediations_deleted_bool")),
        sa.CheckConstraint(
            "epoch > 0 AND revision > 0", name=op.f("ck_mediations_version_positive")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_mediations_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["specialist_id"],
            ["staff_members.id"],
            name=op.f("fk_mediations_specialist_id_staff_members"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediations")),
    )
    op.create_index(op.f("ix_mediations_case_id"), "mediations", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_mediations_specialist_id"), "mediations", ["specialist_id"], unique=False
    )
    op.create_index(
        "ix_mediations_unsent",
        "mediations",
        ["change"],
        unique=False,
        sqlite_where=sa.text("change > sent"),
    )
    op.create_table(
        "outcomes",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("dated_on", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(
            "\"dated_on\" LIKE '____-__-__'", name=op.f("ck_outcomes_dated_on_date")
        ),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_outcomes_deleted_bool")),
        sa.CheckConstraint("epoch > 0 AND revision > 0", name=op.f("ck_outcomes_version_positive")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_outcomes_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcomes")),
    )
    op.create_index(op.f("ix_outcomes_case_id"), "outcomes", ["case_id"], unique=False)
    op.create_index(
        "ix_outcomes_unsent",
        "outcomes",
        ["change"],
        unique=False,
        sqlite_where=sa.text("change > sent"),
    )
    op.create_table(
        "participants",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("disability", sa.Text(), nullable=False),
        sa.Column("occupation", sa.Text(), nullable=False),
        sa.Column("citizenship", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(
            '"birth_year" BETWEEN 1900 AND 2200', name=op.f("ck_participants_birth_year_range")
        ),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_participants_deleted_bool")),
        sa.CheckConstraint(
            "epoch > 0 AND revision > 0", name=op.f("ck_participants_version_positive")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_participants_case_id_cases")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participants")),
    )
    op.create_index(op.f("ix_participants_case_id"), "participants", ["case_id"], unique=False)
    op.create_index(
        "ix_participants_unsent",
        "participants",
        ["change"],
        unique=False,
        sqlite_where=sa.text("change > sent"),
    )
    op.create_table(
        "received_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("package_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), nullable=False),
        sa.Column("row_hash", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["package_id"],
            ["received_packages.id"],
            name=op.f("fk_received_rows_package_id_received_packages"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received_rows")),
    )
    op.create_index("ix_received_rows_package_id", "received_rows", ["package_id"], unique=False)
    op.create_index(
        "ix_received_rows_record_id_table_name",
        "received_rows",
        ["record_id", "table_name"],
        unique=False,
    )
    op.create_table(
        "staff_names",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("surname", sa.Text(), nullable=False),
        sa.Column("given_name", sa.Text(), nullable=True),
        sa.Column("patronymic", sa.Text(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_staff_names_deleted_bool")),
        sa.CheckConstraint(
            "epoch > 0 AND revision > 0", name=op.f("ck_staff_names_version_positive")
        ),
        sa.CheckConstraint(
            'length("given_name") BETWEEN 1 AND 80', name=op.f("ck_staff_names_given_name_length")
        ),
        sa.CheckConstraint(
            'length("patronymic") BETWEEN 1 AND 80', name=op.f("ck_staff_names_patronymic_length")
        ),
        sa.CheckConstraint(
            'length("surname") BETWEEN 1 AND 80', name=op.f("ck_staff_names_surname_length")
        ),
        sa.ForeignKeyConstraint(
            ["id"], ["staff_members.id"], name=op.f("fk_staff_names_id_staff_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_names")),
    )
    op.create_table(
        "stages",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("project_id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name_kk", sa.Text(), nullable=False),
        sa.Column("name_ru", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Text(), nullable=False),
        sa.Column("ends_on", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("\"ends_on\" LIKE '____-__-__'", name=op.f("ck_stages_ends_on_date")),
        sa.CheckConstraint('"ordinal" BETWEEN 1 AND 20', name=op.f("ck_stages_ordinal_range")),
        sa.CheckConstraint(
            "\"starts_on\" LIKE '____-__-__'", name=op.f("ck_stages_starts_on_date")
        ),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_stages_deleted_bool")),
        sa.CheckConstraint("epoch > 0 AND revision > 0", name=op.f("ck_stages_version_positive")),
        sa.CheckConstraint(
            'length("name_kk") BETWEEN 1 AND 200', name=op.f("ck_stages_name_kk_length")
        ),
        sa.CheckConstraint(
            'length("name_ru") BETWEEN 1 AND 200', name=op.f("ck_stages_name_ru_length")
        ),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_stages_dates_in_order")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_stages_project_id_projects")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stages")),
    )
    op.create_index(op.f("ix_stages_project_id"), "stages", ["project_id"], unique=False)
    op.create_index(
        "ix_stages_unsent",
        "stages",
        ["change"],
        unique=False,
        sqlite_where=sa.text("change > sent"),
    )
    op.create_table(
        "studies",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("specialist_id", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("\"held_on\" LIKE '____-__-__'", name=op.f("ck_studies_held_on_date")),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_studies_deleted_bool")),
        sa.CheckConstraint("epoch > 0 AND revision > 0", name=op.f("ck_studies_version_positive")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_studies_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["specialist_id"],
            ["staff_members.id"],
            name=op.f("fk_studies_specialist_id_staff_members"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_studies")),
    )
    op.create_index(op.f("ix_studies_case_id"), "studies", ["case_id"], unique=False)
    op.create_index(op.f("ix_studies_specialist_id"), "studies", ["specialist_id"], unique=False)
    op.create_index(
        "ix_studies_unsent",
        "studies",
        ["change"],
        unique=False,
        sqlite_where=sa.text("change > sent"),
    )
    op.create_table(
        "case_access",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_case_access_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_access_case_id_cases")
        ),
        sa.PrimaryKeyConstraint("case_id", "account_id", name=op.f("pk_case_access")),
    )
    op.create_table(
        "case_words",
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["n"], ["case_index.n"], name=op.f("fk_case_words_n_case_index")),
        sa.PrimaryKeyConstraint("word", "n", name=op.f("pk_case_words")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_case_words_n", "case_words", ["n"], unique=False)
    op.create_table(
        "centre_questions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("question_kk", sa.Text(), nullable=False),
        sa.Column("question_ru", sa.Text(), nullable=False),
        sa.Column("row_hash", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "length(question_kk) BETWEEN 1 AND 1000",
            name=op.f("ck_centre_questions_question_kk_length"),
        ),
        sa.CheckConstraint(
            "length(question_ru) BETWEEN 1 AND 1000",
            name=op.f("ck_centre_questions_question_ru_length"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["accounts.id"], name=op.f("fk_centre_questions_asked_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centre_questions")),
    )
    op.create_index("ix_centre_questions_centre", "centre_questions", ["centre"], unique=False)
    op.create_table(
        "closed_months",
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.Text(), nullable=False),
        sa.Column("closed_by", sa.Text(), nullable=False),
        sa.CheckConstraint("month LIKE '____-__'", name=op.f("ck_closed_months_month_month")),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["accounts.id"], name=op.f("fk_closed_months_closed_by_accounts")
        ),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_closed_months")),
    )
    op.create_table(
        "completed_months",
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.CheckConstraint("month LIKE '____-__'", name=op.f("ck_completed_months_month_month")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_completed_months_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("month", "account_id", name=op.f("pk_completed_months")),
    )
    op.create_table(
        "consents",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("participant_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("text_version", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(
            "\"decided_on\" LIKE '____-__-__'", name=op.f("ck_consents_decided_on_date")
        ),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_consents_deleted_bool")),
        sa.CheckConstraint("epoch > 0 AND revision > 0", name=op.f("ck_consents_version_positive")),
        sa.CheckConstraint(
            'length("text_version") BETWEEN 1 AND 40', name=op.f("ck_consents_text_version_length")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participants.id"],
            name=op.f("fk_consents_participant_id_participants"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index(
        op.f("ix_consents_participant_id"), "consents", ["participant_id"], unique=False
    )
    op.create_table(
        "court_cases",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("judge", sa.Text(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_court_cases_deleted_bool")),
        sa.CheckConstraint(
            "epoch > 0 AND revision > 0", name=op.f("ck_court_cases_version_positive")
        ),
        sa.CheckConstraint(
            'length("judge") BETWEEN 1 AND 80', name=op.f("ck_court_cases_judge_length")
        ),
        sa.CheckConstraint(
            'length("number") BETWEEN 1 AND 80', name=op.f("ck_court_cases_number_length")
        ),
        sa.ForeignKeyConstraint(["id"], ["claims.id"], name=op.f("fk_court_cases_id_claims")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_court_cases")),
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=True),
        sa.Column("saved_at", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_drafts_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
    )
    op.create_index("ix_drafts_account_id", "drafts", ["account_id"], unique=False)
    op.create_table(
        "hand_outs",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("material_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=True),
        sa.Column("handed_on", sa.Text(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(
            '"copies" BETWEEN 0 AND 1000000000', name=op.f("ck_hand_outs_copies_range")
        ),
        sa.CheckConstraint(
            "\"handed_on\" LIKE '____-__-__'", name=op.f("ck_hand_outs_handed_on_date")
        ),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_hand_outs_deleted_bool")),
        sa.CheckConstraint(
            "epoch > 0 AND revision > 0", name=op.f("ck_hand_outs_version_positive")
        ),
        sa.CheckConstraint(
            'length("place") BETWEEN 1 AND 200', name=op.f("ck_hand_outs_place_length")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_hand_outs_event_id_events")
        ),
        sa.ForeignKeyConstraint(
            ["material_id"],
            ["printed_materials.id"],
            name=op.f("fk_hand_outs_material_id_printed_materials"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_outs")),
    )
    op.create_index(op.f("ix_hand_outs_event_id"), "hand_outs", ["event_id"], unique=False)
    op.create_index(op.f("ix_hand_outs_material_id"), "hand_outs", ["material_id"], unique=False)
    op.create_index(
        "ix_hand_outs_unsent",
        "hand_outs",
        ["change"],
        unique=False,
        sqlite_where=sa.text("change > sent"),
    )
    op.create_table(
        "identities",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("surname", sa.Text(), nullable=True),
        sa.Column("given_name", sa.Text(), nullable=True),
        sa.Column("patronymic", sa.Text(), nullable=True),
        sa.Column("birth_date", sa.Text(), nullable=True),
        sa.Column("iin", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("safe_contact", sa.Text(), nullable=False),
        sa.Column("never_tell", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(
            "\"birth_date\" LIKE '____-__-__'", name=op.f("ck_identities_birth_date_date")
        ),
        sa.CheckConstraint('"never_tell" IN (0, 1)', name=op.f("ck_identities_never_tell_bool")),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_identities_deleted_bool")),
        sa.CheckConstraint(
            "epoch > 0 AND revision > 0", name=op.f("ck_identities_version_positive")
        ),
        sa.CheckConstraint(
            'length("given_name") BETWEEN 1 AND 80', name=op.f("ck_identities_given_name_length")
        ),
        sa.CheckConstraint('length("iin") BETWEEN 1 AND 12', name=op.f("ck_identities_iin_length")),
        sa.CheckConstraint(
            'length("patronymic") BETWEEN 1 AND 80', name=op.f("ck_identities_patronymic_length")
        ),
        sa.CheckConstraint(
            'length("phone") BETWEEN 1 AND 20', name=op.f("ck_identities_phone_length")
        ),
        sa.CheckConstraint(
            'length("surname") BETWEEN 1 AND 80', name=op.f("ck_identities_surname_length")
        ),
        sa.ForeignKeyConstraint(
            ["id"], ["participants.id"], name=op.f("fk_identities_id_participants")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identities")),
    )
    op.create_table(
        "issued_papers",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=True),
        sa.Column("participant_id", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("reprint_of", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "language IN ('kk', 'ru')", name=op.f("ck_issued_papers_language_known")
        ),
        sa.CheckConstraint("json_valid(details)", name=op.f("ck_issued_papers_details_json")),
        sa.ForeignKeyConstraint(
            ["actor"], ["accounts.id"], name=op.f("fk_issued_papers_actor_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_issued_papers_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participants.id"],
            name=op.f("fk_issued_papers_participant_id_participants"),
        ),
        sa.ForeignKeyConstraint(
            ["reprint_of"],
            ["issued_papers.number"],
            name=op.f("fk_issued_papers_reprint_of_issued_papers"),
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_issued_papers")),
    )
    op.create_table(
        "joined_cases",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kept", sa.Text(), nullable=False),
        sa.Column("dissolved", sa.Text(), nullable=False),
        sa.Column("moved", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.Text(), nullable=True),
        sa.CheckConstraint("json_valid(moved)", name=op.f("ck_joined_cases_moved_json")),
        sa.ForeignKeyConstraint(
            ["actor"], ["accounts.id"], name=op.f("fk_joined_cases_actor_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["dissolved"], ["cases.id"], name=op.f("fk_joined_cases_dissolved_cases")
        ),
        sa.ForeignKeyConstraint(["kept"], ["cases.id"], name=op.f("fk_joined_cases_kept_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joined_cases")),
    )
    op.create_table(
        "journal_imports",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("records", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.Text(), nullable=True),
        sa.CheckConstraint("json_valid(records)", name=op.f("ck_journal_imports_records_json")),
        sa.ForeignKeyConstraint(
            ["actor"], ["accounts.id"], name=op.f("fk_journal_imports_actor_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_imports")),
    )
    op.create_table(
        "key_statements",
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("new_fingerprint", sa.Text(), nullable=True),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'replacement') = (new_fingerprint IS NOT NULL)",
            name=op.f("ck_key_statements_new_key_named"),
        ),
        sa.CheckConstraint(
            "kind IN ('replacement', 'revocation')", name=op.f("ck_key_statements_kind_known")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["accounts.id"], name=op.f("fk_key_statements_made_by_accounts")
        ),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_key_statements")),
    )
    op.create_table(
        "merged_rows",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("received_row_id", sa.Integer(), nullable=False),
        sa.Column("row_hash", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["received_row_id"],
            ["received_rows.id"],
            name=op.f("fk_merged_rows_received_row_id_received_rows"),
        ),
        sa.PrimaryKeyConstraint("centre", "table_name", "record_id", name=op.f("pk_merged_rows")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "notes",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_notes_deleted_bool")),
        sa.CheckConstraint("epoch > 0 AND revision > 0", name=op.f("ck_notes_version_positive")),
        sa.CheckConstraint(
            'length("sealed") BETWEEN 1 AND 24000', name=op.f("ck_notes_sealed_length")
        ),
        sa.ForeignKeyConstraint(
            ["id"], ["consultations.id"], name=op.f("fk_notes_id_consultations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    op.create_table(
        "packages",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("through", sa.Text(), nullable=True),
        sa.Column("amendment", sa.Integer(), nullable=False),
        sa.Column("complete", sa.Integer(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("audit_entries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("month LIKE '____-__'", name=op.f("ck_packages_month_month")),
        sa.CheckConstraint(
            "amendment IN (0, 1) AND complete IN (0, 1)", name=op.f("ck_packages_flags_bool")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["accounts.id"], name=op.f("fk_packages_made_by_accounts")
        ),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_packages")),
        sa.UniqueConstraint("sha256", name=op.f("uq_packages_sha256")),
    )
    op.create_table(
        "personal_acts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=True),
        sa.Column("participant_id", sa.Text(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Text(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("written_by", sa.Text(), nullable=False),
        sa.Column("done_at", sa.Text(), nullable=True),
        sa.Column("done_by", sa.Text(), nullable=True),
        sa.Column("backups_until", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "asked_on LIKE '____-__-__'", name=op.f("ck_personal_acts_asked_on_date")
        ),
        sa.CheckConstraint(
            "backups_until LIKE '____-__-__'", name=op.f("ck_personal_acts_backups_until_date")
        ),
        sa.CheckConstraint("due_on LIKE '____-__-__'", name=op.f("ck_personal_acts_due_on_date")),
        sa.CheckConstraint(
            "kind IN ('information', 'correction', 'withdrawal', 'erasure', 'term', 'restored')",
            name=op.f("ck_personal_acts_kind_known"),
        ),
        sa.CheckConstraint(
            "(done_at IS NULL) = (done_by IS NULL)", name=op.f("ck_personal_acts_done_whole")
        ),
        sa.CheckConstraint(
            "length(remark) BETWEEN 1 AND 1000", name=op.f("ck_personal_acts_remark_length")
        ),
        sa.CheckConstraint("people >= 0", name=op.f("ck_personal_acts_people_not_negative")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_personal_acts_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["done_by"], ["accounts.id"], name=op.f("fk_personal_acts_done_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participants.id"],
            name=op.f("fk_personal_acts_participant_id_participants"),
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["accounts.id"], name=op.f("fk_personal_acts_written_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_acts")),
    )
    op.create_table(
        "published_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Text(), nullable=False),
        sa.Column("last_day", sa.Text(), nullable=False),
        sa.Column("covered_to", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=False),
        sa.Column("state_hash", sa.Text(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("texts", sa.Text(), nullable=False),
        sa.Column("indicators", sa.Text(), nullable=False),
        sa.Column("packages", sa.Text(), nullable=False),
        sa.Column("published_at", sa.Text(), nullable=False),
        sa.Column("published_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "json_valid(figures) AND json_valid(texts)",
            name=op.f("ck_published_reports_content_json"),
        ),
        sa.CheckConstraint(
            "json_valid(indicators) AND json_valid(packages)",
            name=op.f("ck_published_reports_sources_json"),
        ),
        sa.ForeignKeyConstraint(
            ["published_by"],
            ["accounts.id"],
            name=op.f("fk_published_reports_published_by_accounts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_reports")),
    )
    op.create_table(
        "questions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_ru", sa.Text(), nullable=True),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("origin", sa.Text(), server_default=sa.text("'lead'"), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "origin IN ('lead', 'headquarters')", name=op.f("ck_questions_origin_known")
        ),
        sa.CheckConstraint(
            "length(text) BETWEEN 1 AND 1000", name=op.f("ck_questions_text_length")
        ),
        sa.CheckConstraint(
            "length(text_ru) BETWEEN 1 AND 1000", name=op.f("ck_questions_text_ru_length")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["accounts.id"], name=op.f("fk_questions_asked_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
    )
    op.create_index("ix_questions_record_id", "questions", ["record_id"], unique=False)
    op.create_table(
        "receipts",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("packages", sa.Integer(), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by"], ["accounts.id"], name=op.f("fk_receipts_made_by_accounts")
        ),
        sa.PrimaryKeyConstraint("centre", "number", name=op.f("pk_receipts")),
        sa.UniqueConstraint("sha256", name=op.f("uq_receipts_sha256")),
    )
    op.create_table(
        "received_receipts",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.Text(), nullable=False),
        sa.Column("imported_by", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["imported_by"], ["accounts.id"], name=op.f("fk_received_receipts_imported_by_accounts")
        ),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_received_receipts")),
    )
    op.create_table(
        "report_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Text(), nullable=False),
        sa.Column("last_day", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_on", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.CheckConstraint("language IN ('kk', 'ru')", name=op.f("ck_report_texts_language_known")),
        sa.CheckConstraint(
            "written_on LIKE '____-__-__'", name=op.f("ck_report_texts_written_on_date")
        ),
        sa.ForeignKeyConstraint(
            ["actor"], ["accounts.id"], name=op.f("fk_report_texts_actor_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_texts")),
    )
    op.create_index(
        "ix_report_texts_first_day_last_day",
        "report_texts",
        ["first_day", "last_day"],
        unique=False,
    )
    op.create_table(
        "sealing_keys",
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("certificate", sa.LargeBinary(), nullable=False),
        sa.Column("private_key", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by"], ["accounts.id"], name=op.f("fk_sealing_keys_made_by_accounts")
        ),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_sealing_keys")),
    )
    op.create_table(
        "survey_sheets",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("q_access", sa.Integer(), nullable=True),
        sa.Column("q_recommend", sa.Integer(), nullable=True),
        sa.Column("q_trainer", sa.Integer(), nullable=True),
        sa.Column("q_useful", sa.Integer(), nullable=True),
        sa.Column("q_comfort", sa.Integer(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(
            '"q_access" BETWEEN 1 AND 5', name=op.f("ck_survey_sheets_q_access_range")
        ),
        sa.CheckConstraint(
            '"q_comfort" BETWEEN 1 AND 5', name=op.f("ck_survey_sheets_q_comfort_range")
        ),
        sa.CheckConstraint(
            '"q_recommend" BETWEEN 1 AND 5', name=op.f("ck_survey_sheets_q_recommend_range")
        ),
        sa.CheckConstraint(
            '"q_trainer" BETWEEN 1 AND 5', name=op.f("ck_survey_sheets_q_trainer_range")
        ),
        sa.CheckConstraint(
            '"q_useful" BETWEEN 1 AND 5', name=op.f("ck_survey_sheets_q_useful_range")
        ),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_survey_sheets_deleted_bool")),
        sa.CheckConstraint(
            "epoch > 0 AND revision > 0", name=op.f("ck_survey_sheets_version_positive")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_survey_sheets_event_id_events")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_sheets")),
    )
    op.create_index(op.f("ix_survey_sheets_event_id"), "survey_sheets", ["event_id"], unique=False)
    op.create_index(
        "ix_survey_sheets_unsent",
        "survey_sheets",
        ["change"],
        unique=False,
        sqlite_where=sa.text("change > sent"),
    )
    op.create_table(
        "trusted_headquarters",
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("revoked_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["added_by"], ["accounts.id"], name=op.f("fk_trusted_headquarters_added_by_accounts")
        ),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_trusted_headquarters")),
    )
    op.create_table(
        "published_files",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "language IN ('kk', 'ru')", name=op.f("ck_published_files_language_known")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["published_reports.id"],
            name=op.f("fk_published_files_report_id_published_reports"),
        ),
        sa.PrimaryKeyConstraint("report_id", "language", "format", name=op.f("pk_published_files")),
    )
    op.execute(
        "CREATE TRIGGER tr_published_reports_update BEFORE UPDATE ON published_reports "
        "BEGIN SELECT RAISE(ABORT, 'published_reports never change'); END"
    )
    op.execute(
        "CREATE TRIGGER tr_published_reports_delete BEFORE DELETE ON published_reports "
        "BEGIN SELECT RAISE(ABORT, 'published_reports never change'); END"
    )
    op.execute(
        "CREATE TRIGGER tr_published_reports_replace BEFORE INSERT ON published_reports "
        "WHEN EXISTS (SELECT 1 FROM published_reports WHERE (id) = (NEW.id)) BEGIN SELECT"
        " RAISE(ABORT, 'published_reports never change'); END"
    )
    op.execute(
        "CREATE TRIGGER tr_published_files_update BEFORE UPDATE ON published_files BEGIN "
        "SELECT RAISE(ABORT, 'published_files never change'); END"
    )
    op.execute(
        "CREATE TRIGGER tr_published_files_delete BEFORE DELETE ON published_files BEGIN "
        "SELECT RAISE(ABORT, 'published_files never change'); END"
    )
    op.execute(
        "CREATE TRIGGER tr_published_files_replace BEFORE INSERT ON published_files WHEN "
        "EXISTS (SELECT 1 FROM published_files WHERE (report_id, language, format) = "
        "(NEW.report_id, NEW.language, NEW.format)) BEGIN SELECT RAISE(ABORT, "
        "'published_files never change'); END"
    )
