"""Rows of a journal become a case: its people, claims, consultations, reasons and notes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from db import store
from db.session import Session
from pravo_desktop.domain.journal_visits import Person, Visit
from pravo_desktop.domain.phone import normalise_phone
from pravo_desktop.domain.records import Consent
from pravo_desktop.domain.text import personal_data_in
from pravo_desktop.domain.validation import Finding
from pravo_desktop.usecases.actor import Actor
from pravo_desktop.usecases.cases import (
    ClaimForm,
    ConsultationForm,
    open_case,
    record_consultation,
    save_claim,
)
from pravo_desktop.usecases.import_plan import ImportPlan
from pravo_desktop.usecases.import_rows import FullName, ImportCase, ImportRow, consent_of, on_paper
from pravo_desktop.usecases.notes import keep_note, public_key
from pravo_desktop.usecases.participants import ParticipantForm, save_participant
from pravo_desktop.usecases.records import remember_reasons


@dataclass
class OpenedCase:
    """A case of the database while rows are added to it: ids of participants by role."""

    case_id: str
    people: dict[str, list[str]]
    claims: set[str]


class CaseWriter:
    """Writes cases that the rows of an import make or continue.

    Args:
        plan: what the person decided of the rows.
    """

    def __init__(self, session: Session, actor: Actor, plan: ImportPlan) -> None:
        self._session, self._actor, self._plan = session, actor, plan
        self._authors = {
            row["staff_id"]: row["id"]
            for row in session.all(
                "SELECT staff_id, id FROM accounts WHERE staff_id IS NOT NULL AND closed_at IS NULL"
            )
        }

    def open(self, case: ImportCase, row: ImportRow, confirmed: Mapping[str, str]) -> OpenedCase:
        """The case with all that its rows know of people and claims, and its first visit."""
        visits = [other.visit for other in case.rows]
        people, children = _people_of(visits)
        forms = [_form(one, case, self._plan) for one in people if one.role != "child"]
        forms += [ParticipantForm(role="child")] * children
        roles = [form.role for form in forms]
        claims = _claims_of(visits)
        opened = open_case(
            self._session,
            self._actor,
            kind=next((v.case_kind for v in visits if v.case_kind), self._plan.case_kind),
            came_through=next((v.came_through for v in visits if v.came_through), "not_stated"),
            label=_label(case, self._plan),
            registered_on=row.visit.held_on,
            participants=tuple(forms),
            claims=claims,
            consultation=_consultation(
                row, tuple(str(place) for place in _attending(row.visit, roles))
            ),
            confirmed=confirmed,
        )
        by_role: dict[str, list[str]] = defaultdict(list)
        for role, participant in zip(roles, opened.participants, strict=True):
            by_role[role].append(participant)
        for role, ids in by_role.items():
            self._keep_reason(ids, role, case)
        return OpenedCase(opened.case_id, by_role, {claim.kind for claim in claims})

    def opened(self, case_id: str) -> OpenedCase:
        """A case that was there before the import, with its people and claims."""
        people = defaultdict(list)
        for participant, role in self._session.rows(
            "SELECT id, role FROM participants WHERE case_id = ? AND NOT deleted ORDER BY id",
            (case_id,),
        ):
            people[role].append(participant)
        claims = {
            kind
            for (kind,) in self._session.rows(
                "SELECT kind FROM claims WHERE case_id = ? AND NOT deleted", (case_id,)
            )
        }
        return OpenedCase(case_id, people, claims)

    def go_on(self, opened: OpenedCase, row: ImportRow, confirmed: Mapping[str, str]) -> str:
        """A further visit of a case; who and what the case does not know yet is added to it."""
        visit, case_id = row.visit, opened.case_id
        known = {role: list(ids) for role, ids in opened.people.items()}
        for person in (*visit.people, *map(_unnamed, sorted(visit.attended - {"child"}))):
            if row.case is not None and person.role not in known:
                form = _form(person, row.case, self._plan)
                added = save_participant(
                    self._session,
                    self._actor,
                    case_id=case_id,
                    participant=form,
                    confirmed=confirmed,
                )
                known[person.role] = [added]
                self._keep_reason([added], person.role, row.case)
        new_claims = set(visit.claims) - opened.claims
        roles = [(role, one) for role, ids in known.items() for one in ids]
        places = _attending(visit, [role for role, _ in roles])
        consultation_id = record_consultation(
            self._session,
            self._actor,
            case_id=case_id,
            consultation=_consultation(row, tuple(roles[place][1] for place in places)),
            confirmed=confirmed,
        )
        for kind in sorted(new_claims):
            claim = ClaimForm(kind=kind, filed_on=visit.filed_on)
            save_claim(
                self._session, self._actor, case_id=case_id, claim=claim, confirmed=confirmed
            )
        opened.people, opened.claims = known, opened.claims | new_claims
        return consultation_id

    def _keep_reason(self, participants: Sequence[str], role: str, case: ImportCase) -> None:
        """Beside each consent that was taken on trust stands why."""
        if self._plan.consents_on_paper is None or not on_paper(role, case, self._plan):
            return
        reason = self._plan.consents_on_paper.strip()
        for participant in participants:
            for consent in store.find(
                self._session,
                Consent,
                "participant_id = :id AND state = 'given'",
                {"id": participant},
            ):
                finding = Finding("journal_consent_on_paper", "state", warning=True)
                remember_reasons(self._session, self._actor, consent, [(finding, reason)])

    def keep_note(self, row: ImportRow, opened: OpenedCase) -> None:
        """Keep a row's note: the specialist's where they have signed in once, else the lead's."""
        if not row.visit.note or row.case is None:
            return
        if _names_in(row.visit.note, row.case, self._plan):
            row.findings.append(Finding("journal_note_left_out", "note", warning=True))
            return
        consultation = self._session.value(
            "SELECT id FROM consultations INDEXED BY ix_consultations_case_id "
            "WHERE case_id = ? AND held_on = ? AND specialist_id = ? AND NOT deleted "
            "ORDER BY id DESC",
            (opened.case_id, str(row.visit.held_on), row.specialist_id),
        )
        author = self._authors.get(row.specialist_id, self._actor.account_id)
        if public_key(self._session, self._actor, author) is None:
            author = self._actor.account_id
        keep_note(self._session, self._actor, consultation, row.visit.note, author)


