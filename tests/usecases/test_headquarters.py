"""Headquarters' inbox: what is accepted, what is not, and how to take it back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db.audit import broken_entry
from exports.package import container
from exports.package.reader import read_package
from exports.package.writer import write_package
from pravo_desktop.bootstrap import create_workplace
from pravo_desktop.clock import PracticeClock
from pravo_desktop.domain.fields import travelling_columns
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.domain.records import BY_TABLE, NATIONAL_TABLES, Project
from pravo_desktop.domain.versions import new_id
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases import cases, decisions, figures, inbox, received, registers, trust
from pravo_desktop.usecases.inbox import receive_files, verify_file
from pravo_desktop.usecases.received import find_package
from pravo_desktop.usecases.replay import replay
from pravo_desktop.usecases.sealing_keys import current_sealing_key
from tests.db.test_merge import NOTHING
from tests.exports.factories import MOMENT, content, one_of_each
from tests.usecases.factories import MADE, PASSWORD, Desk, a_centre

APRIL, MAY = date(2024, 4, 9), date(2024, 5, 3)
REASON = {"month_closed": "забыли внести"}


@pytest.fixture
def april(centre: Desk, tmp_path: Path) -> Path:
    """April's package on a stick: one couple, one consultation."""
    centre.case(on=APRIL, specialist=centre.specialist("lawyer"))
    centre.close("2024-04", {"media": "no_activity"})
    centre.export("2024-04")
    return centre.copy(1, tmp_path / "stick")


@pytest.fixture
def may(centre: Desk, april: Path, tmp_path: Path) -> Path:
    """May's package on the same stick; April's visit is taken back in it."""
    centre.at(2024, 6, 3)
    visit = centre.session.value("SELECT id FROM consultations")
    lawyer = centre.session.value("SELECT id FROM staff_members")
    centre.case(on=MAY, specialist=lawyer)
    cases.remove_consultation(centre.session, centre.actor, consultation_id=visit, confirmed=REASON)
    centre.close("2024-05")
    centre.export("2024-05")
    return centre.copy(2, tmp_path / "stick")


@pytest.fixture
def trusting(headquarters: Desk, centre: Desk) -> Desk:
    """Headquarters in June, which compared the centre's fingerprint by phone."""
    headquarters.trusts(centre)
    return headquarters.at(2024, 6, 4)


def _value(desk: Desk, indicator: str, as_of: date | None = None) -> object:
    found = figures.project_figures(desk.session, Period.of_month(Month(2024, 4)), as_of)
    (row,) = (
        row
        for row in found.rows
        if row.indicator == indicator and row.region == "astana" and row.breakdown is None
    )
    return row.value


def _refused(desk: Desk, path: Path) -> tuple[str, str | None]:
    (said,) = desk.receive(path)
    return said.status, said.code


# --- Acceptance ---------------------------------------------------------------------------------


def test_a_package_of_a_trusted_lead_is_accepted_once(trusting: Desk, april: Path) -> None:
    (said,) = trusting.receive(april)
    assert (said.status, said.package_id, said.file) == ("accepted", 1, april.name)
    assert said.manifest is not None and said.manifest.month == "2024-04"
    assert trusting.count("merged_consultations") == 1
    assert (trusting.archive / f"{said.sha256}.xlsx").read_bytes() == april.read_bytes()
    state, history = trusting.state(), trusting.count("audit_entries")
    (again,) = trusting.receive(april)
    assert (again.status, again.package_id) == ("already", 1)
    assert (trusting.state(), trusting.count("audit_entries")) == (state, history)
    assert trusting.count("journal_entries", "kind = 'package_accepted'") == 1
    assert broken_entry(trusting.session) is None


def test_what_headquarters_holds_is_what_the_centre_sent(
    trusting: Desk, centre: Desk, april: Path
) -> None:
    trusting.receive(april)
    sent = read_package(centre.package(1)).rows
    for table in BY_TABLE:
        if not travelling_columns(table):
            continue
        merged = trusting.session.all(f"SELECT * FROM merged_{table} WHERE centre = 'astana'")
        assert {row["id"]: row for row in merged} == {
            row.version.record_id: {
                "centre": "astana",
                "id": row.version.record_id,
                **row.version.values,
            }
            for row in sent
            if row.version.table == table
        }


