"""An existing journal becomes cases and consultations: mapped, previewed, imported, undone."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from db import store
from db.audit import erase_values, write_entry
from db.search import OPEN_TO_READER
from db.session import Session
from exports.journals import Journal, read_journal
from pravo_desktop.domain.folding import fold
from pravo_desktop.domain.journal_columns import (
    FIELDS,
    JOINED,
    Cell,
    Columns,
    Person,
    Visit,
    Words,
    as_text,
    columns_hash,
    guessed_columns,
    header_row,
    parse_key,
    read_row,
    words_of_classifiers,
)
from pravo_desktop.domain.phone import normalise_phone
from pravo_desktop.domain.records import (
    BY_TABLE,
    LONGEST_REASON,
    RECORDS,
    Amendment,
    Consent,
    CourtCase,
    Identity,
    fields_of,
)
from pravo_desktop.domain.text import personal_data_in
from pravo_desktop.domain.validation import Finding
from pravo_desktop.domain.versions import new_id
from pravo_desktop.errors import KnownError
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.access import case_of
from pravo_desktop.usecases.actor import CASE, LEAD, Actor, require, use_case
from pravo_desktop.usecases.amendments import IMPORT_UNDONE
from pravo_desktop.usecases.cases import (
    ClaimForm,
    ConsultationForm,
    ParticipantForm,
    open_case,
    record_consultation,
    save_claim,
    save_participant,
)
from pravo_desktop.usecases.notes import keep_note, public_key
from pravo_desktop.usecases.packages import Progress
from pravo_desktop.usecases.queries import StaffLine, staff_lines
from pravo_desktop.usecases.records import remember_reasons, remove

T = TypeVar("T")

_SAMPLE = 5


@dataclass(frozen=True)
class JournalLayout:
    """A journal that was opened, and how its columns may be read.

    Args:
        sheets: names of the sheets with these headers; they are imported together.
        left_out: names of sheets with other headers.
        headers: of the columns, from the left.
        columns: as this layout was read last time, else as the headers are understood.
        specialists: whom this layout's texts meant last time; see `ImportPlan`.
        remembered: whether the columns come from last time.
        sample: the first rows as text.
    """

    journal: Journal
    sheets: tuple[str, ...]
    left_out: tuple[str, ...]
    headers: tuple[str, ...]
    columns: Columns
    specialists: Mapping[str, str]
    remembered: bool
    sample: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class ImportPlan:
    """What the person decided.

    Args:
        columns: the field of each column (`domain.journal_columns.FIELDS`) or None.
        specialists: staff member's id by the text of the journal, as in
            ``ImportReport.unknown_specialists``.
        specialist_id: whose visits the rows are that name no specialist.
        case_kind: of couples whose rows do not say it.
        consents_on_paper: why consent counts as given where the rows do not speak of it, such as
            where the sheets are kept; None when there are none, and names are then left out.
        skip_errors: rows with errors are left out; otherwise one such row refuses the import.
    """

    columns: Columns
    specialists: Mapping[str, str] = field(default_factory=dict)
    specialist_id: str | None = None
    case_kind: str = "married"
    consents_on_paper: str | None = None
    skip_errors: bool = False


@dataclass(frozen=True)
class RowReport:
    """What becomes of a row.

    Args:
        sheet, row: where it stands; the first row of a sheet is 1.
        state: ``ready``, ``error``, or ``already`` when this visit is recorded already.
        findings: fields are of `domain.journal_columns.FIELDS` where the cell was not understood,
            and a record's own where a use case has found something.
        case: which case of this import it belongs to, counted from 1; 0 for none.
        known_case: it belongs to a case that was there before.
    """

    sheet: str
    row: int
    state: str
    findings: tuple[Finding, ...]
    case: int = 0
    known_case: bool = False


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


# --- Opening ----------------------------------------------------------------------------------


def open_journal(session: Session, actor: Actor, *, path: Path) -> JournalLayout:
    """Read a journal's file and find its headers and the mapping of its columns.

    Raises:
        KnownError: ``not_allowed``; those of `exports.journals.read_journal`; ``journal_empty``
            when no sheet has headers.
    """
    require(actor, LEAD, "open_journal")
    journal = read_journal(path)
    layouts = {}
    for sheet in journal.sheets:
        position = header_row(sheet.rows)
        if position is not None:
            headers = tuple(map(as_text, sheet.rows[position]))
            layouts[sheet.name] = (headers, sheet.rows[position + 1 :])
    if not layouts:
        raise KnownError("journal_empty", file=journal.name)
    best = max(layouts, key=lambda name: _known_headers(layouts[name][0]))
    headers, rows = layouts[best]
    digest = columns_hash(headers)
    kept = session.value("SELECT mapping FROM journal_layouts WHERE columns_hash = ?", (digest,))
    last = json.loads(kept) if kept else {}
    same = tuple(name for name, (found, _) in layouts.items() if columns_hash(found) == digest)
    return JournalLayout(
        journal=journal,
        sheets=same,
        left_out=tuple(s.name for s in journal.sheets if s.name not in same),
        headers=headers,
        columns=tuple(last["columns"]) if last else guessed_columns(headers),
        specialists=last.get("specialists", {}),
        remembered=bool(last),
        sample=tuple(tuple(map(as_text, row)) for row in rows[:_SAMPLE]),
    )


def _known_headers(headers: Sequence[str]) -> int:
    return sum(found is not None for found in guessed_columns(headers))


# --- Rows and cases ---------------------------------------------------------------------------


@dataclass
class _Row:
    """A row on its way: what it says, and what becomes of it."""

    sheet: str
    number: int
    visit: Visit
    findings: list[Finding]
    specialist_id: str = ""
    case: "_Case | None" = None
    already: bool = False
    nameless: bool = False

    @property
    def wrong(self) -> bool:
        return any(not finding.warning for finding in self.findings)

    def report(self, places: Mapping[int, int]) -> RowReport:
        state = "error" if self.wrong else "already" if self.already else "ready"
        kept = self.case if state != "error" else None
        return RowReport(
            sheet=self.sheet,
            row=self.number,
            state=state,
            findings=tuple(self.findings),
            case=places.get(id(kept), 0),
            known_case=kept is not None and kept.case_id is not None,
        )


_Name = tuple[str, str]


@dataclass(eq=False)
class _Case:
    """Rows of one couple; ``case_id`` of a case that was there before."""

    names: dict[str, _Name] = field(default_factory=dict)
    iins: dict[str, str] = field(default_factory=dict)
    rows: list[_Row] = field(default_factory=list)
    case_id: str | None = None

    def takes(self, visit: Visit) -> bool:
        """Whether nothing in the visit speaks against its being this couple's."""
        for person in visit.people:
            name, iin = self.names.get(person.role), self.iins.get(person.role)
            if name and person.full_name and name != person.full_name:
                return False
            if iin and person.iin and iin != person.iin:
                return False
        return True

    def learn(self, visit: Visit) -> None:
        for person in visit.people:
            if person.full_name:
                self.names.setdefault(person.role, person.full_name)
            if person.iin:
                self.iins.setdefault(person.role, person.iin)


