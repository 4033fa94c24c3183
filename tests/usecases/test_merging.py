"""The whole line under chance: whatever is entered, corrected, sent, lost, repeated and taken back,
headquarters holds the plain merge of what it accepted, and in the end what the centre holds."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import store
from exports.package.reader import read_package
from exports.package.schema import TRAVELS
from exports.package.writer import write_package
from pravo_desktop.domain.versions import Version
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases import cases, decisions, months, participants
from pravo_desktop.usecases.cases import ClaimForm, ConsultationForm
from pravo_desktop.usecases.inbox import accept_package
from pravo_desktop.usecases.replay import replay
from tests.db import test_merge
from tests.exports.factories import MOMENT, content, one_of_each
from tests.usecases.factories import CHILD, Desk, a_centre, a_headquarters

REASON = {
    "month_closed": "забыли внести",
    "outside_employment": "стажировка",
    "consultation_same_day": "екі рет келді",
}


class Sent(NamedTuple):
    """A real package and what the plain merge has to know of it."""

    data: bytes
    plain: test_merge.Package

    def __repr__(self) -> str:
        return self.plain.station


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Desk]]:
    folder = tmp_path_factory.mktemp("desks")
    made = {
        "headquarters": a_headquarters(folder / "headquarters"),
        "astana": a_centre(folder / "astana"),
        "almaty": a_centre(folder / "almaty", centre="almaty"),
    }
    made["headquarters"].at(2024, 12, 31)
    for centre in ("astana", "almaty"):
        made["headquarters"].trusts(made[centre])
    yield made
    for desk in made.values():
        desk.leave()


@cache
def _people() -> tuple[Version, ...]:
    """A case with its people, visits and claims; later versions are made of it."""
    tables = ("staff_members", "cases", "participants", "consultations", "claims")
    return tuple(one_of_each(tables))


def _sent(desk: Desk, rows: Sequence[Version], **head: Any) -> Sent:
    centre = desk.session.installation.centre
    key = desk.workplace.signing_key(desk.session)
    made = content(rows, centre=centre, region=centre, **head)
    plain = test_merge.Package(
        centre=centre,
        station=made.head.station,
        epoch=made.head.epoch,
        sequence=made.head.sequence,
        complete=made.head.complete,
        replaces=made.head.replaces,
        rows=tuple(rows),
    )
    return Sent(write_package(made, key, MOMENT), plain)


@pytest.fixture(scope="module")
def pool(desks: dict[str, Desk]) -> list[Sent]:
    """Packages of two centres and three stations: corrections, tombstones, a clock set back, a
    restored backup, and two with one number."""
    first = _people()
    corrected = tuple(replace(row, revision=row.revision + 1) for row in first)
    behind = tuple(
        replace(row, revision=row.revision + 2, changed_at="2023-06-01T00:00:00.000000Z")
        for row in first
    )
    gone = tuple(replace(row, revision=row.revision + 3, deleted=True) for row in first)
    restored = tuple(
        replace(row, epoch=2, station="restored") for row in first if row.table != "claims"
    )
    more = tuple(one_of_each(("staff_members", "advice", "events", "survey_sheets")))
    astana, almaty = desks["astana"], desks["almaty"]
    old = "station-a"
    return [
        _sent(astana, first, station=old, sequence=1),
        _sent(astana, corrected, station=old, sequence=2),
        _sent(astana, behind, station=old, sequence=3),
        _sent(astana, gone, station=old, sequence=4),
        _sent(astana, more, station=old, sequence=4),
        _sent(
            astana,
            restored,
            station="restored",
            epoch=2,
            sequence=3,
            complete=True,
            replaces=(old,),
        ),
        _sent(astana, more, station="restored", epoch=2, sequence=4),
        _sent(astana, more, station="station-b", station_letter="B", sequence=1),
        _sent(almaty, first, station=old, sequence=1),
        _sent(almaty, (), station=old, sequence=2),
    ]


_DEEDS = st.lists(
    st.tuples(st.sampled_from(("accept", "accept", "accept", "undo")), st.integers(0, 9)),
    min_size=6,
    max_size=16,
)


@settings(max_examples=40)
@given(deeds=_DEEDS)
def test_real_packages_in_any_order_with_repetitions_and_undos(
    desks: dict[str, Desk], pool: list[Sent], deeds: list[tuple[str, int]]
) -> None:
    desk = desks["headquarters"]
    accepted: dict[int, int] = {}
    try:
        for deed, index in deeds:
            if deed == "accept":
                data = pool[index].data
                said = accept_package(
                    desk.session,
                    desk.actor,
                    package=read_package(data),
                    data=data,
                    file_name=f"{index}.xlsx",
                    archive=desk.archive,
                    received_on=date(2024, 6, 1),
                )
                assert said.status in ("accepted", "held", "already")
                assert said.package_id is not None
                assert (said.status == "already") <= (index in accepted)
                accepted[index] = said.package_id
            elif index in accepted:
                package = str(accepted.pop(index))
                decisions.undo_package(desk.session, desk.actor, package=package)
            assert desk.state() == test_merge.plain_merge([pool[i].plain for i in accepted])
        assert replay(desk.session, desk.actor, archive=desk.archive, check=True) == desk.state()
    finally:
        for package_id in accepted.values():
            decisions.undo_package(desk.session, desk.actor, package=str(package_id))
        assert desk.state() == test_merge.NOTHING


# --- A centre's year under chance -----------------------------------------------------------------

_DAYS = st.dates(date(2024, 3, 1), date(2024, 5, 31))
_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("case"), _DAYS, st.one_of(st.none(), _DAYS)),
        st.tuples(st.just("visit"), _DAYS, st.integers(0, 9)),
        st.tuples(st.just("move"), _DAYS, st.integers(0, 9)),
        st.tuples(st.just("remove visit"), _DAYS, st.integers(0, 9)),
        st.tuples(st.just("claim"), _DAYS, st.integers(0, 9)),
        st.tuples(st.just("child"), _DAYS, st.integers(0, 9)),
        st.tuples(st.just("remove child"), _DAYS, st.integers(0, 9)),
        st.tuples(st.just("send"), st.sampled_from(("2024-03", "2024-04", "2024-05")), st.just(0)),
        st.tuples(st.just("part"), _DAYS, st.just(0)),
        st.tuples(st.just("clock back"), st.integers(0, 5), st.just(0)),
    ),
    min_size=8,
    max_size=24,
)


class _Centre:
    """A desk at which chance works; it closes, sends and amends as people do."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.opened: list[cases.CaseOpened] = []
        desk.at(2024, 6, 1)
        self.lawyer = desk.specialist("lawyer", employed_from=date(2024, 3, 1))

    def step(self, what: str, first: Any, second: Any) -> None:
        session, actor = self.desk.session, self.desk.actor
        if what == "case":
            opened = self.desk.case(
                on=first,
                specialist=self.lawyer,
                claims=(ClaimForm(kind="divorce", filed_on=second),),
                confirmed=REASON,
            )
            self.opened.append(opened)
        elif what == "send":
            self.send(first)
        elif what == "part":
            self.try_(lambda: self.desk.export(f"{first:%Y-%m}", through=first), "already_exported")
        elif what == "clock back":
            self.desk.at(2024, 6, 1 + first)
        elif self.opened:
            case = self.opened[second % len(self.opened)]
            if what == "visit":
                self.desk.visit(case, first, self.lawyer, confirmed=REASON)
            elif what == "claim":
                claim = ClaimForm(kind="divorce", filed_on=first, claim_id=case.claims[0])
                cases.save_claim(
                    session, actor, case_id=case.case_id, claim=claim, confirmed=REASON
                )
            elif what == "child":
                participants.save_participant(
                    session, actor, case_id=case.case_id, participant=CHILD, confirmed=REASON
                )
            elif what == "remove child":
                child = case.participants[2]
                self.try_(
                    lambda: participants.remove_participant(
                        session, actor, participant_id=child, confirmed=REASON
                    ),
                    "record_not_found",
                )
            else:
                self._change_visit(case, what, first)

    def _change_visit(self, case: cases.CaseOpened, what: str, day: date) -> None:
        session, actor = self.desk.session, self.desk.actor
        visit = session.value(
            "SELECT id FROM consultations WHERE case_id = ? AND NOT deleted ORDER BY id DESC",
            (case.case_id,),
        )
        if visit is None:
            return
        if what == "move":
            cases.change_consultation(
                session,
                actor,
                consultation_id=visit,
                consultation=ConsultationForm(held_on=day),
                confirmed=REASON,
            )
        else:
            cases.remove_consultation(session, actor, consultation_id=visit, confirmed=REASON)

    def send(self, month: str) -> None:
        session = self.desk.session
        if not months.is_closed(session, month):
            self.desk.close(month)
        sent = session.value("SELECT 1 FROM packages WHERE month = ? AND through IS NULL", (month,))
        self.try_(lambda: self.desk.export(month, amendment=bool(sent)))

    def try_(self, act: Any, *known: str) -> None:
        """What a person is refused here is no matter: they come again later."""
        try:
            act()
        except KnownError as error:
            assert error.code in (*known, "clock_behind"), error


