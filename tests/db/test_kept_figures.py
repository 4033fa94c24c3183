"""Counts kept beside the merged tables agree with counting anew, whatever comes or goes."""

import json
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from db.engine import open_engine
from db.figures import (
    THEN,
    RegisteredCentre,
    Registers,
    compute_figures,
    forget_counts,
    keep_counts,
    keep_day,
    lay_out_day,
    packages_digest,
    settle_counts,
)
from db.merge import insert_rows, merge_as_of, merge_packages
from db.migrate import migrate
from db.session import Session
from pravo_desktop.clock import Clock
from pravo_desktop.domain.fields import to_row, travelling_values
from pravo_desktop.domain.figures import FigureRow
from pravo_desktop.domain.indicators import BY_KEY
from pravo_desktop.domain.records import (
    Case,
    Claim,
    Consultation,
    Outcome,
    Participant,
    Record,
    StaffMember,
)
from pravo_desktop.domain.versions import Version
from pravo_desktop.resources import classifiers
from tests.db.oracle import RULE, YEAR, CellKey, Kept, Plain, everything

REGISTERS = Registers(
    classifiers(),
    ("astana", "abai"),
    (RegisteredCentre("astana", "astana"), RegisteredCentre("abai", "abai")),
)


class _Over(Exception):
    """Takes back all that an example did."""


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    folder: Path = tmp_path_factory.mktemp("kept")
    engine = open_engine(folder / "pravo.db", secrets.token_bytes(32))
    migrate(engine)
    session = Session(engine, Clock())
    yield session
    session.close()
    engine.dispose()


def receive(
    session: Session,
    centre: str,
    records: Sequence[Record],
    revision: int,
    gone: Sequence[str] = (),
) -> int:
    """Keep a package of a centre; what it says is of this revision, ``gone`` are tombstones."""
    session.execute(
        "INSERT INTO received_packages (sha256, content_hash, centre, station, station_letter, "
        "replaces, epoch, month, sequence, amendment, complete, fingerprint, signed_at, "
        "row_count, audit_head, file_name) VALUES (?, ?, ?, 's', 'A', '[]', 1, '2024-02', "
        "(SELECT count(*) FROM received_packages), 0, 0, 'f', 'at', ?, 'h', 'file')",
        (secrets.token_hex(32), secrets.token_hex(32), centre, len(records)),
    )
    package = int(session.value("SELECT max(id) FROM received_packages"))
    for number, record in enumerate(records, 2):
        version = Version(
            table=record.table,
            record_id=record.id,
            epoch=1,
            revision=revision,
            changed_at="2024-02-01T00:00:00.000000Z",
            station="s",
            deleted=f"{record.table}/{record.id}" in gone,
            values=travelling_values(record.table, to_row(record)),
        )
        cells = (number, record.id, 1, revision, version.changed_at, "s")
        row = (*cells, int(version.deleted), version.row_hash, version.payload)
        insert_rows(session, package, record.table, [row])
    return package


def kept_rows(session: Session) -> list[FigureRow]:
    periods = "SELECT count(*) FROM kept_periods WHERE fingerprint NOT GLOB '* *'"
    assert session.value(periods) == 1
    return compute_figures(session, "merged_", YEAR, rule=RULE, registers=REGISTERS)


def fresh_rows(session: Session) -> list[FigureRow]:
    """The same counted anew: the kept counts do not know this name of the tables."""
    return compute_figures(session, "main.merged_", YEAR, rule=RULE, registers=REGISTERS)


def values(rows: list[FigureRow]) -> dict[CellKey, int | float]:
    return {
        (row.indicator, row.region, row.breakdown, row.key): row.value
        for row in rows
        if row.value and not BY_KEY[row.indicator].from_register
    }


def keep(session: Session) -> None:
    forget_counts(session)
    keep_counts(session, YEAR, rule=RULE, registers=REGISTERS)


