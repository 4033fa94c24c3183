"""What the window shows of a data folder: frozen facts, with names only for those allowed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from db import store
from db.search import MOST_COUNTED as MOST_COUNTED
from db.search import NO_FILTER as NO_FILTER
from db.search import CaseFilter as CaseFilter
from db.search import CaseLine as CaseLine
from db.search import cases_matching, number_of_cases_matching, read_ahead
from db.session import Session as Session
from pravo_desktop.domain.folding import kazakh_sort_key
from pravo_desktop.domain.records import (
    Case,
    Claim,
    Consent,
    Consultation,
    CourtCase,
    Identity,
    Mediation,
    Outcome,
    Participant,
    StaffMember,
    StaffName,
    Study,
)
from pravo_desktop.i18n import Places
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.access import case_for
from pravo_desktop.usecases.actor import CENTRE, EVERYBODY, Actor, require
from pravo_desktop.usecases.notes import NoteLine, notes_of_case
from pravo_desktop.usecases.registers import city_of, place_names


@dataclass(frozen=True)
class WorkplaceFacts:
    """What the data folder is.

    Args:
        centre: its key, or ``national``.
        city: of the centre by language, as the registers have it; empty at headquarters.
        places: names of all centres and regions in the registers.
    """

    workplace: str
    centre: str
    station_letter: str
    practice: bool
    city: Mapping[str, str]
    places: Places


@dataclass(frozen=True)
class StaffLine:
    """A staff member as a list shows one; without a name when none is kept."""

    staff_id: str
    name: str
    surname: str
    given_name: str
    profession: str
    rate_percent: int
    employed_from: date
    employed_to: date | None

    def employed_on(self, day: date) -> bool:
        """Whether the person works here on a day."""
        return self.employed_from <= day and (self.employed_to is None or day <= self.employed_to)


@dataclass(frozen=True)
class PersonCard:
    """A person of a case; without consent there is no identity."""

    participant: Participant
    consent: str
    identity: Identity | None

    @property
    def name(self) -> str:
        """Surname and given name, or nothing."""
        if self.identity is None:
            return ""
        return " ".join(filter(None, (self.identity.surname, self.identity.given_name)))


@dataclass(frozen=True)
class ClaimCard:
    """A claim with the court's number and judge, which never leave the centre."""

    claim: Claim
    court: CourtCase | None


@dataclass(frozen=True)
class ConsultationLine:
    """A consultation.

    Args:
        noted: whose note there is, if any; its text is there for its author alone.
    """

    consultation: Consultation
    specialist: StaffLine | None
    noted: NoteLine | None

    @property
    def note(self) -> str | None:
        """The text of an own note."""
        return self.noted.text if self.noted is not None else None


@dataclass(frozen=True)
class CaseCard:
    """All that is known of a case.

    Args:
        people: adults first, in the order of the roles.
        consultations, outcomes, mediations, studies: the latest first.
    """

    case: Case
    people: tuple[PersonCard, ...]
    claims: tuple[ClaimCard, ...]
    consultations: tuple[ConsultationLine, ...]
    outcomes: tuple[Outcome, ...]
    mediations: tuple[Mediation, ...] = ()
    studies: tuple[Study, ...] = ()

    @property
    def title(self) -> str:
        """The couple's names, the label, or nothing."""
        names = (person.name for person in self.people if person.participant.role != "child")
        return ", ".join(filter(None, names)) or self.case.label or ""

    @property
    def usual_attendees(self) -> tuple[str, ...]:
        """Who came last time, or all adults."""
        if self.consultations:
            return self.consultations[0].consultation.attendees
        return tuple(
            person.participant.id for person in self.people if person.participant.role != "child"
        )


@dataclass(frozen=True)
class LikelyCase:
    """A case of a person who may be the one being typed.

    Args:
        reason: ``surname``, ``iin`` or ``phone``: what begins alike.
    """

    line: CaseLine
    reason: str


@dataclass(frozen=True)
class Colleague:
    """An account under the name by which people know its owner."""

    account_id: str
    name: str


def workplace_facts(session: Session, actor: Actor) -> WorkplaceFacts:
    """What the data folder is."""
    require(actor, EVERYBODY, "workplace_facts")
    own = session.installation
    city = city_of(session, own.centre)
    return WorkplaceFacts(
        own.workplace,
        own.centre,
        own.station_letter,
        own.practice,
        city,
        place_names(session),
    )


def find_cases(
    session: Session,
    actor: Actor,
    text: str = "",
    *,
    limit: int = 200,
    offset: int = 0,
    order: str = "name",
    only: CaseFilter = NO_FILTER,
) -> list[CaseLine]:
    """Cases that a text finds; see `db.search.cases_matching`."""
    require(actor, CENTRE, "find_cases")
    return cases_matching(
        session, text, limit=limit, offset=offset, order=order, reader=actor.account_id, only=only
    )


def number_of_cases(
    session: Session, actor: Actor, text: str = "", *, only: CaseFilter = NO_FILTER
) -> int:
    """How many cases `find_cases` finds without a limit; of a text `MOST_COUNTED` at most."""
    require(actor, CENTRE, "number_of_cases")
    return number_of_cases_matching(session, text, reader=actor.account_id, only=only)


