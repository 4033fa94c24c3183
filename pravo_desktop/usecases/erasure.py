"""Forgetting a person: what is emptied, the erasure list, doing it again after a restore.

Role, sex and birth year stay, and with them the case, its consultations and every count.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from db import store
from db.audit import erase_values, seals_of, write_entry
from db.session import Session
from pravo_desktop.data_folder import ERASURE_LIST
from pravo_desktop.domain.fields import from_row
from pravo_desktop.domain.records import (
    Case,
    Claim,
    Consent,
    Consultation,
    CourtCase,
    Identity,
    Participant,
)
from pravo_desktop.domain.validation import NEEDS_CONSENT, without_consent
from pravo_desktop.domain.versions import new_id
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import N_, Translator
from pravo_desktop.security.seals import Seals
from pravo_desktop.usecases.actor import EVERYBODY, RESPONSIBLE, Actor, require, use_case
from pravo_desktop.usecases.amendments import forget_words
from pravo_desktop.usecases.file_writing import write_file
from pravo_desktop.usecases.joins import twins_of
from pravo_desktop.usecases.new_drafts import forget_new_drafts
from pravo_desktop.usecases.records import note_stale_case

FORMAT = 2
ACTS = ("withdrawal", "erasure", "term")
"""Why somebody was forgotten. After the term the category of the report stays, by law no longer
about a person; in the other cases it goes too."""

_SEALED = "erasures"
_NOTE_QUESTION = N_(
    "A person of this case is to be forgotten. Please take out of your note what names or "
    "describes them, or say that there is nothing of the kind."
)


@dataclass(frozen=True)
class Erasure:
    """A line of the erasure list.

    Args:
        act: one of `ACTS`.
        at: ISO 8601 in UTC; a consent given later than that is not touched.
    """

    participant_id: str
    act: str
    at: str


def forget(
    session: Session, account_id: str, participant_id: str, act: str, *, with_case: bool = False
) -> None:
    """Empty everything that is held of a person, and put them on the erasure list.

    The other spouse's data stay. The court's number and the label of the case go when nobody else
    of the case has given consent. Rights and closed months are checked by who calls.

    Args:
        act: one of `ACTS`.
        with_case: the others of the case are forgotten too.
    """
    person = store.get(session, Participant, participant_id)
    ids = (participant_id, *twins_of(session, participant_id))
    _empty(session, account_id, ids, act)
    _clear_traces(session, ids, person.case_id)
    forget_words(session, account_id, ids)
    if with_case or not _others_consent(session, person):
        _clear_case(session, account_id, person.case_id)
    note_stale_case(session, person)
    for one in ids:
        session.execute(
            "INSERT INTO erasures VALUES (?, ?, ?) "
            "ON CONFLICT (participant_id) DO UPDATE SET act = excluded.act, at = excluded.at",
            (one, act, session.now()),
        )
    write_erasure_list(session)


def _empty(session: Session, account_id: str, ids: Iterable[str], act: str) -> None:
    """Names and contacts, what needs consent, and what the history knew of both."""
    for one in ids:
        if session.value("SELECT 1 FROM identities WHERE id = ?", (one,)):
            store.save(session, account_id, Identity(id=one))
            store.delete(session, account_id, Identity, one)
        row = session.one("SELECT * FROM participants WHERE id = ?", (one,))
        assert row is not None
        kept = from_row(Participant, row)
        if act != "term" and kept != without_consent(kept):
            store.save(session, account_id, without_consent(kept))
            if row["deleted"]:
                store.delete(session, account_id, Participant, one)
        erase_values(session, Identity.table, one)
        erase_values(session, Participant.table, one)


def _clear_traces(session: Session, ids: tuple[str, ...], case_id: str) -> None:
    """Drafts, details of papers, reasons and questions that may tell of the person."""
    people = json.dumps(ids)
    theirs = "IN (SELECT value FROM json_each(?))"
    session.execute(
        "DELETE FROM drafts WHERE record_id = :case OR record_id IN "
        "(SELECT id FROM participants WHERE case_id = :case "
        "UNION SELECT id FROM claims WHERE case_id = :case "
        "UNION SELECT id FROM consultations WHERE case_id = :case)",
        {"case": case_id},
    )
    session.execute(
        f"UPDATE issued_papers SET details = '{{}}' WHERE participant_id {theirs}", [people]
    )
    session.execute(
        f"UPDATE confirmed_warnings SET reason = '—' WHERE record_id {theirs}", [people]
    )
    session.execute(
        "UPDATE questions SET text = '—', text_ru = NULL, answered_at = coalesce(answered_at, ?) "
        f"WHERE record_id {theirs}",
        (session.now(), people),
    )
    for join in session.all("SELECT id, moved FROM joined_cases"):
        moved = json.loads(join["moved"])
        for step in moved["records"]:
            if step["table"] == Participant.table and step["id"] in ids and step.get("before"):
                step["before"] = {k: v for k, v in step["before"].items() if k not in NEEDS_CONSENT}
        text = json.dumps(moved)
        if text != join["moved"]:
            session.execute("UPDATE joined_cases SET moved = ? WHERE id = ?", (text, join["id"]))
    session.changed |= {"drafts", "issued_papers", "questions"}


def _others_consent(session: Session, person: Participant) -> bool:
    """Whether another adult of the case has given consent."""
    return any(
        latest_consent(session, other.id) == "given"
        for other in store.find(session, Participant, "case_id = :case", {"case": person.case_id})
        if other.role != "child" and other.id != person.id
    )


def latest_consent(session: Session, participant_id: str) -> str:
    """The state of a person's consent, a key of ``consent_state``."""
    found = store.find(
        session,
        Consent,
        "participant_id = :id",
        {"id": participant_id},
        order="change DESC, id DESC",
    )
    return found[0].state if found else "not_asked"


