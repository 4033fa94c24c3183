"""The registry of indicators agrees with itself and with the contract."""

from pravo_desktop.domain.indicators import BY_KEY, EVENT_INDICATORS, INDICATORS

CONTRACT = {
    "consultations",
    "couples",
    "participants",
    "claims",
    "outcomes",
    "studies",
    "advice",
    "specialist_trainings",
    "working_meetings",
    "young_couple_trainings",
    "conflict_trainings",
    "campaign_trainings",
    "social_bureaus",
    "campaign_actions",
    "press_conferences",
    "public_presentations",
    "round_tables",
    "publications",
    "local_publications",
    "tv_appearances",
    "videos",
    "video_views",
    "booklets",
    "satisfaction",
    "centres_open",
    "centres_reaching_plan",
    "staff",
}


def test_every_indicator_of_the_contract_is_there_once() -> None:
    keys = [indicator.key for indicator in INDICATORS]
    assert len(keys) == len(set(keys))
    assert set(keys) >= CONTRACT
    assert set(EVENT_INDICATORS) <= set(keys)


def test_the_breakdowns_of_the_contract_are_there() -> None:
    found = {key: {one.name for one in item.breakdowns} for key, item in BY_KEY.items()}
    assert found["consultations"] == found["couples"] == {"month", "profession"}
    assert found["participants"] == {"sex", "category", "month", "profession"}
    assert found["claims"] == found["outcomes"] == {"kind"}
    assert found["satisfaction"] == {"question"}
    assert found["staff"] == {"profession"}


def test_months_and_professions_of_people_and_couples_do_not_add_up() -> None:
    for indicator in INDICATORS:
        for breakdown in indicator.breakdowns:
            if breakdown.name in ("month", "profession"):
                assert breakdown.partition == (indicator.counted == "records")


def test_each_definition_is_one_paragraph_of_whole_sentences_without_placeholders() -> None:
    for indicator in INDICATORS:
        assert indicator.definition[0].isupper() and indicator.definition.endswith(".")
        assert not set("\n{}%") & set(indicator.definition), indicator.key
    assert len({indicator.definition for indicator in INDICATORS}) == len(INDICATORS)
