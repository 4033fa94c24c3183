"""The figures by the rules of the design, in plain Python, and random records to count."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from hypothesis import strategies as st

from pravo_desktop.domain.accounting import claim_date
from pravo_desktop.domain.categories import CategoryRule, category_of
from pravo_desktop.domain.figures import ALL, NATIONAL
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.domain.records import (
    Case,
    Claim,
    Consultation,
    Event,
    Outcome,
    Participant,
    Publication,
    Record,
    StaffMember,
    SurveySheet,
    Video,
)
from pravo_desktop.resources import classifiers

YEAR = Period.of_year(2024)
RULE = CategoryRule.from_data(classifiers().category_predicates(2024))
CellKey = tuple[str, str, str | None, str | None]
"""Indicator, region, breakdown and key of a figure."""

CENTRES = ("astana", "abai", NATIONAL)
DAYS = tuple(date(2023, 12, 31) + timedelta(days=offset) for offset in (0, 1, 31, 32, 366, 367))


@dataclass(frozen=True)
class Kept:
    """A record and the centre it came from."""

    centre: str
    record: Record


def _keys(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from(list(classifiers().kinds[name]))


def _kept(record: type[Record], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Kept]]:
    # Few ids, alike at all centres, so that records meet parents, strangers' parents and none.
    ids = st.sampled_from(["1", "2", "3", "4"])
    made = st.builds(Kept, st.sampled_from(CENTRES), st.builds(record, id=ids, **fields))
    return st.lists(made, max_size=12, unique_by=lambda kept: (kept.centre, kept.record.id))


_PARENT = st.sampled_from(["1", "2", "3"])
_DAY = st.sampled_from(DAYS)
_TEXT = st.just("-")
_SCORE = st.none() | st.integers(1, 5)

everything = st.tuples(
    _kept(
        StaffMember,
        profession=_keys("profession"),
        employed_from=st.sampled_from(DAYS[:2]),
        employed_to=st.none() | st.sampled_from(DAYS[1:]),
        home_centre=st.sampled_from([None, "abai"]),
    ),
    _kept(Case, number=_TEXT, kind=_keys("case_kind"), registered_on=_DAY),
    _kept(
        Participant,
        case_id=_PARENT,
        role=_keys("participant_role"),
        sex=_keys("sex"),
        birth_year=st.none() | st.sampled_from([1960, 1974, 1975, 1990, 2006, 2007]),
        disability=_keys("disability"),
        occupation=_keys("occupation"),
    ),
    _kept(
        Consultation,
        case_id=_PARENT,
        held_on=_DAY,
        specialist_id=_PARENT,
        attendees=st.lists(st.sampled_from(["1", "2", "3", "4", "5"]), unique=True).map(tuple),
    ),
    _kept(Claim, case_id=_PARENT, kind=_keys("claim_kind"), filed_on=st.none() | _DAY),
    _kept(
        Outcome,
        case_id=_PARENT,
        kind=_keys("outcome"),
        dated_on=_DAY,
        source=_keys("outcome_source"),
    ),
    _kept(
        Event,
        kind=_keys("event_kind"),
        held_on=_DAY,
        region=st.sampled_from(["astana", "abai", NATIONAL, "elsewhere"]),
        topic=_TEXT,
        leader_id=st.none() | _PARENT,
    ),
    _kept(SurveySheet, event_id=_PARENT, q_access=_SCORE, q_useful=_SCORE, q_comfort=_SCORE),
    _kept(
        Publication,
        published_on=_DAY,
        outlet=_TEXT,
        outlet_kind=_keys("outlet_kind"),
        title=_TEXT,
        ownership=_keys("ownership"),
    ),
    _kept(Video, title=_TEXT, published_on=_DAY, views=st.integers(0, 9)),
).map(lambda lists: [kept for one in lists for kept in one])

JANUARY = Period.of_month(Month(2024, 1))
LISTED = [
    Kept("astana", record)
    for record in (
        StaffMember(id="1", profession="psychologist", employed_from=DAYS[0]),
        StaffMember(id="2", profession="lawyer", employed_from=DAYS[0]),
        Case(id="1", number="1", kind="married", registered_on=DAYS[0]),
        Participant(id="1", case_id="1", role="wife", sex="female", birth_year=1990),
        Consultation(id="1", case_id="1", held_on=DAYS[2], specialist_id="1", attendees=("1",)),
        Consultation(id="2", case_id="1", held_on=DAYS[2], specialist_id="2", attendees=("1",)),
        Consultation(id="3", case_id="1", held_on=DAYS[3], specialist_id="1", attendees=("1",)),
        Claim(id="1", case_id="1", kind="divorce", filed_on=DAYS[0]),
        Outcome(id="1", case_id="1", kind="reconciled", dated_on=DAYS[2], source="couple"),
        Outcome(id="2", case_id="1", kind="open", dated_on=DAYS[3], source="couple"),
    )
]
"""One spouse of a couple in two months, with two specialists on one day, a claim filed before the
first visit, a case opened again."""

periods = st.sampled_from([YEAR, JANUARY, Period(date(2023, 12, 31), date(2025, 1, 1))])


class Plain:
    """The figures by the rules of the design, in plain Python over all records at once."""

    def __init__(self, kept: list[Kept], period: Period) -> None:
        self.period = period
        self.tables: dict[type[Record], dict[tuple[str, str], Any]] = defaultdict(dict)
        for one in kept:
            self.tables[type(one.record)][one.centre, one.record.id] = one.record
        self.things: dict[CellKey, set[object]] = defaultdict(set)
        self.answers: dict[CellKey, list[int]] = defaultdict(list)
        self.views: dict[str, int] = defaultdict(int)
        self._case_work()
        self._rest()

    def _add(self, indicator: str, region: str, thing: object, **keys: str) -> None:
        for place in (region, ALL):
            self.things[indicator, place, None, None].add(thing)
            for breakdown, key in keys.items():
                self.things[indicator, place, breakdown, key].add(thing)

    def _case_work(self) -> None:
        cases, staff = self.tables[Case], self.tables[StaffMember]
        visits = defaultdict(list)
        for (centre, _), visit in self.tables[Consultation].items():
            if (centre, visit.case_id) in cases and (centre, visit.specialist_id) in staff:
                visits[centre, visit.case_id].append(visit)
        for (centre, case_id), case in cases.items():
            held = visits[centre, case_id]
            for visit in held:
                if visit.held_on in self.period:
                    self._visit(centre, case, visit)
            served = any(visit.held_on in self.period for visit in held)
            if any(visit.held_on <= self.period.to for visit in held):
                self._outcome(centre, case_id, served)
            first = min((visit.held_on for visit in held), default=None)
            for (at, claim_id), claim in self.tables[Claim].items():
                if (at, claim.case_id) == (centre, case_id):
                    day = claim_date(claim.filed_on, first)
                    if day is not None and day in self.period:
                        self._add("claims", centre, (centre, claim_id), kind=claim.kind)

    def _visit(self, centre: str, case: Case, visit: Consultation) -> None:
        profession = self.tables[StaffMember][centre, visit.specialist_id].profession
        keys = {"month": str(visit.held_on)[:7], "profession": profession}
        thing = (centre, visit.case_id, visit.specialist_id, visit.held_on)
        self._add("consultations", centre, thing, **keys)
        if case.kind in ("married", "divorced", "unregistered"):
            self._add("couples", centre, (centre, case.id), **keys)
        for (at, person_id), person in self.tables[Participant].items():
            if (at, person.case_id) != (centre, case.id):
                continue
            child = person.role == "child"
            age = None if person.birth_year is None else self.period.to.year - person.birth_year
            if (age is None or age < 18) if child else person_id in visit.attendees:
                sexes = {"male": "men", "female": "women", "not_stated": "not_stated"}
                category = category_of(
                    RULE,
                    role=person.role,
                    birth_year=person.birth_year,
                    disability=person.disability,
                    occupation=person.occupation,
                    report_year=self.period.to.year,
                )
                self._add(
                    "participants",
                    centre,
                    (centre, person_id),
                    sex="children" if child else sexes[person.sex],
                    category=category,
                    **keys,
                )

    def _outcome(self, centre: str, case_id: str, served: bool) -> None:
        dated = sorted(
            (outcome.dated_on, outcome.id, outcome.kind)
            for (at, _), outcome in self.tables[Outcome].items()
            if (at, outcome.case_id) == (centre, case_id) and outcome.dated_on <= self.period.to
        )
        day, _, kind = dated[-1] if dated else (None, "", "open")
        if kind == "open":
            if served:
                self._add("outcomes", centre, (centre, case_id), kind="open")
        elif day is not None and day in self.period:
            self._add("outcomes", centre, (centre, case_id), kind=kind)

    def _rest(self) -> None:
        staff = self.tables[StaffMember]
        for (centre, key), member in staff.items():
            until = member.employed_to or date.max
            employed = member.employed_from <= self.period.to and until >= self.period.from_
            if employed and member.home_centre in (None, centre):
                self._add("staff", centre, (centre, key), profession=member.profession)
        events = {
            key: event
            for key, event in self.tables[Event].items()
            if event.held_on in self.period
            and (event.leader_id is None or (key[0], event.leader_id) in staff)
        }
        for at, event in events.items():
            self._add(event.kind + "s", event.region, at)
        for (centre, key), sheet in self.tables[SurveySheet].items():
            if (centre, sheet.event_id) in events:
                region = events[centre, sheet.event_id].region
                for question in classifiers().kinds["survey_question"]:
                    score = getattr(sheet, question)
                    if score is not None:
                        self._answer(region, (centre, key), question, score)
        for (centre, key), item in self.tables[Publication].items():
            if item.published_on in self.period:
                own = "publications" if item.ownership == "own" else "local_publications"
                name = "tv_appearances" if item.outlet_kind == "tv" else own
                self._add(name, centre, (centre, key))
        for (centre, key), video in self.tables[Video].items():
            if video.published_on in self.period:
                self._add("videos", centre, (centre, key))
                self.views[centre] += video.views
                self.views[ALL] += video.views

    def _answer(self, region: str, sheet: object, question: str, score: int) -> None:
        self._add("satisfaction_answers", region, (sheet, question), question=question)
        for place in (region, ALL):
            self.answers["satisfaction", place, None, None].append(score)
            self.answers["satisfaction", place, "question", question].append(score)

    def values(self) -> dict[CellKey, int | float]:
        values: dict[CellKey, int | float] = {k: len(v) for k, v in self.things.items()}
        for region, views in self.views.items():
            values["video_views", region, None, None] = views
        for cell, scores in self.answers.items():
            share = Decimal(100 * sum(scores)) / (5 * len(scores))
            values[cell] = float(share.quantize(Decimal("0.01"), ROUND_HALF_UP))
        return {cell: value for cell, value in values.items() if value}