@settings(max_examples=60, deadline=None)
@given(
    contents=st.lists(st.tuples(everything, st.booleans()), min_size=2, max_size=3),
    deeds=st.lists(st.integers(0, 8), min_size=3, max_size=10),
)
def test_kept_counts_agree_with_counting_anew_after_any_packages_accepted_and_undone(
    session: Session, contents: list[tuple[list[Kept], bool]], deeds: list[int]
) -> None:
    with pytest.raises(_Over), session.transaction():
        packages: dict[int, list[Kept]] = {}
        taken_back: set[int] = set()
        for revision, (kept, deletes) in enumerate(contents, 1):
            for centre in sorted({one.centre for one in kept}):
                own = [one for one in kept if one.centre == centre]
                # Later packages may take back what they name.
                gone = (
                    [f"{one.record.table}/{one.record.id}" for one in own[::3]] if deletes else []
                )
                number = receive(session, centre, [one.record for one in own], revision, gone)
                packages[number] = own
                if deletes:
                    taken_back.add(number)
        # Without cases that stay as they are everything as of a day is counted anew.
        rest = receive(session, "abai", [_case(f"of-the-rest-{one}") for one in range(60)], 1)
        merge_packages(session, {rest}, {rest})
        keep(session)
        accepted: set[int] = set()
        days: list[set[int]] = []

        def end_of_day() -> None:
            counted = packages_digest(session, accepted | {rest})
            keep_day(session, YEAR.from_ + timedelta(len(days)), counted)
            days.append(set(accepted))

        end_of_day()
        for deed in deeds:
            if not packages:
                break
            number = list(packages)[deed % len(packages)]
            accepted ^= {number}
            merge_packages(session, accepted | {rest}, {number})
            assert kept_rows(session) == fresh_rows(session)
            if deed % 3 == 0:
                settle_counts(session)
                assert kept_rows(session) == fresh_rows(session)
            end_of_day()
        for day in days:
            merge_as_of(session, day | {rest}, accepted | {rest})
            counted = packages_digest(session, day | {rest})
            assert lay_out_day(session, counted)
            as_of, then, anew = (
                compute_figures(session, prefix, YEAR, rule=RULE, registers=REGISTERS)
                for prefix in ("asof_", THEN, "temp.asof_")
            )
            assert as_of == then == anew
        event(f"accepted: {len(accepted)}")
        winners: dict[tuple[str, str, str], Kept | None] = {}
        for number in sorted(accepted):
            for position, one in enumerate(packages[number]):
                gone_now = number in taken_back and position % 3 == 0
                winners[one.centre, one.record.table, one.record.id] = None if gone_now else one
        living = [one for one in winners.values() if one is not None]
        assert values(kept_rows(session)) == Plain(living, YEAR).values()
        raise _Over


def _case(number: str = "1") -> Case:
    return Case(id=f"case-{number}", number="-", kind="married", registered_on=date(2024, 1, 9))


def _visit(number: str, case: str, day: date, specialist: str, *attendees: str) -> Consultation:
    return Consultation(
        id=f"visit-{number}",
        case_id=case,
        held_on=day,
        specialist_id=specialist,
        attendees=attendees,
    )


LAWYER = StaffMember(id="lawyer", profession="lawyer", employed_from=date(2023, 1, 1))
PSYCHOLOGIST = StaffMember(
    id="psychologist", profession="psychologist", employed_from=date(2023, 1, 1)
)
WIFE = Participant(id="wife", case_id="case-1", role="wife", sex="female")
HUSBAND = Participant(id="husband", case_id="case-1", role="husband", sex="male")


