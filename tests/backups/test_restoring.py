"""A backup restored, the rows sent since taken back, and what headquarters counts then."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from db import store
from exports.returned import write_returned
from pravo_desktop.backups.files import make_backup, read_head
from pravo_desktop.backups.keeping import back_up, set_second_place
from pravo_desktop.backups.restoring import Access, preview, restore_workplace
from pravo_desktop.bootstrap import create_workplace, open_workplace
from pravo_desktop.clock import PracticeClock
from pravo_desktop.data_folder import SLOTS
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.domain.records import Consent
from pravo_desktop.domain.versions import new_id
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases import own_rows, privacy
from pravo_desktop.usecases.board import board
from pravo_desktop.usecases.came_back import bare_records
from pravo_desktop.usecases.erasure import latest_consent
from pravo_desktop.usecases.questions import records_to_complete
from tests.usecases.factories import NAMED, PASSWORD, TODAY, Desk

ME = Access(PASSWORD)


@pytest.fixture
def leaving() -> Iterator[list[Desk]]:
    """Desks that a test opens and that are closed after it."""
    desks: list[Desk] = []
    yield desks
    for desk in desks:
        desk.leave()


def restored(
    backup: Path, folder: Path, leaving: list[Desk], *, access: Access = ME, instead: bool = False
) -> Desk:
    clock = PracticeClock(TODAY)
    workplace = restore_workplace(backup, folder, access, instead=instead, clock=clock)
    desk = Desk(workplace, workplace.session(), clock)
    leaving.append(desk)
    return desk


def decides(desk: Desk, participant_id: str, state: str) -> None:
    """Somebody says whether their data may be kept."""
    with desk.session.transaction():
        decided = Consent(
            id=new_id(),
            participant_id=participant_id,
            state=state,
            decided_on=desk.clock.today(),
        )
        store.save(desk.session, desk.actor.account_id, decided)


def couples(headquarters: Desk) -> int:
    return headquarters.count("merged_cases")


def send(desk: Desk, headquarters: Desk, target: Path, month: str, **options: object) -> Path:
    if not desk.count("closed_months", f"month = '{month}'"):
        desk.close(month, {"media": "no_activity"})
    path = desk.copy(desk.export(month, **options).sequence, target)
    (said,) = headquarters.receive(path)
    assert said.status == "accepted", said
    return path


def test_of_two_restorations_of_one_backup_the_later_counts_at_headquarters(
    centre: Desk, headquarters: Desk, tmp_path: Path, leaving: list[Desk]
) -> None:
    headquarters.trusts(centre)
    specialist = centre.specialist()
    centre.case(on=date(2024, 4, 3), specialist=specialist)
    send(centre, headquarters, tmp_path / "0", "2024-03")
    backup = make_backup(centre.workplace, centre.session, out=tmp_path / "a.backup")
    first = restored(backup, tmp_path / "first", leaving)
    second = restored(backup, tmp_path / "second", leaving)
    assert first.session.installation.epoch == second.session.installation.epoch == 2
    first.case(on=date(2024, 4, 4), specialist=specialist)
    first.case(on=date(2024, 4, 5), specialist=specialist)
    second.case(on=date(2024, 4, 6), specialist=specialist)
    send(second, headquarters, tmp_path / "2", "2024-04")
    assert couples(headquarters) == 2
    send(first, headquarters, tmp_path / "1", "2024-04")
    assert couples(headquarters) == 2


def test_a_month_that_came_in_time_is_not_late_when_a_restored_centre_sends_it_again(
    centre: Desk, headquarters: Desk, tmp_path: Path, leaving: list[Desk]
) -> None:
    headquarters.trusts(centre)
    centre.close("2024-04", {"media": "no_activity"})
    in_time = centre.copy(centre.export("2024-04").sequence, tmp_path / "0")
    headquarters.receive(in_time, received_on=date(2024, 5, 3))
    backup = make_backup(centre.workplace, centre.session, out=tmp_path / "a.backup")
    again = restored(backup, tmp_path / "again", leaving)
    send(again, headquarters, tmp_path / "1", "2024-04")
    (row,) = (
        board(headquarters.session, headquarters.actor, period=Period.of_month(Month(2024, 4)))
        .only("astana")
        .rows
    )
    (april,) = row.cells
    assert [one.status for one in april.packages] == ["superseded", "accepted"]
    assert april.folded("media") == "zero"


def test_a_backup_restored_again_in_the_same_place_names_the_station_between(
    centre: Desk, tmp_path: Path, leaving: list[Desk]
) -> None:
    folder, old = centre.workplace.folder, centre.session.installation
    backup = make_backup(centre.workplace, centre.session, out=tmp_path / "a.backup")
    first = restored(backup, folder, leaving, instead=True).session.installation
    second = restored(backup, folder, leaving, instead=True).session.installation
    assert (first.epoch, second.epoch) == (2, 3)
    assert second.replaces == (old.station, first.station)
    assert (first.station_letter, second.station_letter) == ("B", "C")
    assert sorted(one.name for one in folder.glob("replaced-*")) == [
        "replaced-2024-05-20",
        "replaced-2024-05-20-2",
    ]


def test_the_preview_tells_what_is_in_the_backup_and_what_would_be_lost(
    centre: Desk, tmp_path: Path
) -> None:
    specialist = centre.specialist()
    centre.case(on=date(2024, 4, 3), specialist=specialist)
    backup = make_backup(centre.workplace, centre.session, out=tmp_path / "a.backup")
    centre.case(on=date(2024, 4, 4), specialist=specialist)
    seen = preview(backup, centre.workplace.folder, ME, clock=centre.clock)
    assert (seen.head.centre, seen.inside.counts["cases"]) == ("astana", 1)
    assert seen.now is not None and seen.now.counts["cases"] == 2
    assert seen.lost["cases"] == 1 and seen.lost["participants"] == 3
    assert not list(tmp_path.glob(".pravo-preview*"))
    with pytest.raises(KnownError) as refused:
        preview(backup, centre.workplace.folder, Access("wrong horse 12"))
    assert refused.value.code == "wrong_password"


def test_rows_sent_since_the_backup_come_back_and_names_are_asked_for(
    centre: Desk, headquarters: Desk, tmp_path: Path, leaving: list[Desk]
) -> None:
    headquarters.trusts(centre)
    specialist = centre.specialist()
    kept = centre.case(on=date(2024, 4, 3), specialist=specialist)
    back_up(centre.workplace, centre.session)
    (backup,) = (centre.workplace.folder / "backups").glob("*.backup")
    lost = centre.case(on=date(2024, 4, 4), specialist=specialist, people=(NAMED,))
    centre.visit(kept, date(2024, 4, 9), specialist)
    path = send(centre, headquarters, tmp_path / "out", "2024-04")
    before = couples(headquarters)

    again = restored(backup, tmp_path / "again", leaving)
    assert again.count("cases") == 1
    taken = own_rows.take_back(again.session, again.actor, packages=[path.read_bytes()])
    assert again.count("cases") == 2 and again.count("consultations") == 3
    assert taken.added and not taken.newer_here
    (line,) = bare_records(again.session, again.actor)
    assert (line.record_id, line.missing) == (lost.participants[0], "name")
    assert line.case_number == "AST-B-2024-00001"
    waiting = {
        one.code: one
        for one in records_to_complete(again.session, again.actor)
        if one.record_id == line.record_id
    }
    assert waiting["name_not_back"].field == "consent" and "consent_not_asked" not in waiting
    decides(again, line.record_id, "given")
    (line,) = bare_records(again.session, again.actor)
    assert line.field == "surname"
    decides(again, line.record_id, "refused")
    assert bare_records(again.session, again.actor) == []
    assert own_rows.take_back(again.session, again.actor, packages=[path.read_bytes()]).added == 0
    send(again, headquarters, tmp_path / "full", "2024-04")
    assert couples(headquarters) == before == 2


def test_what_was_written_since_the_restore_stays(
    centre: Desk, tmp_path: Path, leaving: list[Desk]
) -> None:
    specialist = centre.specialist()
    case = centre.case(on=date(2024, 4, 3), specialist=specialist)
    backup = make_backup(centre.workplace, centre.session, out=tmp_path / "a.backup")
    centre.specialist("lawyer", staff_id=specialist)
    centre.close("2024-04", {"media": "no_activity"})
    package = centre.package(centre.export("2024-04").sequence)
    again = restored(backup, tmp_path / "again", leaving)
    again.at(2024, 5, 21).specialist("mediator", staff_id=specialist)
    taken = own_rows.take_back(again.session, again.actor, packages=[package])
    assert taken.newer_here == 1
    (row,) = again.session.all("SELECT profession FROM staff_members")
    assert row["profession"] == "mediator" and case.case_id


def a_new_computer(tmp_path: Path, leaving: list[Desk]) -> Desk:
    """The centre on another computer, with nothing of what it had."""
    clock = PracticeClock(TODAY)
    made = create_workplace(
        tmp_path / "new",
        workplace="centre",
        centre="astana",
        practice=True,
        user="lead",
        password=PASSWORD,
        recovery_sheet=tmp_path / "new.txt",
        clock=clock,
    )
    new = Desk(made.workplace, made.workplace.session(), clock)
    leaving.append(new)
    return new


def test_without_a_backup_headquarters_returns_the_rows(
    centre: Desk, headquarters: Desk, tmp_path: Path, leaving: list[Desk]
) -> None:
    headquarters.trusts(centre)
    specialist = centre.specialist()
    centre.case(on=date(2024, 4, 3), specialist=specialist)
    send(centre, headquarters, tmp_path / "out", "2024-04")
    state = couples(headquarters)
    back = tmp_path / "back"
    back.mkdir()
    files = own_rows.write_centre_packages(
        headquarters.session,
        headquarters.actor,
        centre="astana",
        archive=headquarters.archive,
        target=back,
    )
    new = a_new_computer(tmp_path, leaving)
    packages = [one.read_bytes() for one in files]
    with pytest.raises(KnownError) as refused:
        own_rows.take_back(new.session, new.actor, packages=packages)
    assert refused.value.code == "own_package_signer"
    found = own_rows.own_packages(new.session, new.actor, files)
    assert found.packages == tuple(packages)
    assert found.to_compare == (centre.fingerprint(),)
    own_rows.take_back(new.session, new.actor, packages=packages, confirmed=found.signers)
    own = new.session.installation
    assert own.epoch == 2 and centre.session.installation.station in own.replaces
    assert (own.station_letter, new.count("cases")) == ("B", 1)
    headquarters.trusts(new)
    new.case(on=date(2024, 4, 10), specialist=specialist)
    send(new, headquarters, tmp_path / "full", "2024-04")
    assert couples(headquarters) == state + 1


def test_a_new_pc_with_a_backup_and_the_recovery_sheet(
    centre: Desk, tmp_path: Path, leaving: list[Desk]
) -> None:
    sheet = tmp_path / "sheet.txt"
    centre.workplace.reissue_recovery_sheet(centre.session, target=sheet)
    code = next(line.strip() for line in sheet.read_text().splitlines() if line.count("-") > 3)
    backup = make_backup(centre.workplace, centre.session, out=tmp_path / "a.backup")
    access = Access("quite another horse 7", "lead", code)
    again = restored(backup, tmp_path / "again", leaving, access=access)
    assert again.actor.name == "lead"
    again.close("2024-04", {"media": "no_activity", "campaign": "no_activity"})
    assert again.export("2024-04").complete


def test_a_kill_in_the_middle_of_the_swap_is_finished_at_the_next_start(
    centre: Desk, tmp_path: Path, leaving: list[Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = centre.workplace.folder
    backup = make_backup(centre.workplace, centre.session, out=tmp_path / "a.backup")
    rename = Path.rename
    for renames in range(1, 6):
        left = [renames]

        def cut_off(self: Path, target: Path, left: list[int] = left) -> Path:
            if not left[0]:
                raise KeyboardInterrupt
            left[0] -= 1
            return rename(self, target)

        monkeypatch.setattr(Path, "rename", cut_off)
        with suppress(KeyboardInterrupt):
            restore_workplace(backup, folder, ME, instead=True, clock=centre.clock).close()
        monkeypatch.setattr(Path, "rename", rename)
        desk = restored_open(folder, leaving)
        assert desk.session.installation.epoch == renames + 1
        assert (folder / SLOTS).exists() and not (folder / ".restored").exists()


def restored_open(folder: Path, leaving: list[Desk]) -> Desk:
    clock = PracticeClock(TODAY)
    workplace = open_workplace(folder, password=PASSWORD, clock=clock)
    desk = Desk(workplace, workplace.session(), clock)
    leaving.append(desk)
    return desk


def test_who_was_forgotten_since_the_backup_is_forgotten_again(
    centre: Desk, tmp_path: Path, leaving: list[Desk]
) -> None:
    case = centre.case(on=date(2024, 5, 3), specialist=centre.specialist(), people=(NAMED,))
    stick = tmp_path / "stick"
    stick.mkdir()
    set_second_place(centre.workplace.folder, stick)
    first = back_up(centre.workplace, centre.session).written[1]
    centre.at(2024, 5, 21)
    privacy.erase_person(
        centre.session, centre.actor, participant_id=case.participants[0], reason="asked"
    )
    back_up(centre.workplace, centre.session)
    again = restored(first, tmp_path / "again", leaving)
    assert again.count("identities", "surname IS NOT NULL") == 0
    assert again.count("participants") == 1
    assert (tmp_path / "again" / "erasures.json").exists()


def test_a_deleted_erasure_list_is_missed_because_a_newer_backup_tells_how_many_were_forgotten(
    centre: Desk, tmp_path: Path
) -> None:
    case = centre.case(on=date(2024, 5, 3), specialist=centre.specialist(), people=(NAMED,))
    stick = tmp_path / "stick"
    stick.mkdir()
    set_second_place(centre.workplace.folder, stick)
    first = back_up(centre.workplace, centre.session).written[1]
    centre.at(2024, 5, 21)
    privacy.erase_person(
        centre.session, centre.actor, participant_id=case.participants[0], reason="asked"
    )
    newer = back_up(centre.workplace, centre.session).written[1]
    assert (read_head(first).erasures, read_head(newer).erasures) == (0, 1)

    def told_when_restored(backup: Path, name: str) -> list[tuple[str, str]]:
        told: list[tuple[str, str]] = []
        restore_workplace(
            backup,
            tmp_path / name,
            ME,
            clock=centre.clock,
            told=lambda path, code: told.append((path.name, code)),
        ).close()
        return told

    assert told_when_restored(first, "with the list") == []
    (erased,) = stick.glob("erasures-*.json")
    erased.unlink()
    assert told_when_restored(first, "without it") == [(erased.name, "erasure_list_missing")]
    assert told_when_restored(newer, "the newer one knows it itself") == []


def test_who_deleted_the_erasure_list_and_the_newer_backups_is_met_by_the_centres_own_packages(
    centre: Desk, tmp_path: Path, leaving: list[Desk]
) -> None:
    specialist, wife = centre.specialist(), replace(NAMED, occupation="business")
    case = centre.case(on=date(2024, 4, 3), specialist=specialist, people=(wife,))
    somebody = replace(wife, surname="Жаңабаева", iin=None, phone=None, birth_date=None)
    other = centre.case(
        on=date(2024, 4, 3), specialist=specialist, people=(replace(somebody, birth_year=1988),)
    )
    centre.close("2024-04", {"media": "no_activity", "campaign": "no_activity"})
    older = make_backup(centre.workplace, centre.session, out=tmp_path)
    centre.at(2024, 5, 21)
    privacy.erase_person(
        centre.session, centre.actor, participant_id=case.participants[0], reason="asked"
    )
    privacy.withdraw_consent(
        centre.session, centre.actor, participant_id=other.participants[0], reason="asked"
    )
    decides(centre.at(2024, 5, 23), other.participants[0], "given")
    centre.export("2024-04")
    sent = centre.package(1)

    again = restored(older, tmp_path / "again", leaving).at(2024, 5, 24)
    assert again.count("identities", "surname IS NOT NULL") == 2, "nothing there knows of them"
    taken = own_rows.take_back(again.session, again.actor, packages=[sent])

    assert taken.forgotten == 2
    assert again.count("identities", "surname IS NOT NULL") == 0
    assert again.count("erasures") == 2 and again.count("participants") == 2
    decides(again, other.participants[0], "given")
    twice = own_rows.take_back(again.session, again.actor, packages=[sent])
    assert twice.forgotten == 0
    assert latest_consent(again.session, other.participants[0]) == "given"


def test_headquarters_returns_the_rows_in_one_signed_file(
    centre: Desk, headquarters: Desk, tmp_path: Path, leaving: list[Desk]
) -> None:
    headquarters.trusts(centre)
    centre.case(on=date(2024, 4, 3), specialist=centre.specialist())
    send(centre, headquarters, tmp_path / "out", "2024-04")
    s, key = headquarters.session, headquarters.workplace.signing_key(headquarters.session)

    def returned(of: str) -> Path:
        return own_rows.return_rows(
            s, headquarters.actor, centre=of, key=key, archive=headquarters.archive, target=tmp_path
        )

    file = returned("astana")
    with pytest.raises(KnownError, match="nothing_of_this_centre"):
        returned("almaty")
    new = a_new_computer(tmp_path, leaving)
    found = own_rows.own_packages(new.session, new.actor, [file])
    assert found.to_compare == (key.fingerprint,) and found.signers == {centre.fingerprint()}
    with new.session.transaction():
        new.session.execute(
            "INSERT INTO trusted_headquarters VALUES (?, ?, ?, NULL)",
            (key.fingerprint, new.session.now(), new.actor.account_id),
        )
    again = own_rows.own_packages(new.session, new.actor, [file])
    assert again.to_compare == () and again.packages == found.packages
    own_rows.take_back(new.session, new.actor, packages=again.packages, confirmed=again.signers)
    assert new.count("cases") == 1

    data = bytearray(file.read_bytes())
    for place in range(0, len(data), 97):
        data[place] ^= 1
        file.write_bytes(data)
        try:
            same = own_rows.own_packages(new.session, new.actor, [file])
        except KnownError:
            pass
        else:
            # A few bytes of a ZIP, such as a moment, say nothing that is signed.
            assert same.packages == found.packages
        data[place] ^= 1
    file.write_bytes(data)
    exchanged = tmp_path / "exchanged.returned"
    with ZipFile(file) as old, ZipFile(exchanged, "w") as new_file:
        for name in old.namelist():
            content = old.read(name) if name != "0001.xlsx" else b"another package"
            new_file.writestr(name, content)
    with pytest.raises(KnownError, match="signature_wrong"):
        own_rows.own_packages(new.session, new.actor, [exchanged])
    elsewhere = tmp_path / "other.returned"
    elsewhere.write_bytes(
        write_returned("almaty", practice=True, made_at="", packages=found.packages, key=key)
    )
    with pytest.raises(KnownError, match="package_of_other_centre"):
        own_rows.own_packages(new.session, new.actor, [file, elsewhere])