def _rows(desk: Desk, prefix: str) -> dict[str, dict[str, dict[str, Any]]]:
    return {
        table: {row["id"]: row for row in desk.session.all(f"SELECT * FROM {prefix}{table}")}
        for table in TRAVELS
    }


@settings(max_examples=12)
@given(steps=_STEPS, order=st.randoms(use_true_random=False))
def test_in_the_end_headquarters_holds_what_the_centre_holds(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, Any, Any]], order: Any
) -> None:
    folder: Path = tmp_path_factory.mktemp("year")
    centre, headquarters = a_centre(folder / "centre"), a_headquarters(folder / "headquarters")
    try:
        worker = _Centre(centre)
        worker.step("case", date(2024, 4, 9), None)
        for step in steps:
            worker.step(*step)
        centre.at(2024, 7, 1)
        for month in ("2024-03", "2024-04", "2024-05"):
            worker.send(month)
        sequences = [row["sequence"] for row in centre.session.all("SELECT * FROM packages")]
        assert sequences == list(range(1, len(sequences) + 1))
        paths = [centre.copy(sequence, folder / "stick") for sequence in sequences]
        order.shuffle(paths)
        headquarters.at(2024, 7, 2).trusts(centre)
        said = headquarters.receive(*paths, *paths)
        statuses = [one.status for one in said]
        assert statuses == ["accepted"] * len(paths) + ["already"] * len(paths)
        store.create_views(centre.session)
        own, merged = _rows(centre, "own_"), _rows(headquarters, "merged_")
        for table in TRAVELS:
            assert merged[table] == own[table], table
    finally:
        centre.leave()
        headquarters.leave()


@settings(max_examples=8)
@given(steps=_STEPS)
def test_after_each_package_headquarters_counts_no_visit_the_centre_took_back(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, Any, Any]]
) -> None:
    """A package brings headquarters up to the centre's day for all that it has been told of."""
    folder: Path = tmp_path_factory.mktemp("year")
    centre, headquarters = a_centre(folder / "centre"), a_headquarters(folder / "headquarters")
    headquarters.at(2024, 7, 2).trusts(centre)
    try:
        worker = _Centre(centre)
        for step in [("case", date(2024, 4, 9), None), *steps, ("send", "2024-03", 0)]:
            before = centre.count("packages")
            worker.step(*step)
            if centre.count("packages") == before:
                continue
            path = centre.copy(before + 1, folder / "stick")
            assert [one.status for one in headquarters.receive(path)] == ["accepted"]
            store.create_views(centre.session)
            own, merged = _rows(centre, "own_"), _rows(headquarters, "merged_")
            for table, rows in merged.items():
                for record_id, row in rows.items():
                    assert own[table].get(record_id) == row, (table, json.dumps(row))
    finally:
        centre.leave()
        headquarters.leave()
