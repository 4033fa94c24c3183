"""The tables: one for each kind of record, its merged twin at headquarters, and the bookkeeping.

Tables of records follow ``pravo_desktop.domain.records``; what is written here by hand is what the
records do not say: versions, constraints between fields, accounts, audit, packages, the journal.
"""

from datetime import date

from sqlalchemy import (
    DDL,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    event,
    text,
)

from pravo_desktop.domain.fields import FieldSpec, fields_of, travelling_columns
from pravo_desktop.domain.records import BY_TABLE, PERSONAL, RECEIVED_LISTS, RECORDS, Record

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_DATE = "____-__-__"
_MONTH = "____-__"
_TIME = "[0-2][0-9]:[0-5][0-9]"

_ORDERED_DATES = {
    "projects": ("starts_on", "ends_on"),
    "stages": ("starts_on", "ends_on"),
    "centres": ("opened_on", "closed_on"),
    "staff_members": ("employed_from", "employed_to"),
    "vacancies": ("opened_on", "closed_on"),
    "mediations": ("contract_on", "agreement_on"),
}


def _checks(spec: FieldSpec) -> list[CheckConstraint]:
    column = f'"{spec.name}"'
    found = []
    if spec.many:
        found.append((f"json_valid({column})", "json"))
    elif spec.kind is date:
        found.append((f"{column} LIKE '{_DATE}'", "date"))
    elif spec.name == "month":
        found.append((f"{column} LIKE '{_MONTH}'", "month"))
    elif spec.name == "time":
        found.append((f"{column} GLOB '{_TIME}' AND {column} < '24'", "time"))
    elif spec.kind is bool:
        found.append((f"{column} IN (0, 1)", "bool"))
    if spec.max_length is not None and not spec.many and spec.kind is str:
        found.append((f"length({column}) BETWEEN 1 AND {spec.max_length}", "length"))
    if spec.bounds is not None:
        found.append((f"{column} BETWEEN {spec.bounds[0]} AND {spec.bounds[1]}", "range"))
    return [CheckConstraint(sql, name=f"{spec.name}_{kind}") for sql, kind in found]


def _column(spec: FieldSpec) -> Column[object]:
    kind = Integer() if spec.kind in (int, bool) and not spec.many else Text()
    keys = [ForeignKey(f"{spec.parent}.id")] if spec.parent else []
    return Column(
        spec.name, kind, *keys, primary_key=spec.name == "id", nullable=spec.optional, index=False
    )


def _record_table(record: type[Record]) -> Table:
    """A record's table; ``sent`` is the ``change`` of the row that last left the folder."""
    specs = fields_of(record)
    checks = [check for spec in specs for check in _checks(spec)]
    if record.table in _ORDERED_DATES:
        first, last = _ORDERED_DATES[record.table]
        checks.append(CheckConstraint(f"{first} <= {last}", name="dates_in_order"))
    table = Table(
        record.table,
        metadata,
        *(_column(spec) for spec in specs),
        Column("epoch", Integer, nullable=False),
        Column("revision", Integer, nullable=False),
        Column("changed_at", Text, nullable=False),
        Column("station", Text, nullable=False),
        Column("deleted", Integer, nullable=False, server_default=text("0")),
        Column("change", Integer, nullable=False),
        Column("sent", Integer, nullable=False, server_default=text("0")),
        *checks,
        CheckConstraint("deleted IN (0, 1)", name="deleted_bool"),
        CheckConstraint("epoch > 0 AND revision > 0", name="version_positive"),
    )
    for spec in specs[1:]:
        if spec.parent:
            Index(None, table.c[spec.name])
    if record.table not in PERSONAL:
        Index(f"ix_{record.table}_unsent", table.c.change, sqlite_where=text("change > sent"))
    return table


RECORD_TABLES: dict[str, Table] = {record.table: _record_table(record) for record in RECORDS}

Index("uq_cases_number", RECORD_TABLES["cases"].c.number, unique=True)
Index(None, RECORD_TABLES["consultations"].c.held_on)
Index(
    "uq_section_states_month_section",
    RECORD_TABLES["section_states"].c.month,
    RECORD_TABLES["section_states"].c.section,
    unique=True,
)
for _register in ("regions", "courts", "centres"):
    Index(f"uq_{_register}_key", RECORD_TABLES[_register].c.key, unique=True)
