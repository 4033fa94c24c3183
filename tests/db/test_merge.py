"""Headquarters' merge: any order, any repetition, any undo gives the plain merge of what counts.

The plain merge is written again here, from ``docs/state-hash.md`` and not from the program.
"""

import hashlib
import json
import secrets
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from db.engine import open_engine
from db.merge import insert_rows, merge_as_of, merge_packages, state_hash
from db.migrate import migrate
from db.session import Session
from pravo_desktop.clock import PracticeClock
from pravo_desktop.domain.versions import Version
from pravo_desktop.usecases.decisions import merge_accepted, merge_changed
from pravo_desktop.usecases.journal import (
    accepted_packages,
    effective_as_of,
    held_packages,
    write_journal,
)
from tests.exports.factories import version

CENTRES = ("aktau", "astana")
STATIONS = ("station-a", "station-b", "station-c")
RECORDS = tuple(
    (table, f"00000000-0000-7000-8000-{number:012d}")
    for table in ("advice", "videos")
    for number in range(2)
)
MOMENTS = (
    "2024-02-01T00:00:00.000000Z",
    "2024-02-01T00:00:00.000001Z",
    "2023-01-01T00:00:00.000000Z",
)
FIRST_DAY = date(2024, 3, 1)
NOTHING = hashlib.sha256().hexdigest()


@dataclass(frozen=True)
class Package:
    """A package as the merge sees it."""

    centre: str
    station: str
    epoch: int
    sequence: int
    complete: bool
    replaces: tuple[str, ...]
    rows: tuple[Version, ...]


@st.composite
def _versions(draw: st.DrawFn) -> tuple[Version, ...]:
    records = draw(st.lists(st.sampled_from(RECORDS), unique=True, min_size=1, max_size=4))
    made = []
    for table, record_id in records:
        values: dict[str, Any] = (
            {"minutes": draw(st.sampled_from((None, 30))), "specialist_id": RECORDS[0][1]}
            if table == "advice"
            else {"title": draw(st.sampled_from(("Бейне", "Видео")))}
        )
        plain = version(table, record_id=record_id, **values)
        made.append(
            Version(
                table=table,
                record_id=record_id,
                epoch=draw(st.sampled_from((1, 1, 2))),
                revision=draw(st.integers(1, 2)),
                changed_at=draw(st.sampled_from(MOMENTS)),
                station=draw(st.sampled_from((STATIONS[0], *STATIONS[:2]))),
                deleted=draw(st.booleans()),
                values=plain.values,
            )
        )
    return tuple(made)


_PACKAGES = st.builds(
    Package,
    centre=st.sampled_from((*CENTRES, "astana", "astana")),
    station=st.sampled_from(STATIONS),
    epoch=st.integers(1, 3),
    sequence=st.integers(1, 4),
    complete=st.sampled_from((False, False, True)),
    replaces=st.lists(st.sampled_from(STATIONS), unique=True, max_size=2).map(tuple),
    rows=_versions(),
)
_DEEDS = st.lists(
    st.tuples(st.sampled_from(("accept", "undo")), st.integers(0, 5), st.integers(0, 9)),
    max_size=8,
)


