"""Who sits where while the program is killed, and what an act is."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from pravo_desktop.bootstrap import open_workplace
from pravo_desktop.clock import PracticeClock
from pravo_desktop.domain.records import RECORDS
from pravo_desktop.errors import KnownError
from tests.usecases.factories import PASSWORD, TODAY, Desk

TABLES = (
    *(record.table for record in RECORDS),
    *("drafts", "closed_months", "packages", "accounts", "received_packages", "journal_entries"),
    *("merged_cases", "merged_consultations", "merged_participants", "trusted_keys"),
)


@dataclass
class Place:
    """A home with a data folder, a stick and a second place for backups, and who sits there."""

    home: Path
    user: str = "lead"
    passwords: tuple[str, ...] = (PASSWORD,)
    opened_with: str = PASSWORD
    _desk: Desk | None = None

    @property
    def data(self) -> Path:
        return self.home / "Менің бумам"

    @property
    def stick(self) -> Path:
        return self.home / "stick"

    @property
    def second(self) -> Path:
        return self.home / "second"

    @property
    def desk(self) -> Desk:
        assert self._desk is not None
        return self._desk

    def open(self) -> Desk:
        """Sign in with the first of the passwords that opens."""
        for number, password in enumerate(self.passwords):
            # A kill while a password is tried counts as a failure, after some of which one waits.
            clock = PracticeClock(TODAY + timedelta(hours=number))
            try:
                workplace = open_workplace(
                    self.data, password=password, user=self.user, clock=clock
                )
            except KnownError as error:
                if error.code != "wrong_password" or number + 1 == len(self.passwords):
                    raise
                continue
            clock.set(TODAY)
            self.opened_with = password
            self.sit(Desk(workplace, workplace.session(), clock))
            break
        return self.desk

    def sit(self, desk: Desk) -> Desk:
        """Somebody sits here who has signed in already."""
        self._desk = desk
        return desk

    def leave(self) -> None:
        """Sign out; nothing where nobody has signed in."""
        if self._desk is not None:
            self._desk.leave()
            self._desk = None


Step = Callable[[Place], Any]


@dataclass(frozen=True)
class Act:
    """What somebody does while the program is killed.

    Args:
        prepare: makes the home once; each kill gets a copy.
        steps: each is acknowledged with what it returns; run again after a kill it goes on.
        verify: raises AssertionError where what was acknowledged is not there.
        state: what is there beside the numbers of rows.
        signed_in: the steps need somebody who has signed in.
        looked_at: the state before the first step can be looked at without taking it.
        passwords: one of them opens, whatever was done.
    """

    name: str
    prepare: Callable[[Place], None]
    steps: tuple[Step, ...]
    verify: Callable[[Place, list[Any]], None] = lambda place, done: None
    state: Callable[[Place], Any] = lambda place: None
    signed_in: bool = True
    looked_at: bool = True
    passwords: tuple[str, ...] = field(default=(PASSWORD,))


def observe(act: Act, place: Place) -> Any:
    """What an open folder holds, without ids: equal after the same steps of an act."""
    own = place.desk.session.installation
    counts = {table: place.desk.count(table) for table in TABLES}
    living = {record.table: place.desk.count(record.table, "NOT deleted") for record in RECORDS}
    found = [own.epoch, own.station_letter, counts, living, act.state(place)]
    return json.loads(json.dumps(found))