class _Couples:
    """Finds the case of a row: by the journal's number, else by surname and given name."""

    def __init__(self) -> None:
        self.cases: list[_Case] = []
        self._numbers: dict[tuple[str, int], _Case] = {}
        self._names: defaultdict[tuple[str, _Name], list[_Case]] = defaultdict(list)

    def add(self, case: _Case, number: str = "", year: int = 0) -> None:
        if number:
            self._numbers.setdefault((fold(number), year), case)
        for named in case.names.items():
            if case not in self._names[named]:
                self._names[named].append(case)

    def place(self, row: _Row) -> _Case:
        """The case of a row, a new one when it is nobody's known here."""
        visit = row.visit
        year = visit.held_on.year if visit.held_on else 0
        case = self._numbers.get((fold(visit.case_number), year)) if visit.case_number else None
        if case is not None and not case.takes(visit):
            row.findings.append(
                Finding("journal_number_of_another_couple", "case_number", warning=True)
            )
            case = None
        if case is None:
            likely = self._by_name(visit)
            case = likely[0] if len(likely) == 1 else None
            known = visit.case_number or any(person.full_name for person in visit.people)
            if len(likely) > 1 or not known:
                row.findings.append(Finding("journal_couple_unknown", "case_number", warning=True))
        if case is None:
            case = _Case()
            self.cases.append(case)
        case.learn(visit)
        self.add(case, visit.case_number, year)
        case.rows.append(row)
        return case

    def _by_name(self, visit: Visit) -> list[_Case]:
        """Cases with the most of the visit's people, and with nobody else in their roles."""
        people = [(person.role, person.full_name) for person in visit.people if person.full_name]
        found: Counter[_Case] = Counter(
            case for person in people for case in self._names[person] if case.takes(visit)
        )
        most = max(found.values(), default=0)
        return [case for case, times in found.items() if times == most]


