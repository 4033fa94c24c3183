"""The project card: its stages, and the card of the next year."""

from dataclasses import dataclass, replace
from datetime import date

from db import store
from db.session import Session
from pravo_desktop.domain.periods import Period
from pravo_desktop.domain.records import Project, Proposal, Stage
from pravo_desktop.domain.validation import Finding, check_order
from pravo_desktop.domain.versions import new_id
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.actor import COORDINATOR, Actor, Confirmed, require, use_case
from pravo_desktop.usecases.records import keep, remove
from pravo_desktop.usecases.registers import save_project


@dataclass(frozen=True)
class ProjectCard:
    """A project with its stages in order."""

    project: Project
    stages: tuple[Stage, ...]


def project_cards(session: Session, actor: Actor) -> list[ProjectCard]:
    """All projects, the newest first."""
    require(actor, COORDINATOR, "project_cards")
    return [
        ProjectCard(project, tuple(_stages(session, project.id)))
        for project in store.find(session, Project, order="starts_on DESC, id")
    ]


def _stages(session: Session, project_id: str) -> list[Stage]:
    return store.find(
        session, Stage, "project_id = :id", {"id": project_id}, order="ordinal, starts_on"
    )


@use_case(COORDINATOR)
def save_stage(
    session: Session, actor: Actor, *, stage: Stage, confirmed: Confirmed | None = None
) -> str:
    """Add a stage or change one; it lies within its project and beside the others.

    Raises:
        KnownError: ``dates_out_of_order``, ``stage_outside_project``, ``stages_overlap``,
            ``stage_number_taken``.
    """
    project = store.get(session, Project, stage.project_id)
    findings = check_order(stage.starts_on, stage.ends_on, "ends_on")
    for day, field in ((stage.starts_on, "starts_on"), (stage.ends_on, "ends_on")):
        if not project.starts_on <= day <= project.ends_on:
            findings.append(Finding("stage_outside_project", field))
    for other in _stages(session, stage.project_id):
        if other.id == stage.id:
            continue
        if other.ordinal == stage.ordinal:
            findings.append(Finding("stage_number_taken", "ordinal"))
        if other.starts_on <= stage.ends_on and stage.starts_on <= other.ends_on:
            findings.append(
                Finding("stages_overlap", "starts_on", params={"stage": str(other.ordinal)})
            )
    return keep(session, actor, stage, findings, confirmed).id


@use_case(COORDINATOR)
def remove_stage(session: Session, actor: Actor, *, stage_id: str) -> None:
    """Take a stage back."""
    remove(session, actor, Stage, stage_id)


@use_case(COORDINATOR)
def begin_next_year(session: Session, actor: Actor, *, project_id: str) -> str:
    """Make the card of the next project year from a project: its words, dates a year later.

    The contract is left empty, for it is a new one. Returns the new card's id.

    Raises:
        KnownError: ``record_not_found``, ``project_year_taken``.
    """
    last = store.get(session, Project, project_id)
    made = replace(
        last,
        id=new_id(),
        contract=None,
        starts_on=_year_later(last.starts_on),
        ends_on=_year_later(last.ends_on),
        final_report_on=_year_later(last.final_report_on) if last.final_report_on else None,
    )
    save_project(session, actor, project=made)
    for stage in _stages(session, project_id):
        keep(
            session,
            actor,
            replace(
                stage,
                id=new_id(),
                project_id=made.id,
                starts_on=_year_later(stage.starts_on),
                ends_on=_year_later(stage.ends_on),
            ),
        )
    return made.id


def _year_later(day: date) -> date:
    """The same day of the next year; the last of February for the 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 2, 28)


def stage_period(session: Session, actor: Actor, *, year: int, ordinal: int) -> Period:
    """The days of a stage of the project that begins in a year.

    Raises:
        KnownError: ``not_allowed``, ``stage_unknown``.
    """
    for card in project_cards(session, actor):
        for stage in card.stages:
            if (card.project.starts_on.year, stage.ordinal) == (year, ordinal):
                return Period(stage.starts_on, stage.ends_on)
    raise KnownError("stage_unknown", year=year, stage=ordinal)


def proposals(session: Session, actor: Actor) -> list[Proposal]:
    """The legislative proposals, the newest first."""
    require(actor, COORDINATOR, "proposals")
    return store.find(session, Proposal, order="proposed_on DESC, id")
