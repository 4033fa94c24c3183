"""Joining a case that was entered twice: what moves, what differs, and taking it back."""

import json
from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from typing import Any

from db import store
from db.audit import erase_values, write_entry
from db.session import Session
from pravo_desktop.domain.fields import fields_of, from_row, to_row
from pravo_desktop.domain.folding import fold
from pravo_desktop.domain.periods import Month
from pravo_desktop.domain.records import (
    BY_TABLE,
    RECORDS,
    Case,
    Cell,
    Consent,
    Consultation,
    Identity,
    Participant,
    Record,
)
from pravo_desktop.domain.validation import without_consent
from pravo_desktop.domain.versions import new_id
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.access import case_for
from pravo_desktop.usecases.actor import CASE, CENTRE, MONTH, Actor, Confirmed, require, use_case
from pravo_desktop.usecases.records import accounting_date, keep, remove

_CHILDREN: tuple[type[Record], ...] = tuple(
    record for record in RECORDS if any(spec.parent == Case.table for spec in fields_of(record))
)
_UNKNOWN = (None, "not_stated", False)
"""Values in whose place the other record's is taken."""


@dataclass(frozen=True)
class Difference:
    """A field of the case that both entries fill differently; the kept one stays."""

    field: str
    kept: Cell
    dissolved: Cell


@dataclass(frozen=True)
class JoinPreview:
    """What joining two cases will do.

    Args:
        moved: number of records that move, by table, of those that have any.
        same_people: pairs of participants who are likely one person: who stays, who goes.
        closed_months: months that change, as ``YYYY-MM``, and need the lead with a reason.
    """

    kept_number: str
    dissolved_number: str
    moved: tuple[tuple[str, int], ...]
    differences: tuple[Difference, ...]
    same_people: tuple[tuple[str, str], ...]
    closed_months: tuple[str, ...]


@dataclass(frozen=True)
class JoinedCase:
    """A join that was made and can be taken back."""

    join_id: str
    kept: str
    dissolved_number: str
    at: str


def preview_join(session: Session, actor: Actor, *, kept_id: str, dissolved_id: str) -> JoinPreview:
    """What joining would do, without doing it.

    Raises:
        KnownError: ``join_same_case``, ``case_restricted``, ``join_access_differs``,
            ``record_not_found``.
    """
    require(actor, CENTRE, "preview_join")
    kept, dissolved = _both(session, actor, kept_id, dissolved_id)
    children = _children(session, dissolved_id)
    counts = {record.table: 0 for record in _CHILDREN}
    for child in children:
        counts[child.table] += 1
    rows = to_row(kept), to_row(dissolved)
    days = {accounting_date(session, record) for record in (dissolved, *children)}
    months = {str(Month.of(day)) for day in days if day}
    closed = {row["month"] for row in session.all("SELECT month FROM closed_months")}
    return JoinPreview(
        kept_number=kept.number,
        dissolved_number=dissolved.number,
        moved=tuple((table, count) for table, count in counts.items() if count),
        differences=tuple(
            Difference(name, rows[0][name], rows[1][name])
            for name in rows[0]
            if name not in {"id", "number"} and rows[0][name] != rows[1][name]
        ),
        same_people=_same_people(session, kept_id, dissolved_id),
        closed_months=tuple(sorted(months & closed)),
    )


def _both(session: Session, actor: Actor, kept_id: str, dissolved_id: str) -> tuple[Case, Case]:
    if kept_id == dissolved_id:
        raise KnownError("join_same_case")
    cases = case_for(session, actor, kept_id), case_for(session, actor, dissolved_id)
    lists = [
        session.all("SELECT account_id FROM case_access WHERE case_id = ? ORDER BY 1", (one.id,))
        for one in cases
    ]
    if lists[0] != lists[1]:
        raise KnownError("join_access_differs")
    return cases


def _children(session: Session, case_id: str) -> list[Record]:
    return [
        child
        for record in _CHILDREN
        for child in store.find(session, record, "case_id = :case", {"case": case_id})
    ]


def _same_people(session: Session, kept_id: str, dissolved_id: str) -> tuple[tuple[str, str], ...]:
    """People of both cases with one IIN, one phone, or one name where births do not differ."""
    people = {
        case_id: [
            (person, _identity(session, person.id))
            for person in store.find(session, Participant, "case_id = :case", {"case": case_id})
            if person.role != "child"
        ]
        for case_id in (kept_id, dissolved_id)
    }
    pairs: list[tuple[str, str]] = []
    for person, identity in people[dissolved_id]:
        for known, known_identity in people[kept_id]:
            taken = {stays for stays, _ in pairs}
            if known.id not in taken and _alike(identity, known_identity):
                pairs.append((known.id, person.id))
                break
    return tuple(pairs)


def _identity(session: Session, participant_id: str) -> Identity | None:
    return next(iter(store.find(session, Identity, "id = :id", {"id": participant_id})), None)


