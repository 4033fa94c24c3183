"""Packages wait in the inbox, show what they would do, and are accepted, declined or chosen."""

from datetime import date
from pathlib import Path

import pytest

from db.audit import recomputed_hash
from exports.package.reader import read_package
from exports.package.writer import write_package
from pravo_desktop.domain.periods import Period
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases import cases, decisions, previews, quarantine
from pravo_desktop.usecases.figures import project_figures
from pravo_desktop.usecases.journal import effective_as_of
from pravo_desktop.usecases.received import WaitingLine, received_packages, waiting_packages
from pravo_desktop.usecases.replay import replay
from tests.exports.factories import MOMENT, content, one_of_each
from tests.usecases.factories import Desk

REASON = {"month_closed": "забыли внести"}
APRIL = date(2024, 4, 9)


@pytest.fixture
def trusting(headquarters: Desk, centre: Desk) -> Desk:
    """Headquarters on 3 May 2024; it trusts the centre's key."""
    headquarters.trusts(centre)
    return headquarters.at(2024, 5, 3)


@pytest.fixture
def april(centre: Desk, tmp_path: Path) -> Path:
    """April's package: two couples, a visit each."""
    lawyer = centre.specialist("lawyer")
    for day in (9, 10):
        centre.case(on=date(2024, 4, day), specialist=lawyer)
    centre.close("2024-04", {"media": "no_activity"})
    centre.export("2024-04")
    return centre.copy(1, tmp_path / "stick")


@pytest.fixture
def corrected(centre: Desk, april: Path, tmp_path: Path) -> Path:
    """A further package of April: one of the two visits is taken back."""
    visit = centre.session.value("SELECT id FROM consultations ORDER BY held_on")
    cases.remove_consultation(centre.session, centre.actor, consultation_id=visit, confirmed=REASON)
    centre.export("2024-04", amendment=True)
    return centre.copy(2, tmp_path / "stick")


def lines(desk: Desk) -> list[WaitingLine]:
    return waiting_packages(desk.session, desk.actor)


def couples(desk: Desk, region: str = "astana") -> object:
    rows = project_figures(desk.session, Period.of_year(2024)).rows
    return next(
        row.value
        for row in rows
        if (row.indicator, row.region, row.breakdown) == ("couples", region, None)
    )


def effect(preview: previews.Preview, indicator: str, region: str) -> tuple[object, object]:
    return next(
        (one.before, one.after)
        for one in preview.effects
        if (one.indicator, one.region, one.breakdown) == (indicator, region, None)
    )


def accept(desk: Desk, *package_ids: int, reason: str = "") -> list[str]:
    said = decisions.accept_many(
        desk.session, desk.actor, package_ids=package_ids, late_reason=reason
    )
    return [one.status for one in said]


def code_of(refused: pytest.ExceptionInfo[KnownError]) -> str:
    return refused.value.code


def test_a_package_waits_until_somebody_decides_and_changes_no_figure_before(
    trusting: Desk, april: Path
) -> None:
    nothing = trusting.state()
    (said,) = trusting.receive(april, wait=True)
    assert said.status == "waiting" and trusting.state() == nothing
    (line,) = lines(trusting)
    assert (line.centre, line.month, line.sequence, line.late) == ("astana", "2024-04", 1, False)
    assert line.signer and line.rows.new == line.row_count and not line.gaps and not line.rewritten
    assert accept(trusting, line.package_id) == ["accepted"]
    assert lines(trusting) == [] and couples(trusting) == 2
    assert trusting.receive(april, wait=True)[0].status == "already"


def test_the_preview_of_a_correction_says_the_figure_before_and_after_and_changes_nothing(
    trusting: Desk, corrected: Path
) -> None:
    trusting.receive(corrected.parent, wait=True)
    first, second = lines(trusting)
    preview = previews.preview_acceptance(
        trusting.session, trusting.actor, package_ids=[first.package_id]
    )
    assert effect(preview, "couples", "astana")[1] == 2
    accept(trusting, first.package_id)
    state, history = trusting.state(), trusting.count("audit_entries")
    (second,) = lines(trusting)
    assert (second.rows.withdrawn, second.rows.new) == (1, 1), "a visit goes, its reason comes"
    preview = previews.preview_acceptance(
        trusting.session, trusting.actor, package_ids=[second.package_id]
    )
    assert effect(preview, "couples", "astana") == (2, 1)
    assert effect(preview, "couples", "all") == (2, 1)
    assert preview.rows == second.rows and preview.years == (2024,)
    assert trusting.state() == state and trusting.count("audit_entries") == history
    assert trusting.session.changed == set()
    accept(trusting, second.package_id)
    assert couples(trusting) == 1


