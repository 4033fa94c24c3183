"""Drives the command line as a script does, in this process: quick, and with its real parts."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pravo_desktop.__main__ import main

PASSWORD = "correct horse 12"
NOW = "2024-06-03T12:00:00"


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass
class Driver:
    """A folder of its own for everything, a password file, practice time."""

    home: Path
    capture: pytest.CaptureFixture[str]

    def __post_init__(self) -> None:
        (self.home / "password").write_text(PASSWORD + "\n")

    def run(self, *arguments: object) -> Outcome:
        """Run one command as typed."""
        self.capture.readouterr()
        status = main([str(one) for one in arguments])
        told = self.capture.readouterr()
        return Outcome(status, told.out, told.err)

    def at(self, folder: str, *arguments: object) -> Outcome:
        """Run one command in a data folder, with JSON results."""
        data, password = self.home / folder, self.home / "password"
        return self.run("--data", data, "--password-file", password, "--json", *arguments)

    def centre(self, folder: str = "centre", key: str = "astana", *more: str) -> Any:
        """A new practice folder of a centre; returns what `init` said."""
        sheet = self.home / f"{folder}.txt"
        options = ("--centre", key, "--practice", "--recovery-sheet", sheet, *more)
        made = self.at(folder, "init", "--workplace", "centre", *options)
        assert made.status == 0, made
        return made.json

    def headquarters(self, folder: str = "hq", *, practice: bool = True) -> Any:
        """A new folder of headquarters; returns what `init` said."""
        options = ["--recovery-sheet", self.home / f"{folder}.txt"]
        if practice:
            options.append("--practice")
        made = self.at(folder, "init", "--workplace", "headquarters", *options)
        assert made.status == 0, made
        return made.json

    def apply(self, folder: str, *lines: object) -> Outcome:
        """Apply these lines, objects or raw text."""
        file = self.home / "lines.jsonl"
        texts = [one if isinstance(one, str) else json.dumps(one) for one in lines]
        file.write_text("\n".join(texts) + "\n")
        return self.at(folder, "apply", file)

    def couple(self, folder: str = "centre", day: str = "2024-05-03") -> Outcome:
        """One couple at the desk of a centre, with its specialist."""
        done = self.apply(folder, SPECIALIST, couple(day))
        assert done.status == 0, done
        return done

    def package(self, folder: str = "centre", month: str = "2024-05") -> Any:
        """Close a month and send it; returns what `package export` said."""
        assert self.at(folder, "month", "close", "--month", month).status == 0
        made = self.at(folder, "package", "export", "--month", month, "--out", self.home)
        assert made.status == 0, made
        return made.json


SPECIALIST = {
    "use_case": "save_staff_member",
    "args": {"profession": "psychologist", "employed_from": "2024-01-01"},
    "as": "s",
}


def couple(day: str = "2024-05-03") -> dict[str, Any]:
    """The line that opens a couple's case with its first consultation."""
    return {
        "use_case": "open_case",
        "args": {
            "kind": "married",
            "participants": [{"role": "husband", "sex": "male"}, {"role": "wife", "sex": "female"}],
            "consultation": {"held_on": day, "specialist_id": "@s"},
        },
        "as": "c1",
    }
