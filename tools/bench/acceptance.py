"""Accepting every package of the demo at a headquarters that has none of them yet."""

import time
from pathlib import Path

from exports.package.reader import read_package
from pravo_desktop.usecases.decisions import ACCEPTED
from pravo_desktop.usecases.inbox import receive_files
from pravo_desktop.usecases.trust import add_trust
from tools.bench.made import fresh_workplace
from tools.bench.measure import Measured

PACKAGES = Path("build/demo/packages")


def accept_demo() -> Measured:
    """Seconds for all packages of ``make demo``; the floor is one second, the bound ten."""
    files = sorted(PACKAGES.rglob("*.xlsx"))
    if not files:
        raise SystemExit("build/demo has no packages: run make demo first")
    keys = {
        (package.fingerprint, package.manifest.centre)
        for package in (read_package(path.read_bytes()) for path in files)
    }
    with fresh_workplace(None) as (made, session):
        for fingerprint, centre in keys:
            add_trust(session, made.actor, fingerprint=fingerprint, centre=centre)
        start = time.perf_counter()
        results = receive_files(session, made.actor, paths=[PACKAGES], archive=made.archive)
        spent = time.perf_counter() - start
    if any(result.status != ACCEPTED for result in results):
        raise RuntimeError("a package of the demo was not accepted")
    return Measured(f"accepting {len(results)} packages of the demo, s", 1, spent, 10)
