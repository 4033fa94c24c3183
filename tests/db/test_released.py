"""What every released version wrote is opened by this one; newer things are refused by name."""

import json
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from exports.package.reader import read_package
from exports.package.schema import SCHEMA_VERSION
from pravo_desktop.backups.keeping import before_updates
from pravo_desktop.backups.restoring import Access, restore_workplace
from pravo_desktop.bootstrap import open_workplace
from pravo_desktop.clock import PracticeClock
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases import cases
from pravo_desktop.usecases.cases import ConsultationForm
from pravo_desktop.usecases.figure_records import versions_of
from pravo_desktop.usecases.replay import replay
from tests.usecases.factories import PASSWORD, Desk, a_headquarters

RELEASES = sorted((Path(__file__).parents[1] / "data").glob("release-*"))


def test_there_is_a_release_to_open() -> None:
    assert RELEASES


@pytest.mark.parametrize("release", RELEASES, ids=lambda one: one.name)
def test_a_folder_of_an_older_version_opens_with_its_records(release: Path, tmp_path: Path) -> None:
    shutil.copytree(release / "data", tmp_path / "data")
    workplace = open_workplace(tmp_path / "data", password=PASSWORD)
    session = workplace.session()
    assert session.value("SELECT count(*) FROM cases") == 2
    assert session.value("SELECT count(*) FROM identities WHERE surname = 'Сынақова'") == 2
    session.close()
    workplace.close()


def test_an_updated_folder_goes_on_and_headquarters_reads_its_old_and_new_packages(
    tmp_path: Path,
) -> None:
    """The folder of 0.1.0 is of database version 0001, its package of schema 1."""
    old = RELEASES[0]
    shutil.copytree(old / "data", tmp_path / "data")
    clock = PracticeClock(datetime(2024, 5, 21, 9))
    workplace = open_workplace(tmp_path / "data", password=PASSWORD, clock=clock)
    centre = Desk(workplace, workplace.session(), clock)
    assert centre.count("amendments") == centre.count("answers") == 0
    visit = str(centre.session.value("SELECT min(id) FROM consultations"))
    cases.change_consultation(
        centre.session,
        centre.actor,
        consultation_id=visit,
        consultation=ConsultationForm(minutes=45),
        confirmed={"month_closed": "Ұзақтығы жазылмаған"},
    )
    centre.export("2024-04", amendment=True)
    headquarters = a_headquarters(tmp_path / "headquarters").at(2024, 5, 21)
    headquarters.trusts(centre)
    first, second = old / "package.xlsx", centre.copy(2, tmp_path / "stick")
    assert read_package(first.read_bytes()).manifest.schema_version == 1
    assert read_package(second.read_bytes()).manifest.schema_version == SCHEMA_VERSION
    for path in (first, second):
        (said,) = headquarters.receive(path)
        assert said.status == "accepted"
    session, actor = headquarters.session, headquarters.actor
    told = versions_of(session, actor, table="consultations", centre="astana", record_id=visit)
    assert [one.reasons for one in told] == [("Ұзақтығы жазылмаған",), ()]
    state = headquarters.state()
    assert replay(session, actor, archive=headquarters.archive, check=True) == state
    centre.leave()
    headquarters.leave()


@pytest.mark.parametrize("release", RELEASES, ids=lambda one: one.name)
def test_a_backup_of_an_older_version_is_restored(release: Path, tmp_path: Path) -> None:
    restore_workplace(release / "station.backup", tmp_path / "data", Access(PASSWORD)).close()


@pytest.mark.parametrize("release", RELEASES, ids=lambda one: one.name)
def test_a_package_of_an_older_version_is_received(release: Path, tmp_path: Path) -> None:
    files = sorted(release.glob("*.xlsx"), reverse=True)
    headquarters = a_headquarters(tmp_path / "headquarters")
    for number, path in enumerate(files, start=1):
        package = read_package(path.read_bytes())
        assert package.manifest.sequence == number
        assert package.manifest.row_counts["cases"] == 2 if number == 1 else 1
        (said,) = headquarters.receive(path)
        assert said.status == "untrusted"
    assert files[0].name == "package.xlsx"
    headquarters.leave()


def test_a_database_of_a_newer_version_is_refused_by_name(tmp_path: Path) -> None:
    shutil.copytree(RELEASES[-1] / "data", tmp_path / "data")
    workplace = open_workplace(tmp_path / "data", password=PASSWORD)
    session = workplace.session()
    session.execute("UPDATE alembic_version SET version_num = '9999'")
    session.close()
    workplace.close()
    for kept in before_updates(tmp_path / "data"):
        kept.path.unlink()
    with pytest.raises(KnownError) as refused:
        open_workplace(tmp_path / "data", password=PASSWORD)
    assert refused.value.code == "database_newer"


def updated(data: Path, tmp_path: Path) -> Path:
    """A data folder of an older version, opened once by this one."""
    shutil.copytree(data, tmp_path / "data")
    open_workplace(tmp_path / "data", password=PASSWORD).close()
    return tmp_path / "data"


def test_before_an_update_changes_the_database_a_backup_for_the_older_version_is_made(
    tmp_path: Path,
) -> None:
    folder = updated(RELEASES[0] / "data", tmp_path)
    (kept,) = before_updates(folder)
    assert (kept.head.program_version, kept.head.centre) == ("0.1.0", "astana")
    assert [one.name for one in kept.path.parent.iterdir()] == [kept.path.name]
    with zipfile.ZipFile(kept.path) as packed:
        older = json.loads(packed.read("backup.json"))
        assert packed.read("keyslots.json") == (RELEASES[0] / "data/keyslots.json").read_bytes()
    with zipfile.ZipFile(RELEASES[0] / "station.backup") as packed:
        assert older.keys() == json.loads(packed.read("backup.json")).keys()
    assert older["format"] == 1
    open_workplace(folder, password=PASSWORD).close()
    assert [one.path for one in before_updates(folder)] == [kept.path]


def test_the_way_back_after_an_update_leads_through_the_backup_made_before_it(
    tmp_path: Path,
) -> None:
    folder = updated(RELEASES[0] / "data", tmp_path)
    workplace = open_workplace(folder, password=PASSWORD)
    session = workplace.session()
    session.execute("DELETE FROM consultations")
    session.execute("UPDATE alembic_version SET version_num = '9999'")
    session.value("PRAGMA user_version = 9000001")
    session.close()
    workplace.close()
    with pytest.raises(KnownError) as refused:
        open_workplace(folder, password=PASSWORD)
    assert (refused.value.code, refused.value.params["needed"]) == ("database_newer_kept", "9.0.1")
    kept = folder / str(refused.value.params["kept"])
    assert kept.name.endswith("version-0.1.0.backup")
    restored = restore_workplace(kept, folder, Access(PASSWORD), instead=True)
    session = restored.session()
    assert session.value("SELECT count(*) FROM consultations") > 0
    session.close()
    restored.close()


def test_a_backup_that_only_a_newer_version_opens_is_not_named_as_the_way_back(
    tmp_path: Path,
) -> None:
    folder = updated(RELEASES[0] / "data", tmp_path)
    (kept,) = before_updates(folder)
    kept.path.rename(kept.path.with_name("pravo-astana-A-version-8.0.0.backup"))
    workplace = open_workplace(folder, password=PASSWORD)
    session = workplace.session()
    session.execute("UPDATE alembic_version SET version_num = '9999'")
    session.close()
    workplace.close()
    with pytest.raises(KnownError) as refused:
        open_workplace(folder, password=PASSWORD)
    assert refused.value.code == "database_newer"
