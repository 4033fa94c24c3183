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
from ui.page import Desk, Primary
from ui.pages.yearly import YearlyPage
from ui.tables import ListView
from ui.widgets import EmptyState


class EventsPage(YearlyPage):
    """The list of events; Enter changes, Ctrl+N adds."""

    key = "events"
    name = N_("Events")
    icon = "megaphone"
    shortcut = "Ctrl+E"
    roles = EVERYBODY
    reloads_on = frozenset({"events", "event_attendances", "survey_sheets"})

    def __init__(self, desk: Desk) -> None:
        t, theme = desk.t, desk.theme
        model = events_model(t, QColor(theme.colours.quiet), national=desk.centre == NATIONAL)
        table = ListView(
            theme,
            model,
            name="events",
            spoken=t.text("Events"),
            widths={
                COL_KIND: 256,
                COL_DATE: 112,
                COL_PLACE: 176,
                COL_PEOPLE: 128,
                COL_SHEETS: 112,
            },
            stretched=COL_TOPIC,
            personal=(),
        )
        nothing = EmptyState(
            theme,
            "megaphone",
            t.text("Trainings, meetings and campaign events are listed here, each one once."),
            t.text("New event"),
        )
        keys = [*classifiers().kinds["event_kind"], ELSEWHERE]
        super().__init__(desk, model, table, [(key, kind_label(t, key)) for key in keys], nothing)
        self.nothing.pressed.connect(self.add)
        self.survey_button = self.add_action(t.text("&Survey sheets…"), "survey", self.survey)
        self.add_action(t.text("&People at an event of others…"), "attach", self.attach)
        self._below.addStretch(1)
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

    def open_row(self, record: Any) -> None:
        from ui.forms.event_form import EventForm

        if isinstance(record, EventLine):
            self.desk.navigator.open(EventForm, event_id=record.event.id)