def _words() -> Words:
    return words_of_classifiers(
        {
            name: {entry.key: (entry.kk, entry.ru, entry.en) for entry in entries.values()}
            for name, entries in classifiers().kinds.items()
        }
    )


def _read_rows(
    session: Session, layout: JournalLayout, plan: ImportPlan, progress: Progress
) -> list[_Row]:
    words, today = _words(), session.clock.today()
    found: list[_Row] = []
    sheets = [sheet for sheet in layout.journal.sheets if sheet.name in layout.sheets]
    total = sum(len(sheet.rows) for sheet in sheets)
    for sheet in sheets:
        start = header_row(sheet.rows) or 0
        for number, cells in enumerate(sheet.rows[start + 1 :], start=start + 2):
            if _is_empty(cells, layout.headers):
                continue
            progress("read", len(found), total)
            visit, findings = read_row(cells, plan.columns, words, today)
            found.append(_Row(sheet.name, number, visit, findings))
    return found


def _is_empty(cells: Sequence[Cell], headers: Sequence[str]) -> bool:
    """A row with nothing in it, or the headers again, as on each printed page."""
    texts = [as_text(cell) for cell in cells]
    return not any(texts) or texts == list(headers[: len(texts)])


class _Staff:
    """Finds who a journal's text means: as the person said, by name, by profession."""

    def __init__(self, lines: Sequence[StaffLine], plan: ImportPlan) -> None:
        self._lines, self._plan = lines, plan
        self._words = _words()
        self._ids = {line.staff_id for line in lines}
        self.unknown: dict[str, None] = {}

    def settle(self, row: _Row) -> None:
        visit = row.visit
        text = visit.specialist or visit.profession or ""
        if not text:
            row.specialist_id = self._plan.specialist_id or ""
            if not row.specialist_id:
                row.findings.append(Finding("journal_specialist_missing", "specialist"))
            return
        said = self._plan.specialists.get(text)
        if said in self._ids:
            row.specialist_id = said or ""
            return
        found = self._meant(visit)
        if len(found) == 1:
            row.specialist_id = found[0].staff_id
            return
        self.unknown[text] = None
        row.findings.append(Finding("journal_specialist_unknown", "specialist"))

    def _meant(self, visit: Visit) -> list[StaffLine]:
        lines = list(self._lines)
        words = fold(visit.specialist).replace(".", " ").split()
        named = [line for line in lines if line.surname and fold(line.surname) in words]
        if len(named) > 1:
            initials = {word[0] for word in words}
            named = [n for n in named if n.given_name and fold(n.given_name)[0] in initials]
        if named:
            return named
        texts = (visit.specialist, visit.profession or "")
        professions = {parse_key(text, "profession", self._words) for text in texts if text}
        keys = professions - {None}
        if len(keys) != 1 or (visit.specialist and None in professions and visit.profession):
            return []
        there = [line for line in lines if line.profession in keys]
        on_day = [line for line in there if visit.held_on and line.employed_on(visit.held_on)]
        return on_day or there


def _gather(
    session: Session, actor: Actor, layout: JournalLayout, plan: ImportPlan, progress: Progress
) -> tuple[list[_Row], _Couples, _Staff]:
    """All rows with their findings, and the cases that those without errors belong to."""
    _check_plan(layout, plan)
    rows = _read_rows(session, layout, plan, progress)
    staff = _Staff(staff_lines(session, actor), plan)
    for row in rows:
        staff.settle(row)
    good = [row for row in rows if not row.wrong]
    couples = _Couples()
    known = _known_cases(session, actor, couples) if good else set()
    for row in sorted(good, key=lambda row: row.visit.held_on or date.min):
        row.case = couples.place(row)
    for case in couples.cases:
        _settle_people(case, plan)
    for row in good:
        if row.case is None:
            continue
        visit = (row.case.case_id or str(id(row.case)), row.visit.held_on, row.specialist_id)
        row.already = visit in known
        known.add(visit)
    return rows, couples, staff


