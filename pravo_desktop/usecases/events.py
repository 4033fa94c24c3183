"""Events, survey sheets, publications, printed materials and videos."""

from dataclasses import replace
from datetime import date

from db import store
from db.session import Session
from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.domain.records import (
    Event,
    EventAttendance,
    HandOut,
    PrintedMaterial,
    Proposal,
    Publication,
    SurveySheet,
    Video,
)
from pravo_desktop.domain.validation import Finding
from pravo_desktop.domain.versions import new_id, row_code
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.actor import COORDINATOR, EVERYBODY, MONTH, Actor, Confirmed, use_case
from pravo_desktop.usecases.records import keep, remove
from pravo_desktop.usecases.registers import known_centres, known_regions, own_region

QUESTIONS = 5
"""Questions of a survey sheet."""


def event_code(event_id: str) -> str:
    """The short code by which another centre attaches its attendance."""
    return row_code(event_id)


@use_case(EVERYBODY, MONTH)
def save_event(
    session: Session,
    actor: Actor,
    *,
    kind: str,
    held_on: date,
    topic: str,
    region: str | None = None,
    attending_centres: tuple[str, ...] = (),
    place: str | None = None,
    leader_id: str | None = None,
    partner: str | None = None,
    language: str = "kk",
    target_group: str | None = None,
    men: int = 0,
    women: int = 0,
    children: int = 0,
    couples: int = 0,
    basis: str = "counted",
    evidence: str | None = None,
    event_id: str | None = None,
    confirmed: Confirmed | None = None,
) -> str:
    """Add an event or change one; returns its id.

    Args:
        region: the region it is for; this station's own when empty.
        leader_id: a staff member of this station; a guest when empty.
    """
    record = Event(
        id=event_id or new_id(),
        kind=kind,
        held_on=held_on,
        region=region or own_region(session),
        attending_centres=attending_centres,
        place=place,
        topic=topic,
        leader_id=leader_id,
        partner=partner,
        language=language,
        target_group=target_group,
        men=men,
        women=women,
        children=children,
        couples=couples,
        basis=basis,
        evidence=evidence,
    )
    findings = []
    if record.region not in {*known_regions(session), NATIONAL}:
        findings.append(Finding("key_unknown", "region", params={"value": record.region}))
    centres = {*known_centres(session), NATIONAL}
    for centre in attending_centres:
        if centre not in centres:
            findings.append(Finding("key_unknown", "attending_centres", params={"value": centre}))
    keep(session, actor, record, findings, confirmed)
    return record.id


@use_case(EVERYBODY, MONTH)
def remove_event(
    session: Session, actor: Actor, *, event_id: str, confirmed: Confirmed | None = None
) -> None:
    """Remove an event entered by mistake; its survey sheets count no more.

    Raises:
        KnownError: ``record_in_use`` while hand-outs name it; ``confirmation_needed``, with a
            reason for its survey sheets.
    """
    remove(session, actor, Event, event_id, confirmed)


@use_case(EVERYBODY, MONTH)
def attach_attendance(
    session: Session,
    actor: Actor,
    *,
    event_code: str,
    held_on: date,
    men: int = 0,
    women: int = 0,
    children: int = 0,
    couples: int = 0,
    basis: str = "counted",
    attendance_id: str | None = None,
    confirmed: Confirmed | None = None,
) -> str:
    """Attach this centre's attendance to another's event by its code, or change it.

    Returns:
        the record's id.
    """
    record = EventAttendance(
        id=attendance_id or new_id(),
        event_code=event_code.upper(),
        held_on=held_on,
        men=men,
        women=women,
        children=children,
        couples=couples,
        basis=basis,
    )
    keep(session, actor, record, (), confirmed)
    return record.id


@use_case(EVERYBODY, MONTH)
def remove_attendance(
    session: Session, actor: Actor, *, attendance_id: str, confirmed: Confirmed | None = None
) -> None:
    """Remove this centre's attendance at another's event."""
    remove(session, actor, EventAttendance, attendance_id, confirmed)


@use_case(EVERYBODY, MONTH)
def add_survey_sheets(
    session: Session,
    actor: Actor,
    *,
    event_id: str,
    sheets: tuple[tuple[int | None, ...], ...],
    confirmed: Confirmed | None = None,
) -> tuple[str, ...]:
    """Add answers after an event, five numbers from 1 to 5 a sheet; returns the sheets' ids.

    Args:
        sheets: in the order accessibility, recommendation, trainer, usefulness, comfort; None is
            no answer.

    Raises:
        KnownError: ``survey_sheet_length``.
    """
    records = [_sheet(new_id(), event_id, answers) for answers in sheets]
    for record in records:
        keep(session, actor, record, (), confirmed)
    return tuple(record.id for record in records)


