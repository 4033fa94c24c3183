"""Counting events, satisfaction, publications, videos and staff on a real encrypted database."""

from dataclasses import replace
from datetime import date

import pytest

from db.figures import read_registers
from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.domain.indicators import EVENT_INDICATORS
from pravo_desktop.domain.periods import Period
from pravo_desktop.domain.records import (
    Centre,
    Event,
    PrintedMaterial,
    Publication,
    Region,
    StaffMember,
    SurveySheet,
    Video,
)
from pravo_desktop.resources import classifiers
from tests.db.merged import APRIL, MARCH, MAY, Headquarters, new_id
from tests.db.oracle import YEAR


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