def plain_merge(accepted: Collection[Package]) -> str:
    """The state hash by the words of its page, in plain Python."""
    numbers = Counter((p.centre, p.station, p.epoch, p.sequence) for p in accepted)
    single = [p for p in accepted if numbers[p.centre, p.station, p.epoch, p.sequence] == 1]
    counted = [
        p
        for p in single
        if not any(
            q.complete
            and q.centre == p.centre
            and (p.epoch, p.station) < (q.epoch, q.station)
            and {p.station, *p.replaces} & {q.station, *q.replaces}
            for q in single
        )
    ]
    winners: dict[tuple[str, str, str], tuple[Any, ...]] = {}
    for package in counted:
        for row in package.rows:
            content = json.dumps(
                dict(sorted(row.values.items())), ensure_ascii=False, separators=(",", ":")
            )
            lines = [row.table, row.record_id, str(row.epoch), str(row.revision)]
            lines += [row.changed_at, row.station, "1" if row.deleted else "0", content]
            digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
            key = (package.centre, row.table, row.record_id)
            order = (row.epoch, row.revision, row.changed_at, row.station, digest)
            winners[key] = max(order, winners.get(key, order))
    text = "".join(
        f"{centre}\n{table}\n{record}\n{winners[centre, table, record][-1]}\n"
        for centre, table, record in sorted(winners)
    )
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    folder: Path = tmp_path_factory.mktemp("merge")
    engine = open_engine(folder / "pravo.db", secrets.token_bytes(32))
    migrate(engine)
    session = Session(engine, PracticeClock(datetime(2024, 5, 20)))
    yield session
    session.close()
    engine.dispose()


class _Over(Exception):
    """Takes back all that an example did."""


def _insert(session: Session, package: Package) -> int:
    session.execute(
        "INSERT INTO received_packages (sha256, content_hash, centre, station, station_letter, "
        "replaces, epoch, month, sequence, amendment, complete, fingerprint, signed_at, "
        "row_count, audit_head, file_name) "
        "VALUES (?, ?, ?, ?, 'A', ?, ?, '2024-02', ?, 0, ?, 'f', 'at', ?, 'h', 'file')",
        (
            secrets.token_hex(32),
            secrets.token_hex(32),
            package.centre,
            package.station,
            json.dumps(package.replaces),
            package.epoch,
            package.sequence,
            int(package.complete),
            len(package.rows),
        ),
    )
    package_id = int(session.value("SELECT max(id) FROM received_packages"))
    for number, row in enumerate(package.rows, 2):
        cells = (row.record_id, row.epoch, row.revision, row.changed_at, row.station)
        cells += (int(row.deleted), row.row_hash, row.payload)  # type: ignore[assignment]
        insert_rows(session, package_id, row.table, [(number, *cells)])
    return package_id


def _living(session: Session, prefix: str = "merged_") -> dict[str, list[dict[str, Any]]]:
    return {
        table: session.all(f"SELECT * FROM {prefix}{table} ORDER BY centre, id")
        for table in ("advice", "videos")
    }


@settings(max_examples=100)
@given(
    packages=st.lists(_PACKAGES, min_size=3, max_size=6),
    days=st.lists(st.integers(0, 9), min_size=6, max_size=6),
    later=_DEEDS,
)
def test_any_order_repetition_and_undo_gives_the_plain_merge_of_the_accepted(
    session: Session,
    packages: list[Package],
    days: list[int],
    later: list[tuple[str, int, int]],
) -> None:
    deeds = [("accept", index, day) for index, day in enumerate(days)] + later
    ids: dict[int, int] = {}
    journal: list[tuple[date, str, int]] = []
    accepted: set[int] = set()
    with pytest.raises(_Over), session.transaction():
        for deed, choice, day in deeds:
            index = choice % len(packages)
            if (deed == "accept") == (index in accepted):
                continue
            received = FIRST_DAY + timedelta(days=day)
            if index not in ids:
                ids[index] = _insert(session, packages[index])
            (_let_count if deed == "accept" else _undo)(session, ids[index], received)
            accepted ^= {index}
            journal.append((received, deed, index))
            assert state_hash(session) == plain_merge([packages[i] for i in accepted])
        event(f"held: {bool(held_packages(session))}")
        event(f"superseded: {len(effective_as_of(session, None)) < len(accepted)}")

        merged = _living(session)
        before = state_hash(session)
        merge_packages(session, effective_as_of(session, None), None)
        assert state_hash(session) == before
        assert _living(session) == merged

        for day in range(10):
            limit = FIRST_DAY + timedelta(days=day)
            standing: dict[int, str] = {}
            for received, deed, index in journal:
                if received <= limit:
                    standing[index] = deed
            then = [packages[i] for i, deed in standing.items() if deed == "accept"]
            merge_as_of(session, effective_as_of(session, limit), effective_as_of(session, None))
            assert state_hash(session, "temp.asof_rows") == plain_merge(then)
        assert state_hash(session) == before
        raise _Over


