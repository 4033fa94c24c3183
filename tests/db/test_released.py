"""What every released version wrote is opened by this one; newer things are refused by name."""

import shutil
from pathlib import Path

import pytest

from exports.package.reader import read_package
from pravo_desktop.backups.restoring import Access, restore_workplace
from pravo_desktop.bootstrap import open_workplace
from pravo_desktop.errors import KnownError
from tests.usecases.factories import PASSWORD, a_headquarters

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


@pytest.mark.parametrize("release", RELEASES, ids=lambda one: one.name)
def test_a_backup_of_an_older_version_is_restored(release: Path, tmp_path: Path) -> None:
    restore_workplace(release / "station.backup", tmp_path / "data", Access(PASSWORD)).close()


@pytest.mark.parametrize("release", RELEASES, ids=lambda one: one.name)
def test_a_package_of_an_older_version_is_received(release: Path, tmp_path: Path) -> None:
    package = read_package((release / "package.xlsx").read_bytes())
    assert package.manifest.row_counts["cases"] == 2
    headquarters = a_headquarters(tmp_path / "headquarters")
    (said,) = headquarters.receive(release / "package.xlsx")
    assert said.status == "untrusted"
    headquarters.leave()


def test_a_database_of_a_newer_version_is_refused_by_name(tmp_path: Path) -> None:
    shutil.copytree(RELEASES[-1] / "data", tmp_path / "data")
    workplace = open_workplace(tmp_path / "data", password=PASSWORD)
    session = workplace.session()
    session.execute("UPDATE alembic_version SET version_num = '9999'")
    session.close()
    workplace.close()
    with pytest.raises(KnownError) as refused:
        open_workplace(tmp_path / "data", password=PASSWORD)
    assert refused.value.code == "database_newer"


def test_before_an_update_changes_the_database_it_is_kept_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The update itself is stood in for; there is no second version to update to yet."""
    shutil.copytree(RELEASES[-1] / "data", tmp_path / "data")
    monkeypatch.setattr("pravo_desktop.bootstrap.migrate", lambda engine, before: before())
    open_workplace(tmp_path / "data", password=PASSWORD).close()
    (kept,) = (tmp_path / "data").glob("before-update-*")
    monkeypatch.undo()
    open_workplace(kept, password=PASSWORD).close()
