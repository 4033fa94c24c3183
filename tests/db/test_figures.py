"""Counting on a real encrypted database, rule by rule and against plain Python."""

import itertools
import secrets
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine

from db import store
from db.engine import open_engine
from db.figures import (
    RegisteredCentre,
    Registers,
    compute_figures,
    cross_foot,
    read_registers,
    records_behind,
)
from db.migrate import migrate
from db.session import Session
from pravo_desktop.clock import Clock
from pravo_desktop.domain.figures import ALL, NATIONAL, FigureRow
from pravo_desktop.domain.indicators import BY_KEY, EVENT_INDICATORS, INDICATORS
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.domain.records import (
    Advice,
    Case,
    Centre,
    Claim,
    Consultation,
    Event,
    Mediation,
    Outcome,
    Participant,
    PlanTarget,
    PrintedMaterial,
    Publication,
    Record,
    Region,
    SectionState,
    StaffMember,
    Study,
    SurveySheet,
    Video,
    to_row,
    travelling_values,
)
from pravo_desktop.resources import classifiers
from tests.db.oracle import RULE, YEAR, Kept, Plain, everything, periods

MARCH, APRIL, MAY = date(2024, 3, 11), date(2024, 4, 8), date(2024, 5, 13)
_numbers = itertools.count(1)


def new_id() -> str:
    return f"id-{next(_numbers):09d}"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_engine(tmp_path_factory.mktemp("db") / "figures.db", secrets.token_bytes(32))
    migrate(engine)
    yield engine
    engine.dispose()


class Headquarters:
    """Headquarters' merged tables, filled by hand; what a test leaves is rolled back."""

    def __init__(self, engine: Engine) -> None:
        self.session = Session(engine, Clock())
        self.registers = read_registers(self.session, "merged_", classifiers())
        self._specialists: dict[tuple[str, str], str] = {}

    def put(self, centre: str, *records: Record) -> None:
        for record in records:
            travelling = travelling_values(record.table, to_row(record))
            row = {"centre": centre, "id": record.id, **travelling}
            columns = ", ".join(f'"{name}"' for name in row)
            values = ", ".join(f":{name}" for name in row)
            self.session.execute(
                f"INSERT INTO merged_{record.table} ({columns}) VALUES ({values})", row
            )

    def specialist(self, centre: str = "astana", profession: str = "psychologist") -> str:
        """The id of the centre's specialist of a profession."""
        if (centre, profession) not in self._specialists:
            member = StaffMember(id=new_id(), profession=profession, employed_from=date(2023, 1, 1))
            self.put(centre, member)
            self._specialists[centre, profession] = member.id
        return self._specialists[centre, profession]

    def case(self, centre: str = "astana", kind: str = "married") -> str:
        case = Case(id=new_id(), number="-", kind=kind, registered_on=date(2024, 1, 9))
        self.put(centre, case)
        return case.id

    def person(self, case: str, role: str, centre: str = "astana", **fields: Any) -> str:
        person = Participant(id=new_id(), case_id=case, role=role, **fields)
        self.put(centre, person)
        return person.id

    def visit(
        self,
        case: str,
        day: date,
        *attendees: str,
        centre: str = "astana",
        profession: str = "psychologist",
    ) -> str:
        visit = Consultation(
            id=new_id(),
            case_id=case,
            held_on=day,
            specialist_id=self.specialist(centre, profession),
            attendees=attendees,
        )
        self.put(centre, visit)
        return visit.id

    def event(self, kind: str, day: date, region: str, host: str | None = None) -> str:
        event = Event(id=new_id(), kind=kind, held_on=day, region=region, topic="-")
        self.put(host or region, event)
        return event.id

    def plan(self, indicator: str, region: str, value: int, since: date = YEAR.from_) -> None:
        target = PlanTarget(
            id=new_id(),
            indicator=indicator,
            region=region,
            valid_from=since,
            operator="at_least",
            value=value,
        )
        self.put(NATIONAL, target)

    def close(self, centre: str, section: str, *months: int, state: str = "reported") -> None:
        for month in months:
            record = SectionState(
                id=new_id(), month=f"2024-{month:02d}", section=section, state=state
            )
            self.put(centre, record)

    def opened(self, centre: str, opened_on: date | None, closed_on: date | None = None) -> None:
        """Tell the register when a centre opened and closed."""
        centres = tuple(
            replace(one, opened_on=opened_on, closed_on=closed_on) if one.key == centre else one
            for one in self.registers.centres
        )
        self.registers = replace(self.registers, centres=centres)

    def rows(self, period: Period = YEAR) -> list[FigureRow]:
        return compute_figures(self.session, "merged_", period, rule=RULE, registers=self.registers)

    def row(
        self,
        indicator: str,
        region: str = ALL,
        breakdown: str | None = None,
        key: str | None = None,
        period: Period = YEAR,
    ) -> FigureRow:
        cell = (indicator, region, breakdown, key)
        [found] = [row for row in self.rows(period) if _cell(row) == cell]
        return found

    def value(
        self,
        indicator: str,
        region: str = ALL,
        breakdown: str | None = None,
        key: str | None = None,
        period: Period = YEAR,
    ) -> int | float | None:
        return self.row(indicator, region, breakdown, key, period).value

    def keys(self, indicator: str, region: str, breakdown: str) -> list[str | None]:
        return [
            row.key
            for row in self.rows()
            if (row.indicator, row.region, row.breakdown) == (indicator, region, breakdown)
        ]


