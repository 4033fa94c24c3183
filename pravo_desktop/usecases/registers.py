"""Regions, centres, courts, project and plan: what headquarters adds to the program's own lists."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from db import store
from db.session import Session
from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.domain.records import Centre, Court, PlanTarget, Project, Region
from pravo_desktop.domain.validation import Finding, check_order
from pravo_desktop.domain.versions import new_id
from pravo_desktop.errors import KnownError
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.actor import COORDINATOR, Actor, Confirmed, use_case
from pravo_desktop.usecases.records import keep


@dataclass(frozen=True)
class Registers:
    """Regions and centres in force: the program's lists, overridden by headquarters' records."""

    regions: dict[str, dict[str, str]]
    centres: dict[str, Centre]

    def region_of(self, centre: str) -> str:
        """Region key of a centre; headquarters' own is ``national``."""
        return NATIONAL if centre == NATIONAL else self.centres[centre].region


def registers(session: Session) -> Registers:
    """The registers of this station; region labels by language under each key."""
    lists = classifiers()
    regions = {key: {"kk": r.kk, "ru": r.ru, "en": r.en} for key, r in lists.regions.items()}
    for added in store.find(session, Region):
        regions[added.key] = {"kk": added.name_kk, "ru": added.name_ru, "en": added.name_en}
    centres = {
        key: Centre(
            id=key,
            key=key,
            region=c.region,
            court=c.court,
            city_kk=c.city["kk"],
            city_ru=c.city["ru"],
            opened_on=c.opened_on,
            closed_on=c.closed_on,
        )
        for key, c in lists.centres.items()
    }
    centres |= {added.key: added for added in store.find(session, Centre)}
    return Registers(regions, centres)


def own_region(session: Session) -> str:
    """The region key of this station: its centre's region, or ``national``."""
    return registers(session).region_of(session.installation.centre)


@use_case(COORDINATOR)
def save_project(
    session: Session, actor: Actor, *, project: Project, confirmed: Confirmed | None = None
) -> str:
    """Add the project card of a year or change it; returns its id."""
    findings = check_order(project.starts_on, project.ends_on, "ends_on")
    return keep(session, actor, project, findings, confirmed).id


@use_case(COORDINATOR)
def save_region(
    session: Session,
    actor: Actor,
    *,
    key: str,
    name_kk: str,
    name_ru: str,
    name_en: str,
    case_code: str,
) -> str:
    """Add a region or rename one, by its key; returns the record's id."""
    known = store.find(session, Region, "key = :key", {"key": key})
    record = Region(
        id=known[0].id if known else new_id(),
        key=key,
        name_kk=name_kk,
        name_ru=name_ru,
        name_en=name_en,
        case_code=case_code.upper(),
    )
    return keep(session, actor, record).id


@use_case(COORDINATOR)
def save_court(
    session: Session,
    actor: Actor,
    *,
    key: str,
    region: str,
    name_kk: str,
    name_ru: str,
    judges: int | None = None,
) -> str:
    """Add a court or change one, by its key; returns the record's id."""
    known = store.find(session, Court, "key = :key", {"key": key})
    record = Court(
        id=known[0].id if known else new_id(),
        key=key,
        region=region,
        name_kk=name_kk,
        name_ru=name_ru,
        judges=judges,
    )
    return keep(session, actor, record).id


@use_case(COORDINATOR)
def save_centre(
    session: Session,
    actor: Actor,
    *,
    key: str,
    region: str | None = None,
    court: str | None = None,
    city_kk: str | None = None,
    city_ru: str | None = None,
    opened_on: date | None = None,
    closed_on: date | None = None,
) -> str:
    """Add a centre, or say where it is and when it opened or closed; returns the record's id.

    What is not given stays as it was.

    Raises:
        KnownError: ``field_required`` for a new centre without its region.
    """
    known = registers(session).centres.get(key)
    if known is None and region is None:
        raise KnownError("field_required", field="region")
    base = known or Centre(id=key, key=key, region=region or "")
    given: dict[str, Any] = {
        "region": region,
        "court": court,
        "city_kk": city_kk,
        "city_ru": city_ru,
        "opened_on": opened_on,
        "closed_on": closed_on,
    }
    record = replace(
        base,
        id=new_id() if base.id == key else base.id,
        **{name: value for name, value in given.items() if value is not None},
    )
    return keep(
        session, actor, record, check_order(record.opened_on, record.closed_on, "closed_on")
    ).id


@use_case(COORDINATOR)
def set_plan_target(
    session: Session,
    actor: Actor,
    *,
    indicator: str,
    region: str,
    valid_from: date,
    value: int,
    operator: str = "exactly",
    clause: str | None = None,
) -> str:
    """Plan a value of an indicator for a region, or ``all``, from a day on; returns its id."""
    regions = {*registers(session).regions, NATIONAL, "all"}
    findings = [] if region in regions else [Finding("key_unknown", "region")]
    if indicator not in classifiers().indicators:
        findings.append(Finding("key_unknown", "indicator"))
    known = store.find(
        session,
        PlanTarget,
        "indicator = :indicator AND region = :region AND valid_from = :day",
        {"indicator": indicator, "region": region, "day": valid_from.isoformat()},
    )
    record = PlanTarget(
        id=known[0].id if known else new_id(),
        indicator=indicator,
        region=region,
        valid_from=valid_from,
        operator=operator,
        value=value,
        clause=clause,
    )
    return keep(session, actor, record, findings).id
