"""A vacancy: an empty post, since when, the days on which it was advertised, when it was filled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtWidgets import QLineEdit

from pravo_desktop.domain.dates import parse_date
from pravo_desktop.domain.records import Vacancy
from pravo_desktop.domain.versions import new_id
from pravo_desktop.i18n import N_
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.staff import save_vacancy
from pravo_desktop.usecases.station import vacancies
from ui.forms.removable import Removable
from ui.page import Desk
from ui.widgets.choices import Choice, labels_of
from ui.widgets.fields import DateEdit, Field
from ui.widgets.layouts import pair


class VacancyForm(Removable):
    """Adds a vacancy or changes one.

    Args:
        vacancy_id: which to change; empty adds one.
    """

    name = N_("Vacancy")

    def __init__(self, desk: Desk, vacancy_id: str = "") -> None:
        super().__init__(desk, **({"vacancy_id": vacancy_id} if vacancy_id else {}))
        t, theme = self.t, desk.theme
        self._vacancy_id = vacancy_id
        self._kept: Mapping[str, Any] | None = None
        self.profession = Choice(labels_of(t, classifiers().kinds["profession"]))
        self.opened_on = DateEdit(t, desk.clock, desk.clock.today())
        self.closed_on = DateEdit(t, desk.clock)
        self.notices = QLineEdit()
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("&Profession"), "profession", self.profession),
                Field(theme, t.text("Post is &empty since"), "opened_on", self.opened_on),
                Field(theme, t.text("&Filled on, if it is"), "closed_on", self.closed_on),
                Field(
                    theme,
                    t.text("&Notices were published on"),
                    "notices",
                    self.notices,
                    t.text("Dates with commas between: 05.12.2024, 19.12.2024."),
                ),
            )
        }
        f, fields = self.fields, self.form.fields
        fields.addWidget(f["profession"])
        fields.addLayout(pair(f["opened_on"], f["closed_on"]))
        fields.addWidget(f["notices"])
        self.put_removal(t.text("Remo&ve this vacancy…"), "vacancies", vacancy_id)
        self.end_form()

    def start(self) -> None:
        self.profession.setFocus()

    def retype(self, values: Mapping[str, Any]) -> None:
        self._kept = values
        super().retype(values)

    def reload(self) -> None:
        if self._vacancy_id:
            self.desk.runner.read(self, lambda job: vacancies(job.session, job.actor), self._put)

    def _put(self, known: list[Vacancy]) -> None:
        one = next((one for one in known if one.id == self._vacancy_id), None)
        if one is None:
            return
        self.profession.choose(one.profession)
        self.opened_on.put(one.opened_on)
        self.closed_on.put(one.closed_on)
        self.notices.setText(", ".join(map(self.t.date, one.notices)))
        if self._kept is not None:
            super().retype(self._kept)

    def save(self) -> None:
        self.clear_findings()
        for name, control in (("opened_on", self.opened_on), ("closed_on", self.closed_on)):
            if control.mistyped:
                self.not_a_date(self.fields[name])
                return
        opened = self.opened_on.day()
        if opened is None:
            self.required(self.fields["opened_on"])
            return
        today = self.desk.clock.today()
        typed = [part for part in self.notices.text().replace(";", ",").split(",") if part.strip()]
        days: list[date] = []
        for part in typed:
            day = parse_date(part, today=today)
            if day is None:
                self.not_a_date(self.fields["notices"])
                return
            days.append(day)
        vacancy = Vacancy(
            id=self._vacancy_id or new_id(),
            profession=self.profession.value,
            opened_on=opened,
            closed_on=self.closed_on.day(),
            notices=tuple(sorted(set(days))),
        )
        reasons = self.reasons.given()
        self.submit(
            lambda job: save_vacancy(job.session, job.actor, vacancy=vacancy, confirmed=reasons),
            lambda _: self._saved(),
        )

    def _saved(self) -> None:
        self.desk.navigator.back()
        self.desk.navigator.say(self.t.text("The vacancy is saved."))