@settings(max_examples=60)
@given(
    packages=st.lists(_PACKAGES, min_size=2, max_size=6),
    order=st.randoms(use_true_random=False),
)
def test_the_tables_for_the_figures_do_not_depend_on_the_order_of_packages(
    session: Session, packages: list[Package], order: Any
) -> None:
    seen = []
    for shuffled in (False, True):
        line = list(packages)
        if shuffled:
            order.shuffle(line)
        with pytest.raises(_Over), session.transaction():
            for package in line:
                _accept(session, package)
            seen.append((state_hash(session), _living(session)))
            raise _Over
    assert seen[0] == seen[1]


def _accept(session: Session, package: Package) -> int:
    package_id = _insert(session, package)
    _let_count(session, package_id, FIRST_DAY)
    return package_id


def _let_count(session: Session, package_id: int, day: date) -> None:
    write_journal(session, "actor", "package_accepted", day, package_id=package_id)
    held = merge_accepted(session, package_id)
    assert held == (package_id in held_packages(session))


def _undo(session: Session, package_id: int, day: date = FIRST_DAY) -> None:
    before = accepted_packages(session, None)
    write_journal(session, "actor", "package_undone", day, package_id=package_id)
    merge_changed(session, before, accepted_packages(session, None), {package_id})


@pytest.fixture
def empty(session: Session) -> Iterator[Session]:
    """Headquarters before the first package."""
    with pytest.raises(_Over), session.transaction():
        yield session
        raise _Over


def _row(revision: int = 1, **changes: Any) -> Version:
    values: dict[str, Any] = {
        "table": "advice",
        "record_id": RECORDS[0][1],
        "epoch": 1,
        "revision": revision,
        "changed_at": MOMENTS[0],
        "station": STATIONS[0],
        "deleted": False,
        "values": version("advice", specialist_id=RECORDS[0][1]).values,
    }
    return Version(**(values | changes))


def _package(*rows: Version, **changes: Any) -> Package:
    values: dict[str, Any] = {
        "centre": "astana",
        "station": STATIONS[0],
        "epoch": 1,
        "sequence": 1,
        "complete": False,
        "replaces": (),
        "rows": rows,
    }
    return Package(**(values | changes))


def test_headquarters_that_received_nothing_has_the_hash_of_nothing(empty: Session) -> None:
    assert state_hash(empty) == NOTHING == plain_merge([])


def test_an_older_package_that_comes_later_changes_nothing(empty: Session) -> None:
    _accept(empty, _package(_row(revision=10), sequence=2))
    before = state_hash(empty)
    _accept(empty, _package(_row(revision=9), sequence=1))
    assert state_hash(empty) == before


def test_the_revision_wins_over_a_clock_that_was_set_back(empty: Session) -> None:
    later = _row(revision=2, changed_at=MOMENTS[2], deleted=True)
    _accept(empty, _package(_row(revision=1)))
    _accept(empty, _package(later, sequence=2))
    assert empty.value("SELECT row_hash FROM merged_rows") == later.row_hash
    assert _living(empty)["advice"] == []


def test_of_versions_alike_but_for_their_values_the_greater_hash_wins_in_any_order(
    empty: Session,
) -> None:
    rows = [
        _row(values={**_row().values, "minutes": minutes}) for minutes in (None, 10, 20, 30, 40)
    ]
    best = max(row.row_hash for row in rows)
    for order in (rows, rows[::-1]):
        ids = [
            _accept(empty, _package(row, sequence=number)) for number, row in enumerate(order, 1)
        ]
        assert empty.value("SELECT row_hash FROM merged_rows") == best
        for package_id in ids:
            _undo(empty, package_id)


