"""A headquarters that holds the demo's year many times over."""

import hashlib
import re
import shutil
from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from db.merge import merge_packages
from db.session import Session
from pravo_desktop.bootstrap import Workplace, open_workplace
from pravo_desktop.domain.periods import Period
from pravo_desktop.usecases.figures import settle_batch
from pravo_desktop.usecases.journal import effective_as_of
from tools.bench.made import made_once

DEMO = Path("build/demo")
_MADE_BY = (
    "tools/bench/big_year.py",
    "db/schema.py",
    "db/migrations/versions",
    "db/figures/lines.py",
    "db/figures/days.py",
)
YEAR = Period.of_year(2024)
EARLIER = date(2024, 11, 15)
"""A day on which a fifth of the packages had not come yet."""
TIMES = 100
"""100 × 2024: 360,000 cases and 0.9 million consultations in 12,200 packages."""

_ID = re.compile(r"\b[0-9a-f]{2}([0-9a-f]{6}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})\b")
_STEP = 1_000_000
"""Between the numbers of a package's copies."""


def big_headquarters(times: int = TIMES) -> Workplace:
    """The demo's headquarters with its packages received ``times`` over, made once and kept.

    Each further copy comes from stations of its own under ids of its own, so that every figure of
    the centres is ``times`` that of the demo. What came until `EARLIER` was accepted as one batch,
    all that followed as a batch of each day.
    """
    if not (DEMO / "password.txt").exists():
        raise SystemExit("build/demo is missing: run make demo first")
    password = (DEMO / "password.txt").read_text().strip()
    made = made_once(f"headquarters{times}", _MADE_BY, partial(_fill, times, password))
    return _open(made, password)


def _fill(times: int, password: str, folder: Path) -> None:
    demo, leave = DEMO / "headquarters", shutil.ignore_patterns("archive")
    shutil.copytree(demo, folder, ignore=leave, dirs_exist_ok=True)
    workplace = _open(folder, password)
    session = workplace.session()
    with session.transaction():
        entries = session.all(
            "SELECT j.*, p.centre <> 'national' AS copied FROM journal_entries j "
            "JOIN received_packages p ON p.id = j.package_id ORDER BY j.received_on, j.id"
        )
        session.execute("DELETE FROM journal_entries WHERE package_id IS NOT NULL")
        for copy in range(1, times):
            _copy_packages(session, copy)
        _accept(session, [one for one in entries if one["received_on"] <= str(EARLIER)], times)
        merge_packages(session, effective_as_of(session, None), None)
    session.execute("ANALYZE")
    settle_batch(session)
    for day, came in groupby(entries, itemgetter("received_on")):
        if day > str(EARLIER):
            with session.transaction():
                touched = _accept(session, list(came), times)
                merge_packages(session, effective_as_of(session, None), touched)
            settle_batch(session)
    session.close()
    workplace.close()


def _open(folder: Path, password: str) -> Workplace:
    return open_workplace(folder, user="coordinator", password=password)


def _accept(session: Session, entries: Sequence[dict[str, Any]], times: int) -> set[int]:
    """Write the journal's entries for all copies of their packages; returns the packages."""
    accepted = [
        entry | {"package_id": entry["package_id"] + copy * _STEP}
        for copy in range(times)
        for entry in entries
        if entry["copied"] or copy == 0
    ]
    session.execute_many(
        "INSERT INTO journal_entries (received_on, at, actor, kind, package_id, details) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [
            itemgetter("received_on", "at", "actor", "kind", "package_id", "details")(one)
            for one in accepted
        ],
    )
    return {one["package_id"] for one in accepted}


def _copy_packages(session: Session, copy: int) -> None:
    """Receive the packages of the demo's centres once more, from other stations."""
    step = copy * _STEP
    rows_step = copy * 100_000_000
    mark = f"{copy + 15:02x}"

    def other(text: str) -> str:
        return _ID.sub(rf"{mark}\1", text)

    packages = session.all(
        f"SELECT * FROM received_packages WHERE id < {_STEP} AND centre <> 'national'"
    )
    for row in packages:
        sha256 = hashlib.sha256(f"{copy} {row['sha256']}".encode()).hexdigest()
        marks = ", ".join("?" * len(row))
        session.execute(
            f"INSERT INTO received_packages ({', '.join(row)}) VALUES ({marks})",
            tuple(
                (
                    row
                    | {
                        "id": row["id"] + step,
                        "sha256": sha256,
                        "content_hash": sha256,
                        "station": other(row["station"]),
                        "replaces": other(row["replaces"]),
                    }
                ).values()
            ),
        )
    session.execute_many(
        "INSERT INTO received_rows VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                row[0] + rows_step,
                row[1] + step,
                *row[2:4],
                other(row[4]),
                *row[5:8],
                other(row[8]),
                *row[9:11],
                other(row[11]),
            )
            for row in session.rows(
                "SELECT r.* FROM received_rows r JOIN received_packages p ON p.id = r.package_id "
                f"WHERE p.id < {_STEP} AND p.centre <> 'national'"
            )
        ],
    )
