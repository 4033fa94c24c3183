"""What stands on the lines of a case's page: a main text and quiet facts for each record."""

from __future__ import annotations

from pravo_desktop.domain.phone import format_phone
from pravo_desktop.domain.records import Appointment, Mediation, Outcome, Study
from pravo_desktop.i18n import Translator
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.queries import (
    CaseCard,
    ClaimCard,
    ConsultationLine,
    PersonCard,
    StaffLine,
)

Words = tuple[str, str]
"""Main text and quiet facts."""


def case_line(t: Translator, card: CaseCard) -> Words:
    """The case as a whole."""
    kinds = classifiers().kinds
    facts = [
        card.case.number,
        t.label(kinds["case_kind"][card.case.kind]),
        t.text("registered {day}", day=t.date(card.case.registered_on)),
        t.label(kinds["outcome"][card.outcomes[0].kind if card.outcomes else "open"]),
    ]
    if card.case.came_through != "not_stated":
        facts.insert(2, t.label(kinds["came_through"][card.case.came_through]))
    causes = [t.label(kinds["cause"][key]) for key in card.case.causes]
    return " · ".join(facts), ", ".join(causes)


def person_line(t: Translator, person: PersonCard) -> Words:
    """A person; an adult with consent and the safe way of contact."""
    kinds, record, identity = classifiers().kinds, person.participant, person.identity
    role = t.label(kinds["participant_role"][record.role])
    facts = [role] if person.name else []
    if identity is not None and identity.birth_date:
        facts.append(t.date(identity.birth_date))
    elif record.birth_year:
        facts.append(str(record.birth_year))
    if identity is not None and identity.phone:
        codes = {region.phone_code for region in classifiers().regions.values()}
        facts.append(format_phone(identity.phone, codes))
    if record.role != "child":
        facts.append(t.label(kinds["consent_state"][person.consent]))
    if identity is not None and identity.safe_contact != "not_stated":
        way = t.label(kinds["safe_contact"][identity.safe_contact])
        facts.append(t.text("contact: {way}", way=way))
    return person.name or role, " · ".join(facts)


def claim_line(t: Translator, claim: ClaimCard) -> Words:
    """A claim with what the court's papers say."""
    kinds = classifiers().kinds
    facts = [t.label(kinds["claim_result"][claim.claim.result])]
    if claim.claim.filed_on:
        facts.append(t.text("filed {day}", day=t.date(claim.claim.filed_on)))
    if claim.court is not None:
        facts += filter(None, (claim.court.number, claim.court.judge))
    return t.label(kinds["claim_kind"][claim.claim.kind]), " · ".join(facts)


def outcome_line(t: Translator, outcome: Outcome) -> Words:
    """What became of the case, and who said so."""
    kinds = classifiers().kinds
    said = t.label(kinds["outcome"][outcome.kind])
    return f"{t.date(outcome.dated_on)}  {said}", t.label(kinds["outcome_source"][outcome.source])


def staff_words(t: Translator, staff: StaffLine | None) -> str:
    """Name and profession."""
    if staff is None:
        return ""
    profession = t.label(classifiers().kinds["profession"][staff.profession])
    return ", ".join(filter(None, (staff.name, profession)))


def visit_line(t: Translator, visit: ConsultationLine, card: CaseCard) -> Words:
    """A consultation with those who came."""
    kinds, record = classifiers().kinds, visit.consultation
    roles = kinds["participant_role"]
    came = [
        person.name or t.label(roles[person.participant.role])
        for person in card.people
        if person.participant.id in record.attendees
    ]
    facts = [t.label(kinds["consultation_format"][record.format]), ", ".join(came)]
    facts += [t.label(kinds["topic"][key]) for key in record.topics]
    if record.minutes:
        facts.append(t.plural("{n} minute", "{n} minutes", record.minutes))
    quiet = " · ".join(filter(None, facts))
    if visit.note:
        quiet += f"\n{visit.note}"
    elif visit.noted is not None and visit.noted.own:
        quiet += "\n" + t.text("Your note waits for the sheet of your notes.")
    elif visit.noted is not None:
        said = t.text("A note by {name}, who alone can read it.", name=visit.noted.author)
        quiet += f"\n{said}"
    return f"{t.date(record.held_on)}  {staff_words(t, visit.specialist)}", quiet


def mediation_line(t: Translator, mediation: Mediation, staff: StaffLine | None) -> Words:
    """A mediation; nothing of what was said is kept."""
    facts = [
        staff_words(t, staff),
        t.text("meetings: {n}", n=t.number(mediation.meetings)),
    ]
    if mediation.agreement_on:
        facts.append(t.text("agreement of {day}", day=t.date(mediation.agreement_on)))
    result = t.label(classifiers().kinds["mediation_result"][mediation.result])
    main = f"{t.date(mediation.contract_on)}  {t.text('Mediation')}: {result}"
    return main, " · ".join(filter(None, facts))


def study_line(t: Translator, study: Study, staff: StaffLine | None) -> Words:
    """A psychological study."""
    return f"{t.date(study.held_on)}  {t.text('Psychological study')}", staff_words(t, staff)


def plan_line(t: Translator, plan: Appointment, staff: StaffLine | None) -> Words:
    """A visit to come or a referral, and what became of it."""
    kinds = classifiers().kinds
    to = plan.body or staff_words(t, staff)
    if plan.profession:
        to = t.label(kinds["profession"][plan.profession])
    when = " ".join(filter(None, (t.date(plan.planned_on), plan.time)))
    referred = plan.specialist_id is None
    state = t.label(kinds["appointment_state"][plan.state])
    quiet = t.text("referral · {state}", state=state) if referred else state
    return f"{when}  {to}", quiet
