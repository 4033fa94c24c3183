"""Who has a data folder open, where it may lie, and accounts cut off while they are made."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pravo_desktop.bootstrap import logins, open_workplace
from pravo_desktop.data_folder import SLOTS, claimed, file_system, is_empty
from pravo_desktop.errors import KnownError
from tests.usecases.factories import PASSWORD, Desk

HOLDS = """
import sys, time
from pathlib import Path
from pravo_desktop.data_folder import claim_folder
kept = claim_folder(Path(sys.argv[1]))
print("here", flush=True)
time.sleep(600)
"""

MOUNTS = r"""22 1 8:1 / / rw - ext4 /dev/sda1 rw
30 22 0:40 / /srv/орталық\040ә rw shared:1 - nfs4 server:/x rw
31 30 8:2 / /srv/орталық\040ә/local rw - xfs /dev/sdb rw
32 22 0:41 / /mnt/z rw - cifs //server/z rw
"""


def test_a_second_copy_is_refused_by_name_until_the_first_is_gone(tmp_path: Path) -> None:
    folder = tmp_path / "деректер ә қ"
    with claimed(folder):
        with pytest.raises(KnownError) as refused, claimed(folder):
            pass
        assert refused.value.code == "folder_in_use"
        assert is_empty(folder)
    with claimed(folder):
        pass


def test_a_killed_copy_leaves_no_claim_behind(tmp_path: Path) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(tmp_path / "data")], stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None and other.stdout.readline() == "here\n"
    with pytest.raises(KnownError), claimed(tmp_path / "data"):
        pass
    other.send_signal(signal.SIGKILL)
    other.communicate()
    with claimed(tmp_path / "data"):
        pass


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/орталық", "ext4"),
        ("/srv/орталық ә", "nfs4"),
        ("/srv/орталық ә/data", "nfs4"),
        ("/srv/орталық ә/local/data", "xfs"),
        ("/mnt/z/data", "cifs"),
        ("/mnt/zz", "ext4"),
    ],
)
def test_the_drive_of_a_folder_is_told_from_the_mounts(folder: str, kind: str) -> None:
    assert file_system(Path(folder), MOUNTS) == kind


def test_a_folder_on_a_network_drive_is_refused_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pravo_desktop.data_folder.is_on_network", lambda folder: True)
    with pytest.raises(KnownError) as refused, claimed(tmp_path / "data"):
        pass
    assert refused.value.code == "folder_on_network"
    assert not (tmp_path / "data").exists()


def test_an_account_cut_off_before_its_line_is_cleared_and_can_be_made_again(
    centre: Desk,
) -> None:
    folder = centre.workplace.folder
    before = (folder / SLOTS).read_bytes()
    new = {"name": "aigul", "password": "another horse 34", "roles": ("psychologist",)}
    centre.workplace.add_account(centre.session, **new)  # type: ignore[arg-type]
    # As a kill between the two would leave it: the slot is there, the line is not.
    centre.session.execute("DELETE FROM accounts WHERE name = 'aigul'")
    centre.leave()
    assert len(logins(folder)) == 2 and before != (folder / SLOTS).read_bytes()
    with pytest.raises(KnownError, match="account_closed"):
        open_workplace(folder, user="aigul", password="another horse 34")
    workplace = open_workplace(folder, user="lead", password=PASSWORD)
    assert logins(folder) == ["lead"]
    session = workplace.session()
    workplace.add_account(session, **new)  # type: ignore[arg-type]
    session.close()
    workplace.close()
    open_workplace(folder, user="aigul", password="another horse 34").close()
    centre.workplace = open_workplace(folder, user="lead", password=PASSWORD)
    centre.session = centre.workplace.session()
    shutil.rmtree(folder / "backups", ignore_errors=True)