def _check_plan(layout: JournalLayout, plan: ImportPlan) -> None:
    columns = [column for column in plan.columns if column is not None]
    for column in columns:
        if column not in FIELDS:
            raise KnownError("journal_field_unknown", name=column)
    for column, times in Counter(columns).items():
        if times > 1 and column not in JOINED:
            raise KnownError("journal_field_twice", name=column)
    if "date" not in columns:
        raise KnownError("journal_date_not_mapped")
    if plan.consents_on_paper is not None and not plan.consents_on_paper.strip():
        raise KnownError("field_required", field="consents_on_paper")
    if len(plan.consents_on_paper or "") > LONGEST_REASON:
        raise KnownError("text_too_long", field="consents_on_paper", maximum=LONGEST_REASON)
    if len(plan.columns) != len(layout.headers):
        raise KnownError("journal_columns_differ")


def _known_cases(
    session: Session, actor: Actor, couples: _Couples
) -> set[tuple[str, date | None, str]]:
    """Make the cases that are there already known by label and names; returns their visits.

    Cases closed to the actor stay unknown.
    """
    mine = {"reader": actor.account_id}
    cases: dict[str, _Case] = {}
    people = session.rows(
        "SELECT p.case_id, p.role, i.surname, i.given_name, i.iin FROM identities i "
        "JOIN participants p ON p.id = i.id JOIN cases c ON c.id = p.case_id "
        "WHERE NOT i.deleted AND NOT p.deleted AND NOT c.deleted "
        f"AND {OPEN_TO_READER.format(case='c.id')}",
        mine,
    )
    for case_id, role, surname, given_name, iin in people:
        case = cases.setdefault(case_id, _Case(case_id=case_id))
        if surname and given_name:
            case.names.setdefault(role, (fold(surname), fold(given_name)))
        if iin:
            case.iins.setdefault(role, iin)
    labelled = session.rows(
        "SELECT id, label, registered_on FROM cases c WHERE NOT deleted AND label IS NOT NULL "
        f"AND {OPEN_TO_READER.format(case='c.id')}",
        mine,
    )
    for case_id, label, registered_on in labelled:
        case = cases.setdefault(case_id, _Case(case_id=case_id))
        couples.add(case, label, int(registered_on[:4]))
    for case in cases.values():
        couples.add(case)
    return {
        (case_id, date.fromisoformat(held_on), specialist_id)
        for case_id, held_on, specialist_id in session.rows(
            "SELECT case_id, held_on, specialist_id FROM consultations WHERE NOT deleted"
        )
        if case_id in cases
    }


def _settle_people(case: _Case, plan: ImportPlan) -> None:
    """Say of each row whose names will not be kept, and why; and where people are assumed."""
    for row in case.rows:
        codes = set()
        for person in row.visit.people:
            if not person.named or case.case_id is not None:
                continue
            consent = _consent_of(person.role, case, plan)
            if person.role == "child":
                codes.add("journal_child_left_out")
            elif consent != "given":
                codes.add(
                    "journal_names_left_out" if consent == "not_asked" else "journal_names_refused"
                )
        row.nameless = bool(codes)
        row.findings += [Finding(code, "consent", warning=True) for code in sorted(codes)]
        if case.case_id is None and not any(r.visit.people or r.visit.attended for r in case.rows):
            row.findings.append(Finding("journal_couple_assumed", "attended", warning=True))


def _consent_of(role: str, case: _Case, plan: ImportPlan) -> str:
    """What the latest row with this person says of consent; a row without people, of all."""
    said = [
        row.visit.consent
        for row in case.rows
        if row.visit.consent
        and (not row.visit.people or any(p.role == role for p in row.visit.people))
    ]
    return said[-1] if said else "not_asked" if plan.consents_on_paper is None else "given"


