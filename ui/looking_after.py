"""Looks after the data folder beside the work, and warns of what a person has to mend."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pravo_desktop.usecases.keys import KeyTerms
    from pravo_desktop.usecases.queries import WorkplaceFacts
    from ui.app import Window


def look_after(window: Window, facts: WorkplaceFacts, mend: Callable[[], object]) -> None:
    """Beside the work: make search quick; look at the database, the clock and the keys.

    Args:
        facts: of the data folder that was opened.
        mend: what a person chooses where the database is damaged.
    """
    from pravo_desktop.usecases.keys import keys_ending
    from pravo_desktop.usecases.queries import read_cases_ahead
    from pravo_desktop.usecases.upkeep import clock_behind, damaged

    if facts.workplace == "centre":
        window.runner.beside(
            window,
            lambda workplace, session: read_cases_ahead(session, workplace.actor),
            lambda _: None,
            rests=False,
        )
    window.runner.beside(
        window,
        lambda workplace, session: (
            damaged(session, workplace.actor),
            clock_behind(session, workplace.actor),
            keys_ending(session, workplace.actor),
        ),
        lambda found: _warn(window, mend, *found),
    )


def _warn(
    window: Window,
    mend: Callable[[], object],
    is_damaged: bool,
    least: str | None,
    keys: KeyTerms,
) -> None:
    from datetime import datetime

    from ui.forms.key_forms import ending_text

    t, shell = window.translator, window.shell
    if shell is None:
        return
    if is_damaged:
        shell.warn(
            t.text(
                "The database is damaged. Restore the newest backup, or save what can be "
                "read: what is here is kept aside."
            ),
            t.text("Mend it…"),
            mend,
        )
    elif least is not None:
        shell.warn(
            t.text(
                "The clock of this computer is behind: it should show at least {moment}. Set "
                "it right before you record anything; nothing is signed until then.",
                moment=t.moment(datetime.fromisoformat(least).astimezone()),
            ),
            t.text("&Lock"),
            window.lock,
        )
    elif ending := ending_text(t, keys, shell.desk.clock.now()):
        shell.warn(ending, t.text("Settings"), lambda: shell.go("settings"))
