"""A start that is killed leaves either nothing or a finished data folder."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pravo_desktop.bootstrap import create_workplace, open_workplace
from pravo_desktop.data_folder import is_empty, is_initialised

PASSWORD = "correct horse 12"
CHILD = """
import os, signal, sys
from pathlib import Path
from importlib import import_module
module, name, folder = sys.argv[1:]
def killed(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)
place = import_module(module)
setattr(place, name, killed)
from pravo_desktop.bootstrap import create_workplace
create_workplace(
    Path(folder), workplace="centre", centre="astana", practice=True, user="lead",
    password="correct horse 12", recovery_sheet=None,
)
"""


@pytest.mark.parametrize(
    ("module", "name", "finished"),
    [
        ("pravo_desktop.bootstrap.creating", "migrate", False),
        ("pravo_desktop.usecases.accounts", "new_account", False),
        ("pravo_desktop.bootstrap.creating", "decide_restore", False),
        ("pravo_desktop.data_folder", "finish_restore", True),
        ("pravo_desktop.data_folder", "_swap", True),
    ],
)
def test_a_killed_start_leaves_nothing_or_a_finished_folder(
    tmp_path: Path, module: str, name: str, finished: bool
) -> None:
    folder = tmp_path / "data"
    done = subprocess.run([sys.executable, "-c", CHILD, module, name, str(folder)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert is_initialised(folder) is finished and is_empty(folder) is not finished
    if not finished:
        create_workplace(
            folder,
            workplace="centre",
            centre="astana",
            practice=True,
            user="lead",
            password=PASSWORD,
            recovery_sheet=None,
        ).workplace.close()
    workplace = open_workplace(folder, password=PASSWORD)
    session = workplace.session()
    assert session.installation.centre == "astana" and workplace.signing_key(session)
    session.close()
    workplace.close()
