"""What was computed of an earlier day, kept by the packages that counted then.

Received packages never change, so what some of them give together never goes out of date. It is a
cache all the same: `db.figures.kept.forget_counts` loses nothing.
"""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import astuple
from typing import Any

from db.session import Session
from pravo_desktop.domain.figures import FigureRow

STATES = 400
"""State hashes that are kept: of more days than a year has with packages."""
REPORTS = 24
"""Reports of earlier days whose figures are kept."""

_STATE, _FIGURES = "state", "figures"


def packages_digest(session: Session, package_ids: Collection[int]) -> str:
    """SHA-256 (hex) of which packages these are, by their files' hashes."""
    hashes = session.rows(
        "SELECT sha256 FROM received_packages WHERE id IN (SELECT value FROM json_each(?)) "
        "ORDER BY sha256",
        (json.dumps(list(package_ids)),),
    )
    return hashlib.sha256("\n".join(one for (one,) in hashes).encode()).hexdigest()


def kept_state(session: Session, packages: str) -> str | None:
    """The state hash of the merge of some packages, where it is kept.

    Args:
        packages: their `packages_digest`.
    """
    found = _kept(session, f"{_STATE} {packages}")
    return None if found is None else str(found)


def keep_state(session: Session, packages: str, state_hash: str) -> None:
    """Keep the state hash of the merge of some packages, in the present transaction."""
    keep_value(session, _STATE, f"{_STATE} {packages}", state_hash, STATES)


def kept_report(session: Session, packages: str, report: str) -> tuple[FigureRow, ...] | None:
    """The figures of a report from some packages, where they are kept.

    Args:
        report: all that the figures depend on besides the packages.
    """
    found = _kept(session, f"{_FIGURES} {packages} {report}")
    if found is None:
        return None
    rows = ((*row[:-1], tuple(row[-1])) for row in found)
    return tuple(FigureRow(*row) for row in rows)


def keep_report(session: Session, packages: str, report: str, rows: Sequence[FigureRow]) -> None:
    """Keep the figures of a report from some packages, in the present transaction."""
    name = f"{_FIGURES} {packages} {report}"
    keep_value(session, _FIGURES, name, [astuple(row) for row in rows], REPORTS)


def _kept(session: Session, name: str) -> Any:
    found = session.value("SELECT names FROM kept_periods WHERE fingerprint = ?", (name,))
    return None if found is None else json.loads(found)["kept"]


def keep_value(session: Session, kind: str, name: str, value: object, most: int) -> None:
    """Keep what json can tell under a name, in the present transaction.

    Args:
        name: begins with the kind and a space.
        most: of the kind that are kept; the oldest go.
    """
    session.execute(
        "INSERT OR IGNORE INTO kept_periods (fingerprint, names) VALUES (?, ?)",
        (name, json.dumps({"kept": value}, ensure_ascii=False)),
    )
    session.execute(
        "DELETE FROM kept_periods WHERE fingerprint GLOB :kind AND id NOT IN (SELECT id FROM "
        "kept_periods WHERE fingerprint GLOB :kind ORDER BY id DESC LIMIT :most)",
        {"kind": f"{kind} *", "most": most},
    )
