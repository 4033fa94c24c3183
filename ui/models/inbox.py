"""The tables of headquarters' inbox: what became of each file, and all packages received."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtGui import QColor, QIcon

from pravo_desktop.domain.periods import Month
from pravo_desktop.i18n import N_, Translator
from pravo_desktop.messages import message
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.headquarters import ReceivedLine, Reception
from ui.models.packages import kind_of
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
    COL_R_STATUS,
) = range(8)

STATUSES = {
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
    "accepted": N_("The records are in the figures now."),
    "already": N_("This package was accepted before; nothing changed."),
    "held": N_(
        "Another package has the same number. Neither counts until one of them is undone in the "
        "list below."
    ),
}


@dataclass(frozen=True)
class Arrived:
    """A file and what became of it."""

    path: Path
    reception: Reception


def centre_name(t: Translator, key: str) -> str:
    """The city of a centre, or headquarters; the key itself of a centre added later."""
    centre = classifiers().centres.get(key)
    if centre is not None:
        return centre.city.get(t.language, centre.en)
    pseudo = classifiers().pseudo_regions.get(key)
    return t.label(pseudo) if pseudo else key


def status_icon(theme: Theme, status: str) -> QIcon:
    """The picture of a status."""
    own = theme.colours
    name, colour = {
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
        return message(t, reception.code, reception.params)
    return t.text(_MORE[reception.status])


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


def received_model(t: Translator, theme: Theme) -> RowsModel[ReceivedLine]:
    """An empty table of all packages ever received."""
    columns: tuple[Column[ReceivedLine], ...] = (
        Column(t.text("Centre"), lambda p: centre_name(t, p.centre)),
        Column(t.text("Month"), lambda p: t.month(Month.parse(p.month)), lambda p: p.month),
        Column(
            t.text("No."),
            lambda p: f"{p.station_letter} {t.number(p.sequence)}",
            lambda p: p.sequence,
            number=True,
            quiet=True,
        ),
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
        Column(
            t.text("Status"),
            lambda p: t.text(STATUSES[p.status]),
            icon=lambda p: status_icon(theme, p.status),
        ),
    )
    return RowsModel(columns, QColor(theme.colours.quiet))
