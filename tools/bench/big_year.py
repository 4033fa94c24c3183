"""Figures at a headquarters that holds the demo's year many times over."""

import hashlib
import re
import shutil
import statistics
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from functools import partial
from pathlib import Path

from db.figures import forget_counts
from db.merge import merge_packages
from db.session import Session
from pravo_desktop.bootstrap import Workplace, open_workplace
from pravo_desktop.domain.periods import Period
from pravo_desktop.usecases.figures import keep_figures, project_figures, settle_batch
from pravo_desktop.usecases.journal import effective_as_of
from tools.bench.made import made_once
from tools.bench.measure import Measured, seconds

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


def figures() -> Measured:
    """All figures of the year and the state hash on a headquarters just opened; 2 s."""
    workplace = big_headquarters()
    session = workplace.session()
    _keep(session)
    session.close()
    workplace.close()
    workplace = big_headquarters()
    session = workplace.session()
    spent = seconds(lambda: project_figures(session, YEAR))
    session.close()
    workplace.close()
    return Measured("figures of 360,000 cases, s", 1, spent, 2)


def figures_anew() -> Measured:
    """The same counted from the records, as for a period that is not kept; told, not bound."""
    workplace = big_headquarters()
    session = workplace.session()
    with _taken_back(session):
        forget_counts(session)
        spent = seconds(lambda: project_figures(session, YEAR, hashed=False))
    session.close()
    workplace.close()
    return Measured("figures of 360,000 cases counted anew, s", 1, spent, float("inf"))


def figures_as_of() -> Measured:
    """As of 15 November: all that counted then is merged anew; told, not bound.

    As of a day since which no package changed its standing it is `figures`.
    """
    workplace = big_headquarters()
    session = workplace.session()
    spent = seconds(lambda: project_figures(session, YEAR, date(2024, 11, 15)))
    session.close()
    workplace.close()
    return Measured("figures as of an earlier day, s", 1, spent, float("inf"))


def preview() -> Measured:
    """What one package does to the figures: before, merged, after, and all taken back; 1 s."""
    workplace = big_headquarters()
    session = workplace.session()
    _keep(session)
    counted, package = _last_package(session)

    def work() -> None:
        with _taken_back(session):
            project_figures(session, YEAR, hashed=False)
            merge_packages(session, counted - {package}, {package})
            project_figures(session, YEAR, hashed=False)

    spent = statistics.median(seconds(work) for _ in range(5))
    session.close()
    workplace.close()
    return Measured("effect of one package on the figures, s", 1, spent, 1)


def _keep(session: Session) -> None:
    with session.transaction():
        keep_figures(session, [2024])
        settle_batch(session)


def _last_package(session: Session) -> tuple[set[int], int]:
    """The packages that count, and one month of the largest centre among them."""
    package = session.value(
        "SELECT id FROM received_packages WHERE centre = 'astana' AND month = '2024-10' ORDER BY id"
    )
    return effective_as_of(session, None), int(package)


@contextmanager
def _taken_back(session: Session) -> Iterator[None]:
    with suppress(_Over), session.transaction():
        yield
        raise _Over


class _Over(Exception):
    """Takes back what a bench did."""