class Story:
    """Packages of one centre, accepted one after another, and the figures after each."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.accepted: set[int] = set()
        self.living: dict[int, list[Record]] = {}
        keep(session)

    def accept(self, *records: Record) -> int:
        number = receive(self.session, "astana", records, len(self.living) + 1)
        self.living[number] = list(records)
        self.accepted.add(number)
        self._merge(number)
        return number

    def undo(self, number: int) -> None:
        self.accepted.remove(number)
        self._merge(number)

    def _merge(self, number: int) -> None:
        merge_packages(self.session, self.accepted, {number})
        rows = kept_rows(self.session)
        assert rows == fresh_rows(self.session)
        winners = {
            (record.table, record.id): Kept("astana", record)
            for one in sorted(self.accepted)
            for record in self.living[one]
        }
        self.values = values(rows)
        assert self.values == Plain(list(winners.values()), YEAR).values()

    def value(self, indicator: str, breakdown: str | None = None, key: str | None = None) -> object:
        return self.values.get((indicator, "all", breakdown, key), 0)


@pytest.fixture
def story(session: Session) -> Iterator[Story]:
    with pytest.raises(_Over), session.transaction():
        yield Story(session)
        raise _Over


def test_a_couple_seen_in_two_months_is_one_couple_of_the_year(story: Story) -> None:
    story.accept(LAWYER, _case(), WIFE, _visit("1", "case-1", date(2024, 3, 4), "lawyer", "wife"))
    second = story.accept(_visit("2", "case-1", date(2024, 4, 2), "lawyer", "wife"))
    assert story.value("couples") == 1 and story.value("consultations") == 2
    assert story.value("couples", "month", "2024-03") == 1
    assert story.value("couples", "month", "2024-04") == 1
    story.undo(second)
    assert story.value("couples", "month", "2024-04") == 0 and story.value("consultations") == 1


def test_two_specialists_on_one_day_are_two_consultations_of_one_couple(story: Story) -> None:
    story.accept(LAWYER, PSYCHOLOGIST, _case(), WIFE, HUSBAND)
    day = date(2024, 3, 4)
    story.accept(_visit("1", "case-1", day, "lawyer", "wife", "husband"))
    story.accept(_visit("2", "case-1", day, "psychologist", "wife", "husband"))
    assert story.value("consultations") == 2 and story.value("couples") == 1
    assert story.value("participants") == 2


def test_one_spouse_alone_is_a_couple(story: Story) -> None:
    story.accept(LAWYER, _case(), WIFE, HUSBAND)
    story.accept(_visit("1", "case-1", date(2024, 3, 4), "lawyer", "wife"))
    assert story.value("couples") == 1 and story.value("participants") == 1


def test_a_case_opened_again_is_open_in_the_package_that_says_so(story: Story) -> None:
    story.accept(LAWYER, _case(), WIFE, _visit("1", "case-1", date(2024, 3, 4), "lawyer", "wife"))

    def outcome(number: str, kind: str, day: date) -> Outcome:
        return Outcome(
            id=f"outcome-{number}", case_id="case-1", kind=kind, dated_on=day, source="couple"
        )

    story.accept(outcome("1", "divorced", date(2024, 4, 1)))
    assert story.value("outcomes", "kind", "divorced") == 1
    again = story.accept(outcome("2", "open", date(2024, 5, 1)))
    assert story.value("outcomes", "kind", "divorced") == 0
    assert story.value("outcomes", "kind", "open") == 1
    story.undo(again)
    assert story.value("outcomes", "kind", "divorced") == 1


def test_a_claim_filed_before_the_first_visit_counts_once_the_visit_has_come(story: Story) -> None:
    claim = Claim(id="claim", case_id="case-1", kind="divorce", filed_on=date(2023, 11, 3))
    story.accept(LAWYER, _case(), WIFE, claim)
    assert story.value("claims") == 0
    visit = story.accept(_visit("1", "case-1", date(2024, 3, 4), "lawyer", "wife"))
    assert story.value("claims") == 1
    story.undo(visit)
    assert story.value("claims") == 0


def test_a_person_who_moved_to_another_case_is_counted_there(story: Story) -> None:
    day = date(2024, 3, 4)
    story.accept(LAWYER, _case("1"), _case("2"), WIFE)
    story.accept(_visit("1", "case-1", day, "lawyer", "wife"))
    story.accept(_visit("2", "case-2", day, "lawyer", "wife"))
    assert story.value("participants") == 1
    moved = story.accept(replace(WIFE, case_id="case-2", sex="not_stated"))
    assert story.value("participants", "sex", "not_stated") == 1
    story.undo(moved)
    assert story.value("participants", "sex", "women") == 1


def test_a_corrected_profession_moves_all_consultations_of_the_specialist(story: Story) -> None:
    story.accept(LAWYER, _case(), WIFE, _visit("1", "case-1", date(2024, 3, 4), "lawyer", "wife"))
    story.accept(replace(LAWYER, profession="mediator"))
    assert story.value("consultations", "profession", "lawyer") == 0
    assert story.value("consultations", "profession", "mediator") == 1


def test_a_replay_forgets_what_was_kept(story: Story) -> None:
    story.accept(LAWYER)
    merge_packages(story.session, story.accepted, None)
    assert json.loads(story.session.value("SELECT json_group_array(id) FROM kept_periods")) == []