def test_a_stranger_is_not_trusted_until_the_fingerprint_is_compared(
    headquarters: Desk, centre: Desk, april: Path
) -> None:
    (said,) = headquarters.receive(april)
    assert (said.status, said.code) == ("untrusted", "signer_unknown")
    assert said.fingerprint == centre.fingerprint()
    assert headquarters.count("received_packages") == 0
    assert not headquarters.archive.exists()
    headquarters.trusts(centre)
    assert _refused(headquarters, april)[0] == "accepted"


def test_a_key_speaks_for_its_own_centre_alone(
    headquarters: Desk, centre: Desk, april: Path
) -> None:
    trust.add_trust(
        headquarters.session,
        headquarters.actor,
        fingerprint=centre.fingerprint(),
        centre="turkistan",
    )
    assert _refused(headquarters, april) == ("untrusted", "signer_unknown")
    with pytest.raises(KnownError, match="key_of_another_centre"):
        headquarters.trusts(centre)


def test_a_revoked_key_keeps_what_was_accepted_and_brings_nothing_more(
    trusting: Desk, centre: Desk, april: Path, may: Path
) -> None:
    trusting.receive(april)
    state = trusting.state()
    trust.revoke_trust(trusting.session, trusting.actor, fingerprint=centre.fingerprint())
    assert trusting.state() == state
    assert _refused(trusting, may) == ("refused", "key_revoked")
    assert _refused(trusting, april) == ("already", None)
    with pytest.raises(KnownError, match="key_revoked"):
        trusting.trusts(centre)
    decisions.undo_package(trusting.session, trusting.actor, package="1")
    assert _refused(trusting, april) == ("refused", "key_revoked")
    keys = trust.trusted_keys(trusting.session, trusting.actor)
    assert [bool(key.revoked_at) for key in keys if key.centre == "astana"] == [True]


