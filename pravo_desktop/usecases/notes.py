"""Specialists' notes: sealed to their author, handed over by the author's act, or destroyed."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from db import store
from db.audit import write_entry
from db.session import Session
from pravo_desktop.domain.records import LONGEST_REASON, NOTE_LENGTH, Note
from pravo_desktop.domain.text import normalise_text
from pravo_desktop.errors import KnownError
from pravo_desktop.security.notes import NoteKey, seal_text
from pravo_desktop.usecases.actor import EVERYBODY, Actor, require, use_case
from pravo_desktop.usecases.records import keep

NOTE = "note"
"""What a note's text is sealed for, with the note's id."""


@dataclass(frozen=True)
class NoteLine:
    """A note as one person may see it.

    Args:
        author: the author's login name.
        own: whether the author is who asks.
        text: of an own note that could be opened.
    """

    author: str
    own: bool
    text: str | None


@dataclass(frozen=True)
class Colleague:
    """An account that notes can be handed over to."""

    account_id: str
    name: str


@dataclass(frozen=True)
class NotesState:
    """What becomes of the actor's own notes.

    Args:
        number: how many living notes the actor has.
        locked: the password was set by somebody else since; the own sheet opens them.
        has_sheet: whether an own sheet was made.
        colleagues: who the notes could be handed over to.
    """

    number: int
    locked: bool
    has_sheet: bool
    colleagues: tuple[Colleague, ...]


def open_own_key(session: Session, account_id: str, wrap_key: bytes) -> NoteKey | None:
    """The account's key, made now if there is none yet; None while it is locked.

    It is made when its owner signs in, so that nobody else's program ever holds it. A locked one
    is replaced when there is neither a note nor a sheet; drafts, which nothing opens then, go.
    """
    row = session.one("SELECT * FROM accounts WHERE id = ?", (account_id,))
    assert row is not None
    if row["locked_note_key"] is not None:
        with suppress(KnownError):
            return NoteKey.unlock(row["locked_note_key"], wrap_key, account_id)
    if row["note_sheet"] is not None or notes_left(session, account_id):
        return None
    with session.transaction():
        session.execute("DELETE FROM drafts WHERE account_id = ?", (account_id,))
        return _new_key(session, account_id, wrap_key)


def _new_key(session: Session, account_id: str, wrap_key: bytes) -> NoteKey:
    key = NoteKey.create()
    session.execute(
        "UPDATE accounts SET note_key = ?, locked_note_key = ?, note_sheet = NULL WHERE id = ?",
        (key.public, key.lock(wrap_key, account_id), account_id),
    )
    write_entry(session, account_id, "note_key_made", record_id=account_id)
    return key


def public_key(session: Session, actor: Actor, account_id: str) -> bytes | None:
    """The key that texts for an account are sealed to; None where its owner never signed in."""
    if account_id == actor.account_id and actor.note_key is not None:
        return actor.note_key.public
    found = session.value("SELECT note_key FROM accounts WHERE id = ?", (account_id,))
    return found if isinstance(found, bytes) else None


def seal_for_actor(session: Session, actor: Actor, text: str, purpose: str, record_id: str) -> str:
    """Seal a text that the actor alone opens again.

    Raises:
        KnownError: ``notes_without_key``.
    """
    public = public_key(session, actor, actor.account_id)
    if public is None:
        raise KnownError("notes_without_key")
    return seal_text(public, text, purpose, record_id)


def keep_note(
    session: Session, actor: Actor, consultation_id: str, text: str, author: str | None = None
) -> None:
    """Keep a note on a consultation, or take the actor's away when the text is empty.

    For use cases that have a transaction and checked the right.

    Args:
        author: account id of somebody else whose note it is, as in an import.

    Raises:
        KnownError: ``not_allowed`` for a note of somebody else; ``notes_locked`` for an own one
            that cannot be read now; ``notes_without_key``, ``text_too_long``.
    """
    author = author or actor.account_id
    text = normalise_text(text)
    known = next(iter(store.find(session, Note, "id = :id", {"id": consultation_id})), None)
    if known is not None and known.author != author:
        if text:
            raise KnownError("not_allowed", action="change_consultation", roles=["author"])
        return
    if known is not None and actor.note_key is None:
        raise KnownError("notes_locked")
    if not text:
        if known is not None:
            _erase(session, actor, [known.id])
        return
    if len(text) > NOTE_LENGTH:
        raise KnownError("text_too_long", field="note", maximum=NOTE_LENGTH)
    if known is not None and author == actor.account_id and _text(actor, known) == text:
        return
    public = public_key(session, actor, author)
    if public is None:
        raise KnownError("notes_without_key")
    sealed = seal_text(public, text, NOTE, consultation_id)
    keep(session, actor, Note(id=consultation_id, author=author, sealed=sealed))


def notes_of_case(session: Session, actor: Actor, case_id: str) -> Mapping[str, NoteLine]:
    """The notes of a case that the caller may open, by consultation."""
    found = store.find(
        session,
        Note,
        "id IN (SELECT id FROM consultations WHERE case_id = :case)",
        {"case": case_id},
    )
    names = {row["id"]: row["name"] for row in session.all("SELECT id, name FROM accounts")}
    return {
        note.id: NoteLine(
            names.get(note.author, ""),
            note.author == actor.account_id,
            _text(actor, note) if note.author == actor.account_id else None,
        )
        for note in found
    }


def _text(actor: Actor, note: Note) -> str | None:
    if actor.note_key is None:
        return None
    try:
        return actor.note_key.open(note.sealed, NOTE, note.id)
    except KnownError:
        return None


def notes_left(session: Session, account_id: str) -> int:
    """How many living notes an account has."""
    return int(
        session.value("SELECT count(*) FROM notes WHERE author = ? AND NOT deleted", (account_id,))
    )


def notes_state(session: Session, actor: Actor) -> NotesState:
    """What the actor may do with the own notes."""
    require(actor, EVERYBODY, "notes_state")
    sheet = session.value("SELECT note_sheet FROM accounts WHERE id = ?", (actor.account_id,))
    colleagues = session.all(
        "SELECT id, name FROM accounts WHERE id <> ? AND closed_at IS NULL "
        "AND note_key IS NOT NULL ORDER BY name",
        (actor.account_id,),
    )
    return NotesState(
        number=notes_left(session, actor.account_id),
        locked=actor.note_key is None,
        has_sheet=sheet is not None,
        colleagues=tuple(Colleague(row["id"], row["name"]) for row in colleagues),
    )


@use_case(EVERYBODY)
def hand_over_notes(session: Session, actor: Actor, *, to_account: str) -> int:
    """Seal all own notes to a colleague, whose they then are; returns how many.

    Raises:
        KnownError: ``account_unknown`` for a closed account, one's own, or one whose owner never
            signed in; ``notes_locked``, ``note_unreadable``.
    """
    open_there = session.value(
        "SELECT 1 FROM accounts WHERE id = ? AND closed_at IS NULL", (to_account,)
    )
    public = public_key(session, actor, to_account)
    if to_account == actor.account_id or not open_there or public is None:
        raise KnownError("account_unknown", name=to_account, field="to_account")
    if actor.note_key is None:
        raise KnownError("notes_locked")
    own = store.find(session, Note, "author = :author", {"author": actor.account_id})
    for note in own:
        text = actor.note_key.open(note.sealed, NOTE, note.id)
        sealed = seal_text(public, text, NOTE, note.id)
        # Without the check of access: handing over tells nothing of a restricted case.
        store.save(session, actor.account_id, replace(note, author=to_account, sealed=sealed))
    write_entry(
        session,
        actor.account_id,
        "notes_handed_over",
        record_id=to_account,
        content={"number": len(own)},
    )
    return len(own)


@use_case(EVERYBODY)
def destroy_notes(session: Session, actor: Actor, *, reason: str) -> int:
    """Destroy all own notes and drafts, which nobody can open any more; returns how many notes.

    For who lost both the password and the own sheet. The window calls
    `bootstrap.Workplace.destroy_notes`, which gives the actor a new key.

    Raises:
        KnownError: ``field_required``, ``text_too_long``.
    """
    session.execute("DELETE FROM drafts WHERE account_id = ?", (actor.account_id,))
    session.changed.add("drafts")
    return erase_notes_of(session, actor, actor.account_id, reason)


def erase_notes_of(session: Session, actor: Actor, account_id: str, reason: str) -> int:
    """Destroy the notes of an account and what opens them; the reason stays in the history.

    For use cases that have a transaction and checked the right.

    Raises:
        KnownError: ``field_required``, ``text_too_long``.
    """
    reason = reason.strip()
    if not reason:
        raise KnownError("field_required", field="reason")
    if len(reason) > LONGEST_REASON:
        raise KnownError("text_too_long", field="reason", maximum=LONGEST_REASON)
    rows = session.all("SELECT id FROM notes WHERE author = ? ORDER BY id", (account_id,))
    _erase(session, actor, [row["id"] for row in rows])
    forget_key(session, account_id)
    write_entry(
        session,
        actor.account_id,
        "notes_destroyed",
        record_id=account_id,
        content={"number": len(rows), "reason": reason},
    )
    return len(rows)


def forget_key(session: Session, account_id: str) -> None:
    """Take an account's key for notes away; a new one is made when its owner signs in."""
    session.execute(
        "UPDATE accounts SET note_key = NULL, locked_note_key = NULL, note_sheet = NULL "
        "WHERE id = ?",
        (account_id,),
    )


