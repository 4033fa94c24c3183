"""The tables: one for each kind of record, its merged twin at headquarters, and the bookkeeping.

Tables of records follow ``pravo_desktop.domain.records``; what is written here by hand is what the
records do not say: versions, constraints between fields, accounts, audit, packages, the journal.
"""

from datetime import date

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)

from pravo_desktop.domain.records import (
    BY_TABLE,
    PERSONAL,
    RECORDS,
    FieldSpec,
    Record,
    fields_of,
    travelling_columns,
)

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

_ORDERED_DATES = {
    "projects": ("starts_on", "ends_on"),
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
    Column("created_at", Text, nullable=False),
    Column("closed_at", Text),
    CheckConstraint("length(name) BETWEEN 1 AND 80", name="name_length"),
    CheckConstraint("json_valid(roles) AND json_array_length(roles) > 0", name="roles_json"),
    CheckConstraint("(certificate IS NULL) = (sealed_key IS NULL)", name="key_whole"),
)

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
    Column("case_id", Text, ForeignKey("cases.id"), primary_key=True),
    Column("title", Text, nullable=False),
    Column("sort_key", Text, nullable=False),
    Column("last_on", Text),
    Column("consultations", Integer, nullable=False),
    Index("ix_case_index_sort_key", "sort_key", "case_id"),
    Index("ix_case_index_last_on", "last_on", "case_id"),
)
"""The line of a case in lists; kept up by `db.search`."""

case_words = Table(
    "case_words",
    metadata,
    Column("word", Text, primary_key=True),
    Column("case_id", Text, ForeignKey("cases.id"), primary_key=True),
    Index("ix_case_words_case_id", "case_id"),
    sqlite_with_rowid=False,
)
"""The folded words by which a case is found."""

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
    Column("asked_by", Text, ForeignKey("accounts.id"), nullable=False),
    Column("asked_at", Text, nullable=False),
    Column("answered_at", Text),
    CheckConstraint("length(text) BETWEEN 1 AND 1000", name="text_length"),
    Index("ix_questions_record_id", "record_id"),
)
"""Records that the lead returned to be completed."""

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
    Column("content", Text, nullable=False),
    CheckConstraint("json_valid(content)", name="content_json"),
    Index("ix_drafts_account_id", "account_id"),
)
"""What was typed into a form and not saved yet; one for each form and record."""

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
    Column("content", LargeBinary, nullable=False),
    CheckConstraint(f"month LIKE '{_MONTH}'", name="month_month"),
    CheckConstraint("amendment IN (0, 1) AND complete IN (0, 1)", name="flags_bool"),
)
"""Packages this folder exported: the bytes are here, a file on a stick is a copy."""

# --- Headquarters: the journal and what follows from it ---------------------------------------

trusted_keys = Table(
    "trusted_keys",
    metadata,
    Column("fingerprint", Text, primary_key=True),
    Column("centre", Text, nullable=False),
    Column("added_at", Text, nullable=False),
    Column("revoked_at", Text),
)

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
    Column("audit_head", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Index("ix_received_packages_centre_month", "centre", "month"),
)

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
