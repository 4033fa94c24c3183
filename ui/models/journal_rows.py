"""The tables of a journal's import: what becomes of each row, and the imports of the past."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QIcon

from pravo_desktop.domain.validation import Finding
from pravo_desktop.i18n import N_, Translator
from pravo_desktop.messages import message
from ui.models.rows import Column, RowsModel
from ui.theme import Theme

if TYPE_CHECKING:
    from pravo_desktop.usecases.import_rows import RowReport
    from pravo_desktop.usecases.journal_imports import JournalImport

COL_ROW, COL_STATE, COL_FINDINGS = range(3)
COL_FILE, COL_AT, COL_BY, COL_CASES, COL_CONSULTATIONS, COL_UNDONE = range(6)

FIELD_NAMES = {
    "date": N_("Date of the visit"),
    "specialist": N_("Specialist"),
    "profession": N_("Profession"),
    "case_number": N_("Number in the journal"),
    "case_kind": N_("Kind of case"),
    "came_through": N_("How they came"),
    "couple_names": N_("Names of both"),
    "husband_name": N_("Husband: name"),
    "husband_iin": N_("Husband: IIN"),
    "husband_phone": N_("Husband: phone"),
    "husband_birth": N_("Husband: birth"),
    "wife_name": N_("Wife: name"),
    "wife_iin": N_("Wife: IIN"),
    "wife_phone": N_("Wife: phone"),
    "wife_birth": N_("Wife: birth"),
    "person_name": N_("Person: name"),
    "person_iin": N_("Person: IIN"),
    "person_phone": N_("Person: phone"),
    "person_birth": N_("Person: birth"),
    "person_sex": N_("Person: sex"),
    "person_role": N_("Person: husband or wife"),
    "children": N_("Number of children"),
    "attended": N_("Who came"),
    "consent": N_("Consent"),
    "claim": N_("Claim in court"),
    "filed_on": N_("Date of filing"),
    "court_number": N_("Number in the court"),
    "format": N_("Form of the consultation"),
    "minutes": N_("Minutes"),
    "topic": N_("Topic"),
    "note": N_("Note"),
}
"""What a column of a journal may be."""

STATES = {
    "ready": N_("ready"),
    "error": N_("to complete"),
    "already": N_("recorded before"),
}


def finding_text(t: Translator, finding: Finding) -> str:
    """A finding with the name of its column."""
    told = message(t, finding.code, {**finding.params, "field": finding.field})
    name = FIELD_NAMES.get(finding.field)
    return f"{t.text(name)}: {told}" if name else told


def rows_model(t: Translator, theme: Theme) -> RowsModel[RowReport]:
    """An empty table of the journal's rows."""
    colours = theme.colours
    icons = {
        "ready": theme.icon("check", colours.success),
        "error": theme.icon("warning", colours.warning),
    }

    def icon(one: RowReport) -> QIcon | None:
        return icons.get(one.state)

    return RowsModel(
        (
            Column(
                t.text("Row"),
                lambda one: " · ".join(filter(None, (one.sheet, t.number(one.row)))),
                lambda one: (one.sheet, one.row),
                quiet=True,
            ),
            Column(t.text("State"), lambda one: t.text(STATES[one.state]), icon=icon),
            Column(
                t.text("What to look at"),
                lambda one: " ".join(finding_text(t, finding) for finding in one.findings),
            ),
        ),
        QColor(colours.quiet),
    )


def imports_model(t: Translator, grey: QColor) -> RowsModel[JournalImport]:
    """An empty table of past imports."""

    def moment(text: str) -> str:
        return t.moment(datetime.fromisoformat(text))

    return RowsModel(
        (
            Column(t.text("File"), lambda one: one.file_name),
            Column(
                t.text("Imported on"), lambda one: moment(one.at), lambda one: one.at, quiet=True
            ),
            Column(t.text("By"), lambda one: one.actor, quiet=True),
            Column(
                t.text("Cases"),
                lambda one: t.number(one.cases),
                lambda one: one.cases,
                number=True,
            ),
            Column(
                t.text("Consultations"),
                lambda one: t.number(one.consultations),
                lambda one: one.consultations,
                number=True,
            ),
            Column(
                t.text("Undone on"),
                lambda one: moment(one.undone_at) if one.undone_at else "",
                lambda one: one.undone_at or "",
                quiet=True,
            ),
        ),
        grey,
    )
