"""Rows of a journal on their way to a case: read, given their specialist and their couple."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from db.search import OPEN_TO_READER
from db.session import Session
from pravo_desktop.domain.folding import fold
from pravo_desktop.domain.journal_cells import Cell, Words, as_text, parse_key, words_of_classifiers
from pravo_desktop.domain.journal_columns import header_row
from pravo_desktop.domain.journal_visits import Visit, read_row
from pravo_desktop.domain.validation import Finding
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.actor import Actor
from pravo_desktop.usecases.import_plan import ImportPlan, JournalLayout, check_plan
from pravo_desktop.usecases.packages import Progress
from pravo_desktop.usecases.queries import StaffLine, staff_lines


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


@dataclass
class ImportRow:
    """A row on its way: what it says, and what becomes of it."""

    sheet: str
    number: int
    visit: Visit
    findings: list[Finding]
    specialist_id: str = ""
    case: "ImportCase | None" = None
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


FullName = tuple[str, str]


@dataclass(eq=False)
class ImportCase:
    """Rows of one couple; ``case_id`` of a case that was there before."""

    names: dict[str, FullName] = field(default_factory=dict)
    iins: dict[str, str] = field(default_factory=dict)
    rows: list[ImportRow] = field(default_factory=list)
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


class Couples:
    """Finds the case of a row: by the journal's number, else by surname and given name."""

    def __init__(self) -> None:
        self.cases: list[ImportCase] = []
        self._numbers: dict[tuple[str, int], ImportCase] = {}
        self._names: defaultdict[tuple[str, FullName], list[ImportCase]] = defaultdict(list)

    def add(self, case: ImportCase, number: str = "", year: int = 0) -> None:
        if number:
            self._numbers.setdefault((fold(number), year), case)
        for named in case.names.items():
            if case not in self._names[named]:
                self._names[named].append(case)

    def place(self, row: ImportRow) -> ImportCase:
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
            case = ImportCase()
            self.cases.append(case)
        case.learn(visit)
        self.add(case, visit.case_number, year)
        case.rows.append(row)
        return case

    def _by_name(self, visit: Visit) -> list[ImportCase]:
        """Cases with the most of the visit's people, and with nobody else in their roles."""
        people = [(person.role, person.full_name) for person in visit.people if person.full_name]
        found: Counter[ImportCase] = Counter(
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
) -> list[ImportRow]:
    words, today = _words(), session.clock.today()
    found: list[ImportRow] = []
    sheets = [sheet for sheet in layout.journal.sheets if sheet.name in layout.sheets]
    total = sum(len(sheet.rows) for sheet in sheets)
    for sheet in sheets:
        start = header_row(sheet.rows) or 0
        for number, cells in enumerate(sheet.rows[start + 1 :], start=start + 2):
            if _is_empty(cells, layout.headers):
                continue
            progress("read", len(found), total)
            visit, findings = read_row(cells, plan.columns, words, today)
            found.append(ImportRow(sheet.name, number, visit, findings))
    return found


def _is_empty(cells: Sequence[Cell], headers: Sequence[str]) -> bool:
    """A row with nothing in it, or the headers again, as on each printed page."""
    texts = [as_text(cell) for cell in cells]
    return not any(texts) or texts == list(headers[: len(texts)])


class Specialists:
    """Finds who a journal's text means: as the person said, by name, by profession."""

    def __init__(self, lines: Sequence[StaffLine], plan: ImportPlan) -> None:
        self._lines, self._plan = lines, plan
        self._words = _words()
        self._ids = {line.staff_id for line in lines}
        self.unknown: dict[str, None] = {}

    def settle(self, row: ImportRow) -> None:
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


def gather_rows(
    layout: JournalLayout, plan: ImportPlan, session: Session, actor: Actor, progress: Progress
) -> tuple[list[ImportRow], Couples, Specialists]:
    """All rows with their findings, and the cases that those without errors belong to."""
    check_plan(layout, plan)
    rows = _read_rows(session, layout, plan, progress)
    staff = Specialists(staff_lines(session, actor), plan)
    for row in rows:
        staff.settle(row)
    good = [row for row in rows if not row.wrong]
    couples = Couples()
    known = _known_cases(session, actor, couples) if good else set()
    for row in sorted(good, key=lambda row: row.visit.held_on or date.min):
        row.case = couples.place(row)
    for case in couples.cases:
        _settle_people(case, plan)
    here: dict[tuple[str, date | None, str], int] = {}
    for row in good:
        if row.case is None:
            continue
        visit = (row.case.case_id or str(id(row.case)), row.visit.held_on, row.specialist_id)
        row.already = visit in known or visit in here
        if visit in here:
            first = {"row": here[visit]}
            row.findings.append(Finding("journal_visit_twice", "date", warning=True, params=first))
        elif not row.already:
            here[visit] = row.number
    return rows, couples, staff


def _known_cases(
    session: Session, actor: Actor, couples: Couples
) -> set[tuple[str, date | None, str]]:
    """Make the cases that are there already known by label and names; returns their visits.

    Cases closed to the actor stay unknown.
    """
    mine = {"reader": actor.account_id}
    cases: dict[str, ImportCase] = {}
    people = session.rows(
        "SELECT p.case_id, p.role, i.surname, i.given_name, i.iin FROM identities i "
        "JOIN participants p ON p.id = i.id JOIN cases c ON c.id = p.case_id "
        "WHERE NOT i.deleted AND NOT p.deleted AND NOT c.deleted "
        f"AND {OPEN_TO_READER.format(case='c.id')}",
        mine,
    )
    for case_id, role, surname, given_name, iin in people:
        case = cases.setdefault(case_id, ImportCase(case_id=case_id))
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
        case = cases.setdefault(case_id, ImportCase(case_id=case_id))
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


def _settle_people(case: ImportCase, plan: ImportPlan) -> None:
    """Say of each row whose names will not be kept, and why; and where people are assumed."""
    for row in case.rows:
        codes = set()
        for person in row.visit.people:
            if not person.named or case.case_id is not None:
                continue
            consent = consent_of(person.role, case, plan)
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


def consent_of(role: str, case: ImportCase, plan: ImportPlan) -> str:
    """What the latest row with this person says of consent; a row without people, of all."""
    said = [
        row.visit.consent
        for row in case.rows
        if row.visit.consent
        and (not row.visit.people or any(p.role == role for p in row.visit.people))
    ]
    return said[-1] if said else "not_asked" if plan.consents_on_paper is None else "given"


def on_paper(role: str, case: ImportCase, plan: ImportPlan) -> bool:
    """Whether consent is given by the person's declaration and by no row."""
    silent = replace(plan, consents_on_paper=None)
    return (
        plan.consents_on_paper is not None
        and consent_of(role, case, plan) == "given"
        and consent_of(role, case, silent) != "given"
    )
