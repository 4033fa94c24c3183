"""Drafts: what was typed into a form and not saved yet, seen by its author alone.

A draft is no record: it is written to the encrypted database while somebody types, and the history
tells of the record that comes of it, not of each pause.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from db.session import Session
from pravo_desktop.domain.versions import new_id
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.actor import EVERYBODY, Actor, require, use_case

LONGEST_DRAFT = 100_000


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

    Raises:
        KnownError: ``text_too_long``.
    """
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    if len(text) > LONGEST_DRAFT:
        raise KnownError("text_too_long", field="draft", maximum=LONGEST_DRAFT)
    known = session.value(
        "SELECT id FROM drafts WHERE account_id = ? AND form = ? AND record_id IS ?",
        (actor.account_id, form, record_id),
    )
    draft_id = str(known or new_id())
    session.execute(
        "INSERT INTO drafts (id, account_id, form, record_id, saved_at, content) "
        "VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET saved_at = excluded.saved_at, content = excluded.content",
        (draft_id, actor.account_id, form, record_id, session.now(), text),
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
    """The actor's own drafts, the latest first."""
    require(actor, EVERYBODY, "my_drafts")
    rows = session.all(
        "SELECT * FROM drafts WHERE account_id = ? ORDER BY saved_at DESC, id", (actor.account_id,)
    )
    return [
        Draft(row["id"], row["form"], row["record_id"], row["saved_at"], json.loads(row["content"]))
        for row in rows
    ]
