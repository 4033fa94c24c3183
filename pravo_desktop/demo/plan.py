"""What a plan of the practice year holds: families with their visits, events, stations."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pravo_desktop.domain.periods import Month
from pravo_desktop.domain.records import Event, PrintedMaterial, Publication, Video
from pravo_desktop.usecases.cases import ClaimForm
from pravo_desktop.usecases.participants import ParticipantForm


@dataclass(frozen=True)
class Visit:
    """A consultation; ``specialist`` is a position in the station's staff.

    Args:
        attendees: positions in the people of the case.
        minutes: its length in minutes.
    """

    day: date
    specialist: int
    format: str
    attendees: tuple[int, ...]
    topics: tuple[str, ...]
    minutes: int


@dataclass(frozen=True)
class Outcome:
    """What became of a case and who said so."""

    kind: str
    day: date
    source: str


@dataclass(frozen=True)
class Mediation:
    """A mediation with its mediator, a position in the staff."""

    day: date
    specialist: int
    meetings: int
    result: str


@dataclass
class Family:
    """A case with everything that happens in it; adults stand before children."""

    kind: str
    came_through: str
    causes: tuple[str, ...]
    visits: tuple[Visit, ...] = ()
    people: tuple[ParticipantForm, ...] = ()
    claims: list[ClaimForm] = field(default_factory=list)
    outcome: Outcome | None = None
    mediation: Mediation | None = None
    study: Visit | None = None

    @property
    def first_day(self) -> date:
        return self.visits[0].day

    @property
    def last_day(self) -> date:
        return self.visits[-1].day

    @property
    def has_children(self) -> bool:
        return any(person.role == "child" for person in self.people)


@dataclass
class PlannedEvent:
    """An event with its survey sheets and the copies handed out at it, by position of the title."""

    event: Event
    leader: int | None
    people: int
    sheets: list[tuple[int, ...]] = field(default_factory=list)
    handed_out: dict[int, int] = field(default_factory=dict)


@dataclass
class Station:
    """What one centre, or headquarters, enters in the year.

    Args:
        staff: professions in the order of employment.
        materials: printed titles by position, ordered or received.
        notes: month, section, kind and text of each.
    """

    key: str
    months: tuple[Month, ...]
    workdays: list[date]
    staff: tuple[str, ...] = ()
    families: list[Family] = field(default_factory=list)
    advice: list[Visit] = field(default_factory=list)
    events: list[PlannedEvent] = field(default_factory=list)
    publications: list[Publication] = field(default_factory=list)
    materials: dict[int, PrintedMaterial] = field(default_factory=dict)
    videos: list[Video] = field(default_factory=list)
    notes: list[tuple[Month, str, str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """The whole year.

    Args:
        stations: centres and headquarters by key.
        received: the day on which headquarters got the package of a station's month.
        amendment_received: the same for the amended package, if any.
    """

    stations: Mapping[str, Station]
    received: Mapping[tuple[str, Month], date]
    amendment_received: date | None
