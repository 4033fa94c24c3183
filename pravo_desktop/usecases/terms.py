"""The end of the term: cases long at rest lose names and contacts, and every count stays."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from db import store
from db.audit import write_entry
from db.search import OPEN_TO_READER
from db.session import Session
from pravo_desktop.clock import KAZAKHSTAN
from pravo_desktop.domain.records import Case, Cell, Participant
from pravo_desktop.domain.text import normalise_line
from pravo_desktop.domain.versions import new_id
from pravo_desktop.errors import KnownError
from pravo_desktop.resources import personal_data_rules
from pravo_desktop.usecases.actor import CASE, LEAD, Actor, require, use_case
from pravo_desktop.usecases.erasure import forget, forget_notes
from pravo_desktop.usecases.privacy import backups_until

SHORTEST, LONGEST = 1, 75
"""Years."""
LONGEST_SOURCE = 300
_RULE, _SET = "keep_years", "keep_rule_set"

_ACTIVE = (
    "SELECT registered_on FROM cases WHERE id = c.id",
    *(
        f"SELECT max({day}) FROM {table} WHERE case_id = c.id AND NOT deleted"
        for table, day in (
            ("consultations", "held_on"),
            ("outcomes", "dated_on"),
            ("claims", "filed_on"),
            ("mediations", "max(contract_on, coalesce(agreement_on, contract_on))"),
            ("studies", "held_on"),
            ("appointments", "planned_on"),
        )
    ),
)
"""The days on which something happened with a case ``c``."""
_LAST_ON = f"max({', '.join(f'coalesce(({one}), 0)' for one in _ACTIVE)})"

_HELD = (
    "(SELECT count(*) FROM participants p JOIN identities i ON i.id = p.id "
    "WHERE p.case_id = c.id AND NOT p.deleted AND NOT i.deleted)"
)
_NOTES = (
    "(SELECT count(*) FROM notes n JOIN consultations v ON v.id = n.id "
    "WHERE v.case_id = c.id AND NOT n.deleted)"
)
_COURTS = (
    "(SELECT count(*) FROM court_cases k JOIN claims l ON l.id = k.id "
    "WHERE l.case_id = c.id AND NOT k.deleted AND (k.number IS NOT NULL OR k.judge IS NOT NULL))"
)


@dataclass(frozen=True)
class CaseAtRest:
    """A case whose term is over.

    Args:
        last_on: the last day on which something happened.
        people: adults whose names and contacts are held.
        notes: notes that will be destroyed.
    """

    case_id: str
    number: str
    last_on: date
    people: int
    notes: int


@dataclass(frozen=True)
class Depersonalised:
    """What was done: cases, people, notes, and when the last backup with them is thrown away."""

    cases: int
    people: int
    notes: int
    backups_until: date


@dataclass(frozen=True)
class KeepRule:
    """How long names are kept after the last activity of a case.

    Args:
        source: the legal act behind the term, in the words of who set it; empty for the program's
            own rule (``resources/personal_data.json``).
        set_on, set_by: day and account of who changed it; None and empty for the program's own.
    """

    years: int
    source: str = ""
    set_on: date | None = None
    set_by: str = ""


def keep_rule(session: Session, actor: Actor) -> KeepRule:
    """The term in force at this workplace: the one set last, otherwise the program's own."""
    require(actor, LEAD, "keep_rule")
    row = session.one(
        "SELECT e.at, a.name, v.content FROM audit_entries e "
        "JOIN audit_values v ON v.number = e.number LEFT JOIN accounts a ON a.id = e.actor "
        "WHERE e.record_id = ? AND e.action = ? ORDER BY e.number DESC LIMIT 1",
        (_RULE, _SET),
    )
    if row is None:
        return KeepRule(personal_data_rules().keep_years)
    content = json.loads(row["content"])
    day = datetime.fromisoformat(row["at"]).astimezone(KAZAKHSTAN).date()
    return KeepRule(int(content["years"]), str(content["source"]), day, row["name"] or "")