def test_the_preview_of_several_packages_is_that_of_all_together(
    trusting: Desk, corrected: Path
) -> None:
    trusting.receive(corrected.parent, wait=True)
    ids = [line.package_id for line in lines(trusting)]
    preview = previews.preview_acceptance(trusting.session, trusting.actor, package_ids=ids)
    assert effect(preview, "couples", "astana")[1] == 1
    assert accept(trusting, *ids) == ["accepted", "accepted"]
    assert couples(trusting) == 1


def test_every_figure_of_a_preview_is_what_the_report_says_afterwards(
    trusting: Desk, corrected: Path
) -> None:
    trusting.receive(corrected.parent, wait=True)
    for line in lines(trusting):
        before = project_figures(trusting.session, Period.of_year(2024)).rows
        preview = previews.preview_acceptance(
            trusting.session, trusting.actor, package_ids=[line.package_id]
        )
        accept(trusting, line.package_id)
        after = project_figures(trusting.session, Period.of_year(2024)).rows
        places = [
            {
                (r.indicator, r.region, r.breakdown, r.key): r.value
                for r in rows
                if r.breakdown != "month"
            }
            for rows in (before, after)
        ]
        changed = {
            place: (places[0].get(place), places[1].get(place))
            for place in {**places[0], **places[1]}
            if places[0].get(place) != places[1].get(place)
        }
        said = {
            (one.indicator, one.region, one.breakdown, one.key): (one.before, one.after)
            for one in preview.effects
        }
        assert said == changed and changed


def test_a_late_package_asks_for_a_reason_that_the_journal_keeps(
    trusting: Desk, april: Path
) -> None:
    trusting.at(2024, 5, 20).receive(april, wait=True)
    (line,) = lines(trusting)
    assert line.late
    with pytest.raises(KnownError) as refused:
        accept(trusting, line.package_id, reason="  ")
    assert code_of(refused) == "field_required"
    accept(trusting, line.package_id, reason="курьер болел")
    details = trusting.session.value("SELECT details FROM journal_entries ORDER BY id DESC")
    assert "курьер болел" in details


def test_a_package_is_received_on_the_day_it_came_not_on_that_of_the_decision(
    trusting: Desk, april: Path
) -> None:
    trusting.receive(april, wait=True)
    (line,) = lines(trusting)
    trusting.at(2024, 5, 20)
    accept(trusting, line.package_id)
    assert effective_as_of(trusting.session, date(2024, 5, 3)) == {line.package_id}
    (received,) = received_packages(trusting.session, trusting.actor)
    assert not received.late


def test_a_declined_package_can_come_again(trusting: Desk, april: Path) -> None:
    trusting.receive(april, wait=True)
    (line,) = lines(trusting)
    decisions.decline_package(
        trusting.session, trusting.actor, package_id=line.package_id, reason="пробный"
    )
    assert lines(trusting) == []
    with pytest.raises(KnownError) as refused:
        accept(trusting, line.package_id)
    assert code_of(refused) == "package_not_waiting"
    trusting.receive(april, wait=True)
    assert [one.package_id for one in lines(trusting)] == [line.package_id]


def test_a_revoked_key_cannot_be_accepted_from_among_the_waiting(
    trusting: Desk, centre: Desk, april: Path
) -> None:
    from pravo_desktop.usecases.trust import revoke_trust

    trusting.receive(april, wait=True)
    (line,) = lines(trusting)
    revoke_trust(trusting.session, trusting.actor, fingerprint=centre.fingerprint())
    with pytest.raises(KnownError) as refused:
        accept(trusting, line.package_id)
    assert code_of(refused) == "key_revoked"


def test_a_missing_package_before_one_is_named_as_a_gap(trusting: Desk, corrected: Path) -> None:
    trusting.receive(corrected, wait=True)
    (line,) = lines(trusting)
    assert line.gaps == (1,)


