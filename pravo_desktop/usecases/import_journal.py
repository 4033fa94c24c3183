"""An existing journal becomes cases and consultations: previewed, tried, imported."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, TypeVar

from db.session import Session
from exports.journals import Journal
from pravo_desktop.domain.validation import Finding
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.actor import LEAD, Actor, require, use_case
from pravo_desktop.usecases.import_cases import CaseWriter
from pravo_desktop.usecases.import_plan import ImportPlan, JournalLayout
from pravo_desktop.usecases.import_rows import (
    Couples,
    ImportRow,
    RowReport,
    Specialists,
    gather_rows,
)
from pravo_desktop.usecases.journal_imports import made_since, remember_import
from pravo_desktop.usecases.packages import Progress

T = TypeVar("T")


@dataclass(frozen=True)
class ImportReport:
    """What an import would make, or made.

    Args:
        nameless: rows whose names are not kept, because there is no consent.
        unknown_specialists: texts that name nobody known here; the person says who they are.
        import_id: for the undo; None of a preview or a dry run.
    """

    rows: tuple[RowReport, ...]
    cases: int
    consultations: int
    nameless: int
    unknown_specialists: tuple[str, ...]
    import_id: str | None = None

    def in_state(self, state: str) -> int:
        """How many rows are in a state."""
        return sum(row.state == state for row in self.rows)


def _report(
    rows: Sequence[ImportRow], couples: Couples, staff: Specialists, import_id: str | None = None
) -> ImportReport:
    kept = [row for row in rows if not row.wrong and not row.already]
    places: dict[int, int] = {}
    for row in rows:
        if row.case is not None and not row.wrong:
            places.setdefault(id(row.case), len(places) + 1)
    new = {id(row.case) for row in kept if row.case and row.case in couples.cases}
    return ImportReport(
        rows=tuple(row.report(places) for row in rows),
        cases=len(new),
        consultations=len(kept),
        nameless=sum(row.nameless for row in kept),
        unknown_specialists=tuple(staff.unknown),
        import_id=import_id,
    )


def preview_journal(
    session: Session,
    actor: Actor,
    *,
    layout: JournalLayout,
    plan: ImportPlan,
    progress: Progress | None = None,
) -> ImportReport:
    """What each row would become, by the rows alone; nothing is written.

    A dry run of `import_journal` finds what only the records themselves show, such as an IIN
    with a mistyped digit or a closed month.

    Raises:
        KnownError: ``not_allowed``; ``journal_date_not_mapped``, ``journal_field_twice``,
            ``journal_field_unknown``, ``journal_columns_differ``; ``field_required``.
    """
    require(actor, LEAD, "preview_journal")
    report = progress or (lambda step, done, total: None)
    return _report(*gather_rows(layout, plan, session, actor, report))


@use_case(LEAD)
def import_journal(
    session: Session,
    actor: Actor,
    *,
    layout: JournalLayout,
    plan: ImportPlan,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Make cases and consultations of a journal's rows, all in one transaction.

    Rows of one couple (same number in the journal, or same surnames and given names) are one
    case; it continues a case that is there already. Warnings are confirmed with the reason
    "import of <file name>". Names are kept with consent only.

    Args:
        dry_run: everything is done and taken back; the report is that of the import.
        progress: steps ``read`` and ``write``, counted in rows; what it raises takes all back.

    Raises:
        KnownError: as `preview_journal`; ``journal_already_imported``; ``journal_rows_in_error``
            unless they are to be skipped or it is a dry run; ``journal_nothing_to_import``.
    """
    tell = progress or (lambda step, done, total: None)
    journal = layout.journal
    _check_not_imported(session, journal)
    rows, couples, staff = gather_rows(layout, plan, session, actor, tell)
    with _savepoint(session, "whole", undo=dry_run):
        # Taken before the first row's savepoint, so that a row taken back does not take it along.
        session.next_change()
        before = session.value("SELECT coalesce(max(number), 0) FROM audit_entries")
        _write(session, actor, rows, plan, journal.name, tell)
        report = _report(rows, couples, staff)
        if not dry_run:
            errors = report.in_state("error")
            if errors and not plan.skip_errors:
                raise KnownError("journal_rows_in_error", count=errors)
            if not report.consultations:
                raise KnownError("journal_nothing_to_import", file=journal.name)
            made = made_since(session, before)
            report = replace(report, import_id=remember_import(session, actor, layout, plan, made))
    if dry_run:
        session.stale_cases.clear()
        session.changed.clear()
    return report


