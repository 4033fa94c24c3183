"""The table of the packages made here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtGui import QColor

from pravo_desktop.domain.periods import Month
from pravo_desktop.i18n import Translator
from pravo_desktop.usecases.packages import ExportedPackage
from ui.models.rows import Column, RowsModel

COL_MONTH, COL_NUMBER, COL_KIND, COL_ROWS, COL_MADE, COL_SAID, COL_FILE, COL_HASH = range(8)


def kind_of(t: Translator, *, amendment: bool, complete: bool, through: str | None) -> str:
    """What kind of package it is, in words."""
    words = []
    if through:
        words.append(t.text("through {day}", day=t.date(datetime.fromisoformat(through))))
    if amendment:
        words.append(t.text("amendment"))
    if complete:
        words.append(t.text("complete"))
    return ", ".join(words) or t.text("of the month")


def packages_model(
    t: Translator, grey: QColor, said: Callable[[ExportedPackage], str]
) -> RowsModel[ExportedPackage]:
    """An empty table of packages.

    Args:
        said: what headquarters said of one in its last receipt.
    """
    columns: tuple[Column[ExportedPackage], ...] = (
        Column(t.text("Month"), lambda p: t.month(Month.parse(p.month)), lambda p: p.month),
        Column(t.text("No."), lambda p: t.number(p.sequence), lambda p: p.sequence, number=True),
        Column(
            t.text("Kind of package"),
            lambda p: kind_of(t, amendment=p.amendment, complete=p.complete, through=p.through),
            quiet=True,
        ),
        Column(
            t.text("Records"), lambda p: t.number(p.row_count), lambda p: p.row_count, number=True
        ),
        Column(
            t.text("Made"),
            lambda p: t.moment(datetime.fromisoformat(p.made_at)),
            lambda p: p.made_at,
            quiet=True,
        ),
        Column(t.text("Headquarters"), said),
        Column(t.text("File"), lambda p: p.file_name, quiet=True),
        Column("SHA-256", lambda p: p.sha256[:12], quiet=True),
    )
    return RowsModel(columns, grey)