def test_a_bad_file_is_quarantined_with_its_reason_until_it_is_put_away_or_comes_whole(
    trusting: Desk, april: Path
) -> None:
    bad = april.with_name("bad.xlsx")
    bad.write_bytes(april.read_bytes()[:-30])
    said = trusting.receive(april.parent, wait=True)
    assert [one.status for one in said] == ["refused", "waiting"]
    trusting.receive(bad, wait=True)
    (kept,) = refused_files(trusting)
    assert (kept.file_name, kept.code, kept.size) == (
        "bad.xlsx",
        said[0].code,
        len(bad.read_bytes()),
    )
    put_away(trusting, kept)
    assert refused_files(trusting) == []
    assert trusting.count("audit_entries", "action = 'quarantined_file_discarded'") == 1


def refused_files(desk: Desk) -> list[quarantine.QuarantinedFile]:
    return quarantine.quarantined_files(desk.session, desk.actor, archive=desk.archive)


def put_away(desk: Desk, file: quarantine.QuarantinedFile) -> None:
    quarantine.discard_quarantined(
        desk.session, desk.actor, sha256=file.sha256, archive=desk.archive
    )


def save_as(desk: Desk, file: quarantine.QuarantinedFile, target: Path) -> None:
    quarantine.save_quarantined(
        desk.session, desk.actor, sha256=file.sha256, archive=desk.archive, target=target
    )


