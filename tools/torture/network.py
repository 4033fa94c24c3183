"""The tests of windows and commands, with every socket that any of their processes opens counted.

`strace` tells the system calls; tests/test_no_network.py does the same with the whole line in
short, where there is no `strace` too.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

SUITE = ("tests/cli", "tests/ui")
_SOCKET = re.compile(r"socket\((AF_[A-Z0-9_]+|0x[0-9a-f]+)")
_PASSED = re.compile(r"(\d+) passed")
_NETWORK = ("AF_INET", "AF_INET6")


def run(share: float = 1.0) -> list[str]:
    """Lines of Markdown.

    Args:
        share: less than one: the command line alone.

    Raises:
        SystemExit: a test failed, or a socket of a network was opened.
    """
    suite = SUITE if share == 1 else SUITE[:1]
    with tempfile.TemporaryDirectory() as folder:
        calls = Path(folder) / "calls"
        command = ["strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=socket,execve"]
        command += ["-o", str(calls), sys.executable, "-m", "pytest", "-q", "-n", "2"]
        command += ["-p", "no:cacheprovider", f"--basetemp={folder}/suite", *suite]
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        ran = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        lines = calls.read_text("utf-8", "replace").splitlines()
    passed = _PASSED.search(ran.stdout)
    if ran.returncode != 0 or passed is None:
        sys.exit(ran.stdout[-4000:] + ran.stderr[-1000:])
    sockets = Counter(found[1] for line in lines if (found := _SOCKET.search(line)))
    programs = sum("execve(" in line and " = 0" in line for line in lines)
    if any(sockets[name] for name in _NETWORK):
        sys.exit("\n".join(line for line in lines if "socket(AF_INET" in line))
    others = ", ".join(f"{number} of {name}" for name, number in sorted(sockets.items()))
    return [
        f"{passed[1]} tests of {' and '.join(suite)} under `strace`, {programs} programs started: "
        f"0 sockets of AF_INET or AF_INET6; {others or 'no others'}."
    ]