def _clear_case(session: Session, account_id: str, case_id: str) -> None:
    """The court's numbers, the judges and the label, which now are about nobody else."""
    for claim in store.find(session, Claim, "case_id = :case", {"case": case_id}):
        if session.value("SELECT 1 FROM court_cases WHERE id = ?", (claim.id,)):
            store.save(session, account_id, CourtCase(id=claim.id))
            store.delete(session, account_id, CourtCase, claim.id)
        erase_values(session, CourtCase.table, claim.id)
    case = store.get(session, Case, case_id)
    if case.label:
        store.save(session, account_id, replace(case, label=None))
    erase_values(session, Case.table, case_id)


def ask_authors(session: Session, actor: Actor, case_id: str) -> int:
    """Ask the authors of the notes on a case to look through them; returns how many were asked.

    A note is its author's alone, so nobody else can take a name out of it.
    """
    noted = store.find(
        session,
        Consultation,
        "case_id = :case AND id IN (SELECT id FROM notes WHERE NOT deleted)",
        {"case": case_id},
    )
    kazakh, russian = (Translator(one).text(_NOTE_QUESTION) for one in ("kk", "ru"))
    for one in noted:
        session.execute(
            "INSERT INTO questions "
            "(id, table_name, record_id, text, text_ru, field, asked_by, asked_at) "
            "VALUES (?, ?, ?, ?, ?, 'note', ?, ?)",
            (
                new_id(),
                Consultation.table,
                one.id,
                kazakh,
                russian,
                actor.account_id,
                session.now(),
            ),
        )
    if noted:
        session.changed.add("questions")
    return len(noted)


def erasure_list(session: Session, actor: Actor) -> list[Erasure]:
    """Who was forgotten here, by id."""
    require(actor, EVERYBODY, "erasure_list")
    return _erasures(session)


def _erasures(session: Session) -> list[Erasure]:
    rows = session.all("SELECT * FROM erasures ORDER BY at, participant_id")
    return [Erasure(**row) for row in rows]


def write_erasure_list(session: Session) -> None:
    """Write the erasure list beside the database, so that a restored backup meets it.

    It is written before the transaction is committed: on a full drive nothing is forgotten
    rather than forgotten for a while.

    Raises:
        KnownError: as `file_writing.write_file`.
    """
    database = session.one("SELECT file FROM pragma_database_list WHERE name = 'main'")
    if database and database["file"]:
        path = Path(database["file"]).with_name(ERASURE_LIST)
        write_file(path, listed(_erasures(session), seals_of(session)))


def listed(entries: Iterable[Erasure], seals: Seals) -> bytes:
    """The erasure list as it is kept in a file, sealed."""
    lines = [
        {"participant_id": one.participant_id, "act": one.act, "at": one.at} for one in entries
    ]
    stored = {
        "format": FORMAT,
        "history": seals.name,
        "erasures": lines,
        "seal": seals.seal(_SEALED, _canonical(lines)),
    }
    return json.dumps(stored, indent=1).encode() + b"\n"