_CellKey = tuple[str, str, str | None, str | None]


def _cell(row: FigureRow) -> _CellKey:
    return row.indicator, row.region, row.breakdown, row.key


@contextmanager
def _rolled_back(engine: Engine) -> Iterator[Headquarters]:
    class Undo(Exception):
        """Ends the transaction of a test."""

    headquarters = Headquarters(engine)
    with suppress(Undo), headquarters.session.transaction():
        yield headquarters
        raise Undo
    headquarters.session.close()


@pytest.fixture
def hq(engine: Engine) -> Iterator[Headquarters]:
    with _rolled_back(engine) as headquarters:
        yield headquarters


# --- Consultations and couples ------------------------------------------------------------------


def test_a_couple_of_two_months_is_one_couple_of_the_year(hq: Headquarters) -> None:
    case = hq.case()
    hq.visit(case, MARCH)
    hq.visit(case, APRIL)
    assert hq.value("couples", "astana") == 1
    assert hq.value("couples", "astana", "month", "2024-03") == 1
    assert hq.value("couples", "astana", "month", "2024-04") == 1
    assert hq.value("consultations") == 2


def test_two_specialists_on_one_day_are_two_consultations_with_one_couple(
    hq: Headquarters,
) -> None:
    case = hq.case()
    hq.visit(case, MARCH)
    hq.visit(case, MARCH, profession="lawyer")
    assert hq.value("consultations") == 2
    assert hq.value("consultations", "astana", "profession", "lawyer") == 1
    assert hq.value("consultations", "astana", "profession", "mediator") == 0
    assert hq.value("couples") == 1
    assert hq.value("couples", "astana", "profession", "psychologist") == 1


def test_the_same_specialist_case_and_day_count_once_but_all_who_attended_count(
    hq: Headquarters,
) -> None:
    case = hq.case()
    husband, wife = hq.person(case, "husband"), hq.person(case, "wife")
    hq.visit(case, MARCH, husband)
    hq.visit(case, MARCH, wife)
    assert hq.value("consultations") == 1
    assert hq.value("participants") == 2


def test_a_group_session_is_one_consultation_for_each_case(hq: Headquarters) -> None:
    hq.visit(hq.case(), MARCH)
    hq.visit(hq.case(), MARCH)
    assert hq.value("consultations") == 2


def test_one_spouse_alone_is_a_couple(hq: Headquarters) -> None:
    case = hq.case()
    hq.visit(case, MARCH, hq.person(case, "wife", sex="female"))
    assert hq.value("couples") == 1
    assert hq.value("participants") == 1


@pytest.mark.parametrize(
    ("kind", "couples"),
    [
        ("married", 1),
        ("divorced", 1),
        ("unregistered", 1),
        ("future_spouses", 0),
        ("guardian_or_relative", 0),
        ("one_person", 0),
    ],
)
def test_only_some_kinds_of_cases_are_couples_while_all_have_consultations(
    hq: Headquarters, kind: str, couples: int
) -> None:
    case = hq.case(kind=kind)
    hq.visit(case, MARCH, hq.person(case, "guardian"))
    assert hq.value("couples") == couples
    assert hq.value("consultations") == hq.value("participants") == 1


def test_only_the_days_of_the_period_count_with_its_first_and_last(hq: Headquarters) -> None:
    case = hq.case()
    for day in ("2023-12-31", "2024-01-01", "2024-12-31", "2025-01-01"):
        hq.visit(case, date.fromisoformat(day))
    assert hq.value("consultations") == 2
    assert hq.value("consultations", period=Period(date(2024, 1, 2), date(2024, 12, 30))) is None


def test_a_record_without_its_parent_does_not_count(hq: Headquarters) -> None:
    hq.visit("deleted-case", MARCH)
    hq.put(
        "astana",
        Consultation(id=new_id(), case_id=hq.case(), held_on=MARCH, specialist_id="deleted"),
    )
    assert hq.value("consultations") is None


def test_a_case_of_another_centre_with_the_same_id_is_no_parent(hq: Headquarters) -> None:
    hq.visit(hq.case("almaty"), MARCH, centre="astana")
    assert hq.value("consultations") is None