def test_a_refused_file_lies_sealed_beside_the_archive_until_it_is_saved_and_put_away(
    trusting: Desk, tmp_path: Path
) -> None:
    bad = tmp_path / "journal.xlsx"
    bad.write_bytes("Ахметова Гүлнар".encode() * 100)
    trusting.receive(bad)
    (kept,) = refused_files(trusting)
    (sealed,) = (trusting.archive.parent / "quarantine").iterdir()
    assert "Ахметова".encode() not in sealed.read_bytes()
    assert kept.kept and kept.name_to_save == "journal.xlsx"
    save_as(trusting, kept, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == bad.read_bytes()
    assert trusting.count("audit_entries", "action = 'quarantined_file_saved'") == 1
    put_away(trusting, kept)
    assert not sealed.exists()


def test_of_too_many_refused_files_the_oldest_are_only_named(
    trusting: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quarantine, "MOST_KEPT", 2)
    for day in (1, 2, 3):
        file = tmp_path / f"{day}.xlsx"
        file.write_bytes(bytes([day]) * 50)
        trusting.at(2024, 6, day).receive(file)
    assert [(one.file_name, one.kept) for one in refused_files(trusting)] == [
        ("3.xlsx", True),
        ("2.xlsx", True),
        ("1.xlsx", False),
    ]
    with pytest.raises(KnownError) as refused:
        save_as(trusting, refused_files(trusting)[2], tmp_path / "again.xlsx")
    assert code_of(refused) == "quarantined_not_kept"


def test_a_refused_file_whose_kept_content_was_changed_is_not_given_out(
    trusting: Desk, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"no package" * 20)
    trusting.receive(bad)
    (sealed,) = (trusting.archive.parent / "quarantine").iterdir()
    data = bytearray(sealed.read_bytes())
    data[-40] ^= 1
    sealed.write_bytes(data)
    with pytest.raises(KnownError) as refused:
        save_as(trusting, refused_files(trusting)[0], tmp_path / "again.xlsx")
    assert code_of(refused) == "quarantined_not_kept"
    assert not (tmp_path / "again.xlsx").exists()


def test_of_two_packages_with_one_number_a_person_chooses_one_with_a_reason(
    trusting: Desk, centre: Desk, april: Path, tmp_path: Path
) -> None:
    trusting.receive(april)
    alone = trusting.state()
    manifest = read_package(april.read_bytes()).manifest
    other = tmp_path / "other.xlsx"
    other.write_bytes(
        write_package(
            content(
                one_of_each(),
                station=manifest.station,
                month="2024-04",
                sequence=1,
                epoch=1,
            ),
            centre.workplace.signing_key(centre.session),
            MOMENT,
        )
    )
    trusting.receive(other, wait=True)
    (line,) = lines(trusting)
    assert line.forks == (1,)
    preview = previews.preview_acceptance(
        trusting.session, trusting.actor, package_ids=[line.package_id]
    )
    assert preview.held == (1, line.package_id)
    assert accept(trusting, line.package_id) == ["held"]
    between = trusting.state()
    found = previews.compare_packages(
        trusting.session, trusting.actor, left=1, right=line.package_id
    )
    assert {row.left is None for row, _ in found.rows} == {True, False}
    choice = previews.preview_choice(trusting.session, trusting.actor, package_id=1)
    assert effect(choice, "couples", "astana")[1] == 2
    trusting.at(2024, 5, 4)
    with pytest.raises(KnownError) as refused:
        decisions.choose_package(trusting.session, trusting.actor, package_id=1, reason="")
    assert code_of(refused) == "field_required"
    gone = decisions.choose_package(
        trusting.session, trusting.actor, package_id=1, reason="центр подтвердил"
    )
    assert gone == [line.package_id] and trusting.state() == alone != between
    assert effective_as_of(trusting.session, date(2024, 5, 3)) == set()
    assert replay(trusting.session, trusting.actor, archive=trusting.archive, check=True) == alone
    with pytest.raises(KnownError) as refused:
        decisions.choose_package(trusting.session, trusting.actor, package_id=1, reason="ещё")
    assert code_of(refused) == "package_not_held"


def test_undo_shows_its_effect_first(trusting: Desk, corrected: Path) -> None:
    trusting.receive(corrected.parent)
    assert couples(trusting) == 1
    preview = previews.preview_undo(trusting.session, trusting.actor, package_id=2)
    assert effect(preview, "couples", "astana") == (1, 2)
    decisions.undo_package(trusting.session, trusting.actor, package="2", reason="ошибка")
    assert couples(trusting) == 2


def test_a_history_rewritten_at_the_centre_shows_in_its_next_package(
    trusting: Desk, centre: Desk, corrected: Path, april: Path, tmp_path: Path
) -> None:
    trusting.receive(corrected.parent, wait=True)
    assert [line.rewritten for line in lines(trusting)] == [False, False]
    centre.session.execute("UPDATE audit_entries SET actor = 'nobody' WHERE number = 2")
    assert recomputed_hash(centre.session, 1) != recomputed_hash(centre.session, 2)
    visit = centre.session.value("SELECT id FROM consultations WHERE NOT deleted")
    cases.remove_consultation(centre.session, centre.actor, consultation_id=visit, confirmed=REASON)
    centre.export("2024-04", amendment=True)
    trusting.receive(centre.copy(3, tmp_path / "stick"), wait=True)
    assert [line.rewritten for line in lines(trusting)] == [False, False, True]


@pytest.mark.parametrize("table", ["merged_consultations", "merged_rows"])
def test_a_check_by_replay_finds_what_was_changed_behind_the_journal(
    trusting: Desk, april: Path, table: str
) -> None:
    trusting.receive(april)
    replay(trusting.session, trusting.actor, archive=trusting.archive, check=True)
    change = "minutes = 7" if table == "merged_consultations" else "row_hash = 'x'"
    trusting.session.execute(f"UPDATE {table} SET {change}")
    with pytest.raises(KnownError) as refused:
        replay(trusting.session, trusting.actor, archive=trusting.archive, check=True)
    assert code_of(refused) in {"merged_table_differs", "state_differs"}
    replay(trusting.session, trusting.actor, archive=trusting.archive)
    replay(trusting.session, trusting.actor, archive=trusting.archive, check=True)


def test_after_a_batch_and_after_a_replay_the_next_report_finds_its_hash_and_counts_ready(
    trusting: Desk, april: Path, corrected: Path
) -> None:
    def ready() -> tuple[object, object]:
        value = trusting.session.value
        periods = "SELECT count(*) FROM kept_periods WHERE names ->> 'p' = 'merged_'"
        return value("SELECT hash FROM merged_state"), value(periods)

    usual = 1 + 4 + 12  # a year, its quarters and months

    trusting.receive(april)
    assert ready() == (trusting.state(), usual)
    trusting.receive(corrected, wait=True)
    assert ready() == (trusting.state(), usual)
    (line,) = lines(trusting)
    accept(trusting, line.package_id)
    assert ready() == (trusting.state(), usual)
    replay(trusting.session, trusting.actor, archive=trusting.archive)
    assert ready() == (trusting.state(), usual)
