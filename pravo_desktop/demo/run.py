"""Replays a year into a folder: ten centres, headquarters, packages, reports, closing table."""

import multiprocessing
import secrets
import shutil
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import date, datetime, time
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from rich.console import Console

from db.session import Session
from pravo_desktop.bootstrap import Workplace, create_workplace, open_workplace
from pravo_desktop.clock import PracticeClock
from pravo_desktop.demo.closing import Comparison, compare, print_closing
from pravo_desktop.demo.plan import Plan
from pravo_desktop.demo.planner import make_plan
from pravo_desktop.demo.play import SentPackage, play_station
from pravo_desktop.demo.published import publish, write_changes
from pravo_desktop.demo.receipts import send_receipts
from pravo_desktop.demo.year import Year, read_year
from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.domain.periods import Period
from pravo_desktop.errors import BugError, KnownError
from pravo_desktop.i18n import Translator
from pravo_desktop.usecases import decisions, inbox, replay
from pravo_desktop.usecases.figures import project_figures
from pravo_desktop.usecases.file_writing import write_file
from pravo_desktop.usecases.packages import Progress

MARKER = ".pravo-demo"
"""A file that says the folder was made here and may be replaced."""

PASSWORD_FILE = "password.txt"
HEADQUARTERS, CENTRES, PACKAGES, REPORTS = "headquarters", "centres", "packages", "reports"
RECEIPTS = "receipts"
LEAD, COORDINATOR = "lead", "coordinator"
PROCESSES = 2
WIDTH_OF_A_FILE = 140
"""Columns of the closing table where no terminal says how many it has."""


def run(out: Path, progress: Progress | None = None, language: str = "ru") -> int:
    """Replay the year 2024 into a folder and print the closing table.

    Args:
        out: an empty folder, one not there yet, or an earlier replay, which is replaced.
        progress: told of each step.
        language: of the closing table.

    Returns:
        0, or 1 when a figure is not what it should be.

    Raises:
        KnownError: ``folder_not_empty`` when the folder holds anything else.
    """
    year = read_year()
    translator = Translator(language)
    comparisons = replay_year(year, out, make_plan(year), progress)
    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console.width = WIDTH_OF_A_FILE
    print_closing(comparisons, year.figures.reasons, translator, console)
    return 0 if all(one.as_expected for one in comparisons) else 1


def replay_year(
    year: Year, out: Path, plan: Plan, progress: Progress | None = None
) -> list[Comparison]:
    """Make practice folders, packages and reports from a plan.

    Args:
        out: see `run`.

    Returns:
        the figures that headquarters computed beside those of the year.

    Raises:
        KnownError: ``folder_not_empty``; ``state_differs`` when the journal does not give the
            same state again.
    """
    told = progress or (lambda step, done, total: None)
    _make_room(out)
    password = secrets.token_urlsafe(12)
    write_file(out / PASSWORD_FILE, f"{password}\n".encode())
    trusted = _create_folders(year, out, plan, password)
    sent = _play_stations(year, out, plan, password, trusted, told)
    clock = PracticeClock(datetime.combine(year.day("imported_on"), time(10)))
    workplace = open_workplace(out / HEADQUARTERS, password=password, clock=clock)
    session = workplace.session()
    try:
        reported_on = year.day("reported_on")
        sent = _shuffled(sent, year.world["seed"])
        clock.set(datetime.combine(reported_on, time(18)))
        _receive(session, workplace, plan, sent, told, by=reported_on)
        report_id = publish(session, workplace.actor, year.figures.year, told)
        clock.set(datetime.combine(year.day("imported_on"), time(10)))
        _receive(session, workplace, plan, sent, told, after=reported_on)
        replay.replay(
            session, workplace.actor, archive=workplace.archive, check=True, progress=told
        )
        _write_reports(session, workplace, year, out / REPORTS, told)
        write_changes(session, workplace.actor, report_id, out / REPORTS, told)
        send_receipts(session, workplace, out / CENTRES, out / RECEIPTS, password, told)
        with session.transaction():
            computed = project_figures(session, Period.of_year(year.figures.year))
    finally:
        session.close()
        workplace.close()
    return compare(year.figures, computed.rows)


