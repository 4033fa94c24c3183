"""The tables of publications and videos, of printed materials and of hand-outs."""

from __future__ import annotations

from PySide6.QtGui import QColor

from pravo_desktop.domain.records import Publication, Video
from pravo_desktop.i18n import Translator
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.event_queries import HandOutLine, MaterialLine
from ui.models.rows import Column, RowsModel

COL_TITLE, COL_KIND, COL_DATE, COL_OUTLET, COL_OWNERSHIP, COL_VIEWS, COL_VIEWS_ON = range(7)
COL_MATERIAL, COL_LANGUAGE, COL_ORDERED, COL_MADE, COL_HANDED, COL_REST = range(6)
COL_HANDED_MATERIAL, COL_HANDED_ON, COL_COPIES, COL_HANDED_PLACE, COL_EVENT = range(5)

VIDEO = "video"
"""In place of an outlet's kind."""

MediaRow = Publication | Video


def kind_key(row: MediaRow) -> str:
    """Key of the kind by which a row is filtered."""
    return row.outlet_kind if isinstance(row, Publication) else VIDEO


def kind_label(t: Translator, key: str) -> str:
    """The kind in words."""
    return t.text("Video") if key == VIDEO else t.label(classifiers().kinds["outlet_kind"][key])


def media_model(t: Translator, grey: QColor) -> RowsModel[MediaRow]:
    """An empty table of publications and videos."""
    ownership = classifiers().kinds["ownership"]

    def outlet(row: MediaRow) -> str:
        return row.outlet if isinstance(row, Publication) else ""

    def owner(row: MediaRow) -> str:
        return t.label(ownership[row.ownership]) if isinstance(row, Publication) else ""

    columns: tuple[Column[MediaRow], ...] = (
        Column(t.text("Title"), lambda row: row.title),
        Column(t.text("Kind"), lambda row: kind_label(t, kind_key(row)), quiet=True),
        Column(
            t.text("Date"),
            lambda row: t.date(row.published_on),
            lambda row: row.published_on.isoformat(),
        ),
        Column(t.text("Outlet"), outlet, quiet=True),
        Column(t.text("Whose"), owner, quiet=True),
        Column(
            t.text("Views"),
            lambda row: t.number(row.views) if row.views is not None else "",
            lambda row: row.views or 0,
            number=True,
        ),
        Column(
            t.text("Read on"),
            lambda row: t.date(row.views_on) if row.views_on else "",
            lambda row: row.views_on.isoformat() if row.views_on else "",
            quiet=True,
        ),
    )
    return RowsModel(columns, grey)


def materials_model(t: Translator, grey: QColor) -> RowsModel[MaterialLine]:
    """An empty table of printed materials."""
    languages = classifiers().kinds["event_language"]
    columns: tuple[Column[MaterialLine], ...] = (
        Column(t.text("Title"), lambda row: row.material.title),
        Column(
            t.text("Language"), lambda row: t.label(languages[row.material.language]), quiet=True
        ),
        Column(
            t.text("Date"),
            lambda row: t.date(row.material.ordered_on),
            lambda row: row.material.ordered_on.isoformat(),
        ),
        Column(
            t.text("Copies made"),
            lambda row: t.number(row.material.copies_made),
            lambda row: row.material.copies_made,
            number=True,
        ),
        Column(
            t.text("Handed out"),
            lambda row: t.number(row.handed_out),
            lambda row: row.handed_out,
            number=True,
        ),
        Column(
            t.text("Rest"),
            lambda row: t.number(row.rest) if row.rest is not None else "",
            lambda row: row.rest or 0,
            number=True,
        ),
    )
    return RowsModel(columns, grey)


def hand_outs_model(t: Translator, grey: QColor) -> RowsModel[HandOutLine]:
    """An empty table of hand-outs."""
    columns: tuple[Column[HandOutLine], ...] = (
        Column(t.text("Material"), lambda row: row.material),
        Column(
            t.text("Date"),
            lambda row: t.date(row.hand_out.handed_on),
            lambda row: row.hand_out.handed_on.isoformat(),
        ),
        Column(
            t.text("Copies"),
            lambda row: t.number(row.hand_out.copies),
            lambda row: row.hand_out.copies,
            number=True,
        ),
        Column(t.text("Place"), lambda row: row.hand_out.place or "", quiet=True),
        Column(t.text("Event"), lambda row: row.event, quiet=True),
    )
    return RowsModel(columns, grey)
