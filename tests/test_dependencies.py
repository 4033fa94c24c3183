"""What the program is built on was looked at, in just these versions."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKED = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)
REVIEWED = re.compile(r"^\| ([a-z0-9-]+) \| (\S+) \|", re.MULTILINE)


def test_every_locked_package_was_reviewed_in_this_version() -> None:
    locked = dict(LOCKED.findall((ROOT / "requirements.txt").read_text(encoding="utf-8")))
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    reviewed = dict(REVIEWED.findall(text))
    assert len(locked) > 20
    assert locked.items() <= reviewed.items(), "review it, then say so in docs/dependencies.md"


def test_every_locked_file_has_its_hash() -> None:
    for file in ROOT.glob("requirements*.txt"):
        pinned = file.read_text(encoding="utf-8").replace("\\\n", " ")
        for line in filter(None, pinned.splitlines()):
            assert " --hash=sha256:" in line or line.startswith(("#", "-")), f"{file.name}: {line}"
