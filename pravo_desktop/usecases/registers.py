"""Regions, centres, courts, project and plan: what headquarters adds to the program's own lists."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from db import store
from db.session import Session
from pravo_desktop.domain.fields import from_row
from pravo_desktop.domain.figures import ALL, NATIONAL
from pravo_desktop.domain.records import Centre, Court, PlanTarget, Project, Region
from pravo_desktop.domain.validation import Finding, check_order
from pravo_desktop.domain.versions import new_id
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import Places
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.actor import COORDINATOR, Actor, Confirmed, require, use_case
from pravo_desktop.usecases.records import keep, remove

L = TypeVar("L", Region, Court, Centre)

_KEY = re.compile("[a-z][a-z0-9_]{1,39}")


def _written(session: Session, record: type[L]) -> dict[str, L]:
    """What headquarters wrote into a list, by key: its own, at a centre the last receipt's."""
    rows = session.all(f"SELECT * FROM received_{record.table} ORDER BY id")
    listed: list[L] = [from_row(record, row) for row in rows]
    listed += store.find(session, record)
    return {one.key: one for one in listed}


def known_regions(session: Session) -> dict[str, Region]:
    """The regions by key; one that headquarters has not written has its key for an id."""
    regions = {
        key: Region(
            id=key,
            key=key,
            name_kk=one.kk,
            name_ru=one.ru,
            name_en=one.en,
            case_code=one.case_code,
        )
        for key, one in classifiers().regions.items()
    }
    return regions | _written(session, Region)


def known_courts(session: Session) -> dict[str, Court]:
    """The courts by key; see `known_regions`."""
    courts = {
        key: Court(id=key, key=key, region=one.region, name_kk=one.kk, name_ru=one.ru)
        for key, one in classifiers().courts.items()
    }
    return courts | _written(session, Court)


def known_centres(session: Session) -> dict[str, Centre]:
    """The centres by key; see `known_regions`."""
    centres = {
        key: Centre(
            id=key,
            key=key,
            region=one.region,
            court=one.court,
            name_kk=one.kk,
            name_ru=one.ru,
            city_kk=one.city["kk"],
            city_ru=one.city["ru"],
            opened_on=one.opened_on,
            closed_on=one.closed_on,
        )
        for key, one in classifiers().centres.items()
    }
    return centres | _written(session, Centre)


def place_names(session: Session) -> Places:
    """Regions by their names and centres by their cities, as people are shown them."""
    regions = {
        key: {"kk": one.name_kk, "ru": one.name_ru, "en": one.name_en}
        for key, one in known_regions(session).items()
    }
    centres = {key: _city(one) for key, one in known_centres(session).items()}
    return {"region": regions, "centre": centres}


def city_of(session: Session, centre: str) -> dict[str, str]:
    """Where a centre is, by language; the name of the centre where no city is written."""
    known = known_centres(session).get(centre)
    return {} if known is None else _city(known)


def _city(centre: Centre) -> dict[str, str]:
    names = {"kk": centre.city_kk or centre.name_kk, "ru": centre.city_ru or centre.name_ru}
    return {language: name or centre.key for language, name in names.items()}


def centre_names(session: Session, centre: str) -> dict[str, str]:
    """The full name of a centre or of headquarters, by language."""
    known = known_centres(session).get(centre)
    if known is None:
        place = classifiers().pseudo_regions[NATIONAL]
        return {"kk": place.kk, "ru": place.ru}
    city = city_of(session, centre)
    return {"kk": known.name_kk or city["kk"], "ru": known.name_ru or city["ru"]}


@dataclass(frozen=True)
class RegisterCards:
    """The registers as headquarters looks after them, in the order of their lists."""

    regions: tuple[Region, ...]
    courts: tuple[Court, ...]
    centres: tuple[Centre, ...]


def register_cards(session: Session, actor: Actor) -> RegisterCards:
    """Regions, courts and centres in force, the program's own among them."""
    require(actor, COORDINATOR, "register_cards")
    return RegisterCards(
        tuple(known_regions(session).values()),
        tuple(known_courts(session).values()),
        tuple(known_centres(session).values()),
    )


def own_region(session: Session) -> str:
    """The region key of this station: its centre's region, or ``national``."""
    own = session.installation.centre
    return NATIONAL if own == NATIONAL else known_centres(session)[own].region


@use_case(COORDINATOR)
def save_project(
    session: Session, actor: Actor, *, project: Project, confirmed: Confirmed | None = None
) -> str:
    """Add the project card of a year or change it; returns its id.

    Raises:
        KnownError: ``dates_out_of_order``, ``project_year_taken`` for a second card of a year.
    """
    findings = check_order(project.starts_on, project.ends_on, "ends_on")
    taken = session.value(
        "SELECT 1 FROM projects WHERE NOT deleted AND id <> ? AND substr(starts_on, 1, 4) = ?",
        (project.id, f"{project.starts_on:%Y}"),
    )
    if taken:
        findings.append(
            Finding("project_year_taken", "starts_on", params={"year": f"{project.starts_on:%Y}"})
        )
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
    return keep(session, actor, record, check_key(key)).id


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
    return keep(session, actor, record, check_key(key)).id


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
    known = known_centres(session).get(key)
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
def save_registered_centre(session: Session, actor: Actor, *, centre: Centre) -> str:
    """Put a whole card in place of what was known of a centre; returns the record's id.

    Raises:
        KnownError: ``key_unknown`` for a court that is not in the register,
            ``dates_out_of_order``, ``key_malformed``.
    """
    known = session.value("SELECT id FROM centres WHERE key = ?", (centre.key,))
    findings = check_order(centre.opened_on, centre.closed_on, "closed_on")
    if centre.court is not None and centre.court not in known_courts(session):
        findings.append(Finding("key_unknown", "court"))
    findings += check_key(centre.key)
    return keep(session, actor, replace(centre, id=known or new_id()), findings).id


def check_key(key: str) -> list[Finding]:
    """A key of a register travels in packages and names files: small Latin letters, digits, _."""
    if _KEY.fullmatch(key) and key not in (NATIONAL, ALL):
        return []
    return [Finding("key_malformed", "key")]


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
    agreement: str | None = None,
    confirmed: Confirmed | None = None,
) -> str:
    """Plan a value of an indicator for a region, or ``all``, from a day on; returns its id.

    Of the same day it corrects the target; of a later one it leaves the earlier in force before.
    """
    regions = {*known_regions(session), NATIONAL, ALL}
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
        agreement=agreement,
    )
    return keep(session, actor, record, findings, confirmed).id


@use_case(COORDINATOR)
def remove_plan_target(
    session: Session, actor: Actor, *, target_id: str, confirmed: Confirmed | None = None
) -> None:
    """Take a planned value back."""
    remove(session, actor, PlanTarget, target_id, confirmed)


def plan_targets(session: Session, actor: Actor) -> list[PlanTarget]:
    """All planned values, the newest first of each indicator and region."""
    require(actor, COORDINATOR, "plan_targets")
    return store.find(session, PlanTarget, order="indicator, region, valid_from DESC")
