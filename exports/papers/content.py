"""What each printed paper needs: names and dates already chosen, in the paper's language.

``None`` in a field becomes a line to fill in by hand. Professions, formats, topics, languages and
kinds are keys of the classifiers; a paper prints their labels.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pravo_desktop.i18n import MonthLike

MEDIATOR = "mediator"
"""The profession whose visits a certificate shows only with leave of both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Who issues the paper.

    Args:
        organisation: legal name of the foundation, the operator of personal data.
        bin: its business identification number.
        centre: full name of the centre.
        head: position of who signs for the centre; the paper's own word for it when None.
    """

    organisation: str
    bin: str | None = None
    centre: str
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    head: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """Consent of one person to the collection and processing of personal data.

    Args:
        person: full name.
        case_number: the centre's number of the case.
        valid_until: the last day of the term, where one was agreed; otherwise it ends with its
            purpose.
        received_by: name of the specialist who takes the paper.
    """

    issuer: Issuer
    person: str | None = None
    case_number: str | None = None
    valid_until: date | None = None
    received_by: str | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """A day on which the person met a specialist; ``profession`` is a key."""

    held_on: date
    profession: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """Certificate for the court on the visits of one person, and of nobody else.

    Args:
        number, issued_on: of the original, also on a reprint.
        court: its official name.
        court_case: number of the case in court.
        request_number, request_date: of the court's letter.
        visits: those that this person attended, in any order.
        mediator_visits_allowed: both parties gave leave to name mediator's visits.
        signatory: name of the head of the centre.
        reprinted_on: day of this copy, if it is not the original.
    """

    issuer: Issuer
    number: str
    issued_on: date
    court: str
    court_case: str | None = None
    request_number: str | None = None
    request_date: date | None = None
    person: str
    visits: tuple[Visit, ...]
    mediator_visits_allowed: bool = False
    signatory: str | None = None
    reprinted_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceList:
    """List of an event to be signed by those who came.

    Args:
        kind: key of ``event_kind``.
        code: by which other centres find the event.
        leader: name of who leads the event.
        rows: empty rows to print, at least 1.
    """

    issuer: Issuer
    kind: str
    topic: str
    code: str | None = None
    held_on: date | None = None
    place: str | None = None
    leader: str | None = None
    rows: int = 25


@dataclass(frozen=True, slots=True)
class Material:
    """Copies of one printed material; ``language`` is a key of ``event_language``."""

    title: str
    language: str
    copies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOutAct:
    """Act on printed materials handed over.

    Args:
        materials: at least one.
        given_to: organisation or person who receives them.
        event: at which they are handed over, if any.
        giver, receiver: names of those who sign.
    """

    issuer: Issuer
    number: str | None = None
    handed_on: date | None = None
    materials: tuple[Material, ...]
    given_to: str | None = None
    place: str | None = None
    event: str | None = None
    giver: str | None = None
    receiver: str | None = None


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One consultation, or advice without a case when ``case_number`` is None.

    Args:
        specialist: name; the profession alone is printed without it.
        attendees: number of people who came.
    """

    held_on: date
    case_number: str | None
    profession: str
    specialist: str | None
    format: str
    attendees: int
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """The month's journal of consultations, in the order of ``rows``; ``lead`` is a name."""

    issuer: Issuer
    month: MonthLike
    rows: tuple[JournalRow, ...]
    lead: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A slip with the number of a case, which names nobody."""

    centre: str
    case_number: str
    phone: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class HeldConsent:
    """A decision on consent; ``state`` is a key, ``text_version`` that of the signed text."""

    decided_on: date
    state: str
    text_version: str | None


@dataclass(frozen=True, slots=True)
class HeldPaper:
    """A paper issued for the person; ``kind`` is that of its template."""

    kind: str
    number: str
    issued_on: date


@dataclass(frozen=True, slots=True)
class HeldPackage:
    """A package to headquarters in which a row of the person left without a name."""

    sequence: int
    month: MonthLike
    made_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldData:
    """Everything that is held about one person, printed on their request.

    Args:
        number: of this paper.
        person: full name, where one is kept.
        fields: what the records hold by the field's name: keys of classifiers, ISO dates, texts.
        court_numbers: of the couple's claims.
        notes: how many notes there are on the case; not what is in them.
        drafts: how many forms of something new, never saved, hold the person; ``unopened_drafts``
            how many there are that only their authors can open.
    """

    issuer: Issuer
    number: str
    issued_on: date
    case_number: str
    person: str | None
    fields: Mapping[str, str | int | None]
    court_numbers: tuple[str, ...]
    consents: tuple[HeldConsent, ...]
    visits: tuple[Visit, ...]
    papers: tuple[HeldPaper, ...]
    packages: tuple[HeldPackage, ...]
    notes: int
    drafts: int = 0
    unopened_drafts: int = 0
