"""The board: what each centre said of each section and month, and when it came."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from db.figures import RegisteredCentre, read_registers
from db.session import Session
from pravo_desktop.domain.accounting import ACCOUNTING_DATE
from pravo_desktop.domain.board import (
    AMENDED,
    AWAITED,
    LATE,
    MISSING,
    NOT_OPEN,
    REPORTED,
    STATES,
    ZERO,
)
from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.domain.sections import section_of
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import N_, Translator
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.actor import COORDINATOR, Actor, require
from pravo_desktop.usecases.deadlines import deadline
from pravo_desktop.usecases.figures import merged_as_of
from pravo_desktop.usecases.received import ReceivedLine, received_lines

ALL_CENTRES = "all"


@dataclass(frozen=True)
class SectionState:
    """A section of a month at one centre.

    Args:
        state: reported, zero, missing, awaited or not_open.
        reason: why it is zero; a key of ``zero_reason`` or the lead's own words.
        late: what it says came after the deadline.
        amended: something of it was changed after the month was closed.
        amendments: why, each reason once; keys of ``amendment_reason`` or the lead's own words.
            Empty where a package of an older version, or of a month opened again, brought none.
    """

    section: str
    state: str
    reason: str | None
    late: bool
    amended: bool
    amendments: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The state with late and amended in it, one of `STATES`."""
        if self.state not in (REPORTED, ZERO):
            return self.state
        return LATE if self.late else AMENDED if self.amended else self.state


@dataclass(frozen=True)
class BoardCell:
    """A month of a centre; ``packages`` are those of the month, also held and undone ones."""

    month: Month
    due_on: date
    sections: tuple[SectionState, ...]
    packages: tuple[ReceivedLine, ...]

    def folded(self, section: str | None = None) -> str:
        """The worst state of all sections, or of one; not_open where it owes none.

        It is zero only where every section is.
        """
        shown = {one.shown for one in self.sections if section in (None, one.section)}
        worst = next((state for state in STATES if state in shown), NOT_OPEN)
        return REPORTED if worst == ZERO and REPORTED in shown else worst

    def count(self, state: str, section: str | None = None) -> int:
        """How many sections are in a state."""
        return sum(
            1 for one in self.sections if one.shown == state and section in (None, one.section)
        )


@dataclass(frozen=True)
class BoardRow:
    """A centre, or headquarters itself, with its months; labels by language."""

    centre: str
    region: str
    name: Mapping[str, str]
    cells: tuple[BoardCell, ...]


@dataclass(frozen=True)
class Board:
    """Who has reported what.

    Args:
        as_of: packages received by the end of this day.
        months: of the period, also those to come.
    """

    period: Period
    as_of: date
    months: tuple[Month, ...]
    rows: tuple[BoardRow, ...]

    def only(self, centre: str) -> "Board":
        """The board of one centre, or the whole for ``all``."""
        if centre == ALL_CENTRES:
            return self
        rows = tuple(row for row in self.rows if row.centre == centre)
        return Board(self.period, self.as_of, self.months, rows)


def board(session: Session, actor: Actor, *, period: Period, as_of: date | None = None) -> Board:
    """Each centre's sections of each month from the packages received by the end of a day.

    Args:
        as_of: today when empty.

    Raises:
        KnownError: ``not_allowed``.
    """
    require(actor, COORDINATOR, "board")
    day = as_of or session.clock.today()
    prefix = merged_as_of(session, day)
    register = read_registers(session, prefix, classifiers())
    names = _names(session, prefix)
    months = tuple(period.months)
    due = {month: deadline(session, month, prefix=prefix) for month in months}
    lines = received_lines(session, day)
    said = _said(session, prefix, lines)
    amended = _amended(session, prefix, lines)
    packages: dict[tuple[str, str], list[ReceivedLine]] = {}
    for line in lines:
        packages.setdefault((line.centre, line.month), []).append(line)
    rows = []
    for centre in (*register.centres, RegisteredCentre(NATIONAL, NATIONAL)):
        cells = []
        for month in months:
            came = packages.get((centre.key, str(month)), [])
            cells.append(_cell(centre, month, due[month], day, came, said, amended))
        rows.append(BoardRow(centre.key, centre.region, names[centre.key], tuple(cells)))
    return Board(period, day, months, tuple(rows))