def test_one_off_advice_is_in_no_other_figure(hq: Headquarters) -> None:
    hq.put("astana", Advice(id=new_id(), held_on=MARCH, specialist_id=hq.specialist()))
    assert hq.value("advice", "astana") == 1
    assert not hq.value("consultations") and not hq.value("participants")


def test_studies_and_mediations_count_on_their_day(hq: Headquarters) -> None:
    case, specialist = hq.case(), hq.specialist()
    hq.put("astana", Study(id=new_id(), case_id=case, specialist_id=specialist, held_on=MARCH))
    for day in (MARCH, date(2025, 1, 2)):
        hq.put(
            "astana",
            Mediation(id=new_id(), case_id=case, specialist_id=specialist, contract_on=day),
        )
    assert (hq.value("studies"), hq.value("mediations")) == (1, 1)


# --- Participants -------------------------------------------------------------------------------


def test_adults_count_when_they_came_and_children_when_their_case_was_served(
    hq: Headquarters,
) -> None:
    case, unserved = hq.case(), hq.case()
    husband = hq.person(case, "husband", sex="male")
    hq.person(case, "wife", sex="female")
    hq.person(case, "child", birth_year=2015)
    hq.person(unserved, "child", birth_year=2015)
    hq.visit(case, MARCH, husband)
    hq.visit(case, APRIL, husband)
    assert hq.value("participants") == 2
    sexes = {key: hq.value("participants", ALL, "sex", key) for key in ("men", "women", "children")}
    assert sexes == {"men": 1, "women": 0, "children": 1}
    assert hq.value("participants", "astana", "month", "2024-04") == 2


def test_a_child_counts_until_the_year_it_turns_18(hq: Headquarters) -> None:
    case = hq.case()
    hq.person(case, "child", birth_year=2006)
    hq.person(case, "child", birth_year=2007)
    hq.person(case, "child")
    hq.visit(case, MARCH)
    assert hq.value("participants", ALL, "sex", "children") == 2
    assert hq.value("participants", ALL, "category", "children") == 2
    two_years = Period(YEAR.from_, date(2025, 6, 30))
    assert hq.value("participants", period=two_years) == 1


def test_a_child_named_as_an_attendee_is_no_adult(hq: Headquarters) -> None:
    case = hq.case()
    hq.visit(case, MARCH, hq.person(case, "child", birth_year=2000))
    assert not hq.value("participants")


def test_a_sex_not_stated_has_its_row_only_when_there_is_one(hq: Headquarters) -> None:
    case = hq.case()
    hq.visit(case, MARCH, hq.person(case, "wife", sex="female"))
    assert hq.keys("participants", "astana", "sex") == ["men", "women", "children"]
    hq.visit(case, APRIL, hq.person(case, "partner"))
    assert hq.value("participants", "astana", "sex", "not_stated") == 1


def test_each_adult_has_one_category_by_the_rule_in_the_year_of_the_report(
    hq: Headquarters,
) -> None:
    case = hq.case()
    people = [
        hq.person(case, "husband", birth_year=1974, occupation="business"),
        hq.person(case, "wife", birth_year=1975, occupation="business"),
        hq.person(case, "partner", birth_year=1995, disability="yes"),
        hq.person(case, "partner", birth_year=1990),
        hq.person(case, "partner", birth_year=1989),
    ]
    hq.visit(case, MARCH, *people)
    found = {
        row.key: row.value
        for row in hq.rows()
        if (row.indicator, row.region, row.breakdown) == ("participants", ALL, "category")
    }
    assert list(found) == list(classifiers().categories)
    counted = {key: value for key, value in found.items() if value}
    assert counted == {"senior": 1, "business": 1, "disability": 1, "youth": 1, "other": 1}


def test_attendances_of_an_event_are_not_participants(hq: Headquarters) -> None:
    hq.put(
        "astana",
        Event(
            id=new_id(),
            kind="social_bureau",
            held_on=MARCH,
            region="astana",
            topic="-",
            men=10,
            women=20,
        ),
    )
    assert not hq.value("participants")


# --- Claims and outcomes ------------------------------------------------------------------------


def _claim(hq: Headquarters, case: str, filed_on: date | None, kind: str = "alimony") -> None:
    hq.put("astana", Claim(id=new_id(), case_id=case, kind=kind, filed_on=filed_on))


def test_a_claim_filed_before_the_first_visit_counts_on_that_visit(hq: Headquarters) -> None:
    case = hq.case()
    _claim(hq, case, date(2023, 11, 20))
    hq.visit(case, MARCH)
    hq.visit(case, MAY)
    assert hq.value("claims", period=Period.of_month(Month(2024, 3))) == 1
    assert not hq.value("claims", period=Period.of_month(Month(2024, 5)))
    assert hq.value("claims", ALL, "kind", "alimony") == 1


