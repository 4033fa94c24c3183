"""What stands on papers: who issues them, names, visits, courts."""

from datetime import date

from db import store
from db.session import Session
from exports.papers.content import MEDIATOR, Issuer, Visit
from exports.papers.templates import template
from exports.report.texts import default_card
from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.domain.records import Case, Identity, Participant, StaffName
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import Translator
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.actor import Actor
from pravo_desktop.usecases.centre_card import centre_card
from pravo_desktop.usecases.registers import centre_names, known_centres, known_courts


def visits_of(session: Session, participant: Participant, mediator: bool) -> list[Visit]:
    """The visits a person attended, those to the mediator if they are to be named.

    Each specialist on each day once, as consultations are counted.
    """
    found = session.all(
        "SELECT DISTINCT c.held_on, c.specialist_id, m.profession FROM consultations c "
        "JOIN staff_members m ON m.id = c.specialist_id, json_each(c.attendees) a "
        "WHERE c.case_id = ? AND NOT c.deleted AND a.value = ? "
        "ORDER BY c.held_on, m.profession, c.specialist_id",
        (participant.case_id, participant.id),
    )
    return [
        Visit(date.fromisoformat(row["held_on"]), row["profession"])
        for row in found
        if mediator or row["profession"] != MEDIATOR
    ]


def issuer_of(session: Session, actor: Actor, language: str) -> Issuer:
    """Who issues the centre's papers."""
    template("slip", language)  # Every paper is in the same languages.
    card = centre_card(session, actor)
    organisation = card.in_language("name", language) or default_card(language).grantee
    centre = centre_names(session, session.installation.centre)[language]
    if session.installation.practice:
        centre = Translator(language).text("PRACTICE · {centre}", centre=centre)
    return Issuer(
        organisation=organisation,
        bin=card.bin or None,
        centre=centre,
        address=card.in_language("address", language),
        phone=card.phone or None,
        email=card.email or None,
        head=card.in_language("head", language) or _usual_head(session, language),
    )


def _usual_head(session: Session, language: str) -> str | None:
    """Who signs where the card does not say it: the coordinator; a centre's paper has its word."""
    if session.installation.centre != NATIONAL:
        return None
    return Translator(language).label(classifiers().kinds["role"]["coordinator"])


def own_court(session: Session, language: str) -> str | None:
    """The court that the centre works beside, by its register."""
    centre = known_centres(session).get(session.installation.centre)
    court = known_courts(session).get(centre.court or "") if centre else None
    if court is None:
        return None
    return court.name_kk if language == "kk" else court.name_ru


def court_case_of(session: Session, case_id: str) -> str | None:
    """The court's number of the latest claim that has one."""
    found = session.value(
        "SELECT k.number FROM claims c JOIN court_cases k ON k.id = c.id WHERE c.case_id = ? "
        "AND NOT c.deleted AND NOT k.deleted AND k.number IS NOT NULL ORDER BY c.id DESC",
        (case_id,),
    )
    return str(found) if found else None


def person_of(session: Session, case: Case, participant_id: str) -> Participant:
    """A person of the case; ``person_not_of_case`` of another."""
    participant = store.get(session, Participant, participant_id)
    if participant.case_id != case.id:
        raise KnownError("person_not_of_case")
    return participant


def name_of(session: Session, participant: Participant) -> str | None:
    """A person's full name, if it is kept."""
    found = store.find(session, Identity, "id = :id", {"id": participant.id})
    if not found:
        return None
    names = (found[0].surname, found[0].given_name, found[0].patronymic)
    return " ".join(filter(None, names)) or None


def needed_name(session: Session, participant: Participant) -> str:
    """A person's full name; ``person_unnamed`` where it is not kept."""
    name = name_of(session, participant)
    if name is None:
        raise KnownError("person_unnamed")
    return name


def staff_name(session: Session, staff_id: str | None) -> str | None:
    """A staff member's full name, if it is kept."""
    found = store.find(session, StaffName, "id = :id", {"id": staff_id})
    if not found:
        return None
    names = (found[0].surname, found[0].given_name, found[0].patronymic)
    return " ".join(filter(None, names))


def lead_name(session: Session) -> str | None:
    """The name of the one lead; with two leads, whoever signs writes it by hand."""
    rows = session.all(
        "SELECT a.staff_id FROM accounts a, json_each(a.roles) r "
        "WHERE r.value = 'lead' AND a.closed_at IS NULL"
    )
    return staff_name(session, rows[0]["staff_id"]) if len(rows) == 1 else None