_Said = Mapping[tuple[str, str, str], tuple[str, str | None, str]]
"""State, reason and day by centre, month and section; the day is that of the first package."""


def _said(session: Session, prefix: str, lines: Iterable[ReceivedLine]) -> _Said:
    days = {
        one.package_id: one.received_on for one in lines if one.status in ("accepted", "superseded")
    }
    found: dict[tuple[str, str, str], tuple[str, str | None, str]] = {}
    for row in session.all(
        "SELECT s.centre, s.month, s.section, s.state, s.reason, r.package_id "
        f"FROM {prefix}section_states s "
        "JOIN received_rows r ON r.record_id = s.id AND r.table_name = 'section_states'"
    ):
        came = days.get(row["package_id"])
        if came is None:
            continue
        key = (row["centre"], row["month"], row["section"])
        earliest = min(came, found[key][2]) if key in found else came
        found[key] = (row["state"], row["reason"], earliest)
    return found


_Amended = Mapping[tuple[str, str, str], tuple[str, ...]]
"""Reasons by centre, month and section that was amended."""


def _amended(session: Session, prefix: str, lines: Iterable[ReceivedLine]) -> _Amended:
    """The amended sections: those that amendments name, and those of which one brought rows."""
    found: dict[tuple[str, str, str], tuple[str, ...]] = {}
    for centre, month, section, reason in session.rows(
        f"SELECT centre, month, section, reason FROM {prefix}amendments "
        "WHERE section IS NOT NULL GROUP BY centre, month, section, reason "
        "ORDER BY min(changed_on), reason"
    ):
        key = (centre, month, section)
        found[key] = (*found.get(key, ()), reason)
    for line in lines:
        if line.amendment and line.status == "accepted":
            for section in _sections_brought(session, line):
                found.setdefault((line.centre, line.month, section), ())
    return found


def _sections_brought(session: Session, line: ReceivedLine) -> set[str]:
    """The sections of a package's month in which it has versions that no package had before it."""
    rows = session.rows(
        "SELECT r.table_name, r.payload FROM received_rows r WHERE r.package_id = :id "
        "AND r.table_name <> 'amendments' AND NOT EXISTS "
        "(SELECT 1 FROM received_rows e JOIN received_packages p ON p.id = e.package_id "
        "WHERE e.record_id = r.record_id AND e.table_name = r.table_name "
        "AND e.row_hash = r.row_hash AND p.centre = :centre AND p.station = :station "
        "AND p.sequence < :sequence)",
        {
            "id": line.package_id,
            "centre": line.centre,
            "station": line.station,
            "sequence": line.sequence,
        },
    )
    found = set()
    for table, payload in rows:
        values = json.loads(payload)
        day = values.get(ACCOUNTING_DATE.get(table, ""))
        section = section_of(table, values)
        if section is not None and (day is None or day.startswith(line.month)):
            found.add(section)
    return found


def _cell(
    centre: RegisteredCentre,
    month: Month,
    due_on: date,
    day: date,
    packages: Iterable[ReceivedLine],
    said: _Said,
    amended: _Amended,
) -> BoardCell:
    nothing = AWAITED if day <= due_on else MISSING
    if not centre.open_in(month):
        nothing = NOT_OPEN
    sections = []
    owed = classifiers().sections_of("national" if centre.key == NATIONAL else "centre")
    for section in owed:
        state, reason, came = said.get((centre.key, str(month), section), (nothing, None, ""))
        late = bool(came) and date.fromisoformat(came) > due_on
        reasons = amended.get((centre.key, str(month), section)) if came else None
        sections.append(
            SectionState(section, state, reason, late, reasons is not None, reasons or ())
        )
    return BoardCell(month, due_on, tuple(sections), tuple(packages))


def _names(session: Session, prefix: str) -> dict[str, dict[str, str]]:
    """What a reader calls each centre: its city, or its name."""
    national = classifiers().pseudo_regions[NATIONAL]
    names = {NATIONAL: {"kk": national.kk, "ru": national.ru}}
    names |= {
        key: {"kk": one.city["kk"], "ru": one.city["ru"]}
        for key, one in classifiers().centres.items()
    }
    for row in session.all(f"SELECT * FROM {prefix}centres ORDER BY id"):
        before = names.get(row["key"], {})
        names[row["key"]] = {
            language: row[f"city_{language}"]
            or row[f"name_{language}"]
            or before.get(language, row["key"])
            for language in ("kk", "ru")
        }
    return names