def _make_room(out: Path) -> None:
    """Empty the folder if it is an earlier replay, and make those inside it.

    Raises:
        KnownError: ``folder_not_empty``, ``file_not_written``.
    """
    try:
        if out.exists() and any(out.iterdir()):
            if not (out / MARKER).exists():
                raise KnownError("folder_not_empty", folder=out.name)
            shutil.rmtree(out)
        out.mkdir(parents=True, exist_ok=True)
        (out / MARKER).touch()
        for name in (CENTRES, PACKAGES, REPORTS):
            (out / name).mkdir()
    except OSError as error:
        reason = error.strerror or ""
        raise KnownError("file_not_written", file=out.name, reason=reason) from error


def _folder(out: Path, station: str) -> Path:
    return out / HEADQUARTERS if station == NATIONAL else out / CENTRES / station


def _create_folders(year: Year, out: Path, plan: Plan, password: str) -> dict[str, str]:
    """A practice folder for each station; returns the centres' fingerprints."""
    fingerprints = {}
    with TemporaryDirectory() as shelf:
        for key in plan.stations:
            at_headquarters = key == NATIONAL
            begins = max(year.day("entered_on"), year.opened_on(key) or date.min)
            created = create_workplace(
                _folder(out, key),
                workplace="headquarters" if at_headquarters else "centre",
                centre=None if at_headquarters else key,
                practice=True,
                user=COORDINATOR if at_headquarters else LEAD,
                password=password,
                recovery_sheet=Path(shelf) / f"{key}.txt",
                clock=PracticeClock(datetime.combine(begins, time(8))),
            )
            created.workplace.close()
            if not at_headquarters:
                fingerprints[key] = created.fingerprint
    return fingerprints


def _play_stations(
    year: Year,
    out: Path,
    plan: Plan,
    password: str,
    trusted: dict[str, str],
    told: Progress,
) -> list[SentPackage]:
    """All stations in worker processes, those with most families first."""
    order = sorted(plan.stations.values(), key=lambda station: -len(station.families))
    sent = []
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, mp_context=context) as pool:
        running = [
            pool.submit(
                play_station,
                year,
                station,
                _folder(out, station.key),
                password,
                out / PACKAGES,
                trusted if station.key == NATIONAL else {},
            )
            for station in order
        ]
        told("", 0, len(running))
        for done, played in enumerate(as_completed(running), 1):
            packages = played.result()
            sent.extend(packages)
            told(packages[-1].station, done, len(running))
    return sorted(sent, key=lambda one: one.file.name)


def _shuffled(sent: list[SentPackage], seed: int) -> list[SentPackage]:
    shuffled = list(sent)
    Random(seed).shuffle(shuffled)
    return shuffled


def _receive(
    session: Session,
    workplace: Workplace,
    plan: Plan,
    sent: list[SentPackage],
    told: Progress,
    *,
    by: date = date.max,
    after: date = date.min,
) -> None:
    """Accept the packages in their order, each with the day on which it came.

    Args:
        by, after: those that came through the one day and later than the other.

    Raises:
        BugError: one is not accepted.
    """
    for number, package in enumerate(sent):
        came = plan.received[package.station, package.month]
        received_on = plan.amendment_received if package.amendment else came
        if received_on is None or not after < received_on <= by:
            continue
        told(package.file.name, number, len(sent))
        (said,) = inbox.receive_files(
            session,
            workplace.actor,
            paths=[package.file],
            archive=workplace.archive,
            received_on=received_on,
        )
        if said.status != decisions.ACCEPTED:
            raise BugError(f"{said.file}: {said.status} {said.code} {said.params}")


def _write_reports(
    session: Session, workplace: Workplace, year: Year, folder: Path, told: Progress
) -> None:
    """The report of the year in each language and format."""
    # Worker processes import this module too, and do not need the libraries of the documents.
    from pravo_desktop.usecases.publishing import prepare_report
    from pravo_desktop.usecases.reports import FORMATS

    prepared = prepare_report(
        session,
        workplace.actor,
        period=Period.of_year(year.figures.year),
        formats=FORMATS,
        progress=told,
    )
    for (language, format), content in prepared.files.items():
        write_file(folder / f"report-{year.figures.year}-{language}.{format}", content)