def _alike(one: Identity | None, other: Identity | None) -> bool:
    if one is None or other is None:
        return False
    if one.iin and other.iin:
        return one.iin == other.iin
    if one.phone and one.phone == other.phone:
        return True
    names = [(fold(who.surname or ""), fold(who.given_name or "")) for who in (one, other)]
    births = {one.birth_date, other.birth_date} - {None}
    return names[0] == names[1] and all(names[0]) and len(births) < 2


@use_case(CENTRE, CASE, MONTH)
def join_cases(
    session: Session,
    actor: Actor,
    *,
    kept_id: str,
    dissolved_id: str,
    same_people: tuple[tuple[str, str], ...] = (),
    confirmed: Confirmed | None = None,
) -> str:
    """Join a case that was entered twice into the other; returns the id of the join.

    Every record moves as a new version, so it travels with the next package or as an amendment.
    Consultations of one specialist on one day both stay: they are counted once. The dissolved
    case's number still finds the kept one.

    Args:
        same_people: pairs of participants who are one person, of either case: who stays, who goes.
            What is unknown of the first is taken from the second.

    Raises:
        KnownError: ``join_same_case``, ``case_restricted``, ``join_access_differs``,
            ``join_person_not_of_cases``, ``confirmation_needed`` or ``month_closed`` in a closed
            month.
    """
    _both(session, actor, kept_id, dissolved_id)
    moves = _Moves(session, actor, confirmed)
    for child in _children(session, dissolved_id):
        moves.change(child, case_id=kept_id)
    for stays, goes in same_people:
        moves.merge_people(kept_id, stays, goes)
    moves.withdraw(store.get(session, Case, dissolved_id))
    papers = session.all("SELECT number FROM issued_papers WHERE case_id = ?", (dissolved_id,))
    session.execute(
        "UPDATE issued_papers SET case_id = ? WHERE case_id = ?", (kept_id, dissolved_id)
    )
    moved = {
        "records": moves.done,
        "pairs": same_people,
        "papers": [row["number"] for row in papers],
    }
    join_id = new_id()
    session.execute(
        "INSERT INTO joined_cases VALUES (?, ?, ?, ?, ?, ?, NULL)",
        (join_id, kept_id, dissolved_id, json.dumps(moved), session.now(), actor.account_id),
    )
    write_entry(session, actor.account_id, "cases_joined", table=Case.table, record_id=kept_id)
    session.changed.add("joined_cases")
    session.stale_cases |= {kept_id, dissolved_id}
    return join_id


class _Moves:
    """The changes of one join, each remembered by the fields it had before; never by names.

    What is filled into an identity was nothing before, so no personal value is remembered.
    """

    def __init__(self, session: Session, actor: Actor, confirmed: Confirmed | None) -> None:
        self._session, self._actor, self._confirmed = session, actor, confirmed
        self.done: list[dict[str, Any]] = []

    def change(self, record: Record, **changes: Any) -> None:
        if changes:
            before = to_row(record)
            new = replace(record, **changes)
            keep(self._session, self._actor, new, (), self._confirmed, moves=True)
            self._remember(record, {name: before[name] for name in changes})

    def add(self, record: Record) -> None:
        keep(self._session, self._actor, record, (), self._confirmed)
        self.done.append({"table": record.table, "id": record.id, "added": True})

    def withdraw(self, record: Record) -> None:
        remove(self._session, self._actor, type(record), record.id, self._confirmed)
        self._remember(record, None)

    def _remember(self, record: Record, before: dict[str, Cell] | None) -> None:
        self.done.append({"table": record.table, "id": record.id, "before": before})

    def merge_people(self, case_id: str, stays: str, goes: str) -> None:
        session = self._session
        found = store.records_by_id(session, Participant, (stays, goes))
        if len({one.id for one in found if one.case_id == case_id}) != 2:
            raise KnownError("join_person_not_of_cases")
        kept, gone = found
        for visit in store.find(session, Consultation, "case_id = :case", {"case": case_id}):
            if goes in visit.attendees:
                ids = dict.fromkeys(stays if one == goes else one for one in visit.attendees)
                self.change(visit, attendees=tuple(ids))
        name, other = _identity(session, stays), _identity(session, goes)
        if _consent(session, stays) == "not_asked" and _consent(session, goes) == "given":
            given = _consents(session, goes)[-1]
            self.add(replace(given, id=new_id(), participant_id=stays))
        consented = _consent(session, stays) == "given"
        self.change(kept, **_filled(kept, gone if consented else without_consent(gone)))
        if other is not None and _consent(session, stays) == "given":
            if name is None:
                self.add(replace(other, id=stays))
            else:
                self.change(name, **_filled(name, other))
        if other is not None:
            self.withdraw(other)
        for consent in _consents(session, goes):
            self.withdraw(consent)
        self.withdraw(gone)


def _consents(session: Session, participant_id: str) -> list[Consent]:
    """A person's consents, the one in force last."""
    return store.find(
        session, Consent, "participant_id = :id", {"id": participant_id}, order="change, id"
    )


def _consent(session: Session, participant_id: str) -> str:
    """The state of a person's consent."""
    found = _consents(session, participant_id)
    return found[-1].state if found else "not_asked"


