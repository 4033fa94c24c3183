"""Classifiers: every list that people choose from, complete in three languages."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from pravo_desktop.domain.fields import fields_of
from pravo_desktop.domain.indicators import INDICATORS
from pravo_desktop.domain.records import RECORDS
from pravo_desktop.i18n import label_in
from pravo_desktop.paths import default_data_folder, resources_folder
from pravo_desktop.resources import LANGUAGES, Labelled, classifiers

ALL = classifiers()


def every_list() -> Iterator[tuple[str, Mapping[str, Labelled]]]:
    yield from ALL.kinds.items()
    for name in ("regions", "pseudo_regions", "centres", "courts", "sections", "indicators"):
        yield name, getattr(ALL, name)
    yield "units", ALL.units
    yield "categories", ALL.categories


@pytest.mark.parametrize(("name", "entries"), list(every_list()))
def test_a_list_has_different_labels_in_every_language(
    name: str, entries: Mapping[str, Labelled]
) -> None:
    for language in LANGUAGES:
        labels = [label_in(entry, language) for entry in entries.values()]
        assert all(label and label == label.strip() for label in labels)
        assert len(set(labels)) == len(labels)


def test_the_ten_regions_come_in_the_order_of_the_2024_report() -> None:
    assert " ".join(ALL.regions) == (
        "astana almaty shymkent karaganda akmola atyrau aktobe ulytau turkistan abai"
    )


def test_codes_of_regions_are_unique_and_well_formed() -> None:
    regions = ALL.regions.values()
    for codes in zip(*((r.iso, r.kato, r.phone_code, r.case_code) for r in regions), strict=True):
        assert len(set(codes)) == 10
    assert all(len(r.kato) == 9 and len(r.case_code) == 3 for r in regions)
    abai = ALL.regions["abai"]
    assert (abai.iso, abai.kato, abai.phone_code) == ("KZ-10", "100000000", "7222")


def test_each_region_has_its_centre_and_its_court() -> None:
    assert [centre.region for centre in ALL.centres.values()] == list(ALL.regions)
    for key, centre in ALL.centres.items():
        assert key == centre.region == ALL.courts[centre.court].region
    assert ALL.centres["akmola"].city["kk"] == "Көкшетау"
    assert ALL.courts["ulytau_minors"].kk.startswith("Ұлытау облысының кәмелетке толмағандардың")


def test_headquarters_and_the_whole_country_are_places_too() -> None:
    assert ALL.place("national").ru == "Головной офис"
    assert ALL.place("abai").ru == "область Абай"
    with pytest.raises(KeyError):
        ALL.place("mars")


def test_one_spouse_or_a_couple_in_any_union_is_a_couple_and_others_are_not() -> None:
    assert ALL.couple_kinds() == {"married", "divorced", "unregistered"}


def test_claims_and_categories_come_in_the_order_of_the_charts_of_2024() -> None:
    assert [entry.ru for entry in ALL.kinds["claim_kind"].values()][3:] == [
        "Расторжение брака",
        "Раздел имущества",
        "Другие виды исков",
    ]
    assert " ".join(ALL.categories) == (
        "youth civil_servant budget disability senior unemployed ngo business other children"
    )


def test_headquarters_owes_what_centres_do_not() -> None:
    assert ALL.sections_of("national") == ("specialist_training", "media", "legislation")
    assert "services" in ALL.sections_of("centre")
    owed = {*ALL.sections_of("national"), *ALL.sections_of("centre")}
    assert owed == set(ALL.sections)


def test_each_indicator_of_the_report_has_its_labels_and_those_of_its_unit_and_keys() -> None:
    assert {indicator.key for indicator in INDICATORS} == set(ALL.indicators)
    for indicator in INDICATORS:
        labelled = ALL.indicators[indicator.key]
        assert (labelled.unit, labelled.section) == (indicator.unit, indicator.section)
        assert indicator.unit in ALL.units
        assert indicator.section in ALL.sections
        for breakdown in indicator.breakdowns:
            assert breakdown.name in ALL.kinds["breakdown"]
            assert breakdown.keys in {None, "category", *ALL.kinds}


def test_every_coded_field_of_a_record_finds_its_list_and_its_default_in_it() -> None:
    for record in RECORDS:
        for spec in fields_of(record):
            if spec.classifier:
                default = record.__dataclass_fields__[spec.name].default
                keys = ALL.entries(spec.classifier)
                assert not isinstance(default, str) or default in keys, (record, spec.name)


def test_a_year_takes_the_category_rule_in_force() -> None:
    assert ALL.category_predicates(2024) == ALL.category_predicates(2026)
    assert ALL.category_predicates(2020) == ALL.category_predicates(2024)
    rule = ALL.category_predicates(2024)
    assert {predicate["category"] for predicate in rule} == set(ALL.categories)


def test_a_frozen_program_finds_its_resources_inside_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert (resources_folder() / "classifiers" / "regions.json").is_file()
    monkeypatch.setattr(sys, "_MEIPASS", "/frozen", raising=False)
    assert resources_folder() == Path("/frozen/resources")


def test_without_a_given_folder_data_go_to_the_users_own_place(own_home: Path) -> None:
    if sys.platform == "linux":
        assert default_data_folder() == own_home / "data" / "Pravo Desktop"
    assert not default_data_folder().exists()
