"""The records that centres and headquarters keep: their fields and the values these may take.

Each record is a frozen dataclass. Its annotations say what the database, the validation and the
forms need to know, so that a field is described in this file alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

Cell = str | int | None
"""What a field is in the database and in a package: text, a whole number or nothing."""


@dataclass(frozen=True)
class OneOf:
    """The value is a key of this classifier (``resources/classifiers``)."""

    classifier: str


@dataclass(frozen=True)
class Parent:
    """The value is the id of a record of this table; a child lives only while its parent does."""

    table: str


@dataclass(frozen=True)
class Length:
    """The text has at most this many characters."""

    maximum: int


@dataclass(frozen=True)
class Range:
    """The whole number lies between both bounds, inclusive."""

    minimum: int
    maximum: int


@dataclass(frozen=True)
class StaysHome:
    """The field never leaves the centre, though the rest of its record does."""


@dataclass(frozen=True)
class TravelsAsMonth:
    """Only the month of the date leaves the centre, under this name."""

    name: str


Key = Annotated[str, Length(40)]
Month = Annotated[str, Length(7)]
"""A month as ``YYYY-MM``."""
Name = Annotated[str, Length(80)]
Line = Annotated[str, Length(200)]
Text = Annotated[str, Length(4000)]
LONGEST_REASON = 1000
Reason = Annotated[str, Length(LONGEST_REASON)]
"""Why, in a person's own words."""
NOTE_LENGTH = 4000
"""Characters of a specialist's note, which is stored encrypted."""
Year = Annotated[int, Range(1900, 2200)]
Percent = Annotated[int, Range(1, 200)]
People = Annotated[int, Range(0, 100_000)]
Count = Annotated[int, Range(0, 1_000_000_000)]
Score = Annotated[int, Range(1, 5)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """Common to all records: the id made where the record was first written (UUIDv7, RFC 9562)."""

    table: ClassVar[str]
    id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Project(Record):
    """The grant project of one year.

    ``late_after_day`` is the day of the next month after which a package is late, unless a
    `Deadline` says otherwise.
    """

    table: ClassVar[str] = "projects"
    title_kk: Line
    title_ru: Line
    grant_name: Line | None = None
    contract: Line | None = None
    starts_on: date
    ends_on: date
    late_after_day: Annotated[int, Range(1, 28)] = 5
    final_report_on: date | None = None
    regions: Annotated[tuple[str, ...], OneOf("region")] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage(Record):
    """A stage of a project that is reported, and paid, by itself; ``ordinal`` is its number."""

    table: ClassVar[str] = "stages"
    project_id: Annotated[str, Parent("projects")]
    ordinal: Annotated[int, Range(1, 20)]
    name_kk: Line
    name_ru: Line
    starts_on: date
    ends_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadline(Record):
    """The last day on which the packages of a month are in time."""

    table: ClassVar[str] = "deadlines"
    month: Month
    due_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleOfYear(Record):
    """Headquarters' own category rule from a year on.

    ``predicates`` is a JSON list in the form of ``category_rules.json``, in order.
    """

    table: ClassVar[str] = "category_rules"
    year: Year
    predicates: Annotated[str, Length(30_000)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Region(Record):
    """A region that headquarters added or renamed; the ten of 2024 come with the program."""

    table: ClassVar[str] = "regions"
    key: Key
    name_kk: Line
    name_ru: Line
    name_en: Line
    case_code: Annotated[str, Length(3)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Court(Record):
    """A family court beside which a centre works; ``judges`` is their number."""

    table: ClassVar[str] = "courts"
    key: Key
    region: Annotated[str, OneOf("region")]
    name_kk: Line
    name_ru: Line
    judges: Annotated[int, Range(0, 1000)] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Centre(Record):
    """A centre that headquarters opened, moved or closed; not open before ``opened_on``."""

    table: ClassVar[str] = "centres"
    key: Key
    region: Annotated[str, OneOf("region")]
    court: Key | None = None
    name_kk: Line | None = None
    name_ru: Line | None = None
    city_kk: Line | None = None
    city_ru: Line | None = None
    opened_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanTarget(Record):
    """A planned value: from ``valid_from`` on, for one region, each region or all together.

    A later target leaves the earlier one in force for the days before it. ``agreement`` is the
    number of the contract or of its supplement that sets it.
    """

    table: ClassVar[str] = "plan_targets"
    indicator: Key
    region: Key
    valid_from: date
    operator: Annotated[str, OneOf("plan_operator")]
    value: Count
    clause: Line | None = None
    agreement: Line | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class StatedTotal(Record):
    """A figure of an earlier year as a report stated it; never mixed with computed figures.

    ``breakdown`` and ``key`` are empty for a total; ``page`` is that of the ``source``.
    """

    table: ClassVar[str] = "stated_totals"
    year: Year
    indicator: Key
    region: Key
    breakdown: Key | None = None
    key: Key | None = None
    value: Count
    source: Line
    page: Key | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal(Record):
    """A legislative proposal."""

    table: ClassVar[str] = "proposals"
    title: Line
    addressee: Line | None = None
    proposed_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffMember(Record):
    """A specialist; ``rate_percent`` is of a full post, ``home_centre`` a substitute's."""

    table: ClassVar[str] = "staff_members"
    profession: Annotated[str, OneOf("profession")]
    rate_percent: Percent = 100
    employed_from: date
    employed_to: date | None = None
    home_centre: Key | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffName(Record):
    """A specialist's name, under the staff member's id; it never leaves the centre."""

    table: ClassVar[str] = "staff_names"
    id: Annotated[str, Parent("staff_members")]
    surname: Name
    given_name: Name | None = None
    patronymic: Name | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Vacancy(Record):
    """An empty post and the days on which it was advertised."""

    table: ClassVar[str] = "vacancies"
    profession: Annotated[str, OneOf("profession")]
    opened_on: date
    closed_on: date | None = None
    notices: tuple[date, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Case(Record):
    """The centre's work with one couple; ``label`` finds a case that has nobody's name."""

    table: ClassVar[str] = "cases"
    number: Annotated[str, Length(24), StaysHome()]
    kind: Annotated[str, OneOf("case_kind")]
    came_through: Annotated[str, OneOf("came_through")] = "not_stated"
    causes: Annotated[tuple[str, ...], OneOf("cause")] = ()
    registered_on: date
    label: Annotated[Name, StaysHome()] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome(Record):
    """What became of a case on a day, and who said so."""

    table: ClassVar[str] = "outcomes"
    case_id: Annotated[str, Parent("cases")]
    kind: Annotated[str, OneOf("outcome")]
    dated_on: date
    source: Annotated[str, OneOf("outcome_source")]


@dataclass(frozen=True, kw_only=True, slots=True)
class Participant(Record):
    """An adult or a child of a case."""

    table: ClassVar[str] = "participants"
    case_id: Annotated[str, Parent("cases")]
    role: Annotated[str, OneOf("participant_role")]
    sex: Annotated[str, OneOf("sex")] = "not_stated"
    birth_year: Year | None = None
    disability: Annotated[str, OneOf("disability")] = "not_stated"
    occupation: Annotated[str, OneOf("occupation")] = "not_stated"
    citizenship: Annotated[str, OneOf("citizenship")] = "not_stated"


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity(Record):
    """Who an adult participant is, under the participant's id; it never leaves the centre."""

    table: ClassVar[str] = "identities"
    id: Annotated[str, Parent("participants")]
    surname: Name | None = None
    given_name: Name | None = None
    patronymic: Name | None = None
    birth_date: date | None = None
    iin: Annotated[str, Length(12)] | None = None
    phone: Annotated[str, Length(20)] | None = None
    safe_contact: Annotated[str, OneOf("safe_contact")] = "not_stated"
    never_tell: bool = False
    """The other spouse must never learn that this person came."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Consent(Record):
    """A participant's consent to the processing of personal data (Law 94-V, articles 7 and 8)."""

    table: ClassVar[str] = "consents"
    participant_id: Annotated[str, Parent("participants")]
    state: Annotated[str, OneOf("consent_state")]
    text_version: Key | None = None
    decided_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim(Record):
    """A claim of the couple in court; ``filed_on`` is empty while unknown."""

    table: ClassVar[str] = "claims"
    case_id: Annotated[str, Parent("cases")]
    kind: Annotated[str, OneOf("claim_kind")]
    filed_on: Annotated[date, TravelsAsMonth("filed_month")] | None = None
    result: Annotated[str, OneOf("claim_result")] = "unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class CourtCase(Record):
    """The court's number and judge, under the claim's id; they never leave the centre."""

    table: ClassVar[str] = "court_cases"
    id: Annotated[str, Parent("claims")]
    number: Name | None = None
    judge: Name | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Consultation(Record):
    """One specialist with one case on one day; ``attendees`` are ids of its participants."""

    table: ClassVar[str] = "consultations"
    case_id: Annotated[str, Parent("cases")]
    held_on: date
    specialist_id: Annotated[str, Parent("staff_members")]
    format: Annotated[str, OneOf("consultation_format")] = "in_person"
    attendees: tuple[str, ...] = ()
    topics: Annotated[tuple[str, ...], OneOf("topic")] = ()
    minutes: Annotated[int, Range(1, 600)] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Appointment(Record):
    """A visit to come, for a specialist here or an outside body; it never leaves the centre.

    Args:
        time: ``HH:MM`` in Kazakhstan.
        profession: whom it is for where no specialist is named.
        body: the outside body that the couple was referred to.
        state: expected, came, no_show or cancelled.
    """

    table: ClassVar[str] = "appointments"
    case_id: Annotated[str, Parent("cases")]
    planned_on: date
    time: Annotated[str, Length(5)] | None = None
    specialist_id: Annotated[str, Parent("staff_members")] | None = None
    profession: Annotated[str, OneOf("profession")] | None = None
    body: Line | None = None
    state: Annotated[str, OneOf("appointment_state")] = "expected"


@dataclass(frozen=True, kw_only=True, slots=True)
class Note(Record):
    """A specialist's note on a consultation, under its id; sealed to its author's own key.

    Args:
        author: account id.
        sealed: what `pravo_desktop.security.notes.seal_text` made of a text of at most
            `NOTE_LENGTH` characters.
    """

    table: ClassVar[str] = "notes"
    id: Annotated[str, Parent("consultations")]
    author: str
    sealed: Annotated[str, Length(24_000)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Advice(Record):
    """One-off advice without a case."""

    table: ClassVar[str] = "advice"
    held_on: date
    specialist_id: Annotated[str, Parent("staff_members")]
    format: Annotated[str, OneOf("consultation_format")] = "in_person"
    topics: Annotated[tuple[str, ...], OneOf("topic")] = ()
    minutes: Annotated[int, Range(1, 600)] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Mediation(Record):
    """A mediation (Law 401-IV of 2011); nothing of its content is kept."""

    table: ClassVar[str] = "mediations"
    case_id: Annotated[str, Parent("cases")]
    specialist_id: Annotated[str, Parent("staff_members")]
    contract_on: date
    meetings: Annotated[int, Range(0, 100)] = 0
    result: Annotated[str, OneOf("mediation_result")] = "ongoing"
    agreement_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Study(Record):
    """A psychological study of a family."""

    table: ClassVar[str] = "studies"
    case_id: Annotated[str, Parent("cases")]
    specialist_id: Annotated[str, Parent("staff_members")]
    held_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Event(Record):
    """A training, meeting or campaign event, counted at its host for the region it is for.

    ``leader_id`` is a staff member; an empty one means a guest.
    """

    table: ClassVar[str] = "events"
    kind: Annotated[str, OneOf("event_kind")]
    held_on: date
    region: Key
    attending_centres: tuple[str, ...] = ()
    place: Line | None = None
    topic: Line
    leader_id: Annotated[str, Parent("staff_members")] | None = None
    partner: Line | None = None
    language: Annotated[str, OneOf("event_language")] = "kk"
    target_group: Annotated[str, OneOf("target_group")] | None = None
    men: People = 0
    women: People = 0
    children: People = 0
    couples: People = 0
    basis: Annotated[str, OneOf("attendance_basis")] = "counted"
    evidence: Line | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class EventAttendance(Record):
    """People of this centre at another centre's or headquarters' event, found by its code."""

    table: ClassVar[str] = "event_attendances"
    event_code: Annotated[str, Length(12)]
    held_on: date
    men: People = 0
    women: People = 0
    children: People = 0
    couples: People = 0
    basis: Annotated[str, OneOf("attendance_basis")] = "counted"


@dataclass(frozen=True, kw_only=True, slots=True)
class SurveySheet(Record):
    """One sheet of answers after an event, five questions on a scale from 1 to 5."""

    table: ClassVar[str] = "survey_sheets"
    event_id: Annotated[str, Parent("events")]
    q_access: Score | None = None
    q_recommend: Score | None = None
    q_trainer: Score | None = None
    q_useful: Score | None = None
    q_comfort: Score | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Publication(Record):
    """A publication or broadcast; ``views`` were read on ``views_on``."""

    table: ClassVar[str] = "publications"
    published_on: date
    outlet: Line
    outlet_kind: Annotated[str, OneOf("outlet_kind")]
    title: Line
    language: Annotated[str, OneOf("event_language")] = "kk"
    link: Annotated[str, Length(500)] | None = None
    ownership: Annotated[str, OneOf("ownership")] = "own"
    views: Count | None = None
    views_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PrintedMaterial(Record):
    """A booklet; ``copies_made`` counts where it was ordered, 0 where it was only received."""

    table: ClassVar[str] = "printed_materials"
    title: Line
    language: Annotated[str, OneOf("event_language")] = "kk"
    ordered_on: date
    copies_made: Count = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class HandOut(Record):
    """Copies of a printed material given out, perhaps at an event."""

    table: ClassVar[str] = "hand_outs"
    material_id: Annotated[str, Parent("printed_materials")]
    event_id: Annotated[str, Parent("events")] | None = None
    handed_on: date
    copies: Count
    place: Line | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Video(Record):
    """A video clip; ``views`` were read on ``views_on``."""

    table: ClassVar[str] = "videos"
    title: Line
    language: Annotated[str, OneOf("event_language")] = "kk"
    published_on: date
    link: Annotated[str, Length(500)] | None = None
    views: Count = 0
    views_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthlyNote(Record):
    """A problem, proposal or explanation for the report; it travels, so it names nobody."""

    table: ClassVar[str] = "monthly_notes"
    month: Month
    section: Annotated[str, OneOf("section")]
    kind: Annotated[str, OneOf("monthly_note_kind")]
    text: Text


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionState(Record):
    """What the lead said of a section when closing a month: reported, or zero with a reason."""

    table: ClassVar[str] = "section_states"
    month: Month
    section: Annotated[str, OneOf("section")]
    state: Annotated[str, OneOf("section_state")]
    reason: Line | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Amendment(Record):
    """Why a record of a closed month was changed; it travels, so it names nobody.

    Args:
        month: the closed month that is changed.
        section: of the monthly report, where the record belongs to one.
        record_revision: of the version that was written then.
        reason: a key of ``amendment_reason`` or the lead's own words.
    """

    table: ClassVar[str] = "amendments"
    month: Month
    section: Annotated[str, OneOf("section")] | None = None
    record_table: Key
    record_id: Key
    record_revision: Annotated[int, Range(1, 1_000_000_000)]
    changed_on: date
    reason: Reason


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer(Record):
    """What the centre answers to a question of headquarters' receipt; it travels.

    ``words`` are those of who says that the record is right as it is.
    """

    table: ClassVar[str] = "answers"
    question_id: Key
    record_table: Key
    record_id: Key
    answered_on: date
    answer: Annotated[str, OneOf("answer")]
    words: Reason | None = None


RECORDS: tuple[type[Record], ...] = (
    Project,
    Stage,
    Deadline,
    RuleOfYear,
    Region,
    Court,
    Centre,
    PlanTarget,
    StatedTotal,
    Proposal,
    StaffMember,
    StaffName,
    Vacancy,
    Case,
    Outcome,
    Participant,
    Identity,
    Consent,
    Claim,
    CourtCase,
    Consultation,
    Appointment,
    Note,
    Advice,
    Mediation,
    Study,
    Event,
    EventAttendance,
    SurveySheet,
    Publication,
    PrintedMaterial,
    HandOut,
    Video,
    MonthlyNote,
    SectionState,
    Amendment,
    Answer,
)
"""Every kind of record, parents before their children."""

NATIONAL_RECORDS: tuple[type[Record], ...] = RECORDS[: RECORDS.index(Proposal) + 1]
"""What headquarters alone keeps, in its own package."""

NATIONAL_TABLES = frozenset(record.table for record in NATIONAL_RECORDS)
"""Their tables; a centre's package that brings any of them is refused."""

RECEIVED_LISTS = (
    "plan_targets",
    "regions",
    "courts",
    "centres",
    "deadlines",
    "category_rules",
)
"""Headquarters' lists that a centre takes over from the last receipt."""

BY_TABLE: Mapping[str, type[Record]] = {record.table: record for record in RECORDS}

PERSONAL = frozenset(
    {"staff_names", "identities", "consents", "court_cases", "notes", "appointments"}
)
"""Tables of personal data: packages do not know them and headquarters never fills them."""
