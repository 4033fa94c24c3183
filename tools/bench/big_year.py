"""A headquarters that holds the demo's year many times over."""

import hashlib
import re
import shutil
from functools import partial
from pathlib import Path

from db.merge import merge_packages
from db.session import Session
from pravo_desktop.bootstrap import Workplace, open_workplace
from pravo_desktop.domain.periods import Period
from pravo_desktop.usecases.journal import effective_as_of
from tools.bench.made import made_once

DEMO = Path("build/demo")
_MADE_BY = ("tools/bench/big_year.py", "db/schema.py", "db/migrations/versions")
YEAR = Period.of_year(2024)
TIMES = 100
"""100 × 2024: 360,000 cases and 0.9 million consultations in 12,200 packages."""

_ID = re.compile(r"\b[0-9a-f]{2}([0-9a-f]{6}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})\b")
_REGISTERS = ("regions", "courts", "centres", "projects", "plan_targets")


def big_headquarters(times: int = TIMES) -> Workplace:
    """The demo's headquarters with its packages received ``times`` over, made once and kept.

    Each further copy comes from stations of its own under ids of its own, so that every figure of
    the centres is ``times`` that of the demo.
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
        for copy in range(1, times):
            _copy_packages(session, copy)
        merge_packages(session, effective_as_of(session, None), None)
    session.execute("ANALYZE")
    session.close()
    workplace.close()


def _open(folder: Path, password: str) -> Workplace:
    return open_workplace(folder, user="coordinator", password=password)


def _copy_packages(session: Session, copy: int) -> None:
    """Receive the packages of the demo's centres once more, from other stations."""
    step = copy * 1_000_000
    rows_step = copy * 100_000_000
    mark = f"{copy + 15:02x}"

    def other(text: str) -> str:
        return _ID.sub(rf"{mark}\1", text)

    packages = session.all(
        "SELECT * FROM received_packages WHERE id < 1000000 AND centre <> 'national'"
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
        session.execute(
            "INSERT INTO journal_entries (received_on, at, actor, kind, package_id, details) "
            "SELECT received_on, at, actor, kind, package_id + ?, details FROM journal_entries "
            "WHERE package_id = ?",
            (step, row["id"]),
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
                "WHERE p.id < 1000000 AND p.centre <> 'national'"
            )
        ],
    )
