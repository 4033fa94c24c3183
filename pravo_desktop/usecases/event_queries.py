"""Events, survey sheets, publications and printed materials as lists and forms show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from db import store
from db.session import Session
from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.domain.records import (
    Event,
    EventAttendance,
    HandOut,
    PrintedMaterial,
    Publication,
    SurveySheet,
    Video,
)
from pravo_desktop.resources import LANGUAGES, classifiers
from pravo_desktop.usecases.actor import EVERYBODY, Actor, require
from pravo_desktop.usecases.events import QUESTIONS, event_code
from pravo_desktop.usecases.queries import StaffLine, staff_lines
from pravo_desktop.usecases.registers import known_centres, place_names

ELSEWHERE = "elsewhere"
"""In place of an event's kind: our people at an event of another centre."""


@dataclass(frozen=True)
class EventLine:
    """An event as a list shows one.

    Args:
        region: its label by language.
        code: by which other centres attach their attendance.
        sheets: survey sheets entered after it.
    """

    event: Event
    region: Mapping[str, str]
    code: str
    sheets: int


@dataclass(frozen=True)
class Answers:
    """The survey sheets of an event so far.

    Args:
        sheets: how many were entered.
        counts, sums: of the answers to each of the five questions, in the order of a sheet.
    """

    sheets: int
    counts: tuple[int, ...]
    sums: tuple[int, ...]


@dataclass(frozen=True)
class EventPlaces:
    """Whom the form of an event offers.

    Args:
        regions: labels by language under each key; empty at a centre, whose own it always is.
        centres: city by language under each key; all centres but this one.
        staff: those of this station.
    """

    regions: Mapping[str, Mapping[str, str]]
    centres: Mapping[str, Mapping[str, str]]
    staff: tuple[StaffLine, ...]


@dataclass(frozen=True)
class MaterialLine:
    """A printed material and what became of its copies.

    Args:
        handed_out: copies.
        rest: copies still here; None where the material was only received, so that nobody
            knows how many there were.
    """

    material: PrintedMaterial
    handed_out: int
    rest: int | None


@dataclass(frozen=True)
class HandOutLine:
    """A hand-out with the titles of its material and, if it has one, its event."""

    hand_out: HandOut
    material: str
    event: str


def people_at(record: Event | EventAttendance) -> int:
    """All who came; couples are among the men and women."""
    return record.men + record.women + record.children


def event_lines(session: Session, actor: Actor) -> list[EventLine | EventAttendance]:
    """Events of this station and our people at those of others, the latest first."""
    require(actor, EVERYBODY, "event_lines")
    sheets: Mapping[str, int] = {
        row["event_id"]: row["n"]
        for row in session.all(
            "SELECT event_id, count(*) AS n FROM survey_sheets WHERE NOT deleted GROUP BY event_id"
        )
    }
    office = classifiers().pseudo_regions[NATIONAL]
    regions = {
        NATIONAL: {"kk": office.kk, "ru": office.ru, "en": office.en},
        **place_names(session)["region"],
    }
    own = [
        EventLine(
            event,
            regions.get(event.region) or dict.fromkeys(LANGUAGES, event.region),
            event_code(event.id),
            sheets.get(event.id, 0),
        )
        for event in store.find(session, Event)
    ]
    dated = [(line.event.held_on, line.event.id, line) for line in own]
    listed: list[tuple[Any, str, EventLine | EventAttendance]] = [
        *dated,
        *((one.held_on, one.id, one) for one in store.find(session, EventAttendance)),
    ]
    return [line for *_, line in sorted(listed, key=lambda entry: entry[:2], reverse=True)]


def event_card(session: Session, actor: Actor, event_id: str) -> Event:
    """An event of this station.

    Raises:
        KnownError: ``not_allowed``, ``record_not_found``.
    """
    require(actor, EVERYBODY, "event_card")
    return store.get(session, Event, event_id)


def attendance_card(session: Session, actor: Actor, attendance_id: str) -> EventAttendance:
    """This centre's attendance at another's event.

    Raises:
        KnownError: ``not_allowed``, ``record_not_found``.
    """
    require(actor, EVERYBODY, "attendance_card")
    return store.get(session, EventAttendance, attendance_id)


def survey_sheets(session: Session, actor: Actor, event_id: str) -> list[SurveySheet]:
    """The survey sheets entered after an event, in the order of their entry."""
    require(actor, EVERYBODY, "survey_sheets")
    return store.find(session, SurveySheet, "event_id = :event", {"event": event_id})


def answers_of(sheet: SurveySheet) -> tuple[int | None, ...]:
    """The answers of a sheet in the order of its questions; None is no answer."""
    return (sheet.q_access, sheet.q_recommend, sheet.q_trainer, sheet.q_useful, sheet.q_comfort)


def event_places(session: Session, actor: Actor) -> EventPlaces:
    """Regions, other centres and staff that the form of an event offers."""
    require(actor, EVERYBODY, "event_places")
    own = session.installation.centre
    return EventPlaces(
        regions=MappingProxyType(place_names(session)["region"] if own == NATIONAL else {}),
        centres=MappingProxyType(
            {
                key: {"kk": centre.city_kk or key, "ru": centre.city_ru or key}
                for key, centre in known_centres(session).items()
                if key != own
            }
        ),
        staff=tuple(staff_lines(session, actor)),
    )


def survey_answers(session: Session, actor: Actor, event_id: str) -> Answers:
    """The survey sheets entered after an event."""
    require(actor, EVERYBODY, "survey_answers")
    sheets = survey_sheets(session, actor, event_id)
    given = [
        [answer for answer in question if answer is not None]
        for question in zip(*map(answers_of, sheets), strict=True)
    ] or [[]] * QUESTIONS
    return Answers(len(sheets), tuple(len(one) for one in given), tuple(sum(one) for one in given))


def media_lines(session: Session, actor: Actor) -> list[Publication | Video]:
    """Publications and videos of this station, the latest first."""
    require(actor, EVERYBODY, "media_lines")
    lines: list[Publication | Video] = [
        *store.find(session, Publication),
        *store.find(session, Video),
    ]
    return sorted(lines, key=lambda line: (line.published_on, line.id), reverse=True)


def material_lines(session: Session, actor: Actor) -> list[MaterialLine]:
    """Printed materials with copies made, handed out and still here, the latest first."""
    require(actor, EVERYBODY, "material_lines")
    handed: Mapping[str, int] = {
        row["material_id"]: row["n"]
        for row in session.all(
            "SELECT material_id, sum(copies) AS n FROM hand_outs WHERE NOT deleted "
            "GROUP BY material_id"
        )
    }
    return [
        MaterialLine(
            one,
            handed.get(one.id, 0),
            one.copies_made - handed.get(one.id, 0) if one.copies_made else None,
        )
        for one in store.find(session, PrintedMaterial, order="ordered_on DESC, id DESC")
    ]


def hand_out_lines(session: Session, actor: Actor) -> list[HandOutLine]:
    """Hand-outs of this station, the latest first."""
    require(actor, EVERYBODY, "hand_out_lines")
    materials = {one.id: one.title for one in store.find(session, PrintedMaterial)}
    events = {one.id: one.topic for one in store.find(session, Event)}
    return [
        HandOutLine(one, materials.get(one.material_id, ""), events.get(one.event_id or "", ""))
        for one in store.find(session, HandOut, order="handed_on DESC, id DESC")
    ]
