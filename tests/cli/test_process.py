"""The command line as a process of its own: statuses, streams, what is loaded."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.driver import NOW, PASSWORD, SPECIALIST, couple


def program(
    *arguments: object, given: str = "", **environment: str
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "pravo_desktop", *map(str, arguments)],
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PRAVO_NOW": NOW, **environment},
    )


def test_a_script_opens_a_centre_and_pipes_its_cases_in(tmp_path: Path) -> None:
    (tmp_path / "password").write_text(PASSWORD + "\n")
    place = ("--data", tmp_path / "centre", "--password-file", tmp_path / "password")
    options = ("--centre", "astana", "--practice", "--recovery-sheet", tmp_path / "sheet")
    made = program(*place, "init", "--workplace", "centre", *options, "--json")
    assert made.returncode == 0
    assert json.loads(made.stdout)["centre"] == "astana"
    lines = "\n".join(json.dumps(line) for line in (SPECIALIST, couple(), {"use_case": "fly"}))
    done = program(*place, "apply", "-", given=lines, LC_ALL="C")
    assert done.returncode == 1
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["ok"] for line in told] == [True, True, False]
    assert done.stderr == ""


def test_usage_and_known_errors_have_their_statuses(tmp_path: Path) -> None:
    assert program("fly").returncode == 2
    told = program("--data", tmp_path, "--json", "doctor", LANG="kk_KZ.UTF-8")
    assert told.returncode == 1
    assert json.loads(told.stdout)["code"] == "not_initialised"


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no limit of core dumps")
def test_a_program_that_dies_leaves_no_image_of_its_memory(tmp_path: Path) -> None:
    """A core dump would hold every name in the window, and the key of the database."""
    code = (
        "import os, resource\n"
        "most = resource.getrlimit(resource.RLIMIT_CORE)[1]\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (most, most))\n"
        "from pravo_desktop.__main__ import main\n"
        "main(['--data', 'none', 'doctor'])\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE), flush=True)\n"
        "os.abort()"
    )
    run = [sys.executable, "-c", code]
    root = str(Path(__file__).parents[2])
    there = {**os.environ, "PYTHONPATH": root}
    died = subprocess.run(run, capture_output=True, text=True, cwd=tmp_path, env=there)
    assert died.returncode == -signal.SIGABRT
    assert died.stdout.endswith("(0, 0)\n")
    assert not list(tmp_path.iterdir())


def test_the_version_loads_nothing_but_itself() -> None:
    code = (
        "import sys\nfrom pravo_desktop.__main__ import main\nmain(['--version'])\n"
        "print(sorted({'typer', 'rich', 'sqlalchemy', 'PySide6', 'ui'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.startswith("Pravo Desktop ")
    assert told.stdout.endswith("[]\n")


def test_the_window_starts_without_what_commands_need() -> None:
    code = (
        "import sys, pravo_desktop.__main__, ui.app\n"
        "print(sorted({'typer', 'rich', 'sqlalchemy', 'db'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"


def test_the_window_and_a_sign_in_load_none_of_what_makes_documents() -> None:
    code = (
        "import sys\nfrom ui.app import _import_the_rest\n_import_the_rest()\n"
        "heavy = {'openpyxl', 'docx', 'PIL', 'reportlab', 'alembic', 'pypdfium2'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"


def test_a_reader_that_goes_away_is_no_mistake_of_the_program(tmp_path: Path) -> None:
    (tmp_path / "password").write_text(PASSWORD)
    place = ("--data", tmp_path / "centre", "--password-file", tmp_path / "password")
    options = ("--centre", "astana", "--practice", "--recovery-sheet", tmp_path / "sheet")
    assert program(*place, "init", "--workplace", "centre", *options).returncode == 0
    (tmp_path / "lines").write_text("{}\n" * 2000)
    command = [sys.executable, "-m", "pravo_desktop", *map(str, place), "apply"]
    with subprocess.Popen(
        [*command, str(tmp_path / "lines")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PRAVO_NOW": NOW},
    ) as running:
        assert running.stdout and running.stderr
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 1