def _erase(session: Session, actor: Actor, notes: list[str]) -> None:
    """Take notes away for good; that there were some stays in the history."""
    for note in notes:
        session.execute("DELETE FROM notes WHERE id = ?", (note,))
        write_entry(session, actor.account_id, "deleted", table=Note.table, record_id=note)
    if notes:
        session.changed.add(Note.table)


def keep_sheet(session: Session, actor: Actor, kept: str) -> None:
    """Keep what the actor's own sheet opens, in the present transaction."""
    session.execute("UPDATE accounts SET note_sheet = ? WHERE id = ?", (kept, actor.account_id))
    write_entry(session, actor.account_id, "note_sheet_issued", record_id=actor.account_id)
    session.changed.add("accounts")


def open_with_sheet(session: Session, actor: Actor, code: str, wrap_key: bytes) -> NoteKey:
    """Open the actor's notes with the own sheet and lock them under the present password.

    The sheet opens nothing afterwards: the caller issues another, in the same transaction.

    Raises:
        KnownError: ``notes_without_sheet``, ``recovery_code_mistyped``, ``recovery_code_wrong``.
    """
    kept = session.value("SELECT note_sheet FROM accounts WHERE id = ?", (actor.account_id,))
    if kept is None:
        raise KnownError("notes_without_sheet")
    key = NoteKey.open_sheet(kept, code, actor.account_id)
    session.execute(
        "UPDATE accounts SET locked_note_key = ? WHERE id = ?",
        (key.lock(wrap_key, actor.account_id), actor.account_id),
    )
    write_entry(session, actor.account_id, "notes_unlocked", record_id=actor.account_id)
    session.changed.add("accounts")
    return key