def _people_of(visits: Sequence[Visit]) -> tuple[list[Person], int]:
    """The people that visits of one case name, each once, and how many children it has."""
    people: dict[tuple[str, FullName | None], Person] = {}
    for visit in visits:
        for person in visit.people:
            key = (person.role, None if person.role in ("husband", "wife") else person.full_name)
            people[key] = people[key].merged(person) if key in people else person
        for role in sorted(visit.attended - {"child"}):
            people.setdefault((role, None), _unnamed(role))
    if not people:
        people = {(role, None): _unnamed(role) for role in ("husband", "wife")}
    children = max(visit.children for visit in visits)
    children = max(children, sum(role == "child" for role, _ in people))
    if any("child" in visit.attended for visit in visits):
        children = max(children, 1)
    return list(people.values()), children


def _claims_of(visits: Sequence[Visit]) -> tuple[ClaimForm, ...]:
    """The claims that visits of one case name, each kind once; the first with the court number."""
    claims: dict[str, ClaimForm] = {}
    for visit in visits:
        for kind in visit.claims:
            claims.setdefault(kind, ClaimForm(kind=kind, filed_on=visit.filed_on))
    court_number = next((visit.court_number for visit in visits if visit.court_number), None)
    if claims and court_number:
        kind = next(iter(claims))
        claims[kind] = replace(claims[kind], court_number=court_number)
    return tuple(claims.values())


def _unnamed(role: str) -> Person:
    sex = {"husband": "male", "wife": "female"}.get(role, "not_stated")
    return Person(role=role, sex=sex)


def _form(person: Person, case: ImportCase, plan: ImportPlan) -> ParticipantForm:
    consent = consent_of(person.role, case, plan)
    form = ParticipantForm(
        role=person.role,
        sex=person.sex,
        birth_year=person.birth_year,
        consent=consent if person.named else "not_asked",
    )
    if consent != "given":
        return form
    return replace(
        form,
        birth_date=person.birth_date,
        surname=person.surname,
        given_name=person.given_name,
        patronymic=person.patronymic,
        iin=person.iin,
        phone=person.phone,
    )


def _attending(visit: Visit, roles: Sequence[str]) -> list[int]:
    """Positions of those who came: as the row says, else whom it names, else all adults."""
    came = visit.attended or {person.role for person in visit.people}
    found = [place for place, role in enumerate(roles) if role in came]
    return found or [place for place, role in enumerate(roles) if role != "child"]


def _consultation(row: ImportRow, attendees: tuple[str, ...]) -> ConsultationForm:
    return ConsultationForm(
        held_on=row.visit.held_on,
        specialist_id=row.specialist_id,
        format=row.visit.format or "in_person",
        attendees=attendees,
        topics=row.visit.topics,
        minutes=row.visit.minutes,
    )


def _label(case: ImportCase, plan: ImportPlan) -> str | None:
    """The journal's number, by which the case is found later; never with a name in it."""
    numbers = (row.visit.case_number for row in case.rows if row.visit.case_number)
    number = next(numbers, "")
    holds_digit = any(character.isdigit() for character in number)
    return number if holds_digit and not _names_in(number, case, plan) else None


def _names_in(text: str, case: ImportCase, plan: ImportPlan) -> bool:
    """Whether a text holds a name or phone of those of the case without consent, or any IIN."""
    people = [
        person
        for row in case.rows
        for person in row.visit.people
        if person.role == "child" or consent_of(person.role, case, plan) != "given"
    ]
    names = {name.rstrip(".") for p in people for name in (p.surname, p.given_name) if name}
    phones = {normalise_phone(person.phone) or "" for person in people if person.phone}
    found = personal_data_in(text, surnames=names - {""}, phones=phones - {""})
    return bool(people) and bool(found)