def test_a_claim_filed_in_a_later_month_counts_on_its_first_day(hq: Headquarters) -> None:
    case = hq.case()
    _claim(hq, case, date(2024, 4, 28))
    hq.visit(case, MARCH)
    assert not hq.value("claims", period=Period.of_month(Month(2024, 3)))
    assert hq.value("claims", period=Period(date(2024, 4, 1), date(2024, 4, 1))) == 1


def test_a_claim_of_unknown_filing_counts_on_the_first_visit_ever(hq: Headquarters) -> None:
    case = hq.case()
    _claim(hq, case, None)
    hq.visit(case, date(2023, 12, 1))
    hq.visit(case, MARCH)
    assert not hq.value("claims")
    assert hq.value("claims", period=Period.of_year(2023)) == 1


def test_a_case_never_served_has_no_claim_and_no_outcome(hq: Headquarters) -> None:
    case = hq.case()
    _claim(hq, case, MARCH)
    _outcome(hq, case, "reconciled", MARCH)
    assert not hq.value("claims")
    assert not hq.value("outcomes")


def _outcome(hq: Headquarters, case: str, kind: str, day: date) -> None:
    hq.put("astana", Outcome(id=new_id(), case_id=case, kind=kind, dated_on=day, source="couple"))


def _outcomes(hq: Headquarters, period: Period = YEAR) -> dict[str | None, int | float | None]:
    return {
        row.key: row.value
        for row in hq.rows(period)
        if (row.indicator, row.region, row.breakdown) == ("outcomes", ALL, "kind") and row.value
    }


def test_a_period_takes_the_last_outcome_within_it(hq: Headquarters) -> None:
    case = hq.case()
    hq.visit(case, MARCH)
    _outcome(hq, case, "not_reconciled", MARCH)
    _outcome(hq, case, "reconciled", MAY)
    assert _outcomes(hq) == {"reconciled": 1}
    assert _outcomes(hq, Period(YEAR.from_, APRIL)) == {"not_reconciled": 1}
    assert _outcomes(hq, Period(APRIL, APRIL)) == {}


def test_a_served_case_without_an_outcome_is_open(hq: Headquarters) -> None:
    case = hq.case()
    hq.visit(case, MARCH)
    _outcome(hq, case, "reconciled", date(2025, 2, 1))
    assert _outcomes(hq) == {"open": 1}
    assert hq.value("outcomes") == 1


def test_a_case_opened_again_is_open_until_its_next_outcome(hq: Headquarters) -> None:
    case = hq.case()
    hq.visit(case, MARCH)
    _outcome(hq, case, "not_reconciled", MARCH)
    _outcome(hq, case, "open", APRIL)
    hq.visit(case, APRIL)
    assert _outcomes(hq) == {"open": 1}
    _outcome(hq, case, "agreement", MAY)
    assert _outcomes(hq) == {"agreement": 1}


def test_a_case_opened_again_but_not_served_yet_is_in_no_figure(hq: Headquarters) -> None:
    case = hq.case()
    hq.visit(case, MARCH)
    _outcome(hq, case, "open", MAY)
    assert _outcomes(hq, Period.of_month(Month(2024, 5))) == {}


def test_an_outcome_before_the_first_visit_waits_for_it(hq: Headquarters) -> None:
    case = hq.case()
    _outcome(hq, case, "reconciled", MARCH)
    hq.visit(case, MAY)
    assert _outcomes(hq, Period.of_month(Month(2024, 3))) == {}
    assert _outcomes(hq) == {"reconciled": 1}


def test_a_case_concluded_earlier_and_not_opened_again_has_no_outcome_now(
    hq: Headquarters,
) -> None:
    case = hq.case()
    hq.visit(case, MARCH)
    _outcome(hq, case, "reconciled", MARCH)
    hq.visit(case, MAY)
    assert _outcomes(hq, Period.of_month(Month(2024, 5))) == {}


# --- Events, satisfaction, media, staff ---------------------------------------------------------


def test_an_event_counts_for_the_region_it_is_for_even_when_led_from_headquarters(
    hq: Headquarters,
) -> None:
    hq.opened("turkistan", date(2024, 12, 1))
    hq.event("conflict_training", MARCH, "turkistan", host=NATIONAL)
    row = hq.row("conflict_trainings", "turkistan", period=Period(YEAR.from_, MAY))
    assert (row.value, row.state, row.months) == (1, "reported", ())
    assert hq.value("conflict_trainings") == 1
    assert not [r for r in hq.rows() if r.region == NATIONAL and r.indicator == row.indicator]


@pytest.mark.parametrize(("indicator", "kind"), EVENT_INDICATORS.items())
def test_each_kind_of_event_has_its_indicator(hq: Headquarters, indicator: str, kind: str) -> None:
    assert kind in classifiers().kinds["event_kind"]
    hq.event(kind, MARCH, "abai")
    assert hq.value(indicator, "abai") == hq.value(indicator) == 1


def test_every_kind_of_event_is_counted() -> None:
    assert set(EVENT_INDICATORS.values()) == set(classifiers().kinds["event_kind"])


