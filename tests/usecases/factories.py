"""Desks in practice folders with valid defaults: real encrypted databases, real signed packages."""

import atexit
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from db.session import Session
from pravo_desktop.bootstrap import Workplace, create_workplace, open_workplace
from pravo_desktop.clock import PracticeClock
from pravo_desktop.domain.iin import iin_check_digit
from pravo_desktop.domain.versions import new_id
from pravo_desktop.security.notes import NoteKey
from pravo_desktop.usecases import cases, inbox, months, packages, replay, staff, trust
from pravo_desktop.usecases.actor import Actor
from pravo_desktop.usecases.cases import CaseOpened, ClaimForm, ConsultationForm
from pravo_desktop.usecases.decisions import Reception
from pravo_desktop.usecases.packages import ExportedPackage
from pravo_desktop.usecases.participants import ParticipantForm

PASSWORD = "correct horse 12"
MADE = datetime(2024, 1, 1, 9, 0)
TODAY = datetime(2024, 5, 20, 12, 0)

HUSBAND = ParticipantForm(role="husband", sex="male", birth_year=1990)
WIFE = ParticipantForm(role="wife", sex="female", birth_year=1992)
CHILD = ParticipantForm(role="child", birth_year=2015)
IIN = f"90031540001{iin_check_digit('90031540001')}"
"""Of a woman born on 15 March 1990."""
NAMED = ParticipantForm(
    role="wife",
    sex="female",
    birth_date=date(1990, 3, 15),
    consent="given",
    surname="Тестова",
    given_name="Әсем",
    iin=IIN,
    phone="8 701 123 45 67",
)


@dataclass
class Desk:
    """An open data folder and the person at it."""

    workplace: Workplace
    session: Session
    clock: PracticeClock

    @property
    def actor(self) -> Actor:
        return self.workplace.actor

    @property
    def archive(self) -> Path:
        return self.workplace.archive

    def at(self, year: int, month: int, day: int, hour: int = 12) -> "Desk":
        """The clock of this desk is set."""
        self.clock.set(datetime(year, month, day, hour))
        return self

    def somebody(self, *roles: str, staff_id: str | None = None) -> Actor:
        """Another person of this folder in these roles."""
        return Actor(new_id(), "another", frozenset(roles), staff_id, NoteKey.create())

    def specialist(self, profession: str = "psychologist", **changes: Any) -> str:
        values: dict[str, Any] = {"profession": profession, "employed_from": date(2024, 1, 1)}
        return staff.save_staff_member(self.session, self.actor, **(values | changes))

    def case(
        self,
        *,
        on: date | None = None,
        specialist: str | None = None,
        people: tuple[ParticipantForm, ...] = (HUSBAND, WIFE, CHILD),
        claims: tuple[ClaimForm, ...] = (),
        actor: Actor | None = None,
        **changes: Any,
    ) -> CaseOpened:
        """A couple with a child, and their first consultation when a specialist is named."""
        consultation = (
            ConsultationForm(held_on=on, specialist_id=specialist) if specialist else None
        )
        values: dict[str, Any] = {"kind": "married", "registered_on": on}
        return cases.open_case(
            self.session,
            actor or self.actor,
            participants=people,
            claims=claims,
            consultation=consultation,
            **(values | changes),
        )

    def visit(
        self,
        case: CaseOpened,
        on: date,
        specialist: str,
        actor: Actor | None = None,
        **changes: Any,
    ) -> str:
        confirmed = changes.pop("confirmed", None)
        return cases.record_consultation(
            self.session,
            actor or self.actor,
            case_id=case.case_id,
            consultation=ConsultationForm(held_on=on, specialist_id=specialist, **changes),
            confirmed=confirmed,
        )

    def close(self, month: str, zeros: Mapping[str, str] | None = None) -> None:
        months.close_month(self.session, self.actor, month=month, zeros=zeros)

    def export(self, month: str, **changes: Any) -> ExportedPackage:
        return packages.export_package(
            self.session,
            self.actor,
            key=self.workplace.signing_key(self.session),
            month=month,
            **changes,
        )

    def package(self, sequence: int) -> bytes:
        """The bytes of a package as this station keeps them."""
        data = self.session.value("SELECT content FROM packages WHERE sequence = ?", (sequence,))
        assert isinstance(data, bytes)
        return data

    def copy(self, sequence: int, target: Path) -> Path:
        target.mkdir(parents=True, exist_ok=True)
        return packages.write_copy(self.session, self.actor, sequence=sequence, target=target)

    def fingerprint(self) -> str:
        return self.workplace.signing_key(self.session).fingerprint

    def trusts(self, other: "Desk") -> None:
        """Headquarters compared the other desk's fingerprint by phone."""
        trust.add_trust(
            self.session,
            self.actor,
            fingerprint=other.fingerprint(),
            centre=other.session.installation.centre,
        )

    def receive(self, *paths: Path, **changes: Any) -> list[Reception]:
        return inbox.receive_files(
            self.session, self.actor, paths=list(paths), archive=self.archive, **changes
        )

    def state(self) -> str:
        return replay.merged_state_hash(self.session, self.actor)

    def count(self, table: str, where: str = "1") -> int:
        return int(self.session.value(f"SELECT count(*) FROM {table} WHERE {where}"))

    def leave(self) -> None:
        self.session.close()
        self.workplace.close()


@cache
def _template(workplace: str, centre: str | None, letter: str) -> Path:
    """A data folder made once in this process; desks are copies of it."""
    folder = Path(tempfile.mkdtemp(prefix="pravo-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    created = create_workplace(
        folder / "data",
        workplace=workplace,
        centre=centre,
        practice=True,
        user="lead",
        password=PASSWORD,
        recovery_sheet=folder / "sheet.txt",
        station_letter=letter,
        clock=PracticeClock(MADE),
    )
    created.workplace.close()
    return folder / "data"


def _desk(folder: Path, template: Path) -> Desk:
    shutil.copytree(template, folder)
    clock = PracticeClock(TODAY)
    workplace = open_workplace(folder, password=PASSWORD, clock=clock)
    return Desk(workplace, workplace.session(), clock)


def a_centre(folder: Path, centre: str = "astana", letter: str = "A") -> Desk:
    """A centre's desk on 20 May 2024, nothing entered yet."""
    return _desk(folder, _template("centre", centre, letter))


def a_headquarters(folder: Path) -> Desk:
    """Headquarters' desk on 20 May 2024, nothing received yet."""
    return _desk(folder, _template("headquarters", None, "A"))
