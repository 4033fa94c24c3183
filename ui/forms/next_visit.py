"""What comes after a consultation: the next visit, and to whom the couple is referred."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pravo_desktop.domain.dates import parse_coming_date, parse_hour
from pravo_desktop.domain.records import Appointment
from pravo_desktop.i18n import Translator
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.appointments import plan_appointment, refer_case
from ui.page import Desk
from ui.runner import Job
from ui.theme import GRID
from ui.widgets.choices import Choice, labels_of
from ui.widgets.fields import DateEdit, Field
from ui.widgets.layouts import column, pair

OUTSIDE = "outside"
"""The entry of the list of professions that means a body outside the centre."""


class ComingDate(DateEdit):
    """A date that lies ahead: ``5`` is the coming fifth."""

    def day(self) -> date | None:
        written = self.text().strip()
        return parse_coming_date(written, today=self._clock.today()) if written else None


class HourEdit(QLineEdit):
    """A time of day as people type it: ``9``, ``930``, ``9:30``, ``15.00``; tidied on leaving."""

    def __init__(self, t: Translator) -> None:
        super().__init__()
        self.setPlaceholderText(t.text("hh:mm"))

    def hour(self) -> str | None:
        """``HH:MM``; None when empty or not a time."""
        return parse_hour(self.text())

    @property
    def mistyped(self) -> bool:
        """Whether there is text that is no time."""
        return bool(self.text().strip()) and self.hour() is None

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if (hour := self.hour()) is not None:
            self.setText(hour)
        super().focusOutEvent(event)


class NextVisit(QWidget):
    """Optional fields; what is filled in is saved together with the consultation."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("plans")
        t, theme = desk.t, desk.theme
        self._known: Appointment | None = None
        self.next_on = ComingDate(t, desk.clock)
        self.hour = HourEdit(t)
        self.referred_to = Choice(
            [
                ("", t.text("Nobody")),
                *labels_of(t, classifiers().kinds["profession"]),
                (OUTSIDE, t.text("A body outside the centre")),
            ]
        )
        self.body = QLineEdit()
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("Next visit, if agreed"), "planned_on", self.next_on),
                Field(theme, t.text("At what time"), "time", self.hour),
                Field(theme, t.text("&Referred to"), "profession", self.referred_to),
                Field(theme, t.text("Which body"), "body", self.body),
            )
        }
        f = self.fields
        layout = column(2 * GRID)
        layout.addLayout(pair(f["planned_on"], f["time"]))
        layout.addWidget(f["profession"])
        layout.addWidget(f["body"])
        self.setLayout(layout)
        self.referred_to.currentIndexChanged.connect(self._settle)
        self._settle()

    def _settle(self) -> None:
        self.fields["body"].setVisible(self.referred_to.value == OUTSIDE)

    @property
    def mistyped(self) -> Field | None:
        """The field of the date or the time when it holds none."""
        if self.next_on.mistyped:
            return self.fields["planned_on"]
        return self.fields["time"] if self.hour.mistyped else None

    @property
    def unfilled(self) -> Field | None:
        """The field of the outside body without its name, or of the day of a time."""
        if self.hour.text().strip() and self.next_on.day() is None:
            return self.fields["planned_on"]
        lacks = self.referred_to.value == OUTSIDE and not self.body.text().strip()
        return self.fields["body"] if lacks else None

    def keeping(self, specialist_id: str | None) -> Callable[[Job, str], None]:
        """The use cases that save what is typed now, to be called with the id of the case.

        Args:
            specialist_id: whom the couple comes to next.
        """
        next_on, chosen, body = self.next_on.day(), self.referred_to.value, self.body.text().strip()
        hour, known = self.hour.hour(), self._known.id if self._known else None

        def keep(job: Job, case_id: str) -> None:
            if next_on is not None and not (known and chosen):
                plan_appointment(
                    job.session,
                    job.actor,
                    case_id=case_id,
                    planned_on=next_on,
                    time=hour,
                    specialist_id=specialist_id,
                    appointment_id=known,
                )
            if chosen:
                refer_case(
                    job.session,
                    job.actor,
                    case_id=case_id,
                    profession=None if chosen == OUTSIDE else chosen,
                    body=body if chosen == OUTSIDE else None,
                    planned_on=next_on if known else None,
                    appointment_id=known,
                )

        return keep

    def put(self, plan: Appointment) -> None:
        """Show a known visit or referral, which is then changed."""
        referred = plan.specialist_id is None
        self._known = plan
        self.next_on.put(plan.planned_on)
        self.hour.setText(plan.time or "")
        self.body.setText(plan.body or "")
        self.referred_to.choose(plan.profession or (OUTSIDE if referred else ""))
        self.fields["time"].setVisible(not referred)
        self.fields["profession"].setVisible(referred)

    def clear(self) -> None:
        """Be ready for the next."""
        self.next_on.clear()
        self.hour.clear()
        self.referred_to.choose("")
        self.body.clear()
