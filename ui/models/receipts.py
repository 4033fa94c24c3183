"""The tables of receipts: questions to a centre, what it is told of packages, receipts made."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtGui import QColor

from pravo_desktop.domain.periods import Month
from pravo_desktop.i18n import N_, Translator
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.centre_questions import CentreQuestion
from pravo_desktop.usecases.receipt_content import ToldPackage
from pravo_desktop.usecases.receipts import MadeReceipt
from pravo_desktop.usecases.received_receipts import AskedRow, PackageStatus
from ui.models.places import centre_name
from ui.models.rows import Column, RowsModel

COL_CODE, COL_ASKED, COL_STATE, COL_ANSWER = range(4)
COL_MONTH, COL_SEQUENCE, COL_STATUS, COL_WHY = range(4)
COL_CENTRE, COL_NO, COL_MADE, COL_FILE = range(4)

STATUSES = {
    "accepted": N_("Accepted"),
    "refused": N_("Refused"),
    "held": N_("Held"),
    "replaced": N_("Replaced by a newer one"),
}
_QUESTIONS = {
    "open": N_("waits for the centre"),
    "answered": N_("answered"),
    "settled": N_("the row came again"),
    "withdrawn": N_("withdrawn"),
}


FIELDS = {
    "birth_year": N_("Year of birth"),
    "sex": N_("Sex"),
    "occupation": N_("Occupation"),
    "disability": N_("Disability"),
    "citizenship": N_("Citizenship"),
    "filed_month": N_("Day the claim was filed"),
    "result": N_("Result"),
    "held_on": N_("Date"),
    "dated_on": N_("Date"),
    "minutes": N_("Minutes"),
    "topics": N_("Topics"),
    "topic": N_("Topic"),
    "specialist_id": N_("Specialist"),
    "kind": N_("Kind"),
    "place": N_("Place"),
    "copies": N_("Copies"),
    "views": N_("Views"),
    "meetings": N_("Meetings"),
}
"""Words of the columns that can be asked about by themselves; others with the whole record."""


def code_in_halves(code: str) -> str:
    """A row code as it is read over the phone: two halves."""
    return f"{code[:5]} {code[5:]}"


def questions_model(t: Translator, grey: QColor) -> RowsModel[CentreQuestion]:
    """Headquarters' questions to a centre."""
    columns: tuple[Column[CentreQuestion], ...] = (
        Column(t.text("Row code"), lambda q: code_in_halves(q.row_code)),
        Column(
            t.text("Question"), lambda q: q.question_kk if t.language == "kk" else q.question_ru
        ),
        Column(t.text("Status"), lambda q: t.text(_QUESTIONS[q.status]), quiet=True),
        Column(t.text("Answer of the centre"), lambda q: answer_text(t, q)),
    )
    return RowsModel(columns, grey)


def answer_text(t: Translator, question: CentreQuestion) -> str:
    """What the centre says to a question; nothing while it has not answered."""
    if question.answer is None:
        return ""
    said = t.label(classifiers().kinds["answer"][question.answer])
    return f"{said}: {question.words}" if question.words else said


def told_model(t: Translator, grey: QColor) -> RowsModel[ToldPackage]:
    """What the next receipt says of packages."""
    columns: tuple[Column[ToldPackage], ...] = (
        Column(t.text("Month"), lambda p: t.month(Month.parse(p.month)), lambda p: p.month),
        Column(t.text("No."), lambda p: t.number(p.sequence), lambda p: p.sequence, number=True),
        Column(t.text("Status"), lambda p: t.text(STATUSES[p.status])),
        Column(
            t.text("Reason"),
            lambda p: (p.reason_kk if t.language == "kk" else p.reason_ru) or "",
            quiet=True,
        ),
    )
    return RowsModel(columns, grey)


def made_model(t: Translator, grey: QColor) -> RowsModel[MadeReceipt]:
    """The receipts made here."""
    columns: tuple[Column[MadeReceipt], ...] = (
        Column(t.text("Centre"), lambda r: centre_name(t, r.centre)),
        Column(t.text("No."), lambda r: t.number(r.number), lambda r: r.number, number=True),
        Column(
            t.text("Made"),
            lambda r: t.moment(datetime.fromisoformat(r.made_at)),
            lambda r: r.made_at,
            quiet=True,
        ),
        Column(t.text("File"), lambda r: r.file_name, quiet=True),
    )
    return RowsModel(columns, grey)


def statuses_model(t: Translator, grey: QColor) -> RowsModel[PackageStatus]:
    """What a receipt says of this centre's packages."""
    columns: tuple[Column[PackageStatus], ...] = (
        Column(t.text("Month"), lambda p: t.month(Month.parse(p.month)), lambda p: p.month),
        Column(t.text("No."), lambda p: t.number(p.sequence), lambda p: p.sequence, number=True),
        Column(t.text("Status"), lambda p: status_words(t, p)),
        Column(t.text("Reason"), lambda p: p.reason.get(t.language, ""), quiet=True),
    )
    return RowsModel(columns, grey)


def status_words(t: Translator, status: PackageStatus) -> str:
    """What became of a package, and when it came."""
    day = t.date(date.fromisoformat(status.received_on))
    said = t.text("{status}, {day}", status=t.text(STATUSES[status.status]), day=day)
    return f"{said}, {t.text('late')}" if status.late else said


def asked_model(t: Translator, grey: QColor) -> RowsModel[AskedRow]:
    """The rows that a receipt asks about."""
    columns: tuple[Column[AskedRow], ...] = (
        Column(t.text("Row code"), lambda q: code_in_halves(q.row_code)),
        Column(t.text("Question"), lambda q: q.question.get(t.language, "")),
        Column(
            t.text("Case"),
            lambda q: q.number if q.known else t.text("not in this data folder"),
            quiet=True,
        ),
    )
    return RowsModel(columns, grey)
