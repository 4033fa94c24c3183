"""Rules that a record must satisfy, each with one code and the field it is about.

An error stops the record; a warning is kept with the reason a person gives for it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as with_default
from datetime import date
from typing import Any, TypeVar

from pravo_desktop.domain.fields import fields_of
from pravo_desktop.domain.iin import clean_iin, iin_findings, iin_warnings
from pravo_desktop.domain.phone import normalise_phone, phone_findings
from pravo_desktop.domain.records import (
    Advice,
    Consultation,
    Identity,
    Participant,
    Record,
    StaffMember,
)
from pravo_desktop.domain.text import normalise_line, normalise_text, text_findings

Known = Callable[[str], Collection[str]]
"""The keys of a classifier, by its name."""

MULTILINE = frozenset({"text"})
"""Fields that may have several lines."""

MAY_BE_AHEAD = frozenset(
    {"starts_on", "ends_on", "final_report_on", "valid_from", "employed_from", "employed_to"}
    | {"opened_on", "closed_on", "planned_on", "due_on"}
)
"""Dates that may lie in the future: terms, contracts and openings are known beforehand."""

YOUNGEST_SPOUSE = 16
OLDEST_PERSON = 100

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Finding:
    """Something wrong or odd in a record.

    Args:
        code: of the message; one meaning everywhere.
        field: the record's field.
        warning: a reason lets it pass; otherwise it is an error.
        params: values for the message.
    """

    code: str
    field: str
    warning: bool = False
    params: Mapping[str, Any] = with_default(default_factory=dict)


def normalised(record: R) -> R:
    """The record with its texts in stored form; an emptied optional text becomes nothing."""
    changes: dict[str, Any] = {}
    for spec in fields_of(type(record))[1:]:
        value = getattr(record, spec.name)
        if spec.kind is str and not spec.many and isinstance(value, str):
            tidy = normalise_text if spec.name in MULTILINE else normalise_line
            text = tidy(value)
            changes[spec.name] = text or (None if spec.optional else "")
    return replace(record, **changes)


def check(record: Record, known: Known, today: date) -> list[Finding]:
    """What any record is checked for: needed fields, known keys, ranges, lengths, dates.

    Args:
        record: normalised.
        known: the keys of a classifier.
        today: the day in Kazakhstan.
    """
    findings: list[Finding] = []
    for spec in fields_of(type(record))[1:]:
        value = getattr(record, spec.name)
        if value is None:
            continue
        if value == "" and spec.kind is str:
            findings.append(Finding("field_required", spec.name))
        elif spec.classifier:
            keys = known(spec.classifier)
            for key in value if spec.many else (value,):
                if key not in keys:
                    findings.append(Finding("key_unknown", spec.name, params={"value": key}))
        elif spec.bounds and not spec.bounds[0] <= value <= spec.bounds[1]:
            params = {"minimum": spec.bounds[0], "maximum": spec.bounds[1]}
            findings.append(Finding("number_out_of_range", spec.name, params=params))
        elif spec.max_length and isinstance(value, str):
            findings.extend(
                Finding(code, spec.name, params={"maximum": spec.max_length})
                for code in text_findings(value, spec.max_length)
            )
        elif spec.kind is date and spec.name not in MAY_BE_AHEAD:
            days: Iterable[date] = value if spec.many else (value,)
            if any(day > today for day in days):
                findings.append(Finding("date_in_future", spec.name))
    return findings


def check_order(earlier: date | None, later: date | None, field_name: str) -> list[Finding]:
    """``dates_out_of_order`` when the second date lies before the first."""
    if earlier and later and later < earlier:
        return [Finding("dates_out_of_order", field_name)]
    return []


def check_consultation(
    consultation: Consultation, participants: Collection[str], specialist: StaffMember | None
) -> list[Finding]:
    """Attendees belong to the case; a visit outside the specialist's employment is a warning.

    Args:
        participants: ids of the case's living participants.
        specialist: who held it; None when there is no such staff member.
    """
    findings = []
    if not consultation.attendees:
        findings.append(Finding("attendee_required", "attendees"))
    if not set(consultation.attendees) <= set(participants):
        findings.append(Finding("attendee_not_of_case", "attendees"))
    return findings + check_employment(consultation, specialist)


def check_employment(
    record: Consultation | Advice, specialist: StaffMember | None
) -> list[Finding]:
    """A visit outside the specialist's employment is a warning."""
    if specialist is None:
        return [Finding("specialist_unknown", "specialist_id")]
    last = specialist.employed_to or record.held_on
    if not specialist.employed_from <= record.held_on <= last:
        return [Finding("outside_employment", "held_on", warning=True)]
    return []


NEEDS_CONSENT = ("disability", "occupation", "citizenship")
"""What a participant's own record holds only with the person's consent."""


def without_consent(participant: Participant) -> Participant:
    """The participant as role, sex and birth year, which is all that is kept without consent."""
    emptied: dict[str, Any] = dict.fromkeys(NEEDS_CONSENT, "not_stated")
    return replace(participant, **emptied)


def check_participant(participant: Participant, today: date, consent: str) -> list[Finding]:
    """What is stated needs consent; an adult's age under 16 or over 100 is a warning.

    Args:
        consent: key of ``consent_state``.
    """
    if consent != "given" and participant != without_consent(participant):
        return [Finding("consent_needed", "consent")]
    if participant.birth_year is None:
        return []
    if participant.birth_year > today.year:
        return [Finding("date_in_future", "birth_year")]
    age = today.year - participant.birth_year
    if participant.role in {"husband", "wife", "former_spouse", "partner"} and not (
        YOUNGEST_SPOUSE <= age <= OLDEST_PERSON
    ):
        return [Finding("spouse_age_unusual", "birth_year", warning=True, params={"age": age})]
    return []


def settled_identity(
    identity: Identity, participant: Participant, today: date, landline_codes: Collection[str]
) -> tuple[Identity, list[Finding]]:
    """The identity as it can be kept, and what to tell about its IIN and phone.

    An IIN that cannot be one is left empty rather than blocking the person at the desk; so is a
    phone that is no number.
    """
    findings: list[Finding] = []
    if identity.iin:
        iin = clean_iin(identity.iin)
        wrong = iin_findings(iin)
        findings.extend(Finding(code, "iin", warning=True) for code in wrong)
        if not wrong:
            findings.extend(
                Finding(code, "iin", warning=True)
                for code in iin_warnings(
                    iin,
                    today=today,
                    birth_date=identity.birth_date,
                    birth_year=participant.birth_year,
                    sex=participant.sex,
                )
            )
        identity = replace(identity, iin=None if wrong else iin)
    if identity.phone:
        found = phone_findings(identity.phone, landline_codes)
        findings.extend(Finding(code, "phone", warning=True) for code in found)
        identity = replace(identity, phone=normalise_phone(identity.phone))
    return identity, findings