def _filled(record: Record, other: Record) -> dict[str, Any]:
    """What the other record knows and this one does not."""
    return {
        item.name: getattr(other, item.name)
        for item in fields(record)
        if getattr(record, item.name) in _UNKNOWN and getattr(other, item.name) not in _UNKNOWN
    }


@use_case(CENTRE, CASE, MONTH)
def undo_join(
    session: Session, actor: Actor, *, join_id: str, confirmed: Confirmed | None = None
) -> None:
    """Make two cases of a joined one again; what was entered since stays with the kept case.

    A visit since then to which only people of the other case came goes back with them; at other
    visits they are no longer among those who came.

    Raises:
        KnownError: ``join_not_found``, ``join_not_last`` when the kept case was itself joined into
            another since, ``case_restricted``, ``confirmation_needed`` or ``month_closed``.
    """
    join = session.one("SELECT * FROM joined_cases WHERE id = ? AND undone_at IS NULL", (join_id,))
    if join is None:
        raise KnownError("join_not_found")
    later = session.value(
        "SELECT 1 FROM joined_cases WHERE undone_at IS NULL AND rowid > "
        "(SELECT rowid FROM joined_cases WHERE id = ?) AND (kept = ? OR dissolved = ?)",
        (join_id, join["kept"], join["kept"]),
    )
    if later:
        raise KnownError("join_not_last")
    case_for(session, actor, join["kept"])
    moved = json.loads(join["moved"])
    forgotten = {
        goes
        for stays, goes in moved["pairs"]
        if _consent(session, stays) in {"refused", "withdrawn"}
    }
    for step in reversed(moved["records"]):
        _take_back(session, actor, step, forgotten, confirmed)
    _part_visits(session, actor, join["kept"], join["dissolved"], confirmed)
    for number in moved["papers"]:
        session.execute(
            "UPDATE issued_papers SET case_id = ? WHERE number = ?", (join["dissolved"], number)
        )
    # Who was let in, or kept out, since the join is so with both cases.
    session.execute("DELETE FROM case_access WHERE case_id = ?", (join["dissolved"],))
    session.execute(
        "INSERT INTO case_access SELECT ?, account_id FROM case_access WHERE case_id = ?",
        (join["dissolved"], join["kept"]),
    )
    session.execute("UPDATE joined_cases SET undone_at = ? WHERE id = ?", (session.now(), join_id))
    write_entry(session, actor.account_id, "join_undone", table=Case.table, record_id=join["kept"])
    session.changed.add("joined_cases")
    session.stale_cases |= {join["kept"], join["dissolved"]}


def _take_back(
    session: Session,
    actor: Actor,
    step: dict[str, Any],
    forgotten: Collection[str],
    confirmed: Confirmed | None,
) -> None:
    kind = BY_TABLE[step["table"]]
    row = session.one(f"SELECT * FROM {kind.table} WHERE id = ?", (step["id"],))
    if row is None:
        return
    if step.get("added"):
        if not row["deleted"]:
            if kind is Identity:
                keep(session, actor, Identity(id=step["id"]))
                erase_values(session, kind.table, step["id"])
            remove(session, actor, kind, step["id"], confirmed)
    elif step["before"] is None:
        # Names that were forgotten since, on the person's wish, do not come back.
        if row.get("participant_id", row["id"]) not in forgotten or kind is Participant:
            keep(session, actor, from_row(kind, row), (), confirmed)
    elif not row["deleted"]:
        keep(session, actor, from_row(kind, row | step["before"]), (), confirmed, moves=True)


def _part_visits(
    session: Session, actor: Actor, kept_id: str, dissolved_id: str, confirmed: Confirmed | None
) -> None:
    """Let nobody be left at a visit of a case that they are no longer of."""
    people = store.find(session, Participant, "case_id = :case", {"case": dissolved_id})
    gone = {person.id for person in people}
    for visit in store.find(session, Consultation, "case_id = :case", {"case": kept_id}):
        stay = tuple(one for one in visit.attendees if one not in gone)
        if stay != visit.attendees:
            new = replace(visit, attendees=stay) if stay else replace(visit, case_id=dissolved_id)
            keep(session, actor, new, (), confirmed, moves=True)


def joins_of_case(session: Session, actor: Actor, case_id: str) -> list[JoinedCase]:
    """The joins by which a case grew and that were not taken back, the latest first."""
    require(actor, CENTRE, "joins_of_case")
    case_for(session, actor, case_id)
    rows = session.all(
        "SELECT j.id, j.kept, c.number, j.at FROM joined_cases j "
        "JOIN cases c ON c.id = j.dissolved "
        "WHERE j.kept = ? AND j.undone_at IS NULL ORDER BY j.rowid DESC",
        (case_id,),
    )
    return [JoinedCase(row["id"], row["kept"], row["number"], row["at"]) for row in rows]


def twins_of(session: Session, participant_id: str) -> list[str]:
    """Ids of participants who were joined into this one: the same person, entered twice."""
    rows = session.all(
        "SELECT json_extract(p.value, '$[1]') AS id FROM joined_cases j, "
        "json_each(j.moved, '$.pairs') p WHERE json_extract(p.value, '$[0]') = ?",
        (participant_id,),
    )
    return [row["id"] for row in rows]
