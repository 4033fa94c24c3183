"""Events of the station, and our people at the events of others."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtGui import QColor

from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.i18n import N_
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.actor import EVERYBODY
from pravo_desktop.usecases.event_queries import ELSEWHERE, EventLine, event_lines
from ui.models.events import (
    COL_DATE,
    COL_KIND,
    COL_PEOPLE,
    COL_PLACE,
    COL_SHEETS,
    COL_TOPIC,
    day_of,
    events_model,
    kind_key,
    kind_label,
)
from ui.page import Desk, Page, Primary
from ui.pages.yearly import Look, YearlyPage


class EventsPage(YearlyPage):
    """The list of events; Enter changes, Ctrl+N adds, Delete removes."""

    key = "events"
    name = N_("Events")
    icon = "megaphone"
    shortcut = "Ctrl+E"
    roles = EVERYBODY
    reloads_on = frozenset({"events", "event_attendances", "survey_sheets"})

    def __init__(self, desk: Desk) -> None:
        t = desk.t
        grey = QColor(desk.theme.colours.quiet)
        model = events_model(t, grey, national=desk.centre == NATIONAL)
        look = Look(
            name="events",
            spoken=t.text("Events"),
            widths={
                COL_KIND: 344,
                COL_DATE: 104,
                COL_PLACE: 160,
                COL_PEOPLE: 104,
                COL_SHEETS: 80,
            },
            stretched=COL_TOPIC,
            wrapped=(COL_TOPIC, COL_KIND, COL_PLACE),
            icon="megaphone",
            nothing=t.text(
                "Trainings, meetings and campaign events are listed here, each one once."
            ),
            add=t.text("New event"),
        )
        keys = [*classifiers().kinds["event_kind"], ELSEWHERE]
        super().__init__(desk, model, look, [(key, kind_label(t, key)) for key in keys])
        self.survey_button = self.add_action(t.text("&Survey sheets…"), "survey", self.survey)
        self.add_action(t.text("&People at an event of others…"), "attach", self.attach)
        self.end_actions()
        self.survey_button.setEnabled(False)
        self.table.selectionModel().currentChanged.connect(self._offer_survey)
        model.modelReset.connect(self._offer_survey)

    def kind_of(self, record: Any) -> str:
        return kind_key(record)

    def day_of(self, record: Any) -> date:
        return day_of(record)

    def id_of(self, record: Any) -> str:
        return record.event.id if isinstance(record, EventLine) else str(record.id)

    def counted(self, number: int) -> str:
        return self.t.plural("{n} event", "{n} events", number)

    def primary(self) -> Primary:
        return Primary(self.t.text("New event"), self.add, "Ctrl+N")

    def reload(self) -> None:
        self.desk.runner.read(self, lambda job: event_lines(job.session, job.actor), self.show_rows)

    def _offer_survey(self) -> None:
        self.survey_button.setEnabled(isinstance(self.chosen, EventLine))

    def add(self) -> None:
        """Open the form of a new event."""
        from ui.forms.event_form import EventForm

        self.desk.navigator.open(EventForm)

    def attach(self) -> None:
        """Open the form for our people at another centre's event."""
        from ui.forms.event_form import AttendanceForm

        self.desk.navigator.open(AttendanceForm)

    def survey(self) -> None:
        """Type the survey sheets of the chosen event."""
        from ui.forms.survey_grid import SurveyForm

        line = self.chosen
        if isinstance(line, EventLine):
            self.desk.navigator.open(SurveyForm, event_id=line.event.id)

    def table_of(self, record: Any) -> str:
        return "events" if isinstance(record, EventLine) else "event_attendances"

    def open_row(self, record: Any) -> Page:
        from ui.forms.event_form import AttendanceForm, EventForm

        form = EventForm if isinstance(record, EventLine) else AttendanceForm
        argument = "event_id" if isinstance(record, EventLine) else "attendance_id"
        return self.desk.navigator.open(form, **{argument: self.id_of(record)})
