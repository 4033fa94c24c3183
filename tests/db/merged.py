"""Headquarters' merged tables, filled by hand."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Engine

from db.figures import compute_figures, read_registers
from db.session import Session
from pravo_desktop.clock import Clock
from pravo_desktop.domain.fields import to_row, travelling_values
from pravo_desktop.domain.figures import ALL, NATIONAL, FigureRow
from pravo_desktop.domain.periods import Period
from pravo_desktop.domain.records import (
    Case,
    Consultation,
    Event,
    Participant,
    PlanTarget,
    Record,
    SectionState,
    StaffMember,
)
from pravo_desktop.resources import classifiers
from tests.db.oracle import RULE, YEAR

MARCH, APRIL, MAY = date(2024, 3, 11), date(2024, 4, 8), date(2024, 5, 13)
_numbers = itertools.count(1)


def new_id() -> str:
    return f"id-{next(_numbers):09d}"


class Headquarters:
    """Headquarters' merged tables, filled by hand; what a test leaves is rolled back."""

    def __init__(self, engine: Engine) -> None:
        self.session = Session(engine, Clock())
        self.registers = read_registers(self.session, "merged_", classifiers())
        self._specialists: dict[tuple[str, str], str] = {}

    def put(self, centre: str, *records: Record) -> None:
        for record in records:
            travelling = travelling_values(record.table, to_row(record))
            row = {"centre": centre, "id": record.id, **travelling}
            columns = ", ".join(f'"{name}"' for name in row)
            values = ", ".join(f":{name}" for name in row)
            self.session.execute(
                f"INSERT INTO merged_{record.table} ({columns}) VALUES ({values})", row
            )

    def specialist(self, centre: str = "astana", profession: str = "psychologist") -> str:
        """The id of the centre's specialist of a profession."""
        if (centre, profession) not in self._specialists:
            member = StaffMember(id=new_id(), profession=profession, employed_from=date(2023, 1, 1))
            self.put(centre, member)
            self._specialists[centre, profession] = member.id
        return self._specialists[centre, profession]

    def case(self, centre: str = "astana", kind: str = "married") -> str:
        case = Case(id=new_id(), number="-", kind=kind, registered_on=date(2024, 1, 9))
        self.put(centre, case)
        return case.id

    def person(self, case: str, role: str, centre: str = "astana", **fields: Any) -> str:
        person = Participant(id=new_id(), case_id=case, role=role, **fields)
        self.put(centre, person)
        return person.id

    def visit(
        self,
        case: str,
        day: date,
        *attendees: str,
        centre: str = "astana",
        profession: str = "psychologist",
    ) -> str:
        visit = Consultation(
            id=new_id(),
            case_id=case,
            held_on=day,
            specialist_id=self.specialist(centre, profession),
            attendees=attendees,
        )
        self.put(centre, visit)
        return visit.id

    def event(self, kind: str, day: date, region: str, host: str | None = None) -> str:
        event = Event(id=new_id(), kind=kind, held_on=day, region=region, topic="-")
        self.put(host or region, event)
        return event.id

    def plan(self, indicator: str, region: str, value: int, since: date = YEAR.from_) -> None:
        target = PlanTarget(
            id=new_id(),
            indicator=indicator,
            region=region,
            valid_from=since,
            operator="at_least",
            value=value,
        )
        self.put(NATIONAL, target)

    def close(self, centre: str, section: str, *months: int, state: str = "reported") -> None:
        for month in months:
            record = SectionState(
                id=new_id(), month=f"2024-{month:02d}", section=section, state=state
            )
            self.put(centre, record)

    def opened(self, centre: str, opened_on: date | None, closed_on: date | None = None) -> None:
        """Tell the register when a centre opened and closed."""
        centres = tuple(
            replace(one, opened_on=opened_on, closed_on=closed_on) if one.key == centre else one
            for one in self.registers.centres
        )
        self.registers = replace(self.registers, centres=centres)

    def rows(self, period: Period = YEAR) -> list[FigureRow]:
        return compute_figures(self.session, "merged_", period, rule=RULE, registers=self.registers)

    def row(
        self,
        indicator: str,
        region: str = ALL,
        breakdown: str | None = None,
        key: str | None = None,
        period: Period = YEAR,
    ) -> FigureRow:
        cell = (indicator, region, breakdown, key)
        [found] = [row for row in self.rows(period) if cell_of(row) == cell]
        return found

    def value(
        self,
        indicator: str,
        region: str = ALL,
        breakdown: str | None = None,
        key: str | None = None,
        period: Period = YEAR,
    ) -> int | float | None:
        return self.row(indicator, region, breakdown, key, period).value

    def keys(self, indicator: str, region: str, breakdown: str) -> list[str | None]:
        return [
            row.key
            for row in self.rows()
            if (row.indicator, row.region, row.breakdown) == (indicator, region, breakdown)
        ]


CellKey = tuple[str, str, str | None, str | None]


def cell_of(row: FigureRow) -> CellKey:
    return row.indicator, row.region, row.breakdown, row.key


@contextmanager
def rolled_back(engine: Engine) -> Iterator[Headquarters]:
    class Undo(Exception):
        """Ends the transaction of a test."""

    headquarters = Headquarters(engine)
    with suppress(Undo), headquarters.session.transaction():
        yield headquarters
        raise Undo
    headquarters.session.close()