@use_case(LEAD)
def set_keep_rule(session: Session, actor: Actor, *, years: int, source: str) -> None:
    """Set the term of keeping, with the act or agreement that says so; the history keeps each.

    Nothing is deleted by it: cases past the new term are shown before.

    Args:
        years: `SHORTEST` to `LONGEST`.
        source: number, date and article.

    Raises:
        KnownError: ``keep_years_invalid``, ``field_required``, ``text_too_long``.
    """
    if not SHORTEST <= years <= LONGEST:
        raise KnownError("keep_years_invalid", field="years", least=SHORTEST, most=LONGEST)
    line = normalise_line(source)
    if not line:
        raise KnownError("field_required", field="source")
    if len(line) > LONGEST_SOURCE:
        raise KnownError("text_too_long", field="source", maximum=LONGEST_SOURCE)
    content: dict[str, Cell] = {"years": years, "source": line}
    write_entry(session, actor.account_id, _SET, record_id=_RULE, content=content)
    session.changed.add("keep_rule")


def term_began(today: date, years: int) -> date:
    """Cases in which nothing has happened since before this day are over a term of years."""
    year = today.year - years
    try:
        return today.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def cases_past_term(session: Session, actor: Actor) -> list[CaseAtRest]:
    """Cases at rest for longer than the term that still hold personal data, the oldest first.

    Cases closed to the actor are left out.
    """
    require(actor, LEAD, "cases_past_term")
    rows = session.all(
        f"SELECT * FROM (SELECT c.id AS case_id, c.number, {_LAST_ON} AS last_on, "
        f"{_HELD} AS people, {_NOTES} AS notes, {_COURTS} AS courts, c.label FROM cases c "
        f"WHERE NOT c.deleted AND {OPEN_TO_READER.format(case='c.id')}) "
        "WHERE last_on < :began AND (people OR notes OR courts OR label IS NOT NULL) "
        "ORDER BY last_on, number",
        {
            "began": term_began(session.clock.today(), keep_rule(session, actor).years).isoformat(),
            "reader": actor.account_id,
        },
    )
    return [
        CaseAtRest(
            row["case_id"],
            row["number"],
            date.fromisoformat(row["last_on"]),
            row["people"],
            row["notes"],
        )
        for row in rows
    ]


@use_case(LEAD, CASE)
def depersonalise_by_term(
    session: Session, actor: Actor, *, case_ids: Collection[str]
) -> Depersonalised:
    """Take names, contacts, court numbers, labels and notes out of cases whose term is over.

    Sex, birth year, category, visits and outcomes stay: they are counted and name nobody.

    Args:
        case_ids: of `cases_past_term`.

    Raises:
        KnownError: ``field_required`` without a case, ``case_within_term``.
    """
    if not case_ids:
        raise KnownError("field_required", field="case_ids")
    over = {one.case_id: one for one in cases_past_term(session, actor)}
    if not set(case_ids) <= over.keys():
        raise KnownError("case_within_term")
    people = notes = 0
    for case_id in case_ids:
        for person in store.find(session, Participant, "case_id = :case", {"case": case_id}):
            if person.role != "child":
                forget(session, actor.account_id, person.id, "term", with_case=True)
        notes += forget_notes(session, actor.account_id, case_id)
        people += over[case_id].people
        write_entry(
            session, actor.account_id, "case_depersonalised", table=Case.table, record_id=case_id
        )
    until = backups_until(session.clock.today())
    today = session.clock.today().isoformat()
    session.execute(
        "INSERT INTO personal_acts (id, kind, people, asked_on, written_by, done_at, done_by, "
        "backups_until) VALUES (?, 'term', ?, ?, ?, ?, ?, ?)",
        (
            new_id(),
            people,
            today,
            actor.account_id,
            session.now(),
            actor.account_id,
            until.isoformat(),
        ),
    )
    session.changed |= {"personal_acts", "notes"}
    return Depersonalised(len(case_ids), people, notes, until)
