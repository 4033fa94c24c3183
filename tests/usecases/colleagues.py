"""People with accounts of their own beside the lead of a test's desk."""

import os
from dataclasses import replace

from pravo_desktop.usecases import accounts, notes
from pravo_desktop.usecases.actor import Actor
from tests.usecases.factories import Desk


def a_colleague(desk: Desk, name: str, *roles: str, profession: str | None = None) -> Actor:
    """Somebody of this desk with an account, and a post where a profession is named."""
    staff_id = desk.specialist(profession) if profession else None
    account_id = accounts.add_account(
        desk.session,
        desk.actor,
        name=name,
        roles=roles or (profession or "lawyer",),
        staff_id=staff_id,
    )
    return replace(
        accounts.actor_of(desk.session, account_id),
        note_key=notes.open_own_key(desk.session, account_id, os.urandom(32)),
    )
