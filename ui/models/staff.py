"""The tables of staff, vacancies and accounts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtGui import QColor

from pravo_desktop.domain.records import Vacancy
from pravo_desktop.i18n import Translator
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.accounts import Account
from pravo_desktop.usecases.station import StaffRow
from ui.models.rows import Column, RowsModel

COL_NAME, COL_PROFESSION, COL_RATE, COL_FROM, COL_TO, COL_ACCOUNT = range(6)
COL_POST, COL_OPENED, COL_CLOSED, COL_NOTICES = range(4)
COL_LOGIN, COL_ROLES, COL_OF_STAFF, COL_STATE = range(4)


def roles_text(t: Translator, roles: Sequence[str]) -> str:
    """The labels of roles."""
    kinds = classifiers().kinds["role"]
    return ", ".join(t.label(kinds[role]) if role in kinds else role for role in roles)


def profession_text(t: Translator, profession: str) -> str:
    """The label of a profession."""
    return t.label(classifiers().kinds["profession"][profession])


def staff_model(t: Translator, grey: QColor) -> RowsModel[StaffRow]:
    """An empty table of staff."""

    def day(value: date | None) -> str:
        return t.date(value) if value else ""

    return RowsModel(
        (
            Column(t.text("Name"), lambda one: staff_name(t, one)),
            Column(t.text("Profession"), lambda one: _post(t, one), quiet=True),
            Column(
                t.text("Rate, %"),
                lambda one: t.number(one.line.rate_percent),
                lambda one: one.line.rate_percent,
                number=True,
            ),
            Column(
                t.text("From"),
                lambda one: day(one.line.employed_from),
                lambda one: one.line.employed_from.isoformat(),
                quiet=True,
            ),
            Column(
                t.text("To"),
                lambda one: day(one.line.employed_to),
                lambda one: (one.line.employed_to or date.max).isoformat(),
                quiet=True,
            ),
            Column(
                t.text("Account"),
                lambda one: ", ".join(account.name for account in one.accounts),
                quiet=True,
            ),
        ),
        grey,
    )


def staff_name(t: Translator, one: StaffRow) -> str:
    """The name, or the profession of somebody whose name is not kept."""
    return one.line.name or profession_text(t, one.line.profession)


def _post(t: Translator, one: StaffRow) -> str:
    post = profession_text(t, one.line.profession)
    return f"{post} · {t.text('substitute')}" if one.home_centre else post


def vacancies_model(t: Translator, grey: QColor) -> RowsModel[Vacancy]:
    """An empty table of vacancies."""
    return RowsModel(
        (
            Column(t.text("Empty post"), lambda one: profession_text(t, one.profession)),
            Column(
                t.text("Empty since"),
                lambda one: t.date(one.opened_on),
                lambda one: one.opened_on.isoformat(),
                quiet=True,
            ),
            Column(
                t.text("Filled on"),
                lambda one: t.date(one.closed_on) if one.closed_on else "",
                lambda one: (one.closed_on or date.max).isoformat(),
                quiet=True,
            ),
            Column(
                t.text("Notices on"),
                lambda one: ", ".join(map(t.date, one.notices)),
                quiet=True,
            ),
        ),
        grey,
    )


def accounts_model(t: Translator, grey: QColor, names: dict[str, str]) -> RowsModel[Account]:
    """An empty table of accounts.

    Args:
        names: of staff members by their id; who shows the table fills it.
    """

    def state(one: Account) -> str:
        if one.closed_at is None:
            return t.text("open")
        return t.text("closed {day}", day=t.date(datetime.fromisoformat(one.closed_at)))

    return RowsModel(
        (
            Column(t.text("User name"), lambda one: one.name),
            Column(t.text("Roles"), lambda one: roles_text(t, one.roles)),
            Column(t.text("Staff member"), lambda one: names.get(one.staff_id or "", "")),
            Column(t.text("State"), state, quiet=True),
        ),
        grey,
    )
