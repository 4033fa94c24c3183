"""The program's whole line, through the window and the command line, opens no way to a network."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SUITE = (
    "tests/ui/test_whole_line.py",
    "tests/ui/test_printing.py",
    "tests/cli/test_packages.py::test_a_month_travels_from_the_centre_into_the_state",
    "tests/cli/test_packages.py::test_the_report_is_written_in_the_language_of_the_command",
    "tests/cli/test_process.py::test_a_script_opens_a_centre_and_pipes_its_cases_in",
)
"""First run, case, closing, export, import, report, printing: windows, commands, processes."""

WATCHMAN = """
import atexit, os, socket, sys

def note(text):
    with open(os.environ["WATCHED"], "a") as log:
        log.write(f"{text}\\n")

def watch(event, arguments):
    if event == "socket.__new__" and arguments[1] in (socket.AF_INET, socket.AF_INET6):
        note(f"socket {socket.AddressFamily(arguments[1]).name}")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.connect"):
        if event != "socket.connect" or isinstance(arguments[1], tuple):
            note(f"{event} {arguments[-1]}")

def left():
    if os.path.exists("/proc/self/maps"):
        with open("/proc/self/maps") as maps:
            if "Qt6Network" in maps.read():
                note("Qt6Network loaded")
    note("ended")

sys.addaudithook(watch)
atexit.register(left)
"""
"""Runs in every Python process of the suite: what it asks of the network, and of Qt."""

STRACE = ("strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=socket")
WITHOUT_NETWORK = ("unshare", "--map-root-user", "--net")


def can(*command: str) -> bool:
    """Whether this machine lets a process be watched or cut off this way."""
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run([*command, "true"], capture_output=True).returncode == 0


def watched(folder: Path, *command: str) -> tuple[list[str], str]:
    """Run a command with the watchman in it and what the machine has to watch it from outside.

    Returns:
        what the watchman wrote, and the system calls that open a socket, as strace shows them.
    """
    (folder / "sitecustomize.py").write_text(WATCHMAN)
    log, calls = folder / "watched", folder / "calls"
    calls.touch()
    around: list[str] = []
    if can(*STRACE, "-o", str(calls)):
        around = [*STRACE, "-o", str(calls)]
    elif can(*WITHOUT_NETWORK):
        around = list(WITHOUT_NETWORK)
    else:
        pytest.fail("neither strace nor unshare works here: run the test where one of them does")
    environment = {**os.environ, "PYTHONPATH": str(folder), "WATCHED": str(log)}
    environment.pop("PYTEST_XDIST_WORKER", None)
    ran = subprocess.run(
        [*around, *command], capture_output=True, text=True, env=environment, timeout=500
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return log.read_text().splitlines(), calls.read_text()


def test_no_network_socket_is_opened_from_the_first_run_to_the_report(tmp_path: Path) -> None:
    options = ("-q", "-p", "no:cacheprovider", f"--basetemp={tmp_path / 'suite'}")
    noted, calls = watched(tmp_path, sys.executable, "-m", "pytest", *options, *SUITE)
    assert set(noted) == {"ended"}
    assert "AF_INET" not in calls


def test_a_socket_would_be_seen(tmp_path: Path) -> None:
    code = "import socket; socket.socket().close(); socket.socket(socket.AF_INET6).close()"
    noted, calls = watched(tmp_path, sys.executable, "-c", code)
    assert noted == ["socket AF_INET", "socket AF_INET6", "ended"]
    if can(*STRACE, "-o", str(tmp_path / "more")):
        assert "AF_INET," in calls and "AF_INET6," in calls