def test_an_event_of_a_deleted_leader_does_not_count(hq: Headquarters) -> None:
    event = Event(
        id=new_id(),
        kind="round_table",
        held_on=MARCH,
        region="abai",
        topic="-",
        leader_id=hq.specialist("abai"),
    )
    hq.put("abai", event, replace(event, id=new_id(), leader_id="deleted"))
    assert hq.value("round_tables") == 1


def test_satisfaction_is_the_mean_of_all_answers_not_of_the_questions(hq: Headquarters) -> None:
    event = hq.event("young_couple_training", MARCH, "abai")
    hq.put(
        "abai",
        SurveySheet(id=new_id(), event_id=event, q_access=5, q_useful=4),
        SurveySheet(id=new_id(), event_id=event, q_access=5),
        SurveySheet(id=new_id(), event_id="deleted", q_access=1),
    )
    assert hq.value("satisfaction") == 93.33
    assert hq.value("satisfaction", "abai", "question", "q_access") == 100.0
    assert hq.value("satisfaction", "abai", "question", "q_useful") == 80.0
    assert hq.value("satisfaction", "abai", "question", "q_comfort") is None
    assert hq.value("satisfaction_answers", "abai") == 3
    assert hq.value("satisfaction_answers", "abai", "question", "q_access") == 2


def test_half_a_hundredth_of_a_percent_is_rounded_up(hq: Headquarters) -> None:
    event = hq.event("young_couple_training", MARCH, "abai")
    # 4 * 159 + 3 = 639 of 5 * 160: 79.875 %.
    for score in [4] * 159 + [3]:
        hq.put("abai", SurveySheet(id=new_id(), event_id=event, q_access=score))
    assert hq.value("satisfaction") == 79.88


def test_publications_are_split_by_ownership_and_television(hq: Headquarters) -> None:
    for ownership, kind in (
        ("own", "site"),
        ("own", "radio"),
        ("partner", "site"),
        ("local", "newspaper"),
        ("local", "newspaper"),
        ("own", "tv"),
        ("local", "tv"),
    ):
        hq.put(
            "abai",
            Publication(
                id=new_id(),
                published_on=MARCH,
                outlet="-",
                outlet_kind=kind,
                title="-",
                ownership=ownership,
            ),
        )
    keys = ("publications", "local_publications", "tv_appearances")
    assert [hq.value(key, "abai") for key in keys] == [2, 3, 2]


def test_videos_their_views_and_booklets_count_for_who_made_them(hq: Headquarters) -> None:
    for views in (1500, 500):
        hq.put(NATIONAL, Video(id=new_id(), title="-", published_on=MARCH, views=views))
    hq.put(NATIONAL, PrintedMaterial(id=new_id(), title="-", ordered_on=MARCH, copies_made=15_000))
    hq.put("abai", PrintedMaterial(id=new_id(), title="-", ordered_on=APRIL, copies_made=0))
    keys = ("videos", "video_views", "booklets")
    assert [hq.value(key, NATIONAL) for key in keys] == [2, 2000, 15_000]
    assert [hq.value(key) for key in keys] == [2, 2000, 15_000]


def test_staff_are_those_employed_on_any_day_and_a_substitute_is_counted_at_home(
    hq: Headquarters,
) -> None:
    def employ(centre: str, since: date, until: date | None, home: str | None = None) -> None:
        member = StaffMember(
            id=new_id(),
            profession="lawyer",
            employed_from=since,
            employed_to=until,
            home_centre=home,
        )
        hq.put(centre, member)

    employ("abai", date(2020, 1, 1), date(2024, 1, 1))
    employ("abai", date(2024, 12, 31), None)
    employ("abai", date(2020, 1, 1), date(2023, 12, 31))
    employ("abai", date(2025, 1, 1), None)
    employ("ulytau", MARCH, None, home="abai")
    assert hq.value("staff", "abai", "profession", "lawyer") == 2
    assert hq.value("staff") == 2
    assert hq.row("staff", "ulytau").state == "missing"


def test_open_centres_come_from_the_register_that_headquarters_overrides(
    hq: Headquarters,
) -> None:
    assert hq.value("centres_open") == 10
    hq.put(
        NATIONAL,
        Centre(id=new_id(), key="turkistan", region="turkistan", opened_on=date(2024, 12, 1)),
        Centre(id=new_id(), key="abai", region="abai", closed_on=date(2023, 12, 31)),
        Region(id=new_id(), key="zhetisu", name_kk="-", name_ru="-", name_en="-", case_code="ZHE"),
        Centre(id=new_id(), key="zhetisu", region="zhetisu", opened_on=date(2024, 2, 1)),
    )
    hq.registers = read_registers(hq.session, "merged_", classifiers())
    assert hq.registers.regions[-1] == "zhetisu"
    assert hq.value("centres_open") == 10
    assert hq.value("centres_open", "abai") == 0
    assert hq.value("centres_open", "zhetisu") == 1
    assert hq.value("centres_open", "turkistan", period=Period(YEAR.from_, MAY)) == 0
    assert hq.row("couples", "zhetisu").state == "missing"


