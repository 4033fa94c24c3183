"""Versions have one total order and a hash that covers all of them."""

import hashlib
import uuid
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pravo_desktop.domain.versions import Version, canonical_json, new_id

PLAIN = Version(
    table="advice",
    record_id="018d0000-0000-7000-8000-000000000001",
    epoch=1,
    revision=1,
    changed_at="2024-02-01T00:00:00.000000Z",
    station="station-a",
    deleted=False,
    values={"minutes": 30, "topics": '["divorce"]', "format": None},
)

_VERSIONS = st.builds(
    Version,
    table=st.just("advice"),
    record_id=st.just(PLAIN.record_id),
    epoch=st.integers(1, 3),
    revision=st.integers(1, 12),
    changed_at=st.sampled_from((PLAIN.changed_at, "2023-01-01T00:00:00.000000Z")),
    station=st.sampled_from(("station-a", "station-b")),
    deleted=st.booleans(),
    values=st.fixed_dictionaries({"minutes": st.one_of(st.none(), st.integers(1, 3))}),
)


def test_ids_are_uuids_of_version_7_each_greater_than_the_one_before() -> None:
    written = [new_id() for _ in range(5_000)]
    assert written == sorted(set(written))
    made = [uuid.UUID(one) for one in written]
    assert {one.version for one in made} == {7}
    assert {one.variant for one in made} == {uuid.RFC_4122}
    assert len({one.int & 0xFFFFFFFF for one in made}) > 4_990


def test_ids_follow_a_clock_that_was_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    newest = uuid.UUID(new_id())
    back = (newest.int >> 80) - 86_400_000
    monkeypatch.setattr("time.time_ns", lambda: back * 1_000_000)
    assert uuid.UUID(new_id()).int >> 80 == back


@pytest.mark.parametrize(
    ("greater", "than"),
    [
        ({"epoch": 2}, {"revision": 99}),
        ({"revision": 10}, {"revision": 9}),
        ({"revision": 2}, {"changed_at": "2030-01-01T00:00:00.000000Z"}),
        ({"changed_at": "2024-02-01T00:00:00.000001Z"}, {"station": "station-z"}),
        ({"station": "station-b"}, {}),
    ],
)
def test_epoch_then_revision_then_moment_then_station(
    greater: dict[str, object], than: dict[str, object]
) -> None:
    first, second = replace(PLAIN, **greater), replace(PLAIN, **than)  # type: ignore[arg-type]
    assert first.order > second.order


@given(_VERSIONS, _VERSIONS)
def test_two_versions_never_tie_unless_they_are_the_same(one: Version, other: Version) -> None:
    assert (one.order == other.order) == (one == other)


@pytest.mark.parametrize("field", [field.name for field in fields(Version)])
def test_the_hash_covers_every_part_of_a_version(field: str) -> None:
    changed = {
        "values": {"minutes": 31, "topics": '["divorce"]', "format": None},
        "deleted": True,
        "epoch": 2,
        "revision": 2,
    }.get(field, "another")
    assert replace(PLAIN, **{field: changed}).row_hash != PLAIN.row_hash  # type: ignore[arg-type]


def test_the_hash_is_the_one_the_page_of_the_package_describes() -> None:
    text = (
        "advice\n018d0000-0000-7000-8000-000000000001\n1\n1\n2024-02-01T00:00:00.000000Z\n"
        'station-a\n0\n{"format":null,"minutes":30,"topics":"[\\"divorce\\"]"}'
    )
    assert PLAIN.row_hash == hashlib.sha256(text.encode()).hexdigest()


def test_nothing_and_empty_and_a_number_and_its_text_are_different_values() -> None:
    texts = {canonical_json({"a": value}) for value in (None, "", 1, "1", 0, "0")}
    assert len(texts) == 6


def test_the_order_of_values_does_not_matter_and_letters_stay_readable() -> None:
    assert canonical_json({"b": 1, "a": "Ә"}) == canonical_json({"a": "Ә", "b": 1})
    assert canonical_json({"a": "Ә"}) == '{"a":"Ә"}'
