"""The tables of the page of figures: an indicator split, the records behind a number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtGui import QColor

from pravo_desktop.domain.figures import ALL, NATIONAL
from pravo_desktop.domain.indicators import BY_KEY
from pravo_desktop.domain.periods import Month
from pravo_desktop.i18n import N_, Translator
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.figure_records import RecordLine, RecordVersion
from pravo_desktop.usecases.figure_tables import MONTH, QUARTER, REGION, STAGE, SplitLine
from ui.models.board import in_words
from ui.models.inbox import signed_by
from ui.models.month import shown_share, shown_value
from ui.models.places import centre_name, region_name
from ui.models.record_fields import field_names
from ui.models.report import share_of_plan, state_text
from ui.models.rows import Column, RowsModel
from ui.theme import Theme

COL_PART, COL_FACT, COL_PLAN, COL_SHARE, COL_STATE = range(5)
COL_CODE, COL_CENTRE, COL_DAY, COL_PACKAGE, COL_ROW, COL_RECEIVED, COL_SIGNER, COL_KNOW = range(8)
VERSION_MONTH, VERSION_ROW, VERSION_RECEIVED, VERSION_WRITTEN, VERSION_WHAT = range(5)
VALUE_FIELD, VALUE_SAYS, VALUE_CHANGED = range(3)

SPLITS = {
    REGION: N_("By region"),
    MONTH: N_("By month"),
    QUARTER: N_("By quarter"),
    STAGE: N_("By stage of the project"),
    "profession": N_("By profession"),
    "sex": N_("By sex"),
    "category": N_("By category"),
    "kind": N_("By kind"),
    "question": N_("By question"),
}


def key_name(t: Translator, indicator: str, breakdown: str, key: str) -> str:
    """A key of a breakdown, in words."""
    if breakdown == MONTH:
        return t.month(Month.parse(key))
    for one in BY_KEY[indicator].breakdowns:
        if one.name == breakdown and one.keys:
            entry = classifiers().entries(one.keys).get(key)
            return t.label(entry) if entry else key
    return key


def part_name(t: Translator, line: SplitLine) -> str:
    """What a line of a split is about."""
    if line.by == REGION:
        return region_name(t, line.key)
    if not line.key:
        return t.text("The whole period")
    if line.by == QUARTER:
        first = line.period.from_
        return t.text("Quarter {number}", number=(first.month + 2) // 3) + f", {first.year}"
    if line.by == STAGE:
        return line.name or t.text("Stage {number}", number=line.key)
    return key_name(t, line.row.indicator, line.by, line.key)


def _shown_day(t: Translator, day: str) -> str:
    if len(day) == 7:
        return t.month(Month.parse(day))
    return t.date(date.fromisoformat(day)) if day else ""


def _or_least(value: int | float | None) -> float:
    return -1.0 if value is None else value


def split_model(t: Translator, theme: Theme) -> RowsModel[SplitLine]:
    """An empty table of a split indicator."""
    columns: tuple[Column[SplitLine], ...] = (
        Column(t.text("Part"), lambda line: part_name(t, line), lambda line: line.key),
        Column(
            t.text("Fact"),
            lambda line: shown_value(t, line.row.indicator, line.row.value),
            lambda line: _or_least(line.row.value),
            number=True,
        ),
        Column(
            t.text("Plan"),
            lambda line: (
                "" if line.row.plan is None else shown_value(t, line.row.indicator, line.row.plan)
            ),
            lambda line: _or_least(line.row.plan),
            number=True,
            quiet=True,
        ),
        Column(
            t.text("Of the plan"),
            lambda line: shown_share(t, share_of_plan(line.row)),
            lambda line: _or_least(share_of_plan(line.row)),
            number=True,
            quiet=True,
        ),
        Column(
            t.text("State"),
            lambda line: state_text(t, line.row),
            lambda line: line.row.state,
            quiet=True,
        ),
    )
    return RowsModel(columns, QColor(theme.colours.quiet))


def records_model(t: Translator, theme: Theme) -> RowsModel[RecordLine]:
    """An empty table of the records behind a number."""

    def package(line: RecordLine) -> str:
        if line.package_id is None:
            return t.text("register of the program")
        return t.text(
            "{month}, No. {number}", month=t.month(Month.parse(line.month)), number=line.sequence
        )

    columns: tuple[Column[RecordLine], ...] = (
        Column(t.text("Row code"), lambda line: line.code),
        Column(
            t.text("Centre"),
            lambda line: (
                region_name(t, NATIONAL) if line.centre == NATIONAL else centre_name(t, line.centre)
            ),
        ),
        Column(t.text("Day"), lambda line: _shown_day(t, line.day), lambda line: line.day),
        Column(t.text("Package"), package, lambda line: (line.month, line.sequence)),
        Column(
            t.text("Row"),
            lambda line: t.number(line.row) if line.row else "",
            lambda line: line.row,
            number=True,
        ),
        Column(
            t.text("Received"),
            lambda line: _shown_day(t, line.received_on),
            lambda line: line.received_on,
            quiet=True,
        ),
        Column(t.text("Signer"), lambda line: signed_by(line.signer, line.fingerprint), quiet=True),
        Column(
            t.text("What to know"),
            lambda line: "; ".join(marks_of(t, line)),
            lambda line: (line.versions, line.amendment),
            quiet=True,
        ),
    )
    return RowsModel(columns, QColor(theme.colours.quiet))


def marks_of(t: Translator, line: RecordLine) -> list[str]:
    """What is worth knowing of a record: amendments, earlier versions, things entered twice."""
    said = []
    if line.amendment and not line.reasons:
        said.append(t.text("from an amendment"))
    said += _changed_later(t, line.reasons)
    if line.versions > 1:
        said.append(t.text("earlier versions: {number}", number=t.number(line.versions - 1)))
    if line.joined:
        said.append(t.text("cases joined into it: {number}", number=t.number(line.joined)))
    if line.written_twice:
        said.append(t.text("written twice, counted once"))
    return said


def _changed_later(t: Translator, reasons: Iterable[str]) -> list[str]:
    """Why a record was changed after its month was closed, in words."""
    return [
        t.text("changed later: {reason}", reason=in_words(t, "amendment_reason", one))
        for one in reasons
    ]


def versions_model(t: Translator, theme: Theme) -> RowsModel[RecordVersion]:
    """An empty table of the versions of a record."""

    def what(version: RecordVersion) -> str:
        words = [t.text("counted")] if version.counts else []
        if version.deleted:
            words.append(t.text("taken back"))
        if version.changed:
            words.append(t.text("changed: {columns}", columns=field_names(t, version.changed)))
        if version.amendment:
            words.append(t.text("amendment"))
        words += _changed_later(t, version.reasons)
        return "; ".join(words)

    columns: tuple[Column[RecordVersion], ...] = (
        Column(
            t.text("Package"),
            lambda v: t.text(
                "{month}, No. {number}", month=t.month(Month.parse(v.month)), number=v.sequence
            ),
            lambda v: (v.month, v.sequence),
        ),
        Column(t.text("Row"), lambda v: t.number(v.row), lambda v: v.row, number=True),
        Column(
            t.text("Received"),
            lambda v: _shown_day(t, v.received_on),
            lambda v: v.received_on,
        ),
        Column(
            t.text("Written at the centre"),
            lambda v: t.moment(datetime.fromisoformat(v.changed_at)),
            lambda v: v.changed_at,
            quiet=True,
        ),
        Column(t.text("What it is"), what),
    )
    return RowsModel(columns, QColor(theme.colours.quiet))


@dataclass(frozen=True)
class SaidField:
    """A column of a version in words; ``changed``: the version before said something else."""

    name: str
    says: str
    changed: bool


def values_model(t: Translator, theme: Theme) -> RowsModel[SaidField]:
    """An empty table of what a version says."""
    columns: tuple[Column[SaidField], ...] = (
        Column(t.text("Field"), lambda one: one.name),
        Column(t.text("What it says"), lambda one: one.says),
        Column(t.text("The change"), lambda one: t.text("changed here") if one.changed else ""),
    )
    return RowsModel(columns, QColor(theme.colours.quiet))


def figure_title(t: Translator, indicator: str, region: str, breakdown: str, key: str) -> str:
    """What a number counts: its indicator, its region unless all, its part."""
    parts = [t.label(classifiers().indicators[indicator])]
    if region != ALL:
        parts.append(region_name(t, region))
    if breakdown:
        parts.append(key_name(t, indicator, breakdown, key))
    return " · ".join(parts)