def test_a_tombstone_stays_in_the_state_and_out_of_the_figures(empty: Session) -> None:
    _accept(empty, _package(_row(revision=1)))
    assert len(_living(empty)["advice"]) == 1
    package = _accept(empty, _package(_row(revision=2, deleted=True), sequence=2))
    assert empty.value("SELECT count(*) FROM merged_rows") == 1
    assert _living(empty)["advice"] == []
    _undo(empty, package)
    assert len(_living(empty)["advice"]) == 1


def test_the_same_record_of_two_centres_is_two_records(empty: Session) -> None:
    _accept(empty, _package(_row()))
    _accept(empty, _package(_row(revision=5), centre="aktau"))
    assert [row["centre"] for row in _living(empty)["advice"]] == ["aktau", "astana"]


def test_two_packages_with_one_number_are_held_until_one_is_undone(empty: Session) -> None:
    first, second = _package(_row(revision=1)), _package(_row(revision=2))
    one = _accept(empty, first)
    before = state_hash(empty)
    two = _accept(empty, second)
    assert held_packages(empty) == {one, two}
    assert state_hash(empty) == NOTHING
    _undo(empty, two)
    assert state_hash(empty) == before
    assert held_packages(empty) == set()


@pytest.mark.parametrize(
    "other", [{"centre": "aktau"}, {"station": STATIONS[1]}, {"epoch": 2}, {"sequence": 2}]
)
def test_packages_that_differ_in_their_number_are_not_held(
    empty: Session, other: dict[str, Any]
) -> None:
    _accept(empty, _package(_row()))
    _accept(empty, _package(_row(), **other))
    assert held_packages(empty) == set()


def test_the_full_package_after_a_restore_withdraws_what_it_lacks_and_gives_it_back_when_undone(
    empty: Session,
) -> None:
    old = _row(), _row(record_id=RECORDS[1][1])
    _accept(empty, _package(*old))
    before = state_hash(empty)
    restored = _package(
        _row(epoch=2, station=STATIONS[1]),
        station=STATIONS[1],
        epoch=2,
        sequence=2,
        complete=True,
        replaces=(STATIONS[0],),
    )
    package = _accept(empty, restored)
    assert [row["id"] for row in _living(empty)["advice"]] == [RECORDS[0][1]]
    late = _accept(empty, _package(_row(revision=9), sequence=2))
    assert [row["id"] for row in _living(empty)["advice"]] == [RECORDS[0][1]]
    _undo(empty, late)
    _undo(empty, package)
    assert state_hash(empty) == before


def test_what_a_station_sends_after_its_restore_is_not_withdrawn_by_it(empty: Session) -> None:
    full = {"epoch": 2, "complete": True, "replaces": STATIONS[:2], "station": STATIONS[1]}
    _accept(empty, _package(**full))
    _accept(empty, _package(_row(epoch=2), epoch=2, sequence=2, station=STATIONS[1]))
    assert len(_living(empty)["advice"]) == 1


def test_a_full_package_replaces_nobody_of_another_centre(empty: Session) -> None:
    _accept(empty, _package(_row()))
    stranger = _package(
        centre="aktau",
        station=STATIONS[1],
        epoch=2,
        complete=True,
        replaces=(STATIONS[0],),
    )
    _accept(empty, stranger)
    assert len(_living(empty)["advice"]) == 1


def test_a_full_package_that_is_held_withdraws_nothing(empty: Session) -> None:
    _accept(empty, _package(_row()))
    full = _package(
        station=STATIONS[1], epoch=2, sequence=2, complete=True, replaces=(STATIONS[0],)
    )
    _accept(empty, full)
    assert _living(empty)["advice"] == []
    _accept(empty, full)
    assert len(_living(empty)["advice"]) == 1
