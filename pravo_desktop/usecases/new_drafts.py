"""Half-typed forms of something new that may hold a person: no record leads to them."""

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from db import store
from db.session import Session
from pravo_desktop.domain.folding import fold
from pravo_desktop.domain.records import Identity
from pravo_desktop.usecases.actor import CENTRE, Actor, require
from pravo_desktop.usecases.drafts import my_drafts

_PHONE_DIGITS = 10
"""The last digits of a phone, by which it is the same however its beginning is written."""


@dataclass(frozen=True)
class NewDrafts:
    """Drafts of something new, such as a case that was never saved.

    Args:
        holding: ids of the actor's own that hold the person: IIN or phone, or surname and given
            name together.
        unopened: how many there are that only others can open, by the account's name.
    """

    holding: tuple[str, ...]
    unopened: dict[str, int]


def new_drafts(session: Session, actor: Actor, participant_ids: Collection[str]) -> NewDrafts:
    """Look through the drafts that can be opened here; of the rest it is said that they exist.

    Each draft is sealed to its author, so that the program opens those of who signed in alone.

    Args:
        participant_ids: of one person, also in cases joined into one.
    """
    require(actor, CENTRE, "new_drafts")
    ids = json.dumps(list(participant_ids))
    known = store.find(session, Identity, "id IN (SELECT value FROM json_each(:ids))", {"ids": ids})
    mine = [one for one in my_drafts(session, actor) if one.record_id is None]
    rows = session.all(
        "SELECT d.id, a.name FROM drafts d JOIN accounts a ON a.id = d.account_id "
        "WHERE d.record_id IS NULL ORDER BY a.name"
    )
    opened = {one.draft_id for one in mine}
    unopened: dict[str, int] = {}
    for row in rows:
        if row["id"] not in opened:
            unopened[row["name"]] = unopened.get(row["name"], 0) + 1
    return NewDrafts(
        tuple(
            one.draft_id for one in mine if any(_holds(one.content, identity) for identity in known)
        ),
        unopened,
    )


def forget_new_drafts(session: Session, actor: Actor, participant_ids: Collection[str]) -> int:
    """Delete the actor's own drafts of something new that hold a person; returns how many."""
    found = new_drafts(session, actor, participant_ids).holding
    for draft_id in found:
        session.execute("DELETE FROM drafts WHERE id = ?", (draft_id,))
    if found:
        session.changed.add("drafts")
    return len(found)


def _holds(content: Any, person: Identity) -> bool:
    texts = list(_texts(content))
    digits = [re.sub(r"\D", "", text) for text in texts]
    words = {word for text in texts for word in re.findall(r"\w+", fold(text))}
    for number in (person.iin, (person.phone or "")[-_PHONE_DIGITS:]):
        if number and any(number in text for text in digits):
            return True
    names = [fold(name) for name in (person.surname, person.given_name) if name]
    return len(names) == 2 and words.issuperset(names)


def _texts(content: Any) -> Iterator[str]:
    """Every text in what a form holds."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for value in content.values():
            yield from _texts(value)
    elif isinstance(content, list | tuple):
        for value in content:
            yield from _texts(value)
