"""Imports of journals: what each made, and the undo."""

import json
from dataclasses import dataclass

from db import store
from db.audit import erase_values, write_entry
from db.session import Session
from pravo_desktop.domain.fields import fields_of
from pravo_desktop.domain.journal_columns import columns_hash
from pravo_desktop.domain.records import BY_TABLE, RECORDS, Amendment, CourtCase, Identity
from pravo_desktop.domain.versions import new_id
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.access import case_of
from pravo_desktop.usecases.actor import CASE, LEAD, Actor, require, use_case
from pravo_desktop.usecases.amendments import IMPORT_UNDONE
from pravo_desktop.usecases.import_plan import ImportPlan, JournalLayout
from pravo_desktop.usecases.packages import Progress
from pravo_desktop.usecases.records import remove


@dataclass(frozen=True)
class JournalImport:
    """An import of the past."""

    id: str
    file_name: str
    at: str
    actor: str
    undone_at: str | None
    cases: int
    consultations: int


Made = dict[str, dict[str, int]]
"""Revisions of the records that an import made, by table and id; why it could stays after it."""


def made_since(session: Session, number: int) -> Made:
    """What the history has as added after its entry of this number."""
    made: Made = {}
    for table, record_id, revision in session.rows(
        "SELECT table_name, record_id, count(*) FROM audit_entries WHERE number > ? "
        "GROUP BY table_name, record_id HAVING sum(action = 'added')",
        (number,),
    ):
        if table in BY_TABLE and table != Amendment.table:
            made.setdefault(table, {})[record_id] = revision
    return made


def remember_import(
    session: Session, actor: Actor, layout: JournalLayout, plan: ImportPlan, made: Made
) -> str:
    """Keep what was made for the undo and how the journal was read; returns the import's id."""
    import_id, now = new_id(), session.now()
    records = json.dumps({"sha256": layout.journal.sha256, "made": made})
    session.execute(
        "INSERT INTO journal_imports (id, file_name, records, at, actor) VALUES (?, ?, ?, ?, ?)",
        (import_id, layout.journal.name, records, now, actor.account_id),
    )
    mapping = json.dumps(
        {"columns": plan.columns, "specialists": dict(plan.specialists)}, ensure_ascii=False
    )
    session.execute(
        "INSERT INTO journal_layouts (columns_hash, mapping, used_at) VALUES (?, ?, ?) "
        "ON CONFLICT (columns_hash) DO UPDATE SET mapping = excluded.mapping, "
        "used_at = excluded.used_at",
        (columns_hash(layout.headers), mapping, now),
    )
    write_entry(session, actor.account_id, "journal_imported", record_id=import_id)
    session.changed.add("journal_imports")
    return import_id


def journal_imports(session: Session, actor: Actor) -> list[JournalImport]:
    """The imports of this folder, the latest first."""
    require(actor, LEAD, "journal_imports")
    rows = session.all(
        "SELECT i.id, i.file_name, i.at, a.name AS actor, i.undone_at, i.records "
        "FROM journal_imports i JOIN accounts a ON a.id = i.actor ORDER BY i.at DESC, i.id DESC"
    )
    found = []
    for row in rows:
        made = json.loads(row.pop("records"))["made"]
        counts = [len(made.get(table, ())) for table in ("cases", "consultations")]
        found.append(JournalImport(**row, cases=counts[0], consultations=counts[1]))
    return found


@use_case(LEAD, CASE)
def undo_journal_import(
    session: Session, actor: Actor, *, import_id: str, progress: Progress | None = None
) -> None:
    """Put tombstones on all that an import made.

    Args:
        progress: step ``undo``, counted in records; what it raises leaves all as it was.

    Raises:
        KnownError: ``journal_import_not_found``; ``journal_import_undone``;
            ``journal_import_changed`` with the numbers of the ``cases`` that were changed since.
    """
    tell = progress or (lambda step, done, total: None)
    found = session.one("SELECT * FROM journal_imports WHERE id = ?", (import_id,))
    if found is None:
        raise KnownError("journal_import_not_found")
    if found["undone_at"]:
        raise KnownError("journal_import_undone", file=found["file_name"])
    made: Made = json.loads(found["records"])["made"]
    changed = _changed_since(session, made, found["at"])
    if changed:
        raise KnownError("journal_import_changed", cases=changed)
    reason = {"month_closed": f"undo of import of {found['file_name']}"[:1000]}
    done, total = 0, sum(map(len, made.values()))
    for record in reversed(RECORDS):
        for record_id in sorted(made.get(record.table, ()), reverse=True):
            tell("undo", done, total)
            done += 1
            if issubclass(record, Identity | CourtCase):
                # A tombstone keeps no names, and neither does the history.
                store.save(session, actor.account_id, record(id=record_id))
                erase_values(session, record.table, record_id)
            remove(session, actor, record, record_id, reason, IMPORT_UNDONE)
    session.execute(
        "UPDATE journal_imports SET undone_at = ? WHERE id = ?", (session.now(), import_id)
    )
    write_entry(session, actor.account_id, "journal_import_undone", record_id=import_id)
    session.changed.add("journal_imports")
    tell("undo", total, total)


def _changed_since(session: Session, made: Made, at: str) -> list[str]:
    """Numbers of the cases in which anything made was changed, or anything was added to it."""
    cases: set[str] = set()
    for table, revisions in made.items():
        rows = session.rows(
            f"SELECT id, revision, deleted FROM {table} "
            "WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(revisions)),),
        )
        for record_id, revision, deleted in list(rows):
            if deleted or revision != revisions[record_id]:
                cases.add(case_of(session, table, record_id) or "")
    for record in RECORDS:
        for spec in fields_of(record):
            if spec.parent in made and not spec.many:
                rows = session.rows(
                    f"SELECT id FROM {record.table} WHERE NOT deleted AND {spec.name} IN "
                    "(SELECT value FROM json_each(?))",
                    (json.dumps(list(made[spec.parent])),),
                )
                for (record_id,) in list(rows):
                    if record_id not in made.get(record.table, ()):
                        cases.add(case_of(session, record.table, record_id) or "")
    made_cases = json.dumps(list(made.get("cases", ())))
    for (case_id,) in session.rows(
        "SELECT case_id FROM issued_papers WHERE issued_at >= :at "
        "AND case_id IN (SELECT value FROM json_each(:cases)) UNION "
        "SELECT case_id FROM case_access WHERE case_id IN (SELECT value FROM json_each(:cases))",
        {"at": at, "cases": made_cases},
    ):
        cases.add(case_id)
    return [
        str(number)
        for (number,) in session.rows(
            "SELECT number FROM cases WHERE id IN (SELECT value FROM json_each(?)) ORDER BY number",
            (json.dumps(sorted(cases)),),
        )
    ]