# --- Plan ---------------------------------------------------------------------------------------


def test_the_plan_is_the_latest_in_force_at_the_end_of_the_period(hq: Headquarters) -> None:
    hq.plan("couples", "abai", 100)
    hq.plan("couples", "abai", 200, since=MAY)
    hq.plan("couples", "abai", 900, since=date(2025, 1, 1))
    assert hq.row("couples", "abai").plan == 200
    assert hq.row("couples", "abai", period=Period(YEAR.from_, APRIL)).plan == 100


def test_the_plan_of_all_is_the_stated_one_or_else_the_sum_of_the_regions(
    hq: Headquarters,
) -> None:
    assert hq.row("couples").plan is None
    hq.plan("couples", "abai", 200)
    hq.plan("couples", "astana", 300)
    assert hq.row("couples").plan == 500
    hq.plan("couples", ALL, 2000)
    assert hq.row("couples").plan == 2000
    assert hq.row("couples", "almaty").plan is None


def test_a_plan_stands_beside_totals_only(hq: Headquarters) -> None:
    hq.plan("consultations", ALL, 2000)
    hq.visit(hq.case(), MARCH)
    assert {row.plan for row in hq.rows() if row.breakdown is not None} == {None}


def test_a_centre_reaches_the_plan_with_exactly_as_many_couples(hq: Headquarters) -> None:
    hq.plan("couples", "astana", 2)
    hq.plan("couples", "abai", 2)
    for centre in ("astana", "astana", "abai", "almaty"):
        hq.visit(hq.case(centre), MARCH, centre=centre)
    row = hq.row("centres_reaching_plan")
    assert (row.value, row.state) == (1, "reported")


# --- States -------------------------------------------------------------------------------------


def test_missing_is_not_zero(hq: Headquarters) -> None:
    hq.close("ulytau", "services", *range(1, 13), state="zero")
    zero, missing = hq.row("couples", "ulytau"), hq.row("couples", "abai")
    assert (zero.value, zero.state, len(zero.months)) == (0, "zero", 12)
    assert (missing.value, missing.state, missing.months) == (None, "missing", ())
    assert not [r for r in hq.rows() if r.region == "abai" and r.breakdown and r.value is None]


def test_a_reported_year_without_records_is_a_reported_nothing(hq: Headquarters) -> None:
    hq.close("abai", "services", *range(1, 13))
    row = hq.row("claims", "abai")
    assert (row.value, row.state) == (0, "reported")
    assert hq.value("claims", "abai", "kind", "alimony") == 0


def test_a_year_with_some_months_is_partial_and_names_them(hq: Headquarters) -> None:
    hq.close("abai", "services", 2, 3)
    hq.close("abai", "services", 4, state="zero")
    row = hq.row("couples", "abai")
    assert (row.value, row.state) == (0, "partial")
    assert row.months == ("2024-02", "2024-03", "2024-04")


def test_records_of_a_month_not_closed_yet_make_a_partial_figure(hq: Headquarters) -> None:
    hq.visit(hq.case("abai"), MARCH, centre="abai")
    assert (hq.value("couples", "abai"), hq.row("couples", "abai").state) == (1, "partial")
    # The section has come, if not closed: no claims then is no gap.
    assert (hq.value("claims", "abai"), hq.row("claims", "abai").state) == (0, "partial")
    assert hq.row("publications", "abai").state == "missing"


def test_months_before_the_opening_and_after_the_closing_are_not_owed(hq: Headquarters) -> None:
    hq.opened("turkistan", date(2024, 12, 2))
    hq.close("turkistan", "services", 12)
    row = hq.row("couples", "turkistan")
    assert (row.value, row.state, row.months) == (0, "reported", ("2024-12",))
    early = hq.row("couples", "turkistan", period=Period(YEAR.from_, date(2024, 11, 30)))
    assert (early.value, early.state, early.months) == (None, "not_open", ())
    hq.opened("turkistan", None, date(2024, 3, 1))
    hq.close("turkistan", "services", 1, 2, 3)
    row = hq.row("couples", "turkistan")
    assert (row.state, row.months) == ("reported", ("2024-01", "2024-02", "2024-03"))


def test_each_month_of_a_table_has_its_own_state(hq: Headquarters) -> None:
    hq.opened("abai", date(2024, 2, 1))
    hq.close("abai", "services", 2, state="zero")
    hq.close("abai", "services", 3)
    hq.visit(hq.case("abai"), MARCH, centre="abai")
    found = {
        row.key: (row.value, row.state)
        for row in hq.rows()
        if (row.indicator, row.region, row.breakdown) == ("consultations", "abai", "month")
    }
    assert found["2024-01"] == (None, "not_open")
    assert found["2024-02"] == (0, "zero")
    assert found["2024-03"] == (1, "reported")
    assert found["2024-04"] == (None, "missing")


