"""What could be saved of a damaged database: a table of what is missing, and a text of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtGui import QColor

from pravo_desktop.backups.damage import SalvagedTable
from pravo_desktop.i18n import N_, Translator
from ui.models.rows import Column, RowsModel

_NAMES: Mapping[str, str] = {
    "accounts": N_("Accounts"),
    "advice": N_("One-off advice"),
    "appointments": N_("Next visits and referrals"),
    "cases": N_("Cases"),
    "claims": N_("Claims in court"),
    "consents": N_("Consents to personal data"),
    "consultations": N_("Consultations"),
    "court_cases": N_("Numbers in the court"),
    "drafts": N_("Drafts"),
    "events": N_("Events"),
    "hand_outs": N_("Hand-outs"),
    "identities": N_("Names and contacts"),
    "mediations": N_("Mediations"),
    "notes": N_("Notes"),
    "outcomes": N_("Outcomes"),
    "packages": N_("Packages"),
    "participants": N_("People of the cases"),
    "publications": N_("Publications"),
    "staff_members": N_("Staff"),
    "staff_names": N_("Names of the staff"),
    "studies": N_("Psychological studies"),
    "survey_sheets": N_("Survey sheets"),
}
_HISTORY = frozenset({"audit_entries", "audit_values"})
_DERIVED = ("case_index", "case_words", "merged_", "kept_")
"""Beginnings of tables that are made anew from others, so that nothing of them is missed."""


def missing_of(saved: Iterable[SalvagedTable]) -> list[SalvagedTable]:
    """The tables that a person misses something of."""
    return [one for one in saved if not one.whole and not one.table.startswith(_DERIVED)]


def name_of(t: Translator, table: str) -> str:
    """A table in words."""
    if table in _HISTORY:
        return t.text("History of changes")
    return t.text(_NAMES[table]) if table in _NAMES else t.text("Other: {table}", table=table)


def lost_of(t: Translator, one: SalvagedTable) -> str:
    """How many rows of a table are lost, where that can be told."""
    return t.text("unknown") if one.before is None else t.number(max(one.before - one.rows, 0))


def missing_model(t: Translator, grey: QColor) -> RowsModel[SalvagedTable]:
    """What is missing, a line for each kind of record."""
    columns: tuple[Column[SalvagedTable], ...] = (
        Column(t.text("Records"), lambda one: name_of(t, one.table)),
        Column(t.text("Saved"), lambda one: t.number(one.rows), number=True),
        Column(t.text("Lost"), lambda one: lost_of(t, one), number=True),
    )
    return RowsModel(columns, grey)


def missing_text(t: Translator, saved: Iterable[SalvagedTable], folder: str) -> str:
    """The list as a file to keep or to print; it holds numbers and nobody's name."""
    lines = [t.text("What could be saved of the damaged database"), folder, ""]
    for one in saved:
        state = t.text("whole") if one.whole else t.text("lost: {n}", n=lost_of(t, one))
        lines.append(f"{name_of(t, one.table)}: {t.number(one.rows)} · {state}")
    return "\n".join(lines) + "\n"