Index("uq_deadlines_month", RECORD_TABLES["deadlines"].c.month, unique=True)
Index("uq_category_rules_year", RECORD_TABLES["category_rules"].c.year, unique=True)

# --- The data folder, its people, its history -------------------------------------------------

installation = Table(
    "installation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("workplace", Text, nullable=False),
    Column("centre", Text, nullable=False),
    Column("practice", Integer, nullable=False),
    Column("station", Text, nullable=False),
    Column("station_letter", Text, nullable=False),
    Column("replaces", Text, nullable=False, server_default=text("'[]'")),
    Column("epoch", Integer, nullable=False),
    Column("change", Integer, nullable=False),
    Column("created_at", Text, nullable=False),
    CheckConstraint("id = 1", name="single"),
    CheckConstraint("workplace IN ('centre', 'headquarters')", name="workplace_known"),
    CheckConstraint("practice IN (0, 1)", name="practice_bool"),
    CheckConstraint("station_letter GLOB '[A-Z]'", name="station_letter_latin"),
    CheckConstraint("json_valid(replaces)", name="replaces_json"),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("roles", Text, nullable=False),
    Column("staff_id", Text, ForeignKey("staff_members.id")),
    Column("certificate", LargeBinary),
    Column("sealed_key", LargeBinary),
    Column("note_key", LargeBinary),
    Column("locked_note_key", LargeBinary),
    Column("note_sheet", Text),
    Column("created_at", Text, nullable=False),
    Column("closed_at", Text),
    CheckConstraint("length(name) BETWEEN 1 AND 80", name="name_length"),
    CheckConstraint("json_valid(roles) AND json_array_length(roles) > 0", name="roles_json"),
    CheckConstraint("(certificate IS NULL) = (sealed_key IS NULL)", name="key_whole"),
    CheckConstraint("length(note_key) = 32", name="note_key_length"),
    CheckConstraint(
        "note_key IS NOT NULL OR (locked_note_key IS NULL AND note_sheet IS NULL)",
        name="note_key_whole",
    ),
    CheckConstraint("json_valid(note_sheet)", name="note_sheet_json"),
)
"""``note_key`` is the public half of the account's key for notes; the private half is locked under
its password in ``locked_note_key`` and under its own sheet in ``note_sheet``.
"""

audit_entries = Table(
    "audit_entries",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("table_name", Text),
    Column("record_id", Text),
    Column("commitment", Text, nullable=False),
    Column("previous_hash", Text, nullable=False),
    Column("hash", Text, nullable=False, unique=True),
    Index("ix_audit_entries_record_id", "record_id"),
)

audit_values = Table(
    "audit_values",
    metadata,
    Column("number", Integer, ForeignKey("audit_entries.number"), primary_key=True),
    Column("salt", LargeBinary, nullable=False),
    Column("content", Text, nullable=False),
)
"""What was changed; erasable, while the chain of `audit_entries` still proves the history."""

