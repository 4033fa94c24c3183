"""Drafts: what was typed into a form and not saved yet, seen by its author alone.

A draft is no record: it is written, sealed to its author, while somebody types, and the history
tells of the record that comes of it, not of each pause.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from db.session import Session
from pravo_desktop.domain.versions import new_id
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.actor import EVERYBODY, Actor, require, use_case
from pravo_desktop.usecases.notes import seal_for_actor

LONGEST_DRAFT = 100_000

_DRAFT = "draft"
"""What a draft is sealed for, with its id."""


@dataclass(frozen=True)
class Draft:
    """A form that was left unsaved.

    Args:
        form: which form, a key of the window.
        record_id: the record it changes, or the case it adds to; None for something new.
        saved_at: ISO 8601 in UTC.
        content: what the form holds.
    """

    draft_id: str
    form: str
    record_id: str | None
    saved_at: str
    content: Mapping[str, Any]


@use_case(EVERYBODY)
def save_draft(
    session: Session,
    actor: Actor,
    *,
    form: str,
    content: Mapping[str, Any],
    record_id: str | None = None,
) -> str:
    """Keep what a form holds; returns the draft's id.

    There is one for each account, form and record: a later one takes its place.

    It is sealed to its author, since a form may hold a note.

    Raises:
        KnownError: ``text_too_long``, ``notes_without_key``.
    """
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    if len(text) > LONGEST_DRAFT:
        raise KnownError("text_too_long", field="draft", maximum=LONGEST_DRAFT)
    known = session.value(
        "SELECT id FROM drafts WHERE account_id = ? AND form = ? AND record_id IS ?",
        (actor.account_id, form, record_id),
    )
    draft_id = str(known or new_id())
    sealed = seal_for_actor(session, actor, text, _DRAFT, draft_id)
    session.execute(
        "INSERT INTO drafts (id, account_id, form, record_id, saved_at, sealed) "
        "VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET saved_at = excluded.saved_at, sealed = excluded.sealed",
        (draft_id, actor.account_id, form, record_id, session.now(), sealed),
    )
    session.changed.add("drafts")
    return draft_id


@use_case(EVERYBODY)
def discard_draft(session: Session, actor: Actor, *, draft_id: str) -> None:
    """Throw an own draft away, because it was saved as a record or is not wanted.

    Raises:
        KnownError: ``draft_not_found``, also for somebody else's.
    """
    if not session.execute(
        "DELETE FROM drafts WHERE id = ? AND account_id = ?", (draft_id, actor.account_id)
    ):
        raise KnownError("draft_not_found")
    session.changed.add("drafts")


def my_drafts(session: Session, actor: Actor) -> list[Draft]:
    """The actor's own drafts, the latest first; none while their key is locked."""
    require(actor, EVERYBODY, "my_drafts")
    key = actor.note_key
    rows = session.all(
        "SELECT * FROM drafts WHERE account_id = ? ORDER BY saved_at DESC, id", (actor.account_id,)
    )
    drafts: list[Draft] = []
    if key is None:
        return drafts
    for row in rows:
        with suppress(KnownError):  # sealed to a key that was destroyed since
            content = json.loads(key.open(row["sealed"], _DRAFT, row["id"]))
            one = Draft(row["id"], row["form"], row["record_id"], row["saved_at"], content)
            drafts.append(one)
    return drafts
