"""The how-to pages are followed step by step in a copy of the tree, as a newcomer would."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from db.migrate import head_revision

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs" / "howto").glob("*.md"))
COPIED = ("pravo_desktop", "ui", "db", "exports", "resources", "tools", "tests", "docs")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "guide", "help", "fonts", "torture", "bench", "ui")
BLOCK = re.compile(r"^```(diff|python|sh)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Step(NamedTuple):
    """A block of a page: a change of a file, a new file, or commands."""

    kind: str
    text: str


def steps(page: Path) -> Iterator[Step]:
    """The blocks of a page in their order, numbered after the last migration there is."""
    last = head_revision()
    text = page.read_text(encoding="utf-8")
    text = text.replace("0003", f"{int(last) + 1:04d}").replace('"0002"', f'"{last}"')
    return (Step(*block) for block in BLOCK.findall(text))


def change(tree: Path, block: str) -> None:
    """Take the change of a diff block; its context must stand in the file exactly once."""
    head, *lines = block.splitlines(keepends=True)
    path = tree / head.removeprefix("+++ ").strip()
    before = "".join(line[1:] for line in lines if line[0] != "+")
    after = "".join(line[1:] for line in lines if line[0] != "-")
    if not lines[-1].startswith(("+", "-")) or before.count("\n") == 1:
        before, after = before.rstrip("\n"), after.rstrip("\n")
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{path.name}: {text.count(before)} places for\n{before}"
    path.write_text(text.replace(before, after), encoding="utf-8")


def write(tree: Path, block: str) -> None:
    """Write a new file, whose first line names it."""
    head, text = block.split("\n", 1)
    path = tree / head.removeprefix("# ")
    assert not path.exists()
    path.write_text(text, encoding="utf-8")


def run(tree: Path, block: str) -> None:
    """Run the commands with this Python, on the copy."""
    surroundings = os.environ | {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    for line in block.splitlines():
        python, *words = shlex.split(line)
        assert python == ".venv/bin/python"
        done = subprocess.run(
            [sys.executable, *words],
            cwd=tree,
            env=surroundings,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{line}\n{done.stdout[-4000:]}{done.stderr[-2000:]}"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The tree as a newcomer has it, without what these pages do not need."""
    made = tmp_path / "tree"
    for name in COPIED:
        shutil.copytree(ROOT / name, made / name, ignore=LEFT_OUT)
    shutil.copy(ROOT / "pyproject.toml", made)
    return made


@pytest.mark.parametrize("page", PAGES, ids=lambda one: one.stem)
def test_whoever_follows_the_page_has_what_it_promises(page: Path, tree: Path) -> None:
    take = {"diff": change, "python": write, "sh": run}
    taken = [take[step.kind](tree, step.text) for step in steps(page)]
    assert len(taken) > 3


@pytest.mark.parametrize("page", PAGES, ids=lambda one: one.stem)
def test_a_page_ends_with_a_test_that_is_run(page: Path) -> None:
    *_, last = steps(page)
    assert last.kind == "sh" and "pytest" in last.text