def _on_paper(role: str, case: _Case, plan: ImportPlan) -> bool:
    """Whether consent is given by the person's declaration and by no row."""
    silent = replace(plan, consents_on_paper=None)
    return (
        plan.consents_on_paper is not None
        and _consent_of(role, case, plan) == "given"
        and _consent_of(role, case, silent) != "given"
    )


def _report(
    rows: Sequence[_Row], couples: _Couples, staff: _Staff, import_id: str | None = None
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


def _no_progress(step: str, done: int, total: int) -> None:
    """Nobody watches."""


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
    return _report(*_gather(session, actor, layout, plan, progress or _no_progress))


# --- Importing --------------------------------------------------------------------------------


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
    tell = progress or _no_progress
    journal = layout.journal
    _check_not_imported(session, journal)
    rows, couples, staff = _gather(session, actor, layout, plan, tell)
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
            made = _made_since(session, before)
            report = replace(report, import_id=_remember(session, actor, layout, plan, made))
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

    def run(self, row: _Row, work: Callable[[Mapping[str, str]], T]) -> T | None:
        """What the work returns; None when it fails, and the row then says why."""
        session = self._session
        while True:
            last = session.value("SELECT coalesce(max(id), 0) FROM confirmed_warnings")
            try:
                with _savepoint(session, "a_row"):
                    result = work(self._confirmed)
            except KnownError as error:
                session.stale_cases.clear()
                asked = error.params.get("findings", ())
                if error.code == "confirmation_needed":
                    self._confirmed |= {one["code"]: self._reason for one in asked}
                    continue
                row.findings.append(_as_finding(error))
                return None
            for code, name in session.rows(
                "SELECT DISTINCT code, field FROM confirmed_warnings WHERE id > ? ORDER BY id",
                (last,),
            ):
                row.findings.append(Finding(code, name, warning=True))
            return result


def _as_finding(error: KnownError) -> Finding:
    params = {k: v for k, v in error.params.items() if k not in ("field", "findings")}
    return Finding(error.code, str(error.params.get("field", "")), params=params)


@dataclass
class _Opened:
    """A case of the database while rows are added to it: ids of participants by role."""

    case_id: str
    people: dict[str, list[str]]
    claims: set[str]


def _write(
    session: Session,
    actor: Actor,
    rows: Sequence[_Row],
    plan: ImportPlan,
    file_name: str,
    tell: Progress,
) -> None:
    confirming = _Confirming(session, f"import of {file_name}"[:1000])
    authors = {
        row["staff_id"]: row["id"]
        for row in session.all(
            "SELECT staff_id, id FROM accounts WHERE staff_id IS NOT NULL AND closed_at IS NULL"
        )
    }
    cases = {id(row.case): row.case for row in rows if row.case is not None}
    first = min((row.visit.held_on or date.max for row in rows), default=date.max)
    done, total = 0, len(rows)
    ordered = sorted(cases.values(), key=lambda case: case.rows[0].visit.held_on or first)
    for case in ordered:
        opened = _opened_before(session, case.case_id) if case.case_id else None
        for row in case.rows:
            tell("write", done, total)
            done += 1
            if row.already:
                continue
            if opened is None:
                opened = confirming.run(
                    row,
                    lambda confirmed, row=row, case=case: _open(  # type: ignore[misc]
                        session, actor, case, row, plan, confirmed
                    ),
                )
                made = opened is not None
            else:
                made = bool(
                    confirming.run(
                        row,
                        lambda confirmed, row=row, opened=opened: _continue(  # type: ignore[misc]
                            session, actor, opened, row, plan, confirmed
                        ),
                    )
                )
            if made and opened is not None:
                _keep_note(session, actor, row, opened, authors, plan)
    tell("write", total, total)


def _open(
    session: Session,
    actor: Actor,
    case: _Case,
    row: _Row,
    plan: ImportPlan,
    confirmed: Mapping[str, str],
) -> _Opened:
    """The case with all that its rows know of people and claims, and its first visit."""
    visits = [other.visit for other in case.rows]
    people: dict[tuple[str, _Name | None], Person] = {}
    for visit in visits:
        for person in visit.people:
            key = (person.role, None if person.role in ("husband", "wife") else person.full_name)
            people[key] = people[key].merged(person) if key in people else person
        for role in sorted(visit.attended - {"child"}):
            people.setdefault((role, None), _unnamed(role))
    if not people:
        people = {(role, None): _unnamed(role) for role in ("husband", "wife")}
    children = max(visit.children for visit in visits)
    children = max(children, sum(role == "child" for role, _ in people))
    if any("child" in visit.attended for visit in visits):
        children = max(children, 1)
    adults = [person for (role, _), person in people.items() if role != "child"]
    forms = [_form(person, case, plan) for person in adults]
    forms += [ParticipantForm(role="child")] * children
    roles = [form.role for form in forms]
    claims: dict[str, ClaimForm] = {}
    for visit in visits:
        for kind in visit.claims:
            claims.setdefault(kind, ClaimForm(kind=kind, filed_on=visit.filed_on))
    court_number = next((visit.court_number for visit in visits if visit.court_number), None)
    if claims and court_number:
        kind = next(iter(claims))
        claims[kind] = replace(claims[kind], court_number=court_number)
    opened = open_case(
        session,
        actor,
        kind=next((v.case_kind for v in visits if v.case_kind), plan.case_kind),
        came_through=next((v.came_through for v in visits if v.came_through), "not_stated"),
        label=_label(case, plan),
        registered_on=row.visit.held_on,
        participants=tuple(forms),
        claims=tuple(claims.values()),
        consultation=_consultation(
            row, tuple(str(place) for place in _attending(row.visit, roles))
        ),
        confirmed=confirmed,
    )
    by_role: dict[str, list[str]] = defaultdict(list)
    for role, participant in zip(roles, opened.participants, strict=True):
        by_role[role].append(participant)
    for role, ids in by_role.items():
        _keep_reason(session, actor, ids, role, case, plan)
    return _Opened(opened.case_id, by_role, set(claims))


def _unnamed(role: str) -> Person:
    sex = {"husband": "male", "wife": "female"}.get(role, "not_stated")
    return Person(role=role, sex=sex)


def _form(person: Person, case: _Case, plan: ImportPlan) -> ParticipantForm:
    consent = _consent_of(person.role, case, plan)
    form = ParticipantForm(
        role=person.role,
        sex=person.sex,
        birth_year=person.birth_year,
        consent=consent if person.named else "not_asked",
    )
    if consent != "given":
        return form
    return replace(
        form,
        birth_date=person.birth_date,
        surname=person.surname,
        given_name=person.given_name,
        patronymic=person.patronymic,
        iin=person.iin,
        phone=person.phone,
    )


def _attending(visit: Visit, roles: Sequence[str]) -> list[int]:
    """Positions of those who came: as the row says, else whom it names, else all adults."""
    came = visit.attended or {person.role for person in visit.people}
    found = [place for place, role in enumerate(roles) if role in came]
    return found or [place for place, role in enumerate(roles) if role != "child"]


def _consultation(row: _Row, attendees: tuple[str, ...]) -> ConsultationForm:
    return ConsultationForm(
        held_on=row.visit.held_on,
        specialist_id=row.specialist_id,
        format=row.visit.format or "in_person",
        attendees=attendees,
        topics=row.visit.topics,
        minutes=row.visit.minutes,
    )


def _label(case: _Case, plan: ImportPlan) -> str | None:
    """The journal's number, by which the case is found later; never with a name in it."""
    numbers = (row.visit.case_number for row in case.rows if row.visit.case_number)
    number = next(numbers, "")
    holds_digit = any(character.isdigit() for character in number)
    return number if holds_digit and not _names_in(number, case, plan) else None


def _names_in(text: str, case: _Case, plan: ImportPlan) -> bool:
    """Whether a text holds a name or phone of those of the case without consent, or any IIN."""
    people = [
        person
        for row in case.rows
        for person in row.visit.people
        if person.role == "child" or _consent_of(person.role, case, plan) != "given"
    ]
    names = {name.rstrip(".") for p in people for name in (p.surname, p.given_name) if name}
    phones = {normalise_phone(person.phone) or "" for person in people if person.phone}
    found = personal_data_in(text, surnames=names - {""}, phones=phones - {""})
    return bool(people) and bool(found)


def _opened_before(session: Session, case_id: str) -> _Opened:
    people = defaultdict(list)
    for participant, role in session.rows(
        "SELECT id, role FROM participants WHERE case_id = ? AND NOT deleted ORDER BY id",
        (case_id,),
    ):
        people[role].append(participant)
    claims = {
        kind
        for (kind,) in session.rows(
            "SELECT kind FROM claims WHERE case_id = ? AND NOT deleted", (case_id,)
        )
    }
    return _Opened(case_id, people, claims)


def _continue(
    session: Session,
    actor: Actor,
    opened: _Opened,
    row: _Row,
    plan: ImportPlan,
    confirmed: Mapping[str, str],
) -> str:
    """A further visit of a case; who and what the case does not know yet is added to it."""
    visit, case_id = row.visit, opened.case_id
    known = {role: list(ids) for role, ids in opened.people.items()}
    for person in (*visit.people, *map(_unnamed, sorted(visit.attended - {"child"}))):
        if row.case is not None and person.role not in known:
            form = _form(person, row.case, plan)
            added = save_participant(
                session, actor, case_id=case_id, participant=form, confirmed=confirmed
            )
            known[person.role] = [added]
            _keep_reason(session, actor, [added], person.role, row.case, plan)
    new_claims = set(visit.claims) - opened.claims
    roles = [(role, one) for role, ids in known.items() for one in ids]
    places = _attending(visit, [role for role, _ in roles])
    consultation_id = record_consultation(
        session,
        actor,
        case_id=case_id,
        consultation=_consultation(row, tuple(roles[place][1] for place in places)),
        confirmed=confirmed,
    )
    for kind in sorted(new_claims):
        claim = ClaimForm(kind=kind, filed_on=visit.filed_on)
        save_claim(session, actor, case_id=case_id, claim=claim, confirmed=confirmed)
    opened.people, opened.claims = known, opened.claims | new_claims
    return consultation_id


def _keep_reason(
    session: Session,
    actor: Actor,
    participants: Sequence[str],
    role: str,
    case: _Case,
    plan: ImportPlan,
) -> None:
    """Beside each consent that was taken on trust stands why."""
    if plan.consents_on_paper is None or not _on_paper(role, case, plan):
        return
    reason = plan.consents_on_paper.strip()
    for participant in participants:
        for consent in store.find(
            session, Consent, "participant_id = :id AND state = 'given'", {"id": participant}
        ):
            finding = Finding("journal_consent_on_paper", "state", warning=True)
            remember_reasons(session, actor, consent, [(finding, reason)])


def _keep_note(
    session: Session,
    actor: Actor,
    row: _Row,
    opened: _Opened,
    authors: Mapping[str, str],
    plan: ImportPlan,
) -> None:
    """The note is the specialist's where they have signed in once, else the importing lead's."""
    if not row.visit.note or row.case is None:
        return
    if _names_in(row.visit.note, row.case, plan):
        row.findings.append(Finding("journal_note_left_out", "note", warning=True))
        return
    consultation = session.value(
        "SELECT id FROM consultations WHERE case_id = ? AND held_on = ? AND specialist_id = ? "
        "AND NOT deleted ORDER BY id DESC",
        (opened.case_id, str(row.visit.held_on), row.specialist_id),
    )
    author = authors.get(row.specialist_id, actor.account_id)
    if public_key(session, actor, author) is None:
        author = actor.account_id
    keep_note(session, actor, consultation, row.visit.note, author)


# --- What was made, and the undo --------------------------------------------------------------

Made = dict[str, dict[str, int]]
"""Revisions of the records that an import made, by table and id; why it could stays after it."""


def _made_since(session: Session, number: int) -> Made:
    made: Made = {}
    for table, record_id, revision in session.rows(
        "SELECT table_name, record_id, count(*) FROM audit_entries WHERE number > ? "
        "GROUP BY table_name, record_id HAVING sum(action = 'added')",
        (number,),
    ):
        if table in BY_TABLE and table != Amendment.table:
            made.setdefault(table, {})[record_id] = revision
    return made


def _remember(
    session: Session, actor: Actor, layout: JournalLayout, plan: ImportPlan, made: Made
) -> str:
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
    tell = progress or _no_progress
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
