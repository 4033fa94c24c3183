"""The tables of headquarters' inbox: what became of each file, and all packages received."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtGui import QColor, QIcon

from pravo_desktop.clock import KAZAKHSTAN
from pravo_desktop.domain.periods import Month
from pravo_desktop.i18n import N_, Translator
from pravo_desktop.messages import message
from pravo_desktop.usecases.decisions import Reception
from pravo_desktop.usecases.quarantine import QuarantinedFile
from pravo_desktop.usecases.received import ReceivedLine, WaitingLine
from ui.models.packages import kind_of
from ui.models.places import centre_name
from ui.models.rows import Column, RowsModel
from ui.theme import Theme

COL_STATUS, COL_CENTRE, COL_MONTH, COL_NUMBER, COL_RECORDS, COL_TIME, COL_FILE, COL_WHY = range(8)
(
    COL_R_CENTRE,
    COL_R_MONTH,
    COL_R_NUMBER,
    COL_R_KIND,
    COL_R_RECORDS,
    COL_R_DAY,
    COL_R_TIME,
    COL_R_SIGNER,
    COL_R_STATUS,
) = range(9)

(
    COL_W_CENTRE,
    COL_W_MONTH,
    COL_W_NUMBER,
    COL_W_NEW,
    COL_W_CHANGED,
    COL_W_UNCHANGED,
    COL_W_WITHDRAWN,
    COL_W_SIGNER,
    COL_W_WHAT,
) = range(9)
COL_Q_FILE, COL_Q_DAY, COL_Q_WHY = range(3)

STATUSES = {
    "waiting": N_("To decide"),
    "accepted": N_("Accepted"),
    "already": N_("Accepted before"),
    "held": N_("Held"),
    "untrusted": N_("Key not known"),
    "refused": N_("Refused"),
    "superseded": N_("Replaced by a newer one"),
    "undone": N_("Undone"),
}
"""The word of each status."""

_MORE = {
    "waiting": N_("Nothing counts yet. Look at what it would change, and accept it."),
    "accepted": N_("The records are in the figures now."),
    "already": N_("This package was accepted before; nothing changed."),
    "held": N_(
        "Another package has the same number. Neither counts until one of them is chosen in the "
        "list below."
    ),
}


_SAVED_AGAIN = frozenset(
    {"saved_by_another_program", "row_changed", "part_changed", "zip_unexpected_header"}
)


@dataclass(frozen=True)
class Arrived:
    """A file and what became of it."""

    path: Path
    reception: Reception


def status_icon(theme: Theme, status: str) -> QIcon:
    """The picture of a status."""
    own = theme.colours
    name, colour = {
        "waiting": ("calendar", own.warning),
        "accepted": ("check", own.success),
        "already": ("check", own.quiet),
        "held": ("warning", own.warning),
        "untrusted": ("lock", own.warning),
        "refused": ("error", own.danger),
        "superseded": ("check", own.quiet),
        "undone": ("back", own.quiet),
    }[status]
    return theme.icon(name, colour)


def explanation(t: Translator, reception: Reception) -> str:
    """Why a file is not accepted, or what its acceptance means."""
    if reception.code:
        return refusal(t, reception.code, reception.params or {})
    return t.text(_MORE[reception.status])


def refusal(t: Translator, code: str, params: Mapping[str, Any]) -> str:
    """Why a file is refused; of one that was saved again, also how that comes and what to do."""
    said = [message(t, code, params)]
    if code not in _SAVED_AGAIN:
        return said[0]
    content = params.get("content")
    if content == "same":
        said.append(t.text("The records in it are still as the centre's program wrote them."))
    elif content == "changed" and "row" in params:
        said.append(
            t.text(
                "Row {row} of the sheet {sheet} is not as the centre's program wrote it.",
                row=params["row"],
                sheet=params["sheet"],
            )
        )
    elif content == "changed":
        said.append(t.text("Its records are not as the centre's program wrote them."))
    said.append(
        t.text(
            "It was opened and saved in a spreadsheet program; even without a change that makes "
            "another file. The centre can write the package again from its list of packages and "
            "send it without opening it."
        )
    )
    return " ".join(said)


def signed_by(name: str, fingerprint: str) -> str:
    """Who signed: the name in the certificate and the first groups of its fingerprint."""
    start = fingerprint.upper()
    groups = f"{start[:4]} {start[4:8]}".strip()
    return " · ".join(filter(None, (name, groups)))


def what_to_know(t: Translator, line: WaitingLine) -> list[str]:
    """What a person should know of a waiting package before it is accepted; often nothing."""
    said = []
    if line.rewritten:
        said.append(
            t.text(
                "The history at the centre is not the one that its previous package vouched for. "
                "Ask the centre what happened."
            )
        )
    if line.broken_chain:
        said.append(t.text("It follows another package than the one that came here before it."))
    if line.forks:
        said.append(
            t.text("Another package has the same number. Accepting holds both until you choose.")
        )
    if line.gaps:
        numbers = ", ".join(t.number(number) for number in line.gaps)
        said.append(t.text("Packages missing before it: {numbers}.", numbers=numbers))
    return said


def in_time(t: Translator, late: bool) -> str:
    """Whether a package came by its deadline."""
    return t.text("late") if late else t.text("in time")


def arrived_model(t: Translator, theme: Theme) -> RowsModel[Arrived]:
    """An empty table of files that came just now."""

    def of_manifest(name: str, arrived: Arrived) -> str:
        manifest = arrived.reception.manifest
        if manifest is None:
            return ""
        if name == "centre":
            return centre_name(t, manifest.centre)
        if name == "month":
            return t.month(Month.parse(manifest.month))
        if name == "sequence":
            return t.number(manifest.sequence)
        if name == "late":
            return in_time(t, arrived.reception.late)
        return t.number(sum(manifest.row_counts.values()))

    def by(name: str, head: str, *, number: bool = False) -> Column[Arrived]:
        def sort(arrived: Arrived) -> object:
            manifest = arrived.reception.manifest
            if name == "month":
                return manifest.month if manifest else ""
            if name == "sequence":
                return manifest.sequence if manifest else 0
            if name == "records":
                return sum(manifest.row_counts.values()) if manifest else 0
            return of_manifest(name, arrived)

        return Column(
            head, lambda a: of_manifest(name, a), sort, number=number, quiet=name != "centre"
        )

    columns: tuple[Column[Arrived], ...] = (
        Column(
            t.text("Status"),
            lambda a: t.text(STATUSES[a.reception.status]),
            icon=lambda a: status_icon(theme, a.reception.status),
        ),
        by("centre", t.text("Centre")),
        by("month", t.text("Month")),
        by("sequence", t.text("No."), number=True),
        by("records", t.text("Records"), number=True),
        by("late", t.text("Deadline")),
        Column(t.text("File"), lambda a: a.reception.file, quiet=True),
        Column(t.text("What this means"), lambda a: explanation(t, a.reception), quiet=True),
    )
    return RowsModel(columns, QColor(theme.colours.quiet))


def _which(t: Translator) -> tuple[Column[Any], ...]:
    """The columns that say which package a line is of."""

    def number(line: ReceivedLine | WaitingLine) -> str:
        return f"{line.station_letter} {t.number(line.sequence)}"

    return (
        Column(t.text("Centre"), lambda p: centre_name(t, p.centre)),
        Column(t.text("Month"), lambda p: t.month(Month.parse(p.month)), lambda p: p.month),
        Column(t.text("No."), number, lambda p: p.sequence, number=True, quiet=True),
    )


def received_model(t: Translator, theme: Theme) -> RowsModel[ReceivedLine]:
    """An empty table of all packages ever received."""
    columns: tuple[Column[ReceivedLine], ...] = (
        *_which(t),
        Column(
            t.text("Kind of package"),
            lambda p: kind_of(t, amendment=p.amendment, complete=p.complete, through=p.through),
            quiet=True,
        ),
        Column(
            t.text("Records"), lambda p: t.number(p.row_count), lambda p: p.row_count, number=True
        ),
        Column(
            t.text("Received"),
            lambda p: t.date(date.fromisoformat(p.received_on)),
            lambda p: p.received_on,
            quiet=True,
        ),
        Column(t.text("Deadline"), lambda p: in_time(t, p.late), quiet=True),
        Column(t.text("Signer"), lambda p: signed_by(p.signer, p.fingerprint), quiet=True),
        Column(
            t.text("Status"),
            lambda p: t.text(STATUSES[p.status]),
            icon=lambda p: status_icon(theme, p.status),
        ),
    )
    return RowsModel(columns, QColor(theme.colours.quiet))


def package_name(t: Translator, centre: str, month: str, letter: str, sequence: int) -> str:
    """How a package is called: its centre, month and number."""
    shown = t.month(Month.parse(month))
    return f"{centre_name(t, centre)}, {shown}, {letter} {t.number(sequence)}"


def waiting_model(t: Translator, theme: Theme) -> RowsModel[WaitingLine]:
    """An empty table of packages that wait for a decision."""

    def counted(head: str, name: str) -> Column[WaitingLine]:
        return Column(
            head,
            lambda p: t.number(getattr(p.rows, name)),
            lambda p: getattr(p.rows, name),
            number=True,
            quiet=name == "unchanged",
        )

    def notes(line: WaitingLine) -> str:
        kind = kind_of(t, amendment=line.amendment, complete=line.complete, through=line.through)
        said = [t.text("It came after its deadline.")] if line.late else []
        said += what_to_know(t, line)
        return " ".join(said) or f"{kind}, {in_time(t, line.late)}"

    columns: tuple[Column[WaitingLine], ...] = (
        *_which(t),
        counted(t.text("New records"), "new"),
        counted(t.text("Changed"), "changed"),
        counted(t.text("Unchanged"), "unchanged"),
        counted(t.text("Withdrawn"), "withdrawn"),
        Column(t.text("Signer"), lambda p: signed_by(p.signer, p.fingerprint), quiet=True),
        Column(
            t.text("What to know"),
            notes,
            icon=lambda p: (
                theme.icon("warning", theme.colours.warning)
                if p.late or what_to_know(t, p)
                else None
            ),
        ),
    )
    return RowsModel(columns, QColor(theme.colours.quiet))


def quarantine_model(t: Translator, theme: Theme) -> RowsModel[QuarantinedFile]:
    """An empty table of refused files."""
    columns: tuple[Column[QuarantinedFile], ...] = (
        Column(t.text("File"), lambda f: f.file_name),
        Column(
            t.text("Came"),
            lambda f: t.date(datetime.fromisoformat(f.at).astimezone(KAZAKHSTAN).date()),
            lambda f: f.at,
            quiet=True,
        ),
        Column(t.text("Why it is refused"), lambda f: refusal(t, f.code, f.params), quiet=True),
    )
    return RowsModel(columns, QColor(theme.colours.quiet))