def test_a_bad_file_is_refused_whole_and_the_next_goes_on(
    trusting: Desk, april: Path, may: Path
) -> None:
    folder = april.parent
    data = bytearray(april.read_bytes())
    data[len(data) // 2] ^= 1
    (folder / "a damaged.xlsx").write_bytes(data)
    (folder / "b empty.xlsx").write_bytes(b"")
    (folder / "c text.xlsx").write_text("это не пакет")
    (folder / "~$open.xlsx").write_bytes(b"lock file of a spreadsheet")
    (folder / "notes.txt").write_text("сдать до пятого")
    said = trusting.receive(folder, folder / "missing.xlsx")
    assert [one.status for one in said] == ["refused"] * 3 + ["accepted"] * 2 + ["refused"]
    assert said[-1].code == "file_not_found"
    assert all(one.code for one in said if one.status == "refused")
    assert trusting.count("received_packages") == 2
    assert len(list(trusting.archive.iterdir())) == 2


def test_a_file_compressed_anew_on_its_way_is_the_same_package(
    trusting: Desk, april: Path, tmp_path: Path
) -> None:
    again = tmp_path / "compressed anew.xlsx"
    parts = container.read(april.read_bytes())
    again.write_bytes(container.write(parts, compress=False))
    assert again.read_bytes() != april.read_bytes()
    said = trusting.receive(april, again)
    assert [(one.status, one.code) for one in said] == [("accepted", None), ("already", None)]
    decisions.undo_package(trusting.session, trusting.actor, package="1")
    assert [one.status for one in trusting.receive(again)] == ["accepted"]
    assert replay(trusting.session, trusting.actor, archive=trusting.archive, check=True)


def test_a_refused_file_changes_nothing(trusting: Desk, april: Path) -> None:
    with trusting.session.transaction():
        current_sealing_key(trusting.session, trusting.actor)
    data = bytearray(april.read_bytes())
    data[len(data) // 2] ^= 1
    april.write_bytes(data)
    before = trusting.count("audit_entries")
    assert trusting.receive(april)[0].status == "refused"
    assert trusting.count("audit_entries") == before
    assert trusting.count("received_rows") == trusting.count("received_packages") == 0
    assert not trusting.archive.exists()


def test_a_rehearsal_judges_and_changes_nothing(trusting: Desk, april: Path) -> None:
    before = trusting.count("audit_entries")
    assert [one.status for one in trusting.receive(april, dry_run=True)] == ["accepted"]
    assert trusting.count("audit_entries") == before
    assert trusting.state() == NOTHING
    assert not trusting.archive.exists()


def test_a_package_comes_on_the_day_it_came(trusting: Desk, april: Path) -> None:
    with pytest.raises(KnownError) as refused:
        trusting.receive(april, received_on=date(2024, 6, 5))
    assert (refused.value.code, refused.value.params["field"]) == ("date_in_future", "received_on")
    trusting.receive(april, received_on=date(2024, 5, 5))
    (line,) = received.received_packages(trusting.session, trusting.actor)
    assert (line.received_on, line.late, line.status) == ("2024-05-05", False, "accepted")


def test_after_the_fifth_a_package_is_late(trusting: Desk, april: Path) -> None:
    assert trusting.receive(april, received_on=date(2024, 5, 6))[0].late
    (line,) = received.received_packages(trusting.session, trusting.actor)
    assert line.late


def test_headquarters_says_in_the_project_card_when_a_package_is_late(
    trusting: Desk, april: Path, tmp_path: Path
) -> None:
    trusting.at(2024, 6, 4)
    registers.save_project(
        trusting.session,
        trusting.actor,
        project=Project(
            id=new_id(),
            title_kk="Жоба",
            title_ru="Проект",
            starts_on=date(2024, 1, 1),
            ends_on=date(2024, 12, 31),
            late_after_day=10,
        ),
    )
    trusting.close("2024-01")
    trusting.export("2024-01")
    own = trusting.copy(1, tmp_path / "own")
    assert [one.status for one in trusting.receive(own)] == ["accepted"]
    assert not trusting.receive(april, received_on=date(2024, 5, 10))[0].late


def test_a_centre_speaks_of_its_own_work_and_not_for_headquarters(
    trusting: Desk, centre: Desk, tmp_path: Path
) -> None:
    key = centre.workplace.signing_key(centre.session)
    for number, table in enumerate(sorted(NATIONAL_TABLES), 1):
        rows = one_of_each({"projects", table})
        data = write_package(content(rows, sequence=number), key, MOMENT)
        path = tmp_path / f"{table}.xlsx"
        path.write_bytes(data)
        assert _refused(trusting, path) == ("refused", "package_unknown_sheet")
    assert trusting.state() == NOTHING


def test_a_centre_nobody_knows_is_refused(trusting: Desk, centre: Desk, tmp_path: Path) -> None:
    key = centre.workplace.signing_key(centre.session)
    path = tmp_path / "atlantis.xlsx"
    path.write_bytes(write_package(content(centre="atlantis", region="astana"), key, MOMENT))
    assert _refused(trusting, path) == ("refused", "centre_unknown")


def test_a_centre_added_just_now_sends_packages_before_headquarters_own_one(
    headquarters: Desk, centre: Desk, tmp_path: Path
) -> None:
    def trust_it() -> None:
        trust.add_trust(
            headquarters.session,
            headquarters.actor,
            fingerprint=centre.fingerprint(),
            centre="temirtau",
        )

    key = centre.workplace.signing_key(centre.session)
    path = tmp_path / "temirtau.xlsx"
    path.write_bytes(write_package(content([], centre="temirtau", region="astana"), key, MOMENT))
    with pytest.raises(KnownError, match="centre_unknown"):
        trust_it()
    registers.save_centre(headquarters.session, headquarters.actor, key="temirtau", region="astana")
    trust_it()
    assert headquarters.count("merged_centres") == 0
    assert _refused(headquarters, path)[0] == "accepted"


def test_a_real_headquarters_refuses_a_practice_package(april: Path, tmp_path: Path) -> None:
    created = create_workplace(
        tmp_path / "real",
        workplace="headquarters",
        centre=None,
        practice=False,
        user="coordinator",
        password=PASSWORD,
        recovery_sheet=tmp_path / "sheet.txt",
        clock=PracticeClock(MADE),
    )
    real = created.workplace
    session = real.session()
    trust.add_trust(
        session,
        real.actor,
        fingerprint=verify_file(april).fingerprint,
        centre="astana",
    )
    (said,) = receive_files(
        session,
        real.actor,
        paths=[april],
        archive=real.archive,
        received_on=date(2023, 12, 31),
    )
    assert (said.status, said.code) == ("refused", "practice_package")
    session.close()
    real.close()


# --- One number twice ---------------------------------------------------------------------------


@pytest.fixture
def copied(tmp_path: Path, april: Path) -> Iterator[Path]:
    """Another package with April's number: the data folder had been copied to a second PC."""
    twin = a_centre(tmp_path / "twin")
    twin.case(on=APRIL, specialist=twin.specialist("mediator"))
    twin.close("2024-04")
    twin.export("2024-04")
    yield twin.copy(1, tmp_path / "twins stick")
    twin.leave()


def test_two_packages_with_one_number_wait_for_a_person(
    trusting: Desk, april: Path, copied: Path
) -> None:
    trusting.receive(april)
    state = trusting.state()
    assert [one.status for one in trusting.receive(copied, dry_run=True)] == ["held"]
    assert trusting.state() == state
    assert [one.status for one in trusting.receive(copied)] == ["held"]
    assert trusting.state() == NOTHING
    assert [one.status for one in trusting.receive(april, copied)] == ["held", "held"]
    lines = received.received_packages(trusting.session, trusting.actor)
    assert [line.status for line in lines] == ["held", "held"]
    decisions.undo_package(trusting.session, trusting.actor, package="2")
    assert trusting.state() == state
    assert [one.status for one in trusting.receive(april)] == ["already"]


# --- Undo ---------------------------------------------------------------------------------------


def test_undo_gives_the_state_before_and_accepting_again_the_state_after(
    trusting: Desk, april: Path, may: Path
) -> None:
    trusting.receive(april)
    before = trusting.state()
    assert _value(trusting, "consultations") == 1
    trusting.receive(may)
    after = trusting.state()
    assert _value(trusting, "consultations") == 0
    decisions.undo_package(trusting.session, trusting.actor, package="2")
    assert trusting.state() == before
    assert _value(trusting, "consultations") == 1
    trusting.receive(may)
    assert trusting.state() == after
    assert trusting.count("received_packages") == 2


def test_what_is_not_accepted_cannot_be_undone(trusting: Desk, april: Path) -> None:
    trusting.receive(april)
    sha256 = trusting.session.value("SELECT sha256 FROM received_packages")

    def undo(package: str, **changes: Any) -> int:
        return decisions.undo_package(trusting.session, trusting.actor, package=package, **changes)

    for package in ("2", "", "0", "1 OR 1", sha256[:7], "%", sha256 + "0"):
        with pytest.raises(KnownError, match="package_not_found"):
            undo(package)
    with pytest.raises(KnownError, match="date_in_future"):
        undo("1", received_on=date(2024, 6, 5))
    assert undo(sha256[:8].upper()) == 1
    with pytest.raises(KnownError, match="package_not_accepted"):
        undo("1")


def test_a_number_that_could_be_two_packages_names_none(trusting: Desk) -> None:
    for number, digest in ((1, "12345678" * 8), (12345678, "abcdef01" * 8)):
        trusting.session.execute(
            "INSERT INTO received_packages (id, sha256, content_hash, centre, station, "
            "station_letter, replaces, epoch, month, sequence, amendment, complete, fingerprint, "
            "signed_at, row_count, audit_head, file_name) VALUES (?, ?, ?, 'astana', 's', 'A', "
            "'[]', 1, '2024-04', 1, 0, 0, 'f', 'at', 0, 'h', 'file')",
            (number, digest, digest),
        )
    with pytest.raises(KnownError, match="package_not_found"):
        find_package(trusting.session, "12345678")
    assert find_package(trusting.session, "123456781") == 1
    assert find_package(trusting.session, "abcdef01") == 12345678


# --- As of a day ----------------------------------------------------------------------------------


def test_a_report_as_of_a_day_counts_what_had_come_by_then(
    trusting: Desk, april: Path, may: Path
) -> None:
    trusting.receive(april, received_on=date(2024, 5, 6))
    trusting.receive(may, received_on=date(2024, 6, 3))
    assert _value(trusting, "consultations", date(2024, 5, 5)) is None
    assert _value(trusting, "consultations", date(2024, 5, 6)) == 1
    assert _value(trusting, "consultations", date(2024, 6, 2)) == 1
    assert _value(trusting, "consultations", date(2024, 6, 3)) == 0
    assert _value(trusting, "consultations") == 0


def test_what_was_undone_still_counts_as_of_the_day_before(trusting: Desk, april: Path) -> None:
    trusting.receive(april, received_on=date(2024, 5, 6))
    decisions.undo_package(
        trusting.session, trusting.actor, package="1", received_on=date(2024, 6, 1)
    )
    assert _value(trusting, "consultations", date(2024, 5, 31)) == 1
    assert _value(trusting, "consultations", date(2024, 6, 1)) is None
    (line,) = received.received_lines(trusting.session, date(2024, 5, 31))
    assert line.status == "accepted"
    (line,) = received.received_lines(trusting.session, None)
    assert line.status == "undone"


def test_a_day_ends_at_midnight_in_kazakhstan(trusting: Desk, april: Path) -> None:
    trusting.at(2024, 5, 7, hour=0)
    trusting.receive(april)
    (line,) = received.received_packages(trusting.session, trusting.actor)
    assert line.received_on == "2024-05-07"


# --- Replay -------------------------------------------------------------------------------------


def test_a_replay_of_the_journal_gives_the_same_state(
    trusting: Desk, april: Path, may: Path, centre: Desk
) -> None:
    trusting.receive(may, april)
    decisions.undo_package(trusting.session, trusting.actor, package="1")
    trusting.receive(may)
    trust.revoke_trust(trusting.session, trusting.actor, fingerprint=centre.fingerprint())
    state = trusting.state()

    def again(check: bool) -> str:
        return replay(trusting.session, trusting.actor, archive=trusting.archive, check=check)

    assert again(True) == state
    rows = trusting.session.all("SELECT id FROM received_rows ORDER BY id")
    trusting.session.execute("UPDATE merged_rows SET row_hash = ? WHERE deleted", ("0" * 64,))
    with pytest.raises(KnownError, match="state_differs"):
        again(True)
    assert trusting.state() != state
    assert trusting.session.all("SELECT id FROM received_rows ORDER BY id") == rows
    assert again(False) == state == trusting.state()
    assert _value(trusting, "consultations") == 0


@pytest.mark.parametrize("check", [True, False])
def test_a_missing_or_changed_file_of_the_archive_is_named(
    trusting: Desk, april: Path, check: bool
) -> None:
    trusting.receive(april)
    state = trusting.state()
    (kept,) = trusting.archive.iterdir()
    data = kept.read_bytes()
    for change, code in (
        (lambda: kept.write_bytes(data + b"\0"), "archive_file_changed"),
        (kept.unlink, "archive_file_missing"),
    ):
        change()
        with pytest.raises(KnownError) as refused:
            replay(trusting.session, trusting.actor, archive=trusting.archive, check=check)
        assert (refused.value.code, refused.value.params["file"]) == (code, kept.name)
        assert trusting.state() == state
        assert trusting.count("merged_consultations") == 1


def test_a_power_cut_while_accepting_leaves_nothing(trusting: Desk, april: Path) -> None:
    data = april.read_bytes()
    package = read_package(data)
    twice = (*package.sheets, replace(package.sheets[0], table="no such table", columns={}))
    with pytest.raises(KeyError):
        inbox.accept_package(
            trusting.session,
            trusting.actor,
            package=replace(package, sheets=twice),
            data=data,
            file_name=april.name,
            archive=trusting.archive,
            received_on=date(2024, 6, 4),
        )
    assert trusting.count("received_packages") == trusting.count("received_rows") == 0
    assert trusting.state() == NOTHING
    assert trusting.receive(april)[0].status == "accepted"


def test_headquarters_sends_itself_its_own_work(headquarters: Desk, tmp_path: Path) -> None:
    registers.save_centre(headquarters.session, headquarters.actor, key="balkhash", region="astana")
    headquarters.close("2024-04")
    headquarters.export("2024-04")
    own = headquarters.copy(1, tmp_path)
    assert own.name == "pravo-national-2024-04-A0001.xlsx"
    assert [one.status for one in headquarters.receive(own)] == ["accepted"]
    trust.add_trust(
        headquarters.session, headquarters.actor, fingerprint="0" * 64, centre="balkhash"
    )
