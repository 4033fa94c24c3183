"""The tables of the page of the day: visits, records to complete, what was recorded, drafts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from PySide6.QtGui import QColor, QIcon

from pravo_desktop.clock import KAZAKHSTAN
from pravo_desktop.i18n import N_, Translator
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.appointments import AppointmentLine
from pravo_desktop.usecases.journal_view import DraftLine
from pravo_desktop.usecases.questions import ToComplete
from pravo_desktop.usecases.today import RecordedLine
from ui.drafts import draft_name
from ui.models.rows import Column, RowsModel

COL_WHEN, COL_COUPLE, COL_NUMBER, COL_KIND = range(4)
COL_WHAT, COL_OF = range(2)

_RECORDED: Mapping[str, str] = {
    "cases": N_("Case"),
    "consultations": N_("Consultation"),
    "advice": N_("One-off advice"),
    "studies": N_("Study"),
    "events": N_("Event"),
    "publications": N_("Publication"),
    "hand_outs": N_("Hand-out"),
}
_TO_COMPLETE: Mapping[str, str] = {
    "birth_year_unknown": N_("Year of birth"),
    "sex_unknown": N_("Sex"),
    "filing_date_unknown": N_("Day the claim was filed"),
    "consent_not_asked": N_("Consent"),
    "name_not_back": N_("Name, not in the packages"),
    "filing_day_not_back": N_("Day the claim was filed"),
}


def couple(t: Translator, title: str) -> str:
    """The couple's names, or that there are none."""
    return title or t.text("Without names")


def visits_model(
    t: Translator, grey: QColor, today: date, late: QIcon
) -> RowsModel[AppointmentLine]:
    """Visits and referrals; those of a day that has passed carry a mark.

    Args:
        late: the mark.
    """

    def when(line: AppointmentLine) -> str:
        one = line.appointment
        day = t.text("Today") if one.planned_on == today else t.date(one.planned_on)
        return " ".join(filter(None, (day, one.time)))

    def kind(line: AppointmentLine) -> str:
        return t.text("Referral") if line.appointment.profession else t.text("Visit")

    columns: tuple[Column[AppointmentLine], ...] = (
        Column(
            t.text("When"),
            when,
            lambda v: f"{v.appointment.planned_on} {v.appointment.time or '24:00'}",
            icon=lambda v: late if v.appointment.planned_on < today else None,
        ),
        Column(t.text("Couple"), lambda v: couple(t, v.title)),
        Column(t.text("Number"), lambda v: v.number, quiet=True),
        Column(t.text("Kind"), kind, quiet=True),
    )
    return RowsModel(columns, grey)


def to_complete_model(t: Translator, grey: QColor) -> RowsModel[ToComplete]:
    """Records to complete: what is asked, and of whom."""

    def what(line: ToComplete) -> str:
        return line.question(t.language) or t.text(_TO_COMPLETE[line.code])

    columns: tuple[Column[ToComplete], ...] = (
        Column(t.text("To complete"), what),
        Column(t.text("Couple"), lambda c: couple(t, c.title) if c.case_id else "", quiet=True),
        Column(t.text("Number"), lambda c: c.number, quiet=True),
    )
    return RowsModel(columns, grey)


def recorded_model(t: Translator, grey: QColor) -> RowsModel[RecordedLine]:
    """What was recorded today."""

    def of(line: RecordedLine) -> str:
        return couple(t, line.title) if line.case_id else ""

    columns: tuple[Column[RecordedLine], ...] = (
        Column(t.text("Record"), lambda r: t.text(_RECORDED[r.table])),
        Column(t.text("Couple"), of, quiet=True),
        Column(
            t.text("Time"),
            lambda r: f"{datetime.fromisoformat(r.at).astimezone(KAZAKHSTAN):%H:%M}",
            quiet=True,
        ),
    )
    return RowsModel(columns, grey)


def drafts_model(t: Translator, grey: QColor) -> RowsModel[DraftLine]:
    """Drafts to finish."""
    columns: tuple[Column[DraftLine], ...] = (
        Column(t.text("Form"), lambda d: draft_name(t, d)),
        Column(
            t.text("Kept"),
            lambda d: t.moment(datetime.fromisoformat(d.draft.saved_at)),
            lambda d: d.draft.saved_at,
            quiet=True,
        ),
    )
    return RowsModel(columns, grey)


def indicator_name(t: Translator, key: str) -> str:
    """An indicator in words."""
    return t.label(classifiers().indicators[key])
