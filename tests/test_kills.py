"""The program is killed at its work; `make torture` does it a thousand times."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pravo_desktop.bootstrap import open_workplace
from pravo_desktop.clock import PracticeClock
from tests.cli.driver import NOW, PASSWORD, SPECIALIST, Driver, couple
from tests.usecases.factories import TODAY, Desk
from tools.torture.acts import ACTS
from tools.torture.killing import Torturer, torturer

if sys.platform == "win32":
    pytest.skip("kills need fork", allow_module_level=True)


@pytest.fixture(scope="module")
def torture() -> Iterator[Torturer]:
    with torturer() as made:
        yield made


@pytest.mark.parametrize("seed", range(20))
def test_whoever_is_killed_at_work_loses_nothing_and_goes_on(torture: Torturer, seed: int) -> None:
    kill = torture.kill(ACTS[seed % len(ACTS)], seed)
    assert not kill.found, kill


@pytest.fixture
def driver(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Driver:
    monkeypatch.setenv("PRAVO_NOW", NOW)
    (tmp_path / "Бақытты отбасы").mkdir()
    return Driver(tmp_path / "Бақытты отбасы", capsys)


def at_work(folder: Path, home: Path) -> "subprocess.Popen[str]":
    """The program as a process of its own, which does what its input says."""
    place = ("--data", folder, "--password-file", home / "password")
    command = [sys.executable, "-m", "pravo_desktop", *map(str, place), "apply", "-"]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PRAVO_NOW": NOW},
    )


def test_of_two_copies_the_second_is_refused_until_the_first_is_killed_and_all_it_said_is_there(
    driver: Driver,
) -> None:
    driver.centre("Менің бумам")
    folder = driver.home / "Менің бумам"
    with at_work(folder, driver.home) as first:
        assert first.stdin and first.stdout
        first.stdin.write(json.dumps(SPECIALIST) + "\n")
        first.stdin.flush()
        assert json.loads(first.stdout.readline())["ok"]
        assert driver.at("Менің бумам", "doctor").json["code"] == "folder_in_use"
        for _ in range(50):
            first.stdin.write(json.dumps(couple()) + "\n")
        first.stdin.flush()
        said = [first.stdout.readline() for _ in range(7)]
        first.send_signal(signal.SIGKILL)
        said += first.stdout.readlines()
    whole = [line for line in said if line.endswith("\n")]
    assert all(json.loads(line)["ok"] for line in whole)
    assert driver.at("Менің бумам", "doctor").status == 0
    clock = PracticeClock(TODAY)
    workplace = open_workplace(folder, password=PASSWORD, clock=clock)
    desk = Desk(workplace, workplace.session(), clock)
    assert len(whole) <= desk.count("cases") <= len(whole) + 1
    assert desk.count("participants") == 2 * desk.count("cases")
    desk.leave()


def test_all_that_travels_goes_through_folders_with_kazakh_letters_and_spaces(
    driver: Driver,
) -> None:
    centre, headquarters = "Менің бумам", "Бас кеңсе ң"
    fingerprint = driver.centre(centre)["fingerprint"]
    driver.headquarters(headquarters)
    backup = driver.at(centre, "backup").json["file"]
    driver.couple(centre)
    file = driver.package(centre)["file"]
    driver.at(headquarters, "trust", "add", fingerprint, "--centre", "astana")
    (received,) = driver.at(headquarters, "package", "import", file).json
    assert received["status"] == "accepted"
    assert driver.at(centre, "restore", backup, "--instead").json["epoch"] == 2
    assert driver.at(centre, "own-rows", "take", file).json["added"] > 3
    assert driver.at(centre, "doctor").status == 0