def read_cases_ahead(session: Session, actor: Actor) -> None:
    """Make the first search after a start as quick as the next; see `db.search.read_ahead`."""
    require(actor, CENTRE, "read_cases_ahead")
    read_ahead(session)


def case_card(session: Session, actor: Actor, case_id: str) -> CaseCard:
    """A case with its people, claims, consultations and outcomes.

    Raises:
        KnownError: ``not_allowed``, ``case_restricted``, ``record_not_found``.
    """
    require(actor, CENTRE, "case_card")
    case = case_for(session, actor, case_id)
    of_case = {"case": case_id}
    roles = list(classifiers().kinds["participant_role"])
    people = store.find(session, Participant, "case_id = :case", of_case)
    people.sort(key=lambda person: (roles.index(person.role), person.id))
    of_people = "IN (SELECT id FROM participants WHERE case_id = :case AND NOT deleted)"
    identities = {i.id: i for i in store.find(session, Identity, f"id {of_people}", of_case)}
    consents = {
        consent.participant_id: consent.state
        for consent in store.find(session, Consent, f"participant_id {of_people}", of_case)
    }
    claims = store.find(session, Claim, "case_id = :case", of_case)
    courts = {
        court.id: court
        for court in store.find(
            session, CourtCase, "id IN (SELECT id FROM claims WHERE case_id = :case)", of_case
        )
    }
    visits = store.find(
        session, Consultation, "case_id = :case", of_case, order="held_on DESC, id DESC"
    )
    notes = notes_of_case(session, actor, case_id)
    staff = {line.staff_id: line for line in staff_lines(session, actor)}
    return CaseCard(
        case=case,
        people=tuple(
            PersonCard(
                person,
                consents.get(person.id, "not_asked"),
                identities.get(person.id) if consents.get(person.id) == "given" else None,
            )
            for person in people
        ),
        claims=tuple(ClaimCard(claim, courts.get(claim.id)) for claim in claims),
        consultations=tuple(
            ConsultationLine(visit, staff.get(visit.specialist_id), notes.get(visit.id))
            for visit in visits
        ),
        outcomes=tuple(
            store.find(session, Outcome, "case_id = :case", of_case, order="dated_on DESC, id DESC")
        ),
        mediations=tuple(
            store.find(session, Mediation, "case_id = :case", of_case, order="contract_on DESC, id")
        ),
        studies=tuple(
            store.find(session, Study, "case_id = :case", of_case, order="held_on DESC, id")
        ),
    )


def likely_cases(
    session: Session,
    actor: Actor,
    *,
    surname: str = "",
    iin: str = "",
    phone: str = "",
    other_than: str = "",
) -> list[LikelyCase]:
    """Cases of somebody who may be the person being typed; none that is closed to the actor.

    Args:
        surname: from its third letter on.
        iin, phone: from the sixth digit on.
        other_than: id of a case that is not looked for.
    """
    require(actor, CENTRE, "likely_cases")
    found: dict[str, LikelyCase] = {}
    for reason, text, least in (("iin", iin, 6), ("phone", phone, 6), ("surname", surname, 3)):
        if sum(letter.isalnum() for letter in text) < least:
            continue
        digits = text if reason == "surname" else "".join(filter(str.isdigit, text))
        if len(digits) < least:
            continue
        for line in cases_matching(session, digits, limit=4, reader=actor.account_id):
            if line.case_id != other_than:
                found.setdefault(line.case_id, LikelyCase(line, reason))
    return list(found.values())[:MOST_LIKELY]


MOST_LIKELY = 3


def colleagues(session: Session, actor: Actor) -> list[Colleague]:
    """Everybody who may sign in here and open cases, by name."""
    require(actor, CENTRE, "colleagues")
    rows = session.all(
        "SELECT a.id, a.name, n.surname, n.given_name FROM accounts a "
        "LEFT JOIN staff_names n ON n.id = a.staff_id AND NOT n.deleted "
        "WHERE a.closed_at IS NULL"
    )
    listed = [
        Colleague(
            row["id"],
            " ".join(filter(None, (row["surname"], row["given_name"]))) or row["name"],
        )
        for row in rows
    ]
    return sorted(listed, key=lambda one: kazakh_sort_key(one.name))


def staff_lines(session: Session, actor: Actor) -> list[StaffLine]:
    """All staff members, those who work here first, by profession and name."""
    require(actor, EVERYBODY, "staff_lines")
    names = {name.id: name for name in store.find(session, StaffName)}
    lines = []
    for member in store.find(session, StaffMember):
        name = names.get(member.id)
        parts = (name.surname, name.given_name or "") if name else ("", "")
        lines.append(
            StaffLine(
                staff_id=member.id,
                name=" ".join(filter(None, parts)),
                surname=parts[0],
                given_name=parts[1],
                profession=member.profession,
                rate_percent=member.rate_percent,
                employed_from=member.employed_from,
                employed_to=member.employed_to,
            )
        )
    return sorted(
        lines, key=lambda line: (line.employed_to is not None, line.profession, line.name)
    )