def _sheet(sheet_id: str, event_id: str, answers: tuple[int | None, ...]) -> SurveySheet:
    if len(answers) != QUESTIONS:
        raise KnownError("survey_sheet_length", field="sheets", expected=QUESTIONS)
    access, recommend, trainer, useful, comfort = answers
    return SurveySheet(
        id=sheet_id,
        event_id=event_id,
        q_access=access,
        q_recommend=recommend,
        q_trainer=trainer,
        q_useful=useful,
        q_comfort=comfort,
    )


@use_case(EVERYBODY, MONTH)
def change_survey_sheet(
    session: Session,
    actor: Actor,
    *,
    sheet_id: str,
    answers: tuple[int | None, ...],
    confirmed: Confirmed | None = None,
) -> None:
    """Correct the answers of a survey sheet.

    Args:
        answers: as one of the sheets of `add_survey_sheets`.

    Raises:
        KnownError: ``record_not_found``, ``survey_sheet_length``.
    """
    known = store.get(session, SurveySheet, sheet_id)
    keep(session, actor, _sheet(sheet_id, known.event_id, answers), (), confirmed)


@use_case(EVERYBODY, MONTH)
def remove_survey_sheet(
    session: Session, actor: Actor, *, sheet_id: str, confirmed: Confirmed | None = None
) -> None:
    """Remove a survey sheet entered by mistake."""
    remove(session, actor, SurveySheet, sheet_id, confirmed)


@use_case(EVERYBODY, MONTH)
def save_publication(
    session: Session, actor: Actor, *, publication: Publication, confirmed: Confirmed | None = None
) -> str:
    """Add a publication or change one; returns its id."""
    return keep(session, actor, publication, (), confirmed).id


@use_case(EVERYBODY, MONTH)
def remove_publication(
    session: Session, actor: Actor, *, publication_id: str, confirmed: Confirmed | None = None
) -> None:
    """Remove a publication entered by mistake."""
    remove(session, actor, Publication, publication_id, confirmed)


@use_case(EVERYBODY, MONTH)
def save_printed_material(
    session: Session,
    actor: Actor,
    *,
    material: PrintedMaterial,
    confirmed: Confirmed | None = None,
) -> str:
    """Add a printed material or change one; returns its id."""
    return keep(session, actor, material, (), confirmed).id


@use_case(EVERYBODY, MONTH)
def remove_printed_material(
    session: Session, actor: Actor, *, material_id: str, confirmed: Confirmed | None = None
) -> None:
    """Remove a printed material.

    Raises:
        KnownError: ``record_in_use`` while there are hand-outs of it.
    """
    remove(session, actor, PrintedMaterial, material_id, confirmed)


@use_case(EVERYBODY, MONTH)
def save_hand_out(
    session: Session, actor: Actor, *, hand_out: HandOut, confirmed: Confirmed | None = None
) -> str:
    """Add a hand-out of printed copies or change one; returns its id."""
    return keep(session, actor, hand_out, (), confirmed).id


@use_case(EVERYBODY, MONTH)
def remove_hand_out(
    session: Session, actor: Actor, *, hand_out_id: str, confirmed: Confirmed | None = None
) -> None:
    """Remove a hand-out entered by mistake."""
    remove(session, actor, HandOut, hand_out_id, confirmed)


@use_case(EVERYBODY, MONTH)
def save_video(
    session: Session, actor: Actor, *, video: Video, confirmed: Confirmed | None = None
) -> str:
    """Add a video clip or change one; returns its id."""
    return keep(session, actor, video, (), confirmed).id


@use_case(EVERYBODY)
def count_views(
    session: Session,
    actor: Actor,
    *,
    video_id: str,
    views: int,
    views_on: date,
    confirmed: Confirmed | None = None,
) -> None:
    """Write down how often a video was seen up to a day."""
    video = replace(store.get(session, Video, video_id), views=views, views_on=views_on)
    keep(session, actor, video, (), confirmed)


@use_case(EVERYBODY, MONTH)
def remove_video(
    session: Session, actor: Actor, *, video_id: str, confirmed: Confirmed | None = None
) -> None:
    """Remove a video clip entered by mistake."""
    remove(session, actor, Video, video_id, confirmed)


@use_case(COORDINATOR)
def save_proposal(
    session: Session, actor: Actor, *, proposal: Proposal, confirmed: Confirmed | None = None
) -> str:
    """Add a legislative proposal or change one; returns its id."""
    return keep(session, actor, proposal, (), confirmed).id