def test_all_regions_together_are_reported_only_when_each_open_centre_has_reported(
    hq: Headquarters,
) -> None:
    hq.opened("turkistan", date(2024, 12, 1))
    keys = [centre.key for centre in hq.registers.centres]
    for key in keys:
        hq.close(key, "services", 1, 2)
    hq.session.execute(
        "DELETE FROM merged_section_states WHERE centre = 'abai' AND month = '2024-02'"
    )
    row = hq.row("couples", period=Period(YEAR.from_, date(2024, 2, 29)))
    assert (row.value, row.state, row.months) == (0, "partial", ("2024-01",))
    assert hq.row("couples", period=Period.of_month(Month(2024, 1))).state == "reported"


def test_zero_with_records_is_reported(hq: Headquarters) -> None:
    hq.close("abai", "conflict_reduction", *range(1, 13), state="zero")
    hq.event("conflict_training", MARCH, "abai", host=NATIONAL)
    row = hq.row("conflict_trainings", "abai")
    assert (row.value, row.state) == (1, "reported")


def test_what_headquarters_alone_owes_is_asked_of_no_region(hq: Headquarters) -> None:
    hq.close(NATIONAL, "specialist_training", *range(1, 13))
    hq.event("specialist_training", MARCH, NATIONAL)
    hq.event("specialist_training", MARCH, "abai", host=NATIONAL)
    found = [
        (row.region, row.value, row.state)
        for row in hq.rows()
        if row.indicator == "specialist_trainings"
    ]
    assert found == [("abai", 1, "reported"), (NATIONAL, 1, "reported"), (ALL, 2, "reported")]


def test_an_event_of_headquarters_for_a_region_stands_on_the_word_of_headquarters(
    hq: Headquarters,
) -> None:
    hq.close(NATIONAL, "specialist_training", 3)
    hq.event("specialist_training", MARCH, "abai", host=NATIONAL)
    row = hq.row("specialist_trainings", "abai")
    assert (row.value, row.state, row.months) == (1, "partial", ("2024-03",))


def test_every_indicator_comes_in_its_order_with_its_regions(hq: Headquarters) -> None:
    rows = hq.rows()
    assert list(dict.fromkeys(row.indicator for row in rows)) == [one.key for one in INDICATORS]
    regions = list(classifiers().regions)
    totals = defaultdict(list)
    for row in rows:
        if row.breakdown is None:
            totals[row.indicator].append(row.region)
    assert totals["couples"] == totals["centres_open"] == [*regions, ALL]
    assert totals["publications"] == [*regions, NATIONAL, ALL]
    assert totals["round_tables"] == [NATIONAL, ALL]
    assert totals["centres_reaching_plan"] == [ALL]


# --- A centre's own figures ---------------------------------------------------------------------


def test_a_centre_counts_its_own_records_by_the_same_queries(
    hq: Headquarters,
) -> None:
    session = hq.session
    session.execute(
        "INSERT INTO installation (id, workplace, centre, practice, station, station_letter, "
        "epoch, change, created_at) VALUES (1, 'centre', 'abai', 1, 'S', 'A', 1, 0, '-')"
    )
    specialist = StaffMember(id=new_id(), profession="lawyer", employed_from=date(2024, 1, 1))
    case = Case(id=new_id(), number="ABA-A-1", kind="married", registered_on=MARCH)
    wife = Participant(id=new_id(), case_id=case.id, role="wife", sex="female")
    visit = Consultation(
        id=new_id(),
        case_id=case.id,
        held_on=MARCH,
        specialist_id=specialist.id,
        attendees=(wife.id,),
    )
    claim = Claim(id=new_id(), case_id=case.id, kind="divorce", filed_on=MARCH)
    deleted = replace(visit, id=new_id(), held_on=APRIL)
    store.add(session, "-", specialist, case, wife, visit, claim, deleted)
    store.delete(session, "-", Consultation, deleted.id)
    store.create_views(session)
    registers = read_registers(session, "own_", classifiers(), only="abai")
    found = {
        _cell(row): row.value
        for row in compute_figures(session, "own_", YEAR, rule=RULE, registers=registers)
        if row.value
    }
    assert found["couples", "abai", None, None] == found["couples", ALL, None, None] == 1
    assert found["consultations", "abai", "month", "2024-03"] == 1
    assert found["participants", "abai", "sex", "women"] == 1
    assert found["claims", "abai", "kind", "divorce"] == 1
    assert found["centres_open", "abai", None, None] == 1
    assert {region for _, region, _, _ in found} == {"abai", ALL}


# --- What adds up -------------------------------------------------------------------------------