@contextmanager
def _savepoint(session: Session, name: str, *, undo: bool = False) -> Iterator[None]:
    """What happens inside is taken back when it fails, or always with ``undo``."""
    session.execute(f"SAVEPOINT {name}")
    done = False
    try:
        yield
        done = not undo
    finally:
        if not done:
            session.execute(f"ROLLBACK TO {name}")
        session.execute(f"RELEASE {name}")


def _check_not_imported(session: Session, journal: Journal) -> None:
    found = session.one(
        "SELECT file_name, at FROM journal_imports "
        "WHERE undone_at IS NULL AND json_extract(records, '$.sha256') = ?",
        (journal.sha256,),
    )
    if found:
        raise KnownError("journal_already_imported", file=found["file_name"], at=found["at"])


class _Confirming:
    """Runs use cases whose warnings are confirmed with one reason, and tells which they were."""

    def __init__(self, session: Session, reason: str) -> None:
        self._session, self._reason = session, reason
        self._confirmed: dict[str, str] = {}

    def run(self, row: ImportRow, work: Callable[[Mapping[str, str]], T]) -> T | None:
        """What the work returns; None when it fails, and the row then says why.

        A warning that tells of this row, such as its month, is asked of every row anew.
        """
        session = self._session
        told: dict[str, Finding] = {}
        while True:
            last = session.value("SELECT coalesce(max(id), 0) FROM confirmed_warnings")
            try:
                with _savepoint(session, "a_row"):
                    result = work(self._confirmed | dict.fromkeys(told, self._reason))
            except KnownError as error:
                session.stale_cases.clear()
                if error.code == "confirmation_needed":
                    for asked in map(_as_warning, error.params["findings"]):
                        if asked.params:
                            told.setdefault(asked.code, asked)
                        else:
                            self._confirmed[asked.code] = self._reason
                    continue
                row.findings.append(_as_finding(error))
                return None
            for code, name in session.rows(
                "SELECT DISTINCT code, field FROM confirmed_warnings WHERE id > ? ORDER BY id",
                (last,),
            ):
                if code not in told:
                    row.findings.append(Finding(code, name, warning=True))
            row.findings += told.values()
            return result


def _as_warning(asked: Mapping[str, Any]) -> Finding:
    params = {name: value for name, value in asked.items() if name not in ("code", "field")}
    return Finding(str(asked["code"]), str(asked["field"]), warning=True, params=params)


def _as_finding(error: KnownError) -> Finding:
    params = {k: v for k, v in error.params.items() if k not in ("field", "findings")}
    return Finding(error.code, str(error.params.get("field", "")), params=params)


def _write(
    session: Session,
    actor: Actor,
    rows: Sequence[ImportRow],
    plan: ImportPlan,
    file_name: str,
    tell: Progress,
) -> None:
    writer = CaseWriter(session, actor, plan)
    confirming = _Confirming(session, f"import of {file_name}"[:1000])
    cases = {id(row.case): row.case for row in rows if row.case is not None}
    first = min((row.visit.held_on or date.max for row in rows), default=date.max)
    done, total = 0, len(rows)
    ordered = sorted(cases.values(), key=lambda case: case.rows[0].visit.held_on or first)
    for case in ordered:
        opened = writer.opened(case.case_id) if case.case_id else None
        for row in case.rows:
            tell("write", done, total)
            done += 1
            if row.already:
                continue
            if opened is None:
                opened = confirming.run(row, partial(writer.open, case, row))
                made = opened is not None
            else:
                made = bool(confirming.run(row, partial(writer.go_on, opened, row)))
            if made and opened is not None:
                writer.keep_note(row, opened)
    tell("write", total, total)
