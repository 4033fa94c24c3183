"""People of a case: who they are, their consent, and who is likely known already."""

from dataclasses import dataclass
from datetime import date

from db import store
from db.search import OPEN_TO_READER, words_of
from db.session import Session
from pravo_desktop.domain.folding import fold
from pravo_desktop.domain.records import Consent, Identity, Participant
from pravo_desktop.domain.validation import (
    Finding,
    check_participant,
    settled_identity,
    without_consent,
)
from pravo_desktop.domain.versions import new_id
from pravo_desktop.errors import KnownError
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.access import check_access
from pravo_desktop.usecases.actor import CASE, CENTRE, MONTH, Actor, Confirmed, use_case
from pravo_desktop.usecases.erasure import forget
from pravo_desktop.usecases.privacy import note_forgotten
from pravo_desktop.usecases.records import keep, remove

CONSENT_TEXT = "2024-1"
"""Version of the consent text in force (``resources/papers``)."""


@dataclass(frozen=True, kw_only=True)
class ParticipantForm:
    """What a form knows of a person; without consent role, sex and birth year alone are kept.

    Of a child nothing else is kept at all.

    Args:
        consent: key of ``consent_state``.
        never_tell: the other spouse must never learn that this person came.
        participant_id: the person's id when the form changes somebody known.
    """

    role: str
    sex: str = "not_stated"
    birth_year: int | None = None
    birth_date: date | None = None
    disability: str = "not_stated"
    occupation: str = "not_stated"
    citizenship: str = "not_stated"
    consent: str = "not_asked"
    surname: str | None = None
    given_name: str | None = None
    patronymic: str | None = None
    iin: str | None = None
    phone: str | None = None
    safe_contact: str = "not_stated"
    never_tell: bool = False
    participant_id: str | None = None


@use_case(CENTRE, CASE, MONTH)
def save_participant(
    session: Session,
    actor: Actor,
    *,
    case_id: str,
    participant: ParticipantForm,
    confirmed: Confirmed | None = None,
) -> str:
    """Add a person to a case or change one; returns the participant's id."""
    day = session.clock.today()
    return keep_participant(session, actor, case_id, participant, day, confirmed)


def keep_participant(
    session: Session,
    actor: Actor,
    case_id: str,
    form: ParticipantForm,
    day: date,
    confirmed: Confirmed | None,
) -> str:
    """Keep a person with their consent and, where it is given, their identity; returns the id.

    Args:
        day: when consent was decided on, today at the latest.
    """
    record = Participant(
        id=form.participant_id or new_id(),
        case_id=case_id,
        role=form.role,
        sex=form.sex,
        birth_year=form.birth_date.year if form.birth_date else form.birth_year,
        disability=form.disability,
        occupation=form.occupation,
        citizenship=form.citizenship,
    )
    today = session.clock.today()
    if form.role == "child":
        keep(session, actor, without_consent(record), (), confirmed)
        return record.id
    keep(session, actor, record, check_participant(record, today, form.consent), confirmed)
    known = store.find(
        session, Consent, "participant_id = :id", {"id": record.id}, order="change DESC"
    )
    if not known or known[0].state != form.consent:
        consent = Consent(
            id=new_id(),
            participant_id=record.id,
            state=form.consent,
            text_version=CONSENT_TEXT if form.consent == "given" else None,
            decided_on=min(day, today),
        )
        keep(session, actor, consent)
    named = (form.surname, form.given_name, form.patronymic, form.iin, form.phone, form.birth_date)
    if form.consent != "given":
        if any(named):
            raise KnownError("consent_needed", field="consent")
        if known and known[0].state == "given":
            forget(session, actor.account_id, record.id, "withdrawal")
            note_forgotten(session, actor, record, "withdrawal")
        return record.id
    identity = Identity(
        id=record.id,
        surname=form.surname,
        given_name=form.given_name,
        patronymic=form.patronymic,
        birth_date=form.birth_date,
        iin=form.iin,
        phone=form.phone,
        safe_contact=form.safe_contact,
        never_tell=form.never_tell,
    )
    if identity == Identity(id=record.id) and not store.find(
        session, Identity, "id = :id", {"id": record.id}
    ):
        return record.id
    codes = {region.phone_code for region in classifiers().regions.values()}
    identity, findings = settled_identity(identity, record, today, codes)
    findings += _duplicates(session, actor, case_id, identity)
    keep(session, actor, identity, findings, confirmed)
    return record.id


def _duplicates(session: Session, actor: Actor, case_id: str, identity: Identity) -> list[Finding]:
    """A person of another case with the same IIN, phone or full name is likely the same.

    Cases that are closed to the actor stay untold of.
    """
    reader = OPEN_TO_READER.format(case="p.case_id")
    same: list[tuple[str, str | None]] = [("iin", identity.iin), ("phone", identity.phone)]
    for column, value in same:
        if value and session.value(
            "SELECT 1 FROM identities i JOIN participants p ON p.id = i.id "
            f"WHERE i.{column} = :value AND p.case_id <> :case "
            f"AND NOT i.deleted AND NOT p.deleted AND {reader}",
            {"value": value, "case": case_id, "reader": actor.account_id},
        ):
            return [Finding("likely_duplicate", column, warning=True)]
    words = words_of(identity.surname or "")
    if words and identity.surname and identity.given_name:
        found = session.all(
            "SELECT i.surname, i.given_name, i.birth_date FROM case_words w "
            "JOIN case_index l ON l.n = w.n JOIN participants p ON p.case_id = l.case_id "
            "JOIN identities i ON i.id = p.id WHERE w.word = :word AND p.case_id <> :case "
            f"AND NOT i.deleted AND NOT p.deleted AND {reader}",
            {"word": words[0], "case": case_id, "reader": actor.account_id},
        )
        own_birth = identity.birth_date.isoformat() if identity.birth_date else None
        for person in found:
            births = {own_birth, person["birth_date"]} - {None}
            if (
                fold(person["surname"] or "") == fold(identity.surname)
                and fold(person["given_name"] or "") == fold(identity.given_name)
                and len(births) < 2
            ):
                return [Finding("likely_duplicate", "surname", warning=True)]
    return []


@use_case(CENTRE, CASE, MONTH)
def remove_participant(
    session: Session, actor: Actor, *, participant_id: str, confirmed: Confirmed | None = None
) -> None:
    """Take a person out of a case who has attended nothing.

    Raises:
        KnownError: ``participant_attended`` when a consultation names the person.
    """
    person = store.get(session, Participant, participant_id)
    check_access(session, actor, person.case_id)
    attended = session.value(
        "SELECT 1 FROM consultations c, json_each(c.attendees) a "
        "WHERE c.case_id = ? AND NOT c.deleted AND a.value = ?",
        (person.case_id, participant_id),
    )
    if attended:
        raise KnownError("participant_attended")
    remove(session, actor, Participant, participant_id, confirmed)