def _busy(hq: Headquarters) -> None:
    for centre in ("astana", "abai"):
        case = hq.case(centre)
        wife = hq.person(case, "wife", centre, sex="female", birth_year=1990)
        hq.person(case, "child", centre, birth_year=2015)
        hq.visit(case, MARCH, wife, centre=centre)
        hq.visit(case, APRIL, wife, centre=centre, profession="lawyer")


def test_a_report_adds_up(hq: Headquarters) -> None:
    _busy(hq)
    assert cross_foot(hq.rows()) == []


@pytest.mark.parametrize(
    ("cell", "checks"),
    [
        (("couples", "astana", None, None), {("regions", ALL, None)}),
        (
            ("consultations", "abai", "profession", "lawyer"),
            {("regions", ALL, "profession"), ("breakdown", "abai", "profession")},
        ),
        (
            ("consultations", ALL, "month", "2024-03"),
            {("regions", ALL, "month"), ("breakdown", ALL, "month")},
        ),
        (
            ("participants", "abai", "sex", "women"),
            {("regions", ALL, "sex"), ("breakdown", "abai", "sex"), ("adults", "abai", "category")},
        ),
        (
            ("participants", "abai", "category", "children"),
            {
                ("regions", ALL, "category"),
                ("breakdown", "abai", "category"),
                ("children", "abai", "category"),
            },
        ),
    ],
)
def test_an_altered_figure_is_found(
    hq: Headquarters, cell: _CellKey, checks: set[tuple[str, str, str | None]]
) -> None:
    _busy(hq)
    rows = hq.rows()
    altered = [
        replace(row, value=(row.value or 0) + 1) if _cell(row) == cell else row for row in rows
    ]
    assert altered != rows
    found = cross_foot(altered)
    assert {(one.check, one.region, one.breakdown) for one in found} == checks
    assert {abs(one.stated - one.computed) for one in found} == {1}


def test_an_event_for_no_region_of_its_own_counts_once_and_is_found(hq: Headquarters) -> None:
    hq.event("social_bureau", MARCH, ALL, host=NATIONAL)
    rows = hq.rows()
    assert [row.value for row in rows if _cell(row) == ("social_bureaus", ALL, None, None)] == [1]
    [found] = cross_foot(rows)
    assert (found.check, found.indicator, found.computed) == ("regions", "social_bureaus", 0)


def test_a_region_left_out_is_found(hq: Headquarters) -> None:
    _busy(hq)
    rows = [row for row in hq.rows() if (row.indicator, row.region) != ("couples", "abai")]
    [found] = [one for one in cross_foot(rows) if one.breakdown is None]
    assert (found.indicator, found.stated, found.computed) == ("couples", 2, 1)


# --- Against plain Python -----------------------------------------------------------------------


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kept=everything, period=periods)
def test_the_database_counts_as_plain_python_does(
    engine: Engine, kept: list[Kept], period: Period
) -> None:
    with _rolled_back(engine) as hq:
        hq.registers = Registers(
            classifiers(),
            ("astana", "abai"),
            (RegisteredCentre("astana", "astana"), RegisteredCentre("abai", "abai")),
        )
        for one in kept:
            hq.put(one.centre, one.record)
        rows = hq.rows(period)
        counted = [row for row in rows if not BY_KEY[row.indicator].from_register]
        assert {_cell(row): row.value for row in counted if row.value} == Plain(
            kept, period
        ).values()
        assert len({_cell(row) for row in rows}) == len(rows)
        assert cross_foot(rows) == []
        for row in rows:
            indicator = BY_KEY[row.indicator]
            if row.value and indicator.unit not in ("answer", "percent", "view"):
                found = records_behind(
                    hq.session,
                    "merged_",
                    period,
                    *_cell(row),
                    rule=RULE,
                    registers=hq.registers,
                )
                assert len(found) == row.value


def test_a_number_opens_the_records_it_was_made_of(hq: Headquarters) -> None:
    case, other = hq.case(), hq.case("abai")
    first, again = hq.visit(case, MARCH), hq.visit(case, MARCH)
    elsewhere = hq.visit(other, APRIL, centre="abai", profession="lawyer")
    event = hq.event("round_table", MARCH, "abai", host=NATIONAL)

    def behind(*cell: Any) -> list[tuple[str, str, str]]:
        return records_behind(hq.session, "merged_", YEAR, *cell, rule=RULE, registers=hq.registers)

    assert first < again
    assert behind("consultations", ALL) == [
        ("consultations", "abai", elsewhere),
        ("consultations", "astana", first),
    ]
    assert behind("couples", ALL, "profession", "lawyer") == [("cases", "abai", other)]
    assert behind("round_tables", "abai") == [("events", NATIONAL, event)]
    assert len(behind("centres_open", ALL)) == 10
    with pytest.raises(KeyError):
        behind("studies", ALL, "kind", "x")