def board_file(
    session: Session,
    actor: Actor,
    *,
    period: Period,
    as_of: date | None = None,
    centre: str = ALL_CENTRES,
    language: str = "kk",
    format: Literal["xlsx", "pdf"] = "pdf",
) -> bytes:
    """The board for the letter to one centre, by section, or to all, by centre.

    Args:
        language: of the letter, kk or ru.

    Raises:
        KnownError: ``centre_unknown``.
    """
    from exports.board import PrintedRow, write_board  # loads the libraries of the documents

    shown = board(session, actor, period=period, as_of=as_of)
    t = Translator(language)
    rows = shown.only(centre).rows
    if not rows:
        raise KnownError("centre_unknown", centre=centre)
    if centre == ALL_CENTRES:
        title = t.text("Reports of the centres, {period}", period=t.period(period))
        first = N_("Centre")
        printed = [
            PrintedRow(row.name[language], tuple(cell.folded() for cell in row.cells))
            for row in rows
        ]
    else:
        (row,) = rows
        title = t.text(
            "Reports of the centre: {centre}, {period}",
            centre=row.name[language],
            period=t.period(period),
        )
        first = N_("Section")
        sections = [one.section for one in row.cells[0].sections]
        printed = [
            PrintedRow(
                t.label(classifiers().sections[section]),
                tuple(cell.folded(section) for cell in row.cells),
            )
            for section in sections
        ]
    return write_board(
        printed,
        shown.months,
        translator=t,
        title=title,
        first=t.text(first),
        notes=[note for row in rows for note in _not_come(t, row, language)],
        zeros=[zero for row in rows for zero in _zeros(t, row, language)],
        reasons=[reason for row in rows for reason in _amended_why(t, row, language)],
        as_of=shown.as_of,
        made_at=session.clock.now(),
        made_by=actor.name,
        format=format,
    )


def _not_come(t: Translator, row: BoardRow, language: str) -> list[str]:
    """One line for each month that has not come whole, with its sections and its deadline."""
    lines = []
    for cell in row.cells:
        missing = [one.section for one in cell.sections if one.state == MISSING]
        if not missing:
            continue
        lists = classifiers().sections
        what = (
            t.text("all sections")
            if len(missing) == len(cell.sections)
            else ", ".join(t.label(lists[section]) for section in missing)
        )
        lines.append(
            t.text(
                "{centre}, {month}: to send: {sections} (due on {day})",
                centre=row.name[language],
                month=t.month(cell.month),
                sections=what,
                day=t.date(cell.due_on),
            )
        )
    return lines


def _zeros(t: Translator, row: BoardRow, language: str) -> list[str]:
    """One line for each section and reason, with the months that were so confirmed as zero."""
    found: dict[tuple[str, str], list[Month]] = {}
    for cell in row.cells:
        for one in cell.sections:
            if one.state == ZERO:
                found.setdefault((one.section, one.reason or "–"), []).append(cell.month)
    return [
        _why(t, row.name[language], months, section, "zero_reason", (reason,))
        for (section, reason), months in found.items()
    ]


def _amended_why(t: Translator, row: BoardRow, language: str) -> list[str]:
    """One line for each section of a month that was amended, with the reasons that came."""
    return [
        _why(t, row.name[language], (cell.month,), one.section, "amendment_reason", one.amendments)
        for cell in row.cells
        for one in cell.sections
        if one.amendments
    ]


def _why(
    t: Translator,
    centre: str,
    months: Sequence[Month],
    section: str,
    classifier: str,
    reasons: Iterable[str],
) -> str:
    """What was said of a section, in words; a reason is a key of a coded list or own words."""
    known = classifiers().kinds[classifier]
    several = ", ".join(f"{month.number:02}.{month.year}" for month in months)
    return t.text(
        "{centre}, {month}, {section}: {reason}",
        centre=centre,
        month=several if len(months) > 1 else t.month(months[0]),
        section=t.label(classifiers().sections[section]),
        reason="; ".join(t.label(known[one]) if one in known else one for one in reasons),
    )