case_index = Table(
    "case_index",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("case_id", Text, ForeignKey("cases.id"), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("sort_key", Text, nullable=False),
    Column("last_on", Text),
    Column("consultations", Integer, nullable=False),
    Column("letters", Integer, nullable=False),
    Column("pairs", Integer, nullable=False),
    Index("ix_case_index_sort_key", "sort_key", "n", "letters", "pairs"),
    Index("ix_case_index_last_on", "last_on", "n"),
)
"""The line of a case in lists, under a short number of its own; kept up by `db.search`."""

case_words = Table(
    "case_words",
    metadata,
    Column("word", Text, primary_key=True),
    Column("n", Integer, ForeignKey("case_index.n"), primary_key=True),
    Index("ix_case_words_n", "n"),
    sqlite_with_rowid=False,
)
"""The folded words by which a case is found: a third as wide as with the cases' ids."""

confirmed_warnings = Table(
    "confirmed_warnings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("table_name", Text, nullable=False),
    Column("record_id", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
    CheckConstraint("length(reason) BETWEEN 1 AND 1000", name="reason_length"),
    Index("ix_confirmed_warnings_record_id", "record_id"),
)

erasures = Table(
    "erasures",
    metadata,
    Column("participant_id", Text, primary_key=True),
    Column("act", Text, nullable=False),
    Column("at", Text, nullable=False),
    CheckConstraint("act IN ('withdrawal', 'erasure', 'term')", name="act_known"),
)
"""People who were forgotten here, by id; a restored backup forgets them again."""

personal_acts = Table(
    "personal_acts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("case_id", Text, ForeignKey("cases.id")),
    Column("participant_id", Text, ForeignKey("participants.id")),
    Column("people", Integer, nullable=False),
    Column("asked_on", Text, nullable=False),
    Column("due_on", Text),
    Column("remark", Text),
    Column("written_by", Text, ForeignKey("accounts.id"), nullable=False),
    Column("done_at", Text),
    Column("done_by", Text, ForeignKey("accounts.id")),
    Column("backups_until", Text),
    CheckConstraint(
        "kind IN ('information', 'correction', 'withdrawal', 'erasure', 'term', 'restored')",
        name="kind_known",
    ),
    CheckConstraint("people >= 0", name="people_not_negative"),
    CheckConstraint("length(remark) BETWEEN 1 AND 1000", name="remark_length"),
    CheckConstraint("(done_at IS NULL) = (done_by IS NULL)", name="done_whole"),
    CheckConstraint(f"asked_on LIKE '{_DATE}'", name="asked_on_date"),
    CheckConstraint(f"due_on LIKE '{_DATE}'", name="due_on_date"),
    CheckConstraint(f"backups_until LIKE '{_DATE}'", name="backups_until_date"),
)
"""The register of what people asked about their data and what was done; it names nobody."""

closed_months = Table(
    "closed_months",
    metadata,
    Column("month", Text, primary_key=True),
    Column("closed_at", Text, nullable=False),
    Column("closed_by", Text, ForeignKey("accounts.id"), nullable=False),
    CheckConstraint(f"month LIKE '{_MONTH}'", name="month_month"),
)

completed_months = Table(
    "completed_months",
    metadata,
    Column("month", Text, primary_key=True),
    Column("account_id", Text, ForeignKey("accounts.id"), primary_key=True),
    Column("at", Text, nullable=False),
    CheckConstraint(f"month LIKE '{_MONTH}'", name="month_month"),
)
"""Specialists who said that their month is complete."""

questions = Table(
    "questions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("table_name", Text, nullable=False),
    Column("record_id", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("text_ru", Text),
    Column("field", Text),
    Column("origin", Text, nullable=False, server_default=text("'lead'")),
    Column("asked_by", Text, ForeignKey("accounts.id"), nullable=False),
    Column("asked_at", Text, nullable=False),
    Column("answered_at", Text),
    CheckConstraint("length(text) BETWEEN 1 AND 1000", name="text_length"),
    CheckConstraint("length(text_ru) BETWEEN 1 AND 1000", name="text_ru_length"),
    CheckConstraint("origin IN ('lead', 'headquarters')", name="origin_known"),
    Index("ix_questions_record_id", "record_id"),
)
"""Records to be completed: returned by the lead, or asked about by headquarters' receipt.

Headquarters asks in both languages: ``text`` is then Kazakh. ``asked_by`` is who imported it.
"""

case_access = Table(
    "case_access",
    metadata,
    Column("case_id", Text, ForeignKey("cases.id"), primary_key=True),
    Column("account_id", Text, ForeignKey("accounts.id"), primary_key=True),
)
"""The only accounts that may open a restricted case; a case without a line is open to all."""

joined_cases = Table(
    "joined_cases",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kept", Text, ForeignKey("cases.id"), nullable=False),
    Column("dissolved", Text, ForeignKey("cases.id"), nullable=False),
    Column("moved", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, ForeignKey("accounts.id"), nullable=False),
    Column("undone_at", Text),
    CheckConstraint("json_valid(moved)", name="moved_json"),
)
"""Cases entered twice and joined, with the records that moved, so that it can be undone."""

drafts = Table(
    "drafts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("account_id", Text, ForeignKey("accounts.id"), nullable=False),
    Column("form", Text, nullable=False),
    Column("record_id", Text),
    Column("saved_at", Text, nullable=False),
    Column("sealed", Text, nullable=False),
    Index("ix_drafts_account_id", "account_id"),
)
"""What was typed into a form and not saved yet; one for each form and record.

``sealed`` is JSON under the author's key for notes, since a form may hold one.
"""

issued_papers = Table(
    "issued_papers",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("case_id", Text, ForeignKey("cases.id")),
    Column("participant_id", Text, ForeignKey("participants.id")),
    Column("language", Text, nullable=False),
    Column("template", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("issued_at", Text, nullable=False),
    Column("actor", Text, ForeignKey("accounts.id"), nullable=False),
    Column("reprint_of", Integer, ForeignKey("issued_papers.number")),
    CheckConstraint("language IN ('kk', 'ru')", name="language_known"),
    CheckConstraint("json_valid(details)", name="details_json"),
)
"""The register of printed papers."""

centre_card = Table(
    "centre_card",
    metadata,
    Column("id", Integer, primary_key=True),
    *(
        Column(name, Text, nullable=False)
        for name in (
            "name_kk",
            "name_ru",
            "bin",
            "address_kk",
            "address_ru",
            "phone",
            "email",
            "head_kk",
            "head_ru",
        )
    ),
    CheckConstraint("id = 1", name="single"),
)
"""What the head of the papers says; it stays here."""

journal_layouts = Table(
    "journal_layouts",
    metadata,
    Column("columns_hash", Text, primary_key=True),
    Column("mapping", Text, nullable=False),
    Column("used_at", Text, nullable=False),
    CheckConstraint("json_valid(mapping)", name="mapping_json"),
)
"""How the columns of an existing journal were read last time."""

journal_imports = Table(
    "journal_imports",
    metadata,
    Column("id", Text, primary_key=True),
    Column("file_name", Text, nullable=False),
    Column("records", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, ForeignKey("accounts.id"), nullable=False),
    Column("undone_at", Text),
    CheckConstraint("json_valid(records)", name="records_json"),
)
"""Existing journals that were imported, with the records they made, so that it can be undone."""

packages = Table(
    "packages",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("month", Text, nullable=False),
    Column("through", Text),
    Column("amendment", Integer, nullable=False),
    Column("complete", Integer, nullable=False),
    Column("station", Text, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("row_count", Integer, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("made_by", Text, ForeignKey("accounts.id"), nullable=False),
    Column("file_name", Text, nullable=False),
    Column("sha256", Text, nullable=False, unique=True),
    Column("audit_entries", Integer, nullable=False, server_default=text("0")),
    Column("content", LargeBinary, nullable=False),
    CheckConstraint(f"month LIKE '{_MONTH}'", name="month_month"),
    CheckConstraint("amendment IN (0, 1) AND complete IN (0, 1)", name="flags_bool"),
)
"""Packages this folder exported: the bytes are here, a file on a stick is a copy."""

key_statements = Table(
    "key_statements",
    metadata,
    Column("fingerprint", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("new_fingerprint", Text),
    Column("made_at", Text, nullable=False),
    Column("made_by", Text, ForeignKey("accounts.id"), nullable=False),
    Column("file_name", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    CheckConstraint("kind IN ('replacement', 'revocation')", name="kind_known"),
    CheckConstraint("(kind = 'replacement') = (new_fingerprint IS NOT NULL)", name="new_key_named"),
)
"""What keys of this folder said of themselves: that another takes their place, or the end."""

# --- Receipts: what headquarters tells a centre ------------------------------------------------

trusted_headquarters = Table(
    "trusted_headquarters",
    metadata,
    Column("fingerprint", Text, primary_key=True),
    Column("added_at", Text, nullable=False),
    Column("added_by", Text, ForeignKey("accounts.id"), nullable=False),
    Column("revoked_at", Text),
)
"""Keys of headquarters whose fingerprints the lead of this centre compared by phone."""

received_receipts = Table(
    "received_receipts",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("station", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("imported_at", Text, nullable=False),
    Column("imported_by", Text, ForeignKey("accounts.id"), nullable=False),
    Column("file_name", Text, nullable=False),
)
"""Receipts that this centre imported."""

received_statuses = Table(
    "received_statuses",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("status", Text, nullable=False),
    Column("received_on", Text, nullable=False),
    Column("late", Integer, nullable=False),
    Column("reason_kk", Text),
    Column("reason_ru", Text),
    CheckConstraint("late IN (0, 1)", name="late_bool"),
)
"""What became of this centre's packages, as the last receipt says."""

received_certificates = Table(
    "received_certificates",
    metadata,
    Column("purpose", Text, primary_key=True),
    Column("fingerprint", Text, primary_key=True),
    Column("certificate", LargeBinary, nullable=False),
    CheckConstraint("purpose IN ('signing', 'sealing')", name="purpose_known"),
)
"""Headquarters' certificates, as the last receipt names them."""

receipts = Table(
    "receipts",
    metadata,
    Column("centre", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("made_at", Text, nullable=False),
    Column("made_by", Text, ForeignKey("accounts.id"), nullable=False),
    Column("packages", Integer, nullable=False),
    Column("questions", Integer, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("sha256", Text, nullable=False, unique=True),
    Column("content", LargeBinary, nullable=False),
)
"""Receipts that headquarters made: the bytes are here, a file on a stick is a copy."""

centre_questions = Table(
    "centre_questions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("centre", Text, nullable=False),
    Column("table_name", Text, nullable=False),
    Column("record_id", Text, nullable=False),
    Column("field", Text),
    Column("question_kk", Text, nullable=False),
    Column("question_ru", Text, nullable=False),
    Column("row_hash", Text, nullable=False),
    Column("asked_by", Text, ForeignKey("accounts.id"), nullable=False),
    Column("asked_at", Text, nullable=False),
    Column("withdrawn_at", Text),
    CheckConstraint("length(question_kk) BETWEEN 1 AND 1000", name="question_kk_length"),
    CheckConstraint("length(question_ru) BETWEEN 1 AND 1000", name="question_ru_length"),
    Index("ix_centre_questions_centre", "centre"),
)
"""What headquarters asks a centre about a row; ``row_hash`` is of the row as it was then."""

# --- Headquarters: the journal and what follows from it ---------------------------------------

trusted_keys = Table(
    "trusted_keys",
    metadata,
    Column("fingerprint", Text, primary_key=True),
    Column("centre", Text, nullable=False),
    Column("added_at", Text, nullable=False),
    Column("revoked_at", Text),
    Column("stated_by", Text, ForeignKey("trusted_keys.fingerprint")),
)
"""Keys that headquarters trusts: compared by phone, or stated by an older key of the centre."""

sealing_keys = Table(
    "sealing_keys",
    metadata,
    Column("fingerprint", Text, primary_key=True),
    Column("certificate", LargeBinary, nullable=False),
    Column("private_key", LargeBinary, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("made_by", Text, ForeignKey("accounts.id"), nullable=False),
)
"""RSA keys of headquarters that open packages sealed for transport; every coordinator uses them."""

received_packages = Table(
    "received_packages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", Text, nullable=False, unique=True),
    Column("content_hash", Text, nullable=False, unique=True),
    Column("centre", Text, nullable=False),
    Column("station", Text, nullable=False),
    Column("station_letter", Text, nullable=False),
    Column("replaces", Text, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("month", Text, nullable=False),
    Column("through", Text),
    Column("sequence", Integer, nullable=False),
    Column("amendment", Integer, nullable=False),
    Column("complete", Integer, nullable=False),
    Column("previous_sha256", Text),
    Column("fingerprint", Text, nullable=False),
    Column("signed_at", Text, nullable=False),
    Column("row_count", Integer, nullable=False),
    Column("audit_entries", Integer, nullable=False, server_default=text("0")),
    Column("audit_head", Text, nullable=False),
    Column("previous_audit_head", Text),
    Column("signer", Text, nullable=False, server_default=text("''")),
    Column("file_name", Text, nullable=False),
    Column("waiting_since", Text),
    CheckConstraint(f"waiting_since LIKE '{_DATE}'", name="waiting_since_date"),
    Index("ix_received_packages_centre_month", "centre", "month"),
    Index("ix_received_packages_centre_station", "centre", "station", "replaces"),
)
"""Packages that came; ``waiting_since`` is the day while nobody has decided about one yet."""

quarantined_files = Table(
    "quarantined_files",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("file_name", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("code", Text, nullable=False),
    Column("params", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    CheckConstraint("json_valid(params)", name="params_json"),
)
"""Files that were refused, and why; what they hold lies sealed in the folder `quarantine`."""

journal_entries = Table(
    "journal_entries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("received_on", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("package_id", Integer, ForeignKey("received_packages.id")),
    Column("details", Text, nullable=False, server_default=text("'{}'")),
    CheckConstraint(
        "kind IN ('package_accepted', 'package_undone', 'trust_added', 'trust_revoked')",
        name="kind_known",
    ),
    CheckConstraint("(package_id IS NOT NULL) = (kind LIKE 'package%')", name="package_named"),
    CheckConstraint(f"received_on LIKE '{_DATE}'", name="received_on_date"),
    CheckConstraint("json_valid(details)", name="details_json"),
    Index("ix_journal_entries_package_id", "package_id"),
)

report_texts = Table(
    "report_texts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("first_day", Text, nullable=False),
    Column("last_day", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("written_on", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, ForeignKey("accounts.id"), nullable=False),
    CheckConstraint("language IN ('kk', 'ru')", name="language_known"),
    CheckConstraint(f"written_on LIKE '{_DATE}'", name="written_on_date"),
    Index("ix_report_texts_first_day_last_day", "first_day", "last_day"),
)
"""Headquarters' paragraphs of a report by its period; the last written by a day counts on it."""

published_reports = Table(
    "published_reports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("first_day", Text, nullable=False),
    Column("last_day", Text, nullable=False),
    Column("covered_to", Text, nullable=False),
    Column("as_of", Text, nullable=False),
    Column("state_hash", Text, nullable=False),
    Column("figures", Text, nullable=False),
    Column("texts", Text, nullable=False),
    Column("indicators", Text, nullable=False),
    Column("packages", Text, nullable=False),
    Column("published_at", Text, nullable=False),
    Column("published_by", Text, ForeignKey("accounts.id"), nullable=False),
    CheckConstraint("json_valid(figures) AND json_valid(texts)", name="content_json"),
    CheckConstraint("json_valid(indicators) AND json_valid(packages)", name="sources_json"),
)
"""Reports that were handed in, as they were; the database itself lets nothing change a line."""

published_files = Table(
    "published_files",
    metadata,
    Column("report_id", Integer, ForeignKey("published_reports.id"), primary_key=True),
    Column("language", Text, primary_key=True),
    Column("format", Text, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    CheckConstraint("language IN ('kk', 'ru')", name="language_known"),
)
"""The files of published reports, byte for byte."""


def _frozen(table: str, key: str) -> dict[str, str]:
    """Triggers that refuse to change a line, to take it away and to write another in its place."""
    there = f"EXISTS (SELECT 1 FROM {table} WHERE ({key}) = ({_new(key)}))"
    moments = {"update": "UPDATE", "delete": "DELETE", "replace": "INSERT"}
    return {
        f"tr_{table}_{name}": f"CREATE TRIGGER tr_{table}_{name} BEFORE {moment} ON {table} "
        + (f"WHEN {there} " if moment == "INSERT" else "")
        + f"BEGIN SELECT RAISE(ABORT, '{table} never change'); END"
        for name, moment in moments.items()
    }


def _new(key: str) -> str:
    return ", ".join(f"NEW.{column.strip()}" for column in key.split(","))


TRIGGERS = {
    **_frozen("published_reports", "id"),
    **_frozen("published_files", "report_id, language, format"),
}
"""What the database refuses by itself, by name."""

for _sql in TRIGGERS.values():
    event.listen(metadata, "after_create", DDL(_sql))  # type: ignore[no-untyped-call]

received_rows = Table(
    "received_rows",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("package_id", Integer, ForeignKey("received_packages.id"), nullable=False),
    Column("table_name", Text, nullable=False),
    Column("row_number", Integer, nullable=False),
    Column("record_id", Text, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("station", Text, nullable=False),
    Column("deleted", Integer, nullable=False),
    Column("row_hash", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Index("ix_received_rows_record_id_table_name", "record_id", "table_name"),
    Index("ix_received_rows_package_id", "package_id"),
)
"""Every version received, kept with its package; the current row is the winner of them."""

merged_rows = Table(
    "merged_rows",
    metadata,
    Column("centre", Text, primary_key=True),
    Column("table_name", Text, primary_key=True),
    Column("record_id", Text, primary_key=True),
    Column("received_row_id", Integer, ForeignKey("received_rows.id"), nullable=False),
    Column("row_hash", Text, nullable=False),
    Column("deleted", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""The winning version of each record, tombstones too; a cache of the journal."""

TRAVELLING = tuple(table for table in BY_TABLE if travelling_columns(table))
"""Tables whose records leave the centre, parents before their children."""


def _merged_table(name: str) -> Table:
    own = RECORD_TABLES[name]
    columns: list[Column[object]] = []
    for column in travelling_columns(name):
        numeric = column in own.c and isinstance(own.c[column].type, Integer)
        columns.append(Column(column, Integer() if numeric else Text()))
    return Table(
        f"merged_{name}",
        metadata,
        Column("centre", Text, primary_key=True),
        Column("id", Text, primary_key=True),
        *columns,
        sqlite_with_rowid=False,
    )


MERGED_TABLES: dict[str, Table] = {name: _merged_table(name) for name in TRAVELLING}
"""Living winners by table, with the centre they came from; a cache for the figures."""

for _child in ("consultations", "participants", "claims", "outcomes", "studies", "mediations"):
    _table = MERGED_TABLES[_child]
    Index(None, _table.c.centre, _table.c.case_id)


def _received_table(name: str) -> Table:
    twin = MERGED_TABLES[name]
    columns = [Column(one.name, one.type) for one in twin.c if one.name not in ("centre", "id")]
    return Table(f"received_{name}", metadata, Column("id", Text, primary_key=True), *columns)


_amendments = MERGED_TABLES["amendments"]
Index(None, _amendments.c.centre, _amendments.c.record_id)

RECEIVED_TABLES: dict[str, Table] = {name: _received_table(name) for name in RECEIVED_LISTS}

Index(None, MERGED_TABLES["survey_sheets"].c.centre, MERGED_TABLES["survey_sheets"].c.event_id)

merged_state = Table(
    "merged_state",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("hash", Text, nullable=False),
    CheckConstraint("id = 1", name="single"),
)
"""The state hash while nothing was merged since it was computed."""

kept_periods = Table(
    "kept_periods",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("fingerprint", Text, nullable=False, unique=True),
    Column("names", Text, nullable=False),
    CheckConstraint("json_valid(names)", name="names_json"),
)
"""Periods whose counts `db.figures.kept` keeps up, with all that they depend on but the records.

A fingerprint with a space is that of a past day's figures or state hash: `db.figures.earlier`.
"""

kept_counts = Table(
    "kept_counts",
    metadata,
    Column("period_id", Integer, ForeignKey("kept_periods.id"), primary_key=True),
    Column("indicator", Text, primary_key=True),
    Column("centre", Text, primary_key=True),
    Column("region", Text, primary_key=True),
    Column("breakdown", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("amount", Integer, nullable=False),
    Column("lines", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""What each centre counts in a kept period; empty text where a cell has no region or breakdown."""

kept_stale = Table(
    "kept_stale",
    metadata,
    Column("centre", Text, primary_key=True),
    Column("table_name", Text, primary_key=True),
    Column("record_id", Text, primary_key=True),
    Column("received_row_id", Integer),
    sqlite_with_rowid=False,
)
"""Records that changed since the kept counts were made, with the version they were counted by."""
"""Headquarters' lists as the last receipt gives them."""