def _canonical(lines: object) -> bytes:
    return json.dumps(lines, sort_keys=True, separators=(",", ":")).encode()


def read_erasure_list(data: bytes, seals: Seals, file: str) -> list[Erasure] | None:
    """The erasure list from a file's content; None where it is of another station's history.

    Args:
        file: its name, for the message.

    Raises:
        KnownError: ``erasure_list_unreadable``; ``erasure_list_unsealed`` where it was not written
            with the key of this database: by an older version of the program, or by somebody else.
    """
    try:
        found = json.loads(data)
        if found["format"] == 1:
            raise KnownError("erasure_list_unsealed", file=file)
        if found["history"] != seals.name:
            return None
        lines = found["erasures"]
        entries = [Erasure(**line) for line in lines]
        known = found["format"] == FORMAT and all(
            one.act in ACTS and isinstance(one.participant_id, str) and isinstance(one.at, str)
            for one in entries
        )
        sealed = seals.fits(_SEALED, _canonical(lines), str(found["seal"]))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise KnownError("erasure_list_unreadable", file=file) from error
    if not known:
        raise KnownError("erasure_list_unreadable", file=file)
    if not sealed:
        raise KnownError("erasure_list_unsealed", file=file)
    return entries


@use_case(RESPONSIBLE)
def reapply_erasures(session: Session, actor: Actor, *, entries: tuple[Erasure, ...]) -> int:
    """Forget again, in a restored older backup, whoever was forgotten since it was made.

    A consent that the backup knows and that was given after an entry keeps its data. Months that
    are closed are changed all the same; the next package tells headquarters.

    Args:
        entries: from the list beside the replaced database, or beside newer backups.

    Returns:
        how many people were forgotten again.
    """
    known = {one.participant_id: one.at for one in _erasures(session)}
    forgotten = 0
    for entry in sorted(entries, key=lambda one: (one.at, one.participant_id)):
        if known.get(entry.participant_id, "") >= entry.at:
            continue
        session.execute(
            "INSERT OR REPLACE INTO erasures VALUES (?, ?, ?)",
            (entry.participant_id, entry.act, entry.at),
        )
        if not _held_since_before(session, entry):
            continue
        if entry.act != "term" and latest_consent(session, entry.participant_id) == "given":
            keep_withdrawal(session, actor.account_id, entry.participant_id)
        twins = twins_of(session, entry.participant_id)
        forget_new_drafts(session, actor, (entry.participant_id, *twins))
        ended = entry.act == "term"
        forget(session, actor.account_id, entry.participant_id, entry.act, with_case=ended)
        person = store.get(session, Participant, entry.participant_id)
        if entry.act == "term":
            forget_notes(session, actor.account_id, person.case_id)
        else:
            ask_authors(session, actor, person.case_id)
        session.execute(
            "UPDATE erasures SET at = ? WHERE participant_id = ?", (entry.at, entry.participant_id)
        )
        forgotten += 1
    write_erasure_list(session)
    write_entry(session, actor.account_id, "erasures_reapplied", content={"people": str(forgotten)})
    return forgotten


def _held_since_before(session: Session, entry: Erasure) -> bool:
    living = session.value(
        "SELECT 1 FROM participants WHERE id = ? AND NOT deleted", (entry.participant_id,)
    )
    given_later = session.value(
        "SELECT 1 FROM audit_entries e JOIN consents c ON c.id = e.record_id "
        "WHERE e.table_name = 'consents' AND e.action = 'added' AND c.participant_id = ? "
        "AND c.state = 'given' AND e.at > ?",
        (entry.participant_id, entry.at),
    )
    return bool(living) and not given_later


def keep_withdrawal(session: Session, account_id: str, participant_id: str) -> None:
    """Write down that a person's consent is withdrawn as of today."""
    store.save(
        session,
        account_id,
        Consent(
            id=new_id(),
            participant_id=participant_id,
            state="withdrawn",
            decided_on=session.clock.today(),
        ),
    )


def forget_notes(session: Session, account_id: str, case_id: str) -> int:
    """Destroy the notes on a case whose term is over; returns how many there were."""
    noted = session.all(
        "SELECT id FROM notes WHERE id IN (SELECT id FROM consultations WHERE case_id = ?)",
        (case_id,),
    )
    for row in noted:
        session.execute("DELETE FROM notes WHERE id = ?", (row["id"],))
        write_entry(session, account_id, "deleted", table="notes", record_id=row["id"])
    if noted:
        session.changed.add("notes")
    return len(noted)
